"""How sure a learner is: how they are asked, what it earns, and how it fits the marks."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.grading.confidence import CERTAINTIES, Calibration, Certainty, calibrated
from tutor.journal.derived import derive
from tutor.journal.known import Sureness
from tutor.journal.store import Journal
from tutor.words import forms as words


def certainty_line(certainty: Certainty | None, marks: float | None) -> str:
    """What an answer earned by how sure it was, in a sentence; empty where that was not said."""
    if certainty is None or marks is None:
        return ""
    return words.SAID_HOW_SURE[certainty].format(marks=marks, right=certainty)


def calibration_of(journal: Journal) -> tuple[Calibration, ...]:
    """The calibration over all attempts that said how sure, one line a certainty.

    Raises:
        JournalError: the journal cannot be read.
    """
    return calibration_from(derive(journal, cards=False).sureness)


def calibration_from(sureness: Mapping[int, Sureness]) -> tuple[Calibration, ...]:
    """The same from the answers that were given with each certainty."""
    found = ((one, sureness.get(one, Sureness())) for one in CERTAINTIES)
    return tuple(calibrated(one, given.answers, given.share) for one, given in found)
