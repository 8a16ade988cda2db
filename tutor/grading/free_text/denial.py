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
#: What stands after one of these need not be so.
_SUPPOSED = frozenset({"if", "once", "whenever"})
#: 'which does not open' denies it.
_RELATIVE = frozenset({"that", "which", "who"})
#: Denied, these contradict a point even where it says nothing else.
_ALONE = frozenset(
    {"size", "level", "likely", "power", "idea", "manner", "slope", "course", "ways"}
)
#: What a denied point must be about before saying the opposite contradicts it.
_CIRCUMSTANCES = frozenset({"level", "topic", "where"})


def is_denial(pattern: Pattern, match: Match) -> bool:
    """The contrary of the point itself, and not of a side issue or of another process."""
    words = lexicon()
    if match.missing or match.clause is None:
        return False
    relative = match.clause.joint in _RELATIVE and match.clause.negated
    if match.clause.joint in _ASIDE and not relative:
        return False
    supposed = match.clause.joint in _SUPPOSED and pattern.main.joint not in _SUPPOSED
    if supposed and not match.opposed:
        return False  # 'if a poison stops it'
    if is_past_aside(match.clause) or "earlier" in match.clause.said:
        return False
    if match.score < MOST:
        return False
    relation = pattern.main
    groups = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    likely = {c for c in match.clause.said if words.group_of.get(c) == "likely"}
    if likely and "likely" not in groups:
        return (
            False  # 'less likely to reach threshold' says neither that it does nor the contrary.
        )
    again = "again" in match.clause.said
    insists = again or match.clause.insists
    if relation.negated and groups.isdisjoint(_CIRCUMSTANCES) and not insists:
        return False
    found = match.score * sum(r.weight for r in pattern.relations)
    plain = any(words.group_of.get(c) in _ALONE for c in relation.weights)
    weighty = [w for w in relation.weights.values() if w >= WEIGHTY]
    asked = relation.weight
    if len(weighty) > 1 and not match.opposed:
        asked = min(asked, sum(weighty))  # What the question has named need not be said.
    if match.main < NEARLY_ALL * asked or found < 1:
        return False
    if not match.opposed and len(weighty) < 2 and found < 1.5 and not plain and not insists:
        return False
    found_in = [t for c, t in match.clause.said.items() if c in relation.weights]
    extra = {
        words.group_of.get(c)
        for c, term in match.clause.said.items()
        if c not in relation.weights
        and term.word != "still"
        and (words.group_of.get(c) == "manner" or not any(term is t for t in found_in))
    }
    if "side" in groups and not extra.isdisjoint(
        {"action", "motion", "direction", "process", "deed"}
    ):
        return False  # Transmitter that binds on the one side was released on the other.
    return extra.isdisjoint({"manner", "rate"} if match.clause.negated else {"state", "rate"})
