"""Runs of the accounting preparation: spikes in trains, and the ions that they move."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection
from itertools import chain, repeat
from math import ceil, exp, log
from numbers import Integral
from operator import neg

from simulator.accounting.cell import (
    LEAK_K,
    LEAK_NA,
    MM_UM_PER_NC_CM2,
    PMOL_PER_NC,
    Accounting,
    pump_activity,
    pump_capacity,
    resting_potential,
)
from simulator.accounting.trace import SAMPLED, AccountingTrace, PulseRecord
from simulator.ions import MAMMAL, NA_PER_CYCLE, thermal_mv
from simulator.kinetics import Gates, propagators
from simulator.measurements import SPIKE_MV, UPSTROKE_V_S, summit
from simulator.membrane import CORTICAL
from simulator.progress import Cancelled, Progress, silent
from simulator.quantity import check_list, check_number, checked
from simulator.stimulus import Pulse, current_per_step

#: Concentrations are held for a stretch of at most this long.
STRETCH_MS = 1.0
#: Steps in a stretch while the gates move, and while the membrane only nears its rest.
FINE_STEPS, COARSE_STEPS = 100, 4
#: The steps are fine, and a pulse is watched, for so long after it and while the potential is
#: above `ACTIVE_MV` and has moved by more than `STILL_MV` in a stretch.
SPIKE_MS = 5.0
ACTIVE_MV = -55.0
STILL_MV = 0.1
#: A trace has at most this many samples.
MOST_SAMPLES = 5000


def run_accounting(
    cell: Accounting, *, watch: Collection[int] = (), progress: Progress = silent
) -> AccountingTrace:
    """A train of pulses into a resting cell, with every ion counted.

    Args:
        cell: The cell and its train. The first pulse comes after 0.1 s or a little more; the
            samples of a long trace fall just before a pulse.
        watch: Numbers of the pulses, from 1, that leave a window with every step of the
            potential; the first pulse, the last and the last that fired always do.
        progress: Told the share that is done. Where it raises `Cancelled`, the trace up to
            there is returned.

    Method: as `patch.run`, with the leaks beside the gated conductances, and with long steps
    where no spike is. Where the length of the steps changes, the gates are for one step not half
    a step off the potential; that moves the Na of a spike by one part in a million. The charge
    of a stretch is the sum of exactly what moved the potential, and at its end moves the
    concentrations: nothing is lost in the books.

    Raises:
        TypeError: `cell` is no such cell.
        ValueError: `watch` names a pulse that the train does not have.
    """
    checked("cell", cell, Accounting, "Accounting(...)")
    check_list("watch", watch, "a number of watch", Integral, "a whole number")
    for number in watch:
        check_number("a number of watch", number, 1, cell.pulse_count)
    run = _Run(cell, frozenset(watch))
    try:
        progress(0.0)
        for period in range(cell.periods):
            run.one_period(period - cell.lead_periods + 1)
            progress((period + 1) / cell.periods)
    except Cancelled:
        return run.trace(complete=False)
    return run.trace(complete=True)


class _Neuron:
    """Potential, gates and ions at the end of the last stretch.

    Charges are in nC/cm2, positive outward; those through gated channels add up.
    """

    def __init__(self, cell: Accounting, stretch_ms: float) -> None:
        kinetics, temperature_c = CORTICAL.kinetics, CORTICAL.default_c
        self.stretch_ms = stretch_ms
        self.step_ms = {True: stretch_ms / FINE_STEPS, False: stretch_ms / COARSE_STEPS}
        self.tables = {
            fine: propagators(kinetics, temperature_c, dt_ms)
            for fine, dt_ms in self.step_ms.items()
        }
        self.thermal_mv = thermal_mv(temperature_c)

        self.na_in, self.k_in = MAMMAL.na_in_mm, MAMMAL.k_in_mm
        self.na_out, self.k_out = MAMMAL.na_out_mm, MAMMAL.k_out_mm
        self.inside = MM_UM_PER_NC_CM2 / cell.depth_um
        self.outside = self.kept = 0.0
        if depth_um := cell.space_depth_um:
            self.outside = MM_UM_PER_NC_CM2 / depth_um
            self.kept = exp(-cell.barrier_um_s / depth_um * stretch_ms * 1e-3)

        self.k_per_cycle = cell.k_per_cycle
        self.capacity = pump_capacity(cell)
        self.cycles = self.capacity * pump_activity(self.na_in, self.k_out)
        self.cycled = self.na_gated = self.k_gated = 0.0
        self.v = resting_potential((NA_PER_CYCLE - self.k_per_cycle) * self.cycles)
        self.gates = kinetics.steady(self.v)
        self.moved_mv = 0.0

    @property
    def active(self) -> bool:
        """Whether channels may be opening: the potential is high, and on the move."""
        return self.v > ACTIVE_MV and abs(self.moved_mv) > STILL_MV

    def advance(self, current: array[float], fine: bool, path: array[float]) -> None:
        """One stretch with a stimulus of `current` uA/cm2 a step; append each potential."""
        dt_ms, table = self.step_ms[fine], self.tables[fine]
        e_na = self.thermal_mv * log(self.na_out / self.na_in)
        e_k = self.thermal_mv * log(self.k_out / self.k_in)
        self.cycles = self.capacity * pump_activity(self.na_in, self.k_out)
        pump = (NA_PER_CYCLE - self.k_per_cycle) * self.cycles
        capacitance = CORTICAL.capacitance_uf_cm2
        inertia = 2.0 * capacitance / dt_ms
        g_na_max, g_k_max, leak_na, leak_k = CORTICAL.g_na, CORTICAL.g_k, LEAK_NA, LEAK_K
        cells, offset, add_v = table.CELLS_PER_MV, table.OFFSET, path.append
        na = potentials = 0.0
        v, (m, h, n) = self.v, self.gates
        for injected in current:
            keep_m, new_m, keep_h, new_h, keep_n, new_n = table[int(v * cells + offset)]
            m = m * keep_m + new_m
            h = h * keep_h + new_h
            n = n * keep_n + new_n
            g_na = g_na_max * m * m * m * h + leak_na
            n2 = n * n
            g_k = g_k_max * n2 * n2 + leak_k
            v_middle = (inertia * v + injected + g_na * e_na + g_k * e_k - pump) / (
                inertia + g_na + g_k
            )
            na += g_na * (v_middle - e_na)
            potentials += v_middle
            v = 2.0 * v_middle - v
            add_v(v)
        stretch_ms, charge = self.stretch_ms, sum(current) * dt_ms
        self.moved_mv = v - self.v
        self.v, self.gates = v, Gates(m, h, n)
        na *= dt_ms
        # All that did not stay on the membrane passed it; what was not Na or the pump was K.
        k = charge - capacitance * self.moved_mv - na - pump * stretch_ms
        potentials *= dt_ms
        self.na_gated += na - leak_na * (potentials - e_na * stretch_ms)
        self.k_gated += k - leak_k * (potentials - e_k * stretch_ms)
        self._move(na, k, charge)

    def _move(self, na: float, k: float, injected: float) -> None:
        """Move the ions: what passed the channels, what the electrode gave, and the pump."""
        cycled = self.cycles * self.stretch_ms
        self.cycled += cycled
        na += NA_PER_CYCLE * cycled
        k -= self.k_per_cycle * cycled
        self.na_in -= self.inside * na
        self.k_in += self.inside * (injected - k)
        bath_na, bath_k, kept = MAMMAL.na_out_mm, MAMMAL.k_out_mm, self.kept
        self.na_out = bath_na + (self.na_out + self.outside * na - bath_na) * kept
        self.k_out = bath_k + (self.k_out + self.outside * k - bath_k) * kept


class _Run:
    """A run in progress: the neuron, its stimulus and what has been recorded."""

    def __init__(self, cell: Accounting, watch: frozenset[int]) -> None:
        self.cell, self.watch = cell, watch
        self.stretches = ceil(cell.period_ms / STRETCH_MS)
        self.stretch_ms = cell.period_ms / self.stretches
        self.neuron = _Neuron(cell, self.stretch_ms)
        self.every = _thinned(cell.periods, self.stretches)

        pulse = Pulse(0.0, cell.duration_ms, cell.amplitude_ua_cm2)
        self.stimulated = ceil(cell.duration_ms / self.stretch_ms)
        self.stimulus = current_per_step(
            [pulse], self.stimulated * FINE_STEPS, self.neuron.step_ms[True]
        )
        self.watched = ceil((cell.duration_ms + SPIKE_MS) / self.stretch_ms)
        self.idle = {
            fine: array("d", bytes(8 * steps))
            for fine, steps in ((True, FINE_STEPS), (False, COARSE_STEPS))
        }
        self.done = 0
        self.voltage_mv = array("d")
        self.sampled = {name: array("d") for name in SAMPLED}
        self.pulses: list[PulseRecord] = []
        self.windows: dict[int, array[float]] = {}
        self.last: dict[bool, tuple[int, array[float]]] = {}
        self._sample()

    def one_period(self, number: int) -> None:
        """From just before pulse `number` to just before the next; there may be no pulse."""
        neuron = self.neuron
        start_ms = self.done * self.stretch_ms
        na, k = neuron.na_gated, neuron.k_gated
        path = array("d", [neuron.v])
        pulse = watching = 1 <= number <= self.cell.pulse_count
        for stretch in range(self.stretches):
            watching = watching and (stretch < self.watched or neuron.active)
            fine = watching or neuron.active
            current = self.idle[fine]
            if pulse and stretch < self.stimulated:
                current = self.stimulus[stretch * FINE_STEPS : (stretch + 1) * FINE_STEPS]
            self._advance(current, fine, path if watching else array("d"))
        if pulse:
            entered = PMOL_PER_NC * (na - neuron.na_gated)
            self._record(number, start_ms, path, entered, PMOL_PER_NC * (neuron.k_gated - k))

    def _advance(self, current: array[float], fine: bool, path: array[float]) -> None:
        ouabain_from_s = self.cell.ouabain_from_s
        if ouabain_from_s is not None and self.done * self.stretch_ms >= 1e3 * ouabain_from_s:
            self.neuron.capacity = 0.0
        self.neuron.advance(current, fine, path)
        self.done += 1
        if self.done % self.every == 0:
            self._sample()

    def _sample(self) -> None:
        neuron = self.neuron
        self.voltage_mv.append(neuron.v)
        for name, value in zip(
            SAMPLED,
            (
                neuron.na_in,
                neuron.k_in,
                neuron.na_out,
                neuron.k_out,
                1e3 * PMOL_PER_NC * NA_PER_CYCLE * neuron.cycles,
                PMOL_PER_NC * neuron.cycled,
            ),
            strict=True,
        ):
            self.sampled[name].append(value)

    def _record(
        self, number: int, start_ms: float, path: array[float], na: float, k: float
    ) -> None:
        dt_ms = self.neuron.step_ms[True]
        top = path.index(max(path))
        peak_mv = summit(path, top, dt_ms)[1]
        fired = self._fired(path, top)
        half_width_ms = _half_width(path, top, peak_mv, dt_ms) if fired else None
        self.pulses.append(PulseRecord(start_ms, path[0], peak_mv, half_width_ms, na, k, fired))
        if number == 1 or number in self.watch:
            self.windows[number] = path
        self.last[fired] = number, path

    def _fired(self, path: array[float], top: int) -> bool:
        """Whether the channels alone still raise the potential steeply above `SPIKE_MV`."""
        dt_ms, capacitance = self.neuron.step_ms[True], CORTICAL.capacitance_uf_cm2
        if path[0] >= SPIKE_MV or path[top] < SPIKE_MV:
            return False
        crossing = next(i for i, v in enumerate(path) if v >= SPIKE_MV)
        speed = ((path[i + 1] - path[i]) / dt_ms for i in range(crossing, top))
        stimulus = chain(self.stimulus[crossing:], repeat(0.0))
        return any(
            dvdt - injected / capacitance >= UPSTROKE_V_S
            for dvdt, injected in zip(speed, stimulus, strict=False)
        )

    def trace(self, complete: bool) -> AccountingTrace:
        """What has been recorded so far."""
        return AccountingTrace(
            cell=self.cell,
            dt_ms=self.every * self.stretch_ms,
            voltage_mv=self.voltage_mv,
            sampled=self.sampled,
            pulses=self.pulses,
            windows=dict(sorted((self.windows | dict(self.last.values())).items())),
            window_dt_ms=self.neuron.step_ms[True],
            complete=complete,
        )


def _thinned(periods: int, stretches: int) -> int:
    """Stretches from sample to sample: an even share of a period, or whole periods."""
    for every in range(1, stretches + 1):
        if stretches % every == 0 and periods * stretches // every <= MOST_SAMPLES:
            return every
    return stretches * ceil(periods / MOST_SAMPLES)


def _half_width(path: array[float], top: int, peak_mv: float, dt_ms: float) -> float | None:
    """Width in ms half way between the first value and the peak, if the window shows it."""
    half = (path[0] + peak_mv) / 2.0
    rise = bisect_left(path, half, 0, top)
    fall = bisect_left(path, -half, top, len(path), key=neg)
    if fall == len(path):
        return None
    up = rise - (path[rise] - half) / (path[rise] - path[rise - 1])
    down = fall - (half - path[fall]) / (path[fall - 1] - path[fall])
    return (down - up) * dt_ms
