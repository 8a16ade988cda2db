"""What the files of a course say of each other: ids, misconceptions, claims, objectives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tutor.authoring.check.coverage import OFTEN_ENOUGH, coverage_of
from tutor.course.errors import ContentError, meant
from tutor.course.loader import (
    CLAIMS_FILE,
    COURSE_FILE,
    MISCONCEPTIONS_FILE,
    CourseFolder,
    phase_file,
)
from tutor.course.model import Claim, Misconception, Phase
from tutor.course.questions import misconceptions_named
from tutor.course.text import one_line
from tutor.course.yaml_values import Path

#: At most this share of the questions may rest on a source in place of a proof.
MOST_SOURCED = 0.1
#: In a course of so many questions every objective is asked twice; before, it is being written.
GROWN_UP = 40


class Found(NamedTuple):
    """A problem, and the file that has it."""

    file: str
    path: Path
    message: str


class Bank(NamedTuple):
    """The files of a course that could be read; None for a bank that could not."""

    phases: Mapping[str, Phase]
    misconceptions: Mapping[str, Misconception] | None
    claims: tuple[Claim, ...] | None
    all_phases: bool
    """Every phase could be read, so that what stands in none of them stands nowhere."""


def bank_problems(files: CourseFolder, bank: Bank) -> Iterator[Found]:
    """Where the files do not agree."""
    yield from _ids(bank.phases, set(files.course.retired))
    yield from _sourced(bank.phases)
    if bank.misconceptions is not None:
        yield from _unknown_misconceptions(bank.phases, bank.misconceptions)
        yield from _unanswered(bank.phases, bank.misconceptions)
    if not bank.all_phases:
        return
    if bank.misconceptions is not None:
        yield from _unused_misconceptions(bank.phases, bank.misconceptions)
    yield from _seldom_asked(bank.phases)
    if bank.claims is not None:
        yield from _claims(bank.phases, bank.claims)


def _ids(phases: Mapping[str, Phase], retired: set[str]) -> Iterator[Found]:
    """Ids that stand in two files, or that were retired."""
    owner: dict[str, str] = {}
    for phase_id, phase in phases.items():
        name = phase_file(phase_id)
        ids = {
            "objectives": [objective.id for objective in phase.objectives],
            "steps": [step.id for step in phase.steps],
            "questions": [question.id for question in phase.questions],
        }
        for field, names in ids.items():
            for i, item in enumerate(names):
                first = owner.setdefault(item, name)
                if first != name:
                    yield Found(name, (field, i, "id"), f"the id stands in {first} too")
                if item in retired:
                    yield Found(name, (field, i, "id"), "the id was retired; give a new one")


def stray_files(files: CourseFolder) -> Iterator[ContentError]:
    """Files of phases that no module names."""
    known = {phase_file(phase_id) for phase_id in files.phase_ids}
    for path in sorted(files.folder.glob("phases/*")):
        name = path.relative_to(files.folder).as_posix()
        if name not in known and path.suffix in (".yaml", ".yml"):
            yield files.unnamed(one_line(name, 200))


def _sourced(phases: Mapping[str, Phase]) -> Iterator[Found]:
    questions = [question for phase in phases.values() for question in phase.questions]
    sourced = sum(question.sourced is not None for question in questions)
    if sourced > MOST_SOURCED * len(questions):
        message = f"{sourced} of {len(questions)} questions are `sourced`; at most one in ten"
        yield Found(COURSE_FILE, (), message)


def _unknown_misconceptions(
    phases: Mapping[str, Phase], known: Collection[str]
) -> Iterator[Found]:
    for phase_id, phase in phases.items():
        for i, question in enumerate(phase.questions):
            for place, named in misconceptions_named(question):
                if named not in known:
                    path = ("questions", i, *place, "misconception")
                    message = (
                        f"{one_line(named, 60)} does not stand in {MISCONCEPTIONS_FILE}"
                        f"{meant(named, known)}"
                    )
                    yield Found(phase_file(phase_id), path, message)


def _unanswered(
    phases: Mapping[str, Phase], misconceptions: Mapping[str, Misconception]
) -> Iterator[Found]:
    """Options whose misconception neither they nor the bank answer."""
    for phase_id, phase in phases.items():
        for i, question in enumerate(phase.questions):
            for j, option in enumerate(getattr(question, "options", ())):
                own = option.refutation or option.no_run
                known = misconceptions.get(option.misconception)
                if not own and known is not None and known.refutation is None:
                    message = (
                        f"{known.id} has no refutation of its own, so the option needs a "
                        "`refutation`, or `no_run` with the reason why none can"
                    )
                    yield Found(phase_file(phase_id), ("questions", i, "options", j), message)


def _unused_misconceptions(
    phases: Mapping[str, Phase], misconceptions: Mapping[str, Misconception]
) -> Iterator[Found]:
    unused = coverage_of(phases, misconceptions, ()).unused_misconceptions
    for i, name in enumerate(misconceptions):
        if name in unused:
            message = (
                f"no answer to any question shows {name}, and nothing refutes it; name it where "
                "it shows, give it a `refutation`, or take it out"
            )
            yield Found(MISCONCEPTIONS_FILE, ("misconceptions", i), message)


def _seldom_asked(phases: Mapping[str, Phase]) -> Iterator[Found]:
    if sum(len(phase.questions) for phase in phases.values()) < GROWN_UP:
        return
    asked = coverage_of(phases, {}, ()).objectives
    for phase_id, phase in phases.items():
        for i, objective in enumerate(phase.objectives):
            count = asked[objective.id]
            if count < OFTEN_ENOUGH:
                times = {0: "by no question", 1: "by one question"}[count]
                message = (
                    f"asked {times}; in a course of {GROWN_UP} questions or more each objective "
                    "is asked twice"
                )
                yield Found(phase_file(phase_id), ("objectives", i), message)


def _claims(phases: Mapping[str, Phase], claims: tuple[Claim, ...]) -> Iterator[Found]:
    steps = {step.id for phase in phases.values() for step in phase.steps}
    questions = {question.id for phase in phases.values() for question in phase.questions}
    for i, claim in enumerate(claims):
        path: Path = ("claims", i)
        for field, known, what in (("taught", steps, "step"), ("asked", questions, "question")):
            names: tuple[str, ...] = getattr(claim, field)
            for j, name in enumerate(names):
                if name not in known:
                    message = f"there is no {what} {name!r}{meant(name, sorted(known))}"
                    yield Found(CLAIMS_FILE, (*path, field, j), message)
            if not names:
                message = f"{claim.id} is {field} nowhere; name a {what} that does it"
                yield Found(CLAIMS_FILE, (*path, field), message)
        if claim.shown not in steps | questions:
            near = meant(claim.shown, sorted(steps | questions))
            message = f"there is no step or question {claim.shown!r}{near}"
            yield Found(CLAIMS_FILE, (*path, "shown"), message)
