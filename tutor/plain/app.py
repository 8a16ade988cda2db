"""The plain front end from start to end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TextIO

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.lesson import run_lesson
from tutor.plain.page import Closed, Page
from tutor.plot.figure import Mode
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
from tutor.session.settings import EXAM, Settings
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
    page = page_of(journal, reader, writer)
    try:
        if first_minute_is_due(journal) and start_phase is None:
            _first_minute(page, FirstMinute(files, journal))
            _ask_profile(page, journal)
        _walk(page, files, journal, start_phase)
    except Closed:
        pass
    page.say("Everything you answered is kept. Start the tutor again to go on from here.")


def page_of(journal: Journal, reader: TextIO, writer: TextIO) -> Page:
    """A page in the learner's mode."""
    page = Page(reader, writer, "ascii", "ascii", plots=True)
    page.look(*_look(page, journal))
    return page


def _look(page: Page, journal: Journal) -> tuple[Mode, Mode, bool]:
    """How to spell, how to draw, whether to draw; not chosen, curves are of plain characters."""
    kept = chosen_mode(journal) if page.encodes_all else "ascii"
    return kept or default_mode(), kept or "ascii", is_on(journal, PLOTS)


def _walk(page: Page, files: CourseFolder, journal: Journal, phase_id: str | None) -> None:
    while True:
        phase_id = phase_id or _home(page, files, journal)
        if phase_id is None:
            return
        try:
            lesson = Lesson(files, phase_id, journal)
        except ContentErrors as errors:
            for error in errors.errors:
                page.say(str(error))
            phase_id = None
            continue
        match run_lesson(page, lesson, journal):
            case "quit":
                return
            case "next-phase":
                phase_id = files.phase_ids[files.phase_ids.index(phase_id) + 1]
            case "home":
                phase_id = None


def _home(page: Page, files: CourseFolder, journal: Journal) -> str | None:
    """The phase that the learner picks; None to quit."""
    view = _show_home(page, files, journal)
    while True:
        keys = "l lab · , settings · ? · q quit"
        command = page.ask(f"[Enter · 1-{len(view.phases)} a phase · {keys}]")
        match command.lower():
            case "":
                return view.next_phase.id
            case "q":
                return None
            case "," | "settings":
                _settings(page, journal)
                view = _show_home(page, files, journal)
            case "l" | "lab":
                if _lab(page) == "quit":
                    return None
                view = _show_home(page, files, journal)
            case "?":
                page.say(_HELP)
            case number if number in [str(n) for n in range(1, len(view.phases) + 1)]:
                phase = view.phases[int(number) - 1]
                if phase.advice:
                    page.say(f"{phase.title} is {phase.advice}; it goes without as well.")
                return phase.id
            case _:
                page.say("That is none of the keys here.")


def _lab(page: Page) -> str:
    """The free bench, until it is left."""
    from tutor.plain.lab import run_lab
    from tutor.session.lab.bench import Lab

    return run_lab(page, Lab())


_HELP = (
    "Enter goes on with the phase that is named first, a number opens another one. What a phase "
    "is best done after is advice: any may be opened. l opens the lab, a free bench. A comma "
    "changes the settings, exam and date among them. In a lesson ? tells its keys. Everything you "
    "answer is kept at once."
)


def _show_home(page: Page, files: CourseFolder, journal: Journal) -> HomeView:
    """Print the course map: what comes next, then the phases."""
    page.heading(files.course.title)
    view = home_view(files, journal, date.today())
    if view.next_phase.minutes is None:
        with suppress(ContentErrors):  # Said when the phase is opened.
            files.phase(view.next_phase.id)
            view = home_view(files, journal, date.today())
    if view.exam_line:
        page.say(view.exam_line)
    page.say(f"Enter: {view.next_line}")
    page.say(view.next_phase.opening, 2)
    module = ""
    for number, phase in enumerate(view.phases, 1):
        if phase.module != module:
            module = phase.module
            page.say(module)
        page.say(f"{number}) {phase.title} ({phase.status})", 2, 3)
    return view


def _settings(page: Page, journal: Journal) -> None:
    """Show the settings, and change those whose numbers are typed."""
    settings = Settings(journal)
    page.heading("Settings")
    for number, line in enumerate(settings.lines, 1):
        others = [words for words in line.offered if words != line.words]
        also = f" (or {', '.join(others)})" if others else ""
        page.say(f"{number}) {line.title}: {line.words}{also}. {line.note}", 2, 3)
    while True:
        lines = settings.lines
        command = page.ask(f"[1-{len(lines)} changes it · Enter back]")
        if command == "":
            return
        if command not in [str(number) for number in range(1, len(lines) + 1)]:
            page.say("That is none of the numbers here.")
            continue
        name = lines[int(command) - 1].name
        if name == EXAM:
            _ask_profile(page, journal)
        else:
            settings.change(name)
        page.look(*_look(page, journal))
        changed = settings.lines[int(command) - 1]
        page.say(f"{changed.title}: {changed.words}.")


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
        command = _predicted(page, len(view.choices))
        if command is None:
            break
        first.predict(command)
    first.finish()


def _predicted(page: Page, count: int) -> int | None:
    """The choice that the learner makes; None where they skip it."""
    while True:
        command = page.ask(f"[1-{count} · s skip]")
        if command == "s":
            return None
        if command in [str(number) for number in range(1, count + 1)]:
            return int(command) - 1
        page.say(f"Type a number from 1 to {count}, or s to skip.")


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
