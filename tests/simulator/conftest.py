"""Runs that several tests look at."""

from array import array
from functools import cache

import numpy as np
import pytest

from simulator import TEXTBOOK, Changes, Pulse, Trace, run, threshold

START_MS = 1.0


@cache
def _shock(preparation, multiple, start_ms, temperature_c):
    at = Changes(temperature_c=temperature_c)
    return Pulse(start_ms, 0.5, multiple * threshold(preparation, 0.5, at).amplitude_ua_cm2)


@cache
def _spike(preparation, multiple, changes, duration_ms, dt_ms, changes_from_ms):
    pulse = _shock(preparation, multiple, START_MS, changes.temperature_c)
    return run(
        preparation,
        [pulse],
        changes,
        duration_ms=duration_ms,
        dt_ms=dt_ms,
        changes_from_ms=changes_from_ms,
        exact=True,
    )


@pytest.fixture(scope="session")
def shock():
    """A pulse of 0.5 ms, `multiple` times as strong as the weakest that fires."""

    def make(preparation, multiple, start_ms=START_MS, temperature_c=None):
        return _shock(preparation, multiple, start_ms, temperature_c)

    return make


@pytest.fixture(scope="session")
def spike():
    """The response to one such pulse at 1 ms; the threshold is the unchanged preparation's."""

    def make(
        preparation, multiple, *, duration_ms=30.0, dt_ms=0.005, changes_from_ms=0.0, **changes
    ):
        return _spike(
            preparation, multiple, Changes(**changes), duration_ms, dt_ms, changes_from_ms
        )

    return make


@pytest.fixture(scope="session")
def drawn():
    """A trace drawn by hand as straight lines through `(time in ms, mV)` points.

    The ionic current is made to fit the lines, so that a pulse given along with them is only
    known by its times.
    """

    def draw(*points, stimuli=(), dt_ms=0.01):
        times, potentials = zip(*points, strict=True)
        count = round(times[-1] / dt_ms) + 1
        voltage = np.interp(np.arange(count) * dt_ms, times, potentials)
        speed = np.diff(voltage, append=voltage[-1]) / dt_ms
        trace = Trace(
            preparation=TEXTBOOK,
            changes=Changes(),
            stimuli=tuple(stimuli),
            dt_ms=dt_ms,
            stretches=(),
            voltage_mv=array("d", voltage),
        )
        trace._computed["dvdt_v_s"] = array("d", speed)
        return trace

    return draw
