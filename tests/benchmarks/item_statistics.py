"""Item statistics of a department's register in PostgreSQL.

    python tests/benchmarks/item_statistics.py [ATTEMPTS]

A register with 10,000,000 attempts (or as many as are asked for) is made in a server of its own:
assignments of 300 learners and 40 questions each, with marks as the sample class has them, ties
and thirds of a mark among them. The statistics of all assignments at once are held against a bare
`SELECT count(*)` of the attempts; those of one assignment against the same in a register that
holds ten assignments alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from measuring import HERE, Budget, Row, Section, interleaved, script, timed
from sqlalchemy import func, select

from tutor.classroom.register.register import Register, open_register
from tutor.classroom.register.tables import attempts
from tutor.classroom.report.statistics import statistics_of

sys.path.insert(0, str(HERE.parent / "classroom"))

from postgres_server import Server, binaries, running

LEARNERS, QUESTIONS = 300, 40
EACH = LEARNERS * QUESTIONS
FEW = 10 * EACH
MANY = 10_000_000
ROUNDS = 5
_SETTINGS = ("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=1h")

#: Thirty questions of one mark, eight of two, and two of three that give thirds of a mark.
_MOST = "CASE WHEN q > 38 THEN 3 WHEN q > 30 THEN 2 ELSE 1 END"
_FILL = (
    # Rows that belong together are made together here; looking each up again would take hours.
    "SET session_replication_role = replica",
    "SELECT setseed(0.5)",
    """INSERT INTO assignments (id, title, kind, made_at, due_at, handed_out, in_full, secret)
    SELECT 'a' || a, 'a' || a, 'graded', now(), now(), '', '', ''
    FROM generate_series(1, {a}) a""",
    f"""INSERT INTO questions (assignment, id, number, kind, phase, max_marks)
    SELECT a, 'q' || q, q, 'single', 'rest', {_MOST}
    FROM generate_series(1, {{a}}) a, generate_series(1, {QUESTIONS}) q ORDER BY a, q""",
    f"""INSERT INTO learners (assignment, learner, id, name, email, team, extra, enrolled)
    SELECT a, 'l' || l, 'l' || l, '', '', '', 0, true
    FROM generate_series(1, {{a}}) a, generate_series(1, {LEARNERS}) l ORDER BY a, l""",
    f"""CREATE TEMPORARY TABLE made AS
    SELECT a, l, q, CASE
        WHEN q > 38 THEN least(3, floor((random() * 0.6 + 0.0015 * l) * 10) / 3)
        WHEN q > 30 THEN floor(random() * 2 + 0.003 * l)
        ELSE floor(random() * 0.9 + 0.02 * q + 0.0015 * l)
    END AS raw, {_MOST} AS most
    FROM generate_series(1, {{a}}) a, generate_series(1, {LEARNERS}) l,
        generate_series(1, {QUESTIONS}) q""",
    f"""INSERT INTO submissions (assignment, learner, digest, receipt, number, handed_at,
        collected_at, file, device, learner_key, state, answered, late, share, notes, packed,
        marks, max_marks)
    SELECT a, (a - 1) * {LEARNERS} + l, 'd' || l, '', 1, now(), now(), '', '', '', 'counts',
        {QUESTIONS}, false, 1, '', '', sum(least(raw, most)), sum(most)
    FROM made GROUP BY a, l ORDER BY a, l""",
    f"""INSERT INTO attempts (assignment, question, submission, learner, marks, marked, rest,
        answer, variant, certainty, seconds, feedback)
    SELECT a, (a - 1) * {QUESTIONS} + q, s.key, s.learner, least(raw, most), least(raw, most),
        s.marks - least(raw, most), '["o4f81c2"]', '', 2, 30 + q, ''
    FROM made JOIN submissions s ON s.learner = (a - 1) * {LEARNERS} + l ORDER BY a, l, q""",
    "VACUUM ANALYZE",
)


def measure() -> Section:
    """Fill two registers, and take turns."""
    many = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else MANY
    count = max(1, many // EACH)
    section = Section(f"Item statistics in PostgreSQL, {count * EACH:,} attempts")
    if binaries() is None:
        section.missing.append("there is no PostgreSQL here; install the package postgresql")
        return section
    with (
        running(*_SETTINGS) as server,
        filled(server, FEW // EACH) as few,
        filled(server, count) as full,
    ):
        values = interleaved(
            {
                "count": timed(lambda: _count(full)),
                "all": timed(lambda: _statistics(full, None)),
                "one of few": timed(lambda: _statistics(few, 5), times=5),
                "one of many": timed(lambda: _statistics(full, count // 2 + 1), times=5),
            },
            ROUNDS,
        )
    base = values["count"]
    section.rows = [
        Row("SELECT count(*) of all attempts", base),
        Row(
            f"statistics of all {count:,} assignments",
            values["all"],
            base=base,
            budget=Budget("ratio", 20),
        ),
        Row(f"statistics of one of {FEW // EACH} assignments", values["one of few"]),
        Row(
            f"statistics of one of {count:,} assignments",
            values["one of many"],
            base=values["one of few"],
            budget=Budget("ratio", 1.5),
        ),
    ]
    section.notes = [f"{LEARNERS} learners and {QUESTIONS} questions an assignment."]
    return section


@contextmanager
def filled(server: Server, count: int) -> Iterator[Register]:
    """A register with so many assignments."""
    began = perf_counter()
    with open_register(server.new_database()) as register:
        engine = register.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in _FILL:
                connection.exec_driver_sql(statement.format(a=count))
        took = perf_counter() - began
        print(f"filled with {count * EACH:,} attempts in {took:.0f} s", file=sys.stderr)
        yield register


def _count(register: Register) -> None:
    with register.reading() as connection:
        connection.scalar(select(func.count()).select_from(attempts))


def _statistics(register: Register, assignment: int | None) -> None:
    with register.reading() as connection:
        found = statistics_of(connection, assignment)
    assert all(item.efficiency is not None for paper in found for item in paper.items)


if __name__ == "__main__":
    script(measure)
