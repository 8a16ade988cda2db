"""Slips of the typist, mended without turning one term into another."""

from __future__ import annotations

import re
from collections.abc import Collection

from tutor.grading.free_text.lexicon import lexicon, stem

PLAIN = re.compile(r"[a-z]+")


class Speller:
    """Mends slips of the typist, and never turns one term into another."""

    def __init__(self, words: Collection[str]) -> None:
        """`words` are those of the scheme, beside those of the lexicon."""
        self._lexicon = lexicon()
        grammar = self._lexicon.grammar
        self._stop = (
            grammar.stop | grammar.everyday | grammar.negators | grammar.clause | grammar.glue
        )
        words = frozenset(words) | self._lexicon.words | frozenset(grammar.numbers)
        self._known = words | self._stop
        self._stems = frozenset(map(stem, self._known)) | frozenset(self._known)
        self._targets = sorted(w for w in words if len(w) > 3 and w.isalpha())
        self._mended: dict[str, str] = {}

    def mended(self, word: str) -> str:
        """`word`, or the one that was meant."""
        if len(word) < 4 or not PLAIN.fullmatch(word) or len(word) > 40:
            return word
        if word in self._known or stem(word) in self._stems:
            return word
        if word not in self._mended:
            if len(self._mended) > 20_000:
                self._mended.clear()
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        from rapidfuzz.distance import OSA  # Imported late: few screens mark free text.
        from rapidfuzz.process import extract

        slips = 1 if len(word) < 8 else 2
        forms = {word: 0}
        for ending in ("s", "es", "ed", "d", "ing"):
            if word.endswith(ending) and len(word) - len(ending) > 3:
                forms[word.removesuffix(ending)] = 0
        near: dict[str, int] = {}
        for form in forms:
            for target, distance, _ in extract(
                form, self._targets, scorer=OSA.distance, score_cutoff=slips + 1, limit=8
            ):
                near[target] = min(near.get(target, 9), int(distance))
        if not near:
            return word
        best = min(near, key=lambda w: (near[w], w[0] != word[0], abs(len(w) - len(word)), w))
        if near[best] > slips or (near[best] == 2 and best[0] != word[0]):
            return word
        if any(d <= near[best] + 1 and self._confusable(best, other) for other, d in near.items()):
            return word
        return best

    def _confusable(self, one: str, other: str) -> bool:
        mine, yours = self._lexicon.meaning((one,)), self._lexicon.meaning((other,))
        if mine is None or yours is None or one == other:
            return False
        return any(
            self._lexicon.rivals(a, b) or {a, b} <= _POLARITY
            for a in mine.concepts
            for b in yours.concepts
        )


#: One letter parts these, and all of them may happen in one answer.
_POLARITY = {"depolarise", "repolarise", "hyperpolarise"}
