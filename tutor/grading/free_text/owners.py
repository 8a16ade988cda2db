"""Whose a thing is, where several of a kind have their own: the codon of the mRNA."""

from __future__ import annotations

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: The two nouns stand so near.
NEAR = 4
_OF = frozenset({"of", "on", "in", "from"})
_IS = frozenset({"is", "are"})
_HAS = frozenset({"have", "has", "with", "contain", "contains", "having"})


def add_owners(terms: list[Term]) -> None:
    """Add to each thing that several of a kind may have which of them has it.

    The concept is the thing and its owner with / between them.
    """
    for i, term in enumerate(terms):
        thing = _thing(term)
        if thing is None:
            continue
        owner = _after(terms, i, _OF) or _before(terms, i)
        if owner is not None and owner != thing:
            term.concepts = (*term.concepts, f"{thing}/{owner}")


def _thing(term: Term) -> str | None:
    known = lexicon().group_of
    return next((c for c in term.concepts if known.get(c) == "thing" and "~" not in c), None)


def _owner(term: Term) -> str | None:
    return next((c for c in term.concepts if c in lexicon().owners), None)


def _after(terms: list[Term], i: int, joints: frozenset[str]) -> str | None:
    """The owner behind 'of' or 'on'."""
    at = i + 1
    if at + 1 < len(terms) and terms[at].word in _IS:
        at += 1  # 'the anticodon is on the mRNA'
    if at >= len(terms) or terms[at].word not in joints:
        return None
    for term in terms[at + 1 : at + 1 + NEAR]:
        if term.concepts:
            return _owner(term)
    return None


def _before(terms: list[Term], i: int) -> str | None:
    """The owner in 'mRNA codons' or 'the mRNA has codons'."""
    has = False
    for term in reversed(terms[max(0, i - NEAR) : i]):
        if term.role == "mark":
            return None
        has = has or not _HAS.isdisjoint(term.word.split()) or "located" in term.concepts
        if (owner := _owner(term)) is not None:
            return owner if has or term is terms[i - 1] else None
        if term.concepts and "located" not in term.concepts:
            return None
    return None
