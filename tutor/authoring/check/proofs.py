"""Running the content: keys, refutations, demonstrations and stated numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec

from tutor.authoring.check.answers import answer_problems
from tutor.course.expression import Expression, ExpressionError, Template
from tutor.course.model import Course, Demonstration, PhaseEntry
from tutor.course.posed import Posed
from tutor.course.questions import CalculationQuestion, ChoiceQuestion, Part, Question, Refutation
from tutor.course.scenario import MeasuredRun, simulate_once, with_settings
from tutor.course.scenario_fields import Scenario
from tutor.course.yaml_values import Path, Problem, Problems

#: A knob is tried at this many values, evenly over its range.
KNOB_VALUES = 7

#: A question that draws numbers is checked with the draws of so many seeds.
SEEDS = 200

Runs = Mapping[str, MeasuredRun]
Drawn = Mapping[str, float]
_NOTHING_DRAWN: Drawn = {}


def course_problems(course: Course, spine: MeasuredRun) -> Problems:
    """What the spine's run does not bear out in `course.yaml`."""
    first_minute = course.first_minute
    last_ms = 0.0
    for i, caption in enumerate(first_minute.captions):
        path: Path = ("first_minute", "captions", i)
        yield from _says((*path, "text"), caption.text, spine, {})
        try:
            until_ms = Expression(caption.until).evaluate(spine)
        except ExpressionError as error:
            yield (*path, "until"), str(error)
            continue
        if not last_ms <= until_ms <= spine.trace.duration_ms:
            yield (*path, "until"), f"{until_ms:g} ms is before the last caption or after the run"
        last_ms = until_ms
    for i, choice in enumerate(first_minute.choices):
        yield from _says(("first_minute", "choices", i, "reply"), choice.reply, spine, {})
    for i, module in enumerate(course.modules):
        for j, entry in enumerate(module.phases):
            yield from _window(("modules", i, "phases", j, "window"), entry, spine)


def _window(path: Path, entry: PhaseEntry, spine: MeasuredRun) -> Problems:
    if entry.window is None:
        return
    try:
        start_ms, end_ms = (Expression(text).evaluate(spine) for text in entry.window)
    except ExpressionError as error:
        yield path, str(error)
        return
    if not 0.0 <= start_ms < end_ms <= spine.trace.duration_ms:
        yield path, f"{start_ms:g} to {end_ms:g} ms is no stretch of the spine's run"


def demonstration_problems(shown: Demonstration, spine: MeasuredRun) -> Problems:
    """What the run of a demonstration does not bear out."""
    others = {"spine": spine}
    if shown.compare is not None:
        unfit = [*_proved((), (), shown.compare, {}, place=("compare",))]
        if unfit:
            yield from unfit
            return
        # The run that a comparison is drawn over is the one that `asked` names.
        others["asked"] = simulate_once(shown.compare)
    failed = [*_proved(("proof",), shown.proof, shown.scenario, others)]
    if not _is_unfit(failed):
        yield from _says(("caption",), shown.caption, simulate_once(shown.scenario), others)
    yield from failed


def question_problems(question: Question, spine: MeasuredRun) -> Problems:
    """What the runs of a question do not bear out, with all numbers that it may draw.

    A fault that several draws share is told of the first.
    """
    told: set[Path | str] = set()
    for scenario, group in _by_scenario(question):
        found = [*_group_problems(question, scenario, group, {"spine": spine})]
        for place, message in found:
            # A name that means nothing is told once, though sentences and key have it too.
            if place not in told and message not in told:
                yield place, message
            told.add(message)
        told |= {place for place, _ in found}
        if _is_unfit(found):
            return
    if isinstance(question, ChoiceQuestion):
        asked = {"spine": spine, "asked": simulate_once(question.scenario)}
        for i, option in enumerate(question.options):
            if option.refutation is not None:
                path: Path = ("options", i, "refutation")
                which = f"refutation of option {option.id}"
                yield from _refutation(path, which, option.refutation, asked)


def misconception_problems(
    told: Refutation, asked: Sequence[Scenario], spine: MeasuredRun
) -> Problems:
    """What the run that refutes a misconception does not bear out.

    `asked` are the runs of the questions whose answers bring it up.
    """
    others = {"spine": spine}
    texts = (*map(Expression, told.proof), *Template(told.says).expressions)
    if not any("asked" in text.runs for text in texts):
        yield from _refutation(("refutation",), "refutation", told, others)
        return
    if not asked:
        yield ("refutation",), "it speaks of the `asked` run, but no question comes to it"
    for scenario in asked:
        try:
            others["asked"] = simulate_once(scenario)
        except ValueError:
            continue  # That is told of the question.
        found = [*_refutation(("refutation",), "refutation", told, others)]
        yield from found
        if found:
            return


def _group_problems(
    question: Question, scenario: Scenario | None, group: Sequence[Posed[Question]], others: Runs
) -> Problems:
    """What does not hold in the draws that share a scenario."""
    if scenario is None:
        posed = group[0]
        try:
            _ = posed.scenario
        except ValueError as error:
            yield ("sets",), f"cannot be set{_where(posed.drawn)}: {error}"
        return
    drawn = [posed.drawn for posed in group]
    failed = [*_proved(("proof",), question.proof, scenario, others, drawn)]
    yield from failed
    if _is_unfit(failed):
        return
    told: set[Path] = set()
    for posed in group:
        found = [*_attempt_problems(posed, others)]
        for place, message in found:
            if place not in told:
                yield place, f"{message}{_where(posed.drawn)}"
        told |= {place for place, _ in found}


