"""The wordings that one line of a mark scheme stands for: slashes, brackets, 'or'."""

from __future__ import annotations

import re

from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.terms import first_predicate, terms
from tutor.grading.free_text.words import composed

#: So many alternatives of one line are read; no examiner's line comes near it.
MOST_ALTERNATIVES = 24

#: Brackets after the name of a topic say what it is: temporal (one synapse repeatedly).
_DEFINED = re.compile(r"(\w+)\s*\(([^()]*)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_NOTES = re.compile(r"\b(AW|ora|ORA)\b|\.\.\.")
#: What the marker looks for beside the wording.
_LINK = re.compile(r"\bWITH\b.*")


def bracketed(text: str) -> list[str]:
    """What stands in the brackets of a line, which an answer need not say."""
    return [found[1:-1] for found in _BRACKETS.findall(text)]


def heading(text: str) -> str:
    """The topic that stands before a colon: 'Absolute' in 'Absolute: because ...'."""
    before, colon, _ = text.partition(":")
    words = lexicon()
    said = {c for clause in read(composed(before)) for c in clause.said} if colon else set()
    return before if any(words.group_of.get(c) == "topic" for c in said) else ""


def alternatives(line: str, given: frozenset[str]) -> list[str]:
    """The wordings that slashes and OR stand for, each with the subject and verb it lacks."""
    text = _LINK.sub("", _NOTES.sub(" ", line))
    if defined := definitions(text):
        return defined
    while (shorter := _BRACKETS.sub(" ", text)) != text:
        text = shorter
    texts: list[str] = []
    for part in (way for either in text.split(" OR ") for way in _either_way(either)):
        texts.extend(_slashed(part, given))
    return list(dict.fromkeys(t for t in texts if t.strip()))[:MOST_ALTERNATIVES]


def definitions(text: str) -> list[str]:
    """Topics with what their brackets say of them."""
    return [
        f"{term}: {way}"
        for term, brackets in _DEFINED.findall(text)
        if heading(f"{term}:")
        for way in _either_phrase(brackets)
    ]


def _slashed(text: str, given: frozenset[str]) -> list[str]:
    before, colon, rest = text.partition(":")
    if colon and not re.search(r"\d", before):
        if heading(text):
            return [f"{before}: {t}" for t in _slashed(rest, given)]
        said = named(text)
        if said and all(lexicon().group_of.get(c) == "idea" for c in said):
            return [before, *_slashed(rest, given)]
        if said <= given:
            return _slashed(rest, given)
        return [f"{before}: {t}" for t in _slashed(rest, given)]
    text = _keep_together(text)
    wordings: list[str] = []
    for wording in _either_word(text):
        wordings.extend(_either_phrase(wording.replace("\x00", "/")))
    return wordings


def named(text: str) -> frozenset[str]:
    """What stands before the colon of `text`, if it has one."""
    before, colon, _ = text.partition(":")
    if not colon or re.search(r"\d", before):
        return frozenset()
    return frozenset(c for clause in read(composed(before)) for c in clause.said)


def _either_way(text: str) -> list[str]:
    """'into or out of the cell': each way with all that stands around."""
    match = _WAYS.search(text)
    if match is None:
        return [text]
    ways = [way for way in match.groups() if way]
    if any(" of" in way for way in ways):
        ways = ["into" if way == "in" else way for way in ways]
    return [
        wording
        for way in ways
        for wording in _either_way(text[: match.start()] + way + text[match.end() :])
    ]


#: 'No impulse or spike comes' denies both.
_NO_EITHER = re.compile(
    r"(?i)\b(no)\s+([^/,]*?)\s+or\s+"
    r"(?!no[nt]?\b|it\b|they\b|the\b|an?\b|fewer\b|less\b|only\b|more\b|in\b|is\b)"
)

_WAYS = re.compile(
    r"\b(?:(in|into)\s*(?:/|\bor)\s*(out of|out)|(out of|out)\s*(?:/|\bor)\s*(into|in))\b"
)


def _either_word(text: str) -> list[str]:
    """potassium/calcium channels: two nouns before the same words."""
    match = re.search(r"([\w+⁺-]+)/([\w+⁺-]+)", text)
    if match is None or any(_parted(word)[1] for word in match.groups()):
        return [text]
    return [
        wording
        for word in match.groups()
        for wording in _either_word(text[: match.start()] + word + text[match.end() :])
    ]


def _either_phrase(text: str) -> list[str]:
    text = _NO_EITHER.sub(r"\1 \2 or no ", text)
    pieces = re.split(r"\s+/\s+|\s+or\s+|(?<=[a-z)])/(?=[a-z])", text.strip())
    if len(pieces) > 1 and _QUANTITY.fullmatch(pieces[0]) and _QUANTITY.match(pieces[1]):
        rest = pieces[1].partition(" ")[2]
        return [f"{pieces[0]} {rest}", *_either_phrase(" / ".join(pieces[1:]))]
    pieces = _with_objects(_defined_alike(pieces))
    denied = ""
    subject = ""
    wordings: list[str] = []
    for i, piece in enumerate(pieces):
        before, after = _verbal(pieces, i)
        following = pieces[i + 1] if i + 1 < len(pieces) else ""
        if i and (opening := _PREPOSITION.match(piece)) and _INNER.search(wordings[0]):
            wordings.append(f"{_before(opening.group(1), wordings[0])} {piece}")
            continue
        if after and before.strip():
            subject = subject or _subject(piece, before)
            denied = "not" if f" or {following}" in text and _DENIED.match(after) else ""
        if not after:  # No verb: a later piece's is shared, or else an earlier one's.
            later = range(i + 1, len(pieces))
            tail = next((a for k in later if (a := _verbal(pieces, k)[1])), "")
            verb = next((pieces[k] for k in range(i)[::-1] if _verbal(pieces, k)[1]), "")
            if i and not verb and _parted(piece)[1]:
                verb = pieces[0]  # Its verb is none that the lexicon knows.
            if not tail and not verb and following:
                tail = _after_first_term(following)
            wordings.append(
                f"{piece} {tail}" if tail or not verb else f"{verb.rsplit(' ', 1)[0]} {piece}"
            )
        elif (
            following
            and not _verbal(pieces, i + 1)[1]
            and len(following.split()) > 1
            and not _PREPOSITION.match(following)
        ):
            wordings.append(f"{piece} {following.split(' ', 1)[1]}")
        elif i and not _NOMINAL.match(piece) and not before.strip().removeprefix("make"):
            subject = subject or _doing(pieces[0])
            wordings.append(f"{subject} {denied} {piece}")
        else:
            wordings.append(piece)
    return wordings


def _doing(piece: str) -> str:
    """'the cell drinks': what stands before a verb that the lexicon does not know."""
    before, _, last = piece.strip().rpartition(" ")
    return before if last.endswith("s") and terms(composed(before)) else ""


def _verbal(pieces: list[str], i: int) -> tuple[str, str]:
    """Piece `i` parted before its verb; a noun with 'out of' or 'to be' behind it has none."""
    before, after = _parted(pieces[i])
    if i and before.strip() and _NO_VERB.match(before.rpartition(" to ")[1].strip() or after):
        return pieces[i], ""
    if i and not before.strip() and _GERUND.match(after) and _ARTICLED.search(pieces[0]):
        return pieces[i], ""
    return before, after


#: A way or an infinitive behind a noun; 'opening' after 'a pore' is a noun.
_NO_VERB = re.compile(r"(out|into|in|to)\b")
_GERUND = re.compile(r"\w+ing\b")
_ARTICLED = re.compile(r"\b(a|an)\s\w+$")


def _with_objects(pieces: list[str]) -> list[str]:
    """Pieces that end in a preposition or a verb of moving, with what stands after a later one."""
    found = []
    opened = False
    for i, piece in enumerate(pieces):
        object_ = ""
        opened = (opened and " " not in piece) or bool(_OPEN_END.search(piece))
        for later in pieces[i + 1 :]:
            inner = _OBJECT.search(later)
            if opened and inner and not _ends_in_a_way(piece):
                object_ = inner.group(1)
            elif inner and _PARTICIPLE.search(piece) and not _parted(later)[0].strip():
                object_ = inner.group()  # 'is translated / read at the ribosome'
            elif _ends_in_motion(piece) and not _parted(later)[0].strip():
                object_ = _after_first_term(later)
            if object_.strip():
                break
        found.append(f"{piece} {object_.strip()}" if object_.strip() else piece)
    return found


def _ends_in_motion(piece: str) -> bool:
    """'tRNA brings': what it brings is told later."""
    last = terms(composed(piece))[-1:]
    return any(lexicon().group_of.get(c) == "motion" for t in last for c in t.concepts[:1])


def _subject(piece: str, before: str) -> str:
    """What the verbs of later pieces are said of: the subject of the last clause."""
    text = composed(piece)
    starts = [m.end() for m in _CLAUSES.finditer(text)]
    if _CONDITION.match(text):
        starts.append(len(before) + len(text[len(before) :].split(" ", 1)[0]))
    for start in reversed(starts):
        subject, verb = _parted(text[start:])
        if subject.strip() and verb:
            return text[:start] + subject
    return before


_CLAUSES = re.compile(r"\s(and|so|because|but)\s")
_CONDITION = re.compile(r"(?i)(as|when|if|once)\s")


def _defined_alike(pieces: list[str]) -> list[str]:
    """'X is the A / B that must be C': both are what X is, and of both the rest is said."""
    if len(pieces) != 2 or (relative := _THAT.search(pieces[1])) is None:
        return pieces
    copula = _IS.search(pieces[0])
    if copula is None or first_predicate(pieces[1][: relative.start()]) is not None:
        return pieces
    rest, head = pieces[1][relative.start() :], pieces[0][: copula.end()]
    return [pieces[0] + rest, f"{head} {pieces[1]}"]


_THAT = re.compile(r"\s(that|which)\s")
_IS = re.compile(r"\b(is|are) (the|a|an)\b")
_PREPOSITION = re.compile(r"(in|into|on|from|to|at|by|via|through|of|with|for|against|along)\b")
_INNER = re.compile(rf"\b{_PREPOSITION.pattern}")


def _before(preposition: str, text: str) -> str:
    """`text` up to the phrase in whose place another with `preposition` stands."""
    same = list(re.finditer(rf"\b{preposition}\b", text))
    return text[: (same or list(_INNER.finditer(text)))[-1].start()]


#: A word that says how much of the noun after it.
_QUANTITY = re.compile(r"(?i)(no|fewer|less|more|few|many|some|most|all|several)\b")


def _after_first_term(piece: str) -> str:
    piece = composed(piece)
    first = next((t for t in terms(piece) if t.concepts), None)
    return piece[first.end :] if first else ""


_DENIED = re.compile(r"(is |are |can |does |do )?(not|cannot|never)\b")
_NOMINAL = re.compile(r"\w+(\s\w+)?\s+of\b")


def _ends_in_a_way(piece: str) -> bool:
    """The last word says a direction and waits for nothing."""
    found = terms(composed(piece))
    last = found[-1].concepts[:1] if found else ()
    return any(lexicon().group_of.get(c) == "direction" for c in last)


#: A piece that ends so goes on with what follows such a word in the next piece.
_OPEN_END = re.compile(r"\b(in|of|into|from|to|on|by)\s*$")
_OBJECT = re.compile(r"\b(?:in|of|into|from|to|on|by|at)\s+(.+)$")
_PARTICIPLE = re.compile(r"\b(?:is|are)\s\w+ed$")


def _keep_together(text: str) -> str:
    """Slashes inside a term of the lexicon (Na+/K+ pump) do not part alternatives."""
    return re.sub(r"(?i)(na\+?|sodium)/(k\+?|potassium)(?= ?(pump|atpase))", "\\1\x00\\2", text)


def _parted(piece: str) -> tuple[str, str]:
    """The words before the first predicate, and the rest."""
    piece = composed(piece)
    at = first_predicate(piece)
    return (piece, "") if at is None else (piece[:at], piece[at:])
