"""What clauses take over from those before them, and what a correction takes back."""

from __future__ import annotations

from itertools import pairwise

from tutor.grading.free_text.clause import Clause, has_predicate, is_entity
from tutor.grading.free_text.grammar import is_noun
from tutor.grading.free_text.lexicon import lexicon

#: A correction reaches so many clauses back and on; hostile text has thousands.
FAR = 12
#: A clause that begins so stands inside another.
_ASIDE = frozenset({"which", "that", "who", "when", "where", "having"})


class Carrier:
    """Fills in what clauses say and carry."""

    def __init__(self) -> None:
        self._lexicon = lexicon()
        self._grammar = self._lexicon.grammar

    def carry(self, clauses: list[Clause]) -> None:
        """Fill in `clauses` in the order of the text."""
        topic: set[str] = set()
        before: Clause | None = None
        aside: Clause | None = None  # What a relative clause or a condition stands in.
        for clause in clauses:
            for term in clause.terms:
                for concept in term.concepts:
                    clause.said.setdefault(concept, term)
                    clause.implied.discard(concept)
                    for wider in self._lexicon.broader.get(concept, ()):
                        if wider not in clause.said:
                            clause.said[wider] = term
                            clause.implied.add(wider)
            own = {c for c in clause.said if self._lexicon.group_of.get(c) == "topic"}
            topic = own or topic
            self._add_way(clause)
            if not own:
                clause.carried |= topic
            if before is not None:
                self._carry_from(before, clause)
                self._carry_coordinate(before, clause)
                if aside is not None and before.joint in _ASIDE and clause.joint not in _ASIDE:
                    self._carry_from(aside, clause)
                if clause.corrects and not has_predicate(clause):
                    self._replace(before, clause)
            if clause.joint not in _ASIDE or aside is None or aside.sentence != clause.sentence:
                aside = clause
            before = clause
        self._withdraw(clauses)

    def _carry_from(self, before: Clause, clause: Clause) -> None:
        """Take the subject over where the clause has none of its own."""
        first = next((t for t in clause.terms if t.concepts or t.role == "pronoun"), None)
        if first is None:
            return
        self._read_ones(before, clause)
        pronoun = any(t.role == "pronoun" for t in clause.terms[:3])
        ones = any(t.word in ("ones", "one") for t in clause.terms)
        fragment = not has_predicate(clause)
        if fragment and (ones or before.negated or (clause.denied and not pronoun)):
            clause.carried |= {c for c in before.concepts if self._lexicon.group(c).predicate}
        leading = not is_noun(first.word, self._grammar) and any(
            self._lexicon.group(c).predicate for c in first.concepts
        )
        if pronoun or leading or clause.denied:
            clause.subject = self._entities(before) | before.subject
            own = self._entities(clause)
            clause.carried |= {
                c for c in clause.subject if not any(self._lexicon.rivals(c, e) for e in own)
            }

    def _read_ones(self, before: Clause, clause: Clause) -> None:
        """'potassium channels ... the sodium ones' are sodium channels."""
        for ion, ones in pairwise(clause.terms):
            named = next(iter(ion.concepts), "")
            if ones.word in ("ones", "one") and self._lexicon.group_of.get(named) == "ion":
                for head in {c.partition("~")[2] for c in before.concepts} - {""}:
                    clause.said[f"{named}~{head}"] = ion
                    clause.said.pop(named, None)

    def _carry_coordinate(self, before: Clause, clause: Clause) -> None:
        """'... high K+ inside and Na+ outside': the second ion is high as well."""
        groups = {self._lexicon.group_of.get(c) for c in clause.said}
        if clause.joint not in ("and", ",") or not {"ion", "location"} <= groups:
            return
        for concept in before.concepts:
            group = self._lexicon.group_of.get(concept)
            if group in ("motion", "degree") and group not in groups:
                clause.carried.add(concept)
        self._add_way(clause)

    def _add_way(self, clause: Clause) -> None:
        """To move an ion outside is to move it out."""
        groups = {self._lexicon.group_of.get(c): c for c in clause.concepts}
        if "direction" in groups or not {"ion", "motion", "location"} <= groups.keys():
            return
        place = groups["location"]
        clause.said.setdefault("in" if place == "inside" else "out", clause.said[place])

    def _entities(self, clause: Clause) -> set[str]:
        return {c for c in clause.said if is_entity(c)}

    def _clash(self, one: Clause, other: Clause) -> set[str]:
        rivals = self._lexicon.rivals
        return {c for c in one.concepts if any(rivals(c, o) for o in other.said)}

    def _replace(self, before: Clause, clause: Clause) -> None:
        """A fragment stands for the clause before it but for what it puts right."""
        clashes = self._clash(before, clause)
        if clashes:
            clause.carried |= before.concepts - clashes
            clause.negated = clause.negated != before.negated

    def _withdraw(self, clauses: list[Clause]) -> None:
        """Take back what a correction contradicts, as far as the sentence before it."""
        for i, clause in enumerate(clauses):
            if not clause.corrects:
                continue
            mending = [c for c in clauses[i : i + FAR] if c.sentence == clause.sentence]
            for earlier in clauses[max(0, i - FAR) : i]:
                if clause.sentence - earlier.sentence > 1:
                    continue
                if any(
                    self._clash(earlier, c)
                    or (earlier.negated != c.negated and earlier.said.keys() <= c.concepts)
                    for c in mending
                ):
                    earlier.withdrawn = True
