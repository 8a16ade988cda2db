"""A scenario as it stands in a content file."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tutor.course.fields import Content, Number

#: What a change is set to; words are for gates held at rest, and for the shape of a cell.
Share = Literal["rest", "sphere", "cylinder"] | Number

#: Where on a cable: mm from its start, the number of a node, mm along a dendrite; or a name.
Place = Literal["start", "middle", "end", "tip", "synapse", "soma", "trigger", "axon"] | Number

#: Curves that a step or question may show beside the voltage. Which of them a run has depends on
#: its preparation.
Curve = Literal[
    "g_na",
    "g_k",
    "na_open",
    "na_inactivated",
    "na_closed",
    "na_blocked",
    "lidocaine",
    "m",
    "h",
    "n",
    "i_na",
    "i_k",
    "i_cl",
    "i_leak",
    "i_pump",
    "i_ion",
    "i_passive",
    "i_axial",
    "clamp_ua_cm2",
    "stimulus_ua_cm2",
    "driving_na_mv",
    "driving_k_mv",
    "dvdt_v_s",
    "e_na_mv",
    "e_k_mv",
    "e_cl_mv",
    "flux_na",
    "flux_k",
    "flux_cl",
    "pump_na",
    "pump_k",
    "na_in_mm",
    "k_in_mm",
    "na_out_mm",
    "k_out_mm",
    "pump_na_pmol_cm2_s",
    "atp_pmol_cm2",
    "tip_mv",
    "synapse_mv",
    "trigger_mv",
    "axon_mv",
    "g_excitatory_ns",
    "g_inhibitory_ns",
    "i_excitatory_na",
    "i_inhibitory_na",
]


class StimulusSpec(Content, frozen=True, kw_only=True, tag_field="kind"):
    """What all stimuli have: when they begin."""

    start_ms: Number = 1.0

    @property
    def kind(self) -> str:
        """What sort of stimulus it is, as content files call it."""
        return str(self.__struct_config__.tag)


class PulseSpec(StimulusSpec, frozen=True, kw_only=True, tag="pulse"):
    """A current pulse. Its size is in normal thresholds, in uA/cm2 (a patch) or nA (a cable)."""

    pulse_ms: Number = 0.5
    times_threshold: Number | None = None
    amplitude_ua_cm2: Number | None = None
    current_na: Number | None = None
    place: Place | None = None
    """On a cable; left out, at its start, or on the soma."""


class TrainSpec(PulseSpec, frozen=True, kw_only=True, tag="train"):
    """Equal pulses, `interval_ms` from onset to onset."""

    pulses: Number = 10
    interval_ms: Number = 10.0


class RampSpec(StimulusSpec, frozen=True, kw_only=True, tag="ramp"):
    """A current that rises or falls in a straight line, then stops."""

    ramp_ms: Number = 10.0
    start_ua_cm2: Number = 0.0
    end_ua_cm2: Number


class StepSpec(StimulusSpec, frozen=True, kw_only=True, tag="step"):
    """A current that begins and stays on."""

    amplitude_ua_cm2: Number


class SynapseSpec(StimulusSpec, frozen=True, kw_only=True, tag="synapse"):
    """Synapses that open together: AMPA receptors excite, GABA receptors inhibit."""

    type: Literal["ampa", "gaba"] = "ampa"
    g_ns: Number | None = None
    """Conductance that each opens, in a cell with a dendrite."""
    g_ms_cm2: Number | None = None
    """The same in a patch."""
    tau_ms: Number | None = None
    e_cl_mv: Number | None = None
    """Where the current of GABA receptors turns round."""
    place: Place | None = None
    """In a cell with a dendrite: mm along it, `tip` or `soma`; left out, on the soma."""
    inputs: Number = 1
    """How many open together."""
    openings: Number = 1
    """How often they open, `interval_ms` from one to the next."""
    interval_ms: Number = 10.0


class PressureSpec(StimulusSpec, frozen=True, kw_only=True, tag="pressure"):
    """Steady pressure on a sensory ending."""

    pressure_ms: Number = 50.0
    pressure_kpa: Number


Stimulus = PulseSpec | TrainSpec | RampSpec | StepSpec | SynapseSpec | PressureSpec


class ClampLevel(Content, frozen=True, kw_only=True):
    """From a time on the voltage clamp holds the membrane at a potential."""

    from_ms: Number
    level_mv: Number


class Scenario(Content, frozen=True, kw_only=True):
    """What is simulated: a preparation, stimuli, changes and the knobs that unlock."""

    preparation: str
    stimuli: tuple[Stimulus, ...] = ()
    clamp: tuple[ClampLevel, ...] = ()
    """Voltage clamp of a patch. Before the first of these the membrane is held at rest; one from
    0 ms on with others after it says where else."""
    changes: dict[str, Share] = {}
    changes_from_ms: Number = 0.0
    duration_ms: Number | None = None
    """Left out: what fits the preparation."""
    watch: Annotated[tuple[Place, ...], Meta(max_length=6)] = ()
    """Places of a cable that are recorded, the first one for what is measured; left out, a
    quarter, half and three quarters along it."""
    knobs: dict[str, tuple[Number, Number]] = {}
