"""Exams as lines of text: begin one, sit it, read its report."""

from __future__ import annotations

from typing import Literal

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal, JournalError
from tutor.plain.answering import example_of, obey, part_asked, say_more_help
from tutor.plain.lesson import run_lesson
from tutor.plain.page import Closed, Page
from tutor.session.bank import Bank
from tutor.session.exam.blueprint import Blueprint, file_of, load_blueprint, names
from tutor.session.exam.drawing import LARGEST_SEED, CannotDraw, draw_paper, new_seed
from tutor.session.exam.exam import Exam
from tutor.session.exam.opening import EXTRA, EXTRA_SETTING, begin_exam, extra_time, open_exam
from tutor.session.exam.record import Begun
from tutor.session.exam.report import Given, past_exams, report_of
from tutor.session.exam.review import ExamReview
from tutor.session.exam.telling import (
    before_lines,
    blueprint_line,
    goes_on_line,
    hand_in_question,
    headlines,
    past_line,
    report_parts,
    spot_line,
)
from tutor.session.views import QuestionView
from tutor.session.written.views import show_question
from tutor.words import exam as exam_words
from tutor.words import exam_plain as words
from tutor.words import plain as plain_words

Outcome = Literal["home", "quit"]
#: How an exam was left: from the prompt, or because it is to be handed in or over.
Sat = Literal["home", "quit", "end"]


