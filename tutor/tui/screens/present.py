"""A question for a projector: large, its key hidden until the room has voted and seen the run."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Paste, Resize
from textual.message import Message
from textual.widgets import Static

from tutor.course.text import clean
from tutor.session.drafts import LONGEST_ANSWER
from tutor.session.present import STAGES, Present, PresentView
from tutor.session.votes import Tally
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.runner import Runner
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.text import Glyphs, stacked
from tutor.tui.widgets.typing import Line
from tutor.words import common
from tutor.words import present_screen as words
from tutor.words import votes as vote_words

#: From this width on the distribution and what explains it stand side by side.
WIDE = 100
#: From this height on what may be seen of the run stands below the question.
HIGH = 36
BAR_WIDTH = 20


class Votes(Line):
    """The line in which the tutor types the votes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "screen.forward", words.COUNT, id="present.count", tooltip=words.COUNT_TIP
        ),
        Binding(
            "ctrl+z", "screen.take_back", common.UNDO, id="present.undo", tooltip=words.UNDO_TIP
        ),
    ]

    class Listed(Message):
        """Several lines were pasted at once."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    def _on_paste(self, event: Paste) -> None:
        lines = [clean(line, LONGEST_ANSWER) for line in event.text.splitlines() if line.strip()]
        event.text = lines[0] if lines else ""
        if len(lines) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.Listed(lines))


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
        self._wanted = Runner(self, self._tell_progress)
        self._beside = Runner(self)

    def anew(self) -> PresentScreen:
        """The same question, as far as it has been shown."""
        return PresentScreen(self._present)

    def compose(self) -> ComposeResult:
        """Text, votes, run; each step shows what it needs of them."""
        yield Static(id="title", markup=False)
        with Container(id="room"):
            with VerticalScroll(id="told"):
                with Vertical(id="asked"):
                    yield Static(id="before", markup=False)
                    yield Vertical(id="lines")
                    yield Static(id="so-far", markup=False)
                    yield Votes(max_length=LONGEST_ANSWER, id="votes")
                yield Static(id="after", markup=False)
            with Vertical(id="shown"):
                yield RunPlot(self.glyphs, id="plot")
                yield Static(id="caption", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Put the question."""
        self.query_one(KeyBar).follow(self.query_one("#told", VerticalScroll))
        self._show()
        # What fails there is said when it is asked for.
        self._beside.wish(self._present.ahead(), lambda _error: None)

    def on_unmount(self) -> None:
        """Stop what goes on beside the screen."""
        self._wanted.cancel()
        self._beside.cancel()

    def on_resize(self, event: Resize) -> None:
        """Stack what is told when narrow; show the run from the start where there is room."""
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
        if action == "take_back":
            return bool(self._present.view.so_far)
        return True

    def _show(self) -> None:
        view = self._present.view
        title = self.glyphs.text(view.question_id, "bold")
        self.query_one("#title", Static).update(title)
        told = view.stage == "verdict"
        stem = self.query_one("#before", Static)
        takes = self.glyphs.text(view.takes, "$text-muted")
        stem.update(stacked(self.glyphs.prose(view.stem), takes))
        stem.display = not told
        self._show_lines(view)
        self._show_so_far(view)
        self.query_one("#after", Static).update(_after(self.glyphs, view))
        self.query_one("#caption", Static).update(self.glyphs.text(view.set_up, "$text-muted"))
        room = self.query_one("#room")
        for stage in STAGES:
            room.set_class(view.stage == stage, f"-{stage}")
        # A time cannot be read off a run that is out of sight.
        room.set_class(view.drawn[-1].until_ms is None, "-seen")
        box, votes = self.query_one("#told", VerticalScroll), self.query_one(Votes)
        box.scroll_home(animate=False)
        votes.display = view.stage == "votes"
        if votes.display:
            votes.focus()
        else:
            box.focus()
        self._draw(view)

    def _show_lines(self, view: PresentView) -> None:
        """What there is to choose from; with the verdict, how the room chose."""
        glyphs = self.glyphs
        lines = self.query_one("#lines", Vertical)
        lines.remove_children()
        if view.stage == "verdict":
            lines.mount_all(told_line(glyphs, tally) for tally in view.tallies)
        else:
            lines.mount_all(
                TextLine(glyphs.text(one.sign, "bold"), glyphs.text(one.text, "bold"))
                for one in view.offered
            )

    def _show_so_far(self, view: PresentView) -> None:
        """The answers that were typed, and the line in sight in which the next one is typed."""
        so_far, votes = self.query_one("#so-far", Static), self.query_one(Votes)
        so_far.update(self.glyphs.text("\n".join(view.so_far), "$text-primary"))
        so_far.display = view.stage == "votes" and bool(view.so_far)
        asks = words.ANOTHER if view.so_far else view.asks
        votes.placeholder = self.glyphs.text(asks).plain
        self.refresh_bindings()
        votes.call_after_refresh(votes.scroll_visible, animate=False)

    def _draw(self, view: PresentView) -> None:
        moving = self.tutor.motion and view.stage == "run"
        self.query_one(RunPlot).show(view.drawn, view.curves, draw=moving)

    def on_input_changed(self) -> None:
        """What was wrong with the votes is being mended; once they are in, there is a verdict."""
        if self._present.stage == "votes":
            self.query_one("#after", Static).update("")

    def on_votes_listed(self, message: Votes.Listed) -> None:
        """Take an answer a line, as far as they are; numbers of options may stand in a column."""
        votes, lines = self.query_one(Votes), message.lines
        while lines:
            try:
                is_all = self._present.count(lines[0])
            except ValueError as error:
                with votes.prevent(Votes.Changed):
                    votes.value = " ".join(lines)[:LONGEST_ANSWER]
                self._refuse(str(error))
                return
            if is_all:
                votes.value = lines[0]
                return
            del lines[0]
            self._show_so_far(self._present.view)

    def on_key(self, event: Key) -> None:
        """Any key ends the drawing."""
        plot = self.query_one(RunPlot)
        if plot.drawing:
            plot.finish()

    def action_forward(self) -> None:
        """Go on, where its runs are there; or else make them beside the screen."""
        if self._wanted.busy or (self._present.stage == "votes" and not self._count()):
            return
        work = self._present.awaited() if self._present.stage == "votes" else None
        if work is None:
            self._go_on(None)
        else:
            self._wanted.wish(work, self._go_on)

    def _count(self) -> bool:
        """Take what is typed, or say what is wrong with it; True where that is all."""
        votes = self.query_one(Votes)
        try:
            is_all = self._present.count(votes.value)
        except ValueError as error:
            self._refuse(str(error))
            return False
        if not is_all:
            votes.clear()
            self._show_so_far(self._present.view)
        return is_all

    def _go_on(self, error: str | None) -> None:
        try:
            self._present.forward()
        except ValueError as wrong:
            self._refuse(str(wrong))
        else:
            self._show()

    def action_back(self) -> None:
        """Go back, or stop what is waited for."""
        if self._wanted.busy:
            self._wanted.cancel()
        else:
            self._present.back()
        self._show()

    def action_take_back(self) -> None:
        """Forget the answer that was typed last."""
        self._present.take_back()
        self._show_so_far(self._present.view)

    def action_draw(self) -> None:
        """Let the run draw itself again."""
        self.query_one(RunPlot).show(self._present.view.drawn, (), draw=True)

    def _refuse(self, error: str) -> None:
        """Say what is wrong with the votes."""
        self._say(f"{error[:1].upper()}{error[1:]}.", "$text-error")

    def _tell_progress(self, share: float) -> None:
        meter = self.glyphs.meter(share, BAR_WIDTH)
        self._say(common.RUNNING_ESC_STOPS.format(meter=meter, share=share), "$text-warning")

    def _say(self, text: str, style: str) -> None:
        after = self.query_one("#after", Static)
        after.update(self.glyphs.text(text, style))
        after.call_after_refresh(after.scroll_visible, animate=False)


