"""Traces in words, for who cannot see the plot, and the symbols of their curves in a read-out.

What stands in braces after a colon says how a number is written; it stays as it is. Potentials and
times that are given as text come with their units.
"""

NA_PUMPED = "Na pumped"
# How each column of a trace is named in a read-out: as short as these.
SYMBOLS = {
    "time_ms": "t",
    "voltage_mv": "V",
    "stimulus_ua_cm2": "Istim",
    "m": "m",
    "h": "h",
    "n": "n",
    "na_available": "Na available",
    "na_open": "Na open",
    "na_inactivated": "Na inactivated",
    "na_closed": "Na closed",
    "na_blocked": "Na blocked",
    "lidocaine": "Na with lidocaine",
    "g_na": "gNa",
    "g_k": "gK",
    "i_na": "INa",
    "i_k": "IK",
    "i_leak": "Ileak",
    "i_pump": "Ipump",
    "i_ion": "Iion",
    "driving_na_mv": "V−ENa",
    "driving_k_mv": "V−EK",
    "dvdt_v_s": "dV/dt",
    "clamp_ua_cm2": "Iclamp",
    "i_passive": "Ipassive",
    "i_axial": "Iaxial",
    "tip_mv": "Vtip",
    "synapse_mv": "Vsynapse",
    "trigger_mv": "Vtrigger",
    "axon_mv": "Vaxon",
    "g_excitatory_ns": "gexc",
    "g_inhibitory_ns": "ginh",
    "i_excitatory_na": "Iexc",
    "i_inhibitory_na": "Iinh",
    "e_na_mv": "ENa",
    "e_k_mv": "EK",
    "e_cl_mv": "ECl",
    "flux_na": "Na flux",
    "flux_k": "K flux",
    "flux_cl": "Cl flux",
    "pump_na": NA_PUMPED,
    "pump_k": "K pumped",
    "i_cl": "ICl",
    "na_in_mm": "Na inside",
    "k_in_mm": "K inside",
    "na_out_mm": "Na outside",
    "k_out_mm": "K outside",
    "pump_na_pmol_cm2_s": NA_PUMPED,
    "atp_pmol_cm2": "ATP used",
}

# The sentence on a potential: {does} is a list of what stands below, in the order of time.
POTENTIAL = "The potential {does}."
BEGINS = "begins at {potential}"
GETS_UP = "rises to {potential} at {time}"
ENDS = "is at {potential} when the run ends at {time}"
RESTS = "rests at {potential}"
RESTS_ALONE = "rests at {potential} without a stimulus"
# {word}: what the simulator calls a stimulus, such as pulse.
CAUSE = "a {word} at {time}"
CAUSE_LASTING = "a {lasts} {word} at {time}"
FIRST_OF = "{cause} (the first of {count})"
DRIVEN = "is driven to its upstroke at {potential} by {cause}"
OUTLASTED = "is under {cause} that outlasts the run"
PUSHED = "is pushed to {potential} by {cause}"
# No spike.
STAYS = "stays there to the end at {time}"
DRIFTS = "drifts without a spike to {potential} at {time}"
NO_SPIKE = "fires no spike"
COMES_UP = "comes up to {potential} at {time}"
# One spike, and what comes after it.
PEAK = "rises to a peak of {potential} at {time}"
PEAK_AFTER_PULSE = "rises after the pulse at {pulse} to a peak of {potential} at {time}"
FALLS_PAST_REST = "falls back past rest at {time}"
STILL_FALLING = "is still falling at {potential} when the run ends at {time}"
UNDERSHOOTS = "undershoots to {potential}"
TO_REST_AT = "falls back to rest at {time} without an undershoot"
TO_REST = "falls back to rest without an undershoot"
NOT_TO_REST = "does not come back to rest: it is still at {potential} when the run ends at {time}"
# Several spikes.
SPIKES = (
    "fires {count} spikes, the first with a peak of {potential} at {time}, the last with "
    "{last_potential} at {last_time}"
)
SPIKES_UNDERSHOOT = "{spikes}; after the first it undershoots to {potential}"

# A curve read out at even times.
EVERY = "Every {step_ms:g} ms from 0 to {end_ms:g} ms, in mV: {values}."

# A voltage clamp; the first may have one of the others after it, or both.
HELD = "The potential is held at {level_mv:g} mV from {from_ms:g} ms on"
HELD_INWARD = "; the current is most inward, {current:+z.1f} uA/cm2, at {time_ms:.2f} ms"
HELD_FINAL = "; at the end of the step the current is {current:+z.1f} uA/cm2"

