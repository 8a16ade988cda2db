"""The points of a verdict in words, the same for every front end."""

from __future__ import annotations

from typing import NamedTuple

from tutor.grading.verdict import PointVerdict, State, Verdict, figure
from tutor.session.views import VerdictView
from tutor.words import verdict as words


class PointLine(NamedTuple):
    """What became of one point: its text, and what is said below it."""

    state: State
    text: str
    more: tuple[str, ...]


def point_lines(view: VerdictView, verdict: Verdict) -> tuple[PointLine, ...]:
    """The points of `verdict`: of a choice what was chosen first, then what was right."""
    if view.question.kind in ("single", "multi"):
        chosen = [_chosen(point) for point in verdict.points if point.state != "missed"]
        right = words.RIGHT_OPTION if view.question.kind == "single" else words.RIGHT_OPTION_TOO
        missed = [point for point in verdict.points if point.state == "missed"]
        return (*chosen, *(PointLine("missed", right.format(option=p.text), ()) for p in missed))
    return tuple(_point(view, point) for point in verdict.points)


def _chosen(point: PointVerdict) -> PointLine:
    return PointLine(point.state, point.text, (point.note, *_wordings(point)))


def _point(view: VerdictView, point: PointVerdict) -> PointLine:
    marks = f" ({figure(point.marks)})" if point.marks else ""
    more = []
    if point.evidence and view.question.kind == "text":
        more.append(words.QUOTED.format(words=point.evidence))
    if point.note and point.note not in (view.verdict.feedback if view.verdict else ()):
        more.append(point.note)
    if point.id in view.claimed:
        more.append(words.YOUR_CLAIM)
    return PointLine(point.state, f"{point.text}{marks}", (*more, *_wordings(point)))


def _wordings(point: PointVerdict) -> tuple[str, ...]:
    """What a board credits and what is exact, where the two differ."""
    if not point.exactly:
        return ()
    credited = words.CREDITED.format(credited=point.credited_as) if point.credited_as else ""
    return (words.EXACTLY.format(credited=credited, exactly=point.exactly),)
