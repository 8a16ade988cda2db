"""A question before a room: its votes."""

ASKS = "Votes for {letters}, such as {example}"
# The option that most chose of the wrong ones, and what answers it.
REFUTED = "{letter}? {says}"

# What is wrong: begins with a small letter and has no full stop.
NOT_VOTES = (
    "write {count} whole numbers up to {most}, one for each letter, or nothing where nobody votes"
)
NO_VOTING = (
    "{question} is a question of kind {kind}; a room can vote on kinds single and multi alone"
)
# {meant} is empty or names the question that may have been meant.
NO_QUESTION = "there is no question {question!r}{meant}"
