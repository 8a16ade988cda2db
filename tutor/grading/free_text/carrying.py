"""What clauses take over from those before them, and what a correction takes back."""

from __future__ import annotations

from itertools import pairwise

from tutor.grading.free_text.clause import Clause, has_predicate, is_entity, points_there
from tutor.grading.free_text.grammar import is_noun, is_process_noun
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: A correction reaches so many clauses back and on; hostile text has thousands.
FAR = 12
#: So near is what says how permeable a membrane becomes.
BESIDE = 20
#: A clause that begins so stands inside another.
_ASIDE = frozenset({"which", "that", "who", "when", "where", "having"})


#: One thing of these stands for another in a correction.
_KINDS = {"thing": "name", "entity": "name", "event": "event", "deed": "deed", "action": "deed"}
_POINTED = frozenset({"this", "that", "same"})
_POINTING = frozenset({"this", "that", "it", "thats"})
#: A clause of no more than these only names what was told.
_NAMES = frozenset({"topic", "process", "manner", "modifier", "condition", "action"})
_PROCESSES = frozenset({"process", "manner"})
#: What can be likely.
_HAPPENING = frozenset({"event", "occurrence", "level"})
#: They are those named last, where no other is named.
_THE_IONS = frozenset({"ion", "ions"})
_WAYS = frozenset({"ways", "course"})
_FOR_IT = (["for", "it"], ["for", "them"], ["to", "it"])
#: What is said of channels and ions, and so may be said 'rather' than another.
_RATHER = frozenset({"gate", "direction"})
#: What may go in or out by itself.
_MOVERS = frozenset({"ion", "thing", "entity"})


def _is_denied(clause: Clause) -> bool:
    """A word of its own denies it, and no name like 'different size'."""
    return any(t.role in ("not", "denying") for t in clause.terms)


