"""What all tests share: a course, an empty journal, and no trace of the real learner."""

import signal
from pathlib import Path

import hypothesis
import pytest

from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal

# Whoever starts the tests in the background has them ignore Ctrl+C, and under nohup hang-ups too.
# A program started by a test would inherit that and never end; what does nothing is not inherited.
for name in ("SIGINT", "SIGHUP"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)

# No test is timed: on a loaded machine an example may take long.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the journal of whoever runs it, or depends on their locale."""
    folder = tmp_path / "data"
    monkeypatch.setenv("TUTOR_DATA_DIR", str(folder))
    monkeypatch.setenv("TUTOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def files() -> CourseFolder:
    """The course that comes with the program."""
    return CourseFolder()


@pytest.fixture
def journal() -> Journal:
    """An empty journal that is forgotten."""
    return Journal.in_memory()
