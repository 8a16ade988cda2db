"""Simulated learners: five published models of memory, none of which is FSRS.

A population is `learners` x `items` cells, flat, vectorised over cells; a day is a real number and
may differ from cell to cell. Every model has `recall(day, cells)` (chance of a right answer) and
`practise(cells, right, day)`: the question was asked, the learner then read the explanation.

What is published is the form of each model (and the numbers marked so); the other numbers were
set once, before any policy was compared, so that a question seen once is known by a quarter to a
half of the learners a day later and one seen four times over a fortnight by most of them. Learners
and items differ: each cell's ease is a draw for the learner plus a draw for the item plus its own.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cells = NDArray[np.intp]
Flags = NDArray[np.bool_]

#: Practices of one cell that a model with a full history keeps; more push out the oldest.
HISTORY = 32
#: A question met the same hour gives the shortest delay that a power law is asked for.
SHORTEST_DAYS = 1 / 24


class Memory(Protocol):
    """A population of learners with one model of memory."""

    def __init__(self, ease: Floats) -> None: ...

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        """Return the chance that each cell is right on its day."""

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        """Move the cells on by one question and its explanation."""


def logistic(x: Floats) -> Floats:
    """Return the logistic function, safe for any input."""
    return 1 / (1 + np.exp(-np.clip(x, -60, 60)))


class HalfLife:
    """Half-life regression: p = 2^(-t/h), log2 h linear in roots of counts.

    Settles & Meeder 2016 ("A trainable spaced repetition model for language learning", ACL), with
    their features sqrt(1 + right), sqrt(1 + wrong); weights ours. No spacing effect: forgetting is
    exponential, a right answer lengthens h whenever it is given.
    """

    BIAS, RIGHT, WRONG, SPREAD = -0.2, 3.0, -0.6, 1.0

    def __init__(self, ease: Floats) -> None:
        self.ease = ease
        self.counts = np.zeros((2, ease.size))
        self.last = np.full(ease.size, -np.inf)

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        wrong, right = np.sqrt(1 + self.counts[:, cells])
        log_h = self.BIAS + self.RIGHT * right + self.WRONG * wrong
        return np.exp2(-(day - self.last[cells]) / np.exp2(log_h + self.SPREAD * self.ease[cells]))

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        self.counts[right.astype(np.intp), cells] += 1
        self.last[cells] = day


class History:
    """What the models with a full history share: when each cell was practised, and with what."""

    def __init__(self, ease: Floats) -> None:
        self.ease = ease
        self.n = np.zeros(ease.size, dtype=np.intp)
        self.when = np.full((HISTORY, ease.size), -np.inf)
        self.mark = np.zeros((HISTORY, ease.size))

    def add(self, cells: Cells, mark: Floats, day: Floats) -> None:
        """Keep a practice with a number that the model needs later."""
        at = self.n[cells] % HISTORY
        self.when[at, cells], self.mark[at, cells] = day, mark
        self.n[cells] += 1

    def depth(self, cells: Cells) -> int:
        """Return how many rows of the history these cells use."""
        return int(min(HISTORY, self.n[cells].max(initial=1)) or 1)

    def ages(self, day: Floats | float, cells: Cells) -> Floats:
        """Return days since each practice; infinite where there was none."""
        return np.maximum(day - self.when[: self.depth(cells), cells], SHORTEST_DAYS)


class Activation(History):
    """ACT-R base-level activation with decay that depends on activation at practice.

    Pavlik & Anderson 2005 (Cognitive Science 29:559): m = ln sum t_j^-d_j, d_j = c e^m + a,
    p = logistic((m - tau) / s); c, a, tau, s and h (a day between sessions counts as 0.025 of its
    seconds) as published. Ours: ease shifts m, by 0.55 on average (richer than word pairs).
    """

    C, A, TAU, S, H = 0.217, 0.177, -0.704, 0.255, 0.025
    SHIFT, SPREAD = 0.55, 0.25

    def _strength(self, day: Floats | float, cells: Cells) -> Floats:
        seconds = self.ages(day, cells) * 86_400 * self.H
        return np.sum(
            seconds ** -self.mark[: self.depth(cells), cells], axis=0, where=seconds < 1e12
        )

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        m = np.log(np.maximum(self._strength(day, cells), 1e-9))
        m += self.SHIFT + self.SPREAD * self.ease[cells]
        return logistic((m - self.TAU) / self.S)

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        self.add(cells, self.C * self._strength(day, cells) + self.A, day)


class PowerLaw(History):
    """Predictive Performance Equation: a power law of forgetting whose exponent falls by spacing.

    Walsh, Gluck, Gunzelmann, Jastrzembski & Krusmark 2018 (Cognitive Science 42 S3:644):
    M = N^c T^-d, T = sum w_i t_i with w_i ~ t_i^-x, d = b + m mean(1 / ln(lag + e)),
    p = logistic((M - tau) / s); c = 0.1 and x = 0.6 as published, b, m, tau and s ours.
    """

    C, X, B, M, TAU, S, SPREAD = 0.1, 0.6, 0.04, 0.12, 0.25, 0.06, 0.05

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        seconds = self.ages(day, cells) * 86_400
        seen = seconds < 1e12
        seconds = np.where(seen, seconds, 1.0)
        weight = np.where(seen, seconds**-self.X, 0.0)
        n = np.maximum(self.n[cells], 1)
        time = np.sum(weight * seconds, axis=0) / np.maximum(weight.sum(axis=0), 1e-12)
        rows = self.depth(cells)
        closeness = np.sum(self.mark[:rows, cells], axis=0) / np.minimum(n, HISTORY)
        strength = n**self.C * np.maximum(time, 1.0) ** -(self.B + self.M * closeness)
        p = logistic((strength - self.TAU + self.SPREAD * self.ease[cells]) / self.S)
        return np.where(self.n[cells] > 0, p, 0.02)

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        lag = np.min(self.ages(day, cells), axis=0) * 86_400
        self.add(cells, np.where(self.n[cells] > 0, 1 / np.log(lag + np.e), 1.0), day)


class Dash(History):
    """DASH: a logistic regression on counts of right answers and attempts in growing windows.

    Lindsey, Shroyer, Pashler & Mozer 2014 (Psychological Science 25:639), windows of an hour, a
    day, a week, a month and all time, log(1 + count); weights ours.
    """

    WINDOWS = (1 / 24, 1.0, 7.0, 30.0, 1e9)
    RIGHT = (0.6, 0.6, 0.7, 0.8, 0.6)
    TRIED = (0.3, 0.3, 0.4, 0.4, 0.4)
    BASE, SPREAD = -1.7, 0.8

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        ages = self.ages(day, cells)
        right = self.mark[: self.depth(cells), cells]
        h = self.BASE + self.SPREAD * self.ease[cells]
        for window, of_right, of_tried in zip(self.WINDOWS, self.RIGHT, self.TRIED, strict=True):
            inside = ages <= window
            h = h + of_right * np.log1p(np.sum(right * inside, axis=0))
            h = h + of_tried * np.log1p(np.sum(inside, axis=0))
        return logistic(h)

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        self.add(cells, right.astype(float), day)


class Multiscale:
    """Multiscale context model: a cascade of leaky integrators, each learning what is left over.

    Mozer, Pashler, Cepeda, Lindsey & Vul 2009 (NIPS 22:1321): s_i = sum_{j<=i} g_j x_j / G_i,
    x_i += eps (1 - s_i), eps 1 after a failed and 9 after a successful retrieval (published),
    p = s_N; time constants and weights geometric, their numbers ours.
    """

    SCALES_DAYS = 0.2 * 1.8 ** np.arange(14)
    WEIGHTS = 0.82 ** np.arange(14)
    FAILED, RETRIEVED = 1.0, 9.0
    STRENGTH, SPREAD = 0.7, 0.5

    def __init__(self, ease: Floats) -> None:
        self.gain = self.STRENGTH * np.exp(self.SPREAD * ease)
        self.trace = np.zeros((self.SCALES_DAYS.size, ease.size))
        self.last = np.zeros(ease.size)

    def _left(self, day: Floats | float, cells: Cells) -> tuple[Floats, Floats]:
        passed = day - self.last[cells]
        trace = self.trace[:, cells] * np.exp(-passed / self.SCALES_DAYS[:, None])
        share = self.WEIGHTS / self.WEIGHTS.sum()
        summed = np.cumsum(share[:, None] * trace, axis=0) * self.gain[cells]
        return trace, summed / np.cumsum(share)[:, None]

    def recall(self, day: Floats | float, cells: Cells) -> Floats:
        return np.clip(self._left(day, cells)[1][-1], 0.0, 1.0)

    def practise(self, cells: Cells, right: Flags, day: Floats) -> None:
        trace, left = self._left(day, cells)
        eps = np.where(right, self.RETRIEVED, self.FAILED)
        self.trace[:, cells] = trace + eps * np.maximum(1 - left, 0.0)
        self.last[cells] = day


MODELS: dict[str, type[Memory]] = {
    "half-life": HalfLife,
    "ACT-R": Activation,
    "power law": PowerLaw,
    "DASH": Dash,
    "multiscale": Multiscale,
}

#: Encounters with a question's matter before the first day (lectures, books), mean and days back.
MET_BEFORE, MET_DAYS = 1.0, 60.0


def population(model: type[Memory], learners: int, items: int, seed: int) -> Memory:
    """Return learners who met part of the matter in the sixty days before day 0."""
    rng = np.random.default_rng(seed)
    ease = rng.normal(0, 0.5, (learners, 1)) + rng.normal(0, 0.7, (1, items))
    ease = (ease + rng.normal(0, 0.5, (learners, items))).ravel()
    memory = model(ease)
    times = np.minimum(rng.poisson(MET_BEFORE, ease.size), 4)
    days = np.sort(rng.uniform(-MET_DAYS, -1, (4, ease.size)), axis=0)
    luck = rng.random((4, ease.size))
    for row in range(4):
        cells = np.flatnonzero(times > row)
        right = luck[row, cells] < memory.recall(days[row, cells], cells)
        memory.practise(cells, right, days[row, cells])
    return memory
