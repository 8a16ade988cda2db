"""Reports on a question: what a learner sends to whoever wrote it."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.text import one_line
from tutor.journal.store import default_path
from tutor.session.form import Form
from tutor.session.points import point_lines
from tutor.session.views import QuestionView, VerdictView


def reports_folder() -> Path:
    """Where reports are written: beside the journal."""
    return default_path().parent / "reports"


def reported(view: QuestionView | VerdictView, posed: Posed[Question]) -> str:
    """Write a report on what is shown; a sentence that says where it is, or why it is not."""
    text = "\n".join(_lines(view, posed))
    try:
        path = _written(reports_folder(), view.question.id, text)
    except OSError as error:
        reason = error.strerror or str(error)
        return f"The report could not be written ({reason}): {reports_folder()}"
    return f"Written, to be sent to whoever gave you the course: {path}"


def _written(folder: Path, name: str, text: str) -> Path:
    """Write a new file; half a report would pass for a whole one, and so is taken away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    path = folder / f"{name}-{stamp}.txt"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{stamp}-{number}.txt"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path


def _lines(view: QuestionView | VerdictView, posed: Posed[Question]) -> list[str]:
    question = view.question
    lines = [
        f"Question: {question.id}, revision {question.revision}, {question.kind}",
        f"Posed with seed {posed.seed}",
        f"Source: {question.source}",
        f"Set-up: {question.setup} ({view.set_up})",
        "",
        posed.stem,
    ]
    if isinstance(view, QuestionView):
        lines += [*_choices(view.form), "", "Not answered yet."]
    else:
        lines += ["", f"Answer: {view.answer or 'none, the key was shown'}"]
        lines += [f"Verdict: {view.headline}", *_points(view)]
        lines += ["", "Key:", *view.key, "", f"It decides: {view.decides}"]
    return [*lines, "", "What is wrong with it (please write here):", ""]


def _choices(form: Form) -> list[str]:
    return [f"- {one_line(choice.text)} ({choice.id})" for choice in form.choices]


def _points(view: VerdictView) -> list[str]:
    if view.verdict is None:
        return []
    told = point_lines(view, view.verdict)
    return [*(f"- {line.state}: {line.text}" for line in told), *view.verdict.feedback]
