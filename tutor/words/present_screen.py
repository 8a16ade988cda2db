"""A question for a projector."""

HELP = "Enter leads from the question to the votes, to the run, to the verdict on the votes."
COUNT = "Count"
COUNT_TIP = "take the votes"
DRAW_TIP = "draw the run again"
