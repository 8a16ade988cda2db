"""A picture of where a learner stands.

These structs are also what `tutor progress --json` prints: their names stay, and what is added
later gets a name of its own. Shares and chances are from 0 to 1, dates are year-month-day, times
are in UTC or have their zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec

from tutor.course.loader import CourseFolder
from tutor.course.model import Module
from tutor.grading.confidence import Calibration, Certainty, Reading
from tutor.journal.forecast import Outlook
from tutor.journal.known import Activity
from tutor.journal.store import Journal
from tutor.session.bank import Banked
from tutor.session.calibration import calibration_from
from tutor.session.profile import load_profile
from tutor.session.progress.advice import NextStep, next_step
from tutor.session.progress.facts import (
    WEEKS,
    ExamSat,
    Facts,
    Material,
    facts_of,
    first_day,
    material_of,
)
from tutor.session.progress.ideas import Idea, ideas_of
from tutor.session.progress.mastery import Mastery, mastery_of
from tutor.session.progress.outlook import Forecast, mean, outlooks

#: To be raised when a name of the JSON document changes its meaning or goes.
FORMAT = 1


class ObjectiveView(msgspec.Struct, frozen=True):
    """An objective.

    Attributes:
        id: Its id.
        text: What it says.
        mastery: How well it is known now.
        recall: The chance that one of its questions is right on the forecast's day, if what is
            due is reviewed.
        unreviewed: The same if nothing more is reviewed.
    """

    id: str
    text: str
    mastery: Mastery
    recall: float
    unreviewed: float


class PhaseView(msgspec.Struct, frozen=True):
    """A phase, as an objective; `mastered` counts its objectives that are."""

    id: str
    title: str
    mastery: Mastery
    recall: float
    unreviewed: float
    mastered: int
    objectives: tuple[ObjectiveView, ...]


class ModuleView(msgspec.Struct, frozen=True):
    """A module and its phases."""

    id: str
    title: str
    phases: tuple[PhaseView, ...]


class Sure(msgspec.Struct, frozen=True):
    """The answers given with one certainty.

    Attributes:
        certainty: 1 a guess, 2 fairly sure, 3 certain.
        answers: How many.
        share_right: Their mean share of the marks; null without answers.
        interval: Where that share lies with 95 %; null without answers.
        reading: "too sure", "not sure enough", "fits" or "no answers".
    """

    certainty: Certainty
    answers: int
    share_right: float | None
    interval: tuple[float, float] | None
    reading: Reading


class Stretch(msgspec.Struct, frozen=True):
    """What was done on a day, or in the week that begins with it.

    Attributes:
        day: The day.
        answers: Attempts, and answers that were shown.
        right: How many of them were right.
        reviews: How many of them were in a review.
        seconds: The time they took, where it is known.
    """

    day: date
    answers: int
    right: int
    reviews: int
    seconds: int


class Totals(msgspec.Struct, frozen=True):
    """What was done in all.

    Attributes:
        questions: Questions of the course that are for the learner.
        answered: How many of them were answered.
        objectives: Objectives that they ask for.
        mastered: How many of them are mastered.
        answers: Attempts, and answers that were shown, also of questions that are gone.
        right: How many of them were right.
        seconds: The time they took, where it is known.
        gone: Questions with answers that the course no longer has.
    """

    questions: int
    answered: int
    objectives: int
    mastered: int
    answers: int
    right: int
    seconds: int
    gone: int


class ProgressView(msgspec.Struct, frozen=True):
    """Where a learner stands.

    Attributes:
        format: The version of this document.
        course: The course's title.
        at: When it was made.
        next: What to do next.
        totals: What was done in all.
        forecast: What will be known on the exam day, or in 30 days.
        modules: Mastery by module, phase and objective, in the order of the course.
        calibration: How sure against how right, for each certainty.
        misconceptions: Wrong ideas that were shown: those held first, the latest first.
        weeks: The last 12 weeks, each by its Monday, oldest first.
        days: The days of these weeks with an answer, oldest first.
        exams: The last five exams, the latest first.
    """

    format: int
    course: str
    at: datetime
    next: NextStep
    totals: Totals
    forecast: Forecast
    modules: tuple[ModuleView, ...]
    calibration: tuple[Sure, ...]
    misconceptions: tuple[Idea, ...]
    weeks: tuple[Stretch, ...]
    days: tuple[Stretch, ...]
    exams: tuple[ExamSat, ...]


def progress_view(files: CourseFolder, journal: Journal) -> ProgressView:
    """Where the learner stands.

    Raises:
        ContentErrors: a file of the course is wrong.
        JournalError: the journal cannot be read.
    """
    material = material_of(files, load_profile(journal))
    return view_of(files, material, facts_of(files, journal, material))


def view_of(files: CourseFolder, material: Material, facts: Facts) -> ProgressView:
    """The picture of what was read; all phases of the course are open by then."""
    forecast, by_question = outlooks(facts)
    found = (
        ModuleView(module.id, module.title, _phases(files, material, facts, by_question, module))
        for module in files.course.modules
    )
    modules = tuple(module for module in found if module.phases)
    objectives = [one for module in modules for phase in module.phases for one in phase.objectives]
    states = facts.known
    answered = {id_ for id_, state in states.items() if state.last is not None}
    return ProgressView(
        format=FORMAT,
        course=facts.title,
        at=facts.now,
        next=next_step(facts, material.bank, objectives),
        totals=Totals(
            questions=len(material.bank.by_id),
            answered=len(answered & material.bank.by_id.keys()),
            objectives=len(objectives),
            mastered=sum(one.mastery.mastered for one in objectives),
            answers=facts.total.attempts,
            right=facts.total.right,
            seconds=facts.total.seconds,
            gone=len(answered - material.everyone.by_id.keys()),
        ),
        forecast=forecast,
        modules=modules,
        calibration=tuple(map(_sure, calibration_from(facts.sureness))),
        misconceptions=ideas_of(states, material.misconceptions, material.everyone.by_id),
        weeks=_weeks(facts.days, facts.now.date()),
        days=tuple(_stretch(day, done) for day, done in sorted(facts.days.items())),
        exams=facts.exams,
    )


def _phases(
    files: CourseFolder,
    material: Material,
    facts: Facts,
    by_question: Mapping[str, Outlook],
    module: Module,
) -> tuple[PhaseView, ...]:
    """The phases of a module, without those that have no question for the learner."""
    found = (_phase(files, material, facts, by_question, entry.id) for entry in module.phases)
    return tuple(phase for phase in found if phase.mastery.questions)


def _phase(
    files: CourseFolder,
    material: Material,
    facts: Facts,
    by_question: Mapping[str, Outlook],
    phase_id: str,
) -> PhaseView:
    asked = material.bank.by_objective
    objectives = tuple(
        ObjectiveView(
            one.id,
            one.text,
            mastery_of((facts.known.get(banked.id) for banked in asked[one.id]), facts.now),
            *_chances(by_question, asked[one.id]),
        )
        for one in files.phase(phase_id).objectives
        if asked[one.id]  # None of its questions may be for this learner.
    )
    mine = [banked for banked in material.bank if banked.phase == phase_id]
    recall, unreviewed = _chances(by_question, mine)
    return PhaseView(
        id=phase_id,
        title=files.entries[phase_id].title,
        mastery=mastery_of((facts.known.get(banked.id) for banked in mine), facts.now),
        recall=recall,
        unreviewed=unreviewed,
        mastered=sum(one.mastery.mastered for one in objectives),
        objectives=objectives,
    )


def _chances(
    by_question: Mapping[str, Outlook], asked: list[Banked] | tuple[Banked, ...]
) -> tuple[float, float]:
    found = [by_question[banked.id] for banked in asked]
    return mean(one.recall for one in found), mean(one.unreviewed for one in found)


def _sure(line: Calibration) -> Sure:
    return Sure(line.certainty, line.n, line.share_right, line.interval, line.reading)


def _weeks(days: Mapping[date, Activity], today: date) -> tuple[Stretch, ...]:
    first = first_day(today)
    found = []
    for week in range(WEEKS):
        monday = first + timedelta(days=7 * week)
        done = [days.get(monday + timedelta(days=day), Activity()) for day in range(7)]
        found.append(
            Stretch(
                day=monday,
                answers=sum(one.attempts for one in done),
                right=sum(one.right for one in done),
                reviews=sum(one.reviews for one in done),
                seconds=sum(one.seconds for one in done),
            )
        )
    return tuple(found)


def _stretch(day: date, done: Activity) -> Stretch:
    return Stretch(day, done.attempts, done.right, done.reviews, done.seconds)
