"""What is foreseen for the exam day under the plan."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tutor.journal.forecast import Review, by_objective, corrected, correction, forecast
from tutor.journal.planning import Item, Terms, plan
from tutor.journal.schedule import Card, recall, reviewed

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def seen(name, days_ago=5, stability=2.0, **rest):
    last = NOW - timedelta(days=days_ago)
    due = last + timedelta(days=max(1, round(stability)))
    return Item(name, Card(stability, 5.0, last, due, 2, 0), **rest)


def exam_in(days, **rest):
    return Terms(exam=NOW.date() + timedelta(days=days), **rest)


def test_a_learner_for_whom_fsrs_is_true_gets_what_was_foreseen():
    luck = random.Random(5)
    start = [seen(f"q{n:02}", luck.randint(1, 20), luck.uniform(0.3, 20)) for n in range(20)]
    start += [Item(f"r{n:02}") for n in range(20)]
    terms, runs = exam_in(21, cap_items=8, first_right=0.4), 40
    day = NOW + timedelta(days=21)
    sums, reviews = dict.fromkeys((item.id for item in start), 0.0), 0
    for _ in range(runs):
        items = {item.id: item for item in start}
        for ahead in range(21):
            now = NOW + timedelta(days=ahead)
            for name in plan(items.values(), now, terms).ids:
                card = items[name].card
                chance = recall(card, now) if card else terms.first_right
                moved = reviewed(card, luck.random() < chance, now)
                items[name] = replace(items[name], card=moved)
                reviews += 1
        for name, item in items.items():
            sums[name] += recall(item.card, day) / runs
    foreseen = forecast(start, NOW, terms)
    assert sum(o.recall for o in foreseen) == pytest.approx(sum(sums.values()), abs=0.02 * 40)
    assert sum(o.reviews for o in foreseen) == pytest.approx(reviews / runs, rel=0.1)
    assert max(abs(o.recall - sums[o.id]) for o in foreseen) < 0.12


def test_nothing_is_foreseen_without_an_exam_ahead():
    assert forecast([seen("a")], NOW, Terms()) == ()
    assert forecast([seen("a")], NOW, exam_in(-1)) == ()


def test_on_the_day_itself_what_is_foreseen_is_what_is_known():
    (outlook,) = forecast([seen("a")], NOW, exam_in(0))
    assert outlook.recall == outlook.unreviewed == pytest.approx(recall(seen("a").card, NOW))
    assert outlook.reviews == 0


def test_a_clock_that_was_set_back_is_no_promise_to_do_nothing():
    (outlook,) = forecast([seen("a", -30)], NOW, exam_in(9))
    assert outlook.reviews > 1


def test_a_suspended_question_is_forgotten_on():
    item = seen("a", suspended=True)
    (outlook,) = forecast([item], NOW, exam_in(20))
    assert outlook.reviews == 0
    assert outlook.recall == pytest.approx(recall(item.card, NOW + timedelta(days=20)))


def test_what_the_cap_leaves_no_room_for_is_not_promised():
    items = [Item(f"q{n:03}") for n in range(100)]
    tight = forecast(items, NOW, exam_in(5, cap_items=4, first_right=0.2))
    assert [o.reviews for o in tight] == [1] * 20 + [0] * 80
    assert {o.recall for o in tight[20:]} == {0.2}
    short = forecast(items, NOW, exam_in(5, cap_minutes=4.5, first_right=0.2))
    assert [o.reviews for o in short] == [1] * 20 + [0] * 80
    wide = forecast(items, NOW, exam_in(5, cap_items=100, first_right=0.2))
    assert min(o.recall for o in wide) > max(o.recall for o in tight)
    done = forecast(items, NOW, exam_in(1, cap_items=4, done_items=3))
    assert sum(o.reviews for o in done) == 1


def test_a_question_too_long_for_the_day_is_passed_over():
    items = [seen("long", 60, 1, minutes=30.0), seen("short")]
    long, short = forecast(items, NOW, exam_in(10, cap_minutes=10))
    assert (long.reviews, long.recall) == (0, long.unreviewed)
    assert short.reviews > 1
    assert short.recall > short.unreviewed


def test_what_did_not_fit_today_comes_on_a_later_day():
    items = [seen("long", 5, 2, minutes=8.0), seen("short", 3, 0.3, minutes=5.0)]
    long, short = forecast(items, NOW, exam_in(3, cap_minutes=10))
    assert long.reviews >= 1
    assert short.reviews >= 1


def test_a_strong_question_is_not_reviewed_every_day():
    (outlook,) = forecast([seen("a", 1, 20)], NOW, exam_in(20))
    assert outlook.reviews <= 4


def test_a_review_that_is_worth_nothing_today_is_foreseen_for_later():
    item = seen("a", 30, 500)
    assert plan([item], NOW, exam_in(30)).ids == ()
    (outlook,) = forecast([item], NOW, exam_in(30))
    assert outlook.reviews == 1


def test_an_objective_has_the_mean_of_its_questions():
    items = [seen("a", objectives=("x", "y")), seen("b", 50, objectives=("x",)), seen("c")]
    a, b, _ = found = forecast(items, NOW, exam_in(0))
    assert by_objective(items, found) == {"x": (a.recall + b.recall) / 2, "y": a.recall}


def test_a_forecast_follows_how_right_it_was_before():
    assert correction([]) == 0
    worse = correction([Review(0.9, n % 3 > 0, 3) for n in range(60)])
    better = correction([Review(0.7, True, 3) for n in range(60)])
    assert 0.7 < corrected(0.9, worse) < 0.8
    assert corrected(0.7, better) > 0.85
    few = correction([Review(0.9, n % 3 > 0, 3) for n in range(6)])
    assert worse < few < 0
    (plain,) = forecast([seen("a")], NOW, exam_in(9))
    (bent,) = forecast([seen("a")], NOW, exam_in(9), worse)
    assert bent.recall == pytest.approx(corrected(plain.recall, worse))
    assert bent.unreviewed < plain.unreviewed


def test_first_reviews_and_old_ones_do_not_move_the_forecast():
    assert correction([Review(0.9, False, 1)] * 50) == 0
    recent = [Review(0.9, n % 10 > 0, 3) for n in range(60)]
    assert correction([Review(0.9, False, 3)] * 50 + recent) == correction(recent)
