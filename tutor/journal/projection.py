"""What a review would do to a memory, in bare numbers: the planner weighs thousands at a time.

The formulas of FSRS-6, grades Good and Again only, days between reviews of one day or more. The
package `fsrs` stays the judge of what really happened (`schedule.reviewed`); a test holds these
formulas and parameters against it.
"""

from __future__ import annotations

import math

from tutor.journal.schedule import DECAY

_FACTOR = 0.9 ** (-1 / DECAY) - 1
_SHORTEST, _EASIEST, _HARDEST = 0.001, 1.0, 10.0
#: Stability and difficulty after the first answer: wrong, right.
FIRST = ((0.212, 6.4133), (2.3065, 6.4133 - math.exp(0.8334 * 2) + 1))
_EASY = 6.4133 - math.exp(0.8334 * 3) + 1
_HARDER, _REVERSION = 3.0194, 0.001
_GROWTH, _SATURATION, _SPACING = math.exp(1.8722), 0.1666, 0.796
_LAPSE, _LAPSE_DIFFICULTY, _LAPSE_STABILITY, _LAPSE_SPACING = 1.4835, 0.0614, 0.2629, 1.6483
_LAPSE_MOST = math.exp(-0.5425 * 0.0912)


def recall_after(stability: float, days: float) -> float:
    """The chance of a right answer so many days after the last review."""
    return math.pow(1 + _FACTOR * days / stability, -DECAY)


def if_right(stability: float, difficulty: float, recall: float) -> float:
    """The stability after a right answer that came with the given chance."""
    spaced = math.exp((1 - recall) * _SPACING) - 1
    return stability * (
        1 + _GROWTH * (11 - difficulty) * math.pow(stability, -_SATURATION) * spaced
    )


def if_wrong(stability: float, difficulty: float, recall: float) -> float:
    """The stability after a wrong answer, where a right one had the given chance."""
    left = math.pow(stability + 1, _LAPSE_STABILITY) - 1
    left *= (
        _LAPSE * math.pow(difficulty, -_LAPSE_DIFFICULTY) * math.exp((1 - recall) * _LAPSE_SPACING)
    )
    return max(min(left, stability * _LAPSE_MOST), _SHORTEST)


def difficulty_after(difficulty: float, right: bool) -> float:
    """The difficulty after an answer, 1 to 10."""
    step = 0.0 if right else 2 * _HARDER * (_HARDEST - difficulty) / 9
    moved = _REVERSION * _EASY + (1 - _REVERSION) * (difficulty + step)
    return min(max(moved, _EASIEST), _HARDEST)
