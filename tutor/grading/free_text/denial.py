"""What contradicts a mark point by saying its contrary."""

from __future__ import annotations

from tutor.grading.free_text.clause import is_past_aside
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.matching import NEARLY_ALL, Match
from tutor.grading.free_text.patterns import Pattern

#: Of a point with several relations, so much must be said besides.
MOST = 0.6
#: Two concepts of so much weight are something that can be denied.
WEIGHTY = 0.5
#: What stands after one of these is said by the way, and denies nothing.
_ASIDE = frozenset({"unless", "that", "which", "who", "when", "until", "while", "before", "after"})
#: Denied, these contradict a point even where it says nothing else.
_ALONE = frozenset({"size", "level", "likely", "power", "idea"})
#: What a denied point must be about before saying the opposite contradicts it.
_CIRCUMSTANCES = frozenset({"level", "topic", "where"})


def is_denial(pattern: Pattern, match: Match) -> bool:
    """The contrary of the point itself, and not of a side issue or of another process."""
    words = lexicon()
    if match.missing or match.clause is None or match.clause.joint in _ASIDE:
        return False
    if is_past_aside(match.clause) or "earlier" in match.clause.said:
        return False
    if match.score < MOST:
        return False
    relation = pattern.main
    groups = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    again = "again" in match.clause.said
    insists = again or match.clause.insists
    if relation.negated and groups.isdisjoint(_CIRCUMSTANCES) and not insists:
        return False
    found = match.score * sum(r.weight for r in pattern.relations)
    plain = any(words.group_of.get(c) in _ALONE for c in relation.weights)
    if match.main < NEARLY_ALL * relation.weight or found < 1:
        return False
    weighty = [w for w in relation.weights.values() if w >= WEIGHTY]
    if not match.opposed and len(weighty) < 2 and found < 1.5 and not plain and not insists:
        return False
    extra = {
        words.group_of.get(c)
        for c, term in match.clause.said.items()
        if c not in relation.weights and term.word != "still"
    }
    if "side" in groups and not extra.isdisjoint(
        {"action", "motion", "direction", "process", "deed"}
    ):
        return False  # Transmitter that binds on the one side was released on the other.
    return extra.isdisjoint({"manner"} if match.clause.negated else {"state", "rate"})
