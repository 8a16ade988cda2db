"""What cannot be run is told in one sentence, where it stands."""

import pytest

from tutor.course.scenario import simulate
from tutor.course.scenario_fields import (
    ClampLevel,
    PressureSpec,
    PulseSpec,
    RampSpec,
    Scenario,
    SynapseSpec,
    TrainSpec,
)
from tutor.course.scenario_rules import curve_problems, scenario_problems

PULSE = PulseSpec(times_threshold=1.5)


def _of(preparation, *stimuli, **fields):
    return Scenario(preparation=preparation, stimuli=stimuli, **fields)


#: A scenario, the place of its fault, and words of the message.
WRONG = [
    (
        _of("resting", PULSE),
        "stimuli.0.kind",
        "'resting' takes no pulse; what drives it stands in",
    ),
    (_of("resting", changes={"k_out_mm": 0}), "changes.k_out_mm", "from 1 to 150 mM"),
    (
        _of("resting", changes={"ttx_nm": 1}),
        "changes.ttx_nm",
        "unknown change 'ttx_nm'; known: na_",
    ),
    (_of("resting", watch=(1,)), "watch", "one place only"),
    (_of("resting", duration_ms=0), "duration_ms", "above 0 and at most 2000 ms"),
    (
        _of("textbook", PressureSpec(pressure_kpa=5)),
        "stimuli.0.kind",
        "takes no pressure; known: p",
    ),
    (
        _of("receptor", PressureSpec(pressure_kpa=900)),
        "stimuli.0.pressure_kpa",
        "from 0 to 200 kPa",
    ),
    (_of("textbook", PulseSpec(current_na=1)), "stimuli.0.current_na", "size is amplitude_ua_cm2"),
    (_of("textbook", PULSE, watch=("end",)), "watch", "one place only"),
    (
        _of("textbook", PulseSpec(times_threshold=1, place="end")),
        "stimuli.0.place",
        "one place only",
    ),
    (_of("textbook", SynapseSpec(g_ns=1)), "stimuli.0.g_ns", "the conductance is g_ms_cm2"),
    (_of("textbook", SynapseSpec()), "stimuli.0", "needs g_ms_cm2"),
    (_of("squid", RampSpec(end_ua_cm2=9000)), "stimuli.0.end_ua_cm2", "from -200 to 2000"),
    (_of("squid", TrainSpec(times_threshold=1, pulses=0)), "stimuli.0.pulses", "from 1 to 1000"),
    (
        _of("squid", PULSE, clamp=(ClampLevel(from_ms=1, level_mv=0),)),
        "stimuli.0",
        "under voltage clamp a pulse does nothing",
    ),
    (
        _of("squid", clamp=(ClampLevel(from_ms=5, level_mv=0), ClampLevel(from_ms=5, level_mv=1))),
        "clamp",
        "must follow each other within the run of 10 ms",
    ),
    (_of("squid", clamp=(ClampLevel(from_ms=1, level_mv=999),)), "clamp", "level_mv is 999"),
    (
        _of("squid", clamp=(ClampLevel(from_ms=1, level_mv=0),), changes_from_ms=2),
        "changes_from_ms",
        "take changes_from_ms away",
    ),
    (
        _of("axon", clamp=(ClampLevel(from_ms=1, level_mv=0),)),
        "clamp",
        "only a patch of membrane can be clamped",
    ),
    (_of("axon", PULSE, changes_from_ms=2), "changes_from_ms", "changes hold from the start"),
    (_of("axon", PulseSpec()), "stimuli.0", "needs times_threshold or current_na, one of them"),
    (_of("axon", PulseSpec(amplitude_ua_cm2=5)), "stimuli.0.amplitude_ua_cm2", "is current_na"),
    (_of("axon", PulseSpec(times_threshold=1, place=999)), "stimuli.0.place", "from 0 to 100 mm"),
    (
        _of("axon", PulseSpec(times_threshold=1, place="tip")),
        "stimuli.0.place",
        "no 'tip'; give mm",
    ),
    (
        _of("axon", PulseSpec(times_threshold=1, place=5)),
        "stimuli.0.place",
        "known at the ends, and from 20 mm on away from them; give current_na",
    ),
    (_of("axon", PULSE, watch=(1, 101)), "watch.1", "from 0 to 100 mm"),
    (_of("axon", PULSE, changes={"diameter_um": 0}), "changes.diameter_um", "from 0.2 to 1000 um"),
    (_of("axon", PULSE, changes={"temperature_c": 35}), "changes.temperature_c", "from 0 to 33"),
    (_of("axon", PULSE, duration_ms=101), "duration_ms", "at most 100 ms"),
    (_of("axon", SynapseSpec(g_ns=1)), "stimuli.0.kind", "takes no synapse; known: pulse, train"),
    (_of("axon", PULSE, knobs={"g_ns": (1, 2)}), "knobs.g_ns", "unknown knob 'g_ns'; known: "),
    (_of("axon", PULSE, knobs={"place": (0, 200)}), "knobs.place", "from 0 to 100 mm"),
    (_of("axon", PULSE, knobs={"start_ms_2": (0, 9)}), "knobs.start_ms_2", "unknown knob"),
    (_of("myelinated", PULSE, watch=(42,)), "watch.0", "a whole number from 1 to 41"),
    (_of("myelinated", PULSE, watch=(1.5,)), "watch.0", "the node is 1.5, but must be a whole"),
    (_of("myelinated", PULSE, changes={"nodes": 20.5}), "changes.nodes", "a whole number"),
    (
        _of("myelinated", PulseSpec(times_threshold=1, place=2)),
        "stimuli.0.place",
        "known at the ends, and from 5 mm on",
    ),
    (_of("dendrite", SynapseSpec()), "stimuli.0", "needs g_ns, and no other size"),
    (_of("dendrite", SynapseSpec(g_ns=41)), "stimuli.0.g_ns", "from 0 to 40 nS"),
    (
        _of("dendrite", SynapseSpec(g_ns=1, place="axon")),
        "stimuli.0.place",
        "give mm, soma or tip",
    ),
    (_of("dendrite", SynapseSpec(g_ns=1, place=2.5)), "stimuli.0.place", "from 0 to 2 mm"),
    (_of("dendrite", SynapseSpec(g_ns=1, e_cl_mv=-80)), "stimuli.0", "AMPA receptors have none"),
    (_of("dendrite", PULSE), "stimuli.0", "needs current_na"),
    (_of("dendrite", watch=("middle",)), "watch.0", "a cell has no 'middle'; give mm, or one of"),
    (_of("accounting", duration_ms=5), "duration_ms", "follows from its changes"),
    (_of("accounting", changes={"shape": "rest"}), "changes.shape", "sphere or cylinder"),
    (_of("accounting", changes={"pulses": 1e6}), "changes.pulses", "from 0 to 100000"),
    (_of("accounting", PULSE), "stimuli.0.kind", "takes no pulse"),
]


@pytest.mark.parametrize(
    ("scenario", "place", "words"), WRONG, ids=[f"{w[0].preparation} {w[1]}" for w in WRONG]
)
def test_a_wrong_scenario_is_one_problem_at_its_place(scenario, place, words):
    (problem,) = scenario_problems((), scenario)
    path, message = problem
    assert ".".join(map(str, path)) == place
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize("scenario", [w[0] for w in WRONG if not w[0].knobs])
def test_what_the_rules_refuse_is_not_run(scenario):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        simulate(scenario)


def test_a_curve_that_the_run_does_not_have_is_named():
    axon, held = _of("axon", PULSE), _of("squid", clamp=(ClampLevel(from_ms=1, level_mv=0),))
    assert list(curve_problems(("show",), axon, ("g_na", "i_axial"))) == []
    assert list(curve_problems(("show",), held, ("clamp_ua_cm2",))) == []
    ((path, message),) = curve_problems(("show",), axon, ("g_na", "i_pump"))
    assert path == ("show", 1)
    assert message == "a run of 'axon' has no curve 'i_pump'"
    (problem,) = curve_problems(("show",), _of("squid", PULSE), ("clamp_ua_cm2",))
    assert "no curve 'clamp_ua_cm2'" in problem[1]
