"""Blueprints of exams: how many questions, of which parts of the course, in how many minutes.

A blueprint is a YAML file. Those of a course stand in its folder `exams`; a learner may give the
path of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from tutor.course.decode import decode
from tutor.course.errors import ContentError, ContentErrors, meant
from tutor.course.fields import Content, Id, Line
from tutor.course.loader import CourseFolder
from tutor.course.questions import Board, Track
from tutor.course.text import one_line
from tutor.course.yaml_values import Path as Place
from tutor.course.yaml_values import Problems
from tutor.words import exam as words

FOLDER = "exams"
MOST_MINUTES, MOST_QUESTIONS, MOST_MARKS = 600, 200, 500

Kind = Literal[
    "single",
    "multi",
    "ordering",
    "matching",
    "numeric",
    "calculation",
    "text",
    "point",
    "interval",
    "experiment",
]


class Section(Content, frozen=True, kw_only=True):
    """A part of a paper; what is left empty takes all."""

    title: Line
    modules: tuple[Id, ...] = ()
    phases: tuple[Id, ...] = ()
    """With modules: questions of either."""
    objectives: tuple[Id, ...] = ()
    kinds: tuple[Kind, ...] = ()
    difficulty: tuple[Literal[1, 2, 3], ...] = ()
    track: Track | None = None
    """A leaves medical extensions out, M takes them alone."""
    questions: Annotated[int, Meta(ge=1, le=MOST_QUESTIONS)] | None = None
    """How many there are."""
    marks: Annotated[int, Meta(ge=1, le=MOST_MARKS)] | None = None
    """What they add up to, to the mark."""


class Blueprint(Content, frozen=True, kw_only=True):
    """An exam as it stands in its file."""

    title: Line
    says: Line
    """What the paper is like, in a sentence."""
    minutes: Annotated[int, Meta(ge=1, le=MOST_MINUTES)]
    board: Board | None = None
    """Whose candidates sit it: what is asked of other boards' candidates alone is left out."""
    sections: tuple[Section, ...]


def ready_made(files: CourseFolder) -> dict[str, Blueprint]:
    """The blueprints of the course, by their names.

    Raises:
        ContentErrors: one of them is wrong.
    """
    return {name: load_blueprint(files, file_of(files, name)) for name in names(files)}


def names(files: CourseFolder) -> tuple[str, ...]:
    """The names of the blueprints of the course."""
    return tuple(sorted(path.stem for path in files.folder.glob(f"{FOLDER}/*.yaml")))


def file_of(files: CourseFolder, wanted: str) -> str:
    """The file that `wanted` names: a blueprint of the course, or the path of another.

    Raises:
        ValueError: there is no such blueprint, and it is no path.
    """
    known = names(files)
    if wanted in known:
        return f"{FOLDER}/{wanted}.yaml"
    path = Path(wanted)
    if path.suffix.lower() in (".yaml", ".yml") or path.is_file():
        return str(path.absolute())
    raise ValueError(words.UNKNOWN.format(name=one_line(wanted, 60), known=meant(wanted, known)))


def load_blueprint(files: CourseFolder, name: str) -> Blueprint:
    """Read a blueprint.

    Args:
        files: The course that it is for.
        name: Its file, from the folder of the course, or absolute.

    Raises:
        ContentErrors: it is missing or wrong, or a phase of the course is.
    """
    document = files.document(name)
    blueprint = decode(name, document, Blueprint)
    errors = [
        ContentError(name, document.place(place), message)
        for place, message in blueprint_problems(blueprint, files)
    ]
    if errors:
        raise ContentErrors(errors)
    return blueprint


def blueprint_problems(blueprint: Blueprint, files: CourseFolder) -> Problems:
    """What is wrong in a blueprint, beyond the types of its fields."""
    if not blueprint.sections:
        yield ("sections",), words.NO_SECTION
    modules = [module.id for module in files.course.modules]
    for i, section in enumerate(blueprint.sections):
        here: Place = ("sections", i)
        if section.questions is None and section.marks is None:
            yield here, words.NO_AMOUNT
        yield from _unknown((*here, "modules"), section.modules, modules)
        yield from _unknown((*here, "phases"), section.phases, files.phase_ids)
        if section.objectives:
            known = [one.id for name in files.phase_ids for one in files.phase(name).objectives]
            yield from _unknown((*here, "objectives"), section.objectives, known)


def _unknown(place: Place, ids: tuple[str, ...], known: Collection[str]) -> Problems:
    what = str(place[-1])[:-1]
    for i, one in enumerate(ids):
        if one not in known:
            message = words.UNKNOWN_PART.format(what=what, name=one, known=meant(one, known))
            yield (*place, i), message
