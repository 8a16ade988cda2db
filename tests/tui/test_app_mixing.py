"""Quiz and review in the app: picked, answered with a digit, taken back, resumed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from app_driver import Size, Ui, attempts, known_learner, started

from tests.answers import keys_for
from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.derived import derive
from tutor.journal.kinds import QUIZ
from tutor.journal.store import Journal
from tutor.session.bank import Selection
from tutor.session.picking import Picking
from tutor.session.quiz import Quiz
from tutor.session.review import Review
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.views import EndView, QuestionView, VerdictView
from tutor.tui.app import SMALLEST, TutorApp
from tutor.tui.screens.mixing import MixingScreen
from tutor.tui.screens.quiz import PickingScreen
from tutor.tui.widgets.spine_strip import SpineStrip

SIZES: list[Size] = [SMALLEST, (80, 24), (120, 40), (200, 60)]
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def single(files: CourseFolder, journal: Journal, *places: str, count: int = 3) -> Quiz:
    """A quiz of single choices."""
    picking = Picking(files, journal, count=count, seed=11)
    picking.want(Selection(kinds=frozenset({"single"})), places or ["rest", "peak"])
    return picking.begin(picking.offers[0])


@asynccontextmanager
async def in_quiz(
    files: CourseFolder, journal: Journal, quiz: Quiz, size: Size = (80, 24)
) -> AsyncIterator[Ui]:
    async with started(files, journal, size=size) as ui:
        ui.app.push_screen(MixingScreen(quiz))
        await ui.settle()
        yield ui


def wrong(ui: Ui) -> str:
    """The digit of a wrong choice."""
    return ui.digits(lambda option: not option.correct)[0]


def counted(journal: Journal) -> set[str]:
    """The questions with an attempt that counts."""
    known = derive(journal).questions
    return {question_id for question_id, state in known.items() if state.attempts}


# Picking


@every_size
async def test_a_quiz_is_picked_by_keyboard_with_all_in_reach(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await ui.press("z")
        assert ui.shows == "PickingScreen"
        assert "Never seen (" in ui.text
        assert "10 questions, any kind" in ui.text
        last = Picking(files, learner, phase_id=files.phase_ids[0]).offers[-1]
        await ui.press("up")
        assert ui.marked_line(last.line).lstrip().startswith(">")
        await ui.press("minus", "k", "enter")
        assert ui.shows == "MixingScreen"
        begun = learner.latest(QUIZ)
        assert len(begun.data["ids"]) == 5
        assert ui.question.question.kind == "single"


async def test_a_quiz_is_picked_with_the_mouse(files: CourseFolder, learner: Journal) -> None:
    async with started(files, learner) as ui:
        await ui.press("z")
        row = next(row for row in ui.choices if "Propagation" in str(row.render()))
        await ui.pilot.click(row, times=2)
        await ui.settle()
        assert ui.lesson.phase.id == "propagation"


async def test_the_phase_under_the_cursor_is_among_what_is_offered(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("7", "z")
        assert "Repolarisation (" in ui.text


async def test_what_nothing_fits_is_told_and_begins_nothing(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("z", "2", "enter")
        assert ui.shows == "PickingScreen"
        assert "No question fits" in ui.said
        await ui.press("escape")
        assert ui.shows == "HomeScreen"


async def test_a_quiz_that_was_left_comes_first_and_another_may_begin(
    files: CourseFolder, learner: Journal
) -> None:
    quiz = single(files, learner)
    quiz.forward()
    stem = quiz.outline.stem
    async with started(files, learner) as ui:
        await ui.press("z")
        assert "Go on with Quiz: Peak, Rest, one choice, 2/3" in ui.text
        await ui.press("enter")
        assert ui.question.stem == stem
        await ui.press("m", "z", "2", "enter")
        assert str(ui.question.counter) == "1/10"


async def test_what_was_named_is_marked_before_the_quiz_that_was_left_with_its_kind(
    files: CourseFolder, learner: Journal
) -> None:
    single(files, learner)
    picking = Picking(files, learner, count=2)
    picking.want(Selection(kinds=frozenset({"text"})), ["peak"])
    async with started(files, learner) as ui:
        ui.app.push_screen(PickingScreen(picking))
        await ui.settle()
        assert "Go on with Quiz" in ui.text
        assert "2 questions, write" in ui.text
        await ui.press("enter")
        assert ui.question.question.kind == "text"


# Answering


async def test_a_right_choice_costs_two_keys(files: CourseFolder, learner: Journal) -> None:
    async with in_quiz(files, learner, single(files, learner)) as ui:
        for number in (1, 2, 3):
            assert str(ui.question.counter) == f"{number}/3"
            await ui.press(*ui.right, "enter")
        assert "3 of 3 right." in ui.text
        assert "Seed 11" in ui.text
        assert len(attempts(learner)) == 3
        await ui.press("enter")
        assert ui.shows == "HomeScreen"


async def test_in_a_lesson_nothing_counts_before_enter(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, "rising") as ui:
        while not ui.asks or ui.question.question.kind != "single":
            await ui.press("n" if not ui.asks else "s")
        await ui.press(*ui.right)
        assert ui.asks
        assert attempts(learner) == []


async def test_several_choices_and_a_digit_that_is_none_do_not_commit(
    files: CourseFolder, learner: Journal
) -> None:
    picking = Picking(files, learner, seed=1)
    picking.want(Selection(kinds=frozenset({"multi"})), [])
    async with in_quiz(files, learner, picking.begin(picking.offers[0])) as ui:
        await ui.press("1", "2", "9", "0")
        assert ui.asks
    async with in_quiz(files, learner, single(files, learner)) as ui:
        await ui.press("down", "9", "0")
        assert ui.asks
        assert attempts(learner) == []


async def test_digits_in_one_breath_answer_one_question_once(
    files: CourseFolder, learner: Journal
) -> None:
    async with in_quiz(files, learner, single(files, learner)) as ui:
        ui.rush("1", "1", "2", "1")
        await ui.settle()
        assert len(attempts(learner)) == 1
        assert not ui.asks


async def test_how_sure_is_asked_after_the_digit_and_can_still_be_changed(
    files: CourseFolder, learner: Journal
) -> None:
    turn(learner, CERTAINTY, True)
    async with in_quiz(files, learner, single(files, learner)) as ui:
        await ui.press(wrong(ui))
        assert "How sure?" in ui.text
        assert "Undo" not in ui.rows[-1]
        await ui.press("escape", *ui.right, "3")
        assert isinstance(ui.lesson.view, VerdictView)
        assert ui.lesson.view.verdict.right
        assert len(attempts(learner)) == 1


@every_size
async def test_an_answer_is_taken_back_and_asked_again(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with in_quiz(files, learner, single(files, learner), size) as ui:
        question_id = ui.question.question.id
        assert "Undo" not in ui.rows[-1]
        await ui.press("u")
        assert ui.asks
        await ui.press(wrong(ui))
        assert not ui.asks
        await ui.press("u")
        assert ui.question.question.id == question_id
        assert question_id in ui.said
        assert question_id not in counted(learner)
        await ui.press(*ui.right)
        assert ui.lesson.view.verdict.right


async def test_the_strip_and_the_words_follow_the_phase_of_what_is_asked(
    files: CourseFolder, learner: Journal
) -> None:
    quiz = single(files, learner, "rising", "peak", count=12)
    async with in_quiz(files, learner, quiz) as ui:
        seen = {}
        while isinstance(ui.lesson.view, QuestionView):
            strip = ui.app.screen.query_one(SpineStrip)
            (lit,) = strip._lit
            seen.setdefault(ui.lesson.phase.id, set()).add((lit.start_ms, lit.end_ms))
            await ui.press("g")
            assert f"Words of {files.entries[ui.lesson.phase.id].title}" in ui.words
            await ui.press("escape", "s")
        assert {*seen} == {"rising", "peak"}
        assert all(len(windows) == 1 for windows in seen.values())
        assert seen["rising"] != seen["peak"]


async def test_every_kind_of_question_is_answered_in_a_quiz(
    files: CourseFolder, learner: Journal
) -> None:
    picking = Picking(files, learner)
    by_kind = {banked.question.kind: banked.id for banked in picking._bank}
    begun = learner.append(QUIZ, seed=1, data={"quiz": "x", "ids": [*by_kind.values()]})
    quiz = Quiz(files, learner, picking._bank, begun)
    async with in_quiz(files, learner, quiz, (120, 40)) as ui:
        for kind in by_kind:
            view = ui.question
            assert view.question.kind == kind
            keys = keys_for(view, model_answer(quiz._asked.posed))
            await ui.press(*(keys[:1] if kind == "single" else keys))
            await ui.until(lambda: isinstance(ui.lesson.view, VerdictView))
            await ui.settle()
            await ui.press("enter")
        assert isinstance(ui.lesson.view, EndView)
        assert len(attempts(learner)) == len(by_kind)


# Review


async def test_a_review_begins_at_once_with_its_first_question(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("r")
        assert ui.shows == "ReviewScreen"
        assert isinstance(ui.lesson, Review)
        assert ui.question.counter.number == 1


def of_choices(files: CourseFolder, journal: Journal) -> None:
    """Leave only single choices to review."""
    for banked in Picking(files, journal)._bank:
        if banked.question.kind != "single":
            journal.append("suspend", question_id=banked.id, data={"on": True})


async def test_a_review_counts_from_its_first_verdict_on_and_undoes_across_questions(
    files: CourseFolder, learner: Journal
) -> None:
    of_choices(files, learner)
    async with started(files, learner) as ui:
        await ui.press("r")
        first = ui.question.question.id
        count = ui.question.counter.count
        await ui.press(wrong(ui))
        assert ui.rows[0].startswith(f" 1/{count} ")
        await ui.press("enter")
        assert ui.question.question.id != first
        await ui.press("u")
        assert ui.question.question.id == first
        assert first not in counted(learner)
        assert "Undo" not in ui.rows[-1]


@every_size
async def test_a_question_is_suspended_and_that_is_taken_back(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    of_choices(files, learner)
    async with started(files, learner, size=size) as ui:
        await ui.press("r")
        first = ui.question.question.id
        await ui.press("x")
        assert ui.question.question.id != first
        assert f"{first} is left out of review from now on (u takes" in ui.said
        assert derive(learner).questions[first].suspended
        await ui.press("u")
        assert ui.question.question.id == first
        assert not derive(learner).questions[first].suspended


async def test_taking_back_a_suspension_is_told_with_the_key_that_does_it_from_a_box(
    files: CourseFolder, learner: Journal
) -> None:
    for banked in Picking(files, learner)._bank:
        if banked.question.kind != "text" or banked.phase not in ("rest", "peak", "rising"):
            learner.append("suspend", question_id=banked.id, data={"on": True})
    async with started(files, learner) as ui:
        await ui.press("r")
        asked = [ui.question.question.id]
        for _ in range(2):
            await ui.press("escape", "x")
            assert f"{asked[-1]} is left out of review from now on (Esc, then u" in ui.said
            asked.append(ui.question.question.id)
        assert len(set(asked)) == 3
        for before in asked[1::-1]:
            await ui.press("escape", "u")
            assert ui.question.question.id == before
            assert not derive(learner).questions[before].suspended


async def test_a_quiz_has_no_key_to_suspend(files: CourseFolder, learner: Journal) -> None:
    async with in_quiz(files, learner, single(files, learner), (120, 40)) as ui:
        question_id = ui.question.question.id
        await ui.press("x")
        assert "Suspend" not in ui.rows[-1]
        assert ui.question.question.id == question_id


async def test_help_tells_of_digits_and_of_taking_back(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=(120, 40)) as ui:
        await ui.press("r", "question_mark")
        told = ui.told("#help")
        assert "a digit answers at once" in told
        assert "u take back what was done last" in told
        assert "x leave the question out of review" in told


async def test_a_review_of_nothing_says_so_and_leads_to_the_map(
    files: CourseFolder, learner: Journal
) -> None:
    for banked in Picking(files, learner)._bank:
        learner.append("suspend", question_id=banked.id, data={"on": True})
    async with started(files, learner) as ui:
        await ui.press("r")
        assert "Nothing more is due today." in ui.text
        await ui.press("enter")
        assert ui.shows == "HomeScreen"


async def test_a_journal_that_cannot_be_written_is_a_sentence_and_leaves_the_review(
    files: CourseFolder, learner: Journal
) -> None:
    of_choices(files, learner)
    async with started(files, learner) as ui:
        await ui.press("r")
        question = ui.question.question.id
        learner._connection.execute("PRAGMA query_only = on")
        await ui.press("x")
        assert ui.toasts
        assert "left out" not in ui.said
        await ui.press("1")
        assert ui.asks
        assert ui.question.question.id == question


async def test_another_mode_opens_a_quiz_anew_where_it_was(
    files: CourseFolder, learner: Journal
) -> None:
    async with in_quiz(files, learner, single(files, learner)) as ui:
        await ui.press("s")
        stem = ui.question.stem
        await ui.press("comma", "2", "right", "escape")
        await ui.until(lambda: ui.shows == "MixingScreen")
        assert ui.question.stem == stem
        assert isinstance(ui.app, TutorApp)
        assert ui.app.glyphs.mode != "ascii"
