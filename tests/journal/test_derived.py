import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

sys.path.append(str(Path(__file__).parent))
from histories import GARBAGE

from tutor.journal import derived as derived_module
from tutor.journal.derived import Derived, derive
from tutor.journal.event import Event
from tutor.journal.known import LONGEST_S
from tutor.journal.progress import last_phase, phase_progress
from tutor.journal.store import Journal

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.time = START

    def __call__(self):
        return self.time

    def later(self, **gap):
        self.time += timedelta(**gap)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(path, clock):
    with Journal.open(path, clock=clock) as journal:
        yield journal


def attempt(journal, marks=1, question_id="rising.q1", **data):
    data = {"phase": "rising", "marks": marks, "max_marks": 1, **data}
    return journal.append("attempt", question_id=question_id, data=data)


def state(journal, question_id="rising.q1"):
    return derive(journal).questions[question_id]


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


# The cache.


def _cache(path):
    return path.with_suffix(".derived")


def test_the_cache_saves_reading_what_has_been_read(path, journal, clock):
    attempt(journal)
    first = derive(journal)
    journal.close()
    with Journal.open(path, clock=clock) as again:
        loaded = derived_module.load(_cache(path), Derived, derived_module.VERSION)
        assert loaded.head == first.head == 1
        clock.later(days=1)
        attempt(again, 0, mode="review")
        derived = derive(again)
        assert derived.head == 2
        assert list(derived.quarters()) == list(Derived().refreshed(again).quarters())
        assert derived.questions == Derived().refreshed(again).questions
        assert len(list(derived.quarters())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:40],
        lambda content: b"notes " * 100,
        lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        lambda content: os.urandom(5000),
    ],
)
def test_a_damaged_cache_is_ignored_and_replaced(path, journal, clock, damage):
    attempt(journal)
    first = derive(journal)
    journal.close()
    whole = _cache(path).read_bytes()
    _cache(path).write_bytes(damage(whole))
    with Journal.open(path, clock=clock) as again:
        assert derive(again) == first
    assert _cache(path).read_bytes() == whole


def test_a_cache_of_another_version_is_ignored(path, journal, monkeypatch):
    attempt(journal)
    first = derive(journal)
    journal.close()
    first.undone.add("what a newer program derived")
    for version in (derived_module.VERSION + 1, 0):
        derived_module.save(_cache(path), first, version)
        with Journal.open(path) as again:
            assert derive(again).undone == set()


def test_a_cache_of_another_journal_is_ignored(path, journal, tmp_path):
    attempt(journal)
    derive(journal)
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / path.name
    _cache(other).write_bytes(_cache(path).read_bytes())
    with Journal.open(other) as elsewhere:
        assert derive(elsewhere).questions == {}
        attempt(elsewhere, question_id="peak.q1")
        assert derive(elsewhere).questions.keys() == {"peak.q1"}


def test_a_cache_that_cannot_be_written_is_no_matter(path, journal):
    _cache(path).mkdir()
    (_cache(path) / "full").touch()
    attempt(journal)
    assert state(journal).attempts == 1
    assert not _cache(path).with_name(_cache(path).name + ".partial").exists()


def test_a_journal_in_memory_has_no_cache(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Journal.in_memory() as journal:
        attempt(journal)
        assert state(journal).attempts == 1
    assert list(tmp_path.iterdir()) == []


def test_a_long_run_is_cached_now_and_then(path, journal, clock):
    derive(journal)
    for _ in range(450):
        clock.later(minutes=1)
        attempt(journal)
        derive(journal)
    loaded = derived_module.load(_cache(path), Derived, derived_module.VERSION)
    assert loaded.head == 402


# The home screen.


HOME = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tutor.journal.event import Event
from tutor.journal.progress import phase_progress
from tutor.journal.store import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    for number in range(int(sys.argv[2])):
        data = {"phase": "rising", "marks": 1, "max_marks": 1, "mode": "review"}
        time = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
        id_ = f"{number:08}-0000-4000-8000-000000000000"
        event = Event(id_, 0, "desk", time, "attempt", f"rising.q{number % 5}", 1, 1, None, data)
        journal.add([event])
    journal.append("position", data={"phase": "rising", "number": 2, "count": 5})
    print(phase_progress(journal)["rising"].right, "fsrs" in sys.modules)
"""


@pytest.mark.parametrize("attempts", [5, 250])
def test_progress_in_phases_loads_no_scheduler_and_loses_no_review(path, attempts):
    command = [sys.executable, "-c", HOME, str(path), str(attempts)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout == "5 False\n"
    assert path.with_suffix(".derived").exists() == (attempts > 200)
    with Journal.open(path) as journal:
        derived = derive(journal)
        assert {state.card.reviews for state in derived.questions.values()} == {attempts // 5}
    with Journal.open(path) as journal:  # from the cache
        assert derive(journal) == derived


def test_the_phase_that_was_left_last_is_known_with_its_place(journal, clock):
    assert last_phase(journal) is None
    for phase, number in (("rest", 4), ("peak", 2), ("rest", 5)):
        data = {"phase": phase, "number": number, "count": 9, "questions": 3}
        journal.append("position", data=data)
        clock.later(minutes=1)
    attempt(journal, 1, "rest.q1", phase="rest")
    attempt(journal, 0, "rest.q2", phase="rest")
    journal.append("finished", data={"phase": "peak"})
    progress = phase_progress(journal)
    rest = progress["rest"]
    assert (rest.number, rest.count, rest.right, rest.answered, rest.finished) == (
        5,
        9,
        1,
        2,
        False,
    )
    assert progress["peak"].finished
    assert last_phase(journal) == "rest"
