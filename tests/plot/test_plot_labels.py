"""Levels, bands, marks, cursor and axes: named, in place, and out of the curve's way."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tutor.plot.axes import layout_of, ticks
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
X, Y = Axis(0, 20, "ms"), Axis(-100, 60, "mV")


def empty(**options) -> Plot:
    return Plot((), X, Y, **options)


def row_with(rows, text) -> int:
    found = [index for index, row in enumerate(rows) if text in row]
    assert len(found) == 1, f"{text!r} stands in rows {found}"
    return found[0]


@pytest.mark.parametrize("mode", MODES)
def test_a_level_has_its_name_and_value_at_the_right_end_of_its_line(mode):
    plot = empty(levels=(Level(50, "E_Na"), Level(-69.996, "rest")))
    raster = render(plot, 60, 20, mode)
    for value, text in [(50, "E_Na +50"), (-70, "rest -70")]:
        _, row = data_to_cell(plot, 60, 20, 10, value)
        assert raster.rows[row].endswith(text)
        assert any(span.role == "level" and span.end == 60 for span in raster.spans[row])


def test_a_label_goes_to_the_left_end_where_the_curve_is_at_the_right():
    late = Series([0, 14, 14.1, 20], [-100, -100, 50, 50], "*", "voltage")
    rows = render(Plot((late,), X, Y, levels=(Level(50, "E_Na"),)), 60, 20, "ascii").rows
    assert rows[row_with(rows, "E_Na +50")].split("|")[-1].split("+")[-1]
    assert rows[row_with(rows, "E_Na +50")].index("E_Na") < 8


def test_a_label_goes_beside_its_line_where_the_curve_covers_all_of_it():
    flat = Series([0, 20], [-70, -70], "*", "voltage")
    plot = Plot((flat,), X, Y, levels=(Level(-70, "rest"),))
    rows = render(plot, 60, 20, "ascii").rows
    _, line = data_to_cell(plot, 60, 20, 10, -70)
    assert abs(row_with(rows, "rest -70") - line) == 1
    assert rows[line].endswith("*" * 55)


def test_a_label_goes_into_a_gap_of_the_curve_where_no_other_place_is_free():
    curve = Series([0, 6, 6.1, 14, 14.1, 20], [-70, -70, 20, 20, -70, -70], "*", "voltage")
    others = (Level(-60, "a"), Level(-80, "b"))
    plot = Plot((curve,), X, Y, levels=(Level(-70, "rest"), *others))
    rows = render(plot, 60, 20, "ascii").rows
    _, line = data_to_cell(plot, 60, 20, 10, -70)
    assert [abs(data_to_cell(plot, 60, 20, 10, v)[1] - line) for v in (-60, -80)] == [1, 1]
    assert row_with(rows, " rest -70 ") == line


def test_labels_that_collide_give_way_in_order_of_importance():
    values = {"first": 0, "second": 0.5, "third": -0.5, "fourth": 0.7}
    levels = tuple(Level(value, name) for name, value in values.items())
    rows = render(empty(levels=levels), 60, 20, "ascii").rows
    line = row_with(rows, "first 0")
    assert rows[line].endswith("first 0")
    # The levels share a row, and a row names the most important of its levels alone.
    assert not any(name in row for row in rows for name in ("second", "third", "fourth"))


def test_a_label_beside_its_line_points_at_it():
    crowded = Series([0, 20], [0, 0], "*", "run")
    plot = replace(empty(levels=(Level(0, "rest"),)), series=(crowded,))
    rows = render(plot, 60, 20, "ascii").rows
    label = row_with(rows, "rest 0 v")
    assert "*" in rows[label + 1]
    assert not any("rest" in row for row in render(plot, 60, 8, "ascii").rows)


@pytest.mark.parametrize("mode", MODES)
def test_labels_hide_no_cell_of_a_curve(spike_plot, mode):
    for size in [(80, 20), (60, 14), (40, 10), (24, 8), (12, 3)]:
        bare = render(replace(spike_plot, levels=()), *size, mode)
        full = render(spike_plot, *size, mode)
        for row, spans in enumerate(bare.spans):
            for span in spans:
                if span.role == "voltage":
                    cells = slice(span.start, span.end)
                    assert full.rows[row][cells] == bare.rows[row][cells]


@pytest.mark.parametrize("mode", MODES)
def test_bands_are_told_apart_by_fill_and_label(spike_plot, mode):
    raster = render(spike_plot, 80, 20, mode)
    row = row_with(raster.rows, " undershoot ")
    fills = {}
    for span in raster.spans[row]:
        if span.role.startswith("band:"):
            text = raster.rows[row][span.start : span.end]
            fills.setdefault(span.role, set()).add(text[-1])
    assert set(fills) == {
        f"band:{stage}" for stage in ("rest", "stimulus", "rising", "falling", "undershoot")
    }
    assert all(len(fill) == 1 for fill in fills.values())
    assert len(set.union(*fills.values())) == 5


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (10, "... rest ..."),
        (5, ".rest."),
        (4, "rest."),
        (3.4, "rest"),
        (2.5, ".R."),
        (1.7, "R."),
        (0.9, "R"),
    ],
)
def test_a_band_has_its_whole_label_or_its_letter_and_never_half_a_word(end, text):
    band = Band(0, end, "rest", 0, letter="R")
    plot = Plot((), Axis(0, 20, ""), Axis(0, 9, ""), strips=(Strip((band,), ""),))
    rows = render(plot, 26, 12, "ascii").rows
    assert any(row[2:].strip() == text for row in rows)


def test_bands_outside_the_range_or_without_length_are_left_out():
    bands = (Band(-9, -1, "a", 1), Band(25, 30, "b", 2), Band(5, 5, "c", 3), Band(9, 8, "d", 4))
    raster = render(empty(strips=(Strip(bands, "stage"),)), 60, 20, "ascii")
    assert not [s for spans in raster.spans for s in spans if s.role == "band:band"]


def test_a_brief_band_keeps_a_cell_of_its_own():
    bands = (Band(0, 5, "long", 0), Band(5, 5.01, "brief", 1, "brief"), Band(5.01, 20, "rest", 2))
    raster = render(empty(strips=(Strip(bands, ""),)), 60, 20, "ascii")
    brief = [s for spans in raster.spans for s in spans if s.role == "band:brief"]
    assert [span.end - span.start for span in brief] == [1]


@pytest.mark.parametrize("mode", MODES)
def test_the_cursor_is_a_line_through_the_body_behind_the_curve(spike_plot, mode):
    column, _ = data_to_cell(spike_plot, 80, 20, 3.0, 0.0)
    raster = render(replace(spike_plot, cursor=3.0), 80, 20, mode)
    plain = render(spike_plot, 80, 20, mode)
    for row in range(20):
        if cell_to_data(spike_plot, 80, 20, column, row):
            role = next(s.role for s in raster.spans[row] if s.start <= column < s.end)
            assert role in ("cursor", "voltage")
            if role == "voltage":
                assert raster.rows[row][column] == plain.rows[row][column]
    assert render(replace(spike_plot, cursor=99.0), 80, 20, mode) == plain


@pytest.mark.parametrize("mode", MODES)
def test_a_mark_stands_in_its_cell_with_its_text_beside_it(mode):
    plot = empty(marks=((10.0, 0.0, "peak"), (20.0, 40.0, "end"), (99.0, 0.0, "outside")))
    raster = render(plot, 60, 20, mode)
    glyph = "X" if mode == "ascii" else "●"
    for x, y, text in [(10.0, 0.0, f"{glyph} peak"), (20.0, 40.0, f"end {glyph}")]:
        column, row = data_to_cell(plot, 60, 20, x, y)
        assert raster.rows[row][column] == glyph
        assert text in raster.rows[row]
        assert any(s.role == "mark" and s.start <= column < s.end for s in raster.spans[row])
    assert "outside" not in "".join(raster.rows)


@pytest.mark.parametrize("mode", MODES)
def test_axes_have_round_ticks_and_units(spike_plot, mode):
    rows = render(spike_plot, 80, 20, mode).rows
    assert rows[0].split()[:3] == ["mV", "membrane", "potential"]
    assert rows[-1].split() == [
        "time",
        "0",
        "2",
        "4",
        "6",
        "8",
        "10",
        "12",
        "14",
        "16",
        "18",
        "20",
        "ms",
    ]
    labels = [row[:10].strip() for row in rows[1:-4]]
    assert [text for text in labels if text] == ["50", "0", "-50"]


def test_the_tick_at_an_end_is_left_out_where_a_line_that_lies_elsewhere_has_its_row(spike_plot):
    def ticks(levels, height):
        rows = render(replace(spike_plot, levels=levels), 80, height, "ascii").rows
        return [row.partition("+")[0].strip() for row in rows if "+" in row[:12]]

    e_k = Level(-90.0, "E_K")
    assert "-100" in ticks((), 20)
    assert "-100" in ticks((replace(e_k, label=""),), 20), "nothing stands on the row"
    for height in (8, 10, 12, 20):
        assert "-100" not in ticks((e_k,), height), "-90 would seem to lie at -100"
    assert "-100" in ticks((e_k,), 40), "the line has a row of its own"
    assert "-100" in ticks((Level(-100.0, "E_K"),), 20), "the line lies at the tick"
    assert "-50" in ticks((Level(-55.0, "threshold"),), 20), "the row has the tick in its middle"


def test_the_tick_at_an_end_is_left_out_where_the_curve_at_rest_has_its_row(spike_plot):
    def left_of_rest(plot, height):
        rows = render(plot, 60, height, "ascii").rows
        return next(row for row in rows if "**********" in row)[:6]

    bare = replace(spike_plot, levels=())
    assert "-100" not in left_of_rest(bare, 6), "-70 would seem to lie at -100"
    assert "-100" in "".join(render(bare, 60, 30, "ascii").rows), "it has a row of its own"


def test_x_labels_stand_under_the_values_they_name(spike_plot):
    rows = render(spike_plot, 80, 20, "ascii").rows
    for value in (2, 4, 6, 8):
        column, _ = data_to_cell(spike_plot, 80, 20, value, 0.0)
        assert rows[-1][column] == str(value)
        assert rows[-2][column] == "+"


@pytest.mark.parametrize("high", [6.0, 18.7, 20.0, 0.35, 1500.0])
def test_x_labels_never_run_into_each_other(high):
    for width in range(12, 100):
        plot = Plot((), Axis(0, high, "ms"), Y)
        labels = {tick.label for tick in layout_of(plot, width, 10).x_ticks}
        *shown, unit = render(plot, width, 10, "ascii").rows[-1].split()
        assert unit == "ms"
        assert set(shown) <= labels
        assert len(shown) > len(labels) / 2


@pytest.mark.parametrize(
    ("given_range", "nice"),
    [
        ((-77.5, 30.0), (-80.0, 40.0)),
        ((0.0, 8.12), (0.0, 10.0)),
        ((0.0, 1.0), (0.0, 1.0)),
        ((-88.0, 0.5), (-100.0, 20.0)),
        ((3.0, 3.0), (2.4, 3.6)),
    ],
)
def test_nice_ranges_end_on_round_numbers(given_range, nice):
    assert nice_range(*given_range) == pytest.approx(nice)


@pytest.mark.parametrize(
    ("low", "high", "most", "labels"),
    [
        (-100, 60, 7, ["-100", "-50", "0", "50"]),
        (0, 1, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (0, 6, 12, ["0", "1", "2", "3", "4", "5", "6"]),
        (0.003, 0.011, 5, ["0.004", "0.006", "0.008", "0.010"]),
        (0, 4e6, 5, ["0", "1000000", "2000000", "3000000", "4000000"]),
    ],
)
def test_ticks_have_the_smallest_round_step_that_fits(low, high, most, labels):
    assert [tick.label for tick in ticks(low, high, most)] == labels


def test_parts_are_given_up_in_a_fixed_order(spike_plot):
    def parts(height: int, width: int = 80) -> tuple[bool, int, bool, bool]:
        layout = layout_of(spike_plot, width, height)
        return layout.has_line, layout.strips, layout.has_labels, layout.gutter > 0

    assert parts(13) == (True, 2, True, True)
    assert parts(10) == (False, 2, True, True)
    assert parts(8) == (False, 0, True, True)
    assert parts(6) == (False, 0, True, True)
    assert parts(3) == (False, 0, False, True)
    assert parts(3, width=12) == (False, 0, False, False)


@pytest.mark.parametrize(("column", "row"), [(0, 5), (5, 0), (40, 19), (40, 16), (80, 5), (-1, 5)])
def test_a_cell_outside_the_body_has_no_place_in_the_data(spike_plot, column, row):
    assert cell_to_data(spike_plot, 80, 20, column, row) is None


@pytest.mark.parametrize("point", [(-0.1, 0.0), (20.1, 0.0), (5.0, 61.0), (5.0, float("nan"))])
def test_a_point_outside_the_axes_has_no_cell(spike_plot, point):
    assert data_to_cell(spike_plot, 80, 20, *point) is None


def test_letters_that_ascii_lacks_are_spelled():
    plot = Plot(
        (), Axis(0, 1, "\N{GREEK SMALL LETTER MU}s"), Axis(0, 1, "µA/cm²", "Na⁺ – current")
    )
    rows = render(plot, 60, 12, "ascii").rows
    assert rows[0].split() == ["uA/cm2", "Na+", "-", "current"]
    assert rows[-1].endswith("1.0 us")
