"""Reading a release: one's own answers with keys and feedback, once they may be seen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from handouts import ADA, BOB, MADE, SALT, HandOut, hand_out

from tutor.classroom.assignment import Release, read_release, seat_of, write_release
from tutor.classroom.files import FileProblem
from tutor.classroom.genuine import is_genuine, signed_release
from tutor.classroom.handout.making import Made
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import asks_before, asks_before_keys, doable, told
from tutor.classroom.learner.finding import Listed, listed, open_file
from tutor.classroom.learner.handing_in import events_to_hand_in, hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment, kept_release
from tutor.classroom.learner.released import mark_work, open_keys
from tutor.classroom.learner.sitting import Sitting
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.grading.marking import model_answer
from tutor.journal.derived import derive
from tutor.journal.kinds import ATTEMPT, RELEASE
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.handing import board_of
from tutor.session.exam.report import Given, past_exams, report_of
from tutor.session.exam.review import ExamReview
from tutor.session.exam.telling import headlines
from tutor.session.profile import Profile, save_profile
from tutor.session.views import VerdictView


def worked(out: HandOut, journal: Journal) -> Assigned:
    """Every question with its key but the last, which stays open."""
    keep_assignment(out.assignment, journal)
    one = Assigned(out.assignment, journal)
    one.sit_as(Who(ADA))
    work = one.begin()
    assert isinstance(work, Sitting)
    in_full = {q.id: q for phase in out.in_full.phases for q in phase.questions}
    for number, question in enumerate(work.begun.ids[:-1], 1):
        work.go(number)
        work.answer(
            model_answer(Posed(in_full[question], question_seed(work.begun.seed, question)))
        )
    return one


def test_the_report_and_the_review_tell_what_is_right(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    hand_in(one, tmp_path)
    assert not learner.events(kind=ATTEMPT)
    assert asks_before_keys(one) == ""
    marked = open_keys(one, out.released(tmp_path))
    mark_work(one, marked)
    bank = Bank(marked.files)
    report = report_of(marked.files, learner, bank, marked.begun)
    last = marked.begun.ids[-1]
    assert report.marks == sum(out.in_full.marks.values()) - out.in_full.marks[last]
    assert len(headlines(report)) == 2  # No clock and no seed are told.
    review = ExamReview(marked.files, learner, bank, marked.begun, 1)
    view = review.view
    assert isinstance(view, VerdictView)
    assert view.verdict is not None
    assert view.verdict.right
    assert view.explanation


def test_marks_that_the_tutor_gave_and_what_late_work_keeps_are_told_as_the_gradebook_has_them(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    hand_in(one, tmp_path)
    assert one.exam is not None
    first, *_, last = one.exam.ids
    given = Given({first: 0.0, last: 0.25}, 0.8)
    path = out.released(tmp_path, given={ADA: given, BOB: Given({first: 0.25})})
    marked = open_keys(one, path)
    report = report_of(marked.files, learner, Bank(marked.files), marked.begun, marked.given)
    full = out.in_full.marks
    total = sum(full.values()) - full[first] - full[last] + 0.25
    assert report.marks == pytest.approx(total)
    told = " ".join(headlines(report))
    assert f"{first} 0 of {full[first]:g}" in told
    assert f"{last} 0.25 of {full[last]:g}" in told
    assert "Your tutor gave other marks: " in told
    assert f"It came late and keeps 80% of its marks: {total * 0.8:g}." in told


def test_the_verdict_of_a_question_names_the_marks_that_the_tutor_gave(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    assert one.exam is not None
    first, second, *_, last = one.exam.ids
    given = Given({first: 0.25, last: 1.0})
    marked = open_keys(one, out.released(tmp_path, given={ADA: given}))
    bank = Bank(marked.files)
    full = out.in_full.marks
    says = {
        first: f"Your tutor gave 0.25 of {full[first]:g}.",
        second: "",
        last: f"Your tutor gave 1 of {full[last]:g}.",
    }
    for number, question in enumerate(one.exam.ids, 1):
        review = ExamReview(marked.files, learner, bank, marked.begun, number, given=marked.given)
        view = review.view
        assert isinstance(view, VerdictView)
        assert view.tutor_gave == says.get(question, "")


def test_a_newer_release_takes_the_place_of_the_one_that_was_opened(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    assert open_keys(one, out.released(tmp_path)).given == Given()
    kept = kept_release(one.id)
    assert kept is not None
    newer = out.released(tmp_path / "downloads", given={ADA: Given(share=0.5)})
    at = kept.stat().st_mtime
    os.utime(newer, (at + 1, at + 1))
    (entry,), _ = listed(learner, [tmp_path / "downloads"])
    assert entry.release == newer
    assert open_keys(one, newer).given == Given(share=0.5)
    assert open_keys(one, kept).given == Given(share=0.5)
    os.utime(newer, (at - 1, at - 1))
    (entry,), _ = listed(learner, [tmp_path / "downloads"])
    assert entry.release == kept


@pytest.mark.parametrize(
    "given", [Given({"rest.q1": 99.0}), Given({"none": 0.0}), Given(share=1.5), Given(share=-1.0)]
)
def test_marks_beyond_what_there_is_are_refused(
    out: HandOut, learner: Journal, tmp_path: Path, given: Given
) -> None:
    keep_assignment(out.assignment, learner)
    with pytest.raises(FileProblem, match="beyond what there is"):
        open_file(out.released(tmp_path, given={ADA: given}))


def test_attempts_are_kept_once_and_count_for_what_is_known(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    for _ in range(2):
        marked = open_keys(one, out.released(tmp_path))
        mark_work(one, marked)
    assert len(learner.events(kind=ATTEMPT)) == len(marked.begun.ids) - 1
    assert len(learner.events(kind=RELEASE)) == 1
    first = marked.begun.ids[0]
    known = derive(learner, cards=False).questions[first]
    assert known.right == 1
    assert past_exams(learner) == ()


def test_marks_do_not_depend_on_the_learners_board(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    save_profile(learner, Profile("a-level", "aqa", None))
    one = worked(out, learner)
    marked = open_keys(one, out.released(tmp_path))
    assert board_of(learner, marked.begun) is None
    review = ExamReview(marked.files, learner, Bank(marked.files), marked.begun, 1)
    assert review._board is None


def test_keys_are_not_shown_before_it_is_handed_in_without_a_warning_and_the_tutor_sees_it(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    assert "nothing more can be handed in for marks" in asks_before_keys(one)
    assert "seen its keys" not in asks_before(one)
    open_keys(one, out.released(tmp_path))
    assert asks_before_keys(one) == ""
    assert asks_before(one).startswith("You have seen its keys.")
    assert asks_before(one).endswith("Hand in all the same?")
    assert RELEASE in [event.kind for event in events_to_hand_in(one)]
    entry = Listed(one, tmp_path, kept_release(one.id))
    assert [each.deed for each in doable(entry)] == ["read", "hand-in"]
    assert any("seen its keys" in line for line in told(entry))
    with pytest.raises(ValueError, match="time is up"):
        one.go_on()


def test_a_release_is_found_beside_its_assignment_and_kept(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    out.released(tmp_path / "downloads", "mail.bin")
    (entry,), bad = listed(learner, [tmp_path / "downloads"])
    assert entry.release == tmp_path / "downloads" / "mail.bin"
    assert not bad
    open_keys(one, out.released(tmp_path / "downloads"))
    assert kept_release(one.id) is not None


def test_a_release_of_what_was_never_opened_here_is_refused(out: HandOut, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="never opened here"):
        open_file(out.released(tmp_path))


def test_a_release_of_other_questions_is_refused(
    files: CourseFolder, out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    worked(out, learner)
    other = hand_out(files, ids=out.assignment.excerpt.ids[:2])
    with pytest.raises(FileProblem, match="belongs to another assignment"):
        open_file(other.released(tmp_path))


def other_marks(value: dict[str, Any]) -> None:
    value["given"] = {seat_of(SALT, ADA): {"marks": {}, "share": 0.0}}


def another_key(value: dict[str, Any]) -> None:
    value["excerpt"]["phases"][0]["questions"][0]["explanation"] = "It is the other way round."


def no_signature(value: dict[str, Any]) -> None:
    del value["signature"]


def another_time(value: dict[str, Any]) -> None:
    value["released_at"] = "2026-11-21T12:00:00Z"


@pytest.mark.parametrize("change", [other_marks, another_key, no_signature, another_time])
def test_a_release_that_was_altered_is_refused_and_the_work_goes_on(
    out: HandOut, learner: Journal, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    one = worked(out, learner)
    path = out.released(tmp_path / "downloads")
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value))
    with pytest.raises(FileProblem, match="not made by whoever handed out this assignment"):
        open_keys(one, path)
    (entry,), (bad,) = listed(learner, [path.parent])
    assert entry.release is None
    assert bad.path == path
    assert not one.was_released


def test_who_knows_the_assignment_and_its_questions_cannot_make_a_release_of_it(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    forged = Release(
        assignment=one.id, released_at=MADE, excerpt=out.assignment.excerpt, signature=""
    )
    for secret in (b"", b"their own", SALT.encode(), out.assignment.release_key.encode()):
        write_release(signed_release(forged, secret), tmp_path / "forged.release")
        with pytest.raises(FileProblem, match="not made by whoever handed out this assignment"):
            open_keys(one, tmp_path / "forged.release")
    assert not one.was_released


def test_every_question_comes_back_as_it_was_signed(made: Made, tmp_path: Path) -> None:
    release = Release(
        assignment=made.assignment.id, released_at=datetime.now(UTC), excerpt=made.in_full
    )
    write_release(signed_release(release, made.secret), tmp_path / "a.release")
    assert is_genuine(read_release(tmp_path / "a.release"), made.assignment)


def test_practice_has_nothing_to_release(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    out = hand_out(files, feedback="at-once")
    keep_assignment(out.assignment, learner)
    with pytest.raises(FileProblem, match="belongs to practice"):
        open_keys(Assigned(out.assignment, learner), out.released(tmp_path))
