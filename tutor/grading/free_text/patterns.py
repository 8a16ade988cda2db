"""From a line of a mark scheme to the relations that an answer must have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.grammar import is_noun
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.terms import first_predicate, terms
from tutor.grading.free_text.words import composed

#: What a concept still weighs that the question has given away.
GIVEN = 0.3
#: A rejected statement of more concepts is known without the word for happening.
MANY = 3
#: So many alternatives of one line are read; no examiner's line comes near it.
MOST_ALTERNATIVES = 24

#: Brackets after the name of a topic say what it is: temporal (one synapse repeatedly).
_DEFINED = re.compile(r"(\w+)\s*\(([^()]*)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
#: The examiner wants every part of the line.
_ALL_NEEDED = re.compile(r"(?i)\((both|all)\b[^()]*\b(needed|required)\)")
_NOTES = re.compile(r"\b(AW|ora|ORA|WITH link to|WITH)\b|\.\.\.")


@dataclass(frozen=True, slots=True)
class Relation:
    """What one clause must say: concepts and stems with their weights."""

    weights: dict[str, float]
    negated: bool
    joint: str = ""

    @property
    def weight(self) -> float:
        """The sum of the weights; a comparison stands beside what it compares."""
        return sum(w for c, w in self.weights.items() if ">" not in c) or 1.0


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
    def weighty(self) -> frozenset[str]:
        """The concepts that the question has not given away and that are no mere circumstance."""
        return frozenset(c for r in self.relations for c, w in r.weights.items() if w > GIVEN)


def heading(text: str) -> str:
    """The topic that stands before a colon: 'Absolute' in 'Absolute: because ...'."""
    before, colon, _ = text.partition(":")
    words = lexicon()
    said = {c for clause in read(composed(before)) for c in clause.said} if colon else set()
    return before if any(words.group_of.get(c) == "topic" for c in said) else ""


def patterns(
    line: str, given: frozenset[str] = frozenset(), *, ora: bool = False, exact: bool = False
) -> list[Pattern]:
    """The alternatives of a scheme's line; `given` is what the question already says.

    With `exact`, words outside the lexicon count as much as those in it.
    """
    ora = ora or re.search(r"\bora\b", line, re.IGNORECASE) is not None
    defined = bool(_definitions(line))
    whole = _ALL_NEEDED.search(line) is not None
    found: list[Pattern] = []
    for text in _alternatives(line, given):
        clauses = [c for c in read(composed(text)) if c.said and not c.concedes]
        relations = tuple(
            part
            for clause in clauses
            for part in _quantities(
                _relation(clause, given, light=len(clauses) > 1, exact=exact, defined=defined)
            )
            if part.weights
        )
        if not relations or not any(r.weight for r in relations):
            continue
        pattern = Pattern(text, relations, _named(text), whole)
        found.append(pattern)
        causes = tuple(r for r in relations if r.joint != "so")
        if 0 < len(causes) < len(relations) and _carries(causes) and not whole:
            # What follows from it need not be said.
            found.append(Pattern(text, causes, _named(text), whole))
        if ora:
            found.append(_reversed(pattern))
    return found


def _carries(relations: tuple[Relation, ...]) -> bool:
    """They are enough to make a point by themselves."""
    return sum(r.weight for r in relations) >= 1.5


def _alternatives(line: str, given: frozenset[str]) -> list[str]:
    """The wordings that slashes and OR stand for, each with the subject and verb it lacks."""
    text = _NOTES.sub(" ", line)
    definitions = _definitions(text)
    if definitions:
        return definitions
    while (shorter := _BRACKETS.sub(" ", text)) != text:
        text = shorter
    texts: list[str] = []
    for part in text.split(" OR "):
        texts.extend(_slashed(part, given))
    return list(dict.fromkeys(t for t in texts if t.strip()))[:MOST_ALTERNATIVES]


def _definitions(text: str) -> list[str]:
    """Topics with what their brackets say of them."""
    return [
        f"{term}: {way}"
        for term, brackets in _DEFINED.findall(text)
        if heading(f"{term}:")
        for way in _either_phrase(brackets)
    ]


def _slashed(text: str, given: frozenset[str]) -> list[str]:
    before, colon, rest = text.partition(":")
    if colon and not re.search(r"\d", before):
        if heading(text):
            return [f"{before}: {t}" for t in _slashed(rest, given)]
        said = _named(text)
        if said and all(lexicon().group_of.get(c) == "idea" for c in said):
            return [before, *_slashed(rest, given)]
        if said <= given:
            return _slashed(rest, given)
        return [f"{before}: {t}" for t in _slashed(rest, given)]
    text = _keep_together(text)
    wordings: list[str] = []
    for wording in _either_word(text):
        wordings.extend(_either_phrase(wording.replace("\x00", "/")))
    return wordings


def _named(text: str) -> frozenset[str]:
    before, colon, _ = text.partition(":")
    if not colon or re.search(r"\d", before):
        return frozenset()
    return frozenset(c for clause in read(composed(before)) for c in clause.said)


def _either_word(text: str) -> list[str]:
    """potassium/calcium channels: two nouns before the same words."""
    match = re.search(r"([\w+⁺-]+)/([\w+⁺-]+)", text)
    if match is None or any(_parted(word)[1] for word in match.groups()):
        return [text]
    return [
        wording
        for word in match.groups()
        for wording in _either_word(text[: match.start()] + word + text[match.end() :])
    ]


def _either_phrase(text: str) -> list[str]:
    pieces = re.split(r"\s+/\s+|\s+or\s+|(?<=[a-z)])/(?=[a-z])", text.strip())
    if len(pieces) > 1 and _QUANTITY.fullmatch(pieces[0]) and _QUANTITY.match(pieces[1]):
        rest = pieces[1].partition(" ")[2]
        return [f"{pieces[0]} {rest}", *_either_phrase(" / ".join(pieces[1:]))]
    denied = ""
    subject = ""
    wordings: list[str] = []
    for i, piece in enumerate(pieces):
        before, after = _parted(piece)
        following = pieces[i + 1] if i + 1 < len(pieces) else ""
        if i and (opening := _PREPOSITION.match(piece)) and _INNER.search(wordings[0]):
            wordings.append(f"{_before(opening.group(1), wordings[0])} {piece}")
            continue
        if after and before.strip():
            subject = subject or before
            denied = "not" if f" or {following}" in text and _DENIED.match(after) else ""
        object_ = _OBJECT.search(following)
        if object_ and _OPEN_END.search(piece) and not _ends_in_a_way(piece):
            wordings.append(f"{piece} {object_.group(1)}")
        elif not after:  # No verb: a later piece's is shared, or else an earlier one's.
            tail = next((a for p in pieces[i + 1 :] if (a := _parted(p)[1])), "")
            verb = next((p for p in reversed(pieces[:i]) if _parted(p)[1]), "")
            if not tail and not verb and following:
                tail = _after_first_term(following)
            wordings.append(
                f"{piece} {tail}" if tail or not verb else f"{verb.rsplit(' ', 1)[0]} {piece}"
            )
        elif (
            following
            and not _parted(following)[1]
            and len(following.split()) > 1
            and not _PREPOSITION.match(following)
        ):
            wordings.append(f"{piece} {following.split(' ', 1)[1]}")
        elif not before.strip() and i and not _NOMINAL.match(piece):
            wordings.append(f"{subject} {denied} {piece}")
        else:
            wordings.append(piece)
    return wordings


_PREPOSITION = re.compile(r"(in|into|on|from|to|at|by|via|through|of|with|for|against|along)\b")
_INNER = re.compile(rf"\b{_PREPOSITION.pattern}")


def _before(preposition: str, text: str) -> str:
    """`text` up to the phrase in whose place another with `preposition` stands."""
    same = list(re.finditer(rf"\b{preposition}\b", text))
    return text[: (same or list(_INNER.finditer(text)))[-1].start()]


#: A word that says how much of the noun after it.
_QUANTITY = re.compile(r"(?i)(no|fewer|less|more|few|many|some|most|all|several)\b")


def _after_first_term(piece: str) -> str:
    piece = composed(piece)
    first = next((t for t in terms(piece) if t.concepts), None)
    return piece[first.end :] if first else ""


_DENIED = re.compile(r"(is |are |can |does |do )?(not|cannot|never)\b")
_NOMINAL = re.compile(r"\w+(\s\w+)?\s+of\b")


def _ends_in_a_way(piece: str) -> bool:
    """The last word says a direction and waits for nothing."""
    found = terms(composed(piece))
    last = found[-1].concepts[:1] if found else ()
    return any(lexicon().group_of.get(c) == "direction" for c in last)


#: A piece that ends so goes on with what follows such a word in the next piece.
_OPEN_END = re.compile(r"\b(in|of|into|from|to|on|by)\s*$")
_OBJECT = re.compile(r"\b(?:in|of|into|from|to|on|by)\s+(.+)$")


def _keep_together(text: str) -> str:
    """Slashes inside a term of the lexicon (Na+/K+ pump) do not part alternatives."""
    return re.sub(r"(?i)(na\+?|sodium)/(k\+?|potassium)(?= ?(pump|atpase))", "\\1\x00\\2", text)


def _parted(piece: str) -> tuple[str, str]:
    """The words before the first predicate, and the rest."""
    piece = composed(piece)
    at = first_predicate(piece)
    return (piece, "") if at is None else (piece[:at], piece[at:])


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
            weight *= GIVEN
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
    elif len(known) > 1:
        weights = {c: w if c in known else w * 0.8 for c, w in weights.items()}
    if not weights:
        weights = dict.fromkeys(concepts, 1.0)
    if (most := max(weights.values(), default=1.0)) < 0.5 and not light:
        weights = {c: w / most for c, w in weights.items()}
    return Relation(weights, clause.negated, clause.joint)


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


def _quantities(relation: Relation) -> list[Relation]:
    """3 Na+ and 2 K+ may stand in different clauses."""
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
