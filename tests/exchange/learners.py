"""A learner who has answered questions of a course, and what is exported of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tutor.cli.exporting import run_export_anki, wanted_of
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal, default_path
from tutor.session.asked import Asked

NOTHING: dict[str, Any] = {
    "mistakes": False,
    "unsure": False,
    "everything": False,
    "phase": (),
    "picked": (),
    "objective": (),
    "misconception": (),
    "kind": (),
    "track": None,
}


def answer(folder: Path, question_id: str, given: object, *, certainty: int | None = None) -> None:
    """Answer a question of the course in `folder`, and keep it in the learner's journal."""
    files = CourseFolder(folder)
    phase = question_id.partition(".")[0]
    question = next(q for q in files.phase(phase).questions if q.id == question_id)
    with Journal.open(default_path()) as journal:
        asked = Asked(files, journal, question, {"phase": phase}, seed=7)
        asked.answer(given, certainty)  # type: ignore[arg-type]


def exported(folder: Path, file: Path, **wanted: Any) -> Path:
    """Export what is wanted to `file`, and give it."""
    as_text = file.suffix == ".csv"
    assert not run_export_anki(folder, file, wanted_of(**NOTHING | wanted), as_text=as_text)
    return file
