"""Set-ups of the lab as files, by name: the notation of a scenario in a content file."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import yaml

from tutor.course.decode import decode
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.scenario_fields import Scenario
from tutor.course.scenario_rules import scenario_problems
from tutor.course.text import one_line
from tutor.course.yaml_values import LARGEST_FILE_BYTES, read
from tutor.journal.store import default_path
from tutor.words import common
from tutor.words import lab as words

ENDING = ".yaml"
_NAME = re.compile(r"[a-z0-9][a-z0-9 _-]{0,39}")
#: Windows keeps these for its devices, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])")


class SetUps:
    """The set-ups that were saved, in one folder. What fails says so in a sentence."""

    def __init__(self, folder: Path | None = None) -> None:
        """Look into `folder`, or else into that of the learner."""
        self.folder = folder or default_path().with_name("lab")

    @property
    def names(self) -> tuple[str, ...]:
        """What can be loaded, in the order of the alphabet."""
        if not self.folder.is_dir():
            return ()
        found = [p.stem for p in self.folder.glob(f"*{ENDING}") if p.is_file()]
        return tuple(sorted(name for name in found if _NAME.fullmatch(name)))

    def path(self, name: str) -> Path:
        """The file of a set-up.

        Raises:
            ValueError: it cannot have this name.
        """
        name = " ".join(name.casefold().split())
        if not _NAME.fullmatch(name) or _DEVICES.fullmatch(name):
            raise ValueError(words.WRONG_NAME.format(name=one_line(name, 50)))
        return self.folder / f"{name}{ENDING}"

    def has(self, name: str) -> bool:
        """Whether there is a set-up of this name.

        Raises:
            ValueError: there cannot be one.
        """
        return self.path(name).exists()

    def save(self, name: str, scenario: Scenario) -> Path:
        """Write a set-up, over an older one of the same name; gives its file.

        Raises:
            ValueError: it cannot have this name, or the file cannot be written.
        """
        path = self.path(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(_refused(words.CANNOT_MAKE_FOLDER, self.folder, error)) from None
        write_whole(path, f"{words.FILE_HEAD}\n{as_yaml(scenario)}".encode())
        return path

    def load(self, name: str) -> Scenario:
        """Read a set-up.

        Raises:
            ValueError: there is none of this name, it cannot be read, or it is wrong; the message
                names file, line and column.
        """
        path = self.path(name)
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE_BYTES + 1)
        except FileNotFoundError:
            known = ", ".join(self.names) or words.NONE_SAVED
            missing = words.NO_SET_UP_BUT.format(name=path.stem, names=known)
            raise ValueError(missing) from None
        except OSError as error:
            raise ValueError(_refused(words.CANNOT_READ, path, error)) from None
        try:
            document = read(str(path), data)
            scenario = decode(str(path), document, Scenario)
            for place, message in scenario_problems((), scenario):
                wrong = ContentError(str(path), document.place(place), message)
                raise ContentErrors([wrong])
        except ContentErrors as errors:
            raise ValueError(str(errors.errors[0])) from None
        return scenario

    def delete(self, name: str) -> None:
        """Delete a set-up.

        Raises:
            ValueError: there is none of this name, or it cannot be deleted.
        """
        path = self.path(name)
        try:
            path.unlink()
        except FileNotFoundError:
            raise ValueError(common.NO_SET_UP.format(name=path.stem)) from None
        except OSError as error:
            raise ValueError(_refused(words.CANNOT_DELETE, path, error)) from None


def as_yaml(scenario: Scenario) -> str:
    """A scenario as content files write it; what is as usual is left out."""
    return str(yaml.safe_dump(_plain(scenario), sort_keys=False, allow_unicode=True))


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        config = value.__struct_config__
        found = {} if config.tag_field is None else {config.tag_field: config.tag}
        for field in msgspec.structs.fields(value):
            own = getattr(value, field.name)
            # Where its stimulus is, or when it begins, is what one looks for in a set-up.
            if own not in (field.default, {}) or field.name == "start_ms":
                found[field.name] = _plain(own)
        return found
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what was there before stays where it fails.

    Raises:
        ValueError: it cannot be written; the message says why.
    """
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise ValueError(_refused(words.CANNOT_WRITE, path, error)) from None


def _refused(said: str, path: Path, error: OSError) -> str:
    return said.format(path=one_line(str(path), 300), why=error.strerror or error)
