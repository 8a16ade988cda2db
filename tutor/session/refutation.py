"""Refutations: the runs that answer a wrong idea, with the number that settles it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

from simulator.progress import Progress, part
from tutor.course.expression import ExpressionError, Template
from tutor.course.loader import CourseFolder
from tutor.course.names import measurement
from tutor.course.posed import Posed
from tutor.course.questions import (
    Board,
    ChoiceQuestion,
    ExperimentQuestion,
    Question,
    Refutation,
    misconceptions_named,
)
from tutor.course.scenario import (
    SET_UP_SEPARATOR,
    MeasuredRun,
    set_up_parts,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.grading.choice import wrong_choices
from tutor.grading.marking import mark
from tutor.grading.verdict import Verdict
from tutor.journal.event import Event
from tutor.session.slow import Work, awaited
from tutor.session.views import RefutationView
from tutor.words import verdict as words


def refutation_views(
    files: CourseFolder,
    posed: Posed[Question],
    answer: object,
    verdict: Verdict,
    board: Board | None,
    earlier: Collection[Event],
) -> tuple[RefutationView, ...]:
    """One view for each wrong idea of the answer that a run refutes.

    A wrong option's own refutation comes before that of its misconception; `no_run` on it keeps
    both away. `earlier` are the attempts before this one: what they met takes one line.
    """
    others = {"spine": files.spine, "asked": posed.run}
    views = []
    for option_id, misconception_id, told in _told(files, posed, answer, verdict, board):
        run = simulate_once(told.scenario)
        views.append(
            RefutationView(
                misconception=files.misconceptions.get(misconception_id),
                says=filled(posed, told.says, run, others),
                set_up=_difference(told.scenario, posed.scenario),
                run=run,
                curves=told.show,
                seen_before=any(_met(event, option_id, misconception_id) for event in earlier),
            )
        )
    return tuple(views)


def possible_refutations(files: CourseFolder, question: Question) -> Iterator[Refutation]:
    """The refutations that an answer may call for.

    Raises:
        ContentErrors: the misconceptions cannot be read.
    """
    if isinstance(question, ChoiceQuestion):
        yield from (option.refutation for option in question.options if option.refutation)
    for _, misconception_id in misconceptions_named(question):
        known = files.misconceptions.get(misconception_id)
        if known is not None and known.refutation is not None:
            yield known.refutation


def marking_work(
    files: CourseFolder, posed: Posed[Question], answer: object, board: Board | None
) -> Work | None:
    """The work that makes what a verdict on `answer` runs; None where that is soon made.

    Raises:
        ContentErrors: the misconceptions cannot be read.
        ValueError: this is no answer to the question.
    """
    own = [posed.scenario]
    if isinstance(posed.question, ExperimentQuestion) and isinstance(answer, Mapping):
        own.append(with_settings(posed.scenario, answer))
    possible = (told.scenario for told in possible_refutations(files, posed.question))
    if awaited((*own, *possible)) is None:
        return None
    if len(own) == 1 and awaited(own) is None:
        # Most answers call for none of them.
        verdict = mark(posed, answer, board)
        told_now = (told.scenario for *_, told in _told(files, posed, answer, verdict, board))
        if awaited(told_now) is None:
            return None

    def make(progress: Progress) -> None:
        for scenario in own:
            simulate_once(scenario, part(progress, 0.0, 0.5))
        with suppress(ValueError):  # Said when it is committed.
            verdict = mark(posed, answer, board)
            for *_, told in _told(files, posed, answer, verdict, board):
                simulate_once(told.scenario, part(progress, 0.5, 0.5))

    return Work(make)


def _told(
    files: CourseFolder,
    posed: Posed[Question],
    answer: object,
    verdict: Verdict,
    board: Board | None,
) -> Iterator[tuple[str, str, Refutation]]:
    """Refutations with the option and the misconception that they answer."""
    own: set[str] = set()
    if isinstance(posed.question, ChoiceQuestion) and isinstance(answer, list | tuple):
        for option in wrong_choices(posed.question, answer, board):
            # Where no run can answer the option, that of its misconception does not either.
            if option.refutation is not None or option.no_run is not None:
                own.add(option.misconception or "")
            if option.refutation is not None:
                yield option.id, option.misconception or "", option.refutation
    for misconception_id in verdict.misconceptions:
        known = files.misconceptions.get(misconception_id)
        if misconception_id not in own and known is not None and known.refutation is not None:
            yield "", misconception_id, known.refutation


def _met(attempt: Event, option_id: str, misconception_id: str) -> bool:
    if option_id:
        return isinstance(attempt.answer, list) and option_id in attempt.answer
    held = attempt.data.get("misconceptions")
    return isinstance(held, list) and misconception_id in held


def _difference(scenario: Scenario, asked: Scenario) -> str:
    """What the set-up has in place of what the question's has, or leaves out of it."""
    known, parts = set_up_parts(asked), set_up_parts(scenario)
    added = [part for part in parts if part not in known]
    changes = known[1 + max(1, len(asked.stimuli)) :]
    missing = SET_UP_SEPARATOR.join(change for change in changes if change not in parts)
    told = SET_UP_SEPARATOR.join(added)
    if told and missing:
        return words.IN_PLACE_OF.format(added=told, missing=missing)
    if missing:
        return words.WITHOUT.format(missing=missing)
    return told or SET_UP_SEPARATOR.join(parts)


def filled(
    posed: Posed[Question] | None, text: str, run: MeasuredRun, others: Mapping[str, MeasuredRun]
) -> str:
    """The sentence with its numbers; a turned knob may leave a run without one of them."""
    drawn = posed.drawn if posed else {}
    try:
        return Template(text, drawn).fill(run, others, drawn)
    except ExpressionError as error:
        name, colon, why = str(error).partition(": ")
        said = f"{run.meaning(name)}{colon}{why}" if measurement(name) else error
        return words.WITH_THESE_SETTINGS.format(error=said)
