"""Stages: which part of the action potential each sample of a trace belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.measurements import find_spikes
from simulator.trace import Trace

#: In the order in which a spike passes through them.
STAGES = ("rest", "stimulus", "rising", "falling", "undershoot")
#: At rest: this close to the resting potential, and moving no faster than this.
AT_REST_MV = 1.0
AT_REST_V_S = 1.0


class StageSpan(NamedTuple):
    """Consecutive samples in one stage; `end` is the first sample after them."""

    stage: str
    start: int
    end: int


def stage_spans(trace: Trace) -> tuple[StageSpan, ...]:
    """The stages of `trace` as spans that cover every sample once, in order.

    `stimulus` runs from a pulse's onset to the upstroke, or to the end of the pulse where no
    spike follows; `rising` from the upstroke to the peak, `falling` from the peak, or from the
    end of the pulse, to the resting potential, `undershoot` from there until the membrane is
    at rest again.
    """
    spans: list[StageSpan] = []
    for i, stage in enumerate(_stage_of_each_sample(trace)):
        if spans and spans[-1].stage == stage:
            spans[-1] = spans[-1]._replace(end=i + 1)
        else:
            spans.append(StageSpan(stage, i, i + 1))
    return tuple(spans)


def _stage_of_each_sample(trace: Trace) -> Iterator[str]:
    rest = trace.voltage_mv[0]
    spikes = find_spikes(trace)
    upstrokes = {spike.upstroke for spike in spikes}
    peaks = {spike.peak for spike in spikes}
    pulses = {round(pulse.start_ms / trace.dt_ms) for pulse in trace.stimuli}
    last_upstroke = max(upstrokes, default=-1)
    injected = trace.column("stimulus_ua_cm2")
    stage = "rest"
    samples = zip(trace.voltage_mv, trace.column("dvdt_v_s"), injected, strict=True)
    for i, (v, speed, current) in enumerate(samples):
        if i in upstrokes:
            stage = "rising"
        elif i in peaks:
            stage = "falling"
        elif stage == "rising":
            pass
        elif i in pulses and stage != "falling":
            stage = "stimulus"
        elif stage == "stimulus" and current == 0.0 and i > last_upstroke:
            stage = "falling"
        elif stage == "falling" and v < rest:
            stage = "undershoot"
        elif current == 0.0 and abs(v - rest) <= AT_REST_MV and abs(speed) <= AT_REST_V_S:
            stage = "rest"
        yield stage
