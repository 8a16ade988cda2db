"""Quiz and review as typed lines."""

from __future__ import annotations

import io
import re

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.derived import derive
from tutor.journal.kinds import ATTEMPT, QUIZ
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.plain.lesson import OwnKeys
from tutor.plain.mixing import MixingKeys
from tutor.plain.page import Page
from tutor.plain.quiz import run_quiz_of
from tutor.session.bank import Bank, Selection
from tutor.session.picking import Picking
from tutor.session.profile import FIRST_MINUTE
from tutor.session.quiz import begin_quiz
from tutor.session.terminal import CERTAINTY, PLOTS, turn


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    journal.set_setting(FIRST_MINUTE, True)
    turn(journal, PLOTS, False)
    return journal


def said(files: CourseFolder, journal: Journal, *lines: str) -> str:
    """What the tutor prints to someone who types `lines` at the course map."""
    out = io.StringIO()
    run_plain(files, journal, io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return " ".join(out.getvalue().split())


def only_choices(files: CourseFolder, journal: Journal) -> None:
    for banked in Bank(files):
        if banked.question.kind != "single":
            journal.append("suspend", question_id=banked.id, data={"on": True})


def asked(text: str) -> list[str]:
    """The questions, in the order in which they were asked."""
    return re.findall(r"\d+/\d+, question ([\w.-]+)", text)


def test_a_quiz_is_picked_by_numbers_and_walked_to_its_end(
    files: CourseFolder, learner: Journal
) -> None:
    text = said(files, learner, "quiz", "99", "x", "", "2", "1", *["1", ""] * 5, "", "q")
    assert "1) Everything (" in text
    assert "That is none of the numbers here." in text
    assert "Which kind of question? 1) any kind 2) one choice" in text
    assert "How many? 1) 5 2) 10" in text
    assert len(asked(text)) == 5
    assert len(learner.events(kind=ATTEMPT)) == 5
    assert re.search(r"End of Quiz: one choice -+ .*\d of 5 right", text)
    assert re.search(r"Seed \d+: with it the same choice is drawn again", text)
    assert text.count("Enter: begin") == 2  # The course map, before and after.


class OnReadOnly(io.StringIO):
    """Lines that are typed while the journal can only be read."""

    def __init__(self, journal: Journal, *lines: str) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self._journal = journal

    def readline(self, size: int | None = -1, /) -> str:
        self._journal._connection.execute("PRAGMA query_only = 1")
        return super().readline(size)


def test_what_could_not_be_kept_is_not_said_to_be(files: CourseFolder, learner: Journal) -> None:
    quiz = begin_quiz(files, learner, bank := Bank(files), tuple(bank), 1)
    out = io.StringIO()
    typed = OnReadOnly(learner, "a", "q")

    def first(page: Page, _files: CourseFolder, journal: Journal) -> str:
        return run_quiz_of(page, journal, quiz)

    run_plain(files, learner, typed, out, first=first)
    assert "is read-only" in out.getvalue()
    assert "All is kept but what could not be written." in out.getvalue()


def test_a_quiz_that_was_left_is_gone_on_with(files: CourseFolder, learner: Journal) -> None:
    first = said(files, learner, "z", "", "2", "1", "s", "m", "q")
    again = said(files, learner, "z", "", "m", "q")
    assert "1) Go on with Quiz: one choice, 2/5" in again
    assert asked(again) == asked(first)[1:]
    assert len(learner.events(kind=QUIZ)) == 1


def test_what_nothing_fits_is_said_and_asked_anew(files: CourseFolder, learner: Journal) -> None:
    text = said(files, learner, "z", "2", "", "", "m", "q")
    assert "No question fits" in text
    assert text.count("1) Everything (") == 2
    assert learner.latest(QUIZ) is None


@pytest.mark.parametrize("line", ["m", "q"])
@pytest.mark.parametrize("before", [[], [""], ["", ""]])
def test_picking_can_be_left_at_every_question(
    files: CourseFolder, learner: Journal, before: list[str], line: str
) -> None:
    text = said(files, learner, "z", *before, line, "q")
    assert learner.latest(QUIZ) is None
    assert text.count("Enter: begin") == (2 if line == "m" else 1)


def test_an_answer_is_taken_back_by_a_word(files: CourseFolder, learner: Journal) -> None:
    text = said(files, learner, "z", "", "2", "1", "undo", "1", "undo", "q")
    assert "There is no answer to take back." in text
    assert "undo takes the last answer back" in text
    first, second = asked(text)
    assert first == second
    assert f"Taken back: {first} is asked again" in text
    assert not any(state.attempts for state in derive(learner).questions.values())


def test_a_review_starts_at_once_and_leaves_out_what_is_suspended(
    files: CourseFolder, learner: Journal
) -> None:
    only_choices(files, learner)
    text = said(files, learner, "review", "suspend", "1", "undo", "suspend", "undo", "q")
    one, other, again, third, back = asked(text)
    assert f"{one} is left out of review from now on (undo takes that back)" in text
    assert other == again == back
    assert third not in (one, other)
    known = derive(learner).questions
    assert known[one].suspended
    assert not known[other].suspended


def test_undo_while_asked_how_sure_is_no_command(files: CourseFolder, learner: Journal) -> None:
    turn(learner, CERTAINTY, True)
    text = said(files, learner, "z", "", "2", "1", "1", "undo", "3", "q")
    assert "Type 1, 2 or 3" in text
    assert len(learner.events(kind=ATTEMPT)) == 1


def test_a_quiz_knows_no_suspending(files: CourseFolder, learner: Journal) -> None:
    picking = Picking(files, learner)
    picking.want(Selection(), ["peak"])
    keys: OwnKeys = MixingKeys(picking.begin(picking.offers[0]))
    assert keys.told() == ""
    text = said(files, learner, "z", "", "suspend", "q")
    assert "left out" not in text


def test_the_map_leads_to_every_place_by_its_word_and_back(
    files: CourseFolder, learner: Journal
) -> None:
    lines = ["progress", "", "exam", "m", "lab", "back", "quiz", "m", "settings", "", "q"]
    text = said(files, learner, *lines)
    assert text.count("Today: ") == 6
    assert "z quiz · r review · e exam · a assignments · p progress · l lab" in text
