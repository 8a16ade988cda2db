"""One question in the loop: predict, run, compare, explain."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from time import monotonic

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Board, ExperimentQuestion, Question
from tutor.course.scenario import MeasuredRun, set_up_line
from tutor.course.scenario_fields import Scenario
from tutor.course.text import clean
from tutor.grading.confidence import Certainty, certainty_marks, kept_certainty
from tutor.grading.marking import mark
from tutor.grading.verdict import Verdict
from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, CLAIM, DRAFT, FLAG, SHOWN
from tutor.journal.known import LONGEST_S
from tutor.journal.store import Journal
from tutor.session.calibration import certainty_line
from tutor.session.drafts import LONGEST_ANSWER, cleaned, is_blank, open_draft
from tutor.session.drawn import DrawnRun
from tutor.session.form import form_of, key_lines, marked_times_ms, shown_answer
from tutor.session.knobs import kept_knobs, knobs_of, runs_for
from tutor.session.ready import refuse_off_trace, refuse_unready
from tutor.session.refutation import filled, refutation_views
from tutor.session.seen import drawn_now, normal_run, seen_before, set_up_before
from tutor.session.terminal import CERTAINTY, is_on
from tutor.session.views import Counter, Knob, QuestionView, RefutationView, VerdictView
from tutor.words import run as run_words


class Asked:
    """A question as it stands before a learner, from the stem to the knobs of its run."""

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        question: Question,
        kept: Mapping[str, object],
        board: Board | None = None,
        seed: int | None = None,
    ) -> None:
        """Pose `question` with new numbers and a new order, or go on with a draft in its own.

        Args:
            files: The course.
            journal: Where attempts are kept.
            question: What is asked.
            kept: What every attempt is kept with, such as its phase.
            board: Whose candidate answers.
            seed: What numbers and order come from where there is no draft; left out, new ones.

        Raises:
            JournalError: the journal cannot be read.
        """
        self._files = files
        self._journal = journal
        self._kept = dict(kept)
        begun = self._begun(journal, question)
        if begun is not None:
            seed = begun.seed
        self._board = board
        self.question = question
        self.posed = Posed(question, secrets.randbelow(2**31) if seed is None else seed)
        self._posed_s = monotonic()
        self.turned: dict[str, float] = {}
        self.is_answered = False
        self.certainty_asked = False
        """Whether it is asked how sure the learner is, whatever they chose in the settings."""
        self.draft: object = begun.answer if begun else None
        self._committed: tuple[object, Verdict] | None = None
        self._hint_shown = False
        self._verdict: Verdict | None = None
        self._certainty: Certainty | None = None
        self.result: Event | None = None
        """The event of the attempt, or of the answer being shown; None while it is open."""
        self._claims: set[str] = set()
        self._refutations: tuple[RefutationView, ...] = ()
        self._replayed: int | None = None
        if isinstance(question, ExperimentQuestion):
            self.turned = kept_knobs(self.posed.scenario, self.draft)
        known = derive(journal, cards=False).questions.get(question.id)
        self._flagged = known is not None and known.flagged

    def _begun(self, journal: Journal, question: Question) -> Event | None:
        """The draft to go on with."""
        return open_draft(journal, question)

    # Answering.

    def answer(self, answer: object, certainty: Certainty | None = None) -> None:
        """Commit `answer`, keep it with how sure the learner is, and mark it.

        Where the learner wants to be asked how sure they are, and has not said, the answer is
        kept as a draft and waits for `sure`.

        Raises:
            ValueError: the answer is none to this question, or it has been answered.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        self._refuse_answered()
        answer = cleaned(answer)
        refuse_unready(self.question, answer)
        refuse_off_trace(self.posed, answer)
        verdict = mark(self.posed, answer, self._board)
        if certainty is None and self.asks_certainty:
            self.keep_draft(answer)
            self._committed = answer, verdict
        else:
            self._keep(answer, verdict, certainty)

    def sure(self, certainty: Certainty | None) -> None:
        """Say how sure the committed answer is, or leave it out; it is then kept and marked.

        Raises:
            ValueError: no answer waits for that, or this is no certainty.
            JournalError: the attempt cannot be kept; the answer goes on waiting.
        """
        if self._committed is None:
            raise ValueError("there is no answer that waits for how sure it is")
        self._keep(*self._committed, certainty)

    @property
    def asks_certainty(self) -> bool:
        """Whether each answer waits for how sure it is."""
        return self.certainty_asked or is_on(self._journal, CERTAINTY)

    @property
    def is_committed(self) -> bool:
        """Whether an answer waits for how sure it is."""
        return self._committed is not None

    def take_back(self) -> None:
        """Open the committed answer again, as long as it waits for how sure it is."""
        self._committed = None

    def _keep(self, answer: object, verdict: Verdict, certainty: Certainty | None) -> None:
        certainty_marks(certainty, verdict.share)  # Refuses what is no certainty.
        sure: dict[str, object] = {} if certainty is None else {"certainty": certainty}
        refutations = self._refuted(answer, verdict, None)
        self.result = self._note(
            ATTEMPT,
            answer,
            marks=verdict.marks,
            max_marks=verdict.max_marks,
            misconceptions=list(verdict.misconceptions),
            hint=self._hint_shown,
            seconds=min(LONGEST_S, round(monotonic() - self._posed_s)),
            **sure,
        )
        self._certainty = certainty
        self._settle(verdict, refutations)

    def answer_line(self, line: str, certainty: Certainty | None = None) -> None:
        """Commit the answer that a typed line gives.

        Raises:
            ValueError: the line is no answer to this question, or it has been answered.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        self.answer(self.read(line), certainty)

    def read(self, line: str) -> object:
        """The answer that a typed line gives; an experiment's is its turned knobs.

        Raises:
            ValueError: the line is no answer to this question.
        """
        if isinstance(self.question, ExperimentQuestion):
            return dict(self.turned)
        return form_of(self.posed).read(clean(line, LONGEST_ANSWER))

    def show_answer(self) -> None:
        """Show the key without an attempt; the journal keeps that it was shown.

        Raises:
            ValueError: the question has been answered.
            JournalError: the journal cannot be written.
        """
        self._refuse_answered()
        self.result = self._note(SHOWN)
        self._settle(None, ())

    def restore(self, attempt: Event) -> None:
        """Stand as after `attempt`; an answer that no longer fits leaves the question open."""
        if attempt.kind == SHOWN:
            self.result = attempt
            self._settle(None, ())
            return
        posed = Posed(self.question, attempt.seed or 0)
        try:
            verdict = mark(posed, attempt.answer, self._board)
        except ValueError:
            return
        self.posed = posed
        self.result = attempt
        self._certainty = kept_certainty(attempt.data.get("certainty"))
        claims = self._journal.events(kind=CLAIM, question_id=self.question.id)
        self._claims = {
            str(claim.data.get("point")) for claim in claims if claim.data.get("of") == attempt.id
        }
        self._settle(verdict, self._refuted(attempt.answer, verdict, attempt))

    def hint(self) -> None:
        """Show the hint.

        Raises:
            ValueError: the question has been answered.
        """
        self._refuse_answered()
        self._hint_shown = True

    def keep_draft(self, draft: object) -> None:
        """Keep what has been answered so far; of an experiment, where its knobs stand.

        Raises:
            JournalError: the journal cannot be written.
        """
        if isinstance(self.question, ExperimentQuestion):
            draft = dict(self.turned)
        draft = cleaned(draft)
        unchanged = draft == self.draft or (is_blank(draft) and is_blank(self.draft))
        if self.is_answered or unchanged:
            return
        self._note(DRAFT, draft)
        self.draft = draft

    def flag(self) -> None:
        """Mark the question to come back to, or take the mark away.

        Raises:
            JournalError: the journal cannot be written.
        """
        self._note(FLAG, on=not self._flagged)
        self._flagged = not self._flagged

    def claim(self, point_id: str) -> None:
        """Keep that the learner holds to have written what a mark point asks for.

        It stands beside the verdict, and changes no mark.

        Raises:
            ValueError: there is no such point to claim.
            JournalError: the journal cannot be written.
        """
        if self.result is None or point_id not in self._claimable():
            raise ValueError(f"there is no point {point_id!r} to claim here")
        self._note(CLAIM, of=self.result.id, point=point_id)
        self._claims.add(point_id)

    def replay(self) -> None:
        """Draw the next refutation over the run; after the last one, none."""
        following = 0 if self._replayed is None else self._replayed + 1
        self._replayed = following if following < len(self._refutations) else None

    def _note(self, kind: str, answer: object = None, **data: object) -> Event:
        """Keep an event of the question as it is posed."""
        return self._journal.append(
            kind,
            question_id=self.question.id,
            revision=self.question.revision,
            seed=self.posed.seed,
            answer=answer,
            data={**self._kept, **data},
        )

    def _settle(self, verdict: Verdict | None, refutations: tuple[RefutationView, ...]) -> None:
        self.is_answered = True
        self._committed = None
        self._verdict = verdict
        self._refutations = refutations
        self._replayed = next((i for i, r in enumerate(refutations) if not r.seen_before), None)
        if not isinstance(self.question, ExperimentQuestion):
            self.turned = {}

    def _refuse_answered(self) -> None:
        if self.is_answered:
            raise ValueError(f"question {self.question.id} has been answered")

    def _refuted(
        self, answer: object, verdict: Verdict, before: Event | None
    ) -> tuple[RefutationView, ...]:
        earlier = [
            attempt
            for attempt in self._journal.events(kind=ATTEMPT, question_id=self.question.id)
            if before is None or attempt.sequence < before.sequence
        ]
        return refutation_views(self._files, self.posed, answer, verdict, self._board, earlier)

    def _claimable(self) -> tuple[str, ...]:
        """Points of a written answer that were not given."""
        if self._verdict is None or self.question.kind != "text":
            return ()
        missed = (point.id for point in self._verdict.points if point.state != "met")
        return tuple(point for point in missed if point not in self._claims)

    # Views.

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs that are unlocked."""
        if not self.is_answered and not isinstance(self.question, ExperimentQuestion):
            return ()
        return knobs_of(self.posed.scenario, self.turned)

    @property
    def runs(self) -> tuple[Scenario, ...]:
        """What is run for the view."""
        return runs_for(self.posed.scenario, self.turned)

    def view(self, counter: Counter) -> QuestionView | VerdictView:
        """The question, or its verdict."""
        if self.is_answered:
            return self._verdict_view(counter)
        return self._question_view(
            counter, seen_before(self.posed, self.turned, self._files.spine)
        )

    def outline(self, counter: Counter) -> QuestionView | VerdictView:
        """The same before its runs are there; a verdict cannot do without."""
        return self.view(counter) if self.is_answered else self._question_view(counter, ())

    @property
    def _others(self) -> dict[str, MeasuredRun]:
        return {"spine": self._files.spine}

    def _question_view(self, counter: Counter, drawn: tuple[DrawnRun, ...]) -> QuestionView:
        return QuestionView(
            counter=counter,
            question=self.question,
            stem=self.posed.stem,
            form=form_of(self.posed),
            set_up=set_up_before(self.posed, self.turned),
            hint=self.question.hint if self._hint_shown else None,
            drawn=drawn,
            knobs=self.knobs,
            draft=self.draft,
            committed=shown_answer(self.posed, self._committed[0]) if self._committed else None,
            flagged=self._flagged,
        )

    @property
    def _answer_line(self) -> str:
        answer = self._answered
        return "" if answer is None else shown_answer(self.posed, answer)

    @property
    def _answered(self) -> object:
        """What was answered; None where the answer was shown without an attempt."""
        return None if self._verdict is None or self.result is None else self.result.answer

    def _verdict_view(self, counter: Counter) -> VerdictView:
        drawn = list(drawn_now(self.posed, self.turned))
        run = drawn[-1].run
        curves: tuple[str, ...] = self.question.show
        if self.question.seen == "spine":
            drawn.insert(0, normal_run(self.posed, self._files.spine))
        if self._replayed is not None:
            refutation = self._refutations[self._replayed]
            shown = DrawnRun("refutation", run_words.REFUTATION, refutation.run)
            drawn = [*drawn_now(self.posed, self.turned), shown]
            curves = refutation.curves or curves
        earned = certainty_marks(self._certainty, self._verdict.share if self._verdict else 0.0)
        return VerdictView(
            counter=counter,
            question=self.question,
            stem=self.posed.stem,
            form=form_of(self.posed),
            answer=self._answer_line,
            verdict=self._verdict,
            certainty_marks=earned,
            certainty_line=certainty_line(self._certainty, earned),
            key=key_lines(self.posed),
            set_up=set_up_line(run.scenario),
            decides=filled(self.posed, self.question.decides, run, self._others),
            explanation=filled(self.posed, self.question.explanation, run, self._others),
            refutations=self._refutations,
            replayed=self._replayed,
            drawn=tuple(drawn),
            # A refutation may run another preparation, which has not all of them.
            curves=tuple(c for c in curves if c in drawn[-1].run.trace.columns),
            knobs=self.knobs,
            claimable=self._claimable(),
            claimed=frozenset(self._claims),
            flagged=self._flagged,
            marked_ms=marked_times_ms(self._answered),
        )
