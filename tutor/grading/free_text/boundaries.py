"""Where a clause begins or ends: what the words around a joint make of it."""

from __future__ import annotations

from tutor.grading.free_text.clause import Clause, common_verbs, has_predicate
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: These say a way or a place, and no more.
_WAYS = frozenset({"direction", "location"})


def has_verb(part: Clause) -> bool:
    """More than a thing and its way: 'or potassium into the cell' has none."""
    words = lexicon()
    groups = {words.group_of.get(c) for t in part.terms for c in t.concepts}
    happens = any(g in words.groups and words.groups[g].predicate for g in groups - _WAYS if g)
    return happens or any(
        t.word in common_verbs() or t.word in words.grammar.copulas or t.role == "pronoun"
        for t in part.terms
    )


def is_doing(word: str) -> bool:
    """'by opening', and not 'by anything'."""
    return word.endswith("ing") and not word.endswith("thing")


def is_cleft(part: Clause) -> bool:
    """'it is the sodium channels which': what they do is said of them."""
    words = [t for t in part.terms if t.role not in ("corrected", "stop")]
    return bool(words) and words[0].word in ("it", "its") and not has_predicate(part)


def is_relative(before: Clause, both: Clause) -> bool:
    """'not by its size, which is fixed': the denial ends before the relative."""
    after = both.terms[len(before.terms) :]
    return before.negated and bool(after) and after[0].word in ("which", "who")


def mends(part: Clause) -> bool:
    """'it is', 'only': what follows a denial says what is so instead."""
    return bool(part.terms) and part.terms[0].word in ("it", "they", "only", "just", "but", "all")


def is_measure(terms: list[Term], i: int) -> bool:
    """'as fast as': a comparison begins."""
    return any(t.word == "as" for t in terms[i + 2 : i + 6])


def ends_measure(terms: list[Term], i: int) -> bool:
    """The second half of "as fast as"."""
    return any(t.word == "as" for t in terms[max(0, i - 5) : max(0, i - 1)])
