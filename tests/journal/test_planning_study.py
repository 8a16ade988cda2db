"""A tiny run of the study that judges the planner (tests/studies/exam_planner.py)."""

import importlib
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tutor.journal.schedule import recall, reviewed

STUDIES = Path(__file__).parents[1] / "studies"


@pytest.fixture
def study(monkeypatch):
    monkeypatch.syspath_prepend(str(STUDIES))
    return importlib.import_module("exam_planner")


def test_its_columns_of_cards_move_as_the_cards_of_the_journal(study):
    rng = np.random.default_rng(1)
    columns, cards = study.Cards(20), [None] * 20
    for day in np.cumsum(rng.integers(1, 20, 12)):
        now = study.START + timedelta(days=int(day))
        cells = np.flatnonzero(rng.random(20) < 0.7)
        right = rng.random(cells.size) < 0.7
        for cell, ok in zip(cells, right, strict=True):
            if cards[cell] is not None:
                assert columns.recall(day, np.array([cell]))[0] == pytest.approx(
                    recall(cards[cell], now)
                )
            cards[cell] = reviewed(cards[cell], bool(ok), now)
        columns.review(cells, right, int(day))
    for cell, card in enumerate(cards):
        assert columns.stability[cell] == pytest.approx(card.stability)
        assert columns.difficulty[cell] == pytest.approx(card.difficulty)
        assert study.START + timedelta(days=int(columns.due()[cell])) == card.due


def test_every_policy_spends_the_same_within_the_cap_and_the_planner_holds_its_own(study):
    scenario = study.Scenario(7, 80, forecast=True)
    found = study.study(3, (scenario,))
    again = study.study(3, (scenario,))
    report = study.report
    gains = []
    for key, results in found.results.items():
        ours = results[report.PLANNER]
        assert np.array_equal(ours.on_day, again.results[key][report.PLANNER].on_day)
        for other in report.OTHERS:
            assert np.array_equal(results[other].asked, ours.asked)
            gains.append(report.gap(results, other, later=False).mean)
        assert ours.asked.max() <= 7 * 80
        assert ours.unseen.max() == 0
    assert np.mean(gains) > 0
    assert "| multiscale | exam day |" in report.written(found)


def test_the_table_that_stands_beside_the_script_is_of_a_whole_run(study):
    text = (STUDIES / "exam_planner.md").read_text(encoding="utf-8")
    assert f"{study.LEARNERS} simulated learners x {study.ITEMS} questions" in text
    assert f"seed {study.SEED}" in text
    assert all(f"### {scenario.title}" in text for scenario in study.SCENARIOS)
    assert all(f"**{name}**" in text for name in study.MODELS)
