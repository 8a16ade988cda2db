"""Lets the tests import the small courses, and the helpers of the other tests here."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "course"))
sys.path.insert(0, str(Path(__file__).parent))
