"""What a tutor changes on the screens of a register: releases, deadlines, works and titles."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app_driver import Size, Ui
from class_driver import opened, report_open, told_of
from handing import handed_in, machine, questions_of, submission_of, worked
from sqlalchemy import func, select, update

from tutor.classroom.assignment import read_assignment, read_release
from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.collection.collecting import collect
from tutor.classroom.collection.preferring import prefer
from tutor.classroom.demo.demo import Demo
from tutor.classroom.keys import tutor_key
from tutor.classroom.register import tables
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import open_register
from tutor.classroom.report.reading import report_of
from tutor.classroom.report.view import LearnerView
from tutor.course.loader import CourseFolder
from tutor.course.questions import SingleQuestion
from tutor.journal.store import Journal
from tutor.tui.screens.classroom_report import ReportScreen, read_report
from tutor.words import class_learner as learner_words
from tutor.words import class_screen as words
from tutor.words import collecting, housekeeping


def learners(folder: Path) -> tuple[LearnerView, ...]:
    with open_register(folder / FILE_NAME) as register, register.reading() as connection:
        return report_of(connection, 1, datetime.now(UTC)).learners


def assignments(folder: Path) -> list[str]:
    with open_register(folder / FILE_NAME) as register, register.reading() as connection:
        return [*connection.scalars(select(tables.assignments.c.title))]


async def learner_open(ui: Ui, place: int) -> None:
    await report_open(ui)
    # Where two machines handed in under one id, a part more comes first.
    parts = ui.words.split(f" {learner_words.LEARNERS} ")[0]
    await ui.press(parts[-1], *["down"] * place, "enter")
    await ui.until(lambda: ui.shows == "LearnerScreen" and bool(ui.static("#parts").strip()))
    await ui.until(lambda: words.READING not in ui.static("#parts"))


@pytest.mark.parametrize("whole_class", [True, False])
async def test_before_all_deadlines_it_is_asked_whether_to_release_all_the_same(
    files: CourseFolder,
    journal: Journal,
    sample: Demo,
    own_data_folder: Path,
    tmp_path: Path,
    whole_class: bool,
) -> None:
    table = tables.assignments if whole_class else tables.learners
    later = datetime.now(UTC) + timedelta(days=9)
    with open_register(own_data_folder / FILE_NAME) as register, register.writing() as connection:
        connection.execute(update(table).where(table.c.key == 1).values(due_at=later))
    path = tmp_path / "sample.release"
    async with opened(files, journal) as ui:
        await report_open(ui)
        for answer in "ny":
            await ui.press("l", *["backspace"] * len(words.RELEASE_FILE))
            await ui.type(str(path))
            await ui.press("enter")
            await ui.until(lambda: "Release all the same?" in ui.words)
            assert "--early" not in ui.words
            assert not path.exists()
            await ui.press(answer)
        await ui.until(lambda: "released on" in ui.words)
    assert read_release(path).excerpt.ids


async def test_a_learner_is_given_longer_time(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    place, one = next((n, one) for n, one in enumerate(learners(own_data_folder)) if one.late)
    async with opened(files, journal) as ui:
        await learner_open(ui, place)
        for typed, told in (
            ("some day", "some day"),
            ("2001-01-01", "is before the assignment itself is due"),
            ("2099-12-04 18:00", f"another deadline or extra time now: {one.id}."),
            ("2099-12-04 18:00", collecting.NOT_EXTENDED),
        ):
            await ui.press("t")
            await ui.type(typed)
            await ui.press("enter")
            await told_of(ui, told)
        await ui.until(lambda: "Own deadline Fri 04 Dec 2099" in ui.words)
        await ui.press("escape", "2")
        await ui.until(lambda: ui.shows == "ReportScreen" and one.id in ui.static("#parts"))
    after = learners(own_data_folder)[place]
    assert (after.id, after.late, after.extended) == (one.id, False, True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_list_of_learners_that_is_read_again_is_whole_at_once_and_stays_so(
    files: CourseFolder, journal: Journal, sample: Demo, size: Size
) -> None:
    async with opened(files, journal, size) as ui:
        await report_open(ui)
        await ui.press("8")
        table, before = ui.one("#items"), ui.seen("#items")
        screen = ui.app.screen
        assert isinstance(screen, ReportScreen)
        assert screen.register is not None
        # It may be painted before the table has dealt with what it was given.
        screen._show(read_report(screen.register, screen.chosen.id))
        rows = [table.render_line(y).text for y in range(table.size.height)]
        await ui.settle()
        assert ui.seen("#items") == before
        assert [row.rstrip() for row in rows] == [row.rstrip() for row in before]


async def test_of_two_machines_work_one_is_chosen_with_a_reason(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path, tmp_path: Path
) -> None:
    place, one = next(
        (n, one)
        for n, one in enumerate(learners(own_data_folder))
        if one.handed_at and not one.late and one.marks
    )
    (path,) = sample.folder.glob("*.assignment")
    assignment = read_assignment(path)
    begun = assignment.due_at - timedelta(minutes=2)
    done = submission_of(assignment, one.id, worked(assignment, one.id, {}, begun))
    handed_in(tmp_path / "in", done, assignment, key=machine("another"))
    key = tutor_key(own_data_folder)
    assert key is not None
    with open_register(own_data_folder / FILE_NAME) as register:
        (result,) = collect(register, [tmp_path / "in"], [key]).results
        with register.reading() as connection:
            answered = connection.scalars(
                select(tables.questions.c.id)
                .join(tables.attempts, tables.attempts.c.question == tables.questions.c.key)
                .where(tables.attempts.c.learner == one.key, tables.attempts.c.answer.is_not(None))
            ).all()
        choose(register, 1, Choice(one.id, answered[0], 0.0), "Dr Katz", "was ill")
    (contest,) = result.contests
    async with opened(files, journal) as ui:
        await learner_open(ui, place + 1)
        await ui.press("w")
        assert ui.shows == "LearnerScreen"
        await ui.press("p")
        await ui.until(lambda: one.id in ui.static("#parts"))
        await ui.press("w")
        await ui.until(lambda: "Which work of " in ui.words)
        assert contest.counts.receipt in ui.words
        await ui.press("1", "enter")
        await ui.type("that is theirs")
        await ui.press("enter")
        await told_of(ui, f"{contest.other.receipt} of {one.id} counts now, with 0 of ")
        assert learner_words.RESTING.format(questions=answered[0]) in ui.toasts[-1]
        await ui.until(lambda: " 0 of 62 marks." in ui.static("#parts"))
    with open_register(own_data_folder / FILE_NAME) as register, register.reading() as connection:
        assert connection.scalar(select(tables.choices.c.why)) == "that is theirs"


async def test_taking_in_tells_for_how_many_marks_rest(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path, tmp_path: Path
) -> None:
    one = next(one for one in learners(own_data_folder) if one.handed_at and not one.late)
    (path,) = sample.folder.glob("*.assignment")
    assignment = read_assignment(path)
    single = next(
        q for q in questions_of(assignment.excerpt).values() if isinstance(q, SingleQuestion)
    )

    def hands_in(number: int, answers: dict[str, object]) -> None:
        begun = assignment.due_at - timedelta(minutes=9 - number)
        events = worked(assignment, one.id, answers, begun, "another")
        done = submission_of(assignment, one.id, events, device="another", number=number)
        handed_in(tmp_path / "in", done, assignment, key=machine("another"))

    hands_in(1, {})
    key = tutor_key(own_data_folder)
    assert key is not None
    with open_register(own_data_folder / FILE_NAME) as register:
        (result,) = collect(register, [tmp_path / "in"], [key]).results
        receipt = result.contests[0].other.receipt
        prefer(register, 1, one.id, receipt, "Dr Katz", "it is theirs")
        choose(register, 1, Choice(one.id, single.id, 0.0), "Dr Katz", "was ill")
    hands_in(2, {single.id: [single.options[0].id]})
    async with opened(files, journal) as ui:
        await ui.press("c")
        await ui.type(str(tmp_path / "in"))
        await ui.press("enter")
        await told_of(ui, "Marks that you or others gave 1 learner rest, as another answer counts")


async def test_an_assignment_is_renamed_and_deleted_once_its_title_is_typed(
    files: CourseFolder, journal: Journal, sample: Demo, own_data_folder: Path
) -> None:
    (title,) = assignments(own_data_folder)
    async with opened(files, journal) as ui:
        await ui.press("r", *["backspace"] * len(title))
        await ui.type("Week 4")
        await ui.press("enter")
        await ui.until(lambda: "Week 4, due " in ui.words)
        assert assignments(own_data_folder) == ["Week 4"]
        await ui.press("d")
        await ui.until(lambda: "With Week 4 go " in ui.words)
        await ui.press("n", "d")
        for typed in ("Week 5", "week 4"):
            await ui.until(lambda: ui.shows == "SureScreen")
            await ui.press("y")
            await ui.until(lambda: housekeeping.TYPE_IT in ui.words)
            await ui.type(typed)
            await ui.press("enter")
            if typed == "Week 5":
                await told_of(ui, "that is not the title, which is Week 4")
                assert assignments(own_data_folder) == ["Week 4"]
                await ui.press("d")
        await told_of(ui, housekeeping.DELETED.format(title="Week 4"))
        await ui.until(lambda: words.ASSIGN in ui.words)
        # Nothing is left that could be.
        await ui.press("d", "r")
        assert ui.shows == "RegisterScreen"
    with open_register(own_data_folder / FILE_NAME) as register, register.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.submissions)) == 0
