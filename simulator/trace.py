"""A trace: what a run of a space-clamped preparation gives back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from simulator.altered import AlteredMembrane
from simulator.changes import Changes
from simulator.membrane import Preparation, RefractoryPeriods
from simulator.recording import Column, Recording
from simulator.stimulus import Pulse, current_per_step

if TYPE_CHECKING:
    from simulator.stages import StageSpan


#: Every column of a trace. Currents are positive outward, the stimulus positive depolarising.
COLUMNS: dict[str, Column] = {
    "time_ms": Column("time", "ms"),
    "voltage_mv": Column("membrane potential", "mV"),
    "stimulus_ua_cm2": Column("stimulus current", "uA/cm2"),
    "m": Column("m gate", ""),
    "h": Column("h gate", ""),
    "n": Column("n gate", ""),
    "na_open": Column("Na channels open", ""),
    "na_inactivated": Column("Na channels inactivated", ""),
    "na_closed": Column("Na channels closed", ""),
    "g_na": Column("Na conductance", "mS/cm2"),
    "g_k": Column("K conductance", "mS/cm2"),
    "i_na": Column("Na current", "uA/cm2"),
    "i_k": Column("K current", "uA/cm2"),
    "i_leak": Column("leak current", "uA/cm2"),
    "i_pump": Column("pump current", "uA/cm2"),
    "i_ion": Column("net ionic current", "uA/cm2"),
    "dvdt_v_s": Column("rate of change by the ionic current", "V/s"),
}


class Stretch(NamedTuple):
    """From `first_sample` on, `membrane` holds."""

    first_sample: int
    membrane: AlteredMembrane


@dataclass(eq=False)
class Trace(Recording):
    """A run of a patch.

    `half_step_gates` are m, h and n as the kernel leaves them: sample i belongs to half a step
    before sample i of the voltage. Everything else is computed from these when first asked for.
    """

    columns = COLUMNS

    preparation: Preparation
    changes: Changes
    stimuli: tuple[Pulse, ...]
    dt_ms: float
    stretches: tuple[Stretch, ...]
    voltage_mv: array[float]
    half_step_gates: tuple[array[float], array[float], array[float]]

    def _values(self, name: str) -> Iterable[float]:
        return _COMPUTE[name](self)

    @property
    def stages(self) -> tuple[StageSpan, ...]:
        """The stages that follow each other from the first sample to the last."""
        from simulator.stages import stage_spans

        return stage_spans(self)

    @property
    def refractory(self) -> RefractoryPeriods | None:
        """The refractory periods of the preparation; None where changes make them unknown."""
        return None if self.changes.active else self.preparation.refractory


def _gate(index: int) -> Callable[[Trace], Iterable[float]]:
    def at_whole_steps(trace: Trace) -> Iterable[float]:
        half = trace.half_step_gates[index]
        yield from ((before + after) / 2.0 for before, after in pairwise(half))
        yield half[-1]

    return at_whole_steps


def _by_stretch(trace: Trace, value: Callable[[AlteredMembrane], float]) -> Iterable[float]:
    """The constant `value` of the membrane that holds, for each sample."""
    ends = [stretch.first_sample for stretch in trace.stretches[1:]] + [len(trace)]
    for stretch, end in zip(trace.stretches, ends, strict=True):
        constant = value(stretch.membrane)
        for _ in range(stretch.first_sample, end):
            yield constant


def _over(
    formula: Callable[..., float], *names: str, of: tuple[str, ...] = ()
) -> Callable[[Trace], Iterable[float]]:
    """A column computed from the columns `names` and the membrane's constants `of`."""

    def compute(trace: Trace) -> Iterable[float]:
        columns = [trace.column(name) for name in names]
        constants = [_by_stretch(trace, attrgetter(name)) for name in of]
        return map(formula, *columns, *constants)

    return compute


_COMPUTE: dict[str, Callable[[Trace], Iterable[float]]] = {
    "time_ms": lambda trace: (i * trace.dt_ms for i in range(len(trace))),
    "stimulus_ua_cm2": lambda trace: current_per_step(trace.stimuli, len(trace), trace.dt_ms),
    "m": _gate(0),
    "h": _gate(1),
    "n": _gate(2),
    "na_open": _over(lambda m, h: m**3 * h, "m", "h"),
    "na_inactivated": _over(lambda h: 1.0 - h, "h"),
    "na_closed": _over(lambda m, h: h * (1.0 - m**3), "m", "h"),
    "g_na": _over(lambda share, g: share * g, "na_open", of=("g_na",)),
    "g_k": _over(lambda n, free, fixed: free * n**4 + fixed, "n", of=("g_k_free", "g_k_fixed")),
    "i_na": _over(lambda v, g, e: g * (v - e), "voltage_mv", "g_na", of=("e_na_mv",)),
    "i_k": _over(lambda v, g, e: g * (v - e), "voltage_mv", "g_k", of=("e_k_mv",)),
    "i_leak": lambda trace: (
        trace.preparation.g_leak * (v - trace.preparation.e_leak_mv)
        - trace.preparation.pump_ua_cm2
        for v in trace.voltage_mv
    ),
    "i_pump": lambda trace: _by_stretch(trace, lambda membrane: membrane.pump_ua_cm2),
    "i_ion": _over(lambda *currents: sum(currents), "i_na", "i_k", "i_leak", "i_pump"),
    "dvdt_v_s": lambda trace: (
        -i / trace.preparation.capacitance_uf_cm2 for i in trace.column("i_ion")
    ),
}
