"""Judge the exam-date planner under memory models that are not FSRS; writes exam_planner.md.

    python tests/studies/exam_planner.py            # prints the report and writes it beside itself
    python tests/studies/exam_planner.py --learners 10 --print

Every policy asks the same simulated learners (same seeds, same luck for a question on a day) as
many questions as the planner asked each of them, under the same daily cap.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import exam_planner_report as report
import numpy as np
from fsrs.scheduler import DEFAULT_PARAMETERS as W
from memory_models import MODELS, Cells, Flags, Floats, Memory, population

from tutor.journal.forecast import Review, corrected, correction, forecast
from tutor.journal.planning import FIRST_RIGHT, Item, Terms, plan
from tutor.journal.schedule import Card

SEED = 20261207
LEARNERS, ITEMS = 200, 200
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
LATER_DAYS = 30
#: Learners whose forecasts are held against what came (each forecast runs a whole plan ahead).
FORECAST_LEARNERS = 60


class Scenario(NamedTuple):
    """Days until the exam, the most questions a day, and a break nobody foresaw."""

    days: int
    cap: int
    away: tuple[int, int] = (0, 0)
    forecast: bool = False

    @property
    def title(self) -> str:
        """Name the scenario in the tables."""
        gone = f", away on days {self.away[0]}-{self.away[1] - 1}" if self.away[1] else ""
        return f"{self.days} days, at most {self.cap} questions a day{gone}"


SCENARIOS = (
    Scenario(7, 40),
    Scenario(7, 80, forecast=True),
    Scenario(7, 150),
    Scenario(30, 15),
    Scenario(30, 30, forecast=True),
    Scenario(30, 100),
    Scenario(30, 45, away=(12, 19)),
    Scenario(90, 8),
    Scenario(90, 50, forecast=True),
)


class Cards:
    """FSRS cards of a whole population, as columns (a test holds them against `schedule`)."""

    def __init__(self, size: int) -> None:
        self.stability, self.difficulty = np.ones(size), np.ones(size)
        self.last, self.reviews = np.zeros(size), np.zeros(size, dtype=np.intp)

    @property
    def seen(self) -> Flags:
        """Tell which cells were ever asked."""
        return self.reviews > 0

    def recall(self, day: float, cells: Cells) -> Floats:
        """Return what FSRS believes of seen cells."""
        factor = 0.9 ** (-1 / W[20]) - 1
        return (1 + factor * (day - self.last[cells]) / self.stability[cells]) ** -W[20]

    def due(self) -> Floats:
        """Return the day on which each is due at a retention of 0.9."""
        return self.last + np.maximum(1, np.round(self.stability))

    def review(self, cells: Cells, right: Flags, day: int) -> None:
        """Move cells on, as Good or Again."""
        s, d, p = self.stability[cells], self.difficulty[cells], self.recall(day, cells)
        grown = np.exp(W[8]) * (11 - d) * s ** -W[9] * (np.exp((1 - p) * W[10]) - 1)
        left = W[11] * d ** -W[12] * ((s + 1) ** W[13] - 1) * np.exp((1 - p) * W[14])
        left = np.minimum(left, s / np.exp(W[17] * W[18]))
        moved = np.where(right, s * (1 + grown), left)
        started = np.where(right, W[2], W[0])
        harder = d + np.where(right, 0, 2 * W[6] * (10 - d) / 9)
        easy = W[4] - np.exp(W[5] * 3) + 1
        harder = np.clip(W[7] * easy + (1 - W[7]) * harder, 1, 10)
        first = np.where(right, W[4] - np.exp(W[5] * 2) + 1, W[4])
        seen = self.reviews[cells] > 0
        self.stability[cells] = np.maximum(np.where(seen, moved, started), 0.001)
        self.difficulty[cells] = np.where(seen, harder, first)
        self.last[cells], self.reviews[cells] = day, self.reviews[cells] + 1


class Group:
    """A population, its cards and what it has answered so far under one policy."""

    def __init__(self, memory: Memory, learners: int, luck_seed: list[int]) -> None:
        self.memory, self.learners = memory, learners
        self.cards = Cards(learners * ITEMS)
        self.asked = np.zeros(learners, dtype=np.intp)
        self.luck_seed = luck_seed

    def answer(self, cells: Cells, day: int) -> Flags:
        """Ask the cells on a day; the luck of a cell on a day is the same in every policy."""
        luck = np.random.default_rng([*self.luck_seed, day]).random(self.learners * ITEMS)
        right = luck[cells] < self.memory.recall(float(day), cells)
        self.memory.practise(cells, right, np.full(cells.size, float(day)))
        self.cards.review(cells, right, day)
        self.asked += np.bincount(cells // ITEMS, minlength=self.learners)
        return right

    def known(self, day: float) -> Floats:
        """Return each cell's true chance on a day, learners x items."""
        everything = np.arange(self.learners * ITEMS)
        return self.memory.recall(day, everything).reshape(self.learners, ITEMS)


