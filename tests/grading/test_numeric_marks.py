"""Marks for numbers with units: number and unit apart, slips named, errors carried forward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.grading.numeric import NumericKey, WrongValue, mark_numeric, name_slip, tolerated

NAN, INF = float("nan"), float("inf")

PEAK = NumericKey(30.0, (28.0, 32.0), "mV", marks=1, unit_marks=1)
REST = NumericKey(-70.0, (-72.0, -68.0), "mV")
SPEED = NumericKey(
    55.0, tolerated(55.0, relative=0.01), "m/s", unit_marks=1, method_marks=1, parts=(66, 1.2)
)
RATIO = NumericKey(3.0, tolerated(3.0, absolute=0.1))
SHARE = NumericKey(40.0, (38.0, 42.0), "%")
SODIUM = NumericKey(145.0, (140.0, 150.0), "mM")


def _states(verdict):
    return {point.id: point.state for point in verdict.points}


#: What learners type for a peak of +30 mV (28 to 32), with the states of number and unit.
PEAKS = [
    ("30 mV", "met", "met"),
    ("+30mV", "met", "met"),
    ("about 31.4 mv", "met", "met"),
    ("0.03 V", "met", "met"),
    ("30,0 mV", "met", "met"),
    ("30000 µV", "met", "met"),
    ("30 m V", "met", "met"),
    ("30 mVolts", "met", "met"),
    ("3 x 10^-2 V", "met", "met"),
    ("29-31 mV", "met", "met"),
    ("28 to 32 mV", "met", "met"),
    ("0.03 V (30 mV)", "met", "met"),
    ("at 2 ms it is 30 mV", "met", "met"),
    ("V = -70 mV + 100 mV = 30 mV at the peak", "met", "met"),
    ("30", "met", "missed"),
    ("30 V", "met", "missed"),
    ("30 blorps", "met", "missed"),
    ("30 at the peak", "met", "missed"),
    ("30 mV or 31 V", "met", "missed"),
    ("30 mM", "met", "contradicted"),
    ("30 ms", "met", "contradicted"),
    ("26 mV", "missed", "met"),
    ("3 mV", "missed", "met"),
    ("0.03 mV", "missed", "met"),
    ("0.03", "missed", "missed"),
    ("25-35 mV", "missed", "met"),
    ("30 mV or 50 mV", "missed", "met"),
    ("-30 mV", "contradicted", "met"),
    ("-0.03 V", "contradicted", "met"),
    ("-30", "contradicted", "missed"),
    ("", "missed", "missed"),
    ("mV", "missed", "missed"),
    ("no idea", "missed", "missed"),
    ("not 30 mV", "missed", "missed"),
    ("> 30 mV", "missed", "missed"),
]


@pytest.mark.parametrize(("typed", "number", "unit"), PEAKS)
def test_number_and_unit_are_judged_apart(typed, number, unit):
    verdict = mark_numeric(typed, PEAK)
    assert _states(verdict) == {"number": number, "unit": unit}
    assert verdict.marks == (number == "met") + (unit == "met")
    assert verdict.right or verdict.feedback


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("30", "The unit is missing: write mV."),
        ("30 V", "30 fits mV, not V."),
        ("30 blorps", "'blorps' is no unit known here; write mV."),
        ("30 mM", "mM measures a concentration, not a potential (mV)."),
        ("26 mV", "26 is 4 mV too low."),
        ("0.0345 V", "34.5 is 4.5 mV too high."),
        ("25-35 mV", "Of several numbers all must be right; give one."),
        ("10 or 20 mV", "Of several numbers all must be right; give one."),
        ("-30 mV", "The size is right, but the sign is not."),
        ("3 mV", "The digits are right, but it is 10 times too small."),
        ("30000 mV", "1000 times too large, as when the prefix of a unit is lost."),
        ("0.03", "1000 times too small, as when the prefix of a unit is lost."),
        ("300 mV", "10 times too large."),
        ("300000 mV", "10000 times too large."),
        ("3e6 mV", "10^5 times too large."),
        ("3e8 mV", "10^7 times too large."),
        ("30 m s", "m s measures another quantity"),
        ("-0.03 mV", "The sign is wrong, and it is 1000 times too small"),
        ("", "Give a number in mV."),
    ],
)
def test_feedback_names_what_is_wrong(typed, words):
    assert any(words in line for line in mark_numeric(typed, PEAK).feedback)


@pytest.mark.parametrize(
    ("typed", "marks"), [("-70 mV", 1), ("-0.07 V", 1), ("-70", 0), ("-70 V", 0), ("-70 mM", 0)]
)
def test_without_a_mark_of_its_own_the_unit_is_needed_for_the_number(typed, marks):
    verdict = mark_numeric(typed, REST)
    assert (verdict.marks, verdict.max_marks) == (marks, 1)
    assert _states(verdict)["number"] == "met"
    assert ("no mark" in verdict.points[0].note) == (not marks)


@pytest.mark.parametrize(
    ("typed", "marks"), [("-70 mV", 1), ("-70", 1), ("-0.07 V", 1), ("-70 V", 0), ("-70 mM", 0)]
)
def test_where_the_screen_shows_the_unit_only_a_wrong_one_costs(typed, marks):
    key = NumericKey(-70.0, (-72.0, -68.0), "mV", unit_needed=False)
    assert mark_numeric(typed, key).marks == marks


@pytest.mark.parametrize(
    "typed", ["3", "3x", "three times", "3 times as wide", "300 %", "3 waves"]
)
def test_a_ratio_needs_no_unit(typed):
    assert mark_numeric(typed, RATIO).right


@pytest.mark.parametrize("typed", ["4", "4 times", "4 apples"])
def test_a_wrong_ratio_is_not_told_that_it_lacks_a_unit(typed):
    assert mark_numeric(typed, RATIO).feedback == ("4 is 1 too high.",)


def test_a_ratio_with_a_unit_is_told():
    verdict = mark_numeric("3 mV", RATIO)
    assert verdict.marks == 0
    assert _states(verdict) == {"number": "met", "unit": "contradicted"}
    assert mark_numeric("3 %", RATIO).feedback == ("3 fits a plain number, not %.",)


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("40 %", 1),
        ("40 percent", 1),
        ("0.4", 1),
        ("0.4 of all", 1),
        ("0.5", 0),
        ("40", 0),
        ("0.4 %", 0),
    ],
)
def test_a_share_may_be_a_fraction(typed, marks):
    assert mark_numeric(typed, SHARE).marks == marks


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("145 mm", "mm was read as a concentration; as it stands it is a length."),
        ("145 mmol/l", None),
        ("0.145 mol dm-3", None),
    ],
)
def test_careless_capitals_are_accepted_and_told(typed, words):
    verdict = mark_numeric(typed, SODIUM)
    assert verdict.right
    assert verdict.feedback == ((words,) if words else ())


def test_a_comma_before_three_digits_is_read_as_the_key_needs():
    assert mark_numeric("1,234", NumericKey(1234.0, (1230.0, 1240.0))).right
    assert mark_numeric("1,234", NumericKey(1.234, (1.2, 1.3))).right
    assert mark_numeric("1,234 V", NumericKey(1234.0, (1230.0, 1240.0), "mV")).right


#: What learners type for 66 mm / 1.2 ms = 55 m/s: states of method, number, and the slip's words.
SPEEDS = [
    ("55 m s-1", "met", "met", ""),
    ("55 ms-1", "met", "met", ""),
    ("66/1.2 = 55 m/s", "met", "met", ""),
    ("66 mm / 1.2 ms = 55 m/s", "met", "met", ""),
    ("5.5 cm/ms", "met", "met", ""),
    ("0.055 m/s", "met", "missed", "1000 times too small"),
    ("55000 m/s", "met", "missed", "1000 times too large"),
    ("60 m/s", "met", "missed", "Rounded too far"),
    ("0.018 m/s", "missed", "contradicted", "turned over"),
    ("0.01818", "missed", "contradicted", "turned over"),
    ("79.2 m/s", "missed", "missed", "too high"),
]


@pytest.mark.parametrize(("typed", "method", "number", "words"), SPEEDS)
def test_the_method_has_its_mark_where_only_tens_or_rounding_slipped(typed, method, number, words):
    verdict = mark_numeric(typed, SPEED)
    states = _states(verdict)
    assert (states["method"], states["number"]) == (method, number)
    assert verdict.max_marks == 3
    assert not words or any(words in line for line in verdict.feedback)


def test_a_key_that_is_no_quotient_is_never_called_turned_over():
    assert name_slip(1 / 3, RATIO) is None
    assert name_slip(1 / 55, SPEED).name == "ratio"


def test_a_quotient_is_known_turned_over_in_the_units_of_its_parts_too():
    metres = NumericKey(55.0, (54.5, 55.5), "m/s", parts=(0.066, 1.2))
    for number in (0.0182, 18.18):
        assert name_slip(number, metres).name == "ratio"
    for number in (0.0192, 17.0, -0.0182):
        assert name_slip(number, metres) is None


@pytest.mark.parametrize(
    ("number", "key", "slip"),
    [
        (55.4, 55.374, "rounded"),
        (55.0, 55.374, "rounded"),
        (60.0, 55.374, "rounded"),
        (50.0, 55.0, "rounded"),  # Halves are rounded either way.
        (0.6, 0.55, "rounded"),
        (-60.0, -61.5, "rounded"),
        (70.0, 55.374, None),
        (55.5, 55.374, None),
        (56.0, 55.374, None),
        (-55.374, 55.374, "sign"),
        (5.5374, 55.374, "ten"),
        (-0.055374, 55.374, "sign and ten"),
        (5.0, 0.0, None),
    ],
)
def test_slips_have_names(number, key, slip):
    found = name_slip(number, NumericKey(key, (key, key)))
    assert (found.name if found else None) == slip


def test_a_wide_tolerance_round_0_makes_no_slip_of_ten_of_everything():
    assert name_slip(5.0, NumericKey(0.2, (-0.3, 0.7))) is None


def test_a_known_wrong_value_tells_its_reason_and_its_misconception():
    key = NumericKey(
        30.0, (28.0, 32.0), "mV", wrong_values=(WrongValue(50.0, "That is E_Na.", "M7"),)
    )
    for typed in ("50 mV", "0.05 V", "50.4 mV"):
        verdict = mark_numeric(typed, key)
        assert verdict.feedback[0] == "That is E_Na."
        assert verdict.misconceptions == ("M7",)
    assert mark_numeric("52 mV", key).misconceptions == ()
    assert mark_numeric("30 mV", key).misconceptions == ()


def test_an_error_carried_forward_is_not_punished_twice():
    carried = NumericKey(12.0, (11.9, 12.1), "m/s")
    verdict = mark_numeric("12 m/s", SPEED, carried)
    assert verdict.right
    assert verdict.feedback == ("Follows rightly from your earlier value.",)
    without_unit = mark_numeric("12", SPEED, carried)
    assert without_unit.marks == 2
    assert mark_numeric("55 m/s", SPEED, carried).feedback == ()
    assert mark_numeric("13 m/s", SPEED, carried).marks == 1
    assert mark_numeric("55 m/s", SPEED, SPEED).feedback == ()
    assert mark_numeric("12 m/s", SPEED).marks == 1


def test_the_sign_may_be_said_in_words_and_a_difference_has_none():
    assert mark_numeric("70 mV, inside negative", REST).right
    assert mark_numeric("the inside is 70 mV negative", REST).right
    assert mark_numeric("6 mV more negative inside", NumericKey(6.0, (5.0, 7.0), "mV")).right
    assert not mark_numeric("30 mV, inside negative", REST).right


def test_naught_can_be_the_key():
    key = NumericKey(0.0, (0.0, 0.0))
    assert mark_numeric("0", key).right
    assert not mark_numeric("0.001", key).right
    assert mark_numeric("", key).feedback == ("Give a number.",)


def test_a_number_that_only_counts_needs_no_word_for_it():
    assert mark_numeric("3", NumericKey(3.0, (2.9, 3.1), "x")).right


def test_of_several_numbers_none_has_a_slip_of_its_own():
    assert mark_numeric("-30 or 50 mV", PEAK).feedback == (
        "Of several numbers all must be right; give one.",
    )


def test_what_is_wrong_with_the_unit_is_the_note_of_its_point():
    assert mark_numeric("30", PEAK).points[1].note == "The unit is missing: write mV."
    assert mark_numeric("30", PEAK).points[1].text == "the unit mV"


def test_a_number_beyond_all_measure_is_only_wrong():
    assert _states(mark_numeric("1e307 V", PEAK)) == {"number": "missed", "unit": "met"}
    assert mark_numeric("1e400 mV", PEAK).feedback == ("Give a number in mV.",)


def test_only_a_right_number_is_told_that_it_lacks_its_unit():
    assert "no mark" in mark_numeric("-70", REST).points[0].note
    assert "no mark" not in mark_numeric("-60", REST).points[0].note


def test_the_words_that_decided_it_are_the_evidence():
    assert mark_numeric("I think V = 0.03 V or so", PEAK).points[0].evidence == "0.03 V or so"
    assert mark_numeric("29 to 31 mV", PEAK).points[0].evidence == "29, 31 mV"


def test_the_ends_of_the_tolerance_are_right_in_every_unit():
    key = NumericKey(0.3, tolerated(0.3, absolute=0.1), "V")
    for typed in ("200 mV", "400 mV", "0.2 V", "0.4 V", "400000 uV"):
        assert mark_numeric(typed, key).right
    assert not mark_numeric("401 mV", key).right
    assert not mark_numeric("199 mV", key).right


def test_the_larger_tolerance_holds():
    assert tolerated(50.0, absolute=2.0, relative=0.1) == (45.0, 55.0)
    assert tolerated(50.0, relative=0.01) == (49.5, 50.5)
    assert tolerated(50.0, absolute=0.25) == (49.75, 50.25)
    assert tolerated(-50.0, absolute=7.0, relative=0.1) == (-57.0, -43.0)
    with pytest.raises(ValueError, match="a tolerance is not negative"):
        tolerated(50.0, absolute=-1.0)
    with pytest.raises(ValueError, match="a tolerance is not negative"):
        tolerated(50.0, relative=-0.1)


@pytest.mark.parametrize(
    "accepted", [(31.0, 32.0), (28.0, 29.0), (NAN, 40.0), (-INF, 40.0), (20.0, INF)]
)
def test_a_key_outside_its_own_tolerance_is_an_error(accepted):
    with pytest.raises(ValueError, match="the key 30 is not within"):
        NumericKey(30.0, accepted, "mV")


def test_a_key_in_an_unknown_unit_is_an_error():
    with pytest.raises(ValueError, match="'blorp' is no unit known here"):
        NumericKey(30.0, (28.0, 32.0), "blorp")


@given(st.text(max_size=200) | st.text("0123456789+-., eEx^*/~mVs%±=", max_size=60))
def test_any_text_has_a_verdict(text):
    for key in (PEAK, REST, SPEED, RATIO, SHARE):
        verdict = mark_numeric(text, key)
        assert 0 <= verdict.marks <= verdict.max_marks
        assert verdict.right or verdict.feedback
        assert not any("\n" in line for line in verdict.feedback)


@pytest.mark.parametrize("text", ["\x1b]52;c;aGk=\x07 30 \x1b[2J", "30 \u202emV", "x" * 100_000])
def test_hostile_text_is_judged_and_never_shown_as_it_is(text):
    verdict = mark_numeric(text, PEAK)
    shown = " ".join((*verdict.feedback, *(p.evidence + p.note for p in verdict.points)))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert len(shown) < 1000


@given(st.floats(28.0, 32.0), st.sampled_from([("V", 1e-3), ("mV", 1.0), ("µV", 1e3)]))
def test_a_right_number_is_right_in_any_unit_of_its_quantity(value, unit):
    name, worth = unit
    assert mark_numeric(f"{value * worth!r} {name}", PEAK).right


@given(st.floats(-1e4, 1e4).filter(lambda v: not PEAK.accepts(v)))
def test_a_wrong_number_never_has_the_mark_of_the_number(value):
    verdict = mark_numeric(f"{value!r} mV", PEAK)
    assert _states(verdict)["number"] != "met"
