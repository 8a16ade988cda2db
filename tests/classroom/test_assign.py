"""`tutor assign`: what is handed out, what is kept of it, and what is said."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import commands
import pytest
from click.testing import CliRunner, Result
from course_files import write_course
from nacl.public import PrivateKey
from sqlalchemy import select

from tutor.classroom.assignment import Assignment, Policy, Seat, read_assignment
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.handout.making import Made, hand_out, make_assignment
from tutor.classroom.handout.selecting import drawn_by_objective, excerpt_of
from tutor.classroom.keys import public_text
from tutor.classroom.register import tables
from tutor.classroom.register.register import open_register
from tutor.classroom.register.snapshot import unpacked
from tutor.cli import assigning
from tutor.cli.commands import tutor
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank

ROSTER = "id;name;email;group;extra;due\nS 1;Ada;a@b.example;Lab A;25;\ns2;Bob;;;;2199-12-30\n"


@pytest.fixture(autouse=True)
def read_once(files: CourseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The course that comes with the program is read for the first of the commands alone."""
    monkeypatch.setattr(
        assigning, "CourseFolder", lambda own=None: CourseFolder(own) if own else files
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tutor_key: PrivateKey) -> Path:
    """A folder to work in, with a roster, for a tutor who has a key."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "roster.csv").write_text(ROSTER)
    monkeypatch.chdir(folder)
    return folder


def assign(*arguments: str, due: str = "2199-12-31", course: Path | None = None) -> Result:
    before = [] if course is None else ["--course", str(course)]
    return CliRunner().invoke(tutor, [*before, "assign", *arguments, "--due", due])


def rows(where: str | None = None) -> list[tuple[Assignment, Excerpt]]:
    with open_register(where) as register, register.reading() as connection:
        found = connection.execute(select(tables.assignments).order_by(tables.assignments.c.key))
        return [(unpacked(r.handed_out, Assignment), unpacked(r.in_full, Excerpt)) for r in found]


def test_a_module_is_handed_out_in_one_command(here: Path, tutor_key: PrivateKey) -> None:
    done = assign("rest", "--for", "roster.csv", "--tutor", "Dr Hodgkin")
    assert done.exit_code == 0
    assert [path.name for path in sorted(here.iterdir())] == ["rest.assignment", "roster.csv"]
    given = read_assignment(here / "rest.assignment")
    assert given.kind == "graded"
    assert given.title == "Rest"
    assert given.tutor == "Dr Hodgkin"
    assert given.policy == Policy()
    assert given.tutor_keys == (public_text(tutor_key),)
    assert given.excerpt.ids == tuple(one.id for one in CourseFolder().phase("rest").questions)
    # Learners are in it by hashes of their ids alone.
    assert "Ada" not in (here / "rest.assignment").read_text()
    assert len(given.seats) == 2
    assert given.seat("s 1") == Seat(extra=25.0)
    bob = given.seat("S2")
    assert bob is not None
    assert bob.due_at is not None
    assert bob.due_at.year == 2199
    assert given.seat("s3") is None


def test_what_is_said_tells_what_was_made_and_what_comes_next(here: Path) -> None:
    done = assign("rest", "--for", "roster.csv")
    given = read_assignment(here / "rest.assignment")
    marks = sum(given.excerpt.marks.values())
    for told in (
        "Wrote rest.assignment: Rest (graded).",
        f"22 questions, {marks:g} marks, for 2 learners.",
        "Due Tuesday 31 December 2199, 23:59 (",
        "`tutor open rest.assignment`",
        "`tutor submit`",
        "`tutor collect FOLDER`",
        "register.sqlite3",
        "22 of 22 questions also stand, with their keys, in the course that learners have",
    ):
        assert told in done.output


def test_the_register_keeps_the_file_the_questions_in_full_and_the_learners(here: Path) -> None:
    assign("rest", "--for", "roster.csv")
    ((given, in_full),) = rows()
    assert given == read_assignment(here / "rest.assignment")
    course = {one.id: one for one in CourseFolder().phase("rest").questions}
    for question in in_full.phases[0].questions:
        assert question.explanation == course[question.id].explanation
        assert question.proof == course[question.id].proof
    with open_register() as register, register.reading() as connection:
        asked = connection.execute(select(tables.questions)).all()
        assert [(row.id, row.number) for row in asked] == [
            (one, number) for number, one in enumerate(given.excerpt.ids, 1)
        ]
        for row in asked:
            assert (row.kind, row.phase) == (course[row.id].kind, "rest")
            assert row.max_marks == given.excerpt.marks[row.id]
            aims = select(tables.objectives.c.objective)
            found = connection.scalars(aims.where(tables.objectives.c.question == row.key))
            assert sorted(found) == sorted(course[row.id].objectives)
        ada, bob = connection.execute(select(tables.learners)).all()
        assert (ada.learner, ada.id, ada.name, ada.email) == ("s 1", "S 1", "Ada", "a@b.example")
        assert (ada.team, ada.extra, ada.due_at, ada.enrolled) == ("Lab A", 25.0, None, True)
        assert bob.due_at > datetime(2199, 12, 29, tzinfo=UTC)


def test_a_private_course_is_taken_as_easily_and_stands_nowhere_else(here: Path) -> None:
    course = write_course(here / "mine")
    done = assign("first", course=course)
    assert done.exit_code == 0, done.output
    assert "None of its questions stands in the course that learners have installed" in done.output
    given = read_assignment(next(here.glob("*.assignment")))
    assert set(given.excerpt.ids) == set(Bank(CourseFolder(course)).by_id)
    assert given.seats == {}
    assert "for anyone who gives an id" in done.output


def test_a_copied_stem_is_counted_as_installed_under_whatever_id(here: Path) -> None:
    stem = CourseFolder().phase("rest").questions[1].stem
    course = write_course(here / "mine")
    phase = course / "phases" / "spark.yaml"
    own = CourseFolder(course).phase("spark").questions[0].stem.strip()
    lines = " ".join(stem.upper().split()).replace('"', "'")
    assert own in phase.read_text()
    phase.write_text(phase.read_text().replace(own, f'"{lines}"', 1))
    done = assign("first", course=course)
    assert done.exit_code == 0, done.output
    assert "1 of" in done.output
    assert "question" in done.output.split("1 of")[1]


def test_practice_carries_its_keys_and_is_begun_as_often_as_one_likes(here: Path) -> None:
    done = assign("rest", "--practice", "--out", "p.assignment")
    assert "with keys and feedback in the file" in done.output
    assert "installed" not in done.output
    given = read_assignment(here / "p.assignment")
    assert given.kind == "practice"
    assert given.policy == Policy(attempts=0, hints=True, feedback="at-once")
    ((_, in_full),) = rows()
    assert given.excerpt == in_full


def test_a_mock_exam_carries_its_keys_and_keeps_the_rules_of_an_exam(here: Path) -> None:
    done = assign(
        *("rest", "--practice", "--feedback", "at-end", "--minutes", "45", "--out", "m.assignment")
    )
    assert done.exit_code == 0, done.output
    given = read_assignment(here / "m.assignment")
    assert given.kind == "practice"
    assert given.policy == Policy(feedback="at-end", minutes=45.0)
    ((_, in_full),) = rows()
    assert given.excerpt == in_full


def test_rules_of_the_work_are_kept(here: Path) -> None:
    done = assign(
        *("rest", "--minutes", "45", "--attempts", "2", "--hints", "--no-skip"),
        *("--late", "reduce", "--late-percent", "10", "--title", "Week 3: Rest/…"),
    )
    assert done.exit_code == 0, done.output
    given = read_assignment(here / "week-3-rest.assignment")
    assert given.policy == Policy(
        attempts=2, hints=True, skip=False, minutes=45.0, late="reduce", late_percent=10.0
    )
    hints = {one.hint for one in given.excerpt.phases[0].questions}
    assert hints == {one.hint for one in CourseFolder().phase("rest").questions}


def test_so_many_questions_for_each_objective_are_drawn_by_the_seed(here: Path) -> None:
    bank = [one for one in Bank(CourseFolder()) if one.phase in ("rest", "peak")]
    for count in (1, 2, 50):
        drawn = drawn_by_objective(bank, count, 7)
        for aim in {aim for one in bank for aim in one.question.objectives}:
            there = sum(aim in one.question.objectives for one in bank)
            found = sum(aim in one.question.objectives for one in drawn)
            assert min(count, there) <= found
        assert [one for one in bank if one in drawn] == list(drawn)
        # No more of them than are needed.
        assert count == 50 or len(drawn) < len(bank)
    ids = []
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        done = assign("rest", "peak", "--questions", "1", "--seed", seed, "--out", name)
        assert f"--seed {seed} draws the same again" in done.output
        ids.append(read_assignment(here / name).excerpt.ids)
    assert ids[0] == ids[1] != ids[2]


def test_how_so_many_came_of_it_is_told_and_which_objectives_have_fewer(here: Path) -> None:
    done = assign("rest", "--questions", "2", "--seed", "3", "--out", "two")
    drawn = read_assignment(here / "two").excerpt
    asks = [one.objectives for one in CourseFolder().phase("rest").questions]
    several = sum(len(aims) > 1 for aims in asks)
    assert several
    assert len(drawn.ids) < 12
    lines = done.output.splitlines()
    told = f"--questions 2 for 6 objectives (2 x 6 = 12) gave {len(drawn.ids)} questions."
    place = lines.index(told)
    assert "count for each" in lines[place + 1]
    assert "Fewer than" not in done.output
    # Of a kind that few of them have, some objectives have fewer and others none at all.
    some = assign("rest", "--kind", "ordering", "--questions", "2", "--out", "some")
    phase = CourseFolder().phase("rest")
    there = {
        one.text.rstrip("."): sum(
            one.id in question.objectives
            for question in phase.questions
            if question.kind == "ordering"
        )
        for one in phase.objectives
    }
    assert 0 in there.values()
    listed = some.output.split("Fewer than 2 questions are there for:\n")[1].splitlines()
    assert set(listed[: len(there)]) >= {
        f"  {text} ({count})" for text, count in there.items() if count < 2
    }


def test_questions_may_be_picked_by_hand_beside_a_module_or_without_one(here: Path) -> None:
    done = assign("rest", "--kind", "text", "--question", "peak.q2", "--out", "a")
    assert done.exit_code == 0, done.output
    assert read_assignment(here / "a").excerpt.ids == ("rest.q6", "rest.q8", "peak.q2")
    assign("--question", "peak.q2", "--question", "rest.q3", "--out", "b")
    assert read_assignment(here / "b").excerpt.ids == ("rest.q3", "peak.q2")


def test_a_paper_is_drawn_by_a_blueprint_with_its_sections_and_minutes(here: Path) -> None:
    done = assign("--exam", "a-level", "--seed", "5")
    assert done.exit_code == 0, done.output
    (file,) = here.glob("*.assignment")
    given = read_assignment(file)
    assert given.policy.minutes == 30
    assert given.sections[0] == ("Section A: multiple choice", 7)
    assert sum(count for _, count in given.sections) == len(given.excerpt.ids)
    assert sum(given.excerpt.marks.values()) == 25
    assign("--exam", "a-level", "--seed", "5", "--minutes", "50", "--out", "longer")
    again = read_assignment(here / "longer")
    assert again.excerpt.ids == given.excerpt.ids
    assert again.policy.minutes == 50


def test_it_is_sealed_to_the_own_key_and_to_those_of_other_tutors(
    here: Path, tutor_key: PrivateKey
) -> None:
    other = public_text(PrivateKey.generate())
    assign("rest", "--to", other, "--to", other, "--to", public_text(tutor_key))
    given = read_assignment(here / "rest.assignment")
    assert given.tutor_keys == (public_text(tutor_key), other)


def test_no_file_is_ever_overwritten(here: Path) -> None:
    (here / "rest.assignment").write_text("mine")
    done = assign("rest")
    assert done.exit_code == 2
    assert "there is rest.assignment already; name another file with --out" in done.output
    assert (here / "rest.assignment").read_text() == "mine"
    assert rows() == []


@pytest.mark.parametrize(
    ("arguments", "due", "told"),
    [
        ([], "2199-12-31", "name a module or phase"),
        (["rets"], "2199-12-31", "did you mean 'rest'"),
        (["--question", "rest.q99"], "2199-12-31", "did you mean 'rest.q9"),
        (["rest"], "2020-01-01", "has passed"),
        (["rest"], "someday", "'someday' is no deadline"),
        (["rest"], "9999-12-31", "2000"),
        (["rest", "--to", "abc"], "2199-12-31", "'abc' is no public key"),
        (["rest", "--exam", "a-level"], "2199-12-31", "leave out modules"),
        (["--exam", "no-such"], "2199-12-31", "no-such"),
        (["rest", "--practice", "--minutes", "5"], "2199-12-31", "--minutes is for work that is"),
        (["rest", "--practice", "--attempts", "2"], "2199-12-31", "take --feedback at-end"),
        (["rest", "--feedback", "at-end"], "2199-12-31", "add --practice"),
        (["rest", "--practice", "--feedback", "released"], "2199-12-31", "leave out --feedback"),
        (["rest", "--late", "reduce"], "2199-12-31", "--late-percent"),
        (["rest", "--late-percent", "5"], "2199-12-31", "--late reduce"),
        (["rest", "--kind", "text", "--track", "M"], "2199-12-31", "no question is all of that"),
        (["rest", "--out", "no/such/f"], "2199-12-31", "there is no folder"),
        (["rest", "--register", "mysql://u:pw@h/d"], "2199-12-31", "is no address"),
    ],
)
def test_what_is_wrongly_asked_for_is_told_and_nothing_is_written(
    arguments: list[str], due: str, told: str, here: Path
) -> None:
    done = assign(*arguments, due=due)
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code in (1, 2)
    assert told in done.output
    assert not list(here.glob("*.assignment*"))


def test_a_roster_that_is_not_there_is_told(here: Path) -> None:
    done = commands.tutor("assign", "rest", "--due", "2199-12-31", "--for", "none.csv")
    assert done.returncode == 1
    assert done.stderr == "tutor: the system refused (none.csv): No such file or directory\n"


def test_mistakes_in_the_roster_stop_it_with_their_lines(here: Path) -> None:
    (here / "roster.csv").write_text("id,extra,due\ns1,lots,\ns2,,2020-01-01\n")
    done = assign("rest", "--for", "roster.csv")
    assert done.exit_code == 1
    assert "roster.csv, line 2: 'lots' is no extra time" in done.output
    (here / "roster.csv").write_text("id,extra,due\ns1,5,\ns2,,2020-01-01\n")
    done = assign("rest", "--for", "roster.csv")
    assert done.exit_code == 1
    assert "roster.csv, line 3: the deadline of s2, " in done.output
    assert rows() == []


def test_who_hides_the_set_up_of_the_trace_that_is_seen_is_told_which_questions(
    here: Path,
) -> None:
    course = write_course(here / "mine")
    phase = course / "phases" / "spark.yaml"
    text = phase.read_text().replace(
        "    setup:", "    hides_set_up: true\n    seen: all\n    setup:", 1
    )
    phase.write_text(text)
    done = assign("first", course=course)
    assert done.exit_code == 2
    assert "spark.q1: the trace shown before the answer is of the set-up" in done.output
    assert assign("first", "--practice", course=course).exit_code == 0


def test_without_a_key_a_script_is_told_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = commands.tutor("assign", "rest", "--due", "2199-12-31")
    assert done.returncode == 2
    assert "`tutor register key --copy FILE`" in done.stderr
    assert not list(tmp_path.glob("*.assignment"))


@pytest.fixture
def made(files: CourseFolder) -> Made:
    return made_of(files)


def made_of(files: CourseFolder) -> Made:
    now = datetime.now(UTC)
    return make_assignment(
        excerpt_of(files, [one for one in Bank(files) if one.phase == "rest"]),
        title="Rest",
        due_at=now + timedelta(days=1),
        policy=Policy(),
        tutor_keys=["B" * 42 + "A="],
        made_at=now,
    )


def test_a_register_that_cannot_be_written_leaves_no_file(made: Made, tmp_path: Path) -> None:
    with open_register(tmp_path / "r.sqlite3") as register:
        with register.writing() as connection:
            tables.learners.drop(connection)
            tables.assignments.drop(connection)
        with pytest.raises(Exception, match="assignments"):
            hand_out(made, register, tmp_path / "a.assignment")
    assert not list(tmp_path.glob("a.*"))


def test_a_file_that_came_meanwhile_is_left_as_it_is(made: Made, tmp_path: Path) -> None:
    where = tmp_path / "r.sqlite3"
    (tmp_path / "a.assignment").write_text("mine")
    with open_register(where) as register, pytest.raises(FileExistsError):
        hand_out(made, register, tmp_path / "a.assignment")
    assert rows(str(where)) == []
    assert (tmp_path / "a.assignment").read_text() == "mine"


def test_a_file_that_cannot_be_written_leaves_no_row(made: Made, tmp_path: Path) -> None:
    where = tmp_path / "r.sqlite3"
    with open_register(where) as register, pytest.raises(OSError, match="No such"):
        hand_out(made, register, tmp_path / "none" / "a.assignment")
    assert rows(str(where)) == []


def test_two_assignments_never_share_an_id_or_a_secret(files: CourseFolder) -> None:
    first, second = made_of(files).assignment, made_of(files).assignment
    for name in ("id", "salt", "variant_key"):
        assert getattr(first, name) != getattr(second, name)
    assert first.excerpt != second.excerpt
