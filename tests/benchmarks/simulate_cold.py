"""`tutor simulate textbook`, the whole process, against Python alone and a NEURON script.

    python tests/benchmarks/simulate_cold.py

The tutor sizes the pulse by a threshold search, runs, measures, and prints plot and table.
The NEURON script of the budget does one Hodgkin-Huxley run and prints its peak; the other one
searches the threshold first, as the tutor does. BLAS gets one thread: ending its others makes
the time of the NEURON script jump by half.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import HERE, ROOT, Budget, Row, Section, interleaved, script, timed
from peer import MISSING
from terminal import TUTOR, environment

ROUNDS = 21
PEER = [sys.executable, str(HERE / "peer.py")]


def measure() -> Section:
    """Time whole processes."""
    section = Section("Cold run: tutor simulate textbook, whole process")
    with TemporaryDirectory() as name:
        environ = environment(Path(name)) | {"OPENBLAS_NUM_THREADS": "1"}

        def process(argv: list[str]) -> Callable[[], float]:
            return timed(
                lambda: subprocess.run(
                    argv, env=environ, cwd=ROOT, check=True, capture_output=True
                )
            )

        contenders = {
            "python": process([sys.executable, "-c", "pass"]),
            "tutor": process([*TUTOR, "simulate", "textbook"]),
            "json": process([*TUTOR, "simulate", "textbook", "--json"]),
        }
        if find_spec("neuron"):
            contenders["neuron"] = process(PEER)
            contenders["neuron threshold"] = process([*PEER, "threshold"])
        else:
            section.missing.append(f"the ratio to a NEURON script; {MISSING}")
        values = interleaved(contenders, ROUNDS)
    base = values.get("neuron")
    budget = Budget("ratio", 0.6) if base else None
    section.rows = [
        Row("python -c pass", values["python"], base=base),
        Row("tutor simulate textbook", values["tutor"], base=base, budget=budget),
        Row("the same with --json", values["json"], base=base),
    ]
    if base:
        section.rows += [
            Row("NEURON script, one run", base),
            Row("NEURON script, threshold and run", values["neuron threshold"], base=base),
        ]
    return section


if __name__ == "__main__":
    script(measure)
