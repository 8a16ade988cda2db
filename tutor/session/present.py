"""A question before a room: the stem, the votes, the run, then the verdict on the votes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import count
from string import ascii_lowercase, ascii_uppercase
from typing import Literal

import msgspec

from simulator.progress import Progress, part
from tutor.course.errors import meant
from tutor.course.loader import CourseFolder
from tutor.course.questions import ChoiceQuestion, ExperimentQuestion, Question
from tutor.course.text import one_line
from tutor.grading.fitting import knobs
from tutor.journal.store import Journal
from tutor.session.ahead import work_ahead
from tutor.session.asked import Asked
from tutor.session.drawn import DrawnRun
from tutor.session.knobs import told_range
from tutor.session.refutation import marking_work
from tutor.session.seen import set_up_before
from tutor.session.slow import Work, awaited
from tutor.session.views import Counter, QuestionView, VerdictView
from tutor.session.votes import Tally, votes_on
from tutor.words import votes as vote_words

Stage = Literal["question", "votes", "run", "verdict"]
STAGES: tuple[Stage, ...] = ("question", "votes", "run", "verdict")


class Offered(msgspec.Struct, frozen=True):
    """Something that an answer is made of, such as an option, and the sign that stands for it."""

    sign: str
    text: str


class PresentView(msgspec.Struct, frozen=True):
    """What the room sees now. Nothing is said of the key before the verdict."""

    stage: Stage
    question_id: str
    stem: str
    takes: str
    """What is asked of the room, in a few words."""
    offered: tuple[Offered, ...]
    asks: str
    """What the tutor is to type of the votes."""
    so_far: tuple[str, ...]
    """The answers that were typed so far, with their votes."""
    set_up: str
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...] = ()
    tallies: tuple[Tally, ...] = ()
    """The distribution."""
    key_title: str = ""
    key: tuple[str, ...] = ()
    """The right answer, where the distribution does not mark it; a line each part."""
    parts: tuple[str, ...] = ()
    """What answers are made of, with how many of the room had it; a line each."""
    decides: str = ""
    refuted: str = ""
    """What answers the commonest wrong answer; empty where nobody gave one."""
    explanation: str = ""


class Present:
    """Leads through one question. It knows the room's votes, and keeps nothing of them."""

    def __init__(self, files: CourseFolder, question_id: str) -> None:
        """Find the question.

        Raises:
            ContentErrors: a file of the course is wrong.
            ValueError: there is no such question.
        """
        self._question = question = _question(files, question_id)
        self._files = files
        # The same letters and numbers each time, on the handout and on the screen.
        self._seed = zlib.crc32(question.id.encode())
        self._asked = self._posed()
        shown = self._asked.view(_ONLY)
        assert isinstance(shown, QuestionView)
        self._shown = shown
        self._votes = votes_on(self._asked.posed)
        self._stage = 0

    @property
    def stage(self) -> Stage:
        """Where the room is."""
        return STAGES[self._stage]

    def forward(self) -> None:
        """Go on; from the votes to what their run shows, for which `awaited` may be due.

        Raises:
            ValueError: an answer of the room cannot be run; one clear sentence.
        """
        if self.stage == "votes":
            self._close()
        if self.stage != "verdict":
            self._stage += 1

    def back(self) -> None:
        """Go back by one."""
        self._stage = max(0, self._stage - 1)

    def count(self, line: str) -> bool:
        """Take votes: a number an option in the order of the letters, or an answer with its own.

        Returns:
            Whether that is all of them; answers end with an empty line.

        Raises:
            ValueError: the line gives no votes; one clear sentence.
        """
        return self._votes.take(line)

    def _close(self) -> None:
        """Mark the votes, and answer what most of the room got wrong."""
        self._votes.mark()
        self._asked = self._posed()
        answer = self._votes.to_run
        if answer is None:
            self._asked.show_answer()
        else:
            if isinstance(self._question, ExperimentQuestion):
                self._asked.turned = knobs(answer, self._asked.posed.scenario)
            self._asked.answer(answer)

    def take_back(self) -> None:
        """Forget the answer that was typed last."""
        self._votes.take_back()

    def ahead(self) -> Work:
        """What any verdict may need, to be done while the room votes."""

        def make(progress: Progress) -> None:
            for work in work_ahead(self._files, self._asked.posed, None):
                work(progress)

        return Work(make)

    def awaited(self) -> Work | None:
        """What the run and the verdict on the votes wait for; None where they are soon there."""
        posed = self._asked.posed
        works = [marking_work(self._files, posed, each, None) for each in self._votes.answers]
        works.append(awaited([posed.scenario]))
        missing = [work for work in works if work is not None]

        def make(progress: Progress) -> None:
            for number, work in enumerate(missing):
                work(part(progress, number / len(missing), 1.0 / len(missing)))

        return Work(make) if missing else None

    @property
    def view(self) -> PresentView:
        """What to show now."""
        shown = self._shown
        view = PresentView(
            stage=self.stage,
            question_id=self._question.id,
            stem=shown.stem,
            takes=f"{shown.form.takes[:1].upper()}{shown.form.takes[1:]}",
            offered=tuple(_offered(shown)),
            asks=self._votes.asks,
            so_far=self._votes.so_far,
            set_up=self._question.setup,
            drawn=shown.drawn,
        )
        if self.stage in ("question", "votes"):
            return view
        told = self._asked.view(_ONLY)
        assert isinstance(told, VerdictView)
        if self.stage == "run":
            return msgspec.structs.replace(
                view,
                # Where the set-up would give the key away it comes with the verdict.
                set_up=set_up_before(self._asked.posed, self._asked.turned),
                drawn=tuple(drawn for drawn in told.drawn if drawn.role != "refutation"),
            )
        return msgspec.structs.replace(
            view,
            set_up=told.set_up,
            drawn=told.drawn,
            curves=told.curves,
            tallies=self._votes.tallies,
            key_title=told.key_title,
            key=() if isinstance(self._question, ChoiceQuestion) else told.key,
            parts=self._votes.parts,
            decides=told.decides,
            refuted=self._refuted(told),
            explanation=told.explanation,
        )

    def _refuted(self, told: VerdictView) -> str:
        feedback = told.verdict.feedback if told.verdict else ()
        says = next(iter((*(refutation.says for refutation in told.refutations), *feedback)), "")
        is_wrong = told.verdict is not None and not told.verdict.right
        if not says or not is_wrong:
            return ""
        return vote_words.REFUTED.format(answer=self._votes.called, says=says)

    def _posed(self) -> Asked:
        return Asked(self._files, Journal.in_memory(), self._question, {}, seed=self._seed)


def _offered(shown: QuestionView) -> Iterator[Offered]:
    """What an answer is made of, each with what is typed or called out for it."""
    form = shown.form
    is_choice = isinstance(shown.question, ChoiceQuestion)
    signs = iter(ascii_uppercase) if is_choice else map(str, count(1))
    texts = [*(choice.text for choice in form.choices), *form.parts, *map(told_range, shown.knobs)]
    for sign, text in zip(signs, texts, strict=False):
        yield Offered(sign, text)
    for sign, partner in zip(ascii_lowercase, form.partners, strict=False):
        yield Offered(sign, partner.text)


_ONLY = Counter(1, 1)


def _question(files: CourseFolder, question_id: str) -> Question:
    """The question with this id, whichever phase has it; ids begin with that of their phase."""
    by_likeness = sorted(files.phase_ids, key=lambda phase: not question_id.startswith(phase))
    known: list[str] = []
    for phase_id in by_likeness:
        questions = {question.id: question for question in files.phase(phase_id).questions}
        if question_id in questions:
            return questions[question_id]
        known += questions
    raise ValueError(
        vote_words.NO_QUESTION.format(
            question=one_line(question_id, 60), meant=meant(question_id, known)
        )
    )
