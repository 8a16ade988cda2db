from datetime import date

import pytest

from tutor.journal.store import Journal
from tutor.session.profile import Profile, load_profile, parse_exam_date, save_profile

TODAY = date(2026, 11, 22)


def test_a_profile_is_kept(journal: Journal) -> None:
    profile = Profile("usmle", "", date(2027, 1, 9))
    save_profile(journal, profile)
    assert load_profile(journal) == profile


def test_everything_may_be_left_out(journal: Journal) -> None:
    assert load_profile(journal) == Profile()
    assert Profile().line(TODAY) == ""


@pytest.mark.parametrize(
    "text", ["tomorrow", "2027-13-01", "14.5.2027", "\x1b]52;c;AA\x07", "9" * 5000]
)
def test_a_line_that_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="2027-05-14") as refused:
        parse_exam_date(text, TODAY)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_date_in_the_past_is_refused() -> None:
    with pytest.raises(ValueError, match="in the past"):
        parse_exam_date("2020-01-01", TODAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [(22, "exam today"), (23, "exam tomorrow"), (24, "2 days left"), (21, "")],
)
def test_the_days_left_are_said_in_words(day: int, words: str) -> None:
    assert Profile(exam_date=date(2026, 11, day)).line(TODAY) == words
