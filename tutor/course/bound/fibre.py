"""The myelinated fibre in scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from simulator import (
    MYELINATED,
    RABBIT_NODE,
    RUN_DURATION,
    Changes,
    Electrode,
    MyelinatedFibre,
    Progress,
    Quantity,
)
from simulator.progress import Meter, part, searched, silent
from tutor.course.bound.binding import COUNTS, Binding
from tutor.course.bound.cable import (
    LONGEST_PULSE_MS,
    SEARCH_SHARE,
    CableBinding,
    CableRun,
    reversals,
    travelling_waves,
)
from tutor.course.bound.measured import MeasuredRun
from tutor.course.expression_tree import ExpressionError
from tutor.course.scenario_fields import Place, PulseSpec, Scenario
from tutor.words import missing as missing_words
from tutor.words import plural
from tutor.words import scenarios as words

if TYPE_CHECKING:
    from simulator import MyelinatedTrace

#: How many nodes from an end the other side is as good as endless.
FAR_NODES = 5
#: A fibre of so few nodes has the threshold of a longer one, and is sooner run.
FEW_NODES = MYELINATED["nodes"].low
#: The threshold of the middle is known to this share, as the simulator knows that of an end.
TOLERANCE = 1e-3
#: The fields that are damage, and leave the normal threshold as it is.
DAMAGE = ("damage_at", "damaged_internodes", "myelin_left", "damaged_nodes", "na_left")


class FibreBinding(CableBinding[MyelinatedFibre]):
    """The myelinated fibre."""

    name = "myelinated"
    counts = (*COUNTS, "place")
    membrane = RABBIT_NODE
    shape = MYELINATED
    #: As long as the simulator lets a fibre run, whose module takes a library of numbers.
    duration = Quantity(
        "duration_ms", "ms", 0.0, 100.0, 20.0, RUN_DURATION.sentence, minimum_excluded=True
    )
    #: No spike needs longer; the run ends once the fibre is back at rest.
    default_ms = 20.0

    @property
    def place(self) -> Quantity:
        """The range of a place: a node, counted from 1."""
        most = MYELINATED["nodes"].high
        return Quantity("place", "", 1.0, most, 1.0, words.NODE_SENTENCE, words.NODE_PLACE)

    def default(self) -> Scenario:
        """A fibre of 10 um, fired at its first node."""
        return Scenario(preparation=self.name, stimuli=(PulseSpec(times_threshold=1.5),))

    def cable(self, changes: Mapping[str, object]) -> MyelinatedFibre:
        """The fibre with what the changes say of it."""
        return MyelinatedFibre(**self.split(changes)[0])  # type: ignore[arg-type]

    def length_mm(self, cable: MyelinatedFibre) -> float:
        """From the first node to the last."""
        return cable.node_mm[-1]

    def far_from_ends_mm(self, cable: MyelinatedFibre) -> float:
        """Some nodes."""
        return FAR_NODES * cable.spacing_mm

    def node(self, cable: MyelinatedFibre, place: Place) -> int:
        """The number of a node, from 1.

        Raises:
            ValueError: the fibre has no such node.
        """
        nodes = int(cable.nodes)
        match place:
            case "start":
                return 1
            case "middle":
                return (nodes + 1) // 2
            case "end":
                return nodes
            case str():
                raise ValueError(words.NO_PLACE_OF_FIBRE.format(place=place))
        if place != int(place) or not 1 <= place <= nodes:
            raise ValueError(words.PAST_FIBRE.format(place=place, end=nodes))
        return int(place)

    def place_mm(self, cable: MyelinatedFibre, place: Place) -> float:
        """Where a node is."""
        return cable.node_mm[self.node(cable, place) - 1]

    def threshold_na(
        self, cable: MyelinatedFibre, pulse_ms: float, at_end: bool, progress: Progress = silent
    ) -> float:
        """The threshold at a node of such a fibre without damage."""
        normal = {name: MYELINATED[name].default for name in (*DAMAGE, "na_density")}
        fibre = replace(cable, nodes=FEW_NODES, **normal)
        share = 1.0 if at_end else 0.5
        found = _end_na(fibre, pulse_ms, Changes(), part(progress, 0.0, share))
        if found is not None and not at_end:
            found = _middle_na(fibre, pulse_ms, found, part(progress, share, share))
        if found is None:
            raise ValueError(words.NO_PULSE_FIRES_FIBRE.format(pulse_ms=pulse_ms))
        return found

    def title(self, scenario: Scenario) -> str:
        """Thickness and temperature."""
        diameter = scenario.changes.get("diameter_um", MYELINATED["diameter_um"].default)
        return words.FIBRE.format(diameter_um=diameter, degrees=self.temperature_c(scenario))

    def told_damage(self, changes: Mapping[str, float | str]) -> tuple[list[str], Sequence[str]]:
        """Which internodes and nodes are damaged, and how much is left."""
        fibre = self.cable(changes)
        told = []
        if fibre.myelin_left < 1.0 and fibre.damaged_internodes:
            told.append(_left(words.MYELIN_LEFT, fibre.damaged_internodes, fibre.myelin_left))
        if fibre.na_left < 1.0 and fibre.damaged_nodes:
            told.append(_left(words.CHANNELS_LEFT, fibre.damaged_nodes, fibre.na_left))
        if told and fibre.damage_at != MYELINATED["damage_at"].default:
            told[-1] = words.DAMAGE_AT.format(damage=told[-1], share=fibre.damage_at)
        return told, DAMAGE

    def told_place(self, place: float | str) -> str:
        """A place in words."""
        if isinstance(place, str):
            return words.AT_PLACE.format(place=place)
        return words.AT_NODE.format(number=place)

    def simulate(self, scenario: Scenario, dt_ms: float | None, progress: Progress) -> MeasuredRun:
        """Run the fibre; without a length given, until it is back at rest."""
        from simulator import run_myelinated

        changes = self.check_changes(scenario.changes)
        fibre = self.cable(scenario.changes)
        nodes = int(fibre.nodes)
        quarters = tuple(1 + round(share * (nodes - 1) / 4.0) for share in (1, 2, 3))
        numbers = [self.node(fibre, place) for place in scenario.watch or quarters]
        watched = [
            (words.NODE.format(number=number), fibre.node_mm[number - 1]) for number in numbers
        ]
        step = {} if dt_ms is None else {"dt_ms": dt_ms}
        meter = Meter(progress)
        trace = run_myelinated(
            fibre,
            self.electrodes(scenario, fibre, part(meter, 0.0, SEARCH_SHARE)),
            changes,
            duration_ms=self.length_ms(scenario),
            until_rest=scenario.duration_ms is None,
            progress=meter.rest,
            **step,
        )
        run = FibreRun(scenario, trace, watched, lambda place: self.place_mm(fibre, place))
        run.measure_travel(trace, changes)
        return run


class FibreRun(CableRun):
    """A run of a myelinated fibre."""

    def measure_travel(self, trace: MyelinatedTrace, changes: Changes) -> None:
        """Add what is of the whole fibre."""
        self.fibre, self.changes = trace.fibre, changes
        found = self.measurements
        found |= reversals(RABBIT_NODE, changes)
        nodes = trace.node_mm
        quarters = float(nodes[len(nodes) // 4]), float(nodes[3 * len(nodes) // 4])
        found["waves"] = travelling_waves(trace, quarters)
        arrivals = [ms for ms in trace.arrivals_ms if ms is not None]
        found["nodes_reached"] = float(len(arrivals))
        if self._stimulated_in_the_middle(trace):
            self._of_right_half(trace)
        elif trace.conduction_m_s is not None:
            found["velocity_m_s"] = abs(trace.conduction_m_s)
            start, end = len(nodes) // 4, 3 * len(nodes) // 4
            self._delays(trace.arrivals_ms[start : end + 1])
        middle_ms = trace.arrivals_ms[len(nodes) // 2]
        if middle_ms is not None:
            found["nodes_in_spike"] = float(trace.nodes_in_spike(middle_ms))

    def _stimulated_in_the_middle(self, trace: MyelinatedTrace) -> bool:
        first = next((s for s in self.scenario.stimuli if isinstance(s, PulseSpec)), None)
        if first is None or first.place is None:
            return False
        share = self.place_mm(first.place) / float(trace.node_mm[-1])
        return 0.25 <= share <= 0.75

    def _of_right_half(self, trace: MyelinatedTrace) -> None:
        nodes = trace.node_mm
        start, end = 5 * len(nodes) // 8, 7 * len(nodes) // 8
        arrivals = trace.arrivals_ms[start : end + 1]
        first, last = arrivals[0], arrivals[-1]
        if first is not None and last is not None and last > first:
            distance_mm = float(nodes[end] - nodes[start])
            self.measurements["velocity_m_s"] = distance_mm / (last - first)
            self._delays(arrivals)

    def _delays(self, arrivals: Sequence[float | None]) -> None:
        came = [ms for ms in arrivals if ms is not None]
        delays = [abs(after - before) for before, after in pairwise(came)]
        self.measurements["node_delay_ms"] = sum(delays) / len(delays)
        self.measurements["longest_node_delay_ms"] = max(delays)

    def _sought(self, name: str) -> float | None:
        if name != "threshold_na":
            return None
        first = next((s for s in self.scenario.stimuli if isinstance(s, PulseSpec)), PulseSpec())
        try:
            return _end_na(self.fibre, float(first.pulse_ms), self.changes)
        except ValueError as error:
            raise ExpressionError(f"{name}: {error}") from None

    def _why_missing(self, name: str) -> str:
        if name == "threshold_na":
            return missing_words.NO_PULSE_TO_LAST_NODE
        if name.endswith("node_delay_ms") or name == "nodes_in_spike":
            return missing_words.NOT_PAST_MIDDLE
        return super()._why_missing(name)


def _left(said: tuple[str, str], count: float, share: float) -> str:
    return plural(int(count), *said).format(count=count, share=share)


#: The thresholds that have been found, by what they are of: at an end, and in the middle.
_AT_END: dict[tuple[MyelinatedFibre, float, Changes], float | None] = {}
_IN_MIDDLE: dict[tuple[MyelinatedFibre, float], float] = {}


def _end_na(
    fibre: MyelinatedFibre, pulse_ms: float, changes: Changes, progress: Progress = silent
) -> float | None:
    from simulator import fibre_threshold

    case = fibre, min(pulse_ms, LONGEST_PULSE_MS), changes
    if case not in _AT_END:
        _AT_END[case] = fibre_threshold(*case, progress=progress)
    return _AT_END[case]


def _middle_na(
    fibre: MyelinatedFibre, pulse_ms: float, end_na: float, progress: Progress
) -> float:
    """The threshold at the middle node: more than at an end, and less than twice as much.

    Current goes both ways, but there is one node to be charged, as at an end.
    """
    case = fibre, min(pulse_ms, LONGEST_PULSE_MS)
    if case not in _IN_MIDDLE:
        _IN_MIDDLE[case] = _sought_in_middle(*case, end_na, progress)
    return _IN_MIDDLE[case]


def _sought_in_middle(
    fibre: MyelinatedFibre, pulse_ms: float, end_na: float, progress: Progress
) -> float:
    from simulator import run_myelinated

    middle_mm, last_mm = fibre.node_mm[len(fibre.node_mm) // 2], fibre.node_mm[-1]
    fails, works = 0.9 * end_na, 2.1 * end_na
    widest = works - fails
    while works - fails > TOLERANCE * works:
        tried = (fails + works) / 2.0
        told = part(progress, searched(widest, works - fails, TOLERANCE * works), 0.0)
        electrode = Electrode(middle_mm, 0.0, pulse_ms, tried)
        trace = run_myelinated(fibre, [electrode], duration_ms=20.0, progress=told)
        fails, works = (fails, tried) if trace.waves(last_mm) else (tried, works)
    return works


def bind(preparation: str) -> Binding:
    """The fibre."""
    return FibreBinding()
