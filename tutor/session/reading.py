"""The read-out under the cursor: the values of all curves that are shown, at one time."""

from __future__ import annotations

from collections.abc import Sequence

from simulator import Recording
from tutor.course.text import pretty_unit
from tutor.plot.describe import SYMBOLS, value_text
from tutor.session.drawn import DrawnRun
from tutor.session.panes import Pane
from tutor.session.picture import GLYPHS, PLACE_GLYPHS
from tutor.words import run as words

#: What draws a curve, and the recording that it is of.
_Shown = tuple[str, Recording]


def read_out(drawn: Sequence[DrawnRun], pane: Pane | None, time_ms: float) -> str:
    """The time and the values there, each behind the glyph of its curve where there are several.

    A time after the end of the run on top is its end.
    """
    top = drawn[-1].run
    time_ms = min(max(time_ms, 0.0), top.trace.duration_ms)
    parts = [
        words.TIME.format(time_ms=time_ms),
        _values("voltage_mv", _voltages(drawn), time_ms),
    ]
    if pane is not None:
        every = pane.kind == "curves" and len(pane.columns) == 1
        shown = drawn if every else drawn[-1:]
        of = [(GLYPHS[each.role], each.run.trace) for each in shown]
        parts += [_values(name, of, time_ms) for name in pane.columns]
        if pane.kind in ("along", "map"):
            parts.append(_summit(drawn[-1], time_ms))
    return "  ".join(part for part in parts if part)


def _voltages(drawn: Sequence[DrawnRun]) -> list[_Shown]:
    if len(drawn) == 1:
        places = drawn[0].run.recordings
        return [(g, each.recording) for g, each in zip(PLACE_GLYPHS, places, strict=False)]
    return [(GLYPHS[each.role], each.run.trace) for each in drawn]


def _values(name: str, shown: Sequence[_Shown], time_ms: float) -> str:
    """The column `name` of each recording that has it, and is still going on."""
    found = [
        (glyph, recording)
        for glyph, recording in shown
        if name in recording.columns and time_ms <= recording.duration_ms + 1e-9
    ]
    if not found:
        return ""
    values = [value_text(name, each.at(name, min(time_ms, each.duration_ms))) for _, each in found]
    if len(found) > 1:
        values = [f"{glyph} {value}" for (glyph, _), value in zip(found, values, strict=True)]
    unit = pretty_unit(found[0][1].columns[name].unit)
    return f"{SYMBOLS[name].text} {'  '.join(values)} {unit}".rstrip()


def _summit(shown: DrawnRun, time_ms: float) -> str:
    """The highest potential along the cable at the time, and where it is."""
    trace = shown.run.space_time
    assert trace is not None
    along = trace.voltage_at(time_ms)
    top = int(along.argmax())
    highest = value_text("voltage_mv", float(along[top]))
    return words.HIGHEST.format(voltage_mv=highest, place_mm=trace.x_mm[top])
