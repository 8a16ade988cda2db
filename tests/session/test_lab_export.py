"""What the lab writes: numbers as CSV and JSON, plots as text, SVG and PNG."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.session.export import FORMATS, export, sheet_of_runs, target
from tutor.session.lab.bench import Lab
from tutor.session.lab.experiments import experiment
from tutor.words.export import NEEDS_MATPLOTLIB


def run_of(preparation: str = "textbook") -> Lab:
    lab = Lab()
    lab.use(preparation)
    lab.make()
    return lab


def written(lab: Lab, path: Path) -> str:
    export(sheet_of_runs(lab.view.drawn), path, "ascii")
    return path.read_text(encoding="utf-8")


def test_csv_has_a_named_column_for_all_that_is_recorded(tmp_path: Path) -> None:
    lab = run_of("axon")
    rows = list(csv.DictReader(io.StringIO(written(lab, tmp_path / "run.csv"))))
    trace = lab.view.drawn[-1].run.trace
    assert len(rows) == len(trace.voltage_mv)
    assert {"time_ms", "voltage_mv", "voltage_2_mv", "voltage_3_mv", "g_na"} <= set(rows[0])
    assert float(rows[-1]["time_ms"]) == pytest.approx(trace.duration_ms)
    assert max(float(row["voltage_mv"]) for row in rows) == pytest.approx(
        max(trace.voltage_mv), abs=1e-3
    )


def test_json_is_what_tutor_simulate_prints(tmp_path: Path) -> None:
    document = json.loads(written(run_of("squid"), tmp_path / "run.json"))
    command = [sys.executable, "-m", "tutor", "simulate", "squid", "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert document == json.loads(printed)


def test_of_two_compared_runs_json_has_both_and_text_draws_both(tmp_path: Path) -> None:
    lab = run_of()
    lab.keep()
    lab.set("k_block", 0.9)
    lab.make()
    document = json.loads(written(lab, tmp_path / "both.json"))
    kept = document["compared_with"]["A"]
    assert kept["measurements"]["half_width_ms"] < document["measurements"]["half_width_ms"]
    text = written(lab, tmp_path / "both.txt")
    assert text.isascii()
    assert ". A   * B" in text
    assert "B: textbook neuron" in text
    assert "The potential rests at -70.0 mV" in text


def test_an_experiment_is_exported_with_its_points(tmp_path: Path) -> None:
    found = experiment("f-i", run_of().scenario)
    export(found.sheet, tmp_path / "f.csv", "ascii")
    rows = list(csv.DictReader((tmp_path / "f.csv").open(encoding="utf-8")))
    assert list(rows[0]) == ["current_ua_cm2", "rate_hz"]
    assert len(rows) == 31
    export(found.sheet, tmp_path / "f.json", "ascii")
    document = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert document["points"]["current_ua_cm2"][-1] == 60.0
    assert document["found"]["highest rate"].endswith(" Hz")
    export(found.sheet, tmp_path / "f.txt", "ascii")
    assert "spikes a second" in (tmp_path / "f.txt").read_text(encoding="utf-8")


def test_where_nothing_was_found_a_cell_of_csv_is_empty(tmp_path: Path) -> None:
    found = experiment("clamp", run_of().scenario)
    export(found.sheet, tmp_path / "c.csv", "ascii")
    rows = list(csv.DictReader((tmp_path / "c.csv").open(encoding="utf-8")))
    assert "" in {row["current_0_mv"] for row in rows}
    assert "nan" not in (tmp_path / "c.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("preparation", ["textbook", "axon"])
def test_pictures_are_drawn_by_matplotlib(tmp_path: Path, form: str, preparation: str) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plots` is not installed")
    lab = run_of(preparation)
    path = tmp_path / f"run.{form}"
    export(sheet_of_runs(lab.view.drawn), path, "braille")
    begins = path.read_bytes()[:200]
    assert (
        begins.startswith(b"\x89PNG") if form == "png" else b"<svg" in begins or b"<?xml" in begins
    )
    if form == "svg":
        # Text stays text, so that it can be searched and translated.
        assert "E_Na" in path.read_text(encoding="utf-8")


def test_without_matplotlib_a_picture_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # As if it were not installed.
    path = tmp_path / "run.png"
    with pytest.raises(ValueError, match="pip install") as caught:
        export(sheet_of_runs(run_of().view.drawn), path, "ascii")
    assert str(caught.value) == NEEDS_MATPLOTLIB
    assert not path.exists()


def test_a_name_means_a_file_in_the_present_folder_or_where_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert target("run.csv") == tmp_path / "run.csv"
    assert target(" my run.PNG ") == tmp_path / "my run.PNG"
    assert target(str(tmp_path / "x.json")) == tmp_path / "x.json"
    for name in ("run", "run.doc", ".csv", "", "run.csv.exe"):
        with pytest.raises(ValueError, match="should end in one of") as caught:
            target(name)
        assert all(f".{form}" in str(caught.value) for form in FORMATS)
    with pytest.raises(ValueError, match="there is no folder"):
        target("nowhere/run.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ValueError, match="is a folder"):
        target("folder.csv")
