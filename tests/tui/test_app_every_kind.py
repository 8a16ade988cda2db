"""Answers of every kind are given in the app, with the keyboard alone."""

from pathlib import Path

import pytest
from answers import keys_for
from app_driver import LARGE, SMALL, known_learner, put_at, started
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, CLAIM
from tutor.journal.store import Journal
from tutor.session.views import QuestionView, VerdictView
from tutor.tui.widgets.arranging import MatchBoard, OrderList
from tutor.tui.widgets.choices import ChoiceRow


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def learner(journal: Journal) -> Journal:
    return known_learner(journal)


KINDS = ("single", "multi", "ordering", "matching", "numeric", "calculation", "text", "point")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("kind", [*KINDS, "interval"])
async def test_an_answer_is_given_with_keys(
    kinds: CourseFolder, learner: Journal, kind: str, size: tuple[int, int]
) -> None:
    put_at(kinds, learner, lambda question: question.kind == kind, "kinds")
    async with started(kinds, learner, "kinds", size) as ui:
        await ui.press(*keys_for(ui.question, model_answer(ui.lesson._asked.posed)))
        assert isinstance(ui.lesson.view, VerdictView), ui.text
        assert ui.lesson.view.headline == "Right"
        assert "+ Right" in ui.text
    assert learner.latest(ATTEMPT).question_id == f"kinds.{kind}"


