"""Handing an assignment in: one sealed file with the raw answers, as often as one likes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from tutor.classroom.events import is_of
from tutor.classroom.files import MEGABYTE, FileProblem, file_stem
from tutor.classroom.keys import learner_key
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import late_line
from tutor.classroom.submission import (
    ENDING,
    LARGEST_MB,
    Kept,
    Submission,
    write_submission,
)
from tutor.journal.event import Event
from tutor.journal.kinds import (
    ASSIGNMENT,
    ATTEMPT,
    CLAIM,
    DRAFT,
    EXAM_ANSWER,
    RELEASE,
    SHOWN,
    SUBMITTED,
    UNDO,
)
from tutor.journal.store import default_path
from tutor.session.exam.record import events_of
from tutor.words import assigned as words

PACKAGE = "action-potential-tutor"
#: Of one beginning; an honest learner comes nowhere near it. The newest are handed in.
MOST_EVENTS = 20_000
#: So much of a title and of an id goes into the name of a file.
LONGEST_PART = 40


class Handed(Struct, frozen=True):
    """What was handed in.

    Attributes:
        path: The file, to be passed on to the tutor.
        receipt: The code that tutor and learner can compare.
        number: Grows with each file of this assignment from this journal.
        late: The deadline had passed, by the clock of this machine.
        in_time: Where late, the file from before the deadline; None where none is there any more.
    """

    path: Path
    receipt: str
    number: int
    late: bool = False
    in_time: Path | None = None


def hand_in(assigned: Assigned, where: Path) -> Handed:
    """Write a submission, and keep that it was written.

    What is late takes the place of nothing that was handed in before the deadline.

    Args:
        assigned: The assignment, which was begun.
        where: A folder, or the file to write.

    Raises:
        FileProblem: it was not begun, or it cannot be sealed; a sentence.
        FileExistsError: `where` is a file that is not an earlier submission of this assignment,
            or one from before the deadline, which has passed.
        OSError: it cannot be written.
        JournalError: the journal cannot be used.
    """
    who, journal = assigned.who, assigned.journal
    if who is None or assigned.begun is None:
        raise FileProblem(words.NOT_BEGUN)
    assigned.settle()
    handed = _handed_before(assigned)
    number = 1 + max((_number(event) for event in handed), default=0)
    submission = Submission(
        assignment=assigned.id,
        learner=who.id,
        name=who.name,
        number=number,
        handed_at=journal.now(),
        device=journal.device,
        version=version(PACKAGE),
        events=tuple(Kept.of(event) for event in events_to_hand_in(assigned)),
    )
    late = submission.handed_at > assigned.due_at
    before = [event for event in handed if late and event.time <= assigned.due_at]
    own = {_digest_of(event) for event in handed} - {_digest_of(event) for event in before}
    path = _free(where, assigned, who.id, own) if where.is_dir() else where
    if path.exists() and (digest := _digest(path)) not in own:
        in_time = digest in map(_digest_of, before)
        told = words.IN_TIME_IN_THE_WAY if in_time else words.IN_THE_WAY
        raise FileExistsError(told.format(path=path))
    key = learner_key(default_path().parent)
    receipt = write_submission(submission, path, key, assigned.assignment.tutor_keys)
    journal.append(
        SUBMITTED,
        data={
            "assignment": assigned.id,
            "number": number,
            "receipt": receipt,
            "digest": _digest(path),
            "file": str(path.resolve()),
        },
    )
    return Handed(path, receipt, number, late, _still_there(before))


def handed_lines(assigned: Assigned, handed: Handed) -> tuple[str, ...]:
    """What is told once it is handed in: the file, its receipt, and what to do with it."""
    path, receipt = handed.path.resolve(), words.RECEIPT.format(receipt=handed.receipt)
    if not handed.late:
        return words.WRITTEN.format(path=path), receipt, words.PASS_ON
    stays = [] if handed.in_time is None else [words.IN_TIME_STAYS.format(path=handed.in_time)]
    return (
        words.WRITTEN_LATE.format(path=path),
        receipt,
        words.PASS_ON_LATE.format(late=late_line(assigned)),
        *stays,
    )


def events_to_hand_in(assigned: Assigned) -> list[Event]:
    """What the journal says of the work, in the order in which it was kept.

    Of graded work these are every beginning, and all that belongs to the last one
    (`tutor.classroom.events.newest_begun`), but for what was typed on the way to an answer; of
    practice every attempt. Where the keys were opened, that too.

    Raises:
        JournalError: the journal cannot be read.
    """
    journal = assigned.journal
    events = [
        event
        for kind in (ASSIGNMENT, RELEASE)
        for event in journal.events(kind=kind)
        if is_of(event, assigned.id)
    ]
    exam = assigned.exam
    if exam is not None:
        events += _without_superseded(events_of(journal, exam))[-MOST_EVENTS:]
    else:
        events += _of_practice(assigned)[-MOST_EVENTS:]
    return sorted(events, key=lambda event: event.sequence)


def _without_superseded(events: list[Event]) -> list[Event]:
    """All but the drafts that something newer has taken the place of."""
    newest: dict[str | None, int] = {}
    for event in events:
        if event.kind in (DRAFT, EXAM_ANSWER):
            newest[event.question_id] = event.sequence
    return [
        event
        for event in events
        if event.kind != DRAFT or event.sequence == newest[event.question_id]
    ]


def _of_practice(assigned: Assigned) -> list[Event]:
    journal = assigned.journal
    own = [
        event
        for kind in (ATTEMPT, SHOWN, CLAIM)
        for question in assigned.assignment.excerpt.ids
        for event in journal.events(kind=kind, question_id=question)
        if is_of(event, assigned.id)
    ]
    ids = {event.id for event in own}
    own += [event for event in journal.events(kind=UNDO) if event.data.get("of") in ids]
    return sorted(own, key=lambda event: event.sequence)


def _handed_before(assigned: Assigned) -> list[Event]:
    return [
        event for event in assigned.journal.events(kind=SUBMITTED) if is_of(event, assigned.id)
    ]


def _digest_of(event: Event) -> str:
    return str(event.data.get("digest"))


def _still_there(handed: list[Event]) -> Path | None:
    """The newest of these files that is where it was written, and as it was."""
    for event in reversed(handed):
        path = Path(str(event.data.get("file")))
        if _digest(path) == _digest_of(event):
            return path
    return None


def _number(event: Event) -> int:
    number = event.data.get("number")
    return number if type(number) is int and number < 1_000_000_000 else 0


def _free(folder: Path, assigned: Assigned, learner: str, own: Iterable[str]) -> Path:
    """A name in a folder that is free, or that of an earlier submission of the same learner."""
    parts = (file_stem(one, "x", LONGEST_PART) for one in (assigned.title, learner))
    name = "-".join(parts)
    path, number = folder / f"{name}{ENDING}", 1
    while path.exists() and _digest(path) not in own:
        number += 1
        path = folder / f"{name}-{number}{ENDING}"
    return path


def _digest(path: Path) -> str:
    """The digest of a file; empty where it cannot be one of ours."""
    with suppress(OSError), path.open("rb") as file:
        data = file.read(LARGEST_MB * MEGABYTE + 1)
        if len(data) <= LARGEST_MB * MEGABYTE:
            return hashlib.sha256(data).hexdigest()
    return ""
