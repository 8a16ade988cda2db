"""Every preparation says what can be set in it, for screens and content to read."""

import subprocess
import sys

import pytest

from simulator import KNOBS

EVERY = [(name, knob) for name, knobs in KNOBS.items() for knob in knobs.values()]


def test_all_nine_preparations_have_knobs():
    assert set(KNOBS) == {
        "resting",
        "receptor",
        "dendrite",
        "textbook",
        "squid",
        "cortical",
        "accounting",
        "axon",
        "myelinated",
    }


@pytest.mark.parametrize(("preparation", "knob"), EVERY, ids=lambda x: getattr(x, "name", x))
def test_a_knob_has_a_range_a_default_within_it_a_title_and_a_sentence(preparation, knob):
    assert knob.low < knob.high
    assert knob.check(knob.default) == knob.default
    assert knob.title
    assert knob.title == knob.title.strip(".")
    assert not knob.sentence[0].islower()
    assert knob.sentence.endswith(".")


def test_a_knob_stands_under_its_own_name():
    for knobs in KNOBS.values():
        assert [knob.name for knob in knobs.values()] == list(knobs)


def test_a_unit_in_a_name_is_the_knobs_unit():
    units = {
        "mv": "mV",
        "ms": "ms",
        "mm": ("mM", "mm"),
        "um": ("um", "uM"),
        "nm": "nM",
        "c": "degrees C",
        "hz": "Hz",
        "s": "s",
    }
    for preparation, knob in EVERY:
        unit = units.get(knob.name.rsplit("_", 1)[-1])
        if unit and not knob.name.endswith(("um_s", "cm2")):
            assert knob.unit in unit, (preparation, knob.name)


def test_the_knobs_are_known_without_numpy():
    program = "import sys; from simulator import KNOBS; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
