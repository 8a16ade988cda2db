"""Taking a question in: what is left out of it on the way, and when it cannot be taken."""

from __future__ import annotations

import math

from msgspec.structs import replace

from tutor.course.text import one_line
from tutor.exchange.listed import Listed, Part, plain_number
from tutor.exchange.opening import number_of
from tutor.words import exchange as words

#: Shares are written with so many digits that they are right to this.
_NEAR = 0.01
#: More answers than that make no question.
_MOST_PARTS = 200


class NotTaken(Exception):
    """A question that cannot be taken in; the message says why."""


class Notes:
    """What was left out of a question, each thing once.

    Attributes:
        pictures: How many pictures.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pictures = 0
        self._told: list[str] = []

    def add(self, sentence: str) -> None:
        """Note it."""
        if sentence not in self._told:
            self._told.append(sentence)

    @property
    def told(self) -> tuple[str, ...]:
        """All of it."""
        if not self.pictures:
            return tuple(self._told)
        return (*self._told, words.PICTURES.format(count=self.pictures))


def refuse_parts(count: int) -> None:
    """Refuse a question whose answers go on and on.

    Raises:
        NotTaken: there are more than anyone reads.
    """
    if count > _MOST_PARTS:
        raise NotTaken(words.TOO_MANY_PARTS.format(count=count))


def of_shares(parts: tuple[Part, ...], is_single: bool, notes: Notes) -> tuple[Part, ...]:
    """Options with the shares that a choice has here; others are noted.

    Raises:
        NotTaken: none is right.
    """
    right = [
        one for one in parts if not one.credited_by and (one.share >= 100 - _NEAR or not is_single)
    ]
    right = [one for one in right if one.share > 0]
    if not right:
        raise NotTaken(words.NO_RIGHT_ANSWER)
    whole = 100.0 / (1 if is_single else len(right))
    found = []
    for one in parts:
        known = (100.0, 0.0) if is_single else (whole, -whole, -100.0)
        share = next((each for each in known if abs(one.share - each) <= _NEAR), None)
        if share is None:
            is_part = is_single and one.share > 0
            notes.add(words.PARTIAL.format(share=one.share) if is_part else words.OWN_SHARES)
            share = 0.0 if is_single else math.copysign(whole, one.share)
        found.append(replace(one, share=share))
    return tuple(found)


def of_numbers(listed: Listed, answers: list[tuple[Part, str]], notes: Notes) -> Listed:
    """A numeric question of its answers, each with its tolerance.

    Raises:
        NotTaken: none of them is right, or a right one is no number.
    """
    number: float | None = None
    within = 0.0
    wrong = []
    for one, tolerance in answers:
        value = number_of(one.text)
        if value is None:
            if one.text != "*" or one.share >= 100.0:
                raise NotTaken(words.NOT_A_NUMBER.format(text=one_line(one.text, 40)))
            notes.add(words.ANY_ANSWER)
        elif one.share >= 100.0 and number is None:
            number, within = value, abs(number_of(tolerance) or 0.0)
        elif one.share >= 100.0:
            notes.add(words.SEVERAL_KEYS)
        else:
            if one.share:
                notes.add(words.PARTIAL.format(share=one.share))
            wrong.append(Part(text=plain_number(value), feedback=one.feedback))
    if number is None:
        raise NotTaken(words.NO_RIGHT_ANSWER)
    return replace(listed, kind="numeric", number=number, within=within, parts=tuple(wrong))


def of_short(listed: Listed, answers: tuple[Part, ...], notes: Notes) -> Listed:
    """A written question of what a short one accepts.

    Raises:
        NotTaken: it accepts nothing.
    """
    right = [one for one in answers if one.share >= 100.0]
    if not right:
        raise NotTaken(words.NO_RIGHT_ANSWER)
    for one in answers:
        if 0.0 < one.share < 100.0:
            notes.add(words.PARTIAL.format(share=one.share))
    texts = tuple(one.text for one in right)
    point = Part(text=texts[0], marks=listed.marks, accept=texts[1:])
    wrong = tuple(one.text for one in answers if one.share <= 0.0 and one.text != "*")
    return replace(listed, kind="text", parts=(point,), model_answer=texts[0], wrong_answers=wrong)
