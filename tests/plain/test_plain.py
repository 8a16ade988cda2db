import io
import re
from collections.abc import Callable, Sequence

import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.session.terminal import choose_mode


class Typist(io.StringIO):
    """Types lines; one that is a function first reads what the tutor printed."""

    def __init__(self, lines: Sequence[str | Callable[[str], str]], out: io.StringIO) -> None:
        super().__init__()
        self._lines = list(lines)
        self._out = out

    def readline(self, size: int = -1, /) -> str:
        if not self._lines:
            return ""
        line = self._lines.pop(0)
        return (line if isinstance(line, str) else line(self._out.getvalue())) + "\n"


def number_of(option: str) -> Callable[[str], str]:
    """The number that `option` has in the question printed last; the order is new each time."""

    def read(text: str) -> str:
        line = next(line for line in reversed(text.splitlines()) if option in line)
        return line.strip().split(")")[0]

    return read


@pytest.fixture
def transcript(files: CourseFolder, journal: Journal):
    """Runs the tutor on typed lines and gives back what it printed."""

    def run(*lines: str | Callable[[str], str], start_phase: str | None = None) -> str:
        out = io.StringIO()
        run_plain(files, journal, Typist(lines, out), out, start_phase)
        return out.getvalue()

    return run


def test_a_newcomer_meets_the_first_minute_then_the_map(transcript) -> None:
    text = transcript("2", "", "", "", "", "", "", "", "4", "", "q")
    assert "What happens next?" in text
    assert "Yes. Up to +30.0 mV" in text
    assert "Undershoot." in text
    assert "Enter: begin" in text


@pytest.mark.parametrize("asked", ["?", "h", "help"])
def test_each_question_of_the_first_start_has_help(transcript, asked: str) -> None:
    lines = transcript(asked, "", "", asked, "s", asked, "1", asked, "1", asked, "", "q")
    text = " ".join(lines.split())
    assert text.count("nothing of it is marked") == 2
    assert text.count("change all of it later") == 3
    assert "[1-5" in text.rsplit("change all of it later", 1)[0]


def test_everything_can_be_skipped(transcript) -> None:
    text = transcript("s", "", "q")
    assert "Enter: begin" in text
    assert "Undershoot." not in text


def test_a_wrong_prediction_shows_refutation_plot_and_explanation(transcript) -> None:
    text = transcript("", number_of("bringing Na⁺ in"), start_phase="rising")
    assert "Will run:" in text
    assert "Refutation: pump off from 1 ms on" in text
    assert "A known misconception:" in text
    assert re.search(r"\bM\d", text) is None
    assert "+30.1 mV" in text.split("Refutation:")[1]
    assert "It decides: At the steepest point" in text
    assert "Source: Hodgkin & Huxley 1952" in text


def test_what_is_told_of_the_refutation_says_so_for_every_curve(transcript) -> None:
    text = " ".join(transcript("", number_of("left over"), start_phase="rising").split())
    assert "Refutation: Na current stays at +0.0" in text


def test_the_run_is_said_in_a_sentence(transcript) -> None:
    text = " ".join(transcript(start_phase="rising").split())
    assert "rises to a peak of +30.0 mV" in text


@pytest.mark.parametrize("nonsense", ["9", "1 2", "x", "-1", "1.5", "²", "99999999999999999999"])
def test_an_answer_that_fits_nothing_is_explained_and_costs_nothing(
    transcript, journal: Journal, nonsense: str
) -> None:
    text = transcript("", nonsense, start_phase="rising")
    assert "Answer with numbers from 1 to 4" in text or "takes one answer" in text
    assert journal.events(kind="attempt") == []


def test_knobs_are_set_by_name(transcript) -> None:
    text = transcript("set times_threshold 1.2", start_phase="rising")
    assert "1.2 × threshold" in text
    text = transcript("set times_threshold 9", "set warp 9", start_phase="rising")
    assert "Pulse size goes from 1.2 to 1.6" in text
    assert "Knobs here: pulse size from 1.2 to 1.6" in text


def test_the_end_of_input_ends_the_tutor_quietly(transcript) -> None:
    assert "Everything you answered is kept." in transcript(start_phase="rising")


def test_coming_back_resumes_where_the_learner_left(transcript) -> None:
    transcript("", "s", "q", start_phase="rising")
    assert "Rising phase 3/" in transcript(start_phase="rising")


def test_ascii_mode_prints_ascii_alone(transcript, journal: Journal) -> None:
    choose_mode(journal, "ascii")
    text = transcript("s", "", "", "1", "", "", "", "", "q")
    assert text.isascii()


def drawn_with(text: str) -> str:
    """What of `text` is dots, blocks or boxes."""
    return "".join(sign for sign in text if "\u2500" <= sign <= "\u28ff")


def test_curves_are_of_plain_characters_whatever_was_chosen_in_the_app(
    transcript, journal: Journal
) -> None:
    choose_mode(journal, "braille")
    text = transcript(start_phase="rising")
    assert "Na⁺" in text
    assert drawn_with(text) == ""


def test_curves_are_drawn_with_what_is_asked_for_on_the_way(transcript, journal: Journal) -> None:
    choose_mode(journal, "ascii")
    assert drawn_with(transcript("s", "", ",", "2", "", "5", "q")) != ""


def test_under_a_plain_locale_all_is_plain_whatever_was_chosen_in_the_app(
    transcript, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_mode(journal, "braille")
    monkeypatch.setenv("LANG", "C")
    assert transcript(start_phase="rising").isascii()


def test_what_the_learner_types_is_never_sent_back_to_the_terminal(transcript) -> None:
    hostile = "\x1b]52;c;aGFja2Vk\x07 [bold]x[/] \u202e"
    text = transcript("s", "", hostile, "", hostile, f"set {hostile} 1", start_phase=None)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_megabyte_of_input_is_survived(transcript) -> None:
    assert "Answer with numbers" in transcript("", "1" * 1_000_000, start_phase="rising")


def test_plots_can_be_left_out_and_stay_out(transcript) -> None:
    assert "E_Na +50" in transcript(start_phase="rising")
    without = transcript("p", "q", start_phase="rising").split("left out")[1]
    assert "E_Na +50" not in without
    assert "E_Na +50" not in transcript(start_phase="rising")
    assert "rises to a peak of" in without
