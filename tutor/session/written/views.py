"""A step, a question or a verdict as lines of text."""

from __future__ import annotations

from string import ascii_lowercase

from tutor.grading.verdict import Verdict
from tutor.session.form import Form
from tutor.session.knobs import told_unit
from tutor.session.points import point_lines
from tutor.session.views import Knob, QuestionView, RefutationView, StepView, VerdictView
from tutor.session.written.lines import Lines
from tutor.words import common
from tutor.words import written as words


def show_step(lines: Lines, view: StepView) -> None:
    """Write what a step teaches and shows."""
    lines.prose(view.step.text)
    lines.say()
    lines.say(view.set_up)
    lines.plot(view.drawn, view.curves)
    lines.say(view.caption)


def show_question(lines: Lines, view: QuestionView) -> None:
    """Write what an open question asks, and what may be seen before its answer."""
    lines.prose(view.stem)
    lines.say()
    lines.say(common.WILL_RUN.format(what=view.question.setup, set_up=view.set_up))
    lines.plot(view.drawn)
    show_form(lines, view.form)
    show_knobs(lines, view.knobs)
    if view.hint:
        lines.say(common.HINT.format(hint=view.hint))


def show_form(lines: Lines, form: Form) -> None:
    """Write what an answer is made of."""
    lines.say(f"{form.takes[0].upper()}{form.takes[1:]}:")
    lines.choices([choice.text for choice in form.choices])
    lines.choices(list(form.parts))
    for letter, partner in zip(ascii_lowercase, form.partners, strict=False):
        lines.say(f"{letter}) {partner.text}", indent=2, hanging=3)


def show_verdict(lines: Lines, view: VerdictView) -> None:
    """Write the verdict on an answer, what its run decides, and why."""
    if view.tutor_gave:
        lines.say(view.tutor_gave)
    if view.verdict is not None:
        _show_points(lines, view, view.verdict)
    if view.certainty_line:
        lines.say(view.certainty_line)
    if view.shows_key:
        lines.say(f"{view.key_title}:")
        for line in view.key:
            lines.say(line, indent=2, hanging=2)
    lines.say()
    lines.say(view.set_up)
    lines.plot(view.drawn, view.curves)
    lines.say(common.IT_DECIDES.format(finding=view.decides))
    for i, refutation in enumerate(view.refutations):
        _show_refutation(lines, refutation, drawn=i == view.replayed)
    lines.say()
    lines.prose(view.explanation)
    lines.say(common.SOURCE.format(source=view.question.source))


def _show_points(lines: Lines, view: VerdictView, verdict: Verdict) -> None:
    told = words.CHOSEN if view.question.kind in ("single", "multi") else words.POINTS
    for line in point_lines(view, verdict):
        lines.say(told[line.state].format(text=line.text), hanging=2)
        for more in (*line.more, *map(str, line.wordings)):
            lines.say(more, indent=2)
    for sentence in verdict.feedback:
        lines.say(sentence)


def _show_refutation(lines: Lines, view: RefutationView, drawn: bool) -> None:
    if view.seen_before and not drawn:
        lines.say(common.REFUTED_BEFORE.format(says=view.says))
        return
    if view.misconception is not None:
        lines.say(words.KNOWN_MISCONCEPTION.format(name=view.misconception.name))
    lines.say(f"{common.REFUTATION} {view.set_up}")
    lines.say(view.says, indent=2)
    if view.misconception is not None:
        lines.say(view.misconception.right, indent=2)


def show_knobs(lines: Lines, knobs: tuple[Knob, ...]) -> None:
    """Write where the knobs stand, and what each does."""
    for number, knob in enumerate(knobs, 1):
        lines.say(
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
