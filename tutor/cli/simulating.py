"""`tutor simulate`: one run as a plot and numbers, JSON or CSV."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path
from typing import cast

import click

from simulator import COLUMNS, MEASUREMENTS, PREPARATIONS, TIME_STEP
from tutor.course.expression import EXPERIMENTS, ExpressionError
from tutor.course.scenario import (
    MeasuredRun,
    default_scenario,
    set_up_line,
    simulate,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.course.text import one_line, pretty_unit
from tutor.plot.describe import describe
from tutor.plot.figure import Mode
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import voltage_plot
from tutor.session.terminal import shown_in

PLOT_HEIGHT = 20
#: Cells for what a measurement means, also where the terminal is narrow.
LEAST_MEANING = 17


def run_simulate(
    folder: Path | None, name: str, settings: tuple[str, ...], form: str, mode: str
) -> None:
    """Run the scenario `name` with `settings` and print it as `form`.

    Raises:
        click.UsageError: the scenario or a setting is unknown or out of range.
        ContentErrors: the course is wrong.
    """
    values = dict(_setting(text) for text in settings)
    dt_ms = values.pop("dt_ms", TIME_STEP.default)
    try:
        scenario = with_settings(_scenario(folder, name), values)
        run = simulate(scenario, TIME_STEP.check(dt_ms))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    match form:
        case "json":
            _print_json(run)
        case "csv":
            _print_csv(run)
        case _:
            _print_plot(run, cast(Mode, mode))
            if form == "text":
                _print_measurements(run, cast(Mode, mode))


def _setting(text: str) -> tuple[str, float | str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--set takes NAME=VALUE, not {one_line(text, 60)!r}")
    if value == "rest":
        return name, value
    try:
        return name, float(value)
    except ValueError:
        raise click.UsageError(
            f"--set {one_line(name, 40)}: {one_line(value, 40)!r} is not a number"
        ) from None


def _scenario(folder: Path | None, name: str) -> Scenario:
    if name in PREPARATIONS:
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
            unknown("preparation or question", name, [*PREPARATIONS, *questions])
        )
    return questions[name].scenario


def _measured(run: MeasuredRun) -> dict[str, float]:
    """The measurements of the run, and its threshold where it has one."""
    found = dict(run.measurements)
    for name in EXPERIMENTS:
        try:
            found[name] = run.value(name)
        except ExpressionError:
            continue  # Nothing fires this set-up.
    return found


def _print_json(run: MeasuredRun) -> None:
    document = {
        "set_up": set_up_line(run.scenario),
        "measurements": _measured(run),
        "units": {name: column.unit for name, column in COLUMNS.items()},
        "samples": {name: run.trace.column(name).tolist() for name in COLUMNS},
    }
    print(json.dumps(document, allow_nan=False))


def _print_csv(run: MeasuredRun) -> None:
    print(",".join(COLUMNS))
    for row in zip(*(run.trace.column(name) for name in COLUMNS), strict=True):
        print(",".join(f"{value:.6g}" for value in row))


def _print_plot(run: MeasuredRun, mode: Mode) -> None:
    width = _width()
    plot = voltage_plot((DrawnRun("run", "", run),))
    print(shown_in(mode, set_up_line(run.scenario)))
    for row in render(plot, width, PLOT_HEIGHT, mode).rows:
        print(row.rstrip())
    print(textwrap.fill(shown_in(mode, describe(run.trace)), width))


def _print_measurements(run: MeasuredRun, mode: Mode) -> None:
    meanings = {name: m.meaning for name, m in MEASUREMENTS.items()} | {
        "threshold_mv": "potential at the end of the just-effective pulse",
        "threshold_ua_cm2": "size of the just-effective pulse",
    }
    units = {name: (m.unit, m.decimals) for name, m in MEASUREMENTS.items()} | EXPERIMENTS
    rows = []
    for name, value in _measured(run).items():
        unit, decimals = units[name]
        cells = (name, f"{value:.{decimals}f}", pretty_unit(unit), meanings[name])
        rows.append(tuple(shown_in(mode, cell) for cell in cells))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, number, unit, meaning in rows:
        lead = f"{name:<{widths[0]}}  {number:>{widths[1]}}  {unit:<{widths[2]}}  "
        width = max(_width(), len(lead) + LEAST_MEANING)
        indent = " " * len(lead)
        print(textwrap.fill(meaning, width, initial_indent=lead, subsequent_indent=indent))


def _width() -> int:
    return max(40, min(120, shutil.get_terminal_size((80, 24)).columns)) - 1
