"""Words, sentences and numbers of content, as the warnings look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec
import snowballstemmer  # type: ignore[import-untyped]

from tutor.course.yaml_values import Path

_WORD = re.compile(r"[^\W_]+(?:[⁺⁻+²³'’-][^\W_]+)*[⁺⁻+²³]*")
_END = re.compile(r"(?<=[.?!])\s+")
#: Words that carry no meaning of their own in an option.
_EMPTY = re.compile(
    r"a|an|the|of|to|in|on|at|by|for|from|with|as|and|or|but|nor|so|than|then|"
    r"that|this|these|those|it|its|they|their|them|he|she|his|her|is|are|was|were|"
    r"be|been|being|am|do|does|did|has|have|had|will|would|can|could|may|might|"
    r"shall|should|must|not|no|if|when|while|because|which|what|who|whose|where|how|"
    r"why|there|here|also|just|very|more|most|less|least|into|out|up|down|off|over|"
    r"under"
)
_stemmer = snowballstemmer.stemmer("english")


def words(text: str) -> list[str]:
    """The words in lower case."""
    return _WORD.findall(text.lower())


@cache
def stem_of(word: str) -> str:
    """The word without its ending."""
    return str(_stemmer.stemWord(word))


def content_words(text: str) -> dict[str, str]:
    """The words that carry meaning, by their stems."""
    return {stem_of(word): word for word in words(text) if not _EMPTY.fullmatch(word)}


def lead_in(stem: str) -> str:
    """The sentence that asks: the last with a question mark, else the last of all."""
    sentences = _END.split(" ".join(stem.split()))
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return (asking or sentences)[-1]


#: Fields that a learner reads, wherever in a content file they stand.
_READ = re.compile(
    r"stem|setup|decides|explanation|hint|text|feedback|says|physiology|no_run|"
    r"model_answer|title|caption|meaning|opening|reply|ask|summary|name|wrong|right|"
    r"claim|exactly|term"
)
#: Parts that hold what learners write, in whatever words and spelling.
_LEARNERS_OWN = frozenset(("mark_points", "wrong_answers"))


def read_texts(content: msgspec.Struct, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of `content` that a learner reads, with its place."""
    for field in content.__struct_fields__:
        value = getattr(content, field)
        here = (*path, field)
        if isinstance(value, str) and _READ.fullmatch(field):
            yield here, value
        elif isinstance(value, msgspec.Struct):
            yield from read_texts(value, here)
        elif isinstance(value, tuple) and field not in _LEARNERS_OWN:
            for i, item in enumerate(value):
                if isinstance(item, msgspec.Struct):
                    yield from read_texts(item, (*here, i))


#: Words of a stem that asks for a pure number, or names the unit itself.
COUNTS = re.compile(
    r"\b(?i:how (?:many|often)|ratio|times|factor|share|fraction|proportion|percent\w*|number|"
    r"count|probability|multiple)\b|\b[Ii]n [munpkµ]?(?:V|A|s|m|S|M|Hz|mol)(?:/\w+)?\b|%"
)

_FIGURE = r"[-+−]?\d+(?:[.,]\d+)?(?:\s*[×x]\s*10\s*\^?\s*[-−⁻]?[\d⁰¹²³⁴-⁹]{1,4})?"
_UNIT = r"(?:%|°\s?C|[^\W\d_][^\s\d,;:]*)"
_AMOUNT = re.compile(
    rf"(?:about|around|roughly|some|only|nearly|almost|≈|~|over|under|more than|less than|"
    rf"at least|at most|below|above|up to|[<>≤≥])?\s*(?P<low>{_FIGURE})"
    rf"(?:\s*(?:to|and|–|—|-)\s*(?P<high>{_FIGURE}))?\s*(?P<unit>{_UNIT})?[.]?",
    re.IGNORECASE,
)
_OPEN_ABOVE = re.compile(r"(?:over|more than|at least|above|[>≥])", re.IGNORECASE)
_OPEN_BELOW = re.compile(r"(?:under|less than|at most|below|up to|[<≤])", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


class Amount(NamedTuple):
    """An option that is a number, or a stretch of numbers."""

    low: float
    high: float
    unit: str


def amount_of(text: str) -> Amount | None:
    """The number that `text` is, with its unit; None where it is something else."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    low = _number(found["low"])
    high = low if found["high"] is None else _number(found["high"])
    if _OPEN_ABOVE.match(text.strip()):
        high = float("inf")
    elif _OPEN_BELOW.match(text.strip()):
        low = float("-inf")
    return Amount(low, high, found["unit"] or "")


def _number(figure: str) -> float:
    plain = figure.replace("−", "-").replace(",", ".").replace(" ", "").replace("^", "")
    mantissa, _, power = plain.replace("×10", "x10").partition("x10")
    return float(f"{mantissa}e{power.translate(_SUPERSCRIPTS) or 0}")
