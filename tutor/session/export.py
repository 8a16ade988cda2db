"""Runs and experiments as files: CSV, JSON, a plot of characters, SVG and PNG."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from tutor.course.scenario import MeasuredRun, set_up_line
from tutor.course.text import one_line, pretty_unit
from tutor.plot.describe_run import describe_run
from tutor.plot.figure import Mode, Plot
from tutor.plot.raster import render
from tutor.session.drawn import DrawnRun
from tutor.session.picture import curves_plot, voltage_plot
from tutor.session.terminal import shown_in
from tutor.words import export as words

#: Columns of numbers by name; None where there is no number.
Table = Mapping[str, Sequence[float | None]]

TEXT_WIDTH, TEXT_HEIGHT = 100, 24
#: Pictures are drawn by an extra.
FORMATS, PICTURES = ("csv", "json", "txt", "svg", "png"), ("svg", "png")


class Sheet(msgspec.Struct, frozen=True):
    """What can be exported.

    Attributes:
        title: What stands above the plots.
        sentence: What stands below them.
        plots: The plots, one below the other.
        table: Columns of one length, which CSV has.
        document: What JSON has; made when it is asked for, as it may cost experiments.
    """

    title: str
    sentence: str
    plots: tuple[Plot, ...]
    table: Table
    document: Callable[[], dict[str, object]]


def written_here() -> tuple[str, ...]:
    """The formats that can be written on this machine."""
    if find_spec("matplotlib"):
        return FORMATS
    return tuple(ending for ending in FORMATS if ending not in PICTURES)


def columns_of_run(run: MeasuredRun) -> dict[str, tuple[str, Sequence[float]]]:
    """Unit and samples of each column; the potentials of further places are numbered."""
    found: dict[str, tuple[str, Sequence[float]]] = {
        name: (column.unit, run.trace.column(name)) for name, column in run.trace.columns.items()
    }
    for number, watched in enumerate(run.recordings[1:], 2):
        found[f"voltage_{number}_mv"] = ("mV", watched.recording.voltage_mv)
    return found


def table_of_run(run: MeasuredRun) -> Table:
    """The samples of each column."""
    return {name: samples for name, (_, samples) in columns_of_run(run).items()}


def document_of_run(run: MeasuredRun) -> dict[str, object]:
    """A run with its measurements, units and samples."""
    columns = columns_of_run(run)
    document: dict[str, object] = {
        "set_up": set_up_line(run.scenario),
        "measurements": run.everything,
        "units": {name: unit for name, (unit, _) in columns.items()},
        "samples": {name: list(samples) for name, (_, samples) in columns.items()},
    }
    if len(run.recordings) > 1:
        document["places"] = [watched.label for watched in run.recordings]
    return document


def curves_of(run: MeasuredRun) -> tuple[str, ...]:
    """What belongs below the voltage: under voltage clamp the current is what is looked for."""
    return ("clamp_ua_cm2",) if run.scenario.clamp else ()


def sheet_of_runs(drawn: Sequence[DrawnRun]) -> Sheet:
    """What is drawn: the last run with all its numbers, the others in pictures and JSON."""
    run = drawn[-1].run
    lines = [f"{one.label}: {set_up_line(one.run.scenario)}" for one in drawn]

    def document() -> dict[str, object]:
        compared = {one.label: document_of_run(one.run) for one in drawn[:-1]}
        return document_of_run(run) | ({"compared_with": compared} if compared else {})

    curves = curves_of(run)
    below = (curves_plot(drawn, curves),) if curves else ()
    return Sheet(
        title="\n".join(lines) if len(drawn) > 1 else set_up_line(run.scenario),
        sentence=pretty_unit(describe_run(run)),
        plots=(voltage_plot(drawn), *below),
        table=table_of_run(run),
        document=document,
    )


def as_csv(table: Table) -> str:
    """The table with a line of names above it; empty where there is no number."""
    lines = [",".join(table)]
    for row in zip(*table.values(), strict=True):
        lines.append(",".join("" if value is None else f"{value:.6g}" for value in row))
    return "\n".join(lines) + "\n"


def as_json(document: dict[str, object]) -> str:
    """The document in one line."""
    return json.dumps(document, allow_nan=False) + "\n"


def as_text(sheet: Sheet, mode: Mode) -> str:
    """Plots of characters, with the sentence below them."""
    lines = [sheet.title]
    for plot in sheet.plots:
        lines += [row.rstrip() for row in render(plot, TEXT_WIDTH, TEXT_HEIGHT, mode).rows]
    return shown_in(mode, "\n".join([*lines, sheet.sentence])) + "\n"


def target(name: str) -> Path:
    """The file that a typed name means, in the present folder if it names none.

    Raises:
        ValueError: its ending says no format, or it cannot be a file.
    """
    path = Path(name.strip()).expanduser().absolute()
    form = path.suffix[1:].casefold()
    if form not in FORMATS or not path.stem:
        endings = ", ".join(f".{known}" for known in FORMATS)
        raise ValueError(words.WRONG_ENDING.format(name=one_line(name, 80), endings=endings))
    if path.is_dir():
        raise ValueError(words.IS_FOLDER.format(path=one_line(str(path), 300)))
    if not path.parent.is_dir():
        raise ValueError(words.NO_FOLDER.format(path=one_line(str(path.parent), 300)))
    return path


def export(sheet: Sheet, path: Path, mode: Mode) -> None:
    """Write the sheet as the ending of `path` says, over what was there.

    Raises:
        ValueError: it cannot be written, or what that takes is not installed; one sentence.
    """
    from tutor.session.lab.files import write_whole

    match path.suffix[1:].casefold():
        case "csv":
            data = as_csv(sheet.table).encode()
        case "json":
            data = as_json(sheet.document()).encode()
        case "txt":
            data = as_text(sheet, mode).encode()
        case form:
            from tutor.session.export_picture import picture

            data = picture(sheet.title, sheet.plots, form)
    write_whole(path, data)
