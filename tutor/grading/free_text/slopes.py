"""Which way along a gradient: 'from where there is plenty of it to where there is little'."""

from __future__ import annotations

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term

#: Where it comes from, and where it goes, is told within so many terms.
NEAR = 10
_SLOPES = ("down_gradient", "up_gradient")
_TO = frozenset({"to", "towards", "toward", "->", "into"})


def add_slopes(terms: list[Term]) -> None:
    """Add to the 'from' or 'to' of a movement which way along the gradient it leads."""
    for i, term in enumerate(terms):
        if term.word not in _TO and term.word != "from":
            continue
        end = min(len(terms), i + NEAR)
        window = terms[i + 1 : end]
        if term.word != "from" and not _names_a_place(window):
            continue
        if term.word == "from":
            to = next((k for k, t in enumerate(window) if t.word in _TO), None)
            source = window if to is None else window[:to]
            target = [] if to is None else [*window[to + 1 :], *terms[end : end + NEAR // 2]]
        else:
            source, target = [], window
        if any(not set(_SLOPES).isdisjoint(t.concepts) for t in (*source, *target)):
            continue
        falls = _falls(_until_mark(source), _until_mark(target), terms)
        if falls is not None:
            term.concepts = (_SLOPES[0] if falls else _SLOPES[1],)
            term.role = ""
            for done in target:
                if done.word in _TO:
                    done.role = "stop"
            return


def _names_a_place(after: list[Term]) -> bool:
    """A noun follows and no verb: 'to the side', 'to where', 'to less'."""
    grammar = lexicon().grammar
    first = after[0].word.split()[0] if after else ""
    named = grammar.articles | grammar.plenty | grammar.scarce | grammar.amount_places
    return first in named


def _until_mark(terms: list[Term]) -> list[Term]:
    end = next((k for k, t in enumerate(terms) if t.role == "mark"), len(terms))
    return terms[:end]


def _falls(source: list[Term], target: list[Term], sentence: list[Term]) -> bool | None:
    """Whether it goes from more to less; None where that is not told."""
    much, little = _amount(source), _amount(target)
    grammar = lexicon().grammar
    places = {w for t in (*source, *target) for w in t.word.split()} & grammar.amount_places
    if much is not None and little is not None:
        falls = None if much == little else much
    elif little is not None and places and not source:
        falls = not little
    elif much is not None and places and not target:
        falls = much
    else:
        return None
    words = {w for t in (*source, *target) for w in t.word.split()}
    water = any({"water", "osmosis"} & set(t.concepts) for t in sentence)
    solution = not words.isdisjoint(grammar.dissolved) and "water" not in words
    return not falls if falls is not None and water and solution else falls


def _amount(terms: list[Term]) -> bool | None:
    """True for plenty, False for little, None where no amount is named."""
    grammar = lexicon().grammar
    denied = False
    for term in terms:
        if term.role == "not" or "not" in term.word.split():
            denied = True
        for word in term.word.split():
            if word in grammar.plenty:
                return not denied
            if word in grammar.scarce:
                return denied
    return False if denied else None
