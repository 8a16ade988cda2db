"""How sure a learner is: how they are asked, what it earns, and how it fits the marks."""

from __future__ import annotations

from tutor.grading.confidence import Calibration, Certainty, calibration, kept_certainty
from tutor.journal.event import Event
from tutor.journal.progress import ATTEMPT
from tutor.journal.store import Journal

SURE: dict[Certainty, str] = {1: "guess", 2: "fairly", 3: "certain"}
HOW_SURE = "How sure? " + ", ".join(f"{number} {word}" for number, word in SURE.items())


def certainty_line(certainty: Certainty | None, marks: float | None) -> str:
    """What an answer earned by how sure it was, in a sentence; empty where that was not said."""
    if certainty is None or marks is None:
        return ""
    said = {1: "it was a guess", 2: "you were fairly sure", 3: "you were certain"}[certainty]
    return f"You said that {said}: {marks:+.3g} by certainty (right earns {certainty:+d})."


def calibration_of(journal: Journal) -> tuple[Calibration, ...]:
    """The calibration over all attempts that said how sure, one line a certainty.

    Raises:
        JournalError: the journal cannot be read.
    """
    answers = []
    for attempt in journal.events(kind=ATTEMPT):
        sure, share = kept_certainty(attempt.data.get("certainty")), _share(attempt)
        if sure is not None and share is not None:
            answers.append((sure, share))
    return calibration(answers)


def _share(attempt: Event) -> float | None:
    """Marks as a share of the full ones; journals come from other versions and may hold none."""
    marks, full = attempt.data.get("marks"), attempt.data.get("max_marks")
    if not isinstance(marks, int | float) or not isinstance(full, int | float):
        return None
    return marks / full if full > 0 and 0 <= marks <= full else None
