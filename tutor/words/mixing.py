"""Quiz and review: what they have besides the lesson's keys."""

HELP = (
    "Predict, then see the run. Of several choices with one right a digit answers at once, arrows "
    "and Enter do it in two steps; u takes an answer back, as if it had never been given."
)
REVIEW_HELP = "x leaves a question out of review from now on."

# Labels of the key bar, and what the keys do in a few words.
UNDO_TIP = "take back what was done last, and ask again"
SUSPEND = "Suspend"
SUSPEND_TIP = "leave the question out of review; u takes that back"
ANSWER_TIP = "answer at once, where one choice is right"

NOTHING_TO_UNDO = "there is no answer to take back"
UNDONE = "Taken back: {question} is asked again."
# {undo} is the key, or what is typed.
UNDO_WHILE_TYPING = "Esc, then u"
SUSPENDED = "{question} is left out of review from now on ({undo} takes that back)."

# What may be typed in the plain form.
UNDO_KEY = "undo takes the last answer back"
SUSPEND_KEY = "suspend leaves it out of review"
