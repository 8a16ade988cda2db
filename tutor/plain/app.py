"""The plain front end from start to end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TextIO

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.journal.clock import clock_warning
from tutor.journal.store import Journal
from tutor.plain.lesson import run_lesson
from tutor.plain.page import Closed, Page
from tutor.plain.places import PLACES, Place
from tutor.plot.figure import Mode
from tutor.session.first_minute import FirstMinute
from tutor.session.home import HomeView, home_view
from tutor.session.lesson import Lesson
from tutor.session.profile import (
    Profile,
    first_minute_is_due,
    parse_exam_date,
    save_profile,
)
from tutor.session.settings import EXAM, MODE, Settings
from tutor.session.terminal import PLOTS, is_on, mode_here
from tutor.session.today import settle
from tutor.words import common, profile
from tutor.words import plain as words


def run_plain(
    files: CourseFolder,
    journal: Journal,
    reader: TextIO,
    writer: TextIO,
    start_phase: str | None = None,
    first: Place | None = None,
) -> None:
    """Run the tutor as lines of text until the learner quits or the input ends.

    Args:
        files: The course.
        journal: The learner's journal.
        reader: Where answers come from.
        writer: Where lines go.
        start_phase: The phase to open first.
        first: What to open first in its place.

    Raises:
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    page = page_of(journal, reader, writer)
    if (warning := clock_warning(journal, journal.now())) is not None:
        page.say(warning)
    try:
        if first is not None:
            if first(page, files, journal) == "quit":
                raise Closed
        elif first_minute_is_due(journal) and start_phase is None:
            _first_minute(page, FirstMinute(files, journal))
            _ask_profile(page, journal)
        _walk(page, files, journal, start_phase)
    except Closed:
        pass
    page.say(words.THE_END if page.kept_all else words.THE_END_OF_SOME)


def page_of(journal: Journal, reader: TextIO, writer: TextIO) -> Page:
    """A page in the learner's mode; curves are of plain characters, which every reader takes."""
    page = Page(reader, writer, "ascii", "ascii", is_on(journal, PLOTS))
    page.look(_letters(page, journal), "ascii", page.plots)
    return page


def _letters(page: Page, journal: Journal) -> Mode:
    return mode_here(journal) if page.encodes_all else "ascii"


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
        command = page.ask(words.MAP_KEYS.format(count=len(view.phases)))
        match command.lower():
            case "" if not view.sitting:
                return view.next_phase.id
            case "q":
                return None
            case "," | "settings":
                _settings(page, journal)
                view = _show_home(page, files, journal)
            case place if not place or place in PLACES:
                try:
                    if PLACES[place or "exam"](page, files, journal) == "quit":
                        return None
                except ContentErrors as errors:
                    for error in errors.errors:
                        page.say(str(error))
                view = _show_home(page, files, journal)
            case "?":
                page.say(words.MAP_HELP)
            case number if number in [str(n) for n in range(1, len(view.phases) + 1)]:
                phase = view.phases[int(number) - 1]
                if phase.advice:
                    page.say(words.ADVICE.format(phase=phase.title, advice=phase.advice))
                return phase.id
            case _:
                page.say(words.NOT_A_KEY)


def _show_home(page: Page, files: CourseFolder, journal: Journal) -> HomeView:
    """Print the course map: what comes next, what is due, then the phases."""
    page.heading(files.course.title)
    settle(journal)
    view = home_view(files, journal, date.today())
    if view.next_phase.minutes is None:
        with suppress(ContentErrors):  # Said when the phase is opened.
            files.phase(view.next_phase.id)
            view = home_view(files, journal, date.today())
    if view.exam:
        page.say(view.exam)
    page.say(common.ENTER_OPENS.format(place=view.next_line))
    page.say(view.today_line)
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
    page.heading(common.SETTINGS)
    for number, line in enumerate(settings.lines, 1):
        others = ", ".join(offer for offer in line.offered if offer != line.words)
        told = words.SETTING.format(
            number=number,
            title=line.title,
            chosen=line.words,
            offers=words.OR_OFFERED.format(others=others) if others else "",
            note=line.note,
        )
        page.say(told, 2, 3)
    while True:
        lines = settings.lines
        command = page.ask(words.SETTINGS_KEYS.format(count=len(lines)))
        if command == "":
            return
        if command not in [str(number) for number in range(1, len(lines) + 1)]:
            page.say(words.NOT_A_NUMBER)
            continue
        name = lines[int(command) - 1].name
        if name == EXAM:
            _ask_profile(page, journal)
        else:
            settings.change(name)
        letters = _letters(page, journal)
        # Asked for now, and by who reads it: curves as well.
        page.look(letters, letters if name == MODE else page.plot_mode, is_on(journal, PLOTS))
        changed = settings.lines[int(command) - 1]
        page.say(words.SETTING_CHANGED.format(title=changed.title, chosen=changed.words))


def _first_minute(page: Page, first: FirstMinute) -> None:
    while not first.done:
        view = first.view
        page.heading(words.FIRST_MINUTE.format(number=view.number, count=view.count))
        for paragraph in view.text.split("\n\n"):
            page.say(paragraph)
        page.plot((view.drawn,))
        if not first.asks:
            if _asked(page, words.CAPTION_KEYS, words.FIRST_MINUTE_HELP) == "s":
                break
            first.forward()
            continue
        page.choices(list(view.choices))
        command = _predicted(page, len(view.choices))
        if command is None:
            break
        first.predict(command)
    first.finish()


def _asked(page: Page, prompt: str, told: str) -> str:
    """What is typed at a question of the first start, which says more when it is asked to."""
    while (command := page.ask(prompt)).lower() in ("?", "h", "help"):
        page.say(told)
    return command


def _predicted(page: Page, count: int) -> int | None:
    """The choice that the learner makes; None where they skip it."""
    while True:
        keys = words.PREDICTION_KEYS.format(count=count)
        command = _asked(page, keys, words.FIRST_MINUTE_HELP)
        if command == "s":
            return None
        if command in [str(number) for number in range(1, count + 1)]:
            return int(command) - 1
        page.say(words.NUMBER_OR_SKIP.format(count=count))


def _ask_profile(page: Page, journal: Journal) -> None:
    page.heading(words.PREPARES_FOR)
    exam = _pick(page, profile.EXAMS)
    board = _pick(page, profile.BOARDS) if exam == "a-level" else ""
    exam_date = None
    while exam:
        try:
            typed = _asked(page, words.EXAM_DATE_KEYS, words.PROFILE_HELP)
            exam_date = parse_exam_date(typed, date.today())
            break
        except ValueError as error:
            page.say(f"{error}.")
    save_profile(journal, Profile(exam, board, exam_date))


def _pick(page: Page, names: dict[str, str]) -> str:
    keys = list(names)
    page.choices(list(names.values()))
    while True:
        command = _asked(page, words.PICK_KEYS.format(count=len(keys)), words.PROFILE_HELP)
        if command == "":
            return ""
        if command in [str(number) for number in range(1, len(keys) + 1)]:
            return keys[int(command) - 1]
        page.say(words.NUMBER_OR_ENTER.format(count=len(keys)))
