"""The planner's bare formulas are those of the package `fsrs`."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.journal import projection
from tutor.journal.schedule import recall, reviewed

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 400)), min_size=1, max_size=12))
def test_a_projected_history_equals_the_one_the_package_tells(history):
    when, card = START, None
    stability = difficulty = 0.0
    for right, days in history:
        if card is None:
            stability, difficulty = projection.FIRST[right]
        else:
            chance = projection.recall_after(stability, (when - card.last).days)
            assert chance == pytest.approx(recall(card, when))
            move = projection.if_right if right else projection.if_wrong
            stability = move(stability, difficulty, chance)
            difficulty = projection.difficulty_after(difficulty, right)
        card = reviewed(card, right, when)
        assert stability == pytest.approx(card.stability, rel=1e-9)
        assert difficulty == pytest.approx(card.difficulty, rel=1e-9)
        when += timedelta(days=days)
