"""Relations of a mark scheme held against the clauses of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.grading.free_text.clause import LINKED, Clause, is_past_aside, joined
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern
from tutor.grading.free_text.saying import said

#: What is said by two clauses together counts so much of what one says.
SIDE_BY_SIDE = 0.85
#: A reject, or the contrary of a point, is only found where nearly all of it is said.
NEARLY_ALL = 0.85
#: Each relation of a point that needs them all is found where this part of it is said.
MOST_PART = 0.5
#: The relations of a point stand within so many clauses; hostile text has thousands.
FAR = 12
#: After one of these stands the condition that is not met, and yet it happens.
_DESPITE = frozenset({"if", "when", "though", "although", "without", "before", "while"})
#: A rejected statement with one of these may stand in two clauses.
_CONDITIONAL = frozenset({"cause", "level", "strength"})
#: 'X is the Y that does Z': both clauses are one statement.
DEFINED = "defined"
_RELATIVE = frozenset({"that", "which"})
#: A predicate of less weight tells little.
DOING = 0.3
#: What one clause says for, or under the condition of, the other.
_LINKS = frozenset(
    {"because", "since", "as", "if", "when", "once", "though", "although", "is", "due to"}
    | {"caused by", "because of", "owing to", "result from"}
)
#: A condition says that nothing is so.
_CONDITIONS = frozenset({"if", "once", "whenever", "unless", "until", "before"})


#: What follows one of these is set against what stands before.
_APART = frozenset({"than", "whereas", "while", "whilst"})


class Match(NamedTuple):
    """How well clauses say what a pattern does.

    `flipped` is true where they say the contrary, `opposed` where by an opposite word; `main` is
    the weight found of the main relation.
    """

    score: float
    clause: Clause | None
    start: int
    end: int
    missing: tuple[str, ...] = ()
    flipped: bool = False
    main: float = 0.0
    opposed: bool = False


NONE = Match(0.0, None, 0, 0)


def matched(pattern: Pattern, clauses: Sequence[Clause], *, strict: bool = False) -> Match:
    """How well the clauses say what the pattern does, each alone or two side by side."""
    groups = {lexicon().group_of.get(c) for c in pattern.concepts}
    if strict:
        conditional = not groups.isdisjoint(_CONDITIONAL)
        wanted = {LINKED, DEFINED} if conditional else {DEFINED}
        clauses = [*clauses, *(c for c in _side_by_side(clauses) if c.joint in wanted)]
    match = _matched(pattern, clauses, strict=strict)
    if strict or (match.score >= pattern.enough and not match.missing):
        return match
    wider = _matched(pattern, _side_by_side(clauses))
    wider = wider._replace(score=SIDE_BY_SIDE * wider.score)
    if wider.score >= pattern.enough and not wider.flipped and not wider.missing:
        return wider
    return match


def _side_by_side(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses of one sentence that follow each other, where neither speaks of a rival."""
    rivals = lexicon().rivals
    found = []
    for one, other in pairwise(clauses):
        if one.sentence != other.sentence or other.joint in _APART:
            continue
        if one.negated and other.negated:
            continue
        if any(rivals(mine, yours) for mine in one.said for yours in other.said):
            continue
        both = joined(one, other)
        if not _LINKS.isdisjoint((one.joint, other.joint)) and other.joint != "so":
            both.joint = LINKED
        elif other.joint in _RELATIVE and not _happens(one):
            both.joint = DEFINED
        both.said = {**one.said, **other.said}
        both.implied = one.implied | other.implied
        both.carried = one.carried | other.carried
        found.append(both)
    return found


def _happens(clause: Clause) -> bool:
    """It tells what happens, and not only what something is."""
    group = lexicon().group
    return any(group(c).predicate and group(c).weight > DOING for c in clause.said)


def _matched(pattern: Pattern, clauses: Sequence[Clause], *, strict: bool = False) -> Match:
    """How well the clauses say what the pattern does."""
    total = sum(r.weight for r in pattern.relations)
    main = pattern.main
    best = NONE
    beside = _said_in_sentences(clauses)
    for i, clause in enumerate(clauses):
        if clause.joint == "than":
            continue
        if strict and (_is_condition(clause) or is_past_aside(clause)):
            continue
        anchor = said(main, clause, beside[clause.sentence], strict=strict)
        if anchor is None or any(
            lexicon().contrary(h) in clause.concepts and h not in clause.concepts
            for h in pattern.heading
        ):
            continue
        score, missing, flipped, opposed = anchor
        found_in_main = score
        turned = beside_it = unfulfilled = False
        start, end = clause.start, clause.end
        for other in pattern.relations:
            if other is main:
                continue
            around = clauses[max(0, i - FAR) : i + FAR + 1]
            near = [c for c in around if abs(c.sentence - clause.sentence) <= 1]
            found = []
            for c in near:
                s = said(other, c, set(), strict=strict)
                if s is None or (strict and s[1]):
                    continue
                if s[2] and s[3] and c.sentence == clause.sentence:
                    turned = True  # Condition and consequence are both turned round.
                same = c.sentence == clause.sentence and c is not clause
                if s[2] and not s[3] and same and not s[1] and s[0] >= NEARLY_ALL * other.weight:
                    unfulfilled = True
                both = flipped and not opposed and same and not s[3]  # Each is denied.
                if not s[2] or both or (c is clause and not other.negated and not s[3]):
                    found.append((s[0], c, s[1]))
            beside_it = beside_it or any(c is clause for _, c, _ in found)
            levels = {c for c in other.weights if lexicon().group_of.get(c) == "level"}
            asked = pattern.whole or (levels and not levels & pattern.heading)
            if levels:
                found = [f for f in found if not levels.intersection(f[2])]
            if asked and not any(p >= MOST_PART * other.weight for p, *_ in found):
                missing = (*missing, *other.weights)
            if found:
                points, where, _ = max(found, key=lambda f: f[0])
                score += points
                if abs(where.sentence - clause.sentence) == 0:
                    start, end = min(start, where.start), max(end, where.end)
        if flipped and turned:
            continue
        if unfulfilled and not flipped and not missing and _depends(pattern):
            flipped = True  # The condition is told, and that what follows from it does not.
        if (
            flipped
            and opposed
            and len(pattern.relations) > 1
            and not beside_it
            and clause.joint not in _DESPITE
            and any(lexicon().group_of.get(c) == "level" for c in main.weights)
        ):
            continue  # That a condition is not met denies nothing.
        match = Match(score / total, clause, start, end, missing, flipped, found_in_main, opposed)
        if not best.clause or _rank(match) > _rank(best):
            best = match
    return best


def _depends(pattern: Pattern) -> bool:
    """What is said of a level, and what follows from it."""
    levels = {c for c in pattern.main.weights if lexicon().group_of.get(c) == "level"}
    return bool(levels) and len(pattern.relations) == 2


def _is_condition(clause: Clause) -> bool:
    """It says under which condition something is so; 'when they are equal' says that they are."""
    if clause.joint == "when":
        return "equal" not in clause.said
    return clause.joint in _CONDITIONS


def _rank(match: Match) -> tuple[bool, float, bool]:
    return not match.missing, match.score, not match.flipped


def _said_in_sentences(clauses: Sequence[Clause]) -> dict[int, set[str]]:
    """All that the clauses of each sentence say, but for how likely something is."""
    group_of = lexicon().group_of
    found: dict[int, set[str]] = {}
    for clause in clauses:
        hedged = any(group_of.get(c) == "likely" for c in clause.said)
        found.setdefault(clause.sentence, set()).update(() if hedged else clause.said)
    return found
