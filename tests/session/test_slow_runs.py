"""Slow runs: what has to be waited for, what can be told before it is there."""

import pytest

from simulator.progress import Cancelled
from tutor.course import scenario as scenarios
from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.questions import ChoiceQuestion, ExperimentQuestion, Question
from tutor.course.scenario import default_scenario, simulate_once
from tutor.course.scenario_fields import PulseSpec, Scenario
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.knobs import run_before
from tutor.session.lesson import Lesson
from tutor.session.slow import awaited
from tutor.session.views import QuestionView, StepView, VerdictView


@pytest.fixture(autouse=True)
def nothing_is_kept():
    scenarios.RUNS.clear()


def at(journal: Journal, wanted) -> Lesson:
    """The lesson on propagation at its first item that is `wanted`."""
    lesson = Lesson(CourseFolder(), "propagation", journal)
    while not wanted(lesson.items[lesson._index]):
        lesson.forward()
    return lesson


def with_knobs(item):
    return bool(
        item.demonstration.scenario.knobs if isinstance(item, Step) else item.scenario.knobs
    )


def test_a_quick_run_is_never_waited_for():
    assert awaited([default_scenario("textbook"), default_scenario("resting")]) is None


def test_a_slow_run_is_waited_for_once():
    axon = default_scenario("axon")
    work = awaited([axon, axon])
    assert work is not None
    shares = []
    work(shares.append)
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] < shares[-1] == 1.0
    assert shares.count(1.0) == 1, "one run, not two"
    assert awaited([axon]) is None


def test_slow_work_can_be_stopped_and_done_again():
    work = awaited([default_scenario("axon")])
    assert work is not None

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        work(stop)
    assert awaited([default_scenario("axon")]) is not None
    work()
    assert awaited([default_scenario("axon")]) is None


def test_a_step_tells_its_text_and_set_up_before_its_run_is_there(journal: Journal):
    lesson = at(journal, lambda item: isinstance(item, Step))
    assert lesson._files.spine  # Which its sentences may name.
    before = scenarios.RUNS.misses
    outline = lesson.outline
    assert isinstance(outline, StepView)
    assert (outline.drawn, outline.caption) == ((), "")
    assert outline.step.text
    assert scenarios.RUNS.misses == before
    work = lesson.awaited()
    assert work is not None
    work()
    made = scenarios.RUNS.misses
    assert made > before
    view = lesson.view
    assert isinstance(view, StepView)
    assert view.drawn
    assert view.set_up == outline.set_up
    assert scenarios.RUNS.misses == made, "the view finds what the work has made"


def test_a_question_can_be_read_before_its_run_is_there(journal: Journal):
    lesson = at(journal, lambda item: not isinstance(item, Step))
    outline = lesson.outline
    assert isinstance(outline, QuestionView)
    assert outline.drawn == ()
    assert outline.form.choices
    lesson.awaited()()
    view = lesson.view
    assert isinstance(view, QuestionView)
    assert view.stem == outline.stem
    assert view.form == outline.form


def test_a_turned_knob_has_to_be_waited_for_and_leaves_the_run_before_it(journal: Journal):
    lesson = at(journal, with_knobs)
    if not isinstance(lesson.items[lesson._index], Step):
        lesson.answer(model_answer(lesson._asked.posed))
    assert lesson.view
    knob = lesson.knobs[0]
    lesson.turn(knob.name, knob.high)
    work = lesson.awaited()
    assert work is not None
    assert lesson.knobs[0].value == knob.high, "the knob itself need not wait"
    work()
    assert lesson.awaited() is None
    view = lesson.view
    assert isinstance(view, StepView | VerdictView)
    assert [shown.role for shown in view.drawn if shown.role in ("before", "run")] == [
        "before",
        "run",
    ]


def test_a_knob_that_is_put_back_leaves_nothing_before():
    scenario = Scenario(
        preparation="textbook",
        stimuli=(PulseSpec(times_threshold=1.5),),
        knobs={"na_block": (0.0, 1.0)},
    )
    assert run_before(scenario, {}) == ()
    assert run_before(scenario, {"na_block": 0.0}) == ()
    (before,) = run_before(scenario, {"na_block": 0.5})
    assert before.run is simulate_once(scenario)
    assert (before.role, before.label) == ("before", "before")


def is_refuted(item):
    return isinstance(item, ChoiceQuestion) and any(one.refutation for one in item.options)


def refuted_option(lesson: Lesson) -> list[str]:
    return [next(one.id for one in lesson._asked.question.options if one.refutation)]


def test_a_verdict_finds_the_runs_that_were_made_for_it(journal: Journal):
    lesson = at(journal, is_refuted)
    answer = refuted_option(lesson)
    work = lesson.marking(answer, typed=False)
    assert work is not None
    work()
    assert lesson._files.spine  # Which its sentences may name.
    made = scenarios.RUNS.misses
    lesson.answer(answer)
    view = lesson.view
    assert isinstance(view, VerdictView)
    assert view.refutations
    assert scenarios.RUNS.misses == made


def test_an_experiment_is_marked_by_the_run_that_was_shown(journal: Journal):
    lesson = at(journal, lambda item: isinstance(item, ExperimentQuestion))
    for name, value in model_answer(lesson._asked.posed).items():
        lesson.turn(name, float(value))
    work = lesson.marking("run", typed=True)
    assert work is not None
    work()
    assert lesson._files.spine  # Which its sentences may name.
    made = scenarios.RUNS.misses
    lesson.answer_line("run")
    assert scenarios.RUNS.misses == made


def test_work_for_a_verdict_can_be_stopped(journal: Journal):
    lesson = at(journal, is_refuted)
    work = lesson.marking(refuted_option(lesson), typed=False)
    assert work is not None

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        work(stop)
    assert isinstance(lesson.outline, QuestionView), "nothing is committed"


def test_a_line_that_is_no_answer_has_nothing_to_wait_for(journal: Journal):
    lesson = at(journal, is_refuted)
    assert lesson.marking("nonsense", typed=True) is None


def test_a_stem_with_drawn_numbers_only_takes_no_run(journal: Journal):
    lesson = at(
        journal, lambda item: isinstance(item, Question) and item.draws and "{" in item.stem
    )
    scenarios.RUNS.clear()
    before = scenarios.RUNS.misses
    assert "{" not in lesson.outline.stem
    assert scenarios.RUNS.misses == before
