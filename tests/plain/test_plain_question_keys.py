"""Certainty, drafts, flags, reports, claims, units, knobs and help as typed lines."""

import io
from pathlib import Path

import pytest
from every_kind import kinds_course

from tutor.course.loader import CourseFolder
from tutor.journal.kinds import ATTEMPT, DRAFT, FLAG, POSITION
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.session.report import reports_folder
from tutor.session.terminal import CERTAINTY, turn
from tutor.session.written.copying import copies_folder


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return kinds_course(tmp_path_factory.mktemp("kinds"))


@pytest.fixture
def typed(kinds: CourseFolder, journal: Journal):
    """Types lines at the question of a kind, or the step; gives back what was printed."""

    def run(kind: str, *lines: str) -> str:
        item = "kinds.s1" if kind == "step" else f"kinds.{kind}"
        journal.append(POSITION, seed=1, data={"phase": "kinds", "item": item})
        out = io.StringIO()
        run_plain(kinds, journal, io.StringIO("".join(f"{x}\n" for x in lines)), out, "kinds")
        return " ".join(out.getvalue().split())

    return run


@pytest.mark.parametrize(("line", "kept"), [("1", 1), ("3", 3), ("", None)])
def test_how_sure_is_one_more_line(typed, journal: Journal, line: str, kept: int | None) -> None:
    turn(journal, CERTAINTY, True)
    text = typed("text", "Na+ enters.", "4", line)
    assert "How sure? 1 guess, 2 fairly, 3 certain" in text
    assert "Type 1, 2 or 3" in text
    assert text.index("How sure?") < text.index("Partly right")
    assert ("by certainty" in text) == (kept is not None)
    assert journal.latest(ATTEMPT).data.get("certainty") == kept


def test_an_answer_may_be_changed_before_it_is_said_how_sure(typed, journal: Journal) -> None:
    turn(journal, CERTAINTY, True)
    typed("text", "Na+", "b", "Na+ enters.", "2")
    (attempt,) = journal.events(kind=ATTEMPT)
    assert attempt.answer == "Na+ enters."


def test_the_parts_of_a_calculation_are_asked_one_by_one(typed, journal: Journal) -> None:
    text = typed("calculation", "20 m/s", "75 ms")
    assert "[part 2, How long does it take for 1.5 m? · answer with 12.5 ms" in text
    assert journal.latest(ATTEMPT).answer == ["20 m/s", "75 ms"]
    typed("calculation", "10 m/s", "30 m/s; 50 ms")
    assert journal.latest(ATTEMPT).answer == ["30 m/s", "50 ms"]


def test_a_part_with_a_unit_that_is_none_is_told_before_the_next_is_asked(typed, journal) -> None:
    text = typed("calculation", "20 apples", "20 m/s", "75 ms")
    refused, _, after = text.partition("'apples' is no unit known here")
    assert "part 2, How long" not in refused
    assert "part 2, How long" in after
    assert journal.latest(ATTEMPT).answer == ["20 m/s", "75 ms"]


def test_between_the_parts_of_a_calculation_every_key_does_what_it_does(typed, journal) -> None:
    text = typed("calculation", "20 m/s", "", "h", "?", "u", "seventy", "q")
    assert "There is no answer yet" in text
    assert "Hint:" in text
    assert "Each part takes a line of its own" in text
    assert "Sign: -70, minus 70" in text
    assert "There is no number in 'seventy'; write one in figures." in text
    assert journal.latest(ATTEMPT) is None
    text = typed("calculation", "75 ms")
    assert "You had begun: 20 m/s" in text, "a part that was answered is kept"
    assert journal.latest(ATTEMPT).answer == ["20 m/s", "75 ms"]


def test_what_was_begun_elsewhere_is_told_and_may_be_handed_in(typed, journal: Journal) -> None:
    journal.append(DRAFT, question_id="kinds.text", revision=1, seed=1, answer="Na+ enters")
    text = typed("text", "d")
    assert "You had begun: Na+ enters (d hands that in)" in text
    assert journal.latest(ATTEMPT).answer == "Na+ enters"


def test_a_flag_is_told_and_shown(typed, journal: Journal) -> None:
    text = typed("single", "f", "a", "f")
    assert "kinds.single is flagged." in text
    assert "kinds.single, flagged)" in text
    assert "kinds.single is no longer flagged." in text
    assert journal.latest(FLAG).data["on"] is False


def test_a_report_is_written_and_said(typed) -> None:
    text = typed("single", "!")
    (path,) = reports_folder().iterdir()
    assert path.name.removesuffix(".txt") in text.replace(" ", "")


