"""A quiz as lines of text: first what is to be asked, as numbered questions."""

from __future__ import annotations

from tutor.journal.store import Journal
from tutor.plain.lesson import Outcome, run_lesson
from tutor.plain.mixing import MixingKeys
from tutor.plain.page import Page
from tutor.session.picking import COUNTS, USUAL_COUNT, Picking
from tutor.session.quiz import Quiz
from tutor.words import plain as plain_words
from tutor.words import quiz_plain as words
from tutor.words import quiz_screen


def run_quiz(page: Page, journal: Journal, picking: Picking) -> Outcome:
    """Ask what to be asked, then ask it, until it is left or at its end.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be used.
    """
    quiz = _picked(page, picking)
    return quiz if isinstance(quiz, str) else run_quiz_of(page, journal, quiz)


def run_quiz_of(page: Page, journal: Journal, quiz: Quiz) -> Outcome:
    """Show a quiz until it is left or at its end.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be used.
    """
    return run_lesson(page, quiz, journal, MixingKeys(quiz))


def _picked(page: Page, picking: Picking) -> Quiz | Outcome:
    """The quiz that is begun, or was left before; "home" or "quit" where none is wanted."""
    while True:
        page.heading(quiz_screen.TITLE)
        offers = picking.offers
        lines = [*filter(None, [picking.go_on_line]), *(offer.line for offer in offers)]
        place = _number(page, lines, picking.usual)
        if isinstance(place, str):
            return place
        if place == 0 and picking.begun is not None:
            return picking.begun
        place -= picking.begun is not None
        if picking.wanted is None:
            left = _kind_and_count(page, picking)
            if left is not None:
                return left
        try:
            return picking.begin(picking.offers[place])
        except ValueError as error:
            page.say(f"{str(error).capitalize()}.")


def _kind_and_count(page: Page, picking: Picking) -> Outcome | None:
    """Ask which kind of question, and how many; where they are to be left, how."""
    page.say(words.WHICH_KIND)
    kind = _number(page, list(picking.kind_names))
    if isinstance(kind, str):
        return kind
    picking.kind = picking.kinds[kind]
    page.say(words.HOW_MANY)
    place = _number(page, [str(count) for count in COUNTS], COUNTS.index(USUAL_COUNT))
    if isinstance(place, str):
        return place
    picking.count = COUNTS[place]
    return None


def _number(page: Page, lines: list[str], usual: int = 0) -> int | Outcome:
    """Which of the lines; Enter takes the usual one."""
    page.choices(lines)
    while True:
        command = page.ask(words.KEYS.format(count=len(lines), usual=lines[usual])).lower()
        if command == "":
            return usual
        if command in ("m", "q"):
            return "home" if command == "m" else "quit"
        if command in [str(number) for number in range(1, len(lines) + 1)]:
            return int(command) - 1
        page.say(plain_words.NOT_A_NUMBER)
