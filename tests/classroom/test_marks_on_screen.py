"""Marks that a tutor gave, on the screen: all can be changed or taken back."""

from pathlib import Path

import pytest
from app_driver import known_learner, started
from classes import Class
from report_class import RIGHT, SINGLE, WHO, backup
from sqlalchemy import select, update

from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import attempts, overrides
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.tui.screens.classroom import RegisterScreen
from tutor.words import class_screen as words


@pytest.mark.parametrize(
    ("left_open", "told"),
    # All with that answer are offered together, and what was given to one of them is told.
    [(False, "marks given (0.2): "), (True, f"marks given (1): left open by {WHO[RIGHT]}")],
)
async def test_marks_that_were_given_in_full_are_offered_and_taken_back(
    fourteen: Class,
    files: CourseFolder,
    learner: Journal,
    tmp_path: Path,
    left_open: bool,
    told: str,
) -> None:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(backup(fourteen.register))
    number = [*fourteen.assignment.excerpt.ids].index(SINGLE)
    with open_register(path) as register:
        if left_open:
            with register.writing() as connection:
                of = (
                    attempts.c.learner == fourteen.stands(WHO[RIGHT]).learner,
                    attempts.c.question == fourteen.attempts(WHO[RIGHT])[SINGLE].question,
                )
                connection.execute(update(attempts).where(*of).values(answer=None))
        choose(register, fourteen.key, Choice(WHO[RIGHT], SINGLE, 1.0), "Dr Katz", "a slip")
    async with started(files, known_learner(learner)) as ui:
        ui.app.push_screen(RegisterScreen(str(path)))
        await ui.until(lambda: "of 14 handed in" in ui.words)
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "ReportScreen" and words.READING not in ui.words)
        await ui.settle()
        await ui.press("5", *["down"] * number, "enter", "o")
        offered = next(row for row in ui.rows if told in row)
        await ui.press(offered.strip(" >")[0], "enter")
        assert "or w to take back what was given" in " ".join(ui.words.split())
        await ui.type("w")
        await ui.press("enter")
        await ui.type("it was right")
        await ui.press("enter")
        await ui.until(lambda: words.TAKEN_BACK.format(n=1) in ui.toasts)
        await ui.until(lambda: "The tutor gave other marks" not in ui.words)
    with open_register(path) as register, register.reading() as connection:
        assert connection.scalars(select(overrides.c.marks)).all() == [1.0, None]
        assert not connection.execute(
            select(attempts).where(attempts.c.marks != attempts.c.marked)
        ).all()