def run_exams(
    page: Page,
    files: CourseFolder,
    journal: Journal,
    blueprint: str | None = None,
    seed: int | None = None,
    extra: int | None = None,
) -> Outcome:
    """Go on with the exam whose clock is running, or offer the exams there are.

    Args:
        page: Where lines go, and come from.
        files: The course.
        journal: The learner's journal.
        blueprint: The name or the path of the one to sit; left out, it is asked for.
        seed: What its paper is drawn by; left out, a new one.
        extra: Extra time in percent; left out, what the learner has chosen.

    Raises:
        Closed: the input has ended.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    found = open_exam(files, journal)
    if isinstance(found, Begun):
        page.say(words.TIME_RAN_OUT)
        return show_report(page, files, journal, found)
    if found is not None:
        page.say(goes_on_line(found.begun, found.time_left, blueprint, seed))
        return _sit(page, files, journal, found)
    chosen = seed if seed is not None else new_seed()
    more = extra if extra is not None else extra_time(journal)
    if blueprint is None:
        return _offer(page, files, journal, chosen, more)
    loaded = load_blueprint(files, file_of(files, blueprint))
    return _begin(page, files, journal, blueprint, loaded, chosen, more)


def _offer(page: Page, files: CourseFolder, journal: Journal, seed: int, extra: int) -> Outcome:
    """List papers and past exams, until one is picked."""
    bank = Bank(files)
    papers: list[tuple[str, Blueprint]] = []
    for name in names(files):
        try:
            papers.append((name, load_blueprint(files, file_of(files, name))))
        except ContentErrors as errors:
            page.say(str(errors.errors[0]))
    while True:
        past = past_exams(journal)
        page.heading(exam_words.EXAMS)
        listed = [blueprint_line(name, blueprint) for name, blueprint in papers]
        page.choices([*listed, *(past_line(journal, bank, begun) for begun in past)])
        page.say(words.SEED_AND_EXTRA.format(seed=seed, extra=extra))
        match page.ask(words.START_KEYS.format(count=len(papers) + len(past))).lower().split():
            case ["q"]:
                return "quit"
            case [] | ["m"] | ["b"]:
                return "home"
            case ["?"]:
                page.say(words.START_HELP)
            case ["seed", typed]:
                if typed.isascii() and typed.isdigit() and int(typed[:12]) <= LARGEST_SEED:
                    seed = int(typed)
                else:
                    page.say(exam_words.NO_SEED.format(largest=LARGEST_SEED))
            case ["extra", typed] if typed in map(str, EXTRA):
                extra = int(typed)
                journal.set_setting(EXTRA_SETTING, extra)
            case [number] if _within(number, len(papers)):
                name, blueprint = papers[int(number) - 1]
                outcome = _begin(page, files, journal, name, blueprint, seed, extra)
                if outcome == "quit":
                    return "quit"
                seed = new_seed()
            case [number] if _within(number, len(papers) + len(past)):
                begun = past[int(number) - 1 - len(papers)]
                if show_report(page, files, journal, begun) == "quit":
                    return "quit"
            case _:
                page.say(plain_words.NOT_A_KEY)


def _within(typed: str, count: int) -> bool:
    return typed in [str(number) for number in range(1, count + 1)]


def _begin(
    page: Page,
    files: CourseFolder,
    journal: Journal,
    name: str,
    blueprint: Blueprint,
    seed: int,
    extra: int,
) -> Outcome:
    """Tell what the paper is like, and begin it once that is wanted."""
    bank = Bank(files)
    try:
        paper = draw_paper(bank, name, blueprint, seed)
    except CannotDraw as error:
        page.say(exam_words.CANNOT_DRAW.format(error=error))
        return "home"
    page.heading(blueprint.title)
    page.say(blueprint.says)
    for line in before_lines(paper, extra):
        page.say(line)
    while True:
        match page.ask(words.BEGIN_KEYS).lower():
            case "":
                exam = begin_exam(files, journal, bank, paper, extra)
                return _sit(page, files, journal, exam)
            case "m" | "b":
                return "home"
            case "q":
                return "quit"
            case "?":
                page.say(words.BEGIN_HELP)
            case _:
                page.say(plain_words.NOT_A_KEY)


# While it runs.


class ExamKeys:
    """What an exam does its own way, where it is not one of the course."""

    def moves(self) -> str:
        """Where one can go, as the prompt says it."""
        return words.MOVES

    def help(self) -> str:
        """What may be typed, in full."""
        return words.QUESTION_HELP

    def was_last(self) -> str:
        """What is said after the last question."""
        return words.WAS_LAST

    def left(self) -> str:
        """What is said when the exam is left."""
        return words.CLOCK_RUNS_ON

    def is_sure(self, page: Page, exam: Exam) -> bool:
        """Ask before it is handed in."""
        question = words.SURE.format(question=hand_in_question(exam))
        return page.ask(question).lower() in ("y", "yes")

    def obey(self, page: Page, command: str) -> bool | None:
        """Do it, and tell whether another question is to be shown; None where it is none of it."""
        return None


def _sit(page: Page, files: CourseFolder, journal: Journal, exam: Exam) -> Outcome:
    """Sit it, and show its report once it has been handed in or its time is up."""
    outcome = sit(page, exam, ExamKeys())
    if outcome != "end":
        return outcome
    exam.hand_in()  # Its time is up, unless it has been handed in already.
    exam.mark()
    return show_report(page, files, journal, exam.begun)


def sit(page: Page, exam: Exam, own: ExamKeys) -> Sat:
    """Show question after question until it is to be handed in, is left, or its time is up.

    Raises:
        Closed: the input has ended.
    """
    while not exam.is_over:
        view = exam.view
        assert isinstance(view, QuestionView)
        _show(page, exam, view)
        shows = False
        while not shows and not exam.is_over:
            try:
                command = page.ask(_keys(exam, own))
            except Closed:
                exam.leave()
                raise
            if exam.is_over:
                break
            if command.lower() in ("q", "leave"):
                exam.leave()
                page.say(own.left())
                return "quit" if command.lower() == "q" else "home"
            if command.lower().split() == ["hand", "in"]:
                if own.is_sure(page, exam):
                    return "end"
                shows = True
                continue
            try:
                if command.lower() in ("?", "help"):
                    page.say(own.help())
                    say_more_help(page, exam.view)
                    continue
                done = own.obey(page, command)
                shows = _obey(page, exam, own, command) if done is None else done
                page.kept_all = True
            except JournalError as error:
                page.kept_all = False
                page.say(str(error))
    return "end"


def _keys(exam: Exam, own: ExamKeys) -> str:
    """The prompt: the time that is left, and what may be typed."""
    view = exam.view
    assert isinstance(view, QuestionView)
    if view.committed is not None:
        return words.SURE_KEYS.format(left=exam.time_left)
    knobs = plain_words.KNOB_KEY.format(knob=view.knobs[0].title) if view.knobs else ""
    return words.QUESTION_KEYS.format(
        left=exam.time_left,
        part=part_asked(view),
        example=example_of(view),
        knobs=knobs,
        moves=own.moves(),
    )


def _show(page: Page, exam: Exam, view: QuestionView) -> None:
    """Print a question, and what was answered so far."""
    page.heading(exam.heading(view))
    show_question(page, view)
    if exam.answered:
        page.say(words.YOUR_ANSWER.format(answer=view.form.written(view.draft)))


def _obey(page: Page, exam: Exam, own: ExamKeys, command: str) -> bool:
    """Do what was typed; True where another question is to be shown."""
    if exam.is_committed:
        return obey(page, exam, command) and _go_on(page, exam, own)
    match command.lower().split():
        case [] | ["n"] | ["s"]:
            return _go_on(page, exam, own)
        case ["b"]:
            exam.back()
            return True
        case ["go", number] if number.isascii() and number.isdigit():
            try:
                exam.go(int(number[:9]))
            except ValueError as error:
                page.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
                return False
            return True
        case ["map"]:
            for place in exam.spots:
                state, more = spot_line(place)
                page.say(words.SPOT.format(number=place.number, state=state, more=more), 2, 4)
        case ["time"]:
            answered = sum(place.answered for place in exam.spots)
            count = exam_words.ANSWERED.format(answered=answered, count=len(exam.spots))
            page.say(words.TIME.format(left=exam.time_left, answered=count))
        case ["clear"]:
            exam.take_away()
            page.say(words.CLEARED)
        case ["undo"]:
            page.say(words.NO_UNDO)
        case ["h"] | ["a"] | ["!"] | ["report"] | ["g"] | ["t"] | ["d"]:
            page.say(words.AFTERWARDS)
        case ["f"]:
            exam.flag()
            flagged = next(place for place in exam.spots if place.here)
            said = words.FLAGGED if flagged.flagged else words.FLAGGED_NO_MORE
            page.say(said.format(number=flagged.number))
        case ["v"] | ["u"] | ["c"] | ["copy"] | ["set", *_]:
            obey(page, exam, command)
        case _:
            return _answer(page, exam, own, command)
    return False


def _answer(page: Page, exam: Exam, own: ExamKeys, command: str) -> bool:
    """Keep an answer; once it is kept, and it is said how sure it is, go on."""
    view = exam.view
    written = isinstance(view, QuestionView) and view.form.kind == "text"
    # Any line is an answer there, also a mistyped command.
    if written and exam.answered and page.ask(words.REPLACE).lower() not in ("y", "yes"):
        page.say(words.NOT_REPLACED)
        return False
    return obey(page, exam, command) and _go_on(page, exam, own)


def _go_on(page: Page, exam: Exam, own: ExamKeys) -> bool:
    if exam.is_last:
        page.say(own.was_last())
        return False
    exam.forward()
    return True


# Afterwards.


def show_report(
    page: Page, files: CourseFolder, journal: Journal, begun: Begun, given: Given | None = None
) -> Outcome:
    """Print the report of an exam that has ended; a number goes through its questions.

    Raises:
        Closed: the input has ended.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    bank = Bank(files)
    report = report_of(files, journal, bank, begun, given)
    for part in report_parts(report, page.width):
        page.heading(part.title)
        for line in part.lines:
            page.say(line, hanging=2)
    while True:
        command = page.ask(words.REPORT_KEYS.format(count=len(report.results))).lower()
        if command == "q":
            return "quit"
        if command in ("m", "b"):
            return "home"
        if command and not _within(command, len(begun.ids)):
            page.say(plain_words.NOT_A_KEY)
            continue
        number = int(command or 1)
        review = ExamReview(files, journal, bank, begun, number, headlines(report), given)
        if run_lesson(page, review, journal) == "quit":
            return "quit"
