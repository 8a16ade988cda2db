"""From words to terms: the concepts that phrases say, channels with the ions that they are for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tutor.grading.free_text.grammar import is_noun, is_process_noun
from tutor.grading.free_text.lexicon import LONGEST_PHRASE, Meaning, lexicon, stem
from tutor.grading.free_text.words import Token, tokens

#: Before what comes of a change.
_RESULTS = frozenset({"into", "to", "as"})
#: So many words may stand between a verb and its particle.
PARTED = 4
_PARTICLES = frozenset({"on", "down", "up", "off", "apart", "together", "away", "through"})
#: 'moves in each', 'in which': no way is meant.
_SINGLING = frozenset({"each", "every", "this", "which", "one", "a", "response", "order"})
#: The same after a verb of moving: 'flows in which depolarises it' says a way.
_SINGLING_AFTER = _SINGLING - {"which"}


#: What something is made to be or do.
_BECOMING = frozenset(
    {"sign", "polarity", "likely", "size", "gate", "rate", "state", "trend", "degree", "direction"}
)
_MAKING = frozenset({"make", "makes", "making", "made"})
#: By themselves these say where a level is.
_LEVELS = {"below": "below_threshold", "above": "reach_threshold"}
_ENDING = frozenset({"->", "=", ":", ",", "or"})
#: These keep something from happening; those that always do are negators.
_KEEPING = frozenset({"keep", "keeps", "keeping"})
#: What may stand between a verb of moving and its 'in'.
_TAKEN = frozenset({"entity", "thing"})


@dataclass(slots=True)
class Term:
    """A phrase of the text and the concepts that it says."""

    concepts: tuple[str, ...]
    start: int
    end: int
    word: str = ""
    role: str = ""


class TermReader:
    """Reads terms with the packaged lexicon."""

    def __init__(self) -> None:
        self._lexicon = lexicon()
        self._grammar = self._lexicon.grammar

    def terms(self, text: str) -> list[Term]:
        """The terms of composed `text`, channels bound to their ions."""
        return self.terms_of(tokens(text, self._grammar))

    def terms_of(self, words: list[Token]) -> list[Term]:
        """The terms of `words`, channels bound to their ions."""
        found = self._terms(words)
        self._bind_ratio(found)
        self._bind(found)
        for i, term in enumerate(found):
            if term.word.startswith("leav") and self._is_left_in_a_state(found[i + 1 : i + 5]):
                term.concepts = ()
            if term.word in _RESULTS:
                self._settle_result(found, i)
            if term.word in _MAKING and self._says_how(found[i + 1 : i + 8]):
                term.concepts = ()
            if term.word == "of" and 0 < i < len(found) - 1:
                self._settle_side(found[i - 1], found[i + 1 : i + 3])
            if term.word in _LEVELS and self._stands_alone(found, i):
                term.concepts, term.role = (_LEVELS[term.word],), ""
            if term.word in _KEEPING:
                self._keep_from(found[i + 1 : i + 8])
        return found

    def _stands_alone(self, found: list[Term], i: int) -> bool:
        """'below -> nothing': no word behind it says below what."""
        before = found[i - 1] if i else None
        alone = before is None or before.role in ("mark", "clause") or before.word == "at"
        return alone and (i + 1 == len(found) or found[i + 1].word in _ENDING)

    def _keep_from(self, after: list[Term]) -> None:
        """'keeps that region from firing': it does not fire."""
        for away, what in pairwise(after):
            if away.word == "from" and what.word.endswith("ing"):
                away.role = "not"

    def _settle_side(self, before: Term, after: list[Term]) -> None:
        """'the knob of the second neurone': the side is the one named last."""
        sides = {c for t in after for c in t.concepts if self._lexicon.group_of.get(c) == "side"}
        if sides:
            before.concepts = tuple(
                c for c in before.concepts if self._lexicon.group_of.get(c) != "side"
            )

    def _settle_result(self, terms: list[Term], i: int) -> None:
        """'turns glucose into glycogen': nothing goes in, and glycogen is what comes of it."""
        predicate = next(
            (
                c
                for t in reversed(terms[max(0, i - 8) : i])
                for c in t.concepts
                if self._lexicon.group(c).predicate and c in self._lexicon.group_of
            ),
            "",
        )
        if predicate not in self._lexicon.changing[terms[i].word]:
            return
        terms[i].concepts = ()
        terms[i].role = "stop"
        for result in terms[i + 1 : i + 4]:
            if result.concepts:
                result.concepts = (*result.concepts, f"@{result.concepts[0]}")
                break

    def _says_how(self, after: list[Term]) -> bool:
        """'makes the inside positive': nothing is produced, something becomes so."""
        for term in after:
            if term.role in ("mark", "clause"):
                return False
            if any(self._lexicon.group_of.get(c) in _BECOMING for c in term.concepts):
                return True
        return False

    def _is_left_in_a_state(self, after: list[Term]) -> bool:
        """'leaves the channels inactivated': nothing goes out."""
        said = [c for t in after for c in t.concepts]
        groups = {self._lexicon.group_of.get(c) for c in said}
        return "gate" in groups and any(
            c.rpartition("~")[2] in self._lexicon.takes_ion for c in said
        )

    def _terms(self, words: list[Token]) -> list[Term]:
        found: list[Term] = []
        i = 0
        while i < len(words):
            token = words[i]
            if token.kind == "mark":
                found.append(Term((), token.start, token.end, token.word, "mark"))
                i += 1
                continue
            length, meaning = self._longest(words, i)
            if length < 2 and (apart := self._apart(words, i)) is not None:
                meaning, at = apart
                words = [*words[:at], *words[at + 1 :]]
            if meaning is not None:
                found.append(self._phrase(meaning, words[i : i + max(1, length)]))
                i += max(1, length)
                continue
            found.append(self._single(words, i))
            i += 1
        for a, b in pairwise(found):
            if a.role == "number" and len(a.word.strip("-")) > 1:
                a.concepts = (f"#{a.word.strip('-')}",)
            if a.role == "number" and b.concepts and b.concepts[0] in self._lexicon.group_of:
                group = self._lexicon.group_of[b.concepts[0]]
                if group == "ion":
                    b.concepts = (*b.concepts, f"{a.word}~{b.concepts[0]}")
        return found

    def _apart(self, words: list[Token], i: int) -> tuple[Meaning, int] | None:
        """'breaks the glycogen down': what verb and particle say, and where the particle is."""
        alone = self._lexicon.meaning((words[i].word,))
        moves = alone is not None and any(
            self._lexicon.group_of.get(c) in ("motion", "direction") for c in alone.concepts
        )
        if moves or words[i].word in self._grammar.stop:
            return None
        for at in range(i + 2, min(i + 2 + PARTED, len(words))):
            token = words[at]
            if words[at - 1].kind != "word" or words[at - 1].word in self._grammar.clause:
                return None
            if token.word in _PARTICLES:
                meaning = self._lexicon.meaning((words[i].word, token.word))
                return None if meaning is None else (meaning, at)
        return None

    def _longest(self, words: list[Token], i: int) -> tuple[int, Meaning | None]:
        """The longest phrase of the lexicon that begins at word `i`."""
        skipped = self._grammar.skipped
        if words[i].word in skipped and words[i].word not in ("have", "has"):
            return 0, None
        best: tuple[int, Meaning | None] = (0, None)
        key: tuple[str, ...] = ()
        for length in range(1, min(LONGEST_PHRASE + 4, len(words) - i) + 1):
            token = words[i + length - 1]
            if token.kind == "mark" and token.word != "/":
                break
            if length > 1 and token.word in skipped:
                if words[i].word == "that" and token.word in self._grammar.articles:
                    break  # 'that the region': no region is pointed at.
                continue
            key = (*key, token.word)
            if len(key) > LONGEST_PHRASE:
                break
            if len(key) == 1 and token.word in self._grammar.everyday:
                meaning = self._lexicon.exact(key)
            else:
                meaning = self._lexicon.meaning(key)
            if meaning is None:
                continue
            if length > 1 and token.word == "in" and "in" in meaning.concepts:
                after = words[i + length].word if i + length < len(words) else ""
                if after in _SINGLING_AFTER:
                    continue
            best = (length, meaning)
        return best

    def _phrase(self, meaning: Meaning, words: list[Token]) -> Term:
        concepts = tuple(c for c in meaning.concepts if c != "not")
        role = meaning.role or ("negated" if "not" in meaning.concepts else "")
        text = " ".join(w.word for w in words)
        return Term(concepts, words[0].start, words[-1].end, text, role)

    def _single(self, words: list[Token], i: int) -> Term:
        token, grammar = words[i], self._grammar
        word = token.word
        if token.kind == "number":
            return Term((), token.start, token.end, word.lstrip("+"), "number")
        if word in grammar.numbers:
            return Term((), token.start, token.end, str(grammar.numbers[word]), "number")
        if word in grammar.negators:
            return Term((), token.start, token.end, word, "not")
        if word == "in" and self._is_direction(words, i):
            return Term(("in",), token.start, token.end, word)
        if word in grammar.clause:
            return Term((), token.start, token.end, word, "clause")
        if word in grammar.pronouns:
            return Term((), token.start, token.end, word, "pronoun")
        if word in grammar.stop or len(word) < 3:
            return Term((), token.start, token.end, word, "stop")
        return Term((stem(word),), token.start, token.end, word)

    def _is_direction(self, words: list[Token], i: int) -> bool:
        """'in' says a way after a verb of moving or an ion, unless a place follows an ion."""
        after = words[i + 1] if i + 1 < len(words) else None
        for back in range(1, 4):
            if i - back < 0 or words[i - back].kind == "mark":
                return False
            meaning = self._lexicon.meaning((words[i - back].word,))
            groups = (
                {self._lexicon.group_of.get(c) for c in meaning.concepts} if meaning else set()
            )
            if groups & {"motion", "manner"}:
                return after is None or after.word not in _SINGLING_AFTER
            if "ion" in groups or words[i - back].word == "ions":
                if after is None or after.kind == "mark":
                    return True
                return after.word in self._grammar.clause | {
                    "through",
                    "via",
                    "to",
                    "by",
                    "exceed",
                    "down",
                    "along",
                }
            ends = after is None or after.kind == "mark" or after.word in self._grammar.clause
            if words[i - back].kind == "word" and groups and not (ends and groups <= _TAKEN):
                return False
        return False

    def _bind(self, terms: list[Term]) -> None:
        """Give each channel, pump or permeability the ions that it is for."""
        for i, term in enumerate(terms):
            if not term.concepts or term.concepts[0] not in self._lexicon.takes_ion:
                continue
            head = term.concepts[0]
            ions = self._ions_before(terms, i) or self._ions_after(terms, i)
            if ions:
                term.concepts = (
                    *(
                        f"{ion}~{head}"
                        for t in ions
                        for ion in t.concepts
                        if self._lexicon.group_of.get(ion) == "ion"
                    ),
                    *term.concepts[1:],
                )
                for t in ions:
                    t.concepts = ()
                    t.role = "bound"
                    term.start, term.end = min(term.start, t.start), max(term.end, t.end)

    def _bind_ratio(self, terms: list[Term]) -> None:
        """3:2 belongs to the first two ions of the sentence."""
        ions = [t for t in terms if self.is_ion(t) and len(t.concepts) == 1]
        if len(ions) != 2:
            return
        numbers = [t for t in terms if t.role == "number" and _counts(t) and t.word != "1"]
        if len(numbers) == 2 and numbers[0].start > ions[1].end:
            # 'sodium out and potassium in, three for two'
            for ion, number in zip(ions, numbers, strict=True):
                ion.concepts = (ion.concepts[0], f"{number.word}~{ion.concepts[0]}")
            return
        for first, colon, second in zip(terms, terms[1:], terms[2:], strict=False):
            both = first.role == second.role == "number" and _counts(first) and _counts(second)
            if both and colon.word in (":", "to"):
                for ion, number in zip(ions, (first, second), strict=True):
                    ion.concepts = (ion.concepts[0], f"{number.word}~{ion.concepts[0]}")

    def is_ion(self, term: Term) -> bool:
        """The term names an ion."""
        return any(self._lexicon.group_of.get(c) == "ion" for c in term.concepts)

    def _ions_before(self, terms: list[Term], i: int) -> list[Term]:
        found: list[Term] = []
        for term in reversed(terms[max(0, i - 8) : i]):
            if self.is_ion(term) and len(term.concepts) == 1:
                found.append(term)
            elif found and term.word in ("and", "or", "/", ","):
                continue
            elif (
                found
                or not all(self._lexicon.group_of.get(c) == "modifier" for c in term.concepts)
                or (not term.concepts)
            ):
                break
        return found

    def _ions_after(self, terms: list[Term], i: int) -> list[Term]:
        found: list[Term] = []
        after = terms[i + 1 : i + 7]
        if terms[i].word.endswith(" in"):
            after.insert(0, terms[i])  # 'the difference in K+'
        elif terms[i].word.startswith("let"):
            after.insert(0, terms[i])  # 'lets K+ through'
        elif not after or after[0].word not in ("for", "to", "of"):
            return found
        for term in after[1:]:
            if self.is_ion(term) and len(term.concepts) == 1:
                found.append(term)
            elif term.word == "than" or (
                term.word not in ("and", "or", "/") and term.role != "stop"
            ):
                break
        return found


def terms(text: str) -> list[Term]:
    """The terms of composed `text`."""
    return TermReader().terms(text)


def opening(text: str) -> tuple[str, ...]:
    """What the noun says with which `text` begins: 'Diffusion is passive'."""
    first = next((t for t in terms(text) if t.concepts or t.role not in ("stop", "mark")), None)
    if first is None or not is_process_noun(first.word, lexicon().grammar):
        return ()
    return first.concepts


def _counts(term: Term) -> bool:
    """So many ions, and no voltage."""
    return len(term.word) == 1 and term.word.isdigit()


def _is_named(term: Term) -> bool:
    words = lexicon()
    return bool(term.concepts) and not any(words.group(c).predicate for c in term.concepts)


def first_predicate(text: str) -> int | None:
    """Where the first word of `text` stands that says what happens; None without one."""
    words = lexicon()
    grammar = words.grammar
    found = terms(text)
    if len(found) > 1 and found[0].word.endswith("ed") and _is_named(found[1]):
        found = found[1:]  # 'weakened pathogens'
    for term in found:
        if (term.role == "not" and term.word != "no") or term.word in grammar.copulas:
            return term.start
        if not is_noun(term.word, grammar) and any(
            words.group(c).predicate for c in term.concepts
        ):
            return term.start
    return None
