"""Set-ups in the words of a textbook, with units and without the names of fields."""

import re

import pytest

from tutor.course.bound.registry import binding_of
from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario, set_up_line, set_up_parts
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    Scenario,
    StepSpec,
    SynapseSpec,
    TrainSpec,
)

PULSE = PulseSpec(times_threshold=1.5)


def _line(preparation, *stimuli, **fields):
    return set_up_line(Scenario(preparation=preparation, stimuli=stimuli, **fields))


#: What is set up, and the line that tells it.
LINES = [
    (_line("resting"), "membrane at rest, 37 °C"),
    (
        _line("resting", changes={"k_out_mm": 15, "pump": 0}, changes_from_ms=10),
        "membrane at rest, 37 °C · K⁺ outside 15 mM · pump off, both from 10 ms on",
    ),
    (
        _line("receptor", PressureSpec(start_ms=5, pressure_kpa=30)),
        "sensory ending, 37 °C · pressure 30 kPa for 50 ms from 5 ms on",
    ),
    (
        _line("squid", TrainSpec(times_threshold=2, pulses=3), changes={"temperature_c": 18.5}),
        "squid giant axon, 18.5 °C · 3 pulses of 0.5 ms from 1 ms on, 10 ms apart, 2 × threshold",
    ),
    (
        _line("squid", RampSpec(end_ua_cm2=6, ramp_ms=30), StepSpec(amplitude_ua_cm2=2)),
        "squid giant axon, 6.3 °C · ramp from 0 to 6 µA/cm² in 30 ms, from 1 ms on · "
        "steady current 2 µA/cm² from 1 ms on",
    ),
    (
        _line(
            "squid",
            clamp=(ClampLevel(from_ms=0, level_mv=-80), ClampLevel(from_ms=2, level_mv=0)),
            changes={"ttx_nm": 100},
        ),
        "squid giant axon, 6.3 °C · voltage clamped at -80 mV, then 0 mV from 2 ms on · "
        "tetrodotoxin 100 nM",
    ),
    (
        _line("dendrite", SynapseSpec(start_ms=2, g_ns=22, place=0.3)),
        "cell with a dendrite 1000 µm long and 4 µm thick, 37 °C · "
        "excitatory synapse 22 nS, 0.3 mm from the soma, at 2 ms",
    ),
    (
        _line(
            "dendrite",
            SynapseSpec(type="gaba", g_ns=10, place="soma", e_cl_mv=-80),
            SynapseSpec(g_ns=1, inputs=24, openings=3, interval_ms=5, place="tip"),
            changes={"length_um": 0},
        ),
        "cell without a dendrite, 37 °C · "
        "inhibitory synapse 10 nS, on the soma, at 1 ms, E_Cl -80 mV · "
        "24 excitatory synapses of 1 nS, on the tip, 3 times from 1 ms on, 5 ms apart",
    ),
    (
        _line("axon", PULSE, changes={"diameter_um": 20, "length_mm": 30}),
        "axon 20 µm thick and 30 mm long, 18.5 °C · pulse 0.5 ms at 1 ms, 1.5 × threshold",
    ),
    (
        _line(
            "axon",
            PulseSpec(current_na=5000, place="middle"),
            changes={"blocked_share": 1, "blocked_from_mm": 40},
        ),
        "axon 476 µm thick and 100 mm long, 18.5 °C · pulse 0.5 ms at the middle at 1 ms, 5000 nA"
        " · TTX blocks 100% of the Na⁺ channels from 40 to 46 mm",
    ),
    (
        _line(
            "myelinated",
            PulseSpec(times_threshold=2, place=21),
            changes={"damaged_internodes": 2, "myelin_left": 0.05, "damage_at": 0.75},
        ),
        "myelinated fibre 10 µm, 37 °C · pulse 0.5 ms at node 21 at 1 ms, 2 × threshold · "
        "2 internodes with 5% of the myelin, 75% of the way along",
    ),
    (
        _line("accounting", changes={"shape": "cylinder", "diameter_um": 1, "pump": 0}),
        "axon 1 µm, 37 °C · 100 pulses at 50 Hz · pump off",
    ),
]


@pytest.mark.parametrize(("line", "told"), LINES)
def test_a_set_up_is_told_in_plain_words(line, told):
    assert line == told


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_change_of_every_preparation_is_told_without_its_raw_name(preparation):
    scenario = default_scenario(preparation)
    for name, quantity in binding_of(preparation).changes.items():
        far = quantity.low if quantity.low != quantity.default else quantity.high
        if name == "temperature_c":
            continue  # It stands beside the preparation.
        changed = Scenario(preparation=preparation, stimuli=scenario.stimuli, changes={name: far})
        for part in set_up_parts(changed):
            assert not re.search(r"[a-z]_[a-z]{2,}", part), part
