"""Content, disks and files that mean harm: nothing acts, nothing crashes, all is explained."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_driver import PHASE, Ui, attempts, known_learner, put_at, refutable, started
from course_files import COURSE, MISCONCEPTIONS, SPARK, good_files, replaced, write_course

from tutor.course.loader import CourseFolder
from tutor.course.text import to_ascii
from tutor.journal.store import Journal, JournalError
from tutor.plot.figure import Mode
from tutor.session.lesson import Lesson
from tutor.session.terminal import chosen_mode
from tutor.session.views import EndView

CLICK = "[@click=app.quit]click[/]"
HOSTILE = {
    "click": CLICK,
    "close": "[/b] [/] [/@click]",
    "unbalanced": "[[ ]] [ ] [red [bold red]not red[/bold red] [link=http://x]",
    "style": "[bold red]plain $text $error \\[x]",
    "emoji": "👩‍🔬🧠⚡ 🇩🇪 👍🏽 ☠️",
    "combining": "Z" + "\u0301\u0316\u0489" * 60,
    "long-word": "n" * 400,
    "wide": "活動電位" * 60,
}
SHOWN = [("braille", name) for name in HOSTILE] + [
    ("ascii", name) for name, text in HOSTILE.items() if not text.isascii()
]


@pytest.fixture
def learner(journal: Journal) -> Journal:
    """The journal of a learner who has seen the first minute."""
    return known_learner(journal)


def course_of(folder: Path, text: str) -> CourseFolder:
    """The small course with `text` wherever prose or a line stands."""
    told = json.dumps(text, ensure_ascii=False)
    with_number = json.dumps(f"{text[:380]} {{peak_mv}}", ensure_ascii=False)
    files = good_files()
    files[COURSE] = replaced(
        files[COURSE],
        ("A tiny course", told),
        ("A neuron at rest.", told),
        ("What happens next?", told),
        ("It fires", told),
        ("Yes, up to {peak_mv}.", told),
        ("Rest, at {rest_mv}.", told),
        ("The rise.", told),
        ("The only module", told),
        ("The spark", told),
        ("A pulse, and the neuron fires.", told),
    )
    files[MISCONCEPTIONS] = replaced(
        files[MISCONCEPTIONS],
        ("The pump fires the neuron", told),
        ("A spike is the work of channels.", told),
    )
    files[SPARK] = replaced(
        files[SPARK],
        ("One pulse, one spike", told),
        ("    text: |\n      A pulse takes", f"    text: {told}\n    #"),
        ("      The rest follows by itself.\n", ""),
        ("The spike goes up to {peak_mv}.", told),
        ("How high does the spike go?", told),
        ("The textbook neuron and a pulse.", told),
        ("The peak is {peak_mv}.", with_number),
        ("To threshold and no further", told),
        ("It goes on from there.", told),
        ("Without a spike it gets to {peak_mv}.", with_number),
        ("The membrane does the rest.", told),
        ("Look at the peak.", told),
        ("summary: |\n  A pulse, a threshold, a spike.", f"summary: {told}"),
    )
    return CourseFolder(write_course(folder, files))


async def walk_through(ui: Ui) -> list[str]:
    """Go from the first minute to the end of the phase; every state's texts."""
    seen: list[str] = []

    async def then(*keys: str) -> None:
        await ui.press(*keys)
        seen.append(ui.text)

    await then()
    await then("1", "enter")
    while ui.shows == "FirstMinuteScreen":
        await ui.press("n")
        if ui.shows == "FirstMinuteScreen":
            await then()
    await ui.press("escape")
    await then()
    await then("enter")
    await then("n")
    wrong = ui.refuted
    await then(wrong, "h")
    await then("enter")
    await then("r", "r", "k", "right")
    await then("n", "a", "n")
    assert isinstance(ui.lesson.view, EndView)
    await then("m")
    return seen


# Texts


