"""`tutor simulate` for every preparation: plot, sentence, numbers, JSON and CSV."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator import KNOBS
from tutor.course.names import PREPARATION_NAMES, names_of

#: Words of the sentence under the plot.
SAID = {
    "resting": "The membrane rests at -69.8 mV and stays there",
    "receptor": "fires 8 spikes",
    "dendrite": "the cell does not fire",
    "textbook": "rises to a peak of +30.0 mV",
    "squid": "The potential rests at -65.0 mV",
    "cortical": "The potential rests at -70.0 mV",
    "axon": "1 spike travels at 18.6 m/s: it passes 25 mm at",
    "myelinated": "1 spike travels at 39.5 m/s: it passes node 11 at",
    "accounting": "100 of 100 pulses fire in 2.1 s",
}


def _tutor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", "simulate", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_preparation_prints_a_plot_a_sentence_and_its_numbers(preparation: str) -> None:
    done = _tutor(preparation)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.isascii()
    assert SAID[preparation] in " ".join(done.stdout.split())
    assert "rest_mv" in done.stdout


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_preparation_gives_measurements_and_samples_as_json(preparation: str) -> None:
    found = json.loads(_tutor(preparation, "--json").stdout)
    assert found["measurements"]["rest_mv"] < -60.0
    assert set(found["measurements"]) <= set(names_of(preparation))
    samples = found["samples"]
    assert {len(column) for column in samples.values()} == {len(samples["time_ms"])}
    assert set(found["units"]) == set(samples)
    if preparation in ("axon", "myelinated", "dendrite"):
        assert len(found["places"]) == 3
        assert max(samples["voltage_3_mv"]) == pytest.approx(
            found["measurements"]["peak_3_mv"], abs=0.5
        )


@pytest.mark.parametrize("preparation", ["resting", "axon", "accounting"])
def test_csv_has_a_column_for_each_place(preparation: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_tutor(preparation, "--csv").stdout)))
    assert float(rows[0]["time_ms"]) == 0.0
    assert float(rows[0]["voltage_mv"]) < -60.0
    assert ("voltage_3_mv" in rows[0]) == (preparation == "axon")


def test_every_place_of_a_cable_has_its_own_curve() -> None:
    plot = _tutor("axon", "--plot").stdout
    assert "* 25 mm   + 50 mm   x 75 mm" in plot
    assert all(plot.count(glyph) > 20 for glyph in "*+x")


def test_settings_of_set_up_stimulus_and_step_are_set_by_name() -> None:
    done = _tutor(
        "axon",
        "--set",
        "diameter_um=119",
        "--set",
        "times_threshold=2",
        "--set",
        "dt_ms=0.01",
        "--json",
    )
    found = json.loads(done.stdout)
    assert "axon 119 µm thick and 50 mm long" in found["set_up"]
    assert "2 × threshold" in found["set_up"]
    assert found["measurements"]["velocity_m_s"] == pytest.approx(18.7 / 2, rel=0.02)
    assert found["samples"]["time_ms"][1] == 0.01
    assert "shape" in _tutor("accounting", "--set", "shape=cube").stderr
    assert _tutor("accounting", "--set", "shape=cylinder", "--plot").stdout.startswith(
        "axon 20 um"
    )


def test_settings_are_listed_with_value_range_unit_and_meaning() -> None:
    done = _tutor("resting", "--settings", "--set", "k_out_mm=15")
    assert done.returncode == 0
    listed = " ".join(done.stdout.split())
    assert "k_out_mm 15 (1 to 150) mM Concentration of K+ outside." in listed
    done = _tutor("accounting", "--settings")
    assert "sphere or cylinder" in done.stdout
    assert "ouabain_from_s - (0 to 100000) s" in " ".join(done.stdout.split())


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_setting_of_a_preparation_is_listed(preparation: str) -> None:
    listed = {line.split(" ")[0] for line in _tutor(preparation, "--settings").stdout.split("\n")}
    assert set(KNOBS[preparation]) <= listed


def test_a_setting_may_leave_the_range_of_a_questions_knob() -> None:
    done = _tutor("threshold.q1", "--set", "times_threshold=0.05")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0.05 × threshold" in done.stdout or "0.05 x threshold" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("axon", "--set", "k_out=1"), "unknown setting 'k_out'; did you mean k_out_mm?"),
        (("axon", "--set", "diameter_um=0"), "diameter_um is 0, but must be from 0.2"),
        (("axon", "--set", "dt_ms=9"), "dt_ms is 9, but must be"),
        (("resting", "--set", "start_ms=2"), "unknown setting 'start_ms'"),
        (("accounting", "--set", "dt_ms=0.01"), "dt_ms cannot be set here"),
        (("dendrite", "--set", "g_ns=50"), "g_ns is 50, but must be from 0 to 40 nS"),
        (("myelinated", "--set", "nodes=5"), "nodes is 5, but must be from 11 to 101"),
        (("axonn",), "did you mean 'axon'"),
    ],
)
def test_wrong_use_is_one_clear_sentence(arguments: tuple[str, ...], words: str) -> None:
    done = _tutor(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


LONG = ("accounting", "--set", "pulses=100000", "--set", "frequency_hz=200")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as Ctrl-C does")
def test_a_long_run_that_is_stopped_ends_in_a_clear_line() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tutor", "simulate", *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(3.0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == ""
    # No progress is shown where nobody watches.
    assert err == "tutor: Stopped.\n"


@pytest.mark.skipif(not Path("/dev/ptmx").exists(), reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_taken_away() -> None:
    import pty

    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "tutor", "simulate", *LONG]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    until = time.monotonic() + 20.0
    while b"%" not in said and time.monotonic() < until:
        said += os.read(ours, 1000)
    assert b"running: " in said
    process.send_signal(signal.SIGINT)
    try:
        while chunk := os.read(ours, 1000):
            said += chunk
    except OSError:
        pass  # The other end is closed.
    assert process.wait(timeout=20) == 130
    # The line of progress is blanked before anything else is said.
    assert re.search(rb"running: \d+%\r +\r", said)
    assert said.rstrip().endswith(b"tutor: Stopped.")
    os.close(ours)
