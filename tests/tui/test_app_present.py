"""A question before a room, from the stem to the verdict on its votes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from answers import HOSTILE, typed_votes, wrong_answer
from app_driver import LARGE, SMALL, Size, Ui, known_learner, squeezed
from every_kind import kinds_course
from textual.events import Paste
from textual.widgets import Input

from tutor.cli.options import QUESTION_KINDS
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.scenario import RUNS
from tutor.journal.store import Journal
from tutor.session.form import key_lines
from tutor.session.present import Present, PresentView
from tutor.tui.app import TutorApp
from tutor.tui.screens.present import PresentScreen

QUESTION = "rising.q1"
SIZES = [(60, 16), (80, 24), (120, 40), (200, 60)]


@asynccontextmanager
async def presented(
    files: CourseFolder, journal: Journal, size: Size = SMALL, question: str = QUESTION
) -> AsyncIterator[Ui]:
    """The app with a question before a room."""
    present = Present(files, question)
    app = TutorApp(files, journal, None, lambda tutor: tutor.push_screen(PresentScreen(present)))
    async with app.run_test(size=size, notifications=True) as pilot:
        ui = Ui(pilot)
        await ui.settle()
        yield ui


async def vote(ui: Ui, *lines: str) -> None:
    """Type the votes of the room."""
    await ui.press("enter")
    for line in lines:
        await ui.type(line)
        await ui.press("enter")


def present_of(ui: Ui) -> Present:
    """The question that is before the room."""
    screen = ui.app.screen
    assert isinstance(screen, PresentScreen)
    return screen._present


def posed_in(ui: Ui) -> Posed[Question]:
    """The same as it is posed."""
    return present_of(ui)._asked.posed


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def tutors(journal: Journal) -> Journal:
    """The journal of a tutor, who has used the app before."""
    return known_learner(journal)


async def test_enter_leads_from_the_question_to_the_verdict(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        assert QUESTION in ui.rows[0]
        assert "What carries it up?" in ui.words
        assert "A Charge" in ui.words
        await vote(ui, "12 5 0 3")
        assert ui.plot.size.height > 15
        assert "Charge" not in ui.text
        await ui.press("enter")
        assert "+ B" in ui.marked_line("Na+ coming in")
        assert "#################### 12" in ui.text
        assert ".................... 0" in ui.text
        assert "The rise is the membrane's own work" in ui.static("#after")


async def test_votes_that_fit_nothing_are_explained_until_they_are_mended(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        await vote(ui, "12 x")
        assert "Write 4 whole numbers" in ui.words
        await ui.press("backspace")
        assert "Write 4 whole numbers" not in ui.words
        await ui.press("escape")
        assert ui.app.screen.query_one(Input).display is False
        await ui.press("b")
        assert ui.shows == "PresentScreen"


async def test_nothing_of_it_is_kept(files: CourseFolder, tutors: Journal) -> None:
    before = len(tutors.events())
    async with presented(files, tutors) as ui:
        await vote(ui, "1 2 3 4")
        await ui.press("enter", "b", "space", "enter", "q")
        assert ui.app.return_value == "quit"
    assert len(tutors.events()) == before


async def test_the_first_minute_does_not_come_before_it(
    files: CourseFolder, journal: Journal
) -> None:
    async with presented(files, journal) as ui:
        assert ui.shows == "WelcomeScreen"
        await ui.press("3", "enter")
        assert ui.shows == "PresentScreen"


@pytest.mark.parametrize("size", SIZES)
async def test_every_step_can_be_read_to_its_end(
    files: CourseFolder, tutors: Journal, size: Size
) -> None:
    async with presented(files, tutors, size) as ui:
        assert ui.text.isascii()
        await ui.press("end")
        await ui.until(lambda: "bringing Na+ in" in ui.text)
        await vote(ui, "2 3 4 1")
        assert "E_Na" in ui.text
        await ui.press("enter", "end")
        last = ui.static("#after").split()[-1]
        await ui.until(lambda: last in ui.told("#told"))
        assert ui.plot.size.height >= 4
        assert ui.text.isascii()


async def test_no_size_is_a_fault(files: CourseFolder, tutors: Journal) -> None:
    async with presented(files, tutors) as ui:
        for key in ("enter", "enter", "enter", "space"):
            await ui.press(key)
            for size in [(1, 24), (80, 1), (1, 1), (59, 15), (200, 60), (80, 24)]:
                await ui.resize(size)
            assert ui.app.fault is None
            assert ui.shows == "PresentScreen"


# Questions of every kind.


def of_the_key(ui: Ui, told: PresentView) -> Iterator[str]:
    """What gives the key away, as the screen would show it."""
    question = posed_in(ui).question
    feedback = [option.feedback for option in getattr(question, "options", ())]
    key = () if question.kind in ("single", "multi") else key_lines(posed_in(ui))
    for text in (told.explanation, told.decides, *key, *filter(None, feedback)):
        yield squeezed(ui.app.glyphs.text(text).plain)


def everything(ui: Ui) -> str:
    """All words of the screen, with what is scrolled out of sight."""
    statics = [static.content for static in ui.app.screen.query("Static")]
    return squeezed(" ".join([ui.words, *map(str, statics)]))


def verdict_of(present: Present) -> PresentView:
    """What the room is told in the end; the question is then put again."""
    while present.stage != "verdict":
        present.forward()
    view = present.view
    while present.stage != "question":
        present.back()
    return view


@pytest.mark.parametrize("kind", QUESTION_KINDS)
async def test_a_question_of_each_kind_keeps_its_key_until_the_verdict_at_every_size(
    kinds: CourseFolder, tutors: Journal, kind: str
) -> None:
    async with presented(kinds, tutors, question=f"kinds.{kind}") as ui:
        present = present_of(ui)
        told = verdict_of(present)
        lines = ["3 2 1"] if kind in ("single", "multi") else []
        if not lines:
            posed = posed_in(ui)
            lines = [typed_votes(posed, wrong_answer(posed), 7), ""]
        for stage in ("question", "votes", "run"):
            assert present.stage == stage
            for size in reversed(SIZES):
                await ui.resize(size)
                shown = everything(ui)
                assert not [text for text in of_the_key(ui, told) if text in shown]
                if stage == "run":
                    assert "E_Na" in ui.text
                    assert "v more" not in ui.rows[-1]
            if stage == "question":
                await ui.press("enter")
            elif stage == "votes":
                for line in lines:
                    await ui.type(line)
                    await ui.press("enter")
                await ui.until(lambda: present.stage == "run")
        await ui.press("enter")
        assert told.explanation in everything(ui)
        for size in SIZES:
            await ui.resize(size)
            await tells_all(ui, size)


async def tells_all(ui: Ui, size: Size) -> None:
    """The distribution, the run, and all that is told, in a box that says when there is more."""
    view = present_of(ui).view
    await ui.press("home")
    await ui.until(lambda: ui.one("#told").scroll_y == 0)
    asked, after = ui.one("#asked").region, ui.one("#after").region
    if size[0] >= 120:
        assert (after.x, after.y) == (asked.right, asked.y)
    else:
        assert after.y >= asked.bottom
    assert ui.plot.size.height >= 4
    assert "E_Na" in ui.text
    assert f"{'#' * 20} {view.tallies[0].votes}" in ui.text
    goes_on = ui.one("#told").max_scroll_y > 0
    assert ("v more" in ui.rows[-1]) == goes_on, ui.text
    await ui.press("end")
    await ui.until(lambda: "So it is." in ui.told("#told"))
    await ui.until(lambda: "v more" not in ui.rows[-1])


async def test_right_partly_right_and_wrong_answers_are_marked_as_such(
    kinds: CourseFolder, tutors: Journal
) -> None:
    async with presented(kinds, tutors, LARGE, "kinds.text") as ui:
        await vote(ui, "Na+ channels open. Na+ enters.: 3", "Na+ channels open.: 9", "No: 2", "")
        await ui.until(lambda: present_of(ui).stage == "run")
        await ui.press("enter")
        assert "o " in ui.marked_line("Na+ channels open. ").split("Na+")[0]
        assert "x " in ui.marked_line("No ").split("No")[0]
        assert "+ " in ui.marked_line("Na+ channels open. Na+ enters.").split("Na+")[0]
        assert "A model answer:" in ui.static("#after")


async def test_answers_stand_above_the_line_and_the_last_is_taken_back(
    kinds: CourseFolder, tutors: Journal
) -> None:
    async with presented(kinds, tutors, (60, 16), "kinds.calculation") as ui:
        await ui.press("enter")
        assert "such as 12.5" in ui.words
        assert "^Z Undo" not in ui.rows[-1]
        for number in range(1, 9):
            await ui.type(f"{number} m/s; 3 ms: {number}")
            await ui.press("enter")
            await ui.until(lambda: "Another answer" in ui.text)
        assert "8 m/s; 3 ms: 8" in ui.static("#so-far")
        assert "^Z Undo" in ui.rows[-1]
        await ui.press(*["up"] * 30)
        assert "passes two electrodes" in ui.words
        await ui.type("z")
        await ui.press("backspace", "ctrl+z")
        assert "8 m/s; 3 ms: 8" not in ui.static("#so-far")
        await ui.press(*["ctrl+z"] * 9)
        assert "such as 12.5" in ui.words


async def test_answers_that_are_typed_ahead_are_told_apart(
    kinds: CourseFolder, tutors: Journal
) -> None:
    async with presented(kinds, tutors, question="kinds.text") as ui:
        await ui.press("enter")
        ui.rush(*"Na: 2", "enter", *"K: 3", "enter", *"Cl: 4")
        await ui.press("pagedown")
        assert present_of(ui).view.so_far == ("Cl: 4", "K: 3", "Na: 2")
        assert "Enter Count" in ui.rows[-1]


async def test_answers_that_are_pasted_as_a_list_are_taken_one_a_line(
    kinds: CourseFolder, tutors: Journal
) -> None:
    async with presented(kinds, tutors, question="kinds.text") as ui:
        await ui.press("enter")
        line = ui.app.screen.query_one(Input)
        line.post_message(Paste("K leaves: 3\r\nthe pump: 4\n\nno number\nNa: 1\n"))
        await ui.until(lambda: bool(line.value))
        assert present_of(ui).view.so_far == ("the pump: 4", "K leaves: 3")
        assert line.value == "no number Na: 1"
        assert "such as" in ui.static("#after")


async def test_numbers_that_are_pasted_in_a_column_are_one_line(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        await ui.press("enter")
        line = ui.app.screen.query_one(Input)
        line.post_message(Paste("3\n9\n1\n2\n"))
        await ui.until(lambda: line.value == "3 9 1 2")
        await ui.press("enter", "enter")
        assert "9" in ui.words


async def test_keys_in_quick_succession_leave_the_verdict_whole(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors) as ui:
        await ui.press("enter")
        ui.rush(*"1 2 3 4", "enter", "enter")
        await ui.until(lambda: present_of(ui).stage == "verdict")
        await ui.settle()
        assert "the pulse is over and the Na+ current is -347" in squeezed(ui.static("#after"))


async def test_a_run_that_is_read_off_is_there_from_the_start(
    kinds: CourseFolder, tutors: Journal
) -> None:
    for kind in ("point", "interval", "experiment"):
        async with presented(kinds, tutors, question=f"kinds.{kind}") as ui:
            assert "E_Na" in ui.text
            await ui.press("enter")
            assert "E_Na" in ui.text


async def test_slow_runs_are_made_beside_the_screen_and_may_be_stopped(
    files: CourseFolder, tutors: Journal
) -> None:
    async with presented(files, tutors, question="propagation.q5") as ui:
        screen = ui.app.screen
        assert isinstance(screen, PresentScreen)
        present = screen._present
        await vote(ui, "1.234: 2")
        screen.action_forward()
        assert screen._wanted.busy
        assert present.stage == "votes"
        screen.action_back()
        assert not screen._wanted.busy
        assert present.stage == "votes"
        await ui.press("enter")
        await ui.until(lambda: present.stage == "run")
        await ui.press("enter")
        assert "length of the patch with TTX 1.234 mm" in ui.text


async def test_what_a_verdict_needs_is_made_while_the_room_votes(
    files: CourseFolder, tutors: Journal
) -> None:
    RUNS.clear()
    async with presented(files, tutors, question="graded.q9") as ui:
        present = present_of(ui)
        for option in range(4):
            present.count(" ".join("9" if i == option else "0" for i in range(4)))
            await ui.until(lambda: present.awaited() is None)


async def test_what_means_harm_is_text_among_the_answers(
    kinds: CourseFolder, tutors: Journal
) -> None:
    async with presented(kinds, tutors, question="kinds.text") as ui:
        await ui.press("enter")
        line = ui.app.screen.query_one(Input)
        line.post_message(Paste(HOSTILE[:200]))
        await ui.type(": 3")
        assert "\x1b" not in line.value
        await ui.press("enter", "enter")
        await ui.until(lambda: present_of(ui).stage == "run")
        await ui.press("enter")
        assert "[@click=app.quit]x[/b]" in ui.text
        assert "\x1b" not in ui.text
        assert ui.app.fault is None
