"""Answers of every kind are given in the app, with the keyboard alone."""

from pathlib import Path

import pytest
from app_driver import LARGE, SMALL, known_learner, put_at, started
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.progress import ATTEMPT, CLAIM
from tutor.journal.store import Journal
from tutor.session.views import QuestionView, VerdictView

TYPED = ("matching", "numeric", "calculation", "text", "point", "interval")


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def learner(journal: Journal) -> Journal:
    return known_learner(journal)


def line_of(view: QuestionView, answer: object) -> str:
    """What a learner types for `answer`."""
    numbers = {choice.id: str(n) for n, choice in enumerate(view.form.choices, 1)}
    letters = {partner.id: "abc"[n] for n, partner in enumerate(view.form.partners)}
    match answer:
        case [str(), *_] if view.form.parts:
            return "; ".join(answer)
        case [str(), *_]:
            return " ".join(numbers[one] for one in answer)
        case [float(), float()]:
            return " ".join(f"{one:.3f}" for one in answer)
        case {"time_ms": time_ms}:
            return f"{time_ms:.3f}"
        case dict():
            return " ".join(numbers[item] + letters[partner] for item, partner in answer.items())
    return str(answer)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("kind", TYPED)
async def test_an_answer_is_typed_and_entered(
    kinds: CourseFolder, learner: Journal, kind: str, size: tuple[int, int]
) -> None:
    put_at(kinds, learner, lambda question: question.kind == kind, "kinds")
    async with started(kinds, learner, "kinds", size) as ui:
        view = ui.question
        key = model_answer(ui.lesson._asked.posed)
        await ui.type(line_of(view, key))
        await ui.press("enter")
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


async def test_a_time_is_marked_on_the_plot(kinds: CourseFolder, learner: Journal) -> None:
    put_at(kinds, learner, lambda question: question.kind == "point", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press("escape", "c", "enter")
        assert "2.07" in ui.text
        await ui.press("enter")
        assert ui.lesson.view.headline == "Right", ui.text


async def test_a_stretch_is_marked_by_its_two_ends(kinds: CourseFolder, learner: Journal) -> None:
    put_at(kinds, learner, lambda question: question.kind == "interval", "kinds")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press("escape", "c", *["left"] * 4, "enter", *["right"] * 4, "enter", "enter")
        assert isinstance(ui.lesson.view, VerdictView), ui.text
    start_ms, end_ms = learner.latest(ATTEMPT).answer
    assert start_ms < end_ms


async def test_an_order_is_picked_step_by_step(kinds: CourseFolder, learner: Journal) -> None:
    put_at(kinds, learner, lambda question: question.kind == "ordering", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        numbers = {choice.id: str(n) for n, choice in enumerate(ui.question.form.choices, 1)}
        first, second, third = (numbers[one] for one in ("rise", "peak", "fall"))
        await ui.press(first, third, "enter")
        assert isinstance(ui.lesson.view, QuestionView)
        assert "Pick them all" in " ".join(ui.toasts)
        await ui.press(third, second, third)
        assert ui.marks()[int(second) - 1].endswith("[2]")
        await ui.press("enter")
        assert ui.lesson.view.headline == "Right", ui.text
    assert learner.latest(ATTEMPT).answer == ["rise", "peak", "fall"]


async def test_a_line_that_is_no_answer_is_told_and_stays_to_be_mended(
    kinds: CourseFolder, learner: Journal
) -> None:
    put_at(kinds, learner, lambda question: question.kind == "matching", "kinds")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("1a 1b")
        await ui.press("enter")
        assert isinstance(ui.lesson.view, QuestionView)
        assert "Give each of the 2 a letter" in " ".join(ui.toasts)
        assert "1a 1b" in ui.text


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
