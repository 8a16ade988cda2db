"""Words that more than one room shows."""

# Labels of the key bar: as short as these.
NEXT = "Next"
BACK = "Back"
SKIP = "Skip"
QUIT = "Quit"
KEYS = "Keys"
# In its place where some of them have no room beside it.
ALL_KEYS = "All keys"
FIND = "Find"
CHANGE = "Change"
UNDO = "Undo"
WRITE = "Write"
DRAW = "Draw"
CURSOR = "Cursor"
LAB = "Lab"
QUIZ = "Quiz"
REVIEW = "Review"
EXAM = "Exam"
PROGRESS = "Progress"
ASSIGNMENTS = "Assignments"
REGISTER = "Register"
SETTINGS = "Settings"
MOTION = "Motion"
# Commits an answer.
OK = "OK"
# There is more text below.
MORE = "more"

# What a key does, in a few words.
GO_ON = "go on"
GO_BACK = "go back"
TO_QUIT = "quit"
TO_SETTINGS = "the settings"
LINE_ABOVE = "the line above"
LINE_BELOW = "the line below"
COMMIT_ANSWER = "commit the answer"
KEYS_TO_SCREEN = "give the keys back to the screen"
TAKE_STIMULUS_AWAY = "take a stimulus away"

# In place of a list or a value.
NONE = "none"

# A stretch of a run.
FROM_TO_MS = "{start} to {end} ms"
# One number of a calculation: {what} is what is said of it.
PART = "Part {number}: {what}"
# Between the last two of a list.
AND = " and "

# Where Enter leads: {place} is a phase and where in it.
ENTER_OPENS = "Enter: {place}"

# A lesson.
WILL_RUN = "Will run: {what} ({set_up})"
HINT = "Hint: {hint}"
SOURCE = "Source: {source}"
# {answer} in full; of a choice it is empty, and the options stand below.
YOU_ANSWERED = "You answered: {answer}"
TAUGHT_IN = "Taught in {place} (l goes there, b comes back)"
# A curve that shows a wrong answer to be wrong; its set-up or what it shows comes after.
REFUTATION = "Refutation:"
REFUTED_BEFORE = "Refuted before: {says} (r draws it)"
# Above a plot, where a question is shown by other programs.
PLOT_BEFORE = "The plot as it stands before the answer."
# {finding}: the number of the run that settles the question, in a sentence.
IT_DECIDES = "It decides: {finding}"
END_OF = "End of {title}"
RIGHT_AT_LAST = "{right} of {questions} questions right at your last attempt."

# {error} begins with a small letter and has no full stop.
CANNOT_BE_RUN = "This cannot be run: {error}."
KNOB_PUT_BACK = "This cannot be run: {error}. The knob is back where it was."
RUN_NOT_READY = "the run is not ready yet"
# What goes on takes some seconds: {meter} is a bar that fills, {share} a percentage.
RUNNING = "running {meter} {share:.0%}"
RUNNING_ESC_STOPS = "running {meter} {share:.0%}  Esc stops it"

# The lab.
NO_SET_UP = "there is no set-up {name!r}"
PULSE_SIZE = "pulse size"
PULSE_LENGTH = "pulse length"
INTERVAL = "interval"
CURRENT = "current"
# What may be typed for a knob: {range} is such as "from 0 to 1".
A_NUMBER = "a number {range}"

# How curves are drawn.
MODES = {"braille": "dots", "half-block": "blocks", "ascii": "plain characters"}

# Keys as they stand on keyboards.
ENTER = "Enter"
ESC = "Esc"
KEY_NAMES = {"escape": ESC, "pageup": "PgUp", "pagedown": "PgDn"}
