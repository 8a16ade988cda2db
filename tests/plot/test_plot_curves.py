"""Curves: solid, clipped, in place, and in the style of their series."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tutor.plot.axes import layout_of
from tutor.plot.raster import (
    Axis,
    Mode,
    Plot,
    Raster,
    Series,
    data_to_cell,
    render,
)

MODES = ["braille", "half-block", "ascii"]
WIDTH, HEIGHT = 60, 16


def plot_of(*curves, **options) -> Plot:
    series = tuple(
        Series(times, values, "*+"[i], f"curve {i}") for i, (times, values) in enumerate(curves)
    )
    return Plot(series, Axis(0, 10, "ms"), Axis(-1, 1, ""), **options)


def body_of(plot: Plot, width: int = WIDTH, height: int = HEIGHT) -> list[tuple[int, int]]:
    """Columns and rows of the cells that show curves."""
    layout = layout_of(plot, width, height)
    assert layout is not None
    return [
        (layout.gutter + column, layout.top + row)
        for row in range(layout.rows)
        for column in range(layout.columns)
    ]


def columns_of_dots(plot: Plot, mode: Mode) -> list[set[int]]:
    """For each column of dots in the body the rows of its dots, from the top."""
    raster = render(plot, WIDTH, HEIGHT, mode)
    body = body_of(plot)
    left, top = body[0]
    across = 2 if mode == "braille" else 1
    columns: list[set[int]] = [set() for _ in range((WIDTH - left) * across)]
    for column, row in body:
        for x, y in dots_in(raster.rows[row][column], mode):
            high = {"braille": 4, "half-block": 2, "ascii": 1}[mode]
            columns[(column - left) * across + x].add((row - top) * high + y)
    return columns


def dots_in(character: str, mode: Mode) -> list[tuple[int, int]]:
    if mode == "ascii":
        return [(0, 0)] if character != " " else []
    if mode == "half-block":
        return {" ": [], "▀": [(0, 0)], "▄": [(0, 1)], "█": [(0, 0), (0, 1)]}[character]
    order = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    bits = ord(character) - 0x2800 if character != " " else 0
    return [place for bit, place in enumerate(order) if bits >> bit & 1]


def roles_of(raster: Raster) -> dict[str, set[tuple[int, int]]]:
    """The cells, as column and row, of each role."""
    cells: dict[str, set[tuple[int, int]]] = {}
    for row, spans in enumerate(raster.spans):
        for span in spans:
            cells.setdefault(span.role, set()).update(
                (c, row) for c in range(span.start, span.end)
            )
    return cells


inside = st.floats(-1, 1)


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(inside, min_size=2, max_size=300))
def test_a_curve_has_no_gap_between_columns_or_within_one(mode, values):
    times = [10 * i / (len(values) - 1) for i in range(len(values))]
    columns = columns_of_dots(plot_of((times, values)), mode)
    before: set[int] = set()
    for rows in columns:
        assert rows
        assert rows == set(range(min(rows), max(rows) + 1))
        if before:
            assert min(rows) <= max(before) + 1
            assert max(rows) >= min(before) - 1
        before = rows


@pytest.mark.parametrize("mode", MODES)
def test_an_upstroke_between_two_samples_is_a_solid_line(mode):
    columns = columns_of_dots(plot_of(([0, 5, 5.001, 10], [-1, -1, 1, 1])), mode)
    rows = max(max(column) for column in columns) + 1
    assert set(range(rows)) in columns


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(st.tuples(st.floats(0, 10), inside), min_size=1, max_size=80))
def test_the_cell_of_every_sample_is_drawn(mode, samples):
    plot = plot_of(([t for t, _ in samples], [v for _, v in samples]))
    drawn = roles_of(render(plot, WIDTH, HEIGHT, mode))["curve 0"]
    assert {data_to_cell(plot, WIDTH, HEIGHT, t, v) for t, v in samples} <= drawn


@pytest.mark.parametrize("mode", MODES)
def test_what_lies_outside_the_axes_is_not_drawn(mode):
    times = [i / 1000 for i in range(-5000, 15001)]
    columns = columns_of_dots(plot_of((times, [3.0 * math.sin(t) for t in times])), mode)
    height = max(max(column) for column in columns if column) + 1
    width = 10 / len(columns)
    for place, rows in enumerate(columns):
        # A column is joined to the one before it, so that one's values count too.
        span = [t for t in times if (place - 1) * width <= t <= (place + 1) * width]
        values = [3.0 * math.sin(t) for t in span]
        top, bottom = ((1 - v) / 2 * height for v in (max(values), min(values)))
        assert all(top - 1 <= row <= bottom for row in rows)
    flat = plot_of((times, [2.0] * len(times)), (times, [-2.0] * len(times)))
    assert not any(columns_of_dots(flat, mode))


@pytest.mark.parametrize("mode", MODES)
def test_samples_in_any_order_and_with_gaps_give_the_same_curve(mode):
    times = [i / 10 for i in range(101)]
    values = [math.sin(t) for t in times]
    plain = columns_of_dots(plot_of((times, values)), mode)
    backwards = columns_of_dots(plot_of((times[::-1], values[::-1])), mode)
    with_nan = columns_of_dots(plot_of(([*times, 5.0], [*values, math.nan])), mode)
    assert plain == backwards == with_nan


@pytest.mark.parametrize("mode", MODES)
def test_only_samples_up_to_drawn_until_are_drawn(mode):
    times = [i / 100 for i in range(1001)]
    whole = plot_of((times, [math.sin(3 * t) for t in times]))
    columns = columns_of_dots(whole, mode)
    part = columns_of_dots(replace(whole, drawn_until=4.0), mode)
    shown = len(columns) * 4 // 10
    assert part[:shown] == columns[:shown]
    assert not any(part[shown + 1 :])
    assert not any(columns_of_dots(replace(whole, drawn_until=-1.0), mode))
    assert columns_of_dots(replace(whole, drawn_until=10.0), mode) == columns


def test_labels_do_not_move_while_the_trace_draws_itself(spike_plot):
    def labels(until: float | None) -> list[str]:
        bare = replace(spike_plot, drawn_until=until)
        return [row[-14:] for row in render(bare, 80, 20, "braille").rows if "rest -70" in row]

    assert labels(None) == labels(0.5) == labels(-1.0) != []


@pytest.mark.parametrize("mode", MODES)
def test_the_later_series_owns_a_cell_that_two_share(mode):
    times = [0, 10]
    raster = render(plot_of((times, [-1, 1]), (times, [1, -1])), WIDTH, HEIGHT, mode)
    cells = roles_of(raster)
    crossing = cells["curve 0"] | cells["curve 1"]
    middle = data_to_cell(plot_of((times, [0, 0])), WIDTH, HEIGHT, 5.0, 0.0)
    assert middle in crossing
    assert middle in cells["curve 1"]
    assert middle not in cells["curve 0"]
    if mode == "ascii":
        assert raster.rows[middle[1]][middle[0]] == "+"


def test_dots_of_two_curves_in_one_cell_are_joined():
    both = plot_of(([0, 10], [0.02, 0.02]), ([0, 10], [-0.02, -0.02]))
    columns = columns_of_dots(both, "braille")
    one = columns_of_dots(plot_of(([0, 10], [0.02, 0.02])), "braille")
    other = columns_of_dots(plot_of(([0, 10], [-0.02, -0.02])), "braille")
    assert columns == [a | b for a, b in zip(one, other, strict=True)]
    assert one != other


@pytest.mark.parametrize("mode", ["braille", "half-block"])
def test_with_a_legend_each_curve_carries_its_glyph(overlay_plot, mode):
    raster = render(overlay_plot, 80, 24, mode)
    body = body_of(overlay_plot, 80, 24)
    cells = roles_of(raster)
    for glyph, role in [("*", "voltage"), ("o", "refutation")]:
        stamped = [(c, r) for c, r in body if raster.rows[r][c] == glyph and (c, r) in cells[role]]
        assert len(stamped) == 1
    assert "* textbook" in raster.rows[0]
    assert "o K channels blocked" in raster.rows[0]


def test_a_legend_that_is_too_long_takes_rows_of_its_own_below_the_title(overlay_plot):
    rows = render(overlay_plot, 50, 20, "ascii").rows
    assert rows[0].strip() == "mV membrane potential"
    assert rows[1].endswith("* textbook   o K channels blocked")
    rows = render(overlay_plot, 30, 20, "ascii").rows
    assert [row.strip() for row in rows[1:3]] == ["* textbook", "o K channels blocked"]


def test_the_legend_of_a_small_plot_is_cut_rather_than_left_out(overlay_plot):
    header = render(overlay_plot, 30, 9, "ascii").rows[0]
    assert header.lstrip().startswith("mV ")
    assert "* text" in header
    assert "o K ch" in header
