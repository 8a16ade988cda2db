"""Set-ups in words: preparations, stimuli, changes and places, and the settings of stimuli.

A line of them tells what is run, so each is short. What stands in braces after a colon says how a
number is written; it stays as it is. {where} is empty or one of the places, with its blank.
"""

# Preparations, of which the simulator names the rest.
AXON = "axon {diameter_um:g} µm thick and {length_mm:.3g} mm long, {degrees:g} °C"
FIBRE = "myelinated fibre {diameter_um:g} µm, {degrees:g} °C"
CELL = "cell with a dendrite {length_um:g} µm long and {diameter_um:g} µm thick, {degrees:g} °C"
CELL_WITHOUT_DENDRITE = "cell without a dendrite, {degrees:g} °C"
MEMBRANE = "membrane at rest, {degrees:g} °C"
# The cell whose ions are counted, by its shape.
COUNTED_CELL = {
    "sphere": "spherical cell {diameter_um:g} µm, {degrees:g} °C",
    "cylinder": "axon {diameter_um:g} µm, {degrees:g} °C",
}

# Places: {place} is what is typed for it, such as start or tip.
AT_PLACE = " at the {place}"
AT_MM = " at {place:g} mm"
AT_NODE = " at node {number:g}"
ON_PLACE = " on the {place}"
MM_FROM_SOMA = " {place:g} mm from the soma"
ON_SOMA = " on the soma"
# The name of a curve that is recorded at a node.
NODE = "node {number}"

# Stimuli. {size} is a value with its unit, or one of the two below.
NO_STIMULUS = "no stimulus"
TIMES_THRESHOLD = "{times:g} × threshold"
OF_NO_SIZE = "of no size"
PULSE = "pulse {pulse_ms:g} ms{where} at {start_ms:g} ms, {size}"
TRAIN = (
    "{pulses:g} pulses of {pulse_ms:g} ms{where} from {start_ms:g} ms on, {interval_ms:g} ms "
    "apart, {size}"
)
RAMP = "ramp from {low:g} to {high:g} µA/cm² in {ramp_ms:g} ms, from {start_ms:g} ms on"
STEP = "steady current {size:g} µA/cm² from {start_ms:g} ms on"
PRESSURE = "pressure {size:g} kPa for {pressure_ms:g} ms from {start_ms:g} ms on"
# One synapse and several, by their receptors.
SYNAPSES = {
    "ampa": ("excitatory synapse {size}", "{count:g} excitatory synapses of {size}"),
    "gaba": ("inhibitory synapse {size}", "{count:g} inhibitory synapses of {size}"),
}
# When synapses open, once and several times.
OPENS = "at {start_ms:g} ms"
OPENS_OFTEN = "{count:g} times from {start_ms:g} ms on, {interval_ms:g} ms apart"
# {levels}: one or several potentials, with LEVEL_LATE and THEN.
CLAMPED = "voltage clamped at {levels}"
LEVEL = "{level_mv:g} mV"
LEVEL_LATE = "{level_mv:g} mV from {from_ms:g} ms on"
THEN = ", then "
# The pulses of the cell whose ions are counted; the last where a pulse is not as usual.
ONE_PULSE = "1 pulse"
PULSES_AT = "{count} pulses at {frequency_hz:g} Hz"
PULSES_OF = "{pulses} of {pulse_ms:g} ms, {size:g} µA/cm²"

# Changes of the membrane.
GATES = {
    "m": "Na⁺ activation gates (m)",
    "h": "Na⁺ inactivation gates (h)",
    "n": "K⁺ gates (n)",
}
# {at}: a number, or the words below.
GATES_HELD = "{gates} held at {at}"
RESTING_VALUE = "their resting value"
SHARES = {
    "na_block": "Na⁺ channels blocked {share:.0%}",
    "k_block": "voltage-gated K⁺ channels blocked {share:.0%}",
    "leak_block": "leak channels blocked {share:.0%}",
    "lasting_na": "{share:.0%} of the Na⁺ channels never inactivate",
    "leak_open": "{share:.0%} of the K⁺ leak channels open",
    "electrogenic": "{share:.0%} of the pumps at 3 Na⁺ : 2 K⁺",
    "na_density": "{share:.0%} of the usual Na⁺ channels in every node",
}
SHIFTS = {
    "e_na_shift_mv": "E_Na moved by {shift_mv:+g} mV",
    "e_k_shift_mv": "E_K moved by {shift_mv:+g} mV",
    "m_shift_mv": "Na⁺ activation moved by {shift_mv:+g} mV",
    "h_shift_mv": "Na⁺ inactivation moved by {shift_mv:+g} mV",
    "n_shift_mv": "K⁺ activation moved by {shift_mv:+g} mV",
    "trigger_shift_mv": "channels of the trigger zone moved by {shift_mv:+g} mV",
}
PUMP_OFF = "pump off"
PUMP_AT = "pump at {share:.0%}"
# The last of one, two or more changes that begin during the run.
CHANGE_LATE = "{change} from {from_ms:g} ms on"
BOTH_LATE = "{change}, both from {from_ms:g} ms on"
ALL_LATE = "{change}, all from {from_ms:g} ms on"

