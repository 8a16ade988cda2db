"""Whole runs in words and pictures: cables with their places, long runs in seconds."""

import pytest

from tutor.course.scenario import default_scenario, simulate
from tutor.course.scenario_fields import ClampLevel, PulseSpec, Scenario, SynapseSpec
from tutor.plot.axes import layout_of
from tutor.plot.describe import describe
from tutor.plot.describe_run import describe_run
from tutor.plot.raster import Axis, Plot, Series, render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import curves_plot, voltage_plot

PULSE = PulseSpec(times_threshold=1.5)


def _run(preparation, *stimuli, **fields):
    return simulate(Scenario(preparation=preparation, stimuli=stimuli, **fields))


def test_a_spike_on_its_way_is_told_by_where_it_passes_and_when():
    m = (run := _run("axon", PULSE)).measurements
    assert describe_run(run) == (
        f"The membrane rests at -65.0 mV. 1 spike travels at {m['velocity_m_s']:.1f} m/s: it "
        f"passes 25 mm at {m['arrival_1_ms']:.2f} ms, up to {m['peak_1_mv']:+.1f} mV; it passes "
        f"50 mm at {m['arrival_2_ms']:.2f} ms, up to {m['peak_2_mv']:+.1f} mV; it passes 75 mm at "
        f"{m['arrival_3_ms']:.2f} ms, up to {m['peak_3_mv']:+.1f} mV."
    )


def test_a_spike_that_is_stopped_is_said_not_to_come():
    run = _run("axon", PULSE, changes={"blocked_share": 1})
    assert describe_run(run).endswith("none comes to 75 mm.")
    below = _run("axon", PulseSpec(times_threshold=0.5))
    assert "No spike travels; at 25 mm the potential gets to" in describe_run(below)


def test_two_spikes_are_not_told_as_one():
    said = describe_run(_run("axon", PULSE, PulseSpec(times_threshold=1.5, place="end")))
    assert "2 spikes travel: the first passes 25 mm" in said


def test_places_are_told_in_the_order_in_which_the_spike_comes():
    said = describe_run(_run("axon", PulseSpec(times_threshold=1.5, place="end")))
    assert said.index("75 mm") < said.index("50 mm") < said.index("25 mm")


def test_a_soma_that_does_not_move_is_said_to_stay():
    far = PulseSpec(current_na=0.0001, place=1.0)
    assert describe_run(_run("dendrite", far)).endswith(
        "It stays there, and the cell does not fire."
    )


def test_a_postsynaptic_potential_and_a_spike_are_told_apart():
    weak = _run("dendrite", SynapseSpec(g_ns=5, place=0.5))
    assert "42% of it; the cell does not fire." in describe_run(weak)
    strong = _run("dendrite", SynapseSpec(g_ns=40))
    assert "The cell fires: the spike begins" in describe_run(strong)
    assert "comes to the end of the axon at" in describe_run(strong)


def test_a_clamp_a_bench_and_a_count_of_ions_are_told():
    held = _run("squid", clamp=(ClampLevel(from_ms=1, level_mv=0),))
    said = describe_run(held)
    assert "held at 0 mV from 1 ms on; the current is most inward, -" in said
    bench = _run("resting", changes={"k_out_mm": 15.8}, changes_from_ms=10, duration_ms=200)
    assert "goes from -69.8 mV to -50.0 mV; E_K is -58.3 mV" in describe_run(bench)
    assert "on its way to -50.0 mV" in describe_run(
        _run("resting", changes={"k_out_mm": 15.8}, changes_from_ms=10, duration_ms=15)
    )
    counted = _run("accounting", changes={"pulses": 0, "after_s": 1})
    assert describe_run(counted).startswith("No pulse is given")


@pytest.mark.parametrize("preparation", ["resting", "dendrite", "axon", "accounting"])
def test_a_recording_alone_is_told_in_outline(preparation):
    run = simulate(default_scenario(preparation))
    assert describe(run.trace).startswith("The potential begins at -")
    assert describe(run.trace).endswith("ms.")


def test_a_cable_is_drawn_at_every_place_with_a_glyph_of_its_own():
    plot = voltage_plot((DrawnRun("run", "this run", _run("axon", PULSE)),))
    assert [(s.glyph, s.label) for s in plot.series] == [
        ("*", "25 mm"),
        ("+", "50 mm"),
        ("x", "75 mm"),
    ]
    assert plot.legend
    picture = "\n".join(render(plot, 80, 20, "ascii").rows)
    assert "* 25 mm   + 50 mm   x 75 mm" in picture


def test_runs_over_each_other_are_drawn_at_their_first_place():
    whole, cut = _run("axon", PULSE), _run("axon", PULSE, changes={"blocked_share": 1})
    plot = voltage_plot((DrawnRun("run", "this run", whole), DrawnRun("compare", "cut", cut)))
    assert [s.label for s in plot.series] == ["this run", "cut"]
    assert plot.series[0].values[0] == whole.trace.voltage_mv[0]


def test_a_run_that_is_hidden_is_hidden_at_every_place():
    run = _run("axon", PULSE)
    plot = voltage_plot((DrawnRun("run", "this run", run, until_ms=1.0),))
    assert all(max(series.times) <= 1.0 for series in plot.series)


def test_curves_of_every_preparation_are_drawn_in_their_own_unit():
    for preparation, curves, unit in (
        ("axon", ("i_na", "i_axial"), "µA/cm²"),
        ("dendrite", ("g_excitatory_ns",), "nS"),
        ("resting", ("e_k_mv", "e_na_mv"), "mV"),
        ("accounting", ("na_in_mm",), "mM"),
    ):
        run = simulate(default_scenario(preparation))
        plot = curves_plot((DrawnRun("run", "this run", run),), curves)
        assert plot is not None
        assert plot.y.unit == unit
        assert len(plot.series) == len(curves)
    # Concentrations are drawn close up: zero would make a flat line of them.
    assert plot.y.low > 10.0


def test_small_potentials_are_drawn_close_up():
    plot = voltage_plot((DrawnRun("run", "", _run("dendrite", SynapseSpec(g_ns=5))),))
    assert plot.y.high - plot.y.low <= 20.0


def test_a_run_of_many_seconds_has_its_axis_in_seconds():
    run = _run("accounting", changes={"pulses": 20, "frequency_hz": 2})
    plot = voltage_plot((DrawnRun("run", "", run),))
    bottom = render(plot, 80, 20, "ascii").rows[-1]
    assert bottom.split()[-2:] == ["10", "s"]
    layout = layout_of(plot, 80, 20)
    assert layout is not None
    # The ticks stand at whole seconds; times go on being milliseconds.
    assert [tick.value for tick in layout.x_ticks][:3] == [0.0, 1000.0, 2000.0]
    assert layout.column_of(5000.0) is not None


def test_a_labelled_unit_moves_no_curve():
    series = Series((0.0, 5000.0, 10_000.0), (0.0, 1.0, 0.0), "*", "run")
    plain, labelled = (
        Plot((series,), Axis(0.0, 10_000.0, unit, per_label=per), Axis(0.0, 1.0, ""))
        for unit, per in (("ms", 1.0), ("s", 1000.0))
    )
    first, second = (render(plot, 60, 12, "ascii").rows[:9] for plot in (plain, labelled))
    assert first == second
