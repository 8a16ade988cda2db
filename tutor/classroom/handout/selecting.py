"""Which questions an assignment has, and how much of their course goes with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from tutor.classroom.excerpt import Excerpt
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.loader import CourseFolder
from tutor.course.model import Module, Phase
from tutor.session.bank import Bank, Banked
from tutor.session.exam.drawing import question_seed


def drawn_by_objective(questions: Sequence[Banked], count: int, seed: int) -> tuple[Banked, ...]:
    """At least `count` of the questions for each of their objectives, or all that there are.

    A question counts for each of its objectives. The same seed always draws the same ones.
    """
    order = sorted(questions, key=lambda banked: question_seed(seed, banked.id))
    taken: set[str] = set()
    objectives = dict.fromkeys(aim for one in questions for aim in one.question.objectives)
    for objective in objectives:
        fitting = [one.id for one in order if objective in one.question.objectives]
        has = len(taken.intersection(fitting))
        taken.update([one for one in fitting if one not in taken][: max(0, count - has)])
    return tuple(banked for banked in questions if banked.id in taken)


def phases_of(
    files: CourseFolder, places: Collection[str], questions: Collection[str]
) -> frozenset[str]:
    """The phases that the questions of these modules and phases are from, and these questions.

    A phase that cannot be read is no problem where nothing of it is asked for.

    Raises:
        ContentErrors: a file that is needed is wrong, or may be: a question is found nowhere else.
    """
    found = {
        entry.id
        for module in files.course.modules
        for entry in module.phases
        if module.id in places or entry.id in places
    }
    left = set(questions)
    problems: list[ContentError] = []
    for phase_id in files.phase_ids:
        if not left:
            break
        try:
            ids = {question.id for question in files.phase(phase_id).questions}
        except ContentErrors as error:
            problems += error.errors
            continue
        if left & ids:
            found.add(phase_id)
            left -= ids
    if left and problems:
        raise ContentErrors(problems)
    return frozenset(found)


def excerpt_of(files: CourseFolder, chosen: Sequence[Banked]) -> Excerpt:
    """The questions with all that a session needs of their course.

    Raises:
        ContentErrors: a file of the course is wrong.
    """
    ids = {banked.id for banked in chosen}
    kept = {banked.phase for banked in chosen}
    modules = [
        Module(
            id=module.id,
            title=module.title,
            phases=tuple(
                replace(entry, needs=tuple(one for one in entry.needs if one in kept))
                for entry in module.phases
                if entry.id in kept
            ),
        )
        for module in files.course.modules
    ]
    shown = {name for banked in chosen for name in banked.misconceptions}
    return Excerpt(
        course=replace(
            files.course, modules=tuple(one for one in modules if one.phases), retired=()
        ),
        phases=tuple(
            _with_questions(files.phase(one), ids) for one in files.phase_ids if one in kept
        ),
        misconceptions=tuple(one for one in files.misconceptions.values() if one.id in shown),
        ids=tuple(banked.id for banked in chosen),
        marks={banked.id: banked.marks for banked in chosen},
    )


def _with_questions(phase: Phase, ids: Collection[str]) -> Phase:
    """A phase with these of its questions; every step stays, so that its number does."""
    return replace(
        phase,
        questions=tuple(one for one in phase.questions if one.id in ids),
        steps=tuple(
            replace(step, asks=tuple(one for one in step.asks if one in ids))
            for step in phase.steps
        ),
    )


def also_in(files: CourseFolder, chosen: Sequence[Banked]) -> int:
    """How many of the questions stand in a course as well, by their ids or by their stems.

    Raises:
        ContentErrors: a file of that course is wrong.
    """
    there = Bank(files)
    stems = {_plain(one) for one in there}
    return sum(one.id in there.by_id or _plain(one) in stems for one in chosen)


def _plain(banked: Banked) -> str:
    """A stem without what an editor changes without meaning to."""
    return " ".join(banked.question.stem.casefold().split())