async def test_an_experiment_is_set_with_its_knobs_and_run(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "experiment", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press(*["right"] * 18, "enter")
        assert ui.lesson.view.headline == "Right", ui.text
    assert learner.latest(ATTEMPT).answer["na_block"] == pytest.approx(0.81)


async def test_an_experiment_after_a_choice_knows_nothing_of_what_was_picked(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.id == "rest.q21", "rest")
    async with started(files, learner, "rest") as ui:
        await ui.press("1", "enter")
        await ui.until(lambda: not ui.asks)
        await ui.press("enter")
        await ui.until(lambda: ui.asks and ui.question.question.kind == "experiment")
        await ui.press("right")
        assert ui.app.screen._answers.draft == []
        await ui.press("m")
        assert ui.shows == "HomeScreen"


async def test_a_time_is_marked_on_the_plot_once_the_cursor_is_moved_from_its_start(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "point", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        assert "Enter Mark" in ui.text
        assert "t 0.00 ms" in ui.text, "the cursor does not begin where the answer may be"
        await ui.press("enter")
        assert "Move the cursor first" in ui.said
        assert "marked" not in ui.plot_text()
        assert not ui.lesson_screen._answers.draft
        await ui.press(*["pagedown"] * 2, "enter")
        assert "marked" in ui.plot_text()
        (time_ms,) = ui.lesson_screen._answers.entry.times_ms
        await ui.press("enter")
        assert isinstance(ui.lesson.view, VerdictView)
    assert learner.latest(ATTEMPT).answer == {"time_ms": time_ms}


async def test_a_time_below_one_is_typed_from_the_plot_too(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "point", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        assert ui.plot.has_focus
        await ui.press("0")
        await ui.press(".", "5", "enter")
        assert isinstance(ui.lesson.view, VerdictView), ui.text
    assert learner.latest(ATTEMPT).answer == {"time_ms": 0.5}


async def test_from_the_plot_0_puts_no_line_in_order(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "ordering", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press("c", "0")
        assert ui.lesson_screen._answers.draft is None
        await ui.press("1")
        assert ui.lesson_screen._answers.draft is not None


async def test_a_click_marks_a_time_and_another_one_marks_it_anew(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "point", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        for share in (3, 2):
            await ui.click(ui.plot, (ui.plot.size.width // share, 4))
        entry = ui.lesson_screen._answers.entry
        assert entry is not None
        (time_ms,) = entry.times_ms
        assert 3.0 < time_ms < 5.0


async def test_a_stretch_is_marked_by_its_two_ends_in_either_order(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "interval", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press(*["pagedown"] * 2, "enter", *["left"] * 9, "enter")
        assert "from" in ui.plot_text()
        assert "to" in ui.plot_text()
        await ui.press("enter")
        assert isinstance(ui.lesson.view, VerdictView), ui.text
    start_ms, end_ms = learner.latest(ATTEMPT).answer
    assert 0.0 < start_ms < end_ms


async def test_lines_are_carried_into_order_with_keys_and_with_the_mouse(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "ordering", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        panel = ui.lesson_screen._answers
        first = panel._field.ids
        await ui.press("j")
        assert panel.draft == [first[1], first[0], first[2]]
        await ui.press("space", "down", "space")
        assert panel.draft == [first[1], first[2], first[0]]
        await ui.press("u", "u")
        assert panel.draft == [first[0], first[1], first[2]]
        await ui.press("shift+down")
        assert panel.draft == [first[1], first[0], first[2]]
        rows = list(ui.lesson_screen.query(OrderList).first().query(ChoiceRow))
        await ui.click(rows[2])
        await ui.click(rows[0])
        assert panel.draft == [first[2], first[1], first[0]]
        await ui.press("enter")
    assert learner.latest(ATTEMPT).answer == [first[2], first[1], first[0]]


async def test_numbers_put_lines_in_order_and_a_mis_key_is_taken_back(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "ordering", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        numbers = {choice.id: str(n) for n, choice in enumerate(ui.question.form.choices, 1)}
        first, second, third = (numbers[one] for one in ("rise", "peak", "fall"))
        await ui.press("enter")
        assert isinstance(ui.lesson.view, QuestionView)
        assert "0 of 3 lines are placed" in ui.said
        await ui.press(third, third, first, second, "enter")
        assert ui.lesson.view.headline == "Right", ui.text
    assert learner.latest(ATTEMPT).answer == ["rise", "peak", "fall"]


async def test_pairs_are_made_with_letters_arrows_and_the_mouse(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "matching", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        panel = ui.lesson_screen._answers
        ids = [partner.id for partner in ui.question.form.partners]
        await ui.press("enter")
        assert "2 still without one" in ui.said
        await ui.press("b")
        assert panel.draft == {"na": ids[1]}
        await ui.press("right", "right")
        assert panel.draft == {"na": ids[1], "k": ids[1]}
        await ui.press("up", "backspace")
        assert panel.draft == {"k": ids[1]}
        rows = list(ui.lesson_screen.query(MatchBoard).first().query(ChoiceRow))
        await ui.click(rows[2 + 2])
        assert panel.draft == {"k": ids[1], "na": ids[2]}
        assert "[c]" in ui.text
        await ui.press("enter")
    assert learner.latest(ATTEMPT).answer == {"k": ids[1], "na": ids[2]}


async def test_letters_are_the_screens_again_after_escape(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "matching", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press("escape", "a")
        assert ui.lesson.view.headline == "Answer shown"


async def test_units_are_told_on_a_key_and_hidden_again(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "numeric", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("2,5")
        assert "? Units" in ui.text
        await ui.press("?")
        assert "For a speed: m/s" in ui.text
        assert "2,5" in ui.text
        await ui.press("?")
        assert "For a speed" not in ui.text


async def test_enter_leads_from_part_to_part_of_a_calculation(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "calculation", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        assert "such as 12.5 m/s" in ui.text
        assert "such as 12.5 ms" in ui.text
        await ui.press("enter", "enter")
        assert "There is no answer yet" in ui.said
        await ui.type("20 m/s")
        await ui.press("enter")
        assert isinstance(ui.lesson.view, QuestionView)
        await ui.type("75 ms")
        await ui.press("up", "down", "enter")
        assert isinstance(ui.lesson.view, VerdictView)
    assert learner.latest(ATTEMPT).answer == ["20 m/s", "75 ms"]


async def test_a_line_that_is_no_answer_is_told_and_stays_to_be_mended(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "interval", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press(*"2 then", "enter")
        assert isinstance(ui.lesson.view, QuestionView)
        assert "Write two numbers, such as" in ui.said
        assert "2 then" in ui.text


async def test_letters_are_typed_into_an_answer_and_are_keys_again_after_escape(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "text", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("hams qb?")
        assert "hams qb?" in ui.text
        assert "2 words" in ui.text
        await ui.press("escape", "h")
        assert "Hint: Look at the trace." in ui.text
        assert "hams qb?" in ui.text


async def test_a_written_answer_survives_a_resize_and_takes_several_lines(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "text", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.type("Sodium channels open")
        await ui.press("ctrl+j")
        await ui.type("Na+ enters")
        await ui.resize(SMALL)
        await ui.resize(LARGE)
        await ui.press("enter")
        assert ui.lesson.view.headline == "Right", ui.text
    assert learner.latest(ATTEMPT).answer == "Sodium channels open\nNa+ enters"


async def test_hostile_text_is_marked_and_shown_as_text(
    kinds: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "text", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("Na+ enters [b]the axon[/b]")
        await ui.press("enter")
        assert isinstance(ui.lesson.view, VerdictView)
        assert "Na+ enters [b]the axon" in ui.static("#before")


async def test_a_missed_point_may_be_claimed_and_the_mark_stays(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "text", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("Na+ enters")
        await ui.press("enter")
        assert "I wrote it" in ui.text
        await ui.press("w")
        assert "Partly right: 1 of 2 marks" in ui.text
        assert "You hold that you wrote this" in ui.static("#before")
        assert "I wrote it" not in ui.text
    assert learner.latest(CLAIM).data["point"] == "open"
