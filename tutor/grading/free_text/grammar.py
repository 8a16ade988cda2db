"""The shapes of English that grammar.yaml lists."""

from __future__ import annotations

import msgspec


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """grammar.yaml."""

    stop: frozenset[str]
    skipped: frozenset[str]
    irregular: dict[str, str]
    spellings: dict[str, str]
    clause: frozenset[str]
    usual: frozenset[str]
    concession: list[str]
    conditions: frozenset[str]
    articles: frozenset[str]
    denying: list[str]
    negators: frozenset[str]
    not_negators: list[str]
    copulas: frozenset[str]
    noun_endings: list[str]
    nouns: frozenset[str]
    process_endings: list[str]
    glue: frozenset[str]
    pronouns: frozenset[str]
    reporting: frozenset[str]
    corrections: list[str]
    to_marker: list[str]
    asking: frozenset[str]
    disowned: list[str]
    untrue: list[str]
    plenty: frozenset[str]
    scarce: frozenset[str]
    amount_places: frozenset[str]
    dissolved: frozenset[str]
    numbers: dict[str, int]
    prefixes: frozenset[str]
    everyday: frozenset[str]
    verbs: frozenset[str]
    parts: dict[str, frozenset[str]]
    odd_after: dict[str, frozenset[str]]


def spelt(word: str, grammar: Grammar) -> str:
    """The word in British spelling and without irregular inflection."""
    for ending, ours in grammar.spellings.items() if "iz" in word or "al" in word else ():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending) + ours
            break
    return grammar.irregular.get(word, word)


def is_process_noun(word: str, grammar: Grammar) -> bool:
    """The word names a process: osmosis, active transport."""
    return word.endswith(tuple(grammar.process_endings))


def is_noun(word: str, grammar: Grammar) -> bool:
    """The word names an action rather than saying that it happens: influx, movement."""
    return word in grammar.nouns or word.endswith(tuple(grammar.noun_endings))
