"""Taking in what a class handed in: any files, in any order, as often as one likes.

A bad file is set aside with a reason, and the rest goes on. Each learner is a transaction of
their own, so whatever stops it in the middle, doing it again comes to the same register.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from nacl.public import PrivateKey
from sqlalchemy import Connection, delete, or_, select

from tutor.classroom.collection.gathering import Found, Gathered, Other, Refused, gather
from tutor.classroom.collection.intake import Intake, Refusal, Result, Taken, unless_there
from tutor.classroom.files import MEGABYTE, FileProblem
from tutor.classroom.register.register import Register
from tutor.classroom.register.snapshot import snapshot_of
from tutor.classroom.register.tables import COUNTS, assignments, set_aside, submissions
from tutor.classroom.submission import MOODLE, open_submission
from tutor.words import collecting as words

#: So many files are opened before what is in them is marked, or fewer where they, or what is in
#: them, come to so many bytes.
_BATCH, _BATCH_BYTES = 250, 16 * MEGABYTE


class Aside(Struct, frozen=True):
    """A file that was not taken in; the id of its assignment, where that is known."""

    file: str
    reason: str
    assignment: str | None = None


class Collected(Struct, frozen=True):
    """What became of everything that was collected; `others` are plainly no submissions.

    `left_alone` names them.
    """

    results: tuple[Result, ...]
    set_aside: tuple[Aside, ...]
    others: int
    left_alone: tuple[str, ...] = ()


class Remarked(Struct, frozen=True):
    """How many learners were marked again, and how many of them have other marks now."""

    learners: int
    changed: int


def _now() -> datetime:
    return datetime.now(UTC)


class Collector:
    """Collects into a register, once."""

    def __init__(
        self,
        register: Register,
        keys: Sequence[PrivateKey],
        only: int | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Begin with nothing collected.

        Args:
            register: Where it goes.
            keys: The tutor's keys.
            only: The key of the one assignment that is collected; None for all.
            clock: Gives the time.
        """
        self._register = register
        self._keys = keys
        self._only = only
        self._clock = clock
        self._began = clock()
        # A reason stands where nothing is taken in.
        self._intakes: dict[str, Intake | str] = {}
        self._aside: list[Aside] = []
        self._bad: set[str] = set()
        self._others: list[str] = []

    def collect(
        self, paths: Iterable[Path], progress: Callable[[int], None] = lambda _: None
    ) -> Collected:
        """Take in all that is at these places.

        Args:
            paths: Files, archives and folders.
            progress: Is told how many files have been gone through.

        Raises:
            RegisterError: the register cannot be used; what was finished is kept.
        """
        done = 0
        places = [*paths]
        for batch in _batches(gather(places)):
            self._take(batch)
            done += len(batch)
            progress(done)
        self._forget(places)
        for intake in self._open:
            intake.close(self._clock())
        results = (intake.result() for intake in self._open)
        return Collected(
            tuple(result for result in results if result.found),
            tuple(self._aside),
            len(self._others),
            tuple(self._others),
        )

    @property
    def _open(self) -> list[Intake]:
        """The assignments that something has come for."""
        return [one for one in self._intakes.values() if isinstance(one, Intake)]

    def _take(self, batch: Sequence[Gathered]) -> None:
        taken: dict[str, list[Taken]] = defaultdict(list)
        size = 0
        bad: dict[str, Aside] = {}
        found = {
            hashlib.sha256(one.data).hexdigest(): one for one in batch if isinstance(one, Found)
        }
        seen = self._seen_before(list(found))
        for digest, (name, data) in found.items():
            assignment = None
            try:
                opened = open_submission(data, self._keys)
                if opened.submission.device == MOODLE:  # No machine is called so.
                    raise Refusal(words.NO_MACHINE)
                intake = self._intake(opened.submission.assignment)
                assignment = intake.snapshot.assignment.id
                first_seen = seen.get(digest, self._began)
                taken[assignment].append(intake.admit(opened, name, first_seen))
                size += opened.size
            except (FileProblem, Refusal) as problem:
                bad[digest] = Aside(name, str(problem), assignment)
            if size > _BATCH_BYTES:
                self._take_in(taken)
                taken.clear()
                size = 0
        for one in batch:
            if isinstance(one, Refused):
                bad[one.digest] = Aside(one.name, one.reason)
        self._others += [one.name for one in batch if isinstance(one, Other)]
        self._take_in(taken)
        self._set_aside(bad, seen.keys() - bad.keys())

    def _take_in(self, taken: Mapping[str, Sequence[Taken]]) -> None:
        for assignment, own in taken.items():
            self._intake(assignment).take(own)

    def _intake(self, id_: str) -> Intake:
        """Where submissions of an assignment go.

        Raises:
            Refusal: the register has none of this id, or it is not collected now.
        """
        if id_ not in self._intakes:
            with self._register.reading() as connection:
                key = connection.scalar(select(assignments.c.key).where(assignments.c.id == id_))
                snapshot = None if key is None else snapshot_of(connection, key)
            if snapshot is None:
                self._intakes[id_] = words.UNKNOWN_ASSIGNMENT
            elif self._only not in (None, snapshot.key):
                self._intakes[id_] = words.OTHER_ASSIGNMENT.format(title=snapshot.title)
            else:
                self._intakes[id_] = Intake(self._register, snapshot)
        intake = self._intakes[id_]
        if isinstance(intake, str):
            raise Refusal(intake)
        return intake

    def _seen_before(self, digests: Sequence[str]) -> dict[str, datetime]:
        """When files were set aside that are here again, by their digests."""
        with self._register.reading() as connection:
            rows = connection.execute(
                select(set_aside.c.digest, set_aside.c.seen_at).where(
                    set_aside.c.digest.in_(digests)
                )
            )
            return {row.digest: row.seen_at for row in rows}

    def _set_aside(self, bad: dict[str, Aside], good: Collection[str]) -> None:
        """Keep what was set aside, each file once, and forget what is good by now."""
        self._aside += bad.values()
        self._bad |= bad.keys()
        if not bad and not good:
            return
        with self._register.writing() as connection:
            connection.execute(delete(set_aside).where(set_aside.c.digest.in_(good)))
            if not bad:
                return
            keys = {one.snapshot.assignment.id: one.snapshot.key for one in self._open}
            connection.execute(
                unless_there(connection, set_aside),
                [
                    {
                        "assignment": keys.get(one.assignment or ""),
                        "file": one.file,
                        "digest": digest,
                        "reason": one.reason,
                        "seen_at": self._began,
                    }
                    for digest, one in bad.items()
                ],
            )

    def _forget(self, places: Sequence[Path]) -> None:
        """Forget what was set aside at these places before, and is gone or another file now."""
        own = [one.snapshot.key for one in self._open]
        of = set_aside.c.assignment
        with self._register.writing() as connection:
            rows = connection.execute(
                select(set_aside.c.key, set_aside.c.file, set_aside.c.digest).where(
                    or_(of.is_(None), of.in_(own))
                )
            )
            gone = [
                row.key
                for row in rows
                if row.digest not in self._bad
                and any(Path(row.file).is_relative_to(place) for place in places)
            ]
            connection.execute(delete(set_aside).where(set_aside.c.key.in_(gone)))


