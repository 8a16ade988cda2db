"""The solver of the cable: SciPy's, without all of SciPy."""

import subprocess
import sys

import numpy as np
import pytest

from simulator.cable import lapack

AXON = "from simulator import run_axon; run_axon(duration_ms=1.0)"


def test_an_axon_runs_without_the_rest_of_scipys_linear_algebra() -> None:
    program = f"import sys; {AXON}; print('scipy.linalg' in sys.modules, 'scipy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "False True\n", run.stderr


@pytest.mark.parametrize("file", [lapack._FILE, "not_there"])
def test_it_solves_wherever_scipy_keeps_it(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lapack, "_FILE", file)
    diagonal, off, right = (
        np.array([4.0, 5.0, 6.0]),
        np.array([1.0, 2.0]),
        np.array([1.0, 2.0, 3.0]),
    )
    matrix = np.diag(diagonal) + np.diag(off, 1) + np.diag(off, -1)
    *_, solution, info = lapack._solver()(diagonal, off, right)
    assert info == 0
    np.testing.assert_allclose(matrix @ solution, [1.0, 2.0, 3.0], rtol=1e-14)
