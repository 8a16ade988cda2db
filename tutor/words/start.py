"""The first start in the app: how curves look, the first minute, what is prepared for."""

WHICH_CURVE = "Which curve looks right in this terminal?"
DOTS_ARE_BEST = "Smooth dots are best, if they are dots and not boxes or question marks."

# The first minute.
FIRST_MINUTE_HELP = "One prediction, then the whole event in six captions. Nothing here is marked."
FIRST_MINUTE = "The first minute  {number}/{count}"
NEXT_CAPTION_TIP = "the next caption"
SKIP_FIRST_MINUTE_TIP = "leave it"

# Exam, board and date.
PROFILE_HELP = (
    "Pick with a digit or the arrows, Enter takes it. All of it can be skipped, or changed."
)
SKIP_PROFILE_TIP = "leave; what was told so far is kept"
WHICH_EXAM = "What do you prepare for?"
WHICH_BOARD = "Which board?"
SKIP_THIS = "Skip this"
WHEN = "When is it?"
HOW_TO_WRITE_DATE = "Year-month-day, or just Enter if you do not know."
DATE_PLACEHOLDER = "year-month-day"
