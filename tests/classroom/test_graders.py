"""Several graders who collect and override at once in PostgreSQL lose and double nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text

from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import learners, overrides, questions, submissions
from tutor.course.loader import CourseFolder

sys.path.insert(0, str(Path(__file__).parent))

from classes import Class, dump
from handouts import MADE, hand_out

GRADERS, COUNT, EACH = 4, 10, 20
#: Collects everything and then overrides what falls to it; begins with the others.
GRADES = """
import random, sys
from datetime import datetime
from pathlib import Path
from nacl.public import PrivateKey
from sqlalchemy import select
from tutor.classroom.collection.collecting import collect
from tutor.classroom.collection.overriding import Given, override
from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import attempts

where, folder, key, now, grader, learners, questions, assignment, each = sys.argv[1:]
chance = random.Random(grader)
learners = [int(one) for one in learners.split(",")]
questions = [int(one) for one in questions.split(",")]
with open_register(where) as register:
    print("ready", flush=True)
    sys.stdin.readline()
    keys = [PrivateKey(bytes.fromhex(key))]
    clock = lambda: datetime.fromisoformat(now)
    for number in range(int(each)):
        if number % (int(each) // 2) == 0:
            collect(register, [Path(folder)], keys, clock=clock)
        one, question = chance.choice(learners), chance.choice(questions)
        marks = chance.choice([0.0, 1.0])

        def give(connection):
            row = connection.execute(
                select(attempts).where(attempts.c.learner == one, attempts.c.question == question)
            ).one()
            return (Given(one, question, row.answer, row.variant, marks),)

        override(
            register, int(assignment), (one,), give, f"grader {grader}", f"reason {number}"
        )
    print("done", flush=True)
"""


def test_four_graders_at_once_lose_and_double_nothing(
    postgres: str, files: CourseFolder, tmp_path: Path
) -> None:
    kinds = ("single", "multi", "ordering", "matching")
    ids = [next(q.id for q in files.phase("rest").questions if q.kind == kind) for kind in kinds]
    given = hand_out(files, ids=ids, seats={})
    names = [f"l{number}" for number in range(COUNT)]
    with open_register(postgres) as register:
        room = Class(register, given, tmp_path / "in")
        for name in names:
            room.hands_in(name, number=1)
            room.hands_in(name, MADE + timedelta(days=2), number=2)
        # Their rows are there, as where there is a list; of one half they are not.
        with register.writing() as connection:
            for name in names[: COUNT // 2]:
                connection.execute(
                    text(
                        "INSERT INTO learners (assignment, learner, id, name, email, team, extra, "
                        "enrolled) VALUES (:a, :l, :l, '', '', '', 0, true)"
                    ),
                    {"a": room.key, "l": name},
                )
        with register.reading() as connection:
            own = connection.scalars(select(learners.c.key)).all()
            asked = connection.scalars(select(questions.c.key)).all()
    of_all = [
        postgres,
        str(room.folder),
        bytes(given.key).hex(),
        (given.assignment.due_at + timedelta(hours=1)).isoformat(),
    ]
    rest = [*(",".join(map(str, keys)) for keys in (own, asked)), str(room.key), str(EACH)]
    graders = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                GRADES,
                *of_all,
                str(grader),
                *rest,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for grader in range(GRADERS)
    ]
    for one in graders:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in graders:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [one.communicate(timeout=120) for one in graders]
    assert [out for out, _ in told] == ["done\n"] * GRADERS, [err[-600:] for _, err in told]

    with open_register(postgres) as register:
        found = dump(register)
        with register.reading() as connection:
            given_marks = connection.execute(select(overrides).order_by(overrides.c.key)).all()
            rows = connection.execute(
                select(submissions, learners.c.id.label("who")).join(
                    learners, learners.c.key == submissions.c.learner
                )
            ).all()
            marks = connection.execute(
                text(
                    "SELECT a.learner, a.question, a.marks, a.marked, s.marks AS total "
                    "FROM attempts a JOIN submissions s ON s.key = a.submission"
                )
            ).all()
    assert Counter(row.who for row in given_marks) == {
        f"grader {number}": EACH for number in range(GRADERS)
    }
    assert len(found["submissions"]) == 2 * COUNT
    assert Counter((row.who, row.state) for row in rows) == {
        (name, state): 1 for name in names for state in ("counts", "replaced")
    }
    assert all(row.number == 2 for row in rows if row.state == "counts")
    assert len(found["attempts"]) == len(ids) * COUNT
    newest = {(row.learner, row.question): row.marks for row in given_marks}
    totals: Counter[int] = Counter()
    for row in marks:
        assert row.marks == newest.get((row.learner, row.question), row.marked)
        totals[row.learner] += row.marks
    assert all(totals[row.learner] == row.total for row in marks)
