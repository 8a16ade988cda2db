"""Exams in the app: before, during and after."""

HELP = (
    "Answers are kept as they stand and marked at the end. Enter keeps one and goes on; any "
    "question may be opened and changed until the time is up. Leaving does not stop the clock."
)

# Keys: labels of the key bar, and what each key does in a few words.
NEXT_TIP = "the next question"
BACK_TIP = "the question before"
GUESS_TIP = "sure of the answer? a guess"
FAIRLY_TIP = "sure of the answer? fairly"
CERTAIN_TIP = "sure of the answer? certain"
NOT_SAID_TIP = "sure of the answer? not said"
TAKE_BACK_TIP = "back to the answer, while asked how sure"
MAP_TIP = "all questions, and how they stand"
FLAG_TIP = "flag the question to come back to, or no longer"
HAND_IN = "Hand in"
HAND_IN_TIP = "hand in; asks first"
TAKE_AWAY_TIP = "take the answer away"
LEAVE = "Leave"
LEAVE_TIP = "to the course map; the clock runs on"
QUIT_TIP = "quit; asks first, as the clock runs on"
COMMIT_TIP = "keep the answer and go on"

# The map of the questions.
MAP_TITLE = "Go to a question ({left})"

WAS_LAST = "That was the last question. m shows all of them, e hands in."
CLOCK_RUNS_ON = "The clock of the exam runs on. Everything you answered is kept."
QUIT_AGAIN = "The same key once more quits; any other key stays."

# Before it begins.
START_HELP = (
    "Digits and arrows mark a paper, Enter begins it: the clock runs from then on, whatever "
    "happens. Below stand the exams that you have sat; Enter opens their reports."
)
SEED = "Seed"
SEED_TIP = "draw the paper by another seed"
EXTRA = "Extra time"
EXTRA_TIP = "extra time: none, 25 % or 50 %"
OFFERED = "{title} ({minutes} min)"
READING = "Reading the course ..."
OPENS_REPORT = "Enter opens the report."
CLOCK_BEGINS = "Enter begins it; the clock runs from then on."
WHICH_SEED = "Draw the paper by which seed?"
TIME_RAN_OUT = "The time of this exam ran out. What stood was handed in."

# The report.
REPORT_HELP = (
    "Enter goes through the questions, each with its verdict and its runs. The report can be "
    "opened again from the list of exams."
)
REVIEW_TIP = "the questions, one by one"
PICK = "Go to"
PICK_TIP = "pick a question to begin at"
REVIEW_HELP = "What you answered, what is right, and the run that decides it."
TO_REPORT_TIP = "back to the report of the exam"
