import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.journal.event import Event
from tutor.journal.store import Journal, default_path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "learner" / "journal.sqlite3"


@pytest.fixture
def journal(path):
    with Journal.open(path) as opened:
        yield opened


def test_an_event_comes_back_as_it_was_kept(path):
    noon_in_india = datetime(2025, 3, 14, 12, 0, 0, 7, timezone(timedelta(hours=5.5)))
    with Journal.open(path, device="desk", clock=lambda: noon_in_india) as journal:
        kept = journal.append(
            "attempt",
            question_id="peak-3",
            revision=2,
            seed=2**63 - 1,
            answer={"chosen": ["b", None, True, -1.5]},
            data={"sure": 3},
        )
    with Journal.open(path) as journal:
        assert journal.events() == [kept]
    assert kept == Event(
        id=str(uuid.UUID(kept.id)),
        sequence=1,
        device="desk",
        time=datetime(2025, 3, 14, 6, 30, 0, 7, UTC),
        kind="attempt",
        question_id="peak-3",
        revision=2,
        seed=2**63 - 1,
        answer={"chosen": ["b", None, True, -1.5]},
        data={"sure": 3},
    )


def test_the_time_is_stored_in_utc_with_microseconds_even_when_they_are_zero(path):
    with Journal.open(path, clock=lambda: datetime(2025, 3, 14, tzinfo=UTC)) as journal:
        journal.append("started")
    with closing(sqlite3.connect(path)) as raw:
        (time,) = raw.execute("SELECT time FROM events").fetchone()
    assert time == "2025-03-14T00:00:00.000000+00:00"


def test_events_come_in_the_order_they_were_kept_even_when_the_clock_jumps_back(path):
    times = iter([datetime(2025, 1, day, tzinfo=UTC) for day in (3, 1, 2)])
    with Journal.open(path, clock=lambda: next(times)) as journal:
        kept = [journal.append("attempt", answer=n) for n in range(3)]
        assert journal.events() == kept
        assert [event.time.day for event in kept] == [3, 1, 2]


def test_events_are_found_by_kind_and_question(journal):
    a = journal.append("attempt", question_id="peak-1")
    b = journal.append("flag", question_id="peak-1")
    c = journal.append("attempt", question_id="peak-2")
    assert journal.events(kind="attempt") == [a, c]
    assert journal.events(question_id="peak-1") == [a, b]
    assert journal.events(kind="attempt", question_id="peak-1") == [a]
    assert journal.events(kind="nothing") == []


def test_latest_is_the_newest_event_that_fits(journal):
    right = journal.append("attempt", question_id="peak-1", data={"right": True})
    wrong = journal.append("attempt", question_id="peak-1", data={"right": False})
    other = journal.append("attempt", question_id="peak-2", data={"right": False})
    assert journal.latest("attempt") == other
    assert journal.latest("attempt", question_id="peak-1") == wrong
    assert journal.latest("attempt", where=lambda event: bool(event.data["right"])) == right
    assert journal.latest("attempt", where=lambda event: False) is None
    assert journal.latest("flag") is None


def test_searches_by_kind_or_question_use_an_index_and_sort_nothing(journal):
    queries = []
    journal._connection.set_trace_callback(queries.append)
    journal.events(kind="attempt")
    journal.latest("attempt")
    journal.latest("attempt", question_id="peak-1")
    journal._connection.set_trace_callback(None)
    explain = journal._connection.execute
    plans = [explain(f"EXPLAIN QUERY PLAN {query}").fetchall() for query in queries]
    assert [[step[3] for step in plan] for plan in plans] == [
        ["SEARCH events USING INDEX events_by_kind (kind=?)"],
        ["SEARCH events USING INDEX events_by_kind (kind=?)"],
        ["SEARCH events USING INDEX events_by_question (question_id=? AND kind=?)"],
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET answer = 'null'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events",
        "REPLACE INTO events (id, device, time, kind, data) SELECT id, '', '', '', '' FROM events",
    ],
)
def test_what_was_kept_cannot_be_changed(journal, path, change):
    kept = journal.append("attempt", answer="in")
    other_program = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        other_program.execute(change)
    other_program.close()
    assert journal.events() == [kept]


HOSTILE = [
    "\x1b]52;c;Y3VybA==\x07\x1b[2J",
    "\u202egnp.exe\u2066\u200b",
    "[@click=app.quit]x[/b]",
    "'); DROP TABLE events; --",
    "nul \x00, line\r\n\u2028 and tab\t",
    "brain \N{BRAIN} family \U0001f468\u200d\U0001f469\u200d\U0001f467 é e\u0301",
    "x" * 1_000_000,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_stored_and_returned_literally(path, text):
    with Journal.open(path) as journal:
        journal.append(text, question_id=text, answer=text, data={text: [text]})
    with Journal.open(path) as journal:
        (event,) = journal.events(kind=text, question_id=text)
    assert (event.kind, event.question_id, event.answer) == (text, text, text)
    assert event.data == {text: [text]}


def test_lone_surrogates_are_replaced_and_pairs_are_joined(journal):
    kept = journal.append(
        "a\ud800", question_id="\udc00b", answer="\ud83d\ude00", data={"\udfff": 1}
    )
    assert (kept.kind, kept.question_id) == ("a\ufffd", "\ufffdb")
    assert (kept.answer, kept.data) == ("\N{GRINNING FACE}", {"\ufffd": 1})
    assert journal.events(kind="a\ud800", question_id="\udc00b") == [kept]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)  # fmt: skip


@settings(max_examples=50)
@given(answer=JSON)
def test_any_json_answer_comes_back_equal(answer):
    with Journal.in_memory() as journal:
        journal.append("attempt", answer=answer, data={"again": answer})
        (event,) = journal.events()
    assert event.answer == answer
    assert event.data == {"again": answer}


