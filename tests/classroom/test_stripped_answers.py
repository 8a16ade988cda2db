"""Graded questions without their keys: answers are taken all the same, and marked in full."""

from pathlib import Path
from typing import Any

import pytest
from every_question_out import every_kind, made_of
from handing import questions_of

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.identity import Who
from tutor.course import questions as q
from tutor.course.posed import Posed
from tutor.grading.fitting import refuse_unfit
from tutor.grading.marking import full_marks, mark, model_answer
from tutor.journal.store import Journal
from tutor.session.form import shown_answer
from tutor.session.views import QuestionView

#: An answer of each kind as it is typed or picked, and some that are none.
GOOD: dict[str, Any] = {
    "numeric": "12 mV",
    "text": "because it is so",
    "point": {"time_ms": 1.5, "place_mm": 2.0},
    "interval": [1.0, 2.5],
    "experiment": {},
}
BAD: dict[str, list[Any]] = {
    "single": [[], ["a"], "a", None, [1]],
    "multi": [["a"], "a", {"a": True}],
    "ordering": [["a"], "a", None, [["x"]]],
    "matching": [{"a": "b"}, {"a": 1}, {"a": {"b": []}}, ["a"], None],
    "numeric": [12, None, ["12 mV"]],
    "calculation": ["12", [], ["1"] * 99, [1, 2]],
    "text": [None, ["so"], 7],
    "point": [
        {},
        {"time_ms": "1"},
        {"time_ms": 10**400},
        {"time_ms": 1, "value": None},
        {"time_ms": 1.0, "place_mm": None},
        {"time_ms": float("nan")},
        [1.0],
        None,
    ],
    "interval": [[1.0], [1.0, 2.0, 3.0], [1.0, True], [1.0, float("inf")], "1 2", None],
    "experiment": [{"no_such_knob": 1.0}, [1.0], None],
}


def good_answer(question: q.Question) -> Any:
    match question:
        case q.SingleQuestion(options=options):
            return [options[-1].id]
        case q.MultiQuestion(options=options):
            return [option.id for option in options[:2]]
        case q.OrderingQuestion(items=items):
            return [item.id for item in items]
        case q.MatchingQuestion(items=items, partners=partners):
            return {item.id: partners[-1].id for item in items}
        case q.CalculationQuestion(parts=parts):
            return ["12 mV"] * len(parts)
        case q.ExperimentQuestion(scenario=scenario):
            return {name: high for name, (_, high) in scenario.knobs.items()}
    return GOOD[question.kind]


def test_every_answer_is_taken_and_what_is_none_is_refused_without_a_run(
    in_full: dict[str, q.Question], given: dict[str, q.Question]
) -> None:
    assert {question.kind for question in given.values()} == BAD.keys()
    for name, question in given.items():
        for one in (question, in_full[name]):
            posed = Posed(one, 3)
            refuse_unfit(posed, good_answer(question))
            for bad in BAD[question.kind]:
                with pytest.raises(ValueError, match=r"\w"):
                    refuse_unfit(posed, bad)
            assert "run" not in posed.__dict__


def test_whatever_was_once_kept_as_an_answer_can_be_shown(given: dict[str, q.Question]) -> None:
    strange = [bad for of_kind in BAD.values() for bad in of_kind if bad != {"time_ms": 10**400}]
    for question in given.values():
        for answer in strange:
            assert isinstance(shown_answer(Posed(question, 3), answer), str)
        if question.kind == "point":
            assert shown_answer(Posed(question, 3), {"time_ms": 1}).endswith(" ms")


def test_a_knob_beyond_its_range_is_no_answer(given: dict[str, q.Question]) -> None:
    question = next(one for one in given.values() if isinstance(one, q.ExperimentQuestion))
    name, (_, high) = next(iter(question.scenario.knobs.items()))
    with pytest.raises(ValueError, match="goes from"):
        refuse_unfit(Posed(question, 1), {name: high + 1})


def test_answers_to_what_was_handed_out_are_marked_against_the_questions_in_full(
    tmp_path: Path,
) -> None:
    made = made_of(every_kind(tmp_path))
    given = questions_of(made.assignment.excerpt)
    for name, question in questions_of(made.in_full).items():
        posed = Posed(question, 1)
        right = model_answer(posed)
        refuse_unfit(Posed(given[name], 1), right)
        assert mark(posed, right).marks == made.assignment.excerpt.marks[name]
        assert full_marks(question) == made.assignment.excerpt.marks[name]


def test_graded_work_shows_no_run_after_an_answer_that_was_not_there_before(
    tmp_path: Path,
) -> None:
    made = made_of(every_kind(tmp_path))
    assigned = Assigned(made.assignment, Journal.in_memory())
    assigned.sit_as(Who("ada"))
    work = assigned.begin()
    kinds = set()
    for number in range(1, len(made.assignment.excerpt.ids) + 1):
        work.go(number)
        before = work.view
        assert isinstance(before, QuestionView)
        work.answer(good_answer(before.question))
        after = work.view
        assert isinstance(after, QuestionView)
        runs = [(one.role, one.until_ms, one.run.scenario) for one in before.drawn]
        assert [(one.role, one.until_ms, one.run.scenario) for one in after.drawn] == runs
        if before.question.kind != "experiment":
            assert before.knobs == after.knobs == ()
        kinds.add(before.question.kind)
    assert kinds == BAD.keys()
