"""Checking a whole course: every file, what they say of each other, and every key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from tutor.authoring.check.proofs import phase_proof_problems, spine_problems
from tutor.course.decode import item_id
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.loader import (
    COURSE_FILE,
    MISCONCEPTIONS_FILE,
    CourseFolder,
    phase_file,
)
from tutor.course.model import Phase
from tutor.course.questions import misconceptions_named
from tutor.course.yaml_values import Document, Problem, Problems

#: At most this share of the questions may rest on a source in place of a proof.
MOST_SOURCED = 0.1


@dataclass(frozen=True)
class CheckReport:
    """What was checked, and every error found."""

    phases: int
    questions: int
    errors: tuple[ContentError, ...]


def check_course(folder: FilePath | None = None) -> CheckReport:
    """Check the course in `folder`, or the one that comes with the program.

    Loads every file, looks for ids that repeat or come back, unknown misconceptions and
    files that no module names, and runs every scenario: the proof of each key over the whole
    range of its knobs, each refutation, and each number that a sentence states.
    """
    files = CourseFolder(folder)
    errors: list[ContentError] = []
    phases: dict[str, Phase] = {}
    try:
        misconceptions = set(files.misconceptions)
    except ContentErrors as error:
        errors += error.errors
        misconceptions = None
    try:
        phase_ids = files.phase_ids
    except ContentErrors as error:
        return CheckReport(0, 0, (*error.errors, *errors))
    for phase_id in phase_ids:
        try:
            phases[phase_id] = files.phase(phase_id)
        except ContentErrors as error:
            errors += error.errors

    try:
        errors += _placed(files, COURSE_FILE, spine_problems(files))
        for phase_id, phase in phases.items():
            errors += _placed(
                files, phase_file(phase_id), _phase_problems(files, phase, misconceptions)
            )
    except ContentErrors as error:  # There is no spine, so nothing can be proved.
        errors += error.errors
    errors += _id_errors(files, phases)
    errors += _stray_files(files)
    questions = [question for phase in phases.values() for question in phase.questions]
    sourced = sum(question.sourced is not None for question in questions)
    if sourced > MOST_SOURCED * len(questions):
        problem = f"{sourced} of {len(questions)} questions are `sourced`; at most one in ten"
        errors += _placed(files, COURSE_FILE, iter([((), problem)]))
    return CheckReport(len(phases), len(questions), tuple(errors))


def _phase_problems(
    files: CourseFolder, phase: Phase, misconceptions: set[str] | None
) -> Problems:
    if misconceptions is not None:
        for i, question in enumerate(phase.questions):
            for place, named in misconceptions_named(question):
                if named not in misconceptions:
                    path = ("questions", i, *place, "misconception")
                    yield path, f"{named} does not stand in {MISCONCEPTIONS_FILE}"
    yield from phase_proof_problems(phase, files.spine)


def _id_errors(files: CourseFolder, phases: dict[str, Phase]) -> Iterator[ContentError]:
    """Ids that stand in two files, or that were retired."""
    owner: dict[str, str] = {}
    retired = set(files.course.retired)
    for phase_id, phase in phases.items():
        name = phase_file(phase_id)
        problems: list[Problem] = []
        ids = {
            "objectives": [objective.id for objective in phase.objectives],
            "steps": [step.id for step in phase.steps],
            "questions": [question.id for question in phase.questions],
        }
        for field, names in ids.items():
            for i, item in enumerate(names):
                first = owner.setdefault(item, name)
                if first != name:
                    problems.append(((field, i, "id"), f"the id stands in {first} too"))
                if item in retired:
                    problems.append(((field, i, "id"), "the id was retired; give a new one"))
        yield from _placed(files, name, iter(problems))


def _stray_files(files: CourseFolder) -> Iterator[ContentError]:
    known = {phase_file(phase_id) for phase_id in files.phase_ids}
    for path in sorted(files.folder.glob("phases/*")):
        name = path.relative_to(files.folder).as_posix()
        if name not in known and path.suffix in (".yaml", ".yml"):
            yield from _placed(
                files, COURSE_FILE, iter([(("modules",), f"no module names the phase of {name}")])
            )


def _placed(files: CourseFolder, name: str, problems: Problems) -> list[ContentError]:
    """The problems with their places in the file `name`, which has been read before."""
    found = list(problems)
    if not found:
        return []
    document: Document = files.document(name)
    return [
        ContentError(name, document.place(path), message, item_id(document, path))
        for path, message in found
    ]
