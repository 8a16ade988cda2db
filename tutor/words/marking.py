"""What the verdict says of an answer: numbers, orders, pairs, marks on a trace, experiments.

What stands in braces after a colon says how a number is written; it stays as it is. Numbers and
amounts are given with their units: {amount} is such as "3 mV", {number} such as "-70".
"""

# Numbers. {size} is one of the three below the slips.
GIVE_NUMBER = "Give a number."
GIVE_NUMBER_IN = "Give a number in {unit}."
SEVERAL_NUMBERS = "Of several numbers all must be right; give one."
FOLLOWS_RIGHTLY = "Follows rightly from your earlier value."
TOO_HIGH = "{number} is {amount} too high."
TOO_LOW = "{number} is {amount} too low."
WRONG_SIGN = "The size is right, but the sign is not."
ROUNDED_TOO_FAR = "Rounded too far: keep more significant figures."
TURNED_OVER = "The quotient is turned over: divide the other way round."
WRONG_POWER = "The digits are right, but it is {size}."
WRONG_SIGN_AND_POWER = "The sign is wrong, and it is {size}."
TIMES_TOO_LARGE = "{factor} times too large"
TIMES_TOO_SMALL = "{factor} times too small"
LOST_PREFIX = "{size}, as when the prefix of a unit is lost"

# Units of numbers.
UNIT_MISSING = "The unit is missing: write {unit}."
UNIT_UNKNOWN = "{text!r} is no unit known here; write {unit}."
FITS_ANOTHER_UNIT = "{number} fits {unit}, not {written}."
# In place of {unit} where none is asked for.
PLAIN_NUMBER = "a plain number"
READ_AS = "{unit} was read as {quantity}; as it stands it is {literally}."
NO_MARK_WITHOUT_UNIT = "Without its unit it has no mark."

# What marks of a number are given for.
METHOD = "the method"
NUMBER = "the number"
UNIT = "the unit {unit}"

# Orders. {where} is one of the two below.
OUT_OF_ORDER = "“{item}” is out of order: it comes {where}."
LEFT_OUT = "“{item}” was left out: it comes {where}."
FIRST = "first"
DIRECTLY_AFTER = "directly after “{item}”"
# Beside an item: where it was put, or what is wrong with two that follow each other.
PLACE = "place {number}"
OTHER_WAY_ROUND = "the other way round"
NOT_PLACED = "not placed"
NOT_DIRECTLY_AFTER = "not directly after"

# Pairs.
NO_PARTNER = "“{item}” has no partner."
WRONG_PARTNER = "“{item}” does not go with “{partner}”."
SWAPPED = "“{first}” and “{last}” have each other's partner: swap them."

# Marks on a trace: {place} is what was marked, {off} one of the four below it.
MISSED_POINT = "{place} is {off}: {target} is at {best}."
MISSED_STRETCH = "{place} is {off}: {target} reaches from {start} to {end}."
TOO_EARLY = "{amount} too early"
TOO_LATE = "{amount} too late"
TOO_NEAR = "{amount} too near"
TOO_FAR = "{amount} too far"
SHARED = "{share:.0%} of the stretch is shared with {target}."
# {ends}: one or both of those below.
YOUR_STRETCH = "Your stretch {ends}."
BEGINS = "begins {off}"
ENDS = "ends {off}"
OFF_THE_TRACE = "{place} is no place on the trace; mark a point within it"
PLACE_MISSING = "the mark has no place; {target} asks for one in mm"

# Experiments: {name} is what is measured, {off} one of those below the first three, or too early
# or too late as above.
NOT_IN_RUN = "This run has none: {name}."
RUN_IS = "{name}: {value}, {off}."
# {value} or {amount} where it is compared with another run.
TIMES_THE_RUN_BEFORE = "{times} times the run with the knobs untouched"
RUN_TOO_LOW = "{amount} too low"
RUN_TOO_HIGH = "{amount} too high"
TOO_SHORT = "{amount} too short"
TOO_LONG = "{amount} too long"
TOO_FEW = "{amount} too few"
TOO_MANY = "{amount} too many"
AT_LEAST_TIMES = "and at least {times} times is asked for"
AT_MOST_TIMES = "and at most {times} times is asked for"
MUST_BE_MORE = "and it must be more"
MUST_BE_LESS = "and it must be less"
FEWER_KNOBS = "You turned {knobs}. Does it work with fewer?"
NOT_NEEDED = "Not needed: {knobs}. Change only what the effect asks for."
