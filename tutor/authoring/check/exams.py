"""The blueprints of a course's exams: each must be right, and the course must fill it."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.course.errors import ContentError, ContentErrors, Place
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank
from tutor.session.exam.blueprint import FOLDER, load_blueprint, names
from tutor.session.exam.drawing import CannotDraw, draw_paper


def exam_files(files: CourseFolder) -> tuple[str, ...]:
    """The files of the blueprints, from the course's folder."""
    return tuple(f"{FOLDER}/{name}.yaml" for name in names(files))


def exam_errors(files: CourseFolder) -> Iterator[ContentError]:
    """What is wrong in the blueprints of a course whose phases can all be read."""
    bank: Bank | None = None
    for file in exam_files(files):
        try:
            blueprint = load_blueprint(files, file)
            bank = bank or Bank(files)
            draw_paper(bank, file, blueprint, 0)
        except ContentErrors as errors:
            yield from errors.errors
        except CannotDraw as error:
            yield ContentError(file, Place(1, 1), str(error))
