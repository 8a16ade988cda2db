"""One mark point judged: met, contradicted or missed, with the words that decide it."""

from __future__ import annotations

from dataclasses import replace

from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.denial import is_denial
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.matching import NEARLY_ALL, NONE, Match, matched
from tutor.grading.free_text.patterns import ENOUGH, Pattern
from tutor.grading.free_text.points import Point
from tutor.grading.free_text.saying import SAYING
from tutor.grading.verdict import PointVerdict

#: A concept of so much weight can set one point apart from another.
APART = 0.6
#: That something happens sets nothing apart, and a note leaves it out.
_HAPPENING = frozenset({"occurrence"})
#: What is done, of which there are many kinds.
_DONE = frozenset({"action", "deed"})
_WHICH = frozenset({"that", "which"})
#: It lasts, or is late to come.
_LINGERING = frozenset({"stay", "slow"})
#: Between two stages that are told of stands one of these.
_SEQUENCE = frozenset({"then", "after", "before", "when", "once", "until", "followed"})


def restates(clause: Clause, given: frozenset[str]) -> bool:
    """The clause adds nothing to what the question says already."""
    added = clause.said.keys() - given
    return not clause.negated and not added and len(clause.said) > 1


def judged(
    point: Point, text: str, clauses: list[Clause], given: frozenset[str]
) -> tuple[PointVerdict, bool]:
    """The verdict on `point`, and whether its contrary is said in so many words."""
    best, accepted, enough, flip = _best(point, clauses, given)
    met = best.score >= enough and not best.missing
    against = flip if flip.clause is not None and not met else NONE
    if met and flip.clause is not None and _is_firmer(flip, best, accepted):
        against = flip
    rejected = _rejected(point, clauses, given, best if met else NONE, accepted)
    if rejected.clause is not None:
        against = rejected
    if against.clause is not None and met and _at_another_time(best, accepted, against, clauses):
        against = NONE
    if against.clause is not None and any(
        matched(p, [against.clause]).score >= ENOUGH for p in point.ignore
    ):
        against = NONE
    mine = point.point
    if against.clause is not None:
        evidence = text[against.start : against.end].strip()
        return PointVerdict(mine.id, mine.text, "contradicted", 0, evidence), against is flip
    if not met:
        return PointVerdict(mine.id, mine.text, "missed", 0, "", _asked(best)), False
    verdict = PointVerdict(
        mine.id,
        mine.text,
        "met",
        mine.marks,
        text[best.start : best.end].strip(),
        credited_as=mine.text if mine.credited_by else "",
        exactly=mine.physiology or "",
    )
    return verdict, False


def _best(
    point: Point, clauses: list[Clause], given: frozenset[str]
) -> tuple[Match, frozenset[str], float, Match]:
    """The best match of an accepted wording with its concepts, and the best denial of one."""
    best, flip = NONE, NONE
    if point.only:
        clauses = [_denied(c) if _is_not_only(c) else c for c in clauses]
    accepted: frozenset[str] = frozenset()
    enough = ENOUGH
    for pattern in point.accept:
        near = [
            c
            for c in clauses
            if not _elsewhere(c, pattern, point, clauses)
            and not _is_of_rival(c, pattern, point, clauses)
            and not _is_apart(c, pattern, point)
            and (pattern.concepts <= given or not restates(c, given))
        ]
        match = matched(pattern, near)
        if match.flipped and match.clause in near and not is_denial(pattern, match):
            again = matched(pattern, [c for c in near if c is not match.clause])
            if again.flipped and is_denial(pattern, again):
                match = again  # The first only came near to a denial.
        if match.flipped:
            compares = any(">" in c for c in pattern.concepts)
            if compares and match.clause and _without(point, match.clause, clauses):
                continue
            if match.opposed and not point.either.isdisjoint(pattern.concepts):
                continue
            if match.score > flip.score and is_denial(pattern, match):
                flip = match
        elif (
            match.score - pattern.enough > best.score - enough
            and not _is_shared(pattern, match, point, clauses)
            and not _lacks_core(match, point, clauses)
        ):
            best, accepted, enough = match, pattern.concepts, pattern.enough
            taken = match.clause.carried & pattern.concepts if match.clause else ()
            denied = matched(pattern, [c for c in near if c.negated]) if taken else NONE
            if denied.flipped and denied.score > flip.score and is_denial(pattern, denied):
                flip = denied  # What is carried may come from where it is denied.
    return best, accepted, enough, flip


