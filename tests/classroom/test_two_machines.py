"""Work under one id from two machines: a second computer is allowed, and a classmate found out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from classes import DAY, Class
from click.testing import CliRunner, Result
from handing import handed_in, machine, submission_of, worked
from handouts import ADA, BOB, MADE, HandOut, hand_out
from nacl.public import PrivateKey
from sqlalchemy import select

from tutor.classroom.collection.collecting import remark
from tutor.classroom.collection.extending import extend
from tutor.classroom.handout.roster import Enrolled
from tutor.classroom.keys import public_text
from tutor.classroom.register.contests import Contest, contest_line, contests_of
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import choices, learners, submissions
from tutor.cli.commands import tutor
from tutor.course.loader import CourseFolder
from tutor.words import classroom as class_words


class Room(Class):
    """A class in which others hand in under Ada's id."""

    def other(
        self,
        begun: datetime,
        answered: int | None = None,
        *,
        who: str = "mallory",
        number: int = 1,
    ) -> None:
        """Someone at another machine hands in as Ada, with so many right answers; else all."""
        answers = dict([*self.right(ADA).items()][:answered])
        events = worked(self.assignment, ADA, answers, begun, who)
        done = submission_of(self.assignment, ADA, events, device=who, number=number)
        name = f"{who}-{number}"
        handed_in(self.folder, done, self.assignment, key=machine(who), name=name)

    def answers(self, count: int) -> dict[str, Any]:
        return dict([*self.right(ADA).items()][:count])

    @property
    def counts(self) -> str:
        return str(self.stands(ADA).device)

    @property
    def contests(self) -> tuple[Contest, ...]:
        with self.register.reading() as connection:
            return contests_of(connection, self.key)

    def receipt(self, device: str, number: int = 1) -> str:
        with self.register.reading() as connection:
            found = connection.scalar(
                select(submissions.c.receipt)
                .join(learners, learners.c.key == submissions.c.learner)
                .where(
                    learners.c.id == ADA,
                    submissions.c.device == device,
                    submissions.c.number == number,
                )
            )
        return str(found)


@pytest.fixture
def room(register: Register, files: CourseFolder, tmp_path: Path) -> Room:
    return Room(register, hand_out(files), tmp_path / "in")


@pytest.fixture
def in_a_file(files: CourseFolder, tutor_key: PrivateKey, tmp_path: Path) -> Iterator[Room]:
    """The same, with a key and a register that commands can use."""
    out = hand_out(files, tutor_keys=(public_text(tutor_key),))
    with open_register(tmp_path / "register.sqlite3") as register:
        yield Room(register, HandOut(out.assignment, out.in_full, tutor_key), tmp_path / "in")


def test_less_work_from_another_machine_does_not_take_the_place_of_fuller(room: Room) -> None:
    room.hands_in(ADA)
    room.hands_in(BOB)
    room.collect()
    assert room.contests == ()
    room.other(MADE + 2 * DAY, 1)
    (result,) = room.collect().results
    assert room.counts == "laptop"
    assert room.stands(ADA).marks == room.stands(ADA).max_marks
    (found,) = result.contests
    assert found.learner == ADA
    assert (found.counts.receipt, found.counts.answered) == (room.receipt("laptop"), 6)
    assert (found.other.receipt, found.other.answered) == (room.receipt("mallory"), 1)
    assert result.replaced == 0


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("first", [2, 6])
def test_as_much_from_a_second_computer_counts_and_is_told_too(
    room: Room, at_once: bool, first: int
) -> None:
    room.hands_in(ADA, answers=room.answers(first))
    if not at_once:
        room.collect()
    room.other(MADE + 2 * DAY)
    (result,) = room.collect().results
    assert room.counts == "mallory"
    (found,) = result.contests
    assert (found.counts.answered, found.other.answered) == (6, first)
    assert result.replaced == 1


