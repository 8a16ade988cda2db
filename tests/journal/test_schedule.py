import subprocess
import sys
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.journal.schedule import Card, recall, reviewed

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
GAPS = st.integers(0, 60 * 60 * 24 * 400).map(lambda seconds: timedelta(seconds=seconds))
ANSWERS = st.lists(st.tuples(st.booleans(), GAPS), min_size=1, max_size=12)


@settings(max_examples=300)
@given(answers=ANSWERS, later=GAPS)
def test_a_card_and_its_recall_are_those_of_the_package(answers, later):
    card, theirs, when = None, fsrs.Card(card_id=1), START
    for right, gap in answers:
        when += gap
        card = reviewed(card, right, when)
        grade = fsrs.Rating.Good if right else fsrs.Rating.Again
        theirs, _ = SCHEDULER.review_card(theirs, grade, when)
        assert (card.stability, card.difficulty) == (theirs.stability, theirs.difficulty)
        assert (card.last, card.due) == (theirs.last_review, theirs.due)
    expected = SCHEDULER.get_card_retrievability(theirs, when + later)
    assert recall(card, when + later) == pytest.approx(expected, rel=1e-12)
    assert card.reviews == len(answers)
    assert card.lapses == sum(not right for right, _ in answers[1:])


@given(
    stability=st.floats(0.001, 36_500),
    difficulty=st.floats(1, 10),
    before=GAPS,
    later=GAPS,
    right=st.booleans(),
)
@settings(max_examples=300)
def test_any_card_is_recalled_and_moved_on_as_by_the_package(
    stability, difficulty, before, later, right
):
    card = Card(stability, difficulty, START, START + before, 3, 1)
    theirs = fsrs.Card(1, fsrs.State.Review, None, stability, difficulty, START, START)
    when = START + later
    expected = SCHEDULER.get_card_retrievability(theirs, when)
    assert recall(card, when) == pytest.approx(expected, rel=1e-12)
    moved = reviewed(card, right, when)
    grade = fsrs.Rating.Good if right else fsrs.Rating.Again
    theirs, _ = SCHEDULER.review_card(theirs, grade, when)
    assert (moved.stability, moved.due) == (theirs.stability, theirs.due)


@given(times=st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=6))
def test_no_date_is_too_odd_for_a_review_or_a_recall(times):
    card = None
    for when in times:
        if card is not None:
            assert 0 < recall(card, when) <= 1
        card = reviewed(card, True, when)
        assert card.last <= card.due
    assert card.last == max(times)


def test_a_review_before_the_last_one_counts_as_on_the_same_day():
    card = reviewed(None, True, START)
    back, same = (reviewed(card, False, START - gap) for gap in (timedelta(9), timedelta(0)))
    assert back == same
    assert recall(card, START - timedelta(9)) == 1.0


def test_a_wrong_answer_is_due_sooner_than_a_right_one():
    assert reviewed(None, False, START).due < reviewed(None, True, START).due


def test_only_moving_a_card_on_loads_the_scheduler():
    code = (
        "import sys; from datetime import UTC, datetime\n"
        "from tutor.journal.schedule import Card, recall\n"
        "now = datetime.now(UTC)\n"
        "recall(Card(2.0, 5.0, now, now, 1, 0), now)\n"
        "print('fsrs' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
