"""A clause and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: Groups of the lexicon whose concepts can be what a clause is about.
ENTITIES = frozenset(
    {"ion", "thing", "event", "topic", "side", "polarity", "where", "location", "source"}
)


#: A note of where a thing is has no more terms.
NOTE = 4
#: How two clauses are joined of which one is the reason or condition of the other.
LINKED = "linked"


@dataclass(slots=True)
class Clause:
    """What one clause says.

    `said` are concepts and stems in its own words; `carried` those that it takes over from the
    clauses before it. `negated` is true for an odd number of negations, of which there are
    `denials`. `corrects` takes back what it puts right, `retracts` all of the clause before.
    `equates` is true for one of several equations: 'A = B, C = D'. `admits` is true where
    something is permeable, and so has open channels. `process` is the one named last, in it or
    before.
    """

    start: int
    end: int
    sentence: int
    terms: list[Term] = field(default_factory=list)
    said: dict[str, Term] = field(default_factory=dict)
    implied: set[str] = field(default_factory=set)
    carried: set[str] = field(default_factory=set)
    negated: bool = False
    denials: int = 0
    denied: bool = False
    corrects: bool = False
    retracts: bool = False
    withdrawn: bool = False
    concedes: bool = False
    joint: str = ""
    equates: bool = False
    admits: bool = False
    subject: set[str] = field(default_factory=set)
    process: dict[str, Term] = field(default_factory=dict)

    @property
    def insists(self) -> bool:
        """Two denials make it an emphatic statement: 'does not stop it entering'."""
        return self.denials > 1 and not self.negated

    @property
    def concepts(self) -> set[str]:
        """All that it says, its own and carried."""
        return self.carried | self.said.keys()


def groups_in(part: Clause) -> set[str | None]:
    """The groups of all that its terms say."""
    group_of = lexicon().group_of
    return {group_of.get(c) for t in part.terms for c in t.concepts}


@cache
def common_verbs() -> frozenset[str]:
    """The common verbs with their inflections."""
    endings = ("", "s", "es", "ed", "d", "ing")
    verbs = lexicon().grammar.verbs
    return frozenset(
        {v + e for v in verbs for e in endings} | {v[:-1] + "ing" for v in verbs if v[-1] == "e"}
    )


def _is_copular(part: Clause) -> bool:
    """It says of something that it is so: the spike is broader."""
    copulas = lexicon().grammar.copulas
    for i, term in enumerate(part.terms):
        if not copulas.isdisjoint(term.word.split()[1:-1]):
            return True
        if term.word in copulas:
            before, after = part.terms[:i], part.terms[i:]
            said = next((t.concepts[0] for t in after if t.concepts), "")
            pronouns = {t.word for t in before if t.role == "pronoun"}
            pointed = bool(pronouns) and (not is_entity(said) or "this" in pronouns)
            if said and (pointed or any(t.concepts for t in before)):
                return True
    return False


def _leads_on(part: Clause) -> bool:
    """An arrow stands between two things: 'mutation -> resistant bacteria'."""
    arrow = next((i for i, t in enumerate(part.terms) if t.word == "->"), 0)
    return any(t.concepts for t in part.terms[:arrow]) and any(
        t.concepts for t in part.terms[arrow:]
    )


def _is_existential(part: Clause) -> bool:
    """It says that something is there: 'there are receptors on both membranes'."""
    words = [t.word for t in part.terms[:4]]
    return "there" in words and any(t.concepts for t in part.terms[words.index("there") + 1 :])


def has_predicate(part: Clause) -> bool:
    """It says what happens."""
    if any(lexicon().group(c).predicate for t in part.terms for c in t.concepts):
        return True
    if (
        part.equates
        or _leads_on(part)
        or _is_copular(part)
        or _is_existential(part)
        or any(t.word in common_verbs() for t in part.terms)
    ):
        return True
    return moves_an_ion(part) or places_a_thing(part)  # Na+ outside, K+ inside


def moves_an_ion(part: Clause) -> bool:
    """It has an ion and a way or place for it; the next ion is a clause of its own."""
    groups = groups_in(part)
    return "ion" in groups and not groups.isdisjoint({"direction", "location"})


def places_a_thing(part: Clause) -> bool:
    """It names a thing and then the side that has it: 'receptors post only'."""
    group_of = lexicon().group_of
    named = [{group_of.get(c) for c in t.concepts} & {"thing", "side"} for t in part.terms]
    kinds = [kind for kind in named if kind]
    said = [t for t in part.terms if t.concepts]
    return len(said) <= NOTE and kinds == [{"thing"}, {"side"}]


def is_entity(concept: str) -> bool:
    """A clause can be about it."""
    return "~" in concept or lexicon().group_of.get(concept) in ENTITIES


def points_there(clause: Clause) -> bool:
    """'Nothing fires there': at the place that was named, where the clause names none."""
    words = [t.word for t in clause.terms]
    there = "there" in words[-1:] or {"membrane", "there"} <= set(words[:4])
    return there and not any(lexicon().group_of.get(c) == "where" for c in clause.said)


def _is_done_by(doer: Term, does: Term, clause: Clause) -> bool:
    """It stands behind the verb and 'by'."""
    return any(t.word == "by" and does.start < t.start < doer.start for t in clause.terms)


def doer_of(clause: Clause) -> str:
    """Which of two contrary things does what the clause tells: 'IPSPs cancel EPSPs'."""
    words = lexicon()
    does = next((t for c, t in clause.said.items() if words.group_of.get(c) == "trend"), None)
    if does is None or {"each", "other"} <= {t.word for t in clause.terms}:
        return ""
    for concept, term in clause.said.items():
        other = words.contrary(concept)
        if words.group_of.get(concept) != "event" or other is None:
            continue
        beside = clause.said.get(other)
        if beside is not None and _is_done_by(beside, does, clause):
            return other if term.start < does.start else ""
        if term.start < does.start and (beside is None or beside.start > does.start):
            return concept
    return ""


def joined(first: Clause, second: Clause) -> Clause:
    """Both as one clause; two negations cancel."""
    return Clause(
        start=min(first.start, second.start),
        end=max(first.end, second.end),
        sentence=first.sentence,
        terms=first.terms + second.terms,
        negated=first.negated != second.negated,
        denials=first.denials + second.denials,
        corrects=first.corrects,
        retracts=first.retracts or second.retracts,
        denied=first.denied,
        joint=first.joint,
    )


def is_past_aside(clause: Clause) -> bool:
    """'which had been shut': so it was before."""
    words = [clause.joint, *(t.word for t in clause.terms)]
    relative = next((i for i, w in enumerate(words) if w in ("which", "that", "who")), None)
    if relative is None:
        return False
    after = words[relative + 1 : relative + 6]
    return not {"was", "were", "had"}.isdisjoint(after)
