"""The texts of the lesson screen, from a lesson's view."""

from __future__ import annotations

from textual.content import Content

from tutor.grading.verdict import Verdict
from tutor.session.points import PointLine, Wording, point_lines
from tutor.session.views import (
    EndView,
    QuestionView,
    RefutationView,
    StepView,
    VerdictView,
    View,
)
from tutor.tui.widgets.fitted import GAP, beside, hanging
from tutor.tui.widgets.text import Glyphs, stacked
from tutor.tui.widgets.title import Part
from tutor.words import common
from tutor.words import lesson_screen as words

MUTED = "$text-muted"


def title_parts(title: str, view: View) -> tuple[Part, ...]:
    """Where the learner is: counter, step or question id, phase."""
    match view:
        case EndView():
            return ((title, "bold"),)
        case StepView():
            return (f"{view.counter}", "bold"), (view.step.title, ""), (title, "")
        case _:
            flag = f" {words.FLAGGED}" if view.flagged else ""
            return (f"{view.counter}  {view.question.id}{flag}", "bold"), (title, "")


def before_text(glyphs: Glyphs, view: View, width: int) -> Content:
    """The text above the choices, in a width: what is told or asked."""
    match view:
        case StepView():
            return stacked(
                glyphs.prose(view.step.text),
                glyphs.text(view.caption, "bold $text-primary"),
            )
        case QuestionView():
            takes = f"{view.form.takes[0].upper()}{view.form.takes[1:]}"
            asked = words.ASKED.format(takes=takes, what=view.question.setup)
            return stacked(glyphs.prose(view.stem), glyphs.text(asked, MUTED))
        case VerdictView():
            return stacked(
                *_reviewed(glyphs, view),
                _verdict_head(glyphs, view),
                _refutations(glyphs, view),
                _points(glyphs, view, width),
                _key(glyphs, view),
                _taught(glyphs, view),
            )
        case EndView():
            return stacked(
                glyphs.text(common.END_OF.format(title=view.title), "bold"),
                _onward(glyphs, view),
                glyphs.prose(view.prose),
            )


def after_text(glyphs: Glyphs, view: View) -> Content:
    """The text below the choices: hint, explanation, or where to go from the end."""
    match view:
        case StepView() | EndView():
            return Content()
        case QuestionView():
            if not view.hint:
                return Content()
            return glyphs.text(common.HINT.format(hint=view.hint), "italic")
        case VerdictView():
            return stacked(
                glyphs.prose(view.explanation),
                glyphs.text(common.SOURCE.format(source=view.question.source), MUTED),
            )


def _onward(glyphs: Glyphs, view: EndView) -> Content:
    """How it went, and where Enter leads."""
    place = view.next_phase.title if view.next_phase else words.COURSE_MAP
    onward = glyphs.text(common.ENTER_OPENS.format(place=place), "bold")
    return Content("\n").join([*map(glyphs.text, view.lines), onward])


def run_caption(glyphs: Glyphs, view: View) -> Content:
    """The line under the plot: what is or will be run."""
    match view:
        case StepView():
            return glyphs.text(view.set_up, MUTED)
        case QuestionView():
            return glyphs.text(_set_up_before(view), MUTED)
        case VerdictView() if view.replayed is not None:
            refutation = view.refutations[view.replayed]
            return glyphs.text(words.REFUTATION_DRAWN.format(set_up=refutation.set_up), MUTED)
        case VerdictView():
            return glyphs.text(view.set_up, MUTED)
        case EndView():
            return glyphs.text(words.EVENT_ONCE_MORE, MUTED)


def _set_up_before(view: QuestionView) -> str:
    if view.question.seen == "spine":
        return words.SHOWN_TO_BE_RUN.format(set_up=view.set_up)
    return view.set_up


def _reviewed(glyphs: Glyphs, view: VerdictView) -> tuple[Content, ...]:
    """What was asked and answered, where the verdict comes later."""
    reviewing = view.reviewing
    if reviewing is None:
        return ()
    lines = []
    if not reviewing.unanswered:
        answer = "" if reviewing.options else view.answer
        lines.append(glyphs.text(common.YOU_ANSWERED.format(answer=answer).rstrip(), "bold"))
    for number, (chosen, option) in enumerate(reviewing.options, 1):
        told = f"{'>' if chosen else ' '} {number}  {option}"
        lines.append(glyphs.text(told, "bold" if chosen else ""))
    return glyphs.prose(view.stem), Content("\n").join(lines)