def _batches(gathered: Iterable[Gathered]) -> Iterator[list[Gathered]]:
    batch: list[Gathered] = []
    size = 0
    for one in gathered:
        batch.append(one)
        size += len(one.data) if isinstance(one, Found) else 0
        if len(batch) == _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def collect(
    register: Register,
    paths: Iterable[Path],
    keys: Sequence[PrivateKey],
    *,
    only: int | None = None,
    clock: Callable[[], datetime] = _now,
    progress: Callable[[int], None] = lambda _: None,
) -> Collected:
    """Take in what a class handed in; see `Collector`.

    Raises:
        RegisterError: the register cannot be used; what was finished is kept.
    """
    return Collector(register, keys, only, clock).collect(paths, progress)


def remark(register: Register, assignment: int, learners: Sequence[int] | None = None) -> Remarked:
    """Mark again what was handed in for an assignment, or by some of its learners.

    Args:
        register: Where it is kept.
        assignment: The key of the assignment.
        learners: The keys of the learners; None for all of them.

    Raises:
        RegisterError: the register cannot be used.
    """
    with register.reading() as connection:
        snapshot = snapshot_of(connection, assignment)
        before = _marks(connection, assignment)
    count = Intake(register, snapshot).settle(learners)
    with register.reading() as connection:
        after = _marks(connection, assignment)
    return Remarked(count, sum(before.get(one) != marks for one, marks in after.items()))


def _marks(connection: Connection, assignment: int) -> dict[int, float]:
    """The marks of each learner."""
    rows = connection.execute(
        select(submissions.c.learner, submissions.c.marks).where(
            submissions.c.assignment == assignment, submissions.c.state == COUNTS
        )
    )
    return {row.learner: row.marks for row in rows}
