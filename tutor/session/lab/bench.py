"""The lab: a free bench over all preparations; every scenario can be set up, run and compared."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from simulator import Cancelled, Progress
from simulator.progress import silent
from tutor.course.bound.registry import binding_of
from tutor.course.bound.telling import told_clamp, told_stimulus
from tutor.course.scenario import (
    MeasuredRun,
    default_scenario,
    set_up_line,
    settings_of,
    simulate_once,
    with_settings,
)
from tutor.course.scenario_fields import Scenario
from tutor.course.scenario_rules import scenario_problems
from tutor.session.drawn import DrawnRun
from tutor.session.export import curves_of
from tutor.session.lab.compare import Kept, Reading, kept_beside, readings
from tutor.session.lab.knobs import LabKnob, lab_knobs
from tutor.session.lab.rows import LabRow, lab_rows
from tutor.session.lab.setting import knob_named, set_in
from tutor.session.lab.stimuli import KINDS, fresh_of, kinds_for, with_added, without
from tutor.session.slow import Work, awaited
from tutor.words import common
from tutor.words import lab as words
from tutor.words import run as run_words

#: Each preparation with a sentence.
PREPARATIONS = words.PREPARATIONS


class LabView(msgspec.Struct, frozen=True):
    """What the lab shows.

    Attributes:
        title: The name of the set-up: of its file, of a question, or of the preparation.
        set_up: The set-up in a line.
        run: The run that is shown; None before the first.
        is_stale: Whether the set-up has been changed since it was made.
        drawn: What is drawn: the kept run, then the run.
        curves: What is drawn below the voltage before anything else is asked for.
        readings: What is measured.
        kept: The kept run's set-up beside this one.
        knobs: Every knob.
        stimuli: Stimuli and levels of the clamp in words.
    """

    title: str
    set_up: str
    run: MeasuredRun | None
    is_stale: bool
    drawn: tuple[DrawnRun, ...]
    curves: tuple[str, ...]
    readings: tuple[Reading, ...]
    kept: Kept | None
    knobs: tuple[LabKnob, ...]
    stimuli: tuple[str, ...]

    def rows(self, opened: Collection[str] = (), search: str = "") -> tuple[LabRow, ...]:
        """The list of knobs; see `lab_rows`."""
        return lab_rows(self.knobs, self.stimuli, opened, search)


class Lab:
    """A set-up, its run, and a run that was kept to compare with.

    An edit that cannot be run leaves the set-up as it was. Edits raise ValueError with a sentence
    where what they ask for is not possible.
    """

    def __init__(self, scenario: Scenario | None = None, title: str = "") -> None:
        """Begin with `scenario`, or else with the textbook neuron.

        Raises:
            ValueError: the scenario cannot be run.
        """
        self.scenario = default_scenario("textbook")
        self.title = title
        self.run: MeasuredRun | None = None
        self.kept: MeasuredRun | None = None
        if scenario is not None:
            self.open(scenario, title)

    # The set-up.

    def open(self, scenario: Scenario, title: str) -> None:
        """Take another set-up in place of this one; the kept run stays."""
        self._become(msgspec.structs.replace(scenario, knobs={}))
        self.title = title

    def use(self, preparation: str) -> None:
        """Begin anew with a preparation as it is by itself."""
        self.open(default_scenario(preparation), "")

    def set(self, name: str, value: float | str) -> None:
        """Set a knob by its name, to a number or to what was typed."""
        knobs = self.knobs
        if name not in [knob.name for knob in knobs] and name in settings_of(self.scenario):
            # Another way to say how strong a pulse is.
            number = float(str(value).replace(",", "."))
            self._become(with_settings(self.scenario, {name: number}))
            return
        self._become(set_in(self.scenario, knob_named(knobs, name), value))

    def turn(self, name: str, steps: float) -> None:
        """Turn a knob by so many steps, over values that cannot be to the next that can."""
        knob = knob_named(self.knobs, name)
        while True:
            value = knob.turned(steps)
            try:
                self._become(set_in(self.scenario, knob, value))
                return
            except ValueError:
                if isinstance(value, str) or value in (knob.low, knob.high, knob.value):
                    raise
                knob = msgspec.structs.replace(knob, value=value)

    def reset(self, name: str) -> None:
        """Put a knob back to where it is in the preparation left alone."""
        knob = knob_named(self.knobs, name)
        if name in self.scenario.changes:
            left = {n: v for n, v in self.scenario.changes.items() if n != name}
            self._become(msgspec.structs.replace(self.scenario, changes=left))
        elif name == "duration_ms":
            usual = default_scenario(self.scenario.preparation).duration_ms
            self._become(msgspec.structs.replace(self.scenario, duration_ms=usual))
        else:
            initial = knob.words[0] if knob.words else knob.initial
            self._become(set_in(self.scenario, knob, initial))

    def reset_all(self) -> None:
        """Take all changes back; stimuli stay."""
        self._become(msgspec.structs.replace(self.scenario, changes={}, changes_from_ms=0.0))

    def add(self, kind: str, **values: str) -> None:
        """Add a stimulus, with what is set of it."""
        if kind not in KINDS:
            known_kinds = ", ".join(self.kinds)
            raise ValueError(words.CANNOT_ADD.format(kind=kind[:40], kinds=known_kinds))
        scenario = with_added(self.scenario, kind)
        number = len(scenario.clamp) if kind == "clamp" else len(scenario.stimuli)
        for name, value in values.items():
            known = lab_knobs(scenario, fresh_of(scenario))
            known = tuple(k for k in known if k.stimulus == number)
            knob = knob_named(known, name if number == 1 else f"{name}_{number}")
            scenario = set_in(scenario, knob, value)
        self._become(scenario)

    def remove(self, number: int) -> None:
        """Take a stimulus away; levels of the clamp are counted after the stimuli."""
        self._become(without(self.scenario, number))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of stimuli that can be added."""
        return kinds_for(self.scenario.preparation)

    @property
    def knobs(self) -> tuple[LabKnob, ...]:
        """Every knob of the set-up."""
        return lab_knobs(self.scenario, fresh_of(self.scenario))

    def _become(self, scenario: Scenario) -> None:
        for _, message in scenario_problems((), scenario):
            raise ValueError(message)
        self.scenario = scenario

    # The run.

    @property
    def is_stale(self) -> bool:
        """Whether the run is of another set-up, or there is none yet."""
        return self.run is None or self.run.scenario != self.scenario

    @property
    def awaited(self) -> Work | None:
        """What to do beside a screen before `make`; None where that takes no time."""
        return awaited([self.scenario]) if self.is_stale else None

    def make(self, progress: Progress = silent) -> None:
        """Run the set-up, unless it has been.

        Raises:
            ValueError: it cannot be run; the set-up is again the one that was run last.
            Cancelled: `progress` has stopped it; likewise.
        """
        if not self.is_stale:
            return
        try:
            self.run = simulate_once(self.scenario, progress)
        except (ValueError, Cancelled):
            self.put_back()
            raise

    def put_back(self) -> None:
        """Make the set-up again what was run last."""
        if self.run is not None:
            self.scenario = self.run.scenario

    def keep(self) -> None:
        """Keep the run as A, to see what comes after over it.

        Raises:
            ValueError: there is no run of this set-up yet.
        """
        if self.run is None or self.is_stale:
            raise ValueError(common.RUN_NOT_READY)
        self.kept = self.run

    def let_go(self) -> None:
        """No longer compare."""
        self.kept = None

    # What is shown.

    @property
    def stimuli(self) -> tuple[str, ...]:
        """The stimuli, then the levels of the clamp, in words."""
        binding = binding_of(self.scenario.preparation)
        told = [told_stimulus(spec, binding) for spec in self.scenario.stimuli]
        return (*told, *(told_clamp((level,)) for level in self.scenario.clamp))

    @property
    def view(self) -> LabView:
        """What to show now."""
        run, kept = self.run, self.kept
        drawn = [] if run is None else [DrawnRun("run", "B" if kept else run_words.THIS_RUN, run)]
        if kept is not None:
            drawn.insert(0, DrawnRun("compare", "A", kept))
        return LabView(
            title=self.title or self.scenario.preparation,
            set_up=set_up_line(self.scenario),
            run=run,
            is_stale=self.is_stale,
            drawn=tuple(drawn),
            curves=() if run is None else curves_of(run),
            readings=() if run is None else readings(run, kept),
            kept=None if kept is None else kept_beside(kept, self.scenario),
            knobs=self.knobs,
            stimuli=self.stimuli,
        )
