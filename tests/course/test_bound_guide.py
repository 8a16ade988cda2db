"""The examples of the authoring guide load, obey the rules, and run."""

import re
from pathlib import Path

import msgspec
import pytest

from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import simulate
from tutor.course.scenario_fields import Scenario
from tutor.course.scenario_rules import scenario_problems
from tutor.course.yaml_values import read

GUIDE = (Path(__file__).parents[2] / "content" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\{preparation: .*\}$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e[14:30] for e in EXAMPLES])
def test_an_example_of_the_guide_runs(example):
    scenario = msgspec.convert(read("guide", example.encode()).value, Scenario)
    assert list(scenario_problems((), scenario)) == []
    run = simulate(scenario)
    assert run.value("end_ms") > 0.0


def test_the_guide_has_an_example_of_every_preparation():
    shown = {example.split(",")[0].removeprefix("{preparation: ") for example in EXAMPLES}
    assert shown == set(PREPARATION_NAMES)


def test_the_guide_names_every_kind_of_stimulus():
    for kind in ("pulse", "train", "ramp", "step", "synapse", "pressure"):
        assert f"`{kind}`" in GUIDE
