"""Which questions are asked today, and in what order."""

import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.journal.planning import CAP_ITEMS, NEW_A_DAY, Item, Terms, plan
from tutor.journal.schedule import Card, recall, reviewed

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def card(days_ago=5.0, stability=2.0, difficulty=5.0, reviews=2):
    last = NOW - timedelta(days=days_ago)
    due = last + timedelta(days=max(1, round(stability)))
    return Card(stability, difficulty, last, due, reviews, 0)


def seen(name, days_ago=5.0, stability=2.0, **rest):
    return Item(name, card(days_ago, stability), **rest)


def exam_in(days, **rest):
    return Terms(exam=NOW.date() + timedelta(days=days), **rest)


cards = st.builds(
    card,
    days_ago=st.integers(-3, 400),
    stability=st.floats(0.001, 5000),
    difficulty=st.floats(1, 10),
    reviews=st.integers(1, 9),
)
many = st.lists(
    st.builds(
        Item,
        id=st.just(""),
        card=st.none() | cards,
        minutes=st.sampled_from([0.5, 1.0, 3.0]),
        suspended=st.booleans(),
        siblings=st.none() | st.sampled_from("abc"),
    ),
    max_size=40,
).map(lambda found: [Item(f"q{n:02}", *fields(item)) for n, item in enumerate(found)])
wishes = st.builds(
    Terms,
    exam=st.none() | st.dates(date(2026, 2, 1), date(2027, 3, 1)),
    cap_items=st.integers(0, 50),
    cap_minutes=st.sampled_from([0.0, 5.0, 20.0, 1000.0]),
    asked_minutes=st.sampled_from([0.0, 4.0, 1000.0]),
    done_items=st.integers(0, 60),
    done_minutes=st.sampled_from([0.0, 10.0]),
    first_right=st.floats(0, 1),
)


def fields(item):
    return item.card, item.minutes, item.objectives, item.suspended, item.siblings


def kept(items, days, terms, right, away=()):
    """Keep the plan for some days, one sitting a day, and return what was asked on each."""
    items, asked = {item.id: item for item in items}, []
    for day in range(days):
        now = NOW + timedelta(days=day)
        ids = () if day in away else plan(items.values(), now, terms).ids
        for name in ids:
            old = items[name]
            moved = reviewed(old.card, right(old, now), now)
            items[name] = Item(name, moved, *fields(old)[1:])
        asked.append(ids)
    return asked, items


@given(many, wishes)
def test_caps_hold_nothing_suspended_is_asked_and_nothing_twice(items, terms):
    chosen = plan(items, NOW, terms)
    by_id = {item.id: item for item in items}
    assert len(set(chosen.ids)) == len(chosen.ids) <= max(0, terms.cap_items - terms.done_items)
    assert chosen.minutes == pytest.approx(sum(by_id[name].minutes for name in chosen.ids))
    room = max(0, min(terms.asked_minutes, terms.cap_minutes - terms.done_minutes))
    assert chosen.minutes <= room + 1e-6
    assert not any(by_id[name].suspended for name in chosen.ids)
    assert set(chosen.new) == {name for name in chosen.ids if by_id[name].card is None}
    assert chosen.waiting >= 0


@given(many, wishes, st.randoms(use_true_random=False))
def test_a_plan_does_not_depend_on_the_order_of_what_was_seen(items, terms, luck):
    unseen = [item for item in items if item.card is None]
    shuffled = [item for item in items if item.card is not None]
    luck.shuffle(shuffled)
    assert plan(items, NOW, terms) == plan([*shuffled, *unseen], NOW, terms)


def test_without_an_exam_only_what_is_due_is_asked_and_a_few_new_ones():
    old = [seen("due", 3, 2), seen("today", 2, 2), seen("not-yet", 1, 2)]
    new = [Item(f"new{n:02}") for n in range(30)]
    chosen = plan([*new, *old], NOW)
    assert {"due", "today"} < set(chosen.ids)
    assert chosen.new == tuple(f"new{n:02}" for n in range(NEW_A_DAY))
    assert "not-yet" not in chosen.ids
    assert chosen.days_left is None
    assert chosen.unseen == 30


