"""Panes: what a run has to show below its voltage, in pictures, words and read-outs."""

import re

import pytest

from simulator import COLUMNS
from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario, simulate_once
from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.plot.axes import layout_of
from tutor.plot.figure import Bars
from tutor.plot.raster import render
from tutor.session.along import moment_ms
from tutor.session.drawn import DrawnRun
from tutor.session.panes import Pane, pane_picture, pane_sentence, panes_of
from tutor.session.picture import voltage_plot
from tutor.session.reading import read_out
from tutor.words.run import SHORT_NAMES

MODES = ["braille", "half-block", "ascii"]
EVERY = {
    "resting": ["fluxes", "curves", "curves"],
    "textbook": ["gates", "curves", "curves", "curves"],
    "axon": ["gates", "curves", "curves", "along", "map"],
    "myelinated": ["gates", "curves", "curves", "along", "map"],
    "dendrite": ["curves", "curves", "along", "map"],
    "accounting": ["changes", "curves"],
}


def drawn(preparation, **fields):
    return (DrawnRun("run", "this run", simulate_once(default_scenario(preparation)), **fields),)


def pane(runs, kind):
    return next(each for each in panes_of(runs, ()) if each.kind == kind)


@pytest.mark.parametrize("preparation", EVERY)
def test_each_preparation_has_the_panes_that_it_has_columns_for(preparation):
    assert [each.kind for each in panes_of(drawn(preparation), ())] == EVERY[preparation]


def test_what_is_prescribed_comes_first_and_only_once():
    titles = [each.title for each in panes_of(drawn("textbook"), ("g_k", "g_na"))]
    assert titles[0] == "conductances"
    assert titles.count("conductances") == 1
    first, *others = panes_of(drawn("textbook"), ("i_na",))
    assert (first.columns, first.title) == (("i_na",), "")
    assert "gates" in [each.kind for each in others]
    assert panes_of(drawn("textbook"), ("na_closed", "na_open", "na_inactivated"))[0].kind == (
        "gates"
    )


def test_before_the_answer_there_are_none():
    assert panes_of(drawn("axon", until_ms=1.0), ("i_na",)) == ()
    assert panes_of(drawn("axon", names_stages=False), ("i_na",)) == ()
    hidden = (*drawn("textbook", until_ms=1.0), *drawn("textbook"))
    assert panes_of(hidden, ("g_na",)) == ()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_pane_is_drawn_named_said_and_read_out(preparation, mode):
    runs = drawn(preparation)
    for each in panes_of(runs, ()):
        for options in ({}, {"cursor": 2.0}, {"drawn_until": 1.0}):
            rows = render(pane_picture(each, runs, **options), 66, 12, mode).rows
            assert len(rows) == 12
            assert each.title.split()[0] in rows[0]
            if mode == "ascii":
                assert "".join(rows).isascii()
        sentence = pane_sentence(each, runs)
        assert sentence.endswith(".")
        assert "nan" not in sentence
        assert read_out(runs, each, 2.0).startswith("t 2.00 ms  V ")


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_no_name_in_a_legend_is_cut_where_a_screen_of_120_columns_shows_it(preparation):
    runs = drawn(preparation)
    for each in panes_of(runs, ()):
        picture = pane_picture(each, runs)
        if isinstance(picture, Bars):
            continue
        header = "\n".join(render(picture, 64, 11, "ascii").rows[:3])
        for name in each.columns if each.kind == "curves" else ():
            assert SHORT_NAMES[name].replace("⁺", "+").replace("⁻", "-") in header


def test_the_states_of_the_channels_add_up_at_every_time():
    areas = pane_picture(pane(drawn("textbook"), "gates"), drawn("textbook")).areas
    for shares in zip(*(area.values for area in areas), strict=True):
        assert sum(shares) == pytest.approx(100.0)


def test_concentrations_are_drawn_as_changes_and_said_as_they_are():
    runs = drawn("accounting")
    chosen = pane(runs, "changes")
    assert all(curve.values[0] == 0.0 for curve in pane_picture(chosen, runs).series)
    assert "Na inside begins at 12.00 mM, gets to 12.6" in pane_sentence(chosen, runs)


