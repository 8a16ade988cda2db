import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.first_minute import FirstMinute
from tutor.session.profile import first_minute_is_due


@pytest.fixture
def first(files: CourseFolder, journal: Journal) -> FirstMinute:
    return FirstMinute(files, journal)


def test_it_begins_at_rest_with_a_stimulus_and_asks_what_happens_next(
    first: FirstMinute,
) -> None:
    view = first.view
    assert len(view.choices) == 3
    assert view.drawn.until_ms == pytest.approx(1.5)


def test_the_prediction_is_asked_before_anything_else(first: FirstMinute) -> None:
    first.forward()
    assert first.asks


def test_one_key_fires_it_and_six_captions_tell_the_whole_event(first: FirstMinute) -> None:
    first.predict(0)
    assert first.view.drawn.until_ms is None
    ends = []
    first.forward()
    while not first.done:
        ends.append(first.view.drawn.until_ms)
        first.forward()
    assert len(ends) == 6
    assert ends == sorted(ends)


def test_a_reply_states_the_measured_numbers(first: FirstMinute, files: CourseFolder) -> None:
    first.predict(1)
    assert f"{files.spine.measurements['undershoot_mv']:+.1f} mV" in first.view.text


@pytest.mark.parametrize("choice", [-1, 3, 99])
def test_a_choice_that_does_not_exist_is_refused(first: FirstMinute, choice: int) -> None:
    with pytest.raises(ValueError, match="no such choice"):
        first.predict(choice)


def test_it_is_shown_once_by_itself(first: FirstMinute, journal: Journal) -> None:
    assert first_minute_is_due(journal)
    first.finish()
    assert not first_minute_is_due(journal)
