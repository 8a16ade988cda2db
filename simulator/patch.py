"""The scalar kernel: one space-clamped patch of membrane, in plain Python."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, repeat
from math import inf
from typing import NamedTuple

from simulator.altered import AlteredMembrane, alter, bath_temperature
from simulator.changes import UNCHANGED, Changes, checked_changes
from simulator.kinetics import Gates, Propagators, strides
from simulator.membrane import Preparation, checked_preparation
from simulator.opened import SMOOTH_MS, opened_per_step
from simulator.progress import Progress, silent
from simulator.quantity import Quantity
from simulator.stimulus import TOTAL, Stimulus, check_stimuli, current_per_step, edges
from simulator.trace import Stretch, Trace

RUN_DURATION = Quantity(
    "duration_ms", "ms", 0.0, 2000.0, 20.0, "Length of the run.", minimum_excluded=True
)
TIME_STEP = Quantity(
    "dt_ms", "ms", 0.0005, 0.05, 0.01, "Time step; a coarser one misplaces the upstroke."
)
#: Steps between two questions to `ends_early`, and between two reports of progress.
ASKED_EVERY, REPORT_EVERY = 20, 10_000
#: Where the potential creeps, time steps are taken together, up to this long.
LONGEST_STRIDE_MS = 0.2
#: No higher above rest than this: further up, what a long stride loses decides when a slow
#: response turns into a spike.
CALM_MV = 2.0
#: A stride over which the trace bends by less than this is doubled, by more than that halved.
STRAIGHT_MV, BENT_MV = 0.003, 0.012


class Piece(NamedTuple):
    """Time steps from `first` to before `end` in which nothing that drives the patch changes."""

    first: int
    end: int
    membrane: AlteredMembrane
    current: float
    conductance: float
    driven: float
    starts_anew: bool


def run(
    preparation: Preparation,
    stimuli: Sequence[Stimulus] = (),
    changes: Changes | None = None,
    *,
    duration_ms: float = RUN_DURATION.default,
    dt_ms: float = TIME_STEP.default,
    changes_from_ms: float = 0.0,
    exact: bool = False,
    ends_early: Callable[[array[float]], bool] | None = None,
    progress: Progress = silent,
) -> Trace:
    """Simulate a patch from its resting state.

    Args:
        preparation: The membrane.
        stimuli: Currents and conductances; they add up.
        changes: Alterations. Present from the start, they also shape the resting state.
        duration_ms: Length of the run.
        dt_ms: Time step.
        changes_from_ms: The changes set in at this time; before it the preparation is normal.
            A temperature holds for the whole run.
        exact: Take every time step, with rates at the exact voltage in place of the 0.05 mV
            table.
        ends_early: Asked now and then with the voltage so far, in mV; the run ends once it
            answers true.
        progress: Told the share of the run that is done.

    Raises:
        TypeError: `preparation` is no preparation.
        ValueError: a value is out of range; the message names it.

    Method: staggered Crank-Nicolson, second order: the gates live half a step off the voltage
    and are moved by the exact solution at the voltage in between (Hines 1984, Int J Biomed
    Comput 15:69). While the voltage creeps, 2, 4, 8 ... steps are taken as one, and the samples
    between are put on a straight line.
    """
    checked_preparation(preparation)
    changes = checked_changes(changes)
    check_stimuli(stimuli)
    RUN_DURATION.check(duration_ms)
    TIME_STEP.check(dt_ms)
    onset = Quantity("changes_from_ms", "ms", 0.0, duration_ms, 0.0, "Onset of the changes.")
    onset.check(changes_from_ms)
    steps = max(1, round(duration_ms / dt_ms))
    switch = min(steps, round(changes_from_ms / dt_ms))
    stretches = [Stretch(0, alter(preparation, UNCHANGED))] if switch else []
    stretches.append(Stretch(switch, alter(preparation, changes)))

    temperature_c = bath_temperature(preparation, changes)
    kernel = _Kernel(stretches[0].membrane, temperature_c, dt_ms, exact)
    voltage_mv = array("d", [stretches[0].membrane.starting_potential(temperature_c)])
    for piece in _pieces(preparation, stimuli, stretches, steps, dt_ms, exact):
        pause = ASKED_EVERY if ends_early else REPORT_EVERY
        for first in range(piece.first, piece.end, pause):
            if first % REPORT_EVERY < pause:
                progress(first / steps)
            kernel.advance(piece, min(piece.end, first + pause) - first, voltage_mv)
            if ends_early and ends_early(voltage_mv):
                break
        else:
            continue
        break
    progress(1.0)
    return Trace(
        preparation=preparation,
        changes=changes,
        stimuli=tuple(stimuli),
        dt_ms=dt_ms,
        stretches=tuple(stretches),
        voltage_mv=voltage_mv,
    )


def _pieces(
    preparation: Preparation,
    stimuli: Sequence[Stimulus],
    stretches: Sequence[Stretch],
    steps: int,
    dt_ms: float,
    exact: bool,
) -> Iterator[Piece]:
    current = current_per_step(stimuli, steps, dt_ms)
    if len(stimuli) > 1:
        for together in (min(current), max(current)):
            TOTAL.check(round(together, 6))
    opened = opened_per_step(stimuli, preparation, steps, dt_ms)
    switches = [stretch.first_sample for stretch in stretches]
    # One step on its own before each switch: no stride moves the gates across it.
    smooth = 1 if exact else max(1, int(SMOOTH_MS / dt_ms))
    starts = {0, *switches, *(switch - 1 for switch in switches)}
    starts |= edges(stimuli, steps, dt_ms, smooth)
    if opened:
        starts |= set(range(steps)) if exact else opened.edges
    membranes = iter(stretches)
    upcoming = next(membranes, None)
    order = sorted(start for start in starts if 0 <= start < steps)
    for first, end in zip(order, [*order[1:], steps], strict=True):
        anew = upcoming is not None and first == upcoming.first_sample
        if upcoming is not None and anew:
            membrane, upcoming = upcoming.membrane, next(membranes, None)
        yield Piece(
            first,
            end,
            membrane,
            current[first]
            if current[first] == current[end - 1]
            else sum(current[first:end]) / (end - first),
            sum(opened.conductance[first:end]) / (end - first) if opened else 0.0,
            sum(opened.driven[first:end]) / (end - first) if opened else 0.0,
            anew or current[first] != current[first - 1],
        )


class _Kernel:
    """The state of a patch while a run goes on: V at whole steps, gates half a stride earlier."""

    def __init__(
        self, first: AlteredMembrane, temperature_c: float, dt_ms: float, exact: bool
    ) -> None:
        rest_mv = first.resting_potential()
        self.gates = first.steady_gates(rest_mv)
        self._calm_mv = rest_mv + CALM_MV
        self.lidocaine = first.steady_lidocaine(self.gates.h)
        self._temperature_c, self._dt_ms, self._exact = temperature_c, dt_ms, exact
        self._longest = 1
        while not exact and 2 * self._longest * dt_ms <= LONGEST_STRIDE_MS:
            self._longest *= 2
        self._stride = self._last = 1
        self._slope = 0.0

    def advance(self, piece: Piece, steps: int, voltage_mv: array[float]) -> None:
        """Append `steps` samples to `voltage_mv`, under what `piece` says."""
        # Local names: attribute look-ups would take a third of the time of this loop.
        membrane, exact, longest = piece.membrane, self._exact, self._longest
        calm_mv = self._calm_mv
        frozen_m, frozen_h, frozen_n = membrane.frozen_m, membrane.frozen_h, membrane.frozen_n
        bound = self.lidocaine
        special = (
            membrane.lasting_na
            or membrane.lidocaine_um
            or (frozen_m, frozen_h, frozen_n) != (None, None, None)
        )
        g_na_max, g_k_free = membrane.g_na, membrane.g_k_free
        e_na, e_k = membrane.e_na_mv, membrane.e_k_mv
        g_rest = membrane.g_leak + membrane.g_k_fixed + piece.conductance
        source = piece.current + piece.driven - membrane.background_ua_cm2
        source += membrane.g_k_fixed * e_k
        inertia = 2.0 * membrane.preparation.capacitance_uf_cm2 / self._dt_ms
        cells, offset = Propagators.CELLS_PER_MV, Propagators.OFFSET
        append, extend = voltage_mv.append, voltage_mv.extend
        v, (m, h, n) = voltage_mv[-1], self.gates
        stride, last = 1 if piece.starts_anew else self._stride, self._last
        tables = strides(membrane.kinetics, self._temperature_c, self._dt_ms)
        left, last_slope = steps, inf if piece.starts_anew else self._slope
        halves, table = 2, tables[2]
        while left:
            while stride > left:
                stride >>= 1
            if last + stride != halves:
                halves = last + stride
                table = tables[halves]
            keep_m, new_m, keep_h, new_h, keep_n, new_n = (
                table.exact(v) if exact else table[int(v * cells + offset)]
            )
            m = m * keep_m + new_m
            h = h * keep_h + new_h
            n = n * keep_n + new_n
            available = h
            if special:
                m = m if frozen_m is None else frozen_m
                h = h if frozen_h is None else frozen_h
                n = n if frozen_n is None else frozen_n
                available = membrane.available_na(h, bound)
                if membrane.lidocaine_um:
                    binding = membrane.lidocaine_binding(h, bound)
                    bound += binding * (last + stride) * self._dt_ms / 2.0
            g_na = g_na_max * m * m * m * available
            n2 = n * n
            g_k = g_k_free * n2 * n2
            held = inertia / stride
            middle = (held * v + source + g_na * e_na + g_k * e_k) / (held + g_na + g_k + g_rest)
            if stride == 1 and middle > calm_mv:
                v = 2.0 * middle - v
                append(v)
                left -= 1
                last = 1
                continue
            slope = 2.0 * (middle - v) / stride
            extend(accumulate(repeat(slope, stride - 1), initial=v + slope))
            v = voltage_mv[-1]
            left -= stride
            last = stride
            bend = (slope - last_slope) * stride
            last_slope = slope
            if stride < longest and v < calm_mv and -STRAIGHT_MV < bend < STRAIGHT_MV:
                stride *= 2
            elif stride > 1 and (v >= calm_mv or not -BENT_MV < bend < BENT_MV):
                stride >>= 1
        self.gates = Gates(m, h, n)
        self.lidocaine, self._stride, self._last, self._slope = bound, stride, last, last_slope
