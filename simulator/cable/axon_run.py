"""Runs of the unmyelinated axon, and the threshold of its stimuli."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, pi, sqrt
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from simulator.altered import alter, bath_temperature
from simulator.cable.axon import AXON, AXON_MEMBRANE, CONDUCTS_UP_TO_C, MM_PER_CM, UM_PER_CM, Axon
from simulator.cable.channels import Channels, Floats
from simulator.cable.electrode import CURRENT, Electrode, currents_of
from simulator.cable.kernel import Chain, march, resting_state, steps_of
from simulator.cable.space_time import SpaceTimeTrace
from simulator.changes import Changes, checked_changes
from simulator.measurements import SPIKE_MV
from simulator.patch import RUN_DURATION, TIME_STEP
from simulator.progress import Progress, part, searched, silent
from simulator.quantity import Quantity, check_list, checked, checked_or_default
from simulator.stimulus import START

#: Space and time steps of the standard axon at 18.5 degrees C: 1/14 of the length constant at
#: rest. The wave is then 1.0 % slow, 0.7 % of it by the time step; at 6.3 degrees C 0.2 %.
SPACE_MM, STEP_MS = 0.5, 0.025
FEWEST_COMPARTMENTS = 20
SPACE_STEP = Quantity(
    "space_mm", "mm", 1e-3, 2.0, SPACE_MM, "Length of the compartments, at most."
)
AXON_RUN = replace(RUN_DURATION, high=100.0)
#: The usual stimulus: nearly three times the threshold of the end of any axon at 18.5 degrees C,
#: and 1.4 times that of its middle, where current goes both ways.
PULSE_MS = 0.2
USUAL_NA = 10_000.0
THRESHOLD_PULSE = Quantity(
    "pulse_ms", "ms", 0.0, 5.0, PULSE_MS, "How long the pulse lasts.", minimum_excluded=True
)
THRESHOLD_START = replace(START, high=AXON_RUN.high, default=0.0)
STRONGEST = replace(CURRENT, name="strongest_na", low=0.0, minimum_excluded=True)
#: A threshold is known to this share; after the pulse a wave is awaited so long.
TOLERANCE = 1e-4
PATIENCE_MS = 30.0
#: No threshold is sought finer than to this share of the usual stimulus.
FINEST = 1e-7
#: Here, in the standard axon, a wave is awaited: seven length constants away.
JUDGED_MM = 50.0


def usual_stimulus(axon: Axon, x_mm: float = 0.0, start_ms: float = 0.5) -> Electrode:
    """A pulse nearly three times as strong as it needs to be at an end of `axon`."""
    checked("axon", axon, Axon, "Axon(...)")
    return Electrode(x_mm, start_ms, PULSE_MS, USUAL_NA * _load(axon))


def run_axon(
    axon: Axon | None = None,
    electrodes: Sequence[Electrode] | None = None,
    changes: Changes | None = None,
    *,
    duration_ms: float = AXON_RUN.default,
    dt_ms: float | None = None,
    space_mm: float | None = None,
    until_rest: bool = True,
    progress: Progress = silent,
) -> SpaceTimeTrace:
    """Simulate an unmyelinated axon from its resting state.

    Args:
        axon: The axon; Hodgkin and Huxley's by default.
        electrodes: Stimuli; they add up. By default one pulse at the end where x is 0.
        changes: Alterations of the whole membrane, present from the start.
        duration_ms: Length of the run.
        dt_ms: Time step; by default 0.025 ms, and a fraction of it in warmth.
        space_mm: The longest compartment; by default 0.5 mm in the standard axon, and in
            proportion to the length constant in others.
        until_rest: End the run, and the trace, once the stimuli are over and every place is
            back at rest.
        progress: Told the share of the run that is done.

    Raises:
        ValueError: a value is out of range, an electrode lies outside the axon, the run is too
            large, or the axon has no resting state.
    """
    axon, changes = checked_or_default("axon", axon, Axon), checked_changes(changes)
    if electrodes is None:
        electrodes = [usual_stimulus(axon)]
    AXON_RUN.check(duration_ms)
    dt_ms = _fitting_step(changes) if dt_ms is None else TIME_STEP.check(dt_ms)
    if space_mm is not None:
        SPACE_STEP.check(space_mm)
    chain = chain_of(axon, changes, space_mm)
    steps = steps_of(duration_ms, dt_ms, chain, "an axon")
    return SpaceTimeTrace(
        chain,
        dt_ms,
        march(
            chain,
            steps,
            dt_ms,
            currents=currents_of(chain, electrodes, steps, dt_ms),
            rest_mv=_rest(axon, changes, chain),
            until_rest=until_rest,
            progress=progress,
        ),
    )


def axon_threshold(
    axon: Axon | None = None,
    pulse_ms: float = PULSE_MS,
    changes: Changes | None = None,
    *,
    start_ms: float = 0.0,
    before: Sequence[Electrode] = (),
    strongest_na: float | None = None,
    progress: Progress = silent,
) -> float | None:
    """The weakest pulse at x = 0 that sends a wave along the axon, in nA.

    The wave is awaited 50 mm away in the standard axon, and in proportion to the length
    constant in others: so far no pulse reaches by itself. Only the axon up to there and a fifth
    beyond is looked at.

    Args:
        axon: The axon; Hodgkin and Huxley's by default.
        pulse_ms: How long the pulse lasts.
        changes: Alterations of the whole membrane.
        start_ms: When the pulse begins.
        before: Other stimuli; the pulse must send one wave more than they do, as when a second
            pulse follows a first.
        strongest_na: No stronger pulse is tried; by default 25 times the usual one.
        progress: Told the share of the search that is done, as far as it can be known.

    Returns:
        The threshold, to 0.01 %; None where no pulse sends a wave, or the axon fires by itself.

    Raises:
        ValueError: a value is out of range, or the axon is too short.
    """
    axon, changes = checked_or_default("axon", axon, Axon), checked_changes(changes)
    THRESHOLD_PULSE.check(pulse_ms)
    THRESHOLD_START.check(start_ms)
    check_list("before", before, "an electrode", Electrode, "Electrode(...)")
    if strongest_na is not None:
        STRONGEST.check(strongest_na)
    judged_mm = JUDGED_MM * axon.scale
    if axon.length_mm < judged_mm:
        raise ValueError(
            f"length_mm is {axon.length_mm:g}, but must be at least {judged_mm:.3g} mm for a "
            f"threshold in an axon of {axon.diameter_um:g} um: a pulse charges a shorter one whole"
        )
    length_mm = min(axon.length_mm, max(1.2 * judged_mm, AXON["length_mm"].low))
    chain = chain_of(replace(axon, length_mm=length_mm), changes)
    rest_mv = _rest(axon, changes, chain)
    dt_ms = _fitting_step(changes)
    steps = round((start_ms + pulse_ms + PATIENCE_MS / min(1.0, _pace(changes))) / dt_ms)
    judged = int(np.argmin(np.abs(chain.x_mm - judged_mm)))
    # Looked at as soon as one wave decides.
    decided = None if before else lambda v: bool(v[judged] > SPIKE_MV)

    def waves(current_na: float, share: float) -> int:
        electrodes = [*before, Electrode(0.0, start_ms, pulse_ms, current_na)]
        currents = currents_of(chain, electrodes, steps, dt_ms)
        v = march(
            chain,
            steps,
            dt_ms,
            currents=currents,
            rest_mv=rest_mv,
            ends_early=decided,
            until_rest=True,
            progress=part(progress, share, 0.0),
        )
        return len(SpaceTimeTrace(chain, dt_ms, v).waves(judged_mm))

    usual_na = USUAL_NA * _load(axon) * max(1.0, PULSE_MS / pulse_ms)
    most_na = min(CURRENT.high, 25.0 * usual_na if strongest_na is None else strongest_na)
    # Where a wave comes without any stimulus the runs end with it, and two are never seen.
    needed = 1 + waves(0.0, 0.0)
    fails, fires = 0.0, min(usual_na, most_na)
    while waves(fires, 0.0) < needed:
        if fires >= most_na:
            return None
        fails, fires = fires, min(2.0 * fires, most_na)
    widest = fires
    while fires - fails > (enough := max(TOLERANCE * fires, FINEST * usual_na)):
        middle = (fails + fires) / 2.0
        if waves(middle, searched(widest, fires - fails, enough)) < needed:
            fails = middle
        else:
            fires = middle
    progress(1.0)
    return fires


def chain_of(axon: Axon, changes: Changes, space_mm: float | None = None) -> Chain:
    """The compartments of `axon`, all of one length, with its ends at 0 and `length_mm`.

    Raises:
        ValueError: the temperature is out of range.
    """
    temperature_c = _temperature(changes)
    membrane = alter(AXON_MEMBRANE, changes)
    longest_mm = SPACE_MM * axon.scale if space_mm is None else space_mm
    count = max(FEWEST_COMPARTMENTS, ceil(axon.length_mm / longest_mm - 1e-9))
    edges_mm = np.linspace(0.0, axon.length_mm, count + 1)
    length_cm = axon.length_mm / count / MM_PER_CM
    diameter_cm = axon.diameter_um / UM_PER_CM
    area_cm2 = np.full(count, pi * diameter_cm * length_cm)
    axial_ms = 1e3 * pi * diameter_cm**2 / 4.0 / (axon.axoplasm_ohm_cm * length_cm)
    # The share of each compartment that lies in the patch.
    patch_mm = axon.blocked_from_mm, axon.blocked_from_mm + axon.blocked_mm
    covered = np.diff(np.clip(edges_mm, *patch_mm)) / np.diff(edges_mm)
    channels = Channels.of(membrane, slice(0, count), area_cm2, temperature_c)
    fixed_k = membrane.g_k_fixed
    return Chain(
        x_mm=(edges_mm[1:] + edges_mm[:-1]) / 2.0,
        area_cm2=area_cm2,
        capacitance_uf=AXON_MEMBRANE.capacitance_uf_cm2 * area_cm2,
        axial_ms=np.full(count - 1, axial_ms),
        passive_ms=(membrane.g_leak + fixed_k) * area_cm2,
        passive_ua=(membrane.background_ua_cm2 - fixed_k * membrane.e_k_mv) * area_cm2,
        channels=(
            replace(channels, g_na_ms=channels.g_na_ms * (1.0 - axon.blocked_share * covered)),
        ),
    )


class LengthConstants(NamedTuple):
    """Over which distance a steady potential falls to 37 %, in mm.

    Attributes:
        chord_mm: If the channels stayed as they are at rest: the textbook's formula.
        steady_mm: As the channels answer a small lasting change; None where they amplify it.
    """

    chord_mm: float
    steady_mm: float | None


def length_constants(axon: Axon | None = None, changes: Changes | None = None) -> LengthConstants:
    """The length constants of an axon: the root of diameter / (4 axoplasm resistivity x g).

    Raises:
        ValueError: the temperature is out of range, or the membrane conducts nothing at rest.
    """
    axon, changes = checked_or_default("axon", axon, Axon), checked_changes(changes)
    _temperature(changes)
    membrane = alter(AXON_MEMBRANE, changes)
    rest_mv = membrane.resting_potential()
    m, h, n = membrane.steady_gates(rest_mv)
    available = membrane.available_na(h, membrane.steady_lidocaine(h))
    g_na, g_k = membrane.g_na * m**3 * available, membrane.g_k_free * n**4 + membrane.g_k_fixed
    chord_ms_cm2 = g_na + g_k + membrane.g_leak
    if not chord_ms_cm2:
        raise ValueError("the membrane conducts nothing at rest: it has no length constant")
    step_mv = 0.01
    above, below = (membrane.steady_current(rest_mv + step) for step in (step_mv, -step_mv))
    slope_ms_cm2 = (above - below) / (2.0 * step_mv)

    def constant_mm(conductance_ms_cm2: float) -> float:
        resistance = 4.0 * axon.axoplasm_ohm_cm * conductance_ms_cm2 * 1e-3
        return MM_PER_CM * sqrt(axon.diameter_um / UM_PER_CM / resistance)

    return LengthConstants(
        constant_mm(chord_ms_cm2), constant_mm(slope_ms_cm2) if slope_ms_cm2 > 0.0 else None
    )


def _rest(axon: Axon, changes: Changes, chain: Chain) -> Floats:
    """Where a run begins: the resting state, or just off one that is not stable, (N,) in mV."""
    membrane = alter(AXON_MEMBRANE, changes)
    rest_mv = membrane.resting_potential()
    nudge_mv = membrane.starting_potential(_temperature(changes)) - rest_mv
    alone_mv = np.full(len(chain), rest_mv)
    return (resting_state(chain, alone_mv) if axon.blocked_share else alone_mv) + nudge_mv


def _temperature(changes: Changes) -> float:
    """The temperature in degrees C.

    Raises:
        ValueError: it is out of range.
    """
    warm = changes.temperature_c is not None and changes.temperature_c > CONDUCTS_UP_TO_C
    try:
        return bath_temperature(AXON_MEMBRANE, changes)
    except ValueError as error:
        why = f": in more warmth than {CONDUCTS_UP_TO_C:g} degrees C no spike is conducted"
        raise ValueError(f"{error}{why if warm else ''}") from None


def _pace(changes: Changes) -> float:
    """How fast the gates are, compared with those of the standard axon."""
    kinetics = AXON_MEMBRANE.kinetics
    return kinetics.speed(_temperature(changes)) / kinetics.speed(AXON_MEMBRANE.default_c)


def _fitting_step(changes: Changes) -> float:
    """The time step in ms: where gates are faster it is a fraction of the standard one."""
    return STEP_MS / ceil(_pace(changes) - 1e-9)


def _load(axon: Axon) -> float:
    """How much current the end of `axon` takes, compared with the standard axon.

    Cable theory: it goes with the circumference and the length constant.
    """
    return axon.diameter_um / AXON["diameter_um"].default * axon.scale
