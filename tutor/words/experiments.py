"""The experiments of the lab: what they are called, and what they find.

What stands in braces after a colon says how a number is written; it stays as it is. x is "times".
"""

# Titles.
THRESHOLD_TITLE = "Threshold"
DURATION_TITLE = "Strength and duration"
REFRACTORY_TITLE = "Refractory curve"
FREQUENCY_TITLE = "Frequency and current"
GATES_TITLE = "Gates over potential"
CLAMP_TITLE = "Voltage clamp at many potentials"
ALL_OR_NONE_TITLE = "All or none"
DIAMETER_TITLE = "Velocity and diameter"
TEMPERATURE_TITLE = "Velocity and temperature"

# What an experiment is for, below its title.
PATCH_THRESHOLD = "The weakest pulse that fires, and the runs just below and just above it."
CABLE_THRESHOLD = "The weakest pulse that sends a spike along, and what one just below it does."
DURATION = "How strong a pulse must be by its length: rheobase and chronaxie."
PATCH_REFRACTORY = "How strong a second pulse must be by its interval from the first."
AXON_REFRACTORY = "How strong a second pulse must be to send a second spike along."
FREQUENCY = "How fast it fires by how strong a steady current is."
GATES = "Where the gates m, h and n go at each potential, and how fast."
CLAMP = "The currents at held potentials, as Hodgkin and Huxley measured them."
ALL_OR_NONE = "The peak far away by how strong the pulse is."
DIAMETER = "How fast the spike travels by how thick the fibre is."
TEMPERATURE = "How fast the spike travels by how warm it is."

# There is none of this name: {known} is one of the two below.
NO_EXPERIMENT = "no experiment {name!r} on {preparation}; {known}"
THERE_IS_NONE = "there is none"
THERE_ARE = "there are: {names}"

# Axes, curves and lines of plots; short, as they stand in the plot.
THRESHOLDS_AXIS = "x threshold"
TIMES_THRESHOLD = "{times:g} x threshold"
THRESHOLD = "threshold"
MEMBRANE_POTENTIAL = "membrane potential"
POTENTIAL_AT = "potential at {place_mm:.3g} mm"
POTENTIAL = "potential"
STRENGTH = "strength"
SECOND_PULSE = "second pulse"
FIRST_ALONE = "first pulse alone"
DIAMETER_AXIS = "diameter"
TEMPERATURE_AXIS = "temperature"
VELOCITY = "velocity"
LAPICQUE = "Lapicque's curve, nearest to the points"
RHEOBASE = "rheobase"
TWICE_RHEOBASE = "twice the rheobase"
CHRONAXIE = "chronaxie"
SPIKES_A_SECOND = "spikes a second"
SHARE_OPEN = "share open in the end"
TIME_CONSTANT = "time constant"
STEP_TO = "step to"
MOST_INWARD = "most inward"
AT_THE_END = "at the end"
CLAMP_CURRENT = "current of the clamp"

# The threshold. Numbers that were found stand behind their names.
PULSE = "pulse"
JUST_EFFECTIVE = "just-effective pulse"
THRESHOLD_POTENTIAL = "threshold potential"
PATCH_THRESHOLD_FOUND = (
    "A pulse of {pulse_ms:g} ms just fires at {size:.2f} µA/cm²; it leaves the membrane at "
    "{threshold_mv:.1f} mV. Two in a hundred less, and there is no spike."
)
CABLE_THRESHOLD_FOUND = (
    "A pulse of {pulse_ms:g} ms at the start sends a spike along from {size_na:.4g} nA on. "
    "A little less, and nothing comes to the middle."
)
NO_PULSE_FIRES = "no pulse of {pulse_ms:g} ms fires this set-up"
NO_PULSE_AT_START = "no pulse of {pulse_ms:g} ms at its start sends a spike along"

