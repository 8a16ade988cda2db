"""Whether an answer is ready to be committed: told at once, while it can be mended."""

from __future__ import annotations

from tutor.course.questions import (
    CalculationQuestion,
    ExperimentQuestion,
    NumericQuestion,
    Part,
    Question,
)
from tutor.session.drafts import is_blank
from tutor.words import forms as words


def refuse_unready(question: Question, answer: object) -> None:
    """Refuse an answer that is still blank, or has a word where a number has its unit.

    Raises:
        ValueError: it is so; one clear sentence.
    """
    if is_blank(answer) and not isinstance(question, ExperimentQuestion):
        raise ValueError(words.STILL_BLANK.format(question=question.id))
    match question:
        case NumericQuestion():
            _refuse_unknown_unit(question, answer)
        case CalculationQuestion(parts=parts) if isinstance(answer, list):
            for part, one in zip(parts, answer, strict=False):
                _refuse_unknown_unit(part, one)


def _refuse_unknown_unit(asked: NumericQuestion | Part, answer: object) -> None:
    from tutor.grading.numeric import unknown_unit

    asks_unit = asked.unit or asked.unit_marks
    if asks_unit and isinstance(answer, str) and (text := unknown_unit(answer, asked.unit)):
        raise ValueError(words.NO_SUCH_UNIT.format(text=text))