class TextLine(Horizontal):
    """A text with a sign before it, which has a column of its own."""

    def __init__(self, sign: Content, text: Content) -> None:
        super().__init__()
        self._sign, self._text = sign, text

    def compose(self) -> ComposeResult:
        """The sign, and the text beside it."""
        yield Static(self._sign, classes="sign", markup=False)
        yield Static(self._text, classes="text", markup=False)


def told_line(glyphs: Glyphs, tally: Tally) -> TextLine:
    """An option or an answer with its votes as a bar, marked by what it is worth."""
    style = "bold $text-success" if tally.state == "right" else ""
    sign = f"{glyphs.mark(tally.state)} {tally.letter}"
    text = f"{tally.text}\n{glyphs.meter(tally.share, BAR_WIDTH)} {tally.votes}"
    return TextLine(glyphs.text(sign, style), glyphs.text(text, style))


def _after(glyphs: Glyphs, view: PresentView) -> Content:
    """The key, what the room had of it, the number that decides, what answers it, and why."""
    key = "\n".join((f"{view.key_title}:", *view.key)) if view.key else ""
    parts = "\n".join((f"{vote_words.PARTS}:", *view.parts)) if view.parts else ""
    return stacked(
        glyphs.text(key, "bold $text-success"),
        glyphs.text(parts),
        glyphs.text(view.decides, "bold"),
        glyphs.text(view.refuted, "$text-warning"),
        glyphs.prose(view.explanation),
    )
