"""What runs can be asked for by name: measurements and columns, for each preparation.

Nothing here needs a run, so that content is read without the libraries that some runs take.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simulator import COLUMNS, MEASUREMENTS
from simulator.measurements import Measurement
from simulator.recording import Column

#: As many watched places have numbers of their own.
MOST_WATCHED = 6

#: Names that cost experiments, not one run.
EXPERIMENTS: dict[str, Measurement] = {
    "threshold_mv": Measurement("potential at the end of the just-effective pulse", "mV", 1),
    "threshold_ua_cm2": Measurement("size of the just-effective pulse", "uA/cm2", 1),
    "threshold_na": Measurement("weakest pulse at an end that sends a spike along", "nA", 2),
}
#: Names that are constants of the set-up.
CONSTANTS: dict[str, Measurement] = {
    "e_na_mv": Measurement("equilibrium potential of Na", "mV", 0),
    "e_k_mv": Measurement("equilibrium potential of K", "mV", 0),
    "absolute_refractory_ms": Measurement("end of the absolute refractory period", "ms", 1),
    "relative_refractory_ms": Measurement("end of the relative refractory period", "ms", 1),
}
#: Of the run as a whole, where spikes travel. What is measured of a potential is of the place
#: that is watched first; the numbers of the others have theirs in the name.
TRAVELLING: dict[str, Measurement] = {
    "waves": Measurement("number of spikes that travel", "", 0),
    "velocity_m_s": Measurement("first spike's velocity", "m/s", 1),
}
OF_AXON: dict[str, Measurement] = {
    "length_constant_mm": Measurement("length constant at rest, channels held", "mm", 1),
    "steady_length_constant_mm": Measurement("length constant as the channels answer", "mm", 1),
}
OF_FIBRE: dict[str, Measurement] = {
    "nodes_reached": Measurement("nodes that the spike comes to", "", 0),
    "node_delay_ms": Measurement("from node to node in the middle half, on average", "ms", 3),
    "longest_node_delay_ms": Measurement("longest delay between two nodes", "ms", 3),
    "nodes_in_spike": Measurement("nodes in the spike while it is in the middle", "", 0),
}
OF_BENCH: dict[str, Measurement] = {
    "stimulus_ms": Measurement("when the changes set in", "ms", 2),
    "start_mv": Measurement("potential at the start", "mV", 1),
    "ghk_mv": Measurement("potential by the equation of Goldman, Hodgkin and Katz", "mV", 1),
    "mullins_noda_mv": Measurement("potential by the equation of Mullins and Noda", "mV", 1),
}
_OF_A_WATCHED = {
    "spikes_{}": Measurement("number of spikes", "", 0),
    "arrival_{}_ms": Measurement("arrival of the first spike", "ms", 2),
    "peak_{}_mv": Measurement("most positive potential", "mV", 1),
}
#: What is measured at a watched place, and the number of the place.
WATCHED_AT: dict[str, tuple[Measurement, int]] = {
    name.format(number): (measurement, number)
    for number in range(1, MOST_WATCHED + 1)
    for name, measurement in _OF_A_WATCHED.items()
}
#: The same where no run tells what the places are called.
WATCHED: dict[str, Measurement] = {
    name: measurement._replace(meaning=f"{measurement.meaning} at watched place {number}")
    for name, (measurement, number) in WATCHED_AT.items()
}
#: Numbers in ms that are no moment of the run, but how long something takes.
LASTING = (
    *("half_width_ms", "half_width_first_ms", "half_width_last_ms"),
    *("node_delay_ms", "longest_node_delay_ms"),
    *("psp_peak_ms", "psp_decay_ms", "soma_delay_ms"),
)
#: What every run has.
COMMON = ("rest_mv", "peak_mv", "peak_ms", "end_ms", "end_mv")
#: Measurements that can be asked of any place of a cable, as in `peak_mv(40)`.
ARRIVAL = {"arrival_ms": Measurement("arrival of the first spike", "ms", 2)}
AT_A_PLACE: dict[str, Measurement] = {
    **{name: m for name, m in MEASUREMENTS.items() if not name.startswith("stimulus_end")},
    **ARRIVAL,
}
#: Of these the whole run has one.
OF_RUN = frozenset({"stimulus_ms", "end_ms"})
#: Places that have a name.
PLACES = ("start", "middle", "end", "tip", "synapse", "soma", "trigger", "axon")

#: Columns of the places of a cable and of a dendrite that a patch has not.
OF_PLACES: dict[str, Column] = {
    "i_passive": Column("current of leak channels and pump", "uA/cm2"),
    "i_axial": Column("current that comes along the inside", "uA/cm2"),
}
OF_CELL: dict[str, Column] = {
    "tip_mv": Column("potential of the tip of the dendrite", "mV"),
    "synapse_mv": Column("potential at the first synapse", "mV"),
    "trigger_mv": Column("potential of the trigger zone", "mV"),
    "axon_mv": Column("potential of the end of the axon", "mV"),
    "g_excitatory_ns": Column("excitatory conductance", "nS"),
    "g_inhibitory_ns": Column("inhibitory conductance", "nS"),
    "i_excitatory_na": Column("excitatory current", "nA"),
    "i_inhibitory_na": Column("inhibitory current", "nA"),
}


def _common() -> dict[str, Measurement]:
    return {name: MEASUREMENTS[name] for name in COMMON}


@cache
def names_of(preparation: str) -> Mapping[str, Measurement]:
    """What a run of `preparation` may have, by name; of a patch also what a clamp measures."""
    reversals = {name: CONSTANTS[name] for name in ("e_na_mv", "e_k_mv")}
    of_stimulus = {"stimulus_ms": MEASUREMENTS["stimulus_ms"]}
    at_first_place = {
        name: m for name, m in MEASUREMENTS.items() if not name.startswith("stimulus_end")
    }
    travelling = {**at_first_place, **ARRIVAL, **TRAVELLING, **reversals, **WATCHED}
    threshold_na = {"threshold_na": EXPERIMENTS["threshold_na"]}
    match preparation:
        case "axon":
            return {**travelling, **OF_AXON, **threshold_na}
        case "myelinated":
            return {**travelling, **OF_FIBRE, **threshold_na}
        case "dendrite":
            from simulator import DENDRITE_MEASUREMENTS

            return {**_common(), **of_stimulus, **DENDRITE_MEASUREMENTS, **reversals, **WATCHED}
        case "resting":
            from simulator import RESTING_MEASUREMENTS

            return {**_common(), **RESTING_MEASUREMENTS, **OF_BENCH}
        case "accounting":
            from simulator import ACCOUNTING_MEASUREMENTS

            return {**_common(), **of_stimulus, **ACCOUNTING_MEASUREMENTS}
    from simulator import CLAMP_MEASUREMENTS, ION_MEASUREMENTS

    patch = {**MEASUREMENTS, **ION_MEASUREMENTS, **EXPERIMENTS, **CONSTANTS, **CLAMP_MEASUREMENTS}
    return {name: m for name, m in patch.items() if name not in threshold_na}


@cache
def columns_of(preparation: str) -> Mapping[str, Column]:
    """The columns that a run of `preparation` has, by name; of a patch also the clamp's."""
    places = {
        name: column
        for name, column in COLUMNS.items()
        if not name.startswith(("stimulus", "na_available", "na_blocked", "lido", "driving"))
        and name not in ("i_leak", "i_pump", "i_ion")
    } | OF_PLACES
    match preparation:
        case "axon" | "myelinated":
            return places
        case "dendrite":
            return {**places, **OF_CELL}
        case "resting":
            from simulator import RESTING_COLUMNS

            return RESTING_COLUMNS
        case "accounting":
            from simulator import ACCOUNTING_COLUMNS

            return ACCOUNTING_COLUMNS
    from simulator import CLAMP_COLUMNS

    return CLAMP_COLUMNS


