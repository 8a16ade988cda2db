"""Reports on a question: what a learner sends to whoever wrote it."""

from __future__ import annotations

from pathlib import Path

from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.text import one_line
from tutor.journal.store import default_path
from tutor.session.form import Form
from tutor.session.new_file import write_new
from tutor.session.points import point_lines
from tutor.session.views import QuestionView, VerdictView
from tutor.words import common
from tutor.words import report as words


def reports_folder() -> Path:
    """Where reports are written: beside the journal."""
    return default_path().parent / "reports"


def reported(view: QuestionView | VerdictView, posed: Posed[Question]) -> str:
    """Write a report on what is shown; a sentence that says where it is, or why it is not."""
    text = "\n".join(_lines(view, posed))
    try:
        path = write_new(reports_folder(), view.question.id, text)
    except OSError as error:
        reason = error.strerror or str(error)
        return words.NOT_WRITTEN.format(reason=reason, folder=reports_folder())
    return words.WRITTEN.format(path=path)


def _lines(view: QuestionView | VerdictView, posed: Posed[Question]) -> list[str]:
    question = view.question
    lines = [
        words.QUESTION.format(id=question.id, revision=question.revision, kind=question.kind),
        words.SEED.format(seed=posed.seed),
        common.SOURCE.format(source=question.source),
        words.SET_UP.format(what=question.setup, set_up=view.set_up),
        "",
        posed.stem,
    ]
    if isinstance(view, QuestionView):
        lines += [*_choices(view.form), "", words.NOT_ANSWERED]
    else:
        lines += ["", words.ANSWER.format(answer=view.answer or words.NO_ANSWER)]
        lines += [words.VERDICT.format(verdict=view.headline), *_points(view)]
        lines += ["", words.KEY, *view.key]
        lines += ["", common.IT_DECIDES.format(finding=view.decides)]
    return [*lines, "", words.PLEASE_WRITE, ""]


def _choices(form: Form) -> list[str]:
    return [f"- {one_line(choice.text)} ({choice.id})" for choice in form.choices]


def _points(view: VerdictView) -> list[str]:
    if view.verdict is None:
        return []
    told = point_lines(view, view.verdict)
    return [
        *(words.POINT[line.state].format(text=line.text) for line in told),
        *view.verdict.feedback,
    ]
