"""The gradebook: what Moodle's grade import takes, and no spreadsheet acts on."""

import csv
import io
import re
from pathlib import Path

import pytest
from classes import DAY, Class
from click.testing import CliRunner
from handing import SECRET
from handouts import ADA, BOB, MADE, SALT, hand_out
from sqlalchemy import update

from tutor.classroom.assignment import Seat, seat_of
from tutor.classroom.collection.extending import extend
from tutor.classroom.handout.making import Made, keep
from tutor.classroom.handout.roster import Enrolled, read_roster
from tutor.classroom.register.register import Register
from tutor.classroom.register.tables import learners, submissions
from tutor.classroom.report.gradebook import as_gradebook
from tutor.classroom.report.reading import report_of
from tutor.cli.commands import tutor
from tutor.course.csv_tables import as_table
from tutor.course.loader import CourseFolder


def moodle_reads(data: bytes) -> list[dict[str, str]]:
    """The lines as Moodle's CSV import has them: UTF-8, its BOM taken off, heads trimmed."""
    rows = csv.reader(io.StringIO(data.decode("utf-8").removeprefix("\ufeff"), newline=""))
    heads = [one.strip() for one in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def moodle_grade(cell: str) -> float | None:
    """What it makes of a cell that is mapped to a grade item: nothing is no grade."""
    return None if cell in ("", "-") else float(cell)


@pytest.fixture
def course(files: CourseFolder, register: Register, tmp_path: Path) -> Class:
    given = hand_out(files, late="reduce", late_percent=10.0)
    return Class(register, given, tmp_path / "in")


def written(course: Class, folder: Path, where: str) -> tuple[str, list[dict[str, str]]]:
    path = folder / "gradebook.csv"
    done = CliRunner().invoke(
        tutor, ["report", "rest", "--gradebook", str(path), "--register", where]
    )
    assert done.exit_code == 0, done.output
    return done.output, moodle_reads(path.read_bytes())


def test_it_has_everyone_with_the_score_that_counts(
    course: Class, tmp_path: Path, where: str
) -> None:
    with course.register.writing() as connection:
        connection.execute(
            update(learners).where(learners.c.id == ADA).values(name="Ada", email="ada@x.example")
        )
    course.hands_in(ADA, course.assignment.due_at + DAY / 2)
    course.collect(course.assignment.due_at + 2 * DAY)
    told, rows = written(course, tmp_path, where)
    most = sum(course.given.in_full.marks.values())
    by_id = {row["id"]: row for row in rows}
    assert list(rows[0]) == ["id", "name", "email", "score", "max", "late"]
    assert set(by_id) == {ADA, BOB}
    assert (by_id[ADA]["name"], by_id[ADA]["email"]) == ("Ada", "ada@x.example")
    assert moodle_grade(by_id[ADA]["score"]) == pytest.approx(0.9 * most)
    assert (float(by_id[ADA]["max"]), by_id[ADA]["late"]) == (most, "yes")
    assert moodle_grade(by_id[BOB]["score"]) is None
    assert by_id[BOB]["late"] == ""
    assert "map email to Email address" in told
    assert "An empty score is no grade." in told


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        ("ID,Vorname,Nachname", ["4", "3", "1", "2"]),
        ("ID,First name,Other", ["1", "2", "3", "4"]),
    ],
)
def test_it_is_in_the_order_of_family_names_or_else_of_the_roster(
    files: CourseFolder, register: Register, tmp_path: Path, heads: str, order: list[str]
) -> None:
    roster = tmp_path / "roster.csv"
    lines = ("1,Bo,Östlund", "2,Al,", "3,Cy,oakes", "4,Di,Oakes", "")
    roster.write_text("\n".join((heads, *lines)).replace("4,Di", "4,Ab"), encoding="utf-8")
    listed = read_roster(roster, MADE).learners
    out = hand_out(files, seats={seat_of(SALT, one.id): Seat() for one in listed})
    with register.writing() as connection:
        key = keep(connection, Made(out.assignment, out.in_full, SECRET, listed))
    with register.reading() as connection:
        report = report_of(connection, key, MADE)
    assert [row["id"] for row in moodle_reads(as_gradebook(report))] == order


def test_who_joins_later_has_a_family_name_too(course: Class, tmp_path: Path) -> None:
    joins = Enrolled("c33", "Cy Aalto", family="Aalto")
    extend(course.register, course.key, [joins], joining=True)
    with course.register.reading() as connection:
        report = report_of(connection, course.key, MADE)
    assert [one.id for one in report.learners] == ["c33", ADA, BOB]


def test_cells_that_would_be_formulas_are_text(course: Class, tmp_path: Path, where: str) -> None:
    with course.register.writing() as connection:
        connection.execute(
            update(learners)
            .where(learners.c.id == ADA)
            .values(name="=HYPERLINK(1)", email="@SUM(A1)", id="-2+3")
        )
    _, rows = written(course, tmp_path, where)
    (row,) = (one for one in rows if one["name"].endswith("HYPERLINK(1)"))
    assert (row["name"], row["email"], row["id"]) == ("'=HYPERLINK(1)", "'@SUM(A1)", "'-2+3")


_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
_BEFORE = ("", " ", "\u00a0", "\u3000", "\x0b ", "\x01", "\x7f", "\u200b", "\ufeff")


@pytest.mark.parametrize("first", [blank + one for one in _STARTS for blank in _BEFORE])
def test_every_beginning_of_a_formula_is_guarded(first: str) -> None:
    (row,) = moodle_reads(as_table(["a", "b"], [[f"{first}1+1", -2.5]]))
    assert row == {"a": f"'{first}1+1", "b": "-2.5"}


def test_every_cell_is_in_quotes(course: Class, tmp_path: Path, where: str) -> None:
    with course.register.writing() as connection:
        change = update(learners).where(learners.c.id == ADA)
        connection.execute(change.values(name='Ada;=1+1;"', email="a;=2+2;b@x.example"))
    _, rows = written(course, tmp_path, where)
    assert 'Ada;=1+1;"' in [row["name"] for row in rows]
    cell = r'"(?:[^"]|"")*"'
    for line in (tmp_path / "gradebook.csv").read_text("utf-8-sig").splitlines():
        assert re.fullmatch(f"{cell}(?:,{cell})*", line), line


def test_a_score_that_moodle_refuses_is_told(course: Class, tmp_path: Path, where: str) -> None:
    course.hands_in(ADA)
    course.collect()
    told, _ = written(course, tmp_path, where)
    assert "Moodle takes no more than 100" not in told
    with course.register.writing() as connection:
        connection.execute(update(submissions).values(marks=120.5))
    told, _ = written(course, tmp_path, where)
    assert "the most here is 120.5" in told


def test_thirds_have_the_decimals_that_moodle_keeps(
    course: Class, tmp_path: Path, where: str
) -> None:
    course.hands_in(ADA)
    course.collect()
    with course.register.writing() as connection:
        connection.execute(update(submissions).values(marks=10 / 3))
    _, rows = written(course, tmp_path, where)
    assert {row["score"] for row in rows} == {"3.33333", ""}
