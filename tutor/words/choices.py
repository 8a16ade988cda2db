"""A list of choices in the app."""

ABOVE_TIP = "the choice above"
BELOW_TIP = "the choice below"
PICK_TIP = "pick, where several may be right"
COMMIT_TIP = "commit what is picked; digits pick too"
NOTHING_PICKED = "Pick an answer first: a digit, or the arrow keys."
