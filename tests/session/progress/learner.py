"""A learner with a clock that is set, whose attempts are written as sessions write them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tutor.course.loader import CourseFolder
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, FINISHED, POSITION, SHOWN
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.profile import Profile, save_profile
from tutor.session.progress.facts import facts_of, material_of
from tutor.session.progress.view import (
    ObjectiveView,
    PhaseView,
    ProgressView,
    view_of,
)

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
FILES = CourseFolder()
BANK = Bank(FILES)
#: An objective with several questions, all of which can be right or wrong.
OBJECTIVE = "rest.ions"


class Learner:
    """Answers what they are told to, when they are told to."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.time = START
        self.journal = journal or Journal(
            sqlite3.connect(":memory:", isolation_level=None),
            Path(":memory:"),
            "desk",
            clock=lambda: self.time,
        )

    def wait(self, **kwargs: float) -> None:
        """Let time pass."""
        self.time += timedelta(**kwargs)

    def answer(
        self, question: str, right: bool = True, *, mixed: bool = False, **data: Any
    ) -> Event:
        """Answer a question: in a lesson, or among mixed ones a day after."""
        self.wait(seconds=1)
        phase = question.partition(".")[0]
        told = {"phase": phase, "marks": int(right), "max_marks": 1, "misconceptions": []}
        if mixed:
            told |= {"mode": "review", "delayed": True}
        return self.journal.append(
            ATTEMPT, question_id=question, revision=1, seed=1, answer=["a"], data=told | data
        )

    def show(self, question: str) -> None:
        """Have the answer shown."""
        self.wait(seconds=1)
        self.journal.append(
            SHOWN, question_id=question, data={"phase": question.partition(".")[0]}
        )

    def stop_at(self, phase: str, number: int, *, finished: bool = False) -> None:
        """Leave a phase at an item."""
        self.wait(seconds=1)
        data = {"phase": phase, "number": number, "count": 20, "questions": 10}
        self.journal.append(POSITION, data=data)
        if finished:
            self.journal.append(FINISHED, data={"phase": phase})

    def prepares(self, **profile: Any) -> None:
        """Name an exam."""
        save_profile(self.journal, Profile(**profile))

    @property
    def view(self) -> ProgressView:
        """Where they stand."""
        material = material_of(FILES, Profile())
        facts = facts_of(FILES, self.journal, material)
        return view_of(FILES, material, facts)

    def phase(self, phase_id: str) -> PhaseView:
        """How they stand in a phase."""
        phases = (phase for module in self.view.modules for phase in module.phases)
        return next(phase for phase in phases if phase.id == phase_id)

    def objective(self, objective_id: str = OBJECTIVE) -> ObjectiveView:
        """How they stand with an objective."""
        phase = self.phase(objective_id.partition(".")[0])
        return next(one for one in phase.objectives if one.id == objective_id)


def questions_of(objective: str = OBJECTIVE) -> list[str]:
    """The ids of an objective's questions."""
    return [banked.id for banked in BANK.by_objective[objective]]


def able_to_show(misconception: str) -> list[str]:
    """The ids of the questions that can show a misconception."""
    return [banked.id for banked in BANK if misconception in banked.misconceptions]
