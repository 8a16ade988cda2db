"""A report on a question, which a learner sends to whoever gave them the course."""

WRITTEN = (
    "Written, to be sent to whoever gave you the course, once you have said at its end what is "
    "wrong: {path}"
)
NOT_WRITTEN = "The report could not be written ({reason}): {folder}"

# The lines of the file.
QUESTION = "Question: {id}, revision {revision}, {kind}"
SEED = "Posed with seed {seed}"
SET_UP = "Set-up: {what} ({set_up})"
NOT_ANSWERED = "Not answered yet."
ANSWER = "Answer: {answer}"
NO_ANSWER = "none, the key was shown"
VERDICT = "Verdict: {verdict}"
# Before each point of the verdict: met, missed or contradicted.
POINT = {
    "met": "- met: {text}",
    "missed": "- missed: {text}",
    "contradicted": "- contradicted: {text}",
}
KEY = "Key:"
PLEASE_WRITE = "What is wrong with it (please write here):"
