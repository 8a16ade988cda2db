from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from attempting import START, attempt, state
from histories import GARBAGE

from tutor.journal.derived import derive
from tutor.journal.event import Event
from tutor.journal.known import LONGEST_S
from tutor.journal.store import Journal


def test_an_empty_journal_says_nothing(journal):
    derived = derive(journal)
    assert derived.questions == {}
    assert derived.newest is None
    assert derived.days() == {}


def test_the_first_attempt_makes_a_card_and_a_wrong_one_is_due_the_next_day(journal):
    attempt(journal, 0)
    card = state(journal).card
    assert (card.last, card.due, card.reviews) == (START, START + timedelta(days=1), 1)


@pytest.mark.parametrize("mode", ["lesson", "quiz", "exam"])
def test_practice_before_a_question_is_due_leaves_its_schedule(journal, clock, mode):
    attempt(journal, 1)
    card = state(journal).card
    clock.later(days=1)
    attempt(journal, 0, mode=mode)
    assert state(journal).card == card
    assert state(journal).attempts == 2
    clock.later(days=1)
    attempt(journal, 1, mode=mode)
    assert state(journal).card.last == clock.time


def test_review_moves_a_card_on_before_it_is_due(journal, clock):
    attempt(journal, 1)
    clock.later(hours=30)
    attempt(journal, 1, mode="review")
    assert state(journal).card.reviews == 2


def test_an_attempt_with_a_hint_and_an_answer_shown_are_wrong(journal, clock):
    attempt(journal, 1, hint=True)
    assert not state(journal).last.right
    clock.later(minutes=1)
    journal.append("answer-shown", question_id="rising.q2", data={"phase": "rising"})
    shown = state(journal, "rising.q2")
    assert (shown.attempts, shown.right, shown.last.right, shown.last.shown) == (1, 0, False, True)
    assert shown.wrong_at == clock.time


def test_four_marks_of_five_are_right(journal, clock):
    attempt(journal, 4, max_marks=5)
    assert state(journal).last.right
    clock.later(minutes=1)
    attempt(journal, 3.9, max_marks=5)
    assert not state(journal).last.right
    assert (state(journal).right_at, state(journal).wrong_at) == (START, clock.time)


def test_only_a_delayed_right_answer_in_a_mixed_mode_proves_and_a_wrong_one_takes_it_back(
    journal, clock
):
    for data in ({"mode": "lesson", "delayed": True}, {"mode": "quiz", "delayed": False}):
        attempt(journal, 1, **data)
        assert state(journal).mixed_right_at is None
        clock.later(hours=1)
    attempt(journal, 1, mode="quiz", delayed=True)
    proved = clock.time
    clock.later(hours=1)
    attempt(journal, 1)
    assert state(journal).mixed_right_at == proved
    clock.later(hours=1)
    attempt(journal, 0)
    assert state(journal).mixed_right_at is None


def test_misconceptions_are_counted_with_the_time_they_were_last_shown(journal, clock):
    attempt(journal, 0, misconceptions=["pump", "pump", 7, None])
    clock.later(hours=1)
    attempt(journal, 0, misconceptions=["pump", "leak"])
    seen = state(journal).misconceptions
    assert {name: (one.count, one.last) for name, one in seen.items()} == {
        "pump": (2, clock.time),
        "leak": (1, clock.time),
    }


def test_questions_are_suspended_and_flagged_until_that_is_taken_back(journal, clock):
    attempt(journal, 0)
    for on in (True, False):
        clock.later(hours=30)
        journal.append("suspend", question_id="rising.q1", data={"on": on})
        journal.append("flag", question_id="rising.q1", data={"on": on})
        assert (state(journal).suspended, state(journal).flagged) == (on, on)
        assert derive(journal).due(clock.time) == ([] if on else ["rising.q1"])


def test_the_longest_due_comes_first(journal, clock):
    attempt(journal, 0, "rising.q1")
    clock.later(hours=1)
    attempt(journal, 0, "peak.q1")
    attempt(journal, 1, "later.q1")
    assert derive(journal).due(clock.time + timedelta(hours=22)) == []
    assert derive(journal).due(clock.time + timedelta(hours=24)) == ["rising.q1", "peak.q1"]


def test_an_undone_attempt_counts_for_nothing_and_stays_in_the_journal(journal, clock):
    attempt(journal, 1, certainty=3, seconds=20, misconceptions=["pump"])
    before = msgspec.structs.asdict(derive(journal))
    activity = list(derive(journal).quarters())
    clock.later(days=3)
    of = attempt(journal, 0, certainty=1, mode="review").id
    assert state(journal).card.lapses == 1
    for _ in range(2):  # undone twice, as on two machines
        journal.append("undo", data={"of": of})
        derived = derive(journal)
        assert derived.questions == before["questions"]
        assert derived.sureness == before["sureness"]
        assert list(derived.quarters()) == activity
    assert len(journal.events(kind="attempt")) == 2


