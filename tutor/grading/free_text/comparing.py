"""Comparisons: which of two like things there is more of, whichever words say so."""

from __future__ import annotations

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: The two sides of a comparison stand within so many terms of it.
NEAR = 12
#: What can be compared with its like.
_LIKE = frozenset({"ion", "thing", "side", "topic", "event"})
#: These before 'than' make the first the lesser; all else makes it the greater.
_LESSER = frozenset({"less", "fall", "few", "slow", "smaller", "weak", "less_likely"})

#: The second side goes no further.
_ENDS = frozenset({"and", "but", ",", "so", "while", "whereas", ";", "(", ")"})
_SET_BESIDE = frozenset({"compared", "comparison"})
_MEASURES = frozenset({"much", "many", "steep", "large", "big", "high", "great"})


def compare(terms: list[Term]) -> None:
    """Add to the first side of each comparison what it says: 'more K+ leaves than Na+ enters'.

    The concept is the greater and the lesser with > between them.
    """
    for i, term in enumerate(terms):
        if term.word in _SET_BESIDE:
            for other in terms[i + 1 : i + 4]:
                if any(lexicon().group_of.get(c) == "location" for c in other.concepts):
                    other.concepts = ()  # Where it is not.
        turned = _turn(terms, i)
        if turned is None:
            continue
        before = [t for t in reversed(terms[max(0, i - NEAR) : i]) if t.concepts]
        rest = terms[i + 1 : i + 1 + NEAR]
        end = next((k for k, t in enumerate(rest) if k and t.word in _ENDS), len(rest))
        after = [t for t in rest[:end] if t.concepts]
        pair = next(
            (
                (one, mine, yours)
                for other in after
                for one in before
                for mine in _names(one)
                for yours in _names(other)
                if _are_like(mine, yours)
            ),
            None,
        )
        if pair is None and term.word == "as" and terms[i - 1].word in _MEASURES:
            _last_denial(terms, i).role = "stop"
            terms[i - 1].concepts = ("less",)  # 'not as much as usual'
        if pair is not None:
            first, mine, yours = pair
            if term.word == "as":
                _last_denial(terms, i).role = "stop"
            greater, lesser = (yours, mine) if turned else (mine, yours)
            first.concepts = (*first.concepts, f"{greater}>{lesser}")


def _turn(terms: list[Term], i: int) -> bool | None:
    """Whether the second side is the greater; None where no comparison stands."""
    term = terms[i]
    if "exceed" in term.concepts:
        return "not" in (t.role for t in terms[max(0, i - 3) : i])
    if term.word == "than":
        said = {c for t in terms[max(0, i - NEAR) : i] for c in t.concepts}
        return not said.isdisjoint(_LESSER)
    if term.word == "as":
        start = max(0, i - 6)
        words = [t.word for t in terms[start:i]]
        denying = [t for t in terms[max(0, i - NEAR) : i] if t.role == "not"]
        if "as" in words and denying:
            return True
    return None


def _last_denial(terms: list[Term], i: int) -> Term:
    return [t for t in terms[max(0, i - NEAR) : i] if t.role == "not"][-1]


def _names(term: Term) -> list[str]:
    """What of `term` can be compared: the ion of a channel, or the thing."""
    group_of = lexicon().group_of
    found = []
    for concept in term.concepts:
        ion, bound, _ = concept.partition("~")
        if bound and not ion.isdigit():
            found.append(ion)
        if group_of.get(concept) in _LIKE:
            found.append(concept)
    return found


def _are_like(one: str, other: str) -> bool:
    group_of = lexicon().group_of
    return one != other and group_of.get(one) == group_of.get(other)
