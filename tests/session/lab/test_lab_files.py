"""Set-ups of the lab as files: the notation of content, one sentence for what is wrong."""

import os
import sys
from pathlib import Path

import pytest
import yaml

from tutor.course.names import PREPARATION_NAMES
from tutor.course.scenario import default_scenario
from tutor.session.lab.bench import Lab
from tutor.session.lab.files import SetUps, write_whole


@pytest.fixture
def set_ups(tmp_path: Path) -> SetUps:
    return SetUps(tmp_path / "lab")


def wrong(set_ups: SetUps, text: str | bytes) -> str:
    """The sentence that a broken file gets."""
    set_ups.save("broken", default_scenario("textbook"))
    path = set_ups.path("broken")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ValueError, match="broken") as caught:
        set_ups.load("broken")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_set_up_comes_back_as_it_was_saved(set_ups: SetUps, preparation: str) -> None:
    lab = Lab()
    lab.use(preparation)
    for kind in lab.kinds:
        lab.add(kind)
    lab.turn(lab.knobs[-3].name, 1.0)
    set_ups.save("one", lab.scenario)
    assert set_ups.load("one") == lab.scenario


def test_a_file_is_a_scenario_as_content_writes_it_and_says_what_is_not_usual(
    set_ups: SetUps,
) -> None:
    lab = Lab()
    lab.set("k_block", 0.5)
    lab.set("frozen_h", "rest")
    text = set_ups.save("blocked", lab.scenario).read_text(encoding="utf-8")
    assert yaml.safe_load(text) == {
        "preparation": "textbook",
        "stimuli": [{"kind": "pulse", "start_ms": 1, "times_threshold": 1.5}],
        "changes": {"k_block": 0.5, "frozen_h": "rest"},
        "duration_ms": 20,
    }
    assert text.startswith("# ")


def test_names_are_listed_and_spelt_alike(set_ups: SetUps) -> None:
    assert set_ups.names == ()
    scenario = default_scenario("squid")
    set_ups.save("  Two  Words ", scenario)
    set_ups.save("another-1", scenario)
    (set_ups.folder / "notes.txt").write_text("no set-up")
    (set_ups.folder / "UPPER.yaml").write_text("not one of ours")
    (set_ups.folder / "folder.yaml").mkdir()
    assert set_ups.names == ("another-1", "two words")
    assert set_ups.has("TWO words")
    set_ups.delete("two words")
    assert set_ups.names == ("another-1",)
    with pytest.raises(ValueError, match="no set-up 'two words'"):
        set_ups.delete("two words")
    with pytest.raises(ValueError, match="saved: another-1"):
        set_ups.load("two words")


@pytest.mark.parametrize(
    "name", ["", "../up", "a/b", ".hidden", "con", "x" * 41, "naïve", "\x1b[2J", "a\nb:"]
)
def test_a_name_that_could_be_another_file_is_refused(set_ups: SetUps, name: str) -> None:
    with pytest.raises(ValueError, match="a name has up to 40") as caught:
        set_ups.save(name, default_scenario("squid"))
    assert "\x1b" not in str(caught.value)
    assert not set_ups.folder.exists()


def test_a_broken_file_is_one_sentence_with_its_place(set_ups: SetUps) -> None:
    pulse = "preparation: textbook\nstimuli:\n  - kind: pulse\n    times_threshold: {}\n"
    assert "broken.yaml:4:22: times_threshold is 99" in wrong(set_ups, pulse.format(99))
    assert "broken.yaml:4:22: " in wrong(set_ups, pulse.format("much"))
    assert "broken.yaml:1:14: unknown preparation" in wrong(set_ups, "preparation: heart\n")
    assert "not valid YAML" in wrong(set_ups, "preparation: [")
    assert "not UTF-8" in wrong(set_ups, b"preparation: \xff")
    assert "not allowed" in wrong(set_ups, "preparation: te\x1b[2Jxt")
    assert "unknown field" in wrong(set_ups, "preparation: squid\nfire: now\n")
    assert "expected a mapping" in wrong(set_ups, "- 1\n")
    assert "bytes" in wrong(set_ups, "# " + "x" * 1_100_000)


def test_what_was_there_stays_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ValueError, match=r"cannot write .*folder"):
        write_whole(tmp_path / "folder", b"new")
    with pytest.raises(ValueError, match=r"cannot write .*nowhere.*No such file"):
        write_whole(tmp_path / "nowhere" / "x.csv", b"new")
    write_whole(path, b"new")
    assert path.read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "kept.csv"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ValueError, match="cannot make the folder"):
        SetUps(tmp_path / "lab").save("one", default_scenario("squid"))


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lab").write_text("in the way")
    with pytest.raises(ValueError, match="cannot make the folder"):
        SetUps(tmp_path / "lab").save("one", default_scenario("squid"))
    assert SetUps(tmp_path / "lab").names == ()
