"""Lets the tests import the drivers beside them, `answers`, and `course_files`."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), str(_HERE.parent), str(_HERE.parent / "course")]
sys.path.append(str(_HERE.parent / "classroom"))
pytest.register_assert_rewrite("app_driver", "terminal_driver", "course_files")


@pytest.fixture(scope="module", autouse=True)
def rare_garbage_collection() -> Iterator[None]:
    """Each app is a thousand small objects: looking through them costs a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    yield
    gc.set_threshold(*before)
