"""The tutor's register on the screen: assignments, taking in, reports, marks of one's own."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app_driver import Size, Ui, known_learner, started
from class_driver import LEARNERS, opened, report_open, told_of
from handing import handed_in, machine, submission_of, worked
from sqlalchemy import func, select, update

from tutor.classroom.assignment import read_assignment, read_release
from tutor.classroom.demo.demo import Demo, make_demo
from tutor.classroom.register import tables
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import open_register
from tutor.classroom.report.reading import report_of
from tutor.classroom.report.telling import person
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plot.figure import Mode
from tutor.tui.screens.classroom import RegisterScreen
from tutor.words import class_learner as learner_words
from tutor.words import class_report as report_words
from tutor.words import class_screen as words
from tutor.words import classroom as class_words

SIZES = [(60, 16), (80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_assignments_stand_there_with_what_was_handed_in(
    files: CourseFolder, journal: Journal, sample: Demo, size: Size
) -> None:
    async with opened(files, journal, size) as ui:
        assert "Sample: the spike, due " in ui.words
        handed = LEARNERS - sample.missing - 4
        assert f"{handed} of {LEARNERS} handed in, {sample.late} late" in ui.words


async def test_a_register_without_assignments_says_how_to_make_one(
    files: CourseFolder, journal: Journal
) -> None:
    async with opened(files, journal) as ui:
        assert words.ASSIGN in ui.words
        await ui.press("enter")
        assert ui.shows == "RegisterScreen"


async def test_a_register_that_cannot_be_read_says_why(
    files: CourseFolder, journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no database at all, but long enough to be read as one")
    async with started(files, known_learner(journal)) as ui:
        ui.app.push_screen(RegisterScreen(str(tmp_path / "notes.txt")))
        await ui.until(lambda: bool(ui.toasts))
        assert "notes.txt" in ui.toasts[-1]
        assert words.READING not in ui.words
        await ui.press("c", "escape")
        assert ui.shows == "HomeScreen"


async def test_what_was_handed_in_is_taken_in_from_the_screen(
    files: CourseFolder, journal: Journal, own_data_folder: Path
) -> None:
    demo = make_demo(files, own_data_folder, 20)
    ready = re.compile(r"Taken in from \d+ learners: \d+ files \(\d+ new\)\. Set aside: \d+\.")
    async with opened(files, journal) as ui:
        assert "0 of 20 handed in" in ui.words
        await ui.press("c")
        await ui.type(str(demo.folder / "submissions"))
        await ui.press("enter")
        await ui.until(lambda: any(ready.match(toast) for toast in ui.toasts))
        await ui.until(lambda: f"{16 - demo.missing} of 20 handed in" in ui.words)


async def test_that_two_machines_handed_in_under_one_id_is_told_first(
    files: CourseFolder, journal: Journal, sample: Demo, tmp_path: Path
) -> None:
    (path,) = sample.folder.glob("*.assignment")
    assignment = read_assignment(path)
    with open_register() as register, register.reading() as connection:
        learner = connection.scalars(
            select(tables.learners.c.id)
            .join(tables.submissions, tables.submissions.c.learner == tables.learners.c.key)
            .where(tables.submissions.c.state == "counts", ~tables.submissions.c.late)
        ).first()
    assert learner is not None
    begun = assignment.due_at - timedelta(minutes=2)
    done = submission_of(assignment, learner, worked(assignment, learner, {}, begun))
    handed_in(tmp_path / "in", done, assignment, key=machine("another"))
    async with opened(files, journal) as ui:
        await ui.press("c")
        await ui.type(str(tmp_path / "in"))
        await ui.press("enter")
        says = "Two machines handed in under 1 id: its report says how to choose."
        await ui.until(lambda: any(toast.startswith(says) for toast in ui.toasts))


async def test_taking_in_from_a_place_that_is_not_there_says_so(
    files: CourseFolder, journal: Journal, sample: Demo
) -> None:
    async with opened(files, journal) as ui:
        await ui.press("c")
        await ui.type("/nowhere/at/all")
        await ui.press("enter")
        assert ui.toasts[-1] == words.NO_SUCH_PLACE.format(place="/nowhere/at/all")


async def test_without_a_key_it_says_how_to_get_one(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    (own_data_folder / "tutor-key.txt").unlink()
    async with opened(files, journal) as ui:
        await ui.press("c")
        await ui.type(str(own_data_folder / "submissions"))
        await ui.press("enter")
        await ui.until(lambda: any(words.KEY_COMMAND in toast for toast in ui.toasts))


async def seen_in_all(ui: Ui) -> str:
    """Every row that comes to be seen when one scrolls from top to bottom."""
    rows, box = list(ui.rows), ui.one("#report")
    while box.display and box.scroll_y < box.max_scroll_y:
        before = box.scroll_y
        await ui.press("pagedown")
        await ui.until(lambda before=before: box.scroll_y > before)
        await ui.settle()
        rows += ui.rows
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize("mode", ["ascii", "braille"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_part_of_a_report_can_be_read_at_every_size(
    files: CourseFolder, journal: Journal, sample: Demo, size: Size, mode: Mode
) -> None:
    async with opened(files, known_learner(journal), size) as ui:
        ui.app.show_in(mode)
        await report_open(ui)
        assert report_words.RETEACH in ui.words
        assert "of the marks (n = " in await seen_in_all(ui)
        for digit, found in enumerate(
            (
                report_words.RETEACH,
                "learners handed in",
                "Mean ",
                "Wrong idea",
                "Facility",
                "certain",
                report_words.RISK_REASONS["nothing"],
                learner_words.LEARNER_HEADS[0],
                class_words.SEAL_BROKEN,
            ),
            start=1,
        ):
            await ui.press(str(digit))
            shown = await seen_in_all(ui)
            assert found in shown
            if mode == "ascii":
                assert shown.isascii()


async def test_parts_follow_each_other_with_n_and_p(
    files: CourseFolder, journal: Journal, sample: Demo
) -> None:
    async with opened(files, journal) as ui:
        await report_open(ui)
        first = ui.static("#parts")
        await ui.press("n")
        assert "learners handed in" in ui.static("#parts")
        await ui.press("p")
        assert ui.static("#parts") == first
        await ui.press("p")
        assert class_words.SEAL_BROKEN in ui.static("#parts")


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_opens_with_what_was_answered_and_the_next_one_follows(
    files: CourseFolder, journal: Journal, sample: Demo, size: Size
) -> None:
    async with opened(files, journal, size) as ui:
        await report_open(ui)
        await ui.press("5", "down", "enter")
        assert ui.shows == "ItemScreen"
        assert "question 2 of 40" in ui.words
        await ui.press("p")
        assert "question 1 of 40" in ui.words
        assert report_words.OPTIONS in ui.words
        await ui.press("escape")
        await ui.until(lambda: ui.shows == "ReportScreen")


@pytest.mark.parametrize("size", SIZES)
async def test_a_learner_opens_with_each_answer_and_its_marks_and_the_next_one_follows(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path, size: Size
) -> None:
    with open_register(own_data_folder / FILE_NAME) as register, register.reading() as connection:
        report = report_of(connection, 1, datetime.now(UTC))
    who = [person(one) for one in report.learners]
    there = next(place for place, one in enumerate(report.learners[1:], 1) if one.handed_at)
    async with opened(files, journal, size) as ui:
        await report_open(ui)
        await ui.press("8", *["down"] * there, "enter")
        await ui.until(lambda: ui.shows == "LearnerScreen" and who[there] in ui.static("#parts"))
        await ui.settle()
        assert f"learner {there + 1} of {LEARNERS}" in ui.words
        assert "Answer: " in await seen_in_all(ui)
        assert "receipt " in ui.static("#parts")
        await ui.press("n", "p", "p")
        await ui.until(lambda: who[there - 1] in ui.static("#parts"))
        await ui.press("escape")
        await ui.until(lambda: ui.shows == "ReportScreen")
        # Back among the learners; the questions keep a place of their own.
        await ui.press("5", "8", "enter")
        await ui.until(lambda: ui.shows == "LearnerScreen" and who[there] in ui.static("#parts"))


def a_written_question(folder: Path) -> tuple[int, float]:
    """The number of a written question, and the sum of all marks given for it."""
    with open_register(folder / FILE_NAME) as register, register.reading() as connection:
        number = connection.scalar(
            select(tables.questions.c.number).where(tables.questions.c.kind == "text")
        )
        assert number is not None
        return number, connection.scalar(
            select(func.sum(tables.attempts.c.marks))
            .join(tables.questions, tables.questions.c.key == tables.attempts.c.question)
            .where(tables.questions.c.number == number)
        ) or 0.0


async def test_answers_that_miss_a_point_are_given_its_marks_with_a_reason(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    number, before = a_written_question(own_data_folder)
    async with opened(files, journal) as ui:
        await report_open(ui)
        await ui.press("5", *["down"] * (number - 1), "enter", "o")
        missed = next(row for row in ui.rows if "Missed, to count as met" in row)
        await ui.press(missed.strip(" >")[0], "enter")
        await ui.type("said it in other words")
        await ui.press("enter")
        await ui.until(lambda: any("Marks given: n = " in toast for toast in ui.toasts))
        await ui.until(lambda: "The tutor gave other marks for " in ui.words)
    assert a_written_question(own_data_folder)[1] > before
    with open_register(own_data_folder / FILE_NAME) as register, register.reading() as connection:
        whys = connection.scalars(select(tables.overrides.c.why)).all()
    assert set(whys) == {"said it in other words"}


@pytest.mark.parametrize("kind", ["ordering", "single"])
async def test_answers_that_are_alike_are_given_marks_and_what_is_no_mark_is_refused(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path, kind: str
) -> None:
    with open_register(own_data_folder / FILE_NAME) as register, register.reading() as connection:
        number = connection.scalar(
            select(tables.questions.c.number).where(tables.questions.c.kind == kind)
        )
    assert number is not None
    async with opened(files, journal) as ui:
        await report_open(ui)
        await ui.press("5", *["down"] * (number - 1), "enter")
        for typed, told in (
            ("many", "a number from 0 to"),
            ("99", "not to 99"),
            ("0", "n = "),
            ("0", words.NOTHING_CHANGED),
        ):
            await ui.press("o", "1", "enter")
            await ui.type(typed)
            await ui.press("enter")
            if typed != "many":
                await ui.type("because")
                await ui.press("enter")
            await told_of(ui, told)


async def test_where_every_answer_has_full_marks_it_says_so_and_what_changes_one(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    with open_register(own_data_folder / FILE_NAME) as register, register.writing() as connection:
        full = select(tables.questions.c.max_marks).where(
            tables.questions.c.key == tables.attempts.c.question
        )
        connection.execute(update(tables.attempts).values(marks=full.scalar_subquery()))
    async with opened(files, journal) as ui:
        await report_open(ui)
        await ui.press("5", "enter", "o")
        assert "full marks" in ui.toasts[-1]
        assert "tutor register override" in ui.toasts[-1]


async def test_the_page_and_the_gradebook_are_written_and_nothing_is_lost_unasked(
    files: CourseFolder, journal: Journal, sample: Demo, tmp_path: Path
) -> None:
    async with opened(files, journal) as ui:
        await report_open(ui)
        for key, name in (("e", "report.html"), ("g", "gradebook.csv")):
            path = tmp_path / "out" / name
            path.parent.mkdir(exist_ok=True)
            for again in (False, True):
                await ui.press(key, *["backspace"] * len(name))
                await ui.type(str(path))
                await ui.press("enter")
                if again:
                    assert ui.shows == "SureScreen"
                    await ui.press("n")
                else:
                    await told_of(ui, name)
                    ui.app.clear_notifications()
        page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert report_words.RETEACH in page
    assert (tmp_path / "out" / "gradebook.csv").read_text("utf-8").count("@class.example")


async def test_keys_are_released_from_the_screen(
    files: CourseFolder, journal: Journal, sample: Demo, tmp_path: Path
) -> None:
    async with opened(files, journal) as ui:
        await report_open(ui)
        await ui.press("l", *["backspace"] * len(words.RELEASE_FILE))
        await ui.type(str(tmp_path / "sample.release"))
        await ui.press("enter")
        await ui.until(lambda: "released on" in ui.words)
        await ui.press("escape")
        await ui.until(lambda: ", released" in ui.words)
    assert read_release(tmp_path / "sample.release").excerpt.ids


async def test_what_comes_from_a_class_is_never_markup(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    hostile = "[@click=app.quit]x[/b][/]"
    with open_register(own_data_folder / FILE_NAME) as register, register.writing() as connection:
        connection.execute(update(tables.learners).values(name=hostile))
        connection.execute(update(tables.assignments).values(title=hostile))
        connection.execute(update(tables.set_aside).values(file=hostile))
    async with opened(files, journal) as ui:
        assert "[@click=app.quit]" in ui.words
        await report_open(ui)
        for digit in "123456789":
            await ui.press(digit)
        assert "[@click=app.quit]x[/b][/]: " in ui.words