def _verdict_head(glyphs: Glyphs, view: VerdictView) -> Content:
    """Headline, and the number that decides: both have to be in sight on any screen."""
    mark, style = _STATES[_state(view.verdict)]
    parts = [glyphs.text(f"{glyphs.mark(mark)} {view.headline}", f"bold {style}".rstrip())]
    if view.tutor_gave:
        parts.append(glyphs.text(view.tutor_gave, "bold"))
    parts.append(_decides(glyphs, view))
    return Content("\n").join(parts)


def _points(glyphs: Glyphs, view: VerdictView, width: int) -> Content:
    """What was chosen and why not, and how sure the learner was."""
    parts = []
    if view.verdict is not None:
        parts += [_point(glyphs, line, width) for line in point_lines(view, view.verdict)]
        parts += [glyphs.text(sentence) for sentence in view.verdict.feedback]
    if view.certainty_line:
        parts.append(glyphs.text(view.certainty_line))
    return Content("\n").join(parts)


def _key(glyphs: Glyphs, view: VerdictView) -> Content:
    """The right answer, where the points leave it unsaid."""
    if not view.shows_key:
        return Content()
    title = glyphs.text(f"{view.key_title}:", "bold")
    return Content("\n").join([title, *(glyphs.text(line, "italic") for line in view.key)])


#: The sign for what became of an answer or of one of its points, and its colour.
_STATES = {
    "met": ("right", "$text-success"),
    "partly": ("partly", "$text-warning"),
    "contradicted": ("wrong", "$text-error"),
    "missed": ("missed", ""),
}


def _state(verdict: Verdict | None) -> str:
    """What became of the whole answer; nothing became of one that was only shown."""
    if verdict is None:
        return "missed"
    return "met" if verdict.right else "partly" if verdict.marks else "contradicted"


def _point(glyphs: Glyphs, line: PointLine, width: int) -> Content:
    mark, style = _STATES[line.state]
    sign, blank = glyphs.text(f"{glyphs.mark(mark)} ", f"bold {style}".rstrip()), Content("  ")
    more = (*map(glyphs.text, line.more), *_wordings(glyphs, line.wordings, width - GAP))
    told = hanging(sign, glyphs.text(line.text, "italic"), width)
    below = [
        hanging(blank, row, width) for each in more for row in each.split("\n", allow_blank=True)
    ]
    return Content("\n").join([told, *below])


def _wordings(glyphs: Glyphs, wordings: tuple[Wording, ...], width: int) -> list[Content]:
    """What a board credits beside what is exact, or below each other where there is no room."""
    columns = beside([_under_head(glyphs, each) for each in wordings], width)
    return [columns] if columns else [glyphs.text(str(each)) for each in wordings]


def _under_head(glyphs: Glyphs, wording: Wording) -> Content:
    return Content("\n").join([glyphs.text(wording.head, "bold"), glyphs.text(wording.text)])


def _taught(glyphs: Glyphs, view: VerdictView) -> Content:
    """Where to look it up."""
    if not view.taught_in:
        return Content()
    return glyphs.text(common.TAUGHT_IN.format(place=view.taught_in), MUTED)


def _decides(glyphs: Glyphs, view: VerdictView) -> Content:
    return Content.assemble(glyphs.text(f"{words.DECIDES} ", "bold"), glyphs.text(view.decides))


def _refutations(glyphs: Glyphs, view: VerdictView) -> Content:
    """Every run that refutes what was chosen; below the number that decides."""
    told = enumerate(view.refutations)
    parts = [_refutation(glyphs, each, drawn=number == view.replayed) for number, each in told]
    return Content("\n").join(parts)


def _refutation(glyphs: Glyphs, view: RefutationView, drawn: bool) -> Content:
    if view.seen_before and not drawn:
        return glyphs.text(common.REFUTED_BEFORE.format(says=view.says), MUTED)
    parts = [glyphs.text(f"{common.REFUTATION} ", "bold $text-warning"), glyphs.text(view.says)]
    if view.misconception is not None:
        asked = words.MISCONCEPTION.format(name=view.misconception.name)
        parts.append(glyphs.text(f"\n{asked} ", "italic"))
        parts.append(glyphs.text(view.misconception.right))
    return Content.assemble(*parts)
