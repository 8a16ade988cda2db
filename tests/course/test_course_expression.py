"""The language of proofs: its values, and that nothing else can be written in it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import COLUMNS, MEASUREMENTS
from tutor.course.expression import LONGEST, Expression, ExpressionError

COLUMN = {0: -70.0, 1: -70.0, 2: 30.0, 3: -76.0, 4: -70.0}


class Hand:
    """A run made by hand: a few measurements, and every column the same five samples."""

    def __init__(self, scale=1.0, **values):
        self.values = {"peak_mv": 30.0, "rest_mv": -70.0, "end_ms": 4.0, **values}
        self.column = {time: scale * value for time, value in COLUMN.items()}

    def value(self, name):
        if name not in self.values:
            raise ExpressionError(f"{name}: this run has none")
        return self.values[name]

    def at(self, column, time_ms):
        return self.column[int(time_ms)]

    def extreme(self, function, column, start_ms, end_ms):
        inside = {t: v for t, v in self.column.items() if start_ms <= t <= end_ms}
        pick = max if function.endswith("highest") else min
        time = pick(inside, key=inside.get)
        return float(time) if function.startswith("time") else inside[time]


OWN = Hand(spike_count=1.0, half_width_ms=0.8)
OTHERS = {"spine": Hand(half_width_ms=0.5), "asked": Hand(scale=2.0, peak_mv=12.0)}

#: By hand: peak +30, rest -70, half-width 0.8 (the spine's 0.5), the asked run's peak +12.
VALUES = [
    ("30", 30.0),
    ("1e-3", 0.001),
    ("peak_mv", 30.0),
    ("-peak_mv", -30.0),
    ("--peak_mv", 30.0),
    ("peak_mv - rest_mv", 100.0),
    ("2 + 3 * 4", 14.0),
    ("(2 + 3) * 4", 20.0),
    ("2 - 3 - 4", -5.0),
    ("8 / 4 / 2", 1.0),
    ("2 ** 3", 8.0),
    ("-2 ** 2", -4.0),
    ("2 * 3 ** 2", 18.0),
    ("(peak_mv - rest_mv) / 2 + rest_mv", -20.0),
    ("  peak_mv\n", 30.0),
    ("1 < 2", 1.0),
    ("2 < 1", 0.0),
    ("peak_mv == 30", 1.0),
    ("peak_mv != 30", 0.0),
    ("peak_mv >= 30", 1.0),
    ("peak_mv > 30", 0.0),
    ("peak_mv <= 30", 1.0),
    ("peak_mv < 30", 0.0),
    ("1 < 2 < 3", 1.0),
    ("1 < 3 < 2", 0.0),
    ("3 > 2 > 1 > 0", 1.0),
    ("-80 < rest_mv < -60 < peak_mv", 1.0),
    ("1 < 2 and 2 < 1", 0.0),
    ("1 < 2 or 2 < 1", 1.0),
    ("2 < 1 or 3 < 2", 0.0),
    ("not 1 < 2", 0.0),
    ("not 2 < 1 and 1 < 2", 1.0),
    ("1 < 2 or 1 < 2 and 2 < 1", 1.0),
    ("(1 < 2 or 1 < 2) and 2 < 1", 0.0),
    ("at(voltage_mv, 2)", 30.0),
    ("at(voltage_mv, 1 + 2)", -76.0),
    ("highest(voltage_mv)", 30.0),
    ("lowest(voltage_mv)", -76.0),
    ("time_of_highest(voltage_mv)", 2.0),
    ("time_of_lowest(voltage_mv)", 3.0),
    ("highest(voltage_mv, 3, 4)", -70.0),
    ("lowest(voltage_mv, 0, 2)", -70.0),
    ("time_of_lowest(voltage_mv, 1, 2)", 1.0),
    ("highest(voltage_mv, end_ms - 1, end_ms)", -70.0),
    ("half_width_ms / spine.half_width_ms", 1.6),
    ("half_width_ms >= 3 * spine.half_width_ms", 0.0),
    ("peak_mv - asked.peak_mv", 18.0),
    ("highest(asked.voltage_mv)", 60.0),
    ("at(asked.g_na, 3)", -152.0),
    ("time_of_highest(spine.g_na) < half_width_ms + 2", 1.0),
    ("ln(exp(2))", 2.0),
    ("log10(1000)", 3.0),
    ("sqrt(peak_mv - 5)", 5.0),
    ("abs(rest_mv)", 70.0),
    ("min(peak_mv, rest_mv, 3)", -70.0),
    ("max(1, 2)", 2.0),
    ("round(2.675, 1)", 2.7),
    ("round(2.6)", 3.0),
    ("round(1234, 0 - 2)", 1200.0),
    # Nernst for K at 37 degrees C, 5 mM outside and 140 inside: -89 mV (phases, P1).
    ("round(8.314 * 310.15 / 96.485 * ln(5 / 140))", -89.0),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_an_expression_has_the_value_computed_by_hand(text, value):
    assert Expression(text).evaluate(OWN, OTHERS) == pytest.approx(value, abs=1e-12)


def test_or_and_and_look_no_further_than_they_need():
    assert Expression("spike_count == 1 or half_width_ms > 9").evaluate(Hand(spike_count=1.0))
    assert not Expression("spike_count == 1 and half_width_ms > 9").evaluate(Hand(spike_count=0.0))


#: Expressions, and words of the error when they are evaluated.
VALUELESS = [
    ("peak_mv / 0", "'peak_mv / 0' has no value"),
    ("1 / (peak_mv - 30)", "has no value"),
    ("1e99 ** 9", "has no value"),
    ("1e99 * 1e99 * 1e99 * 1e99", "has no value"),
    ("1e99 * 1e99 * 1e99 * 1e99 > 0", "has no value"),
    ("rest_mv ** 0.5", "has no value"),
    ("rest_mv ** 0.5 != 3", "has no value"),
    ("(peak_mv - 30) ** 0.5 / (peak_mv - 30)", "has no value"),
    ("ln(0)", "'ln(0)' has no value"),
    ("ln(rest_mv)", "has no value"),
    ("log10(0 - 1) > 0", "has no value"),
    ("sqrt(rest_mv)", "has no value"),
    ("exp(1e4)", "has no value"),
    ("round(1, 0.5)", "has no value"),
    ("round(1, 1e9)", "has no value"),
    ("peak_mv(40)", "peak_mv: this run is of one place only"),
    ("spine.arrival_ms(40)", "arrival_ms: this run is of one place only"),
    ("at(g_na, 2, 40)", "g_na: this run is of one place only"),
    ("undershoot_mv", "undershoot_mv: this run has none"),
    ("spine.undershoot_mv < 0", "undershoot_mv: this run has none"),
]


@pytest.mark.parametrize(("text", "words"), VALUELESS)
def test_an_expression_without_a_value_says_so(text, words):
    with pytest.raises(ExpressionError, match=r"^[^\n]+$") as raised:
        Expression(text).evaluate(OWN, OTHERS)
    assert words in str(raised.value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_measurement_that_is_no_finite_number_is_an_error(value):
    for text in ("peak_mv", "peak_mv + 1", "-peak_mv"):
        with pytest.raises(ExpressionError, match="value"):
            Expression(text).evaluate(Hand(peak_mv=value))


def test_a_run_that_is_not_there_is_an_error():
    with pytest.raises(ExpressionError, match="there is no run 'asked' here"):
        Expression("asked.peak_mv > 0").evaluate(OWN, {"spine": OWN})
    with pytest.raises(ExpressionError, match="there is no run 'spine' here"):
        Expression("highest(spine.g_na) > 0").evaluate(OWN)


class Along(Hand):
    """A run by hand of a cable on which a spike goes 1 mm in a ms."""

    def value_at(self, name, place):
        return {"soma": 7.0}.get(place, place)

    def at_place(self, column, time_ms, place):
        return time_ms * self.value_at("", place)


def test_a_cable_is_asked_of_a_place():
    def value(text, drawn=None):
        return Expression(text, drawn or {}).evaluate(Along(), {"spine": Along()}, drawn)

    assert value("arrival_ms(40) - arrival_ms(20)") == 20.0
    assert value("peak_mv(soma)") == 7.0
    assert value("at(voltage_mv, 2, 5)") == 10.0
    assert value("at(spine.voltage_mv, 2, soma)") == 14.0
    assert value("spine.arrival_ms(2 * 5)") == 10.0
    assert value("peak_mv(x_mm)", {"x_mm": 12.5}) == 12.5


def test_drawn_numbers_stand_where_names_do():
    drawn = {"k_out": 5.0, "power": 3.0, "peak_mv": 1.0}
    for text, value in (
        ("k_out * 2", 10.0),
        ("2 ** power", 8.0),
        ("ln(k_out / 140)", math.log(5 / 140)),
        ("at(voltage_mv, power)", -76.0),
        ("peak_mv", 1.0),
        ("spine.peak_mv", 30.0),
    ):
        assert Expression(text, drawn).evaluate(OWN, OTHERS, drawn) == pytest.approx(value)
    with pytest.raises(ExpressionError, match="unknown name 'k_out'"):
        Expression("k_out * 2")
    with pytest.raises(ExpressionError, match="the exponent of"):
        Expression("2 ** peak_mv", {"power"})


def test_without_a_run_drawn_numbers_alone_can_be_named():
    assert Expression("66 / delay_ms", {"delay_ms"}).evaluate(None, {}, {"delay_ms": 1.2}) == 55.0
    for text in ("peak_mv", "highest(g_na)", "at(g_na, 1)", "peak_mv(3)"):
        with pytest.raises(ExpressionError, match="and there is none here"):
            Expression(text).evaluate(None)


def test_conditions_are_told_from_numbers():
    conditions = ["1 < 2", "not 1 < 2", "1 < 2 or 2 < 3", "(1 < 2)", "not not 1 < 2"]
    numbers = ["peak_mv", "1 + 2", "-peak_mv", "highest(g_na)", "spine.peak_mv", "(1 < 2) * 3"]
    assert all(Expression(text).is_condition for text in conditions)
    assert not any(Expression(text).is_condition for text in numbers)


def test_an_expression_knows_which_other_runs_it_names():
    assert Expression("peak_mv > 0").runs == frozenset()
    both = Expression("peak_mv > spine.peak_mv and highest(asked.g_na) > at(g_na, 1)")
    assert both.runs == {"spine", "asked"}


def test_the_sides_of_a_comparison_can_be_shown_one_by_one():
    sides = Expression("-0.5 < rest_mv - spine.rest_mv < at(g_na, 2) ** 2").operands
    assert [side.text for side in sides] == ["rest_mv - spine.rest_mv", "at(g_na, 2) ** 2"]
    assert [side.evaluate(OWN, OTHERS) for side in sides] == [0.0, 900.0]
    assert Expression("1 < 2 and 2 < 3").operands == ()


def test_the_sides_of_the_longest_comparison_can_be_shown():
    text = "+".join(["peak_mv"] * 37) + "<9"
    assert len(text) <= LONGEST
    (side,) = Expression(text).operands
    assert side.evaluate(OWN) == 37 * 30.0


def test_a_lone_name_is_told_from_a_sum():
    assert Expression("peak_mv").plain_name == "peak_mv"
    assert Expression("spine.peak_mv").plain_name == "peak_mv"
    assert Expression("peak_mv + 0").plain_name is None
    assert Expression("highest(g_na)").plain_name is None


#: What is no expression, and words of the error.
REFUSED = [
    ("", "'' is not an expression"),
    ("peak_mv rest_mv", "'peak_mv rest_mv' is not an expression"),
    ("peak_mv\nrest_mv", "is not an expression"),
    ("import os", "'import os' is not an expression"),
    ("x = 1", "'x = 1' is not an expression"),
    ("peak_mv\0", "is not an expression"),
    ("((((", "is not an expression"),
    ("1" * 301, "the expression is longer than 300 characters"),
    ("0x" + "f" * 290, "a number of an expression is at most 1e+100"),
    ("1e999 > 0", "a number of an expression is at most 1e+100"),
    ("peek_mv", "unknown name 'peek_mv'; did you mean peak_mv"),
    ("print", "unknown name 'print'"),
    ("g_na > 1", "unknown name 'g_na'"),
    ("asked", "unknown name 'asked'"),
    ("spine.asked.peak_mv", "'spine.asked.peak_mv' names no run; did you mean spine?"),
    ("peak_mv.real", "'peak_mv.real' names no run"),
    ("print(1)", "unknown function 'print'; known: at, highest, lowest, time_of_highest"),
    ("at(peak_mv, 1)", "unknown column 'peak_mv'"),
    ("at(1, 2)", "'1' names no run"),
    ("at(g_na, 1, 2, 3)", "at takes a column, a time and, of a cable, a place"),
    ("lowest(g_na, 1)", "lowest takes a column and either no times or two"),
    ("at(g_na, time=1)", "'at(g_na, time=1)' is not allowed in an expression"),
    ("at(*[g_na, 1], 2)", "'*[g_na, 1]' names no run"),
    ("at()", "is not allowed in an expression"),
    ("at(g_na, 1)(2)", "is not allowed in an expression"),
    ("spine.at(g_na, 1)", "is not allowed in an expression"),
    ("__import__('os').system('true')", "is not allowed in an expression"),
    ("().__class__.__base__.__subclasses__()", "is not allowed in an expression"),
    ("''.join", "names no run"),
    ("lambda: 0", "'lambda: 0' is not allowed in an expression"),
    ("[i for i in (1, 2)]", "is not allowed in an expression"),
    ("{1: 2}", "is not allowed in an expression"),
    ("(1, 2)", "is not allowed in an expression"),
    ("peak_mv[0]", "is not allowed in an expression"),
    ("'a' * 9", "is not allowed in an expression"),
    ("b'a' > 1", "is not allowed in an expression"),
    ("f'{peak_mv}'", "is not allowed in an expression"),
    ("None", "'None' is not allowed in an expression"),
    ("True", "'True' is not allowed in an expression"),
    ("...", "'...' is not allowed in an expression"),
    ("2j", "'2j' is not allowed in an expression"),
    ("1 // 2", "'1 // 2' is not allowed in an expression"),
    ("5 % 2", "'5 % 2' is not allowed in an expression"),
    ("1 << 9", "'1 << 9' is not allowed in an expression"),
    ("~1", "'~1' is not allowed in an expression"),
    ("1 if 1 < 2 else 2", "is not allowed in an expression"),
    ("(a := 1)", "is not allowed in an expression"),
    ("1 in (1, 2)", "is not allowed in an expression"),
    ("peak_mv is rest_mv", "is not allowed in an expression"),
    ("9 ** 9 ** 9 ** 9", "the exponent of ** must be a number"),
    ("2 ** peak_mv", "the exponent of ** must be a number"),
    ("peak_mv and 1 < 2", "'peak_mv' can not be true or false; compare it with something"),
    ("not peak_mv", "'peak_mv' can not be true or false"),
    ("ln()", "is not allowed in an expression"),
    ("ln(1, 2)", "ln takes 1 number"),
    ("min(1)", "min takes 2 to 9 numbers"),
    ("round(1, 2, 3)", "round takes 1 to 2 numbers"),
    ("ln(peek_mv)", "unknown name 'peek_mv'"),
    ("peak_mv(1, 2)", "peak_mv takes one place, such as peak_mv(40)"),
    ("peak_mv(nowhere)", "unknown name 'nowhere'"),
    ("spine.waves(3)", "is not allowed in an expression"),
    ("soma", "unknown name 'soma'"),
    ("await peak_mv", "is not"),
    ("(yield)", "is not"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_is_no_expression_is_refused_in_clear_words(text, words):
    with pytest.raises(ExpressionError) as raised:
        Expression(text)
    assert words in str(raised.value)


@pytest.mark.filterwarnings("error")
def test_odd_spellings_do_not_make_python_warn():
    assert Expression("1 < 2or 2 < 1").evaluate(OWN) == 1.0
    for text in ("0x1for x", "1_if 2", r"'\d' > 1"):
        with pytest.raises(ExpressionError):
            Expression(text)


@pytest.mark.parametrize(
    "piece", ["-", "not ", "(", "1+", "1<", "at(", "spine.", "[", "2**", "f'"]
)
def test_a_tower_of_pieces_parses_or_is_refused(piece):
    for count in (10, 50, LONGEST // len(piece), 100_000):
        try:
            Expression(piece * count + "1")
        except ExpressionError:
            continue
        assert len(piece * count) < LONGEST


#: Pieces of the language and of Python, to be strung together at random.
PIECES = (
    st.sampled_from([*MEASUREMENTS, *COLUMNS, "spine.", "asked.", "at(", "highest(", "lowest("])
    | st.sampled_from([*"+-*/<>=.,()[]{}:'\"\\#;@~|&^%!0123456789\n\t", "**", "==", "<=", "!="])
    | st.sampled_from([" and ", " or ", "not ", " if ", " else ", "lambda ", " for ", " in "])
    | st.sampled_from(["1e9", "0x", "1j", "f'", "__class__"])
)


@given(st.text(max_size=400) | st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_an_expression_or_an_error(text):
    try:
        expression = Expression(text)
    except ExpressionError:
        return
    assert isinstance(expression.is_condition, bool)
    assert expression.runs <= {"spine", "asked"}
    assert isinstance(expression.operands, tuple)


NUMBERS = st.sampled_from(["0", "1", "2", "0.5", "30", "1e99", "peak_mv", "rest_mv"])
NUMBERS |= st.sampled_from(["spine.peak_mv", "highest(g_na)", "at(g_na, 2)", "undershoot_mv"])
SUMS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "<", "==", "!="]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        )
        | inner.map(lambda part: f"(-{part})")
        | st.tuples(inner, st.sampled_from(["0", "0.5", "3", "99"])).map(
            lambda parts: f"({parts[0]} ** {parts[1]})"
        )
    ),
    max_leaves=8,
)
FLOATS = st.floats() | st.sampled_from([0.0, -0.0, 1e308, -1e308, math.inf, math.nan])


@given(text=SUMS, peak=FLOATS, rest=FLOATS)
def test_a_value_is_a_finite_number_or_an_error(text, peak, rest):
    expression = Expression(text)
    try:
        value = expression.evaluate(Hand(peak_mv=peak, rest_mv=rest), OTHERS)
    except ExpressionError:
        return
    assert math.isfinite(value)
