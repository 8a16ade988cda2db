"""A question before a room, of any kind: nothing of its key before the votes are in."""

import re
from collections.abc import Iterator

import pytest
from answers import typed_votes, votes_for, wrong_answer
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.course.questions import ChoiceQuestion, SingleQuestion
from tutor.grading.marking import mark, model_answer
from tutor.session.present import Present, PresentView
from tutor.session.votes import MOST_VOTES


@pytest.fixture
def present(files: CourseFolder) -> Present:
    """A single question with four options, of which the pump has a refutation."""
    return Present(files, "rising.q1")


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


def to_the_verdict(present: Present, *lines: str) -> PresentView:
    """Type the votes, and go on to what becomes of them."""
    present.forward()
    for line in lines:
        if present.count(line):
            break
    present.forward()
    present.forward()
    assert present.stage == "verdict"
    return present.view


def letter_of(present: Present, words: str) -> str:
    return next(offered.sign for offered in present.view.offered if words in offered.text)


def seen_before_the_verdict(present: Present) -> Iterator[PresentView]:
    while present.stage != "verdict":
        yield present.view
        present.forward()


# The stages.


def test_nothing_tells_the_key_before_the_verdict(present: Present) -> None:
    for view in seen_before_the_verdict(present):
        assert view.tallies == view.key == ()
        assert view.explanation == view.decides == view.refuted == ""
    assert [tally.state for tally in present.view.tallies].count("right") == 1


def test_before_the_votes_the_run_stops_at_its_stimulus(present: Present) -> None:
    assert present.view.drawn[-1].until_ms == 1.0
    present.forward()
    assert present.view.drawn[-1].until_ms == 1.0
    present.count("1 2 3 4")
    present.forward()
    assert present.view.drawn[-1].until_ms is None


def test_a_set_up_that_gives_the_key_away_comes_with_the_verdict(kinds: CourseFolder) -> None:
    present = Present(kinds, "kinds.interval")
    for view in seen_before_the_verdict(present):
        assert "pulse 0.5 ms" not in view.set_up
    assert "pulse 0.5 ms" in present.view.set_up


# Votes on options.


def test_the_votes_stand_beside_the_options(present: Present) -> None:
    tallies = to_the_verdict(present, "12 5 0, 3").tallies
    assert [tally.letter for tally in tallies] == ["A", "B", "C", "D"]
    assert [tally.votes for tally in tallies] == [12, 5, 0, 3]
    assert [tally.share for tally in tallies] == [1.0, 5 / 12, 0.0, 0.25]


def test_the_commonest_wrong_option_is_refuted(present: Present) -> None:
    pump = letter_of(present, "pump")
    votes = " ".join("9" if one.sign == pump else "1" for one in present.view.offered)
    view = to_the_verdict(present, votes)
    assert view.refuted.startswith(f"{pump}? ")
    assert view.drawn[-1].role == "refutation"


def test_a_room_that_is_right_or_silent_sees_the_run_alone(present: Present) -> None:
    key = letter_of(present, "Na⁺ coming in")
    for votes in (" ".join("9" if o.sign == key else "0" for o in present.view.offered), ""):
        view = to_the_verdict(present, votes)
        assert view.refuted == ""
        assert [drawn.role for drawn in view.drawn][-1] == "run"
        assert view.explanation
        while present.stage != "question":
            present.back()


@pytest.mark.parametrize(
    "votes", ["1 2 3", "1 2 3 4 5", "a b c d", "1 2 3 -4", "1 2 3 99999", "1 2 3 ²"]
)
def test_votes_that_fit_nothing_are_explained_and_change_nothing(
    present: Present, votes: str
) -> None:
    present.forward()
    with pytest.raises(ValueError, match="4 whole numbers up to 9999"):
        present.count(votes)
    assert present.stage == "votes"


