"""Every question of the course, answered in the app with its keys: the same comes of it in lines.

Each phase is walked from its first step to its end in one app, as a learner does it: to open the
app anew for each question would take minutes.
"""

from __future__ import annotations

import asyncio
from random import Random
from time import monotonic

import pytest
from answers import HOSTILE, bursts, keys_for, lines_for, wrong_answer
from app_driver import Ui, known_learner, squeezed, started
from every_question import SEED, flat, in_lines, row, rows, verdict_of
from textual.events import Paste

from tutor.course.loader import CourseFolder
from tutor.course.text import to_ascii
from tutor.grading.marking import model_answer
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT
from tutor.journal.store import Journal
from tutor.session.views import EndView, QuestionView, VerdictView, View
from tutor.tui.widgets.answer_entry import AnswerEntry, AnswerLine
from tutor.words import lesson_screen as lesson_words

#: A wave along an axon, and a search for what starts it, may take so long on a slow machine.
PATIENCE_S = 60.0
#: Rounds of the loop without a message after which a key has done what it does.
STILL = 3


class Walk:
    """A learner who answers each question of a phase with nothing, wrong, right and with harm."""

    def __init__(self, ui: Ui, files: CourseFolder, journal: Journal, phase: str) -> None:
        self.ui = ui
        self.screen = ui.lesson_screen
        self.files = files
        self.journal = journal
        self.phase = phase

    @property
    def shown(self) -> View:
        """What the screen shows; to ask the lesson would work it out anew."""
        return self.screen._view

    @property
    def question(self) -> QuestionView:
        """The question that is open."""
        assert isinstance(self.shown, QuestionView), self.ui.text
        return self.shown

    @property
    def attempts(self) -> list[Event]:
        """What has been answered."""
        return self.journal.events(kind=ATTEMPT)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until nobody has a message left: to paint each would take long."""
        for burst in bursts(keys):
            self.ui.rush(*burst)
            still = 0
            while still < STILL:
                await asyncio.sleep(0)
                nodes = (self.ui.app, *self.ui.app.screen.walk_children(with_self=True))
                still = 0 if any(node.message_queue_size for node in nodes) else still + 1

    async def go(self, *keys: str) -> None:
        """Press keys that lead on, and wait until what follows is shown with its runs."""
        before, deadline = self.shown, monotonic() + PATIENCE_S
        await self.press(*keys)
        while self._is(before) or self.screen._wanted.busy:
            assert monotonic() < deadline, f"waited in vain; the screen shows\n{self.ui.text}"
            await asyncio.sleep(0.001)
        await self.press()

    def _is(self, before: View) -> bool:
        now = self.shown
        return type(now) is type(before) and now.counter == before.counter

    async def answer_every_way(self) -> None:
        """Answer the open question in each way, and go on to what comes after it."""
        await self.ui.settle()
        self.ui.assert_answer_in_sight()
        await self.answer_with_nothing()
        await self.answer(right=False)
        await self.go("t")
        await self.answer(right=True)
        await self.go("t")
        await self.answer_with_harm()

    async def answer_with_nothing(self) -> None:
        """Enter alone answers nothing; an experiment is run as it stands."""
        before = self.attempts
        if self.question.form.kind != "experiment":
            await self.press(*["enter"] * max(1, len(self.question.form.parts)))
        assert self.question
        assert self.attempts == before

    async def answer(self, *, right: bool) -> None:
        """Give the right or a wrong answer; in lines it has the same verdict, and is kept so."""
        view, posed = self.question, self.ui.lesson._asked.posed
        await self.go(*keys_for(view, flat((model_answer if right else wrong_answer)(posed))))
        shown, kept = self.shown, self.attempts[-1]
        assert isinstance(shown, VerdictView), self.ui.text
        if not right:
            await self.decides_in_sight(shown)
        lines, said = self.in_lines(view, *lines_for(view, kept.answer), seed=kept.seed)
        assert rows(lines) == [row(kept)]
        again = verdict_of(self.files, self.phase, lines)
        assert (again.verdict, again.headline) == (shown.verdict, shown.headline)
        assert f"{shown.headline} (" in said
        assert (shown.headline == "Right") is right

    async def decides_in_sight(self, shown: VerdictView) -> None:
        """What decides stands on the first screen of a verdict."""
        await self.ui.settle()
        told = squeezed(to_ascii(f"{lesson_words.DECIDES} {shown.decides}"))
        assert told in self.ui.told(), f"{shown.question.id}\n{self.ui.text}"

    async def answer_with_harm(self) -> None:
        """Paste what means harm: it is text, or refused, as in lines."""
        view, before = self.question, self.attempts
        harm = HOSTILE.replace(";", ",") if view.form.parts else HOSTILE  # It parts numbers.
        typed, is_set = self.screen.query(AnswerEntry), view.form.kind == "experiment"
        fields = [*self.screen.query(AnswerLine)]  # A time may be typed as well as marked.
        for field in fields or [self.ui.app.focused]:
            assert field is not None
            self.screen.set_focus(field)
            await self.press(*["="] * is_set)
            field.post_message(Paste(harm))
            await self.press("enter", *["escape"] * is_set)
        given = [f"set {view.knobs[0].name} {harm}"] if is_set else [harm] * max(1, len(fields))
        lines, _ = self.in_lines(view, *given, seed=self.ui.lesson._asked.posed.seed)
        assert [row(kept) for kept in self.attempts[len(before) :]] == rows(lines)
        assert all(kept.data["marks"] == 0 for kept in self.attempts[len(before) :])
        if typed:
            assert "\x1b" not in self.ui.text
            assert "\u202e" not in self.ui.text
        if isinstance(self.shown, VerdictView):
            await self.go("enter")
        else:
            await self.press(*["escape"] * bool(typed))
            await self.go("s")

    def in_lines(self, view: QuestionView, *lines: str, seed: int | None) -> tuple[Journal, str]:
        """The same question answered in lines; what is kept, and what is said."""
        return in_lines(self.files, self.phase, view.question, list(lines), seed)


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
async def test_keys_give_the_verdicts_and_the_rows_that_lines_give(
    files: CourseFolder, journal: Journal, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.session.asked.secrets.randbelow", Random(SEED).randrange)
    known_learner(journal)
    asked = []
    async with started(files, journal, phase) as ui:
        walk = Walk(ui, files, journal, phase)
        while not isinstance(walk.shown, EndView):
            if isinstance(walk.shown, QuestionView):
                asked.append(walk.question.question.id)
                await walk.answer_every_way()
            else:
                await walk.go("enter")
        assert ui.app.return_value is None
        assert ui.app.fault is None
    assert sorted(asked) == sorted(question.id for question in files.phase(phase).questions)
