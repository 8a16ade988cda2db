"""'The second one' read as the noun that it stands for."""

from __future__ import annotations

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.words import Token

#: The noun stands at most so many words before.
FAR = 30
#: These name one of two by its place.
_ORDER = frozenset({"first", "second", "other"})
_MORE = frozenset({"more", "time", "after"})
_ONES = frozenset({"one", "ones"})


def with_nouns(words: list[Token]) -> list[Token]:
    """`words` with the nouns for which 'one' and 'ones' stand after an adjective or an ion."""
    found = list(words)
    for i in range(1, len(found)):
        if found[i].word not in _ONES or found[i - 1].kind != "word" or _counts(found, i):
            continue
        described = found[i - 1].word
        for earlier in reversed(found[max(0, i - FAR) : i - 1]):
            if earlier.kind == "word" and _is_noun_for(described, earlier.word):
                found[i] = found[i]._replace(word=earlier.word)
                break
    return found


def _counts(words: list[Token], i: int) -> bool:
    """It is a number: 'in one direction', 'not one'."""
    grammar = lexicon().grammar
    if words[i - 1].word in (grammar.stop - _ORDER) | grammar.negators:
        return True
    if i + 1 < len(words) and words[i + 1].word in _MORE:
        return True
    if words[i].word == "ones" or i + 1 == len(words) or words[i + 1].kind != "word":
        return False
    return words[i + 1].word not in grammar.stop | grammar.negators


def _is_noun_for(described: str, noun: str) -> bool:
    """The two make a name of the lexicon, or an ion or a state with what may have it."""
    words = lexicon()
    if noun in words.grammar.stop or noun in _ONES:
        return False
    if words.meaning((described, noun)) is not None:
        return words.meaning((described, "one")) is None
    adjective, named = words.meaning((described,)), words.meaning((noun,))
    if adjective is None or named is None or named.concepts[:1] == ():
        return False
    kind = words.group_of.get(adjective.concepts[0]) if adjective.concepts else None
    return kind in ("ion", "gate") and named.concepts[0] in words.takes_ion