class Carrier:
    """Fills in what clauses say and carry."""

    def __init__(self) -> None:
        self._lexicon = lexicon()
        self._grammar = self._lexicon.grammar

    def carry(self, clauses: list[Clause]) -> None:
        """Fill in `clauses` in the order of the text."""
        topic: set[str] = set()
        movers: set[str] = set()
        place = (-1, "")
        process: dict[str, Term] = {}
        untold: list[Clause] = []
        happening: tuple[int, set[str]] = (-1, set())
        before: Clause | None = None
        aside: Clause | None = None  # What a relative clause or a condition stands in.
        unnamed: list[Clause] = []
        for clause in clauses:
            for term in clause.terms:
                for concept in term.concepts:
                    clause.said.setdefault(concept, term)
                    clause.implied.discard(concept)
                    for wider in self._lexicon.broader.get(concept, ()):
                        if wider not in clause.said:
                            clause.said[wider] = term
                            clause.implied.add(wider)
            place = self._settle_place(clause, place)
            self._put_together(clause)
            own = {c for c in clause.said if self._lexicon.group_of.get(c) == "topic"}
            self._add_way(clause)
            if own and unnamed and self._is_name(clause):
                for earlier in unnamed:
                    if clause.sentence - earlier.sentence <= 1:
                        earlier.carried = earlier.carried - topic | own
                topic, unnamed = set(), []
            elif own:
                topic, unnamed = own, []
            else:
                clause.carried |= topic
                unnamed.append(clause)
            happening = self._carry_happening(clause, happening)
            named = self._processes(clause)
            if named and untold and self._is_name(clause):
                alone = before is None or before.sentence != clause.sentence
                for earlier in untold:
                    if clause.sentence - earlier.sentence <= alone:
                        earlier.process = named
                clause.process, process, untold = named, {}, []
            else:
                untold = [] if named else [*untold, clause]
                clause.process = process = named or process
            if before is not None:
                self._carry_from(before, clause)
                if aside is not None and before.joint in _ASIDE and clause.joint not in _ASIDE:
                    self._carry_from(aside, clause)
                if clause.corrects and not has_predicate(clause):
                    self._replace(before, clause)
                if self._is_rather(before, clause):
                    before.withdrawn = True
            if clause.joint not in _ASIDE or aside is None or aside.sentence != clause.sentence:
                aside = clause
            self._own_channels(clause)
            self._carry_mover(clause, movers)
            self._add_wholes(clause)
            movers = self._movers(clause) or movers
            before = clause
        self._withdraw(clauses)

    def _settle_place(self, clause: Clause, last: tuple[int, str]) -> tuple[int, str]:
        """'That part' is the one named last in its sentence; gives back which was, and where."""
        for concept, term in list(clause.said.items()):
            if self._lexicon.group_of.get(concept) != "where":
                continue
            if term.word.partition(" ")[0] not in _POINTED or last[0] != clause.sentence:
                last = clause.sentence, concept
            elif last[1] not in clause.said:
                del clause.said[concept]
                clause.said[last[1]] = term
        if last[1] and clause.sentence - last[0] <= 1 and points_there(clause):
            clause.said[last[1]] = clause.terms[-1]
        return last

    def _is_name(self, clause: Clause) -> bool:
        """'That is the absolute phase', 'which is called spatial': it names what was told."""
        first = next((t.word for t in clause.terms if t.role != "clause"), "")
        pointing = clause.joint in ("which", "that", "(") or first in (
            "this",
            "that",
            "it",
            "thats",
        )
        group_of = self._lexicon.group_of
        rest = {group_of.get(c, "word") for c in clause.said.keys() - clause.implied}
        condition = clause.joint in self._grammar.conditions
        return pointing and not condition and rest <= _NAMES

    def _processes(self, clause: Clause) -> dict[str, Term]:
        """The processes that it names, by a noun: it and what follows are about them."""
        return {
            c: t
            for c, t in clause.said.items()
            if self._lexicon.group_of.get(c) in _PROCESSES
            and c not in clause.implied
            and (t is clause.terms[0] or is_process_noun(t.word, self._grammar))
        }

    def _carry_happening(self, clause: Clause, last: tuple[int, set[str]]) -> tuple[int, set[str]]:
        """'This makes it less likely': what was told of in the sentence before."""
        group_of = self._lexicon.group_of
        mine = {c for c in clause.said if group_of.get(c) in _HAPPENING}
        likely = any(group_of.get(c) == "likely" for c in clause.said)
        pointing = any(t.word in ("this", "it", "that") for t in clause.terms)
        if likely and pointing and not mine - {"generate"}:
            clause.carried |= last[1]
        if not mine:
            return last
        return clause.sentence, mine | (last[1] if last[0] == clause.sentence else set())

    def _put_together(self, clause: Clause) -> None:
        """Add what its concepts say together, or with the thing that a bound one is."""
        for concept in list(clause.said):
            ion, _, head = concept.partition("~")
            if head and not ion.isdigit() and head not in clause.said:
                clause.said[head] = clause.said[concept]
                clause.implied.add(head)
            if head == self._lexicon.admits[0]:
                self._admit(clause, ion, clause.said[concept])
        acts = {self._lexicon.group_of.get(c) for c in clause.said}
        changes = "change" in clause.said and acts.isdisjoint({"gate", "direction"})
        if clause.negated and changes and _is_denied(clause):
            clause.negated = False  # What does not depend on it is the same.
            clause.said["unchanged"] = clause.said["change"]
            for turned in ("change", "depend"):
                clause.said.pop(turned, None)
        if clause.negated and "dissipate" in clause.said and _is_denied(clause):
            clause.negated = False  # What does not run down is kept.
            clause.said["maintain"] = clause.said.pop("dissipate")
        made = clause.said.get("generate")
        if made is not None and made.word.startswith("mak") and self._is_made_so(clause, made):
            for happening in ("generate", "excite"):
                clause.said.pop(happening, None)
        result = next((c for c in clause.said if c[0] == "@"), None)
        if result is not None and "generate" not in clause.said:
            clause.said["generate"] = clause.said[result]  # What it turns into is made.
            clause.implied.add("generate")
        if clause.joint == "->" and "threshold" in clause.said:
            clause.said.setdefault("reach_threshold", clause.said["threshold"])

    def _is_made_so(self, clause: Clause, made: Term) -> bool:
        """'makes the impulse go one way': how it is, and not that there is one."""
        return any(
            self._lexicon.group_of.get(c) in _WAYS and term.start > made.end - 1
            for c, term in clause.said.items()
        )

    def _add_wholes(self, clause: Clause) -> None:
        """Add what its concepts say together, some of them carried."""
        mine = clause.said.keys() - (clause.implied - self._lexicon.takes_ion)
        for parts, whole in self._lexicon.together:
            turned = self._lexicon.group_of.get(whole) == "direction" and (
                self._lexicon.contrary(whole) in clause.said
            )
            if parts <= mine | clause.carried and parts & mine and not turned:
                clause.said.setdefault(whole, clause.said[min(parts & mine)])

    def _admit(self, clause: Clause, ion: str, term: Term) -> None:
        """What is permeable to an ion has open channels for it."""
        _, channel, more, less = self._lexicon.admits
        clause.admits = True
        for degree in ("more", "rise"):
            said = clause.said.get(degree)
            if said is not None and abs(said.start - term.start) <= BESIDE:
                clause.said.pop(degree)  # Of the permeability, and not of the channels.
                clause.implied.discard(degree)
        for same in (f"{ion}~{channel}", less if "less" in clause.said else more):
            if same not in clause.said:
                clause.said[same] = term
                clause.implied.add(same)

    def _carry_from(self, before: Clause, clause: Clause) -> None:
        """Take the subject over where the clause has none of its own."""
        first = next((t for t in clause.terms if t.concepts or t.role == "pronoun"), None)
        if first is None:
            return
        pronoun = any(t.role == "pronoun" for t in clause.terms[:3])
        ones = any(t.word in ("ones", "one") for t in clause.terms)
        fragment = not has_predicate(clause)
        if fragment and (ones or before.negated or (clause.denied and not pronoun)):
            clause.carried |= {c for c in before.concepts if self._lexicon.group(c).predicate}
        leading = not is_noun(first.word, self._grammar) and any(
            self._lexicon.group(c).predicate for c in first.concepts
        )
        doing = leading and first.word.endswith("ing")
        if pronoun or leading or clause.denied:
            clause.subject = self._entities(before) | before.subject | self._states(before)
            own = self._entities(clause)
            things = {c for c in own if self._lexicon.group_of.get(c) == "thing"}
            doing = doing or first.role == "pronoun"
            clause.carried |= {
                c
                for c in clause.subject
                if self._lexicon.group_of.get(c) != "topic"
                and not any(self._lexicon.rivals(c, e) for e in own)
                and not (things and self._lexicon.group_of.get(c) == "thing" and not doing)
            }

    def _movers(self, clause: Clause) -> set[str]:
        """The ions, and the channels for them, that it names."""
        found = set()
        for concept in clause.said:
            ion, bound, _ = concept.partition("~")
            if self._lexicon.group_of.get(ion) == "ion":
                found |= {ion, concept} if bound else {ion}
        return found

    def _carry_mover(self, clause: Clause, movers: set[str]) -> None:
        """'It' that flows is the one ion named last, 'they' that shut are its channels."""
        group_of = self._lexicon.group_of
        groups = {group_of.get(c) for c in clause.said}
        ions = {c for c in movers if "~" not in c}
        if len(ions) != 1:
            return
        others = {*clause.said, *(c for c in clause.carried if group_of.get(c) == "ion")}
        self._bind_bare(clause, next(iter(ions)))
        named = any(t.word in _THE_IONS and "ions" in t.concepts for t in clause.terms)
        happens = next((c for t in clause.terms for c in t.concepts), "")
        named = named or (self._lexicon.group(happens).predicate and clause.joint == ",")
        if not named and not any(t.word in self._grammar.pronouns for t in clause.terms[:6]):
            return
        if "direction" in groups and not any(group_of.get(c) in _MOVERS for c in others):
            clause.carried |= ions
        if "gate" in groups and not any(map(self._takes_ion, clause.concepts)):
            clause.carried |= {c for c in movers if self._takes_ion(c) and "~" in c}

    def _bind_bare(self, clause: Clause, ion: str) -> None:
        """'Sodium enters. The more of the channels open': they are those of the one ion named."""
        heads = self._lexicon.takes_ion & clause.said.keys() - clause.implied
        if not any(self._takes_ion(c) and "~" in c for c in clause.concepts) and not any(
            self._lexicon.group_of.get(c) == "ion" for c in clause.said
        ):
            clause.carried |= {f"{ion}~{head}" for head in heads if head == "channel"}

    def _takes_ion(self, concept: str) -> bool:
        return concept.rpartition("~")[2] in self._lexicon.takes_ion

    def _own_channels(self, clause: Clause) -> None:
        """'Sodium rushes in as its channels open': they are sodium channels."""
        ions = [
            c
            for c in (*clause.said, *sorted(clause.carried))
            if self._lexicon.group_of.get(c) == "ion"
        ]
        for i, term in enumerate(clause.terms):
            heads = self._lexicon.takes_ion.intersection(term.concepts)
            after = [t.word for t in clause.terms[i + 1 : i + 3]]
            owned = after in _FOR_IT or any(
                t.word in ("its", "their", "these") for t in clause.terms[max(0, i - 3) : i]
            )
            if len(ions) == 1 and heads and owned:
                for head in heads:
                    clause.said[f"{ions[0]}~{head}"] = term

    def _states(self, clause: Clause) -> set[str]:
        """The states by which it names its channels: an inactivated channel, a closed one."""
        return {
            state
            for adjective, noun in pairwise(clause.terms)
            for state in adjective.concepts
            if self._lexicon.group_of.get(state) == "gate"
            and (noun.word in ("one", "ones") or any(map(self._takes_ion, noun.concepts)))
        }

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
        found = {c for c in one.concepts if any(rivals(c, o) for o in other.said)}
        named = all(is_entity(c) and not self._lexicon.group(c).predicate for c in found)
        if found and named and has_predicate(one) and has_predicate(other):
            others = {c for c in one.concepts - found - one.implied if self._weighs(c)}
            return found if others & other.concepts else set()
        return found

    def _happens(self, concept: str) -> bool:
        group = self._lexicon.group(concept)
        return group.predicate and group.weight > self._lexicon.group("generate").weight

    def _weighs(self, concept: str) -> bool:
        return self._lexicon.group(concept).weight > self._lexicon.group("move").weight

    def _names_another(self, one: Clause, other: Clause) -> bool:
        """They say the same of two things of a kind: rRNA brings it, tRNA brings it."""
        shared = one.said.keys() & other.said.keys()
        if not has_predicate(other):
            return False
        group_of = self._lexicon.group_of
        mine = {_KINDS.get(group_of.get(c, "")) for c in one.said.keys() - other.said.keys()}
        yours = {_KINDS.get(group_of.get(c, "")) for c in other.said.keys() - one.said.keys()}
        kinds = mine & yours - {None}
        if len(shared) > 1 or any(map(self._happens, shared)):
            return bool(kinds)
        same = one.concepts & other.concepts
        return "deed" in kinds and any(map(is_entity, same))

    def _replace(self, before: Clause, clause: Clause) -> None:
        """A fragment stands for the clause before it but for what it puts right."""
        group_of = self._lexicon.group_of
        kinds = {group_of.get(c) for c in clause.said} & _KINDS.keys() - {"deed", "action"}
        others = [c for c in before.said if group_of.get(c) in kinds and c not in clause.said]
        clashes = self._clash(before, clause) | set(others[:1])  # The subject comes first.
        if clashes:
            before.withdrawn = True
            clause.carried |= before.concepts - clashes
            clause.negated = clause.negated != before.negated

    def _is_rather(self, before: Clause, clause: Clause) -> bool:
        """'They do not close but inactivate': of the same thing something of the same kind."""
        if clause.joint != "but" or clause.negated or before.sentence != clause.sentence:
            return False
        group_of = self._lexicon.group_of
        kinds = {group_of.get(c) for c in clause.said} & {group_of.get(c) for c in before.said}
        alike = not kinds.isdisjoint(_RATHER)
        return before.negated and alike and not any(map(is_entity, clause.said))

    def _withdraw(self, clauses: list[Clause]) -> None:
        """Take back what a correction contradicts, as far as the sentence before it."""
        for i, clause in enumerate(clauses):
            if not clause.corrects:
                continue
            ours = {clause.sentence}
            if not clause.said:  # 'That is wrong.'
                ours.add(clause.sentence + 1)
            mending = [c for c in clauses[i : i + FAR] if c.sentence in ours]
            if clause.retracts and i and not clauses[i - 1].corrects:
                clauses[i - 1].withdrawn = True
            for earlier in clauses[max(0, i - FAR) : i]:
                if clause.sentence - earlier.sentence > 1:
                    continue
                if any(
                    self._clash(earlier, c)
                    or self._names_another(earlier, c)
                    or (earlier.negated != c.negated and earlier.said.keys() <= c.concepts)
                    for c in mending
                ):
                    earlier.withdrawn = True
