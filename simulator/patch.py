"""The scalar kernel: one space-clamped patch of membrane, in plain Python."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from simulator.altered import AlteredMembrane, alter, bath_temperature
from simulator.changes import Changes
from simulator.kinetics import Gates, Propagators, propagators
from simulator.membrane import Preparation
from simulator.quantity import Quantity
from simulator.stimulus import TOTAL, Pulse, current_per_step
from simulator.trace import Stretch, Trace

RUN_DURATION = Quantity(
    "duration_ms", "ms", 0.0, 2000.0, 20.0, "Length of the run.", minimum_excluded=True
)
#: Steps between two questions to `ends_early`.
ASKED_EVERY = 20
TIME_STEP = Quantity(
    "dt_ms", "ms", 0.0005, 0.05, 0.01, "Time step; a coarser one misplaces the upstroke."
)


def run(
    preparation: Preparation,
    stimuli: Sequence[Pulse] = (),
    changes: Changes | None = None,
    *,
    duration_ms: float = RUN_DURATION.default,
    dt_ms: float = TIME_STEP.default,
    changes_from_ms: float = 0.0,
    exact: bool = False,
    ends_early: Callable[[array[float]], bool] | None = None,
) -> Trace:
    """Simulate a patch from its resting state.

    Args:
        preparation: The membrane.
        stimuli: Current pulses; they add up.
        changes: Alterations. Present from the start, they also shape the resting state.
        duration_ms: Length of the run.
        dt_ms: Time step.
        changes_from_ms: The changes set in at this time; before it the preparation is normal.
            A temperature holds for the whole run.
        exact: Compute every rate at the exact voltage in place of the 0.05 mV table.
        ends_early: Asked now and then with the voltage so far, in mV; the run ends once it
            answers true.

    Raises:
        ValueError: a value is out of range; the message names it.

    Method: staggered Crank-Nicolson, second order: the gates live half a step off the voltage
    and are moved by the exact solution at the voltage in between (Hines 1984, Int J Biomed
    Comput 15:69).
    """
    changes = changes or Changes()
    RUN_DURATION.check(duration_ms)
    TIME_STEP.check(dt_ms)
    onset = Quantity("changes_from_ms", "ms", 0.0, duration_ms, 0.0, "Onset of the changes.")
    onset.check(changes_from_ms)
    temperature_c = bath_temperature(preparation, changes)

    steps = max(1, round(duration_ms / dt_ms))
    current = current_per_step(stimuli, steps, dt_ms)
    if len(stimuli) > 1:
        for together in (min(current), max(current)):
            TOTAL.check(round(together, 6))
    table = propagators(preparation.kinetics, temperature_c, dt_ms)
    altered = alter(preparation, changes)
    switch = min(steps, round(changes_from_ms / dt_ms))
    stretches = [Stretch(0, alter(preparation, Changes()))] if switch else []
    stretches.append(Stretch(switch, altered))

    first = stretches[0].membrane
    rest_mv = first.resting_potential()
    samples = _Samples(rest_mv, first.steady_gates(rest_mv))
    ends = [stretch.first_sample for stretch in stretches[1:]] + [steps]
    for stretch, end in zip(stretches, ends, strict=True):
        pause = ASKED_EVERY if ends_early else max(1, end - stretch.first_sample)
        for start in range(stretch.first_sample, end, pause):
            chunk = current[start : min(end, start + pause)]
            samples.advance(stretch.membrane, chunk, table, dt_ms, exact)
            if ends_early and ends_early(samples.voltage_mv):
                break
    return Trace(
        preparation=preparation,
        changes=changes,
        stimuli=tuple(stimuli),
        dt_ms=dt_ms,
        stretches=tuple(stretches),
        voltage_mv=samples.voltage_mv,
        half_step_gates=(samples.m, samples.h, samples.n),
    )


class _Samples:
    """The samples of a run while it grows: V at whole steps, gates half a step earlier."""

    def __init__(self, voltage_mv: float, gates: Gates) -> None:
        self.voltage_mv = array("d", [voltage_mv])
        self.m, self.h, self.n = (array("d", [gate]) for gate in gates)

    def advance(
        self,
        membrane: AlteredMembrane,
        current: array[float],
        table: Propagators,
        dt_ms: float,
        exact: bool,
    ) -> None:
        """Append one sample for each step of `current`."""
        # Local names: attribute look-ups would take a third of the time of this loop.
        frozen_m, frozen_h, frozen_n = membrane.frozen_m, membrane.frozen_h, membrane.frozen_n
        all_free = frozen_m is None and frozen_h is None and frozen_n is None
        g_na_max, g_k_free, g_k_fixed = membrane.g_na, membrane.g_k_free, membrane.g_k_fixed
        e_na, e_k, g_leak = membrane.e_na_mv, membrane.e_k_mv, membrane.g_leak
        background = membrane.background_ua_cm2
        inertia = 2.0 * membrane.preparation.capacitance_uf_cm2 / dt_ms
        cells, offset, exact_row = table.CELLS_PER_MV, table.OFFSET, table.exact
        add_v, add_m = self.voltage_mv.append, self.m.append
        add_h, add_n = self.h.append, self.n.append
        v, m, h, n = self.voltage_mv[-1], self.m[-1], self.h[-1], self.n[-1]
        for injected in current:
            if exact:
                keep_m, new_m, keep_h, new_h, keep_n, new_n = exact_row(v)
            else:
                keep_m, new_m, keep_h, new_h, keep_n, new_n = table[int(v * cells + offset)]
            m = m * keep_m + new_m
            h = h * keep_h + new_h
            n = n * keep_n + new_n
            if not all_free:
                m = m if frozen_m is None else frozen_m
                h = h if frozen_h is None else frozen_h
                n = n if frozen_n is None else frozen_n
            g_na = g_na_max * m * m * m * h
            n2 = n * n
            g_k = g_k_free * n2 * n2 + g_k_fixed
            v_middle = (inertia * v + injected + g_na * e_na + g_k * e_k - background) / (
                inertia + g_na + g_k + g_leak
            )
            v = 2.0 * v_middle - v
            add_v(v)
            add_m(m)
            add_h(h)
            add_n(n)
