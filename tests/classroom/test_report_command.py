"""`tutor report`: what it prints and writes, and the list of the register."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from classes import DAY, Class
from handouts import MADE
from report_class import NUMBER, ORDER, SINGLE, TEXT, backup, run
from sqlalchemy import update

from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import assignments
from tutor.classroom.report.lines import Look, as_text
from tutor.classroom.report.reading import report_of


@pytest.fixture
def course(fourteen: Class) -> Class:
    return fourteen


def test_a_command_of_the_report_does_what_it_says(course: Class, tmp_path: Path) -> None:
    register = tmp_path / "register.sqlite3"
    register.write_bytes(backup(course.register))
    with open_register(register) as opened, opened.reading() as connection:
        before = as_text(report_of(connection, course.key, MADE + 40 * DAY), Look(100))
    line = next(
        one for one in before.splitlines() if "--missed" in one and "register override" in one
    )
    words = line.strip().removeprefix("tutor ").replace("'...'", "unfair").split()
    told = run(*words, "--who", "Dr Katz", "--register", register)
    assert told.exit_code == 0, told.output
    assert "8 answers have other marks now" in told.output
    with open_register(register) as opened, opened.reading() as connection:
        after = report_of(connection, course.key, MADE + 40 * DAY)
    assert next(one for one in after.items if one.id == TEXT).overridden == 8
    assert "marks given by the tutor: 8" in as_text(after, Look(100))
    # What counts now is shown, and the same command has nothing left to change.
    (point, *_) = next(one for one in after.items if one.id == TEXT).points
    assert (sum(one.n for one in point.met), sum(one.n for one in point.missed)) == (0, 13)
    again = run(*words, "--who", "Dr Katz", "--register", register)
    assert again.exit_code == 2
    assert "there is no answer that this is for" in again.output


def test_the_terminal_gets_what_to_read_first_and_all_of_it_on_demand(course: Class) -> None:
    where = ("--register", course.register.where)
    first, whole = run("report", *where).output, run("report", "--all", *where).output
    assert len(first.splitlines()) < 100
    heads = (
        "What to reteach",
        "Handed in",
        "Marks of the class",
        "Who may need help",
        "Questions",
    )
    places = [first.index(f"{one}\n===") for one in heads]
    assert places == sorted(places)
    assert "--all" in " ".join(first.splitlines()[-2:])
    assert "--html" in " ".join(first.splitlines()[-2:])
    assert "Question by question\n===" not in first
    for one in (first, whole):
        assert one.count("\nQuestions\n") == 1
        assert "Efficiency: discrimination in percent of" in " ".join(one.split())
    assert "Question by question\n===" in whole


def test_json_has_all_of_it(course: Class) -> None:
    done = run("report", "--json", "--register", course.register.where)
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found.keys() >= {"objectives", "items", "learners", "sureness", "ideas", "marks"}
    assert len(found["items"]) == 4
    assert found["items"][0]["id"] == SINGLE


def test_csv_has_a_line_for_each_question(course: Class, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    done = run("report", "rest", "--csv", path, "--register", course.register.where)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    assert [row["id"] for row in rows] == [SINGLE, ORDER, NUMBER, TEXT]
    assert float(rows[0]["facility"]) == pytest.approx(8 / 13)
    assert rows[0]["seconds_median"] == "60"
    assert "…" in rows[2]["stem"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing like it"], "there is no assignment 'nothing like it' in this register"),
        (["--html", "report.txt"], "report.txt should end in .html"),
        (["--csv", "a.html"], "a.html should end in .csv"),
        (["--json", "--csv", "a.csv"], "give one of them alone"),
        (["--html", "nowhere/at/all.html"], "nowhere/at/all.html"),
    ],
)
def test_wrong_use_is_one_sentence(course: Class, arguments: Sequence[str], told: str) -> None:
    done = run("report", *arguments, "--register", course.register.where)
    assert done.exit_code == 2
    assert told in done.output


def test_a_register_without_assignments_says_what_to_do(tmp_path: Path) -> None:
    done = run("report", "--register", tmp_path / "new.sqlite3")
    assert done.exit_code == 2
    assert "make one with tutor assign" in done.output


def test_the_register_without_a_screen_is_its_list_alone(course: Class) -> None:
    done = run("register", "--plain", "--register", course.register.where)
    assert done.exit_code == 0, done.output
    assert "13 of 14 in" in done.output
    assert "released" not in done.output
    assert "What to reteach" not in done.output


def test_the_list_says_what_is_released(course: Class, tmp_path: Path) -> None:
    register = tmp_path / "register.sqlite3"
    register.write_bytes(backup(course.register))
    with open_register(register) as opened, opened.writing() as connection:
        connection.execute(update(assignments).values(released_at=MADE + 40 * DAY))
    assert ", released" in run("register", "list", "--register", register).output
