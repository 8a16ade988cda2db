"""Where a key of the course map leads; each place is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.words import common

if TYPE_CHECKING:
    from tutor.course.scenario_fields import Scenario
    from tutor.tui.app import TutorApp


def open_phase(app: TutorApp, phase_id: str) -> None:
    """Open the lesson of a phase."""
    from tutor.session.lesson import Lesson
    from tutor.tui.screens.lesson import LessonScreen

    lesson = app.reported(lambda: Lesson(app.files, phase_id, app.journal))
    if lesson is not None:
        app.push_screen(LessonScreen(lesson))


def open_lab(app: TutorApp, scenario: Scenario | None = None, title: str = "") -> None:
    """Open the lab, with a set-up or else with the textbook neuron."""
    from tutor.session.lab.bench import Lab
    from tutor.tui.screens.lab import LabScreen

    app.push_screen(LabScreen(Lab(scenario, title)))


def open_quiz(app: TutorApp) -> None:
    """Ask what to be asked, with the phase among it that the course map points at."""
    from tutor.session.picking import Picking
    from tutor.tui.screens.home import HomeScreen
    from tutor.tui.screens.quiz import PickingScreen

    home = app.screen
    phase_id = home.pointed.id if isinstance(home, HomeScreen) else None
    picking = app.reported(lambda: Picking(app.files, app.journal, phase_id=phase_id))
    if picking is not None:
        app.push_screen(PickingScreen(picking))


def open_review(app: TutorApp) -> None:
    """Begin a review."""
    from tutor.session.review import begin_review
    from tutor.tui.screens.review import ReviewScreen

    review = app.reported(lambda: begin_review(app.files, app.journal))
    if review is not None:
        app.push_screen(ReviewScreen(review))


def open_exam(app: TutorApp) -> None:
    """Offer the exams, or go on with the one whose clock is running."""
    from tutor.tui.screens.exam_start import open_exams

    open_exams(app)


def open_assigned(app: TutorApp) -> None:
    """List what tutors have handed out."""
    from tutor.tui.screens.assignments import open_assignments

    open_assignments(app)


def open_progress(app: TutorApp) -> None:
    """Show where the learner stands."""
    from tutor.tui.screens.progress import ProgressScreen

    app.push_screen(ProgressScreen())


def open_register(app: TutorApp) -> None:
    """Open the tutor's register."""
    from tutor.tui.screens.classroom import RegisterScreen

    app.push_screen(RegisterScreen())


def is_offered(place: str) -> bool:
    """Whether a place is there: a register is where one has been made, by a tutor."""
    if place != "register":
        return True
    from tutor.classroom.register.place import is_there

    return is_there()


def open_settings(app: TutorApp) -> None:
    """Open the settings."""
    from tutor.tui.screens.settings import SettingsScreen, apply

    app.push_screen(SettingsScreen(), lambda _: apply(app))


#: What the course map and the palette lead to besides phases: name in `app.open('...')`, label.
PLACES: dict[str, tuple[str, Callable[[TutorApp], None]]] = {
    "quiz": (common.QUIZ, open_quiz),
    "review": (common.REVIEW, open_review),
    "exam": (common.EXAM, open_exam),
    "assignments": (common.ASSIGNMENTS, open_assigned),
    "progress": (common.PROGRESS, open_progress),
    "lab": (common.LAB, open_lab),
    "register": (common.REGISTER, open_register),
    "settings": (common.SETTINGS, open_settings),
}
