"""Any scenario within the ranges runs and gives finite numbers, or is refused in one sentence."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tutor.course.bound.registry import binding_of
from tutor.course.names import PREPARATION_NAMES, names_of
from tutor.course.scenario import set_up_line, simulate
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
from tutor.plot.describe_run import describe_run
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import voltage_plot

SPECS = {
    "pulse": PulseSpec,
    "train": TrainSpec,
    "ramp": RampSpec,
    "step": StepSpec,
    "synapse": SynapseSpec,
    "pressure": PressureSpec,
}
#: What would only make a run long.
SHORT = {
    "pulses": (1, 30),
    "after_s": (0, 1),
    "frequency_hz": (20, 200),
    "openings": (1, 5),
    "inputs": (1, 5),
    "nodes": (11, 21),
    "length_mm": (1, 40),
}
NEEDED = {
    "ramp": {"end_ua_cm2": 5.0},
    "step": {"amplitude_ua_cm2": 5.0},
    "pressure": {"pressure_kpa": 20.0},
}
SIZES = ("times_threshold", "amplitude_ua_cm2", "current_na", "g_ns", "g_ms_cm2")
WHOLE = ("nodes", "damaged_internodes", "damaged_nodes")


def _numbers(quantity):
    low, high = SHORT.get(quantity.name, (quantity.low, quantity.high))
    low, high = max(low, quantity.low), min(high, quantity.high)
    if quantity.name in WHOLE:
        return st.integers(math.ceil(low), math.floor(high))
    inside = st.floats(low, high, exclude_min=quantity.minimum_excluded)
    return inside | st.just(quantity.default) | st.just(high)


@st.composite
def scenarios(draw):
    preparation = draw(st.sampled_from(PREPARATION_NAMES))
    binding = binding_of(preparation)
    changed = draw(st.lists(st.sampled_from(sorted(binding.changes)), max_size=4, unique=True))
    changes = {name: draw(_numbers(binding.changes[name])) for name in changed}
    if preparation == "accounting":
        changes.setdefault("pulses", 20)
    stimuli = []
    for kind in draw(st.lists(st.sampled_from(binding.kinds or ("pulse",)), max_size=2)):
        spec = SPECS[kind](**NEEDED.get(kind, {}))
        known = {q.name: q for q in binding.settings_of(spec) if hasattr(spec, q.name)}
        sizes = [name for name in SIZES if name in known]
        fields = draw(st.lists(st.sampled_from([n for n in known if n not in sizes]), unique=True))
        fields += draw(st.lists(st.sampled_from(sizes), min_size=1, max_size=1)) if sizes else []
        values = {name: draw(_numbers(known[name])) for name in fields}
        stimuli.append(structs.replace(spec, **values))
    clamp = ()
    if binding.clamps and draw(st.booleans()):
        clamp = (ClampLevel(from_ms=1.0, level_mv=draw(st.floats(-150, 150))),)
    return Scenario(
        preparation=preparation,
        stimuli=tuple(stimuli),
        changes=changes,
        clamp=clamp,
        changes_from_ms=draw(st.sampled_from([0.0, 0.0, 2.0])),
        duration_ms=draw(st.sampled_from([None, 5.0])),
    )


@settings(max_examples=150)
@given(scenarios())
def test_any_scenario_runs_or_is_refused_in_one_sentence(scenario):
    try:
        line = set_up_line(scenario)
        run = simulate(scenario)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = None
    if refusal is not None:
        assert refusal
        assert "\n" not in refusal
        return
    assert "\n" not in line
    assert all(math.isfinite(value) for value in run.measurements.values())
    assert set(run.measurements) <= set(names_of(scenario.preparation))
    for watched in run.recordings:
        assert all(map(math.isfinite, watched.recording.voltage_mv))
    assert describe_run(run).endswith(".")
    raster = render(voltage_plot((DrawnRun("run", "", run),)), 60, 16, "ascii")
    assert len(raster.rows) == 16
