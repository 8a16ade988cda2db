"""Warnings about options that are numbers, and about medical vignettes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.texts import COUNTS, Amount, amount_of, words
from tutor.course.questions import ChoiceQuestion, MultiQuestion, Question, SingleQuestion

#: A stem of so many words tells a case.
VIGNETTE_WORDS = 50
VIGNETTE_OPTIONS = 5
#: The longest of like options has at most so many times the words of the shortest.
LIKE = 3.0
#: So many questions with a fixed order show whether the key likes one place.
ENOUGH_FIXED = 8


def amount_advice(question: ChoiceQuestion) -> Iterator[Advice]:
    """What is wrong with options that are numbers."""
    amounts = [amount_of(option.text) for option in question.options]
    numbers = [amount for amount in amounts if amount is not None]
    if 2 * len(numbers) >= len(amounts) > len(numbers):
        odd = amounts.index(None)
        yield Advice(
            ("options", odd, "text"),
            "W09",
            "it is no number, as most of the others are; let all options be of one kind",
        )
    if len(numbers) < len(amounts):
        return
    units = [amount.unit for amount in numbers]
    if "" in units and (set(units) != {""} or not COUNTS.search(question.stem)):
        yield Advice(
            ("options", units.index(""), "text"),
            "W19",
            "a number without its unit; write it "
            "there, or ask in the stem for 'how many' or 'in mV'",
        )
    elif len(set(units)) > 1:
        told = ", ".join(dict.fromkeys(units))
        yield Advice(("options",), "W09", f"several units ({told}); write all numbers in one")
    yield from _order(question, numbers)
    if not isinstance(question, MultiQuestion):
        yield from _overlap(numbers)


def _order(question: ChoiceQuestion, numbers: list[Amount]) -> Iterator[Advice]:
    values = [(amount.low, amount.high) for amount in numbers]
    rising = all(a <= b for a, b in pairwise(values))
    falling = all(a >= b for a, b in pairwise(values))
    if not question.fixed_order:
        yield Advice(
            ("options",),
            "W10",
            "numbers would be shuffled; sort them and write `fixed_order: true`",
        )
    elif not (rising or falling):
        yield Advice(("options",), "W10", "numbers out of order; sort them")


def _overlap(numbers: list[Amount]) -> Iterator[Advice]:
    for (_, one), (j, other) in combinations(enumerate(numbers), 2):
        if one.unit == other.unit and _meet(one, other):
            yield Advice(
                ("options", j, "text"),
                "W11",
                "part of it lies in another option, so both may be right; part the stretches",
            )
            return


def _meet(one: Amount, other: Amount) -> bool:
    """Whether two stretches share more than an end, or one number lies within the other."""
    if one.low == one.high:
        return other.low < one.low < other.high
    if other.low == other.high:
        return one.low < other.low < one.high
    return max(one.low, other.low) < min(one.high, other.high)


def vignette_advice(question: Question) -> Iterator[Advice]:
    """What a case for a medical exam lacks."""
    if not isinstance(question, SingleQuestion) or question.track != "M":
        return
    if len(words(question.stem)) <= VIGNETTE_WORDS:
        return
    count = len(question.options)
    if count != VIGNETTE_OPTIONS:
        yield Advice(
            ("options",), "W21", f"{count} options; a vignette has {VIGNETTE_OPTIONS} of one kind"
        )
        return
    lengths = [max(1, len(words(option.text))) for option in question.options]
    sentences = [option.text.rstrip().endswith(".") for option in question.options]
    if max(lengths) > LIKE * min(lengths) + 1 or len(set(sentences)) > 1:
        shortest = lengths.index(min(lengths))
        yield Advice(
            ("options", shortest, "text"),
            "W21",
            f"the options of a vignette are alike, these "
            f"have from {min(lengths)} to {max(lengths)} words or end differently; bring them "
            "into one form",
        )


def skew_of(questions: list[SingleQuestion]) -> tuple[str, str] | None:
    """A question with a fixed order and the warning, where the key likes one place too much."""
    fixed = [question for question in questions if question.fixed_order]
    if len(fixed) < ENOUGH_FIXED:
        return None
    places = Counter(
        next(i for i, option in enumerate(question.options) if option.correct)
        for question in fixed
    )
    (place, count), *_ = places.most_common(1)
    if count <= len(fixed) / 2:
        return None
    first = next(q for q in fixed if q.options[place].correct)
    return first.id, (
        f"in {count} of the course's {len(fixed)} questions with a fixed order the right option "
        f"is number {place + 1}; move it in some of them"
    )
