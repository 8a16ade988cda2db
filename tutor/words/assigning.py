"""What is said of making assignments: rosters, deadlines, keys, and what is handed out."""

# Days as they may be typed, small: the days of the week from Monday on; today and what follows it.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR_DAYS = ("today", "tomorrow")
#: How a moment is told, after it is given the zone of this machine.
WHEN = "%A %d %B %Y, %H:%M (%Z)"

# Deadlines; they begin small and have no full stop.
NO_DEADLINE = (
    "{text!r} is no deadline; write one such as 2026-12-04 18:00 or 04.12.2026 18:00, a day alone "
    "for its end, or friday"
)
PAST = "the deadline {due} has passed; give a later one with --due"

# Rosters. {file} is a list of learners.
ROSTER_TOO_LARGE = "{file} is larger than {largest} MB: a list of learners is not."
ROSTER_EMPTY = "{file} names no learner: its first line names the columns, a line each follows."
NO_ID_COLUMN = (
    "{file} has no column for ids: its first line should name one id, and may name name, email, "
    "group, extra and due; it names {columns}."
)
NO_CSV = "{file}, line {line}: this is no CSV ({reason}); save the list as CSV again."
NOT_UTF8 = (
    "{file} is not in UTF-8 and was read as Windows-1252; see that letters with marks are right."
)
IN_LINE = "{file}, line {line}: {problem}."
# {lines}: LINE_OF or LINE of each.
NO_ID_THERE = (
    "{file}: line {lines} is left out, as it has neither an id nor a mail address.",
    "{file}: lines {lines} are left out, as they have neither an id nor a mail address.",
)
LINE_OF = "{line} ({name})"
LINE = "{line}"
AND_LINES = " and {count} more"
NO_EXTRA = "{text!r} is no extra time; write percent from 0 to {most}"
SAME_ID = "{file}, lines {lines}: the id {id} stands there more than once; leave one line of them."
SAME_LEARNER = "{file}, lines {lines}: these say the same of the id {id}, which is taken once."
PAST_FOR_ONE = "{file}, line {line}: the deadline of {id}, {due}, has passed; write a later one."
AND_OTHERS = ("There is {count} problem more.", "There are {count} problems more.")

# The choice of questions; these begin small and have no full stop.
MODULE_OR_PHASE, QUESTION = "module or phase", "question"
NOTHING_CHOSEN = "name a module or phase to hand out, or --question, or --exam; modules: {modules}"
NONE_FOUND = "no question is all of that; leave out one of --kind and --track"
ONE_CHOICE = (
    "--exam draws its questions by a blueprint: leave out modules, --question, --questions, "
    "--kind and --track"
)
# A sentence, above what is wrong in the course.
WHOLE_COURSE = (
    "--exam draws from the whole course, so every phase of it has to be finished; modules, phases "
    "and questions of the others can be handed out by their ids. What is not finished:"
)
OPEN_AT_ONCE = (
    "{option} is for work that is marked after its end: leave it out, or take --feedback at-end"
)
_NEEDS_PRACTICE = "feedback before your release needs keys in the file: add --practice"
FEEDBACK_IS = {
    "at-once": _NEEDS_PRACTICE,
    "at-end": _NEEDS_PRACTICE,
    "released": "practice brings its keys along: leave out --feedback released, or --practice",
}
PERCENT_NEEDED = "say with --late-percent what late work loses for each day begun"
PERCENT_ALONE = "--late-percent goes with --late reduce"
HIDES = (
    "{ids}: the trace shown before the answer is of the set-up that the question hides, so its "
    "file would tell it; leave the question out, or make it --practice"
)
NO_PUBLIC_KEY = "{key!r} is no public key; let its owner copy it from `tutor register key`"
FILE_THERE = "there is {file} already; name another file with --out, or move that one away"
NO_FOLDER_THERE = "there is no folder {folder}; make it first, or name another one with --out"

