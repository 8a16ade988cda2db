"""What is asked, one after another, as lines of text: what is shown."""

from __future__ import annotations

from typing import Literal, Protocol

from tutor.journal.store import Journal, JournalError
from tutor.plain.answering import keys_of, obey, part_asked
from tutor.plain.page import Page
from tutor.session.asking import Asking
from tutor.session.terminal import PLOTS, turn
from tutor.session.views import EndView, QuestionView, StepView, VerdictView
from tutor.session.written.headings import Shown
from tutor.session.written.views import show_knobs, show_question, show_step, show_verdict
from tutor.words import common
from tutor.words import plain as words

Outcome = Literal["home", "next-phase", "quit"]


class OwnKeys(Protocol):
    """What may be typed in one kind of session besides."""

    def told(self) -> str:
        """What the prompt says of it; empty where nothing of it can be done."""

    def obey(self, page: Page, command: str) -> bool | None:
        """Do it, and tell whether there is something new to show; None where it is none of it."""


def run_lesson(
    page: Page, asking: Asking, journal: Journal, own: OwnKeys | None = None
) -> Outcome:
    """Show one thing after another until the learner leaves, or the end.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be read.
    """
    while True:
        view = asking.view
        if isinstance(view, EndView):
            return _show_end(page, view)
        show_view(page, asking.heading(view), view)
        while True:
            more = own.told() if own else ""
            command = page.ask(f"{keys_of(asking.view)} {more}".rstrip())
            if command in ("m", "q"):
                return "home" if command == "m" else "quit"
            if command == "o" and not isinstance(asking.view, QuestionView):
                if _in_lab(page, asking) == "quit":
                    return "quit"
                break
            try:
                if command == "p":
                    page.plots = not page.plots
                    turn(journal, PLOTS, page.plots)
                    page.say(words.PLOTS_DRAWN if page.plots else words.PLOTS_LEFT_OUT)
                    break
                shows = own.obey(page, command) if own else None
                shows = obey(page, asking, command) if shows is None else shows
                page.kept_all = True
                if shows:
                    break
            except JournalError as error:
                page.kept_all = False
                page.say(str(error))


def _in_lab(page: Page, asking: Asking) -> str:
    """Open what is shown in the lab; an open question's set-up would give its key away."""
    from tutor.plain.lab import run_lab
    from tutor.session.lab.bench import Lab
    from tutor.session.lab.opening import opened_from

    found = opened_from(asking.view)
    assert found is not None
    return run_lab(page, Lab(found.scenario, found.title))


def show_view(page: Page, heading: str, view: Shown) -> None:
    """Print what is shown below its heading, and what can be done with it besides answering."""
    page.heading(heading)
    match view:
        case StepView():
            show_step(page, view)
            show_knobs(page, view.knobs)
        case QuestionView():
            show_question(page, view)
            if view.draft and view.form.kind != "experiment":
                said = words.BEGUN_PARTS if part_asked(view) else words.YOU_HAD_BEGUN
                page.say(said.format(answer=view.form.written(view.draft)))
        case VerdictView():
            _show_reviewed(page, view)
            show_verdict(page, view)
            if view.taught_in:
                page.say(common.TAUGHT_IN.format(place=view.taught_in))
            show_knobs(page, view.knobs)


def _show_reviewed(page: Page, view: VerdictView) -> None:
    """What was asked and answered, where the verdict comes later."""
    reviewing = view.reviewing
    if reviewing is None:
        return
    page.prose(view.stem)
    if not reviewing.unanswered:
        answer = "" if reviewing.options else view.answer
        page.say(common.YOU_ANSWERED.format(answer=answer))
    for number, (chosen, option) in enumerate(reviewing.options, 1):
        page.say(f"{'>' if chosen else ' '} {number}) {option}", hanging=5)
    page.say()


def _show_end(page: Page, view: EndView) -> Outcome:
    page.heading(common.END_OF.format(title=view.title))
    page.prose(view.prose)
    for line in view.lines:
        page.say(line)
    phase = view.next_phase
    onward = words.NEXT_PHASE_KEY.format(phase=phase.title) if phase else ""
    while True:
        match page.ask(words.END_KEYS.format(onward=onward)):
            case "" if view.next_phase:
                return "next-phase"
            case "" | "m":
                return "home"
            case "q":
                return "quit"