def test_a_question_is_due_by_the_date_not_by_the_hour_and_in_the_learners_zone():
    last = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
    late = Item("late", Card(1.0, 5.0, last, last + timedelta(days=1), 1, 0))
    assert plan([late], datetime(2026, 3, 2, 7, tzinfo=UTC)).ids == ("late",)
    # In Tokyo that answer was given on the morning of the 2nd.
    tokyo = timezone(timedelta(hours=9))
    assert plan([late], datetime(2026, 3, 2, 20, tzinfo=tokyo)).ids == ()


def test_what_loses_most_by_waiting_comes_first():
    safe, fading = seen("safe", 200, 180), seen("fading", 3, 1)
    assert plan([safe, fading], NOW).ids == ("fading", "safe")
    assert plan([safe, fading], NOW, exam_in(10)).ids == ("fading", "safe")


def test_an_exam_makes_due_what_lay_longer_than_is_left():
    strong = seen("strong", 10, 40)
    assert plan([strong], NOW).ids == ()
    assert plan([strong], NOW, exam_in(11)).ids == ()
    assert plan([strong], NOW, exam_in(10)).ids == ("strong",)


def test_what_a_review_would_not_help_is_left_alone_before_an_exam():
    assert plan([seen("sure", 3, 3000)], NOW, exam_in(1)).ids == ()


@pytest.mark.parametrize("days", [2, 7, 30, 90])
def test_all_are_seen_before_the_exam_and_the_last_pass_falls_near_it(days):
    luck = random.Random(days)
    items = [Item(f"q{n:02}") for n in range(60)]
    terms = exam_in(days, cap_items=60)
    _, after = kept(items, days, terms, lambda *_: luck.random() < 0.8)
    day = NOW + timedelta(days=days)
    for item in after.values():
        assert item.card is not None
        assert (day - item.card.last).days <= 3 or recall(item.card, day) > 0.93


def test_all_are_seen_once_where_there_is_room_for_no_more():
    asked, _ = kept(
        [Item(f"q{n:02}") for n in range(50)], 5, exam_in(5, cap_items=10), lambda *_: True
    )
    assert sorted(name for ids in asked for name in ids) == [f"q{n:02}" for n in range(50)]


def test_a_backlog_after_a_break_is_spread_over_days_the_riskiest_first():
    luck = random.Random(1)
    items = [seen(f"q{n:03}", luck.randint(20, 40), luck.uniform(0.3, 9)) for n in range(300)]
    for terms in (Terms(cap_items=40), exam_in(40, cap_items=40)):
        asked, after = kept(items, 20, terms, lambda *_: True)
        assert [len(ids) for ids in asked[:5]] == [40] * 5
        assert max(map(len, asked)) == 40
        assert all(item.card.last >= NOW for item in after.values())
    assert len(plan(items, NOW).ids) == CAP_ITEMS  # also where no cap was set


def test_a_week_away_before_an_exam_is_made_up_within_the_cap():
    luck = random.Random(3)
    items = [Item(f"q{n:02}") for n in range(60)]
    terms = exam_in(30, cap_items=15)
    asked, after = kept(items, 30, terms, lambda *_: luck.random() < 0.8, away=range(8, 15))
    assert max(map(len, asked)) == 15
    day = NOW + timedelta(days=30)
    known = {item.id: recall(item.card, day) for item in after.values()}
    assert sum(known.values()) / 60 > 0.95
    assert all(known[name] > 0.9 or name in asked[-1] for name in known)


def test_a_second_sitting_takes_no_more_than_what_is_left_of_the_day():
    items = {f"q{n:02}": Item(f"q{n:02}") for n in range(40)}
    first = plan(items.values(), NOW, exam_in(10, cap_items=12))
    assert len(first.new) == 8
    for name in first.ids[:5]:
        items[name] = Item(name, reviewed(None, True, NOW))
    rest = plan(items.values(), NOW, exam_in(10, cap_items=12, done_items=5, done_minutes=5))
    assert rest.ids == first.ids[5:]


def test_what_was_begun_and_spent_today_counts_without_an_exam_too():
    items = [Item(f"q{n:02}", reviewed(None, True, NOW) if n < 4 else None) for n in range(40)]
    assert len(plan(items, NOW, Terms(done_items=4)).new) == NEW_A_DAY - 4
    assert len(plan(items, NOW, Terms(cap_minutes=9, done_minutes=4)).ids) == 5


