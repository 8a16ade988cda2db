"""Decks as the real Anki takes them in."""

import hashlib
import socket
import time
from pathlib import Path

import pytest
from anki_reader import Reader
from course_files import SPARK, phase_text, replaced, write_course
from every_kind import KINDS, KINDS_FILE, kinds_course
from learners import answer, exported

from tutor.course.loader import CourseFolder
from tutor.exchange import anki as deck
from tutor.exchange.cards import Card
from tutor.exchange.rendering import Rendered
from tutor.journal.store import Journal, default_path
from tutor.session.asked import Asked

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=go()> </div> [sound:gone.mp3] [latex]x[/latex] "
    "&amp; 5 < 6"
)
#: Braces mean numbers in a stem, and nothing in an option.
BRACES = "{{c1::hidden}} {{FrontSide}}"


def test_every_kind_of_question_becomes_cards_with_a_plot_before_and_after(
    tmp_path: Path, anki: Reader
) -> None:
    kinds_course(tmp_path / "course")
    log = anki.take_in(exported(tmp_path / "course", tmp_path / "d.apkg", everything=True))
    assert len(log.new) == len(anki.notes) == 2 + 7 + 3 * 2
    media = anki.media()
    for name in anki.notes:
        front, back = anki.sides(name)
        (before,) = anki.pictures(front)
        after = anki.pictures(back)
        assert before not in after
        assert {before, *after} <= media.keys()
    assert all(data.startswith(b"\x89PNG") for data in media.values())
    used = {p for n in anki.notes for side in anki.sides(n) for p in anki.pictures(side)}
    assert used == media.keys()


def test_a_card_has_the_question_in_front_and_what_settles_it_on_the_back(
    tmp_path: Path, anki: Reader
) -> None:
    folder = write_course(tmp_path / "course")
    answer(folder, "spark.q1", ["b"])
    anki.take_in(exported(folder, tmp_path / "d.apkg", mistakes=True))
    assert list(anki.notes) == ["spark.q1"]
    front, back = anki.sides("spark.q1")
    assert "How high does the spike go?" in front
    assert "To threshold and no further" in front
    assert "Its top lies above zero" not in front
    assert "The peak is" not in front
    assert '<div class="answer"><p>Past zero</p></div>' in back
    assert "It decides: The peak is +3" in back
    assert "The membrane does the rest." in back
    assert "A spike is the work of the pump." in back
    assert "A spike is the work of channels." in back
    assert "Without a spike it gets to -5" in back
    assert len(anki.pictures(back)) == 2  # the run, and the refutation over it
    assert "Nowhere at all: The pulse alone moves it." in back


def test_tags_tell_place_objective_misconception_track_and_what_it_is_to_the_learner(
    tmp_path: Path, anki: Reader
) -> None:
    folder = write_course(tmp_path / "course")
    answer(folder, "spark.q1", ["b"])
    answer(folder, "spark.q2", ["a", "b"], certainty=1)
    anki.take_in(exported(folder, tmp_path / "d.apkg", mistakes=True, unsure=True))
    assert set(anki.notes["spark.q1"].tags) == {
        "tiny::module::first",
        "tiny::phase::spark",
        "tiny::objective::spark.height",
        "tiny::misconception::M1",
        "tiny::kind::single",
        "tiny::track::A",
        "tiny::mine::M1",
        "tiny::mine::wrong",
    }
    assert {"tiny::mine::unsure", "tiny::misconception::M2"} <= set(anki.notes["spark.q2"].tags)
    assert "tiny::mine::M2" not in anki.notes["spark.q2"].tags
    decks = [one.name for one in anki.collection.decks.all_names_and_ids()]
    assert set(decks) == {"Default", "A tiny course"}


