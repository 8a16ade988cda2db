import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def tutor(
    *arguments: str, stdin: str = "", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=os.environ | environ,
    )


def refused(*arguments: str, code: int = 2, **environ: str) -> str:
    """The one sentence that a wrong use gets."""
    done = tutor(*arguments, **environ)
    assert done.returncode == code, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


# tutor simulate


def test_simulate_prints_an_ascii_plot_a_sentence_and_the_measurements() -> None:
    done = tutor("simulate", "textbook")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "rises to a peak of +30.0 mV" in " ".join(done.stdout.split())
    assert "threshold_mv" in done.stdout


def test_simulate_json_has_measurements_and_samples() -> None:
    found = json.loads(tutor("simulate", "textbook", "--json").stdout)
    assert found["measurements"]["rest_mv"] == pytest.approx(-70.0, abs=0.1)
    assert found["measurements"]["threshold_mv"] == pytest.approx(-55.0, abs=0.1)
    samples = found["samples"]
    assert max(samples["voltage_mv"]) == pytest.approx(found["measurements"]["peak_mv"], abs=0.1)
    assert {len(column) for column in samples.values()} == {len(samples["time_ms"])}


def test_simulate_csv_has_a_header_and_a_row_a_sample() -> None:
    rows = list(csv.DictReader(io.StringIO(tutor("simulate", "squid", "--csv").stdout)))
    assert float(rows[0]["voltage_mv"]) == pytest.approx(-65.0, abs=0.1)
    assert float(rows[-1]["time_ms"]) == pytest.approx(30.0)


def test_set_changes_the_run() -> None:
    blocked = tutor("simulate", "textbook", "--set", "k_block=1", "--json").stdout
    assert json.loads(blocked)["measurements"]["half_width_ms"] > 3.0
    silent = tutor("simulate", "textbook", "--set", "frozen_m=rest", "--json").stdout
    assert json.loads(silent)["measurements"]["spike_count"] == 0


def test_a_question_can_be_simulated_by_its_id() -> None:
    assert "Na+ channels" not in refused("simulate", "rising.q99")
    done = tutor("simulate", "rising.q3", "--json")
    assert json.loads(done.stdout)["measurements"]["peak_mv"] < 25.0


def test_plot_prints_the_plot_alone_in_the_mode_asked_for() -> None:
    done = tutor("simulate", "textbook", "--plot", "--mode", "braille")
    assert any(0x2800 <= ord(c) < 0x2900 for c in done.stdout)
    assert "half_width_ms" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate",), "SCENARIO"),
        (("simulate", "squib"), "did you mean 'squid'"),
        (("simulate", "textbook", "--set", "k_block=1.5"), "k_block is 1.5, but must be from 0"),
        (("simulate", "textbook", "--set", "k_block=nan"), "k_block is nan"),
        (("simulate", "textbook", "--set", "k_block=lots"), "'lots' is not a number"),
        (("simulate", "textbook", "--set", "k_block"), "NAME=VALUE"),
        (("simulate", "textbook", "--set", "warp=9"), "unknown setting 'warp'"),
        (("simulate", "textbook", "--set", "duration_ms=-5"), "duration_ms is -5"),
        (("simulate", "textbook", "--set", "duration_ms=1e9"), "duration_ms is 1e+09"),
        (("simulate", "textbook", "--set", "dt_ms=1"), "dt_ms is 1, but must be"),
        (("simulate", "textbook", "--set", "dt_ms=rest"), "dt_ms"),
        (("simulate", "textbook", "--set", "temperature_c=20"), "37 degrees C"),
        (("simulate", "textbook", "--set", "na_block=rest"), "na_block"),
        (("frobnicate",), "frobnicate"),
        (("--frobnicate",), "frobnicate"),
        (("learn", "nothing"), "no module or phase 'nothing'"),
        (("schema", "everything"), "everything"),
    ],
)
def test_wrong_use_gets_one_clear_sentence(arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(*arguments)


@pytest.mark.parametrize("place", ["simulate", "learn", "--course", "check", "bare"])
def test_hostile_arguments_are_never_sent_back_to_the_terminal(place: str) -> None:
    hostile = "\x1b]52;c;aGFja2Vk\x07[@click=app.quit]x[/]\u202e"
    arguments = [hostile] if place == "bare" else [place, hostile]
    done = tutor(*arguments)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    for character in ("\x1b", "\x07", "\u202e"):
        assert character not in done.stdout + done.stderr


def test_a_reader_that_closes_early_is_no_fault() -> None:
    done = subprocess.run(
        f"{sys.executable} -m tutor simulate textbook --csv | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("time_ms,")
    assert done.stderr == ""


# tutor schema


@pytest.mark.parametrize("kind", ["phase", "course", "misconceptions", "claims"])
def test_schema_prints_json_schema(kind: str) -> None:
    assert "$defs" in json.loads(tutor("schema", kind).stdout)


# tutor without a terminal


def test_without_a_terminal_the_tutor_says_so_and_prints_lines() -> None:
    done = tutor(stdin="s\n\nq\n")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "as lines of text" in done.stderr
    assert "The action potential" in done.stdout


def test_learn_goes_straight_into_a_phase() -> None:
    assert "Rising phase 1/" in tutor("learn", "rising", "--plain", stdin="q\n").stdout
    assert "Rising phase 1/" in tutor("--plain", "learn", "rising", stdin="q\n").stdout


def test_another_course_can_be_named() -> None:
    folder = Path(__file__).parents[2] / "content" / "action-potential"
    assert tutor("--course", str(folder), "--plain", stdin="s\n\nq\n").returncode == 0


def test_a_wrong_course_is_explained_without_a_traceback(tmp_path: Path) -> None:
    assert "there is no such folder" in refused("--course", str(tmp_path / "x"), "--plain", code=1)


def test_a_journal_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_text("this is not a database, it only looks like a file")
    sentence = refused("--plain", code=1, TUTOR_DATA_DIR=str(tmp_path))
    assert "not an SQLite database" in sentence


@pytest.mark.parametrize(
    "environ", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_odd_locales_are_no_fault(environ: dict[str, str]) -> None:
    done = tutor("--plain", stdin="s\n\n\n1\nq\n", **environ)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii() or "LC_ALL" not in environ


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["simulate", "textbook"], ["--plain"]])
def test_output_that_cannot_be_written_is_explained(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_input_without_an_end_ends_the_tutor() -> None:
    with Path("/dev/zero").open() as endless:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "--plain"],
            stdin=endless,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0
    assert "Everything you answered is kept" in done.stdout
