"""Wrong ideas: shown, refuted, held, cleared, and the evidence for it."""

from __future__ import annotations

import pytest

from tests.session.progress.learner import BANK, FILES, Learner, able_to_show
from tutor.session.progress.ideas import Idea

#: A wrong idea that several questions can show, and that a run refutes.
IDEA = "M1"
ASKED = able_to_show(IDEA)


@pytest.fixture
def learner() -> Learner:
    return Learner()


def idea(learner: Learner, name: str = IDEA) -> Idea:
    return next(one for one in learner.view.misconceptions if one.id == name)


def test_an_idea_that_was_shown_is_held_and_names_where_and_when(learner: Learner) -> None:
    first = learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    learner.wait(days=2)
    second = learner.answer(ASKED[1], right=False, misconceptions=[IDEA])
    learner.answer(ASKED[1], right=False, misconceptions=[IDEA])
    found = idea(learner)
    assert found.held
    assert [(one.question, one.times) for one in found.shown] == [(ASKED[1], 2), (ASKED[0], 1)]
    assert found.shown[1].last == first.time
    assert found.shown[0].last > second.time
    assert found.name == FILES.misconceptions[IDEA].name


def test_a_later_right_answer_where_it_can_be_shown_clears_it(learner: Learner) -> None:
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    cleared = learner.answer(ASKED[2])
    found = idea(learner)
    assert not found.held
    assert (found.cleared_by, found.cleared_at) == (ASKED[2], cleared.time)


def test_a_right_answer_to_another_question_clears_nothing(learner: Learner) -> None:
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    other = next(banked.id for banked in BANK if IDEA not in banked.misconceptions)
    learner.answer(other)
    assert idea(learner).held


def test_an_earlier_right_answer_or_a_helped_one_clears_nothing(learner: Learner) -> None:
    learner.answer(ASKED[1])
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    learner.answer(ASKED[1], hint=True)
    assert idea(learner).held


def test_shown_again_it_is_held_again(learner: Learner) -> None:
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    learner.answer(ASKED[1])
    learner.answer(ASKED[2], right=False, misconceptions=[IDEA])
    assert idea(learner).held


def test_a_verdict_refutes_and_an_exam_has_none(learner: Learner) -> None:
    assert FILES.misconceptions[IDEA].refutation is not None
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA], mode="exam")
    assert not idea(learner).refuted
    learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    assert idea(learner).refuted


def test_an_idea_that_no_run_can_answer_is_not_refuted(learner: Learner) -> None:
    without = next(
        name
        for name, one in FILES.misconceptions.items()
        if one.refutation is None and able_to_show(name)
    )
    for question in able_to_show(without):
        options = getattr(BANK.by_id[question].question, "options", ())
        if any(option.misconception == without and option.refutation for option in options):
            continue
        learner.answer(question, right=False, misconceptions=[without])
        assert not idea(learner, without).refuted
        return
    pytest.fail("every question brings a run of its own")


def test_an_answer_taken_back_shows_nothing(learner: Learner) -> None:
    shown = learner.answer(ASKED[0], right=False, misconceptions=[IDEA])
    learner.journal.append("undo", question_id=ASKED[0], data={"of": shown.id})
    assert learner.view.misconceptions == ()


def test_those_held_come_first_and_of_these_the_latest(learner: Learner) -> None:
    for name in ("M2", "M3", "M4"):
        learner.answer(able_to_show(name)[0], right=False, misconceptions=[name])
    clearing = next(one for one in able_to_show("M3") if one not in able_to_show("M2"))
    learner.answer(clearing)
    found = [(one.id, one.held) for one in learner.view.misconceptions]
    assert found == sorted(found, key=lambda one: not one[1])
    held = [one for one in learner.view.misconceptions if one.held]
    assert held == sorted(held, key=lambda one: one.shown[0].last, reverse=True)


def test_an_idea_that_the_course_has_lost_is_left_out(learner: Learner) -> None:
    learner.answer(ASKED[0], right=False, misconceptions=["M99999", IDEA])
    assert [one.id for one in learner.view.misconceptions] == [IDEA]


def test_a_question_that_the_course_has_lost_is_evidence_still(learner: Learner) -> None:
    learner.answer("gone.q9", right=False, misconceptions=[IDEA])
    assert idea(learner).held
    assert idea(learner).shown[0].question == "gone.q9"
