"""What is shown, written as lines of text: by the plain front end, and into files."""

# Titles: {place} is where in the phase, such as 3/12, {flag} is IS_FLAGGED or empty.
STEP_TITLE = "{phase} {place}: {step}"
QUESTION_TITLE = "{phase} {place}, question {question}{flag}"
VERDICT_TITLE = "{verdict} ({phase} {place}, {question}{flag})"
IS_FLAGGED = ", flagged"
# Of an exam: {place}: which of how many; {section} is IN_SECTION or empty.
EXAM_QUESTION = "Question {place}, {marks}{flag}{section}"
IN_SECTION = ". {section}"

KNOWN_MISCONCEPTION = "A known misconception: {name}"
# What was chosen, and what else was right, which says so itself.
CHOSEN = {
    "met": "You chose, rightly: {text}",
    "contradicted": "You chose, wrongly: {text}",
    "missed": "{text}",
}
# What marks are given for, by what became of it.
POINTS = {
    "met": "Met: {text}",
    "missed": "Missed: {text}",
    "contradicted": "Wrong: {text}",
}
# A knob: {unit} may be empty.
KNOB = "Knob {number}, {knob}: {value:g}{unit} ({low:g} to {high:g}). {sentence}"
NOTHING_MORE_TO_SEE = "There is nothing more to be seen of this run before the answer."

# The lab.
LAB_TITLE = "The lab"
SET_UP = "Set up: {set_up}."
ALONE_HAS = "{name} alone has: {changes}."
ALIKE = "A and B are set up alike."
# A measurement, and what it is of the run that is kept as A.
DIFFERS = "{value} (A {other}, changed)"
THE_SAME = "{value} (A the same)"