def test_units_and_keys_are_told(typed) -> None:
    text = typed("numeric", "u", "?")
    assert "For a speed: m/s" in text
    assert "h shows the hint" in text
    assert "Enter goes on, b back." in typed("step", "?")


def test_an_empty_line_at_a_question_says_what_is_wanted(typed, journal: Journal) -> None:
    text = typed("single", "", "")
    assert text.count("There is no answer yet; give one such as 1") == 2
    assert text.count("Where does the spike end?") == 1
    assert journal.latest(ATTEMPT) is None


def test_a_turned_knob_tells_the_run_and_not_the_whole_question(typed, journal: Journal) -> None:
    text = typed("experiment", "set na_block 0.8", "set na_block 9", "set x 1")
    assert text.count("Keep the peak below") == 1
    assert "Na⁺ channels blocked: 0.8" in text
    assert "Na⁺ channels blocked goes from 0 to 0.9" in text
    assert "Knobs here: Na⁺ channels blocked from 0 to 0.9, K⁺ channels blocked" in text
    assert journal.latest(DRAFT).answer == {"na_block": 0.8}


@pytest.mark.parametrize(
    "line",
    [
        "set amplitude_ua_cm2 26",
        "set pulse size 26",
        "set Pulse 26",
        "set 1 26",
        "set amplitude 26",
        "set 26",
        "26",
    ],
)
def test_a_knob_is_set_by_any_of_its_names(
    files: CourseFolder, journal: Journal, line: str
) -> None:
    journal.append(POSITION, seed=1, data={"phase": "threshold", "item": "threshold.q12"})
    out = io.StringIO()
    run_plain(files, journal, io.StringIO(f"{line}\n"), out, "threshold")
    asked, _, after = " ".join(out.getvalue().split()).partition("pulse size: 26 µA/cm²")
    assert "20 µA/cm²" in asked
    assert "pulse 0.5 ms at 1 ms, 26 µA/cm²" in after
    assert "20 µA/cm²" not in after
    assert journal.latest(DRAFT).answer == {"amplitude_ua_cm2": 26}


def test_an_experiment_tells_how_it_is_done(typed) -> None:
    text = typed("experiment", "help")
    assert "turns a knob" in text
    assert "run hands in the knobs" in text


def test_help_and_report_may_be_written_out(typed) -> None:
    assert typed("single", "help") == typed("single", "?")
    assert "kinds.single" in typed("single", "report")
    assert len(list(reports_folder().iterdir())) == 1


def test_a_wrong_answer_leads_to_its_step_and_back(files: CourseFolder, journal: Journal) -> None:
    question = next(q for q in files.phase("rising").questions if q.kind == "ordering")
    journal.append(POSITION, seed=1, data={"phase": "rising", "item": question.id})
    out = io.StringIO()
    wrong = " ".join(str(n) for n in range(1, len(question.items) + 1))
    run_plain(files, journal, io.StringIO(f"{wrong}\nl\nb\n"), out, "rising")
    text = " ".join(out.getvalue().split())
    assert "(l goes there, b comes back)" in text
    assert "Enter back to the verdict" in text
    assert text.count(f"{question.id})") == 2


def test_a_full_disk_is_a_sentence_and_the_question_stays(kinds, journal: Journal) -> None:
    journal.append(POSITION, seed=1, data={"phase": "kinds", "item": "kinds.text"})
    out = io.StringIO()

    class Breaks(io.StringIO):
        def readline(self, size: int = -1, /) -> str:
            journal._connection.execute("PRAGMA query_only = ON")
            return super().readline(size)

    run_plain(kinds, journal, Breaks("Na+ enters.\nh\n"), out, "kinds")
    assert "cannot be" in out.getvalue() or "is read-only" in out.getvalue()
    assert "Hint: Look at the trace." in out.getvalue()


# Copies


@pytest.mark.parametrize("key", ["c", "copy"])
def test_a_question_and_its_verdict_are_copied_to_files(typed, key: str) -> None:
    text = typed("single", key, "1", key, "b", key)
    asked, told, _step = (p.read_text(encoding="utf-8") for p in in_order(copies_folder()))
    assert text.count("Written to") == 3
    assert "kinds.single" in asked
    assert "So it is." not in asked
    assert "So it is." in told
    assert "You answered:" in told
    assert "clipboard" not in text
    assert "\x1b" not in text


def test_what_cannot_be_written_is_said(typed) -> None:
    copies_folder().parent.mkdir(parents=True, exist_ok=True)
    copies_folder().write_text("in the way", encoding="utf-8")
    text = typed("single", "c")
    assert "It could not be written (" in text
    assert "Written to" not in text


def in_order(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
