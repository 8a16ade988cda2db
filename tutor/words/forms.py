"""What an answer is made of, how sure its learner is, and what is wrong with a typed one."""

# What is asked of the learner, by the kind of question; a line of text begins with it.
CHOOSE_ONE = "choose one"
# By how marks are given.
CHOOSE_SEVERAL = {
    "none": "choose all that are right; a mark for exactly these",
    "right_minus_wrong": "a mark for each right choice, one off for each wrong one",
    "all_or_nothing": "choose all that are right; marks for exactly these",
}
PUT_IN_ORDER = "put them in order"
FIND_PARTNERS = "find each one's partner"
NUMBER_IN_UNIT = "a number in {unit}"
NUMBER_WITH_UNIT = "a number with its unit"
A_NUMBER = "a number"
AND_ITS_UNIT = "12.5 and its unit"
NUMBERS_OF_PARTS = "a number with its unit for each part"
OWN_WORDS = ("in your own words, {marks} mark", "in your own words, {marks} marks")
MARK_TIME = "mark a time on the trace, in ms"
MARK_TIME_AND_PLACE = "mark a time in ms and a place in mm"
MARK_STRETCH = "mark a stretch on the trace, from and to in ms"
TURN_KNOBS = "turn the knobs, then run"

# How an answer in words is typed; examples of the other kinds are figures.
EXAMPLE_OF_TEXT = "a sentence or more"

# What is wrong with a typed line: begins with a small letter and has no full stop.
NO_ANSWER_YET = "there is no answer yet; give one such as {example}"
NO_SENTENCE_YET = "there is no answer yet; write a sentence or more"
STILL_BLANK = "there is no answer yet to question {question}"
NOTHING_TURNED = "no knob has been turned yet"
OFF_TRACE = "{time_ms:g} ms is not on the trace, which goes from 0 to {end_ms:g} ms"
NO_NUMBER_YET = "there is no number in {text!r}; write one in figures"
NO_UNIT_YET = "write the unit too, such as {number} {unit}"
ONE_ANSWER = "this question takes one answer"
EACH_ONCE = "give each number from 1 to {count} once, the first step first, such as {example}"
ALL_PARTS = "write the {count} answers in a line, parted by ; such as {example}"
NUMBERS_TO = "answer with numbers from 1 to {count}, such as {example}"
PAIRS = "write a number and a letter for each pair, as {example}"
ALL_PAIRED = "give each of the {count} a letter, as {example}"
NO_SUCH_UNIT = "{text!r} is no unit known here; write one after the number, such as mV or seconds"
# {unit} is empty or has a blank before it.
KNOBS_HERE = "knobs here: {knobs}"
KNOB_RANGE = "{knob} from {low:g} to {high:g}{unit}"
KNOB_GOES = "{knob} goes from {low:g} to {high:g}{unit}"
WRITE_NUMBER = "write a number, such as {example}"
WRITE_TWO_NUMBERS = "write two numbers, such as {example}"

# Answers in a line.
# One way of turning the knobs, of many: {knobs} with their values.
FOR_INSTANCE = "For instance: {knobs}"

# How sure a learner is.
HOW_SURE = "How sure? 1 guess, 2 fairly, 3 certain"
# By certainty; {marks} may be negative.
SAID_HOW_SURE = {
    1: "You said that it was a guess: {marks:+.3g} by certainty (right earns {right:+d}).",
    2: "You said that you were fairly sure: {marks:+.3g} by certainty (right earns {right:+d}).",
    3: "You said that you were certain: {marks:+.3g} by certainty (right earns {right:+d}).",
}
