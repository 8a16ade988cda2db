"""A run in the app: its plot and its knobs."""

# Keys: labels of the key bar, and what each key does in a few words.
KNOBS = "Knobs"
KNOBS_TIP = "turn the knobs of the run"
PANES = "Panes"
# Where there is no room for what a step tells of; the key is known by its label.
BEHIND = "{label}: {curves}"
PANES_TIP = "show something else below the voltage"
CURSOR_TIP = "read the values of all curves under a cursor"
DRAW_TIP = "pause the drawing, go on with it, or draw again"
FASTER = "Faster"
FASTER_TIP = "draw faster"
SLOWER = "Slower"
SLOWER_TIP = "draw slower"

# The plot, while it has the focus.
LEFT_TIP = "the cursor to the left"
RIGHT_TIP = "the cursor to the right"
FAR_LEFT_TIP = "ten columns to the left"
FAR_RIGHT_TIP = "ten columns to the right"
MARK = "Mark"
MARK_TIP = "mark the time, where that is asked for"
NOT_MOVED = "Move the cursor first: left and right, with Shift ten columns at once."
NO_CURSOR_TIP = "put the cursor away"
PAUSED = "paused at {time_ms:.2f} ms"
SPEED = "speed {speed:g}"
# What has been marked on the curve: one time, or the two ends of a stretch.
MARKED = ("marked",)
MARKED_ENDS = ("from", "to")

# The knobs, while they have the focus.
LESS = "Less"
LESS_TIP = "turn the knob down"
MORE = "More"
MORE_TIP = "turn it up"
KNOB_ABOVE_TIP = "the knob above"
KNOB_BELOW_TIP = "the knob below"
RESET = "Reset"
RESET_TIP = "put all of them back; = types a value"
# Where a knob stands; the line has to fit beside its name.
WAS = "(was {initial:.4g})"
MOST = "most"
LEAST = "least"
RANGE = "{low:g} to {high:g}"
STANDS = "{value} · {range}"
HOW_TO_SET = "{stands} · = types · 0 resets"
TYPED = "= {typed}_ · {range} · Enter · Esc"
OUT_OF_RANGE = "= {typed}_ · {range} only"
