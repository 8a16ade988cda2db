"""Which units are understood in an answer, and how a number is written."""

from __future__ import annotations

from tutor.course.questions import CalculationQuestion, NumericQuestion, Part, Question
from tutor.course.text import pretty_unit
from tutor.grading.units import NO_UNIT, read_unit

#: What is usual for a quantity; every prefix from p to k is read besides.
USUAL = {
    "a plain number or share": ("%", "times"),
    "a length": ("m", "cm", "mm", "µm", "nm"),
    "an area": ("cm²", "mm²", "µm²"),
    "a time": ("s", "ms", "µs", "min", "h"),
    "a frequency": ("Hz", "kHz", "s⁻¹", "per second"),
    "a speed": ("m/s", "m s⁻¹", "mm/ms", "cm/s"),
    "a potential": ("V", "mV", "µV"),
    "a rate of change of potential": ("V/s", "mV/ms"),
    "a current": ("A", "mA", "µA", "nA", "pA"),
    "a current density": ("A/m²", "mA/cm²", "µA/cm²"),
    "a charge per area": ("µC/cm²", "nC/cm²"),
    "a conductance": ("S", "mS", "µS", "nS"),
    "a conductance per area": ("S/m²", "mS/cm²"),
    "a concentration": ("M", "mM", "µM", "mmol/L", "mol/m³"),
    "an amount per area": ("pmol/cm²", "nmol/m²"),
    "a flux": ("pmol/cm²/s", "nmol/m²/s"),
    "a temperature": ("°C", "K"),
}
_NUMBERS = "A decimal point or comma: 12.5 or 12,5. Powers: 3e-4 or 3 x 10^-4. Signs: -70 or −70."


def unit_help(question: Question) -> str:
    """What may be typed as a number here, a line each; empty where no number is asked for."""
    asked: tuple[NumericQuestion | Part, ...] = ()
    if isinstance(question, NumericQuestion):
        asked = (question,)
    elif isinstance(question, CalculationQuestion):
        asked = question.parts
    lines = dict.fromkeys(_units(each) for each in asked)
    return "\n".join([*lines, _NUMBERS]) if lines else ""


def _units(asked: NumericQuestion | Part) -> str:
    if asked.unit and asked.unit_shown:
        return f"The unit stands beside the number: {pretty_unit(asked.unit)}."
    if asked.unit_marks:  # To find the unit is part of the question.
        return "Write the unit after the number, as a symbol or in words: 5 mV, 5 millivolts."
    unit = read_unit(asked.unit) if asked.unit else NO_UNIT
    usual = USUAL.get(unit.quantity, (pretty_unit(asked.unit),))
    if not asked.unit:
        return f"A number alone; {usual[0]} is understood too."
    return f"For {unit.quantity}: {', '.join(usual)}, as symbols or in words."
