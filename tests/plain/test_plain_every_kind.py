"""Answers of every kind as typed lines."""

import io

import pytest
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, CLAIM
from tutor.journal.store import Journal
from tutor.plain.app import run_plain

#: From the first item of the phase, a step, to the question of each kind.
SKIPS = {
    "single": 0,
    "ordering": 2,
    "matching": 3,
    "numeric": 4,
    "calculation": 5,
    "text": 6,
    "point": 7,
    "interval": 8,
    "experiment": 9,
}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def transcript(kinds: CourseFolder, journal: Journal, kind: str, *lines: str) -> str:
    out = io.StringIO()
    typed = ["", *["s"] * SKIPS[kind], *lines]
    run_plain(kinds, journal, io.StringIO("\n".join(typed) + "\n"), out, "kinds")
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize(
    ("kind", "lines", "headline"),
    [
        ("text", ["Na+ channels open and Na+ enters."], "Right"),
        ("text", ["Na+ channels open."], "Partly right: 1 of 2 marks"),
        ("point", ["2.07 ms"], "Right"),
        ("point", ["4"], "Not what the neuron does"),
        ("interval", ["5 6"], "Not what the neuron does"),
        ("calculation", ["7 m/s; 9 ms"], "Not what the neuron does"),
        ("numeric", ["3 kg"], "Not what the neuron does"),
        ("experiment", ["set na_block 0.8", "run"], "Right"),
        ("experiment", ["set k_block 0.8", "run"], "Not what the neuron does"),
    ],
)
def test_an_answer_is_typed_and_gets_its_verdict(
    kinds: CourseFolder, journal: Journal, kind: str, lines: list[str], headline: str
) -> None:
    text = transcript(kinds, journal, kind, *lines)
    assert f"{headline} (The kinds" in text
    assert journal.latest(ATTEMPT).question_id == f"kinds.{kind}"


def test_items_to_match_have_letters(kinds: CourseFolder, journal: Journal) -> None:
    text = transcript(kinds, journal, "matching")
    assert "1) Na⁺" in text
    assert "a) " in text
    assert "find each one's partner" in text.lower()


@pytest.mark.parametrize(
    ("kind", "line", "words"),
    [
        ("ordering", "1 2", "Give each number from 1 to 3 once"),
        ("matching", "1", "Write a number and a letter for each pair"),
        ("calculation", "3; 4; 5", "Write the 2 answers in a line, parted by ; such as"),
        ("point", "there", "Write a number, such as 2.35."),
        ("experiment", "done", "Set the knobs, then type run."),
    ],
)
def test_a_line_that_is_no_answer_is_told(
    kinds: CourseFolder, journal: Journal, kind: str, line: str, words: str
) -> None:
    assert words in transcript(kinds, journal, kind, line)
    assert journal.latest(ATTEMPT) is None


def test_a_missed_point_may_be_claimed_and_the_mark_stays(
    kinds: CourseFolder, journal: Journal
) -> None:
    text = transcript(kinds, journal, "text", "Na+ channels open.", "claim 7", "claim", "claim 1")
    assert text.count("keeps that you wrote it: 1) Sodium ions diffuse in") == 2
    assert "You hold that you wrote this" in text
    assert text.count("Partly right: 1 of 2 marks") == 2
    assert journal.latest(CLAIM).data["point"] == "enter"


def test_before_the_answer_the_curve_is_read_out_and_not_interpreted(
    kinds: CourseFolder, journal: Journal
) -> None:
    text = transcript(kinds, journal, "point", "2.07")
    question = text[text.index("question kinds.point") : text.index("Mark a time on the trace")]
    assert "Every 0.2 ms from 0 to 8 ms, in mV: -70, -70," in question
    assert "peak of" not in question
    assert "rises to a peak of +30.0 mV" in text[text.index("Right (") :]
