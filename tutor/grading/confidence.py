"""Certainty-based marks (Gardner-Medwin): how sure, and how right.

Being sure pays where one is right and costs where one is not, so that it pays best to say
how sure one is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

Certainty = Literal[1, 2, 3]
Reading = Literal["too sure", "not sure enough", "fits", "no answers"]

CERTAINTIES: tuple[Certainty, ...] = (1, 2, 3)
#: What a wrong answer costs.
WRONG: dict[Certainty, float] = {1: 0.0, 2: -2.0, 3: -6.0}
#: The chances of being right for which each certainty pays best.
PAYS_BEST: dict[Certainty, tuple[float, float]] = {
    1: (0.0, 2 / 3),
    2: (2 / 3, 0.8),
    3: (0.8, 1.0),
}
#: 95 % of a normal distribution lie within so many standard deviations.
_WITHIN_95 = 1.96


def kept_certainty(value: object) -> Certainty | None:
    """The certainty that a journal kept; None where it is none."""
    return next((one for one in CERTAINTIES if value == one), None)


def certainty_marks(certainty: Certainty | None, share: float) -> float | None:
    """Marks for an answer that is right by `share` (0 to 1); none where no certainty was given.

    Raises:
        ValueError: the certainty is not 1, 2 or 3, or the share not 0 to 1.
    """
    if certainty is None:
        return None
    _check(certainty, share)
    return share * certainty if share > 0.0 else WRONG[certainty]


def best_certainty(probability: float) -> Certainty:
    """The certainty that pays best for who is right with this probability.

    Raises:
        ValueError: the probability is not 0 to 1.
    """
    _check(1, probability)
    if probability < PAYS_BEST[2][0]:
        return 1
    return 2 if probability <= PAYS_BEST[2][1] else 3


def alarms(certainty: Certainty | None, share: float) -> bool:
    """True for a wrong answer given for sure: a misconception, not a gap."""
    return certainty == 3 and share == 0.0


class Calibration(NamedTuple):
    """How right someone was at one certainty.

    Attributes:
        certainty: 1, 2 or 3.
        n: Number of answers.
        share_right: Mean share right; none without answers.
        interval: Where the share lies with 95 %, after Wilson 1927; none without answers.
        reading: Too sure or not sure enough only where chance does not explain it: the interval
            lies outside the band where the certainty pays best.
    """

    certainty: Certainty
    n: int
    share_right: float | None
    interval: tuple[float, float] | None
    reading: Reading


def calibration(answers: Iterable[tuple[Certainty, float]]) -> tuple[Calibration, ...]:
    """How sure against how right, one line a certainty, from (certainty, share right).

    Raises:
        ValueError: a certainty is not 1, 2 or 3, or a share not 0 to 1.
    """
    shares: dict[Certainty, list[float]] = {certainty: [] for certainty in CERTAINTIES}
    for certainty, share in answers:
        _check(certainty, share)
        shares[certainty].append(share)
    return tuple(
        calibrated(certainty, len(given), math.fsum(given) / len(given) if given else None)
        for certainty, given in shares.items()
    )


def calibrated(certainty: Certainty, n: int, mean: float | None) -> Calibration:
    """How right `n` answers of one certainty were, from their mean share; none without answers.

    Raises:
        ValueError: the certainty is not 1, 2 or 3, or the share not 0 to 1.
    """
    if not n or mean is None:
        return Calibration(certainty, 0, None, None, "no answers")
    _check(certainty, mean)
    low, high = _wilson(mean, n)
    pays_from, pays_to = PAYS_BEST[certainty]
    reading: Reading = "fits"
    if high < pays_from:
        reading = "too sure"
    elif low > pays_to:
        reading = "not sure enough"
    return Calibration(certainty, n, mean, (low, high), reading)


def _wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share seen in `n` answers."""
    z2 = _WITHIN_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _WITHIN_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return middle - half, middle + half


def _check(certainty: Certainty, share: float) -> None:
    if certainty not in CERTAINTIES:
        raise ValueError(f"a certainty is 1, 2 or 3, not {certainty!r}")
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share or probability lies from 0 to 1, not at {share:g}")
