"""Conductances that stimuli open in a patch: synaptic events, and pressure on an ending."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import exp
from typing import NamedTuple

from simulator.membrane import Preparation, Transducer
from simulator.stimulus import Pressure, Stimulus, SynapticEvent

#: A conductance that comes and goes smoothly may be taken as constant for so long, and no longer
#: than for this share of the time in which it goes.
SMOOTH_MS, SMOOTH_SHARE = 0.1, 0.1


class Opened(NamedTuple):
    """What stimuli open in each time step: conductance in mS/cm2, and it times its reversal.

    Between two `edges` its mean may stand for it.
    """

    conductance: array[float]
    driven: array[float]
    edges: set[int]


def opened_per_step(
    stimuli: Sequence[Stimulus], preparation: Preparation, steps: int, dt_ms: float
) -> Opened | None:
    """Mean conductance over each of `steps` time steps; None where no stimulus opens any.

    Raises:
        ValueError: there is pressure, but the preparation feels none.
    """
    opened = Opened(array("d", bytes(8 * steps)), array("d", bytes(8 * steps)), set())
    for stimulus in stimuli:
        if isinstance(stimulus, SynapticEvent):
            reversal_mv, each = stimulus.reversal_mv, stimulus.open_per_step(steps, dt_ms)
            closing_ms = stimulus.tau_ms
        elif isinstance(stimulus, Pressure):
            if preparation.transducer is None:
                raise ValueError(
                    f"the {preparation.title} feels no pressure; the preparation receptor does"
                )
            reversal_mv = preparation.transducer.reversal_mv
            closing_ms = preparation.transducer.opening_ms
            each = _under_pressure(preparation.transducer, stimulus, steps, dt_ms)
        else:
            continue
        smooth = max(1, int(min(SMOOTH_MS, SMOOTH_SHARE * closing_ms) / dt_ms))
        step = 0
        for step, conductance in each:
            opened.conductance[step] += conductance
            opened.driven[step] += conductance * reversal_mv
        for onset_ms in (stimulus.start_ms, stimulus.end_ms):
            onset = int(onset_ms / dt_ms)
            opened.edges.update((onset, *range(onset + 1, step + 2, smooth), step + 1))
    return opened if opened.edges else None


def _under_pressure(
    transducer: Transducer, stimulus: Pressure, steps: int, dt_ms: float
) -> Iterator[tuple[int, float]]:
    """Conductance in mS/cm2 in the middle of each step that has any, by its number.

    The share of open channels saturates with pressure, opens and closes exponentially, and
    falls while the pressure stays: the ending adapts.
    """
    share = stimulus.pressure_kpa / (stimulus.pressure_kpa + transducer.half_kpa)
    most = transducer.conductance_ms_cm2 * share

    def held(since_ms: float) -> float:
        opening = 1.0 - exp(-since_ms / transducer.opening_ms)
        fading = (1.0 - transducer.adapts_to) * exp(-since_ms / transducer.adapting_ms)
        return most * opening * (transducer.adapts_to + fading)

    for step in range(int(stimulus.start_ms / dt_ms), steps):
        time_ms = (step + 0.5) * dt_ms
        if time_ms <= stimulus.start_ms:
            continue
        since_end_ms = time_ms - stimulus.end_ms
        if since_end_ms <= 0.0:
            yield step, held(time_ms - stimulus.start_ms)
        elif since_end_ms < 20.0 * transducer.opening_ms:
            yield step, held(stimulus.duration_ms) * exp(-since_end_ms / transducer.opening_ms)