def test_going_back_counts_again(present: Present) -> None:
    to_the_verdict(present, "1 2 3 4")
    present.back()
    present.back()
    assert present.stage == "votes"
    present.count("4 3 2 1")
    present.forward()
    assert present.view.drawn[-1].role == "run"
    present.forward()
    assert [tally.votes for tally in present.view.tallies] == [4, 3, 2, 1]


def test_each_option_of_several_has_its_own_votes(kinds: CourseFolder) -> None:
    view = to_the_verdict(Present(kinds, "kinds.multi"), "9 8 7")
    assert [tally.votes for tally in view.tallies] == [9, 8, 7]
    assert sorted(tally.state for tally in view.tallies) == ["right", "right", "wrong"]


# Answers that are typed with their votes.


def test_answers_stand_with_their_votes_the_commonest_first(kinds: CourseFolder) -> None:
    present = Present(kinds, "kinds.text")
    tallies = to_the_verdict(
        present,
        "Sodium leaves through the pump: 3",
        "Na+ channels open: and Na+ enters.: 4",
        "Na+ channels open.:12",
        "",
    ).tallies
    assert [(tally.letter, tally.text, tally.votes, tally.state) for tally in tallies] == [
        ("", "Na+ channels open.", 12, "partly"),
        ("", "Na+ channels open: and Na+ enters.", 4, "right"),
        ("", "Sodium leaves through the pump", 3, "wrong"),
    ]
    assert [tally.share for tally in tallies] == [1.0, 4 / 12, 3 / 12]


def test_the_same_answer_twice_adds_up_however_it_is_typed(kinds: CourseFolder) -> None:
    present = Present(kinds, "kinds.matching")
    present.forward()
    for line in ("1a 2b: 3", "1b 2a: 4", "2b, 1A : 2"):
        assert not present.count(line)
    assert [line.rpartition(": ")[2] for line in present.view.so_far] == ["5", "4"]
    present.take_back()
    assert [line.rpartition(": ")[2] for line in present.view.so_far] == ["4", "3"]


def test_each_part_of_an_answer_stands_with_how_many_had_it(kinds: CourseFolder) -> None:
    view = to_the_verdict(
        Present(kinds, "kinds.text"),
        "Na+ channels open and Na+ enters.: 4",
        "Na+ channels open.: 12",
        "Sodium leaves through the pump: 3",
        "",
    )
    assert view.parts == (
        "Voltage-gated sodium channels open: 16 of 19",
        "Sodium ions diffuse in: 4 of 19",
    )
    assert to_the_verdict(Present(kinds, "kinds.point"), "2.3: 4", "").parts == ()


def test_what_the_room_got_wrong_is_answered(kinds: CourseFolder) -> None:
    present = Present(kinds, "kinds.numeric")
    posed = present._asked.posed
    wrong = posed.drawn["distance_mm"] * 2
    view = to_the_verdict(
        present, f"{wrong:g} m/s: 4", typed_votes(posed, model_answer(posed), 9), ""
    )
    assert view.refuted == f"{wrong:g} m/s? Divide by the time."
    assert view.key == (str(model_answer(posed)),)


def test_a_room_that_is_right_has_nothing_to_refute(kinds: CourseFolder) -> None:
    for kind in ("numeric", "ordering", "point", "experiment"):
        present = Present(kinds, f"kinds.{kind}")
        posed = present._asked.posed
        view = to_the_verdict(present, typed_votes(posed, model_answer(posed), 9), "")
        assert [tally.state for tally in view.tallies] == ["right"]
        assert view.refuted == ""


def test_the_proposal_of_most_is_run(kinds: CourseFolder) -> None:
    present = Present(kinds, "kinds.experiment")
    assert [offered.sign for offered in present.view.offered] == ["1", "2"]
    present.forward()
    for line in ("1 0,8; 2 0: 7", "k+ 0.5: 2", ""):
        present.count(line)
    present.forward()
    assert "Na⁺ channels blocked 80%" in present.view.set_up
    assert [drawn.role for drawn in present.view.drawn] == ["before", "run"]
    present.forward()
    assert [tally.state for tally in present.view.tallies] == ["right", "wrong"]
    assert present.view.drawn[-1].run.measurements["peak_mv"] < 10


