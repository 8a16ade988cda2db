"""What a quiz can be of, by names and by what is offered."""

from __future__ import annotations

import pytest

from tests.answers import wrong_answer
from tutor.course.loader import CourseFolder
from tutor.grading.marking import model_answer
from tutor.journal.derived import derive
from tutor.journal.kinds import QUIZ, QUIZ_END, QUIZ_POSITION
from tutor.journal.store import Journal
from tutor.session.bank import Bank, Selection
from tutor.session.picking import COUNTS, Picking
from tutor.session.profile import Profile, save_profile
from tutor.session.quiz import Quiz, begin_quiz
from tutor.session.views import EndView, QuestionView, VerdictView


@pytest.fixture(scope="module")
def bank(files: CourseFolder) -> Bank:
    return Bank(files)


def named(picking: Picking) -> dict[str, int]:
    return {offer.name: offer.count for offer in picking.offers}


def ids(quiz: Quiz) -> list[str]:
    return [banked.id for banked in quiz._questions]


def test_offers_tell_how_many_questions_fit(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    offers = named(Picking(files, journal, phase_id="peak"))
    assert offers["everything"] == offers["never seen"] == len(bank.by_id)
    assert offers["my mistakes"] == offers["flagged"] == 0
    assert offers["Peak"] == sum(one.phase == "peak" for one in bank)
    assert offers["The spike"] == sum(one.module == "spike" for one in bank)


def test_only_what_is_for_the_learner_is_offered(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    save_profile(journal, Profile("a-level"))
    assert named(Picking(files, journal))["everything"] < len(bank.by_id)


def test_a_kind_narrows_every_offer_and_comes_round_again(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    picking = Picking(files, journal)
    before = named(picking)
    seen = []
    for _ in picking.kinds:
        picking.change_kind()
        seen.append(picking.kind)
        assert named(picking)["everything"] == sum(
            picking.kind in ("", one.question.kind) for one in bank
        )
    assert sorted(seen) == sorted(picking.kinds)
    assert named(picking) == before


def test_more_and_fewer_stay_within_what_can_be_chosen(
    files: CourseFolder, journal: Journal
) -> None:
    picking = Picking(files, journal, count=7)
    found = []
    for by in (1, 1, 1, 1, -1, -1, -1, -1):
        picking.change_count(by)
        found.append(picking.count)
    assert found == [10, 20, 40, 40, 20, 10, 5, 5]
    assert set(found) == set(COUNTS)


@pytest.mark.parametrize(
    ("names", "holds"),
    [
        (["peak"], lambda one: one.phase == "peak"),
        (["SPIKE", "rest"], lambda one: "spike" in one.module or one.phase == "rest"),
        (["m1"], lambda one: "M1" in one.misconceptions),
        (["reading.axes"], lambda one: "reading.axes" in one.question.objectives),
        (["spike", "M3"], lambda one: one.module == "spike" and "M3" in one.misconceptions),
    ],
)
def test_names_of_any_sort_are_understood(
    files: CourseFolder, journal: Journal, bank: Bank, names: list[str], holds
) -> None:
    picking = Picking(files, journal, count=1000)
    picking.want(Selection(), names)
    (offer,) = picking.offers
    assert sorted(ids(picking.begin(offer))) == sorted(one.id for one in bank if holds(one))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pek", "did you mean peak?"),
        ("M9999", "'M9999'; known: "),
        ("reading.axis", "did you mean reading.axes?"),
        ("", "misconception ''; known: at-rest"),
        ("\x1b]52;c;AA\x07" + "x" * 5000, "misconception"),
    ],
)
def test_a_wrong_name_is_a_sentence_with_what_is_near(
    files: CourseFolder, journal: Journal, name: str, said: str
) -> None:
    with pytest.raises(ValueError, match="there is no module, phase") as refused:
        Picking(files, journal).want(Selection(), [name])
    assert said in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_nothing_that_fits_is_a_sentence_and_begins_nothing(
    files: CourseFolder, journal: Journal
) -> None:
    with pytest.raises(ValueError, match="nothing of Peak was wrong last time"):
        Picking(files, journal).want(Selection(mistakes=True), ["peak"])
    with pytest.raises(ValueError, match="nothing is still unseen and is flagged"):
        Picking(files, journal).want(Selection(never_seen=True, flagged=True))
    kinds = frozenset({"experiment"})
    with pytest.raises(ValueError, match="no question fits: Peak, experiment, medical"):
        Picking(files, journal).want(Selection(kinds=kinds, track="M"), ["peak"])
    picking = Picking(files, journal)
    with pytest.raises(ValueError, match="no question fits"):
        picking.begin(next(offer for offer in picking.offers if not offer.count))
    assert journal.latest(QUIZ) is None


def test_the_title_says_what_was_picked(files: CourseFolder, journal: Journal) -> None:
    picking = Picking(files, journal)
    picking.want(Selection(never_seen=True, kinds=frozenset({"single"}), track="A"), ["peak"])
    title = picking.begin(picking.offers[0]).title
    assert title == "Quiz: Peak, one choice, without medical extensions, never seen"


def test_a_seed_draws_the_same_again_and_is_told_at_the_end(
    files: CourseFolder, journal: Journal
) -> None:
    first, second, other = (
        Picking(files, journal, count=2, seed=seed).begin(Picking(files, journal).offers[0])
        for seed in (7, 7, 8)
    )
    assert ids(first) == ids(second) != ids(other)
    while not isinstance(first.view, EndView):
        first.forward()
    assert any("Seed 7" in line for line in first.view.lines)


def test_the_quiz_that_was_left_is_offered_until_its_end(
    files: CourseFolder, journal: Journal
) -> None:
    assert Picking(files, journal).go_on_line == ""
    quiz = begin_of(files, journal, 2)
    quiz.forward()
    picking = Picking(files, journal)
    assert picking.go_on_line == "Go on with Quiz: Peak, one choice, 2/2"
    assert picking.begun is not None
    assert picking.begun.outline.question == quiz.outline.question
    quiz.forward()
    assert Picking(files, journal).begun is None


def begin_of(files: CourseFolder, journal: Journal, count: int) -> Quiz:
    picking = Picking(files, journal, count=count, seed=3)
    picking.want(Selection(kinds=frozenset({"single"})), ["peak"])
    return picking.begin(picking.offers[0])


def test_a_quiz_killed_between_its_last_question_and_its_end_has_ended(
    files: CourseFolder, journal: Journal, bank: Bank
) -> None:
    banked = bank.by_id[next(iter(bank.by_id))]
    quiz = begin_quiz(files, journal, bank, [banked], 1)
    journal.append(QUIZ_POSITION, data={"quiz": quiz._quiz, "number": 1})
    assert Picking(files, journal).begun is None
    assert journal.latest(QUIZ_END).data["quiz"] == quiz._quiz


def test_a_quiz_with_nothing_left_to_answer_is_not_offered(
    files: CourseFolder, journal: Journal
) -> None:
    quiz = begin_of(files, journal, 2)
    quiz.answer(model_answer(quiz._asked.posed))
    assert Picking(files, journal).begun is not None
    quiz.forward()
    quiz.answer(model_answer(quiz._asked.posed))
    assert Picking(files, journal).begun is None


def test_what_was_named_is_meant_before_the_quiz_that_was_left(
    files: CourseFolder, journal: Journal
) -> None:
    begin_of(files, journal, 2)
    picking = Picking(files, journal)
    assert picking.usual == 0
    assert picking.kind_named == "any kind"
    picking.want(Selection(kinds=frozenset({"text", "single"})), ["peak"])
    assert picking.begun is not None
    assert picking.usual == 1
    assert picking.kind_named == "one choice, write"


@pytest.mark.parametrize("name", ["rising phase", "Rising Phase", " RISING  phase", "rising"])
def test_a_phase_is_found_by_its_title_too(
    files: CourseFolder, journal: Journal, name: str
) -> None:
    picking = Picking(files, journal)
    picking.want(Selection(), [name])
    assert picking.wanted.places == {"rising"}
    picking.want(Selection(), ["the membrane AT rest"])
    assert picking.offers[0].name == "The membrane at rest"


@pytest.mark.parametrize("data", [{}, {"quiz": 3, "ids": "x"}, {"quiz": "a", "ids": ["lost.q1"]}])
def test_a_quiz_of_another_version_or_course_does_no_harm(
    files: CourseFolder, journal: Journal, data: dict[str, object]
) -> None:
    journal.append(QUIZ, data=data)
    assert Picking(files, journal).begun is None


def test_an_answer_in_a_quiz_can_be_taken_back_as_if_it_had_never_been(
    files: CourseFolder, journal: Journal
) -> None:
    quiz = begin_of(files, journal, 1)
    assert not quiz.can_undo
    with pytest.raises(ValueError, match="no answer to take back"):
        quiz.undo()
    quiz.answer(wrong_answer(quiz._asked.posed))
    question_id = quiz.view.question.id
    assert quiz.can_undo
    quiz.undo()
    assert isinstance(quiz.view, QuestionView)
    assert quiz.view.question.id == question_id
    assert not quiz.can_undo
    state = derive(journal).questions.get(question_id)
    assert state is None or state.attempts == 0
    again = Picking(files, journal).begun
    assert isinstance(again.view, QuestionView)
    again.answer(model_answer(again._asked.posed))
    again.forward()
    assert (again.view.right, again.view.questions) == (1, 1)


def test_an_undone_answer_is_not_shown_again_by_going_back(
    files: CourseFolder, journal: Journal
) -> None:
    quiz = begin_of(files, journal, 2)
    quiz.answer(wrong_answer(quiz._asked.posed))
    quiz.undo()
    quiz.forward()
    quiz.back()
    assert isinstance(quiz.view, QuestionView)
    quiz.answer(model_answer(quiz._asked.posed))
    quiz.forward()
    quiz.back()
    assert isinstance(quiz.view, VerdictView)
