"""`tutor simulate`: one run as a plot and numbers, JSON or CSV."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Self, cast, get_args

import click
from msgspec.structs import replace

from tutor.course.bound.registry import binding_of
from tutor.course.names import PREPARATION_NAMES, names_of
from tutor.course.scenario import (
    MeasuredRun,
    default_scenario,
    set_up_line,
    setting,
    settings_of,
    simulate,
    with_settings,
)
from tutor.course.scenario_fields import Scenario, Share
from tutor.course.settings import says_it
from tutor.course.text import one_line, pretty_unit
from tutor.plot.describe_run import describe_run
from tutor.plot.figure import Mode
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.export import as_csv, as_json, document_of_run, table_of_run
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
        if form == "settings":
            _print_settings(scenario, cast(Mode, mode))
            return
        with _Progress() as progress:
            run = simulate(scenario, dt_ms, progress.told)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        raise click.Abort from None
    match form:
        case "json":
            print(as_json(document_of_run(run)), end="")
        case "csv":
            print(as_csv(table_of_run(run)), end="")
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
    # A knob's range is for learners; who asks here may go beyond it.
    return replace(questions[name].scenario, knobs={})


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
        _, unit, decimals = known[name]
        rows.append((name, f"{value:.{decimals}f}", pretty_unit(unit), run.listed(name)))
    _print_table(rows, mode)


def _print_table(rows: Sequence[tuple[str, str, str, str]], mode: Mode) -> None:
    """Names, numbers, units, and what they mean in as many lines as it takes."""
    shown = [[shown_in(mode, cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for name, number, unit, meaning in shown:
        lead = f"{name:<{widths[0]}}  {number:>{widths[1]}}  {unit:<{widths[2]}}  "
        width = max(_width(), len(lead) + LEAST_MEANING)
        indent = " " * len(lead)
        print(textwrap.fill(meaning, width, initial_indent=lead, subsequent_indent=indent))


def _print_settings(scenario: Scenario, mode: Mode) -> None:
    """What can be set in the scenario: where it stands, its range, and what it is."""
    binding = binding_of(scenario.preparation)
    rows = []
    for name, known in settings_of(scenario).items():
        low, high = f"{known.low:g}", f"{known.high:g}"
        words = " or ".join(binding.words.get(name, ()))
        value = f"{setting(scenario, name):g}" if says_it(scenario, name) else "-"
        stands = f"{value} ({low} to {high})"
        rows.append((name, stands, pretty_unit(known.unit), f"{known.sentence} {words}".rstrip()))
    rows += [
        (name, " or ".join(words), "", "A word.")
        for name, words in binding.words.items()
        if name not in settings_of(scenario)
    ]
    print(f"{set_up_line(scenario)}: value (range)")
    _print_table(rows, mode)


def _width() -> int:
    return max(40, min(120, shutil.get_terminal_size((80, 24)).columns)) - 1