# What `tutor assign` says.
WRITTEN = "Wrote {file}: {title} ({kind})."
KINDS = {"graded": "graded", "practice": "practice, with keys and feedback in the file"}
QUESTIONS = ("{count} question, {marks}", "{count} questions, {marks}")
MARKS = ("{marks} mark", "{marks} marks")
LEARNERS = ("for {count} learner", "for {count} learners")
FOR_ANYONE = "for anyone who gives an id: no roster was named with --for"
SIZE = "{questions}, {learners}."
DRAWN_BY = "Drawn by seed {seed}: --seed {seed} draws the same again."
# {drawn} is QUESTIONS_DRAWN.
QUESTIONS_DRAWN = ("{count} question", "{count} questions")
DRAWN_FOR = (
    "--questions {each} for {count} objective ({each} x {count} = {most}) gave {drawn}.",
    "--questions {each} for {count} objectives ({each} x {count} = {most}) gave {drawn}.",
)
FOR_SEVERAL = (
    "{count} of them asks for several objectives and counts for each: the number depends on what "
    "is drawn.",
    "{count} of them ask for several objectives and count for each: the number depends on what is "
    "drawn.",
)
FEWER = (
    "Fewer than {count} question is there for:",
    "Fewer than {count} questions are there for:",
)
FEWER_FOR = "  {objective} ({count})"
DUE = "Due {due}."
NEXT = (
    "Send it to your class as it is: learners type `tutor open {file}` to work through it and "
    "`tutor submit` to hand it in."
)
THEN = "Then `tutor collect FOLDER` takes in what they send you."
SEALED_TO = ("Submissions are sealed to your key {names}.", "Submissions are sealed to {names}.")
KEPT_IN = "Your register {where} keeps the questions with their keys, to mark against."
#: {count} of {all}.
ALSO_INSTALLED = (
    "{count} of {all} questions also stands, with its key, in the course that learners have "
    "installed: whoever looks for it there finds the answer. Where that matters, take questions "
    "from a course of your own (tutor --course FOLDER assign ...).",
    "{count} of {all} questions also stand, with their keys, in the course that learners have "
    "installed: whoever looks for them there finds the answers. Where that matters, take "
    "questions from a course of your own (tutor --course FOLDER assign ...).",
)
NOT_INSTALLED = "None of its questions stands in the course that learners have installed."

# The tutor's key.
YOUR_KEY = "Your key is {name}. Its public half, which other tutors may name with --to:"
MADE = "Made your key {name} in {file}."
COPIED = "A copy of it is in {file}: keep it where the disk of this computer cannot take it along."
NO_COPY = "There is no copy of it: should this disk fail, no submission can be opened any more."
BROUGHT_BACK = "Put the key {name} back in {file}."
ASK = (
    "What learners hand in is sealed to a key, which only you hold; whoever loses it cannot read "
    "submissions any more."
)
WHERE = "File for a copy of it, on another disk or a stick (Enter for none)"
REALLY_NONE = "Make the key without a copy?"
# These begin small and have no full stop.
NO_KEY_YET = (
    "you have no key yet that submissions can be sealed to; make one with "
    "`tutor register key --copy FILE`, or with --no-copy if you must"
)
#: {keys} are the short names of keys, {titles} what was handed out with them.
SEALED_BEFORE = (
    "there is no key here, and the register holds what is sealed to one ({keys}): {titles}. Where "
    "it was yours, or was given to you to mark with, put its copy back with "
    "`tutor register key --restore FILE`. Where you are another tutor, or no copy is left, make "
    "one of your own with `tutor register key --new --copy FILE`: it opens what you hand out from "
    "now on, and nothing that is handed in for those before"
)
NEW_ALONE = "--restore makes no new key: leave out --new"
COPY_OR_NOT = "--copy and --no-copy contradict each other: leave one of them out"
RESTORE_ALONE = "--restore makes no new key: leave out --copy and --no-copy"
KEY_THERE = (
    "you have a key already, {name}, and it is never overwritten: copy {file} elsewhere to have "
    "a copy of it, or move it away to begin with another"
)
COPY_THERE = "{file} is there already and is not overwritten: name a new file for the copy"
NO_COPY_WRITTEN = "the copy {file} cannot be written ({reason}); name another file"
NO_FOLDER_FOR_COPY = "there is no folder {folder}; name one that is there"
COPY_UNREADABLE = "{file}: {reason}; name the file with the copy of your key"
