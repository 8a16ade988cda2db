"""A question for a projector."""

HELP = (
    "Enter leads from the question to the votes, to the run, to the verdict on the votes. Where "
    "there are no options, type the room's answers, each with a colon and how many gave it; the "
    "same answer twice adds up, and Enter alone ends them."
)
# In place of an example, once there are answers.
ANOTHER = "Another answer and its votes, or Enter alone for the run"
COUNT = "Count"
COUNT_TIP = "take the votes"
UNDO_TIP = "take back the answer that was typed last"
DRAW_TIP = "draw the run again"
