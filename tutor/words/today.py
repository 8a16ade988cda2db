"""What is due today, in the second line of the course map."""

TODAY = "Today: {said}"
DUE = "{count} due ({minutes} min)"
NOTHING_DUE = "nothing due"
# Before the first answer.
NOT_YET = "what you answer comes back here for review"
# A quiz was left before its end.
QUIZ_WAITS = "a quiz waits"
