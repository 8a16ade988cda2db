"""What is taken in of one assignment: whose it is, and each learner's in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from tutor.classroom.assignment import same_id
from tutor.classroom.collection.answers import read_answers
from tutor.classroom.collection.noting import note_shared_machines
from tutor.classroom.collection.remarking import Marker
from tutor.classroom.collection.settling import settle
from tutor.classroom.files import YEARS
from tutor.classroom.register.contests import Contest, contests_of
from tutor.classroom.register.register import Register
from tutor.classroom.register.resting import Resting, resting_in
from tutor.classroom.register.snapshot import Snapshot
from tutor.classroom.register.tables import (
    COUNTS,
    REFUSED,
    REPLACED,
    assignments,
    learners,
    submissions,
)
from tutor.classroom.submission import Opened, Submission
from tutor.course.text import one_line
from tutor.words import collecting as words

_LONGEST_ID, _LONGEST_NAME, _LONGEST_MARK = 100, 100, 100
_LARGEST_NUMBER = 2**31 - 1


class Refusal(ValueError):
    """A submission is not taken in; the message is the reason."""


class Taken(Struct, frozen=True):
    """A submission that is taken in.

    Attributes:
        opened: The submission.
        file: Its file's name.
        seen_at: When that file was seen first.
        learner: The key of its learner.
        extra: Their extra time in percent.
    """

    opened: Opened
    file: str
    seen_at: datetime
    learner: int
    extra: float


class Noted(Struct, frozen=True):
    """What a tutor should know of a learner's submission."""

    learner: str
    notes: tuple[str, ...]


class Result(Struct, frozen=True):
    """What became of one assignment.

    Attributes:
        assignment: Its id.
        title: What it is called.
        found: Submissions that were found, each once.
        learners: How many learners they are of.
        enrolled: How many learners the list names; none where there is no list.
        handed_in: How many of those have handed in what counts, now or before.
        new: How many of them had not been in the register.
        late: How many of those count, and are late.
        replaced: How many of those count in place of an earlier one.
        refused: How many of those are refused, as they are late.
        contests: Learners of the assignment of whom two machines handed in, until one is chosen.
        resting: Those of whom marks that a tutor gave rest, until others are given.
        notes: By learner, of those that were found and count.
    """

    assignment: str
    title: str
    found: int
    learners: int
    enrolled: int
    handed_in: int
    new: int
    late: int
    replaced: int
    refused: int
    contests: tuple[Contest, ...]
    resting: tuple[Resting, ...]
    notes: tuple[Noted, ...]


