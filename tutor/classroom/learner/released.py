"""Reading keys and feedback: the learner's own answers, marked against the keys there are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from tutor.classroom.assignment import Assignment, Release, seat_of
from tutor.classroom.excerpt import ExcerptFolder
from tutor.classroom.files import FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.finding import open_file
from tutor.classroom.learner.keeping import keep_release, kept, kept_release
from tutor.course.questions import Question
from tutor.journal.kinds import ASSIGNMENT, RELEASE
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.handing import end, runs_to_mark, write_attempts
from tutor.session.exam.record import HANDED_IN, Begun, record_of
from tutor.session.exam.report import Given
from tutor.session.slow import Work
from tutor.words import assigned as words


class Marked(Struct, frozen=True):
    """The work of an exam with its keys, to be reported and gone through as an exam is.

    Attributes:
        files: The questions in full.
        begun: The learner's own work.
        given: What the tutor made of it, where that is not what the marking does.
    """

    files: ExcerptFolder
    begun: Begun
    given: Given


def open_keys(assigned: Assigned, path: Path | None) -> Marked:
    """Keep that the keys were opened, and with that end the work; nothing is marked yet.

    Opened again, nothing changes but what a newer file says of its marks.

    Args:
        assigned: The work of an exam.
        path: The release; None where the assignment's own file carries the keys.

    Raises:
        FileProblem: the file is no release, or of another assignment; or there is nothing of
            this learner to be marked.
        OSError: the release cannot be kept.
        JournalError: the journal cannot be used.
    """
    release = None if path is None else _release_in(path, assigned.id)
    if assigned.who is None:
        raise FileProblem(words.NO_ID)
    if assigned.exam is None:
        assigned.begin()
    begun = assigned.exam
    assert begun is not None
    journal = assigned.journal
    record = record_of(journal, begun)
    if not assigned.was_released:
        journal.append(RELEASE, data={"assignment": assigned.id})
    if not assigned.settle():
        end(journal, record, HANDED_IN, record.newest_s, away=True)
    if release is None:
        return Marked(assigned.files, begun, Given())
    keep_release(release)
    seat = seat_of(assigned.assignment.salt, assigned.who.id)
    return Marked(ExcerptFolder(release.excerpt), begun, release.given.get(seat, Given()))


def _release_in(path: Path, assignment_id: str) -> Release:
    release = open_file(path)
    if not isinstance(release, Release) or release.assignment != assignment_id:
        raise FileProblem(words.OTHER_RELEASE)
    return release


def questions_handed_out(journal: Journal) -> dict[str, dict[str, Question]]:
    """The questions of all work on assignments, by their ids, by the id of its exam or quiz.

    Graded work has them once it is released: before, nothing of it is marked here.

    Raises:
        JournalError: the journal cannot be read.
    """
    found: dict[str, dict[str, Question]] = {}
    for event in journal.events(kind=ASSIGNMENT):
        content = _with_keys(str(event.data.get("assignment")))
        work = event.data.get("exam") or event.data.get("quiz")
        found[str(work)] = {
            question.id: question
            for phase in (content.excerpt.phases if content else ())
            for question in phase.questions
        }
    return found


def _with_keys(assignment_id: str) -> Assignment | Release | None:
    assignment, path = kept(assignment_id), kept_release(assignment_id)
    if path is not None:
        with suppress(FileProblem):
            return open_file(path)
    return assignment if assignment is not None and assignment.kind == "practice" else None


def runs_of(assigned: Assigned, marked: Marked) -> Work | None:
    """The runs that marking has to wait for; None without any.

    Raises:
        JournalError: the journal cannot be read.
    """
    return runs_to_mark(assigned.journal, Bank(marked.files), marked.begun)


def mark_work(assigned: Assigned, marked: Marked) -> None:
    """Keep an attempt for each answer, once; so they count for what is known of the learner.

    Raises:
        JournalError: the journal cannot be used.
    """
    write_attempts(marked.files, assigned.journal, marked.begun)
