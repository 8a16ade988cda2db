"""Exams as lines of text."""

# A line in [ ] says what may be typed; its single letters and words are commands and stay.
SEED_AND_EXTRA = "The seed is {seed}, the extra time {extra} %."
START_KEYS = "[1-{count} · seed NUMBER · extra 0, 25 or 50 · Enter back · ? · q quit]"
START_HELP = (
    "A number tells what the paper is like before its clock runs, or shows the report of an exam "
    "that you have sat. seed and a number draws a certain paper again, such as one that was "
    "passed on. extra sets the extra time that you have, in percent."
)
BEGIN_KEYS = "[Enter begins, and the clock runs from then on · m not now · ? · q quit]"
BEGIN_HELP = (
    "Enter begins: from then on the clock runs, also while the tutor is closed. m goes back "
    "without beginning, q quits. While it runs, ? tells what may be typed."
)

TIME_RAN_OUT = "The time of your exam ran out. What stood was handed in."

# While it runs: {left} is such as "12 min left". {knobs} may be empty.
QUESTION_KEYS = (
    "[{left} · {part}answer with {example}{knobs} · {moves} · f flag · hand in · ? keys]"
)
MOVES = "Enter next · b back · go NUMBER · map"
SURE_KEYS = "[{left} · How sure? 1 guess, 2 fairly, 3 certain · Enter leaves it out]"
QUESTION_HELP = (
    "Type the answer and press Enter; it is kept, and the next question comes. Typed again, it "
    "takes the place of the one before; clear takes it away. Enter alone or n goes on, b back, go "
    "and a number to any question. f flags the question or takes the flag away, map lists all "
    "questions, time tells the time, v shows more of the run, u the units, c or copy writes the "
    "question to a file. hand in ends the exam, leave goes to the course map and q quits while "
    "the clock runs on."
)
YOUR_ANSWER = "Your answer so far: {answer}"
SURE = "{question} [y hands in · Enter does not]"
SPOT = "{number}. {state}, {more}"
TIME = "{left}, {answered}."
FLAGGED = "Question {number} is flagged."
FLAGGED_NO_MORE = "Question {number} is no longer flagged."
# A written answer is there already.
REPLACE = "That would take the place of your answer so far. [y does that · Enter keeps it]"
NOT_REPLACED = "Your answer so far is kept."
NO_UNDO = "clear takes your answer to this question away."
CLEARED = "The answer is taken away."
AFTERWARDS = "In an exam hints, words and answers come afterwards."
CLOCK_RUNS_ON = "The clock of the exam runs on. Start it again to go on."
WAS_LAST = "That was the last question. map lists all of them, hand in ends the exam."

REPORT_KEYS = "[1-{count} a question with its verdict · Enter all · m back · q quit]"
