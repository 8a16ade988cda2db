"""Warnings about the words of options, and how they stand to each other and to the stem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import median

from rapidfuzz import fuzz

from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.texts import COUNTS, amount_of, content_words, lead_in, words
from tutor.course.questions import ChoiceQuestion, Option, SingleQuestion
from tutor.course.yaml_values import Path

_ABSOLUTE = re.compile(
    r"\b(?:always|never|every|all|none|entirely|completely|totally|invariably|impossible|"
    r"under no circumstances|without exception)\b",
    re.IGNORECASE,
)
#: Where such a word claims nothing absolute.
_HARMLESS = re.compile(
    r"\b(?:all[- ]or[- ](?:none|nothing)|(?:not|at|above|after|of|in|for) all|"
    r"all (?:the way|the same|at once|along|over)|every (?:second|millisecond|time))\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:often|usually|sometimes|rarely|frequently|occasionally|generally|commonly|seldom|"
    r"normally|in most cases|most of the time|as a rule)\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any) of the (?:above|others?|following|options?|answers?)\b|"
    r"\b(?:all|none) above\b|^(?:all|none|both|neither|any) of these\.?$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:both )?\(?[A-H]\)?(?:, \(?[A-H]\)?)* (?:and|or|but not) \(?[A-H]\)?\.?")
#: Words of feedback that tell only whether it was right, or nothing.
_VERDICT = re.compile(
    r"no|nope|yes|yep|wrong|right|(?:in)?correct(?:ly)?|true|false|untrue|try|again|quite|nearly|"
    r"almost|close|well|done|good|great|nice|perfect|exactly|indeed|sorry|unfortunately|ok|okay|"
    r"see|look|think|above|below|answer|option|choice|statement|explanation|feedback|todo|tbd|"
    r"fixme|xxx|none|n|a"
)
#: After such a word feedback has so many words of its own.
_LEAST_SAID = 3
_PLURAL = re.compile(r"(?:which|what) (?:\w+ )?(\w{3,}s) (?:are|do|have|were)\b", re.IGNORECASE)

MOST_OPTIONS = 5
#: The right option may be so many times as long as the others are.
LONGEST_KEY = 1.5
#: Characters by which short options may differ all the same.
SHORT = 10
ALIKE = 85
#: Words so common here that they are no hint.
_COMMON = re.compile(
    r"membran|potenti|channel|neuron|current|ion|action|spike|voltag|cell|inside|"
    r"outsid|axon|run|time|valu|point|nerv|chang|threshold|stimulus|puls"
)


def option_advice(question: ChoiceQuestion) -> Iterator[Advice]:
    """What gives the answer away in the options, or blurs it."""
    for i, option in enumerate(question.options):
        counted = bool(COUNTS.search(question.stem)) and option.text.strip(" .").lower() == "none"
        yield from _alone(("options", i), option, counted=counted)
    count = len(question.options)
    if count > MOST_OPTIONS:
        yield Advice(
            ("options",),
            "W14",
            f"{count} options; the weakest of more than {MOST_OPTIONS} are "
            "hardly ever chosen, take them out",
        )
    yield from _alike(question.options)
    if isinstance(question, SingleQuestion):
        yield from _beside_key(question)


def _says_nothing(feedback: str) -> bool:
    """Whether feedback is a verdict alone, such as "Not quite." or "No, the pump."."""
    said = [word for word in content_words(feedback).values() if not _VERDICT.fullmatch(word)]
    if not said:
        return True
    judged = any(_VERDICT.fullmatch(word) for word in words(feedback)[:2])
    return judged and len(said) < _LEAST_SAID and not re.search(r"\d", feedback)


def _alone(path: Path, option: Option, *, counted: bool) -> Iterator[Advice]:
    """Warnings about an option; where it is `counted`, its "none" is a number."""
    text, here = option.text, (*path, "text")
    if _ABOVE.search(text):
        yield Advice(
            here,
            "W03",
            "it asks about the other options, and they are shuffled; write an option of its own",
        )
    elif _LETTERS.fullmatch(text.strip()):
        yield Advice(
            here,
            "W13",
            "it joins other options, and letters move when they are shuffled; make the question "
            "a `multi`",
        )
    elif not counted and (found := _ABSOLUTE.search(_HARMLESS.sub("", text))):
        yield Advice(
            here,
            "W01",
            f"{found.group()!r} tells the wise that this is wrong; say how far it goes",
        )
    if found := _VAGUE.search(text):
        yield Advice(
            here,
            "W12",
            f"{found.group()!r} means something else to everyone; give a number, or say when",
        )
    if _says_nothing(option.feedback) or option.feedback == option.text:
        yield Advice(
            (*path, "feedback"),
            "W17",
            "it says nothing to whoever chose this; say why it is right or wrong",
        )
    if not (option.correct or option.misconception or option.credited_by or amount_of(text)):
        yield Advice(
            path,
            "W15",
            "nobody learns what choosing it shows; name its `misconception`, or take "
            "a distractor that has one",
        )


def _alike(options: Sequence[Option]) -> Iterator[Advice]:
    texts = [option.text.casefold().strip(" .") for option in options]
    for i, j in combinations(range(len(options)), 2):
        if _nearly_same(options[i], options[j]):
            yield Advice(
                ("options", j, "text"),
                "W18",
                f"hardly differs from option "
                f"{options[i].id!r}, so neither can be the answer; say what sets them apart",
            )
        for k, whole in enumerate(texts):
            parts = (texts[i], texts[j])
            joined = all(len(part) > 2 and part in whole for part in parts)
            if k not in (i, j) and joined and re.search(r"\band\b|\+|,", whole):
                yield Advice(
                    ("options", k, "text"),
                    "W13",
                    f"it joins options {options[i].id!r} and "
                    f"{options[j].id!r}; make the question a `multi`",
                )


def _nearly_same(one: Option, other: Option) -> bool:
    """Whether two options say the same in words that differ by an ending or a slip."""
    if amount_of(one.text) or _turned(one.text) != _turned(other.text):
        return False
    first, second = list(content_words(one.text)), list(content_words(other.text))
    differ = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    if len(first) != len(second) or len(differ) > 1:
        return False
    return all(
        min(len(a), len(b)) > 4 and a[:3] == b[:3] and fuzz.ratio(a, b) >= ALIKE for a, b in differ
    )


_TURNING = re.compile(
    r"not|no|never|without|into|out|in|up|down|over|under|before|after|more|less|"
    r"most|least|above|below|when|while|until|if|than|from|to"
)


def _turned(text: str) -> list[str]:
    """The little words, signs and figures that turn what is said."""
    signs: list[str] = re.findall(r"[-+−<>↑↓\d]", text)
    return signs + [word for word in words(text) if _TURNING.fullmatch(word)]


def _beside_key(question: SingleQuestion) -> Iterator[Advice]:
    options = question.options
    key = next(i for i, option in enumerate(options) if option.correct)
    others = [option for i, option in enumerate(options) if i != key]
    here = ("options", key, "text")
    text = options[key].text
    usual = median(len(option.text) for option in options)
    longest_other = max(len(option.text) for option in others)
    if len(text) > LONGEST_KEY * usual and len(text) - longest_other > SHORT:
        yield Advice(
            here,
            "W02",
            f"{len(text)} characters, where half the options have at most {usual:g}; "
            "shorten it, or give the others as much detail",
        )
    if amount_of(text):
        return
    yield from _echoed(question, key, others)
    yield from _grammar(question, key, others)
    yield from _converging(options, key)


def _echoed(question: SingleQuestion, key: int, others: Sequence[Option]) -> Iterator[Advice]:
    asked = content_words(question.stem)
    elsewhere = {stem for option in others for stem in content_words(option.text)}
    for stem, word in content_words(question.options[key].text).items():
        if (
            stem in asked
            and stem not in elsewhere
            and not _COMMON.fullmatch(stem)
            and len(word) > 5
        ):
            yield Advice(
                ("options", key, "text"),
                "W06",
                f"{word!r} stands in the stem and in no other "
                "option; use it in a wrong one too, or another word here",
            )


def _grammar(question: SingleQuestion, key: int, others: Sequence[Option]) -> Iterator[Advice]:
    asked = lead_in(question.stem).rstrip(" .:_…?")
    text = question.options[key].text
    if re.search(r"\ban?$", asked):
        fits = [_takes_an(option.text) == asked.endswith("an") for option in question.options]
        if not all(fits):
            yield Advice(
                ("stem",),
                "W07",
                "the article at its end fits some options alone; put 'a' and "
                "'an' into the options",
            )
    elif (
        _PLURAL.search(asked)
        and _is_plural(text)
        and not any(_is_plural(option.text) for option in others)
    ):
        yield Advice(
            ("options", key, "text"),
            "W07",
            "the stem asks in the plural, and no other option is "
            "one; let the numbers of all options agree",
        )


def _takes_an(text: str) -> bool:
    return text[:1].lower() in tuple("aeiou")


def _is_plural(text: str) -> bool:
    found = words(text)
    last = found[-1] if found else ""
    several = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return len(found) <= 4 and (several or "and" in found)


def _converging(options: Sequence[Option], key: int) -> Iterator[Advice]:
    """The right option shares most with the others where they were made by varying it."""
    stems = [set(content_words(option.text)) for option in options]
    if len(options) < 4 or min(map(len, stems)) < 2:
        return
    shared = [
        sum(stem in other for stem in own for j, other in enumerate(stems) if j != i) / len(own)
        for i, own in enumerate(stems)
    ]
    rest = [value for i, value in enumerate(shared) if i != key]
    if shared[key] >= 1.5 and shared[key] >= 1.4 * max(rest):
        yield Advice(
            ("options", key, "text"),
            "W08",
            "the others look made by varying it, as it shares "
            "most words with them; let wrong options share as much among themselves",
        )
