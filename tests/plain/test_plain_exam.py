"""Exams as lines of text: the same powers, from a pipe too."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import page_of, run_plain
from tutor.plain.exam import run_exams
from tutor.plain.page import Closed
from tutor.session.profile import FIRST_MINUTE
from tutor.session.terminal import CERTAINTY, PLOTS, turn


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Typist(io.StringIO):
    """Types lines; one that is a function is called in place of it, and types Enter."""

    def __init__(self, lines: list[str | Callable[[], object]]) -> None:
        super().__init__()
        self._lines = lines

    def readline(self, size: int = -1, /) -> str:
        if not self._lines:
            return ""
        line = self._lines.pop(0)
        if isinstance(line, str):
            return line + "\n"
        line()
        return "\n"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def learner(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(tmp_path / "learner" / "journal.sqlite3", clock=clock) as journal:
        turn(journal, PLOTS, False)
        yield journal


@pytest.fixture
def transcript(files: CourseFolder, learner: Journal):
    """Runs `tutor exam` on typed lines and gives back what it printed, with lines joined."""

    def run(*lines: str | Callable[[], object], name: str | None = "usmle", seed: int = 7) -> str:
        out = io.StringIO()
        page = page_of(learner, Typist(list(lines)), out)
        with suppress(Closed):
            run_exams(page, files, learner, name, seed)
        return " ".join(out.getvalue().split())

    return run


def answers(journal: Journal) -> list[object]:
    return [event.answer for event in journal.events(kind="exam-answer")]


def test_a_whole_exam_is_sat_handed_in_and_gone_through(transcript, learner: Journal) -> None:
    text = transcript("", *["1"] * 20, "hand in", "y", "20", "m", "m")
    assert "20 questions, 20 marks, 30 min. Seed 7" in text
    assert "Question 20/20, 1 mark" in text
    assert "That was the last question." in text
    assert "Every question is answered. Hand in now, with" in text
    assert "of 20 marks" in text
    assert "By objective, the weakest first" in text
    assert len(answers(learner)) == len(learner.events(kind="attempt")) == 20
    report = text.split("Question by question")[1]
    assert "It decides:" in report


def test_nothing_is_told_of_what_is_right_before_the_end(transcript) -> None:
    text = transcript("", "1", "b", "h", "a", "2")
    assert "It decides" not in text
    assert "Source:" not in text
    assert text.count("In an exam hints, words and answers come afterwards.") == 2


def test_the_time_is_told_at_each_prompt_and_when_asked_for(transcript, clock: Clock) -> None:
    def later() -> None:
        clock.now += timedelta(minutes=26, seconds=20)

    text = transcript("", "1", "time", later, "time")
    assert re.search(r"\[(30|29) min left · answer with", text)
    assert re.search(r"(30|29) min left, 1 of 20 answered\.", text)
    assert re.search(r"3 min [34]\d s left, 1 of 20 answered\.", text)


def test_questions_can_be_flagged_listed_gone_to_and_cleared(transcript, learner: Journal) -> None:
    text = transcript("", "1", "f", "go 15", "2", "map", "go 15", "clear", "map", "go 21", "go x")
    assert "Question 2 is flagged." in text
    assert "Question 15/20" in text
    first, second = text.split(" 1. answered, 1 mark")[1:]
    assert "2. open, flagged, 1 mark" in first
    assert "15. answered" in first
    assert "The answer is taken away." in first
    assert "15. open" in second
    assert "The questions have the numbers from 1 to 20." in second


def test_an_answer_typed_again_takes_the_place_of_the_one_before(
    transcript, learner: Journal
) -> None:
    text = transcript("", "1", "b", "2", "b")
    assert "Your answer so far: 1" in text
    assert "Your answer so far: 2" in text
    assert len(answers(learner)) == 2


def test_before_it_begins_only_enter_starts_the_clock(transcript, learner: Journal) -> None:
    text = transcript("?", "x", "", "1")
    assert "Enter begins: from then on the clock runs" in text
    assert "That is none of the keys here." in text
    assert len(answers(learner)) == 1


def test_a_mistyped_command_does_not_take_the_place_of_a_written_answer(
    transcript, learner: Journal
) -> None:
    sentence = "Na+ channels inactivate."
    lines = ("", "go 15", sentence, "go 15", "mpa", "", "undo", "Na+ goes in.", "y")
    text = transcript(*lines, name="a-level", seed=3)
    assert text.count("That would take the place of your answer so far.") == 2
    assert "Your answer so far is kept." in text
    assert "clear takes your answer to this question away." in text
    assert answers(learner)[-2:] == [sentence, "Na+ goes in."]


def test_what_is_no_answer_is_told_and_the_question_stays(transcript, learner: Journal) -> None:
    text = transcript("", "77", "time")
    assert "Answer with numbers from 1 to" in text
    assert answers(learner) == []
    assert "Question 2/20" not in text


def test_how_sure_is_asked_where_that_is_wanted(transcript, learner: Journal) -> None:
    turn(learner, CERTAINTY, True)
    text = transcript("", "1", "3", "2", "", "hand in", "y", "q")
    assert "How sure? 1 guess" in text
    assert "Question 3/20" in text
    assert "By certainty:" in text
    assert [e.data.get("certainty") for e in learner.events(kind="attempt")] == [3, None]


def test_left_it_goes_on_with_its_clock_running(transcript, clock: Clock) -> None:
    transcript("", "1", "1", "q")
    clock.now += timedelta(minutes=10)
    text = transcript("time", "q", name=None)
    assert re.search(r"Your exam goes on: USMLE-style block, 20 questions, (20|19) min", text)
    assert "Question 3/20" in text
    assert "2 of 20 answered" in text


def test_the_end_of_input_keeps_the_exam(transcript, learner: Journal) -> None:
    transcript("", "1", "1")
    assert "Question 3/20" in transcript("time")
    assert not learner.events(kind="exam-handed-in")


def test_an_answer_that_comes_after_the_end_is_not_taken(
    transcript, learner: Journal, clock: Clock
) -> None:
    def too_late() -> None:
        clock.now += timedelta(minutes=30)

    text = transcript("", "1", too_late, "2", "q")
    assert "Time ran out after 30 min; what stood then counts." in text
    assert len(answers(learner)) == len(learner.events(kind="attempt")) == 1


def test_time_that_ran_out_meanwhile_shows_the_report(transcript, clock: Clock) -> None:
    transcript("", "1")
    clock.now += timedelta(hours=2)
    text = transcript("q", name=None)
    assert "The time of your exam ran out. What stood was handed in." in text
    assert "of 20 marks" in text


def test_papers_and_past_exams_are_offered(transcript, learner: Journal) -> None:
    transcript("", "hand in", "y", "q")
    text = transcript("seed 99", "extra 25", "3", "m", "5", "m", "", name=None)
    assert "1) A-level paper, short, 30 min (a-level)" in text
    assert "The seed is 99, the extra time 25 %." in text
    assert "20 questions, 20 marks, 37 min 30 s, with 25 % extra time. Seed 99" in text
    assert "5) 2026-05-01" in text
    assert "0 of 20 marks, 0%." in text
    assert learner.settings()["exam-extra"] == 25


def test_every_kind_of_question_can_be_answered(
    files: CourseFolder, transcript, learner: Journal
) -> None:
    from answers import lines_for

    from tutor.grading.marking import model_answer
    from tutor.session.exam.exam import Exam
    from tutor.session.exam.opening import open_exam

    transcript("", "q", name="a-level-long", seed=5)
    exam = open_exam(files, learner)
    assert isinstance(exam, Exam)
    lines: list[str] = []
    for spot in exam.spots:
        exam.go(spot.number)
        assert exam._asked is not None
        answer = model_answer(exam._asked.posed)
        lines += [f"go {spot.number}", *lines_for(exam.view, answer)]
    exam.leave()
    text = transcript(*lines, "hand in", "y", "q", name=None)
    assert "Every question is answered." in text
    assert "50 of 50 marks, 100%." in text


def test_the_knobs_of_an_experiment_are_set_by_their_labels_and_help_tells_it(
    files: CourseFolder, transcript, learner: Journal
) -> None:
    from tutor.session.exam.exam import Exam
    from tutor.session.exam.opening import open_exam

    transcript("", "q", name="a-level-long")
    exam = open_exam(files, learner)
    assert isinstance(exam, Exam)
    for spot in exam.spots:
        exam.go(spot.number)
        if exam.knobs:
            break
    number, knob = spot.number, exam.knobs[0]
    exam.leave()
    text = transcript(f"go {number}", "help", f"set {knob.title} {knob.high:g}", "q", name=None)
    assert "run hands in the knobs" in text
    assert f"{knob.title}: {knob.high:g}" in text
    exam = open_exam(files, learner)
    assert isinstance(exam, Exam)
    exam.go(number)
    assert exam.knobs[0].value == knob.high


def test_another_paper_that_is_asked_for_has_to_wait(transcript) -> None:
    transcript("", "1", "leave")
    assert "Your exam goes on: USMLE-style block, 20 questions" in transcript("q")
    said = "That paper has to wait. The clock of USMLE-style block, 20 questions is running"
    assert said in transcript("q", name="a-level")
    assert said in transcript("q", seed=8)


def test_enter_on_the_course_map_goes_on_with_the_exam(
    transcript, files: CourseFolder, learner: Journal
) -> None:
    transcript("", "1", "leave")
    learner.set_setting(FIRST_MINUTE, True)
    out = io.StringIO()
    run_plain(files, learner, Typist(["", "q"]), out)
    text = " ".join(out.getvalue().split())
    assert re.search(r"Enter: your exam goes on, (30|29) min left", text)
    assert text.index("Enter: your exam") < text.index("1) Reading a trace")
    assert "Question 2/20" in text


def test_the_review_shows_the_question_and_what_was_chosen(transcript) -> None:
    text = transcript("", "2", "hand in", "y", "1", "", "m", "m")
    asked = text.split("Question 1/20, 1 mark")[1].split("Will run")[0].strip(" -")
    report = text.split("Question by question")[1]
    assert f"{asked} You answered: 1) " in report
    assert report.index("You answered:") < report.index("> 2) ")
    assert report.count("You answered:") == 1
    assert "Not answered" in report
    assert "Answer shown" not in report


# The program itself.


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environ = os.environ | {"TUTOR_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "tutor", "exam", "--plain", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environ,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_after_kill_9_every_answer_that_was_taken_is_there(tmp_path: Path) -> None:
    program = start(tmp_path, "usmle", "--seed", "7")
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("\n" + "1\n" * 8)
    program.stdin.flush()
    for line in program.stdout:
        if line.startswith("Question 9/20"):
            break
    program.send_signal(signal.SIGKILL)
    program.communicate()
    with Journal.open(tmp_path / "journal.sqlite3") as journal:
        assert len(journal.events(kind="exam-answer")) == 8
    text, _ = start(tmp_path).communicate("time\nhand in\ny\nq\n", timeout=60)
    assert "8 of 20 answered." in text
    assert "12 questions were left unanswered." in text
    with Journal.open(tmp_path / "journal.sqlite3") as journal:
        assert len(journal.events(kind="attempt")) == 8