#: Every preparation, in the order of a course.
PREPARATION_NAMES = (
    "resting",
    "receptor",
    "dendrite",
    "textbook",
    "squid",
    "cortical",
    "axon",
    "myelinated",
    "accounting",
)


@cache
def _all_names() -> dict[str, Measurement]:
    # A name that several preparations have is shown as a patch shows it.
    known: dict[str, Measurement] = {}
    for preparation in ("textbook", *PREPARATION_NAMES):
        known = {**names_of(preparation), **known}
    return known


@cache
def _all_columns() -> dict[str, Column]:
    known = dict(COLUMNS)
    for preparation in PREPARATION_NAMES:
        known = {**columns_of(preparation), **known}
    return known


def measurement(name: str) -> Measurement | None:
    """What `name` means in the runs that have it; None where no run has."""
    # Most content speaks of a patch; what that takes is already there.
    usual = MEASUREMENTS.get(name) or EXPERIMENTS.get(name) or CONSTANTS.get(name)
    return usual or _all_names().get(name)


def column(name: str) -> Column | None:
    """What the column `name` holds in the runs that have it; None where no run has."""
    return COLUMNS.get(name) or _all_columns().get(name)


class _Names:
    """The names of all measurements; the tables that take long are opened when they must be."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and measurement(name) is not None


#: Whether a word names a measurement.
NAMES = _Names()


def unknown_name(name: str, drawn: Mapping[str, object] | frozenset[str] = frozenset()) -> str:
    """What to say of a name that no measurement has."""
    if name in _all_settings():
        return a_setting(name)
    return f"unknown name {name!r}{_near(name, [*_all_names(), *drawn])}"


def a_setting(name: str) -> str:
    """What to say of a setting where a measured number is wanted."""
    return f"{name} is a setting, and no number that is measured (write its value, or draw it)"


@cache
def _all_settings() -> frozenset[str]:
    from simulator import KNOBS
    from tutor.course.bound.binding import OF_KIND, PULSE_SIZES

    found = {*PULSE_SIZES, "start_ms", "duration_ms", "changes_from_ms", "level_mv", "g_ns"}
    for quantities in OF_KIND.values():
        found |= {quantity.name for quantity in quantities}
    return frozenset(found.union(*KNOBS.values()))


def unknown_column(name: str) -> str:
    """What to say of a name that no column has."""
    return f"unknown column {name!r}{_near(name, list(_all_columns()))}"


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [n for n in known if n not in WATCHED], n=2, cutoff=0.7)
    if near:
        return f"; did you mean {', '.join(near)}?"
    return "; `tutor simulate PREPARATION` lists what a run has"
