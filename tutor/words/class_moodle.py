"""Results of a Moodle quiz: what is told when they are taken in."""

# Begin with a small letter and have no full stop.
# {missing}: one of those below.
NOT_RESPONSES = (
    "{file} is no report of responses as Moodle exports it, as {missing}: in the quiz choose "
    "Results, Responses, tick Response and Question text, and download it as CSV"
)
NO_TABLE = "it holds no table"
NO_PERSON = "no column has ID numbers or mail addresses, but there are {columns}"
NO_RESPONSES = "no column of responses has the number of its question, such as Response 1"
TOO_LARGE = "{file} is larger than {largest} MB"

TAKEN = (
    "{title}: the responses of {count} learner were taken in, to {questions} of its {all} "
    "questions.",
    "{title}: the responses of {count} learners were taken in, to {questions} of its {all} "
    "questions.",
)
COUNTED = "They count in the report; their marks for the gradebook are Moodle's own."
UNFINISHED = (
    "{count} attempt that was not finished was left out.",
    "{count} attempts that were not finished were left out.",
)
UNKNOWN_QUESTIONS = (
    "Not told apart, or not in this assignment: questions {numbers} of the quiz. Exported again "
    "with Question text ticked, they may be."
)
NOT_LISTED = "Not on the list of learners, so left out: {ids}"
HANDED_IN = "Left out, as they have handed in here: {ids}"
UNREAD = "Could not be read:"
UNREAD_ONE = "  {learner}, {question}: {text}"
AND_MORE = "  ... and {count} more"
