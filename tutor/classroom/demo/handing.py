"""What the learners of a sample class hand in: sealed files as real ones are, and four bad."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from tutor.classroom.assignment import Assignment, learner_seed
from tutor.classroom.demo.simulated import Done, Pupil, Task
from tutor.classroom.keys import public_text
from tutor.classroom.submission import ENDING, Kept, Submission, write_submission
from tutor.journal.kinds import ASSIGNMENT, EXAM_ANSWER, EXAM_VISIT
from tutor.session.exam.drawing import question_seed

#: What became of a learner's work. Of the bad files there is one of each.
CORRUPT, TAMPERED, FOREIGN, TRUNCATED = "corrupt", "tampered", "foreign", "truncated"
MISSING, LATE, TWICE, ONCE = "missing", "late", "twice", "once"
BAD = (CORRUPT, TAMPERED, FOREIGN, TRUNCATED)
#: Who is in time hands in so long before the deadline on average; who is late, so long after it at
#: most.
_BEFORE_H, _AFTER_H = 30.0, 60.0


class Member(Struct, frozen=True):
    """A learner of the class, as the roster has them and as they are.

    Attributes:
        id: Their id.
        name: An invented name.
        team: Their group.
        extra: Extra time in percent.
        pupil: What they know.
        fate: What became of their work.
    """

    id: str
    name: str
    team: str
    extra: float
    pupil: Pupil
    fate: str


class Hand:
    """Hands in for the learners of one assignment."""

    def __init__(
        self, assignment: Assignment, tasks: Sequence[Task], folder: Path, seed: int
    ) -> None:
        """Take the assignment.

        Args:
            assignment: As it was handed out.
            tasks: Its questions.
            folder: Where the files go.
            seed: What they do is drawn by; the same learners then do the same.
        """
        self._assignment = assignment
        self._tasks = {task.question.id: task for task in tasks}
        self._folder = folder
        self._seed = seed
        self._chance = random.Random(seed)

    def hand_in(self, member: Member) -> int:
        """Write what a learner hands in; return how many files that makes."""
        chance = self._chance
        done = self._done(member)
        key = SigningKey(chance.randbytes(32))
        device = self._uuid()
        handed_at = self._handed_at(member)
        if member.fate == MISSING:
            return 0
        events = self._events(member, done, device, handed_at)
        if member.fate == TWICE:
            half = events[: len(events) // 2]  # And sent a minute later, in case.
            self._write(member, 1, half, half[-1].time + timedelta(minutes=1), device, key)
        number = 2 if member.fate == TWICE else 1
        path = self._write(member, number, events, handed_at, device, key)
        if member.fate in BAD:
            _spoil(path, member.fate)
        return number

    def _done(self, member: Member) -> dict[str, Done]:
        """What they do with each question, in their own order."""
        seed = learner_seed(self._assignment, member.id)
        seeds = {one: question_seed(seed, one) for one in self._assignment.excerpt.ids}
        return {
            one: self._tasks[one].done_by(
                member.pupil,
                seeds[one],
                # Whatever numbers others were asked, and in whatever order.
                random.Random(f"{self._seed}/{member.id}/{one}"),
            )
            for one in sorted(seeds, key=lambda one: seeds[one])
        }

    def _handed_at(self, member: Member) -> datetime:
        made, due, chance = self._assignment.made_at, self._assignment.due_at, self._chance
        hours = min(chance.expovariate(1.0 / _BEFORE_H), (due - made) / timedelta(hours=1.2))
        late = chance.uniform(0.5, _AFTER_H)
        return due + timedelta(hours=late if member.fate == LATE else -0.1 - hours)

    def _events(
        self, member: Member, done: dict[str, Done], device: str, handed_at: datetime
    ) -> list[Kept]:
        """What their journal says of it."""
        assignment, exam = self._assignment, self._uuid()
        took = sum(one.seconds for one in done.values())
        begun = handed_at - timedelta(seconds=took + 60.0)
        seed = learner_seed(assignment, member.id)
        events = [
            Kept(
                id=self._uuid(),
                device=device,
                time=begun,
                kind=ASSIGNMENT,
                seed=seed,
                data={
                    "assignment": assignment.id,
                    "learner": member.id,
                    "title": assignment.title,
                    "ids": list(done),
                    "sections": [[title, count] for title, count in assignment.sections],
                    "exam": exam,
                    "minutes": assignment.policy.minutes,
                    "extra": member.extra,
                },
            )
        ]
        at_s = 0.0
        for question, one in done.items():
            for kind, seconds in ((EXAM_VISIT, 0.0), (EXAM_ANSWER, one.seconds)):
                at_s += seconds
                if kind == EXAM_ANSWER and one.answer is None:
                    continue
                sure = {} if one.certainty is None else {"certainty": one.certainty}
                stamp = {"exam": exam, "at": round(at_s, 3), "number": len(events)}
                is_answer = kind == EXAM_ANSWER
                events.append(
                    Kept(
                        id=self._uuid(),
                        device=device,
                        time=begun + timedelta(seconds=at_s),
                        kind=kind,
                        question_id=question,
                        revision=self._tasks[question].question.revision if is_answer else None,
                        seed=question_seed(seed, question) if is_answer else None,
                        answer=one.answer if is_answer else None,
                        data={**stamp, **sure} if is_answer else {**stamp, "again": False},
                    )
                )
        return events

    def _write(
        self,
        member: Member,
        number: int,
        events: Sequence[Kept],
        handed_at: datetime,
        device: str,
        key: SigningKey,
    ) -> Path:
        name = member.id if number == 1 else f"{member.id}-{number}"
        path = self._folder / f"{name}{ENDING}"
        tutors = self._assignment.tutor_keys
        if member.fate == FOREIGN:  # Sealed for someone else.
            tutors = (public_text(PrivateKey(self._chance.randbytes(32))),)
        submission = Submission(
            assignment=self._assignment.id,
            learner=member.id,
            name=member.name,
            number=number,
            handed_at=handed_at,
            device=device,
            events=tuple(events),
        )
        write_submission(submission, path, key, tutors)
        return path

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def _spoil(path: Path, fate: str) -> None:
    """Do to a file what its fate is."""
    data = path.read_bytes()
    half = len(data) // 2
    if fate == CORRUPT:
        path.write_bytes(data[:half] + b'"\x00\xff\xfe' + data[half + 4 :])
    elif fate == TRUNCATED:
        path.write_bytes(data[:half])
    elif fate == TAMPERED:
        content = msgspec.json.decode(data)
        body = content["body"]
        content["body"] = ("B" if body[0] == "A" else "A") + body[1:]
        path.write_bytes(msgspec.json.encode(content))
