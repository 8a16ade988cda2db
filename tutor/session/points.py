"""The points of a verdict in words, the same for every front end."""

from __future__ import annotations

from typing import NamedTuple

from tutor.course.questions import MatchingQuestion
from tutor.grading.verdict import PointVerdict, State, Verdict
from tutor.session.views import VerdictView
from tutor.words import verdict as words


class Wording(NamedTuple):
    """A statement under its head: what a board credits, or what is exact."""

    head: str
    text: str

    def __str__(self) -> str:
        return words.WORDING.format(head=self.head, text=self.text)


class PointLine(NamedTuple):
    """What became of one point: its text, what is said below it, and how it may be worded.

    Where what a board credits and what is exact differ, both are among the wordings, in this
    order: they are read side by side where there is room.
    """

    state: State
    text: str
    more: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()


def point_lines(view: VerdictView, verdict: Verdict) -> tuple[PointLine, ...]:
    """The points of `verdict`: of a choice what was chosen first, then what was right."""
    if view.question.kind in ("single", "multi"):
        chosen = [_chosen(point) for point in verdict.points if point.state != "missed"]
        right = words.EXACT_OPTION if verdict.right else words.RIGHT_OPTION
        right = right if view.question.kind == "single" else words.RIGHT_OPTION_TOO
        missed = [point for point in verdict.points if point.state == "missed"]
        return (*chosen, *(PointLine("missed", right.format(option=p.text)) for p in missed))
    return tuple(_point(view, point) for point in verdict.points)


def _chosen(point: PointVerdict) -> PointLine:
    return PointLine(point.state, point.text, (point.note,), _wordings(point))


def _point(view: VerdictView, point: PointVerdict) -> PointLine:
    marks = f" ({point.marks:.3g})" if point.marks else ""
    more = []
    if point.evidence and view.question.kind == "text":
        more.append(words.QUOTED.format(words=point.evidence))
    if point.note and point.note not in (view.verdict.feedback if view.verdict else ()):
        more.append(point.note)
    if point.id in view.claimed:
        more.append(words.YOUR_CLAIM)
    return PointLine(point.state, f"{_told(view, point)}{marks}", tuple(more), _wordings(point))


def _told(view: VerdictView, point: PointVerdict) -> str:
    """What a point is about; of a wrong pair it is the pair that was made: the key follows."""
    question = view.question
    if not isinstance(question, MatchingQuestion) or point.state != "contradicted":
        return point.text
    item = next(item for item in question.items if item.id == point.id)
    return words.PAIR.format(item=item.text, partner=point.evidence)


def _wordings(point: PointVerdict) -> tuple[Wording, ...]:
    if not point.exactly:
        return ()
    exactly = Wording(words.EXACTLY, point.exactly)
    if not point.credited_as:
        return (exactly,)
    return Wording(words.CREDITED, point.credited_as), exactly
