"""A lesson as lines of text."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Literal

from tutor.grading.verdict import Verdict
from tutor.journal.store import Journal
from tutor.plain.page import Page
from tutor.session.lesson import Lesson
from tutor.session.points import point_lines
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

_MOVES = "Enter next · b back · m map · p plots · g words · q quit"


def run_lesson(page: Page, lesson: Lesson, journal: Journal) -> Outcome:
    """Show the lesson until the learner leaves it.

    Raises:
        Closed: the input has ended.
        JournalError: an answer cannot be kept.
    """
    while True:
        view = lesson.view
        if isinstance(view, EndView):
            return _show_end(page, view)
        show_view(page, lesson.title, view)
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


def show_view(page: Page, title: str, view: StepView | QuestionView | VerdictView) -> None:
    """Print what a lesson of the phase `title` shows."""
    match view:
        case StepView():
            _show_step(page, title, view)
        case QuestionView():
            _show_question(page, title, view)
        case VerdictView():
            _show_verdict(page, title, view)


def _prompt(view: StepView | QuestionView | VerdictView) -> str:
    match view:
        case QuestionView():
            keys = "h hint · a show answer · s skip · b · m · q · ? keys"
            return f"[answer with {view.form.example}{_knob_help(view.knobs)} · {keys}]"
        case VerdictView():
            replay = " · r refutation" if view.refutations else ""
            replay += f" · claim {view.claimable[0]}" if view.claimable else ""
            return f"[{_MOVES}{replay} · t try again{_knob_help(view.knobs)}]"
        case StepView():
            return f"[{_MOVES}{_knob_help(view.knobs)}]"


def _knob_help(knobs: tuple[Knob, ...]) -> str:
    return f" · set {knobs[0].name} VALUE" if knobs else ""


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
        case ["g"]:
            for term in lesson.phase.glossary:
                page.say(f"{term.term}: {term.meaning}", hanging=2)
            return False
        case ["?"]:
            return False  # The prompt comes again, and names the keys.
        case ["t"] if isinstance(view, VerdictView):
            lesson.try_again()
        case ["r"] if isinstance(view, VerdictView) and view.refutations:
            lesson.replay()
        case ["set", name, value]:
            return _turn(page, lesson, name, value)
        case ["claim", point] if isinstance(view, VerdictView):
            return _claim(page, lesson, view, point)
        case [_, *_] if isinstance(view, QuestionView):
            return _answer(page, lesson, view, command)
        case _:
            page.say("That is none of the keys here.")
            return False
    return True


def _answer(page: Page, lesson: Lesson, view: QuestionView, line: str) -> bool:
    if view.form.kind == "experiment" and line.lower() != "run":
        page.say("Set the knobs, then type run.")
        return False
    try:
        lesson.answer_line(line)
    except ValueError as error:
        page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return False
    return True


def _claim(page: Page, lesson: Lesson, view: VerdictView, point: str) -> bool:
    if point not in view.claimable:
        page.say(f"You may claim: {', '.join(view.claimable) or 'nothing here'}.")
        return False
    lesson.claim(point)
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


def _show_step(page: Page, title: str, view: StepView) -> None:
    page.heading(f"{title} {view.counter}: {view.step.title}")
    page.prose(view.step.text)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(view.caption)
    _show_knobs(page, view.knobs)


def _show_question(page: Page, title: str, view: QuestionView) -> None:
    page.heading(f"{title} {view.counter}, question {view.question.id}")
    page.prose(view.stem)
    page.say()
    page.say(f"Will run: {view.question.setup} ({view.set_up})")
    page.plot(view.drawn)
    page.say(f"{view.form.takes[0].upper()}{view.form.takes[1:]}:")
    page.choices([choice.text for choice in view.form.choices])
    for number, part in enumerate(view.form.parts, 1):
        page.say(f"{number}) {part}", indent=2, hanging=3)
    for letter, partner in zip(ascii_lowercase, view.form.partners, strict=False):
        page.say(f"{letter}) {partner.text}", indent=2, hanging=3)
    _show_knobs(page, view.knobs)


def _show_verdict(page: Page, title: str, view: VerdictView) -> None:
    page.heading(f"{view.headline} ({title} {view.counter}, {view.question.id})")
    if view.verdict is not None:
        _show_points(page, view, view.verdict)
    if view.shows_key:
        page.say(f"{view.key_title}:")
        for line in view.key:
            page.say(line, indent=2, hanging=2)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(f"It decides: {view.decides}")
    for i, refutation in enumerate(view.refutations):
        _show_refutation(page, refutation, drawn=i == view.replayed)
    page.say()
    page.prose(view.explanation)
    page.say(f"Source: {view.question.source}")
    _show_knobs(page, view.knobs)


def _show_points(page: Page, view: VerdictView, verdict: Verdict) -> None:
    for line in point_lines(view, verdict):
        page.say(f"{_SIGNS[line.state]} {line.text}", hanging=2)
        for more in line.more:
            page.say(more, indent=2)
    for sentence in verdict.feedback:
        page.say(sentence)


_SIGNS = {"met": "+", "missed": "-", "contradicted": "x"}


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
