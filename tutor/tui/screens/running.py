"""What screens with a run share: its drawing, panes, cursor and knobs, and work that is slow."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

from tutor.course.errors import ContentErrors
from tutor.session.slow import Work
from tutor.session.views import Knob
from tutor.tui.runner import Runner
from tutor.tui.screens.copying import Copying, copy_key
from tutor.tui.widgets.answer_messages import AnswerChanged, Reminder
from tutor.tui.widgets.knobs import KnobPanel
from tutor.tui.widgets.run_plot import RunPlot
from tutor.words import common
from tutor.words import run_screen as words

#: Work is done ahead from so long after an item has come.
AHEAD_S = 0.1
METER_WIDTH = 16
#: What goes on with the drawing, or changes how it is shown; any other key ends it.
_OF_DRAWING = ("draw", "pane", "speed(1)", "speed(-1)")

#: The keys of a run, to stand among those of the screen.
RUN_KEYS: list[BindingType] = [
    copy_key("run"),
    Binding("k", "knobs", words.KNOBS, id="run.knobs", tooltip=words.KNOBS_TIP),
    Binding("v", "pane", words.PANES, id="run.panes", tooltip=words.PANES_TIP),
    Binding(
        "c",
        "cursor",
        common.CURSOR,
        show=False,
        id="run.cursor",
        tooltip=words.CURSOR_TIP,
    ),
    Binding(
        "space",
        "draw",
        common.DRAW,
        show=False,
        id="run.draw",
        tooltip=words.DRAW_TIP,
    ),
    Binding(
        "plus", "speed(1)", words.FASTER, show=False, id="run.faster", tooltip=words.FASTER_TIP
    ),
    Binding(
        "minus", "speed(-1)", words.SLOWER, show=False, id="run.slower", tooltip=words.SLOWER_TIP
    ),
]


class RunScreen(Copying):
    """Has a RunPlot, a KnobPanel, and a line `#caption` for what is said of the run."""

    CAPTION: ClassVar[str] = "#caption"

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Runner(self, self._tell_progress)
        self._beside = Runner(self)
        self._ahead: Iterator[Work] = iter(())
        #: Where the knobs stood in the run that is shown, while another one is waited for.
        self._stood: Mapping[str, float] | None = None
        self._then: Callable[[], None] | None = None
        #: What was told last, until a key or another item follows.
        self._told = ""
        #: An answer lacked something, and the line says so; what it says otherwise.
        self._lacks = False
        self._captioned = Content()

    @abstractmethod
    def turn(self, name: str, value: float) -> None:
        """Set a knob of what is shown."""

    @abstractmethod
    def show_run(self, *, draw: bool) -> None:
        """Show what is there now.

        Raises:
            ValueError: it cannot be run.
        """

    @abstractmethod
    def awaited(self) -> Work | None:
        """What has to be waited for before it can be shown."""

    # Knobs.

    def turn_knobs(self, act: Callable[[], None]) -> None:
        """Do `act`, which turns knobs, and show the run that follows, at once or when it is made.

        Where it cannot be run the knobs are put back.
        """
        self._told = ""
        panel = self.query_one(KnobPanel)
        stood = self._stood or {knob.name: knob.value for knob in panel.knobs}
        act()
        work = self.awaited()
        if work is None:
            self._wanted.cancel()
            self._stood = None
            try:
                self.show_run(draw=False)
            except ValueError as error:
                self._put_back(stood, str(error))
            return
        self._stood = stood
        panel.show(self.knobs_now())
        self.wait_for(work, partial(self.show_run, draw=False))

    @abstractmethod
    def knobs_now(self) -> tuple[Knob, ...]:
        """The knobs as they stand."""

    def _put_back(self, stood: Mapping[str, float], error: str = "") -> None:
        """Let the knobs stand where they stood, and say what was wrong."""
        self._stood = None
        for name, value in stood.items():
            self.turn(name, value)
        self.show_run(draw=False)
        if error:
            self.remark(common.KNOB_PUT_BACK.format(error=error))

    def stops_run(self) -> bool:
        """Stop the run that turned knobs wait for and put them back; False where there is none."""
        if self._stood is None:
            return False
        self._wanted.cancel()
        self._put_back(self._stood)
        return True

    # Slow work.

    def wait_for(self, work: Work, then: Callable[[], None]) -> None:
        """Do `work` beside the screen, then `then`; only the latest wish counts."""
        self._tell_progress(0.0)
        self._wanted.wish(work, partial(self._ended, then))

    def when_ready(self, act: Callable[[], None]) -> None:
        """Do `act` now, or once the run that is waited for is there."""
        if self._wanted.busy:
            self._then = act
        else:
            act()

    def stop_waiting(self) -> None:
        """Drop what is waited for and what is done ahead: something else is shown."""
        self._wanted.cancel()
        self._beside.cancel()
        self._ahead = iter(())
        self._stood = self._then = None
        self._told = ""

    def _ended(self, then: Callable[[], None], error: str | None) -> None:
        stood, self._stood = self._stood, None
        if error is None:
            then()  # Which may go on to something else, and drop what was to follow.
        after, self._then = self._then, None
        if error is None:
            if after is not None:
                self.when_ready(after)
        elif stood is not None:
            self._put_back(stood, error)
        else:
            self.remark(common.CANNOT_BE_RUN.format(error=error))

    def _tell_progress(self, share: float) -> None:
        if (self._wanted.busy or share == 0.0) and not self._told:
            meter = self.glyphs.meter(share, METER_WIDTH)
            said = common.RUNNING if self._stood is None else common.RUNNING_ESC_STOPS
            self.remark(said.format(meter=meter, share=share))

    def tell(self, text: str) -> None:
        """Say it in the line under the plot where that is shown: a toast would cover the plot.

        It stays until the next key, also when a run comes meanwhile.
        """
        around = self.query_one(self.CAPTION).ancestors
        if all(each.display for each in around if isinstance(each, Widget)):
            self._told = text
            self.remark(text)
        else:
            super().tell(text)

    def caption(self, text: Content) -> None:
        """Say what is run in the line under the plot, unless something was told there just now."""
        self._captioned = text
        if self._told:
            self.remark(self._told)
            return
        caption = self.query_one(self.CAPTION, Static)
        caption.update(text)
        caption.remove_class("-remark")

    def remark(self, text: str) -> None:
        """Say something in the line under the plot, until the run is shown anew."""
        caption = self.query_one(self.CAPTION, Static)
        caption.update(self.glyphs.text(text, "bold $text-warning"))
        caption.add_class("-remark")

    def on_reminder(self, _message: Reminder) -> None:
        """Remember that it is said, besides saying it."""
        self._lacks = True

    def on_answer_changed(self, _message: AnswerChanged) -> None:
        """Nothing is lacking any more."""
        if self._lacks:
            self._lacks, self._told = False, ""
            self.app.clear_notifications()
            self.caption(self._captioned)

    def work_ahead(self, ahead: Iterator[Work]) -> None:
        """Do beforehand what a key may ask for next, one piece at a time."""
        self._ahead = ahead
        self.set_timer(AHEAD_S, partial(self._next_ahead, ahead))

    def _next_ahead(self, ahead: Iterator[Work], _error: str | None = None) -> None:
        if ahead is not self._ahead:
            return  # The learner has gone on.
        following = partial(self._next_ahead, ahead)
        if not self.is_current:  # Whatever covers it has the machine for itself.
            self.set_timer(AHEAD_S, following)
            return
        try:
            work = next(ahead, None)
        except ContentErrors:  # Said when it is asked for.
            return
        if work is not None:
            self._beside.wish(work, following)

    # What the learner does.

    def on_key(self, event: Key) -> None:
        """Most keys end the drawing of the trace, and do what they do besides."""
        self._told = ""
        if event.key == "escape" and self.stops_run():
            event.stop()
            return
        plot = self.query_one(RunPlot)
        pressed = self.active_bindings.get(event.key) if plot.drawing else None
        if plot.drawing and (pressed is None or pressed.binding.action not in _OF_DRAWING):
            plot.finish()

    def on_unmount(self) -> None:
        """Stop what goes on beside the screen."""
        self.stop_waiting()

    def action_knobs(self) -> None:
        """Give the arrow keys to the knobs, at once: the next key may be there already."""
        self.set_focus(self.query_one(KnobPanel))

    def action_pane(self) -> None:
        """Show the next pane; what moves begins to move."""
        plot = self.query_one(RunPlot)
        pane = plot.next_pane()
        if pane is not None and pane.moves and self.tutor.motion:
            plot.replay()

    def action_cursor(self) -> None:
        """Give the arrow keys to the cursor on the plot."""
        plot = self.query_one(RunPlot)
        self.set_focus(plot)
        plot.action_move(0)

    def action_copy(self) -> None:
        """Copy what is shown, with its run as soon as that is there."""
        self.when_ready(super().action_copy)

    def action_draw(self) -> None:
        """Pause the drawing, go on with it, or draw again; without motion there is none."""
        if self.tutor.motion:
            self.query_one(RunPlot).pause_or_go_on()

    def action_speed(self, by: int) -> None:
        """Draw faster or slower."""
        self.query_one(RunPlot).change_speed(by)
