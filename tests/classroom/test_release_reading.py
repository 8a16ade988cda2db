"""Reading a release: one's own answers with keys and feedback, once they may be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from handouts import ADA, HandOut, hand_out

from tutor.classroom.files import FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.desk import asks_before_keys, doable, told
from tutor.classroom.learner.finding import Listed, listed, open_file
from tutor.classroom.learner.handing_in import events_to_hand_in, hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment, kept_release
from tutor.classroom.learner.released import mark_work, open_release
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
from tutor.session.exam.report import past_exams, report_of
from tutor.session.exam.review import ExamReview
from tutor.session.exam.telling import headlines
from tutor.session.profile import Profile, save_profile
from tutor.session.views import VerdictView


@pytest.fixture
def out(files: CourseFolder) -> HandOut:
    return hand_out(files)


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
    marked = open_release(one, out.released(tmp_path))
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


def test_attempts_are_kept_once_and_count_for_what_is_known(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    for _ in range(2):
        marked = open_release(one, out.released(tmp_path))
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
    marked = open_release(one, out.released(tmp_path))
    assert board_of(learner, marked.begun) is None
    review = ExamReview(marked.files, learner, Bank(marked.files), marked.begun, 1)
    assert review._board is None


def test_keys_are_not_shown_before_it_is_handed_in_without_a_warning_and_the_tutor_sees_it(
    out: HandOut, learner: Journal, tmp_path: Path
) -> None:
    one = worked(out, learner)
    assert "nothing more can be handed in for marks" in asks_before_keys(one)
    open_release(one, out.released(tmp_path))
    assert asks_before_keys(one) == ""
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
    open_release(one, out.released(tmp_path / "downloads"))
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


def test_practice_has_nothing_to_release(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    out = hand_out(files, "practice")
    keep_assignment(out.assignment, learner)
    with pytest.raises(FileProblem, match="told all of this at once"):
        open_release(Assigned(out.assignment, learner), out.released(tmp_path))