def test_of_equal_risks_the_ids_decide():
    items = [seen(f"q{n}") for n in range(9)]
    assert plan(items[::-1], NOW, Terms(cap_items=4)).ids == ("q0", "q1", "q2", "q3")


def test_minutes_asked_for_take_the_first_of_the_day():
    items = [seen(f"q{n}", 5 + n, 2, minutes=2.0) for n in range(6)]
    day, sitting = plan(items, NOW), plan(items, NOW, Terms(asked_minutes=5))
    assert sitting.ids == day.ids[:2]
    assert (sitting.minutes, sitting.waiting) == (4, 4)


def test_siblings_wait_while_others_do_and_come_last_where_there_is_room():
    items = [seen(f"a{n}", 30, 0.5, siblings="a") for n in range(3)]
    items += [seen(f"b{n}", 4, 3) for n in range(3)]
    ids = plan(items, NOW, Terms(cap_items=4)).ids
    assert len([name for name in ids if name[0] == "a"]) == 1
    assert set(ids) > {"b0", "b1", "b2"}
    assert [name[0] for name in plan(items, NOW).ids] == ["a", "b", "b", "b", "a", "a"]


def test_a_sibling_of_what_was_answered_today_waits_too():
    done = seen("done", 0, 2, siblings="a")
    items = [done, seen("sister", 30, 0.5, siblings="a"), seen("other", 4, 3)]
    assert plan(items, NOW, Terms(cap_items=1)).ids == ("other",)


def test_unseen_siblings_that_wait_do_not_come_in_on_top_of_the_days_new_ones():
    items = [Item(f"a{n:02}", siblings="a") for n in range(5)] + [Item(f"b{n}") for n in range(20)]
    new = plan(items, NOW).new
    assert len(new) == NEW_A_DAY
    assert [name for name in new if name[0] == "a"] == ["a00"]


def test_on_the_eve_the_unseen_come_in_and_the_weak_before_the_strong():
    items = [Item("new"), seen("weak", 4, 1), seen("strong", 4, 30), seen("today", 0, 1)]
    chosen = plan(items, NOW, exam_in(1))
    assert chosen.days_left == 1
    assert set(chosen.ids) == {"new", "weak", "strong"}
    assert chosen.ids.index("weak") < chosen.ids.index("strong")
    assert len(plan([Item(f"q{n}") for n in range(500)], NOW, exam_in(1)).ids) == CAP_ITEMS


def test_on_the_day_of_the_exam_nothing_new_is_begun():
    chosen = plan([Item("new"), seen("weak", 4, 1)], NOW, exam_in(0))
    assert (chosen.ids, chosen.days_left) == (("weak",), 0)


def test_an_exam_in_the_past_is_none():
    items = [Item("new"), seen("due"), seen("later", 2, 50)]
    assert plan(items, NOW, exam_in(-1)) == plan(items, NOW)


def test_a_clock_that_was_set_back_counts_as_today():
    ahead = seen("ahead", -200, 1)
    assert plan([ahead], NOW, exam_in(30)).ids == ()
    assert plan([ahead], NOW + timedelta(days=202), None).ids == ("ahead",)


def test_dates_at_the_end_of_time_are_planned_like_others():
    edge = datetime.max.replace(tzinfo=UTC)
    items = [Item("edge", Card(1.0, 5.0, edge, edge, 1, 0)), seen("due")]
    assert plan(items, NOW.astimezone(timezone(timedelta(hours=9)))).ids == ("due",)


def test_ten_thousand_questions_are_planned_like_ten():
    luck = random.Random(2)
    items = [seen(f"q{n:05}", luck.randint(1, 60), luck.uniform(0.3, 60)) for n in range(10_000)]
    chosen = plan(items, NOW, exam_in(30, cap_items=30))
    assert len(chosen.ids) == 30
    assert plan([], NOW, exam_in(30)).ids == ()


def test_a_plan_and_a_forecast_load_neither_fsrs_nor_numpy():
    code = "import sys, tutor.journal.forecast; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"fsrs", "numpy"} & set(done.stdout.split())
