"""The key that copies what is shown, and what the mouse selects: what is done, and said of it."""

from pathlib import Path

import pytest
from answers import HOSTILE, keys_for
from app_driver import LARGE, SMALL, Size, Ui, known_learner, put_at, refutable, started
from every_kind import kinds_course
from handouts import ADA, Clock, hand_out
from lab_driver import in_lab, lab
from textual.pilot import Pilot
from textual.widgets import Input

from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.picking import Picking
from tutor.session.review import begin_review
from tutor.session.written.copying import copies_folder
from tutor.tui.app import KEYS_FILE, SMALLEST
from tutor.tui.copying import MOST_BYTES, sendable
from tutor.tui.screens.assignments import open_assignments
from tutor.tui.screens.exam_start import open_exams
from tutor.tui.screens.help import HelpScreen
from tutor.tui.screens.mixing import MixingScreen
from tutor.tui.screens.review import ReviewScreen

SIZES: list[Size] = [SMALLEST, SMALL, LARGE, (200, 60)]
PERHAPS = "which does not tell whether the clipboard has it"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def learner(journal: Journal) -> Journal:
    return known_learner(journal, mode="braille")


def files_there() -> set[Path]:
    return set(copies_folder().glob("*"))


async def copied(ui: Ui, *keys: str) -> str:
    """Press keys that copy; the text, which is in one new file and was sent to the terminal."""
    before = files_there()
    await ui.press(*(keys or ("y",)))
    (path,) = files_there() - before
    text = path.read_text(encoding="utf-8")
    assert ui.app.clipboard == text
    (said,) = ui.toasts
    assert str(path) in said
    assert PERHAPS in said
    assert "copied" not in said.replace(str(path), "").casefold()
    return text


# Where it copies


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_then_its_verdict_are_copied(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, "rising", size) as ui:
        view = ui.question
        asked = await copied(ui)
        assert view.question.id in asked
        for option in view.form.choices:
            assert option.text in asked
            assert option.feedback not in asked
        assert ui.asks
        await ui.press(ui.refuted, "enter")
        told = await copied(ui)
        for part in ("Not what the neuron does", "You answered:", "It decides:", "Refutation:"):
            assert part in told


