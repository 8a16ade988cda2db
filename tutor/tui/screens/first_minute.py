"""The first minute on the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor.session.first_minute import FirstMinute
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.run_plot import RunPlot
from tutor.words import common
from tutor.words import start as words

#: From this height on rows stand between the paragraphs.
HIGH = 22


class FirstMinuteScreen(TutorScreen):
    """Rest, a stimulus, one prediction; then the whole event in captions."""

    HELP = words.FIRST_MINUTE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,n",
            "forward",
            common.NEXT,
            id="first-minute.next",
            tooltip=words.NEXT_CAPTION_TIP,
        ),
        Binding(
            "s,escape",
            "skip",
            common.SKIP,
            id="first-minute.skip",
            tooltip=words.SKIP_FIRST_MINUTE_TIP,
        ),
        quit_key("first-minute", show=True),
        ALL_KEYS,
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]

    def __init__(self) -> None:
        super().__init__()
        self._first: FirstMinute | None = None

    def compose(self) -> ComposeResult:
        """Text, choices, the run."""
        yield Static(id="title", markup=False)
        yield Static(id="before", markup=False)
        yield Choices(self.glyphs, id="choices")
        yield RunPlot(self.glyphs, id="plot")
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Begin at rest."""
        self._first = FirstMinute(self.tutor.files, self.tutor.journal)
        choices = self.query_one(Choices)
        choices.offer([self.glyphs.text(text) for text in self._first.view.choices])
        choices.focus()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An open prediction is answered, or skipped."""
        return action != "forward" or self._first is None or not self._first.asks

    def _show(self) -> None:
        assert self._first is not None
        view = self._first.view
        title = words.FIRST_MINUTE.format(number=view.number, count=view.count)
        self.query_one("#title", Static).update(self.glyphs.text(title, "bold"))
        self._tell(view.text)
        self.query_one(Choices).display = bool(view.choices)
        draw = self.tutor.motion and view.number == 2
        self.query_one(RunPlot).show((view.drawn,), (), draw=draw)
        self.refresh_bindings()

    def _tell(self, text: str) -> None:
        """Show the text; a low screen has no room for the rows between its paragraphs."""
        text = text if self.app.size.height >= HIGH else text.replace("\n\n", "\n")
        self.query_one("#before", Static).update(self.glyphs.text(text))

    def on_resize(self) -> None:
        """Show it as the new size asks for."""
        if self._first is not None:
            self._tell(self._first.view.text)

    def tell(self, text: str) -> None:
        """Say it in the line of the keys: a toast would cover the plot."""
        self.query_one(KeyBar).note(text)

    def on_choices_pointed(self) -> None:
        """Nothing is lacking any more."""
        self.query_one(KeyBar).note("")

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Let it fire."""
        assert self._first is not None
        if self._first.asks:
            self._first.predict(message.indices[0])
            self._show()
            self.query_one(RunPlot).focus()

    def action_forward(self) -> None:
        """Go on to the next caption."""
        assert self._first is not None
        self._first.forward()
        if self._first.done:
            self.action_skip()
        else:
            self._show()

    def action_skip(self) -> None:
        """Leave; it is not shown by itself again."""
        assert self._first is not None
        self.tutor.reported(self._first.finish)
        close(self)
