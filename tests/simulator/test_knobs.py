"""Every preparation says what can be set in it, for screens and content to read."""

import subprocess
import sys

import pytest
from msgspec.structs import fields

from simulator import CHANGES, KNOBS, SQUID, Axon, Changes, Pulse, run, run_axon, run_myelinated
from simulator.membrane import PREPARATIONS

MAMMALS = ("textbook", "cortical", "receptor", "dendrite", "myelinated")
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


@pytest.mark.parametrize(
    ("preparation", "k_out_mm", "na_out_mm"),
    [
        ("squid", 20.0, 440.0),
        ("axon", 20.0, 440.0),
        *((name, 4.5, 145.0) for name in MAMMALS),
    ],
)
def test_concentrations_begin_at_the_preparations_own(preparation, k_out_mm, na_out_mm):
    # Hodgkin 1951, Biol Rev 26:339 (squid blood); a textbook's extracellular fluid.
    knobs = KNOBS[preparation]
    assert knobs["k_out_mm"].default == k_out_mm
    assert knobs["na_out_mm"].default == na_out_mm


@pytest.mark.parametrize(
    ("preparation", "default_c", "low_c", "high_c"),
    [("squid", 6.3, 0.0, 33.0), ("axon", 18.5, 0.0, 33.0), ("myelinated", 37.0, 5.0, 45.0)],
)
def test_a_temperature_knob_has_the_range_that_runs_accept(preparation, default_c, low_c, high_c):
    knob = KNOBS[preparation]["temperature_c"]
    assert (knob.default, knob.low, knob.high) == (default_c, low_c, high_c)
    runs = {
        "squid": lambda changes: run(SQUID, (), changes, duration_ms=0.1),
        "axon": lambda changes: run_axon(Axon(length_mm=2.0), [], changes, duration_ms=0.1),
        "myelinated": lambda changes: run_myelinated(None, [], changes, duration_ms=0.1),
    }
    for temperature_c in (low_c, high_c):
        runs[preparation](Changes(temperature_c=temperature_c))
    for temperature_c in (low_c - 0.1, high_c + 0.1):
        with pytest.raises(ValueError, match=r"^temperature_c is "):
            runs[preparation](Changes(temperature_c=temperature_c))


def test_what_has_but_one_temperature_has_no_knob_for_it():
    without = {name for name, knobs in KNOBS.items() if "temperature_c" not in knobs}
    assert {"textbook", "cortical", "receptor", "dendrite"} <= without
    for preparation in PREPARATIONS.values():
        low, high = preparation.temperature_range_c
        assert (preparation.name in without) == (low == high)


@pytest.mark.parametrize("preparation", PREPARATIONS.values(), ids=PREPARATIONS)
def test_knobs_at_their_defaults_leave_the_preparation_as_it_is(preparation):
    knobs = KNOBS[preparation.name]
    turned = Changes(**{name: k.default for name, k in knobs.items() if not k.optional})
    shock = [Pulse(1.0, 0.5, 60.0)]
    runs = [run(preparation, shock, c, duration_ms=10.0).voltage_mv for c in (None, turned)]
    assert list(runs[1]) == pytest.approx(list(runs[0]), abs=1e-3)


def test_what_is_none_unless_set_is_marked():
    for name, knobs in KNOBS.items():
        marked = {knob.name for knob in knobs.values() if knob.optional}
        if name == "resting":
            assert not marked
        elif name == "accounting":
            assert marked == {"ouabain_from_s", "space_um"}
        else:
            assert marked == {"frozen_m", "frozen_h", "frozen_n"}
    for field in fields(Changes):
        assert not CHANGES[field.name].optional or field.default is None


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
