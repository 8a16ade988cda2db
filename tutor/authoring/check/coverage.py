"""What a course covers: phases, kinds, tracks, difficulty, objectives, misconceptions, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TypeVar, get_args

import msgspec

from tutor.course.model import Claim, Misconception, Phase
from tutor.course.questions import AnyQuestion, misconceptions_named

T = TypeVar("T")

KINDS = tuple(str(kind.__struct_config__.tag) for kind in get_args(AnyQuestion))
TRACKS = ("A", "M")
DIFFICULTIES = (1, 2, 3)
WIDTH = 78
LONGEST_NAME = 20
#: An objective is asked at least so often.
OFTEN_ENOUGH = 2


class PhaseCoverage(msgspec.Struct, frozen=True):
    """What the questions of a phase are."""

    phase: str
    questions: int
    kinds: Mapping[str, int]
    tracks: Mapping[str, int]
    difficulty: Mapping[int, int]


class Coverage(msgspec.Struct, frozen=True):
    """What the questions of a course ask, and how often."""

    phases: tuple[PhaseCoverage, ...]
    objectives: Mapping[str, int]
    """Questions by objective."""
    misconceptions: Mapping[str, int]
    """Answers that show it, by misconception."""
    refuted: tuple[str, ...]
    """Misconceptions that have a run of their own in the bank."""
    claims: Mapping[str, tuple[int, int]]
    """Steps that teach it and questions that ask it, by claim."""

    @property
    def unused_misconceptions(self) -> list[str]:
        """Those that no answer shows and no run of their own refutes."""
        used = self.misconceptions.items()
        return [name for name, count in used if not count and name not in self.refuted]


def coverage_of(
    phases: Mapping[str, Phase],
    misconceptions: Mapping[str, Misconception],
    claims: tuple[Claim, ...],
) -> Coverage:
    """The coverage of the phases that could be read."""
    objectives = Counter({o.id: 0 for phase in phases.values() for o in phase.objectives})
    named = Counter(dict.fromkeys(misconceptions, 0))
    for phase in phases.values():
        for question in phase.questions:
            objectives.update(set(question.objectives))
            names = (name for _, name in misconceptions_named(question))
            named.update(name for name in names if name in misconceptions)
    steps = {step.id for phase in phases.values() for step in phase.steps}
    questions = {question.id for phase in phases.values() for question in phase.questions}
    return Coverage(
        phases=tuple(_of_phase(phase_id, phase) for phase_id, phase in phases.items()),
        objectives=dict(objectives),
        misconceptions=dict(named),
        refuted=tuple(m.id for m in misconceptions.values() if m.refutation is not None),
        claims={c.id: (len(steps & {*c.taught}), len(questions & {*c.asked})) for c in claims},
    )


def _of_phase(phase_id: str, phase: Phase) -> PhaseCoverage:
    questions = phase.questions
    return PhaseCoverage(
        phase=phase_id,
        questions=len(questions),
        kinds=_counted(KINDS, [question.kind for question in questions]),
        tracks=_counted(TRACKS, [question.track for question in questions]),
        difficulty=_counted(DIFFICULTIES, [question.difficulty for question in questions]),
    )


def _counted(known: Sequence[T], found: Sequence[T]) -> dict[T, int]:
    return {one: found.count(one) for one in known}


def coverage_lines(coverage: Coverage) -> Iterator[str]:
    """The coverage as a table of at most 80 columns, and a line for each bank."""
    levels = [f"d{level}" for level in DIFFICULTIES]
    rows = [["phase", "all", *TRACKS, *levels, *(kind[:2] for kind in KINDS)]]
    total = [0] * (len(rows[0]) - 1)
    for phase in coverage.phases:
        counts = [phase.questions, *phase.tracks.values(), *phase.difficulty.values()]
        counts += phase.kinds.values()
        total = [a + b for a, b in zip(total, counts, strict=True)]
        rows.append([phase.phase[:LONGEST_NAME], *(str(count or ".") for count in counts)])
    rows.append(["all", *map(str, total)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        row = (f"{cell:>{width + 1}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield f"{name:{widths[0]}} " + "".join(row)
    legend = f"({', '.join(KINDS)}; A and M are tracks, d1 to d3 difficulties)"
    yield from wrap(legend, WIDTH)
    asked = coverage.objectives
    seldom = [name for name, count in asked.items() if count < OFTEN_ENOUGH]
    yield from _bank("objectives", len(asked), "asked twice or more", seldom)
    unused = coverage.unused_misconceptions
    yield from _bank("misconceptions", len(coverage.misconceptions), "used or refuted", unused)
    if coverage.claims:
        lacking = [name for name, counts in coverage.claims.items() if not all(counts)]
        yield from _bank("claims", len(coverage.claims), "taught and asked", lacking)


def _bank(what: str, count: int, done: str, lacking: Sequence[str]) -> list[str]:
    left = f"; not {', '.join(lacking)}" if lacking else ""
    line = f"{what}: {count - len(lacking)} of {count} {done}{left}"
    return wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
