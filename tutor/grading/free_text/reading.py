"""From text to clauses: who does what, which way, negated or not, with the subject carried."""

from __future__ import annotations

from tutor.grading.free_text.carrying import Carrier
from tutor.grading.free_text.clause import (
    Clause,
    groups_in,
    has_predicate,
    is_entity,
    joined,
    moves_an_ion,
)
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.speller import Speller
from tutor.grading.free_text.terms import Term, TermReader
from tutor.grading.free_text.words import Token, tokens

#: So many terms without a function word are a heap; a note has fewer.
MOST_TERMS = 5
#: Ordinary English has a function word in so many words, or more.
GLUED = 10
_STRONG = frozenset(".;!?\n")


def read(text: str, speller: Speller | None = None) -> list[Clause]:
    """The clauses of composed `text`."""
    return _Reader(speller).clauses(text)


class _Reader:
    def __init__(self, speller: Speller | None) -> None:
        self._lexicon = lexicon()
        self._grammar = self._lexicon.grammar
        self._speller = speller
        self._terms = TermReader()

    def clauses(self, text: str) -> list[Clause]:
        words = tokens(text, self._grammar)
        if self._speller is not None:
            mend = self._speller.mended
            words = [
                t._replace(word=mend(t.word)) if t.kind == "word" and t.word.isalpha() else t
                for t in words
            ]
        kept: list[Clause] = []
        for number, sentence in enumerate(_sentences(words)):
            if self._speller is None or not self._is_soup(sentence):
                kept.extend(self._sentence(sentence, number))
        Carrier().carry(kept)
        return [c for c in kept if not c.withdrawn]

    def _sentence(self, words: list[Token], number: int) -> list[Clause]:
        terms = self._terms.terms_of(words)
        if any(t.role in ("to_marker", "disowned") for t in terms):
            return []
        parts: list[Clause] = []
        part = Clause(words[0].start, words[-1].end, number)
        for i, term in enumerate(terms):
            if self._begins(terms, i, part):
                if part.terms:
                    parts.append(part)
                part = Clause(term.start, term.end, number)
                part.joint = term.word
                part.denied = term.role == "denying"
                alone = i + 1 < len(terms) and terms[i + 1].role == "mark"
                part.concedes = term.role == "concession" and not alone
                part.corrects = term.role == "corrections"
            self._take(part, term)
            self._settle_level(part, term)
        parts.append(part)
        return self._merged(parts)

    def _begins(self, terms: list[Term], i: int, part: Clause) -> bool:
        term = terms[i]
        if term.role in ("clause", "corrections", "concession"):
            return True
        following = terms[i + 1].concepts[:1] if i + 1 < len(terms) else ()
        if term.word == "than":
            after = next((t.word for t in terms[i + 1 :] if t.role != "stop"), "")
            return after.partition(" ")[0] not in self._grammar.usual
        if part.joint in self._grammar.conditions and term.word in self._grammar.articles:
            return self._is_complete(part) and any(map(is_entity, following))
        if term.role == "mark":
            return term.word not in "/="
        if term.role == "denying":
            return True
        if term.word == "not" and self._says_gate_or_way(part):
            return True
        if self._terms.is_ion(term) and moves_an_ion(part):
            return True
        return "cause" in term.concepts and not part.negated and has_predicate(part)

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
            if earlier.role == "not":
                before = earlier
            if before is not None or earlier.concepts:
                break
        if before is not None and part.negated:
            before.role = "stop"
            part.negated = False
            term.concepts = (self._lexicon.contrary[term.concepts[0]], *term.concepts[1:])

    def _is_complete(self, part: Clause) -> bool:
        groups = groups_in(part)
        return "level" in groups or has_predicate(part)

    def _take(self, part: Clause, term: Term) -> None:
        part.end = max(part.end, term.end) if part.terms else term.end
        if not part.terms and term.role not in ("mark", "clause"):
            part.start = term.start
        if term.word == "unless":  # if not
            term.role = "not"
        if term.role == "denying" or term.role in ("not", "negated"):
            part.negated = not part.negated
        if term.role == "mark":
            return
        part.terms.append(term)

    def _merged(self, parts: list[Clause]) -> list[Clause]:
        """Parts without a predicate of their own joined to the next, or to the one before."""
        merged: list[Clause] = []
        waiting: Clause | None = None
        for part in parts:
            if waiting is not None:
                if not any(t.concepts for t in waiting.terms):
                    # A bare "no" or "sorry" only says that what follows puts something right.
                    part.corrects = part.corrects or waiting.corrects or waiting.negated
                elif part.denied or part.corrects or (waiting.corrects and part.joint != "that"):
                    merged.append(waiting)
                else:
                    part = joined(waiting, part)
                waiting = None
            if part.joint == "than" and not has_predicate(part):
                continue
            if part.joint == "or" and merged and merged[-1].negated and not part.negated:
                part.negated = not self._has_subject(part)
            if has_predicate(part) or part.denied or part.concedes:
                merged.append(part)
            else:
                waiting = part
        if waiting is not None:
            if merged and not merged[-1].denied and waiting.joint in ("and", "or", ",", "(", ")"):
                merged[-1] = joined(merged[-1], waiting)
            else:
                merged.append(waiting)
        return merged

    def _has_subject(self, part: Clause) -> bool:
        first = next((c for t in part.terms for c in t.concepts), None)
        return first is not None and is_entity(first)

    def _is_soup(self, words: list[Token]) -> bool:
        """A heap of terms that no grammar holds together."""
        if self._is_glued(words):
            return False
        idle = said = 0
        for part in _split(words, ",;/-"):
            found = [t for t in self._terms.terms_of(part) if t.concepts]
            predicates = [self._lexicon.group(t.concepts[0]).predicate for t in found]
            if len(found) > MOST_TERMS and not self._is_glued(part):
                return True
            says = any(predicates) and not all(predicates)
            idle, said = idle + (not says), said + says
        return idle > 3 and idle > 2 * said

    def _is_glued(self, words: list[Token]) -> bool:
        return sum(t.word in self._grammar.glue for t in words) * GLUED > len(words)


def _split(words: list[Token], marks: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.word in marks:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _sentences(words: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in words:
        if token.kind == "mark" and token.word in _STRONG:
            found.append([])
        else:
            found[-1].append(token)
    return [sentence for sentence in found if sentence]
