"""From YAML values to structs, with all errors of a file and not only the first."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from tutor.course.errors import ContentError, ContentErrors
from tutor.course.text import clean, one_line
from tutor.course.yaml_values import Document, Path, Value

S = TypeVar("S", bound=msgspec.Struct)


def decode(name: str, document: Document, struct: type[S]) -> S:
    """The document as a `struct`.

    Raises:
        ContentErrors: the document does not fit; one error for each place.
    """
    decoder = _Decoder(name, document)
    result = decoder.convert(document.value, struct, ())
    if decoder.errors:
        raise ContentErrors(decoder.errors)
    assert isinstance(result, struct)
    return result


def item_id(document: Document, path: Path) -> str:
    """The id of the innermost item round `path` that has one."""
    value: Any = document.value
    found = ""
    for step in (None, *path):
        if step is not None:
            try:
                value = value[step]
            except (LookupError, TypeError):
                break
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            found = one_line(value["id"], 60)
    return found


class _Decoder:
    def __init__(self, name: str, document: Document) -> None:
        self._name = name
        self._document = document
        self.errors: list[ContentError] = []

    def convert(self, value: Value, kind: Any, path: Path) -> Any:
        """`value` as `kind`; None after an error, which is kept."""
        struct = _struct_in(kind)
        if struct is not None and (value is not None or kind is struct):
            return self._struct(value, struct, path)
        item = _struct_item(kind)
        if item is not None and isinstance(value, list):
            return tuple(self.convert(v, item, (*path, i)) for i, v in enumerate(value))
        try:
            return msgspec.convert(_cleaned(value), kind)
        except msgspec.ValidationError as error:
            self._error(_path_of(str(error), path), _said(str(error), value))
            return None

    def _struct(self, value: Value, struct: type[msgspec.Struct], path: Path) -> Any:
        if not isinstance(value, dict):
            self._error(path, f"expected a mapping of fields, found {_shown(value)}")
            return None
        fields = {field.name: field for field in msgspec.structs.fields(struct)}
        for key in value:
            if key not in fields:
                known = ", ".join(fields)
                self._error(
                    (*path, key), f"unknown field {one_line(key, 60)!r}; known: {known}", key=True
                )
        hints = get_type_hints(struct, include_extras=True)
        before = len(self.errors)
        converted = {}
        for name, field in fields.items():
            if name in value:
                converted[name] = self.convert(value[name], hints[name], (*path, name))
            elif field.required:
                self._error(path, f"the field {name!r} is missing; add it")
        if len(self.errors) > before:
            return None
        return struct(**converted)

    def _error(self, path: Path, message: str, *, key: bool = False) -> None:
        place = self._document.key_places[path] if key else self._document.place(path)
        item = item_id(self._document, path)
        self.errors.append(ContentError(self._name, place, message, item))


def _struct_in(kind: Any) -> type[msgspec.Struct] | None:
    """The struct that `kind` is, or is next to None."""
    members = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    structs = [m for m in members if isinstance(m, type) and issubclass(m, msgspec.Struct)]
    return structs[0] if structs else None


def _struct_item(kind: Any) -> type[msgspec.Struct] | None:
    """The struct that `kind` is a tuple of."""
    return _struct_in(get_args(kind)[0]) if get_origin(kind) is tuple else None


def _cleaned(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return value


def _path_of(message: str, path: Path) -> Path:
    """`path` with what msgspec says of the place inside it."""
    inside = re.search(r"at `(?:\$|key in \$)(.*)`$", message)
    steps: Iterator[str] = iter(re.findall(r"\[\d+\]|\.\w+", inside.group(1) if inside else ""))
    return (*path, *(int(s[1:-1]) if s[0] == "[" else s[1:] for s in steps))


_REMEDIES = (
    (r"Expected `str`", "expected text; put it in quotes"),
    (r"Expected `(int \| float|float \| int|str \| int \| float)`", "expected a number"),
    (r"Expected `int`", "expected a whole number"),
    (r"Expected `bool`", "expected true or false"),
    (r"Expected `array`", "expected a list"),
    (r"Expected `object`", "expected a mapping of fields"),
    (r"Invalid enum value", "not one of the values that are known here"),
    (r"matching regex", "an id has lower-case letters, digits, dots and hyphens"),
    (r"Expected `array` of length 2", "expected a list of two"),
    (r"of length >= 1", "must not be empty"),
)


def _said(message: str, value: Value) -> str:
    """msgspec's message in an author's words."""
    core = message.split(" - at `")[0]
    if match := re.search(r"Expected `str` of length <= (\d+)", core):
        size = len(value) if isinstance(value, str) else 0
        return f"too long: {size} characters, at most {match.group(1)}"
    if match := re.search(r"Expected `int` ([<>]=) (\d+)", core):
        return f"must be {match.group(1)} {match.group(2)}, found {_shown(value)}"
    for pattern, remedy in reversed(_REMEDIES):
        if re.search(pattern, core):
            return f"{remedy}; found {_shown(value)}"
    return f"{core[:1].lower()}{core[1:].replace('`', '')}; found {_shown(value)}"


def _shown(value: Value) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    return repr(one_line(value, 60)) if isinstance(value, str) else repr(value)
