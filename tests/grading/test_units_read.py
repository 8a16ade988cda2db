"""Units as learners type them, and what they are worth in one another."""

import contextlib
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.grading.units import (
    NO_UNIT,
    UnitError,
    UnknownUnit,
    WrongDimension,
    convert,
    read_unit,
)

#: As typed, the unit asked for, and how many of that one of the typed unit is.
TYPED = [
    ("mV", "V", 1e-3),
    ("V", "mV", 1e3),
    ("mv", "mV", 1),
    ("MV", "mV", 1),
    ("Mv", "mV", 1),
    ("mV.", "mV", 1),
    (" mV ", "mV", 1),
    ("(mV)", "mV", 1),
    ("volts", "mV", 1e3),
    ("millivolts", "mV", 1),
    ("Millivolt", "mV", 1),
    ("milli volts", "mV", 1),
    ("mVolts", "mV", 1),
    ("microV", "mV", 1e-3),
    ("micro-volts", "mV", 1e-3),
    ("µV", "mV", 1e-3),
    ("μV", "mV", 1e-3),
    ("uV", "mV", 1e-3),
    ("s", "ms", 1e3),
    ("sec", "ms", 1e3),
    ("secs", "ms", 1e3),
    ("msec", "ms", 1),
    ("usecs", "ms", 1e-3),
    ("milliseconds", "ms", 1),
    ("min", "s", 60),
    ("hours", "s", 3600),
    ("MS", "ms", 1),
    ("µm", "mm", 1e-3),
    ("microns", "mm", 1e-3),
    ("micrometres", "mm", 1e-3),
    ("micrometers", "mm", 1e-3),
    ("cm", "mm", 10),
    ("m", "mm", 1e3),
    ("mM", "mol dm-3", 1e-3),
    ("mol dm-3", "mM", 1e3),
    ("mol dm⁻³", "mM", 1e3),
    ("mol dm^-3", "mM", 1e3),
    ("mol dm^{-3}", "mM", 1e3),
    ("mol dm**-3", "mM", 1e3),
    ("mol/dm3", "mM", 1e3),
    ("mol/dm³", "mM", 1e3),
    ("mmoldm-3", "mM", 1),
    ("mmol/L", "mM", 1),
    ("mmol l-1", "mM", 1),
    ("mol·L⁻¹", "mM", 1e3),
    ("mol.L-1", "mM", 1e3),
    ("moles per litre", "mM", 1e3),
    ("millimolar", "mM", 1),
    ("mol m-3", "mM", 1),
    ("mEq/L", "mM", 1),
    ("µM", "mM", 1e-3),
    ("mm", "mM", 1),
    ("m/s", "m s-1", 1),
    ("m s^-1", "m/s", 1),
    ("m s⁻¹", "m/s", 1),
    ("m s−1", "m/s", 1),
    ("m s -1", "m/s", 1),
    ("ms-1", "m/s", 1),
    ("ms⁻¹", "m/s", 1),
    ("ms-1", "kHz", 1),
    ("mms-1", "m/s", 1e-3),
    ("cm s-1", "m/s", 1e-2),
    ("cm/ms", "m/s", 10),
    ("mm/ms", "m/s", 1),
    ("metres per second", "m/s", 1),
    ("meters/second", "m/s", 1),
    ("m per s", "m/s", 1),
    ("kHz", "Hz", 1e3),
    ("hz", "Hz", 1),
    ("KHZ", "Hz", 1e3),
    ("s-1", "Hz", 1),
    ("s⁻¹", "kHz", 1e-3),
    ("/s", "Hz", 1),
    ("1/s", "Hz", 1),
    ("per second", "Hz", 1),
    ("spikes per second", "Hz", 1),
    ("impulses/s", "Hz", 1),
    ("action potentials per second", "Hz", 1),
    ("mps", "m/s", 1),
    ("APs s-1", "Hz", 1),
    ("uA/cm2", "uA/cm2", 1),
    ("µA/cm²", "uA/cm2", 1),
    ("µA cm⁻²", "uA/cm2", 1),
    ("uAcm-2", "uA/cm2", 1),
    ("uA cm^-2", "uA/cm2", 1),
    ("uA/cm^2", "uA/cm2", 1),
    ("A m-2", "uA/cm2", 100),
    ("microamps per square centimetre", "uA/cm2", 1),
    ("microamperes per cm squared", "uA/cm2", 1),
    ("nA", "uA", 1e-3),
    ("mS/cm2", "S/cm2", 1e-3),
    ("mS cm-2", "mS/cm2", 1),
    ("uF/cm2", "F m-2", 0.01),
    ("pmol/cm2", "mol cm-2", 1e-12),
    ("pmol cm⁻²", "pmol/cm2", 1),
    ("pmol/(cm2 s)", "pmol/cm2/s", 1),
    ("MΩ", "ohm", 1e6),
    ("MΩ", "ohm", 1e6),
    ("ohm cm", "ohm m", 0.01),
    ("mV/ms", "V/s", 1),
    ("%", "percent", 1),
    ("per cent", "%", 1),
    ("times", "", 1),
    ("x", "", 1),
    ("%", "", 0.01),
    ("spikes", "", 1),
]


