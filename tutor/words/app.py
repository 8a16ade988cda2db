"""The app as a whole."""

TITLE = "Action potential tutor"

# What the keys of every screen do.
QUIT_TIP = "quit; all that was answered is kept"
FIND_TIP = "find a phase, a screen or a setting by its name"
MOTION_TIP = "motion on or off"
KEYS_TIP = "the keys of this screen"

MOTION_ON = "Motion on"
MOTION_OFF = "Motion off"

# After the first thing that is wrong in a course.
MORE_ERRORS = "It has {count} more; `tutor check` lists them."

# A terminal that is too small: this has to fit anywhere.
TOO_SMALL = (
    "Too small: the app needs 60 x 16. Enlarge it, or press p for lines of text, q to quit."
)
LINES_OF_TEXT = "Lines of text"
LINES_OF_TEXT_TIP = "go on as lines of text"
