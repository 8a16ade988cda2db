"""What the lab is opened with: a preparation, a set-up that was saved, or an answered question."""

from __future__ import annotations

import msgspec

from tutor.course.errors import meant
from tutor.course.loader import CourseFolder
from tutor.course.names import PREPARATION_NAMES
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.scenario import default_scenario
from tutor.course.scenario_fields import Scenario
from tutor.course.text import one_line
from tutor.journal.kinds import ATTEMPT, SHOWN
from tutor.journal.store import Journal
from tutor.session.lab.files import SetUps
from tutor.session.views import StepView, VerdictView, View
from tutor.words import lab as words


class Opened(msgspec.Struct, frozen=True):
    """A set-up to begin with, and what it is called."""

    scenario: Scenario
    title: str = ""


def opened(files: CourseFolder, journal: Journal, name: str) -> Opened:
    """The set-up that `name` means.

    Raises:
        ValueError: there is none of this name, it is wrong, or it is that of a question which has
            not been answered: it would give the key away.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be read.
    """
    if name in PREPARATION_NAMES:
        return Opened(default_scenario(name))
    set_ups = SetUps()
    if name in set_ups.names:
        return Opened(set_ups.load(name), name)
    known: list[str] = []
    # The ids of questions begin with that of their phase.
    for phase_id in sorted(files.phase_ids, key=lambda phase: not name.startswith(phase)):
        for question in files.phase(phase_id).questions:
            if question.id == name:
                return Opened(_answered(journal, question), name)
            known.append(question.id)
    names = [*PREPARATION_NAMES, *set_ups.names, *known]
    raise ValueError(
        words.NOTHING_OF_NAME.format(name=one_line(name, 60), meant=meant(name, names))
    )


def opened_from(view: View) -> Opened | None:
    """What a step or a verdict shows, its knobs as they stand; None of an open question."""
    if not isinstance(view, StepView | VerdictView):
        return None
    run = next((shown.run for shown in view.drawn if shown.role == "run"), None)
    of = view.step if isinstance(view, StepView) else view.question
    return None if run is None else Opened(run.scenario, of.id)


def _answered(journal: Journal, question: Question) -> Scenario:
    """The scenario of a question with the numbers of its last answer.

    Raises:
        ValueError: it has not been answered.
    """
    events = [journal.latest(kind, question_id=question.id) for kind in (ATTEMPT, SHOWN)]
    seeds = {event.sequence: event.seed for event in events if event is not None}
    if not seeds:
        raise ValueError(words.ANSWER_FIRST.format(question=question.id))
    return Posed(question, seeds[max(seeds)] or 0).scenario
