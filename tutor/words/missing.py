"""Why a run has not the number that is asked for: said of a learner's own settings, too.

Each begins with a small letter and has no full stop; {name} is the number as content calls it.
"""

# {why} is one of the reasons below.
HAS_NONE = "{name}: this run has none ({why})"
NONE_AT_PLACE = "{name}: there is none at {place}; no spike comes by"
NOTHING_FIRES = "{name}: no pulse fires this set-up"
NO_STRETCH = "{start_ms:g} to {end_ms:g} ms is no stretch of a run of {duration_ms:g} ms"

NO_SPIKE = "there is no spike"
NO_STIMULUS = "there is no stimulus"
NO_STIMULUS_WITHIN = "there is no stimulus, or it outlasts the run"
NO_PULSE_WITHIN = "there is no pulse, or it outlasts the run"
ENDS_BEFORE = "the run ends before it, or never gets there"

# Patches.
OF_UNCHANGED = "it is known for the unchanged preparation only"
NEEDS_CLAMP = "it needs a voltage clamp, and a current that it measures"
POTENTIAL_HELD = "the potential is held"

# Axons and fibres.
FEWER_PLACES = "fewer places are watched"
NO_SPIKE_COMES = "no spike comes there, or fewer places are watched"
NO_SINGLE_SPIKE = "no single spike runs from one place to the other"
NO_PULSE_TRAVELS = "no pulse sends a spike along"
NO_PULSE_TO_LAST_NODE = "no pulse sends a spike to the last node"
NOT_PAST_MIDDLE = "the spike does not pass the middle of the fibre"
CHANNELS_AMPLIFY = "the channels would amplify a small change"

# The other preparations.
NO_SYNAPSE = "there is no synapse, or the cell fires"
EQUATION_FAILS = "the membrane lets too little through for the equation"
EVERY_PULSE_FIRES = "every pulse fires"
REST_STAYS = "the rest does not come up by 2 mV"
NO_OUABAIN = "no ouabain is given, or a pulse hides its step"
