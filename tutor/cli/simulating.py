"""`tutor simulate`: one run as a plot and numbers, JSON or CSV."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Self, cast, get_args

import click

from tutor.course.names import PREPARATION_NAMES, names_of
from tutor.course.scenario import (
    MeasuredRun,
    default_scenario,
    set_up_line,
    simulate,
    with_settings,
)
from tutor.course.scenario_fields import Scenario, Share
from tutor.course.text import one_line, pretty_unit
from tutor.plot.describe_run import describe_run
from tutor.plot.figure import Mode
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import voltage_plot
from tutor.session.terminal import shown_in

PLOT_HEIGHT = 20
#: Cells for what a measurement means, also where the terminal is narrow.
LEAST_MEANING = 17
#: A run that takes no longer says nothing of its progress.
QUIET_S = 0.5


def run_simulate(
    folder: Path | None, name: str, settings: tuple[str, ...], form: str, mode: str
) -> None:
    """Run the scenario `name` with `settings` and print it as `form`.

    Raises:
        click.UsageError: the scenario or a setting is unknown or out of range.
        ContentErrors: the course is wrong.
    """
    values = dict(_setting(text) for text in settings)
    dt_ms = values.pop("dt_ms", None)
    if isinstance(dt_ms, str):
        raise click.UsageError(f"--set dt_ms: {dt_ms!r} is not a number")
    try:
        scenario = with_settings(_scenario(folder, name), values)
        with _Progress() as progress:
            run = simulate(scenario, dt_ms, progress.told)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        raise click.Abort from None
    match form:
        case "json":
            _print_json(run)
        case "csv":
            _print_csv(run)
        case _:
            _print_plot(run, cast(Mode, mode))
            if form == "text":
                _print_measurements(run, cast(Mode, mode))


class _Progress:
    """How far a long run is, on a line of stderr that goes away again; only on a terminal."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._started = monotonic()
        self._shown = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._shown >= 0:
            print("\r" + " " * len(self._line) + "\r", end="", file=sys.stderr, flush=True)

    @property
    def _line(self) -> str:
        return f"running: {self._shown}%"

    def told(self, share: float) -> None:
        """Show the share that is done, once the run has taken a while."""
        percent = int(100.0 * min(1.0, max(0.0, share)))
        if not self._watched or percent == self._shown or monotonic() - self._started < QUIET_S:
            return
        self._shown = percent
        print(f"\r{self._line}", end="", file=sys.stderr, flush=True)


def _setting(text: str) -> tuple[str, float | str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--set takes NAME=VALUE, not {one_line(text, 60)!r}")
    if value in get_args(get_args(Share)[0]):
        return name, value
    try:
        return name, float(value)
    except ValueError:
        raise click.UsageError(
            f"--set {one_line(name, 40)}: {one_line(value, 40)!r} is not a number"
        ) from None


def _scenario(folder: Path | None, name: str) -> Scenario:
    if name in PREPARATION_NAMES:
        return default_scenario(name)
    # A preparation needs neither the course nor what opens it, which take long to import.
    from tutor.cli.starting import unknown
    from tutor.course.loader import CourseFolder

    files = CourseFolder(folder)
    questions = {
        question.id: question
        for phase_id in files.phase_ids
        for question in files.phase(phase_id).questions
    }
    if name not in questions:
        raise click.UsageError(
            unknown("preparation or question", name, [*PREPARATION_NAMES, *questions])
        )
    return questions[name].scenario


def _columns(run: MeasuredRun) -> dict[str, tuple[str, Sequence[float]]]:
    """Unit and samples of each column; the potentials of further places are numbered."""
    found: dict[str, tuple[str, Sequence[float]]] = {
        name: (column.unit, run.trace.column(name)) for name, column in run.trace.columns.items()
    }
    for number, watched in enumerate(run.recordings[1:], 2):
        found[f"voltage_{number}_mv"] = ("mV", watched.recording.voltage_mv)
    return found


def _print_json(run: MeasuredRun) -> None:
    columns = _columns(run)
    document: dict[str, object] = {
        "set_up": set_up_line(run.scenario),
        "measurements": run.everything,
        "units": {name: unit for name, (unit, _) in columns.items()},
        "samples": {name: list(samples) for name, (_, samples) in columns.items()},
    }
    if len(run.recordings) > 1:
        document["places"] = [watched.label for watched in run.recordings]
    print(json.dumps(document, allow_nan=False))


def _print_csv(run: MeasuredRun) -> None:
    columns = _columns(run)
    print(",".join(columns))
    for row in zip(*(samples for _, samples in columns.values()), strict=True):
        print(",".join(f"{value:.6g}" for value in row))


def _print_plot(run: MeasuredRun, mode: Mode) -> None:
    width = _width()
    plot = voltage_plot((DrawnRun("run", "", run),))
    print(shown_in(mode, set_up_line(run.scenario)))
    for row in render(plot, width, PLOT_HEIGHT, mode).rows:
        print(row.rstrip())
    print(textwrap.fill(shown_in(mode, pretty_unit(describe_run(run))), width))


def _print_measurements(run: MeasuredRun, mode: Mode) -> None:
    known = names_of(run.scenario.preparation)
    rows = []
    for name, value in run.everything.items():
        meaning, unit, decimals = known[name]
        cells = (name, f"{value:.{decimals}f}", pretty_unit(unit), meaning)
        rows.append(tuple(shown_in(mode, cell) for cell in cells))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, number, unit, meaning in rows:
        lead = f"{name:<{widths[0]}}  {number:>{widths[1]}}  {unit:<{widths[2]}}  "
        width = max(_width(), len(lead) + LEAST_MEANING)
        indent = " " * len(lead)
        print(textwrap.fill(meaning, width, initial_indent=lead, subsequent_indent=indent))


def _width() -> int:
    return max(40, min(120, shutil.get_terminal_size((80, 24)).columns)) - 1
