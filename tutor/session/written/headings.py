"""What stands above a step, a question or a verdict that is written as lines of text."""

from __future__ import annotations

from tutor.session.views import QuestionView, StepView, VerdictView
from tutor.words import written as words

Shown = StepView | QuestionView | VerdictView


def heading_of(title: str, view: Shown) -> str:
    """What stands above an item of the phase, quiz or review called `title`."""
    match view:
        case StepView():
            return words.STEP_TITLE.format(phase=title, place=view.counter, step=view.step.title)
        case QuestionView():
            return words.QUESTION_TITLE.format(
                phase=title, place=view.counter, question=view.question.id, flag=flag_of(view)
            )
        case VerdictView():
            return words.VERDICT_TITLE.format(
                verdict=view.headline,
                phase=title,
                place=view.counter,
                question=view.question.id,
                flag=flag_of(view),
            )


def flag_of(view: QuestionView | VerdictView) -> str:
    """What a heading says of a flag."""
    return words.IS_FLAGGED if view.flagged else ""
