"""Points and stretches that a learner marks on a trace, judged by numbers taken from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import msgspec

from tutor.grading.verdict import PointVerdict, Verdict, add_up, place_figure
from tutor.words import common
from tutor.words import marking as words

Interval = tuple[float, float]


class Target(msgspec.Struct, frozen=True):
    """Where on an axis a mark is right.

    Attributes:
        name: What lies there, as in "the peak" or "the absolute refractory period".
        intervals: Stretches where a mark is right, ends included.
        best: The one best place, where there is one.
        unit: Unit of the axis: ms along the trace, mm along an axon.

    Raises:
        ValueError: there is no interval, or one has no finite ends in order.
    """

    name: str
    intervals: tuple[Interval, ...]
    best: float | None = None
    unit: str = "ms"

    def __post_init__(self) -> None:
        if not self.intervals:
            raise ValueError(f"the target {self.name!r} has no interval")
        for start, end in self.intervals:
            if not (math.isfinite(start) and math.isfinite(end) and start <= end):
                raise ValueError(
                    f"the target {self.name!r} cannot reach from {start:g} to {end:g} {self.unit}"
                )

    def off_by(self, place: float) -> float:
        """How far `place` is from the nearest interval: negative before it, 0 within one."""
        gaps = [
            place - start if place < start else max(0.0, place - end)
            for start, end in self.intervals
        ]
        return min(gaps, key=abs)


def near(name: str, best: float, tolerance: float, unit: str = "ms") -> Target:
    """The target that reaches `tolerance` to either side of `best`."""
    return Target(name, ((best - tolerance, best + tolerance),), best, unit)


def where_extreme(
    name: str,
    places: Sequence[float],
    column: Callable[[float], float] | Sequence[float],
    tolerance: float,
    lowest: bool = False,
    unit: str = "ms",
) -> Target:
    """The target where `column` is greatest, or `lowest`; each of several equal places counts.

    Args:
        name: What lies there.
        places: Times or places, ascending.
        column: The values there, or what gives the value at a place.
        tolerance: How far off a mark may be.
        lowest: Seek the least value.
        unit: Unit of the places.

    Raises:
        ValueError: there are no places, or not as many values.
    """
    values = [column(place) for place in places] if callable(column) else list(column)
    if not values or len(values) != len(places):
        raise ValueError(f"{len(values)} values at {len(places)} places give no {name}")
    extreme = min(values) if lowest else max(values)
    found = [place for place, value in zip(places, values, strict=True) if value == extreme]
    return Target(
        name, tuple((place - tolerance, place + tolerance) for place in found), found[0], unit
    )


def mark_point(
    time_ms: float,
    target: Target,
    place_mm: float | None = None,
    place_target: Target | None = None,
    marks: float = 1.0,
) -> Verdict:
    """Mark a point: its time, and where `place_target` says so its place along the axon.

    `marks` are given for each of the two.

    Raises:
        ValueError: a number is not finite, or the place is asked for and not given.
    """
    points = [_judge("time", time_ms, target, marks)]
    if place_target is not None:
        if place_mm is None:
            raise ValueError(words.PLACE_MISSING.format(target=place_target.name))
        points.append(_judge("place", place_mm, place_target, marks))
    return add_up(points, marks * len(points), [point.note for point in points])


def _judge(point_id: str, place: float, target: Target, marks: float) -> PointVerdict:
    _refuse_odd(place)
    off, unit = target.off_by(place), target.unit
    evidence = f"{place_figure(place)} {unit}"
    # A mark set with the cursor may miss the end of its interval by the last bit.
    if abs(off) <= 1e-9 * max(1.0, abs(place)):
        return PointVerdict(point_id, target.name, "met", marks, evidence)
    if target.best is not None:
        off = place - target.best
    ways = (words.TOO_EARLY, words.TOO_LATE) if unit == "ms" else (words.TOO_NEAR, words.TOO_FAR)
    by = ways[off > 0.0].format(amount=f"{place_figure(abs(off))} {unit}")
    nearest = min(target.intervals, key=lambda ends: min(abs(place - end) for end in ends))
    if target.best is not None:
        best = f"{place_figure(target.best)} {unit}"
        note = words.MISSED_POINT.format(place=evidence, off=by, target=target.name, best=best)
    else:
        note = words.MISSED_STRETCH.format(
            place=evidence,
            off=by,
            target=target.name,
            start=place_figure(nearest[0]),
            end=f"{place_figure(nearest[1])} {unit}",
        )
    return PointVerdict(point_id, target.name, "missed", 0.0, evidence, note)


def overlap_share(marked: Interval, target: Interval) -> float:
    """The stretch that both have, as a share of what either has: 0 apart, 1 alike."""
    start, end = max(marked[0], target[0]), min(marked[1], target[1])
    whole = max(marked[1], target[1]) - min(marked[0], target[0])
    if whole == 0.0:
        return 1.0  # Both are the same moment.
    return max(0.0, end - start) / whole


def mark_interval(
    marked_ms: Interval,
    target: Target,
    full_from: float = 0.8,
    half_from: float = 0.5,
    marks: float = 1.0,
) -> Verdict:
    """Mark a stretch of time by how much it overlaps the best fitting interval of `target`.

    An overlap share of `full_from` has full marks, one of `half_from` half of them. The ends
    may be given in either order.

    Raises:
        ValueError: an end is not finite.
    """
    start, end = _in_order(marked_ms)
    wanted = max(target.intervals, key=lambda interval: overlap_share((start, end), interval))
    share = overlap_share((start, end), wanted)
    evidence = common.FROM_TO_MS.format(start=place_figure(start), end=place_figure(end))
    ends = [_off_end(words.BEGINS, start - wanted[0]), _off_end(words.ENDS, end - wanted[1])]
    told = common.AND.join(filter(None, ends))
    sentence = words.YOUR_STRETCH.format(ends=told) if told else ""
    full = share >= full_from
    note = words.SHARED.format(share=share, target=target.name)
    points = [
        PointVerdict(
            "overlap",
            target.name,
            "met" if share >= half_from else "missed",
            marks if full else marks / 2 if share >= half_from else 0.0,
            evidence,
            note,
        )
    ]
    return add_up(points, marks, [] if full and not sentence else [note, sentence])


def mark_ends(marked_ms: Interval, start: Target, end: Target, marks: float = 1.0) -> Verdict:
    """Mark a stretch of time by its two ends, each with a target and `marks` of its own.

    For stretches with a sharp beginning whose end can be put in several places with good reason.

    Raises:
        ValueError: an end is not finite.
    """
    first, last = _in_order(marked_ms)
    points = [_judge("start", first, start, marks), _judge("end", last, end, marks)]
    return add_up(points, 2 * marks, [point.note for point in points])


def _in_order(ends: Interval) -> Interval:
    for end in ends:
        _refuse_odd(end)
    return min(ends), max(ends)


def _off_end(said: str, off_ms: float) -> str:
    if abs(off_ms) < 0.005:
        return ""  # Less than the plot can show.
    way = words.TOO_EARLY if off_ms < 0.0 else words.TOO_LATE
    return said.format(off=way.format(amount=f"{place_figure(abs(off_ms))} ms"))


def _refuse_odd(place: float) -> None:
    if not math.isfinite(place):
        raise ValueError(words.OFF_THE_TRACE.format(place=place))
