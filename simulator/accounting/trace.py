"""A run of the accounting preparation: its columns, its pulses and its measurements."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from simulator.accounting.cell import Accounting
from simulator.ions import NA_PER_CYCLE, current_ua_cm2, nernst_mv
from simulator.measurements import Measurement
from simulator.membrane import CORTICAL
from simulator.quantity import checked
from simulator.recording import Column, Recording

#: The columns that a run fills beside the potential.
SAMPLED: dict[str, Column] = {
    "na_in_mm": Column("Na inside", "mM"),
    "k_in_mm": Column("K inside", "mM"),
    "na_out_mm": Column("Na outside", "mM"),
    "k_out_mm": Column("K outside", "mM"),
    "pump_na_pmol_cm2_s": Column("Na that the pump takes out", "pmol/cm2/s"),
    "atp_pmol_cm2": Column("ATP used so far", "pmol/cm2"),
}
#: Every column of a run.
ACCOUNTING_COLUMNS: dict[str, Column] = {
    "time_ms": Column("time", "ms"),
    "voltage_mv": Column("membrane potential", "mV"),
    **SAMPLED,
    "e_na_mv": Column("equilibrium potential of Na", "mV"),
    "e_k_mv": Column("equilibrium potential of K", "mV"),
    "i_pump": Column("pump current", "uA/cm2"),
}

#: The sensitive sign of gradients that run down: the rest has come up by so much.
SHIFT_MV = 2.0
#: The share of the pump in a spike is taken over so long, and its step when ouabain acts too:
#: the length of a spike, and ten time constants of the resting membrane.
SPIKE_LASTS_MS = 2.0
STEP_LASTS_MS = 100.0

#: The measurements that a run can have; those of a spike are of the first pulse that fired.
ACCOUNTING_MEASUREMENTS: dict[str, Measurement] = {
    "start_mv": Measurement("potential at the start", "mV", 1),
    "end_mv": Measurement("potential at the end", "mV", 1),
    "rest_first_mv": Measurement("potential just before the first pulse", "mV", 1),
    "rest_last_mv": Measurement("potential just before the last pulse", "mV", 1),
    "rest_shift_mv": Measurement("change of the rest from the first pulse to the last", "mV", 1),
    "pump_step_mv": Measurement("change in the 100 ms after ouabain", "mV", 1),
    "pulses": Measurement("pulses given", "", 0),
    "spikes_fired": Measurement("pulses that fired a spike", "", 0),
    "first_failure": Measurement("number of the first pulse that failed", "", 0),
    "spikes_to_2_mv": Measurement("spikes until the rest had come up by 2 mV", "", 0),
    "overshoot_first_mv": Measurement("peak of the first spike", "mV", 1),
    "overshoot_last_mv": Measurement("peak of the last spike", "mV", 1),
    "half_width_first_ms": Measurement("half-width of the first spike", "ms", 2),
    "half_width_last_ms": Measurement("half-width of the last spike", "ms", 2),
    "na_per_spike_pmol_cm2": Measurement("Na that enters in a spike", "pmol/cm2", 2),
    "k_per_spike_pmol_cm2": Measurement("K that leaves in a spike", "pmol/cm2", 2),
    "na_rise_um": Measurement("rise of the Na inside by a spike", "uM", 2),
    "na_rise_percent": Measurement("rise of the Na inside by a spike, as a share", "%", 4),
    "atp_per_spike_pmol_cm2": Measurement(
        "ATP to pump the Na of a spike out again", "pmol/cm2", 2
    ),
    "pump_share_percent": Measurement("Na pumped out in 2 ms of rest against that", "%", 1),
    "na_in_mm": Measurement("Na inside at the end", "mM", 2),
    "k_in_mm": Measurement("K inside at the end", "mM", 2),
    "k_out_mm": Measurement("K outside at the end", "mM", 2),
    "e_na_mv": Measurement("equilibrium potential of Na at the end", "mV", 1),
    "e_k_mv": Measurement("equilibrium potential of K at the end", "mV", 1),
    "atp_pmol_cm2": Measurement("ATP used", "pmol/cm2", 1),
}


class PulseRecord(NamedTuple):
    """What one pulse of a train did.

    Attributes:
        time_ms: Onset of the pulse.
        rest_mv: Potential at the onset.
        peak_mv: Most positive potential.
        half_width_ms: Width half way between `rest_mv` and `peak_mv`; None where no spike was,
            or where it outlasted the window.
        na_in_pmol_cm2: Na that entered through the gated channels up to the next pulse.
        k_out_pmol_cm2: K that left through them.
        fired: Whether there was a spike: the potential passes -20 mV while the channels alone
            raise it by 10 V/s or more.
    """

    time_ms: float
    rest_mv: float
    peak_mv: float
    half_width_ms: float | None
    na_in_pmol_cm2: float
    k_out_pmol_cm2: float
    fired: bool


@dataclass(eq=False)
class AccountingTrace(Recording):
    """A run of the accounting preparation, thinned out; see `ACCOUNTING_COLUMNS`.

    Attributes:
        cell: The cell and its train.
        sampled: The columns of `SAMPLED`.
        pulses: A record of each pulse, in order.
        windows: The potential in mV from the onset of a pulse on, `window_dt_ms` apart, by the
            number of the pulse, which counts from 1.
        window_dt_ms: Time between two samples of a window.
        complete: False where the run was cancelled.
    """

    columns = ACCOUNTING_COLUMNS

    cell: Accounting
    dt_ms: float
    voltage_mv: array[float]
    sampled: Mapping[str, array[float]]
    pulses: Sequence[PulseRecord]
    windows: Mapping[int, array[float]]
    window_dt_ms: float
    complete: bool

    def _values(self, name: str) -> Iterable[float]:
        if name in self.sampled:
            return self.sampled[name]
        if name == "time_ms":
            return (i * self.dt_ms for i in range(len(self)))
        if name == "i_pump":
            charge = 1.0 - self.cell.k_per_cycle / NA_PER_CYCLE
            return (charge * current_ua_cm2(na) for na in self.sampled["pump_na_pmol_cm2_s"])
        ion = name.split("_")[1]
        inside, outside = self.sampled[f"{ion}_in_mm"], self.sampled[f"{ion}_out_mm"]
        return (
            nernst_mv(out_mm, in_mm, 1, CORTICAL.default_c)
            for out_mm, in_mm in zip(outside, inside, strict=True)
        )


def measure_accounting(trace: AccountingTrace) -> dict[str, float]:
    """The measurements that `trace` has, by the names of `ACCOUNTING_MEASUREMENTS`.

    What did not happen is missing: a failure where every pulse fired, a spike where none did.

    Raises:
        TypeError: `trace` is not of the accounting preparation.
    """
    checked("trace", trace, AccountingTrace, "a trace as run_accounting(...) returns")
    v, pulses = trace.voltage_mv, trace.pulses
    found = {"start_mv": v[0], "end_mv": v[-1], "pulses": float(len(pulses))}
    for name in ("na_in_mm", "k_in_mm", "k_out_mm", "e_na_mv", "e_k_mv", "atp_pmol_cm2"):
        found[name] = trace.column(name)[-1]
    if pulses:
        found |= _of_train(pulses)
    spikes = [pulse for pulse in pulses if pulse.fired]
    found["spikes_fired"] = float(len(spikes))
    if spikes:
        found |= _of_spikes(trace, spikes[0], spikes[-1])
    if trace.cell.ouabain_from_s is not None:
        found |= _of_ouabain(trace, 1e3 * trace.cell.ouabain_from_s)
    return {name: found[name] for name in ACCOUNTING_MEASUREMENTS if name in found}


def _of_train(pulses: Sequence[PulseRecord]) -> dict[str, float]:
    first_mv, last_mv = pulses[0].rest_mv, pulses[-1].rest_mv
    found = {
        "rest_first_mv": first_mv,
        "rest_last_mv": last_mv,
        "rest_shift_mv": last_mv - first_mv,
    }
    spikes = 0
    for number, pulse in enumerate(pulses, start=1):
        if pulse.rest_mv >= first_mv + SHIFT_MV:
            found.setdefault("spikes_to_2_mv", float(spikes))
        if pulse.fired:
            spikes += 1
        else:
            found.setdefault("first_failure", float(number))
    return found


def _of_spikes(trace: AccountingTrace, first: PulseRecord, last: PulseRecord) -> dict[str, float]:
    na = first.na_in_pmol_cm2
    # 1 pmol/cm2 in a layer 1 um deep is 10 uM.
    rise_um = 10.0 * na / trace.cell.depth_um
    pumped = trace.at("pump_na_pmol_cm2_s", first.time_ms) * SPIKE_LASTS_MS / 1e3
    found = {
        "overshoot_first_mv": first.peak_mv,
        "overshoot_last_mv": last.peak_mv,
        "na_per_spike_pmol_cm2": na,
        "k_per_spike_pmol_cm2": first.k_out_pmol_cm2,
        "na_rise_um": rise_um,
        "na_rise_percent": rise_um / (10.0 * trace.at("na_in_mm", first.time_ms)),
        "atp_per_spike_pmol_cm2": na / NA_PER_CYCLE,
        "pump_share_percent": 100.0 * pumped / na,
    }
    if first.half_width_ms is not None:
        found["half_width_first_ms"] = first.half_width_ms
    if last.half_width_ms is not None:
        found["half_width_last_ms"] = last.half_width_ms
    return found


def _of_ouabain(trace: AccountingTrace, from_ms: float) -> dict[str, float]:
    """The step, where the trace shows it and no pulse hides it."""
    before = int(from_ms / trace.dt_ms)
    after = ceil((from_ms + STEP_LASTS_MS) / trace.dt_ms)
    hidden = any(
        before * trace.dt_ms <= pulse.time_ms < after * trace.dt_ms for pulse in trace.pulses
    )
    if hidden or after >= len(trace):
        return {}
    return {"pump_step_mv": trace.voltage_mv[after] - trace.voltage_mv[before]}
