"""The lab as lines of text: a run with what is measured, and what an experiment found."""

from __future__ import annotations

from tutor.session.lab.bench import LabView
from tutor.session.lab.compare import Kept, Reading
from tutor.session.lab.finding import Finding
from tutor.session.written.lines import Lines
from tutor.words import common
from tutor.words import written as words

FIGURE_HEIGHT = 18


def show_set_up(lines: Lines, view: LabView) -> None:
    """Write what is set up."""
    lines.say(words.SET_UP.format(set_up=view.set_up))


def show_run(lines: Lines, view: LabView) -> None:
    """Write what the run looks like, and what is measured of it."""
    lines.plot(view.drawn, view.curves)
    for reading in view.readings:
        lines.say(_reading(reading, view.kept is not None), hanging=4)


def show_difference(lines: Lines, kept: Kept) -> None:
    """Write how the kept set-up and this one differ."""
    for name, only in (("A", kept.only_a), ("B", kept.only_b)):
        if only:
            lines.say(words.ALONE_HAS.format(name=name, changes="; ".join(only)))
    if not kept.only_a and not kept.only_b:
        lines.say(words.ALIKE)


def show_finding(lines: Lines, found: Finding) -> None:
    """Write what an experiment found."""
    for plot in found.plots:
        lines.picture(plot, FIGURE_HEIGHT)
    lines.say(found.sentence)
    for name, value in found.numbers:
        lines.say(f"{name}: {value}", indent=2, hanging=2)


def _reading(reading: Reading, compares: bool) -> str:
    value = f"{reading.text} {reading.unit}".rstrip() if reading.text else common.NONE
    if compares:
        template = words.DIFFERS if reading.differs else words.THE_SAME
        value = template.format(value=value, other=reading.other or common.NONE)
    return f"{reading.meaning[:1].upper()}{reading.meaning[1:]}: {value}"
