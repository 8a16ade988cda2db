"""The experiments of the lab: what they find, that they tell their progress and can be stopped."""

from math import isfinite

import pytest

from simulator import TEXTBOOK, Axon, Cancelled, threshold, velocity_m_s
from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario
from tutor.course.scenario_fields import Scenario
from tutor.plot.raster import render
from tutor.session.lab.experiments import experiment, experiments_for
from tutor.session.lab.finding import Finding

#: Every experiment once; the rest of the preparations have the same.
EVERY = [
    *(("textbook", name) for name in experiments_for("textbook")),
    *(("axon", name) for name in experiments_for("axon")),
    *(("myelinated", name) for name in experiments_for("myelinated")),
]


def number(found: Finding, name: str) -> float:
    return float(dict(found.numbers)[name].split()[0])


@pytest.mark.parametrize(("preparation", "name"), EVERY)
def test_an_experiment_tells_its_progress_and_gives_plots_numbers_and_a_sentence(
    preparation: str, name: str
) -> None:
    shares: list[float] = []
    found = experiment(name, default_scenario(preparation), shares.append)
    assert shares == sorted(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert found.sentence.endswith(".")
    assert found.numbers
    for plot in found.plots:
        assert plot.x.unit
        assert any(series.values for series in plot.series)
        rows = render(plot, 58, 12, "ascii").rows
        assert all(row.isascii() for row in rows)
    columns = list(found.table.values())
    assert len({len(column) for column in columns}) == 1
    assert all(value is None or isfinite(value) for column in columns for value in column)


@pytest.mark.parametrize(
    ("preparation", "name"),
    [("textbook", "refractory"), ("axon", "refractory"), ("myelinated", "temperature")],
)
def test_an_experiment_can_be_stopped(preparation: str, name: str) -> None:
    def stop(share: float) -> None:
        if share > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        experiment(name, default_scenario(preparation), stop)


def test_each_preparation_that_fires_or_conducts_has_experiments() -> None:
    having = {name for name in PREPARATION_NAMES if experiments_for(name)}
    assert having == {"textbook", "squid", "cortical", "receptor", "axon", "myelinated"}
    for name in having:
        assert {"threshold"} <= set(experiments_for(name))
    with pytest.raises(ValueError, match="there is none"):
        experiment("threshold", default_scenario("resting"))
    with pytest.raises(ValueError, match="there are: threshold"):
        experiment("gates", default_scenario("axon"))


def test_the_threshold_is_that_of_the_set_ups_own_changes_and_pulse() -> None:
    plain = default_scenario("textbook")
    single = threshold(TEXTBOOK, 0.5)
    assert single is not None
    found = experiment("threshold", plain)
    assert number(found, "just-effective pulse") == pytest.approx(
        single.amplitude_ua_cm2, abs=0.01
    )
    size = number(found, "just-effective pulse")
    assert number(found, "threshold potential") == pytest.approx(-55.0, abs=0.1)
    harder = Scenario(preparation="textbook", changes={"na_block": 0.3})
    assert number(experiment("threshold", harder), "just-effective pulse") > 1.05 * size


def test_of_the_two_runs_of_a_threshold_only_the_stronger_one_fires() -> None:
    for preparation in ("textbook", "axon"):
        below, above = experiment("threshold", default_scenario(preparation)).plots[0].series
        assert max(below.values) < 0.0 < max(above.values)


def test_the_second_pulse_meets_the_changes_of_the_set_up() -> None:
    plain = experiment("refractory", default_scenario("textbook"))
    assert 1.5 < number(plain, "none up to") < 2.5
    blocked = Scenario(preparation="textbook", changes={"k_block": 0.8})
    # Without an undershoot the first pulse is sooner forgotten.
    name = "1.05 thresholds from"
    assert number(experiment("refractory", blocked), name) < number(plain, name)


def test_velocities_are_those_of_the_simulator_and_follow_their_laws() -> None:
    axon = experiment("temperature", default_scenario("axon"))
    at = dict(axon.numbers)["18.5 °C"]
    assert float(at.split()[0]) == pytest.approx(velocity_m_s(Axon()), abs=0.01)
    thick = experiment("diameter", default_scenario("axon"))
    assert "100 times as thick" in thick.sentence
    assert "10 times as fast" in thick.sentence
    fibre = experiment("diameter", default_scenario("myelinated"))
    assert "20 times as thick" in fibre.sentence
    assert "19.5 times as fast" in fibre.sentence


@pytest.mark.parametrize(
    ("preparation", "name", "says"),
    [
        ("textbook", "threshold", "no pulse of 0.5 ms fires this set-up"),
        ("textbook", "strength-duration", "even the longest pulse does not fire"),
        ("textbook", "refractory", "no second pulse fires"),
        ("textbook", "f-i", "no steady current"),
        ("axon", "threshold", "sends a spike along"),
        ("axon", "all-or-none", "sends a spike along"),
        ("axon", "refractory", "sends a spike along"),
        ("axon", "diameter", "no spike travels"),
        ("myelinated", "temperature", "no spike travels"),
    ],
)
def test_where_nothing_can_fire_an_experiment_says_so(
    preparation: str, name: str, says: str
) -> None:
    numbed = Scenario(preparation=preparation, changes={"na_block": 1.0})
    with pytest.raises(ValueError, match=says):
        experiment(name, numbed)
