"""The course map in the app."""

HELP = (
    "Enter opens the phase that is marked; digits and arrows mark another one. What a phase "
    "is best done after is advice: any may be opened."
)
QUIZ_TIP = "mixed questions of what you pick"
REVIEW_TIP = "what is due, the most at risk first, and some that is new"
EXAM_TIP = "a timed exam, and the reports of past ones"
PROGRESS_TIP = "where you stand, and what to do next"
ASSIGNMENTS_TIP = "what your tutor has handed out"
PROFILE_TIP = "exam, board and date"
FIRST_MINUTE_TIP = "see the first minute again"
LAB_TIP = "a free bench"
REGISTER_TIP = "your class: what was handed in, reports, marks"
# What a phase is about: {module} is the part of the course that it belongs to.
OPENING = "{module}: {opening}"
