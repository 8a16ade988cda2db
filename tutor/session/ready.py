"""Whether an answer is ready to be committed: told at once, while it can be mended."""

from __future__ import annotations

from tutor.course.questions import (
    CalculationQuestion,
    ExperimentQuestion,
    NumericQuestion,
    Part,
    Question,
)
from tutor.course.text import one_line, pretty_unit
from tutor.session.drafts import is_blank
from tutor.words import forms as words


def refuse_unready(question: Question, answer: object) -> None:
    """Refuse an answer that is still blank, or a number without its unit.

    The unit is told with the question, but where it is worth a mark of its own.

    Raises:
        ValueError: it is so; one clear sentence.
    """
    if is_blank(answer):
        lacks = (
            words.NOTHING_TURNED if isinstance(question, ExperimentQuestion) else words.STILL_BLANK
        )
        raise ValueError(lacks.format(question=question.id))
    match question:
        case NumericQuestion():
            _refuse_without_unit(question, answer)
        case CalculationQuestion(parts=parts) if isinstance(answer, list):
            for part, one in zip(parts, answer, strict=False):
                _refuse_without_unit(part, one)


def _refuse_without_unit(asked: NumericQuestion | Part, answer: object) -> None:
    from tutor.grading.numeric import lacks_unit, unknown_unit

    if not (asked.unit or asked.unit_marks) or not isinstance(answer, str):
        return
    if text := unknown_unit(answer, asked.unit):
        raise ValueError(words.NO_SUCH_UNIT.format(text=text))
    if not asked.unit_marks and not asked.unit_shown and lacks_unit(answer, asked.unit):
        unit = pretty_unit(asked.unit)
        raise ValueError(words.NO_UNIT_YET.format(number=one_line(answer, 40), unit=unit))
