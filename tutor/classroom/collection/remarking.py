"""Marking what was handed in, from the raw answers, against the register's own questions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec
from msgspec import Struct

from tutor.classroom.collection.answers import Answers
from tutor.classroom.register.snapshot import Snapshot
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.grading.marking import mark
from tutor.grading.verdict import Verdict
from tutor.session.drafts import cleaned
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.posing import answer_of
from tutor.session.exam.record import Given


class Marked(Struct, frozen=True):
    """A question of a learner, marked.

    Attributes:
        question: Its id.
        answer: The answer as JSON; None where there is none, or none that can be read.
        variant: The numbers that were drawn, as JSON; empty without any.
        certainty: How sure the learner was.
        seconds: The time that it took; None where that is not known.
        verdict: What it is worth.
        unread: An answer was given that is none to the question.
    """

    question: str
    answer: str | None
    variant: str
    certainty: int | None
    seconds: int | None
    verdict: Verdict
    unread: bool


class _Task(Struct, frozen=True):
    """An answer to a question with certain numbers: however many gave it, it is marked once."""

    question: str
    variant: str
    answer: str


class Marker:
    """Marks the work of a class; the same answer to the same question once only."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Begin with nothing marked."""
        self._bank = snapshot.bank.by_id
        self._handed_out = snapshot.handed_out
        self._places = {question: place for place, question in enumerate(snapshot.rows)}
        self._verdicts: dict[_Task, Verdict | None] = {}

    def prepare(self, submissions: Iterable[Answers]) -> None:
        """Mark what is in many submissions, and forget what was in those before.

        One question after the other, so that a run serves all the answers to its question.
        """
        self._verdicts.clear()
        tasks: dict[_Task, Posed[Question]] = {}
        for answers in submissions:
            for question, given in answers.given.items():
                if question in self._places:
                    met, task = self._task(answers, question, given)
                    if task is not None:
                        tasks.setdefault(task, met)
        in_order = sorted(tasks, key=lambda one: (self._places[one.question], one.variant))
        for _, alike in groupby(in_order, key=lambda one: (one.question, one.variant)):
            posed: Posed[Question] | None = None
            for task in alike:
                posed = posed or tasks[task]  # The run is made once, and kept with it.
                self._verdicts[task] = _verdict(posed, task)

    def marked(self, answers: Answers) -> list[Marked]:
        """Every question that was asked, as these answer it."""
        asked = self._places if answers.asked is None else answers.asked
        return [self._marked(answers, question) for question in self._places if question in asked]

    def _marked(self, answers: Answers, question: str) -> Marked:
        given = answers.given.get(question)
        banked = self._bank[question]
        posed, task = self._task(answers, question, given)
        if task is not None and task not in self._verdicts:
            self._verdicts[task] = _verdict(posed, task)
        verdict = self._verdicts[task] if task is not None else None
        return Marked(
            question=question,
            answer=task.answer if task is not None and verdict is not None else None,
            variant=_variant(posed),
            certainty=given.certainty if given is not None and verdict is not None else None,
            seconds=answers.seconds.get(question),
            verdict=verdict or Verdict(0.0, banked.marks),
            unread=given is not None and verdict is None,
        )

    def _task(
        self, answers: Answers, question: str, given: Given | None
    ) -> tuple[Posed[Question], _Task | None]:
        """The question as this learner met it, and what is to be marked of it."""
        seed = answers.seeds.get(question, question_seed(answers.seed, question))
        posed = Posed(self._bank[question].question, seed)
        if given is None:
            return posed, None
        try:
            # What was typed is read as it was asked: items may stand in another order there.
            met = Posed(self._handed_out[question], seed)
            answer = cleaned(answer_of(met, given))
            written = msgspec.json.encode(answer, order="deterministic").decode()
        except (ValueError, OverflowError, RecursionError, msgspec.MsgspecError):
            return posed, _Task(question, "", "")
        return posed, _Task(question, _variant(posed), written)


def _variant(posed: Posed[Question]) -> str:
    if not posed.drawn:
        return ""
    return msgspec.json.encode(posed.drawn, order="deterministic").decode()


def _verdict(posed: Posed[Question], task: _Task) -> Verdict | None:
    """The verdict on an answer; None where it is none to the question."""
    if not task.answer:
        return None
    try:
        return mark(posed, msgspec.json.decode(task.answer))
    except Exception:
        # Whoever writes the answer may write anything, and the others are to be marked all the
        # same; the tutor is told of it.
        return None
