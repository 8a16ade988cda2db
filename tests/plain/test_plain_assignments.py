"""Assignments as lines of text: the same powers, from a pipe too."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from handouts import ADA, HandOut, hand_out

from tutor.classroom.keys import key_name
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, EXAM_ANSWER, EXAM_HINT, SUBMITTED
from tutor.journal.store import Journal
from tutor.plain.app import page_of
from tutor.plain.assignments import run_assignments, run_file
from tutor.plain.page import Closed
from tutor.session.exam.report import Given
from tutor.session.terminal import PLOTS, turn

Typed = Callable[..., str]


@pytest.fixture
def learner(own_data_folder: Path) -> Iterator[Journal]:
    with Journal.open(own_data_folder / "journal.sqlite3") as journal:
        turn(journal, PLOTS, False)
        yield journal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files are."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def transcript(learner: Journal, folder: Path) -> Typed:
    """Types lines to the list, or to a file, and gives back what was printed, lines joined."""

    def run(*lines: str, path: Path | None = None) -> str:
        out = io.StringIO()
        page = page_of(learner, io.StringIO("\n".join((*lines, ""))), out)
        with suppress(Closed):
            if path is None:
                run_assignments(page, learner)
            else:
                run_file(page, learner, path)
        return " ".join(out.getvalue().split())

    return run


def known(out: HandOut, learner: Journal) -> Assigned:
    keep_assignment(out.assignment, learner)
    one = Assigned(out.assignment, learner)
    one.sit_as(Who(ADA))
    return one


def single(one: Assigned) -> int:
    """The number of the first question with one right option."""
    exam = one.exam
    assert exam is not None
    return [one.bank.by_id[q].question.kind for q in exam.ids].index("single") + 1


def test_it_is_found_worked_through_and_handed_in(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    out = hand_out(files)
    out.written(folder)
    text = transcript("1", "nobody", ADA, "Ada", "1", "hand in", "", "m", "")
    assert "1) Rest, week 3, due" in text
    assert "'nobody' is not on the list" in text
    assert "You are a17, Ada." in text
    assert "Question 1/6" in text
    assert "have no answer. Hand in all the same?" in text
    number = single(known(out, learner))
    text = transcript("1", "1", f"go {number}", "2", "go 6", "", "hand in", "", "y", "m", "")
    assert len(learner.events(kind=EXAM_ANSWER)) == 1
    assert "hand in leads to where the work is handed in" in text
    assert "ends the exam" not in text
    (event,) = learner.events(kind=SUBMITTED)
    assert f"Receipt: {event.data['receipt']}" in text
    assert (folder.parent / "rest-week-3-a17.submission").exists()
    assert not learner.events(kind=ATTEMPT)


def test_quitting_says_what_is_still_to_be_handed_in(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    known(hand_out(files, due_at=datetime.now(UTC) + timedelta(days=3)), learner)
    says = "Everything you answered is kept. It is still to be handed in, by "
    assert says not in transcript("1", "q")
    assert says in transcript("1", "1", "q")
    assert says in transcript("1", "q")
    assert says not in transcript("1", "2", "y", "q")


def test_whose_key_it_will_be_sealed_to_is_told_before_it_is_begun(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    out = hand_out(files)
    known(out, learner)
    (own,) = map(key_name, out.assignment.tutor_keys)
    assert f"sealed to the key {own}, which only your tutor has." in transcript("1", "q")
    both = hand_out(files, tutor_keys=(*out.assignment.tutor_keys, "B" * 42 + "A="))
    names = f"{own}, {key_name('B' * 42 + 'A=')}"
    text = transcript("q", path=both.written(folder))
    assert f"sealed to the keys {names}, which only your tutors have." in text


def test_nothing_is_told_of_what_is_right(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    known(hand_out(files), learner)
    text = transcript("1", "1", "h", "a", "t", "!", "leave", "m")
    assert text.count("In an exam hints, words and answers come afterwards.") == 4
    assert "Hint:" not in text


def test_where_there_is_no_way_back_the_prompt_and_the_answers_say_so(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    known(hand_out(files, skip=False, hints=True), learner)
    text = transcript("1", "1", "", "b", "go 3", "h", "leave it", "leave", "m")
    assert "Enter next · leave it · h hint" in text or "Enter next * leave it * h hint" in text
    assert "type leave it to go on without an answer" in text
    assert text.count("there is no way back.") >= 2
    assert "Question 2/6" in text
    assert "Question 3/6" not in text
    assert "Hint:" in text
    assert len(learner.events(kind=EXAM_HINT)) == 1


def test_practice_tells_at_once(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    known(hand_out(files, feedback="at-once", ids=["rest.q2"]), learner)
    text = transcript("1", "1", "1", "", "", "m")
    assert "It decides:" in text
    assert "So far: 1 of 1 questions answered." in text


def test_a_release_is_read_after_a_warning(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    out = hand_out(files)
    known(out, learner)
    path = out.released(folder)
    text = transcript("1", "n", "1", "y", "1", "m", "m", path=path)
    assert "The keys stay closed." in text
    assert "0 of 16 marks" in text
    assert "It decides:" in text
    assert "You have seen its keys." in text


def test_marks_that_the_tutor_gave_stand_above_the_verdict(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    out = hand_out(files)
    one = known(out, learner)
    one.begin()
    assert one.exam is not None
    first = one.exam.ids[0]
    path = out.released(folder, given={ADA: Given({first: 1.0})})
    text = transcript("1", "y", "1", "m", "m", path=path)
    assert f"Your tutor gave 1 of {out.in_full.marks[first]:g}." in text


def test_a_bad_file_is_named_and_the_rest_goes_on(
    files: CourseFolder, learner: Journal, folder: Path, transcript: Typed
) -> None:
    path = hand_out(files).written(folder)
    hand_out(files, number=2, title="Other").written(folder, "other")
    path.write_bytes(path.read_bytes()[:3000])
    text = transcript("")
    assert "1) Other, due" in text
    assert "from the tutor.assignment: it is damaged" in text


def test_without_any_it_says_where_to_put_them(folder: Path, transcript: Typed) -> None:
    assert "Put the file that your tutor gave you into the Downloads folder" in transcript("")
