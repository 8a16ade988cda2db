"""What an experiment of the lab finds: plots, numbers and a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tutor.course.scenario import set_up_parts
from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.plot.figure import Axis, Level, Plot, Series
from tutor.plot.raster import nice_range
from tutor.session.export import Sheet, Table
from tutor.words.scenarios import NO_STIMULUS

#: Glyphs of curves that are drawn over each other.
GLYPHS = "*o+x%&@#=~"


class Finding(msgspec.Struct, frozen=True):
    """What came out.

    Attributes:
        name: The experiment.
        title: Its title.
        set_up: What it was done on, in a line.
        sentence: What it shows, with its numbers.
        plots: Its plots.
        numbers: What was measured: what it is, and its value with its unit.
        table: The points.
    """

    name: str
    title: str
    set_up: str
    sentence: str
    plots: tuple[Plot, ...]
    numbers: tuple[tuple[str, str], ...]
    table: Table

    @property
    def sheet(self) -> Sheet:
        """What is exported of it."""
        document: dict[str, object] = {
            "experiment": self.name,
            "set_up": self.set_up,
            "found": dict(self.numbers),
            "says": self.sentence,
            "points": {name: list(column) for name, column in self.table.items()},
        }
        title = f"{self.title}: {self.set_up}"
        return Sheet(title, self.sentence, self.plots, self.table, lambda: document)


def curve(
    x: Sequence[float],
    y: Sequence[float | None],
    label: str = "",
    number: int = 0,
    role: str = "",
) -> Series:
    """A curve through points; those without a value are left out."""
    pairs = [(a, b) for a, b in zip(x, y, strict=True) if b is not None]
    return Series(
        [a for a, _ in pairs],
        [b for _, b in pairs],
        GLYPHS[number % len(GLYPHS)],
        role or ("run" if not number else f"curve {number}"),
        label,
    )


def plot_of(
    series: Sequence[Series],
    x: Axis,
    y_unit: str,
    y_title: str,
    *,
    levels: Sequence[Level] = (),
    marks: Sequence[tuple[float, float, str]] = (),
    y: tuple[float, float] | None = None,
) -> Plot:
    """A plot whose y axis holds all of its curves, and 0."""
    values = [value for one in series for value in one.values if value == value]
    low, high = y or nice_range(min([*values, 0.0]), max([*values, 0.0]))
    return Plot(
        series=tuple(series),
        x=x,
        y=Axis(low, high, y_unit, y_title),
        levels=tuple(levels),
        marks=tuple(marks),
        legend=len(series) > 1,
    )


def marked(x: Sequence[float], y: Sequence[float | None]) -> list[tuple[float, float, str]]:
    """The measured points as marks."""
    return [(a, b, "") for a, b in zip(x, y, strict=True) if b is not None]


def told_set_up(scenario: Scenario) -> str:
    """Preparation and changes in a line."""
    bare = Scenario(preparation=scenario.preparation, changes=scenario.changes)
    return " · ".join(part for part in set_up_parts(bare) if part != NO_STIMULUS)


def pulse_ms_of(scenario: Scenario) -> float:
    """The length of the first pulse, or the usual one."""
    first = next((s for s in scenario.stimuli if isinstance(s, PulseSpec)), PulseSpec())
    return float(first.pulse_ms)
