"""One spike of Hodgkin & Huxley 1952 at 6.3 degrees C, 20 ms: our kernel and its peers.

    python tests/benchmarks/single_trace.py

Beside each time stands its accuracy, against the same equations solved to 1e-10 from the same
resting potential: the error of the peak's time and height, and the largest error of any
sample. The peer is NEURON with second-order steps and computed rates, run by the quickest way
it has; the standard run library, which most scripts use, stands below it. Without NEURON the
peer is LSODA of SciPy, at its default tolerance.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np
from measuring import Budget, Row, Section, interleaved, script, timed
from numpy.typing import NDArray
from peer import DT_MS, DURATION_MS, MISSING, PULSE_MS, PULSE_UA_CM2, START_MS, NeuronPatch
from scipy.integrate import solve_ivp

from simulator import SQUID, Pulse, run
from simulator.measurements import summit

ROUNDS = 101
PULSE = Pulse(START_MS, PULSE_MS, PULSE_UA_CM2)
#: Where the right side of the equations jumps.
EDGES_MS = (0.0, START_MS, START_MS + PULSE_MS, DURATION_MS)

#: Samples of the reference; every step that is tried is a whole multiple of it.
FINE_MS = 0.0125
REST_MV = run(SQUID, duration_ms=DT_MS).voltage_mv[0]

Voltages = NDArray[np.float64]
Contender = Callable[[], Sequence[float]]


def measure() -> Section:
    """Time the contenders in turns, and hold each against the reference."""
    section = Section("Single trace: HH 1952, 6.3 C, 20 ms, one spike, dt 0.025 ms, warm")
    contenders: dict[str, Contender] = {
        "our kernel, table of rates": _ours(DT_MS),
        "our kernel, exact rates": _ours(DT_MS, exact=True),
        "our kernel, table, dt 0.0125": _ours(DT_MS / 2.0),
    }
    if find_spec("neuron"):
        patch = NeuronPatch(REST_MV)
        peer = "NEURON, psolve"
        contenders |= {peer: patch.run, "NEURON, standard run library": patch.run_usual}
        budget = Budget("ratio", 0.5)
    else:
        peer, budget = "SciPy, LSODA", None
        contenders[peer] = lambda: _solved("LSODA", 1e-3, _grid(DT_MS)).tolist()
        section.missing.append(f"the ratio to NEURON; {MISSING}")
    reference = _solved("DOP853", 1e-10, _grid(FINE_MS))
    values = interleaved({n: timed(act) for n, act in contenders.items()}, ROUNDS, warm_ups=3)
    for name, act in contenders.items():
        limit = budget if name == "our kernel, table of rates" else None
        base = None if name == peer else values[peer]
        note = _accuracy(np.array(act()), reference)
        section.rows.append(Row(name, values[name], base=base, budget=limit, note=note))
    section.notes.append("accuracy: error of the peak in ms and mV; largest of any sample in mV")
    return section


def _ours(dt_ms: float, *, exact: bool = False) -> Contender:
    return lambda: (
        run(SQUID, [PULSE], duration_ms=DURATION_MS, dt_ms=dt_ms, exact=exact).voltage_mv
    )


def _grid(dt_ms: float) -> Voltages:
    """The times of the samples."""
    return np.linspace(0.0, DURATION_MS, round(DURATION_MS / dt_ms) + 1)


def _accuracy(voltages: Voltages, reference: Voltages) -> str:
    """How far the samples and their peak are off."""
    stride = (len(reference) - 1) // (len(voltages) - 1)
    peak_ms, peak_mv = _peak(voltages)
    true_ms, true_mv = _peak(reference)
    largest = float(np.abs(voltages - reference[::stride]).max())
    return f"{peak_ms - true_ms:+.4f} ms  {peak_mv - true_mv:+.3f} mV  {largest:.2f} mV"


def _peak(voltages: Voltages) -> tuple[float, float]:
    dt_ms = DURATION_MS / (len(voltages) - 1)
    peak_ms, peak_mv = summit(array("d", voltages.tolist()), int(voltages.argmax()), dt_ms)
    return peak_ms, peak_mv


def _solved(method: str, tolerance: float, times_ms: Voltages) -> Voltages:
    """The voltages at `times_ms` by an adaptive solver of SciPy, from edge to edge."""
    state = np.array([REST_MV, *SQUID.kinetics.steady(REST_MV)])
    voltages = np.empty_like(times_ms)
    for start, end in pairwise(EDGES_MS):
        injected = PULSE_UA_CM2 if start == START_MS else 0.0
        inside = (times_ms >= start - 1e-9) & (times_ms <= end + 1e-9)
        solve: Any = solve_ivp
        found = solve(
            _slopes,
            (start, end),
            state,
            method=method,
            t_eval=np.clip(times_ms[inside], start, end),
            args=(injected,),
            rtol=tolerance,
            atol=tolerance / 100.0,
        )
        voltages[inside] = found.y[0]
        state = found.y[:, -1]
    return voltages


def _slopes(_: float, state: Voltages, injected: float) -> tuple[float, float, float, float]:
    """The right side of the equations, written out once more."""
    v, m, h, n = state.tolist()
    am, bm, ah, bh, an, bn = SQUID.kinetics.rates(v)
    ionic = (
        SQUID.g_na * m**3 * h * (v - SQUID.e_na_mv)
        + SQUID.g_k * n**4 * (v - SQUID.e_k_mv)
        + SQUID.g_leak * (v - SQUID.e_leak_mv)
    )
    slope = (injected - ionic) / SQUID.capacitance_uf_cm2
    return slope, am * (1.0 - m) - bm * m, ah * (1.0 - h) - bh * h, an * (1.0 - n) - bn * n


if __name__ == "__main__":
    script(measure)
