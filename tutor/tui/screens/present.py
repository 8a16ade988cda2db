"""A question for a projector: large, its key hidden until the room has voted and seen the run."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.widgets import Input, Static

from tutor.session.present import Present, PresentView, Tally
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.text import Glyphs, stacked
from tutor.words import common
from tutor.words import present_screen as words

#: From this width on text and run stand side by side.
WIDE = 100
#: From this height on what may be seen of the run stands below the question.
HIGH = 36
BAR_WIDTH = 20


class Votes(Input):
    """The line in which the tutor types the votes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", words.COUNT, id="present.count", tooltip=words.COUNT_TIP)
    ]


class PresentScreen(TutorScreen):
    """Question, votes, run, verdict: Enter leads from one to the next."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,n,pagedown", "forward", common.NEXT, id="present.next", tooltip=common.GO_ON
        ),
        Binding("b,escape,pageup", "back", common.BACK, id="present.back", tooltip=common.GO_BACK),
        Binding("space", "draw", common.DRAW, id="present.draw", tooltip=words.DRAW_TIP),
        ALL_KEYS,
        quit_key("present", show=True),
    ]

    def __init__(self, present: Present) -> None:
        super().__init__()
        self._present = present

    def anew(self) -> PresentScreen:
        """The same question, as far as it has been shown."""
        return PresentScreen(self._present)

    def compose(self) -> ComposeResult:
        """Text, votes, run; each step shows what it needs of them."""
        yield Static(id="title", markup=False)
        with Container(id="room"):
            with VerticalScroll(id="told"):
                yield Static(id="before", markup=False)
                for _ in self._present.view.options:
                    yield OptionLine(self.glyphs)
                yield Votes(max_length=80, id="votes")
                yield Static(id="after", markup=False)
            with Vertical(id="shown"):
                yield RunPlot(self.glyphs, id="plot")
                yield Static(id="caption", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Put the question."""
        self.query_one(KeyBar).follow(self.query_one("#told", VerticalScroll))
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Stack text and run when narrow; show both from the start where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height >= HIGH, "-tall")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key where it does something."""
        if action == "forward":
            return self._present.stage != "verdict"
        if action == "back":
            return self._present.stage != "question"
        if action == "draw":
            return self._present.stage in ("run", "verdict")
        return True

    def _show(self) -> None:
        view = self._present.view
        title = self.glyphs.text(view.question_id, "bold")
        self.query_one("#title", Static).update(title)
        told = view.stage == "verdict"
        stem = self.query_one("#before", Static)
        stem.update(self.glyphs.prose(view.stem))
        stem.display = not told
        for line, option in zip(self.query(OptionLine), view.options, strict=True):
            line.show(option, told=told)
        self.query_one("#after", Static).update(_after(self.glyphs, view))
        self.query_one("#caption", Static).update(self.glyphs.text(view.set_up, "$text-muted"))
        for stage in ("question", "votes", "run", "verdict"):
            self.query_one("#room").set_class(view.stage == stage, f"-{stage}")
        votes = self.query_one(Input)
        votes.display = view.stage == "votes"
        if votes.display:
            votes.placeholder = self.glyphs.text(view.asks).plain
            votes.focus()
        else:
            self.query_one("#told").focus()
        self._draw(view)
        self.refresh_bindings()

    def _draw(self, view: PresentView) -> None:
        moving = self.tutor.motion and view.stage == "run"
        self.query_one(RunPlot).show(view.drawn, view.curves, draw=moving)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Count the votes, or say what is wrong with them."""
        try:
            self._present.count(message.value)
        except ValueError as error:
            said = f"{str(error)[:1].upper()}{str(error)[1:]}."
            self.query_one("#after", Static).update(self.glyphs.text(said, "$text-error"))
        else:
            self._show()

    def on_input_changed(self) -> None:
        """What was wrong with the votes is being mended."""
        self.query_one("#after", Static).update("")

    def on_key(self, event: Key) -> None:
        """Any key ends the drawing."""
        plot = self.query_one(RunPlot)
        if plot.drawing:
            plot.finish()

    def action_forward(self) -> None:
        """Go on."""
        self._present.forward()
        self._show()

    def action_back(self) -> None:
        """Go back."""
        self._present.back()
        self._show()

    def action_draw(self) -> None:
        """Let the run draw itself again."""
        self.query_one(RunPlot).show(self._present.view.drawn, (), draw=True)


class OptionLine(Horizontal):
    """An option with its letter, and in the end its votes as a bar."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """The letter in a column of its own."""
        yield Static(classes="letter", markup=False)
        with Vertical():
            yield Static(classes="option", markup=False)
            yield Static(classes="bar", markup=False)

    def show(self, option: Tally, *, told: bool) -> None:
        """Show the option; `told` with its votes, and marked where it is right."""
        glyphs = self._glyphs
        style = "bold $text-success" if option.right else "" if told else "bold"
        mark = glyphs.mark("right") if option.right else " "
        letter, text, bar = self.query(Static)
        letter.update(glyphs.text(f"{mark} {option.letter}" if told else option.letter, style))
        text.update(glyphs.text(option.text, style))
        bar.update(glyphs.text(f"{glyphs.meter(option.share, BAR_WIDTH)} {option.votes}", style))
        bar.display = told


def _after(glyphs: Glyphs, view: PresentView) -> Content:
    """At the end the number that decides, what answers the commonest wrong option, and why."""
    if view.stage != "verdict":
        return Content()
    return stacked(
        glyphs.text(view.decides, "bold"),
        glyphs.text(view.refuted, "$text-warning"),
        glyphs.prose(view.explanation),
    )