def test_on_the_first_machine_less_may_take_the_place_of_more(room: Room) -> None:
    room.hands_in(ADA)
    room.other(MADE + 2 * DAY)
    room.hands_in(ADA, MADE + 3 * DAY, room.answers(1), number=2)
    room.collect()
    assert (room.counts, room.stands(ADA).number) == ("laptop", 2)
    assert room.contests == ()


def run(room: Room, *words: str) -> Result:
    where = room.register.engine.url.render_as_string(hide_password=False)
    where = where.removeprefix("sqlite+pysqlite:///").replace("+psycopg", "")
    return CliRunner().invoke(tutor, ["register", "choose", *words, "--register", where])


def chosen(room: Room, receipt: str) -> str:
    done = run(room, "rest", ADA, receipt.lower(), "--why", "it is hers", "--who", "Dr Hodgkin")
    assert done.exit_code == 0, done.output
    return done.output


def test_what_the_tutor_chose_counts_and_stays_when_all_is_collected_again(room: Room) -> None:
    room.hands_in(ADA, answers=room.answers(3))
    room.other(MADE + 2 * DAY)
    room.collect()
    assert room.counts == "mallory"
    mine = room.receipt("laptop")
    assert f"{mine} of {ADA} counts now, with " in chosen(room, mine)
    for _ in range(2):
        assert (room.counts, room.contests) == ("laptop", ())
        (result,) = room.collect().results
        assert result.contests == ()
        remark(room.register, room.key)
    extend(room.register, room.key, [Enrolled(id=ADA, due_at=MADE + 30 * DAY)])
    remark(room.register, room.key)
    assert (room.counts, room.contests) == ("laptop", ())
    with room.register.reading() as connection:
        (kept,) = connection.execute(select(choices)).all()
    assert (kept.who, kept.why) == ("Dr Hodgkin", "it is hers")
    assert kept.made_at - datetime.now(UTC) < timedelta(minutes=1)
    # Another choice takes its place.
    chosen(room, room.receipt("mallory"))
    assert room.counts == "mallory"


def test_what_comes_after_the_choice_is_held_against_it_again(room: Room) -> None:
    room.hands_in(ADA, answers=room.answers(3))
    room.other(MADE + 2 * DAY)
    room.collect()
    chosen(room, room.receipt("laptop"))
    room.other(MADE + 3 * DAY, 2, number=2)
    room.collect()
    assert room.counts == "laptop"
    assert room.contests[0].other.receipt == room.receipt("mallory", 2)
    room.other(MADE + 4 * DAY, 4, number=3)
    room.collect()
    assert (room.counts, room.stands(ADA).number) == ("mallory", 3)
    assert room.contests[0].other.receipt == room.receipt("laptop")
    room.hands_in(ADA, MADE + 5 * DAY, room.answers(1), number=4)
    room.collect()
    assert (room.counts, room.stands(ADA).number) == ("laptop", 4)
    assert room.contests == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("rest", "nobody", "ABCD", "--why", "so"), "nobody in Rest, week 3 has the id 'nobody'"),
        (("rest", BOB, "ABCD", "--why", "so"), "b22 has handed in nothing in Rest, week 3"),
        (("rest", ADA, "ABCD", "--why", "so"), "with the receipt 'ABCD'; there are "),
        (("rest", ADA, "ABCD", "--why", " "), "say why, in a few words"),
    ],
)
def test_what_cannot_be_chosen_is_told(room: Room, typed: Sequence[str], says: str) -> None:
    room.hands_in(ADA)
    room.other(MADE + 2 * DAY, 1)
    room.collect()
    done = run(room, *typed)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert room.counts == "laptop"


