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
    from simulator.accounting.cell import ACCOUNTING as ACCOUNTING
    from simulator.accounting.cell import Accounting as Accounting
    from simulator.accounting.run import run_accounting as run_accounting
    from simulator.accounting.trace import ACCOUNTING_COLUMNS as ACCOUNTING_COLUMNS
    from simulator.accounting.trace import ACCOUNTING_MEASUREMENTS as ACCOUNTING_MEASUREMENTS
    from simulator.accounting.trace import AccountingTrace as AccountingTrace
    from simulator.accounting.trace import PulseRecord as PulseRecord
    from simulator.accounting.trace import measure_accounting as measure_accounting
    from simulator.batch.ensemble import Ensemble as Ensemble
    from simulator.batch.ensemble import Member as Member
    from simulator.batch.ensemble import run_many as run_many
    from simulator.cable.axon import AXON as AXON
    from simulator.cable.axon import Axon as Axon
    from simulator.cable.axon_run import AXON_RUN as AXON_RUN
    from simulator.cable.axon_run import LengthConstants as LengthConstants
    from simulator.cable.axon_run import axon_threshold as axon_threshold
    from simulator.cable.axon_run import length_constants as length_constants
    from simulator.cable.axon_run import run_axon as run_axon
    from simulator.cable.axon_run import usual_stimulus as usual_stimulus
    from simulator.cable.conduction import Collision as Collision
    from simulator.cable.conduction import Pair as Pair
    from simulator.cable.conduction import Response as Response
    from simulator.cable.conduction import all_or_none as all_or_none
    from simulator.cable.conduction import collision as collision
    from simulator.cable.conduction import refractory_pairs as refractory_pairs
    from simulator.cable.conduction import velocity_by_diameter as velocity_by_diameter
    from simulator.cable.conduction import velocity_by_temperature as velocity_by_temperature
    from simulator.cable.conduction import velocity_m_s as velocity_m_s
    from simulator.cable.dendrite import DENDRITE as DENDRITE
    from simulator.cable.dendrite import E_CL as E_CL
    from simulator.cable.dendrite import SYNAPSE as SYNAPSE
    from simulator.cable.dendrite import Dendrite as Dendrite
    from simulator.cable.dendrite import Synapse as Synapse
    from simulator.cable.dendrite import ampa as ampa
    from simulator.cable.dendrite import gaba as gaba
    from simulator.cable.dendrite_names import DENDRITE_MEASUREMENTS as DENDRITE_MEASUREMENTS
    from simulator.cable.dendrite_run import run_dendrite as run_dendrite
    from simulator.cable.dendrite_trace import CellRecording as CellRecording
    from simulator.cable.dendrite_trace import DendriteTrace as DendriteTrace
    from simulator.cable.dendrite_trace import measure_dendrite as measure_dendrite
    from simulator.cable.electrode import ELECTRODE as ELECTRODE
    from simulator.cable.electrode import Electrode as Electrode
    from simulator.cable.myelinated import MYELINATED as MYELINATED
    from simulator.cable.myelinated import MyelinatedFibre as MyelinatedFibre
    from simulator.cable.myelinated_run import MyelinatedTrace as MyelinatedTrace
    from simulator.cable.myelinated_run import fibre_threshold as fibre_threshold
    from simulator.cable.myelinated_run import run_myelinated as run_myelinated
    from simulator.cable.myelinated_run import usual_fibre_stimulus as usual_fibre_stimulus
    from simulator.cable.node import RABBIT_NODE as RABBIT_NODE
    from simulator.cable.space_time import PROBE_COLUMNS as PROBE_COLUMNS
    from simulator.cable.space_time import Probe as Probe
    from simulator.cable.space_time import SpaceTimeTrace as SpaceTimeTrace
    from simulator.cable.space_time import Wave as Wave
    from simulator.cable.space_time import Zone as Zone
    from simulator.changes import CHANGES as CHANGES
    from simulator.changes import Changes as Changes
    from simulator.curves import Frequency as Frequency
    from simulator.curves import GateCurves as GateCurves
    from simulator.curves import StrengthDuration as StrengthDuration
    from simulator.curves import frequency_current as frequency_current
    from simulator.curves import gate_curves as gate_curves
    from simulator.curves import strength_duration as strength_duration
    from simulator.drugs import DRUGS as DRUGS
    from simulator.drugs import Drug as Drug
    from simulator.experiments import Threshold as Threshold
    from simulator.experiments import paired_pulse as paired_pulse
    from simulator.experiments import refractory_curve as refractory_curve
    from simulator.experiments import refractory_periods as refractory_periods
    from simulator.experiments import threshold as threshold
    from simulator.experiments import thresholds as thresholds
    from simulator.ions import MAMMAL as MAMMAL
    from simulator.ions import SQUID_AXON as SQUID_AXON
    from simulator.ions import Concentrations as Concentrations
    from simulator.ions import Pathway as Pathway
    from simulator.ions import ghk_mv as ghk_mv
    from simulator.ions import mullins_noda_mv as mullins_noda_mv
    from simulator.ions import nernst_mv as nernst_mv
    from simulator.ions import thermal_mv as thermal_mv
    from simulator.knobs import KNOBS as KNOBS
    from simulator.measurements import ION_MEASUREMENTS as ION_MEASUREMENTS
    from simulator.measurements import MEASUREMENTS as MEASUREMENTS
    from simulator.measurements import measure as measure
    from simulator.measurements import measure_ions as measure_ions
    from simulator.membrane import CORTICAL as CORTICAL
    from simulator.membrane import PREPARATIONS as PREPARATIONS
    from simulator.membrane import RECEPTOR as RECEPTOR
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
    from simulator.resting.bench import RESTING as RESTING
    from simulator.resting.bench import RESTING_MEASUREMENTS as RESTING_MEASUREMENTS
    from simulator.resting.bench import RestingBench as RestingBench
    from simulator.resting.bench import RestingState as RestingState
    from simulator.resting.bench import rest as rest
    from simulator.resting.run import RESTING_COLUMNS as RESTING_COLUMNS
    from simulator.resting.run import RestingTrace as RestingTrace
    from simulator.resting.run import run_resting as run_resting
    from simulator.stages import STAGES as STAGES
    from simulator.stages import StageSpan as StageSpan
    from simulator.stimulus import AMPLITUDE as AMPLITUDE
    from simulator.stimulus import DURATION as DURATION
    from simulator.stimulus import START as START
    from simulator.stimulus import Pressure as Pressure
    from simulator.stimulus import Pulse as Pulse
    from simulator.stimulus import Ramp as Ramp
    from simulator.stimulus import Step as Step
    from simulator.stimulus import Stimulus as Stimulus
    from simulator.stimulus import SynapticEvent as SynapticEvent
    from simulator.stimulus import Train as Train
    from simulator.stimulus import pair as pair
    from simulator.trace import COLUMNS as COLUMNS
    from simulator.trace import Trace as Trace
    from simulator.voltage_clamp import CLAMP_COLUMNS as CLAMP_COLUMNS
    from simulator.voltage_clamp import CLAMP_MEASUREMENTS as CLAMP_MEASUREMENTS
    from simulator.voltage_clamp import ClampStep as ClampStep
    from simulator.voltage_clamp import ClampTrace as ClampTrace
    from simulator.voltage_clamp import clamp as clamp
    from simulator.voltage_clamp import family as family

