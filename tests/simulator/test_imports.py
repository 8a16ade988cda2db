"""What importing and using the simulator loads."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import simulator

HEAVY = ("numpy", "scipy", "textual", "rich", "yaml", "tutor")


def _loaded_after(program):
    """The heavy packages that a fresh interpreter has loaded after `program`."""
    look = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{look}"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_running_and_measuring_a_trace_loads_nothing_heavy():
    program = """
from simulator import COLUMNS, TEXTBOOK, Pulse, measure, paired_pulse, run, threshold
trace = run(TEXTBOOK, [Pulse(1.0, 0.5, 47.3)])
assert measure(trace)["spike_count"] == 1.0
assert len(trace.stages) == 6
assert all(len(trace.column(name)) == len(trace) for name in COLUMNS)
assert threshold(TEXTBOOK, 0.5) and paired_pulse(TEXTBOOK, 20.0)
"""
    assert _loaded_after(program) == "[]"


def test_importing_the_package_loads_none_of_its_parts():
    program = "import sys, simulator\nassert not [m for m in sys.modules if 'simulator.' in m]"
    assert _loaded_after(program) == "[]"


def test_numpy_is_loaded_when_a_view_is_asked_for():
    program = "from simulator import TEXTBOOK, run\nrun(TEXTBOOK).numpy('voltage_mv')"
    assert _loaded_after(program) == "['numpy']"


@pytest.mark.parametrize("name", simulator.__all__)
def test_every_public_name_can_be_imported(name):
    namespace = {}
    exec(f"from simulator import {name}", namespace)
    assert namespace[name] is getattr(simulator, name)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Neuron'"):
        _ = simulator.Neuron


def test_type_checkers_see_the_names_that_are_there():
    source = Path(simulator.__file__).read_text(encoding="utf-8")
    seen = re.findall(r"^    from ([\w.]+) import (\w+) as \2$", source, re.MULTILINE)
    assert {name: module for module, name in seen} == simulator._MODULE_OF


@pytest.mark.parametrize("name", simulator.__all__)
def test_no_module_takes_the_place_of_a_public_name(name):
    # Importing a submodule binds its name in the package.
    for module in simulator._HOME:
        import_module(module)
    assert not isinstance(getattr(simulator, name), ModuleType)
