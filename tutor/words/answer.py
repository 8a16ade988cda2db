"""Where an answer is typed, arranged or paired in the app."""

# How times are marked; by the kind of question.
MARKING = {
    "point": "Left and right move the cursor on the trace, Enter marks; or type the time.",
    "interval": "Left and right move the cursor, Enter marks either end; or type both times.",
}
EXAMPLE = "such as {example}"
WORDS = ("{count} word", "{count} words")

# Keys: labels of the key bar, and what each key does in a few words.
NEW_LINE = "New line"
NEW_LINE_TIP = "begin a new line"
UNDO_TIP = "take back what was typed last"
UNITS = "Units"
UNITS_TIP = "the units that are understood"

# Lines to put in order.
ORDER_HINT = (
    "First step at the top. Type the numbers in order, or carry a line: u up, j down; "
    "a click takes a line, the next puts it."
)
UP = "Up"
UP_TIP = "carry the line up"
DOWN = "Down"
DOWN_TIP = "carry it down"
TAKE = "Take"
TAKE_TIP = "take the line, or put it down"
NOT_ALL_PLACED = "{placed} of {count} lines are placed. Enter again hands them in as they stand."

# Lines to pair with partners.
MATCH_HINT = "Up and down choose a line, a letter gives it its partner."
PARTNER = "Partner"
PARTNER_TIP = "the next partner; letters give one"
PARTNER_BEFORE_TIP = "the partner before"
CLEAR = "Clear"
CLEAR_KEY = "Del"
CLEAR_TIP = "take the partner away"
NOT_ALL_PAIRED = "Give each line a letter: {count} still without one."
