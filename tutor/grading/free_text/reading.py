"""From text to clauses: who does what, which way, negated or not, with the subject carried."""

from __future__ import annotations

from collections.abc import Collection

from tutor.grading.free_text.boundaries import (
    ends_measure,
    has_verb,
    is_cleft,
    is_doing,
    is_measure,
    is_relative,
    mends,
)
from tutor.grading.free_text.carrying import Carrier
from tutor.grading.free_text.clause import (
    Clause,
    common_verbs,
    groups_in,
    has_predicate,
    is_entity,
    joined,
    moves_an_ion,
)
from tutor.grading.free_text.comparing import compare
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.ones import with_nouns
from tutor.grading.free_text.owners import add_owners
from tutor.grading.free_text.sentences import (
    before_address,
    is_addressed,
    is_bare,
    is_heap,
    odd_joints,
    sentences,
    unwrapped,
)
from tutor.grading.free_text.slopes import add_slopes
from tutor.grading.free_text.speller import Speller
from tutor.grading.free_text.terms import Term, TermReader
from tutor.grading.free_text.words import Token, tokens

#: Sentences of no more words may all be scraps of one heap.
SCRAP = 6
#: A heading before a colon has no more terms.
MOST_HEADING = 4


#: What takes back a whole statement has one of these words.
_TAKING_BACK = frozenset({"that", "wrong", "scrap", "cross", "ignore", "back"})
_MODALS = frozenset({"will", "can", "would", "could", "must", "may"})
_ASIDES = frozenset({"that", "which", "who"})
_RELATIVE = frozenset({"that", "which"})
#: These follow 'that is' as an adjective would stand before the noun.
_ATTRIBUTES = frozenset({"strength", "size", "degree", "rate", "sign"})
#: Before a noun these say when something is so.
_AT_A_TIME = frozenset({"after", "before"})
#: 'Repolarisation is when': what follows is no condition.
_DEFINING = frozenset({"is", "means", "was", "happens", "happen", "occurs", "occur"})
_AFTER_NO = frozenset({"the", "it", "they", "all", "this", "because", "an", "its"})
_NONE = frozenset({"no", "none", "nowhere", "nothing"})
_THE_ONE = frozenset({"1", "ones", "thing"})
_PREPOSITIONS = frozenset(
    {"of", "on", "in", "at", "to", "by", "for", "from", "with", "into", "through", "across"}
)
#: With one of these the main clause begins: 'when sodium enters it depolarises'.
_SUBJECTS = frozenset({"it", "they", "there", "you"})
_PREVENTED = frozenset({"prevented", "stopped", "avoided"})
_BESIDES = frozenset({"and", "so", "hence", "thus", "therefore"})
_SET_AGAINST = frozenset({"while", "whereas", "whilst", "but"})
_COMMA = [Token(",", 0, 0, "mark")]


def read(text: str, speller: Speller | None = None, ids: Collection[str] = ()) -> list[Clause]:
    """The clauses of composed `text`; `ids` of mark points stand only in words to the marker."""
    return _Reader(speller, ids).clauses(unwrapped(text))


