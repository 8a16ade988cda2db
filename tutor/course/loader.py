"""Opening a course: a folder of content files, read when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from tutor.course.decode import decode, item_id
from tutor.course.errors import ContentError, ContentErrors, Place, nearest
from tutor.course.model import (
    Claim,
    Claims,
    Course,
    Misconception,
    Misconceptions,
    Phase,
    PhaseEntry,
)
from tutor.course.rules import (
    claims_problems,
    course_problems,
    misconceptions_problems,
    phase_problems,
)
from tutor.course.scenario import MeasuredRun, simulate_once
from tutor.course.text import one_line
from tutor.course.yaml_values import LARGEST_FILE_BYTES, Document, Problems, read

S = TypeVar("S", bound=msgspec.Struct)

COURSE_FILE = "course.yaml"
MISCONCEPTIONS_FILE = "misconceptions.yaml"
CLAIMS_FILE = "claims.yaml"
DEFAULT_COURSE = "action-potential"


def default_folder() -> Path:
    """The folder of the course that comes with the program."""
    return Path(__file__).resolve().parents[2] / "content" / DEFAULT_COURSE


def phase_file(phase_id: str) -> str:
    """The file of a phase, from the course's folder."""
    return f"phases/{phase_id}.yaml"


class CourseFolder:
    """A course on disk. Files are read when first asked for, a phase only when it is opened."""

    def __init__(self, folder: Path | None = None) -> None:
        """Name the folder; nothing is read yet."""
        self.folder = folder or default_folder()
        self._phases: dict[str, Phase] = {}

    @cached_property
    def course(self) -> Course:
        """The frame of the course.

        Raises:
            ContentErrors: `course.yaml` is missing or wrong.
        """
        if not self.folder.is_dir():
            message = "there is no such folder; give the folder that holds course.yaml"
            raise ContentErrors([ContentError(str(self.folder), Place(1, 1), message)])
        above = self.folder.resolve().parent
        if not (self.folder / COURSE_FILE).exists() and (above / COURSE_FILE).is_file():
            message = f"it is not here but in the folder above; give that one, {above}"
            raise ContentErrors([ContentError(COURSE_FILE, Place(1, 1), message)])
        return self._load(COURSE_FILE, Course, course_problems)

    @cached_property
    def misconceptions(self) -> dict[str, Misconception]:
        """The bank of misconceptions by id.

        Raises:
            ContentErrors: `misconceptions.yaml` is missing or wrong.
        """
        bank = self._load(MISCONCEPTIONS_FILE, Misconceptions, misconceptions_problems)
        return {misconception.id: misconception for misconception in bank.misconceptions}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the course's sources; none where it has no `claims.yaml`.

        Raises:
            ContentErrors: the file is wrong.
        """
        if not (self.folder / CLAIMS_FILE).exists():
            return ()
        return self._load(CLAIMS_FILE, Claims, claims_problems).claims

    @cached_property
    def entries(self) -> dict[str, PhaseEntry]:
        """The phases of all modules as the course map shows them, by id, in order."""
        return {entry.id: entry for module in self.course.modules for entry in module.phases}

    @property
    def phase_ids(self) -> tuple[str, ...]:
        """The phases of all modules, in order."""
        return tuple(self.entries)

    def phase(self, phase_id: str) -> Phase:
        """The phase `phase_id`.

        Raises:
            ContentErrors: no module names it, or its file is missing or wrong.
        """
        if phase_id not in self._phases:
            name = phase_file(phase_id)
            if phase_id not in self.entries:
                raise ContentErrors([self.unnamed(name)])
            path = self.folder / name
            if not path.exists() and not path.is_symlink():
                raise ContentErrors([self._missing(phase_id)])
            phase = self._load(name, Phase, phase_problems)
            if phase.id != phase_id:
                message = f"the phase's id is {phase.id!r}, but its file is named {phase_id!r}"
                raise ContentErrors([ContentError(name, Place(1, 1), message)])
            self._phases[phase_id] = phase
        return self._phases[phase_id]

    def opened(self, phase_id: str) -> Phase | None:
        """The phase where its file has been read already."""
        return self._phases.get(phase_id)

    def unnamed(self, name: str) -> ContentError:
        """What is wrong with a file of phases that no module names, so that nobody meets it."""
        phase_id, _, ending = name.removeprefix("phases/").rpartition(".")
        if ending != "yaml":
            remedy = f"a phase's file ends in .yaml; rename it to {phase_id}.yaml"
            return ContentError(name, Place(1, 1), remedy)
        lost = [i for i in self.phase_ids if not (self.folder / phase_file(i)).exists()]
        remedy = f"write `- id: {phase_id}`, with a title and an opening, under `phases:` there"
        if near := nearest(phase_id, lost):
            remedy = f"it names {near}, which has no file; let both have one name"
        message = f"no module of {COURSE_FILE} names {phase_id}; {remedy}"
        return ContentError(name, Place(1, 1), one_line(message, 400))

    def _missing(self, phase_id: str) -> ContentError:
        """What is wrong with an entry of `course.yaml` whose phase has no file."""
        path = next(
            ("modules", i, "phases", j, "id")
            for i, module in enumerate(self.course.modules)
            for j, entry in enumerate(module.phases)
            if entry.id == phase_id
        )
        message = f"there is no file {phase_file(phase_id)}; write it, or take the phase out here"
        return ContentError(COURSE_FILE, self.document(COURSE_FILE).place(path), message, phase_id)

    @property
    def spine(self) -> MeasuredRun:
        """The one run that all spike phases look at.

        Raises:
            ContentErrors: `course.yaml` is missing or wrong, or its spine cannot be run.
        """
        try:
            return simulate_once(self.course.spine)
        except ValueError as error:
            place = self.document(COURSE_FILE).place(("spine",))
            message = f"the spine cannot be run: {error}"
            raise ContentErrors([ContentError(COURSE_FILE, place, message)]) from None

    def document(self, name: str) -> Document:
        """The values of the file `name` and their places.

        Raises:
            ContentErrors: the file is missing or no YAML.
        """
        return read(name, _bytes_of(self.folder / name, name))

    def _load(self, name: str, struct: type[S], problems: Callable[[S], Problems]) -> S:
        document = self.document(name)
        content = decode(name, document, struct)
        errors = [
            ContentError(name, document.place(path), message, item_id(document, path))
            for path, message in problems(content)
        ]
        if errors:
            raise ContentErrors(errors)
        return content


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        reason = one_line(error.strerror or str(error))
        raise ContentErrors(
            [ContentError(name, Place(1, 1), f"cannot be read: {reason}")]
        ) from None
