"""Two set-ups of the lab side by side: what differs in them, and in what is measured."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tutor.course.bound.registry import binding_of
from tutor.course.expression import ExpressionError
from tutor.course.names import EXPERIMENTS, OF_FIBRE, TRAVELLING, names_of
from tutor.course.scenario import MeasuredRun, set_up_parts
from tutor.course.scenario_fields import Scenario
from tutor.course.text import pretty_unit
from tutor.words import lab as words


class Reading(msgspec.Struct, frozen=True):
    """A measurement of the run, beside that of the run that was kept.

    Attributes:
        name: As content files call it.
        meaning: What it is.
        text: Its value; empty where this run has none.
        unit: Its unit.
        other: The value of the kept run; empty where it has none.
        differs: Whether the two are not the same as they are written.
    """

    name: str
    meaning: str
    text: str
    unit: str
    other: str = ""
    differs: bool = False


class Kept(msgspec.Struct, frozen=True):
    """The run that was kept as A, and how its set-up differs from that of B."""

    set_up: str
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def readings(run: MeasuredRun, kept: MeasuredRun | None) -> tuple[Reading, ...]:
    """What is measured, in the order of the preparation's names; what only A has comes last.

    Where spikes travel, how they do comes first.
    """
    measured = dict(_measured(run))
    order = dict.fromkeys((*TRAVELLING, *OF_FIBRE, *measured))
    here = {name: measured[name] for name in order if name in measured}
    there = dict(_measured(kept)) if kept is not None else {}
    known = names_of(run.scenario.preparation)
    if kept is not None:
        known = {**names_of(kept.scenario.preparation), **known}
    found = []
    for name in [*here, *(name for name in there if name not in here)]:
        of = run if name in here or kept is None else kept
        text, other = here.get(name, ""), there.get(name, "")
        differs = kept is not None and text != other
        unit = pretty_unit(known[name].unit)
        found.append(Reading(name, of.listed(name), text, unit, other, differs))
    return tuple(found)


def _measured(run: MeasuredRun) -> Iterator[tuple[str, str]]:
    """The numbers of a run as they are written, those that cost experiments left out."""
    for name, (_, _, decimals) in names_of(run.scenario.preparation).items():
        if name in EXPERIMENTS and not run.threshold_is_known:
            continue
        try:
            value = run.value(name)
        except (ExpressionError, ValueError):
            continue  # It did not happen in this run.
        yield name, f"{round(value, decimals) + 0.0:.{decimals}f}"


def kept_beside(kept: MeasuredRun, scenario: Scenario) -> Kept:
    """The kept run's set-up, and what either has that the other has not."""
    a, b = _parts(kept.scenario), _parts(scenario)
    return Kept(
        set_up=" · ".join(set_up_parts(kept.scenario)),
        only_a=tuple(part for part in a if part not in b),
        only_b=tuple(part for part in b if part not in a),
    )


def _parts(scenario: Scenario) -> list[str]:
    length_ms = binding_of(scenario.preparation).length_ms(scenario)
    return [*set_up_parts(scenario), words.RUN_LENGTH.format(length_ms=length_ms)]
