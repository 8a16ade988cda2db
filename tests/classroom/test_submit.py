"""Handing in: what goes into the file, what it is called, and that it can be done again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from at_work import opened, pick, sitting
from handouts import ADA, BOB, Clock, HandOut, hand_out

from tutor.classroom.events import newest_begun
from tutor.classroom.files import FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import state, told
from tutor.classroom.learner.finding import Listed
from tutor.classroom.learner.handing_in import events_to_hand_in, hand_in, handed_lines
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.sitting import Sitting
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import SingleQuestion
from tutor.grading.marking import mark
from tutor.journal.kinds import (
    ASSIGNMENT,
    ATTEMPT,
    DRAFT,
    EXAM_ANSWER,
    EXAM_HANDED_IN,
    SUBMITTED,
)
from tutor.journal.store import Journal
from tutor.session.exam.record import begun_of, record_from
from tutor.session.views import QuestionView


def test_the_file_holds_raw_answers_and_no_marks_and_is_told_with_its_receipt(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    work = sitting(out, learner)
    chosen = pick(work)
    handed = hand_in(work.assigned, tmp_path)
    assert handed.path == tmp_path / "rest-week-3-a17.submission"
    found = opened(out, handed.path)
    assert found.receipt == handed.receipt
    submission = found.submission
    assert (submission.learner, submission.name, submission.number) == (ADA, "Ada", 1)
    assert chosen in [event.answer for event in submission.events]
    assert not any("marks" in event.data for event in submission.events)
    (kept,) = learner.events(kind=SUBMITTED)
    assert kept.data["receipt"] == handed.receipt


def test_its_events_alone_are_marked_against_the_full_questions(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    work = sitting(out, learner)
    chosen = pick(work)
    handed = hand_in(work.assigned, tmp_path)
    events = [kept.event(n) for n, kept in enumerate(opened(out, handed.path).submission.events)]
    event = newest_begun(events, out.assignment.id)
    assert event is not None
    begun = begun_of(event)
    assert begun is not None
    record = record_from(events, begun)
    in_full = {q.id: q for phase in out.in_full.phases for q in phase.questions}
    (question,) = (one for one in begun.ids if in_full[one].kind == "single")
    stands = record.stands(question)
    assert stands is not None
    assert stands.answer == chosen
    full = in_full[question]
    assert isinstance(full, SingleQuestion)
    right = [option.id for option in full.options if option.correct]
    assert mark(Posed(full, 0), stands.answer).marks == float(chosen == right)


def test_it_is_handed_in_again_with_the_newest_answers_in_the_same_file(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    work = sitting(out, learner)
    pick(work)
    first = hand_in(work.assigned, tmp_path)
    second_choice = pick(work, 1)
    second = hand_in(work.assigned, tmp_path)
    assert second.path == first.path
    assert second.receipt != first.receipt
    found = opened(out, second.path).submission
    assert found.number == second.number == 2
    answers = [one.answer for one in found.events if one.kind == EXAM_ANSWER]
    assert answers[-1] == second_choice


def test_answers_given_since_are_told_until_it_is_handed_in_again(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    work = sitting(out, learner)
    pick(work)
    hand_in(work.assigned, tmp_path)
    work.go(1)
    entry = Listed(work.assigned, tmp_path)
    assert "changed since" not in state(entry)
    pick(work, 1)
    assert state(entry).endswith("changed since")
    assert any("hand it in again" in line for line in told(entry))
    hand_in(work.assigned, tmp_path)
    assert "changed since" not in state(entry)


def test_nobody_elses_file_is_overwritten(out: HandOut, learner: Journal, tmp_path: Path) -> None:
    other = tmp_path / "rest-week-3-a17.submission"
    other.write_text("another learner's")
    work = sitting(out, learner)
    assert hand_in(work.assigned, tmp_path).path.name == "rest-week-3-a17-2.submission"
    assert hand_in(work.assigned, tmp_path).path.name == "rest-week-3-a17-2.submission"
    with pytest.raises(FileExistsError, match="none of your submissions"):
        hand_in(work.assigned, other)
    assert other.read_text() == "another learner's"


def test_what_was_handed_in_before_the_deadline_stays_when_it_is_handed_in_late(
    out: HandOut, learner: Journal, clock: Clock, tmp_path: Path
) -> None:
    work = sitting(out, learner)
    pick(work)
    in_time = hand_in(work.assigned, tmp_path)
    clock.now = out.assignment.due_at + timedelta(minutes=1)
    late = hand_in(work.assigned, tmp_path)
    assert late.path == tmp_path / "rest-week-3-a17-2.submission"
    assert opened(out, in_time.path).receipt == in_time.receipt
    later = hand_in(work.assigned, tmp_path)
    assert later.path == late.path
    assert opened(out, later.path).receipt == later.receipt
    with pytest.raises(FileExistsError, match="handed in before the deadline"):
        hand_in(work.assigned, in_time.path)
    assert opened(out, in_time.path).receipt == in_time.receipt


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ("accept", "your tutor sees that it is late."),
        ("refuse", "What comes late does not count."),
        ("reduce", "loses 10 % of its marks a day begun."),
    ],
)
def test_whoever_hands_in_late_is_told_what_becomes_of_it_and_which_file_is_which(
    files: CourseFolder, learner: Journal, clock: Clock, tmp_path: Path, late: str, said: str
) -> None:
    out = hand_out(files, late=late, late_percent=10.0)
    work = sitting(out, learner)
    pick(work)
    first = hand_in(work.assigned, tmp_path)
    told_first = " ".join(handed_lines(work.assigned, first))
    assert "Until it is due you can hand in again; the last one counts." in told_first
    assert said not in told_first
    clock.now = out.assignment.due_at + timedelta(minutes=1)
    second = hand_in(work.assigned, tmp_path)
    lines = handed_lines(work.assigned, second)
    assert lines[0] == f"Handed in late as {second.path}"
    assert f"is still there as {first.path}." in " ".join(lines)
    assert said in " ".join(lines)
    assert "Until it is due" not in " ".join(lines)
    first.path.unlink()
    third = handed_lines(work.assigned, hand_in(work.assigned, tmp_path))
    assert said in " ".join(third)
    assert "still there" not in " ".join(third)


def test_ids_and_titles_make_harmless_file_names(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    out = hand_out(files, title="../../Ärger: \x1b[31m?", seats={})
    work = sitting(out, learner, Who("../etc/passwd"))
    path = hand_in(work.assigned, tmp_path).path
    assert path.parent == tmp_path
    assert path.name == "arger-31m-etc-passwd.submission"


def test_what_was_never_begun_cannot_be_handed_in(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    with pytest.raises(FileProblem, match="not been begun"):
        hand_in(Assigned(out.assignment, learner), tmp_path)


def test_what_was_typed_on_the_way_to_an_answer_stays_at_home(
    out: HandOut, learner: Journal
) -> None:
    work = sitting(out, learner)
    kinds = [work._bank.by_id[one].question.kind for one in work.begun.ids]
    work.go(kinds.index("text") + 1)
    for typed in ("po", "potass", "potassium leaks out"):
        work.keep_draft(typed)
    events = events_to_hand_in(work.assigned)
    assert [event.answer for event in events if event.kind == DRAFT] == ["potassium leaks out"]


def test_of_several_beginnings_the_last_one_is_handed_in_with_all_that_were(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    out = hand_out(files, attempts=0)
    work = sitting(out, learner)
    pick(work)
    clock.now += timedelta(minutes=5)
    again = work.assigned.begin()
    assert isinstance(again, Sitting)
    chosen = pick(again, 2)
    events = events_to_hand_in(work.assigned)
    assert [event.kind for event in events].count(ASSIGNMENT) == 2
    assert [event.answer for event in events if event.kind == EXAM_ANSWER] == [chosen]


def test_events_keep_their_order_when_the_clock_is_set_back(
    out: HandOut, learner: Journal, clock: Clock
) -> None:
    work = sitting(out, learner)
    pick(work)
    clock.now -= timedelta(days=3)
    chosen = pick(work, 1)
    events = events_to_hand_in(work.assigned)
    sequences = [event.sequence for event in events]
    assert sequences == sorted(sequences)
    times = [event.time for event in events]
    assert times != sorted(times)
    assert [event.answer for event in events if event.kind == EXAM_ANSWER][-1] == chosen


def test_time_that_ran_out_is_in_the_file(
    files: CourseFolder, learner: Journal, clock: Clock
) -> None:
    out = hand_out(files, minutes=10)
    work = sitting(out, learner)
    pick(work)
    clock.now += timedelta(minutes=11)
    work.assigned.settle()
    assert EXAM_HANDED_IN in [event.kind for event in events_to_hand_in(work.assigned)]


def test_a_second_computer_hands_in_as_well(
    out: HandOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for machine in ("one", "two"):
        monkeypatch.setenv("TUTOR_DATA_DIR", str(tmp_path / machine))
        with Journal.open(tmp_path / machine / "journal.sqlite3") as journal:
            work = sitting(out, journal)
            pick(work)
            path = hand_in(work.assigned, tmp_path).path
            found.append(opened(out, path))
    assert found[0].submission.learner == found[1].submission.learner
    assert found[0].learner_key != found[1].learner_key
    assert len(list(tmp_path.glob("*.submission"))) == 2


def test_practice_hands_in_its_attempts(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    out = hand_out(files, feedback="at-once")
    one = Assigned(out.assignment, learner)
    one.sit_as(Who(BOB))
    work = one.begin()
    view = work.view
    assert isinstance(view, QuestionView)
    work.show_answer()
    work.try_again()
    events = opened(out, hand_in(one, tmp_path).path).submission.events
    assert [event.kind for event in events] == [ASSIGNMENT, "answer-shown"]
    assert ATTEMPT not in [event.kind for event in events]
