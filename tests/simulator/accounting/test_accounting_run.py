"""Runs of the accounting preparation: what they give back, and what they accept."""

from itertools import pairwise
from math import isfinite
from tracemalloc import get_traced_memory, start, stop

import pytest
from msgspec.structs import fields

from simulator.accounting.cell import ACCOUNTING, Accounting
from simulator.accounting.run import run_accounting
from simulator.accounting.trace import ACCOUNTING_MEASUREMENTS, measure_accounting
from simulator.progress import Cancelled


@pytest.fixture(scope="module")
def run_down():
    """A fibre of 0.2 um without pump, that fires no more in the end."""
    return run_accounting(Accounting(diameter_um=0.2, shape="cylinder", pump=0.0, pulses=600))


def test_a_long_trace_is_thinned_to_just_before_the_pulses():
    trace = run_accounting(Accounting(pulses=1000))
    assert 4000 < len(trace) <= 5001
    for pulse in trace.pulses[::99]:
        assert trace.at("voltage_mv", pulse.time_ms) == pytest.approx(pulse.rest_mv, abs=1e-9)
    assert trace.duration_ms == pytest.approx(20_100.0)
    assert {len(trace.column(name)) for name in trace.columns} == {len(trace)}
    # More than 5000 periods of 5 ms: every second one is left out.
    longer = run_accounting(Accounting(pulses=0, frequency_hz=200.0, after_s=29.9))
    assert longer.dt_ms == 10.0
    assert longer.duration_ms == pytest.approx(30_000.0)


def test_windows_show_the_chosen_spikes_step_by_step(run_down):
    trace = run_accounting(Accounting(pulses=30), watch=[7, 12])
    assert list(trace.windows) == [1, 7, 12, 30]
    for number, window in trace.windows.items():
        record = trace.pulses[number - 1]
        assert window[0] == record.rest_mv
        assert max(window) == pytest.approx(record.peak_mv, abs=0.1)
        assert 5.0 < (len(window) - 1) * trace.window_dt_ms < 7.0
    last_spike = max(i for i, p in enumerate(run_down.pulses, 1) if p.fired)
    assert list(run_down.windows) == [1, last_spike, 600]


def test_measurements_have_known_names_and_leave_out_what_did_not_happen(run_down):
    every = measure_accounting(run_down)
    assert list(every) == [name for name in ACCOUNTING_MEASUREMENTS if name in every]
    quiet = measure_accounting(run_accounting(Accounting(pulses=0)))
    assert quiet["spikes_fired"] == 0.0
    assert not {"overshoot_first_mv", "first_failure", "rest_shift_mv"} & set(quiet)
    assert "first_failure" not in measure_accounting(run_accounting(Accounting(pulses=1)))


def test_progress_goes_from_none_to_all():
    shares = []
    run_accounting(Accounting(pulses=20), progress=shares.append)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert all(a < b for a, b in pairwise(shares))


@pytest.mark.parametrize("stops_at", [0.0, 0.5])
def test_a_cancelled_run_gives_the_trace_so_far(stops_at):
    def stop_there(share):
        if share >= stops_at:
            raise Cancelled

    whole = run_accounting(Accounting(pulses=60))
    part = run_accounting(Accounting(pulses=60), progress=stop_there)
    assert whole.complete
    assert not part.complete
    assert part.pulses == whole.pulses[: len(part.pulses)]
    assert part.voltage_mv == whole.voltage_mv[: len(part)]
    assert len(part.pulses) == (28 if stops_at else 0)
    assert measure_accounting(part)["start_mv"] == measure_accounting(whole)["start_mv"]


def test_a_long_run_needs_little_memory():
    """200 MB are allowed for 5,000 spikes: 50 take less than a tenth of their share."""
    run_accounting(Accounting(pulses=50))  # Fills the tables of the rates.
    start()
    try:
        run_accounting(Accounting(pulses=50))
        assert get_traced_memory()[1] < 200e3
    finally:
        stop()


@pytest.mark.parametrize("name", ACCOUNTING)
def test_a_setting_out_of_range_is_refused_by_name(name):
    for value in (ACCOUNTING[name].low - 1e-3, ACCOUNTING[name].high * 1.01, float("nan"), "1"):
        with pytest.raises(ValueError, match=f"^{name} is .* must be .*{ACCOUNTING[name].unit}"):
            Accounting(**{name: value})


def test_unknown_shapes_settings_and_pulses_are_refused():
    with pytest.raises(ValueError, match=r"^shape is 'cube', but must be sphere or cylinder"):
        Accounting(shape="cube")
    with pytest.raises(ValueError, match="unknown setting 'size'; known: diameter_um"):
        Accounting().with_values({"size": 3.0})
    with pytest.raises(
        ValueError, match="a number of watch is 4, but must be a whole number from 1 to 3"
    ):
        run_accounting(Accounting(pulses=3), watch=[4])
    assert Accounting().with_values({"pump": 0.5}).pump == 0.5


def test_every_number_is_a_knob_whose_default_is_that_of_the_cell():
    numbers = {f.name: f.default for f in fields(Accounting) if f.name != "shape"}
    assert list(numbers) == list(ACCOUNTING)
    for name, default in numbers.items():
        assert default is None or default == ACCOUNTING[name].default


def test_every_setting_at_its_ends_gives_finite_results():
    """Alone, and with the thinnest fibre in the tightest space at the highest rate."""
    worst = {"diameter_um": 0.2, "space_um": 0.02, "barrier_um_s": 0.05, "frequency_hz": 200.0}
    for name, quantity in ACCOUNTING.items():
        if name in ("pulses", "after_s"):
            continue
        for value in (quantity.low, quantity.high):
            for others in ({}, worst, worst | {"amplitude_ua_cm2": 150.0, "duration_ms": 1.0}):
                settings = {"pulses": 30.0, **others, name: value}
                if settings.get("frequency_hz") == 1.0:
                    settings["pulses"] = 2.0
                trace = run_accounting(Accounting(**settings))
                assert all(isfinite(x) for x in measure_accounting(trace).values())
                for column in trace.columns:
                    assert all(isfinite(x) for x in trace.column(column))
