"""What is asked, one after another, as lines of text: what is shown."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Literal, Protocol

from tutor.grading.verdict import Verdict
from tutor.journal.store import Journal, JournalError
from tutor.plain.answering import keys_of, obey, told_unit
from tutor.plain.page import Page
from tutor.session.asking import Asking
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
        show_view(page, asking.title, view)
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
                if obey(page, asking, command) if shows is None else shows:
                    break
            except JournalError as error:
                page.say(f"{error}.")


def _in_lab(page: Page, asking: Asking) -> str:
    """Open what is shown in the lab; an open question's set-up would give its key away."""
    from tutor.plain.lab import run_lab
    from tutor.session.lab.bench import Lab
    from tutor.session.lab.opening import opened_from

    found = opened_from(asking.view)
    assert found is not None
    return run_lab(page, Lab(found.scenario, found.title))


def show_view(page: Page, title: str, view: StepView | QuestionView | VerdictView) -> None:
    """Print what is shown of the phase, quiz or review called `title`."""
    match view:
        case StepView():
            _show_step(page, title, view)
        case QuestionView():
            _show_question(page, title, view)
        case VerdictView():
            _show_verdict(page, title, view)


def _show_step(page: Page, title: str, view: StepView) -> None:
    page.heading(words.STEP_TITLE.format(phase=title, place=view.counter, step=view.step.title))
    page.prose(view.step.text)
    page.say()
    page.say(view.set_up)
    page.plot(view.drawn, view.curves)
    page.say(view.caption)
    _show_knobs(page, view.knobs)


def _show_question(page: Page, title: str, view: QuestionView) -> None:
    page.heading(
        words.QUESTION_TITLE.format(
            phase=title, place=view.counter, question=view.question.id, flag=_flag(view)
        )
    )
    show_question(page, view)
    if view.draft and view.form.kind != "experiment":
        page.say(words.YOU_HAD_BEGUN.format(answer=view.form.written(view.draft)))


def show_question(page: Page, view: QuestionView) -> None:
    """Print what a question asks, without its title."""
    page.prose(view.stem)
    page.say()
    page.say(common.WILL_RUN.format(what=view.question.setup, set_up=view.set_up))
    page.plot(view.drawn)
    page.say(f"{view.form.takes[0].upper()}{view.form.takes[1:]}:")
    page.choices([choice.text for choice in view.form.choices])
    page.choices(list(view.form.parts))
    for letter, partner in zip(ascii_lowercase, view.form.partners, strict=False):
        page.say(f"{letter}) {partner.text}", indent=2, hanging=3)
    _show_knobs(page, view.knobs)
    if view.hint:
        page.say(common.HINT.format(hint=view.hint))


def _show_verdict(page: Page, title: str, view: VerdictView) -> None:
    page.heading(
        words.VERDICT_TITLE.format(
            verdict=view.headline,
            phase=title,
            place=view.counter,
            question=view.question.id,
            flag=_flag(view),
        )
    )
    _show_reviewed(page, view)
    if view.tutor_gave:
        page.say(view.tutor_gave)
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
    page.say(common.IT_DECIDES.format(finding=view.decides))
    for i, refutation in enumerate(view.refutations):
        _show_refutation(page, refutation, drawn=i == view.replayed)
    page.say()
    page.prose(view.explanation)
    page.say(common.SOURCE.format(source=view.question.source))
    if view.taught_in:
        page.say(common.TAUGHT_IN.format(place=view.taught_in))
    _show_knobs(page, view.knobs)


def _show_reviewed(page: Page, view: VerdictView) -> None:
    """What was asked and answered, where the verdict comes later."""
    reviewing = view.reviewing
    if reviewing is None:
        return
    page.prose(reviewing.stem)
    if not reviewing.unanswered:
        answer = "" if reviewing.options else view.answer
        page.say(common.YOU_ANSWERED.format(answer=answer))
    for number, (chosen, option) in enumerate(reviewing.options, 1):
        page.say(f"{'>' if chosen else ' '} {number}) {option}", hanging=5)
    page.say()


def _flag(view: QuestionView | VerdictView) -> str:
    return words.IS_FLAGGED if view.flagged else ""


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
        page.say(common.REFUTED_BEFORE.format(says=view.says))
        return
    if view.misconception is not None:
        page.say(words.KNOWN_MISCONCEPTION.format(name=view.misconception.name))
    page.say(f"{common.REFUTATION} {view.set_up}")
    page.say(view.says, indent=2)
    if view.misconception is not None:
        page.say(view.misconception.right, indent=2)


def _show_knobs(page: Page, knobs: tuple[Knob, ...]) -> None:
    for number, knob in enumerate(knobs, 1):
        page.say(
            words.KNOB.format(
                number=number,
                knob=knob.title,
                value=knob.value,
                unit=told_unit(knob),
                low=knob.low,
                high=knob.high,
                sentence=knob.sentence,
            )
        )


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
