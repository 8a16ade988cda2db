"""An exam whose clock runs, as the course map tells of it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.exam.exam import Exam
from tutor.session.exam.running import running_exam
from tutor.session.exam.telling import goes_on_line
from tutor.session.home import home_view

Begin = Callable[..., Exam]
TODAY = date(2026, 5, 1)


def next_line(files: CourseFolder, journal: Journal) -> str:
    return home_view(files, journal, TODAY).next_line


def test_the_map_says_first_that_an_exam_goes_on_until_it_ends(
    begin: Begin, files: CourseFolder, journal: Journal, clock
) -> None:
    before = next_line(files, journal)
    exam = begin("usmle")
    clock.pass_by(minutes=4)
    exam.leave()
    assert next_line(files, journal) == "your exam goes on, 26 min left"
    clock.set_by(days=-1)  # A clock set back gives no time back.
    assert next_line(files, journal) == "your exam goes on, 26 min left"
    clock.set_by(days=1)
    exam.hand_in()
    assert next_line(files, journal) == before


def test_the_map_says_nothing_of_an_exam_whose_time_is_up(
    begin: Begin, files: CourseFolder, journal: Journal, clock
) -> None:
    before = next_line(files, journal)
    begin("usmle")
    clock.pass_by(minutes=30)
    assert next_line(files, journal) == before


def test_looking_for_it_writes_nothing(begin: Begin, journal: Journal) -> None:
    exam = begin("usmle")
    before = len(journal.events())
    running = running_exam(journal)
    assert running is not None
    assert running.begun == exam.begun
    assert len(journal.events()) == before


def test_an_exam_that_was_handed_in_loads_no_rooms_of_exams_for_the_map(
    begin: Begin, path: Path
) -> None:
    def loaded() -> str:
        code = (
            "import sys, datetime, pathlib\n"
            "from tutor.course.loader import CourseFolder\n"
            "from tutor.journal.store import Journal\n"
            "from tutor.session.home import home_view\n"
            f"with Journal.open(pathlib.Path({str(path)!r})) as journal:\n"
            "    home_view(CourseFolder(), journal, datetime.date(2026, 5, 1))\n"
            "print(*sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return done.stdout

    exam = begin("usmle")
    assert "tutor.session.exam" in loaded()
    exam.hand_in()
    assert "tutor.session.exam" not in loaded()


def test_who_asks_for_another_paper_is_told_which_one_goes_on(begin: Begin) -> None:
    begun = begin("usmle", seed=7).begun
    for blueprint, seed in ((None, None), ("usmle", None), ("usmle", 7)):
        said = goes_on_line(begun, "9 min left", blueprint, seed)
        assert said == f"Your exam goes on: {begun.title}, 9 min left."
    for blueprint, seed in (("a-level", None), (None, 8), ("usmle", 8)):
        said = goes_on_line(begun, "9 min left", blueprint, seed)
        assert said.startswith("That paper has to wait.")
        assert begun.title in said
