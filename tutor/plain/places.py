"""What the course map leads to besides phases; each place is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.page import Page

#: Shows a place until it is left; gives "quit" where all is to be left.
Place = Callable[[Page, CourseFolder, Journal], str]


def _quiz(page: Page, files: CourseFolder, journal: Journal) -> str:
    from tutor.plain.quiz import run_quiz
    from tutor.session.picking import Picking

    return run_quiz(page, journal, Picking(files, journal))


def _review(page: Page, files: CourseFolder, journal: Journal) -> str:
    from tutor.plain.review import run_review
    from tutor.session.review import begin_review

    return run_review(page, journal, begin_review(files, journal))


def _exam(page: Page, files: CourseFolder, journal: Journal) -> str:
    from tutor.plain.exam import run_exams

    return run_exams(page, files, journal)


def _progress(page: Page, files: CourseFolder, journal: Journal) -> str:
    from tutor.plain.progress import run_progress

    return run_progress(page, files, journal)


def _assignments(page: Page, _files: CourseFolder, journal: Journal) -> str:
    from tutor.plain.assignments import run_assignments

    return run_assignments(page, journal)


def _lab(page: Page, _files: CourseFolder, _journal: Journal) -> str:
    from tutor.plain.lab import run_lab
    from tutor.session.lab.bench import Lab

    return run_lab(page, Lab())


#: By what is typed for them.
PLACES: dict[str, Place] = {
    **dict.fromkeys(("z", "quiz"), _quiz),
    **dict.fromkeys(("r", "review"), _review),
    **dict.fromkeys(("e", "exam"), _exam),
    **dict.fromkeys(("a", "assignments"), _assignments),
    **dict.fromkeys(("p", "progress"), _progress),
    **dict.fromkeys(("l", "lab"), _lab),
}
