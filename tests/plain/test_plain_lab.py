"""The lab as lines of text: the same bench, one command a line, one sentence in answer."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.plain.lab import run_lab
from tutor.plain.page import Closed, Page
from tutor.session.lab.bench import Lab
from tutor.session.lab.files import SetUps
from tutor.session.lesson import Lesson
from tutor.session.profile import FIRST_MINUTE
from tutor.session.views import QuestionView
from tutor.session.written.copying import copies_folder


class Plain:
    """A lab that is fed lines."""

    def __init__(self) -> None:
        self.lab = Lab()
        self.outcome = ""

    def __call__(self, *lines: str, plots: bool = False) -> str:
        """What is said to `lines`; without a last command the input just ends."""
        writer = io.StringIO()
        page = Page(
            io.StringIO("".join(f"{line}\n" for line in lines)), writer, "ascii", "ascii", plots
        )
        try:
            self.outcome = run_lab(page, self.lab)
        except Closed:
            self.outcome = "closed"
        text = writer.getvalue()
        assert text.isascii()
        assert "Traceback" not in text
        return " ".join(text.split())


@pytest.fixture
def plain() -> Plain:
    return Plain()


def test_the_whole_bench_can_be_scripted(plain: Plain) -> None:
    said = plain("set k_block 0,9", "run", "keep", "reset all", "set size 2x", "compare", "back")
    assert plain.outcome == "back"
    assert "voltage-gated K+ channels blocked 90%" in said
    assert "Half-width of the spike: 1.32 ms" in said
    assert "Kept as A" in said
    assert "A alone has:" in said
    assert "B alone has: pulse 0.5 ms at 1 ms, 2 x threshold." in said
    assert "(A 1.32, changed)" in said
    assert "(A the same)" in said


def test_a_run_is_said_in_a_sentence_and_drawn_where_plots_are_wanted(plain: Plain) -> None:
    assert "E_Na +50" not in plain("run")
    said = plain("run", plots=True)
    assert "E_Na +50" in said
    assert "rises to a peak of +30.0 mV" in said


def test_the_list_is_short_and_opens_by_group_or_word(plain: Plain) -> None:
    short = plain("list")
    assert "1) pulse 0.5 ms at 1 ms, 1.5 x threshold" in short
    assert "pulse size: 1.5 x threshold (knob 3, a number from" in short
    assert "channels and drugs (16)" in short
    assert "tetrodotoxin" not in short
    number = [knob.name for knob in plain.lab.knobs].index("ttx_nm") + 1
    told = f"tetrodotoxin: 0 nM (knob {number}, a number from 0 to 1000 nM)"
    assert told in plain("list channels")
    assert "tetrodotoxin" in plain("list all")
    assert "digoxin" in plain("list pump")
    assert "No knob of textbook has 'xyz'." in plain("list xyz")


@pytest.mark.parametrize(
    "line",
    [
        "set k_block 0.9",
        "set K+ channels blocked 0.9",
        "set k+ ch 0,9",
        "set 5 0.9",
        "set k_b 0.9",
    ],
)
def test_a_knob_is_called_by_name_label_number_or_a_beginning(plain: Plain, line: str) -> None:
    plain(line)
    assert plain.lab.scenario.changes == {"k_block": 0.9}
    plain(line.replace("set", "reset").removesuffix(" 0.9").removesuffix(" 0,9"))
    assert plain.lab.scenario.changes == {}


def test_words_and_another_way_to_say_the_size_follow_a_label(plain: Plain) -> None:
    plain("set pulse size 20 uA", "set pulse length 2", "set n gate held at rest")
    assert plain.lab.stimuli == ("pulse 2 ms at 1 ms, 20 µA/cm²",)
    assert plain.lab.scenario.changes == {"frozen_n": "rest"}
    assert "There is no setting 'set'" in plain("set set 3")


def test_preparations_stimuli_and_experiments_are_named_on_demand(plain: Plain) -> None:
    said = plain("use", "add", "experiment", "use accounting", "add", "experiment", "help")
    assert "myelinated: A myelinated fibre" in said
    assert "ramp: A current that rises" in said
    assert "strength-duration: How strong" in said
    assert "Nothing can be added here" in said
    assert "There is no experiment on accounting." in said
    assert "export FILE:" in said


def test_stimuli_are_added_with_what_is_typed_and_removed_by_number(plain: Plain) -> None:
    plain("add pulse start=5 size=20uA", "remove 1")
    assert plain.lab.stimuli == ("pulse 0.5 ms at 5 ms, 20 µA/cm²",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("fire", "There is no command 'fire'; help tells them."),
        ("set", "Set takes a knob and a value"),
        ("set k_block", "Set takes a knob and a value"),
        ("set k_block 3", "K+ channels blocked is 3, but must be from 0 to 1."),
        ("set kblock 1", "did you mean k_block?"),
        ("use heart", "Unknown preparation 'heart'"),
        ("reset", "Reset takes a knob, or all."),
        ("add laser", "There is no 'laser' to add"),
        ("add pulse 5", "Write what is set as NAME=VALUE, not '5'."),
        ("remove x", "Remove takes the number"),
        ("remove 8", "There is no stimulus 8"),
        ("compare", "Keep a run first"),
        ("drop", "No run is kept."),
        ("experiment fly", "No experiment 'fly' on textbook"),
        ("save", "Save takes a name."),
        ("save ../x", "A name has up to 40 letters"),
        ("load nothing", "There is no set-up 'nothing'; saved: none is saved yet."),
        ("delete nothing", "There is no set-up 'nothing'."),
        ("export run", "should end in one of .csv"),
        ("[@click=app.quit]x[/b]", "There is no command"),
        ("set \x1b]52;c;eA==\x07 1", "There is no setting"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_the_lab_goes_on(
    plain: Plain, line: str, says: str
) -> None:
    said = plain(line, "quit")
    assert says in said
    assert plain.outcome == "quit"
    assert plain.lab.scenario == Lab().scenario


def test_nothing_and_ten_thousand_letters_are_no_harm(plain: Plain) -> None:
    said = plain("", "   ", "x" * 10_000, "set k_block 0.5")
    assert "There is no command" in said
    assert len(said) < 2_000
    assert plain.lab.scenario.changes == {"k_block": 0.5}


def test_an_experiment_is_told_with_plot_sentence_and_numbers(plain: Plain) -> None:
    said = plain("experiment threshold", plots=True)
    assert "1.02 x threshold" in said
    assert "A pulse of 0.5 ms just fires at 31.56 uA/cm2" in said
    assert "threshold potential: -55.0 mV" in said
    assert "No pulse of 0.5 ms fires this set-up." in plain(
        "set na_block 1", "experiment threshold"
    )


def test_set_ups_are_saved_loaded_and_deleted_after_asking(plain: Plain) -> None:
    said = plain("set k_block 0.5", "save half blocked", "load", "use squid", "load half blocked")
    assert "Saved: " in said
    assert "Saved: half blocked." in said
    assert plain.lab.scenario.changes == {"k_block": 0.5}
    said = plain("set k_block 0.7", "save half blocked", "n")
    assert "already. Go on? [y/n]" in said
    assert SetUps().load("half blocked").changes == {"k_block": 0.5}
    plain("save half blocked", "y")
    assert SetUps().load("half blocked").changes == {"k_block": 0.7}
    plain("delete half blocked", "no")
    assert SetUps().names == ("half blocked",)
    assert "Deleted: half blocked." in plain("delete half blocked", "y")
    assert SetUps().names == ()


def test_a_run_or_the_last_experiment_is_exported_and_older_files_asked_for(
    plain: Plain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = plain("export run.csv", "experiment gates", "export g.csv")
    assert f"Written:{tmp_path}" in said.replace(" ", "")  # A long path is broken into lines.
    assert (tmp_path / "run.csv").read_text().startswith("time_ms,")
    assert (tmp_path / "g.csv").read_text().startswith("voltage_mv,m_steady")
    (tmp_path / "run.csv").write_text("mine")
    assert "Nothing is changed." in plain("run", "export run.csv", "n")
    assert (tmp_path / "run.csv").read_text() == "mine"
    plain("run", "export run.csv", "y")
    assert (tmp_path / "run.csv").read_text().startswith("time_ms,")
    assert "There is no folder" in plain("export nowhere/run.csv")


def test_a_slow_run_that_cannot_be_made_is_put_back(plain: Plain) -> None:
    said = plain("use myelinated", "run", "set axoplasm_ohm_cm 300", "run", "list geometry")
    assert "No pulse of 0.5 ms sends a spike along such a fibre." in said
    assert "axoplasm resistivity: 54.7" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to a process")
def test_control_c_stops_an_experiment_and_not_the_lab() -> None:
    command = [sys.executable, "-u", "-m", "tutor", "lab", "--plain"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("experiment strength-duration\n")
        process.stdin.flush()
        while "may take some seconds" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate("back\n", timeout=60)
    assert "Stopped." in said
    assert complaint == ""
    assert process.returncode == 0


def test_lines_fit_forty_columns(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "20")
    writer = io.StringIO()
    lines = ["list all", "run", "keep", "compare", "experiment gates", "help", "use"]
    page = Page(io.StringIO("\n".join([*lines, "back\n"])), writer, "ascii", "ascii", True)
    run_lab(page, plain.lab)
    # Whoever types ends the line of the prompt.
    said = writer.getvalue().replace("back] ", "back]\n")
    assert max(len(line) for line in said.splitlines()) <= 40


def test_the_lab_is_reached_from_the_map_and_from_a_verdict_but_from_no_open_question(
    files: CourseFolder, journal: Journal
) -> None:
    journal.set_setting(FIRST_MINUTE, True)
    writer = io.StringIO()
    run_plain(files, journal, io.StringIO("l\nback\nl\nquit\n"), writer)
    assert writer.getvalue().count("A free bench") == 2
    steps = Lesson(files, "rising", journal)
    while not isinstance(steps.view, QuestionView):
        steps.forward()
    question = steps.view.question
    writer = io.StringIO()
    run_plain(files, journal, io.StringIO("o\na\no\nlist\nback\nq\n"), writer, "rising")
    before, _, after = writer.getvalue().partition("Answer shown")
    assert "A free bench" not in before
    assert after.count("A free bench") == 1
    assert question.id in before


# Copies


def test_the_bench_then_what_an_experiment_found_are_copied_to_files(plain: Plain) -> None:
    assert plain("c", "experiment threshold", "copy").count("Written to") == 2
    bench, found = sorted(copies_folder().iterdir())
    assert "Set up: textbook neuron" in bench.read_text(encoding="utf-8")
    assert "Number of spikes: 1" in bench.read_text(encoding="utf-8")
    assert "just-effective pulse" in found.read_text(encoding="utf-8")


def test_a_pane_of_the_run_before_does_not_spoil_a_copy(plain: Plain) -> None:
    assert "Written to" in plain("run", "v", "use resting", "copy")
    (path,) = copies_folder().iterdir()
    assert "Na+ channels" not in path.read_text(encoding="utf-8")
