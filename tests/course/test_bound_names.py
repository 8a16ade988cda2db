"""The names that content may use are those that runs have, and cost no library of numbers."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from simulator.progress import Cancelled
from tutor.course import scenario as scenarios
from tutor.course.expression import ExpressionError
from tutor.course.names import (
    PREPARATION_NAMES,
    columns_of,
    measurement,
    names_of,
)
from tutor.course.scenario import RunCache, default_scenario, simulate
from tutor.course.scenario_fields import PulseSpec, Scenario


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_a_run_measures_nothing_that_has_no_name(preparation):
    run = simulate(default_scenario(preparation))
    assert set(run.everything) <= set(names_of(preparation))
    assert set(run.everything) >= set(run.measurements)


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_a_run_has_the_columns_that_content_may_name(preparation):
    run = simulate(default_scenario(preparation))
    known = columns_of(preparation)
    for watched in run.recordings:
        for name, column in watched.recording.columns.items():
            assert known[name].unit == column.unit, name
    found = {name for watched in run.recordings for name in watched.recording.columns}
    assert set(known) - found <= {"clamp_ua_cm2"}


def test_a_name_has_one_unit_in_all_preparations():
    for preparation in PREPARATION_NAMES:
        for name, here in names_of(preparation).items():
            known = measurement(name)
            assert known is not None
            assert known.unit == here.unit, (preparation, name)


def test_each_name_is_measured_or_says_why_not():
    for preparation in PREPARATION_NAMES:
        run = simulate(default_scenario(preparation))
        found = run.everything
        for name in names_of(preparation):
            if name in found:
                assert isinstance(run.value(name), float), name
                continue
            with pytest.raises(ExpressionError, match=f"^{name}: .*[a-z)]$"):
                run.value(name)


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import tutor.course.loader", True),
        (
            "from tutor.course.expression import Template\n"
            "Template('{soma_psp_mv} {velocity_m_s} {flux_na_pmol_cm2_s}')",
            True,
        ),
        (
            "from tutor.course.scenario import *\n"
            "for n in ('axon', 'dendrite', 'myelinated', 'accounting', 'resting'):\n"
            "    s = default_scenario(n); set_up_line(s); settings_of(s)\n"
            "simulate(default_scenario('textbook')); simulate(default_scenario('resting'))",
            True,
        ),
        ("from tutor.course.scenario import *; simulate(default_scenario('axon'))", False),
    ],
)
def test_no_library_of_numbers_is_loaded_before_a_cable_runs(code, heavy):
    asked = f"import sys\n{code}\nprint('numpy' in sys.modules or 'scipy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(not heavy)


def _axon(start_ms):
    pulse = PulseSpec(times_threshold=1.5, start_ms=start_ms)
    return Scenario(preparation="axon", stimuli=(pulse,), duration_ms=40)


def test_kept_runs_take_no_more_memory_than_they_may(monkeypatch):
    cache = RunCache()
    first = cache.run(_axon(1))
    assert cache.run(_axon(1)) is first
    monkeypatch.setattr(scenarios, "MOST_BYTES", 3 * first.weight_bytes)
    for start_ms in range(2, 9):
        cache.run(_axon(start_ms))
    kept = list(cache._runs.values())
    assert 1 <= len(kept) <= 3
    assert sum(run.weight_bytes for run in kept) <= 3 * first.weight_bytes
    assert cache.misses == 8
    assert cache.run(_axon(1)) is not first


def test_a_kept_run_weighs_more_with_each_column_that_was_asked_for():
    run = RunCache().run(Scenario(preparation="textbook"))
    trace = run.trace
    before = run.weight_bytes
    for name in trace.columns:
        trace.column(name)
    # The gates may be kept twice: once for all, once for whoever asked for them.
    columns = (run.weight_bytes - before) / trace.voltage_mv.itemsize / len(trace)
    assert len(trace.columns) - 4 < columns < len(trace.columns) + 8


def test_runs_that_stand_in_one_picture_are_kept_however_large_they_are(monkeypatch):
    monkeypatch.setattr(scenarios, "MOST_BYTES", 1)
    cache = RunCache()
    made = [cache.run(_axon(number)) for number in (1, 2, 3, 4)]
    assert [cache.keeps(_axon(number)) for number in (1, 2, 3, 4)] == [False, True, True, True]
    assert cache.run(_axon(2)) is made[1]


def test_a_run_that_another_thread_makes_is_waited_for_and_made_once():
    cache = RunCache()
    begun, go_on = Event(), Event()

    def hold(share: float) -> None:
        begun.set()
        assert go_on.wait(10.0)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cache.run, _axon(1), hold)
        assert begun.wait(10.0)
        second = threads.submit(cache.run, _axon(1))
        go_on.set()
        assert first.result() is second.result()
    assert cache.misses == 1


def test_a_run_that_is_stopped_is_made_by_the_next_who_asks():
    cache = RunCache()

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        cache.run(_axon(1), stop)
    assert not cache.keeps(_axon(1))
    assert cache.run(_axon(1)).measurements
