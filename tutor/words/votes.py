"""A question before a room: its votes."""

# What the tutor types: {example} is a number for each letter, or how an answer is typed.
ASKS = "Votes for {letters}, such as {example}"
ASKS_ANSWERS = "An answer and how many gave it, such as {example}"
# An answer of the room with its votes, as it is typed and as it is told.
GIVEN = "{answer}: {votes}"
# What a full answer is made of, below its title: with how many of the room had it.
PARTS = "How many had each part"
HAD_PART = "{part}: {votes} of {all}"
# The wrong answer that most gave, and what answers it.
REFUTED = "{answer}? {says}"

# What is wrong: begins with a small letter and has no full stop.
NOT_VOTES = (
    "write {count} whole numbers up to {most}, one for each letter, or nothing where nobody votes"
)
NOT_GIVEN = (
    "write an answer, a colon and how many gave it, from 1 to {most}, such as {example}; "
    "nothing where that is all"
)
SET_TWICE = "{title} is set twice in this answer"
# {meant} is empty or names the question that may have been meant.
NO_QUESTION = "there is no question {question!r}{meant}"
