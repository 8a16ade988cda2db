"""A review: what is most at risk first, in a mixed order, within the day's cap and the time."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import datetime, timedelta
from time import monotonic

from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.questions import Question
from tutor.journal.derived import Derived, derive
from tutor.journal.event import Event
from tutor.journal.kinds import REVIEW, SUSPEND
from tutor.journal.known import attempt_of
from tutor.journal.planning import Item, Plan, Terms, plan
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.bank import Bank
from tutor.session.drawn import DrawnRun
from tutor.session.mixing import Mixing
from tutor.session.profile import Profile, load_profile
from tutor.session.settings import review_cap
from tutor.session.views import Counter, EndView
from tutor.words import common, plural
from tutor.words import mixing as mixing_words
from tutor.words import review as words
from tutor.words import run as run_words


class Review(Mixing):
    """Asks what is due, and some that is new, as long as there is any and the time lasts.

    Nothing of it need be resumed: what was answered is no longer due.
    """

    mode = REVIEW
    title = common.REVIEW

    def __init__(
        self, files: CourseFolder, journal: Journal, bank: Bank, minutes: float | None = None
    ) -> None:
        """Begin with the question that matters most.

        Args:
            files: The course.
            journal: The learner's journal.
            bank: The questions that are for the learner.
            minutes: How long they want to review; left out, until nothing is due.

        Raises:
            JournalError: the journal cannot be used.
        """
        super().__init__(files, journal, bank)
        self._minutes = minutes
        self._begun_s = monotonic()
        self._acts: list[Event] = []
        """Answers and suspensions of this sitting that stand, the newest last."""
        self._left_out: set[str] = set()
        self._looked_back: int | None = None
        self._plan = self._planned()
        self._ask_next()

    @property
    def _counter(self) -> Counter:
        self._note_attempt()
        if self._looked_back is not None:
            return Counter(self._looked_back + 1, len(self._attempts))
        here = 0 if self._is_answered else 1
        done = len(self._attempts)
        return Counter(done + here, done + len(self._plan.ids))

    @property
    def _attempts(self) -> list[Event]:
        return [act for act in self._acts if act.kind != SUSPEND]

    @property
    def _is_answered(self) -> bool:
        return self._asked is not None and self._asked.is_answered

    def _following(self) -> Question | None:
        ids = self._plan.ids if self._is_answered else self._plan.ids[1:]
        return self._bank.by_id[ids[0]].question if ids else None

    def _planned(self) -> Plan:
        left = None
        if self._minutes is not None:
            left = max(0.0, self._minutes - (monotonic() - self._begun_s) / 60.0)
        return plan_of(self._bank, self._journal, self._profile, left, self._left_out)

    def _ask_next(self) -> None:
        self._looked_back = None
        if self._plan.ids:
            self._ask(self._bank.by_id[self._plan.ids[0]])
        else:
            self._show(None)

    def _show(self, item: Step | Asked | None) -> None:
        """Show a question; its title tells one that was never answered from what is due."""
        super()._show(item)
        known = derive(self._journal, cards=False).questions
        new = isinstance(item, Asked) and item.question.id not in known
        self.title = words.NEW if new else common.REVIEW

    # Going on.

    def _note_attempt(self) -> None:
        """Remember what was answered, and plan anew."""
        if self._is_answered and self._looked_back is None and self._asked is not None:
            last = self._asked.result
            if last is not None and last not in self._acts:
                self._acts.append(last)
                self._plan = self._planned()

    def _go_on(self) -> None:
        self._note_attempt()
        if self._looked_back is None and self._asked is not None and not self._is_answered:
            self._left_out.add(self._asked.question.id)  # For this sitting.
            self._plan = self._planned()
        self._ask_next()

    def _go_back(self) -> None:
        """Show the verdict before; going on returns to what is open."""
        self._note_attempt()
        here = len(self._attempts) - self._is_answered
        place = (here if self._looked_back is None else self._looked_back) - 1
        if place < 0:
            return
        attempt = self._attempts[place]
        assert attempt.question_id is not None
        asked = self._ask(self._bank.by_id[attempt.question_id], attempt.seed)
        asked.restore(attempt)
        self._looked_back = place

    # What only a review has.

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer to take back, or a question that was left out."""
        self._note_attempt()
        return bool(self._acts)

    def undo(self) -> None:
        """Take back what was done last in this sitting, and ask again; again, what was before it.

        An answer is then as if it had never been given, and what was left out is not left out.

        Raises:
            ValueError: nothing was done here.
            JournalError: the journal cannot be written.
        """
        if not self.can_undo:
            raise ValueError(mixing_words.NOTHING_TO_UNDO)
        last = self._acts[-1]
        question_id = str(last.question_id)
        if last.kind == SUSPEND:
            self._journal.append(SUSPEND, question_id=question_id, data={"on": False})
        else:
            self._undo(last)
        self._acts.pop()
        self._looked_back = None
        self._plan = self._planned()
        asked = self._ask(self._bank.by_id[question_id])
        answered = [one for one in self._attempts if one.question_id == question_id]
        if last.kind == SUSPEND and answered:
            asked.restore(answered[-1])  # It was left out after its answer.

    def suspend(self) -> None:
        """Leave the question out of review from now on, and go to the next one.

        Raises:
            ValueError: there is no question here.
            JournalError: the journal cannot be written.
        """
        question = self._question.question
        self._note_attempt()
        self._acts.append(
            self._journal.append(SUSPEND, question_id=question.id, data={"on": True})
        )
        self._plan = self._planned()
        self._ask_next()

    # The end.

    def _end_view(self) -> EndView:
        read = [attempt_of(one.id, one.time, one.data, shown=False) for one in self._attempts]
        right = sum(attempt is not None and attempt.right for attempt in read)
        return EndView(
            title=self.title,
            right=right,
            questions=len(self._attempts),
            lines=self._said(right),
            prose="",
            next_phase=None,
            drawn=(DrawnRun("run", run_words.NORMAL, self._files.spine),),
        )

    def _said(self, right: int) -> tuple[str, ...]:
        said = []
        if self._attempts:
            said.append(words.RIGHT_OF.format(right=right, questions=len(self._attempts)))
        if self._plan.waiting:
            said.append(words.WAITING.format(count=self._plan.waiting))
            cap = review_cap(self._journal)
            days = math.ceil(self._plan.waiting / cap)
            if days > 1:
                until = self._journal.now().astimezone().date() + timedelta(days=days)
                said.append(words.CAUGHT_UP.format(cap=cap, date=until.isoformat()))
        else:
            said.append(words.NOTHING_DUE)
        known = derive(self._journal)
        soon = _due_within(known, self._bank, self._journal.now(), timedelta(days=1))
        wording = plural(soon, words.TOMORROW_ONE, words.TOMORROW)
        return (*said, wording.format(count=soon))


