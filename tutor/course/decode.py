"""From YAML values to structs, with all errors of a file and not only the first."""

from __future__ import annotations

import re
import types
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from tutor.course.errors import ContentError, ContentErrors, meant, nearest
from tutor.course.text import clean, one_line
from tutor.course.yaml_values import Document, Path, Value

S = TypeVar("S", bound=msgspec.Struct)
_Structs = tuple[type[msgspec.Struct], ...]


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
    """The id of the innermost question, step or other item round `path` that has one."""
    value: Any = document.value
    found = ""
    for step in (None, *path):
        if step == "options":
            break  # An option's id says nothing outside its question.
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
        structs, optional = _structs_in(kind)
        if structs and not (optional and value is None):
            return self._struct(value, structs, path)
        if isinstance(value, list) and get_origin(kind) is tuple:
            kinds = _item_kinds(kind, len(value))
            if len(kinds) == len(value):
                items = enumerate(zip(value, kinds, strict=True))
                return tuple(self.convert(v, k, (*path, i)) for i, (v, k) in items)
        if isinstance(value, dict) and get_origin(kind) is dict:
            item = get_args(kind)[1]
            return {clean(k): self.convert(v, item, (*path, k)) for k, v in value.items()}
        try:
            return msgspec.convert(clean(value) if isinstance(value, str) else value, kind)
        except msgspec.ValidationError as error:
            self._error(path, _said(str(error), value, kind))
            return None

    def _struct(self, value: Value, structs: _Structs, path: Path) -> Any:
        if not isinstance(value, dict):
            self._error(path, f"expected a mapping of fields, found {_shown(value)}")
            return None
        struct = self._tagged(value, structs, path)
        if struct is None:
            return None
        fields, hints = _fields_of(struct)
        tag_field = struct.__struct_config__.tag_field
        before = len(self.errors)
        misspelt = set()
        for key in value:
            if key not in fields and key != tag_field:
                known = [name for name in (tag_field, *fields) if name]
                misspelt.add(nearest(key, known))
                message = f"unknown field {one_line(key, 60)!r}{meant(key, known)}"
                self._error((*path, key), message, key=True)
        converted = {}
        for name, field in fields.items():
            if name in value:
                converted[name] = self.convert(value[name], hints[name], (*path, name))
            elif field.required and name not in misspelt:
                self._error(path, f"the field {name!r} is missing; add it")
        if len(self.errors) > before:
            return None
        return struct(**converted)

    def _tagged(
        self, value: dict[str, Value], structs: _Structs, path: Path
    ) -> type[msgspec.Struct] | None:
        """The one of `structs` that the value's tag names."""
        tag_field = structs[0].__struct_config__.tag_field
        if tag_field is None:
            return structs[0]
        by_tag = {struct.__struct_config__.tag: struct for struct in structs}
        if tag_field not in value:
            known = ", ".join(map(str, by_tag))
            self._error(path, f"the field {tag_field!r} is missing; add it: one of {known}")
            return None
        tag = value[tag_field]
        if not isinstance(tag, str) or tag not in by_tag:
            self._error((*path, tag_field), _none_of(tag, [*map(str, by_tag)]))
            return None
        return by_tag[tag]

    def _error(self, path: Path, message: str, *, key: bool = False) -> None:
        place = self._document.key_places[path] if key else self._document.place(path)
        item = item_id(self._document, path)
        self.errors.append(ContentError(self._name, place, message, item))


# Working the annotations out anew for each struct would take most of the time of loading.
@cache
def _fields_of(
    struct: type[msgspec.Struct],
) -> tuple[dict[str, msgspec.structs.FieldInfo], dict[str, Any]]:
    """The fields of `struct` and what each holds, by name."""
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    return fields, get_type_hints(struct, include_extras=True)


@cache
def _structs_in(kind: Any) -> tuple[_Structs, bool]:
    """The structs that `kind` may be, told apart by their tags; and whether it may be None."""
    members = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    structs = [m for m in members if isinstance(m, type) and issubclass(m, msgspec.Struct)]
    return tuple(structs), types.NoneType in members


def _item_kinds(kind: Any, count: int) -> tuple[Any, ...]:
    """What each of `count` items of the tuple `kind` is; fewer or more where it has its own."""
    kinds = get_args(kind)
    return (kinds[0],) * count if kinds[-1] is Ellipsis else kinds


def _choices(kind: Any) -> list[str]:
    """The words that `kind` knows, and "a number" where it may be one."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)]
    if kind in (int, float):
        return ["a number"]
    if get_origin(kind) not in (Union, types.UnionType):
        return []
    return list(dict.fromkeys(word for member in get_args(kind) for word in _choices(member)))


_REMEDIES = (
    (r"Expected `str( \| null)?`", "expected text"),
    (r"Expected `(int \| float|float \| int)( \| null)?`", "expected a number"),
    (r"Expected `int( \| null)?`", "expected a whole number"),
    (r"Expected `bool`", "expected true or false"),
    (r"Expected `array`", "expected a list"),
    (r"Expected `object`", "expected a mapping of fields"),
    (r"matching regex", "an id has lower-case letters, digits, dots and hyphens"),
    (r"matching regex '\^M", "an id of a misconception is M and a number"),
    (r"Expected `array` of length 2", "expected a list of two"),
    (r"of length >= 1", "must not be empty"),
)


#: A number with something after it that is no part of it.
_AMOUNT = re.compile(r"[-+]?(?!0x)\d+(?:\.\d+)?\s*[a-zA-Zµ°%][^:]*")


def _none_of(value: Value, choices: list[str]) -> str:
    near = nearest(value, choices) if isinstance(value, str) else None
    if near:
        return f"found {_shown(value)}; did you mean {near}?"
    return f"expected one of {', '.join(choices)}; found {_shown(value)}"


def _said(core: str, value: Value, kind: Any) -> str:
    """msgspec's message in an author's words."""
    choices = _choices(kind)
    is_number = "a number" in choices or re.search(r"Expected `(int|float)", core)
    if is_number and isinstance(value, str) and _AMOUNT.fullmatch(value):
        return f"write the number alone, without a unit; found {_shown(value)}"
    if len(choices) > 1:
        return _none_of(value, choices)
    if match := re.search(r"Expected `str` of length <= (\d+)", core):
        size = len(value) if isinstance(value, str) else 0
        return f"too long: {size} characters, at most {match.group(1)}"
    if match := re.search(r"Expected `int` ([<>]=) (\d+)", core):
        return f"must be {match.group(1)} {match.group(2)}, found {_shown(value)}"
    for pattern, remedy in reversed(_REMEDIES):
        if re.search(pattern, core):
            if remedy == "expected text" and isinstance(value, int | float):
                remedy += "; put it in quotes"
            elif remedy == "expected text" and isinstance(value, dict | list):
                remedy += "; put text that begins with { or [ in quotes"
            return f"{remedy}; found {_shown(value)}"
    return f"{core[:1].lower()}{core[1:].replace('`', '')}; found {_shown(value)}"


def _shown(value: Value) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(one_line(value, 60)) if isinstance(value, str) else repr(value)