class Intake:
    """Takes in the submissions of one assignment."""

    def __init__(self, register: Register, snapshot: Snapshot) -> None:
        """Begin with nothing taken in.

        Args:
            register: Where it goes.
            snapshot: The assignment.
        """
        self.snapshot = snapshot
        self._register = register
        self._marker = Marker(snapshot)
        self._digests: set[str] = set()
        self._new: set[str] = set()
        with register.reading() as connection:
            self._learners = self._listed(connection)

    def admit(self, opened: Opened, file: str, seen_at: datetime) -> Taken:
        """See whose a submission is.

        Raises:
            Refusal: it is nobody's of this assignment, or cannot be.
        """
        submission = opened.submission
        moments = [submission.handed_at, *(event.time for event in submission.events)]
        if any(moment.year not in YEARS for moment in moments):
            raise Refusal(words.NO_MOMENT)
        learner = same_id(one_line(submission.learner, _LONGEST_ID))
        if not learner:
            raise Refusal(words.NO_LEARNER)
        if learner not in self._learners:
            if self.snapshot.assignment.seats:
                raise Refusal(words.NOT_LISTED.format(id=one_line(submission.learner, 60)))
            self._learners[learner] = self._entered(learner, submission)
        self._digests.add(opened.digest)
        return Taken(opened, one_line(file, 300), seen_at, *self._learners[learner])

    def take(self, taken: Iterable[Taken]) -> None:
        """Keep submissions that are not there yet, and find anew what counts of their learners.

        Raises:
            RegisterError: the register cannot be written.
        """
        found = {one.opened.digest: one for one in taken}
        there = self._there(found)
        of_learner: dict[int, dict[str, Taken]] = defaultdict(dict)
        for digest, one in found.items():
            if digest not in there:
                of_learner[one.learner][digest] = one
        assignment = self.snapshot.assignment
        self._marker.prepare(
            read_answers(one.opened.submission, assignment, one.extra)
            for own in of_learner.values()
            for one in own.values()
        )
        for learner, own in of_learner.items():
            with self._register.writing() as connection:
                self._new |= _insert(connection, self.snapshot.key, learner, own)
                known = {digest: one.opened.submission for digest, one in own.items()}
                settle(connection, self.snapshot, learner, self._marker, known)

    def settle(self, chosen: Sequence[int] | None = None) -> int:
        """Find anew what counts of learners, all of them where none are chosen, and mark it.

        Returns:
            How many learners have handed in.

        Raises:
            RegisterError: the register cannot be written.
        """
        own = submissions.c.assignment == self.snapshot.key
        with self._register.reading() as connection:
            handed_in = connection.scalars(
                select(submissions.c.learner).where(own).distinct().order_by("learner")
            ).all()
        for learner in handed_in if chosen is None else chosen:
            with self._register.writing() as connection:
                settle(connection, self.snapshot, learner, self._marker, {})
        with self._register.writing() as connection:
            note_shared_machines(connection, self.snapshot)
        return len(handed_in if chosen is None else chosen)

    def close(self, now: datetime) -> None:
        """Note what shows only when all is in; after the deadline, that this was a collection.

        Raises:
            RegisterError: the register cannot be written.
        """
        with self._register.writing() as connection:
            note_shared_machines(connection, self.snapshot)
            if now > self.snapshot.assignment.due_at:
                connection.execute(
                    update(assignments)
                    .where(
                        assignments.c.key == self.snapshot.key, assignments.c.closed_at.is_(None)
                    )
                    .values(closed_at=now)
                )

    def result(self) -> Result:
        """What became of what was found.

        Raises:
            RegisterError: the register cannot be read.
        """
        columns = submissions.c
        with self._register.reading() as connection:
            rows = connection.execute(
                select(
                    columns.digest,
                    columns.learner,
                    columns.state,
                    columns.handed_at,
                    columns.late,
                    columns.notes,
                    learners.c.id,
                    learners.c.enrolled,
                )
                .join(learners, learners.c.key == columns.learner)
                .where(columns.assignment == self.snapshot.key)
                .order_by(learners.c.learner)
            ).all()
            enrolled = connection.scalar(
                select(func.count()).where(
                    learners.c.assignment == self.snapshot.key, learners.c.enrolled
                )
            )
            contests = contests_of(connection, self.snapshot.key)
            resting = resting_in(connection, self.snapshot.key)
        replaced: dict[int, list[datetime]] = defaultdict(list)
        for row in rows:
            if row.state == REPLACED:
                replaced[row.learner].append(row.handed_at)
        found = [row for row in rows if row.digest in self._digests]
        new = [row for row in found if row.digest in self._new]
        counting = [row for row in new if row.state == COUNTS]
        return Result(
            assignment=self.snapshot.assignment.id,
            title=self.snapshot.title,
            found=len(found),
            learners=len({row.learner for row in found}),
            enrolled=enrolled or 0,
            handed_in=sum(row.enrolled and row.state == COUNTS for row in rows),
            new=len(new),
            late=sum(row.late for row in counting),
            replaced=sum(
                any(one < row.handed_at for one in replaced[row.learner]) for row in counting
            ),
            refused=sum(row.state == REFUSED for row in new),
            contests=contests,
            resting=resting,
            notes=tuple(
                Noted(row.id, tuple(row.notes.splitlines()))
                for row in found
                if row.notes and row.state != REPLACED
            ),
        )

    def _there(self, digests: Iterable[str]) -> set[str]:
        with self._register.reading() as connection:
            return _there(connection, self.snapshot.key, digests)

    def _listed(self, connection: Connection) -> dict[str, tuple[int, float]]:
        """Key and extra time of each learner, by their ids."""
        rows = connection.execute(
            select(learners.c.learner, learners.c.key, learners.c.extra).where(
                learners.c.assignment == self.snapshot.key
            )
        )
        return {row.learner: (row.key, row.extra) for row in rows}

    def _entered(self, learner: str, submission: Submission) -> tuple[int, float]:
        """Key and extra time of someone who was on no list, and has a row from now on."""
        own = (learners.c.assignment == self.snapshot.key, learners.c.learner == learner)
        with self._register.writing() as connection:
            connection.execute(
                unless_there(connection, learners).values(
                    assignment=self.snapshot.key,
                    learner=learner,
                    id=one_line(submission.learner, _LONGEST_ID),
                    name=one_line(submission.name, _LONGEST_NAME),
                    enrolled=False,
                )
            )
            row = connection.execute(select(learners.c.key, learners.c.extra).where(*own)).one()
        return row.key, row.extra


def unless_there(connection: Connection, table: Table) -> Insert:
    """An INSERT that leaves what is there already, whoever else writes it at the same time."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _there(connection: Connection, assignment: int, digests: Iterable[str]) -> set[str]:
    """Which of these submissions are in the register."""
    return set(
        connection.scalars(
            select(submissions.c.digest).where(
                submissions.c.assignment == assignment, submissions.c.digest.in_(digests)
            )
        )
    )


def _insert(
    connection: Connection, assignment: int, learner: int, own: dict[str, Taken]
) -> set[str]:
    """Keep a learner's submissions; the digests of those that were new."""
    # From here on nobody else takes in, settles or overrides anything of this learner.
    connection.execute(select(learners.c.key).where(learners.c.key == learner).with_for_update())
    there = _there(connection, assignment, own)
    rows = [
        {
            "assignment": assignment,
            "learner": learner,
            "digest": digest,
            "receipt": one.opened.receipt,
            "number": max(0, min(_LARGEST_NUMBER, one.opened.submission.number)),
            "handed_at": one.opened.submission.handed_at,
            "collected_at": one.seen_at,
            "file": one.file,
            "device": one_line(one.opened.submission.device, _LONGEST_MARK),
            "learner_key": one_line(one.opened.learner_key, _LONGEST_MARK),
            "state": REPLACED,
            "late": False,
            "packed": one.opened.packed,
        }
        for digest, one in own.items()
        if digest not in there
    ]
    if rows:
        connection.execute(insert(submissions), rows)
    return own.keys() - there
