"""Relations of a mark scheme held against the clauses of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.grading.free_text.clause import Clause, joined
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern, Relation

#: The part of an alternative that an answer must say.
ENOUGH = 0.58
#: What is said by two clauses together counts so much of what one says.
SIDE_BY_SIDE = 0.85
#: A reject, or the contrary of a point, is only found where nearly all of it is said.
NEARLY_ALL = 0.85
#: Each relation of a point that needs them all is found where this part of it is said.
MOST_PART = 0.5
#: Of a point with several relations, so much must be said besides.
MOST = 0.8
#: A concept of less weight is no matter of its own.
SAYING = 0.3
#: The relations of a point stand within so many clauses; hostile text has thousands.
FAR = 12
#: What stands after one of these is said by the way, and denies nothing.
_ASIDE = frozenset({"unless", "that", "which", "who", "when", "until", "while", "before", "after"})
#: After one of these stands the condition that is not met, and yet it happens.
_DESPITE = frozenset({"if", "when", "though", "although", "without", "before", "while"})
#: A rejected statement with one of these may stand in two clauses.
_CONDITIONAL = frozenset({"cause", "level", "strength"})
#: How two clauses are joined of which one is the reason or condition of the other.
_LINKED = "linked"
#: What one clause says for, or under the condition of, the other.
_LINKS = frozenset({"because", "since", "as", "if", "when", "once", "though", "although"})
#: A condition says that nothing is so.
_CONDITIONS = frozenset({"if", "once", "whenever", "unless", "until", "before"})


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


def _is_past_aside(clause: Clause) -> bool:
    """'which had been shut': so it was before."""
    words = [clause.joint, *(t.word for t in clause.terms)]
    relative = next((i for i, w in enumerate(words) if w in ("which", "that", "who")), None)
    if relative is None:
        return False
    after = words[relative + 1 : relative + 6]
    return not {"was", "were", "had"}.isdisjoint(after)


def is_denial(pattern: Pattern, match: Match) -> bool:
    """The contrary of the point itself, and not of a side issue or of another process."""
    words = lexicon()
    if match.missing or match.clause is None or match.clause.joint in _ASIDE:
        return False
    if _is_past_aside(match.clause) or "earlier" in match.clause.said:
        return False
    if match.score < MOST:
        return False
    relation = pattern.main
    groups = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    again = "again" in match.clause.said
    if relation.negated and groups.isdisjoint(_CIRCUMSTANCES) and not again:
        return False
    found = match.score * sum(r.weight for r in pattern.relations)
    plain = any(words.group_of.get(c) in _ALONE for c in relation.weights)
    if match.main < NEARLY_ALL * relation.weight or found < 1:
        return False
    if not match.opposed and found < 1.5 and not plain and not again:
        return False
    extra = {words.group_of.get(c) for c in match.clause.said.keys() - relation.weights.keys()}
    if "side" in groups and not extra.isdisjoint(
        {"action", "motion", "direction", "process", "deed"}
    ):
        return False  # Transmitter that binds on the one side was released on the other.
    return extra.isdisjoint({"manner"} if match.clause.negated else {"state", "rate"})


#: What a denied point must be about before saying the opposite contradicts it.
#: Denied, these contradict a point even where it says nothing else.
_ALONE = frozenset({"size", "level", "likely"})
_CIRCUMSTANCES = frozenset({"level", "topic", "where"})


def matched(pattern: Pattern, clauses: Sequence[Clause], *, strict: bool = False) -> Match:
    """How well the clauses say what the pattern does, each alone or two side by side."""
    groups = {lexicon().group_of.get(c) for c in pattern.concepts}
    if strict and not groups.isdisjoint(_CONDITIONAL):
        clauses = [*clauses, *(c for c in _side_by_side(clauses) if c.joint == _LINKED)]
    match = _matched(pattern, clauses, strict=strict)
    if strict or (match.score >= ENOUGH and not match.missing):
        return match
    wider = _matched(pattern, _side_by_side(clauses))
    wider = wider._replace(score=SIDE_BY_SIDE * wider.score)
    if wider.score >= ENOUGH and not wider.flipped and not wider.missing:
        return wider
    return match


def _side_by_side(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses of one sentence that follow each other, where neither speaks of a rival."""
    rivals = lexicon().rivals
    found = []
    for one, other in pairwise(clauses):
        if one.sentence != other.sentence or other.joint == "than":
            continue
        if one.negated and other.negated:
            continue
        if any(rivals(mine, yours) for mine in one.said for yours in other.said):
            continue
        both = joined(one, other)
        if not _LINKS.isdisjoint((one.joint, other.joint)) and other.joint != "so":
            both.joint = _LINKED
        both.said = {**one.said, **other.said}
        both.implied = one.implied | other.implied
        both.carried = one.carried | other.carried
        found.append(both)
    return found


