"""What the widgets that take answers tell the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class Answered(Message):
    """The learner committed an answer."""

    source: Widget
    """Which widget took it: keys can come faster than the next question."""
    answer: object
    """The answer, or the line that gives it."""
    typed: bool = False
    """Whether it is such a line, still to be read."""


class AnswerChanged(Message):
    """What has been answered so far is another; nothing is committed yet."""


@dataclass
class Reminder(Message):
    """Something is missing before the answer can be taken."""

    text: str
