"""Every sentence the learner reads outside the course itself: one module a room.

A translator edits the modules of this folder and nothing else. A name in braces stands for
something the program fills in; it stays as it is and may move within its sentence.
"""


def plural(count: int, one: str, many: str) -> str:
    """The wording that goes with `count` things."""
    return one if count == 1 else many
