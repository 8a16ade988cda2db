"""Assignments and releases that were opened on this machine, kept so that they go on working."""

from __future__ import annotations

import re
from pathlib import Path

from tutor.classroom import assignment as files
from tutor.classroom.assignment import (
    Assignment,
    Release,
    read_assignment,
    write_assignment,
    write_release,
)
from tutor.classroom.files import FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.refusing import refuse_unsound
from tutor.journal.store import Journal, default_path
from tutor.words import assigned as words


def kept_folder() -> Path:
    """Where assignments that were opened are kept: beside the journal."""
    return default_path().with_name("assignments")


def kept(assignment_id: str) -> Assignment | None:
    """The assignment with this id as it is kept; None where none is, or none that can be used."""
    # Ids come from files: nothing is opened by a name that is none.
    if not re.fullmatch(r"[0-9a-f-]{36}", assignment_id):
        return None
    try:
        found = read_assignment(_kept_path(assignment_id, files.ENDING))
        refuse_unsound(found)
    except (OSError, FileProblem):
        return None
    return found


def kept_release(assignment_id: str) -> Path | None:
    """The file of the release of an assignment that is kept; None where none is."""
    path = _kept_path(assignment_id, files.RELEASE_ENDING)
    return path if path.is_file() else None


def _kept_path(assignment_id: str, ending: str) -> Path:
    return kept_folder() / f"{assignment_id}{ending}"


def keep_assignment(assignment: Assignment, journal: Journal) -> tuple[Assignment, str]:
    """Keep an assignment, so that it goes on working when its file is gone.

    Returns:
        The one that holds, and what is to be told of it: another file of the same assignment
        takes the place of the kept one only as long as nothing was begun.

    Raises:
        OSError: it cannot be kept.
        JournalError: the journal cannot be read.
    """
    before = kept(assignment.id)
    if before == assignment:
        return assignment, ""
    if before is not None and Assigned(before, journal).begun is not None:
        return before, words.CHANGED_BUT_BEGUN
    path = _kept_path(assignment.id, files.ENDING)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_assignment(assignment, path)
    return assignment, "" if before is None else words.CHANGED_AND_TAKEN


def keep_release(release: Release) -> None:
    """Keep a release.

    Raises:
        OSError: it cannot be kept.
    """
    path = _kept_path(release.assignment, files.RELEASE_ENDING)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_release(release, path)
