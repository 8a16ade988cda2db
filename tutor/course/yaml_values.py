"""YAML read strictly: plain values, and the place in the file that each came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import yaml

from tutor.course.errors import ContentError, ContentErrors, Place
from tutor.course.text import one_line, unsafe_characters

Value = bool | int | float | str | list["Value"] | dict[str, "Value"] | None
Path = tuple[str | int, ...]
#: What is wrong, and where.
Problem = tuple[Path, str]
Problems = Iterator[Problem]

LARGEST_FILE_BYTES = 1_000_000
DEEPEST = 20
#: So many unsafe characters of a file are reported.
MOST_UNSAFE = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.?[0-9]+)([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None}


class Document(NamedTuple):
    """The value of a YAML file and where each part of it stands."""

    value: Value
    places: dict[Path, Place]
    key_places: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """The place of `path`, or of the nearest part round it that the file has."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def read(name: str, data: bytes) -> Document:
    """Parse the YAML file `name`.

    YAML's surprises are taken out: `no` and `1:30` are text, `1e-3` is a number, and
    duplicate keys, anchors, aliases, tags and several documents in one file are errors.

    Raises:
        ContentErrors: the file cannot be read; each error has its place.
    """
    text = _decode(name, data)
    _refuse_unsafe(name, text)
    try:
        return _Composer(name, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        raise ContentErrors([_yaml_error(name, text, error)]) from None
    except yaml.YAMLError as error:
        message = f"not valid YAML: {' '.join(str(error).split())}"
        raise ContentErrors([ContentError(name, Place(1, 1), message)]) from None


#: What the parser says, how an author mends it, and whether the fault began earlier.
_MENDS = (
    (r"end of stream", "the quote that opens here is not closed", True),
    (r"expected ',' or '[]}]'", "the bracket that opens here is not closed", True),
    (r"mapping values", "put text with ': ' in it in quotes, or mend the indentation", False),
    (r"cannot start any token", "put text that begins with this character in quotes", False),
    (r"escape", "put text with a backslash in single quotes", False),
    (r"tab character", "indent with blanks, not with tabs", False),
    (r"alphabetic or numeric", "put text that begins with * or & in quotes", False),
    (r"comment or line break", "put text that begins with > or | in quotes", False),
    (r"block sequence entries", "put text that begins with '- ' in quotes", False),
    (r"mapping keys", "put text that begins with '? ' in quotes", False),
    (r"", "the line stands too far in or out, or a quote before it is not closed", False),
)


def _yaml_error(name: str, text: str, error: yaml.MarkedYAMLError) -> ContentError:
    problem = str(error.problem)
    mend, earlier = next((m, e) for pattern, m, e in _MENDS if re.search(pattern, problem))
    mark = error.problem_mark
    if mark is not None and _follows_bracket(text, mark.index):
        mend, earlier = "put text that begins with { or [ in quotes", False
    mark = (error.context_mark if earlier else mark) or mark
    if mark is None:
        return ContentError(name, Place(1, 1), f"not valid YAML: {problem}; {mend}")
    if text[mark.index : mark.index + 1] == "\t":
        mend = "indent with blanks, not with tabs"
    place = Place(mark.line + 1, mark.column + 1)
    end = _place_of(text, len(text))  # A file may end in mid-line; the parser looks past it.
    return ContentError(name, min(place, end), f"not valid YAML: {problem}; {mend}")


def _follows_bracket(text: str, offset: int) -> bool:
    """Whether words come after a closing bracket in the same line: text such as `{peak_mv} is`."""
    before = text[:offset].rpartition("\n")[2].rstrip()
    return before.endswith(("}", "]")) and text[offset : offset + 1] not in ("{", "[", "\n", "")


def _decode(name: str, data: bytes) -> str:
    if len(data) > LARGEST_FILE_BYTES:
        message = f"the file has more than {LARGEST_FILE_BYTES:,} bytes; split it"
        raise ContentErrors([ContentError(name, Place(1, 1), message)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        message = f"byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        place = _place_of(before, len(before))
        raise ContentErrors([ContentError(name, place, message)]) from None


def _refuse_unsafe(name: str, text: str) -> None:
    text = text.replace("\r\n", "\n")
    errors = [
        ContentError(name, _place_of(text, offset), f"{character} is not allowed; remove it")
        for offset, character in islice(unsafe_characters(text), MOST_UNSAFE)
    ]
    if errors:
        raise ContentErrors(errors)


def _place_of(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


class _Composer:
    """Builds values from YAML events, so that marks, anchors and tags are all seen."""

    def __init__(self, name: str, events: Iterator[yaml.Event]) -> None:
        self._name = name
        self._events = events
        self._places: dict[Path, Place] = {}
        self._key_places: dict[Path, Place] = {}
        self._errors: list[ContentError] = []

    def document(self) -> Document:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise ContentErrors([ContentError(self._name, Place(1, 1), "the file is empty")])
        value = self._value(next(self._events), ())
        next(self._events)  # document end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._error(event, "a second document begins here; one file holds one document")
        if self._errors:
            raise ContentErrors(self._errors)
        return Document(value, self._places, self._key_places)

    def _value(self, event: yaml.Event, path: Path) -> Value:
        self._places[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):  # Most are: the shortest way is theirs.
            self._refuse_extras(event)
            return _scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._error(event, f"alias *{event.anchor} is not allowed; write the value out")
            return None
        assert isinstance(event, yaml.CollectionStartEvent)
        self._refuse_extras(event)
        if len(path) > DEEPEST:
            raise ContentErrors(
                [ContentError(self._name, _place(event), f"nested more than {DEEPEST} deep")]
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> Value:
        mapping: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._error(event, "a key must be plain text")
                self._value(event, (*path, "?"))
                self._value(next(self._events), (*path, "?"))
                continue
            self._refuse_extras(event)
            key = str(event.value)
            if key in mapping:
                shown = one_line(key, 60)
                self._error(event, f"{shown!r} stands here a second time; keep one")
            self._key_places[(*path, key)] = _place(event)
            mapping[key] = self._value(next(self._events), (*path, key))
        return mapping

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._error(event, f"anchor &{event.anchor} is not allowed; remove it")
        if event.tag is not None:
            self._error(event, f"tag {one_line(event.tag, 60)} is not allowed; remove it")
        if isinstance(event, yaml.ScalarEvent) and event.style == '"':
            # The text of the file has been looked through; only here can an escape come to life.
            for _, character in islice(unsafe_characters(str(event.value)), 1):
                self._error(event, f"{character} is not allowed, even as an escape; remove it")

    def _error(self, event: yaml.Event, message: str) -> None:
        self._errors.append(ContentError(self._name, _place(event), message))


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _scalar(event: yaml.ScalarEvent) -> Value:
    text = str(event.value)
    if event.style:  # quoted, or a block
        return text
    if text == "" or text in _CONSTANTS:
        return _CONSTANTS.get(text)
    if _INT.fullmatch(text):
        return int(text) if len(text) < 20 else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
