"""Slips of the typist, mended without turning one term into another."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from tutor.grading.free_text.lexicon import BEGINNING, lexicon, stem

PLAIN = re.compile(r"[a-z]+")
#: In so long a word two slips are mended.
LONG = 8
#: Two words written as one have so many letters, or more.
SHORTEST_PAIR = 5
#: What inflection adds to the words of everyday.txt.
_ENDINGS = ("s", "es", "ed", "ing", "ly", "er", "est", "al", "ion", "ions")


#: Before these endings the last letter of a short word is written twice: bigger, summed.
_DOUBLING = frozenset({"ed", "ing", "er", "est"})
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


@cache
def _ordinary() -> frozenset[str]:
    """Words of everyday English, which are no slips of anything; those of the field are apart."""
    text = (Path(__file__).parent / "everyday.txt").read_text(encoding="utf-8")
    return frozenset(text.split()) - lexicon().words


def _is_ordinary(word: str) -> bool:
    words = _ordinary()
    for ending in ("", *_ENDINGS):
        base = word.removesuffix(ending)
        if ending == "s" and base.endswith(("s", "sh", "ch", "x", "z")):
            continue
        if base != word or not ending:
            if base in words and not (ending in _DOUBLING and _DOUBLED.fullmatch(base)):
                return True
            if ending and base + "e" in words:
                return True
            if len(base) > 3 and base[-1] == base[-2] and base[:-1] in words:
                return True
            if base.endswith("i") and base[:-1] + "y" in words:
                return True
    return False


class Speller:
    """Mends slips of the typist, and never turns one term into another."""

    def __init__(self, words: Collection[str]) -> None:
        """`words` are those of the scheme, beside those of the lexicon."""
        self._lexicon = lexicon()
        grammar = self._lexicon.grammar
        self._stop = (
            grammar.stop | grammar.everyday | grammar.negators | grammar.clause | grammar.glue
        )
        self._function = grammar.stop | grammar.glue | grammar.clause
        self._scheme = frozenset(words)
        words = self._scheme | self._lexicon.words | frozenset(grammar.numbers)
        self._known = words | self._stop | self._lexicon.role_words
        self._beginnings: dict[str, list[str]] = {}
        for word in self._known:
            self._beginnings.setdefault(word[:BEGINNING], []).append(word)
        phrases = (*grammar.corrections, *grammar.concession)
        corrections = {w for phrase in phrases for w in phrase.split()}
        function_words = {w for w in grammar.negators | grammar.clause | corrections if len(w) > 5}
        self._targets = sorted(w for w in words | function_words if len(w) > 3 and w.isalpha())
        self._mended: dict[str, str] = {}

    def mended(self, word: str) -> str:
        """`word`, or the one that was meant."""
        if len(word) < 4 or not PLAIN.fullmatch(word) or len(word) > 40:
            return word
        if word in self._known or self._is_inflected(word):
            return word
        if word not in self._scheme and _is_ordinary(word):
            return word
        if word not in self._mended:
            if len(self._mended) > 20_000:
                self._mended.clear()
            self._mended[word] = self._nearest(word, 1) or self._parted(word)
            if not self._mended[word]:
                self._mended[word] = (len(word) >= LONG and self._nearest(word, 2)) or word
        return self._mended[word]

    def _parted(self, word: str) -> str:
        """Two words that were written as one, with the blank between them; else nothing."""
        for i in range(2, len(word) - 1) if len(word) >= SHORTEST_PAIR else ():
            parts = word[:i], word[i:]
            if "no" in parts or not all(map(self._is_word, parts)):
                continue
            if any(part in self._function for part in parts) or max(map(len, parts)) > 3:
                return " ".join(parts)
        return ""

    def _is_word(self, word: str) -> bool:
        exact = self._lexicon.exact((word,)) is not None
        return exact or word in self._known or word in _ordinary()

    def _is_inflected(self, word: str) -> bool:
        """It is another form of a known word."""
        mine = stem(word)
        return any(stem(known) == mine for known in self._beginnings.get(word[:BEGINNING], ()))

    def _nearest(self, word: str, slips: int) -> str:
        """The word that so many slips make of another; nothing where none or several fit."""
        from rapidfuzz.distance import OSA  # Imported late: few screens mark free text.
        from rapidfuzz.process import extract

        forms = {word: 0}
        for ending in ("s", "es", "ed", "d", "ing"):
            if word.endswith(ending) and len(word) - len(ending) > 3:
                forms[word.removesuffix(ending)] = 0
        near: dict[str, int] = {}
        whole: dict[str, bool] = {}
        for form in forms:
            for target, distance, _ in extract(
                form, self._targets, scorer=OSA.distance, score_cutoff=slips + 1, limit=8
            ):
                near[target] = min(near.get(target, 9), int(distance))
                whole[target] = whole.get(target, False) or form == word
        if not near:
            return ""
        best = min(
            near,
            key=lambda w: (
                near[w],
                w not in self._scheme,
                w[0] != word[0],
                not whole[w],
                abs(len(w) - len(word)),
                len(w) < len(word),
                w,
            ),
        )
        if near[best] > slips or (near[best] == 2 and best[0] != word[0]):
            return ""
        if any(
            d <= near[best] + (len(word) < 6)
            and (other[0] == word[0] or best[0] != word[0])
            and self._confusable(best, other)
            for other, d in near.items()
        ):
            return ""
        return best

    def _confusable(self, one: str, other: str) -> bool:
        mine, yours = self._lexicon.meaning((one,)), self._lexicon.meaning((other,))
        if mine is None or yours is None or one == other:
            return False
        return any(
            self._lexicon.rivals(a, b) or (a != b and {a, b} <= _POLARITY)
            for a in mine.concepts
            for b in yours.concepts
        )


#: One letter parts these, and all of them may happen in one answer.
_POLARITY = {"depolarise", "repolarise", "hyperpolarise"}
