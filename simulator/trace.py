"""A trace: what a run of a space-clamped preparation gives back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from simulator.altered import AlteredMembrane, bath_temperature
from simulator.changes import Changes
from simulator.ions import ions_pmol_cm2
from simulator.kinetics import strides
from simulator.membrane import Preparation, RefractoryPeriods
from simulator.opened import opened_per_step
from simulator.quantity import check_name, check_number
from simulator.recording import Column, Recording, check_time
from simulator.stimulus import Current, Stimulus, current_per_step, edges

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
    "na_available": Column("Na channels not inactivated", ""),
    "na_open": Column("Na channels open", ""),
    "na_inactivated": Column("Na channels inactivated", ""),
    "na_closed": Column("Na channels closed", ""),
    "na_blocked": Column("Na channels blocked", ""),
    "lidocaine": Column("Na channels with lidocaine", ""),
    "g_na": Column("Na conductance", "mS/cm2"),
    "g_k": Column("K conductance", "mS/cm2"),
    "i_na": Column("Na current", "uA/cm2"),
    "i_k": Column("K current", "uA/cm2"),
    "i_leak": Column("leak current", "uA/cm2"),
    "i_pump": Column("pump current", "uA/cm2"),
    "i_ion": Column("net ionic current", "uA/cm2"),
    "driving_na_mv": Column("driving force on Na", "mV"),
    "driving_k_mv": Column("driving force on K", "mV"),
    "dvdt_v_s": Column("rate of change by the ionic current", "V/s"),
}


#: A stimulus current that has not changed for so long is steady.
STEADY_MS = 2.0
#: A smaller difference between two currents is a rounding error.
SAME_UA_CM2 = 1e-9


class Stretch(NamedTuple):
    """From `first_sample` on, `membrane` holds."""

    first_sample: int
    membrane: AlteredMembrane


@dataclass(eq=False)
class Trace(Recording):
    """A run of a patch; all but the voltage is computed from it when first asked for."""

    columns = COLUMNS

    preparation: Preparation
    changes: Changes
    stimuli: tuple[Stimulus, ...]
    dt_ms: float
    stretches: tuple[Stretch, ...]
    voltage_mv: array[float]

    @cached_property
    def gates(self) -> dict[str, array[float]]:
        """Columns m, h, n and lidocaine: they follow from the voltage, so a run keeps none.

        Over each time step the gates are solved exactly at the voltage in its middle.
        """
        kept = {name: array("d") for name in ("m", "h", "n", "lidocaine")}
        temperature_c = bath_temperature(self.preparation, self.changes)
        first = self.stretches[0].membrane
        m, h, n = first.steady_gates(self.voltage_mv[0])
        bound = first.steady_lidocaine(h)
        for (start, membrane), end in zip(self.stretches, self._stretch_ends, strict=True):
            table = strides(membrane.kinetics, temperature_c, self.dt_ms)[2]
            cells, offset = table.CELLS_PER_MV, table.OFFSET
            for v in self.voltage_mv[start:end]:
                keep_m, add_m, keep_h, add_h, keep_n, add_n = table[int(v * cells + offset)]
                # Half a step before this sample, and half a step after it.
                m0, h0, n0 = m, h, n
                m, h, n = m * keep_m + add_m, h * keep_h + add_h, n * keep_n + add_n
                if membrane.frozen_m is not None:
                    m0 = m = membrane.frozen_m
                if membrane.frozen_h is not None:
                    h0 = h = membrane.frozen_h
                if membrane.frozen_n is not None:
                    n0 = n = membrane.frozen_n
                kept["m"].append((m0 + m) / 2.0)
                kept["h"].append((h0 + h) / 2.0)
                kept["n"].append((n0 + n) / 2.0)
                kept["lidocaine"].append(bound)
                if membrane.lidocaine_um:
                    bound += membrane.lidocaine_binding(h, bound) * self.dt_ms
        return kept

    @property
    def _stretch_ends(self) -> list[int]:
        return [stretch.first_sample for stretch in self.stretches[1:]] + [len(self)]

    def steady_from(self, sample: int) -> int | None:
        """The sample from which the stimulus current has been what it is at `sample`.

        None where that is less than `STEADY_MS` before, where there is no current, and where
        anything but a current is a stimulus.

        Raises:
            ValueError: there is no such sample.
        """
        check_number("sample", sample, 0, len(self) - 1)
        if not all(isinstance(stimulus, Current) for stimulus in self.stimuli):
            return None
        if self.column("stimulus_ua_cm2")[sample] == 0.0:
            return None
        last = max((edge for edge in self._edges if edge <= sample), default=0)
        return last if (sample - last) * self.dt_ms >= STEADY_MS else None

    @cached_property
    def _edges(self) -> list[int]:
        """The samples from which the stimulus current is another than before."""
        current = self.column("stimulus_ua_cm2")
        found = edges(self.stimuli, len(self), self.dt_ms, 1)
        return [i for i in found if i and abs(current[i] - current[i - 1]) > SAME_UA_CM2]

    def moved_pmol_cm2(self, current: str, start_ms: float, end_ms: float) -> float:
        """Ions of one charge that a current column moved between two times, outward positive.

        Raises:
            ValueError: the times are not in order or outside the run, or there is no such current.
        """
        currents = [name for name, column in self.columns.items() if column.unit == "uA/cm2"]
        check_name("current", current, currents)
        check_time(start_ms, self.duration_ms, "start_ms")
        check_time(end_ms, self.duration_ms, "end_ms")
        if start_ms > end_ms:
            raise ValueError(
                f"{start_ms:g} to {end_ms:g} ms is no stretch of a run of {self.duration_ms:g} ms"
            )
        samples = self.column(current)[
            round(start_ms / self.dt_ms) : round(end_ms / self.dt_ms) + 1
        ]
        charge_nc_cm2 = (sum(samples) - (samples[0] + samples[-1]) / 2.0) * self.dt_ms
        return ions_pmol_cm2(charge_nc_cm2 / 1000.0)

    def _values(self, name: str) -> Iterable[float]:
        return _COMPUTE[name](self)

    @cached_property
    def stages(self) -> tuple[StageSpan, ...]:
        """The stages that follow each other from the first sample to the last."""
        from simulator.stages import stage_spans

        return stage_spans(self)

    @property
    def refractory(self) -> RefractoryPeriods | None:
        """The refractory periods of the preparation; None where changes make them unknown."""
        return None if self.changes.active else self.preparation.refractory


def _by_stretch(trace: Trace, value: Callable[[AlteredMembrane], float]) -> Iterable[float]:
    """The constant `value` of the membrane that holds, for each sample."""
    for stretch, end in zip(trace.stretches, trace._stretch_ends, strict=True):
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
    "stimulus_ua_cm2": lambda trace: _stimulus(trace),
    "m": lambda trace: trace.gates["m"],
    "h": lambda trace: trace.gates["h"],
    "n": lambda trace: trace.gates["n"],
    "na_available": _over(
        lambda h, lasting: lasting + (1.0 - lasting) * h, "h", of=("lasting_na",)
    ),
    "na_open": _over(lambda m, available: m**3 * available, "m", "na_available"),
    "na_inactivated": _over(lambda available: 1.0 - available, "na_available"),
    "na_closed": _over(lambda m, available: available * (1.0 - m**3), "m", "na_available"),
    "na_blocked": _over(
        lambda bound, g, most: 1.0 - (1.0 - bound) * g / most,
        "lidocaine",
        of=("g_na", "preparation.g_na"),
    ),
    "lidocaine": lambda trace: trace.gates["lidocaine"],
    "g_na": _over(
        lambda share, blocked, most: share * (1.0 - blocked) * most,
        "na_open",
        "na_blocked",
        of=("preparation.g_na",),
    ),
    "g_k": _over(lambda n, free, fixed: free * n**4 + fixed, "n", of=("g_k_free", "g_k_fixed")),
    "i_na": _over(lambda v, g, e: g * (v - e), "voltage_mv", "g_na", of=("e_na_mv",)),
    "i_k": _over(lambda v, g, e: g * (v - e), "voltage_mv", "g_k", of=("e_k_mv",)),
    "i_leak": _over(
        lambda v, g, at_zero: g * v + at_zero,
        "voltage_mv",
        of=("g_leak", "leak_at_zero_ua_cm2"),
    ),
    "i_pump": lambda trace: _by_stretch(trace, lambda membrane: membrane.pump_ua_cm2),
    "i_ion": _over(lambda *currents: sum(currents), "i_na", "i_k", "i_leak", "i_pump"),
    "driving_na_mv": _over(lambda v, e: v - e, "voltage_mv", of=("e_na_mv",)),
    "driving_k_mv": _over(lambda v, e: v - e, "voltage_mv", of=("e_k_mv",)),
    "dvdt_v_s": lambda trace: _speed(trace),
}


def _stimulus(trace: Trace) -> Iterable[float]:
    steps, dt_ms = len(trace), trace.dt_ms
    current = current_per_step(trace.stimuli, steps, dt_ms)
    opened = opened_per_step(trace.stimuli, trace.preparation, steps, dt_ms)
    if opened is None:
        return current
    each = zip(current, opened.conductance, opened.driven, trace.voltage_mv, strict=True)
    return (injected + driven - g * v for injected, g, driven, v in each)


def _speed(trace: Trace) -> Iterable[float]:
    """By how much the voltage moves in a step, less what the stimulus does in it."""
    stimulus, capacitance = trace.column("stimulus_ua_cm2"), trace.preparation.capacitance_uf_cm2
    moves = (after - before for before, after in pairwise(trace.voltage_mv))
    speeds = [
        move / trace.dt_ms - injected / capacitance
        for move, injected in zip(moves, stimulus, strict=False)
    ]
    yield speeds[0]
    yield from ((before + after) / 2.0 for before, after in pairwise(speeds))
    yield speeds[-1]
