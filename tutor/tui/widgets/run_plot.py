"""The run: voltage and curves as a plot that draws itself, with a cursor."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tutor.course.text import pretty_unit
from tutor.plot.describe import readout
from tutor.plot.figure import Plot
from tutor.plot.raster import Raster, cell_to_data, render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import curves_plot, voltage_plot
from tutor.session.terminal import shown_in
from tutor.tui.widgets.text import Glyphs

DRAW_S = 1.0
FRAME_S = 1 / 30
#: Rows that a plot needs to say something.
SMALLEST_PLOT = 6


class RunPlot(Widget, can_focus=True):
    """Shows runs over one time axis. Space replays the drawing, arrows move a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "plot--axis",
        "plot--level",
        "plot--run",
        "plot--spine",
        "plot--compare",
        "plot--refutation",
        "plot--curve",
        "plot--curve2",
        "plot--band",
        "plot--band2",
        "plot--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Cursor", show=False),
        Binding("right", "move(1)", show=False),
        Binding("shift+left,pageup", "move(-10)", show=False),
        Binding("shift+right,pagedown", "move(10)", show=False),
        Binding("enter", "mark", "Mark", key_display="Enter"),
        Binding("escape", "clear", show=False),
    ]

    @dataclass
    class Marked(Message):
        """The learner marked the time under the cursor."""

        time_ms: float

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._drawn: tuple[DrawnRun, ...] = ()
        self._curves: tuple[str, ...] = ()
        self._cursor_ms: float | None = None
        self._curves_first = False
        self._until_ms: float | None = None
        self._started = 0.0
        self._timer: Timer | None = None
        self._lines: list[tuple[Raster, int]] = []
        self._painted_at: Size | None = None
        self._plain = Style()
        self.takes_marks = False
        """Whether Enter marks the time under the cursor."""

    def show(
        self, drawn: tuple[DrawnRun, ...], curves: tuple[str, ...], *, draw: bool = False
    ) -> None:
        """Show `drawn`; with `draw` the trace draws itself in about a second."""
        self._drawn, self._curves = drawn, curves
        self._cursor_ms = None if draw else self._cursor_ms
        self._stop()
        if draw:
            self._started = monotonic()
            self._until_ms = 0.0
            self._timer = self.set_interval(FRAME_S, self._advance)
        self._paint()

    @property
    def drawing(self) -> bool:
        """True while the trace draws itself."""
        return self._timer is not None

    def finish(self) -> None:
        """Show the whole trace at once."""
        self._stop()
        self._paint()

    @property
    def read_out(self) -> str:
        """The values under the cursor; empty without one."""
        if self._cursor_ms is None or not self._drawn:
            return ""
        run = self._drawn[-1].run
        time_ms = min(self._cursor_ms, run.trace.duration_ms)
        return pretty_unit(readout(run.trace, time_ms, ("voltage_mv", *self._curves)))

    def action_move(self, columns: int) -> None:
        """Move the cursor by columns, putting it at the peak first."""
        if not self._drawn or self._hidden:
            return
        run = self._drawn[-1].run
        if self._cursor_ms is None:
            self._cursor_ms = run.measurements["peak_ms"]
        else:
            step_ms = run.trace.duration_ms / max(20, self.size.width)
            moved = self._cursor_ms + columns * step_ms
            self._cursor_ms = min(run.trace.duration_ms, max(0.0, moved))
        self._paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a cursor, Escape and Enter are left to the screen."""
        if action == "mark":
            return self.takes_marks and self._cursor_ms is not None
        return action != "clear" or self._cursor_ms is not None

    def action_mark(self) -> None:
        """Mark the time under the cursor."""
        if self._cursor_ms is not None:
            self.post_message(self.Marked(self._cursor_ms))

    def action_clear(self) -> None:
        """Take the cursor away."""
        self._cursor_ms = None
        self._paint()

    def on_click(self, event: Click) -> None:
        """Put the cursor where the learner clicked."""
        if not self._drawn or self._hidden:
            return
        top = 0
        for plot, height in zip(self._plots(), self._heights(), strict=True):
            if plot is not None and top <= event.y < top + height:
                found = cell_to_data(plot, self.size.width, height, event.x, event.y - top)
                if found is not None:
                    self._cursor_ms = found[0]
                    self._paint()
            top += height

    def on_unmount(self) -> None:
        """Stop drawing."""
        self._stop()

    @property
    def _hidden(self) -> bool:
        """True while the run may not be read yet."""
        return self._drawn[-1].until_ms is not None

    def _advance(self) -> None:
        share = (monotonic() - self._started) / DRAW_S
        if share >= 1.0 or not self._drawn:
            self._stop()
        else:
            self._until_ms = share * max(d.run.trace.duration_ms for d in self._drawn)
        self._paint()

    def _stop(self) -> None:
        self._until_ms = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def one_at_a_time(self) -> bool:
        """True where voltage and curves do not both fit, so that a key swaps them."""
        return bool(self._curves) and self._height < 2 * SMALLEST_PLOT

    def swap(self) -> None:
        """Show the curves in place of the voltage, or the other way round."""
        self._curves_first = not self._curves_first
        self._paint()

    @property
    def _height(self) -> int:
        return self.size.height - bool(self.read_out)

    def _heights(self) -> tuple[int, int]:
        """Rows for voltage and curves."""
        if not self._curves:
            return self._height, 0
        if self.one_at_a_time:
            return (0, self._height) if self._curves_first else (self._height, 0)
        below = max(SMALLEST_PLOT, self._height // 3)
        return self._height - below, below

    def _plots(self) -> list[Plot | None]:
        return [
            voltage_plot(self._drawn, cursor=self._cursor_ms, drawn_until=self._until_ms),
            curves_plot(
                self._drawn, self._curves, cursor=self._cursor_ms, drawn_until=self._until_ms
            ),
        ]

    def _paint(self) -> None:
        """Draw anew when the next line is asked for: by then the size may be another."""
        self._painted_at = None
        self.refresh()

    def _render_plots(self) -> None:
        self._painted_at = self.size
        self._plain = self.rich_style
        self._lines = []
        if self._drawn and self.size.width and self.size.height > 1:
            for plot, height in zip(self._plots(), self._heights(), strict=True):
                if plot is not None and height:
                    raster = render(plot, self.size.width, height, self._glyphs.mode)
                    self._lines += [(raster, row) for row in range(height)]

    def render_line(self, y: int) -> Strip:
        """Row `y` of the plots, with the read-out below them."""
        if self._painted_at != self.size:
            self._render_plots()
        width = self.size.width
        if y < len(self._lines):
            raster, row = self._lines[y]
            return self._styled(raster, row)
        if self.read_out and y == self.size.height - 1:
            text = shown_in(self._glyphs.mode, self.read_out)[:width]
            style = self.get_component_rich_style("plot--cursor")
            return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    def _styled(self, raster: Raster, row: int) -> Strip:
        text, plain = raster.rows[row], self._plain
        segments, place = [], 0
        for span in raster.spans[row]:
            if span.start > place:
                segments.append(Segment(text[place : span.start], plain))
            style = self.get_component_rich_style(_component(span.role))
            segments.append(Segment(text[span.start : span.end], style))
            place = span.end
        segments.append(Segment(text[place:], plain))
        return Strip(segments).adjust_cell_length(self.size.width, plain)


_ROLES = {
    "axis": "plot--axis",
    "level": "plot--level",
    "cursor": "plot--cursor",
    "run": "plot--run",
    "spine": "plot--spine",
    "compare": "plot--compare",
    "refutation": "plot--refutation",
    "band:rising": "plot--band2",
    "band:undershoot": "plot--band2",
    "band:absolute": "plot--band2",
    "g_k": "plot--curve2",
    "i_k": "plot--curve2",
    "na_inactivated": "plot--curve2",
}


def _component(role: str) -> str:
    """The component class of a role of the raster."""
    if role in _ROLES:
        return _ROLES[role]
    return "plot--band" if role.startswith("band:") else "plot--curve"
