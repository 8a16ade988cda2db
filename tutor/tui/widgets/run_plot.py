"""The run: the voltage and one pane below it, which draw themselves, with a cursor."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tutor.plot.figure import Bars, Picture
from tutor.plot.raster import Raster, cell_to_data, render
from tutor.session.drawn import DrawnRun
from tutor.session.panes import Pane, pane_picture, panes_of, shown_by
from tutor.session.picture import voltage_plot
from tutor.session.reading import read_out
from tutor.session.terminal import shown_in
from tutor.tui.leaving import Leaving
from tutor.tui.widgets.answer_messages import Reminder
from tutor.tui.widgets.drawing import Drawing
from tutor.tui.widgets.plot_style import CLASSES, component
from tutor.tui.widgets.text import Glyphs
from tutor.tui.widgets.typing import type_on
from tutor.words import common
from tutor.words import run_screen as words

#: How long a trace takes to draw itself, a wave that moves, which is watched, and one frame.
DRAW_S, MOVE_S, FRAME_S = 1.0, 4.0, 1 / 30
#: Rows that a plot needs to say something.
SMALLEST_PLOT = 6
#: Rows for what is said under the plots, at the most.
FOOT_ROWS = 2
_TIMES = {"ms", "s"}


class RunPlot(Leaving, Widget, can_focus=True):
    """Shows runs over one time axis, and below the voltage one of the panes that they have.

    The arrows move a cursor through time, in a map of a cable too. Drawing, speed and panes are
    the screen's keys: they work wherever the focus is.
    """

    ALLOW_SELECT = False  # Curves are no text.
    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left", "move(-1)", common.CURSOR, show=False, id="plot.left", tooltip=words.LEFT_TIP
        ),
        Binding("right", "move(1)", show=False, id="plot.right", tooltip=words.RIGHT_TIP),
        Binding(
            "shift+left,pageup",
            "move(-10)",
            show=False,
            id="plot.far-left",
            tooltip=words.FAR_LEFT_TIP,
        ),
        Binding(
            "shift+right,pagedown",
            "move(10)",
            show=False,
            id="plot.far-right",
            tooltip=words.FAR_RIGHT_TIP,
        ),
        Binding("enter", "mark", words.MARK, id="plot.mark", tooltip=words.MARK_TIP),
        Binding("escape", "clear", show=False, id="plot.clear", tooltip=words.NO_CURSOR_TIP),
    ]

    @dataclass
    class Marked(Message):
        """The learner marked the time under the cursor."""

        time_ms: float

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._drawn: tuple[DrawnRun, ...] = ()
        self._prescribed = False
        self._panes: tuple[Pane, ...] = ()
        self._chosen: Pane | None = None
        self._has_chosen = False
        self._cursor_ms: float | None = None
        self._was_moved = False
        self._drawing = Drawing()
        self._timer: Timer | None = None
        self._lines: list[tuple[Raster, int]] = []
        self._painted_at: Size | None = None
        self._plain = Style()
        self.takes_marks = False
        """Whether Enter and a click mark the time under the cursor."""
        self.names_hidden = False
        """Whether to say what is prescribed where the voltage hides it: the text tells of it."""
        self._marked_ms: tuple[float, ...] = ()

    def show(
        self, drawn: tuple[DrawnRun, ...], curves: tuple[str, ...], *, draw: bool = False
    ) -> None:
        """Show `drawn`, `curves` first of its panes; with `draw` the trace draws itself.

        Without runs it stays blank. The pane that was chosen stays where the runs have it.
        """
        self._drawn = drawn
        self._panes = panes_of(drawn, curves)
        self._prescribed = bool(curves) and bool(self._panes)
        alike = (pane for pane in self._panes if self._chosen and pane.title == self._chosen.title)
        self._chosen = next(alike, None)
        self._stop()
        if draw:
            self.replay()
        self._paint()

    def forget(self) -> None:
        """Go back to what is prescribed, and take the cursor away: another item is shown."""
        self._has_chosen = self._was_moved = False
        self._chosen = self._cursor_ms = None

    def show_marks(self, times_ms: tuple[float, ...]) -> None:
        """Show what has been marked: one time, or the two ends of a stretch."""
        if times_ms != self._marked_ms:
            self._marked_ms = times_ms
            self._paint()

    # Drawing.

    @property
    def drawing(self) -> bool:
        """True while the trace draws itself."""
        return self._drawing.running

    @property
    def paused(self) -> bool:
        """True while the drawing stands still on its way."""
        return self._drawing.paused

    def replay(self) -> None:
        """Draw the trace from its beginning."""
        if self._drawn and not self._hidden:
            self._cursor_ms = None
            self._drawing.begin(monotonic())
            self._tick()

    def pause_or_go_on(self) -> None:
        """Pause the drawing, go on with it, or begin it again."""
        if self._drawing.running:
            self._drawing.pause()
        elif self._drawing.paused:
            self._drawing.go_on(monotonic())
            self._tick()
        else:
            self.replay()
        self._paint()

    def change_speed(self, by: int) -> None:
        """Draw faster or slower by so many steps."""
        self._drawing.change_speed(by)
        self._paint()

    def finish(self) -> None:
        """Show the whole trace at once."""
        self._stop()
        self._paint()

    def _tick(self) -> None:
        if self._timer is None:
            self._timer = self.set_interval(FRAME_S, self._advance)

    def _advance(self) -> None:
        moves = self._pane is not None and self._pane.moves
        self._drawing.advance(monotonic(), MOVE_S if moves else DRAW_S)
        if not self._drawing.running and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._paint()

    def _stop(self) -> None:
        self._drawing.end()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def _until_ms(self) -> float | None:
        """Up to when the runs are drawn; None where the whole of them is."""
        if self._drawing.share is None:
            return None
        longest_ms = max((d.run.trace.duration_ms for d in self._drawn), default=0.0)
        return self._drawing.share * longest_ms

    # Panes.

    @property
    def has_panes(self) -> bool:
        """True where a key shows something else below the voltage."""
        return bool(self._panes)

    @property
    def one_at_a_time(self) -> bool:
        """True where voltage and pane do not both fit, so that one hides the other."""
        return self.size.height < 2 * SMALLEST_PLOT

    def next_pane(self) -> Pane | None:
        """Show the next pane, after the last one the voltage alone; gives what is shown."""
        stops = (*self._panes, None)
        here = stops.index(self._pane) if self._pane in stops else -1
        self._chosen = stops[(here + 1) % len(stops)]
        self._has_chosen = True
        self._paint()
        return self._chosen

    @property
    def pane(self) -> Pane | None:
        """What is shown below the voltage where there is room for both."""
        if self._has_chosen or not self._prescribed:
            return self._chosen
        return self._panes[0]

    @property
    def _pane(self) -> Pane | None:
        """What is shown below the voltage, or in its place where both do not fit."""
        return self._chosen if self.one_at_a_time else self.pane

    @property
    def _hides_prescribed(self) -> bool:
        """True where the voltage hides what the text tells of, and has a row to say so."""
        hides = self.one_at_a_time and self._prescribed and self._pane is None
        return self.names_hidden and hides and self.size.height > SMALLEST_PLOT

    # The cursor.

    @property
    def read_out(self) -> str:
        """The values under the cursor; empty without one."""
        if self._cursor_ms is None or not self._drawn or self._hidden:
            return ""
        return read_out(self._drawn, self._pane, self._cursor_ms)

    def action_move(self, columns: int) -> None:
        """Move the cursor by columns; at first it is where the drawing stands, or at the peak."""
        if not self._drawn or self._hidden:
            return
        run = self._drawn[-1].run
        if self._cursor_ms is None and self._until_ms is not None:
            self._cursor_ms = self._until_ms
        elif self._cursor_ms is None and self.takes_marks:
            # Not at a landmark, nor in the middle: that may be what is asked for.
            self._cursor_ms = 0.0
        elif self._cursor_ms is None:
            self._cursor_ms = run.measurements.get("peak_ms", run.trace.duration_ms / 2.0)
        else:
            step_ms = run.trace.duration_ms / max(20, self.size.width)
            self._cursor_ms += columns * step_ms
            self._was_moved = self._was_moved or columns != 0
        self._cursor_ms = min(run.trace.duration_ms, max(0.0, self._cursor_ms))
        self._paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a cursor, Escape and Enter are left to the screen."""
        if action == "mark":
            return self.takes_marks and self._cursor_ms is not None
        return action != "clear" or self._cursor_ms is not None

    def action_mark(self) -> None:
        """Mark the time under the cursor, once it was put there."""
        if not self.takes_marks or self._cursor_ms is None:
            return
        if self._was_moved:
            self.post_message(self.Marked(self._cursor_ms))
        else:
            self.post_message(Reminder(words.NOT_MOVED))

    def action_clear(self) -> None:
        """Take the cursor away."""
        self._cursor_ms, self._was_moved = None, False
        self._paint()

    async def _on_key(self, event: Key) -> None:  # The base's follows it.
        if self.takes_marks:
            await type_on(self, event)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the learner clicked."""
        if not self._drawn or self._hidden:
            return
        top = 0
        for picture, height in zip(self._pictures(), self._heights(), strict=True):
            if top <= event.y < top + height and not isinstance(picture, Bars):
                found = cell_to_data(picture, self.size.width, height, event.x, event.y - top)
                if found is not None and _TIMES & {picture.x.unit, picture.y.unit}:
                    self._cursor_ms = found[1] if picture.y.falls else found[0]
                    self._was_moved = True
                    self._paint()
                    self.action_mark()
            top += height

    def on_unmount(self) -> None:
        """Stop drawing."""
        self._stop()

    @property
    def _hidden(self) -> bool:
        """True while the run may not be read yet."""
        return self._drawn[-1].until_ms is not None

    # Painting.

    @property
    def _foot(self) -> list[str]:
        """What stands under the plots: the read-out, or how the drawing goes."""
        text = self.read_out
        if not text and self._until_ms is not None:
            if self.paused:
                text = words.PAUSED.format(time_ms=self._until_ms)
            if self._drawing.speed != 1.0:
                text = f"{text}  {words.SPEED.format(speed=self._drawing.speed)}".strip()
        if not text and self._hides_prescribed:
            curves = shown_by(self._panes[0], self._drawn[-1])
            text = words.BEHIND.format(label=words.PANES, curves=curves)
        if not text or not self.size.width:
            return []
        shown = shown_in(self._glyphs.mode, text)
        return textwrap.wrap(shown, self.size.width)[:FOOT_ROWS]

    def _heights(self) -> list[int]:
        """Rows for what is shown, from top to bottom."""
        height, pane = self.size.height - len(self._foot), self._pane
        if pane is None or self.one_at_a_time:
            return [height]
        below = min(max(SMALLEST_PLOT, round(height * pane.share)), height - SMALLEST_PLOT)
        return [height - below, below]

    def _pictures(self) -> list[Picture]:
        """What is shown, from top to bottom."""
        pane, cursor, until = self._pane, self._cursor_ms, self._until_ms
        pictures: list[Picture] = []
        if pane is None or not self.one_at_a_time:
            voltage = voltage_plot(self._drawn, cursor=cursor, drawn_until=until)
            pictures.append(replace(voltage, marks=self._marks()))
        if pane is not None:
            pictures.append(pane_picture(pane, self._drawn, cursor=cursor, drawn_until=until))
        return pictures

    def _marks(self) -> tuple[tuple[float, float, str], ...]:
        """What has been marked, on the curve; a stretch by its ends."""
        trace = self._drawn[-1].run.trace
        names = words.MARKED_ENDS if len(self._marked_ms) == 2 else words.MARKED
        places = [min(trace.duration_ms, max(0.0, time_ms)) for time_ms in self._marked_ms]
        samples = [min(len(trace.voltage_mv) - 1, round(ms / trace.dt_ms)) for ms in places]
        heights = [trace.voltage_mv[sample] for sample in samples]
        return tuple(zip(places, heights, names, strict=False))

    def _paint(self) -> None:
        """Draw anew when the next line is asked for: by then the size may be another."""
        self._painted_at = None
        self.refresh()

    def _render_plots(self) -> None:
        self._painted_at = self.size
        self._plain = self.rich_style
        self._lines = []
        if self._drawn and self.size.width and self.size.height > 1:
            for picture, height in zip(self._pictures(), self._heights(), strict=True):
                raster = render(picture, self.size.width, height, self._glyphs.mode)
                self._lines += [(raster, row) for row in range(height)]

    def render_line(self, y: int) -> Strip:
        """Row `y` of the plots, with the read-out below them."""
        if self._painted_at != self.size:
            self._render_plots()
        width = self.size.width
        if y < len(self._lines):
            raster, row = self._lines[y]
            return self._styled(raster, row)
        foot = self._foot
        row = y - (self.size.height - len(foot))
        if 0 <= row < len(foot):
            style = self.get_component_rich_style("plot--cursor")
            return Strip([Segment(foot[row], style)]).adjust_cell_length(width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    def _styled(self, raster: Raster, row: int) -> Strip:
        text, plain = raster.rows[row], self._plain
        segments, place = [], 0
        for span in raster.spans[row]:
            if span.start > place:
                segments.append(Segment(text[place : span.start], plain))
            style = self.get_component_rich_style(component(span.role))
            segments.append(Segment(text[span.start : span.end], style))
            place = span.end
        segments.append(Segment(text[place:], plain))
        return Strip(segments).adjust_cell_length(self.size.width, plain)
