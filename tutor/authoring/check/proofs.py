"""Running the content: keys, refutations, demonstrations and stated numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tutor.authoring.check.answers import answer_problems
from tutor.course.expression import Expression, ExpressionError, Template
from tutor.course.loader import CourseFolder
from tutor.course.model import Demonstration, Phase, PhaseEntry
from tutor.course.posed import Posed
from tutor.course.questions import ChoiceQuestion, Option, Question
from tutor.course.scenario import MeasuredRun, simulate_once, with_settings
from tutor.course.scenario_fields import Scenario
from tutor.course.yaml_values import Path, Problems

#: A knob is tried at this many values, evenly over its range.
KNOB_VALUES = 7

#: A question that draws numbers is checked with so many draws of them.
DRAWS = 12

Runs = Mapping[str, MeasuredRun]
_NOTHING_DRAWN: Mapping[str, float] = {}


def spine_problems(files: CourseFolder) -> Problems:
    """What the spine's run does not bear out in `course.yaml`."""
    first_minute = files.course.first_minute
    last_ms = 0.0
    for i, caption in enumerate(first_minute.captions):
        path: Path = ("first_minute", "captions", i)
        yield from _says((*path, "text"), caption.text, files.spine, {})
        try:
            until_ms = Expression(caption.until).evaluate(files.spine)
        except ExpressionError as error:
            yield (*path, "until"), str(error)
            continue
        if not last_ms <= until_ms <= files.spine.trace.duration_ms:
            yield (*path, "until"), f"{until_ms:g} ms is before the last caption or after the run"
        last_ms = until_ms
    for i, choice in enumerate(first_minute.choices):
        yield from _says(("first_minute", "choices", i, "reply"), choice.reply, files.spine, {})
    for i, module in enumerate(files.course.modules):
        for j, entry in enumerate(module.phases):
            yield from _window(("modules", i, "phases", j, "window"), entry, files.spine)


def phase_proof_problems(phase: Phase, spine: MeasuredRun) -> Problems:
    """What the runs of `phase` do not bear out."""
    for i, step in enumerate(phase.steps):
        yield from _demonstration(("steps", i, "demonstration"), step.demonstration, spine)
    for i, question in enumerate(phase.questions):
        yield from _question(("questions", i), question, spine)


def _window(path: Path, entry: PhaseEntry, spine: MeasuredRun) -> Problems:
    try:
        start_ms, end_ms = (Expression(text).evaluate(spine) for text in entry.window)
    except ExpressionError as error:
        yield path, str(error)
        return
    if not 0.0 <= start_ms < end_ms <= spine.trace.duration_ms:
        yield path, f"{start_ms:g} to {end_ms:g} ms is no stretch of the spine's run"


def _demonstration(path: Path, shown: Demonstration, spine: MeasuredRun) -> Problems:
    others = {"spine": spine}
    unfit = [*_unfit((*path, "scenario"), shown.scenario)]
    unfit += _unfit((*path, "compare"), shown.compare) if shown.compare else ()
    if unfit:
        yield from unfit
        return
    if shown.compare is not None:
        # The run that a comparison is drawn over is the one that `asked` names.
        others["asked"] = simulate_once(shown.compare)
    yield from _says((*path, "caption"), shown.caption, simulate_once(shown.scenario), others)
    yield from _proved((*path, "proof"), shown.proof, shown.scenario, others)


def _question(path: Path, question: Question, spine: MeasuredRun) -> Problems:
    others = {"spine": spine}
    for seed in range(DRAWS if question.draws else 1):
        posed = Posed(question, seed)
        drawn = _where(posed.drawn)
        try:
            unfit = [*_unfit((*path, "scenario"), posed.scenario)]
        except ValueError as error:
            unfit = [((*path, "sets"), f"cannot be set{drawn}: {error}")]
        if unfit:
            yield from unfit
            return
        yield from _proved((*path, "proof"), question.proof, posed.scenario, others, posed.drawn)
        yield from _says((*path, "decides"), question.decides, posed.run, others, posed.drawn)
        if question.draws:
            for field in ("stem", "explanation"):
                text = getattr(question, field)
                yield from _says((*path, field), text, posed.run, others, posed.drawn)
        yield from (
            ((*path, *place), f"{message}{drawn}") for place, message in answer_problems(posed)
        )
    if isinstance(question, ChoiceQuestion):
        asked = {**others, "asked": simulate_once(question.scenario)}
        for i, option in enumerate(question.options):
            yield from _refutation((*path, "options", i), option, asked)


def _refutation(path: Path, option: Option, others: Runs) -> Problems:
    if option.refutation is None:
        return
    path = (*path, "refutation")
    unfit = [*_unfit((*path, "scenario"), option.refutation.scenario)]
    if unfit:
        yield from unfit
        return
    run = simulate_once(option.refutation.scenario)
    yield from _says((*path, "says"), option.refutation.says, run, others)
    yield from _proved(
        (*path, "proof"), option.refutation.proof, option.refutation.scenario, others
    )


def _unfit(path: Path, scenario: Scenario) -> Problems:
    """Why the scenario cannot be run, as it stands or with a knob turned.

    Each value may be in its range and yet not go with the others, such as a pulse so short
    that twenty thresholds of it are more current than there is.
    """
    for settings in [{}, *_knob_settings(scenario)]:
        try:
            simulate_once(with_settings(scenario, settings))
        except ValueError as error:
            knob: Path = ("knobs", *settings) if settings else ()
            yield (*path, *knob), f"cannot be run{_where(settings)}: {error}"
            return


def _where(settings: Mapping[str, float]) -> str:
    at = ", ".join(f"{name} {value:g}" for name, value in settings.items())
    return f" at {at}" if at else ""


def _proved(
    path: Path,
    proof: tuple[str, ...],
    scenario: Scenario,
    others: Runs,
    drawn: Mapping[str, float] = _NOTHING_DRAWN,
) -> Problems:
    """The proof must hold as the scenario stands and over the range of each of its knobs."""
    for i, text in enumerate(proof):
        for settings in [{}, *_knob_settings(scenario)]:
            run = simulate_once(with_settings(scenario, settings))
            where = _where({**drawn, **settings})
            try:
                if not Expression(text, drawn).evaluate(run, others, drawn):
                    values = _values(text, run, others, drawn)
                    yield (*path, i), f"not true{where}: {text}{values}"
                    break
            except ExpressionError as error:
                yield (*path, i), f"cannot be judged{where}: {error}"
                break


def _knob_settings(scenario: Scenario) -> Iterable[dict[str, float]]:
    for name, (low, high) in scenario.knobs.items():
        for i in range(KNOB_VALUES):
            yield {name: low + (high - low) * i / (KNOB_VALUES - 1)}


def _values(text: str, run: MeasuredRun, others: Runs, drawn: Mapping[str, float]) -> str:
    """The numbers behind a comparison, so that its author sees by how much it fails."""
    found = []
    for operand in Expression(text, drawn).operands:
        value = operand.evaluate(run, others, drawn)
        found.append(f"{operand.text} = {value:.4g}")
    return f" ({', '.join(found)})" if found else ""


def _says(
    path: Path,
    text: str,
    run: MeasuredRun,
    others: Runs,
    drawn: Mapping[str, float] = _NOTHING_DRAWN,
) -> Problems:
    try:
        Template(text, drawn).fill(run, others, drawn)
    except ExpressionError as error:
        yield path, str(error)
