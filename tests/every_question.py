"""What comes of an answer to any question: typed as lines, and as the journal keeps it."""

from __future__ import annotations

import io

from tutor.course.loader import CourseFolder
from tutor.course.questions import Question
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, POSITION
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.session.lesson import Lesson
from tutor.session.terminal import PLOTS, turn
from tutor.session.views import VerdictView

SEED = 20261122


def at(journal: Journal, phase: str, question: Question, seed: int | None = SEED) -> None:
    """Leave the phase at a question, posed with the numbers and the order of `seed`."""
    journal.append(POSITION, seed=seed, data={"phase": phase, "item": question.id, "back": False})


def rows(journal: Journal) -> list[tuple[object, ...]]:
    """The attempts without what is never the same: ids, times, and how long it took."""
    return [row(attempt) for attempt in journal.events(kind=ATTEMPT)]


def row(kept: Event) -> tuple[object, ...]:
    """The same of one attempt."""
    data = {name: value for name, value in kept.data.items() if name != "seconds"}
    return kept.question_id, kept.revision, kept.seed, kept.answer, data


def in_lines(
    files: CourseFolder,
    phase: str,
    question: Question,
    lines: list[str],
    seed: int | None = SEED,
) -> tuple[Journal, str]:
    """Answer in the plain front end; what it kept, and what it said."""
    journal = Journal.in_memory()
    turn(journal, PLOTS, False)
    at(journal, phase, question, seed)
    out = io.StringIO()
    run_plain(files, journal, io.StringIO("".join(f"{line}\n" for line in lines)), out, phase)
    return journal, " ".join(out.getvalue().split())


def verdict_of(files: CourseFolder, phase: str, journal: Journal) -> VerdictView:
    """The verdict that a learner finds who comes back."""
    view = Lesson(files, phase, journal).view
    assert isinstance(view, VerdictView)
    return view


def flat(answer: object) -> object:
    """An answer without line breaks, which a typed line cannot have."""
    return " ".join(answer.split()) if isinstance(answer, str) else answer
