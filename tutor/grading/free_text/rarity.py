"""What many points of a scheme name sets none of them apart, and so weighs less in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern, Relation

#: A name in so large a part of the points, and in so many of them, is common to the scheme.
COMMON = 0.6
MANY_POINTS = 3
#: What a common name still weighs.
SHARED = 0.5
#: So much weighs what tells something by itself.
TELLING = 0.5
_TELLING = frozenset({"thing", "entity", "action", "deed", "process", None})
_NAMES = frozenset({"thing", "entity"})


def common_names(points: Sequence[Sequence[Pattern]], given: frozenset[str]) -> frozenset[str]:
    """The things that most points of a scheme speak of; each point is its accepted wordings.

    What the question gives away weighs little already.
    """
    group_of = lexicon().group_of
    counted = Counter(
        concept
        for wordings in points
        for concept in {c for pattern in wordings for c in pattern.concepts}
        if group_of.get(concept) in _NAMES
    )
    enough = max(MANY_POINTS, COMMON * len(points))
    return frozenset(c for c, points_with in counted.items() if points_with >= enough) - given


def lightened(pattern: Pattern, common: frozenset[str]) -> Pattern:
    """The wording with less weight on what is common, wherever it tells of anything else."""
    return replace(pattern, relations=tuple(_lightened(r, common) for r in pattern.relations))


def _lightened(relation: Relation, common: frozenset[str]) -> Relation:
    group_of = lexicon().group_of
    telling = {
        c
        for c, w in relation.weights.items()
        if c not in common and w >= TELLING and group_of.get(c) in _TELLING
    }
    weights = {
        c: w * (SHARED if c in common and telling else 1) for c, w in relation.weights.items()
    }
    return replace(relation, weights=weights)
