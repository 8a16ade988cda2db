"""Who a learner is to their tutors: what they said, kept for every assignment."""

from __future__ import annotations

from msgspec import Struct

from tutor.course.text import one_line
from tutor.journal.store import Journal

#: The settings of who the learner is to their tutors.
ID_SETTING, NAME_SETTING = "learner-id", "learner-name"
LONGEST_ID, LONGEST_NAME = 100, 100


class Who(Struct, frozen=True):
    """A learner as their tutor knows them."""

    id: str
    name: str = ""


def who_is_it(journal: Journal) -> Who | None:
    """Who the learner said they are; None where they have not.

    Raises:
        JournalError: the journal cannot be read.
    """
    kept = journal.settings()
    learner, name = kept.get(ID_SETTING), kept.get(NAME_SETTING)
    if not isinstance(learner, str) or not learner:
        return None
    return Who(learner, name if isinstance(name, str) else "")


def remember(journal: Journal, who: Who) -> None:
    """Keep who the learner is.

    Raises:
        JournalError: it cannot be kept.
    """
    journal.set_setting(ID_SETTING, one_line(who.id, LONGEST_ID))
    journal.set_setting(NAME_SETTING, one_line(who.name, LONGEST_NAME))
