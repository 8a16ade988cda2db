"""Units in answers: what they measure, which are usual, and how a number is written."""

# What a unit measures; all of them stand in the sentences of this module.
PLAIN_NUMBER = "a plain number or share"
LENGTH = "a length"
AREA = "an area"
VOLUME = "a volume"
TIME = "a time"
FREQUENCY = "a frequency"
SPEED = "a speed"
POTENTIAL = "a potential"
RATE_OF_CHANGE_OF_POTENTIAL = "a rate of change of potential"
POTENTIAL_PER_LENGTH = "a potential per length"
CURRENT = "a current"
CURRENT_DENSITY = "a current density"
CHARGE = "a charge"
CHARGE_PER_AREA = "a charge per area"
CONDUCTANCE = "a conductance"
CONDUCTANCE_PER_AREA = "a conductance per area"
RESISTANCE = "a resistance"
RESISTANCE_TIMES_AREA = "a resistance times area"
RESISTIVITY = "a resistivity"
CAPACITANCE = "a capacitance"
CAPACITANCE_PER_AREA = "a capacitance per area"
AMOUNT = "an amount"
CONCENTRATION = "a concentration"
AMOUNT_PER_AREA = "an amount per area"
FLUX = "a flux"
TEMPERATURE = "a temperature"
MASS = "a mass"
ENERGY = "an energy"
ANOTHER_QUANTITY = "another quantity"

# By what a number measures; SYMBOLS_OR_WORDS has the name of it and these.
USUAL = {
    PLAIN_NUMBER: ("%", "times"),
    LENGTH: ("m", "cm", "mm", "µm", "nm"),
    AREA: ("cm²", "mm²", "µm²"),
    TIME: ("s", "ms", "µs", "min", "h"),
    FREQUENCY: ("Hz", "kHz", "s⁻¹", "per second"),
    SPEED: ("m/s", "m s⁻¹", "mm/ms", "cm/s"),
    POTENTIAL: ("V", "mV", "µV"),
    RATE_OF_CHANGE_OF_POTENTIAL: ("V/s", "mV/ms"),
    CURRENT: ("A", "mA", "µA", "nA", "pA"),
    CURRENT_DENSITY: ("A/m²", "mA/cm²", "µA/cm²"),
    CHARGE_PER_AREA: ("µC/cm²", "nC/cm²"),
    CONDUCTANCE: ("S", "mS", "µS", "nS"),
    CONDUCTANCE_PER_AREA: ("S/m²", "mS/cm²"),
    CONCENTRATION: ("M", "mM", "µM", "mmol/L", "mol/m³"),
    AMOUNT_PER_AREA: ("pmol/cm²", "nmol/m²"),
    FLUX: ("pmol/cm²/s", "nmol/m²/s"),
    TEMPERATURE: ("°C", "K"),
}
NUMBERS = "A decimal point or comma: 12.5 or 12,5. Powers: 3e-4 or 3 x 10^-4. Sign: -70, minus 70."
UNIT_BESIDE = "The unit stands beside the number: {unit}."
WRITE_UNIT = "Write the unit after the number, as a symbol or in words: 5 mV, 5 millivolts."
NUMBER_ALONE = "A number alone; {share} is understood too."
SYMBOLS_OR_WORDS = "For {quantity}: {units}, as symbols or in words."

# Why a unit is not understood. {asked} is a quantity, as a rule with a unit: "a potential (mV)".
UNKNOWN_UNIT = "{text!r} is no unit known here; write one such as mV"
OTHER_QUANTITY = "{unit} measures {quantity}, not {asked}"
