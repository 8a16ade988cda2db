"""A lesson as lines of text."""

from __future__ import annotations

from typing import Literal

from tutor.journal.store import Journal
from tutor.plain.page import Page
from tutor.session.lesson import Lesson
from tutor.session.terminal import PLOTS, turn
from tutor.session.views import (
    EndView,
    Knob,
    QuestionView,
    RefutationView,
    StepView,
    VerdictView,
)

Outcome = Literal["home", "next-phase", "quit"]

_MOVES = "Enter next · b back · m map · p plots · q quit"


def run_lesson(page: Page, lesson: Lesson, journal: Journal) -> Outcome:
    """Show the lesson until the learner leaves it.

    Raises:
        Closed: the input has ended.
        JournalError: an answer cannot be kept.
    """
    while True:
        view = lesson.view
        match view:
            case StepView():
                _show_step(page, lesson, view)
            case QuestionView():
                _show_question(page, lesson, view)
            case VerdictView():
                _show_verdict(page, lesson, view)
            case EndView():
                return _show_end(page, view)
        while True:
            command = page.ask(_prompt(view))
            if command in ("m", "q"):
                return "home" if command == "m" else "quit"
            if command == "p":
                page.plots = not page.plots
                turn(journal, PLOTS, page.plots)
                page.say(f"Plots are {'drawn' if page.plots else 'left out'} from now on.")
                break
            if _obey(page, lesson, command):
                break


def _prompt(view: StepView | QuestionView | VerdictView) -> str:
    match view:
        case QuestionView():
            keys = "h hint · a show answer · s skip · b · m · q · ? keys"
            return f"[answer with {_example(view)} · {keys}]"
        case VerdictView():
            replay = " · r refutation" if view.refutations else ""
            return f"[{_MOVES}{replay} · t try again{_knob_help(view.knobs)}]"
        case StepView():
            return f"[{_MOVES}{_knob_help(view.knobs)}]"


def _knob_help(knobs: tuple[Knob, ...]) -> str:
    return f" · set {knobs[0].name} VALUE" if knobs else ""


def _example(view: QuestionView) -> str:
    return "1" if view.question.kind == "single" else "1 3"


def _obey(page: Page, lesson: Lesson, command: str) -> bool:
    """Do what the learner typed; False where it changed nothing."""
    view = lesson.view
    match command.lower().split():
        case ["b"]:
            lesson.back()
        case ["n"] | ["s"]:
            lesson.forward()
        case [] if not isinstance(view, QuestionView):
            lesson.forward()
        case ["h"] if isinstance(view, QuestionView):
            lesson.hint()
            page.say(f"Hint: {view.question.hint}")
            return False
        case ["a"] if isinstance(view, QuestionView):
            lesson.show_answer()
        case ["?"]:
            return False  # The prompt comes again, and names the keys.
        case ["t"] if isinstance(view, VerdictView):
            lesson.try_again()
        case ["r"] if isinstance(view, VerdictView) and view.refutations:
            lesson.replay()
        case ["set", name, value]:
            return _turn(page, lesson, name, value)
        case [_, *_] as words if isinstance(view, QuestionView):
            return _answer(page, lesson, view, words)
        case _:
            page.say("That is none of the keys here.")
            return False
    return True


def _answer(page: Page, lesson: Lesson, view: QuestionView, words: list[str]) -> bool:
    numbers = [part for word in words for part in word.split(",") if part]
    places = [int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 3]
    if len(places) != len(numbers) or not all(1 <= p <= len(view.options) for p in places):
        page.say(f"Answer with numbers from 1 to {len(view.options)}, such as {_example(view)}.")
        return False
    if view.question.kind == "single" and len(set(places)) != 1:
        page.say("This question takes one answer.")
        return False
    lesson.answer([view.options[place - 1].id for place in places])
    return True


def _turn(page: Page, lesson: Lesson, name: str, text: str) -> bool:
    view = lesson.view
    knobs = {knob.name: knob for knob in getattr(view, "knobs", ())}
    try:
        value = float(text.replace(",", "."))
        knob = knobs[name]
    except (ValueError, KeyError):
        known = ", ".join(f"{k.name} from {k.low:g} to {k.high:g}" for k in knobs.values())
        page.say(f"Knobs here: {known or 'none'}.")
        return False
    if not knob.low <= value <= knob.high:
        page.say(f"{name} goes from {knob.low:g} to {knob.high:g} {knob.unit}.")
        return False
    lesson.turn(name, value)
    return True


def _show_step(page: Page, lesson: Lesson, view: StepView) -> None:
    page.heading(f"{lesson.title} {view.counter}: {view.step.title}")
    page.prose(view.step.text)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(view.caption)
    _show_knobs(page, view.knobs)


def _show_question(page: Page, lesson: Lesson, view: QuestionView) -> None:
    page.heading(f"{lesson.title} {view.counter}, question {view.question.id}")
    page.prose(view.question.stem)
    page.say()
    page.say(f"Will run: {view.question.setup} ({view.set_up})")
    page.plot(view.drawn)
    page.say(f"{view.takes[0].upper()}{view.takes[1:]}:")
    page.choices([option.text for option in view.options])


def _show_verdict(page: Page, lesson: Lesson, view: VerdictView) -> None:
    page.heading(f"{view.headline} ({lesson.title} {view.counter}, {view.question.id})")
    for option in view.verdict.chosen if view.verdict else ():
        page.say(f"{'+' if option.correct else 'x'} {option.text}", hanging=2)
        page.say(option.feedback, indent=2)
    right = "The right answer" if view.question.kind == "single" else "Also right"
    for option in view.verdict.missed if view.verdict else ():
        page.say(f"{right}: {option.text}", hanging=2)
    if view.verdict is None:
        for option in view.options:
            if option.correct:
                page.say(f"+ {option.text}", hanging=2)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(f"It decides: {view.decides}")
    for i, refutation in enumerate(view.refutations):
        _show_refutation(page, refutation, drawn=i == view.replayed)
    page.say()
    page.prose(view.question.explanation)
    page.say(f"Source: {view.question.source}")
    _show_knobs(page, view.knobs)


def _show_refutation(page: Page, view: RefutationView, drawn: bool) -> None:
    if view.seen_before and not drawn:
        page.say(f"Refuted before: {view.says} (r draws it)")
        return
    if view.misconception is not None:
        page.say(f"A known misconception, {view.misconception.id}: {view.misconception.name}")
    page.say(f"Refutation: {view.set_up}")
    page.say(view.says, indent=2)
    if view.misconception is not None:
        page.say(view.misconception.right, indent=2)


def _show_knobs(page: Page, knobs: tuple[Knob, ...]) -> None:
    for knob in knobs:
        unit = f" {knob.unit}" if knob.unit else ""
        page.say(
            f"Knob {knob.name} = {knob.value:g}{unit} ({knob.low:g} to {knob.high:g}): "
            f"{knob.sentence}"
        )


def _show_end(page: Page, view: EndView) -> Outcome:
    page.heading(f"End of {view.title}")
    page.prose(view.phase.summary)
    page.say(f"{view.right} of {view.questions} questions right at your last attempt.")
    onward = f"Enter {view.next_phase} · " if view.next_phase else ""
    while True:
        match page.ask(f"[{onward}m map · q quit]"):
            case "" if view.next_phase:
                return "next-phase"
            case "" | "m":
                return "home"
            case "q":
                return "quit"
