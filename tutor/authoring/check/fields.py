"""What the fields of a file must hold that no run is needed for: braces, and units of keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from tutor.course.expression_tree import OVER_TIME
from tutor.course.model import Caption, Demonstration, FirstChoice, Phase
from tutor.course.names import column, measurement
from tutor.course.questions import (
    CalculationQuestion,
    NumericQuestion,
    Part,
    Question,
    Refutation,
    WrongNumber,
)
from tutor.course.yaml_values import Path, Problems
from tutor.grading.units import NO_UNIT, UnitError, WrongDimension, convert, read_unit

#: Texts in which numbers in braces are filled in.
_FILLED: dict[type[msgspec.Struct], tuple[str, ...]] = {
    Question: ("stem", "decides", "explanation"),
    Part: ("asks",),
    WrongNumber: ("says",),
    Refutation: ("says",),
    Demonstration: ("caption",),
    Caption: ("text",),
    FirstChoice: ("reply",),
}
#: The first minute's captions are told by the guide; a `text` elsewhere is not filled.
_SAID = ", ".join(dict.fromkeys(f for own in _FILLED.values() for f in own if f != "text"))


def field_problems(content: msgspec.Struct) -> Problems:
    """What is wrong in the fields of a content file, or of a step or question."""
    for path, text in _texts(content, ()):
        if "{" in text or "}" in text:
            yield path, f"braces are not filled here; they are in {_SAID}"
    questions = content.questions if isinstance(content, Phase) else (content,)
    for i, question in enumerate(questions):
        place: Path = ("questions", i) if isinstance(content, Phase) else ()
        if isinstance(question, NumericQuestion):
            yield from _unit(place, question)
        elif isinstance(question, CalculationQuestion):
            for j, part in enumerate(question.parts):
                yield from _unit((*place, "parts", j), part)


def _texts(content: msgspec.Struct, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in which numbers are not filled in, with its place."""
    filled = next((f for kind, f in _FILLED.items() if isinstance(content, kind)), ())
    for field in content.__struct_fields__:
        value, here = getattr(content, field), (*path, field)
        if isinstance(value, msgspec.Struct):
            yield from _texts(value, here)
        elif field not in filled:
            for i, one in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
                place = here if i is None else (*here, i)
                if isinstance(one, msgspec.Struct):
                    yield from _texts(one, place)
                elif isinstance(one, str):
                    yield place, one


def _unit(path: Path, number: NumericQuestion | Part) -> Problems:
    """A key that is measured in another unit than it is asked for in."""
    measured = _unit_of(number.key)
    if measured is None or measured == number.unit:
        return
    given = measured or "no unit"
    told = f"{number.key} is in {given}"
    try:
        asked = read_unit(number.unit) if number.unit else NO_UNIT
        factor = convert(1.0, read_unit(measured, asked) if measured else NO_UNIT, asked)
    except WrongDimension as error:
        yield (*path, "unit"), f"{told}: {error}; write the unit of the key"
    except UnitError:
        return  # No unit at all is told where the key is marked.
    else:
        if abs(factor - 1.0) > 1e-9:
            message = f"{told}, and is asked for in {number.unit}; write it as {number.key}"
            yield (*path, "unit"), f"{message} * {factor:g}"


def _unit_of(key: str) -> str | None:
    """The unit of a key that is one measured name, or a column at a time; None for others."""
    match ast.parse(key.strip(), mode="eval").body:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            meant = measurement(name)
        case ast.Call(
            func=ast.Name(id=function), args=[ast.Name(id=name) | ast.Attribute(attr=name), *_]
        ) if function in ("at", *OVER_TIME):
            if function.startswith("time_of"):
                return "ms"
            held = column(name)
            return held.unit if held else None
        case ast.Call(func=ast.Name(id=name)):
            meant = measurement(name)
        case _:
            return None
    return None if meant is None else meant.unit
