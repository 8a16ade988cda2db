"""A review: what is due, the most at risk first, and some that is new."""

# The title over a question that was never answered.
NEW = "Review, new"
RIGHT_OF = "{right} of {questions} right."
WAITING = "{count} more wait: the time you gave is over, or the day's number is reached."
# What has piled up, as after a break: {cap} questions a day, the most at risk first.
CAUGHT_UP = "At {cap} a day, the most at risk first, that is caught up on {date}."
NOTHING_DUE = "Nothing more is due today."
# Due by this time tomorrow.
TOMORROW_ONE = "{count} question comes due by this time tomorrow."
TOMORROW = "{count} questions come due by this time tomorrow."
