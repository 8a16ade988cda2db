"""The small course without a single warning, for tests that bring one about."""

from pathlib import Path

from course_files import SPARK, good_files, place_of, replaced, write_course

from tutor.authoring.check import CheckReport, check_course

_NAMED = (
    (
        "        feedback: The pulse alone moves it.\n",
        "        feedback: The pulse alone moves it.\n"
        "        misconception: M1\n        no_run: The question's own run shows it.\n",
    ),
    (
        "        feedback: They only shape the fall.\n",
        "        feedback: They only shape the fall.\n"
        "        misconception: M2\n        no_run: Later questions show it.\n",
    ),
)
#: The phase of the small course, in which every wrong option shows a misconception.
QUIET = replaced(good_files()[SPARK], *_NAMED)


def checked(folder: Path, *changes: tuple[str, str], **options: object) -> CheckReport:
    """The report on the quiet course with changes to its phase."""
    write_course(folder, {SPARK: replaced(QUIET, *changes)})
    return check_course(folder, **options)


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    """What the check warns of in the changed course, each as item, code and the words there."""
    text = replaced(QUIET, *changes)
    report = checked(folder, *changes)
    assert not report.errors, [*map(str, report.errors)]
    lines = text.split("\n")
    found = []
    for warning in report.warnings:
        assert warning.file == SPARK
        line, column = warning.place
        assert 1 <= line <= len(lines)
        found.append(f"{warning.item} {warning.code} {lines[line - 1][column - 1 :]}")
    return found


__all__ = ["QUIET", "checked", "place_of", "told"]
