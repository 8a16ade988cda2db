"""Lets the tests import `every_kind`, the phase with a question of each kind, and `answers`."""

import sys
from pathlib import Path

_TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(_TESTS), str(_TESTS / "course")]
