"""Assignments in the app: found, worked through, handed in, and read with their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_driver import LARGE, SMALL, Size, Ui, known_learner, squeezed, started
from handouts import ADA, BOB, Clock, HandOut, hand_out

from tutor.classroom.keys import key_name
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.handing_in import hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.learner.sitting import Sitting
from tutor.classroom.submission import open_submission
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, EXAM_ANSWER, SUBMITTED
from tutor.journal.store import Journal
from tutor.session.exam.report import Given
from tutor.session.views import QuestionView
from tutor.tui.screens.assigned_work import SittingScreen
from tutor.tui.screens.assignments import open_assignments
from tutor.words.assigned import HINT_TIP
from tutor.words.choices import NOTHING_PICKED

SIZES = [(60, 16), SMALL, LARGE, (200, 60)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def learner(own_data_folder: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(own_data_folder / "journal.sqlite3", clock=clock) as journal:
        yield known_learner(journal)


@pytest.fixture(autouse=True)
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with a Downloads folder, and another folder to work in."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


async def at_desk(ui: Ui, out: HandOut, downloads: Path, who: str = ADA) -> None:
    """Open it from its file, and say who one is."""
    open_assignments(ui.app, out.written(downloads))
    await ui.until(lambda: ui.shows == "LineScreen")
    await ui.type(who)
    await ui.press("enter")
    await ui.type("Ada")
    await ui.press("enter")
    await ui.until(lambda: ui.shows == "DeskScreen")
    await ui.settle()


async def at_work(ui: Ui) -> Sitting:
    await ui.press("enter")
    await ui.until(lambda: ui.shows == "SittingScreen")
    await ui.settle()
    assert isinstance(ui.app.screen, SittingScreen)
    return ui.app.screen.sitting


async def go_to(ui: Ui, sitting: Sitting, kind: str) -> QuestionView:
    """Go to the first question of a kind, by the map."""
    kinds = [sitting._bank.by_id[one].question.kind for one in sitting.begun.ids]
    await ui.press("m", str(kinds.index(kind) + 1), "enter")
    await ui.until(lambda: ui.shows == "SittingScreen")
    await ui.settle()
    view = sitting.view
    assert isinstance(view, QuestionView)
    assert view.form.kind == kind
    return view


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_is_found_from_the_map_worked_through_and_handed_in(
    files: CourseFolder, learner: Journal, downloads: Path, size: Size
) -> None:
    out = hand_out(files)
    out.written(downloads, "mail.bin")
    async with started(files, learner, size=size) as ui:
        await ui.press("a")
        await ui.until(lambda: "Rest, week 3, due" in ui.words)
        await ui.press("enter")
        await ui.type("nobody")
        await ui.press("enter")
        assert "The id 'nobody' is not on the list" in ui.words
        await ui.type("A17")
        await ui.press("enter", "enter")
        await ui.until(lambda: "You are A17." in ui.static("#desk-told"))
        (key,) = map(key_name, out.assignment.tutor_keys)
        assert f"sealed to the key {key}," in " ".join(ui.static("#desk-told").split())
        sitting = await at_work(ui)
        view = await go_to(ui, sitting, "single")
        await ui.press("1", "e")
        assert ui.shows == "DeskScreen"
        assert "So far: 1 of 6 questions answered." in ui.static("#desk-told")
        await ui.press("enter")
        assert "have no answer. Hand in all the same?" in ui.words
        await ui.press("y")
        await ui.settle()
        (event,) = learner.events(kind=SUBMITTED)
        assert str(event.data["receipt"]) in ui.static("#desk-told")
        (path,) = downloads.glob("*.submission")
        assert str(path) in ui.static("#exam-note")
    submission = open_submission(path.read_bytes(), [out.key]).submission
    answers = [one.answer for one in submission.events if one.kind == EXAM_ANSWER]
    assert answers == [[view.form.choices[0].id]]
    assert not learner.events(kind=ATTEMPT)


async def test_nothing_is_told_of_what_is_right(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files), downloads)
        sitting = await at_work(ui)
        await go_to(ui, sitting, "single")
        await ui.press("1", "enter")
        for key in ("h", "a", "r", "o", "exclamation_mark"):
            await ui.press(key)
            assert ui.shows == "SittingScreen"
        assert isinstance(sitting.view, QuestionView)
        assert "Hint" not in ui.text
        assert "It decides" not in ui.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_deadline_stands_in_place_of_a_clock(
    files: CourseFolder, learner: Journal, downloads: Path, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await at_desk(ui, hand_out(files), downloads)
        await at_work(ui)
        counted = "0 of 6 answered " if size >= SMALL else ""
        assert f"{counted}due Fri 04 Dec" in squeezed(ui.rows[0])


async def test_when_time_is_up_it_is_ready_to_be_handed_in_and_not_marked(
    files: CourseFolder, learner: Journal, downloads: Path, clock: Clock
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files, minutes=20), downloads, BOB)
        assert "Once begun it takes 25 min" in ui.static("#desk-told")
        sitting = await at_work(ui)
        await ui.press("m")
        clock.now += timedelta(minutes=26)
        await ui.until(lambda: ui.shows == "DeskScreen")
        await ui.settle()
        assert sitting.is_over
        assert "Time is up. What stood can be handed in." in ui.static("#exam-note")
        assert "1 Hand in" in ui.words
        assert "Go on" not in ui.words
        assert not learner.events(kind=ATTEMPT)


async def test_where_there_is_no_way_back_leaving_a_question_is_asked(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files, skip=False, hints=True), downloads)
        sitting = await at_work(ui)
        assert "m Map" not in ui.rows[-1]
        await ui.press("ctrl+n")
        assert "There is no way back to it." in ui.words
        await ui.press("n")
        assert sitting.spots[0].here
        await ui.press("ctrl+n", "y")
        assert sitting.spots[1].here
        await ui.press("ctrl+b")
        assert sitting.spots[1].here


async def test_hints_that_are_allowed_can_be_asked_for(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files, hints=True), downloads)
        sitting = await at_work(ui)
        view = await go_to(ui, sitting, "single")
        await ui.press("h")
        assert "Hint:" in ui.static("#after")
        assert view.question.hint[:20] in ui.static("#after")


async def test_that_an_answer_is_lacking_is_said_until_one_is_picked(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files), downloads)
        sitting = await at_work(ui)
        await go_to(ui, sitting, "single")
        before = ui.static("#caption")
        await ui.press("enter")
        await ui.until(lambda: NOTHING_PICKED in ui.words)
        await ui.press("1")
        await ui.until(lambda: NOTHING_PICKED not in ui.words)
        assert ui.static("#caption") == before


@pytest.mark.parametrize("hints", [True, False])
async def test_the_key_for_hints_is_listed_only_where_they_are_allowed(
    files: CourseFolder, learner: Journal, downloads: Path, *, hints: bool
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files, hints=hints), downloads)
        await at_work(ui)
        await ui.press("question_mark")
        await ui.until(lambda: ui.shows == "HelpScreen")
        assert (HINT_TIP in ui.words) is hints


async def test_it_goes_on_after_the_app_has_ended(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    out = hand_out(files)
    async with started(files, learner) as ui:
        await at_desk(ui, out, downloads)
        sitting = await at_work(ui)
        await go_to(ui, sitting, "single")
        await ui.press("2")
    next(downloads.iterdir()).unlink()
    async with started(files, learner) as ui:
        await ui.press("a")
        await ui.until(lambda: "1 of 6 questions answered" in ui.words)
        await ui.press("enter")
        again = await at_work(ui)
        assert again.answered
        await ui.press("l")
        assert ui.shows == "DeskScreen"
        await ui.press("m", "m")
        assert ui.shows == "HomeScreen"


@pytest.mark.parametrize(
    ("minutes", "kept"), [(20, "is kept; the clock runs on. It is"), (None, "is kept. It is")]
)
async def test_quitting_before_all_is_handed_in_says_so_and_asks(
    files: CourseFolder,
    learner: Journal,
    downloads: Path,
    minutes: float | None,
    kept: str,
) -> None:
    async with started(files, learner) as ui:
        await at_desk(ui, hand_out(files, minutes=minutes), downloads)
        sitting = await at_work(ui)
        await go_to(ui, sitting, "single")
        await ui.press("1", "q")
        assert ui.shows == "QuitScreen"
        assert f"{kept} still to be handed in, by Fri 04 Dec" in ui.words
        await ui.press("x")
        assert ui.shows == "SittingScreen"
        await ui.press("l", "q")
        assert ui.shows == "QuitScreen"
        assert f"{kept} still to be handed in" in ui.words
        ui.rush("q")
        await ui.pilot.pause(0.2)
        assert ui.app.return_value == "quit"


async def test_once_all_is_handed_in_or_before_it_is_begun_quitting_asks_nothing(
    files: CourseFolder, learner: Journal, downloads: Path, tmp_path: Path
) -> None:
    out = hand_out(files)
    async with started(files, learner) as ui:
        await at_desk(ui, out, downloads)
        ui.rush("q")
        await ui.pilot.pause(0.2)
        assert ui.app.return_value == "quit"
    handed_in(out, learner, tmp_path)
    async with started(files, learner) as ui:
        open_assignments(ui.app, next(downloads.iterdir()))
        await at_work(ui)
        ui.rush("q")
        await ui.pilot.pause(0.2)
        assert ui.app.return_value == "quit"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_practice_tells_at_once_and_leads_back_to_where_it_is_handed_in(
    files: CourseFolder, learner: Journal, downloads: Path, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await at_desk(ui, hand_out(files, feedback="at-once", ids=["rest.q2"]), downloads)
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "PracticeScreen")
        await ui.press("1")
        await ui.until(lambda: bool(learner.events(kind=ATTEMPT)))
        await ui.settle()
        assert "Not what the neuron does" in ui.words or "+ Right" in ui.words
        await ui.press("m")
        assert ui.shows == "DeskScreen"
        assert "So far: 1 of 1 questions answered." in ui.static("#desk-told")


def handed_in(out: HandOut, journal: Journal, folder: Path) -> Assigned:
    keep_assignment(out.assignment, journal)
    one = Assigned(out.assignment, journal)
    one.sit_as(Who(ADA))
    one.begin()
    hand_in(one, folder)
    return one


async def at_report(ui: Ui) -> None:
    """Open the report of what has been released, from the map."""
    await ui.press("a")
    await ui.until(lambda: "keys and feedback are there" in ui.words)
    await ui.press("enter", "enter")
    await ui.until(lambda: ui.shows == "ExamReportScreen")
    await ui.settle()


async def at_review(ui: Ui) -> None:
    """Go on from the report to the first question."""
    await ui.press("enter")
    await ui.until(lambda: ui.shows == "ExamReviewScreen")
    await ui.settle()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_release_leads_to_the_report_and_the_review(
    files: CourseFolder, learner: Journal, downloads: Path, tmp_path: Path, size: Size
) -> None:
    out = hand_out(files)
    handed_in(out, learner, tmp_path)
    out.released(downloads)
    async with started(files, learner, size=size) as ui:
        await at_report(ui)
        assert "0 of 16 marks" in ui.words
        await at_review(ui)
        assert "Source:" in ui.static("#after")
        await ui.press("m", "m")
        assert ui.shows == "DeskScreen"


async def test_marks_that_the_tutor_gave_stand_under_the_verdict(
    files: CourseFolder, learner: Journal, downloads: Path, tmp_path: Path
) -> None:
    out = hand_out(files)
    one = handed_in(out, learner, tmp_path)
    assert one.exam is not None
    first = one.exam.ids[0]
    out.released(downloads, given={ADA: Given({first: 1.0})})
    async with started(files, learner) as ui:
        await at_report(ui)
        await at_review(ui)
        told = f"Not answered Your tutor gave 1 of {out.in_full.marks[first]:g}."
        assert told in ui.static("#before")


async def test_keys_of_what_is_not_handed_in_are_asked_for_twice(
    files: CourseFolder, learner: Journal, downloads: Path
) -> None:
    out = hand_out(files)
    keep_assignment(out.assignment, learner)
    path = out.released(downloads)
    async with started(files, learner) as ui:
        open_assignments(ui.app, path)
        await ui.until(lambda: ui.shows == "LineScreen")
        await ui.type(ADA)
        await ui.press("enter", "enter", "enter")
        assert "nothing more can be handed in for marks" in ui.words
        await ui.press("n")
        assert ui.shows == "DeskScreen"
        assert not learner.events(kind="release-opened")


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:3000], lambda data: data.replace(b'"salt": "5a', b'"salt": "zz')]
)
async def test_a_file_that_cannot_be_used_is_told_in_a_sentence(
    files: CourseFolder, learner: Journal, downloads: Path, spoil: Callable[[bytes], bytes]
) -> None:
    path = hand_out(files).written(downloads)
    path.write_bytes(spoil(path.read_bytes()))
    async with started(files, learner) as ui:
        open_assignments(ui.app, path)
        await ui.settle()
        assert ui.shows == "AssignmentsScreen"
        assert any("from the tutor.assignment: it " in toast for toast in ui.toasts)
