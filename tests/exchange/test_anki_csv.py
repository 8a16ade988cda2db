"""Decks as CSV, as the real Anki takes them in."""

import csv
from pathlib import Path

from anki_reader import Reader
from course_files import SPARK, phase_text, replaced, write_course
from every_kind import kinds_course
from learners import exported


def backs(anki: Reader) -> list[str]:
    return [note.fields[1] for note in anki.notes.values()]


def test_anki_finds_deck_note_type_and_tags_by_itself(tmp_path: Path, anki: Reader) -> None:
    kinds_course(tmp_path)
    file = exported(tmp_path, tmp_path / "d.csv", everything=True)
    log = anki.take_in(file)
    assert len(log.new) == 15
    for note in anki.notes.values():
        assert note.note_type()["name"] == "Basic"
        (card,) = note.cards()
        assert anki.collection.decks.name(card.did) == "A tiny course"
        assert "tiny::track::A" in note.tags
        assert note.fields[1].count("<pre") >= 1
    assert not anki.media()
    assert not any("{{" in field for note in anki.notes.values() for field in note.fields)


def test_importing_again_updates_and_doubles_nothing(tmp_path: Path, anki: Reader) -> None:
    folder = write_course(tmp_path / "course")
    anki.take_in(exported(folder, tmp_path / "d.csv", everything=True))
    log = anki.take_in(exported(folder, tmp_path / "d.csv", everything=True))
    assert len(log.new) == 0
    text = replaced(
        phase_text(),
        ("How high does the spike go?", "How high is its top?"),
        ("The membrane does the rest.", "The channels do the rest."),
    )
    write_course(folder, {SPARK: text})
    log = anki.take_in(exported(folder, tmp_path / "d.csv", everything=True))
    assert len(log.new) == 0
    assert anki.collection.note_count() == 2
    assert any("The channels do the rest." in back for back in backs(anki))
    assert not any("The membrane does the rest." in back for back in backs(anki))


def test_plots_fit_a_telephone_in_plain_characters(tmp_path: Path) -> None:
    kinds_course(tmp_path)
    file = exported(tmp_path, tmp_path / "d.csv", everything=True)
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(line + "\n" for line in lines if not line.startswith("#")))
    assert len(rows) == 15
    for _, front, back, _ in rows:
        for side in (front, back):
            for part in side.split("<pre")[1:]:
                plot = part.partition(">")[2].partition("</pre>")[0]
                assert plot.isascii()
                assert max(map(len, plot.splitlines())) <= 46
                assert "mV" in plot
