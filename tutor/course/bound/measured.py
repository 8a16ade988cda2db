"""Runs of scenarios: their recordings, and the numbers that expressions may name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator import Recording
from simulator.measurements import summit
from simulator.stages import StageSpan
from tutor.course.errors import nearest
from tutor.course.expression_tree import OVER_TIME, ExpressionError
from tutor.course.names import (
    AT_A_PLACE,
    OF_RUN,
    WATCHED_AT,
    a_setting,
    measurement,
    names_of,
)
from tutor.course.scenario_fields import Scenario
from tutor.words import missing as missing_words

if TYPE_CHECKING:
    from simulator import RefractoryPeriods, SpaceTimeTrace


class Watched(NamedTuple):
    """What is recorded at one place: the place in words, and the recording."""

    label: str
    recording: Recording


class MeasuredRun:
    """A run of a scenario: its recordings, and the numbers that expressions may name.

    Attributes:
        scenario: What was run.
        trace: The recording that is drawn and measured: of a cable that of the first place.
        recordings: All recordings, that of `trace` first.
        measurements: The numbers that the run has, by name.
        space_time: Of a cable, the potential at every place and time.
    """

    space_time: SpaceTimeTrace | None = None

    def __init__(
        self,
        scenario: Scenario,
        recordings: Sequence[Watched],
        measurements: dict[str, float],
    ) -> None:
        self.scenario = scenario
        self.recordings = tuple(recordings)
        self.trace = self.recordings[0].recording
        self.measurements = measurements

    @property
    def stages(self) -> tuple[StageSpan, ...]:
        """The stages of the spike, of a patch; nothing of other preparations."""
        return ()

    @property
    def refractory(self) -> RefractoryPeriods | None:
        """The refractory periods, where they are known."""
        return None

    @property
    def threshold_is_known(self) -> bool:
        """Whether a pulse stands against a threshold: that of the unchanged preparation."""
        return False

    def value(self, name: str) -> float:
        """A measurement, an experiment's number or a constant of the set-up, by name.

        Raises:
            ExpressionError: the run does not have it.
        """
        if name in self.measurements:
            return self.measurements[name]
        known = names_of(self.scenario.preparation)
        if name not in known:
            from simulator import KNOBS

            preparation = self.scenario.preparation
            if name in KNOBS[preparation]:
                raise ExpressionError(a_setting(name))
            near = nearest(name, known)
            listed = f"did you mean {near}?" if near else f"see `tutor simulate {preparation}`"
            raise ExpressionError(
                f"{name}: a run of {preparation!r} has no such number ({listed})"
            )
        found = self._sought(name)
        if found is None:
            why = self._why_missing(name)
            raise ExpressionError(missing_words.HAS_NONE.format(name=name, why=why))
        return found

    def meaning(self, name: str) -> str:
        """What a number is, with the name that the place has at which it is measured."""
        at_place, number = WATCHED_AT.get(name, (None, 0))
        if at_place is not None and number <= len(self.recordings):
            return f"{at_place.meaning} at {self.recordings[number - 1].label}"
        known = names_of(self.scenario.preparation).get(name) or measurement(name)
        return known.meaning if known else name

    def listed(self, name: str) -> str:
        """The same in a list of all numbers: what is of the first place has its name before it."""
        meaning = self.meaning(name)
        if name not in AT_A_PLACE or name in OF_RUN or meaning != AT_A_PLACE[name].meaning:
            return meaning
        first = self.recordings[0].label
        return f"{first}: {meaning}" if first else meaning

    @property
    def everything(self) -> dict[str, float]:
        """Every number that the run has, those that cost experiments too, by name."""
        found = {}
        for name in names_of(self.scenario.preparation):
            try:
                found[name] = self.value(name)
            except ExpressionError:
                continue  # It did not happen in this run.
        return found

    def at(self, column: str, time_ms: float) -> float:
        """A column of the trace at a time.

        Raises:
            ExpressionError: the time is outside the run, or it has no such column.
        """
        return value_in(self.trace, column, time_ms)

    def extreme(self, function: str, column: str, start_ms: float, end_ms: float) -> float:
        """One of `OVER_TIME`: the extreme value of a column between two times, or its time.

        Raises:
            ExpressionError: the times are not in order, or outside the run.
        """
        assert function in OVER_TIME
        trace = self.trace
        if not 0.0 <= start_ms <= end_ms <= trace.duration_ms + 1e-9:
            raise ExpressionError(
                missing_words.NO_STRETCH.format(
                    start_ms=start_ms, end_ms=end_ms, duration_ms=trace.duration_ms
                )
            )
        values = values_of(trace, column)
        samples = range(
            round(start_ms / trace.dt_ms), min(round(end_ms / trace.dt_ms) + 1, len(values))
        )
        pick = max if function.endswith("highest") else min
        sample = pick(samples, key=values.__getitem__)
        return sample * trace.dt_ms if function.startswith("time") else values[sample]

    @property
    def weight_bytes(self) -> int:
        """About how much memory it takes now; columns that are asked for add to it."""
        along = self.space_time.voltage_mv.nbytes if self.space_time else 0
        return along + sum(watched.recording.weight_bytes for watched in self.recordings)

    def _sought(self, name: str) -> float | None:
        """A number that is found out only when it is asked for; None where there is none.

        Raises:
            ExpressionError: there is none, for a reason.
        """
        return None

    def _why_missing(self, name: str) -> str:
        if name.startswith("stimulus"):
            return missing_words.NO_STIMULUS_WITHIN
        if self.measurements.get("spike_count") == 0.0:
            return missing_words.NO_SPIKE
        return missing_words.ENDS_BEFORE


def values_of(recording: Recording, column: str) -> Sequence[float]:
    """The samples of a column.

    Raises:
        ExpressionError: the recording has no such column.
    """
    try:
        return recording.column(column)
    except ValueError as error:
        raise ExpressionError(str(error)) from None


def value_in(recording: Recording, column: str, time_ms: float) -> float:
    """A column at a time.

    Raises:
        ExpressionError: the time is outside the run, or there is no such column.
    """
    try:
        return recording.at(column, time_ms)
    except ValueError as error:
        raise ExpressionError(str(error)) from None


def common(recording: Recording) -> dict[str, float]:
    """What every recording has: where it begins and ends, and how high it rises."""
    v = recording.voltage_mv
    peak_ms, peak_mv = summit(v, max(range(len(v)), key=v.__getitem__), recording.dt_ms)
    return {
        "rest_mv": v[0],
        "peak_mv": peak_mv,
        "peak_ms": peak_ms,
        "end_ms": recording.duration_ms,
        "end_mv": v[-1],
    }