def _rejected(
    point: Point,
    clauses: list[Clause],
    given: frozenset[str],
    best: Match,
    accepted: frozenset[str],
) -> Match:
    """The first rejected wording that the answer has; `best` is what met the point, if any."""
    for pattern in point.reject:
        match = matched(
            pattern,
            [
                c
                for c in clauses
                if not _is_apart(c, pattern, point)
                and not _is_driven(c, pattern, point, given)
                and not _is_passive(c, pattern, point, given)
                and not _tells_which(c, clauses)
            ],
            strict=True,
        )
        if match.flipped or match.score < NEARLY_ALL or match.missing:
            continue
        if not _is_whole(pattern, match, point):
            continue
        if match.clause is best.clause and pattern.concepts <= accepted:
            continue  # It says no more than what was accepted there.
        return match
    return NONE


def _is_not_only(clause: Clause) -> bool:
    """'is not only released here': where the point says 'only', that is its contrary."""
    return any(t.role == "not_negators" and "only" in t.word.split() for t in clause.terms)


def _denied(clause: Clause) -> Clause:
    return replace(clause, negated=not clause.negated, denials=clause.denials + 1)


def _is_firmer(flip: Match, best: Match, accepted: frozenset[str]) -> bool:
    """The contrary is said by name, and the point only of what was named there."""
    if best.clause is None or flip.clause is None:
        return False
    if best.clause.negated and not flip.clause.negated:
        return flip.clause is not best.clause and "again" in flip.clause.said
    if {lexicon().group_of.get(c) for c in accepted} == {"idea"}:
        return True  # The idea is named, and then told the wrong way round.
    if flip.opposed or best.clause.negated:
        return False
    taken = accepted & best.clause.carried - best.clause.said.keys()
    first = flip.clause.start <= best.clause.start
    return first and bool(taken) and taken <= flip.clause.said.keys()


def _elsewhere(clause: Clause, pattern: Pattern, point: Point, clauses: list[Clause]) -> bool:
    """The clause is about the rival of what the point is about, and so is not the alternative."""
    words = lexicon()
    asked = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    if not asked.isdisjoint({"course", "ways"}):
        return False  # 'cannot go back to the region behind'
    levels = {c for c in clause.carried if words.group_of.get(c) == "level"}
    told = {*clause.said, *levels, *_level_of(clause, clauses)}
    return any(
        words.rivals(about, said)
        for about in point.context
        if words.group_of.get(about) not in asked and about not in told
        for said in told
    )


def _level_of(clause: Clause, clauses: list[Clause]) -> set[str]:
    """The level under whose condition the sentence says it: 'if it is not reached, then'."""
    words = lexicon()
    before = [c for c in clauses if c.sentence == clause.sentence and c.start < clause.start]
    if not before or before[-1].joint not in words.grammar.conditions:
        return set()
    return {c for c in before[-1].said if words.group_of.get(c) == "level"}


def _is_of_rival(clause: Clause, pattern: Pattern, point: Point, clauses: list[Clause]) -> bool:
    """It only names the idea, and what was told just before is the idea at work in a rival."""
    words = lexicon()
    if {words.group_of.get(c) for c in pattern.weighty} != {"idea"}:
        return False
    told = {
        c
        for other in clauses
        if 0 <= clause.sentence - other.sentence <= 1
        for c in other.said
        if words.group_of.get(c.partition("~")[0]) == "ion"
    }
    asked = {c for c in point.named if words.group_of.get(c.partition("~")[0]) == "ion"}
    return bool(told and asked) and told.isdisjoint(asked)


def _names_another(clause: Clause, point: Point) -> bool:
    """It names a process that another point is headed by, and not the one of this point."""
    said = {c: t for c, t in clause.said.items() if c not in clause.implied}
    if point.others.isdisjoint(said) and point.headed.isdisjoint(said):
        said = clause.process
    others = [said[c] for c in point.others if c in said]
    return bool(others) and not any(c in said and said[c] not in others for c in point.headed)


def _is_whole(reject: Pattern, match: Match, point: Point) -> bool:
    """It says what parts the rejected wording from the accepted ones that are within it."""
    said = match.clause.concepts if match.clause else set()
    return all(
        not accepted.weighty < reject.concepts
        or accepted.main.negated != reject.main.negated
        or not (reject.concepts - accepted.concepts).isdisjoint(said)
        for accepted in point.accept
    )


def _is_shared(pattern: Pattern, match: Match, point: Point, clauses: list[Clause]) -> bool:
    """What sets the wording apart from those of the other points is not said."""
    own = own_of(pattern, point.elsewhere)
    total = sum(r.weight for r in pattern.relations)
    if not own or match.clause is None or total - sum(own.values()) < pattern.enough * total:
        return False
    rest = pattern.concepts - own.keys()
    if _states(rest) and not any(_meets(rest, *rival) for rival in point.rivals):
        return False
    near = {match.clause.sentence - 1, match.clause.sentence, match.clause.sentence + 1}
    said = {c for clause in clauses if clause.sentence in near for c in clause.concepts}
    return said.isdisjoint(own)