def _matched(pattern: Pattern, clauses: Sequence[Clause], *, strict: bool = False) -> Match:
    """How well the clauses say what the pattern does."""
    total = sum(r.weight for r in pattern.relations)
    main = pattern.main
    best = NONE
    beside = _said_in_sentences(clauses)
    for i, clause in enumerate(clauses):
        if clause.joint == "than":
            continue
        if strict and (_is_condition(clause) or _is_past_aside(clause)):
            continue
        anchor = _said(main, clause, beside[clause.sentence], strict=strict)
        if anchor is None or any(
            lexicon().contrary(h) in clause.concepts and h not in clause.concepts
            for h in pattern.heading
        ):
            continue
        score, missing, flipped, opposed = anchor
        found_in_main = score
        turned = beside_it = False
        start, end = clause.start, clause.end
        for other in pattern.relations:
            if other is main:
                continue
            around = clauses[max(0, i - FAR) : i + FAR + 1]
            near = [c for c in around if abs(c.sentence - clause.sentence) <= 1]
            found = []
            for c in near:
                s = _said(other, c, set(), strict=strict)
                if s is None or (strict and s[1]):
                    continue
                if s[2] and s[3] and c.sentence == clause.sentence:
                    turned = True  # Condition and consequence are both turned round.
                if not s[2] or (c is clause and not other.negated and not s[3]):
                    found.append((s[0], c))
            beside_it = beside_it or any(c is clause for _, c in found)
            levels = {c for c in other.weights if lexicon().group_of.get(c) == "level"}
            asked = pattern.whole or (levels and not levels & pattern.heading)
            if asked and not any(p >= MOST_PART * other.weight for p, _ in found):
                missing = (*missing, *other.weights)
            if found:
                points, where = max(found, key=lambda f: f[0])
                score += points
                if abs(where.sentence - clause.sentence) == 0:
                    start, end = min(start, where.start), max(end, where.end)
        if flipped and turned:
            continue
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


def _is_condition(clause: Clause) -> bool:
    """It says under which condition something is so; 'when they are equal' says that they are."""
    if clause.joint == "when":
        return "equal" not in clause.said
    return clause.joint in _CONDITIONS


def _rank(match: Match) -> tuple[bool, float, bool]:
    return not match.missing, match.score, not match.flipped


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
        named = {words.group_of.get(c) for c in clause.said}
        carried = _CARRIED - ({"event"} if named & {"polarity", "event"} else set())
        concepts = (clause.said.keys() - (clause.implied if narrow else set())) | {
            c for c in clause.carried if "~" in c or words.group_of.get(c) in carried
        }
        if not _is_plain(relation, clause):
            return None
    compared = any(">" in c and c in concepts for c in relation.weights)
    if not compared and _is_hedged(relation, clause):
        return None
    lesser = compared and _tells_of_the_lesser(relation, clause)
    score = 0.0
    missing: list[str] = []
    own = False
    opposed = complement = False
    for concept, weight in relation.weights.items():
        if ">" in concept and concept not in concepts and words.contrary(concept) not in concepts:
            continue
        if (
            strict
            and words.group_of.get(concept) in _OPPOSED
            and words.contrary(concept) not in relation.weights
            and {concept, words.contrary(concept)} <= concepts
        ):
            return None
        if lesser and words.group_of.get(concept) == "direction":
            # The side that is told of is the other one, which moves the other way.
            if concept in concepts or words.contrary(concept) not in concepts:
                return None
            score += weight
            continue
        both = words.group_of.get(concept) == "side" and "both_sides" in clause.said
        if not both and (concept in concepts or _akin(concept, concepts)):
            score += weight
            own = own or concept not in clause.carried
            continue
        if compared and _goes_without_saying(concept, concepts, strict=strict):
            score += 0.7 * weight
            continue
        contrary = next(
            (c for c in words.against(concept) if c in concepts and c not in relation.weights),
            None,
        )
        if contrary is not None:
            score += weight
            own = True
            if opposed or not words.group(concept).denies:
                return None
            opposed, complement = True, frozenset((concept, contrary)) in words.complement
            continue
        if any(words.rivals(concept, c) for c in concepts - relation.weights.keys()):
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
    if not own or _tells_of_change(relation, clause):
        return None
    turned = clause.negated != relation.negated
    if turned and relation.negated and not concepts.isdisjoint({"less", "fall"}):
        turned = False  # Less of it is not quite none of it, and no denial.
    if not opposed:
        return score, tuple(missing), turned, False
    if turned:
        return (score, tuple(missing), False, True) if complement else None
    return score, tuple(missing), True, True


