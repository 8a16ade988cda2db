"""An experiment that was handed in: after the release its goals' verdict, keys and feedback."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pytest
from app_driver import known_learner, started
from handouts import ADA, HandOut, hand_out

from tutor.classroom.assignment import read_release
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.handing_in import hand_in
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.learner.sitting import Sitting
from tutor.course.loader import CourseFolder
from tutor.course.questions import ExperimentQuestion
from tutor.journal.store import Journal
from tutor.plain.app import page_of
from tutor.plain.assignments import run_assignments
from tutor.plain.page import Closed
from tutor.session.terminal import PLOTS, turn

QUESTION = "rising.q15"
#: Settings, what the review says of them, and the marks.
ANSWERS = [
    ({"na_block": 0.55, "k_block": 0.0, "pump": 1.0}, "Right", "1 of 1 mark"),
    ({"na_block": 0.2, "k_block": 0.0, "pump": 1.0}, "Not what the neuron does", "0 of 1 mark"),
]
GOAL = "The steepest rise is 43 to 57% of what it was"
EXPLAINED = "Little more than half of them must go."


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with a Downloads folder, and another folder to work in."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


@pytest.fixture
def out(files: CourseFolder) -> HandOut:
    return hand_out(files, ids=[QUESTION])


def handed_in(out: HandOut, journal: Journal, settings: dict[str, float], folder: Path) -> None:
    keep_assignment(out.assignment, journal)
    one = Assigned(out.assignment, journal)
    one.sit_as(Who(ADA))
    work = one.begin()
    assert isinstance(work, Sitting)
    work.answer(settings)
    hand_in(one, folder)


def test_its_keys_are_in_the_release_alone(out: HandOut, tmp_path: Path) -> None:
    (given,) = (q for phase in out.assignment.excerpt.phases for q in phase.questions)
    assert isinstance(given, ExperimentQuestion)
    assert (given.solution, given.wrong_settings, given.explanation) == ({}, (), "-")
    release = read_release(out.released(tmp_path))
    (full,) = (q for phase in release.excerpt.phases for q in phase.questions)
    assert isinstance(full, ExperimentQuestion)
    assert full.solution == {"na_block": 0.55}
    assert EXPLAINED in " ".join(full.explanation.split())
    assert [goal.says for goal in full.goals] == [GOAL]


@pytest.mark.parametrize(("settings", "verdict", "marks"), ANSWERS)
async def test_the_app_tells_its_verdict_and_feedback(
    files: CourseFolder,
    out: HandOut,
    learner: Journal,
    tmp_path: Path,
    downloads: Path,
    settings: dict[str, float],
    verdict: str,
    marks: str,
) -> None:
    handed_in(out, learner, settings, tmp_path)
    out.released(downloads)
    async with started(files, known_learner(learner)) as ui:
        await ui.press("a")
        await ui.until(lambda: "keys and feedback are there" in ui.words)
        await ui.press("enter", "enter")
        await ui.until(lambda: ui.shows == "ExamReportScreen")
        await ui.settle()
        assert marks in ui.words
        await ui.press("enter")
        await ui.until(lambda: ui.shows == "ExamReviewScreen")
        await ui.settle()
        assert verdict in ui.static("#before")
        told = ui.static("#before") + ui.static("#after")
        assert GOAL in told
        assert EXPLAINED in told


@pytest.mark.parametrize(("settings", "verdict", "marks"), ANSWERS)
def test_lines_of_text_tell_its_verdict_and_feedback(
    out: HandOut,
    learner: Journal,
    tmp_path: Path,
    downloads: Path,
    settings: dict[str, float],
    verdict: str,
    marks: str,
) -> None:
    handed_in(out, learner, settings, tmp_path)
    out.released(downloads)
    turn(learner, PLOTS, False)
    printed = io.StringIO()
    with suppress(Closed):
        run_assignments(page_of(learner, io.StringIO("1\n1\n1\n\nm\nm\n"), printed), learner)
    told = " ".join(printed.getvalue().split())
    for found in (marks, verdict, GOAL, EXPLAINED):
        assert found in told
