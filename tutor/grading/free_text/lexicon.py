"""The words of the field and of English, from the two data files of this package."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from tutor.grading.free_text.grammar import Grammar, spelt
from tutor.grading.free_text.words import tokens

_HERE = Path(__file__).parent
#: Every scalar is text, so that the words no, on and off stay words.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST_PHRASE = 7
#: The files of words; a phrase that stands in several means what the first says.
SUBJECTS = ("membrane", "synapse", "english", "deeds", "biology")
#: So many letters no inflection changes.
BEGINNING = 3
#: The lists of grammar.yaml whose phrases are looked up with those of the field.
ROLES = ("denying", "concession", "not_negators", "corrections", "to_marker", "disowned", "untrue")


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

#: Which of two like things there is more of.
COMPARISON = Group(weight=1, asks="which is the greater?", denies=True, predicate=True)


class Relations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon.yaml."""

    groups: dict[str, Group]
    broader: dict[str, list[str]]
    together: list[tuple[list[str], str]]
    contrary: list[tuple[str, str]]
    complement: list[tuple[str, str]]
    denied_by: dict[str, list[str]]
    kinds: list[list[str]]
    owners: frozenset[str]
    admits: tuple[str, str, str, str]
    processes: tuple[list[str], list[str]]
    takes_ion: frozenset[str]
    changing: dict[str, frozenset[str]]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a subject."""

    concepts: dict[str, dict[str, list[str]]]
    composite: dict[str, list[str]] = {}


class Meaning(NamedTuple):
    """What a phrase says: concepts, or the part that it has in the grammar."""

    concepts: tuple[str, ...]
    role: str = ""


class Lexicon:
    """Both files, ready for looking up phrases."""

    def __init__(self, relations: Relations, subjects: list[Words], grammar: Grammar) -> None:
        self.groups = relations.groups
        self.grammar = grammar
        self.takes_ion = relations.takes_ion
        self.owners = relations.owners
        #: Whether two concepts are rivals; answers ask for the same ones again and again.
        self.rivals = lru_cache(maxsize=20_000)(self._are_rivals)
        self.changing = relations.changing
        self.broader = relations.broader
        self.driven, self.passive = map(frozenset, relations.processes)
        self.driver = relations.processes[0][0]
        self.admits = relations.admits
        self.together = [(frozenset(parts), whole) for parts, whole in relations.together]
        self.group_of = {
            concept: group
            for words in subjects
            for group, members in words.concepts.items()
            for concept in members
        }
        self._contrary = dict(relations.contrary)
        self._contrary.update({b: a for a, b in relations.contrary})
        self._denied_by = relations.denied_by
        self._kinds = {
            frozenset((one, other)) for kind in relations.kinds for one in kind for other in kind
        }
        #: Things of which the one is not the other, so that which it is must be said.
        self.alike = {
            one for kind in relations.kinds for one in kind if self.group_of.get(one) == "thing"
        }
        self.complement = {frozenset(pair) for pair in relations.complement}
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._exact: dict[tuple[str, ...], Meaning] = {}
        self._stemmed: dict[tuple[str, ...], Meaning] = {}
        #: By how they begin, until a word that begins so is looked up: stemming all is slow.
        self._unstemmed: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        self.words: set[str] = set()
        self.role_words: set[str] = set()
        for role in ROLES:
            for phrase in getattr(grammar, role):
                self._add(phrase, Meaning((), role))
        for words in subjects:
            for key, phrases in words.composite.items():
                for phrase in phrases:
                    self._add(phrase, Meaning(tuple(key.split("+"))))
        for words in subjects:
            for members in words.concepts.values():
                for concept, phrases in members.items():
                    for phrase in phrases:
                        self._add(phrase, Meaning((concept,)))

    def contrary(self, concept: str) -> str | None:
        """What cannot be so where `concept` is."""
        more, compared, less = concept.partition(">")
        return f"{less}>{more}" if compared else self._contrary.get(concept)

    def against(self, concept: str) -> tuple[str, ...]:
        """All that `concept` is contradicted by."""
        contrary = self.contrary(concept)
        return (*self._denied_by.get(concept, ()), *((contrary,) if contrary else ()))

    def _add(self, phrase: str, meaning: Meaning) -> None:
        words = self.phrase_words(phrase.removeprefix("="))
        self._exact.setdefault(words, meaning)
        if not phrase.startswith("="):
            self._unstemmed.setdefault(words[0][:BEGINNING], []).append((words, meaning))
        known = self.role_words if meaning.role else self.words
        known.update(w for w in words if len(w) > 3)

    def phrase_words(self, phrase: str) -> tuple[str, ...]:
        """The words by which `phrase` is looked up."""
        words: list[str] = []
        for piece in phrase.split():
            if piece not in self._pieces:
                plain = piece.isalpha() and piece.islower() and piece not in self.grammar.negators
                self._pieces[piece] = (
                    (spelt(piece, self.grammar),)
                    if plain
                    else tuple(t.word for t in tokens(piece, self.grammar))
                )
            words.extend(self._pieces[piece])
        return tuple(w for w in words if w not in self.grammar.skipped) or tuple(words)

    def exact(self, words: tuple[str, ...]) -> Meaning | None:
        """What `words` say as they stand."""
        return self._exact.get(words)

    def meaning(self, words: tuple[str, ...]) -> Meaning | None:
        """What `words` say, as they stand or by their stems."""
        if found := self._exact.get(words):
            return found
        for phrase, meaning in self._unstemmed.pop(words[0][:BEGINNING], ()):
            self._stemmed.setdefault(tuple(map(stem, phrase)), meaning)
        return self._stemmed.get(tuple(map(stem, words)))

    def group(self, concept: str) -> Group:
        """The group of `concept`; words outside the lexicon have one of their own."""
        if concept in self.group_of:
            return self.groups[self.group_of[concept]]
        return COMPARISON if ">" in concept else WORD

    def _are_rivals(self, one: str, other: str) -> bool:
        """Both cannot be meant: sodium and potassium, in and out."""
        if one == other:
            return False
        if "/" in one and "/" in other:
            mine, _, its = one.partition("/")
            yours, _, others = other.partition("/")
            return mine == yours and its != others
        if one[0] == other[0] == "@":
            return True
        mine, _, head = one.rpartition("~")
        yours, _, other_head = other.rpartition("~")
        if mine or yours:
            return head == other_head and bool(mine and yours)
        if self.contrary(one) == other or frozenset((one, other)) in self._kinds:
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
    subjects = [_read(f"{name}.yaml", Words) for name in SUBJECTS]
    return Lexicon(_read("lexicon.yaml", Relations), subjects, _read("grammar.yaml", Grammar))


def _read(name: str, struct: Any) -> Any:
    with (_HERE / name).open("rb") as file:
        return msgspec.convert(yaml.load(file, Loader=_LOADER), struct, strict=False)
