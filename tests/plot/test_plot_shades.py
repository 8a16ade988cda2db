"""Stacked areas, maps of shades and bars: told apart without colour, in their places."""

import pytest

from tutor.plot.axes import cell_to_data, layout_of
from tutor.plot.figure import Area, Axis, Bar, Bars, Heat, Plot
from tutor.plot.raster import render

MODES = ["braille", "half-block", "ascii"]
TIMES = (0.0, 5.0, 9.0)
STATES = (
    Area(TIMES, (75.0, 0.0, 25.0), "C", 0, "closed", "closed"),
    Area(TIMES, (0.0, 50.0, 25.0), "O", 1, "open", "open"),
    Area(TIMES, (25.0, 50.0, 50.0), "I", 2, "inactivated", "inactivated"),
)
STACK = Plot((), Axis(0, 10, "ms"), Axis(0, 100, "%", "share"), areas=STATES, legend=True)


def body(plot, width, height, mode="ascii"):
    layout = layout_of(plot, width, height)
    rows = render(plot, width, height, mode).rows
    return [row[layout.gutter :] for row in rows[layout.top : layout.top + layout.rows]]


@pytest.mark.parametrize("mode", MODES)
def test_areas_differ_by_fill_and_letter_and_not_by_colour_alone(mode):
    drawn = body(STACK, 60, 18, mode)
    first, last = ({row[place] for row in drawn} - set("COI") for place in (0, -1))
    assert len(first) == 2
    assert len(last) == 3
    for letter in "COI":
        assert any(letter in row for row in drawn)
    assert "C closed   O open   I inactivated" in "\n".join(render(STACK, 60, 18, mode).rows[:2])


def test_areas_are_as_high_as_their_shares():
    column = [row[0] for row in body(STACK, 60, 26)]
    closed = column.count(".") / len(column)
    assert closed == pytest.approx(0.75, abs=0.05)
    assert column[-1] == "."


def test_areas_are_drawn_up_to_the_time_that_is_drawn():
    half = Plot((), STACK.x, STACK.y, areas=STATES, drawn_until=5.0)
    row = body(half, 46, 12)[-1]
    assert 0.4 < len(row.rstrip()) / len(row) < 0.6
    whole = Plot((), STACK.x, STACK.y, areas=STATES, drawn_until=99.0)
    assert body(whole, 46, 12) == body(Plot((), STACK.x, STACK.y, areas=STATES), 46, 12)


MAP = Plot(
    (),
    Axis(0, 50, "mm"),
    Axis(0, 4, "ms", falls=True),
    heat=Heat([[9.0 if x == t else 0.0 for x in range(4)] for t in range(4)], 0.0, 9.0),
)


@pytest.mark.parametrize(("mode", "dark"), [("ascii", "@"), ("braille", "█")])
def test_a_map_has_time_running_down_and_the_highest_values_darkest(mode, dark):
    drawn = body(MAP, 46, 12, mode)
    places = [row.index(dark) for row in drawn]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] > len(drawn[0]) / 2


def test_a_map_appears_from_the_top_while_it_is_drawn():
    half = Plot((), MAP.x, MAP.y, heat=MAP.heat, drawn_until=2.0)
    filled = [bool(row.strip()) for row in body(half, 46, 12)]
    assert filled[0]
    assert not filled[-1]


def test_a_click_in_a_map_gives_the_time_of_its_row():
    layout = layout_of(MAP, 46, 12)
    top = cell_to_data(MAP, 46, 12, layout.gutter, layout.top)
    bottom = cell_to_data(MAP, 46, 12, layout.gutter, layout.top + layout.rows - 1)
    assert top[1] < 1.0
    assert bottom[1] > 3.0
    assert layout.row_of(top[1]) == 0


FLUXES = Bars(
    (Bar("Na+ leak", -2.0, "na", -1.0), Bar("pump", 1.0, "na"), Bar("Cl-", 0.0, "cl")),
    "pmol/cm2/s",
    "fluxes",
    "in",
    "out",
)


def test_bars_point_in_or_out_and_carry_their_numbers():
    rows = render(FLUXES, 60, 8, "ascii").rows
    leak, pump, none = (
        next(row for row in rows if name in row) for name in ("Na+ leak", "pump", "Cl-")
    )
    assert leak.index("#") < leak.index("|")
    assert pump.index("#") > pump.index("|")
    assert leak.count("#") == pytest.approx(2 * pump.count("#"), abs=1)
    assert "#" not in none
    assert "-2.00 (was -1.00)" in leak
    assert "+1.00" in pump
    assert none.rstrip().endswith(" 0.00")
    assert any("< in" in row and "out >" in row for row in rows)


def test_a_flux_that_is_next_to_nothing_still_shows():
    rows = render(
        Bars((Bar("a", 100.0, "x"), Bar("b", 0.1, "x")), "", "", "", ""), 60, 6, "ascii"
    ).rows
    assert next(row for row in rows if row.startswith("b")).count("#") == 1
