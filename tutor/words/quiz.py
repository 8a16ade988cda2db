"""A quiz: mixed questions from all over the course."""

# {picked}: what is asked, as one of the names below or titles of the course.
TITLE = "Quiz: {picked}"
NOTHING_TO_ASK = "no question fits: ask for less, or for another part of the course"
# {picked}: what was named, as a title has it; {states}: one or more of the states below.
NOTHING_OF = "no question fits: {picked}"
NOTHING_IS = "nothing {states}"
NOTHING_OF_IT_IS = "nothing of {picked} {states}"
STATES = {
    "mistakes": "was wrong last time",
    "never_seen": "is still unseen",
    "flagged": "is flagged",
}
AND = " and "
RIGHT_OF = "{right} of {questions} right."
# {questions}: ids.
AGAIN = "Wrong: {questions}."
LEFT_OUT = "Left out: {count}."
# The number from which the questions were drawn.
SEED = "Seed {seed}: with it the same choice is drawn again."
# Above a list of objectives.
TO_LOOK_AT = "Worth another look:"

# What may be picked.
EVERYTHING = "everything"
MISTAKES = "my mistakes"
NEVER_SEEN = "never seen"
FLAGGED = "flagged"
TRACKS = {"A": "without medical extensions", "M": "medical extensions"}
# An objective or misconception is too long to be named in a title.
OBJECTIVE = "objective {id}"
MISCONCEPTION = "misconception {id}"
ANY_KIND = "any kind"
KINDS = {
    "single": "one choice",
    "multi": "several choices",
    "ordering": "put in order",
    "matching": "match",
    "numeric": "a number",
    "calculation": "calculate",
    "text": "write",
    "point": "mark a point",
    "interval": "mark a stretch",
    "experiment": "experiment",
}
# {offered} is what may be picked, {count} how many questions fit it.
OFFER = "{offered} ({count})"
# A quiz that was left; {place} is such as 3/10.
GO_ON = "go on with {title}, {place}"

# {meant} is a name that is near, or those that are known; no full stop.
UNKNOWN = "there is no module, phase, objective or misconception {name!r}{meant}"