@pytest.mark.parametrize(("mode", "name"), SHOWN)
async def test_hostile_text_is_shown_as_it_is_and_does_nothing(
    tmp_path: Path, learner: Journal, mode: Mode, name: str
) -> None:
    text = HOSTILE[name]
    known_learner(learner, mode=mode)
    learner.set_setting("first-minute", None)
    files = course_of(tmp_path / "course", text)
    title = files.course.title
    shown = to_ascii(title) if mode == "ascii" else title
    start = shown.split()[0][:20]
    async with started(files, learner) as ui:
        states = await walk_through(ui)
        assert ui.app.fault is None
        for number, state in enumerate(states):
            assert start in state, f"state {number}\n{state}"
        assert {len(row) for row in ui.rows} == {80} or not text.isascii()
    assert len(attempts(learner)) == 1


async def test_a_click_on_markup_in_the_content_does_not_quit(
    tmp_path: Path, learner: Journal
) -> None:
    files = course_of(tmp_path / "course", CLICK)
    async with started(files, learner, "spark") as ui:
        await ui.press("n")
        await ui.press(ui.refuted, "enter")
        for y, row in enumerate(ui.rows):
            if CLICK in row:
                await ui.pilot.click(offset=(row.index("click[/]"), y))
                await ui.settle()
        assert ui.app.return_value is None
        assert ui.shows == "LessonScreen"


async def test_what_a_learner_types_is_quoted_and_does_nothing(
    files: CourseFolder, learner: Journal
) -> None:
    async with started(files, learner) as ui:
        await ui.press("d", "2", "enter")
        await ui.type("[@click=app.quit]x[/b]")
        await ui.press("enter")
        assert "'[@click=app.quit]x[/b]' is no date" in ui.words
        assert ui.app.fault is None


@pytest.mark.parametrize(
    ("character", "name"),
    [("\\x1b]52;c;eA==\\x07", "U+001B"), ("\\u202e", "U+202E"), ("\\u2066", "U+2066")],
)
def test_content_that_could_act_on_the_terminal_is_refused_before_the_app_starts(
    tmp_path: Path, character: str, name: str
) -> None:
    course = replaced(good_files()[COURSE], ("A tiny course", f'"A tiny {character} course"'))
    folder = write_course(tmp_path / "course", {COURSE: course})
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "--course", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TERM": "xterm-256color"},
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "course.yaml:2:" in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(done.stderr)


# A journal that cannot be written


def fill(journal: Journal) -> None:
    """Leave no page and no byte for another event."""
    connection = journal._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    full = False
    while not full:
        try:
            journal.append("filling")
        except JournalError as error:
            full = "disk is full" in str(error)


def free(journal: Journal) -> None:
    journal._connection.execute("PRAGMA max_page_count = 100000")


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Journal]:
    """A journal in a file, of a learner who has seen the first minute."""
    with Journal.open(tmp_path / "learner" / "journal.sqlite3") as journal:
        yield known_learner(journal)


async def test_on_a_full_disk_the_question_stays_open_with_what_is_picked(
    files: CourseFolder, on_disk: Journal
) -> None:
    put_at(files, on_disk, refutable)
    async with started(files, on_disk, PHASE) as ui:
        fill(on_disk)
        await ui.press(ui.right[0], "enter")
        assert "the disk is full" in ui.toasts[-1]
        assert "try again." in ui.words
        assert ui.asks
        assert ui.marks()[int(ui.right[0]) - 1].startswith(">")
        free(on_disk)
        await ui.press("enter")
        assert not ui.asks
        assert "+ Right" in ui.text


@pytest.mark.parametrize("key", ["n", "b", "s", "a", "ctrl+o"])
async def test_on_a_full_disk_every_key_that_writes_says_so_and_moves_nothing(
    files: CourseFolder, on_disk: Journal, key: str
) -> None:
    put_at(files, on_disk, refutable)
    async with started(files, on_disk, PHASE) as ui:
        if key == "n":
            await ui.press(ui.right[0], "enter")
        before = ui.lesson.view
        fill(on_disk)
        await ui.press(key)
        assert any("the disk is full" in toast for toast in ui.toasts)
        assert ui.lesson.view == before
        assert ui.app.fault is None