def test_mistakes_are_what_was_wrong_last_and_unsure_what_was_a_right_guess(
    tmp_path: Path, anki: Reader
) -> None:
    kinds_course(tmp_path)
    answer(tmp_path, "kinds.single", ["b"])
    answer(tmp_path, "kinds.single", ["a"], certainty=3)
    answer(tmp_path, "kinds.multi", ["c"])
    answer(tmp_path, "spark.q1", ["a"], certainty=1)
    anki.take_in(exported(tmp_path, tmp_path / "a.apkg"))
    assert set(anki.notes) == {"kinds.multi"}
    anki.take_in(exported(tmp_path, tmp_path / "b.apkg", unsure=True))
    assert set(anki.notes) == {"kinds.multi", "spark.q1"}


def test_only_the_parts_that_were_missed_become_cards(tmp_path: Path, anki: Reader) -> None:
    kinds_course(tmp_path)
    answer(tmp_path, "kinds.text", "Voltage-gated sodium channels open.")
    answer(tmp_path, "kinds.matching", {"na": "in", "k": "none"})
    answer(tmp_path, "kinds.calculation", ["-987 m/s", "-5 ms"])
    anki.take_in(exported(tmp_path, tmp_path / "d.apkg"))
    assert set(anki.notes) == {
        "kinds.text enter",
        "kinds.matching k",
        "kinds.calculation velocity",
        "kinds.calculation delay",
    }
    front, back = anki.sides("kinds.text enter")
    assert "<li>Voltage-gated sodium channels open</li>" in front
    assert "Sodium ions diffuse in" not in front
    assert "<p>Sodium ions diffuse in</p>" in back
    assert "Exactly: Na⁺ enters down its electrochemical gradient." in back
    front, _ = anki.sides("kinds.calculation delay")
    assert "How fast is it? 2" in front or "How fast is it? 3" in front
    assert front.index("How fast is it?") < front.index("How long does it take")


def test_cards_of_one_question_do_not_follow_each_other(tmp_path: Path, anki: Reader) -> None:
    kinds_course(tmp_path)
    anki.take_in(exported(tmp_path, tmp_path / "d.apkg", everything=True, phase=("kinds",)))
    due = {note.cards()[0].due: name for name, note in anki.notes.items()}
    order = [due[place].split()[0] for place in sorted(due)]
    assert len(set(order[:10])) == 10


def test_an_export_after_an_edit_updates_in_place_and_keeps_the_reviews(
    tmp_path: Path, anki: Reader
) -> None:
    folder = write_course(tmp_path / "course")
    answer(folder, "spark.q1", ["b"])
    anki.take_in(exported(folder, tmp_path / "d.apkg"))
    anki.review("spark.q1")
    (card_before,) = anki.notes["spark.q1"].cards()
    edited = replaced(phase_text(), ("How high does the spike go?", "How high is its top?"))
    write_course(folder, {SPARK: edited})
    log = anki.take_in(exported(folder, tmp_path / "d.apkg"))  # Within the same second.
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert "How high is its top?" in anki.sides("spark.q1")[0]
    (card,) = anki.notes["spark.q1"].cards()
    assert anki.reviews("spark.q1") == (1, 1)
    assert (card.id, card.due, card.ivl, card.type) == (
        card_before.id,
        card_before.due,
        card_before.ivl,
        card_before.type,
    )
    assert anki.collection.models.all_names().count("Card on the action potential") == 1


def style_in(anki: Reader) -> str:
    (note,) = anki.notes.values()
    return str(note.note_type()["css"])