# Strength and duration.
LAPICQUE_RHEOBASE = "rheobase of Lapicque's curve"
LAPICQUE_CHRONAXIE = "chronaxie of Lapicque's curve"
DURATION_FOUND = (
    "The rheobase is {rheobase:.2f} µA/cm²: no longer pulse fires at less. At twice that a "
    "pulse needs {chronaxie:.2f} ms, the chronaxie. Shorter pulses must be stronger."
)
LONGEST_DOES_NOT_FIRE = "even the longest pulse does not fire this set-up"

# The refractory curve: up to three sentences, from the shortest interval to the longest.
NEVER_FIRES = "Up to {interval_ms:g} ms no second pulse fires it: absolutely refractory."
FIRES_AGAIN = (
    "{interval_ms:g} ms after the first a second pulse of {times:.2f} thresholds is enough."
)
FORGOTTEN = "From {interval_ms:g} ms on a pulse of {times:g} thresholds does."
NONE_UP_TO = "none up to"
AGAIN_FROM = "again from"
WITH = "with"
THRESHOLDS = "{times:.2f} thresholds"
THRESHOLDS_FROM = "{times:g} thresholds from"
NO_SECOND_PULSE = "no second pulse fires this set-up again"

# Frequency and current.
FIRES_FROM = "fires on from"
RATE_THERE = "rate there"
HIGHEST_RATE = "highest rate"
SILENT_FROM = "falls silent from"
FREQUENCY_FOUND = (
    "It fires on from {first:g} µA/cm², at {rate:.0f} Hz; the highest rate is {highest:.0f} Hz at "
    "{best:g} µA/cm²."
)
FALLS_SILENT = "From {current:g} µA/cm² on it falls silent: depolarisation block."
NEVER_FIRES_ON = "no steady current up to {current:g} µA/cm² makes it fire on"

# Gates over potential: m, h and n are the gates.
HALF_OPEN = "half of {gate} open at"
SLOWEST = "slowest {gate}"
GATES_FOUND = (
    "In the end half of the m gates are open at {m_mv:.0f} mV, half of the h gates at {h_mv:.0f} "
    "mV, half of the n gates at {n_mv:.0f} mV. The m gates are the fastest: never slower than "
    "{slowest_m_ms:.2f} ms."
)

# Voltage clamp.
MOST_INWARD_CURRENT = "most inward current"
IT_IS_AT = "it is at"
NEVER_INWARD_FROM = "never inward from"
CLAMP_FOUND = (
    "The current is most inward, {inward:.0f} µA/cm², at {inward_mv:g} mV; at the end of the step "
    "to {last_mv:g} mV it is {final:+.0f} µA/cm²."
)
NEVER_INWARD = "From {level_mv:g} mV on it is never inward."

# All or none.
FAR_PEAK = "peak in the middle; at 0 none arrives"
LOWEST_PEAK = "lowest peak"
HIGHEST_PEAK = "highest peak"
ALL_OR_NONE_FOUND = (
    "Below the threshold nothing arrives. From {times:g} thresholds on a spike does, and it is "
    "always as high: {lowest:+.1f} to {highest:+.1f} mV."
)
NO_PULSE_TRAVELS = "no pulse sends a spike along this set-up"
NONE_TRIED_TRAVELS = "none of the pulses that are tried sends a spike along this set-up"

# Velocity, by diameter and by temperature.
BY_ROOT = "with the root of the diameter"
IN_PROPORTION = "in proportion to the diameter"
DIAMETER_FOUND = (
    "From {thin:g} to {thick:g} µm, {thicker:.3g} times as thick, the velocity goes from "
    "{slow:.1f} to {fast:.1f} m/s, {faster:.3g} times as fast."
)
TEMPERATURE_FOUND = (
    "At {coldest:g} °C the spike travels at {velocity:.1f} m/s, at {best:g} °C at {fastest:.1f} "
    "m/s, the fastest here."
)
# {degrees}: one or several temperatures.
BLOCKED_AT = "At {degrees} °C no spike travels."
NONE_TRAVELS = "no spike travels along this set-up"
NONE_TRAVELS_AT_ANY = "no spike travels along this set-up at any of the temperatures"
