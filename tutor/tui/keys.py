"""The keys of all screens by their ids, and the file in which a learner changes them."""

from __future__ import annotations

import inspect
import pkgutil
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, Keys, _normalize_key_list, key_to_character

import tutor.tui
from tutor.course.errors import nearest
from tutor.course.text import one_line
from tutor.tui.widgets.key_bar import key_name
from tutor.words import keys as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

#: Keys of this group work on every screen.
EVERYWHERE = "app"


class KeyLine(msgspec.Struct, frozen=True):
    """What a binding's id stands for.

    Attributes:
        id: Such as `lesson.hint`; what stands before the dot is the group.
        keys: As Textual calls them, parted by commas.
        meaning: What they do, in a few words.
    """

    id: str
    keys: str
    meaning: str

    @property
    def group(self) -> str:
        """The screen or widget that the keys belong to."""
        return self.id.partition(".")[0]

    def shown(self, taken: Mapping[str, str] | None = None) -> str:
        """The keys as a reader knows them, those that the learner has `taken` in their place."""
        keys = (taken or {}).get(self.id, self.keys)
        return ", ".join(key_name(key) for key in keys.split(","))


def key_lines(node: type[DOMNode]) -> Iterator[KeyLine]:
    """The keys with an id of a class of screens or widgets, and of those it inherits them from."""
    for owner in node.__mro__:
        for binding in owner.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id and binding.tooltip:
                yield KeyLine(binding.id, _normalize_key_list(binding.key), binding.tooltip)
        if not owner.__dict__.get("_inherit_bindings", True):
            return


def nodes() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the app, and the app itself."""
    for module in pkgutil.walk_packages(tutor.tui.__path__, f"{tutor.tui.__name__}."):
        for _, node in inspect.getmembers(import_module(module.name), inspect.isclass):
            if node.__module__ == module.name and issubclass(node, DOMNode):
                yield node


def known_keys() -> dict[str, KeyLine]:
    """The keys of the whole app by id, as they are before anyone changes them."""
    found = {line.id: line for node in nodes() for line in key_lines(node)}
    return dict(sorted(found.items(), key=lambda item: (item[1].group != EVERYWHERE, item[0])))


def read_keys(file: Path) -> tuple[dict[str, str], list[str]]:
    """The keys that `file` gives to ids, and a sentence for each that cannot be taken."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        return {}, [words.UNREADABLE.format(file=file, error=error.strerror or error)]
    except ValueError as error:  # no UTF-8, or no TOML
        return {}, [words.NO_TOML.format(file=file, error=one_line(str(error), 120))]
    known = known_keys()
    taken: dict[str, str] = {}
    problems = []
    for name, value in _named(content):
        problem = _refusal(name, value, known)
        if problem:
            problems.append(words.PROBLEM.format(file=file.name, problem=problem))
        else:
            taken[name] = _normalize_key_list(str(value))
    for name, problem in [*_clashes(taken, known)]:
        problems.append(words.PROBLEM.format(file=file.name, problem=problem))
        taken.pop(name, None)
    return {**_neighbours(taken, known), **taken}, problems


def take_keys(app: TutorApp, file: Path) -> None:
    """Let the learner's own keys take the place of ours in the app, as far as they can."""
    app.own_keys, problems = read_keys(file)
    app.set_keymap(app.own_keys)
    if problems:
        app.complain("\n".join(problems))


def _neighbours(taken: Mapping[str, str], known: Mapping[str, KeyLine]) -> dict[str, str]:
    """The keys of ids that share one with an id whose keys are taken: Textual would drop them."""
    dropped = {(known[name].group, key) for name in taken for key in known[name].keys.split(",")}
    return {
        line.id: line.keys
        for line in known.values()
        if any((line.group, key) in dropped for key in line.keys.split(","))
    }


def _named(content: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Ids with their values, however the file groups them."""
    for name, value in content.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{rest}", found) for rest, found in _named(value))
        else:
            yield name, value


def _refusal(name: str, value: object, known: Mapping[str, KeyLine]) -> str:
    """Why a line of the file cannot be taken; empty where it can."""
    if name not in known:
        near = nearest(name, list(known))
        said = words.UNKNOWN_BUT_NEAR if near else words.UNKNOWN
        return said.format(name=one_line(name, 60), near=near)
    if not isinstance(value, str) or not value.strip():
        return words.NO_TEXT.format(name=name, keys=known[name].keys)
    wrong = [key for key in _normalize_key_list(value).split(",") if not _is_key(key)]
    if wrong:
        return words.NO_KEY.format(name=name, key=one_line(wrong[0], 40))
    return ""


def _is_key(key: str) -> bool:
    """True for what a terminal can send, as far as that is known."""
    *modifiers, last = key.split("+")
    named = {str(known.value) for known in Keys} | {"space", *REPLACED_KEYS}
    known = len(last) == 1 or last in named or key_to_character(last) is not None
    return known and set(modifiers) <= {"ctrl", "shift", "alt", "super"}


def _clashes(taken: Mapping[str, str], known: Mapping[str, KeyLine]) -> Iterator[tuple[str, str]]:
    """Ids whose new keys another one of their screen has, and a sentence each."""
    keys = {name: set(taken.get(name, line.keys).split(",")) for name, line in known.items()}
    for name in taken:
        own = known[name]
        for other, line in known.items():
            meets = line.group == own.group or EVERYWHERE in (line.group, own.group)
            shared = keys[name] & keys[other] - set(own.keys.split(","))
            if other != name and meets and shared:
                key = key_name(min(shared))
                yield name, words.CLASH.format(name=name, other=other, key=key)
                break


def written(known: Mapping[str, KeyLine]) -> str:
    """A file that names every id with its keys, each behind a comment sign."""
    lines = [*words.FILE_HEAD]
    group = ""
    for line in known.values():
        if line.group != group:
            group = line.group
            lines.append("")
        lines += [f"# {line.meaning}", f'# {line.id} = "{line.keys}"']
    return "\n".join(lines) + "\n"
