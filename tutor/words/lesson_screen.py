"""The lesson in the app."""

HELP = (
    "Predict, then see the run. Nothing counts before Enter, and every answer is kept before "
    "its verdict is shown."
)

# How a question is answered, and what will run then.
ASKED = "{takes}. Will run: {what}"

# Keys: labels of the key bar, and what each key does in a few words.
SHOW_HINT = "Hint"
SHOW_HINT_TIP = "show the hint"
SKIP_TIP = "go on without an answer"
SHOW_ANSWER = "Show"
SHOW_ANSWER_TIP = "show the answer"
GUESS = "Guess"
GUESS_TIP = "sure? a guess"
FAIRLY = "Fairly"
FAIRLY_TIP = "sure? fairly"
CERTAIN = "Certain"
CERTAIN_TIP = "sure? certain"
NOT_SAID = "Leave out"
NOT_SAID_TIP = "sure? not said"
TAKE_BACK_TIP = "change the answer, while asked how sure"
REFUTE = "Refute"
REFUTE_TIP = "the next refutation, or none"
AGAIN = "Again"
AGAIN_TIP = "another attempt at the question"
CLAIM = "I wrote it"
CLAIM_TIP = "claim a point: kept beside the mark"
LOOK_UP = "Look up"
LOOK_UP_TIP = "to the step that taught it; b comes back"
TO_VERDICT = "Verdict"
TO_VERDICT_TIP = "from what was looked up back to the verdict"
FLAG = "Flag"
FLAG_TIP = "flag the question, or no longer"
REPORT = "Report"
REPORT_TIP = "write a report on the question into a file"
GLOSSARY = "Words"
GLOSSARY_TIP = "words of the phase"
LAB_TIP = "open this in the lab"
MAP = "Map"
# What m does, and where Enter leads after the last phase.
COURSE_MAP = "the course map"
COMMIT = "Answer"
COMMIT_TIP = "commit what is picked"
WRITE = "Type"
WRITE_TIP = "type on where an answer is typed"

# The title line.
FLAGGED = "(flagged)"

# Texts.
DECIDES = "The run decides:"
# A name of a misconception, asked as a question before it is put right.
MISCONCEPTION = "{name}?"

# Under the plot.
SHOWN_TO_BE_RUN = "Shown: the normal spike. To be run: {set_up}"
REFUTATION_DRAWN = "refutation: {set_up}"
EVENT_ONCE_MORE = "The whole event once more"

# Which of the missed points was written all the same.
NO_CLAIM = "None of them"
NO_CLAIM_TIP = "claim none"
WHICH_CLAIM = "Which of these did you write? The mark stays; your claim is kept beside it."
HOW_TO_CLAIM = "Enter claims it, Esc none."