def test_a_style_that_the_learner_changed_stays_until_ours_is_newer(
    tmp_path: Path, anki: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_course(tmp_path / "course")
    answer(folder, "spark.q1", ["b"])
    anki.take_in(exported(folder, tmp_path / "d.apkg"))
    assert style_in(anki) == deck.STYLE
    (note,) = anki.notes.values()
    own = note.note_type()
    own["css"] = ".card { font-size: 40px; }"
    anki.collection.models.update_dict(own)
    anki.take_in(exported(folder, tmp_path / "d.apkg"))
    assert style_in(anki) == own["css"]
    monkeypatch.setattr(deck, "STYLE", ".card { color: red; }")
    monkeypatch.setattr(deck, "STYLED_AT", int(time.time()) + 10)
    anki.take_in(exported(folder, tmp_path / "d.apkg"))
    assert style_in(anki) == ".card { color: red; }"


def test_whoever_changes_the_looks_of_a_card_says_when() -> None:
    looks = hashlib.sha256("".join((deck.FRONT, deck.BACK, deck.STYLE)).encode()).hexdigest()
    # Where this fails, put the present time into STYLED_AT, and both here.
    assert (deck.STYLED_AT, looks[:16]) == (1_795_370_000, "470c4be5981609d8")


def test_a_question_whose_answer_was_shown_becomes_all_of_its_cards(
    tmp_path: Path, anki: Reader
) -> None:
    files = kinds_course(tmp_path)
    (question,) = (q for q in files.phase("kinds").questions if q.kind == "matching")
    with Journal.open(default_path()) as journal:
        Asked(files, journal, question, {"phase": "kinds"}).show_answer()
    anki.take_in(exported(tmp_path, tmp_path / "d.apkg"))
    assert set(anki.notes) == {"kinds.matching na", "kinds.matching k"}


def test_what_a_journal_says_amiss_spoils_no_export(tmp_path: Path, anki: Reader) -> None:
    kinds_course(tmp_path)
    with Journal.open(default_path()) as journal:
        for given in ({"na": 5}, "x", [["a"]], None, 7):
            for kind in ("matching", "single", "text", "calculation"):
                journal.append(
                    "attempt",
                    question_id=f"kinds.{kind}",
                    revision=1,
                    seed=1,
                    answer=given,
                    data={"marks": 0, "max_marks": 1, "misconceptions": ["<b>", "M77", 5]},
                )
    anki.take_in(exported(tmp_path, tmp_path / "d.apkg"))
    assert len(anki.notes) == 2 + 1 + 2 + 2
    assert not any("M77" in tag or "<" in tag for n in anki.notes.values() for tag in n.tags)


def test_each_export_is_stamped_later_than_the_last_whatever_the_clock_says() -> None:
    with Journal.open(default_path()) as journal:
        first = deck.next_stamp(journal)
        assert deck.next_stamp(journal) > first
        journal.set_setting("terminal.anki-stamp", first + 1000)  # The clock was set back.
        assert deck.next_stamp(journal) == first + 1001
        for nonsense in ("x", 10**18, None, -5, True):
            journal.set_setting("terminal.anki-stamp", nonsense)
            assert first <= deck.next_stamp(journal) < first + 100


def test_a_course_with_another_id_has_cards_of_its_own(tmp_path: Path, anki: Reader) -> None:
    anki.take_in(exported(write_course(tmp_path / "a"), tmp_path / "a.apkg", everything=True))
    folder = write_course(tmp_path / "b")
    path = folder / "course.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: tiny", "id: other"))
    log = anki.take_in(exported(folder, tmp_path / "b.apkg", everything=True))
    assert len(log.new) == 2
    assert anki.collection.note_count() == 4


