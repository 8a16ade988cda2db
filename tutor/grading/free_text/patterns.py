"""From a line of a mark scheme to the relations that an answer must have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tutor.grading.free_text.alternatives import alternatives, definitions, named
from tutor.grading.free_text.clause import Clause, doer_of
from tutor.grading.free_text.grammar import is_noun
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.words import composed

#: The part of an alternative that an answer must say.
ENOUGH = 0.58
#: The same of one with so many concepts of which none is needed.
ENOUGH_OF_MANY = 0.5
MANY_WORDS = 3
#: What a concept still weighs that the question has given away.
GIVEN = 0.3
#: Of something of these groups all else is said.
_TOLD_OF = frozenset(
    {"ion", "thing", "entity", "event", "side", "source", "topic", "polarity", "level", "process"}
    | {"verdict", "idea", "size", "likely", "slope", "power"}
)
#: What the name weighs that a definition is of.
DEFINED = 0.6
#: A rejected statement of more concepts is known without the word for happening.
MANY = 3
#: The examiner wants every part of the line.
_ALL_NEEDED = re.compile(r"(?i)\((both|all)\b[^()]*\b(needed|required)\)")


@dataclass(frozen=True, slots=True)
class Relation:
    """What one clause must say: concepts and stems with their weights."""

    weights: dict[str, float]
    negated: bool
    joint: str = ""
    doer: str = ""
    """Which of two contraries does it to the other."""
    near: frozenset[str] = field(init=False, compare=False, repr=False)
    """A clause that says none of these says nothing of it; none where any clause may."""

    def __post_init__(self) -> None:
        """Gather what it says and the contraries of that."""
        words = lexicon()
        known = all(c in words.group_of or not c.isalpha() for c in self.weights)
        against = (a for c in self.weights for a in words.against(c))
        object.__setattr__(self, "near", frozenset((*self.weights, *against) if known else ()))

    @property
    def weight(self) -> float:
        """The sum of the weights; a comparison stands beside what it compares."""
        return sum(w for c, w in self.weights.items() if not {">", "/"} & set(c)) or 1.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alternative of a mark point: relations that stand together."""

    text: str
    relations: tuple[Relation, ...]
    heading: frozenset[str] = frozenset()
    whole: bool = False
    """What the line names before its colon: another such name is another matter, no denial."""

    def about(self, topic: str) -> Pattern:
        """The same under `topic`, which need not be named but has no rival."""
        relations = tuple(
            Relation({**r.weights, topic: 0.0}, r.negated) if r is self.main else r
            for r in self.relations
        )
        return replace(self, relations=relations)

    @property
    def main(self) -> Relation:
        """The relation that carries most; what is denied before its circumstances."""
        return max(self.relations, key=lambda r: (r.negated and r.weight > 0.5, r.weight))

    @property
    def concepts(self) -> frozenset[str]:
        """All that its relations say."""
        return frozenset(c for r in self.relations for c in r.weights)

    @property
    def enough(self) -> float:
        """The part of it that an answer must say; of many general words some may be left out."""
        words = lexicon()
        exact = any(words.group(c).needed or "~" in c for c in self.concepts)
        return ENOUGH if exact or len(self.weighty) < MANY_WORDS else ENOUGH_OF_MANY

    @property
    def weighty(self) -> frozenset[str]:
        """The concepts that the question has not given away and that are no mere circumstance."""
        return frozenset(c for r in self.relations for c, w in r.weights.items() if w > GIVEN)


def patterns(
    line: str, given: frozenset[str] = frozenset(), *, ora: bool = False, exact: bool = False
) -> list[Pattern]:
    """The alternatives of a scheme's line; `given` is what the question already says.

    With `exact`, words outside the lexicon count as much as those in it.
    """
    ora = ora or re.search(r"\bora\b", line, re.IGNORECASE) is not None
    defined = bool(definitions(line))
    whole = _ALL_NEEDED.search(line) is not None
    found: list[Pattern] = []
    for text in alternatives(line, given):
        clauses = [c for c in read(composed(text)) if c.said and not c.concedes]
        relations = tuple(
            part
            for clause in clauses
            for part in _quantities(
                _relation(clause, given, light=len(clauses) > 1, exact=exact, defined=defined),
                heads=clause.end <= text.find(":") and clause is not clauses[-1],
            )
            if part.weights
        )
        if not relations or not any(r.weight for r in relations):
            continue
        pattern = Pattern(text, relations, named(text), whole)
        found.append(pattern)
        causes = tuple(r for r in relations if r.joint != "so")
        if 0 < len(causes) < len(relations) and _carries(causes) and not whole:
            # What follows from it need not be said.
            found.append(Pattern(text, causes, named(text), whole))
        if ora:
            found.append(_reversed(pattern))
    return found