def test_fluxes_are_balanced_at_rest_and_compared_with_those_before():
    normal = simulate_once(default_scenario("resting"))
    off = simulate_once(Scenario(preparation="resting", changes={"pump": 0.0}))
    runs = (DrawnRun("before", "before", normal), DrawnRun("run", "this run", off))
    bars = {bar.role: bar for bar in pane_picture(pane(runs, "fluxes"), runs).bars}
    assert bars["pump_na"].value == 0.0
    assert bars["pump_na"].before == pytest.approx(-bars["flux_na"].before, rel=1e-3)
    assert bars["flux_na"].value < 0.0 < bars["flux_k"].value
    assert "Na by the pump none" in pane_sentence(pane(runs, "fluxes"), runs)


def test_the_wave_along_an_axon_moves_on_with_time():
    runs = drawn("axon")
    chosen = pane(runs, "along")

    def top_mm(time_ms):
        (curve,) = pane_picture(chosen, runs, cursor=time_ms).series
        return curve.times[max(range(len(curve.values)), key=curve.values.__getitem__)]

    assert 5.0 < top_mm(2.0) < top_mm(3.0) < top_mm(4.0) < 95.0
    speed = (top_mm(4.0) - top_mm(3.0)) / 1.0
    assert speed == pytest.approx(runs[0].run.measurements["velocity_m_s"], rel=0.05)
    assert top_mm(moment_ms(runs[0].run)) == pytest.approx(50.0, abs=2.0)


def test_the_axis_of_a_moving_wave_stands_still():
    runs = drawn("axon")
    chosen = pane(runs, "along")
    axes = {pane_picture(chosen, runs, cursor=t).y.low for t in (0.0, 2.0, 4.0)}
    assert len(axes) == 1


def test_a_map_tells_when_the_spike_comes_to_each_watched_node_and_how_fast_it_is():
    runs = drawn("myelinated")
    picture = pane_picture(pane(runs, "map"), runs)
    m = runs[0].run.measurements
    assert [text for _, _, text in picture.marks] == [
        f"{m[f'arrival_{number}_ms']:.2f}" for number in (1, 2, 3)
    ]
    assert f"{m['velocity_m_s']:.1f} m/s" in picture.y.title
    rows = render(picture, 66, 20, "ascii").rows
    for x_mm, arrival_ms, text in picture.marks:
        layout = layout_of(picture, 66, 20)
        row = rows[layout.top + layout.row_of(arrival_ms)]
        assert row[layout.gutter + layout.column_of(x_mm)] == "X"
        assert any(text in each for each in rows)
    early = pane_picture(pane(runs, "map"), runs, drawn_until=m["arrival_1_ms"] + 0.01)
    assert len(early.marks) == 1


def test_the_read_out_gives_each_curve_by_its_glyph():
    runs = drawn("axon")
    said = read_out(runs, None, 3.0)
    glyphs = re.findall(r"([*+x]) [+-]", said)
    assert glyphs == [curve.glyph for curve in voltage_plot(runs).series]


def test_the_read_out_of_runs_over_each_other_tells_them_apart():
    normal = simulate_once(default_scenario("textbook"))
    blocked = simulate_once(
        Scenario(
            preparation="textbook",
            stimuli=(PulseSpec(times_threshold=1.5),),
            changes={"na_block": 0.9},
        )
    )
    runs = (DrawnRun("before", "before", normal), DrawnRun("run", "this run", blocked))
    one = Pane("curves", "", ("g_na",))
    said = read_out(runs, one, 2.07)
    v = [f"{run.run.trace.at('voltage_mv', 2.07):+.1f}" for run in runs]
    g = [f"{run.run.trace.at('g_na', 2.07):.2f}" for run in runs]
    assert said == f"t 2.07 ms  V : {v[0]}  * {v[1]} mV  gNa : {g[0]}  * {g[1]} mS/cm²"


def test_the_read_out_stays_within_the_run():
    runs = drawn("textbook")
    assert read_out(runs, None, -3.0).startswith("t 0.00 ms")
    assert read_out(runs, None, 99.0).startswith("t 20.00 ms")


def test_every_column_of_a_patch_can_be_read_out():
    runs = drawn("textbook")
    every = Pane("curves", "", tuple(name for name in COLUMNS if name != "time_ms"))
    assert read_out(runs, every, 5.0).count("t 5.00 ms") == 1


def test_stages_are_not_named_where_the_membrane_is_depolarised_from_the_start():
    depolarised = Scenario(
        preparation="textbook",
        stimuli=(PulseSpec(times_threshold=1.5),),
        changes={"k_out_mm": 12.0},
    )
    assert voltage_plot(drawn("textbook")).strips
    runs = (DrawnRun("run", "", simulate_once(depolarised)),)
    assert not voltage_plot(runs).strips
