"""Certainty, drafts, flags, reports, claims and the way to the step, in the app."""

import pytest
from answers import keys_for
from app_driver import LARGE, PHASE, known_learner, put_at, refutable, started
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.course.text import to_ascii
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, CLAIM, DRAFT
from tutor.journal.store import Journal
from tutor.session.report import reports_folder
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.views import QuestionView, StepView, VerdictView


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def learner(journal: Journal) -> Journal:
    return known_learner(journal)


def at(kinds: CourseFolder, journal: Journal, kind: str) -> None:
    put_at(kinds, journal, lambda question: question.kind == kind, "kinds")


# Certainty


@pytest.mark.parametrize(
    ("key", "kept", "told"),
    [("3", 3, "certain: +3 by certainty"), ("1", 1, "guess: +1"), ("enter", None, "Right")],
)
async def test_how_sure_is_asked_before_the_verdict_and_kept(
    kinds: CourseFolder, learner: Journal, key: str, kept: int | None, told: str
) -> None:
    turn(learner, CERTAINTY, True)
    at(kinds, learner, "single")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press(*ui.right, "enter")
        assert "How sure? 1 guess, 2 fairly, 3 certain" in ui.text
        assert "Right" not in ui.text
        assert learner.latest(ATTEMPT) is None
        await ui.press("h", "a", "x", "s")
        assert isinstance(ui.lesson.view, QuestionView)
        await ui.press(key)
        assert isinstance(ui.lesson.view, VerdictView)
        assert told in ui.text
    assert learner.latest(ATTEMPT).data.get("certainty") == kept


async def test_an_answer_can_be_changed_until_it_is_said_how_sure(
    kinds: CourseFolder, learner: Journal
) -> None:
    turn(learner, CERTAINTY, True)
    at(kinds, learner, "text")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("Na+")
        await ui.press("enter", "escape")
        assert "How sure?" not in ui.text
        await ui.type(" enters")
        await ui.press("enter", "2")
    assert learner.latest(ATTEMPT).answer == "Na+ enters"


async def test_a_committed_answer_outlives_the_program(
    kinds: CourseFolder, learner: Journal
) -> None:
    turn(learner, CERTAINTY, True)
    at(kinds, learner, "text")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("Na+ enters")
        await ui.press("enter")
        assert learner.latest(DRAFT).answer == "Na+ enters"
    async with started(kinds, learner, "kinds") as ui:
        assert "Na+ enters" in ui.text


async def test_without_certainty_a_right_choice_takes_two_keys(
    kinds: CourseFolder, learner: Journal
) -> None:
    at(kinds, learner, "single")
    async with started(kinds, learner, "kinds") as ui:
        keys = keys_for(ui.question, model_answer(ui.lesson._asked.posed))
        await ui.press(*keys)
        assert len(keys) == 2
        assert ui.lesson.view.headline == "Right"


# Drafts


@pytest.mark.parametrize("way", [("escape", "m"), ("ctrl+q",), ("escape", "s")])
@pytest.mark.parametrize(
    ("kind", "typed"),
    [("text", "Sodium ions"), ("numeric", "12 m"), ("calculation", "3 m/s")],
)
async def test_what_is_typed_is_there_again(
    kinds: CourseFolder, learner: Journal, kind: str, typed: str, way: tuple[str, ...]
) -> None:
    at(kinds, learner, kind)
    async with started(kinds, learner, "kinds") as ui:
        await ui.type(typed)
        await ui.press(*way)
    async with started(kinds, learner, "kinds") as ui:
        if way[-1] == "s":
            await ui.press("escape", "b")
        assert typed in ui.text
    assert learner.latest(ATTEMPT) is None


async def test_what_is_typed_is_kept_after_a_pause_without_a_key(
    kinds: CourseFolder, learner: Journal
) -> None:
    at(kinds, learner, "text")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("Sodium")
        await ui.until(lambda: learner.latest(DRAFT) is not None)
        assert learner.latest(DRAFT).answer == "Sodium"


@pytest.mark.parametrize("kind", ["multi", "ordering", "matching"])
async def test_what_is_picked_is_there_again(
    kinds: CourseFolder, learner: Journal, kind: str
) -> None:
    at(kinds, learner, kind)
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press(*(("b", "a") if kind == "matching" else ("3", "1")))
        picked, shown = ui.lesson_screen._answers.draft, ui.told()
        await ui.press("ctrl+q")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        assert ui.lesson_screen._answers.draft == picked
        again, before = (text.replace(">", "").split() for text in (ui.told(), shown))
        assert again == before


# Flag, report, claim, look up


