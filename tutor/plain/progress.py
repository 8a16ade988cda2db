"""Progress as lines of text: all of it at once, or part by part."""

from __future__ import annotations

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.page import Page
from tutor.session.progress.lines import Look, Part, parts_of
from tutor.session.progress.view import progress_view
from tutor.words import plain as plain_words
from tutor.words import progress as words


def run_progress(page: Page, files: CourseFolder, journal: Journal) -> str:
    """Show where the learner stands until they go back; "home" or "quit".

    Raises:
        Closed: the input has ended.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be read.
    """
    view = progress_view(files, journal)
    look = Look(page.width, page.letters, page.plot_mode, page.plots)
    parts = parts_of(view, look)
    _show(page, parts[:2])
    while True:
        _list(page, parts)
        command = page.ask(words.PLAIN_KEYS.format(count=len(parts))).lower()
        match command:
            case "" | "b" | "m":
                return "home"
            case "q":
                return "quit"
            case "a" | "all":
                _show(page, parts)
            case number if number in [str(n) for n in range(1, len(parts) + 1)]:
                _show(page, parts[int(number) - 1 : int(number)])
            case _:
                page.say(plain_words.NOT_A_KEY)


def _list(page: Page, parts: tuple[Part, ...]) -> None:
    page.say()
    page.choices([part.lines[0].text for part in parts])


def _show(page: Page, parts: tuple[Part, ...]) -> None:
    for part in parts:
        page.heading(part.lines[0].text)
        for line in part.lines[1:]:
            page.say(line.text)
