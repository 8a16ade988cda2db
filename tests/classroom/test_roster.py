"""Lists of learners, as tutors and learning platforms write them, and deadlines."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.classroom.handout.deadlines import read_deadline
from tutor.classroom.handout.roster import Enrolled, Roster, RosterProblem, read_roster

#: A Wednesday.
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MOODLE = (
    '"First name","Last name","ID number","Email address",Groups\r\n'
    'Ada,Lovelace,s1,ada@uni.example,"Lab A, Lab B"\r\n'
    "Émilie,du Châtelet,,emilie@uni.example,Lab B\r\n"
)


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def read(tmp_path: Path, text: str | bytes) -> Roster:
    file = tmp_path / "roster.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(file, NOW)


def problems(tmp_path: Path, text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(RosterProblem) as caught:
        read(tmp_path, text)
    return caught.value.problems


def test_the_participants_that_moodle_exports_are_read_as_they_come(tmp_path: Path) -> None:
    roster = read(tmp_path, b"\xef\xbb\xbf" + MOODLE.encode())
    assert roster == Roster(
        (
            Enrolled(
                *("s1", "Ada Lovelace", "ada@uni.example", "Lab A, Lab B"),
                line=2,
                family="Lovelace",
            ),
            # Who has no number there is known by their mail address.
            Enrolled(
                *("emilie@uni.example", "Émilie du Châtelet", "emilie@uni.example", "Lab B"),
                line=3,
                family="du Châtelet",
            ),
        )
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_end_of_line_will_do(
    separator: str, end: str, tmp_path: Path
) -> None:
    rows = [
        ["ID", "Name", "E-Mail", "Group", "Extra (percent)", "Due"],
        ["s1", "Ada", "a@b.example", "g", "25", "2026-12-31 10:00"],
        ["", "", "", "", "", ""],
        ["s2", "", "", "", "12.5%", ""],
        ["s3"],
    ]
    found = read(tmp_path, end.join(separator.join(row) for row in rows) + end + end)
    due = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    assert found.learners == (
        Enrolled("s1", "Ada", "a@b.example", "g", 25.0, due, 2),
        Enrolled("s2", extra=12.5, line=4),
        Enrolled("s3", line=5),
    )


def test_a_column_may_stand_anywhere_and_be_called_otherwise(tmp_path: Path) -> None:
    found = read(tmp_path, "Remark,Extra time,STUDENT_ID,full name\nx,50,7,Ada\n")
    assert found.learners == (Enrolled("7", "Ada", extra=50.0, line=2),)


def test_what_is_not_utf8_is_read_as_windows_writes_it_and_that_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "id;name\ns1;Jürgen\n".encode("cp1252"))
    assert found.learners[0].name == "Jürgen"
    assert "roster.csv is not in UTF-8" in found.notices[0]
    # Windows has no letter for some bytes.
    assert read(tmp_path, b"id\nJ\x81\xfc\n").learners[0].id == "J\N{REPLACEMENT CHARACTER}ü"


def test_ids_that_are_compared_as_the_same_are_told_with_their_lines(tmp_path: Path) -> None:
    told = problems(tmp_path, "id,name\nS1,Ada\ns2,Bob\n s1 ,Eve\n")
    assert told == (
        "roster.csv, lines 2, 4: the id S1 stands there more than once; leave one line of them.",
    )


def test_a_line_that_stands_there_twice_counts_once_and_that_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name,extra\ns1,Ada,25\ns2,Bob,\nS1 ,Ada,25%\ns1,Ada,25\n")
    assert [one.line for one in found.learners] == [2, 3]
    assert found.notices == (
        "roster.csv, lines 2, 4, 5: these say the same of the id s1, which is taken once.",
    )
    (told,) = problems(tmp_path, "id,name,extra\ns1,Ada,25\ns1,Ada,25\ns1,Ada,50\n")
    assert "lines 2, 3, 4: the id s1 stands there more than once" in told


def test_a_line_without_id_and_address_is_left_out_and_that_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name,email,extra\n,Prof. Katz,,lots\ns1,Ada,,\n")
    assert [one.id for one in found.learners] == ["s1"]
    assert found.notices == (
        "roster.csv: line 2 (Prof. Katz) is left out, as it has neither an id nor a mail address.",
    )
    many = read(tmp_path, "id,first name,surname\n" + ",,\n,Bernard,Katz\n,,Hodgkin\n" + "s1,A,\n")
    assert many.notices == (
        "roster.csv: lines 3 (Bernard Katz), 4 (Hodgkin) are left out, as they have neither an id "
        "nor a mail address.",
    )
    (told,) = problems(tmp_path, "id,name\n,Prof. Katz\n")
    assert "names no learner" in told


def test_the_participants_of_a_german_moodle_are_read_as_they_come(tmp_path: Path) -> None:
    text = (
        "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Gruppen\n"
        "Jürgen,Groß,s1,jg@uni.example,Übung 1\n"
    )
    assert read(tmp_path, text).learners == (
        Enrolled("s1", "Jürgen Groß", "jg@uni.example", "Übung 1", line=2, family="Groß"),
    )


@pytest.mark.parametrize(
    ("first", "separator"),
    [("sep=;", ";"), ("SEP=,", ","), ("sep=\t", "\t"), ('"sep=|"', "|")],
)
def test_the_line_with_which_a_spreadsheet_names_the_separator_is_obeyed(
    first: str, separator: str, tmp_path: Path
) -> None:
    # More of the others stand in the first line of columns, and this one is obeyed all the same.
    rows = [["id", '"name, given; family"', "name"], ["s1", "x", "Ada"]]
    found = read(tmp_path, "\r\n".join([first, *(separator.join(row) for row in rows)]))
    assert found.learners == (Enrolled("s1", "Ada", line=3),)


def test_every_mistake_of_a_list_is_told_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    told = problems(tmp_path, "id,extra,due\ns1,lots,\n,,\ns2,,soon\ns3,-5,\ns4,nan,\n")
    lines = [int(one.split("line ")[1].split(":")[0]) for one in told]
    assert lines == [2, 4, 5, 6]
    assert "'lots' is no extra time; write percent from 0 to 400" in told[0]
    assert "'soon' is no deadline" in told[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no learner"),
        ("\n\n", "names no learner"),
        ("id,name\n", "names no learner"),
        ("s1\ns2\n", "no column for ids"),
        ("a,b\n1,2\n", "it names a, b"),
        (b"\x00\x01\x02\xff\xfe", "no column for ids"),
        (b"x" * (5 * 1024 * 1024), "larger than 4 MB"),
        (b'id,name\ns1,"' + b"x" * 200_000, "this is no CSV"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    text: str | bytes, told: str, tmp_path: Path
) -> None:
    (said,) = problems(tmp_path, text)
    assert said.startswith("roster.csv")
    assert told in said
    assert "\x1b" not in said


def test_text_that_acts_on_terminals_or_spreadsheets_is_made_harmless(tmp_path: Path) -> None:
    text = 'id,name\n"=""007""",\x1b]52;c;x\x07Ada\u202e\ns2,"one\n two"\n'
    first, second = read(tmp_path, text).learners
    # A spreadsheet keeps leading zeros in this way.
    assert first.id == "007"
    assert not set(first.name) & {"\x1b", "\x07", "\u202e"}
    assert second.name == "one two"


