"""One learner's work, as the tutor reads it: what was handed in, each answer, its marks."""

from tutor.words.class_report import HANDED_IN, LEARNERS_HEAD
from tutor.words.class_screen import OVERRIDE as MARKS_HEAD

LEARNERS = LEARNERS_HEAD
LEARNER_HEADS = ("Id", MARKS_HEAD, HANDED_IN, "Name")
LEARNER_LEGEND = "Marks that count (n = {n}). Enter opens the learner that is marked."
#: What else is to be seen at a glance stands behind the time.
WITH_LATE = "{at}, late"

# {share} is what late work keeps.
MARKS_ARE = "{marks:.4g} of {most:g} marks."
MARKS_LATE = "{score:.4g} of {most:g} marks: {marks:.4g}, of which late work keeps {share:.0%}."
NOTHING = "Has handed in nothing that counts. Due {due}."
OWN_TIME = "Own deadline {due}; {extra:g} % extra time."

# Each file; {state} is one of the states, {late} LATE or nothing.
FILES = "What was handed in (n = {n}):"
FILE = "{at}: {state}{late}; receipt {receipt}."
STATES = {
    "counts": "counts",
    "replaced": "another one counts in its place",
    "refused": "refused",
}
LATE = ", late"
#: In place of it where that is why.
AS_LATE = " as late"
FROM_MOODLE = "{at}: {state}{late}; from Moodle."
NOTES = "Notes:"

# Each answer.
NOT_ASKED = "Was not asked."
LEFT_OPEN = "Left open."
ANSWERED = "Answer: {text}"
KEY = "Right: {text}"
NUMBERS = "Numbers drawn: {numbers}"
MARKS = "Marks: {marks:.4g} of {most:g}."
#: Where a tutor gave others.
MARKED = "The marking gave {marked:.4g}."
TOOK = "Time: {seconds} s."
SURE = "How sure: {sure}."
GIVEN = "{who} gave {marks:.4g} of {most:g} ({at}): {why}"
GIVEN_FOR_POINT = "{who} counted “{point}” as {state} ({at}): {why}"
WITHDREW = "{who} took back the marks given before ({at}): {why}"
WITHDREW_POINT = "{who} took back what was said of “{point}” before ({at}): {why}"
#: In place of {at}, where it is for none of what counts.
RESTS = "given for another answer, which does not count now; {at}"

# On the screen.
LEARNER_TITLE = "{title}, learner {number} of {count}"
LEARNER_HELP = (
    "What a learner handed in: each answer with its marks, and the marks that you gave. n and p "
    "go to the next learner and the one before; t gives longer time, and where several files came "
    "under this id w says which of them counts."
)
LONGER = "Longer time"
LONGER_TIP = "give this learner a later deadline"
# Typed after it: a day as in `tutor assign --due`.
UNTIL = "Until when may {id} hand in? A day such as 2031-12-04 18:00 or friday:"
EARLIER = "{due} is before the assignment itself is due: give a later day."
# After what was done, where it lets other answers count than marks were given for.
RESTING = (
    "Marks given for another answer to {questions} rest now: tutor register override gives the "
    "one that counts its own."
)
WORK = "Which counts"
WORK_TIP = "say which work of this learner counts"
WHICH_WORK = "Which work of {id} counts?"
# {answered} of {count} questions.
ONE_WORK = "{at}, {answered} of {count} answered: {state}"
NEXT_LEARNER = "Next learner"
NEXT_LEARNER_TIP = "the learner after"
LAST_LEARNER_TIP = "the learner before"
