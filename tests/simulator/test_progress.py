"""Long work says how far it is, and a callback that raises stops it."""

import pytest

from simulator import (
    RECEPTOR,
    SQUID,
    Axon,
    Cancelled,
    Changes,
    Step,
    all_or_none,
    axon_threshold,
    collision,
    fibre_threshold,
    refractory_pairs,
    refractory_periods,
    run,
    strength_duration,
    threshold,
    thresholds,
    velocity_by_diameter,
    velocity_by_temperature,
)
from simulator.progress import Meter, part

THICK = Axon(diameter_um=1000.0)
LONG = [
    # what takes long, and how often it must report at least
    (lambda told: run(SQUID, [Step(1.0, 10.0)], duration_ms=500.0, progress=told), 5),
    (lambda told: threshold(SQUID, 20.0, Changes(pump=0.9), told), 12),
    (lambda told: thresholds(RECEPTOR, [1.0, 10.0], progress=told), 12),
    (lambda told: strength_duration(SQUID, pulses_ms=(0.5, 5.0, 30.0), progress=told), 30),
    (lambda told: refractory_periods(SQUID, told), 12),
    (lambda told: collision(Axon(length_mm=30.0), progress=told), 5),
    (lambda told: refractory_pairs([5.0], progress=told), 20),
    (lambda told: fibre_threshold(progress=told), 50),
    (lambda told: axon_threshold(THICK, progress=told), 50),
    (lambda told: all_or_none([1.5], progress=told), 50),
    (lambda told: velocity_by_diameter([1000.0], progress=told), 5),
    (lambda told: velocity_by_temperature([10.0], THICK, progress=told), 5),
]


@pytest.mark.parametrize(("work", "reports"), LONG)
def test_long_work_reports_often_never_goes_back_and_ends_at_1(work, reports):
    shares = []
    work(shares.append)
    assert len(shares) >= reports
    assert shares == sorted(shares)
    assert shares[0] >= 0.0
    assert shares[-1] == 1.0


@pytest.mark.parametrize("work", [work for work, _ in LONG])
def test_long_work_stops_where_the_callback_raises(work):
    shares = []

    def stop(share):
        shares.append(share)
        raise Cancelled

    with pytest.raises(Cancelled):
        work(stop)
    assert len(shares) == 1


def test_a_cancelled_search_is_begun_anew_and_a_found_threshold_is_not():
    changes = Changes(pump=0.8)

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        threshold(SQUID, 0.5, changes, stop)
    first, again = [], []
    assert threshold(SQUID, 0.5, changes, first.append) == threshold(
        SQUID, 0.5, changes, again.append
    )
    assert len(first) > 10
    assert again == [1.0]


def test_a_watched_run_gives_what_an_unwatched_one_gives():
    stimuli = [Step(1.0, 10.0)]
    alone = run(SQUID, stimuli, duration_ms=300.0)
    watched = run(SQUID, stimuli, duration_ms=300.0, progress=lambda share: None)
    assert watched.voltage_mv == alone.voltage_mv


def test_the_progress_of_a_part_is_its_share_of_the_whole():
    shares = []
    told = part(shares.append, 0.5, 0.25)
    told(0.0)
    told(1.0)
    assert shares == [0.5, 0.75]


def test_where_the_first_part_has_nothing_to_do_the_rest_is_the_whole():
    shares = []
    Meter(shares.append).rest(0.5)
    meter = Meter(shares.append)
    part(meter, 0.0, 0.4)(1.0)
    meter.rest(0.5)
    meter.rest(1.0)
    assert shares == pytest.approx([0.5, 0.4, 0.7, 1.0])
