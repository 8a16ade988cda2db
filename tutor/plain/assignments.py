"""Assignments as lines of text: the list, one of them, its work, and what is handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from tutor.classroom.files import FileProblem
from tutor.classroom.learner.desk import (
    Deed,
    as_sentence,
    asks_before,
    asks_before_keys,
    doable,
    left_lines,
    list_line,
    reason_of,
    told,
)
from tutor.classroom.learner.finding import (
    Listed,
    hand_in_folder,
    listed,
    open_listed,
    usual_folders,
)
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.sitting import Practice, Sitting
from tutor.journal.store import Journal
from tutor.plain.exam import ExamKeys, show_report, sit
from tutor.plain.page import Page
from tutor.plain.quiz import run_quiz_of
from tutor.session.exam.exam import Exam
from tutor.session.views import QuestionView
from tutor.words import assigned as words
from tutor.words import common
from tutor.words import plain as plain_words

Outcome = Literal["home", "quit"]


def run_assignments(page: Page, journal: Journal) -> Outcome:
    """List the assignments there are, and open the ones that are picked.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be used.
    """
    while True:
        page.heading(common.ASSIGNMENTS)
        entries, bad = listed(journal, usual_folders())
        page.choices([list_line(one) for one in entries])
        for one in bad:
            page.say(words.NOT_OPENED.format(name=one.path.name, reason=one.problem))
        for entry in entries:
            if entry.changed is not None:
                page.say(words.OTHER_FILE.format(name=entry.changed.name))
        if not entries:
            page.say(words.NONE_FOUND)
        keys = words.LIST_KEYS if entries else words.EMPTY_KEYS
        match page.ask(keys.format(count=len(entries))).lower():
            case "q":
                return "quit"
            case "" | "m" | "b":
                return "home"
            case "?":
                page.say(words.LIST_HELP)
            case number if number in [str(n) for n in range(1, len(entries) + 1)]:
                chosen = entries[int(number) - 1]
                if run_file(page, journal, chosen.release or chosen.path) == "quit":
                    return "quit"
            case _:
                page.say(plain_words.NOT_A_NUMBER)


def run_file(page: Page, journal: Journal, path: Path) -> Outcome:
    """Open the assignment or the release in a file; what is wrong with it is told.

    Raises:
        Closed: the input has ended.
        JournalError: the journal cannot be used.
    """
    try:
        desk, note = open_listed(path, journal)
    except (FileProblem, OSError) as problem:
        page.say(words.NOT_OPENED.format(name=path.name, reason=reason_of(problem)))
        return "home"
    if note:
        page.say(note)
    return _Desk(page, desk).run()


class _Desk:
    """One assignment, until it is left."""

    def __init__(self, page: Page, listed: Listed) -> None:
        self._page = page
        self._listed = listed
        self._assigned = listed.assigned

    def run(self) -> Outcome:
        """Tell how it stands, and do what is picked."""
        page, assigned = self._page, self._assigned
        if assigned.who is None and not self._ask_who():
            return "home"
        wished: Deed | None = None
        while True:
            page.heading(assigned.title)
            for line in told(self._listed):
                page.say(line)
            deeds = doable(self._listed)
            first = next((one for one in deeds if one.deed == wished), deeds[0])
            page.choices([one.says for one in deeds])
            while True:
                prompt = words.DESK_KEYS.format(count=len(deeds), first=first.says)
                command = page.ask(prompt).lower()
                if command == "q":
                    if left := left_lines(assigned):
                        page.say(left)
                    return "quit"
                if command in ("m", "b"):
                    return "home"
                numbers = [str(number) for number in range(1, len(deeds) + 1)]
                if command == "" or command in numbers:
                    break
                page.say(words.DESK_HELP if command == "?" else plain_words.NOT_A_NUMBER)
            deed = first.deed if command == "" else deeds[int(command) - 1].deed
            try:
                outcome = self._do(deed)
            except (ValueError, OSError) as problem:
                page.say(as_sentence(reason_of(problem)))
                continue
            if outcome == "quit":
                return "quit"
            wished = "hand-in" if outcome == "end" else None

    def _do(self, deed: Deed) -> str:
        deeds: dict[Deed, Callable[[], str]] = {
            "work": self._work,
            "hand-in": self._hand_in,
            "read": self._read,
            "anew": self._anew,
            "who": lambda: self._ask_who() or "home",
        }
        return deeds[deed]()

    def _ask_who(self) -> str:
        """Ask whose it is; empty where nothing was typed."""
        while typed := self._page.ask(words.ASK_KEYS.format(asks=words.ASK_ID)):
            if problem := self._assigned.refusal(typed):
                self._page.say(as_sentence(problem))
                continue
            self._assigned.sit_as(Who(typed, self._page.ask(words.ASK_NAME)))
            return "home"
        return ""

    def _work(self) -> str:
        assigned = self._assigned
        work = assigned.begin() if assigned.begun is None else assigned.go_on()
        if isinstance(work, Practice):
            return run_quiz_of(self._page, assigned.journal, work)
        outcome = sit(self._page, work, SittingKeys(work))
        if outcome == "end" and work.is_over:
            work.hand_in()
            self._page.say(words.TIME_RAN_OUT)
        elif outcome == "end":
            work.leave()
        return outcome

    def _anew(self) -> str:
        if not self._is_yes(words.ANEW_SURE):
            return "home"
        self._assigned.begin()
        return self._work()

    def _is_yes(self, question: str) -> bool:
        return self._page.ask(words.YES_KEYS.format(question=question)).lower() in ("y", "yes")

    def _hand_in(self) -> str:
        from tutor.classroom.learner.handing_in import hand_in, handed_lines

        question = asks_before(self._assigned)
        if question and not self._is_yes(question):
            return "home"
        handed = hand_in(self._assigned, hand_in_folder())
        for line in handed_lines(self._assigned, handed):
            self._page.say(line)
        return "home"

    def _read(self) -> str:
        from tutor.classroom.learner.released import mark_work, open_keys

        question = asks_before_keys(self._assigned)
        if question and not self._is_yes(question):
            self._page.say(words.NOT_SHOWN)
            return "home"
        marked = open_keys(self._assigned, self._listed.release)
        mark_work(self._assigned, marked)
        journal = self._assigned.journal
        return show_report(self._page, marked.files, journal, marked.begun, marked.given)


class SittingKeys(ExamKeys):
    """What graded work does its own way: hints, one way only, and its end at the desk."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    def moves(self) -> str:
        """Where one can go, and hints where they are allowed."""
        moves = super().moves() if self._sitting.goes_back else words.ONE_WAY_MOVES
        return moves + words.HINT_KEY if self._sitting.gives_hints else moves

    def help(self) -> str:
        """What may be typed, in full."""
        return words.WORK_PLAIN_HELP

    def was_last(self) -> str:
        """That it is handed in elsewhere, and nothing ends."""
        return words.WAS_LAST

    def left(self) -> str:
        """That all is kept, and what is still to be done."""
        return left_lines(self._sitting.assigned) or words.LEFT

    def is_sure(self, page: Page, exam: Exam) -> bool:
        """It is asked at the desk, where it can be handed in again."""
        return True

    def obey(self, page: Page, command: str) -> bool | None:
        """Show a hint, and keep the way where there is none back."""
        sitting, typed = self._sitting, command.lower().split()
        if typed == ["h"] and sitting.gives_hints and not sitting.is_committed:
            sitting.hint()
            view = sitting.view
            assert isinstance(view, QuestionView)
            page.say(common.HINT.format(hint=view.hint))
            return False
        if sitting.goes_back or sitting.is_committed:
            return None
        if typed == ["leave", "it"] and not sitting.is_last:
            sitting.leave_open()
            return True
        if typed == ["b"] or typed[:1] == ["go"]:
            page.say(as_sentence(words.FORWARD_ONLY))
            return False
        if typed in ([], ["n"], ["s"]) and not sitting.answered and not sitting.is_last:
            page.say(words.NO_WAY_BACK)
            return False
        return None
