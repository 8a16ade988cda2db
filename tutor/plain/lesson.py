"""A lesson as lines of text: what is shown."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Literal

from tutor.grading.verdict import Verdict
from tutor.journal.store import Journal, JournalError
from tutor.plain.answering import keys_of, obey
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


def run_lesson(page: Page, lesson: Lesson, journal: Journal) -> Outcome:
    """Show the lesson until the learner leaves it.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be read.
    """
    while True:
        view = lesson.view
        if isinstance(view, EndView):
            return _show_end(page, view)
        show_view(page, lesson.title, view)
        while True:
            command = page.ask(keys_of(lesson.view))
            if command in ("m", "q"):
                return "home" if command == "m" else "quit"
            if command == "o" and not isinstance(lesson.view, QuestionView):
                if _in_lab(page, lesson) == "quit":
                    return "quit"
                break
            try:
                if command == "p":
                    page.plots = not page.plots
                    turn(journal, PLOTS, page.plots)
                    page.say(f"Plots are {'drawn' if page.plots else 'left out'} from now on.")
                    break
                if obey(page, lesson, command):
                    break
            except JournalError as error:
                page.say(f"{error}.")


def _in_lab(page: Page, lesson: Lesson) -> str:
    """Open what is shown in the lab; an open question's set-up would give its key away."""
    from tutor.plain.lab import run_lab
    from tutor.session.lab.bench import Lab
    from tutor.session.lab.opening import opened_from

    found = opened_from(lesson.view)
    assert found is not None
    return run_lab(page, Lab(found.scenario, found.title))


def show_view(page: Page, title: str, view: StepView | QuestionView | VerdictView) -> None:
    """Print what a lesson of the phase `title` shows."""
    match view:
        case StepView():
            _show_step(page, title, view)
        case QuestionView():
            _show_question(page, title, view)
        case VerdictView():
            _show_verdict(page, title, view)


def _show_step(page: Page, title: str, view: StepView) -> None:
    page.heading(f"{title} {view.counter}: {view.step.title}")
    page.prose(view.step.text)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(view.caption)
    _show_knobs(page, view.knobs)


def _show_question(page: Page, title: str, view: QuestionView) -> None:
    flag = ", flagged" if view.flagged else ""
    page.heading(f"{title} {view.counter}, question {view.question.id}{flag}")
    page.prose(view.stem)
    page.say()
    page.say(f"Will run: {view.question.setup} ({view.set_up})")
    page.plot(view.drawn)
    page.say(f"{view.form.takes[0].upper()}{view.form.takes[1:]}:")
    page.choices([choice.text for choice in view.form.choices])
    page.choices(list(view.form.parts))
    for letter, partner in zip(ascii_lowercase, view.form.partners, strict=False):
        page.say(f"{letter}) {partner.text}", indent=2, hanging=3)
    _show_knobs(page, view.knobs)
    if view.hint:
        page.say(f"Hint: {view.hint}")
    if view.draft and view.form.kind != "experiment":
        page.say(f"You had begun: {view.form.written(view.draft)} (d hands that in)")


def _show_verdict(page: Page, title: str, view: VerdictView) -> None:
    flag = ", flagged" if view.flagged else ""
    page.heading(f"{view.headline} ({title} {view.counter}, {view.question.id}{flag})")
    if view.verdict is not None:
        _show_points(page, view, view.verdict)
    if view.certainty_line:
        page.say(view.certainty_line)
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
    if view.taught_in:
        page.say(f"Taught in {view.taught_in} (l goes there, b comes back)")
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
