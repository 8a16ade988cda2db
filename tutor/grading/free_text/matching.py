"""Relations of a mark scheme held against the clauses of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern, Relation

#: A reject, or the contrary of a point, is only found where nearly all of it is said.
NEARLY_ALL = 0.85
#: Of a point with several relations, so much must be said besides.
MOST = 0.8
#: The relations of a point stand within so many clauses; hostile text has thousands.
FAR = 12
#: What stands after one of these is said by the way, and denies nothing.
_ASIDE = frozenset({"unless", "that", "which", "who", "when", "until", "while", "before", "after"})


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


def is_denial(pattern: Pattern, match: Match) -> bool:
    """The contrary of the point itself, and not of a side issue or of another process."""
    words = lexicon()
    if match.missing or match.clause is None or match.clause.joint in _ASIDE:
        return False
    if match.score < MOST:
        return False
    relation = pattern.main
    groups = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    if relation.negated and groups.isdisjoint(_CIRCUMSTANCES):
        return False
    found = match.score * sum(r.weight for r in pattern.relations)
    plain = any(words.group_of.get(c) in _ALONE for c in relation.weights)
    if match.main < NEARLY_ALL * relation.weight or found < 1:
        return False
    if not match.opposed and found < 1.5 and not plain:
        return False
    extra = {words.group_of.get(c) for c in match.clause.said.keys() - relation.weights.keys()}
    return extra.isdisjoint({"manner"} if match.clause.negated else {"state", "rate"})


#: What a denied point must be about before saying the opposite contradicts it.
#: Denied, these contradict a point even where it says nothing else.
_ALONE = frozenset({"size", "level", "likely"})
_CIRCUMSTANCES = frozenset({"level", "topic"})


def matched(pattern: Pattern, clauses: Sequence[Clause], *, strict: bool = False) -> Match:
    """How well the clauses say what the pattern does."""
    total = sum(r.weight for r in pattern.relations)
    main = pattern.main
    best = NONE
    beside = _said_in_sentences(clauses)
    for i, clause in enumerate(clauses):
        if clause.joint == "than":
            continue
        anchor = _said(main, clause, beside[clause.sentence], strict=strict)
        if anchor is None or any(
            lexicon().contrary.get(h) in clause.concepts and h not in clause.concepts
            for h in pattern.heading
        ):
            continue
        score, missing, flipped, opposed = anchor
        found_in_main = score
        start, end = clause.start, clause.end
        for other in pattern.relations:
            if other is main:
                continue
            around = clauses[max(0, i - FAR) : i + FAR + 1]
            near = [c for c in around if abs(c.sentence - clause.sentence) <= 1]
            found = [
                (s[0], c)
                for c in near
                if (s := _said(other, c, set(), strict=strict))
                and (not s[2] or (c is clause and not other.negated))
                and (not strict or not s[1])
            ]
            if found:
                points, where = max(found, key=lambda f: f[0])
                score += points
                if abs(where.sentence - clause.sentence) == 0:
                    start, end = min(start, where.start), max(end, where.end)
        match = Match(score / total, clause, start, end, missing, flipped, found_in_main, opposed)
        if (not match.missing, match.score) > (not best.missing, best.score) or not best.clause:
            best = match
    return best


def _said(
    relation: Relation, clause: Clause, beside: set[str], *, strict: bool
) -> tuple[float, tuple[str, ...], bool, bool] | None:
    """Weight found, needed concepts missing, and whether the clause says the contrary.

    None where the clause has nothing of its own to do with the relation, or is about a rival.
    """
    words = lexicon()
    concepts = clause.concepts
    if strict:
        narrow = len(relation.weights) < 3
        concepts = (clause.said.keys() - (clause.implied if narrow else set())) | {
            c for c in clause.carried if "~" in c or words.group_of.get(c) in _CARRIED
        }
        if not _is_plain(relation, clause):
            return None
    score = 0.0
    missing: list[str] = []
    own = False
    opposed = complement = False
    for concept, weight in relation.weights.items():
        both_ways = words.group_of.get(concept) == "direction"
        if strict and both_ways and {concept, words.contrary.get(concept)} <= concepts:
            return None
        if concept in concepts or _akin(concept, concepts):
            score += weight
            own = own or concept not in clause.carried
            continue
        contrary = words.contrary.get(concept)
        if contrary is not None and contrary in concepts:
            score += weight
            own = True
            if opposed or not words.group(concept).denies:
                return None
            opposed, complement = True, frozenset((concept, contrary)) in words.complement
            continue
        if any(words.rivals(concept, c) for c in concepts):
            return None
        group = words.group(concept)
        if words.group_of.get(concept) == "occurrence" and _is_verbless(clause):
            score += weight  # "no impulse" says that none is produced
        elif not strict and concept in beside and not group.binds and "~" not in concept:
            score += 0.8 * weight
        elif (strict and (weight > 0.5 or group.exclusive)) or (
            weight > 0.5 and (group.needed or "~" in concept or concept[0] == "#")
        ):
            missing.append(concept)
    if not own:
        return None
    turned = clause.negated != relation.negated
    if turned and relation.negated and not concepts.isdisjoint({"less", "fall"}):
        turned = False  # Less of it is not quite none of it, and no denial.
    if not opposed:
        return score, tuple(missing), turned, False
    if turned:
        return (score, tuple(missing), False, True) if complement else None
    return score, tuple(missing), True, True


#: What a clause that is held against an answer may take over from the one before.
_CARRIED = frozenset({"ion", "thing", "topic", "event"})


def _is_plain(relation: Relation, clause: Clause) -> bool:
    """Nothing in the clause makes it another statement than the rejected one."""
    words = lexicon()
    extra = {words.group_of.get(c, "word") for c in clause.said.keys() - relation.weights.keys()}
    if relation.negated and len(relation.weights) == 1:
        return extra <= {"occurrence", "place", "time", "modifier", "cause", "motion", "event"}
    return extra.isdisjoint({"rate", "state", "idea"})


def _said_in_sentences(clauses: Sequence[Clause]) -> dict[int, set[str]]:
    """All that the clauses of each sentence say."""
    said: dict[int, set[str]] = {}
    for clause in clauses:
        said.setdefault(clause.sentence, set()).update(clause.said)
    return said


def _is_verbless(clause: Clause) -> bool:
    words = lexicon()
    return not any(words.group(c).predicate or c not in words.group_of for c in clause.said)


def _akin(word: str, said: set[str]) -> bool:
    """An unknown word is said by one of the same root."""
    known = lexicon().group_of
    if word in known or len(word) < 5 or not word.isalpha():
        return False
    return any(c[:6] == word[:6] for c in said if len(c) >= 5 and c not in known)
