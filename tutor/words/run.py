"""A run on its plots: whose curve it is, what the panes show, and the read-outs."""

# Whose curve it is, in the legend.
THIS_RUN = "this run"
NORMAL = "normal"
TO_COMPARE = "to compare"
REFUTATION = "refutation"
BEFORE_TURNING = "before"

# Titles of panes; above its numbers the pane has room for about 40 letters.
NET_FLUX = "net flux of ions"
GATES = "share of the Na⁺ channels"
CONDUCTANCES = "conductances"
SYNAPTIC_CONDUCTANCES = "synaptic conductances"
SYNAPTIC_CURRENTS = "synaptic currents"
CURRENTS = "currents, outward positive"
DRIVING_FORCES = "driving forces, V - E"
CONCENTRATIONS = "concentrations, change since the start"
EQUILIBRIUM_POTENTIALS = "equilibrium potentials"
# {cable} is one of CABLES, by the preparation.
ALONG = "potential along the {cable}"
MAP = "potential along the {cable}, time downwards"
CABLES = {"axon": "axon", "myelinated": "fibre", "dendrite": "cell"}

# Behind a title: when, and how fast the spike travels.
AT_TIME = "{title} at {time_ms:.2f} ms"
FLUX_AT_TIME = "{title} at {time_ms:.1f} ms"
FLUX_AT_END = "{title} at the end"
AT_VELOCITY = "{title}, {velocity_m_s:.1f} m/s"
# Where the potential was recorded.
AT_PLACE = "at {place}"

NA, K, CL = "Na⁺", "K⁺", "Cl⁻"
E_NA, E_K, E_CL = "E_Na", "E_K", "E_Cl"
# Of synapses: a conductance or a current.
EXCITATORY, INHIBITORY = "excitatory", "inhibitory"
# Names of curves where the title says what of these is shown.
SHORT_NAMES = {
    "g_na": NA,
    "g_k": K,
    "g_excitatory_ns": EXCITATORY,
    "g_inhibitory_ns": INHIBITORY,
    "i_excitatory_na": EXCITATORY,
    "i_inhibitory_na": INHIBITORY,
    "i_na": NA,
    "i_k": K,
    "i_cl": CL,
    "i_leak": "leak",
    "i_passive": "leak and pump",
    "i_axial": "along the inside",
    "i_pump": "pump",
    "driving_na_mv": NA,
    "driving_k_mv": K,
    "e_na_mv": E_NA,
    "e_k_mv": E_K,
    "e_cl_mv": E_CL,
    "na_closed": "closed",
    "na_open": "open",
    "na_inactivated": "inactivated",
}
# What fills the areas of these states in plain characters: the first letter of each.
STATE_LETTERS = {"na_closed": "C", "na_open": "O", "na_inactivated": "I"}
FLUXES = {
    "flux_na": "Na⁺ channels",
    "flux_k": "K⁺ channels",
    "flux_cl": "Cl⁻ channels",
    "pump_na": "Na⁺ by the pump",
    "pump_k": "K⁺ by the pump",
}
# Which way a flux goes.
IN, OUT = "in", "out"

# Lines across the voltage.
REST = "rest"
LEVELS = {"rest_mv": REST, "threshold_mv": "threshold", "e_na_mv": E_NA, "e_k_mv": E_K}
# The strips below it: their titles have six letters of room.
STAGE_STRIP = "stage"
REFRACTORY_STRIP = "refr."
# The stages of a spike, and the letter where the name has no room; rest is told by its place.
STAGES = {
    "rest": (REST, ""),
    "stimulus": ("stimulus", "S"),
    "rising": ("rising", "R"),
    "falling": ("falling", "F"),
    "undershoot": ("undershoot", "U"),
}
# The refractory periods; the letter stands where the name has no room.
ABSOLUTE = "absolute"
ABSOLUTE_LETTER = "A"
RELATIVE = "relative refractory"

# The read-out under the cursor.
TIME = "t {time_ms:.2f} ms"
HIGHEST = "highest {voltage_mv} mV at {place_mm:.3g} mm"