def begin_review(files: CourseFolder, journal: Journal, minutes: float | None = None) -> Review:
    """Begin a review of what is for the learner, `minutes` long, or until nothing is due.

    Raises:
        ContentErrors: a file of the course is wrong.
        JournalError: the journal cannot be used.
    """
    return Review(files, journal, Bank(files, load_profile(journal)), minutes)


def bring_back(journal: Journal) -> None:
    """Let every question that was left out of review be asked again.

    Raises:
        JournalError: the journal cannot be used.
    """
    for question_id, state in derive(journal, cards=False).questions.items():
        if state.suspended:
            journal.append(SUSPEND, question_id=question_id, data={"on": False})


def plan_of(
    bank: Bank,
    journal: Journal,
    profile: Profile,
    minutes: float | None = None,
    left_out: Collection[str] = (),
) -> Plan:
    """What to review now.

    Args:
        bank: The questions that are for the learner.
        journal: The learner's journal.
        profile: Whose exam date counts.
        minutes: How long they want to review; left out, as long as the day's cap allows.
        left_out: Ids of questions that are not to be asked.

    Raises:
        JournalError: the journal cannot be read.
    """
    derived = derive(journal)
    now = journal.now().astimezone()
    today = derived.days(since=now.date()).get(now.date())
    terms = Terms(
        exam=profile.exam_date,
        cap_items=review_cap(journal),
        asked_minutes=math.inf if minutes is None else minutes,
        done_items=today.reviews if today else 0,
    )
    return plan(items_of(bank, derived, left_out), now, terms)


def items_of(bank: Bank, derived: Derived, left_out: Collection[str] = ()) -> list[Item]:
    """The questions as the planner takes them; those of one first objective are siblings."""
    found = []
    for banked in bank:
        state = derived.questions.get(banked.id)
        aims = banked.question.objectives
        found.append(
            Item(
                id=banked.id,
                card=state.card if state else None,
                minutes=banked.minutes,
                objectives=aims,
                suspended=banked.id in left_out or (state is not None and state.suspended),
                siblings=aims[0] if aims else None,
            )
        )
    return found


def _due_within(derived: Derived, bank: Bank, now: datetime, within: timedelta) -> int:
    """How many questions of the bank are due by then that are not due now."""
    soon, already = derived.due(now + within), set(derived.due(now))
    return sum(one in bank.by_id and one not in already for one in soon)