async def test_a_step_is_copied_and_the_end_is_not(kinds: CourseFolder, learner: Journal) -> None:
    async with started(kinds, learner, "kinds") as ui:
        title = ui.lesson.view.step.title
        assert title in await copied(ui)
        ui.app.pop_screen()
    put_at(kinds, learner, lambda question: question.kind == "experiment", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        while ui.asks:
            await ui.press("s")
        before = files_there()
        await ui.press("y")
        assert files_there() == before
        assert not ui.toasts


async def test_what_stands_below_the_voltage_is_copied(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "rising", LARGE) as ui:
        before = await copied(ui)
        while ui.plot.pane is None or ui.plot.pane.kind != "gates":
            await ui.press("v")
        title = ui.plot.pane.title[1:]
        assert title not in before
        assert title in await copied(ui)


async def test_the_key_is_a_letter_where_an_answer_is_typed_until_that_is_left(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "numeric", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press("y")
        assert not files_there()
        assert ui.one("AnswerLine").value == "y"
        assert ui.question.stem in " ".join((await copied(ui, "escape", "y")).split())


async def test_quiz_and_review_are_copied(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        picking = Picking(files, learner, count=2, seed=11)
        ui.app.push_screen(MixingScreen(picking.begin(picking.offers[0])))
        await ui.settle()
        assert ui.question.question.id in await copied(ui)
        ui.app.pop_screen()
        ui.app.push_screen(ReviewScreen(begin_review(files, learner)))
        await ui.settle()
        assert ui.shows == "ReviewScreen"
        text = await copied(ui, *["escape"] * ui.app.screen._answers.has_keys, "y")
        assert ui.app.screen.asking.view.question.id in text


async def test_an_exam_is_copied_without_its_ids_and_reviewed_with_them(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        open_exams(ui.app, "usmle", 7)
        await ui.until(lambda: "Enter begins it" in ui.words)
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "ExamScreen")
        await ui.settle()
        question = ui.app.screen.asking.view.question
        text = await copied(ui)
        assert text.startswith("Question 1/20, 1 mark")
        assert question.id not in text
        assert question.id not in "".join(ui.toasts)
        await ui.press("e", "y")
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        await ui.press("enter")
        await ui.settle()
        text = await copied(ui)
        assert question.id in text
        assert "Not answered" in text


async def test_graded_work_is_copied_as_an_exam_is(
    files: CourseFolder, own_data_folder: Path, tmp_path: Path
) -> None:
    with Journal.open(own_data_folder / "journal.sqlite3", clock=Clock()) as journal:
        async with started(files, known_learner(journal)) as ui:
            open_assignments(ui.app, hand_out(files).written(tmp_path))
            await ui.until(lambda: ui.shows == "LineScreen")
            await ui.type(ADA)
            await ui.press("enter")
            await ui.type("Ada")
            await ui.press("enter")
            await ui.until(lambda: ui.shows == "DeskScreen")
            await ui.press("enter")
            await ui.until(lambda: ui.shows == "SittingScreen")
            await ui.settle()
            text = await copied(ui, "escape", "y")
            assert text.startswith("Question 1/6")
            assert ui.app.screen.asking.view.question.id not in text


async def test_the_lab_is_copied(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "k", "right")
        text = await copied(ui)
        for part in ("Set up: textbook", "Number of spikes: 1 (A the same)", "B alone has:"):
            assert part in " ".join(text.split())


async def test_what_an_experiment_found_is_copied_once_it_is_there(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "e", "enter")
        assert not ui.app.screen.anew().check_action("copy", ()), "nothing is found yet"
        await ui.until(lambda: ui.app.screen._found is not None)
        await ui.settle()
        assert ui.app.screen._found.sentence in " ".join((await copied(ui)).split())


async def test_a_run_that_is_awaited_is_copied_when_it_is_there(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui)
        bench = lab(ui)
        ui.app.screen.use(lambda: bench.use("axon"))
        assert bench.is_stale
        ui.rush("y")
        await ui.pilot.pause(0)
        assert not files_there()
        await ui.until(lambda: bool(files_there()))
        (path,) = files_there()
        assert "Length constant" in path.read_text(encoding="utf-8")


# What it says


async def test_what_is_said_goes_with_its_question(kinds: CourseFolder, learner: Journal) -> None:
    put_at(kinds, learner, lambda question: question.kind == "single", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await copied(ui)
        await ui.press("s")
        assert not ui.toasts


async def test_a_file_that_cannot_be_written_is_said_and_the_terminal_has_the_text(
    files: CourseFolder, learner: Journal
) -> None:
    copies_folder().parent.mkdir(parents=True, exist_ok=True)
    copies_folder().write_text("in the way", encoding="utf-8")
    async with started(files, learner, "rising") as ui:
        await ui.press("y")
        (said,) = ui.toasts
        assert said.startswith("It could not be written (")
        assert "sent to the terminal all the same" in said
        assert PERHAPS in said
        assert "Written" not in said
        assert ui.lesson.view.step.title in ui.app.clipboard


async def test_a_long_text_is_sent_in_part_and_said_to_be(
    files: CourseFolder, learner: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.tui.copying.MOST_BYTES", 1500)
    async with started(files, learner) as ui:
        await in_lab(ui, "y")
        (path,) = files_there()
        text = path.read_text(encoding="utf-8")
        sent = ui.app.clipboard
        assert 0 < len(sent.encode()) <= 1500
        assert len(sent) < len(text)
        assert text.startswith(sent)
        assert f"the terminal got its first {len(sent)} characters" in ui.toasts[0]


def test_what_is_sent_is_never_more_than_terminals_take_nor_acts() -> None:
    for text in ("x" * 100_000, "⁺" * 100_000, "\u0344" * 100_000, HOSTILE):
        sent = sendable(text)
        assert 0 < len(sent.encode()) <= MOST_BYTES
        assert not set("\x1b\x07\x00\u202e") & set(sent)
    assert sendable("a\nb\tc") == "a\nb\tc"


@pytest.mark.parametrize("kind", ["text", "single", "ordering", "experiment"])
async def test_after_an_answer_of_any_kind_the_verdict_is_copied(
    kinds: CourseFolder, learner: Journal, kind: str
) -> None:
    put_at(kinds, learner, lambda question: question.kind == kind, "kinds")
    async with started(kinds, learner, "kinds") as ui:
        keys = keys_for(ui.question, model_answer(ui.lesson._asked.posed))
        await ui.press(*keys)
        assert not ui.asks
        assert "So it is." in await copied(ui)


# Keys


async def test_the_key_is_in_help_and_palette_and_can_be_changed(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / KEYS_FILE).write_text('run.copy = "f4"\n', encoding="utf-8")
    async with started(files, learner, "rising", LARGE) as ui:
        await ui.press("?")
        assert isinstance(ui.app.screen, HelpScreen)
        assert "F4" in ui.marked_line("write what is shown to a file")
        await ui.press("escape", "y")
        assert not files_there()
        await copied(ui, "f4")
        await ui.press("ctrl+p")
        await ui.type("copy what")
        await ui.until(lambda: "Copy what is shown" in ui.text)
        before = files_there()
        await ui.press("enter")
        await ui.until(lambda: files_there() != before)


async def test_the_palette_of_the_map_has_nothing_to_copy(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("ctrl+p")
        await ui.type("copy")
        assert "Copy what is shown" not in ui.text


# Selected text


async def drag(ui: Ui, selector: str) -> None:
    """Select the first row of a widget with the mouse."""
    pilot: Pilot[object] = ui.pilot
    widget = ui.one(selector)
    await pilot.mouse_down(widget, offset=(1, 0))
    await pilot.hover(widget, offset=(20, 0))
    await pilot.mouse_up(widget, offset=(20, 0))
    await ui.settle()


@pytest.mark.parametrize("key", ["ctrl+c", "super+c"])
async def test_what_the_mouse_has_selected_is_copied_and_the_app_stays(
    files: CourseFolder, learner: Journal, key: str
) -> None:
    put_at(files, learner, refutable)
    async with started(files, learner, "rising") as ui:
        await drag(ui, "#before")
        selected = ui.app.screen.get_selected_text()
        assert selected
        assert selected in ui.question.stem
        assert await copied(ui, key) == selected
        assert ui.app.is_running
        assert not ui.app.screen.selections
        await ui.press("ctrl+c")
        assert not ui.app.is_running or ui.app._exit


async def test_what_is_selected_where_an_answer_is_typed_is_copied(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "numeric", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("75")
        await ui.press("shift+home")
        line = ui.one("AnswerLine")
        assert isinstance(line, Input)
        assert line.selected_text == "75"
        assert await copied(ui, "ctrl+c") == "75"
        assert line.value == "75"
        await ui.press("end", "shift+home", "ctrl+x")
        assert line.value == ""


async def test_with_nothing_selected_the_key_quits_as_ever(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "rising") as ui:
        await ui.press("ctrl+c")
        assert ui.app._exit
        assert ui.app.return_value == "quit"
        assert not files_there()


async def test_a_drag_over_the_plot_selects_no_nonsense(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "rising") as ui:
        await drag(ui, "#plot")
        selected = ui.app.screen.get_selected_text()
        assert not selected or "RunPlot" not in selected