def _tells_of_change(relation: Relation, clause: Clause) -> bool:
    """The point names a thing alone, and the clause says that it rises or falls."""
    groups = {lexicon().group_of.get(c) for c in clause.said}
    sole = len([c for c, weight in relation.weights.items() if weight >= SAYING]) == 1
    return (
        sole
        and "trend" in groups
        and not any(lexicon().group(c).predicate for c in relation.weights)
    )


#: What may be the subject of a rejected statement.
_DOERS = frozenset({"thing", "side", "event"})
#: Of these a clause may say both; then it does not say the one.
_OPPOSED = frozenset({"direction", "degree", "trend"})
#: What a comparison says without naming it.
_COMPARED = frozenset(
    {"ion", "direction", "degree", "trend", "rate", "likely", "share", "level", "compare"}
)
#: What a clause that is held against an answer may take over from the one before.
_CARRIED = frozenset({"ion", "thing", "topic", "event"})


def _goes_without_saying(concept: str, said: set[str], *, strict: bool) -> bool:
    """Where the comparison itself is said, its parts need not be."""
    words = lexicon()
    group = words.group_of.get(concept)
    if "~" in concept:
        return all(words.group_of.get(c) != "direction" for c in said)
    groups = {words.group_of.get(c) for c in said}
    if group == "direction" and groups.isdisjoint({"direction", "motion", "manner"}):
        return False
    if group in ("direction", "level") and not said.isdisjoint(words.against(concept)):
        return False
    return group in _COMPARED - ({"level"} if strict else set())


def _tells_of_the_lesser(relation: Relation, clause: Clause) -> bool:
    """'less sodium enters than potassium leaves', where the point is about the potassium."""
    greater = {c.partition(">")[0] for c in relation.weights if ">" in c}
    asked = greater & relation.weights.keys()
    return bool(asked) and asked.isdisjoint(clause.said)


def _is_hedged(relation: Relation, clause: Clause) -> bool:
    """It says how likely a thing is, which is not that it happens."""
    words = lexicon()
    return any(
        words.group_of.get(c) == "likely" and {c, words.contrary(c)}.isdisjoint(relation.weights)
        for c in clause.said
    )


def _is_plain(relation: Relation, clause: Clause) -> bool:
    """Nothing in the clause makes it another statement than the rejected one."""
    words = lexicon()
    extra = {words.group_of.get(c, "word") for c in clause.said.keys() - relation.weights.keys()}
    for compared in clause.said:
        greater, _, lesser = compared.partition(">")
        if lesser in relation.weights and greater not in relation.weights:
            return False
    if "ion" in extra and any(words.group_of.get(c) == "ion" for c in relation.weights):
        return False  # Which of two ions it says this of is left open.
    if relation.negated and not extra.isdisjoint({"strength", "size", "effect", "share"}):
        return False  # 'a normal stimulus does not work': another may.
    things = {c for c in relation.weights if _is_doer(c)}
    doer = next((c for t in clause.terms for c in t.concepts if _is_doer(c)), None)
    if things and doer and len(relation.weights) < 3:
        same = {doer, doer.rpartition("~")[2], *words.broader.get(doer, ())}
        if same.isdisjoint(things):
            return False
    if relation.negated and len(relation.weights) == 1:
        return extra <= {"occurrence", "place", "time", "modifier", "cause", "motion", "event"}
    return extra.isdisjoint({"idea"} if clause.joint == _LINKED else {"rate", "state", "idea"})


def _is_doer(concept: str) -> bool:
    bound = "~" in concept and not concept[0].isdigit()
    return bound or lexicon().group_of.get(concept) in _DOERS


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
