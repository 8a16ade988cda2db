"""What a question asks, idea by idea.

A card can be failed only as a whole. So what can be asked by itself is an idea of its own: a point
of a written answer (the others stand there, one is missing), a pair of a matching, a number of a
calculation (those before it are given). A choice, an order, a mark or an experiment is one idea
and stays whole. A misconception is none: its false sentence would be what is learnt. It stands
with its refutation on the back of the question that brought it up.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tutor.course import questions as q
from tutor.course.text import pretty_unit
from tutor.exchange import markup
from tutor.exchange.rendering import Rendered
from tutor.words import anki as words


class Idea(msgspec.Struct, frozen=True):
    """What one card asks.

    Attributes:
        id: Its id within the question; empty where it is the whole question.
        asks: What is asked beyond the stem, as HTML.
        key: The answer, a line each part.
        exactly: The exact statement, where an exam words it otherwise.
    """

    id: str
    asks: str
    key: tuple[str, ...]
    exactly: str = ""


def ideas_of(rendered: Rendered) -> tuple[Idea, ...]:
    """What a question asks, each idea by itself where that can be done."""
    question = rendered.question
    match question:
        case q.TextQuestion(mark_points=points) if len(points) > 1:
            return tuple(_point(points, point) for point in points)
        case q.MatchingQuestion(items=items, partners=partners, key=key):
            texts = {partner.id: partner.text for partner in partners}
            choice = markup.bullets(p.text for p in rendered.form.partners)
            return tuple(
                Idea(
                    item.id,
                    markup.paragraph(words.PARTNER_ASKED.format(item=item.text)) + choice,
                    (texts[key[item.id]],),
                )
                for item in items
                if item.id in key
            )
        case q.CalculationQuestion(parts=parts):
            return _numbers(rendered, parts)
    return (Idea("", _asks(rendered), rendered.key),)


def _point(points: Sequence[q.MarkPoint], asked: q.MarkPoint) -> Idea:
    asks = words.POINT_ASKED.format(count=len(points))
    others = (point.text for point in points if point is not asked)
    return Idea(
        asked.id,
        markup.paragraph(asks) + markup.bullets(others),
        (asked.text,),
        asked.physiology or "",
    )


def _numbers(rendered: Rendered, parts: Sequence[q.Part]) -> tuple[Idea, ...]:
    numbers = [line.removeprefix(f"{p.id}: ") for p, line in zip(parts, rendered.key, strict=True)]
    asks = rendered.form.parts
    ideas = []
    for place, part in enumerate(parts):
        known = [
            words.KNOWN.format(asks=ask, number=pretty_unit(number))
            for ask, number in zip(asks[:place], numbers, strict=False)
        ]
        given = markup.bullets(known) if known else ""
        key = (pretty_unit(numbers[place]),)
        ideas.append(Idea(part.id, given + markup.paragraph(asks[place]), key))
    return tuple(ideas)


def _asks(rendered: Rendered) -> str:
    """What an answer is made of."""
    form = rendered.form
    match rendered.question:
        case q.MultiQuestion():
            return markup.bullets((choice.text for choice in form.choices), lettered=True)
        case q.ChoiceQuestion():
            # Who can answer without them has learnt more; some stems cannot do without.
            options = markup.bullets((choice.text for choice in form.choices), lettered=True)
            return markup.folded(words.OPTIONS, options)
        case q.OrderingQuestion():
            return markup.bullets(choice.text for choice in form.choices)
        case q.ExperimentQuestion():
            return markup.bullets(
                words.KNOB.format(
                    title=knob.title,
                    low=knob.low,
                    high=knob.high,
                    unit=pretty_unit(knob.unit),
                    value=knob.value,
                )
                for knob in rendered.knobs
            )
        case q.NumericQuestion() | q.PointQuestion() | q.IntervalQuestion():
            return markup.paragraph(form.takes, "takes")
    return ""
