"""The engine against marks given by hand, and against the schemes themselves."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import agreement

from tutor.grading.free_text import Marker, load_schemes

#: F1 of points, weighted kappa of marks: a little under what was reached on all answers.
FLOORS = {
    "given": (0.945, 0.935),
    "fresh": (0.975, 0.965),
    "course": (0.895, 0.87),
    "other": (0.89, 0.875),
    "blind": (0.935, 0.935),
    "school": (0.875, 0.89),
    "second": (0.955, 0.935),
    "pupils": (0.915, 0.93),
    "third": (0.95, 0.945),
    "cells": (0.81, 0.855),
}
GIVEN = load_schemes(agreement.ANSWERS / "given.schemes.json")


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_agreement_with_hand_marks_stays_above_its_floor(name):
    total = agreement.total(agreement.measure(name).values())
    f1, qwk = FLOORS[name]
    assert total.f1 >= f1
    assert total.qwk >= qwk


def _lines(field):
    for scheme in GIVEN:
        marker = Marker(scheme)
        for point in scheme.mark_points:
            for line in getattr(point, field):
                yield pytest.param(marker, point, line, id=f"{point.id}-{line[:40]}")


#: Notes from one marker to another rather than words of an answer.
NOTES = ("WITH link", "definitions swapped")


@pytest.mark.parametrize(("marker", "point", "line"), list(_lines("accept")))
def test_every_accepted_wording_scores_its_point(marker, point, line):
    if any(note in line for note in NOTES):
        return
    for wording in line.split(" / "):
        heading = point.text.split(":")[0] + ": " if point.text.startswith(("Abs", "Rel")) else ""
        states = {p.id: p.state for p in marker.mark(heading + wording).points}
        assert states[point.id] == "met"


@pytest.mark.parametrize(("marker", "point", "line"), list(_lines("reject")))
def test_no_rejected_wording_scores_its_point(marker, point, line):
    states = {p.id: p.state for p in marker.mark(line).points}
    assert states[point.id] != "met"


def test_the_engine_loads_neither_the_app_nor_numpy():
    code = (
        "import sys, tutor.grading.free_text as f; f.lexicon.lexicon();"
        "print({'textual', 'numpy', 'rapidfuzz'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
