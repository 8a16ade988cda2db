"""Which units are understood in an answer, and how a number is written."""

from __future__ import annotations

from tutor.course.questions import CalculationQuestion, NumericQuestion, Part, Question
from tutor.course.text import pretty_unit
from tutor.grading.units import NO_UNIT, read_unit
from tutor.words import units as words


def unit_help(question: Question) -> str:
    """What may be typed as a number here, a line each; empty where no number is asked for."""
    asked: tuple[NumericQuestion | Part, ...] = ()
    if isinstance(question, NumericQuestion):
        asked = (question,)
    elif isinstance(question, CalculationQuestion):
        asked = question.parts
    lines = dict.fromkeys(_units(each) for each in asked)
    return "\n".join([*lines, words.NUMBERS]) if lines else ""


def _units(asked: NumericQuestion | Part) -> str:
    if asked.unit and asked.unit_shown:
        return words.UNIT_BESIDE.format(unit=pretty_unit(asked.unit))
    if asked.unit_marks:  # To find the unit is part of the question.
        return words.WRITE_UNIT
    unit = read_unit(asked.unit) if asked.unit else NO_UNIT
    usual = words.USUAL.get(unit.quantity, (pretty_unit(asked.unit),))
    if not asked.unit:
        return words.NUMBER_ALONE.format(share=usual[0])
    return words.SYMBOLS_OR_WORDS.format(quantity=unit.quantity, units=", ".join(usual))
