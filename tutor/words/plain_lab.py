"""The lab as lines of text."""

from tutor.words.common import TAKE_STIMULUS_AWAY

WELCOME = "A free bench: set something up, run it, compare. help tells the commands."
KEYS = "[lab: list · set KNOB VALUE · run · help · back]"

# What is typed, which stays but for the words in capitals, and what it does.
HELP = (
    ("list", "the set-up; list all, list ions, list block: every knob, a group, or a word"),
    ("use NAME", "another preparation; use alone names them"),
    (
        "set KNOB VALUE",
        "a knob by its name or number in the list, or how its name begins, such as "
        "set pulse size 1.5x, set 3 0.9, set place middle",
    ),
    ("reset KNOB", "put a knob back; reset all takes every change back"),
    ("add KIND", "a stimulus, such as add pulse start=5 size=2x; add alone names the kinds"),
    ("remove NUMBER", TAKE_STIMULUS_AWAY),
    ("run", "run it: plot, sentence, measurements"),
    ("v", "more of the run, such as its currents; v once more shows what follows"),
    ("keep, drop", "keep the run as A to compare with, or let it go"),
    ("compare", "A and B side by side"),
    ("experiment NAME", "do an experiment; experiment alone names them"),
    ("save NAME, load NAME, delete NAME", "set-ups by name; load alone names them"),
    ("copy", "write the run or experiment, as it is told here, to a new file; c for short"),
    ("export FILE", "write the run or experiment: .csv .json .txt, with matplotlib .svg .png"),
    ("back, quit", "leave the lab, or the tutor"),
)

# What a command says when it is done.
KEPT = "Kept as A; what you change now is B."
GONE = "A is gone."
NOTHING_TO_ADD = "Nothing can be added here: what drives it is among its settings."
NO_EXPERIMENT = "There is no experiment on {preparation}."
TAKES_SECONDS = "{experiment}: this may take some seconds."
STOPPED = "Stopped."
SAVED = "Saved: {path}"
SAVED_ARE = "Saved: {names}."
NONE_SAVED = "No set-up is saved yet."
DELETED = "Deleted: {name}."
WRITTEN = "Written: {path}"

# Asked before something is lost; the first letter of what is typed for yes stands in [ ].
GO_ON = "{what}. Go on? [y/n]"
YES = ("y", "yes")
SET_UP_EXISTS = "There is a set-up {name} already"
DELETES_FOR_GOOD = "This deletes the set-up {name} for good"
FILE_EXISTS = "There is a file {path} already"
NOTHING_CHANGED = "Nothing is changed."

# Why a command cannot be done: begins with a small letter and has no full stop.
NO_COMMAND = "there is no command {command!r}; help tells them"
NO_KNOB_HAS = "no knob of {preparation} has {text!r}"
SET_TAKES = "set takes a knob and a value, such as set pulse size 1.5x"
RESET_TAKES = "reset takes a knob, or all"
WRITE_AS = "write what is set as NAME=VALUE, not {what!r}"
REMOVE_TAKES = "remove takes the number of a stimulus, as list shows it"
RUN_FIRST = "run it first"
NOTHING_KEPT = "no run is kept"
KEEP_FIRST = "keep a run first, then change something and compare"
TAKES_NAME = "{command} takes a name"

# A knob in the list: {changed} is CHANGED or empty, {range} what it may be.
KNOB = "{knob}: {value} (knob {number}, {changed}{range})"
CHANGED = "changed, "