def test_a_very_long_cell_is_cut(tmp_path: Path) -> None:
    (learner,) = read(tmp_path, f"id,name\ns1,{'x' * 5000}\n").learners
    assert len(learner.name) <= 100


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-04 18:00", datetime(2026, 12, 4, 17, 0, tzinfo=UTC)),
        ("2026-07-04 18:00", datetime(2026, 7, 4, 16, 0, tzinfo=UTC)),
        ("2026-12-04T18:00:30", datetime(2026, 12, 4, 17, 0, 30, tzinfo=UTC)),
        ("2026-12-04T18:00Z", datetime(2026, 12, 4, 18, 0, tzinfo=UTC)),
        ("2026-12-04 18:00-05:00", datetime(2026, 12, 4, 23, 0, tzinfo=UTC)),
        ("2026-12-04", datetime(2026, 12, 4, 22, 59, tzinfo=UTC)),
        ("friday", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        (" Friday  08:30 ", datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
        ("wednesday", datetime(2026, 11, 25, 22, 59, tzinfo=UTC)),
        ("today 18:00", datetime(2026, 11, 18, 17, 0, tzinfo=UTC)),
        ("Tuesday", datetime(2026, 11, 24, 22, 59, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 11, 19, 22, 59, tzinfo=UTC)),
        ("04.12.2026", datetime(2026, 12, 4, 22, 59, tzinfo=UTC)),
        ("4.12.2026 18:00", datetime(2026, 12, 4, 17, 0, tzinfo=UTC)),
        ("04.07.2026T18:00", datetime(2026, 7, 4, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_deadline_may_be_a_moment_a_date_or_a_day(text: str, moment: datetime) -> None:
    found = read_deadline(text, NOW)
    assert found == moment
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31.02.2026", "12.2026", "04.12.26", "04/12/2026", "4.13.2026 18:00",
     "2026-13-01", "2026-12-04 25:00", "friday noon",
     "20261204 1800 x", "\x1b[2J", "T", "friday 10:00+01:00x"],
)  # fmt: skip
def test_what_is_no_deadline_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write one such as 2026-12-04 18:00") as caught:
        read_deadline(text, NOW)
    assert "\x1b" not in str(caught.value)
