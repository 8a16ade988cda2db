"""Lets the tests import `course_files`, the small course that they spoil."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "course"))
pytest.register_assert_rewrite("course_files")