def _lacks_core(match: Match, point: Point, clauses: list[Clause]) -> bool:
    """What all wordings of the point name is not named in the clause, nor close by."""
    if not point.core or match.clause is None:
        return False
    near = {match.clause.sentence - 1, match.clause.sentence, match.clause.sentence + 1}
    said = {c for clause in clauses if clause.sentence in near for c in clause.concepts}
    return not point.core <= said


def own_of(pattern: Pattern, elsewhere: frozenset[str]) -> dict[str, float]:
    """What the wordings `elsewhere` do not have, with its weights."""
    return {
        c: w
        for r in pattern.relations
        for c, w in r.weights.items()
        if c not in elsewhere and w >= APART and lexicon().group_of.get(c) not in _HAPPENING
    }


def _states(concepts: frozenset[str]) -> bool:
    """They say of something what happens to it."""
    words = lexicon()
    happens = {c for c in concepts if words.group_of.get(c) in _DONE}
    return bool(happens) and any(
        not words.group(c).predicate and words.group(c).weight > SAYING for c in concepts
    )


def _meets(said: frozenset[str], pattern: Pattern, own: frozenset[str]) -> bool:
    """`said` would be enough for the wording of another point, and for what is its own."""
    if own and own.isdisjoint(said):
        return False
    total = sum(r.weight for r in pattern.relations)
    found = sum(w for r in pattern.relations for c, w in r.weights.items() if c in said)
    return found >= pattern.enough * total


def _without(point: Point, clause: Clause, clauses: list[Clause]) -> bool:
    """The sentence does not speak of the level that the point is about."""
    group_of = lexicon().group_of
    levels = {c for c in point.context if group_of.get(c) == "level"}
    said = {c for other in clauses if other.sentence == clause.sentence for c in other.said}
    return bool(levels) and levels.isdisjoint(said)


def _is_apart(clause: Clause, pattern: Pattern, point: Point) -> bool:
    """The clause tells of the pump or of another point's process, and this point does not."""
    words = lexicon()
    if _names_another(clause, point):
        return True
    counted = any(c[0].isdigit() and "~" in c for c in clause.said)  # 2 K+ are those of the pump.
    return (counted or words.driver in clause.concepts) and words.driven.isdisjoint(
        point.named | pattern.concepts
    )


def _is_driven(clause: Clause, pattern: Pattern, point: Point, given: frozenset[str]) -> bool:
    """The clause tells of what is driven, and neither the point nor the question does."""
    driven = lexicon().driven
    return not driven.isdisjoint(clause.said) and driven.isdisjoint(
        point.named | pattern.concepts | given
    )


def _is_passive(clause: Clause, pattern: Pattern, point: Point, given: frozenset[str]) -> bool:
    """The question is about the pump, and the clause about what moves without it."""
    words = lexicon()
    return (
        words.driver in given
        and not words.passive.isdisjoint(clause.said)
        and words.passive.isdisjoint(point.named | pattern.concepts)
    )


def _tells_which(clause: Clause, clauses: list[Clause]) -> bool:
    """'Throws out the sodium that trickles in': it only says which sodium is moved out."""
    if clause.joint not in _WHICH:
        return False
    words = lexicon()
    earlier = [c for c in clauses if c.sentence == clause.sentence and c.start < clause.start]
    ways = {words.contrary(c) for c in clause.said if words.group_of.get(c) == "direction"}
    ions = {c for c in clause.carried if words.group_of.get(c) == "ion"}
    return any(not ways.isdisjoint(c.said) and not ions.isdisjoint(c.said) for c in earlier[-1:])


def _at_another_time(
    best: Match, accepted: frozenset[str], against: Match, clauses: list[Clause]
) -> bool:
    """The point stands, and what speaks against it is told of an earlier or later stage."""
    if best.clause is None or against.clause is None or best.clause is against.clause:
        return False
    if not _LINGERING.isdisjoint(best.clause.said.keys() - accepted):
        return False  # What goes on or takes its time tells of no other stage.
    groups = {lexicon().group_of.get(c) for c in against.clause.said}
    if groups.isdisjoint({"gate", "direction", "polarity", "trend"}):
        return False
    first, last = sorted((best.clause, against.clause), key=lambda c: c.start)
    between = [c for c in clauses if first.start <= c.start <= last.start]
    return any(
        not {"later", "earlier"}.isdisjoint(c.said) or c.joint in _SEQUENCE for c in between
    )


def _asked(best: Match) -> str:
    """What a near miss lacks, as a question."""
    if best.clause is None or best.score < 0.4:
        return ""
    words = lexicon()
    asks = []
    for concept in best.missing:
        concept = concept.split("~")[0]
        asks.append(words.group(concept).asks)
    return "; ".join(dict.fromkeys(asks))