def _carries(relations: tuple[Relation, ...]) -> bool:
    """They are enough to make a point by themselves."""
    return sum(r.weight for r in relations) >= 1.5


def _relation(
    clause: Clause, given: frozenset[str], *, light: bool, exact: bool, defined: bool
) -> Relation:
    words = lexicon()
    concepts = clause.concepts - clause.implied
    weights = {}
    said = [c for c in concepts if words.group(c).predicate and words.group(c).weight > 0.5]
    sole = said[0] if len(said) == 1 else None  # All that says what happens.
    for concept in sorted(concepts):
        group = words.group(concept)
        weight = group.weight
        if "~" in concept or ">" in concept or concept[0] == "#":
            weight = 1.0
        if words.group_of.get(concept) == "topic" and defined:
            weight *= DEFINED
        if concept in given and not group.exclusive and concept != sole:
            weight *= GIVEN
        if concept == "inside" and "polarity" in {words.group_of.get(c) for c in concepts}:
            weight = 0.0  # It is the inside that becomes less negative.
        if words.group_of.get(concept) == "polarity" and _is_named(concept, clause):
            weight *= 0.5
        if concept in clause.carried and words.group_of.get(concept) != "topic" and light:
            weight *= GIVEN
        if weight:
            weights[concept] = weight
    known = [c for c in weights if c in words.group_of or "~" in c or ">" in c]
    groups = {words.group_of.get(c) for c in weights}
    if "ion" not in groups and groups & {"direction", "deed"} and not exact:
        # How much of it need not be said where it says what is done.
        weights = {
            c: w * (GIVEN if words.group_of.get(c) == "degree" else 1) for c, w in weights.items()
        }
    for parts, whole in words.together:
        if whole in weights and parts <= weights.keys() and not exact:
            said_twice = {c for c in parts if words.group(c).predicate}
            weights = {c: w * (GIVEN if c in said_twice else 1) for c, w in weights.items()}
    if exact:
        weights = {c: w if c in known else 1.0 for c, w in weights.items()}
        for concept in weights:
            if words.group_of.get(concept) == "occurrence" and len(weights) > MANY:
                weights[concept] = GIVEN  # What all the rest is said of happens.
        if sum(words.group(c).needed or words.group(c).exclusive or "~" in c for c in known) < 2:
            slight = {c for c in concepts if words.group_of.get(c) in ("place", "cause")}
            weights = {c: 0.1 if c in slight else 1.0 for c in concepts}
    elif not any(words.group(c).needed and words.group(c).predicate for c in known):
        # Nothing but these words says what happens.
        weights = {c: w if c in known else w * 1.4 for c, w in weights.items()}
    elif groups.isdisjoint(_TOLD_OF) and not any("~" in c for c in weights):
        # A word outside the lexicon is all that tells of what this is said.
        weights = {c: w if c in known else 1.0 for c, w in weights.items()}
    elif len(known) > 1:
        weights = {c: w if c in known else w * 0.8 for c, w in weights.items()}
    if not weights:
        weights = dict.fromkeys(concepts, 1.0)
    if (most := max(weights.values(), default=1.0)) < 0.5 and not light:
        weights = {c: w / most for c, w in weights.items()}
    return Relation(weights, clause.negated, clause.joint, doer_of(clause))


def _is_named(concept: str, clause: Clause) -> bool:
    """A noun beside what happens: 'lasting depolarisation leaves the channels inactivated'."""
    words = lexicon()
    groups = {words.group_of.get(c) for c in clause.concepts}
    term = clause.said.get(concept)
    return (
        term is not None
        and is_noun(term.word, words.grammar)
        and not groups.isdisjoint({"gate", "direction"})
    )


def _quantities(relation: Relation, *, heads: bool) -> list[Relation]:
    """3 Na+ and 2 K+ may stand in different clauses; a name that heads a line tells little."""
    if heads:
        weights = {c: w * GIVEN for c, w in relation.weights.items()}
        return [replace(relation, weights=weights)]
    counted = [c for c in relation.weights if c[0].isdigit() and "~" in c]
    if len(counted) < 2:
        return [relation]
    return [Relation({c: 1.0}, negated=False) for c in counted]


def _reversed(pattern: Pattern) -> Pattern:
    contrary = lexicon().contrary
    return replace(
        pattern,
        relations=tuple(
            Relation(
                {c if ">" in c else contrary(c) or c: w for c, w in r.weights.items()}, r.negated
            )
            for r in pattern.relations
        ),
    )
