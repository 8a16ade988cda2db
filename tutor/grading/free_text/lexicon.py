"""The words of the field and of English, from the two data files of this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from tutor.grading.free_text.grammar import Grammar
from tutor.grading.free_text.words import tokens

_HERE = Path(__file__).parent
#: Every scalar is text, so that the words no, on and off stay words.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST_PHRASE = 7


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the concepts of a group are to a mark point; see lexicon.yaml."""

    weight: float
    asks: str
    needed: bool = False
    exclusive: bool = False
    predicate: bool = False
    binds: bool = False
    denies: bool = False


#: A word that the lexicon does not know.
WORD = Group(weight=0.5, asks="more of what the question is about")


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon.yaml."""

    groups: dict[str, Group]
    concepts: dict[str, dict[str, list[str]]]
    composite: dict[str, list[str]]
    broader: dict[str, list[str]]
    contrary: list[tuple[str, str]]
    complement: list[tuple[str, str]]
    takes_ion: frozenset[str]


class Meaning(NamedTuple):
    """What a phrase says: concepts, or the part that it has in the grammar."""

    concepts: tuple[str, ...]
    role: str = ""


class Lexicon:
    """Both files, ready for looking up phrases."""

    def __init__(self, concepts: Concepts, grammar: Grammar) -> None:
        self.groups = concepts.groups
        self.grammar = grammar
        self.takes_ion = concepts.takes_ion
        self.broader = concepts.broader
        self.group_of = {c: g for g, members in concepts.concepts.items() for c in members}
        self.contrary = dict(concepts.contrary)
        self.contrary.update({b: a for a, b in concepts.contrary})
        self.complement = {frozenset(pair) for pair in concepts.complement}
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._exact: dict[tuple[str, ...], Meaning] = {}
        self._stemmed: dict[tuple[str, ...], Meaning] = {}
        self.words: set[str] = set()
        for role in (
            "denying",
            "concession",
            "not_negators",
            "corrections",
            "to_marker",
            "disowned",
        ):
            for phrase in getattr(grammar, role):
                self._add(phrase, Meaning((), role))
        for key, phrases in concepts.composite.items():
            for phrase in phrases:
                self._add(phrase, Meaning(tuple(key.split("+"))))
        for members in concepts.concepts.values():
            for concept, phrases in members.items():
                for phrase in phrases:
                    self._add(phrase, Meaning((concept,)))

    def _add(self, phrase: str, meaning: Meaning) -> None:
        words = self.phrase_words(phrase.removeprefix("="))
        self._exact.setdefault(words, meaning)
        if not phrase.startswith("="):
            self._stemmed.setdefault(tuple(map(stem, words)), meaning)
        if not meaning.role:
            self.words.update(w for w in words if len(w) > 3)

    def phrase_words(self, phrase: str) -> tuple[str, ...]:
        """The words by which `phrase` is looked up."""
        words: list[str] = []
        for piece in phrase.split():
            if piece not in self._pieces:
                self._pieces[piece] = tuple(t.word for t in tokens(piece, self.grammar))
            words.extend(self._pieces[piece])
        return tuple(w for w in words if w not in self.grammar.skipped) or tuple(words)

    def exact(self, words: tuple[str, ...]) -> Meaning | None:
        """What `words` say as they stand."""
        return self._exact.get(words)

    def meaning(self, words: tuple[str, ...]) -> Meaning | None:
        """What `words` say, as they stand or by their stems."""
        return self._exact.get(words) or self._stemmed.get(tuple(map(stem, words)))

    def group(self, concept: str) -> Group:
        """The group of `concept`; words outside the lexicon have one of their own."""
        return self.groups[self.group_of[concept]] if concept in self.group_of else WORD

    def rivals(self, one: str, other: str) -> bool:
        """Both cannot be meant: sodium and potassium, in and out."""
        if one == other:
            return False
        mine, _, head = one.rpartition("~")
        yours, _, other_head = other.rpartition("~")
        if mine or yours:
            return head == other_head and bool(mine and yours)
        if self.contrary.get(one) == other:
            return True
        name = self.group_of.get(one)
        return (
            name is not None and name == self.group_of.get(other) and self.groups[name].exclusive
        )


@cache
def stem(word: str) -> str:
    """The word without its inflection."""
    return word if len(word) < 4 or not word.isalpha() else _stemmer().stemWord(word)


@cache
def _stemmer() -> Any:
    import snowballstemmer  # type: ignore[import-untyped]  # Not every course asks for free text.

    return snowballstemmer.stemmer("english")


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, read once."""
    concepts = _read("lexicon.yaml", Concepts)
    grammar = _read("grammar.yaml", Grammar)
    return Lexicon(concepts, grammar)


def _read(name: str, struct: Any) -> Any:
    with (_HERE / name).open("rb") as file:
        return msgspec.convert(yaml.load(file, Loader=_LOADER), struct, strict=False)
