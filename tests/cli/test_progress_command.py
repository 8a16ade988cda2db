"""`tutor progress`: its forms, and what it refuses."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_commands import refused, tutor

from tutor.journal.kinds import ATTEMPT
from tutor.journal.store import Journal, default_path
from tutor.session.profile import Profile, save_profile
from tutor.session.terminal import choose_mode


@pytest.fixture
def answered() -> None:
    """A learner has answered two questions."""
    with Journal.open(default_path()) as journal:
        save_profile(journal, Profile(exam_date=date.today() + timedelta(days=20)))
        for question, marks in (("rest.q1", 1), ("rest.q2", 0)):
            data = {"phase": "rest", "marks": marks, "max_marks": 1, "certainty": 3}
            journal.append(ATTEMPT, question_id=question, answer=["a"], data=data)


def test_a_new_learner_is_told_where_to_begin() -> None:
    done = tutor("progress")
    assert done.returncode == 0
    assert done.stdout.startswith("Progress\nNext: begin Reading a trace (")
    assert "\n0 of " in done.stdout


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("columns", [40, 80])
def test_the_text_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    done = tutor("progress", "--plain")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "in 20 days" in " ".join(done.stdout.split())


@pytest.mark.usefixtures("answered")
def test_a_stream_that_takes_plain_characters_alone_gets_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Journal.open(default_path()) as journal:
        choose_mode(journal, "braille")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    shown = tutor("progress").stdout
    assert shown.isascii()
    assert "?" not in shown
    assert "Na+" in shown


@pytest.mark.usefixtures("answered")
def test_json_is_one_object_in_one_line() -> None:
    done = tutor("progress", "--json")
    found = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert (found["totals"]["answers"], found["totals"]["right"]) == (2, 1)
    assert found["forecast"]["days"] == 20


@pytest.mark.usefixtures("answered")
def test_csv_has_a_line_for_each_objective() -> None:
    lines = tutor("progress", "--csv").stdout.splitlines()
    count = json.loads(tutor("progress", "--json").stdout)["totals"]["objectives"]
    assert len(lines) == count + 1
    assert lines[0].startswith('"module","phase","objective","text","questions","answered",')


@pytest.mark.usefixtures("answered")
def test_a_page_is_written_whole(tmp_path: Path) -> None:
    page = tmp_path / "mine.html"
    done = tutor("progress", "--html", str(page))
    assert done.returncode == 0
    assert str(page) in done.stdout
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


def test_a_page_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "should end in .html" in refused("progress", "--html", "page.txt")
    assert "mine.html" in refused("progress", "--html", str(tmp_path / "no" / "mine.html"))
    assert "give one of" in refused("progress", "--json", "--html", "mine.html")
    assert not Path("mine.html").exists()


def test_a_course_that_is_wrong_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = tutor("--course", str(tmp_path), "progress")
    assert done.returncode == 1
    assert "course.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_journal_is_told_and_left_as_it_was() -> None:
    path = default_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    done = tutor("progress")
    assert done.returncode == 1
    assert "The journal" in done.stderr
    assert path.read_bytes().endswith(b"\xff")


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"], ["--html", "page.html"]])
def test_no_form_of_it_loads_textual(form: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom tutor.cli import main\n"
        f"sys.argv = ['tutor', 'progress', *{form!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *(m for m in sys.modules if m in ('textual', 'numpy', 'matplotlib')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stdout.splitlines()[-1].strip() == "LOADED"