def test_what_is_refused_as_late_cannot_be_chosen(
    register: Register, files: CourseFolder, tmp_path: Path
) -> None:
    room = Room(register, hand_out(files, late="refuse"), tmp_path / "in")
    room.hands_in(ADA)
    room.other(room.assignment.due_at + DAY)
    room.collect(room.assignment.due_at + 2 * DAY)
    assert room.contests == ()
    done = run(room, "rest", ADA, room.receipt("mallory"), "--why", "so")
    assert done.exit_code == 2
    assert "is refused, so it cannot count" in " ".join(done.output.split())


def test_it_stands_above_all_else_in_what_collecting_and_the_report_tell(
    in_a_file: Room,
) -> None:
    room = in_a_file
    room.hands_in(ADA)
    room.other(MADE + 2 * DAY, 1)
    room.collect()
    said = (
        f"{ADA}: two machines handed in under this id. {room.receipt('laptop')} counts "
        f"(6 answered, "
    )
    where = ["--register", str(room.register.engine.url.database)]
    command = f"tutor register choose {room.assignment.id[:8]} {ADA} RECEIPT --why TEXT"
    for words in (["collect", str(room.folder)], ["report", "rest"], ["report", "rest", "--all"]):
        done = CliRunner().invoke(tutor, [*words, *where])
        told = " ".join(done.output.split())
        assert said in told, words
        assert f"{room.receipt('mallory')} does not (1 answered, " in told
        assert command in told
        least = "Rest, week 3: " if words[0] == "collect" else "What to reteach"
        assert told.index(command) < told.index(least)
    done = CliRunner().invoke(tutor, ["report", "rest", "--json", *where])
    (found,) = json.loads(done.output)["contests"]
    assert found["learner"] == ADA
    assert found["other"]["answered"] == 1


@pytest.mark.parametrize("typed", [["{low}"], ["{bare}"], [" {spaced} "], ["{one}", "{rest}"]])
def test_a_receipt_is_taken_however_it_is_typed(room: Room, typed: list[str]) -> None:
    room.hands_in(ADA)
    room.other(MADE + 2 * DAY)
    room.collect()
    code = room.receipt("laptop")
    bare = code.replace("-", "")
    forms = {"low": code.lower(), "bare": bare.lower(), "spaced": code.replace("-", " ")}
    forms |= {"one": code[:4], "rest": code[5:]}
    words = [one.format(**forms) for one in typed]
    done = run(room, "rest", ADA, *words, "--why", "it is hers")
    assert done.exit_code == 0, done.output
    assert f"{code} of {ADA} counts now" in done.output
    assert room.counts == "laptop"


def test_seconds_are_told_where_the_minute_is_the_same(in_a_file: Room) -> None:
    room = in_a_file
    room.hands_in(ADA)
    room.other(MADE + DAY + timedelta(seconds=5))
    room.collect()
    (found,) = room.contests
    for one in (found.counts, found.other):
        at = one.handed_at.astimezone().strftime(class_words.WHEN)
        with_seconds = one.handed_at.astimezone().strftime(class_words.WHEN_TO_THE_SECOND)
        assert f", {with_seconds})" in contest_line(found)
        assert f", {at})" not in contest_line(found)
    room.other(MADE + 3 * DAY, number=2)
    room.collect()
    at = room.contests[0].counts.handed_at.astimezone().strftime(class_words.WHEN)
    assert f", {at})" in contest_line(room.contests[0])


def test_a_gradebook_says_that_something_is_not_settled(in_a_file: Room, tmp_path: Path) -> None:
    room = in_a_file
    room.hands_in(ADA)
    room.collect()
    asked = ["report", "rest", "--gradebook", str(tmp_path / "g.csv")]
    asked += ["--register", str(room.register.engine.url.database)]
    assert CliRunner().invoke(tutor, asked).stderr == ""
    room.other(MADE + 2 * DAY, 1)
    room.collect()
    done = CliRunner().invoke(tutor, asked)
    assert done.exit_code == 0
    assert done.stderr == (
        f"Two machines handed in under 1 id, and which work counts is not settled: {ADA}. The "
        "report says how to choose.\n"
    )
