"""Releasing an assignment, and giving other marks: what the commands say."""

from tutor.words.classroom import WHEN as WHEN

# Releasing; each begins with a small letter and has no full stop.
PRACTICE = (
    "{title} is practice: its file carries keys and feedback, so there is nothing to release"
)
NOT_DUE = "{title} is due {due}, and keys are for after that"
STILL_OPEN = "these may still hand in, as they have longer: {names}"
# {reason}: one of the last two.
EARLY = "{reason}; wait, or release all the same with --early"
OPEN_UNTIL = "{id} (until {due}{handed})"
HAS_HANDED_IN = ", has handed in"
MORE = "{count} more"
IN_THE_WAY = "{file} is there already, and is another file; name another one with --out"
RELEASED = "{title}: keys and feedback for the whole class are in {file}."
OPEN_IT = "Learners open it with: tutor open {file}"
CAN_STILL = (
    "{count} learner may still hand in; whoever opens the keys before that is noted.",
    "{count} learners may still hand in; whoever opens the keys before that is noted.",
)

# Giving other marks; {question} is an id, {learner} too. Faults begin with a small letter.
GIVEN = (
    "{question}: {count} answer has other marks now{same}.",
    "{question}: {count} answers have other marks now{same}.",
)
SAME = ", and {count} had them already"
WITHDRAWN = (
    "{question}: {count} answer has the marks of the marking again.",
    "{question}: {count} answers have the marks of the marking again.",
)
# Marks that rest; after it RESTS of each learner.
RESTING = (
    "Marks that a tutor gave rest, as another answer counts now. Read it with tutor report "
    "{assignment} --learner ID, then say what it is worth with tutor register override "
    "{assignment} ID QUESTION MARKS --why TEXT:"
)
RESTS = "  {learner}: {questions}"
# Where the system knows no name for who is logged in.
SOMEONE = "someone"
KEPT_WITH = "Kept with who ({who}) and why; it stays when the assignment is marked again."
NO_QUESTION = "there is no question {question!r} in {title}; it has {known}"
NO_NUMBER = "there is no question {number} in {title}; they are numbered from 1 to {count}"
NO_LEARNER = "nobody in {title} has the id {learner!r}"
NOTHING_IN = "{learner} has handed nothing in that counts, so there is no answer to give marks to"
NOT_ASKED = "{learner} was not asked {question}"
NO_ANSWERS = "there is no answer that this is for"
OUT_OF_RANGE = "marks for {question} go from 0 to {most:g}, not to {marks:g}"
NO_POINT = "{question} has no mark point {point!r}; it has {known}"
NO_POINTS = "{question} has no mark points; give marks"
MARKS_OR_POINT = "give either MARKS, or --point with --met or --missed, or --withdraw"
NOT_MARKS = "MARKS are a number such as 2.5, not {marks!r}"
NOTHING_GIVEN = "nobody gave marks for this answer to {question}, so there are none to take back"
STATE_NEEDED = "say with --met or --missed what the point {point!r} is to count as"
ALL_NEEDS_POINT = "for all learners name a --point; MARKS are for one, or with --same-answer"
WHY_NEEDED = "say why, in a few words: they are kept beside the marks"