@pytest.mark.parametrize("ending", ["apkg", "csv"])
def test_hostile_text_is_shown_as_it_is_written(tmp_path: Path, anki: Reader, ending: str) -> None:
    text = phase_text().replace("How high does the spike go?", f"'{HOSTILE}'")
    text = text.replace("text: Past zero", f"text: '{HOSTILE} {BRACES}'")
    text = text.replace("source: Hodgkin & Huxley", f"source: '{HOSTILE}' # Hodgkin", 1)
    folder = write_course(tmp_path / "course", {SPARK: text})
    anki.take_in(exported(folder, tmp_path / f"d.{ending}", everything=True))
    assert len(anki.notes) == 2
    for note in anki.notes.values():
        (card,) = note.cards()
        for side in (card.question(), card.answer()):
            for acting in ("<script", "<img src=x", "[sound:", "[latex]", "{{"):
                assert acting not in side.partition("</style>")[2]
        assert card.question_av_tags() == card.answer_av_tags() == []
    front, back = next(
        sides for name in anki.notes if "alert(1)" in (sides := anki.sides(name))[0]
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in front
    assert "5 &lt; 6" in back


def test_drawn_numbers_and_order_are_the_same_at_every_export(
    tmp_path: Path, anki: Reader
) -> None:
    kinds_course(tmp_path)
    anki.take_in(exported(tmp_path, tmp_path / "a.apkg", everything=True))
    before = {name: note.fields for name, note in anki.notes.items()}
    anki.take_in(exported(tmp_path, tmp_path / "b.apkg", everything=True))
    assert {name: note.fields for name, note in anki.notes.items()} == before
    files = kinds_course(tmp_path)
    question = next(q for q in files.phase("kinds").questions if q.id == "kinds.numeric")
    assert Rendered(files, question).posed.drawn == Rendered(files, question).posed.drawn


def test_an_experiment_shows_the_run_that_reaches_its_goal(tmp_path: Path) -> None:
    files = kinds_course(tmp_path)
    question = next(q for q in files.phase("kinds").questions if q.id == "kinds.experiment")
    rendered = Rendered(files, question)
    assert max(rendered.before[0].series[-1].values) > 20.0
    assert max(rendered.after[0].series[-1].values) < 10.0
    assert "peak of +" in rendered.told or "rises" in rendered.told


def test_what_was_to_be_marked_is_marked_after_the_answer_alone(tmp_path: Path) -> None:
    files = kinds_course(tmp_path)
    questions = {question.id: question for question in files.phase("kinds").questions}
    for name, count in (("kinds.point", 1), ("kinds.interval", 2), ("kinds.single", 0)):
        rendered = Rendered(files, questions[name])
        assert not rendered.before[0].marks
        assert len(rendered.after[0].marks) == count


def test_of_two_options_with_one_misconception_the_chosen_one_is_refuted(tmp_path: Path) -> None:
    second = """      - id: c
        text: Nowhere at all
        feedback: The pulse alone moves it.
        misconception: M1
        refutation:
          scenario: {preparation: textbook, stimuli: [{kind: pulse, times_threshold: 0.8}]}
          says: A weak one moves it to {peak_mv}.
          proof: [spike_count == 0]
"""
    text = phase_text().replace(
        "      - id: c\n        text: Nowhere at all\n"
        "        feedback: The pulse alone moves it.\n",
        second,
    )
    files = CourseFolder(write_course(tmp_path / "course", {SPARK: text}))
    rendered = Rendered(files, files.phase("spark").questions[0])
    for chosen, said in (("b", "Without a spike"), ("c", "A weak one"), ("", "Without a spike")):
        (refutation,) = rendered.refutations(["M1"], [chosen])
        assert refutation.says.startswith(said)


def test_an_answer_to_an_older_revision_asks_for_the_whole_question(
    tmp_path: Path, anki: Reader
) -> None:
    kinds_course(tmp_path)
    answer(tmp_path, "kinds.text", "Voltage-gated sodium channels open.")
    old, rest = KINDS.split("  - id: kinds.text", 1)
    newer = old + "  - id: kinds.text" + rest.replace("revision: 1", "revision: 2", 1)
    write_course(
        tmp_path, {KINDS_FILE: newer, "course.yaml": (tmp_path / "course.yaml").read_bytes()}
    )
    anki.take_in(exported(tmp_path, tmp_path / "d.apkg"))
    assert set(anki.notes) == {"kinds.text open", "kinds.text enter"}


def test_nothing_is_asked_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    folder = write_course(tmp_path / "course")
    file = exported(folder, tmp_path / "d.apkg", everything=True)
    assert file.stat().st_size > 1000


def test_a_card_needs_no_more_than_its_note_type_has() -> None:
    assert set(Card.__struct_fields__) == {*deck.FIELDS, "guid", "tags"}
    for field in deck.FIELDS[1:]:
        assert f"{{{{{field}}}}}" in deck.FRONT + deck.BACK
