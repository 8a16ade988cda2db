"""The layers of the house, and what may be loaded when."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def loaded_by(code: str, tmp_path: Path) -> set[str]:
    """The modules that a fresh interpreter has loaded after `code`."""
    script = f"import sys\n{code}\nprint('LOADED', ' '.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        cwd=tmp_path,
        env=os.environ | {"TUTOR_DATA_DIR": str(tmp_path / "layers")},
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module",
    [
        "simulator",
        "tutor.course.loader",
        "tutor.session.lesson",
        "tutor.session.home",
        "tutor.session.lab.bench",
        "tutor.session.export",
        "tutor.session.review",
        "tutor.session.exam.exam",
        "tutor.session.progress.view",
        "tutor.grading.marking",
        "tutor.grading.free_text",
        "tutor.journal.store",
        "tutor.plot.raster",
        "tutor.plain.app",
        "tutor.exchange.anki",
    ],
)
def test_rooms_below_the_screen_never_load_textual(module: str, tmp_path: Path) -> None:
    assert "textual" not in loaded_by(f"import {module}", tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ["simulate", "textbook"],
        ["simulate", "squid", "--json"],
        ["check", str(ROOT / "content/action-potential/course.yaml")],
        ["preview", str(ROOT / "content/action-potential/phases/rising.yaml"), "rising.q1"],
        ["schema"],
        ["--help"],
        ["--plain"],
        ["lab", "--plain"],
        ["export", "anki", "--mistakes", "deck.apkg"],
        ["export", "gift", "list.gift"],
        ["progress"],
        ["journal"],
        ["review", "--plain"],
        ["report"],
        ["register", "override", "a", "b", "c", "1", "--why", "d"],
    ],
)
def test_headless_commands_never_load_textual(command: list[str], tmp_path: Path) -> None:
    code = f"""
import contextlib, io
from tutor.cli import main
sys.argv = ["tutor", *{command!r}]
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())), contextlib.suppress(SystemExit):
    main()
"""
    loaded = loaded_by(code, tmp_path)
    assert "tutor.cli.commands" in loaded
    assert "textual" not in loaded


def test_the_first_frame_loads_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    code = """
import asyncio
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal, default_path
from tutor.tui.app import TutorApp
from tutor.tui.screens.home import HomeScreen
journal = Journal.open(default_path())
journal.set_setting("terminal.mode", "braille")
journal.set_setting("first-minute", True)
default_path().with_name("register.sqlite3").touch()  # The map of who has one has a key for it.
async def first_frame():
    app = TutorApp(CourseFolder(), journal, None)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen), app.screen
        assert app.screen.active_bindings["t"].enabled
asyncio.run(first_frame())
"""
    heavy = {"numpy", "scipy", "sqlalchemy", "psycopg", "nacl", "fsrs", "jsonschema"}
    assert not heavy & loaded_by(code, tmp_path)
