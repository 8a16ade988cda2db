"""The lab in the app: what is kept, saved, written and found by experiments."""

from pathlib import Path

import pytest
from app_driver import LARGE, SMALL, Size, known_learner, started
from lab_driver import choose, in_lab, lab

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.lab.files import SetUps


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


async def test_a_run_is_kept_and_the_next_one_drawn_over_it_with_what_differs(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "k", "left", "left")
        assert ". A" in ui.plot_text()
        assert "* B" in ui.plot_text()
        assert "A alone: pulse 0.5 ms at 1 ms, 1.5 x threshold" in ui.static("#caption")
        assert "B alone: pulse 0.5 ms at 1 ms, 1.3 x threshold" in ui.static("#caption")
        marked = [row for row in ui.seen("#lab-readings") if row.strip().startswith("*")]
        assert any("time of the peak" in row for row in marked)
        assert not any("resting potential" in row for row in marked)
        await ui.press("k")
        assert ". A" not in ui.plot_text()


# Set-ups by name


async def test_a_set_up_is_saved_opened_and_deleted_after_asking(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "left", "s")
        await ui.type("weak one")
        await ui.press("enter")
        path = SetUps().path("weak one")
        assert path.exists()
        assert "weak one" in ui.rows[0]
        assert "Saved" in ui.static("#caption")
        await ui.press("left", "s", "enter")
        assert "already" in ui.text
        await ui.press("n")
        assert SetUps().load("weak one").stimuli[0].times_threshold == pytest.approx(1.4)
        await ui.press("s", "enter", "y")
        assert SetUps().load("weak one").stimuli[0].times_threshold == pytest.approx(1.3)
        await ui.press("p", "5", "enter", "o", "enter")
        assert lab(ui).scenario.preparation == "textbook"
        assert "1.3 x threshold" in ui.told("#lab-list")
        await ui.press("o", "d", "n")
        assert path.exists()
        await ui.press("o", "d", "y")
        assert not path.exists()
        await ui.press("o")
        assert "no set-up is saved yet" in ui.static("#caption").casefold()


async def test_a_broken_set_up_is_a_sentence_with_its_place(
    files: CourseFolder, learner: Journal
) -> None:
    folder = SetUps().folder
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("preparation: [@click=app.quit]x[/b]\n")
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "o", "enter")
        assert "broken.yaml:1:" in ui.static("#caption")
        assert lab(ui).scenario.preparation == "textbook"


@pytest.mark.parametrize("name", ["../x", "[@click=app.quit]x[/b]", "\x1b]52;c;eA==\x07"])
async def test_a_hostile_name_is_refused_and_shown_as_text(
    files: CourseFolder, learner: Journal, name: str
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui, "s")
        await ui.type(name)
        await ui.press("enter")
        assert "A name has up to 40" in ui.static("#caption")
        assert "\x1b" not in ui.text
        assert SetUps().names == ()


# Exports


async def test_a_run_is_written_where_it_says_and_asked_before_an_older_file_goes(
    files: CourseFolder, learner: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "w")
        assert "textbook.csv" in ui.text
        await ui.press("enter")
        path = tmp_path / "textbook.csv"
        await ui.until(lambda: "Written" in ui.static("#caption"))
        assert path.read_text().startswith("time_ms,")
        path.write_text("mine")
        await ui.press("w", "enter")
        assert "already" in ui.text
        await ui.press("n")
        assert path.read_text() == "mine"
        await ui.press("w", "enter", "y")
        await ui.until(lambda: path.read_text() != "mine")


async def test_an_export_that_fails_says_so_and_never_that_it_is_written(
    files: CourseFolder, learner: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "w")
        await ui.press(*["backspace"] * 3)
        await ui.type("png")
        await ui.press("enter")
        await ui.until(lambda: "pip install" in ui.static("#caption"))
        await ui.press("w")
        await ui.type("x")
        await ui.press("enter")
        assert "should end in one of" in ui.static("#caption")
        assert list(tmp_path.glob("*.*")) == [tmp_path / "data"] or not list(tmp_path.glob("*.p*"))


# Experiments


@pytest.mark.parametrize("size", [(60, 16), SMALL, LARGE, (200, 60)], ids=str)
async def test_an_experiment_runs_beside_the_screen_and_shows_plots_and_numbers(
    files: CourseFolder, learner: Journal, size: Size
) -> None:
    async with started(files, learner, size=size) as ui:
        await in_lab(ui, "e")
        assert "Strength and duration" in ui.text
        await ui.press("5", "enter")
        await ui.until(lambda: "half of m open at" in ui.static("#found-text"))
        await ui.settle()
        assert "Gates over potential" in ui.rows[0]
        figures = ui.one("#figures")
        plot = "\n".join(figures.render_line(row).text for row in range(figures.size.height))
        assert "-100" in plot
        assert "mV" in plot
        assert ui.text.isascii()
        await ui.press("escape")
        assert ui.shows == "LabScreen"


async def test_an_experiment_is_stopped_by_escape_and_its_result_can_be_written(
    files: CourseFolder, learner: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "e", "3", "enter")
        await ui.until(lambda: "running" in ui.static("#found-text"))
        await ui.press("escape")
        assert ui.shows == "LabScreen"
        await ui.press("e", "4", "enter")
        await ui.until(lambda: "highest rate" in ui.static("#found-text"))
        await ui.press("w", "enter")
        await ui.until(lambda: "Written" in ui.static("#caption"))
        assert (tmp_path / "f-i-textbook.csv").read_text().startswith("current_ua_cm2,rate_hz")


async def test_an_experiment_that_finds_nothing_says_so(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await in_lab(ui)
        await choose(ui, "na_block")
        await ui.press("1", "enter", "e", "1", "enter")
        await ui.until(lambda: "no pulse of 0.5 ms fires" in ui.static("#found-text"))
        await ui.press("escape")
        assert ui.shows == "LabScreen"


async def test_where_there_is_no_experiment_the_key_is_not_offered(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui)
        assert "Experiment" in ui.rows[-1]
        await ui.press("p", "1", "enter")
        assert "Experiment" not in ui.rows[-1]
        assert "Add" not in ui.rows[-1]


async def test_the_title_tells_the_set_up_of_a_as_far_as_there_is_room(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner, size=LARGE) as ui:
        await in_lab(ui, "k")
        whole = "A: textbook neuron, 37 deg C * pulse 0.5 ms at 1 ms, 1.5 x threshold"
        assert f" Lab  textbook  {whole} " in ui.rows[0]
        await ui.resize(SMALL)
        assert ui.rows[0].rstrip().endswith("at 1 ms, 1.5 x ..")
