"""A sample class: an assignment, its register and key, and what simulated learners handed in.

All of it lies in one folder, which serves as the data folder of a tutor who tries things out, so
that nothing of it comes near a real register. What the statistics are to find stands in
`truth.json` beside it.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.classroom.assignment import Policy
from tutor.classroom.demo.handing import BAD, LATE, MISSING, ONCE, TWICE, Hand, Member
from tutor.classroom.demo.simulated import Pupil, Task, choose, pupils, tasks
from tutor.classroom.handout.making import hand_out, make_assignment
from tutor.classroom.handout.roster import read_roster
from tutor.classroom.handout.selecting import excerpt_of
from tutor.classroom.keys import make_tutor_key, public_text
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import open_register
from tutor.course.csv_tables import as_table
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank
from tutor.words import demo as words

#: How many questions the assignment has.
QUESTIONS = 40
ROSTER, EXTENSIONS, TRUTH = "roster.csv", "extensions.csv", "truth.json"
ASSIGNMENT, SUBMISSIONS = "sample.assignment", "submissions"
#: So long before now it was due, and so long before that it was handed out.
_DUE, _OPEN_FOR = timedelta(days=3), timedelta(days=11)
#: What late work loses for each day, in percent.
_LATE_PERCENT = 10.0
#: Shares of the class; of the bad files there is one each, and the rest hands in once, in time.
_SHARES = {MISSING: 0.04, LATE: 0.06, TWICE: 0.05}
#: So many of the late ones have longer; so many learners have extra time, in percent.
_EXTENDED, _WITH_EXTRA, _EXTRA = 2, 5, 25.0


class CannotMake(ValueError):
    """A sample class cannot be made; the message is a sentence."""


class Demo(Struct, frozen=True):
    """A sample class.

    Attributes:
        folder: Where all of it is.
        learners: How many are enrolled.
        questions: How many questions the assignment has.
        files: How many files lie in the folder of submissions.
        late: Learners who handed in late; `twice`, who did so twice; `missing`, who never did;
            `extended`, who have longer.
        learner: The id of one who handed in once.
        question: The id of a question, a written one where there is one.
    """

    folder: Path
    learners: int
    questions: int
    files: int
    late: int
    twice: int
    missing: int
    extended: int
    learner: str
    question: str


def make_demo(
    files: CourseFolder,
    folder: Path,
    learners: int = 300,
    seed: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> Demo:
    """Make a sample class in a folder; the same seed makes a class that knows the same.

    Args:
        files: The course that its questions are from.
        folder: A folder that is empty, or not there yet.
        learners: How many learners it has.
        seed: What it is drawn by.
        progress: Is told how many learners are done.

    Raises:
        CannotMake: there is something in the folder, or no quick question in the course.
        ContentErrors: the course is wrong.
        RegisterError: the register cannot be made.
        OSError: something cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CannotMake(words.NOT_EMPTY.format(folder=folder))
    (folder / SUBMISSIONS).mkdir(parents=True)
    try:
        return _made(files, folder, learners, seed, progress)
    except BaseException:  # Half a class would only lie in the way of a whole one.
        shutil.rmtree(folder)
        raise


def _made(
    files: CourseFolder,
    folder: Path,
    learners: int,
    seed: int,
    progress: Callable[[int], None],
) -> Demo:
    chance = random.Random(seed)
    bank = Bank(files)
    ids, planted = choose(bank, QUESTIONS)
    if not ids:
        raise CannotMake(words.NO_QUESTIONS)
    members = _members(pupils(learners, planted, chance), chance)
    key = make_tutor_key(folder)
    due_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - _DUE
    _write_lists(folder, members, due_at)
    handed_out = make_assignment(
        excerpt_of(files, [bank.by_id[one] for one in ids]),
        title=words.TITLE,
        tutor=words.TUTOR,
        due_at=due_at,
        policy=Policy(certainty=True, late="reduce", late_percent=_LATE_PERCENT),
        tutor_keys=(public_text(key),),
        learners=read_roster(folder / ROSTER, due_at).learners,
        made_at=due_at - _OPEN_FOR,
    )
    with open_register(folder / FILE_NAME) as register:
        hand_out(handed_out, register, folder / ASSIGNMENT)
    # As its file has them: without the ids that would tell the key.
    asked = [one for phase in handed_out.in_full.phases for one in phase.questions]
    counted = [one.pupil for one in members if one.fate not in (MISSING, *BAD)]
    made = tasks(asked, planted, counted, chance)
    hand = Hand(handed_out.assignment, made, folder / SUBMISSIONS, seed)
    count = 0
    for number, member in enumerate(members, 1):
        count += hand.hand_in(member)
        progress(number)
    truth = _truth(seed, members, made, planted)
    (folder / TRUTH).write_bytes(msgspec.json.format(msgspec.json.encode(truth), indent=1))
    fates = Counter(one.fate for one in members)
    return Demo(
        folder=folder,
        learners=learners,
        questions=len(made),
        files=count,
        late=fates[LATE],
        twice=fates[TWICE],
        missing=fates[MISSING],
        extended=_EXTENDED,
        learner=next(one.id for one in members if one.fate == ONCE),
        question=max(made, key=lambda one: one.question.kind == "text").question.id,
    )


def _members(pupils: Sequence[Pupil], chance: random.Random) -> list[Member]:
    """The class with names and fates, in the order of their ids."""
    count = len(pupils)
    fates = [*BAD]
    for fate, share in _SHARES.items():
        fates += [fate] * max(2, round(share * count))
    fates += [ONCE] * (count - len(fates))
    chance.shuffle(fates)
    extra = set(chance.sample(range(count), _WITH_EXTRA))
    return [
        Member(
            id=f"s{1001 + number}",
            name=f"{chance.choice(words.FIRST_NAMES)} {chance.choice(words.LAST_NAMES)}",
            team=chance.choice(words.TEAMS),
            extra=_EXTRA if number in extra else 0.0,
            pupil=pupil,
            fate=fate,
        )
        for number, (pupil, fate) in enumerate(zip(pupils, fates, strict=True))
    ]


def _write_lists(folder: Path, members: Sequence[Member], due_at: datetime) -> None:
    """Who is in the class; and who has longer."""
    rows = [(one.id, one.name, f"{one.id}@class.example", one.team, one.extra) for one in members]
    heads = ("id", "name", "email", "group", "extra")
    (folder / ROSTER).write_bytes(as_table(heads, rows))
    longer = f"{(due_at + _DUE).astimezone():%Y-%m-%d %H:%M}"
    late = [one.id for one in members if one.fate == LATE][:_EXTENDED]
    (folder / EXTENSIONS).write_bytes(as_table(("id", "due"), [(one, longer) for one in late]))


def _truth(
    seed: int, members: Sequence[Member], made: Sequence[Task], planted: Sequence[str]
) -> dict[str, object]:
    """What the statistics are to find."""
    return {
        "seed": seed,
        "learners": [
            {
                "id": one.id,
                "ability": one.pupil.ability,
                "holds": sorted(one.pupil.holds),
                "fate": one.fate,
            }
            for one in members
        ],
        "questions": [
            {
                "id": one.question.id,
                "facility": one.expected,
                "shows": sorted(one.shows),
            }
            for one in made
        ],
        "misconceptions": [
            {
                "id": name,
                "held": sum(name in one.pupil.holds for one in members) / len(members),
            }
            for name in planted
        ],
    }