def _by_scenario(
    question: Question,
) -> Iterator[tuple[Scenario | None, list[Posed[Question]]]]:
    """The draws that differ, by the scenario that they set; None where it cannot be set."""
    groups: dict[bytes, tuple[Scenario | None, list[Posed[Question]]]] = {}
    seen: set[tuple[float, ...]] = set()
    for seed in range(SEEDS if question.draws else 1):
        posed = Posed(question, seed)
        values = tuple(posed.drawn.values())
        if values in seen:
            continue
        seen.add(values)
        try:
            scenario: Scenario | None = posed.scenario
        except ValueError:
            scenario = None
        groups.setdefault(msgspec.json.encode(scenario), (scenario, []))[1].append(posed)
    yield from groups.values()


def _attempt_problems(posed: Posed[Question], others: Runs) -> Problems:
    question = posed.question
    yield from _says(("decides",), question.decides, posed.run, others, posed.drawn)
    yield from _says(("stem",), question.stem, posed.run, {}, posed.drawn)
    yield from _says(("explanation",), question.explanation, posed.run, others, posed.drawn)
    if isinstance(question, CalculationQuestion):
        yield from _parts_asked(posed, question.parts)
    yield from answer_problems(posed)


def _parts_asked(posed: Posed[Question], parts: Sequence[Part]) -> Problems:
    """Sentences that ask for a part may state the numbers of those before it."""
    found: dict[str, float] = {}
    for i, part in enumerate(parts):
        try:
            here = posed.with_numbers(found)
            here.says(part.asks)
            found[part.id] = here.number(part.key)
        except ExpressionError as error:
            yield ("parts", i), str(error)
            return


def _refutation(path: Path, which: str, told: Refutation, others: Runs) -> Problems:
    found = [*_proved(("proof",), told.proof, told.scenario, others)]
    if not _is_unfit(found):
        found = [*_says(("says",), told.says, simulate_once(told.scenario), others), *found]
    yield from (((*path, *place), f"{which}: {message}") for place, message in found)


def _is_unfit(problems: Sequence[Problem]) -> bool:
    """Whether the scenario itself is at fault, so that there is no run to look at."""
    return bool(problems) and problems[0][0][:1] in (("scenario",), ("compare",), ("sets",))


def _proved(
    path: Path,
    proof: tuple[str, ...],
    scenario: Scenario,
    others: Runs,
    drawn: Sequence[Drawn] = (_NOTHING_DRAWN,),
    place: Path = ("scenario",),
) -> Problems:
    """The proof must hold as the scenario stands and over the range of each of its knobs.

    A scenario that cannot be run, as it stands or with a knob turned, is the one problem: each
    value may be in its range and yet not go with the others, such as a pulse so short that twenty
    thresholds of it are more current than there is.
    """
    names = drawn[0].keys()
    conditions = [Expression(text, names) for text in proof]
    failed: dict[int, str] = {}
    for settings in [{}, *_knob_settings(scenario)]:
        try:
            run = simulate_once(with_settings(scenario, settings))
        except ValueError as error:
            knob: Path = ("knobs", *settings) if settings else ()
            yield (*place, *knob), f"cannot be run{_where(settings)}: {error}"
            return
        for i, condition in enumerate(conditions):
            for values in drawn:
                if i not in failed:
                    fault = _fault(condition, run, others, values, settings)
                    if fault and settings:
                        fault += _held(condition, scenario, others, values, *settings)
                    failed |= {i: fault} if fault else {}
    yield from (((*path, i), failed[i]) for i in sorted(failed))


def _held(condition: Expression, scenario: Scenario, others: Runs, drawn: Drawn, knob: str) -> str:
    """Over how much of the range of a knob the condition holds, and what is to be done."""
    held = []
    tried = [settings for settings in _knob_settings(scenario) if knob in settings]
    for settings in tried:
        with suppress(ValueError):
            run = simulate_once(with_settings(scenario, settings))
            if not _fault(condition, run, others, drawn, settings):
                held.append(settings[knob])
    values = ", ".join(f"{value:.4g}" for value in held) or "none"
    if len(held) > 1 and tried.index({knob: held[-1]}) - tried.index({knob: held[0]}) < len(held):
        values = f"{held[0]:.4g} to {held[-1]:.4g}"
    return f"; of the knob's values it holds at {values}: narrow the knob, or the proof"


def _fault(
    condition: Expression, run: MeasuredRun, others: Runs, drawn: Drawn, settings: Drawn
) -> str:
    """Why the condition does not hold; nothing where it does."""
    where = _where({**drawn, **settings})
    try:
        if condition.evaluate(run, others, drawn):
            return ""
        values = _values(condition, run, others, drawn)
        return f"not true{where}: {condition.text}{values}"
    except ExpressionError as error:
        return f"cannot be judged{where}: {error}"


def _knob_settings(scenario: Scenario) -> Iterable[dict[str, float]]:
    for name, (low, high) in scenario.knobs.items():
        for i in range(KNOB_VALUES):
            yield {name: low + (high - low) * i / (KNOB_VALUES - 1)}


def _where(settings: Drawn) -> str:
    at = ", ".join(f"{name} {value:g}" for name, value in settings.items())
    return f" at {at}" if at else ""


def _values(condition: Expression, run: MeasuredRun, others: Runs, drawn: Drawn) -> str:
    """The numbers behind a comparison, so that its author sees by how much it fails."""
    found = []
    for operand in condition.operands:
        value = operand.evaluate(run, others, drawn)
        found.append(f"{operand.text} = {value:.4g}")
    return f" ({', '.join(found)})" if found else ""


def _says(
    path: Path,
    text: str,
    run: MeasuredRun,
    others: Runs,
    drawn: Drawn = _NOTHING_DRAWN,
) -> Problems:
    try:
        Template(text, drawn).fill(run, others, drawn)
    except ExpressionError as error:
        yield path, str(error)
