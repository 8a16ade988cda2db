"""The course map: how far a phase is, and what Enter does."""

# How far the learner is in a phase; the last two can stand together.
NEW = "new"
SEEN = "seen"
AT = "at {number}/{count}"
RIGHT_SHARE = "{right} of {questions} right"

# What opening a phase does; {takes} is MINUTES or empty.
BEGIN = "begin {phase}{takes}"
AGAIN = "{phase} again{takes}"
CONTINUE = "continue {phase} {number}/{count}{takes}"
MINUTES = " ({minutes} min)"

# In place of a phase, while the clock of an exam runs; {left} is such as "12 min left".
EXAM_GOES_ON = "your exam goes on, {left}"

# What is better done before a phase.
BEST_AFTER = "best after {phases}"
