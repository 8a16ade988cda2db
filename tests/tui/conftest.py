"""Lets the tests import the drivers beside them, `answers`, and `course_files`."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tutor.classroom.demo.demo import Demo

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), str(_HERE.parent), str(_HERE.parent / "course")]
sys.path.append(str(_HERE.parent / "classroom"))
pytest.register_assert_rewrite("app_driver", "class_driver", "terminal_driver", "course_files")


@pytest.fixture(scope="module", autouse=True)
def rare_garbage_collection() -> Iterator[None]:
    """Each app is a thousand small objects: looking through them costs a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A sample class, taken in."""
    from class_driver import sample_class

    return sample_class(tmp_path_factory.mktemp("demo") / "sample")


@pytest.fixture
def sample(made: Demo, own_data_folder: Path) -> Demo:
    """The same as a tutor's own data folder, to be changed."""
    shutil.copytree(made.folder, own_data_folder)
    return made
