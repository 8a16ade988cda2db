"""Numbers as learners type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.written import LONGEST, written_numbers

#: As typed, and the number (or numbers) that it offers.
TYPED = [
    ("-70", -70),
    ("−70 mV", -70),
    ("–70mV", -70),
    ("— 70 mV", -70),
    ("- 70 mV", -70),
    ("(-70)", -70),
    ("minus 70 millivolts", -70),
    ("negative 70", -70),
    ("+30", 30),
    ("about -70 mV", -70),
    ("about - 70 mV", -70),
    ("approx. -70", -70),
    ("~30", 30),
    ("≈ 30 mV", 30),
    ("~-70", -70),
    ("V_rest = -70 mV", -70),
    ("V -70", -70),
    ("E_K: -77 mV", -77),
    ("t1 = 3 ms", 3),
    ("Na+ 150 mM", 150),
    ("3e-3", 0.003),
    ("3E3", 3000),
    ("1e3mV", 1000),
    ("3 x 10^-3 V", 0.003),
    ("3 X 10^3", 3000),
    ("3×10⁻³ V", 0.003),
    ("3·10⁻³", 0.003),
    ("3.10^-3", 0.003),
    ("3*10**-3", 0.003),
    ("3 x 10-3", 0.003),
    ("3 x 10^(-3)", 0.003),
    ("3 times 10^-3", 0.003),
    ("2.5 x 10^+4", 25000),
    ("10⁻³", 0.001),
    ("-10^-3", -0.001),
    ("1,5", 1.5),
    ("0,250", 0.25),
    ("12,50", 12.5),
    ("-0,5 ms", -0.5),
    (".5", 0.5),
    (",5", 0.5),
    ("5.", 5),
    ("…30", 30),
    ("1,234.5", 1234.5),
    ("1.234,5", 1234.5),
    ("1 234", 1234),
    ("1\u202f234,5 mV", 1234.5),
    ("1'234'567", 1234567),
    ("1,234,567", 1234567),
    ("1.234.567", 1234567),
    ("100 000 ions", 100000),
    ("½", 0.5),
    ("3½ ms", 3.5),
    ("1/2", 0.5),
    ("66/1.2", 55),
    ("3:1", 3),
    ("3 : 2", 1.5),
    ("70 mV, inside negative", -70),
    ("the inside is 70 mV negative", -70),
    ("twice as wide", 2),
    ("-70 mV (inside is negative)", -70),
    ("60 to 70 mV negative inside", (-60, -70)),
    ("55 m/s (3 s.f.)", 55),
    ("55.4 m/s to 3 sf", 55.4),
    ("55 (to 2 significant figures)", 55),
    ("0.50 ms 2 d.p.", 0.5),
    ("66 / 1.2 = 55 m/s", 55),
    ("55 m s-1", 55),
    ("55 m s -1", 55),
    ("55 ms⁻¹", 55),
    ("0.3 mol dm-3", 0.3),
    ("5 µA/cm2", 5),
    ("30 ± 2 mV", 30),
    ("30 mV +/- 5 mV", 30),
    ("30 +- 5", 30),
    ("three times", 3),
    ("Two waves", 2),
    ("not 30 but 40 mV", 40),
    ("٣٠ mV", 30),
    ("３０", 30),
    ("V = 0.066 m / 0.0012 s = 55 m/s", 55),
    ("30-40 mV", (30, 40)),
    ("30–40mV", (30, 40)),
    ("30 - 40 mV", (30, 40)),
    ("30 -40 mV", (30, 40)),
    ("0.5-0.7 ms", (0.5, 0.7)),
    ("30 mV to 40 mV", (30, 40)),
    ("30mV-40mV", (30, 40)),
    ("1 ms-2 ms", (1, 2)),
    ("between 30 and 40 mV", (30, 40)),
    ("-70 to -65 mV", (-70, -65)),
    ("-70--65", (-70, -65)),
    ("-70 – -65", (-70, -65)),
    ("-70-65 mV", (-70, -65)),
    ("-70 to +30", (-70, 30)),
    ("-70 + 30", (-70, 30)),
    ("1/0 = undefined", ()),
    ("1e9999 or 30", (30,)),
    ("30, 40", (30, 40)),
    ("30 or 40", (30, 40)),
    ("0.03 V (30 mV)", (0.03, 30)),
    ("at 2 ms it is 30 mV", (2, 30)),
    ("", ()),
    ("mV", ()),
    ("very negative", ()),
    ("m s-1", (-1,)),
    ("> 30 mV", ()),
    (">= 30", ()),
    ("less than, i.e. <30", ()),
    ("1e9999", ()),
    ("10^999999", ()),
    ("1/0", ()),
]


@pytest.mark.parametrize(("typed", "numbers"), TYPED)
def test_a_number_is_read_as_learners_type_it(typed, numbers):
    expected = numbers if isinstance(numbers, tuple) else (numbers,)
    assert [one.readings[0] for one in written_numbers(typed)] == pytest.approx(list(expected))


def test_small_numbers_may_be_words():
    words = "zero one two three four five six seven eight nine ten"
    for number, word in enumerate(words.split()):
        assert written_numbers(f"{word} waves")[0].readings == (number,)
    assert written_numbers("once")[0].readings == (1,)
    assert written_numbers("one of 3")[0].readings == (3,)


def test_one_comma_before_three_digits_is_read_both_ways():
    assert written_numbers("1,234")[0].readings == (1234.0, 1.234)
    assert written_numbers("-1,234")[0].readings == (-1234.0, -1.234)
    assert written_numbers("0,234")[0].readings == (0.234,)


@pytest.mark.parametrize(
    "typed", ["30-40 mV", "30 to 40 mV", "30 mV - 40 mV", "30 ± 40 mV", "30 mV ± 4", "3, 4, 5 mV"]
)
def test_the_ends_of_a_range_share_their_unit(typed):
    assert {one.rest.strip() for one in written_numbers(typed)} == {"mV"}


def test_each_number_has_what_follows_it_and_its_words():
    found = written_numbers("1 ms, -2 mV and 3 %")
    assert [one.rest.strip() for one in found] == ["ms", "mV", "%"]
    assert [one.words for one in found] == ["1 ms", "-2 mV", "3 %"]


def test_what_stands_beyond_the_longest_answer_is_not_read():
    assert not written_numbers(" " * LONGEST + "30 mV")


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_every_number_that_python_writes_is_read_back(number):
    assert [one.readings[0] for one in written_numbers(f"{number!r} mV")] == [number]


@given(st.text(max_size=400) | st.text("0123456789+-., eEx^*/~mVs±=><'", max_size=100))
def test_any_text_is_read_without_an_error(text):
    for one in written_numbers(text):
        assert one.readings
        assert "\n" not in one.words


@pytest.mark.parametrize("text", ["1 " * 50_000, "1,2" * 33_000, "x" * 100_000, "- " * 50_000])
def test_of_a_hundred_kilobytes_only_the_beginning_is_read(text):
    assert len(written_numbers(text)) <= LONGEST