class Result(NamedTuple):
    """Means by learner: recall on the day and later, questions asked and never asked."""

    on_day: Floats
    later: Floats
    asked: Floats
    unseen: Floats


class Foreseen(NamedTuple):
    """Forecasts of single questions and what came: when made, plain, corrected, true."""

    left: int
    plain: Floats
    corrected: Floats
    came: Floats


def planned(group: Group, scenario: Scenario, look: bool) -> tuple[Result, list[Foreseen]]:
    """Follow the planner; at half time and on the eve, note what it foresees."""
    exam = (START + timedelta(days=scenario.days)).date()
    items = [[Item(f"q{i:03}") for i in range(ITEMS)] for _ in range(group.learners)]
    place = {f"q{i:03}": i for i in range(ITEMS)}
    record: list[list[Review]] = [[] for _ in range(group.learners)]
    firsts = np.tile([[FIRST_RIGHT * 10, 10.0]], (group.learners, 1))
    noted: list[tuple[int, list[list[float]], list[list[float]]]] = []
    for day in range(scenario.days):
        now = START + timedelta(days=day)
        terms = [
            Terms(exam=exam, cap_items=scenario.cap, first_right=float(right / n))
            for right, n in firsts
        ]
        if look and day in (scenario.days // 2, scenario.days - 1):
            plain, bent = [], []
            for learner in range(min(FORECAST_LEARNERS, group.learners)):
                moved = correction(record[learner])
                outlooks = forecast(items[learner], now, terms[learner])
                there = [o.reviews or items[learner][place[o.id]].card for o in outlooks]
                chances = [o.recall for o in outlooks]
                plain.append(chances)
                bent.append(
                    [corrected(c, moved) if t else c for c, t in zip(chances, there, strict=True)]
                )
            noted.append((scenario.days - day, plain, bent))
        if scenario.away[0] <= day < scenario.away[1]:
            continue
        chosen = [plan(its, now, t).ids for its, t in zip(items, terms, strict=True)]
        cells = np.array([n * ITEMS + place[q] for n, ids in enumerate(chosen) for q in ids], int)
        if not cells.size:
            continue
        believed, reviews = group.cards.recall(day, cells), group.cards.reviews[cells]
        right = group.answer(cells, day)
        for cell, chance, before, ok in zip(cells, believed, reviews, right, strict=True):
            learner, index = divmod(int(cell), ITEMS)
            if before:
                record[learner].append(Review(float(chance), bool(ok), int(before)))
            else:
                firsts[learner] += (ok, 1)
            items[learner][index] = Item(f"q{index:03}", _card(group.cards, cell, now))
    came = group.known(scenario.days)
    foreseen = [
        Foreseen(left, np.array(plain), np.array(bent), came[: len(plain)])
        for left, plain, bent in noted
    ]
    return _result(group, scenario), foreseen


def _card(cards: Cards, cell: int, now: datetime) -> Card:
    stability = float(cards.stability[cell])
    due = now + timedelta(days=max(1, round(stability)))
    return Card(stability, float(cards.difficulty[cell]), now, due, int(cards.reviews[cell]), 0)


def _result(group: Group, scenario: Scenario) -> Result:
    unseen = (~group.cards.seen).reshape(group.learners, ITEMS).sum(axis=1)
    return Result(
        group.known(scenario.days).mean(axis=1),
        group.known(scenario.days + LATER_DAYS).mean(axis=1),
        group.asked.astype(float),
        unseen.astype(float),
    )


#: Gives each cell its place in the queue (highest first) on a day of a scenario.
Priority = Callable[[Cards, int, Scenario], Floats]


def by_age(cards: Cards, day: int, scenario: Scenario) -> Floats:
    """Uniform spacing: the question that was seen longest ago, unseen ones before all."""
    index = np.arange(cards.last.size) % ITEMS
    return np.where(cards.seen, -cards.last, 1e6 - index)


def by_fsrs(cards: Cards, day: int, scenario: Scenario) -> Floats:
    """Plain FSRS at 0.9: new ones at a fixed pace, then what is due, then ahead of time.

    The pace has all questions seen by half time, which is kinder to FSRS than "due first".
    """
    unseen = ~cards.seen.reshape(-1, ITEMS)
    pace = int(np.ceil(2 * ITEMS / scenario.days))
    brought = (unseen & (np.cumsum(unseen, axis=1) <= pace)).ravel()
    risk = 1 - cards.recall(day, np.arange(cards.last.size))
    seen = np.where(cards.due() <= day, 10 + risk, risk)
    return np.where(cards.seen, seen, np.where(brought, 100.0, -1.0))


def queued(
    group: Group, scenario: Scenario, priority: Priority, share: Floats, how: str
) -> Result:
    """Follow a policy that spends `share` questions a learner: "even", "late" or what is "due"."""
    cap = scenario.cap
    for day in range(scenario.days):
        if scenario.away[0] <= day < scenario.away[1]:
            continue
        worth = priority(group.cards, day, scenario).reshape(-1, ITEMS)
        left, rest = share - group.asked, scenario.days - day
        if how == "even":
            today = np.ceil(left / rest)
        elif how == "late":
            today = left - cap * (rest - 1)
        else:
            today = (worth >= 10).sum(axis=1)
        today = np.clip(today, 0, min(cap, ITEMS)).astype(int)
        order = np.argsort(-worth, axis=1, kind="stable") + ITEMS * np.arange(len(worth))[:, None]
        cells = order[np.arange(ITEMS)[None, :] < today[:, None]]
        if cells.size:
            group.answer(cells, day)
    return _result(group, scenario)


def study(learners: int, scenarios: tuple[Scenario, ...] = SCENARIOS) -> report.Study:
    """Run every policy in every scenario under every model."""
    began, results, foreseen = time.process_time(), {}, {}
    for number, scenario in enumerate(scenarios):
        for index, (name, model) in enumerate(MODELS.items()):
            seed = [SEED, number, index]

            def fresh(model: type[Memory] = model, seed: list[int] = seed) -> Group:
                return Group(population(model, learners, ITEMS, seed), learners, seed)

            ours, seen_ahead = planned(fresh(), scenario, scenario.forecast)
            share = ours.asked
            results[scenario.title, name] = {
                report.PLANNER: ours,
                report.FSRS: queued(fresh(), scenario, by_fsrs, share, "even"),
                report.UNIFORM: queued(fresh(), scenario, by_age, share, "even"),
                report.CRAMMING: queued(fresh(), scenario, by_age, share, "late"),
                report.FSRS_OWN: queued(fresh(), scenario, by_fsrs, share, "due"),
            }
            for one in seen_ahead:
                foreseen.setdefault((name, one.left == 1), []).append(one)
    return report.Study(learners, ITEMS, SEED, results, foreseen, time.process_time() - began)


def main() -> None:
    """Run the study and write its report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--learners", type=int, default=LEARNERS)
    options.add_argument("--print", action="store_true", help="print only, write nothing")
    wanted = options.parse_args()
    text = report.written(study(wanted.learners))
    if not wanted.print:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
