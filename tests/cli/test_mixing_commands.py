"""`tutor quiz` and `tutor review`: what they begin, and what they refuse."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from test_commands import refused, tutor

from tutor.course.loader import CourseFolder
from tutor.journal.derived import derive
from tutor.journal.kinds import ATTEMPT, QUIZ, SUSPEND
from tutor.journal.store import Journal, default_path
from tutor.session.bank import Bank


def begun() -> dict[str, object]:
    with Journal.open(default_path()) as journal:
        event = journal.latest(QUIZ)
        assert event is not None
        return {**event.data, "seed": event.seed}


def said(*arguments: str, stdin: str = "q\n") -> str:
    done = tutor(*arguments, "--plain", stdin=stdin)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_named_questions_are_asked_at_once(files: CourseFolder) -> None:
    text = said("quiz", "peak", "--count", "3", "--kind", "single", "--seed", "5")
    assert "Quiz: Peak, one choice 1/3" in text
    bank = Bank(files).by_id
    ids = begun()["ids"]
    assert isinstance(ids, list)
    assert {bank[one].phase for one in ids} == {"peak"}
    assert {bank[one].question.kind for one in ids} == {"single"}
    assert begun()["seed"] == 5


def test_without_a_name_it_is_asked_what_and_a_number_alone_means_everything() -> None:
    assert "1) Everything (" in said("quiz", stdin="q\n")
    assert "Quiz: everything 1/4" in said("quiz", "--count", "4")


def test_what_was_left_is_offered_before_what_is_named() -> None:
    said("quiz", "peak", "--seed", "5")
    text = said("quiz", "rest", stdin="1\nq\n")
    assert "1) Go on with Quiz: Peak, 1/10" in text
    assert "2) Rest (" in text
    assert "Quiz: Peak 1/10" in text
    assert "Quiz: Rest 1/10" in said("quiz", "rest", stdin="\nq\n"), "what was named is meant"


def test_left_by_m_it_comes_to_the_course_map() -> None:
    assert "Today: " in said("quiz", "--count", "1", stdin="m\nq\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pek"], "did you mean peak"),
        (["peak", "M9999"], "there is no module, phase, objective or misconception"),
        (["--mistakes"], "nothing was wrong last time"),
        (["\x1b[2J"], "there is no module"),
        (["--count", "0"], "--count"),
        (["--count", "-3"], "--count"),
        (["--seed", "99999999999999999999"], "--seed"),
        (["--kind", "essay"], "--kind"),
        (["--track", "X"], "--track"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(arguments: list[str], message: str) -> None:
    told = refused("quiz", *arguments)
    assert message in told
    assert "\x1b" not in told


def test_a_review_starts_with_its_first_question() -> None:
    assert re.search(r"Review, new 1/\d+, question ", said("review", "--minutes", "5"))


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "99999", "5.5"])
def test_a_review_takes_whole_minutes_of_a_day(minutes: str) -> None:
    assert "--minutes" in refused("review", "--minutes", minutes)


def test_fewer_minutes_are_fewer_questions() -> None:
    def count(minutes: int) -> int:
        text = said("review", "--minutes", str(minutes))
        found = re.search(r"Review 1/(\d+)", text)
        assert found
        return int(found[1])

    past = datetime.now(UTC) - timedelta(days=30)
    with Journal.open(default_path(), clock=lambda: past) as journal:
        for banked in Bank(CourseFolder()):
            data = {"phase": banked.phase, "marks": 1, "max_marks": 1}
            journal.append(ATTEMPT, question_id=banked.id, seed=1, answer=["a"], data=data)
    assert 1 <= count(3) < count(30)


def test_what_was_left_out_can_be_brought_back() -> None:
    with Journal.open(default_path()) as journal:
        for banked in Bank(CourseFolder()):
            journal.append(SUSPEND, question_id=banked.id, data={"on": True})
    assert "Nothing more is due today." in said("review", stdin="\nq\n")
    assert "question " in said("review", "--bring-back")
    with Journal.open(default_path()) as journal:
        assert not any(state.suspended for state in derive(journal).questions.values())
