"""What the lab offers, and why it refuses; its screen and its commands have modules of their own.

A sentence that begins with a small letter and has no full stop says why something cannot be done.
"""

# Each preparation in a sentence.
PREPARATIONS = {
    "resting": "A membrane at rest: ions, leak channels and the pump set the potential.",
    "receptor": "A sensory ending: pressure opens its channels, and it fires.",
    "dendrite": "A cell with a dendrite: synapses add up, the trigger zone fires.",
    "textbook": "The neuron of the textbooks: rest -70, threshold -55, peak +30 mV.",
    "squid": "The squid giant axon of Hodgkin and Huxley, 0 to 33 °C, as one patch.",
    "cortical": "A neuron of the cortex at 37 °C, brief and fast.",
    "axon": "An axon without myelin that the spike travels along.",
    "myelinated": "A myelinated fibre: the spike goes from node to node.",
    "accounting": "A cell whose ions and ATP are counted over thousands of spikes.",
}

# Each kind of stimulus that can be added in a sentence.
STIMULI = {
    "pulse": "A current that is switched on and off again.",
    "train": "Equal pulses, one after the other.",
    "ramp": "A current that rises or falls in a straight line, then stops.",
    "step": "A current that is switched on and stays on.",
    "synapse": "Synapses that open: excitatory (AMPA) or inhibitory (GABA).",
    "pressure": "Pressure on a sensory ending.",
    "clamp": "Voltage clamp: holds the membrane at a potential and measures the current.",
}
CANNOT_ADD = "there is no {kind!r} to add; known: {kinds}"
TAKES_NONE = "{preparation} takes no {kind!r}; it takes: {kinds}"
# In place of {kinds} where a preparation takes no stimulus.
DRIVEN_BY_SETTINGS = "none, what drives it is among its settings"
TOO_MANY_STIMULI = "a set-up has at most {most} stimuli here; remove one first"
TOO_MANY_LEVELS = "a clamp has at most {most} levels here; remove one first"
NO_STIMULUS_NUMBER = "there is no stimulus {number}; there are {count}"

# The groups of the knobs.
CHANNELS = "channels and drugs"
IONS = "ions and pump"
TEMPERATURE = "temperature"
GEOMETRY = "geometry"
STIMULUS = "stimulus"
CLAMP = "voltage clamp"
RUN = "length of the run"
# Behind the name of a group: how many of its knobs are not listed.
MORE_KNOBS = "{count} more"

# Knobs: names, and in a sentence what they do.
RECEPTORS = "receptors"
RECEPTORS_SENTENCE = "AMPA receptors excite, GABA receptors inhibit."
HELD_FROM = "held from"
HELD_FROM_SENTENCE = "When the clamp begins to hold this potential."
NOT_SET = "not set"
# What may be typed: {words} are such as "ampa, gaba".
ONE_OF_SENTENCE = "One of {words}."
ONE_OF = "one of {words}"
OR_A_SIZE = "{range}, or such as 1.5x, 20 uA, 5 nA"
WRONG_VALUE = "{name} is {value!r}, but must be {range}"
# {meant}: empty, or which name may have been meant.
NO_SETTING = "there is no setting {name!r}{meant}"

# Beside a set-up that is compared with another: how long its run is.
RUN_LENGTH = "run of {length_ms:g} ms"

# What the lab is opened with.
NOTHING_OF_NAME = "there is no preparation, set-up or question {name!r}{meant}"
ANSWER_FIRST = "answer {question} first: what is set up in it would give the answer away"

# Saved set-ups: the first line of each file, and what can go wrong.
FILE_HEAD = "# A set-up of the lab. It may stand as it is under `scenario:` in a content file."
WRONG_NAME = "a name has up to 40 letters a to z, digits, blanks and hyphens; {name!r} has not"
NO_SET_UP_BUT = "there is no set-up {name!r}; saved: {names}"
NONE_SAVED = "none is saved yet"
CANNOT_MAKE_FOLDER = "cannot make the folder {path}: {why}"
CANNOT_READ = "cannot read {path}: {why}"
CANNOT_WRITE = "cannot write {path}: {why}"
CANNOT_DELETE = "cannot delete {path}: {why}"