CIRCLE: list[object] = []
CIRCLE.append(CIRCLE)
DEEP: list[object] = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    [float("nan"), [float("inf")], {1, 2}, b"bytes", object(), {1: "a", "1": "b"}, CIRCLE, DEEP],
    ids=["nan", "inf", "set", "bytes", "object", "number as key", "circle", "too deep"],
)
def test_values_that_are_not_json_are_refused_and_nothing_is_kept(journal, value):
    with pytest.raises(ValueError, match="keeps JSON values only"):
        journal.append("attempt", answer=value)
    with pytest.raises(ValueError, match="keeps JSON values only"):
        journal.append("attempt", data={"value": value})
    assert journal.events() == []


def test_a_seed_of_more_than_64_bits_is_refused_and_the_journal_stays_usable(journal):
    with pytest.raises(ValueError, match="64 bits"):
        journal.append("attempt", seed=2**63)
    assert journal.events() == []
    assert journal.append("attempt", seed=-(2**63)).seed == -(2**63)


def test_the_latest_value_of_a_setting_holds(path):
    with Journal.open(path) as journal:
        journal.set_setting("motion", True)
        journal.set_setting("exam", {"board": "AQA", "date": "2026-06-01"})
        journal.set_setting("motion", False)
    with Journal.open(path) as journal:
        expected = {"motion": False, "exam": {"board": "AQA", "date": "2026-06-01"}}
        assert journal.settings() == expected


def test_terminal_settings_hold_for_the_machine_that_made_them(path):
    with Journal.open(path, device="desk") as journal:
        journal.set_setting("terminal.glyphs", "braille")
        journal.set_setting("board", "AQA")
    with Journal.open(path, device="laptop") as journal:
        assert journal.settings() == {"board": "AQA"}
        journal.set_setting("terminal.glyphs", "ascii")
        journal.set_setting("board", "OCR")
        assert journal.settings() == {"terminal.glyphs": "ascii", "board": "OCR"}
    with Journal.open(path, device="desk") as journal:
        assert journal.settings() == {"terminal.glyphs": "braille", "board": "OCR"}


def test_a_machine_keeps_its_id_in_a_file_beside_the_journal(path):
    with Journal.open(path) as journal:
        device = journal.device
    assert (path.parent / "device").read_text() == f"{device}\n"
    assert str(uuid.UUID(device)) == device
    with Journal.open(path) as journal:
        assert journal.device == device
        assert journal.append("started").device == device
    assert sorted(p.name for p in path.parent.iterdir()) == ["device", "journal.sqlite3"]


def test_two_machines_differ_when_only_the_journal_is_copied(path, tmp_path):
    with Journal.open(path) as journal:
        (tmp_path / "elsewhere").mkdir()
        copy = sqlite3.connect(tmp_path / "elsewhere" / "journal.sqlite3")
        journal._connection.backup(copy)
        copy.close()
        with Journal.open(tmp_path / "elsewhere" / "journal.sqlite3") as copied:
            assert copied.device != journal.device


@pytest.mark.parametrize("damage", [b"", b"not an id", b"\xff\xfe"])
def test_a_damaged_device_file_is_written_anew(path, damage):
    path.parent.mkdir()
    (path.parent / "device").write_bytes(damage)
    with Journal.open(path) as journal:
        assert (path.parent / "device").read_text() == f"{journal.device}\n"


def test_a_device_file_that_cannot_be_written_gives_an_id_for_this_process(path):
    (path.parent / "device").mkdir(parents=True)
    with Journal.open(path) as journal, Journal.open(path) as again:
        assert str(uuid.UUID(journal.device)) == journal.device
        assert again.device != journal.device


def test_a_journal_in_memory_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Journal.in_memory() as journal:
        journal.set_setting("terminal.glyphs", "ascii")
        assert journal.settings() == {"terminal.glyphs": "ascii"}
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no mode there")
def test_the_folder_of_a_journal_is_closed_to_others(path):
    Journal.open(path).close()
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_closing_twice_does_no_harm(journal):
    journal.close()
    journal.close()


def test_commits_reach_the_disk_before_append_returns(journal):
    assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert journal._connection.execute("PRAGMA busy_timeout").fetchone() == (5000,)


@pytest.mark.skipif(sys.platform == "win32", reason="the file system layer is a Unix one")
def test_a_file_system_that_refuses_wal_gets_a_rollback_journal(path):
    path.parent.mkdir()
    # This layer of SQLite has no shared memory, so WAL is refused as on some network homes.
    uri = f"file:{path}?vfs=unix-dotfile"
    with Journal(sqlite3.connect(uri, uri=True, isolation_level=None), path) as journal:
        assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        kept = journal.append("attempt")
        assert not path.with_name(path.name + "-wal").exists()
    with Journal.open(path) as journal:
        assert journal.events() == [kept]


def test_the_environment_decides_where_the_journal_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("TUTOR_DATA_DIR", str(tmp_path / "class"))
    assert default_path() == tmp_path / "class" / "journal.sqlite3"
    usual = Path(platformdirs.user_data_dir("action-potential-tutor", appauthor=False))
    monkeypatch.setenv("TUTOR_DATA_DIR", "")
    assert default_path() == usual / "journal.sqlite3"
    monkeypatch.delenv("TUTOR_DATA_DIR")
    assert default_path() == usual / "journal.sqlite3"


def test_a_journal_works_without_anything_beyond_the_standard_library():
    code = """
        import sys
        from tutor.journal.store import Journal
        Journal.in_memory().append("started")
        print(*sys.modules)
    """
    code = "\n".join(line.strip() for line in code.splitlines())
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert not loaded & {"textual", "rich", "numpy", "scipy", "platformdirs", "msgspec", "yaml"}
