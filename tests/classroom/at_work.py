"""A learner at work on an assignment, and the file that comes of it as its tutor opens it."""

from __future__ import annotations

from pathlib import Path

from handouts import ADA, HandOut

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.sitting import Sitting
from tutor.classroom.submission import Opened, open_submission
from tutor.journal.store import Journal
from tutor.session.views import QuestionView


def sitting(out: HandOut, journal: Journal, who: Who | None = None) -> Sitting:
    """Begin graded work, as Ada or whoever else it is."""
    one = Assigned(out.assignment, journal)
    one.sit_as(who or Who(ADA, "Ada"))
    work = one.begin()
    assert isinstance(work, Sitting)
    return work


def pick(work: Sitting, option: int = 0) -> list[str]:
    """Answer the first question with options, by its place."""
    ids = [one for one in work.begun.ids if work._bank.by_id[one].question.kind == "single"]
    work.go(work.begun.ids.index(ids[0]) + 1)
    view = work.view
    assert isinstance(view, QuestionView)
    chosen = [view.form.choices[option].id]
    work.answer(chosen)
    return chosen


def opened(out: HandOut, path: Path) -> Opened:
    """What is in a file that was handed in."""
    return open_submission(path.read_bytes(), [out.key])
