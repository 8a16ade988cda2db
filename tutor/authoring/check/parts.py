"""The parts of a course that runs must bear out, each checked by itself."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from tutor.authoring.check.proofs import (
    course_problems,
    demonstration_problems,
    misconception_problems,
    question_problems,
)
from tutor.course.loader import COURSE_FILE, MISCONCEPTIONS_FILE, phase_file
from tutor.course.model import Course, Demonstration, Misconception, Phase
from tutor.course.questions import ChoiceQuestion, Question, misconceptions_named
from tutor.course.scenario import simulate_once
from tutor.course.scenario_fields import Scenario
from tutor.course.yaml_values import Path, Problem


class Part(NamedTuple):
    """A part of a content file, with all that its check depends on."""

    file: str
    path: Path
    """Where it stands in the file."""
    content: Course | Demonstration | Question | Misconception
    spine: Scenario
    asked: tuple[Scenario, ...] = ()
    """Of a misconception: the runs of the questions whose answers bring it up."""

    @property
    def encoded(self) -> bytes:
        """All that the outcome depends on; where it stands does not matter."""
        kind = type(self.content).__name__
        return msgspec.json.encode([kind, self.content, self.spine, self.asked])


def parts_of(
    course: Course,
    phases: Mapping[str, Phase],
    misconceptions: Mapping[str, Misconception],
) -> Iterator[Part]:
    """The parts in the order of the files."""
    spine = course.spine
    yield Part(COURSE_FILE, (), course, spine)
    asked = _asked(phases)
    for i, misconception in enumerate(misconceptions.values()):
        if misconception.refutation is not None:
            scenarios = asked.get(misconception.id, ())
            path = ("misconceptions", i)
            yield Part(MISCONCEPTIONS_FILE, path, misconception, spine, tuple(scenarios))
    for phase_id, phase in phases.items():
        name = phase_file(phase_id)
        for i, step in enumerate(phase.steps):
            yield Part(name, ("steps", i, "demonstration"), step.demonstration, spine)
        for i, question in enumerate(phase.questions):
            yield Part(name, ("questions", i), question, spine)


def _asked(phases: Mapping[str, Phase]) -> dict[str, list[Scenario]]:
    """The runs of the questions that come to a misconception's own refutation."""
    found: dict[str, list[Scenario]] = {}
    for phase in phases.values():
        for question in phase.questions:
            own: set[str | None] = set()
            if isinstance(question, ChoiceQuestion):
                options = question.options
                own = {o.misconception for o in options if o.refutation or o.no_run}
            for named in {name for _, name in misconceptions_named(question)} - own:
                found.setdefault(named, []).append(question.scenario)
    return found


def check_part(part: Part) -> tuple[list[Problem], bool]:
    """What the part's runs do not bear out; places begin where the part stands.

    False where the check itself failed, so that nothing is known of the part.
    """
    try:
        return [*_problems(part)], True
    except Exception as fault:
        # One part must not hide what is wrong in the others, whatever it makes the runs do.
        *_, last = traceback.extract_tb(fault.__traceback__)
        where = f"{last.name}, line {last.lineno}"
        told = f"a fault in the check itself ({type(fault).__name__}: {fault}; {where})"
        return [((), f"{told}; please report it")], False


def _problems(part: Part) -> Iterator[Problem]:
    spine = simulate_once(part.spine)
    match part.content:
        case Course() as course:
            yield from course_problems(course, spine)
        case Demonstration() as shown:
            yield from demonstration_problems(shown, spine)
        case Question() as question:
            yield from question_problems(question, spine)
        case Misconception(refutation=told):
            assert told is not None
            yield from misconception_problems(told, part.asked, spine)