@pytest.mark.parametrize(
    ("kind", "line", "told"),
    [
        ("numeric", "30 m/s", "an answer, a colon and how many gave it, from 1 to 9999"),
        ("numeric", ": 12", "such as 12.5 m/s: 12"),
        ("numeric", "30 m/s: 0", "from 1 to 9999"),
        ("numeric", f"30 m/s: {MOST_VOTES + 1}", "from 1 to 9999"),
        ("numeric", "30 m/s: ²", "from 1 to 9999"),
        ("numeric", "30 bananas: 12", "'bananas' is no unit"),
        ("calculation", "3 m/s: 2", "write the 2 answers in a line"),
        ("ordering", "1 2: 2", "each number from 1 to 3 once"),
        ("matching", "1a: 2", "each of the 2 a letter"),
        ("point", "soon: 2", "write a number"),
        ("interval", "1: 2", "write two numbers"),
        ("interval", "nan 2: 2", "is no"),
        ("experiment", "pump 1: 2", "knobs here: Na⁺ channels blocked from 0 to 0.9"),
        ("experiment", "1 3: 2", "Na⁺ channels blocked goes from 0 to 0.9"),
        ("experiment", "1 nan: 2", "Na⁺ channels blocked goes from 0 to 0.9"),
        ("experiment", "1 0.2; 1 0.4: 2", "Na⁺ channels blocked is set twice in this answer"),
    ],
)
def test_a_line_that_gives_no_answer_is_explained_and_changes_nothing(
    kinds: CourseFolder, kind: str, line: str, told: str
) -> None:
    present = Present(kinds, f"kinds.{kind}")
    present.forward()
    with pytest.raises(ValueError, match=re.escape(told)):
        present.count(line)
    assert present.view.so_far == ()
    assert present.stage == "votes"


# Every question.


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
def test_every_question_comes_to_the_verdict_on_a_room_of_right_and_wrong(
    files: CourseFolder, phase: str
) -> None:
    for question in files.phase(phase).questions:
        present = Present(files, question.id)
        posed = present._asked.posed
        for view in (present.view, to_the_verdict(present)):
            assert view.stem, question.id
        assert not any(tally.votes for tally in present.view.tallies)
        for _ in range(3):
            present.back()
        view = to_the_verdict(present, *votes_for(posed, right=9, wrong=5))
        states = {(tally.votes, tally.state) for tally in view.tallies if tally.votes}
        partly = "partly" if mark(posed, wrong_answer(posed)).marks else "wrong"
        if isinstance(question, ChoiceQuestion):
            partly = "wrong"
        assert states == {(9, "right"), (5, partly)}, question.id
        assert view.decides
        assert view.explanation
        assert view.key or isinstance(question, ChoiceQuestion), question.id


# Which question, and its letters.


def test_the_letters_are_the_same_each_time(files: CourseFolder, present: Present) -> None:
    assert Present(files, "rising.q1").view.offered == present.view.offered


def test_where_an_option_stands_in_its_file_does_not_give_its_letter(files: CourseFolder) -> None:
    orders = set()
    for question in files.phase("rising").questions:
        if isinstance(question, SingleQuestion) and len(question.options) == 4:
            texts = [option.text for option in question.options]
            shown = [offered.text for offered in Present(files, question.id).view.offered]
            orders.add(tuple(texts.index(text) for text in shown))
    assert len(orders) > 2


def test_a_question_that_is_not_there_says_so(files: CourseFolder) -> None:
    with pytest.raises(ValueError, match=r"no question 'rising.q99'"):
        Present(files, "rising.q99")