class _Reader:
    def __init__(self, speller: Speller | None, ids: Collection[str]) -> None:
        self._lexicon = lexicon()
        self._grammar = self._lexicon.grammar
        self._speller = speller
        self._ids = ids
        self._terms = TermReader()

    def clauses(self, text: str) -> list[Clause]:
        words = tokens(text, self._grammar)
        if self._speller is not None:
            words = with_nouns([part for t in words for part in _mended(t, self._speller)])
        kept: list[Clause] = []
        for number, sentence in enumerate(self._statements(text, words)):
            kept.extend(self._sentence(sentence, number))
        Carrier().carry(kept)
        return [c for c in kept if not c.withdrawn]

    def _statements(self, text: str, words: list[Token]) -> list[list[Term]]:
        """The sentences that say something about the subject."""
        found = [(s, self._terms.terms_of(s)) for s in sentences(words)]
        if self._speller is None:
            return [terms for _, terms in found]
        addressed = [is_addressed(terms, text, self._ids) for _, terms in found]
        heaps = [
            not mine and is_heap(s, terms)
            for (s, terms), mine in zip(found, addressed, strict=True)
        ]
        if len(found) > 2 and all(is_bare(terms) and len(s) <= SCRAP for s, terms in found):
            joined_up = [t for i, (s, _) in enumerate(found) for t in [*_COMMA[: i > 0], *s]]
            heaps = [is_heap(joined_up, self._terms.terms_of(joined_up))] * len(found)
        heaped = sum(len(s) for (s, _), heap in zip(found, heaps, strict=True) if heap)
        if 2 * heaped >= len(words) > 0:
            return []
        kept = []
        quoting = False
        listing = ended = -1
        for (sentence, terms), mine, heap in zip(found, addressed, heaps, strict=True):
            start, end = sentence[0].start, sentence[-1].end
            quoted = text[start : end + 2].count('"') % 2 == 1
            goes_on = ended >= 0 and ";" in text[ended:start]
            if quoting or mine or goes_on:
                # What is quoted to the marker, or listed after it, is part of it.
                ended = end
                if mine and not quoting and (rest := before_address(terms, text)):
                    kept.append(rest)
                quoting = quoting != quoted
                listing = end if sentence[-1].word == ":" else -1
            elif listing >= 0 and "\n\n" not in text[listing:start]:
                listing = end
            elif not heap and not (any(heaps) and (is_bare(terms) or odd_joints(terms))):
                kept.append(terms)
        return kept

    def _sentence(self, terms: list[Term], number: int) -> list[Clause]:
        _settle_no(terms)
        add_slopes(terms)
        add_owners(terms)
        compare(terms)
        equations = sum(t.word == "=" for t in terms)
        parts: list[Clause] = []
        part = Clause(terms[0].start, terms[-1].end, number)
        for i, term in enumerate(terms):
            if self._begins(terms, i, part):
                if part.terms:
                    parts.append(part)
                part = Clause(term.start, term.end, number)
                part.joint = self._joint(terms, i)
                part.denied = term.role == "denying"
                alone = i + 1 < len(terms) and terms[i + 1].role == "mark"
                part.concedes = term.role == "concession" and not alone
                part.corrects = term.role == "corrections"
                part.retracts = part.corrects and not _TAKING_BACK.isdisjoint(term.word.split())
                if part.corrects:
                    term.role = "corrected"
            part.equates = part.equates or (term.word == "=" and equations > 1)
            self._take(part, term)
            self._settle_level(part, term)
        parts.append(part)
        return self._headed(self._merged(parts), terms)

    def _headed(self, parts: list[Clause], terms: list[Term]) -> list[Clause]:
        """'Closed: opens when ...': what stands before the colon is what the rest is about."""
        colon = next((i for i, t in enumerate(terms) if t.word == ":"), len(terms))
        if colon > MOST_HEADING or colon == len(terms):
            return parts
        named = {c for t in terms[:colon] for c in t.concepts}
        for part in parts:
            if part.start > terms[colon].start:
                part.carried |= named
        return parts

    def _begins(self, terms: list[Term], i: int, part: Clause) -> bool:
        term = terms[i]
        if term.word in _RELATIVE and (is_cleft(part) or self._is_attribute(terms, i)):
            return False
        if term.word in _RELATIVE and part.negated and part.terms[-1].word in _THE_ONE:
            return False  # 'is not the one that releases it'
        if term.word in "()" and self._is_label(terms, i):
            return False
        if term.word == "that" and any(t.role == "untrue" for t in part.terms):
            return False
        if term.word == "that" and any(
            self._lexicon.group_of.get(c) == "likely" for t in part.terms for c in t.concepts
        ):
            return False
        if term.word == "as" and (is_measure(terms, i) or ends_measure(terms, i)):
            return False
        if term.role == "corrections":
            return i == 0 or terms[i - 1].role in ("mark", "clause", "not", "corrected")
        if term.role in ("clause", "concession"):
            return True
        if term.word in _MODALS and part.joint in _ASIDES and has_predicate(part):
            return True  # 'the part that has just fired will fire again': the main verb.
        if term.word == "by" and part.terms and part.terms[-1].word in _PREVENTED:
            return True  # What prevents it is so.
        noun = next((t for t in terms[i + 1 :] if not self._describes(t)), term)
        following = noun.concepts if i + 1 < len(terms) else ()
        if term.word == "by" and following and is_doing(terms[i + 1].word):
            return has_predicate(part)  # 'speeds it up by lowering'
        if term.word == "than":
            after = next((t.word for t in terms[i + 1 :] if t.role != "stop"), "")
            return after.partition(" ")[0] not in self._grammar.usual
        if i and term.word in self._grammar.articles and terms[i - 1].word in _PREPOSITIONS:
            return False
        if part.joint in self._grammar.conditions and term.word in self._grammar.articles:
            if not self._is_complete(part) and part.joint in _AT_A_TIME and part.terms[1:]:
                part.joint = ""  # 'After an impulse the channels ...': the clause is the main one.
            return self._is_complete(part) and any(map(is_entity, following))
        if part.joint in self._grammar.conditions and "later" in term.concepts:
            return self._is_complete(part)  # 'if it is reached then ...'
        if part.joint in self._grammar.conditions and term.word in _SUBJECTS:
            return self._is_complete(part) and self._says_what(terms[i + 1 : i + 3])
        if term.role == "mark":
            return term.word not in "/="
        if term.role == "denying":
            # 'no receptors except on this side' says that there are some.
            return not term.word.startswith("except") or _NONE.isdisjoint(
                t.word for t in part.terms
            )
        if term.word == "without" and has_predicate(part):
            return True  # 'travels both ways without colliding'
        if term.word == "not" and self._says_gate_or_way(part):
            return True
        if self._terms.is_ion(term) and moves_an_ion(part):
            return True
        return "cause" in term.concepts and not part.negated and has_predicate(part)

    def _says_what(self, after: list[Term]) -> bool:
        """What follows a subject says what it does."""
        return any(
            t.word.partition(" ")[0] in self._grammar.copulas
            or t.role in ("not", "negated")
            or t.word in common_verbs()
            or any(self._lexicon.group(c).predicate for c in t.concepts)
            for t in after
        )

    def _describes(self, term: Term) -> bool:
        """It stands before its noun: the voltage-gated channels."""
        groups = {self._lexicon.group_of.get(c) for c in term.concepts}
        return term.role == "bound" or groups == {"modifier"}

    def _joint(self, terms: list[Term], i: int) -> str:
        """What joins the clause that begins at term `i` to the one before."""
        word = terms[i].word
        before = terms[i - 1].word if i else ""
        if word in ("when", "where") and before in _DEFINING:
            return "is"
        if word == "that" and before in self._grammar.reporting:
            return "states"
        return word

    def _is_attribute(self, terms: list[Term], i: int) -> bool:
        """'a stimulus that is stronger': the relative only says how large the thing is."""
        for term in terms[i + 1 : i + 5]:
            if term.concepts:
                groups = {self._lexicon.group_of.get(c) for c in term.concepts}
                return not groups.isdisjoint(_ATTRIBUTES) and bool(terms[i - 1].concepts)
            if term.role != "stop":
                return False
        return False

    def _is_label(self, terms: list[Term], i: int) -> bool:
        """A bracket that holds no more than the name of what was described: '(temporal)'."""
        inside = terms[i + 1 : i + 3] if terms[i].word == "(" else []
        named = bool(inside) and inside[-1].word == ")"
        return named and any(self._lexicon.group_of.get(c) == "topic" for c in inside[0].concepts)

    def _says_gate_or_way(self, part: Clause) -> bool:
        """Its channels open or its ions move; 'inactivated channels' alone says neither."""
        about = False
        for term in part.terms:
            groups = {self._lexicon.group_of.get(c) for c in term.concepts}
            if about and not groups.isdisjoint({"gate", "direction"}):
                return True
            about = about or any(map(is_entity, term.concepts))
        return False

    def _settle_level(self, part: Clause, term: Term) -> None:
        """'does not reach threshold' says below threshold, and denies nothing else."""
        if not term.concepts or self._lexicon.group_of.get(term.concepts[0]) != "level":
            return
        before = None
        for earlier in reversed(part.terms[:-1]):
            if earlier.role in ("not", "negated"):
                before = earlier
            if before is not None or earlier.concepts:
                break
        if before is not None and part.negated:
            before.role = "stop"
            part.negated = False
            part.denials -= 1
            term.concepts = (str(self._lexicon.contrary(term.concepts[0])), *term.concepts[1:])

    def _is_complete(self, part: Clause) -> bool:
        groups = groups_in(part)
        return "level" in groups or has_predicate(part)

    def _take(self, part: Clause, term: Term) -> None:
        part.end = max(part.end, term.end) if part.terms else term.end
        if not part.terms and term.role not in ("mark", "clause"):
            part.start = term.start
        if term.word == "unless":  # if not
            term.role = "not"
        if term.role in ("denying", "not", "negated", "untrue"):
            part.negated = not part.negated
            part.denials += 1
        if term.role == "mark":
            return
        part.terms.append(term)

    def _merged(self, parts: list[Clause]) -> list[Clause]:
        """Parts without a predicate of their own joined to the next, or to the one before."""
        merged: list[Clause] = []
        waiting: Clause | None = None
        for part in parts:
            if waiting is not None and part.concedes:
                merged.append(part)
                continue
            if waiting is not None:
                if not any(t.concepts for t in waiting.terms):
                    # A bare "no" or "sorry" only says that what follows puts something right.
                    part.corrects = part.corrects or waiting.corrects or waiting.negated
                    part.retracts = part.retracts or waiting.retracts
                elif (
                    part.denied
                    or part.corrects
                    or (waiting.joint == "without" and part.joint in _SET_AGAINST)
                    or (waiting.corrects and part.joint != "that")
                    or _adds_a_lack(part)
                    or _adds_a_lack(waiting)
                    or (
                        waiting.negated
                        and (part.negated or part.joint == "but" or self._has_subject(part))
                    )
                ):
                    merged.append(waiting)
                else:
                    negated = part.negated
                    part = joined(waiting, part)
                    if part.terms and is_relative(waiting, part):
                        part.negated = negated
                waiting = None
            if part.joint == "than" and not has_predicate(part):
                continue
            if part.joint == "or" and merged and merged[-1].negated and not part.negated:
                lets = any("cause" in t.concepts for t in merged[-1].terms)
                part.negated = lets or not self._has_subject(part) or not has_verb(part)
            if has_predicate(part) or part.denied or part.concedes:
                merged.append(part)
            else:
                waiting = part
        if waiting is not None:
            if (
                merged
                and not (merged[-1].denied or _adds_a_lack(merged[-1]))
                and waiting.joint in ("and", "or", ",", "(", ")")
                and not (merged[-1].negated and mends(waiting))
                and not (waiting.negated and not merged[-1].negated)
            ):
                merged[-1] = joined(merged[-1], waiting)
            else:
                merged.append(waiting)
        return merged

    def _has_subject(self, part: Clause) -> bool:
        first = next((c for t in part.terms for c in t.concepts), None)
        return first is not None and is_entity(first)


def _adds_a_lack(part: Clause) -> bool:
    """'Narrow axons and so no jumping': what there is not, besides what was told before."""
    words = [t.word for t in part.terms[:4]]
    return part.joint in _BESIDES and "no" in words


def _mended(token: Token, speller: Speller) -> list[Token]:
    """`token` as it was meant: two, where a blank is missing."""
    if token.kind != "word" or not token.word.isalpha():
        return [token]
    first, blank, second = speller.mended(token.word).partition(" ")
    if not blank:
        return [token._replace(word=first)]
    middle = token.start + len(first)
    return [
        token._replace(word=first, end=middle),
        token._replace(word=second, start=middle),
    ]


def _settle_no(terms: list[Term]) -> None:
    """'no, that's wrong': the no belongs to what is taken back and denies nothing."""
    for i, term in enumerate(terms):
        beside = [t for t in terms[max(0, i - 2) : i + 3] if t.role not in ("mark", "stop")]
        denies = term.word == "no" and term.role == "not" and not term.concepts
        after = terms[i + 1].word if i + 1 < len(terms) else ""
        answers = i == 0 and after in _AFTER_NO  # 'No the size is the same': an answer before one.
        if denies and (answers or any(t.role == "corrections" for t in beside)):
            term.role = "stop"
