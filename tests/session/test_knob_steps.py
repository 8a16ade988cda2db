"""Knobs turn by steps that change something."""

from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.session.knobs import knobs_of


def test_a_knob_that_counts_turns_by_one_at_least():
    fibre = Scenario(
        preparation="myelinated",
        stimuli=(PulseSpec(times_threshold=1.5),),
        knobs={"damaged_internodes": (1, 4), "myelin_left": (0.0, 1.0)},
    )
    count, share = knobs_of(fibre, {})
    assert count.step == 1.0
    assert share.step == 0.05


def test_a_wide_count_still_crosses_its_range_in_twenty_presses():
    cell = Scenario(preparation="accounting", knobs={"pulses": (1, 401)})
    (pulses,) = knobs_of(cell, {})
    assert pulses.step == 20.0
