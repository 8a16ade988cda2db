import pytest

from tutor.course.loader import CourseFolder
from tutor.course.questions import SingleQuestion
from tutor.session.present import Present


@pytest.fixture
def present(files: CourseFolder) -> Present:
    """A single question with four options, of which the pump has a refutation."""
    return Present(files, "rising.q1")


def right(present: Present) -> list[bool | None]:
    return [option.right for option in present.view.options]


def to_the_verdict(present: Present, votes: str) -> None:
    present.forward()
    present.count(votes)
    present.forward()
    assert present.stage == "verdict"


def letter_of(present: Present, words: str) -> str:
    return next(option.letter for option in present.view.options if words in option.text)


def test_nothing_tells_the_key_before_the_verdict(present: Present) -> None:
    for stage in ("question", "votes", "run"):
        assert present.stage == stage
        assert right(present) == [None] * 4
        assert present.view.explanation == present.view.decides == present.view.refuted == ""
        present.forward()
    assert right(present).count(True) == 1


def test_before_the_votes_the_run_stops_at_its_stimulus(present: Present) -> None:
    assert present.view.drawn[-1].until_ms == 1.0
    present.forward()
    assert present.view.drawn[-1].until_ms == 1.0
    present.count("1 2 3 4")
    assert present.view.drawn[-1].until_ms is None


def test_the_votes_stand_beside_the_options(present: Present) -> None:
    to_the_verdict(present, "12 5 0, 3")
    assert [option.votes for option in present.view.options] == [12, 5, 0, 3]
    assert [option.share for option in present.view.options] == [1.0, 5 / 12, 0.0, 0.25]


def test_the_commonest_wrong_option_is_refuted(present: Present) -> None:
    pump = letter_of(present, "pump")
    votes = " ".join("9" if o.letter == pump else "1" for o in present.view.options)
    to_the_verdict(present, votes)
    assert present.view.refuted.startswith(f"{pump}? ")
    assert present.view.drawn[-1].role == "refutation"


def test_a_room_that_is_right_or_silent_sees_the_run_alone(present: Present) -> None:
    key = letter_of(present, "Na⁺ coming in")
    for votes in (" ".join("9" if o.letter == key else "0" for o in present.view.options), ""):
        to_the_verdict(present, votes)
        assert present.view.refuted == ""
        assert [drawn.role for drawn in present.view.drawn][-1] == "run"
        assert present.view.explanation
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
    assert [option.votes for option in present.view.options] == [4, 3, 2, 1]
    assert present.view.drawn[-1].role == "run"


def test_the_letters_are_the_same_each_time(files: CourseFolder, present: Present) -> None:
    again = Present(files, "rising.q1")
    assert [o.text for o in again.view.options] == [o.text for o in present.view.options]


def test_where_an_option_stands_in_its_file_does_not_give_its_letter(files: CourseFolder) -> None:
    orders = set()
    for question in files.phase("rising").questions:
        if isinstance(question, SingleQuestion) and len(question.options) == 4:
            texts = [option.text for option in question.options]
            shown = [option.text for option in Present(files, question.id).view.options]
            orders.add(tuple(texts.index(text) for text in shown))
    assert len(orders) > 2


def test_what_cannot_be_voted_on_says_so(files: CourseFolder) -> None:
    with pytest.raises(ValueError, match="kind point; a room can vote on kinds single and multi"):
        Present(files, "reading.q1")
    with pytest.raises(ValueError, match=r"no question 'rising.q99'"):
        Present(files, "rising.q99")
