"""The texts of the lesson screen, from a lesson's view."""

from __future__ import annotations

from textual.content import Content

from tutor.session.points import PointLine, point_lines
from tutor.session.views import (
    EndView,
    QuestionView,
    RefutationView,
    StepView,
    VerdictView,
    View,
)
from tutor.tui.widgets.text import Glyphs, stacked

RIGHT, WRONG, MUTED = "bold $text-success", "bold $text-error", "$text-muted"


def title_text(glyphs: Glyphs, title: str, view: View) -> Content:
    """Where the learner is: counter, question id, phase; on a narrow screen its end is cut."""
    match view:
        case EndView():
            return glyphs.text(title, "bold")
        case StepView():
            back = "  (Enter: back to the verdict)" if view.looked_up else ""
            said = glyphs.text(f"{back}  {view.step.title}  ")
            return glyphs.text(f"{view.counter}", "bold").append(said).append(glyphs.text(title))
        case _:
            flag = " (flagged)" if view.flagged else ""
            told = glyphs.text(f"{view.counter}  {view.question.id}{flag}  ", "bold")
            return told.append(glyphs.text(title))


def before_text(glyphs: Glyphs, view: View) -> Content:
    """The text above the choices: what is told or asked."""
    match view:
        case StepView():
            return stacked(
                glyphs.prose(view.step.text),
                glyphs.text(view.caption, "bold $text-primary"),
            )
        case QuestionView():
            return stacked(
                glyphs.prose(view.stem),
                glyphs.text(f"Will run: {view.question.setup} ({view.form.takes})", MUTED),
            )
        case VerdictView():
            return stacked(
                _verdict_head(glyphs, view), _decides(glyphs, view), _taught(glyphs, view)
            )
        case EndView():
            return stacked(
                glyphs.text(f"End of {view.title}", "bold"),
                _onward(glyphs, view),
                glyphs.prose(view.phase.summary),
            )


def after_text(glyphs: Glyphs, view: View) -> Content:
    """The text below the choices: hint, explanation, or where to go from the end."""
    match view:
        case StepView() | EndView():
            return Content()
        case QuestionView():
            return glyphs.text(f"Hint: {view.hint}", "italic") if view.hint else Content()
        case VerdictView():
            return stacked(
                glyphs.prose(view.explanation),
                glyphs.text(f"Source: {view.question.source}", MUTED),
            )


def _onward(glyphs: Glyphs, view: EndView) -> Content:
    """How it went, and where Enter leads."""
    right = f"{view.right} of {view.questions} questions right at your last attempt."
    onward = f"Enter: {view.next_phase}" if view.next_phase else "Enter: the course map"
    return Content("\n").join([glyphs.text(right), glyphs.text(onward, "bold")])


def run_caption(glyphs: Glyphs, view: View) -> Content:
    """The line under the plot: what is or will be run."""
    match view:
        case StepView():
            return glyphs.text(view.set_up, MUTED)
        case QuestionView():
            return glyphs.text(_set_up_before(view), MUTED)
        case VerdictView() if view.replayed is not None:
            refutation = view.refutations[view.replayed]
            return glyphs.text(f"refutation: {refutation.set_up}", MUTED)
        case VerdictView():
            return glyphs.text(view.set_up, MUTED)
        case EndView():
            return glyphs.text("The whole event once more", MUTED)


def _set_up_before(view: QuestionView) -> str:
    if view.question.seen == "spine":
        return f"Shown: the normal spike. To be run: {view.set_up}"
    return view.set_up


def _verdict_head(glyphs: Glyphs, view: VerdictView) -> Content:
    """Headline, what was chosen and why not, the refutation, what was right."""
    right = view.verdict is not None and view.verdict.right
    mark = glyphs.mark("right" if right else "wrong")
    style = RIGHT if right else WRONG
    if view.verdict is None:
        mark, style = glyphs.mark("missed"), "bold"
    parts = [glyphs.text(f"{mark} {view.headline}", style)]
    if view.verdict is not None:
        parts += [_point(glyphs, line) for line in point_lines(view, view.verdict)]
        parts += [glyphs.text(sentence) for sentence in view.verdict.feedback]
    for i, refutation in enumerate(view.refutations):
        parts.append(_refutation(glyphs, refutation, drawn=i == view.replayed))
    if view.certainty_line:
        parts.append(glyphs.text(view.certainty_line))
    if view.shows_key:
        parts.append(glyphs.text(f"{view.key_title}:", "bold"))
        parts += [glyphs.text(line, "italic") for line in view.key]
    return Content("\n").join(parts)


_MARKS = {"met": "right", "missed": "missed", "contradicted": "wrong"}


def _point(glyphs: Glyphs, line: PointLine) -> Content:
    mark = glyphs.mark(_MARKS[line.state])
    more = "".join(f"\n{text}" for text in line.more)
    return Content.assemble(glyphs.text(f"{mark} {line.text}", "italic"), glyphs.text(more))


def _taught(glyphs: Glyphs, view: VerdictView) -> Content:
    """Where to look it up."""
    if not view.taught_in:
        return Content()
    return glyphs.text(f"Taught in {view.taught_in} (l goes there, b comes back)", MUTED)


def _decides(glyphs: Glyphs, view: VerdictView) -> Content:
    return Content.assemble(glyphs.text("The run decides: ", "bold"), glyphs.text(view.decides))


def _refutation(glyphs: Glyphs, view: RefutationView, drawn: bool) -> Content:
    if view.seen_before and not drawn:
        return glyphs.text(f"Refuted before: {view.says} (r draws it)", MUTED)
    parts = [glyphs.text("Refutation: ", "bold $text-warning"), glyphs.text(view.says)]
    if view.misconception is not None:
        parts.append(glyphs.text(f"\n{view.misconception.name}? ", "italic"))
        parts.append(glyphs.text(view.misconception.right))
    return Content.assemble(*parts)
