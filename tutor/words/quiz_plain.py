"""Picking what to be asked, as lines of text."""

# A line in [ ] says what may be typed; {usual} is what Enter takes.
KEYS = "[1-{count} · Enter {usual} · m map · q quit]"
WHICH_KIND = "Which kind of question?"
HOW_MANY = "How many?"
