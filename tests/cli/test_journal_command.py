"""`tutor journal`: the learner's data, given out, brought in, begun anew."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_commands import refused, tutor

from tutor.journal.kinds import ATTEMPT
from tutor.journal.store import Journal, default_path


def answer(count: int, path: Path | None = None) -> None:
    with Journal.open(path or default_path()) as journal:
        for _ in range(count):
            journal.append(
                ATTEMPT, question_id="rest.q1", data={"phase": "rest", "marks": 1, "max_marks": 1}
            )


def entries() -> int:
    with Journal.open(default_path()) as journal:
        return len(journal.events())


def said(*arguments: str, stdin: str = "") -> str:
    done = tutor("journal", *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_it_says_where_the_journal_is_and_how_much_is_in_it() -> None:
    answer(2)
    assert said() == f"{default_path()}: 2 entries."


def test_what_is_written_is_brought_in_once_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(3)
    file = tmp_path / "mine.jsonl"
    assert "Written" in said("export", str(file))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line.get("kind") for line in lines] == [None, ATTEMPT, ATTEMPT, ATTEMPT]
    monkeypatch.setenv("TUTOR_DATA_DIR", str(tmp_path / "other"))
    answer(1)
    assert said("import", str(file)).startswith("3 new entries; 0 were here already. The journal")
    assert said("import", str(file)).startswith("0 new entries; 3 were here already.")
    assert entries() == 4


def test_a_file_that_is_there_is_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    answer(1)
    file = tmp_path / "notes.txt"
    file.write_text("mine\n")
    assert f"{file} is there already" in refused("journal", "export", str(file))
    assert "--force" in refused("journal", "export", str(file))
    assert file.read_text() == "mine\n"
    assert "Written" in said("export", str(file), "--force")
    assert json.loads(file.read_text().splitlines()[1])["kind"] == ATTEMPT


def test_a_file_that_is_none_is_refused_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    answer(1)
    file = tmp_path / "x.jsonl"
    file.write_text("hello\n")
    assert "was not imported" in refused("journal", "import", str(file))
    assert entries() == 1


def test_beginning_anew_asks_first_and_lays_everything_aside(tmp_path: Path) -> None:
    answer(2)
    assert tutor("journal", "reset", stdin="n\n").returncode != 0
    assert entries() == 2
    text = said("reset", stdin="y\n")
    assert entries() == 0
    back_up = text.split("What was there is in ")[1].split(", and `tutor")[0]
    assert said("import", back_up).startswith("2 new entries")


def test_a_clock_that_was_set_back_is_told() -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    with Journal.open(default_path(), clock=lambda: ahead) as journal:
        journal.append(ATTEMPT, question_id="rest.q1", data={"marks": 1, "max_marks": 1})
    assert "set the clock right" in said()
    done = tutor("--plain", stdin="q\n")
    assert "set the clock right" in " ".join(done.stdout.split())
