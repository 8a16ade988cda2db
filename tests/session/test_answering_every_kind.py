"""A lesson takes answers of every kind, keeps them, and gives them back."""

import pytest
from every_kind import kinds_course

from tutor.cli.options import QUESTION_KINDS
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, CLAIM
from tutor.session.lesson import Lesson
from tutor.session.points import point_lines
from tutor.session.views import QuestionView, VerdictView


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def lesson(kinds, journal):
    return Lesson(kinds, "kinds", journal)


def at(lesson, kind):
    while not (isinstance(lesson.view, QuestionView) and lesson.view.question.kind == kind):
        lesson.forward()
    return lesson.view


def verdict(lesson) -> VerdictView:
    view = lesson.view
    assert isinstance(view, VerdictView)
    return view


def typed(view, answer):
    """The line that a learner would type for an answer."""
    numbers = {choice.id: str(n) for n, choice in enumerate(view.form.choices, 1)}
    letters = {partner.id: "abc"[n] for n, partner in enumerate(view.form.partners)}
    match answer:
        case [str(), *_] if view.form.parts:
            return "; ".join(answer)
        case [str(), *_]:
            return " ".join(numbers[one] for one in answer)
        case [float(), float()]:
            return " ".join(map(str, answer))
        case {"time_ms": time_ms}:
            return f"{time_ms:.3f}"
        case dict() if letters:
            return " ".join(numbers[item] + letters[partner] for item, partner in answer.items())
    return answer


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_right_answer_of_every_kind_may_be_typed_and_is_kept(lesson, journal, kind):
    view = at(lesson, kind)
    key = model_answer(lesson._asked.posed)
    if kind == "experiment":
        for name, value in key.items():
            lesson.turn(name, value)
        lesson.answer_line("run")
    else:
        lesson.answer_line(typed(view, key))
    assert verdict(lesson).verdict.right
    assert verdict(lesson).headline == "Right"
    kept = journal.latest(ATTEMPT)
    assert kept.question_id == f"kinds.{kind}"
    assert kept.data["marks"] == kept.data["max_marks"]


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_an_answer_of_every_kind_is_there_again_after_a_restart(kinds, journal, kind):
    lesson = Lesson(kinds, "kinds", journal)
    at(lesson, kind)
    lesson.answer(model_answer(lesson._asked.posed))
    before = verdict(lesson)
    after = verdict(Lesson(kinds, "kinds", journal))
    assert (after.verdict, after.answer, after.key) == (before.verdict, before.answer, before.key)


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_the_shown_answer_is_in_words_and_no_attempt(lesson, journal, kind):
    at(lesson, kind)
    lesson.show_answer()
    assert verdict(lesson).shows_key
    assert all(line and "{" not in line for line in verdict(lesson).key)
    assert journal.latest(ATTEMPT) is None


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("single", "4"),
        ("single", "1 2"),
        ("multi", "first"),
        ("ordering", "1 2"),
        ("ordering", "1 1 2"),
        ("matching", "1a"),
        ("matching", "1z 2a"),
        ("point", "soon"),
        ("interval", "1"),
        ("interval", "nan 2"),
    ],
)
def test_a_line_that_is_no_answer_is_refused_in_a_sentence_and_not_kept(
    lesson, journal, kind, line
):
    at(lesson, kind)
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        lesson.answer_line(line)
    assert isinstance(lesson.view, QuestionView)
    assert journal.latest(ATTEMPT) is None


def test_only_an_experiment_has_its_knobs_before_the_answer(lesson):
    for kind in QUESTION_KINDS:
        assert bool(at(lesson, kind).knobs) == (kind == "experiment")


def test_each_point_of_a_written_answer_tells_by_which_words(lesson):
    at(lesson, "text")
    lesson.answer_line("Voltage-gated sodium channels open. Then the pump starts.")
    view = verdict(lesson)
    lines = point_lines(view, view.verdict)
    assert [line.state for line in lines] == ["met", "missed"]
    assert any("sodium channels open" in more for more in lines[0].more)


def test_a_claim_stands_beside_the_verdict_and_changes_no_mark(kinds, journal):
    lesson = Lesson(kinds, "kinds", journal)
    at(lesson, "text")
    lesson.answer_line("Sodium channels open and I did say what comes in.")
    marks = verdict(lesson).verdict.marks
    assert verdict(lesson).claimable == ("enter",)
    lesson.claim("enter")
    assert verdict(lesson).verdict.marks == marks
    assert verdict(lesson).claimed == {"enter"}
    assert verdict(lesson).claimable == ()
    kept = journal.latest(CLAIM)
    assert kept.data["point"] == "enter"
    assert kept.data["of"] == journal.latest(ATTEMPT).id
    assert verdict(Lesson(kinds, "kinds", journal)).claimed == {"enter"}


def test_only_a_missed_point_of_a_written_answer_may_be_claimed(lesson, journal):
    at(lesson, "text")
    lesson.answer_line("Sodium channels open.")
    for point in ("open", "nonsense"):
        with pytest.raises(ValueError, match="no point"):
            lesson.claim(point)
    assert journal.latest(CLAIM) is None


def test_trying_again_draws_new_numbers(lesson):
    at(lesson, "numeric")
    stems = set()
    for _ in range(12):
        stems.add(lesson.view.stem)
        lesson.show_answer()
        lesson.try_again()
    assert len(stems) > 3


def test_stages_are_named_after_the_answer_alone(lesson):
    for kind in ("point", "interval"):
        assert not any(shown.names_stages for shown in at(lesson, kind).drawn)
        lesson.show_answer()
        assert all(shown.names_stages for shown in lesson.view.drawn)


def test_a_set_up_that_gives_the_key_away_is_told_after_the_answer(lesson):
    before = at(lesson, "interval").set_up
    assert "pulse" not in before
    assert "textbook neuron" in before
    lesson.show_answer()
    assert "pulse 0.5 ms" in lesson.view.set_up
    assert "pulse 0.5 ms" in at(lesson, "experiment").set_up