def test_an_undo_that_comes_before_its_attempt_holds(journal):
    id_ = "1b4e28ba-2fa1-4d1f-a3f5-6a4bfc6ec2e9"
    journal.append("undo", data={"of": id_})
    derive(journal)
    data = {"marks": 1, "max_marks": 1}
    journal.add([Event(id_, 0, "laptop", START, "attempt", "rising.q1", 1, 1, None, data)])
    assert derive(journal).questions == {}


def test_days_are_those_of_the_learner(journal, clock):
    clock.time = datetime(2026, 3, 1, 18, 20, tzinfo=UTC)
    attempt(journal, 1, seconds=30.4)
    clock.time = datetime(2026, 3, 1, 18, 31, tzinfo=UTC)
    attempt(journal, 0, seconds=9_999, mode="review")
    derived = derive(journal)
    assert derived.days(UTC).keys() == {date(2026, 3, 1)}
    india = derived.days(timezone(timedelta(hours=5, minutes=30)))
    counts = {
        day.day: (one.attempts, one.right, one.seconds, one.reviews) for day, one in india.items()
    }
    assert counts == {1: (1, 1, 30, 0), 2: (1, 0, LONGEST_S, 1)}


def test_days_with_a_change_of_the_clocks_are_told_as_the_zone_tells_them(journal, clock):
    zones = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu")]
    for day in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)):
        for quarter in range(-96, 200):
            clock.time = day + quarter * timedelta(minutes=15)
            attempt(journal)
    for zone in zones:
        expected = Counter(event.time.astimezone(zone).date() for event in journal.events())
        days = derive(journal).days(zone)
        assert {day: one.attempts for day, one in days.items()} == expected
        late = derive(journal).days(zone, date(2026, 11, 1))
        assert late == {day: one for day, one in days.items() if day >= date(2026, 11, 1)}


def test_certainties_are_counted_with_their_share_of_the_marks(journal):
    attempt(journal, 1, max_marks=4, certainty=3)
    attempt(journal, 4, max_marks=4, certainty=3)
    attempt(journal, 1)
    sureness = derive(journal).sureness
    assert sureness.keys() == {3}
    assert (sureness[3].answers, sureness[3].right, sureness[3].share) == (2, 1, 0.625)


@pytest.mark.parametrize(
    "kind", ["attempt", "answer-shown", "undo", "flag", "suspend", "position"]
)
def test_garbage_in_place_of_any_value_is_no_reason_to_fail(journal, kind):
    good = {"phase": "rising", "marks": 1, "max_marks": 1, "misconceptions": ["a"], "of": "x"}
    good |= {"on": True, "number": 1, "count": 2, "certainty": 2, "seconds": 5, "mode": "quiz"}
    for name in good:
        for value in GARBAGE:
            if not isinstance(value, float) or abs(value) < 1e300:
                journal.append(kind, question_id="rising.q1", data=good | {name: value})
    derived = derive(journal)
    assert derived.head == len(journal.events())
    msgspec.msgpack.encode(derived)


@pytest.mark.parametrize(
    ("time", "data"),
    [
        ("2026-03-01T09:00:00+00:00", "[1]"),
        ("2026-03-01T09:00:00+00:00", '{"marks": NaN, "max_marks": 1}'),
        ("2026-03-01T09:00:00+00:00", '{"marks": 1e999, "max_marks": 1e999}'),
        ("2026-03-01T09:00:00+00:00", "[" * 100_000),
        ("2026-03-01T09:00:00+00:00", '{"marks": 1' + "0" * 5000 + "}"),
        ("2026-03-01T09:00:00+00:00", "not JSON"),
        ("0001-01-01T00:00:00+14:00", '{"marks": 1, "max_marks": 1}'),
        ("yesterday", '{"marks": 1, "max_marks": 1}'),
        (b"\xff\x00", '{"marks": 1, "max_marks": 1}'),
    ],
)
def test_rows_that_another_program_wrote_are_passed_over(journal, time, data):
    row = ("x", "laptop", time, "attempt", "rising.q1", "1", data)
    columns = "id, device, time, kind, question_id, answer, data"
    journal._connection.execute(
        f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row
    )
    kept = attempt(journal)
    assert state(journal).last.id == kept.id
    assert state(journal).attempts == 1


@pytest.mark.parametrize("year", [1, 9999])
def test_events_at_the_ends_of_the_calendar_are_derived_and_cached(path, year):
    edge = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC).replace(month=1 if year == 1 else 12)
    with Journal.open(path, clock=lambda: edge) as journal:
        attempt(journal)
        attempt(journal, mode="review")
        first = derive(journal)
        assert first.days(timezone(timedelta(hours=14 if year > 1 else -12)))
    with Journal.open(path) as journal:
        assert derive(journal) == first
