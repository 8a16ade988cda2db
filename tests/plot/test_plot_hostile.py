"""Whatever is plotted: the right size, one cell a character, ASCII where it is promised."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tutor.plot.figure import Area, Bar, Bars, Heat
from tutor.plot.lettering import clean
from tutor.plot.raster import (
    Axis,
    Band,
    Level,
    Plot,
    Series,
    Strip,
    cell_to_data,
    data_to_cell,
    nice_range,
    render,
)

MODES = ["braille", "half-block", "ascii"]
any_float = st.one_of(
    st.floats(), st.floats(-120, 60), st.sampled_from([0.0, 1e308, -1e308, 5e-324, math.nan])
)
any_text = st.one_of(
    st.text(max_size=12), st.sampled_from(["µA/cm²", "E_Na", "電位", "g\u0301", "😀", "◽"])
)
roles = st.sampled_from(["voltage", "refutation", "g_na"])
axes = st.builds(Axis, any_float, any_float, any_text, any_text, falls=st.booleans())
floats = st.lists(any_float, max_size=30)
plots = st.builds(
    Plot,
    series=st.lists(st.builds(Series, floats, floats, any_text, roles, any_text), max_size=3).map(
        tuple
    ),
    x=st.one_of(st.just(Axis(0, 20, "ms")), axes),
    y=st.one_of(st.just(Axis(-100, 60, "mV")), axes),
    levels=st.lists(st.builds(Level, any_float, any_text), max_size=4).map(tuple),
    strips=st.lists(
        st.builds(
            Strip,
            st.lists(
                st.builds(Band, any_float, any_float, any_text, st.integers(-9, 99)), max_size=4
            ).map(tuple),
            any_text,
        ),
        max_size=3,
    ).map(tuple),
    areas=st.lists(
        st.builds(Area, floats, floats, any_text, st.integers(-9, 99), roles, any_text), max_size=3
    ).map(tuple),
    heat=st.none()
    | st.builds(
        Heat,
        st.integers(0, 5).flatmap(
            lambda n: st.lists(st.lists(any_float, min_size=n, max_size=n), max_size=5)
        ),
        any_float,
        any_float,
    ),
    cursor=st.none() | any_float,
    marks=st.lists(st.tuples(any_float, any_float, any_text), max_size=3).map(tuple),
    drawn_until=st.none() | any_float,
    legend=st.booleans(),
)
bars = st.builds(
    Bars,
    st.lists(st.builds(Bar, any_text, any_float, roles, st.none() | any_float), max_size=6).map(
        tuple
    ),
    any_text,
    any_text,
    any_text,
    any_text,
)
widths, heights = st.integers(0, 90), st.integers(0, 26)


@given(plots | bars, widths, heights, st.sampled_from(MODES))
def test_a_plot_has_the_size_asked_for_in_cells(plot, width, height, mode):
    rows = render(plot, width, height, mode).rows
    assert len(rows) == height
    assert {len(row) for row in rows} <= {width}
    assert {cell_len(character) for row in rows for character in row} <= {1}


@pytest.mark.parametrize(
    ("text", "unicode", "ascii_only"),
    [
        ("µA/cm²", "µA/cm²", "uA/cm2"),
        ("Na⁺ → 5 °C", "Na⁺ → 5 °C", "Na+ -> 5 deg C"),
        ("two\nlines\t", "two lines ", "two lines "),
        ("電位", "??", "??"),
        ("◽", "?", "?"),
        ("q\N{COMBINING ACUTE ACCENT}", "q?", "q"),
        ("e\N{COMBINING ACUTE ACCENT}", "é", "e"),
        ("a\N{SOFT HYPHEN}b\x1b[0m", "a?b?[0m", "a?b?[0m"),
    ],
)
def test_letters_take_one_cell_each(text, unicode, ascii_only):
    assert clean(text, "braille") == unicode
    assert clean(text, "ascii") == ascii_only


@given(plots, widths, heights)
def test_the_ascii_mode_draws_with_characters_32_to_126_alone(plot, width, height):
    text = "".join(render(plot, width, height, "ascii").rows)
    assert all(32 <= ord(character) <= 126 for character in text)


@given(plots, widths, heights, st.sampled_from(MODES))
def test_spans_follow_each_other_and_miss_no_character(plot, width, height, mode):
    raster = render(plot, width, height, mode)
    assert len(raster.spans) == height
    for row, spans in zip(raster.rows, raster.spans, strict=True):
        free = list(row)
        end_before = 0
        for span in spans:
            assert end_before <= span.start < span.end <= width
            assert span.role
            end_before = span.end
            free[span.start : span.end] = " " * (span.end - span.start)
        assert not "".join(free).strip()


@given(plots, widths, heights, st.data())
def test_the_middle_of_a_cell_is_shown_in_that_cell(plot, width, height, data):
    column = data.draw(st.integers(-1, width))
    row = data.draw(st.integers(-1, height))
    point = cell_to_data(plot, width, height, column, row)
    if point is not None:
        assert data_to_cell(plot, width, height, *point) == (column, row)


@given(any_float, any_float)
def test_a_nice_range_is_finite_and_holds_the_values(low, high):
    bottom, top = nice_range(low, high)
    assert math.isfinite(bottom)
    assert math.isfinite(top)
    assert bottom < top
    if abs(low) < 1e300 and abs(high) < 1e300:
        slack = 1e-6 * (top - bottom)
        assert bottom - slack <= min(low, high)
        assert max(low, high) <= top + slack


@pytest.mark.parametrize(("low", "high"), [(math.nan, 5.0), (5.0, math.nan)])
def test_a_range_that_is_no_number_becomes_nought_to_one(low, high):
    assert nice_range(low, high) == (0.0, 1.0)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("width", "height"), [(0, 0), (-5, 3), (11, 20), (80, 2), (80, -1)])
def test_below_the_least_size_all_rows_are_blank(spike_plot, width, height, mode):
    raster = render(spike_plot, width, height, mode)
    assert raster.rows == (" " * max(0, width),) * max(0, height)
    assert not any(raster.spans)
    assert cell_to_data(spike_plot, width, height, 5, 1) is None
    assert data_to_cell(spike_plot, width, height, 5.0, 0.0) is None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("times", "values"),
    [
        ([], []),
        ([5], [0]),
        ([5, 6, 7], [math.nan, math.inf, -math.inf]),
        (range(200_000), [math.sin(i / 1000) for i in range(200_000)]),
        ([1, 1, 1], [0, 5, 10]),
        ([1, 2, 3], [1e9, 1e9, 1e9]),
        ([1, 2], [-1e308, 1e308]),
        ([1, 2, 3], [0]),
    ],
)
def test_odd_samples_are_drawn_without_complaint(times, values, mode):
    plot = Plot((Series(times, values, "*", "voltage"),), Axis(0, 10, "ms"), Axis(-1, 1, "mV"))
    assert len(render(plot, 40, 10, mode).rows) == 10