_HOME = {
    "simulator.accounting.cell": (
        "ACCOUNTING",
        "Accounting",
    ),
    "simulator.accounting.run": ("run_accounting",),
    "simulator.accounting.trace": (
        "ACCOUNTING_COLUMNS",
        "ACCOUNTING_MEASUREMENTS",
        "AccountingTrace",
        "PulseRecord",
        "measure_accounting",
    ),
    "simulator.cable.axon": (
        "AXON",
        "Axon",
    ),
    "simulator.cable.axon_run": (
        "AXON_RUN",
        "LengthConstants",
        "axon_threshold",
        "length_constants",
        "run_axon",
        "usual_stimulus",
    ),
    "simulator.changes": (
        "CHANGES",
        "Changes",
    ),
    "simulator.voltage_clamp": (
        "CLAMP_COLUMNS",
        "CLAMP_MEASUREMENTS",
        "ClampStep",
        "ClampTrace",
        "clamp",
        "family",
    ),
    "simulator.cable.conduction": (
        "Collision",
        "Pair",
        "Response",
        "all_or_none",
        "collision",
        "refractory_pairs",
        "velocity_by_diameter",
        "velocity_by_temperature",
        "velocity_m_s",
    ),
    "simulator.curves": (
        "Frequency",
        "GateCurves",
        "StrengthDuration",
        "frequency_current",
        "gate_curves",
        "strength_duration",
    ),
    "simulator.cable.dendrite": (
        "DENDRITE",
        "Dendrite",
        "E_CL",
        "SYNAPSE",
        "Synapse",
        "ampa",
        "gaba",
    ),
    "simulator.cable.dendrite_names": ("DENDRITE_MEASUREMENTS",),
    "simulator.cable.dendrite_run": ("run_dendrite",),
    "simulator.cable.dendrite_trace": (
        "CellRecording",
        "DendriteTrace",
        "measure_dendrite",
    ),
    "simulator.drugs": (
        "DRUGS",
        "Drug",
    ),
    "simulator.cable.electrode": (
        "ELECTRODE",
        "Electrode",
    ),
    "simulator.batch.ensemble": (
        "Ensemble",
        "Member",
        "run_many",
    ),
    "simulator.experiments": (
        "Threshold",
        "paired_pulse",
        "refractory_curve",
        "refractory_periods",
        "threshold",
        "thresholds",
    ),
    "simulator.ions": (
        "Concentrations",
        "MAMMAL",
        "Pathway",
        "SQUID_AXON",
        "ghk_mv",
        "mullins_noda_mv",
        "nernst_mv",
        "thermal_mv",
    ),
    "simulator.knobs": ("KNOBS",),
    "simulator.measurements": (
        "ION_MEASUREMENTS",
        "MEASUREMENTS",
        "measure",
        "measure_ions",
    ),
    "simulator.membrane": (
        "CORTICAL",
        "PREPARATIONS",
        "Preparation",
        "RECEPTOR",
        "RefractoryPeriods",
        "SQUID",
        "TEXTBOOK",
    ),
    "simulator.cable.myelinated": (
        "MYELINATED",
        "MyelinatedFibre",
    ),
    "simulator.cable.myelinated_run": (
        "MyelinatedTrace",
        "fibre_threshold",
        "run_myelinated",
        "usual_fibre_stimulus",
    ),
    "simulator.cable.node": ("RABBIT_NODE",),
    "simulator.patch": (
        "RUN_DURATION",
        "TIME_STEP",
        "run",
    ),
    "simulator.progress": (
        "Cancelled",
        "Progress",
    ),
    "simulator.quantity": ("Quantity",),
    "simulator.recording": (
        "Column",
        "Recording",
    ),
    "simulator.resting.bench": (
        "RESTING",
        "RESTING_MEASUREMENTS",
        "RestingBench",
        "RestingState",
        "rest",
    ),
    "simulator.resting.run": (
        "RESTING_COLUMNS",
        "RestingTrace",
        "run_resting",
    ),
    "simulator.cable.space_time": (
        "PROBE_COLUMNS",
        "Probe",
        "SpaceTimeTrace",
        "Wave",
        "Zone",
    ),
    "simulator.stages": (
        "STAGES",
        "StageSpan",
    ),
    "simulator.stimulus": (
        "AMPLITUDE",
        "DURATION",
        "START",
        "Pressure",
        "Pulse",
        "Ramp",
        "Step",
        "Stimulus",
        "SynapticEvent",
        "Train",
        "pair",
    ),
    "simulator.trace": (
        "COLUMNS",
        "Trace",
    ),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}")
    value: object = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value  # The next time it is simply there.
    return value
