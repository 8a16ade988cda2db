"""Whether an answer is ready to be committed: told at once, while it can be mended."""

from __future__ import annotations

from tutor.course.posed import Posed
from tutor.course.questions import (
    CalculationQuestion,
    ExperimentQuestion,
    IntervalQuestion,
    NumericQuestion,
    Part,
    PointQuestion,
    Question,
)
from tutor.course.text import one_line, pretty_unit
from tutor.session.drafts import is_blank
from tutor.session.form import marked_times_ms
from tutor.words import forms as words


def refuse_unready(question: Question, answer: object) -> None:
    """Refuse an answer that is still blank, is no number, or is one without its unit.

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
            _refuse_no_quantity(question, answer)
        case CalculationQuestion(parts=parts) if isinstance(answer, list):
            for part, one in zip(parts, answer, strict=False):
                _refuse_no_quantity(part, one)


def refuse_off_trace(posed: Posed[Question], answer: object) -> None:
    """Refuse a time that the trace does not come to: nobody has marked it there.

    Raises:
        ValueError: it is so; one clear sentence.
    """
    if isinstance(posed.question, PointQuestion | IntervalQuestion):
        end_ms = posed.run.trace.duration_ms
        for time_ms in marked_times_ms(answer):
            if not 0.0 <= time_ms <= end_ms:
                raise ValueError(words.OFF_TRACE.format(time_ms=time_ms, end_ms=end_ms))


def _refuse_no_quantity(asked: NumericQuestion | Part, answer: object) -> None:
    from tutor.grading.numeric import lacks_unit, unknown_unit
    from tutor.grading.written import written_numbers

    if not isinstance(answer, str) or is_blank(answer):
        return
    if not written_numbers(answer):
        raise ValueError(words.NO_NUMBER_YET.format(text=one_line(answer, 40)))
    if not (asked.unit or asked.unit_marks):
        return
    if text := unknown_unit(answer, asked.unit):
        raise ValueError(words.NO_SUCH_UNIT.format(text=text))
    if not asked.unit_marks and not asked.unit_shown and lacks_unit(answer, asked.unit):
        unit = pretty_unit(asked.unit)
        raise ValueError(words.NO_UNIT_YET.format(number=one_line(answer, 40), unit=unit))