def _unit(text):
    return read_unit(text) if text else NO_UNIT


@pytest.mark.parametrize(("typed", "asked", "worth"), TYPED)
def test_a_unit_is_read_as_learners_type_it(typed, asked, worth):
    unit = read_unit(typed, _unit(asked))
    assert convert(1.0, unit, _unit(asked)) == pytest.approx(worth, rel=1e-12)


#: Temperatures: as typed, as asked, and what it is.
TEMPERATURES = [
    (6.3, "°C", "degrees C", 6.3),
    (6.3, "℃", "degrees C", 6.3),
    (6.3, "ºC", "degrees C", 6.3),
    (6.3, "deg C", "degrees C", 6.3),
    (6.3, "degC", "degrees C", 6.3),
    (6.3, "C", "degrees C", 6.3),
    (6.3, "degrees", "degrees C", 6.3),
    (6.3, "degrees Celsius", "degrees C", 6.3),
    (279.45, "K", "degrees C", 6.3),
    (310.15, "kelvin", "°C", 37.0),
    (37.0, "°C", "K", 310.15),
    (98.6, "°F", "degrees C", 37.0),
    (98.6, "degrees Fahrenheit", "degrees C", 37.0),
]


@pytest.mark.parametrize(("value", "typed", "asked", "expected"), TEMPERATURES)
def test_temperatures_have_zeros_of_their_own(value, typed, asked, expected):
    target = read_unit(asked, read_unit("K"))
    assert convert(value, read_unit(typed, target), target) == pytest.approx(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "5",
        "blorp",
        "mVV",
        "mV^",
        "m//",
        "/",
        "()",
        "mV?",
        "mV & s",
        "s^12",
        "a" * 61,
        "mV" + " " * 60,
        "m m m m m m",
        "\x1b[31m",
        "\u202emV",
        "☃",
    ],
)
def test_what_is_no_unit_is_told_in_one_line(typed):
    with pytest.raises(UnknownUnit, match=r"^[^\n\x1b\u202e]+ is no unit known here"):
        read_unit(typed, read_unit("mV"))


#: As typed, as asked, and the words of the error.
OTHER = [
    ("mM", "mV", r"mM measures a concentration, not a potential \(mV\)"),
    ("mV", "ms", r"mV measures a potential, not a time \(ms\)"),
    ("ms", "m/s", r"ms measures a time, not a speed \(m/s\)"),
    ("uA", "uA/cm2", r"uA measures a current, not a current density \(µA/cm²\)"),
    ("mS", "mS/cm2", "a conductance, not a conductance per area"),
    ("pmol", "pmol/cm2", "an amount, not an amount per area"),
    ("mV", "", "mV measures a potential, not a plain number or share$"),
    ("%", "mV", "% measures a plain number or share"),
    ("m/s/s", "m/s", "another quantity"),
    ("m s", "m/s", "another quantity, not a speed"),
]


@pytest.mark.parametrize(("typed", "asked", "words"), OTHER)
def test_a_unit_of_another_quantity_is_told_from_an_unknown_one(typed, asked, words):
    with pytest.raises(WrongDimension, match=words):
        read_unit(typed, _unit(asked))


def test_units_of_two_quantities_are_not_converted():
    with pytest.raises(WrongDimension, match="mV measures a potential; it cannot be put in ms"):
        convert(1.0, read_unit("mV"), read_unit("ms"))


def test_without_a_question_the_most_literal_reading_holds():
    assert read_unit("ms-1").quantity == "a frequency"
    assert read_unit("mm").quantity == "a length"
    assert read_unit("mM").quantity == "a concentration"


SAME = ["mV|V|uV|millivolts", "ms|s|min|us", "mM|mol dm-3|mol/L|uM", "m/s|cm/ms|mm s-1", "°C|K|°F"]


@pytest.mark.parametrize("units", SAME)
@given(value=st.floats(-1e6, 1e6), data=st.data())
def test_there_and_back_is_where_one_began(units, value, data):
    names = st.sampled_from(units.split("|"))
    source, target = read_unit(data.draw(names)), read_unit(data.draw(names))
    back = convert(convert(value, source, target), target, source)
    assert math.isclose(back, value, rel_tol=1e-12, abs_tol=1e-9)


@given(st.text(max_size=80) | st.text("mVsAMLlu/ ^-()0123%°.", max_size=30))
@example("((((")
@example("s" * 60)
@example("m^-1 s^-1 V^-1 A^-1 K^-1")
def test_any_text_is_a_unit_or_a_clear_error(text):
    for like in (None, read_unit("mM"), NO_UNIT):
        with contextlib.suppress(UnitError):
            assert read_unit(text, like).factor > 0