# Damage to axons and fibres; one internode or node, and several.
TTX = "TTX blocks {share:.0%} of the Na⁺ channels from {start_mm:g} to {end_mm:g} mm"
MYELIN_LEFT = (
    "{count:g} internode with {share:.0%} of the myelin",
    "{count:g} internodes with {share:.0%} of the myelin",
)
CHANNELS_LEFT = (
    "{count:g} node with {share:.0%} of the Na⁺ channels",
    "{count:g} nodes with {share:.0%} of the Na⁺ channels",
)
DAMAGE_AT = "{damage}, {share:.0%} of the way along"

# Settings of stimuli and runs: what the knob is called, and in a sentence what it does.
PULSE_SIZE_SENTENCE = "Size of the pulse in normal thresholds."
START = "start"
START_SENTENCE = "When the stimulus begins."
PULSES = "pulses"
INTERVAL_SENTENCE = "From the onset of a pulse to the onset of the next."
RAMP_LENGTH = "ramp"
RAMP_SENTENCE = "How long the ramp lasts."
RAMP_FROM = "from"
RAMP_FROM_SENTENCE = "Current at the start."
RAMP_TO = "to"
CURRENT_SENTENCE = "Size of the current."
DECAY = "synaptic decay"
CONDUCTANCE = "synaptic conductance"
INPUTS = "synapses"
INPUTS_SENTENCE = "Synapses that open together."
OPENINGS = "openings"
OPENINGS_SENTENCE = "How often they open."
PRESSURE_LASTS = "pressure lasts"
PRESSURE_SENTENCE = "How long the pressure lasts."
PRESSURE_SIZE = "pressure"
PLACE = "place"
PLACE_SENTENCE = "Where the electrode is."
DISTANCE = "distance"
DISTANCE_SENTENCE = "Distance from the soma along the dendrite."
NODE_PLACE = "node"
NODE_SENTENCE = "The node with the electrode."
RUN_LASTS = "the run lasts"
CHANGES_FROM = "changes from"
CHANGES_SENTENCE = "When changes set in."
CLAMPED_AT = "clamped at"
LEVEL_SENTENCE = "Potential during the step."

# Why something cannot be set up: begins with a small letter and has no full stop.
NO_PLACE_OF_AXON = "an axon has no {place!r}; give mm, or start, middle or end"
NO_PLACE_OF_FIBRE = "a fibre has no {place!r}; give the number of a node, or start, middle or end"
NO_PLACE_OF_STIMULUS = "a stimulus cannot be at {place!r}; give mm, soma or tip"
PAST_AXON = "the place is {place:g} mm, but must be from 0 to {end:g} mm"
PAST_FIBRE = "the node is {place:g}, but must be a whole number from 1 to {end}"
THRESHOLD_UNKNOWN = (
    "the threshold is known at the ends, and from {far_mm:.2g} mm on away from them; "
    "give current_na, or another place"
)
TOO_MANY_PULSES = "pulses is {pulses}, but must be at most {most}"
LEVELS_IN_ORDER = (
    "the levels of the clamp must follow each other within the run of {duration_ms:g} ms"
)
CLAMP_AND_LATE_CHANGES = (
    "under voltage clamp changes hold from the start; take changes_from_ms away"
)
CLAMP_AND_STIMULUS = "under voltage clamp a {kind} does nothing; take it away"
NO_PULSE_FIRES_PATCH = "no pulse of {pulse_ms:g} ms fires the {preparation}"
NO_PULSE_FIRES_AXON = "no pulse of {pulse_ms:g} ms fires the axon"
NO_PULSE_FIRES_FIBRE = "no pulse of {pulse_ms:g} ms sends a spike along such a fibre"
