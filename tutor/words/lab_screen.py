"""The lab in the app. Sentences that begin with a small letter are given a capital and a stop."""

HELP = "A free bench. Up and down choose a knob, left and right turn it; the run follows."

# Keys: labels of the key bar, and what each key does in a few words.
PREPARE = "Prepare"
PREPARE_TIP = "another preparation"
ADD = "Add"
ADD_TIP = "add a stimulus, or a voltage clamp"
NUMBERS = "Numbers"
NUMBERS_TIP = "measurements for knobs"
SEARCH_TIP = "find a knob by a word"
KEEP = "Keep A"
KEEP_TIP = "keep the run as A, or let it go"
EXPERIMENT = "Experiment"
EXPERIMENT_TIP = "do an experiment"
WRITE_TIP = "write the run to a file"
SAVE = "Save"
SAVE_TIP = "save the set-up under a name"
OPEN = "Open"
OPEN_TIP = "open or delete a saved set-up"
ALL_BACK = "All back"
ALL_BACK_TIP = "no changes"
BACK_TIP = "leave"

# The list of knobs.
ROW_ABOVE_TIP = "the row above"
ROW_BELOW_TIP = "the row below"
PAGE_UP_TIP = "eight rows up"
PAGE_DOWN_TIP = "eight rows down"
LESS_TIP = "turn a knob down"
MORE_TIP = "turn a knob up"
LITTLE_LESS_TIP = "a fifth of that down"
LITTLE_MORE_TIP = "a fifth of that up"
SET = "Set"
SET_TIP = "type the value of a knob; open or close a group"
RESET_TIP = "put a knob back"
REMOVE = "Remove"
SEARCH_PLACEHOLDER = "part of a name; Enter keeps, Esc ends"
NOTHING_FOUND = "No knob has these words."
# What the chosen row is.
KNOB_HINT = "{sentence} ({range})"
STIMULUS_HINT = "x removes it; its knobs stand below."
GROUP_HINT = "Enter lists its knobs, or only what is changed."
# Above the line where a knob's value is typed.
TYPE_VALUE = "{title}: {range}, now {now}"

WHICH_PREPARATION = "Which preparation?"
WHICH_STIMULUS = "What is added?"
CURRENT_GONE = "under voltage clamp currents do nothing, so one has gone"
CANNOT_BE_RUN = "this cannot be run: {error}; the set-up is again as it was"

# Two runs side by side, A and B.
KEPT = "kept as A; what you change now is B"
GONE = "A is gone"
SET_UP_OF_A = "A: {set_up}"
ALONE = "{name} alone: {set_up}"
ALIKE = "A and B are set up alike"

# Experiments.
WHICH_EXPERIMENT = "Which experiment?"
EXPERIMENT_HELP = "What the experiment finds, on the preparation with its changes."
NEXT_PLOT = "Next plot"
NEXT_PLOT_TIP = "next plot"
WRITE_FOUND_TIP = "write it to a file"
BACK_TO_LAB_TIP = "back to the lab; stops what is under way"
FOUND_NOTHING = "this found nothing: {error}"

# Files.
WHICH_FILE = "Write to which file? The ending says how: {endings}"
FILE_EXISTS = "There is a file {file} already. Write over it?"
WRITING = "writing {file}"
WRITTEN = "written: {file}"

# Saved set-ups.
WHICH_NAME = "Save under which name?"
WHICH_SET_UP = "Which set-up?"
SET_UP_EXISTS = "There is a set-up {name!r} already. Write over it?"
DELETE_FOR_GOOD = "Delete the set-up {name!r} for good?"
NOTHING_SAVED = "no set-up is saved yet; s saves this one"
SAVED = "saved: {file}"
DELETED = "deleted: {name}"

# Questions over the screen: one of a list, a line, yes or no.
PICK_HELP = "Digits and arrows choose, Enter picks."
DELETE = "Delete"
DELETE_TIP = "delete what is chosen"
SURE_HELP = "y is yes, n is no."
YES = "Yes"
YES_TIP = "yes"
NO = "No"
NO_TIP = "no"
LINE_HELP = "Enter takes what is typed."
NO_LINE_TIP = "take nothing"