async def test_the_first_start_on_a_full_disk_goes_on_without_keeping(
    files: CourseFolder, tmp_path: Path
) -> None:
    with Journal.open(tmp_path / "journal.sqlite3") as journal:
        fill(journal)
        async with started(files, journal) as ui:
            await ui.press("3", "enter", "s", "2", "enter", "enter")
            assert ui.shows == "HomeScreen"
            assert any("the disk is full" in toast for toast in ui.toasts)
            assert ui.text.isascii()
            await ui.press("enter")
            assert ui.shows == "HomeScreen", "a lesson needs its place kept"
        assert chosen_mode(journal) is None


async def test_a_read_only_journal_is_explained(files: CourseFolder, on_disk: Journal) -> None:
    put_at(files, on_disk, refutable)
    async with started(files, on_disk, PHASE) as ui:
        on_disk._connection.execute("PRAGMA query_only = ON")
        await ui.press(ui.right[0], "enter")
        assert "is read-only" in ui.toasts[-1]
        assert ui.asks


# A course that breaks while the app runs


async def test_a_phase_file_that_breaks_is_explained_on_the_map_and_can_be_mended(
    tmp_path: Path, learner: Journal
) -> None:
    folder = write_course(tmp_path / "course", {SPARK: "id: spark\nobjectives: [\n"})
    files = CourseFolder(folder)
    async with started(files, learner) as ui:
        await ui.press("enter")
        assert ui.shows == "HomeScreen"
        assert "phases/spark.yaml:3:1" in ui.toasts[-1]
        assert "phases/spark.yaml:3:1" in ui.words
        write_course(folder)
        await ui.press("enter")
        assert ui.shows == "LessonScreen"


async def test_the_first_of_many_errors_is_on_a_small_screen(
    tmp_path: Path, learner: Journal
) -> None:
    broken = {SPARK: good_files()[SPARK].replace("feedback:", "fedback:")}
    folder = write_course(tmp_path / "course", broken)
    async with started(CourseFolder(folder), learner, size=(60, 16)) as ui:
        await ui.press("enter", "enter", "enter")
        assert ui.rows[1].strip().startswith("Enter: begin")
        assert "phases/spark.yaml:" in ui.text
        assert "did you mean" in ui.text
        assert "`tutor" in ui.text


async def test_a_missing_phase_file_is_explained(tmp_path: Path, learner: Journal) -> None:
    folder = write_course(tmp_path / "course")
    (folder / SPARK).unlink()
    async with started(CourseFolder(folder), learner) as ui:
        await ui.press("enter")
        assert ui.shows == "HomeScreen"
        assert "there is no file phases/spark.yaml" in ui.toasts[-1]


async def test_a_bank_of_misconceptions_that_breaks_leaves_the_question_open(
    tmp_path: Path, learner: Journal
) -> None:
    folder = write_course(tmp_path / "course")
    async with started(CourseFolder(folder), learner, "spark") as ui:
        await ui.press("n")
        write_course(folder, {MISCONCEPTIONS: "misconceptions: 3\n"})
        await ui.press(ui.refuted, "enter")
        assert ui.asks
        assert "misconceptions.yaml" in ui.toasts[-1]
        assert attempts(learner) == []


async def test_a_phase_that_follows_and_is_broken_leads_to_the_map(
    tmp_path: Path, learner: Journal
) -> None:
    folder = write_course(tmp_path / "course", good_files("spark", "after"))
    files = CourseFolder(folder)
    lesson = Lesson(files, "spark", learner)
    for _ in lesson.items[1:]:
        lesson.forward()
    async with started(files, learner, "spark") as ui:
        (folder / "phases/after.yaml").write_text("?")
        await ui.press("s", "enter")
        assert ui.shows == "HomeScreen"
        assert "phases/after.yaml" in ui.toasts[-1]
