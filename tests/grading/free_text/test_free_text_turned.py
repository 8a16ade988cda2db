"""Statements that turn one thing of a point round: the ion, the way, the place, the doer."""

from pathlib import Path

import pytest

from tutor.grading.free_text import Marker, load_schemes

ANSWERS = Path(__file__).parent / "answers"
MARKERS = {s.question_id: Marker(s) for s in load_schemes(ANSWERS / "given.schemes.json")}


def of(question: str, point: str, answer: str) -> str:
    return next(p.state for p in MARKERS[question].mark(answer).points if p.id == point)


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("depol", "d1", "The membrane becomes permeable to potassium ions."),
        ("depol", "d1", "Sodium gates have not been pulled open by the change in voltage."),
        ("repol", "p1", "At the peak the slower sodium channels open."),
        ("repol", "p2", "At the peak the potassium channels inactivate."),
        ("repol", "p3", "Potassium then pours into the cell. It carries on escaping for a while."),
        ("pump", "s4", "There is more potassium outside than inside."),
        ("pump", "s4", "The cell has potassium low inside and sodium high inside."),
        ("refr_dir", "r2", "The channels in front are inactivated, so nothing can fire there."),
        ("refr_dir", "r3", "The impulse can't go forwards."),
        ("refr_dir", "r3", "The refractory period never makes the impulse unidirectional."),
        ("one_way", "u1", "The membrane behind the impulse is not refractory."),
        ("summation", "m4", "EPSPs cancel IPSPs."),
        ("summation", "m4", "IPSPs are cancelled out by EPSPs."),
        ("abs_rel", "a4", "Relative: potassium is no longer going out."),
    ],
)
def test_one_thing_turned_round_contradicts_the_point(question, point, answer):
    assert of(question, point, answer) == "contradicted"


@pytest.mark.parametrize(
    ("question", "point", "answer"),
    [
        ("pump", "s2", "It throws out the sodium that leaks in and takes in potassium."),
        ("pump", "s4", "It keeps potassium high inside compared with outside."),
        ("pump", "s4", "So the concentration gradients never run down."),
        ("threshold", "t3", "Weak ones die without a spike, while the spike is always full size."),
        ("summation", "m1", "An action potential can be the result of summation."),
        ("summation", "m4", "EPSPs are cancelled out by IPSPs."),
        ("summation", "m4", "EPSPs and IPSPs cancel each other out."),
        ("refr_dir", "r2", "Channels behind are inactivated, so nothing can fire there."),
        ("repol", "p4", "Potassium channels do not open quickly."),
    ],
)
def test_what_only_sounds_like_the_contrary_contradicts_nothing(question, point, answer):
    assert of(question, point, answer) != "contradicted"


def test_slowly_closing_channels_are_not_said_to_close():
    assert of("repol", "p1", "The sodium channels are slow to close.") == "missed"
    assert of("repol", "p1", "The slower sodium channels close.") == "met"


def test_what_is_made_so_is_not_said_to_be_made():
    assert of("refr_dir", "r2", "It never makes the action potential go both ways.") == "missed"
