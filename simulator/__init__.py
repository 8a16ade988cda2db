"""Neurons that fire: preparations, stimuli, changes, traces and their measurements.

    >>> from simulator import TEXTBOOK, Pulse, measure, run
    >>> trace = run(TEXTBOOK, [Pulse(start_ms=1.0, duration_ms=0.5, amplitude_ua_cm2=47.3)])
    >>> round(measure(trace)["peak_mv"])
    30

Everything is loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.changes import CHANGES as CHANGES
    from simulator.changes import Changes as Changes
    from simulator.experiments import Threshold as Threshold
    from simulator.experiments import paired_pulse as paired_pulse
    from simulator.experiments import refractory_periods as refractory_periods
    from simulator.experiments import threshold as threshold
    from simulator.measurements import MEASUREMENTS as MEASUREMENTS
    from simulator.measurements import measure as measure
    from simulator.membrane import CORTICAL as CORTICAL
    from simulator.membrane import PREPARATIONS as PREPARATIONS
    from simulator.membrane import SQUID as SQUID
    from simulator.membrane import TEXTBOOK as TEXTBOOK
    from simulator.membrane import Preparation as Preparation
    from simulator.membrane import RefractoryPeriods as RefractoryPeriods
    from simulator.patch import RUN_DURATION as RUN_DURATION
    from simulator.patch import TIME_STEP as TIME_STEP
    from simulator.patch import run as run
    from simulator.progress import Cancelled as Cancelled
    from simulator.progress import Progress as Progress
    from simulator.quantity import Quantity as Quantity
    from simulator.recording import Column as Column
    from simulator.recording import Recording as Recording
    from simulator.stages import STAGES as STAGES
    from simulator.stages import StageSpan as StageSpan
    from simulator.stimulus import AMPLITUDE as AMPLITUDE
    from simulator.stimulus import DURATION as DURATION
    from simulator.stimulus import START as START
    from simulator.stimulus import Pulse as Pulse
    from simulator.trace import COLUMNS as COLUMNS
    from simulator.trace import Trace as Trace

_HOME = {
    "simulator.changes": ("CHANGES", "Changes"),
    "simulator.experiments": ("Threshold", "paired_pulse", "refractory_periods", "threshold"),
    "simulator.measurements": ("MEASUREMENTS", "measure"),
    "simulator.membrane": (
        "CORTICAL",
        "PREPARATIONS",
        "SQUID",
        "TEXTBOOK",
        "Preparation",
        "RefractoryPeriods",
    ),
    "simulator.patch": ("RUN_DURATION", "TIME_STEP", "run"),
    "simulator.progress": ("Cancelled", "Progress"),
    "simulator.quantity": ("Quantity",),
    "simulator.recording": ("Column", "Recording"),
    "simulator.stages": ("STAGES", "StageSpan"),
    "simulator.stimulus": ("AMPLITUDE", "DURATION", "START", "Pulse"),
    "simulator.trace": ("COLUMNS", "Trace"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)
