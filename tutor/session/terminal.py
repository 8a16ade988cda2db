"""What the terminal can show: glyphs, motion, and what is kept of the learner's choice."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.text import to_ascii
from tutor.plot.figure import Mode

if TYPE_CHECKING:
    from tutor.journal.store import Journal

MODES: tuple[Mode, ...] = ("braille", "half-block", "ascii")
_MODE = "terminal.mode"
#: What a learner may switch off on one machine: traces that draw themselves, and plots among
#: lines of text.
MOTION = "terminal.motion"
PLOTS = "terminal.plots"
#: The mouse is a setting too: with it off the terminal selects text as it always does.
MOUSE = "terminal.mouse"
#: Whether a learner is asked how sure they are; it goes with them from machine to machine.
CERTAINTY = "certainty"
_OFF_AT_FIRST = (CERTAINTY,)
#: Themes of the app, as they are kept; the first is the one to begin with.
THEMES = ("dark", "light", "contrast", "colour-blind")
THEME = "terminal.theme"


def default_mode(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Mode:
    """The mode to begin with: ASCII where more than that is not sure to be shown."""
    if platform == "win32":
        modern = ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI")
        return "braille" if any(name in environ for name in modern) else "ascii"
    return "braille" if _is_utf8(_locale(environ)) else "ascii"


def _locale(environ: Mapping[str, str]) -> str:
    """The locale that was asked for; empty where none was.

    Under the C locale Python talks UTF-8 all the same, and says so by setting LC_CTYPE; the
    terminal was asked for nothing of the kind.
    """
    language, letters = environ.get("LANG") or "", environ.get("LC_CTYPE") or ""
    if language in ("", "C", "POSIX") and letters in ("C.UTF-8", "C.utf8", "UTF-8"):
        letters = ""
    return environ.get("LC_ALL") or letters or language


def _is_utf8(locale: str) -> bool:
    return "UTF8" in locale.upper().replace("-", "")


def has_screen(environ: Mapping[str, str] = os.environ) -> bool:
    """True where the app can control the screen, and someone is there to see it."""
    both = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return both and environ.get("TERM", "unknown" if os.name != "nt" else "") not in (
        "dumb",
        "unknown",
    )


def chosen_mode(journal: Journal) -> Mode | None:
    """The mode that the learner chose on this machine; None before the first choice."""
    kept = journal.settings().get(_MODE)
    return next((mode for mode in MODES if mode == kept), None)


def mode_here(
    journal: Journal, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Mode:
    """The mode that the learner chose, or the one to begin with.

    A locale that was asked for and is not UTF-8 has ASCII, whatever was chosen in another
    terminal.
    """
    locale = _locale(environ)
    if platform != "win32" and locale and not _is_utf8(locale):
        return "ascii"
    return chosen_mode(journal) or default_mode(environ, platform)


def choose_mode(journal: Journal, mode: Mode) -> None:
    """Keep the learner's choice for this machine.

    Raises:
        JournalError: the journal cannot be written.
    """
    journal.set_setting(_MODE, mode)


def chosen_theme(journal: Journal) -> str:
    """The theme that the learner chose on this machine, or the one to begin with."""
    kept = journal.settings().get(THEME)
    return next((theme for theme in THEMES if theme == kept), THEMES[0])


def config_folder() -> Path:
    """Where what a learner writes by hand is kept: TUTOR_CONFIG_DIR, else the user's folder."""
    if folder := os.environ.get("TUTOR_CONFIG_DIR"):
        return Path(folder)
    from platformdirs import user_config_path

    return user_config_path("action-potential-tutor", appauthor=False)


def is_on(journal: Journal, switch: str) -> bool:
    """What the learner chose; until then on, but for what is off at first."""
    kept = journal.settings().get(switch)
    return kept if isinstance(kept, bool) else switch not in _OFF_AT_FIRST


def turn(journal: Journal, switch: str, on: bool) -> None:
    """Keep that the learner switched it on or off.

    Raises:
        JournalError: the journal cannot be written.
    """
    journal.set_setting(switch, on)


def meter(share: float, width: int, *, plain: bool) -> str:
    """A bar of so many cells, filled to `share` (0 to 1), in plain characters or in lines."""
    full, empty = "#." if plain else "━╌"
    count = round(min(1.0, max(0.0, share)) * width)
    return full * count + empty * (width - count)


def shown_in(mode: Mode, text: str) -> str:
    """`text` as the mode can show it."""
    return to_ascii(text) if mode == "ascii" else text
