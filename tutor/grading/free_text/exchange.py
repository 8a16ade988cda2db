"""Accepted wordings with two like things exchanged: what an examiner rejects without writing it.

'Sodium out, potassium in' rules out 'potassium out, sodium in'; and where 'sodium channels open'
is accepted and 'potassium channels open' rejected, every accepted wording about sodium channels
is rejected about potassium channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern, Relation

#: Of these two may stand in one wording, each with its own way or place.
_PAIRED = frozenset({"ion", "topic", "side"})
#: That there is more of an ion on one side is a statement by itself.
_PLACED = frozenset({"ion", "degree", "location"})


def exchanged(
    accept: Sequence[Pattern],
    reject: Sequence[Pattern],
    context: frozenset[str],
    details: Sequence[Pattern],
) -> list[Pattern]:
    """The wordings that are wrong because one of two rivals stands where the other should.

    `context` is what the point is about, and `details` are what its text says in brackets.
    """
    found = [p for pattern in (*accept, *details) if (p := _crossed(pattern)) is not None]
    found += [half for pattern in found for half in _placed(pattern)]
    found += [p for pattern in accept if (p := _done_by_the_other(pattern)) is not None]
    refused = {c for pattern in reject for c in pattern.concepts}
    for about in sorted(context):
        other = lexicon().contrary(about)
        if other in refused and lexicon().group_of.get(about) == "where":
            found += [_at(pattern, about, other) for pattern in accept]
    for one, other in dict.fromkeys(_exchanges(accept, reject)):
        for pattern in accept:
            if one in pattern.concepts and other not in pattern.concepts:
                found.append(_with(pattern, {one: other}))
    for one, other in _wrong_ions(accept, refused):
        found += [
            _with(p, {c: c.replace(one, other) for c in p.concepts if _ion(c) == one})
            for p in accept
        ]
    return found


def _wrong_ions(accept: Sequence[Pattern], refused: set[str]) -> list[tuple[str, str]]:
    """The one ion that every accepted wording names, and those that only rejected ones have."""
    named = [{_ion(c) for c in p.concepts} - {""} for p in accept]
    ions = set().union(*named)
    if len(ions) != 1 or not all(named):
        return []
    (one,) = ions
    return [(one, other) for other in sorted({_ion(c) for c in refused} - {"", one})]


def _ion(concept: str) -> str:
    ion = concept.partition("~")[0]
    return ion if lexicon().group_of.get(ion) == "ion" else ""


def defined_as_the_other(
    accept: Sequence[Pattern], all_accepted: Sequence[Pattern]
) -> list[Pattern]:
    """Definitions under the contrary topic, where that one is defined by contrary words."""
    words = lexicon()
    found = []
    for pattern in accept:
        topics = [c for c in pattern.concepts if words.group_of.get(c) == "topic"]
        other = words.contrary(topics[0]) if len(topics) == 1 else None
        theirs = {c for p in all_accepted if other in p.concepts for c in p.concepts}
        opposed = {words.contrary(c) for c in pattern.concepts - set(topics)} & theirs
        if other is not None and opposed and not any(r.negated for r in pattern.relations):
            swapped = _with(pattern, {topics[0]: other})
            found.append(replace(swapped, relations=tuple(map(_in_full, swapped.relations))))
    return found


def _in_full(relation: Relation) -> Relation:
    """The relation with its topic needed."""
    group_of = lexicon().group_of
    weights = {c: 1.0 if group_of.get(c) == "topic" else w for c, w in relation.weights.items()}
    return replace(relation, weights=weights)


def _exchanges(accept: Sequence[Pattern], reject: Sequence[Pattern]) -> list[tuple[str, str]]:
    """What rejected wordings put in the place of what the accepted ones say."""
    found = []
    for wrong in reject:
        for right in accept:
            if len(wrong.relations) != 1 or len(right.relations) != 1:
                continue
            if wrong.main.negated != right.main.negated:
                continue
            theirs, ours = wrong.weighty - right.weighty, right.weighty - wrong.weighty
            if len(theirs) == len(ours) == 1 and right.weighty & wrong.weighty:
                (one,), (other,) = ours, theirs
                if lexicon().rivals(one, other):
                    found.append((one, other))
    return found


def _at(pattern: Pattern, place: str, other: str) -> Pattern:
    """The wording said of the other place, whether it names its own or not."""
    main = pattern.main
    moved = _with(pattern, {place: other})
    weights = {**_with(replace(pattern, relations=(main,)), {place: other}).main.weights}
    there = Relation({**weights, other: 1.0}, main.negated, main.joint)
    relations = (
        there if old is main else new
        for old, new in zip(pattern.relations, moved.relations, strict=True)
    )
    return replace(moved, relations=tuple(relations))


def _crossed(pattern: Pattern) -> Pattern | None:
    """The wording with its two ions, topics or sides exchanged, if it has two."""
    words = lexicon()
    pairs = [
        (one, other)
        for one in pattern.concepts
        for other in pattern.concepts
        if one < other and words.group_of.get(one) in _PAIRED and words.rivals(one, other)
    ]
    if len(pairs) != 1 or any(r.negated for r in pattern.relations):
        return None
    (one, other), ways = pairs[0], {c for c in pattern.concepts if words.contrary(c)}
    parted = any(words.contrary(c) in ways for c in ways - set(pairs[0]))
    compared = {f"{one}>{other}", f"{other}>{one}"} & pattern.concepts
    if not parted and not compared:
        return None
    return _with(pattern, {one: other, other: one})


def _done_by_the_other(pattern: Pattern) -> Pattern | None:
    """'EPSPs cancel IPSPs', where it is the IPSPs that cancel EPSPs."""
    main = pattern.main
    other = lexicon().contrary(main.doer) if main.doer else None
    if other is None or main.negated or len(pattern.relations) > 1:
        return None
    weights = {other: 1.0, **{c: w for c, w in main.weights.items() if c != main.doer}}
    weights.pop(main.doer, None)
    return replace(pattern, relations=(replace(main, weights=weights, doer=other),))


def _placed(pattern: Pattern) -> list[Pattern]:
    """Each half of 'much sodium outside and much potassium inside' by itself."""
    group_of = lexicon().group_of
    placed = [
        {c: w for c, w in r.weights.items() if group_of.get(c) in _PLACED}
        for r in pattern.relations
    ]
    if len(placed) < 2 or any({group_of[c] for c in w} != _PLACED for w in placed):
        return []
    return [replace(pattern, relations=(Relation(w, negated=False),)) for w in placed]


def _with(pattern: Pattern, changes: dict[str, str]) -> Pattern:
    """The wording with other concepts in the places of some; nothing of it may be left out."""

    def changed(concept: str) -> str:
        greater, compared, lesser = concept.partition(">")
        if compared:
            return f"{changed(greater)}>{changed(lesser)}"
        return changes.get(concept, concept)

    return replace(
        pattern,
        relations=tuple(
            Relation({changed(c): w for c, w in r.weights.items()}, r.negated, r.joint)
            for r in pattern.relations
        ),
        whole=True,
    )