async def test_a_flag_is_shown_beside_the_id(kinds: CourseFolder, learner: Journal) -> None:
    at(kinds, learner, "single")
    async with started(kinds, learner, "kinds") as ui:
        await ui.press("2", "f")
        assert "kinds.single (flagged)" in ui.rows[0]
        assert ui.marks()[1].startswith(">"), "what was picked stays"
        await ui.press("f")
        assert "flagged" not in ui.text


async def test_a_report_says_where_it_is(kinds: CourseFolder, learner: Journal) -> None:
    at(kinds, learner, "single")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press("!")
        (path,) = reports_folder().iterdir()
        assert path.name in "".join(ui.toasts)


@pytest.mark.parametrize("leaves", ["s", "a", "m"])
async def test_what_is_said_of_a_report_goes_with_its_question(
    kinds: CourseFolder, learner: Journal, leaves: str
) -> None:
    at(kinds, learner, "single")
    async with started(kinds, learner, "kinds", LARGE) as ui:
        await ui.press("!", "h")
        assert "Written, to be sent" in ui.words
        await ui.press(leaves)
        assert "Written, to be sent" not in ui.words


async def test_of_several_missed_points_one_is_chosen_to_claim(
    kinds: CourseFolder, learner: Journal
) -> None:
    at(kinds, learner, "text")
    async with started(kinds, learner, "kinds") as ui:
        await ui.type("The pump.")
        await ui.press("enter", "w")
        assert "Which of these did you write?" in ui.words
        await ui.press("escape")
        assert learner.latest(CLAIM) is None
        await ui.press("w", "2", "enter")
        assert "You hold that you wrote this" in ui.static("#before")
    assert learner.latest(CLAIM).data["point"] == "enter"


async def test_the_title_of_a_step_that_is_looked_up_has_room(
    files: CourseFolder, learner: Journal
) -> None:
    question = put_at(files, learner, refutable)
    step = next(s for s in files.phase(PHASE).steps if question.id in s.asks)
    async with started(files, learner, PHASE) as ui:
        await ui.press(ui.refuted, "enter", "l")
        assert f"{ui.lesson.view.counter}  {step.title}" in ui.rows[0]
        assert "Enter Verdict" in ui.rows[-1]
        await ui.press("enter")
        assert isinstance(ui.lesson.view, VerdictView)
        assert "Enter Next" in ui.rows[-1]


async def test_a_wrong_answer_leads_to_its_step_and_back(
    files: CourseFolder, learner: Journal
) -> None:
    question = put_at(files, learner, refutable)
    step = next(s for s in files.phase(PHASE).steps if question.id in s.asks)
    async with started(files, learner, PHASE, LARGE) as ui:
        await ui.press(ui.refuted, "enter")
        told = ui.static("#before")
        assert f"Taught in step 1, {to_ascii(step.title)}" in told
        await ui.press("l")
        assert isinstance(ui.lesson.view, StepView)
        assert "Enter Verdict" in ui.rows[-1]
        await ui.press("b")
        assert ui.static("#before") == told
        await ui.press("l", "enter")
        assert ui.static("#before") == told


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_the_question_id_stands_in_the_title_line(
    files: CourseFolder, learner: Journal, size: tuple[int, int]
) -> None:
    longest = max(
        (q for p in files.phase_ids for q in files.phase(p).questions), key=lambda q: len(q.id)
    )
    phase = longest.id.rsplit(".", 1)[0]
    put_at(files, learner, lambda question: question.id == longest.id, phase)
    async with started(files, learner, phase, size) as ui:
        assert longest.id in ui.rows[0]


async def test_who_writes_on_and_on_has_it_kept_all_the_same(
    files: CourseFolder, learner: Journal
) -> None:
    put_at(files, learner, lambda question: question.kind == "text", "rising")
    async with started(files, learner, "rising") as ui:
        await ui.type("Na")
        ui.lesson_screen._unkept_since -= 60.0  # A minute without a pause.
        await ui.type("+")
        assert learner.latest(DRAFT).answer == "Na+"
        await ui.type(" enters")
    assert learner.latest(DRAFT).answer == "Na+ enters"


# Experiments


async def test_enter_before_a_knob_is_turned_says_so_and_leaves_the_arrows_to_the_knobs(
    kinds: CourseFolder, learner: Journal
) -> None:
    at(kinds, learner, "experiment")
    async with started(kinds, learner, "kinds") as ui:
        before = ui.question.knobs[0].value
        await ui.press("enter")
        assert "No knob has been turned yet." in ui.said
        await ui.press("right")
        turned = ui.question.knobs[0]
        assert turned.value > before
        await ui.press("enter")
        await ui.until(lambda: isinstance(ui.lesson.view, VerdictView))
    (attempt,) = learner.events(kind=ATTEMPT)
    assert attempt.answer == {turned.name: turned.value}
