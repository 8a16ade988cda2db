import re
from datetime import date

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.home import home_view
from tutor.session.lesson import Lesson
from tutor.session.profile import Profile, save_profile
from tutor.session.quiz import begin_quiz, open_quiz
from tutor.session.views import EndView

TODAY = date(2026, 11, 22)


def test_a_newcomer_is_offered_the_first_phase(files: CourseFolder, journal: Journal) -> None:
    view = home_view(files, journal, TODAY)
    assert view.next_phase.id == files.phase_ids[0]
    assert view.next_line.startswith("begin ")


def test_the_first_line_names_phase_item_and_minutes(
    files: CourseFolder, journal: Journal
) -> None:
    lesson = Lesson(files, "rising", journal)
    lesson.forward()
    next_line = home_view(files, journal, TODAY).next_line
    assert re.fullmatch(r"continue Rising phase 2/\d+ \(\d+ min\)", next_line)


def test_after_the_end_of_a_phase_the_next_one_is_offered(
    files: CourseFolder, journal: Journal
) -> None:
    first, second = files.phase_ids[:2]
    lesson = Lesson(files, first, journal)
    while not isinstance(lesson.view, EndView):
        lesson.forward()
    assert home_view(files, journal, TODAY).next_phase.id == second


def test_phases_of_the_spike_are_stretches_of_the_spine(
    files: CourseFolder, journal: Journal
) -> None:
    view = home_view(files, journal, TODAY)
    windows = [phase.window_ms for phase in view.phases if phase.window_ms]
    assert len(windows) >= 5
    assert windows == sorted(windows)
    assert all(0.0 <= start < end for start, end in windows)


def test_the_exam_and_the_days_to_it_are_shown(files: CourseFolder, journal: Journal) -> None:
    save_profile(journal, Profile("a-level", "aqa", date(2027, 5, 14)))
    view = home_view(files, journal, TODAY)
    assert view.exam == "A-level · AQA"
    assert view.today_line.endswith(", 173 days left")


def test_a_quiz_that_was_left_is_told_of_until_it_has_ended(
    files: CourseFolder, journal: Journal
) -> None:
    def told() -> bool:
        return ", a quiz waits" in home_view(files, journal, TODAY).today_line

    bank = Bank(files)
    assert not told()
    begin_quiz(files, journal, bank, tuple(bank)[:3], 2)
    assert told()
    quiz = open_quiz(files, journal, bank)
    assert quiz is not None
    quiz.forward()
    assert told()
    quiz.forward()
    assert isinstance(quiz.view, EndView)
    assert not told()


def test_what_a_phase_is_best_done_after_is_told_until_it_has_been_begun(
    files: CourseFolder, journal: Journal
) -> None:
    def advice(phase_id: str) -> str:
        view = home_view(files, journal, TODAY)
        return next(phase.advice for phase in view.phases if phase.id == phase_id)

    assert advice("threshold") == "best after Rest and Graded potentials"
    Lesson(files, "graded", journal)
    assert advice("threshold") == "best after Rest"
    Lesson(files, "rest", journal)
    assert advice("threshold") == ""
    assert advice("peak") == "best after Rising phase"
    Lesson(files, "peak", journal)
    assert advice("peak") == ""


def test_the_time_that_a_phase_takes_is_told_once_its_file_has_been_read(
    journal: Journal,
) -> None:
    files = CourseFolder()
    assert home_view(files, journal, TODAY).next_line == "begin Reading a trace"
    files.phase(files.phase_ids[0])
    line = home_view(files, journal, TODAY).next_line
    assert re.fullmatch(r"begin Reading a trace \(\d+ min\)", line)


def test_the_time_leaves_out_what_is_not_for_this_learner(
    files: CourseFolder, journal: Journal
) -> None:
    def minutes() -> int:
        phases = home_view(files, journal, TODAY).phases
        return next(phase.minutes or 0 for phase in phases if phase.id == "rest")

    files.phase("rest")
    everything = minutes()
    save_profile(journal, Profile("a-level", "aqa"))
    assert 0 < minutes() < everything
