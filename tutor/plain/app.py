"""The plain front end from start to end."""

from __future__ import annotations

from datetime import date
from typing import TextIO

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.lesson import run_lesson
from tutor.plain.page import Closed, Page
from tutor.session.first_minute import FirstMinute
from tutor.session.home import HomeView, home_view
from tutor.session.lesson import Lesson
from tutor.session.profile import (
    BOARDS,
    EXAMS,
    Profile,
    first_minute_is_due,
    parse_exam_date,
    save_profile,
)
from tutor.session.terminal import PLOTS, chosen_mode, default_mode, is_on


def run_plain(
    files: CourseFolder,
    journal: Journal,
    reader: TextIO,
    writer: TextIO,
    start_phase: str | None = None,
) -> None:
    """Run the tutor as lines of text until the learner quits or the input ends.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    page = _page(journal, reader, writer)
    try:
        if first_minute_is_due(journal) and start_phase is None:
            _first_minute(page, FirstMinute(files, journal))
            _ask_profile(page, journal)
        _walk(page, files, journal, start_phase)
    except Closed:
        pass
    page.say("Everything you answered is kept. Start the tutor again to go on from here.")


def _page(journal: Journal, reader: TextIO, writer: TextIO) -> Page:
    """A page in the learner's mode; without a choice curves are of plain characters."""
    speaks_utf8 = "utf" in (writer.encoding or "utf-8").lower()
    kept = chosen_mode(journal) if speaks_utf8 else "ascii"
    letters = kept or default_mode()
    return Page(reader, writer, letters, kept or "ascii", is_on(journal, PLOTS))


def _walk(page: Page, files: CourseFolder, journal: Journal, phase_id: str | None) -> None:
    while True:
        phase_id = phase_id or _home(page, home_view(files, journal, date.today()))
        if phase_id is None:
            return
        match run_lesson(page, Lesson(files, phase_id, journal), journal):
            case "quit":
                return
            case "next-phase":
                phase_id = files.phase_ids[files.phase_ids.index(phase_id) + 1]
            case "home":
                phase_id = None


def _home(page: Page, view: HomeView) -> str | None:
    """The phase that the learner picks; None to quit."""
    page.heading(view.title)
    if view.exam_line:
        page.say(view.exam_line)
    page.say(f"Enter: {view.next_line}")
    module = ""
    for number, phase in enumerate(view.phases, 1):
        if phase.module != module:
            module = phase.module
            page.say(module)
        page.say(f"{number}) {phase.title} ({phase.status}): {phase.opening}", 2, 3)
    while True:
        command = page.ask(f"[Enter · 1-{len(view.phases)} a phase · q quit]")
        if command == "":
            return view.next_phase.id
        if command == "q":
            return None
        if command in [str(number) for number in range(1, len(view.phases) + 1)]:
            return view.phases[int(command) - 1].id
        page.say("That is none of the keys here.")


def _first_minute(page: Page, first: FirstMinute) -> None:
    while not first.done:
        view = first.view
        page.heading(f"The first minute, {view.number} of {view.count}")
        for paragraph in view.text.split("\n\n"):
            page.say(paragraph)
        page.plot((view.drawn,))
        if not first.asks:
            if page.ask("[Enter next · s skip]") == "s":
                break
            first.forward()
            continue
        page.choices(list(view.choices))
        command = page.ask(f"[1-{len(view.choices)} · s skip]")
        if command == "s":
            break
        if command in [str(number) for number in range(1, len(view.choices) + 1)]:
            first.predict(int(command) - 1)
    first.finish()


def _ask_profile(page: Page, journal: Journal) -> None:
    page.heading("What do you prepare for? (Enter skips each)")
    exam = _pick(page, EXAMS)
    board = _pick(page, BOARDS) if exam == "a-level" else ""
    exam_date = None
    while exam:
        try:
            exam_date = parse_exam_date(
                page.ask("[date of the exam, year-month-day · Enter skips]"), date.today()
            )
            break
        except ValueError as error:
            page.say(f"{error}.")
    save_profile(journal, Profile(exam, board, exam_date))


def _pick(page: Page, names: dict[str, str]) -> str:
    keys = list(names)
    page.choices(list(names.values()))
    while True:
        command = page.ask(f"[1-{len(keys)} · Enter skips]")
        if command == "":
            return ""
        if command in [str(number) for number in range(1, len(keys) + 1)]:
            return keys[int(command) - 1]
        page.say(f"Type a number from 1 to {len(keys)}, or Enter to skip.")