# What travels: {passes} is one or several of the three at the end.
AT_REST = "The membrane rests at {rest_mv:+z.1f} mV."
NOTHING_TRAVELS = "No spike travels; at {place} the potential gets to {peak_mv:+z.1f} mV."
TRAVELS = ("{count} spike travels: {passes}.", "{count} spikes travel: {passes}.")
TRAVELS_AT = (
    "{count} spike travels at {velocity_m_s:.1f} m/s: {passes}.",
    "{count} spikes travel at {velocity_m_s:.1f} m/s: {passes}.",
)
NONE_COMES = "none comes to {place}"
IT_PASSES = "it passes {place} at {time_ms:.2f} ms, up to {peak_mv:+z.1f} mV"
FIRST_PASSES = "the first passes {place} at {time_ms:.2f} ms, up to {peak_mv:+z.1f} mV"

# A cell with a dendrite: it fires, or not.
SOMA_AT_REST = "The soma rests at {rest_mv:+z.1f} mV."
BEGINS_IN_AXON = "The cell fires: the spike begins {start_um:.0f} um along the axon"
BEGINS_IN_SOMA = "The cell fires: the spike begins in the soma"
COMES_TO_TRIGGER = "comes to the trigger zone at {time_ms:.2f} ms"
COMES_TO_SOMA = "comes to the soma at {time_ms:.2f} ms"
COMES_TO_AXON_END = "comes to the end of the axon at {time_ms:.2f} ms"
POSTSYNAPTIC = (
    "The postsynaptic potential is {synapse_mv:+z.2f} mV at the synapse and {soma_mv:+z.2f} mV in "
    "the soma; the cell does not fire."
)
POSTSYNAPTIC_SHARE = (
    "The postsynaptic potential is {synapse_mv:+z.2f} mV at the synapse and {soma_mv:+z.2f} mV in "
    "the soma, {share:.0%} of it; the cell does not fire."
)
DOES_NOT_MOVE = "It stays there, and the cell does not fire."
DOES_NOT_FIRE = "It gets to {peak_mv:+z.1f} mV at {peak_ms:.2f} ms and does not fire."

# A membrane at rest: {does} is one of the three below.
BENCH = "The membrane {does}; E_K is {e_k_mv:+z.1f} mV, E_Na {e_na_mv:+z.1f} mV."
BENCH_STAYS = "rests at {start_mv:+z.1f} mV and stays there"
BENCH_GOES = "goes from {start_mv:+z.1f} mV to {end_mv:+z.1f} mV"
BENCH_ON_ITS_WAY = (
    "goes from {start_mv:+z.1f} mV to {end_mv:+z.1f} mV, on its way to {rest_mv:+z.1f} mV"
)

# A cell whose ions are counted: {train} is one of the first two, {ions} one of the next two.
PULSES_FIRE = "{fired:.0f} of {pulses:.0f} pulses fire"
NO_PULSE = "No pulse is given"
IONS = "Na inside goes to {na_mm:.2f} mM, K inside to {k_mm:.2f} mM"
IONS_AND_REST = (
    "Na inside goes to {na_mm:.2f} mM, K inside to {k_mm:.2f} mM, and the rest moves by "
    "{shift_mv:+z.1f} mV"
)
COUNTED = "{train} in {seconds:g} s. {ions}; {atp:.1f} pmol/cm2 of ATP are used."

# The panes below the voltage. The states of the channels at some times:
GATES = "Of the Na channels: {times}."
STATES = "{when} {closed:.0%} closed, {open:.0%} open, {inactivated:.0%} inactivated"
AT_START = "at the start"
AT_TIME = "at {time_ms:.2f} ms"
AT_END = "at the end, {time_ms:g} ms,"
# A curve: {title} with a capital, values with their units.
CURVE_STAYS = "{title} stays at {value}."
CURVE = "{title} begins at {first} and ends at {last}."
CURVE_AND_BACK = (
    "{title} begins at {first}, gets to {farthest} at {time_ms:.2f} ms and ends at {last}."
)
# What crosses the membrane, for each ion and way.
FLUXES = "At the end cross, in pmol/cm2/s: {fluxes}."
NO_FLUX = "{who} none"
OUTWARD = "{who} {flux:.2f} out"
INWARD = "{who} {flux:.2f} in"
BY_PUMP = "{ion} by the pump"
THROUGH_CHANNELS = "{ion} through channels"
# How high each place gets where nothing travels.
ALONG = "Along the cable: {places}."
PLACE = "{place} {start_mv:+z.1f} mV, at most {peak_mv:+z.1f} mV at {time_ms:.2f} ms"
