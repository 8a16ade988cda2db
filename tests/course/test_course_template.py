"""Sentences with measured numbers in them: decimals, units, signs and formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.expression import ExpressionError, Template


class Numbers:
    """A run of which only these measurements are known."""

    def __init__(self, **values):
        self.values = values

    def value(self, name):
        if name not in self.values:
            raise ExpressionError(f"{name}: this run has none")
        return self.values[name]

    def at(self, column, time_ms):
        return 0.4567

    def extreme(self, function, column, start_ms, end_ms):
        return 1234.5


OWN = Numbers(
    peak_mv=29.96,
    rest_mv=-70.04,
    half_width_ms=0.8349,
    max_dvdt_v_s=412.6,
    spike_count=2.0,
    threshold_ua_cm2=47.34,
    threshold_mv=-55.0,
    e_na_mv=50.0,
    absolute_refractory_ms=2.2,
    end_ms=6.0,
)
OTHERS = {"spine": Numbers(peak_mv=29.9), "asked": Numbers(peak_mv=-41.26)}

#: A template, and the sentence it makes.
SENTENCES = [
    ("No number.", "No number."),
    ("{peak_mv}", "+30.0 mV"),
    ("{rest_mv}", "-70.0 mV"),
    ("Up to {peak_mv}, from {rest_mv}.", "Up to +30.0 mV, from -70.0 mV."),
    ("{half_width_ms}", "0.83 ms"),
    ("{max_dvdt_v_s}", "413 V/s"),
    ("{spike_count} spikes", "2 spikes"),
    ("{threshold_ua_cm2}", "47.3 µA/cm²"),
    ("{threshold_mv}", "-55.0 mV"),
    ("{e_na_mv}", "+50 mV"),
    ("{absolute_refractory_ms}", "2.2 ms"),
    ("{spine.peak_mv} and {asked.peak_mv}", "+29.9 mV and -41.3 mV"),
    ("{peak_mv:.2f}", "29.96"),
    ("{peak_mv:+.2f}", "+29.96"),
    ("{peak_mv:.0f} mV", "30 mV"),
    ("{peak_mv - asked.peak_mv:.1f} mV", "71.2 mV"),
    ("{asked.peak_mv - peak_mv:+.1f} mV", "-71.2 mV"),
    ("{at(na_open, 2):.0%}", "46%"),
    ("{at(na_open, 2):.1%} open", "45.7% open"),
    ("{highest(g_na):.0f}", "1234"),
    ("{ peak_mv }", "+30.0 mV"),
    ("{peak_mv - peak_mv:.1f}", "0.0"),
    ("{0 * rest_mv:.1f}", "0.0"),
    ("{0 - 0.01:.1f} mV", "0.0 mV"),
    ("{0 - 0.001:.1%}", "-0.1%"),
    ("{0 - 0.0001:.1%}", "0.0%"),
    ("{0 - 0.4:.0f}", "0"),
    ("{0 - 0.6:.0f}", "-1"),
]


@pytest.mark.parametrize(("template", "sentence"), SENTENCES)
def test_a_template_is_filled_with_measured_numbers(template, sentence):
    assert Template(template).fill(OWN, OTHERS) == sentence


class Along(Numbers):
    """A run of a cable of which every measurement is its place."""

    def value_at(self, name, place):
        return place

    def at_place(self, column, time_ms, place):
        return place


def test_a_measurement_at_a_place_comes_with_its_unit():
    text = "{arrival_ms(40)}, {peak_mv(25)}, {spine.peak_mv(12)}, {at(voltage_mv, 1, 3):.1f} mV"
    filled = Template(text).fill(Along(), {"spine": Along()})
    assert filled == "40.00 ms, +25.0 mV, +12.0 mV, 3.0 mV"


def test_measurements_of_every_preparation_come_with_unit_and_decimals():
    run = Numbers(velocity_m_s=18.64, waves=2.0, synaptic_na=-0.35, na_in_mm=12.623)
    text = "{velocity_m_s}, {waves} waves, {synaptic_na}, {na_in_mm}"
    assert Template(text).fill(run) == "18.6 m/s, 2 waves, -0.350 nA, 12.62 mM"


def test_a_lone_drawn_number_stands_as_it_was_drawn():
    drawn = {"k_out": 5.0, "delay_ms": 0.9}
    text = "K⁺ {k_out} mM, {delay_ms} ms; {k_out / 2:.2f}; {peak_mv}"
    assert Template(text, drawn).fill(OWN, {}, drawn) == "K⁺ 5 mM, 0.9 ms; 2.50; +30.0 mV"


@pytest.mark.parametrize("zero", [0.0, -0.0, 0.04, -0.04])
def test_zero_has_no_sign(zero):
    assert Template("{rest_mv}").fill(Numbers(rest_mv=zero)) == "0.0 mV"
    assert Template("{rest_mv:+.1f}").fill(Numbers(rest_mv=zero)) == "0.0"


def test_a_number_that_the_run_lacks_is_an_error():
    with pytest.raises(ExpressionError, match="undershoot_mv: this run has none"):
        Template("Down to {undershoot_mv}.").fill(OWN)
    with pytest.raises(ExpressionError, match="there is no run 'asked' here"):
        Template("{asked.peak_mv}").fill(OWN)


#: What is no template, and words of the error.
REFUSED = [
    ("{peak_mv", "a brace is not closed; numbers stand as {measurement}"),
    ("peak_mv}", "a brace is not closed"),
    ("{{peak_mv}}", "a brace is not closed"),
    ("{}", "'' is not an expression"),
    ("{:.1f}", "'' is not an expression"),
    ("{peak mv}", "'peak mv' is not an expression"),
    ("{peek_mv}", "unknown name 'peek_mv'"),
    ("{peak_mv!r}", "is not an expression"),
    ("{peak_mv.real}", "names no run"),
    ("{peak_mv:}", "unknown format ''; write .1f, +.1f or .0% for example"),
    ("{peak_mv:.1}", "unknown format '.1'"),
    ("{peak_mv:.9f}", "unknown format '.9f'"),
    ("{peak_mv:>999999999.1f}", "unknown format '>999999999.1f'"),
    ("{peak_mv:s}", "unknown format 's'"),
    ("{peak_mv:.1f5}", "unknown format '.1f5'"),
    ("{peak_mv + 1}", "{peak_mv + 1} needs its decimals, such as {peak_mv + 1:.1f}"),
    ("{at(g_na, 2)}", "{at(g_na, 2)} needs its decimals, such as {at(g_na, 2):.1f}"),
    ("{30}", "{30} needs its decimals"),
]


@pytest.mark.parametrize(("template", "words"), REFUSED)
def test_what_is_no_template_is_refused_in_clear_words(template, words):
    with pytest.raises(ExpressionError) as raised:
        Template(template)
    assert words in str(raised.value)


def test_a_template_gives_the_expressions_it_states():
    stated = Template("{peak_mv} at {peak_ms:.3f}, not {spine.peak_mv - 1:.1f}").expressions
    assert [expression.text for expression in stated] == [
        "peak_mv",
        "peak_ms",
        "spine.peak_mv - 1",
    ]


@given(st.text(max_size=60) | st.text("{}:.+%f0123456789peak_mv ", max_size=60))
def test_any_text_is_a_template_or_an_error(text):
    try:
        template = Template(text)
        filled = template.fill(OWN, OTHERS)
    except ExpressionError:
        return
    assert filled == text or template.expressions
