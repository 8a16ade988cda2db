"""Experiments: a run made with the learner's own knobs, judged by goals on what it measures.

A goal is a line such as `V_rest = -70 +- 1 mV`, `waves == 2` or `half_width >= 3 x`; the last
compares with the run as it was before the knobs were turned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from simulator.measurements import Measurement
from tutor.course.names import LASTING, measurement
from tutor.course.text import one_line, pretty_unit
from tutor.grading.units import UnitError, read_unit
from tutor.grading.verdict import PointVerdict, Verdict, add_up, figure
from tutor.words import common
from tutor.words import marking as words

_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_GOAL = re.compile(
    rf"\s*(?P<name>[A-Za-z_]\w*)\s*(?P<relation>==|=|<=|>=|<|>)\s*(?P<wanted>{_NUMBER})"
    rf"\s*(?:(?:\+-|±)\s*(?P<margin>{_NUMBER}))?\s*(?P<unit>[^\s<>=].*?)?\s*"
)
#: Measured counts are whole and wanted equalities exact, but both come as binary fractions.
_SLACK = 1e-9


class Goal(msgspec.Struct, frozen=True):
    """One thing that the run must show.

    Attributes:
        id: The goal's id within its question.
        text: The goal in words; left out, the comparison as written.
        name: The measured number.
        low: The least value that serves, in `unit` or as a multiple.
        high: The greatest.
        ends_serve: Whether `low` and `high` themselves do.
        unit: The unit that `name` is measured in; `x` for a multiple of the run before.
        marks: Marks for reaching it.
    """

    id: str
    text: str
    name: str
    low: float
    high: float
    ends_serve: bool
    unit: str
    marks: float

    @property
    def is_multiple(self) -> bool:
        """Compared with the run before the knobs were turned."""
        return self.unit == "x"

    def off_by(self, value: float) -> float | None:
        """How far `value` is below (negative) or above what serves; none where it serves."""
        slack = _SLACK * max(1.0, abs(value)) * (1.0 if self.ends_serve else -1.0)
        if self.low - slack <= value <= self.high + slack:
            return None
        below = value < (self.low + self.high) / 2.0
        return value - (self.low if below else self.high)


def read_goal(goal_id: str, text: str, marks: float = 1.0, says: str = "") -> Goal:
    """The goal that a line such as `half_width >= 3 x` states, and `says` in words.

    Raises:
        ValueError: the line is no comparison of a name with a number, or its unit is unknown.
    """
    found = _GOAL.fullmatch(text)
    relation = found["relation"] if found else ""
    if not found or (found["margin"] and relation not in ("=", "==")):
        raise ValueError(
            f"goal {goal_id}: {one_line(text)!r} compares no measured name with a number; "
            "write V_rest = -70 +- 1 mV, waves == 2 or half_width >= 3 x"
        )
    wanted, margin = float(found["wanted"]), abs(float(found["margin"] or 0.0))
    if not (math.isfinite(wanted) and math.isfinite(margin)):
        raise ValueError(f"goal {goal_id}: the numbers of {one_line(text)!r} are too large")
    unit = found["unit"] or ""
    try:
        if unit:
            read_unit(unit)
    except UnitError as error:
        raise ValueError(f"goal {goal_id}: {error}") from None
    low = -math.inf if relation.startswith("<") else wanted - margin
    high = math.inf if relation.startswith(">") else wanted + margin
    ends_serve = relation not in ("<", ">")
    told = says or one_line(text)
    return Goal(goal_id, told, found["name"], low, high, ends_serve, unit, marks)


def mark_experiment(
    goals: Sequence[Goal],
    measured: Mapping[str, float],
    before: Mapping[str, float],
    knobs: Mapping[str, float],
    defaults: Mapping[str, float],
    needed: Collection[str] | None = None,
    titles: Mapping[str, str] | None = None,
) -> Verdict:
    """Mark a run by its goals; what was turned without need is told, and costs nothing.

    Args:
        goals: What the run must show.
        measured: What it measures, by name; what it does not have is not there.
        before: The same of the run with every knob at its default.
        knobs: The learner's knobs.
        defaults: The values that they had.
        needed: The knobs that the model solution turns, where it is known.
        titles: How knobs and what is measured read on the screen, where not as they are.

    Raises:
        ValueError: a goal is a multiple of what the run before does not have or has as 0, or a
            knob has no default.
    """
    titles = titles or {}
    points = [_judge(goal, measured, before, titles.get(goal.name, "")) for goal in goals]
    reached = all(point.state == "met" for point in points)
    feedback = [point.note for point in points]
    economy = _economy(turned(knobs, defaults), needed, reached, titles)
    return add_up(points, sum(goal.marks for goal in goals), [*feedback, economy])


def turned(knobs: Mapping[str, float], defaults: Mapping[str, float]) -> tuple[str, ...]:
    """The knobs that are not at their default.

    Raises:
        ValueError: a knob has no default.
    """
    for name in knobs:
        if name not in defaults:
            raise ValueError(f"the knob {name!r} has no default; known: {', '.join(defaults)}")
    return tuple(name for name, value in knobs.items() if not math.isclose(value, defaults[name]))


def _judge(
    goal: Goal, measured: Mapping[str, float], before: Mapping[str, float], title: str
) -> PointVerdict:
    known = measurement(goal.name)
    name = title or (known.meaning if known else goal.name)
    value = measured.get(goal.name, math.nan)
    if goal.is_multiple:
        reference = before.get(goal.name, 0.0)
        if not (math.isfinite(reference) and reference):
            raise ValueError(
                f"goal {goal.id}: the run before has no {goal.name} to be multiplied; "
                "compare with a number"
            )
        value /= reference
    if not math.isfinite(value):
        note = words.NOT_IN_RUN.format(name=name)
        return PointVerdict(goal.id, goal.text, "missed", note=note)
    unit = goal.unit or (known.unit if known else "")
    if goal.is_multiple:
        shown = words.TIMES_THE_RUN_BEFORE.format(times=figure(value))
    else:
        shown = _with_unit(value, unit)
    evidence = f"{name}: {shown}"
    off = goal.off_by(value)
    if off is None:
        return PointVerdict(goal.id, goal.text, "met", goal.marks, evidence)
    told = _off(goal, value, off, unit, known)
    note = words.RUN_IS.format(name=f"{name[:1].upper()}{name[1:]}", value=shown, off=told)
    return PointVerdict(goal.id, goal.text, "missed", 0.0, evidence, note)


def _off(goal: Goal, value: float, off: float, unit: str, known: Measurement | None) -> str:
    """How far the value is off, and which way: times are late, counts few."""
    if abs(off) <= _SLACK * max(1.0, abs(value)):
        return words.MUST_BE_MORE if goal.high == math.inf else words.MUST_BE_LESS
    if goal.is_multiple:
        said, end = words.AT_MOST_TIMES, goal.high
        if off < 0.0:
            said, end = words.AT_LEAST_TIMES, goal.low
        return said.format(times=figure(end))
    if known is not None and not unit and not known.decimals:
        ways, off = (words.TOO_FEW, words.TOO_MANY), math.copysign(math.ceil(abs(off)), off)
    elif goal.name in LASTING:
        ways = words.TOO_SHORT, words.TOO_LONG
    elif known is not None and known.unit == "ms":
        ways = words.TOO_EARLY, words.TOO_LATE
    else:
        ways = words.RUN_TOO_LOW, words.RUN_TOO_HIGH
    return ways[off > 0.0].format(amount=_with_unit(abs(off), unit))


def _with_unit(value: float, unit: str) -> str:
    return f"{figure(value)} {pretty_unit(unit)}".rstrip()


def _economy(
    names: Sequence[str],
    needed: Collection[str] | None,
    reached: bool,
    titles: Mapping[str, str],
) -> str:
    if needed is None:
        if not reached or len(names) < 2:
            return ""
        return words.FEWER_KNOBS.format(knobs=_listed(names, titles))
    spare = [name for name in names if name not in needed]
    if not spare:
        return ""
    return words.NOT_NEEDED.format(knobs=_listed(spare, titles))


def _listed(names: Sequence[str], titles: Mapping[str, str]) -> str:
    *most, last = (titles.get(name, name) for name in names)
    return common.AND.join([", ".join(most), last]) if most else last
