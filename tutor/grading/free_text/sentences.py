"""Where sentences begin and end, and which of them are no statements about the subject."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from tutor.grading.free_text.clause import common_verbs
from tutor.grading.free_text.grammar import is_noun
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.terms import Term, first_predicate
from tutor.grading.free_text.words import Token

#: So many terms without a function word are a heap; a note has fewer.
MOST_TERMS = 7
#: So many terms in a row, with no mark or function word between them, are a heap as well.
LONGEST_RUN = 6
#: Ordinary English has a function word in so many words, or more.
GLUED = 10
#: Where one joint of so many words cannot be English, the sentence is a heap.
ODD = 12
#: A sentence with more of them has a list that 'and' holds together.
MOST_ANDS = 3
#: A line that was wrapped has at least so many characters.
WRAPPED = 30
#: So many parts that are all so short are no notes, unless most of them say something.
MANY_PARTS = 6
SHORT = 3
#: So long a sentence has a verb.
LONG = 11
#: What these groups say needs a verb beside it.
_VERBLESS = frozenset({"condition", "sign", "manner", "idea", "ways", "process"})
_AND = frozenset({"and", "or", "plus"})
_STRONG = frozenset(".;!?\n[]{}")
_SCORE = re.compile(r"\b(\d+)\s*(?:/|out of)\s*\1\b|^\W*system\s*[:>]")
_NAMED = re.compile(r"[a-z]+\d\w*")


def unwrapped(text: str) -> str:
    """`text` with spaces for the line breaks inside its sentences; places stay."""
    lines = text.split("\n")
    parts = lines[:1]
    capitals = text[:1].isupper()
    for before, line in pairwise(lines):
        goes_on = _goes_on(before.rstrip(), line.lstrip(), capitals=capitals)
        parts += [" " if goes_on else "\n", line]
    return "".join(parts)


def _goes_on(before: str, line: str, *, capitals: bool) -> bool:
    if not before or not line or before[-1] in ".:;!?" or not line[0].isalpha():
        return False
    if "=" in line.partition(",")[0]:
        return False  # A note of its own: 'spatial = several synapses'.
    glue = lexicon().grammar.glue
    if before.rpartition(" ")[2].lower() in glue:
        return True
    if not line[0].islower():
        return False
    if (capitals and len(before) >= WRAPPED) or line.partition(" ")[0] in glue:
        return True
    return first_predicate(before) is None or first_predicate(line) is None


def sentences(words: list[Token]) -> list[list[Token]]:
    """The words of each sentence."""
    found: list[list[Token]] = [[]]
    for token in words:
        if token.kind == "mark" and token.word in _STRONG:
            found.append([])
        else:
            found[-1].append(token)
    return [sentence for sentence in found if sentence]


def is_addressed(terms: list[Term], text: str, ids: Collection[str]) -> bool:
    """It speaks to the marker, or of what others wrongly say; `ids` are those of mark points."""
    if any(t.role in ("to_marker", "disowned") for t in terms):
        return True
    said = text[terms[0].start : terms[-1].end].lower()
    return _SCORE.search(said) is not None or not set(_NAMED.findall(said)).isdisjoint(ids)


def before_address(terms: list[Term], text: str) -> list[Term]:
    """What an addressed sentence says besides: brackets, a capital or "please" part the two."""
    marker = next((i for i, t in enumerate(terms) if t.role == "to_marker"), len(terms) - 1)
    opening = next((i for i in range(marker, -1, -1) if terms[i].word == "("), None)
    closing = next((i for i in range(marker, len(terms)) if terms[i].word == ")"), None)
    if opening is not None and closing is not None:
        return [*terms[:opening], *terms[closing + 1 :]]
    for i in range(marker, 2, -1):
        word = text[terms[i].start : terms[i].end]
        after = text[terms[i].end :].split()[:2]
        named = lexicon().group_of.keys() & terms[i].concepts
        if word.lower() in lexicon().grammar.asking:
            return terms[:i]
        titled = (len(word) > 4 or word == "The") and word[0].isupper() and not named
        if titled and terms[i - 1].role != "mark" and any(w[0].islower() for w in after):
            return terms[:i]
    return []


def is_heap(words: list[Token], terms: list[Term]) -> bool:
    """Terms that no grammar holds together."""
    run = 0
    longest = LONGEST_RUN if is_bare(terms) else 2 * LONGEST_RUN
    for term in terms:
        run = run + 1 if term.concepts else 0
        if run > longest:
            return True
    odd = odd_joints(terms)
    if odd * ODD >= len(words) > 3 and odd > 1:
        return True
    if odd and len(words) > MOST_TERMS and is_bare(terms) and not _is_noted(terms):
        return True
    parts = _split(terms, (",", "/", "-", "and"))
    ands = sum(t.word == "and" for t in words)
    if len(words) >= LONG and is_bare(terms) and not _has_verb(terms):
        return True
    if ands <= MOST_ANDS and _is_glued(words):
        return False
    group = lexicon().group
    idle = said = 0
    for part in parts:
        found = [t for t in part if t.concepts]
        predicates = [group(t.concepts[0]).predicate for t in found]
        if len(found) > MOST_TERMS and not any(t.word in lexicon().grammar.glue for t in part):
            return True
        equals = any(t.word == "=" for t in part[1:-1]) and len(found) > 1
        says = equals or (any(predicates) and not all(predicates))
        noted = bool(found) and all(predicates) and any(" " in t.word for t in found)
        idle, said = idle + (not says and not noted), said + (says or noted)
    if len(parts) >= MANY_PARTS and all(len(part) <= SHORT for part in parts):
        return 2 * idle > said
    return idle > 3 and idle > 2 * said


def is_bare(terms: list[Term]) -> bool:
    """No verb with its helper and no cause: beside a heap it is one more."""
    grammar = lexicon().grammar
    return not any(
        t.word in grammar.copulas or (t.word in grammar.clause and t.word not in _AND)
        for t in terms
    )


def odd_joints(terms: list[Term]) -> int:
    """How many words stand where English has no place for them: 'of cannot', 'the by'."""
    grammar = lexicon().grammar
    odd = 0
    for term, after in pairwise([*terms, Term((), 0, 0, ".", "mark")]):
        kind, following = _kind(term), _kind(after)
        if following == "mark" and after.word in "(/=:":
            continue
        unfit = grammar.odd_after.get(kind, frozenset())
        again = term.word == after.word and kind != "degree" and after.start - term.end == 1
        odd += again or after.word in unfit or following in unfit
    return odd


def _kind(term: Term) -> str:
    """The part that the word has in a sentence, as far as that is known."""
    grammar = lexicon().grammar
    for kind, words in grammar.parts.items():
        if term.word in words:
            return kind
    if term.role == "mark":
        return "mark"
    if term.word == "not" and term.end - term.start == len("cannot"):
        return "must"
    groups = {lexicon().group_of.get(c) for c in term.concepts}
    if groups & {"gate", "motion", "occurrence"}:
        plain = not is_noun(term.word, grammar) and not term.word.endswith(("ed", "ing", "en"))
        return "verb" if plain else ""
    if groups & {"ion", "event", "place", "thing"}:
        return "noun"
    return "adjective" if "voltage_gated" in term.concepts else ""


def _is_noted(terms: list[Term]) -> bool:
    """It has the marks of a note, which leaves out what holds a sentence together."""
    return any(t.word == "->" or t.role in ("mark", "not", "pronoun") for t in terms)


def _has_verb(terms: list[Term]) -> bool:
    words = lexicon()
    return any(
        t.word in common_verbs()
        or t.role == "not"
        or t.word in ("->", "there", ":", "=", "(")
        or any(
            words.group(c).predicate and words.group_of.get(c) not in _VERBLESS for c in t.concepts
        )
        for t in terms
    )


def _is_glued(words: list[Token]) -> bool:
    glue = lexicon().grammar.glue
    return sum(t.word in glue for t in words) * GLUED > len(words)


def _split(terms: list[Term], marks: Collection[str]) -> list[list[Term]]:
    parts: list[list[Term]] = [[]]
    for term in terms:
        if term.word in marks:
            parts.append([])
        else:
            parts[-1].append(term)
    return [part for part in parts if part]
