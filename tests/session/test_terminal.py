import pytest

from tutor.journal.store import Journal
from tutor.session.terminal import (
    MOTION,
    PLOTS,
    choose_mode,
    chosen_mode,
    default_mode,
    is_on,
    mode_here,
    shown_in,
    turn,
)


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({"LANG": "en_GB.UTF-8"}, "braille"),
        ({"LANG": "C.utf8"}, "braille"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "C"}, "braille"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "ascii"),
        ({"LANG": "de_DE.ISO-8859-1"}, "ascii"),
        ({}, "ascii"),
    ],
)
def test_ascii_is_the_default_wherever_utf8_was_not_asked_for(
    environ: dict[str, str], mode: str
) -> None:
    assert default_mode(environ, "linux") == mode


def test_a_legacy_windows_console_gets_ascii_and_a_modern_one_dots() -> None:
    assert default_mode({}, "win32") == "ascii"
    assert default_mode({"WT_SESSION": "1"}, "win32") == "braille"


def test_the_chosen_mode_is_kept(journal: Journal) -> None:
    assert chosen_mode(journal) is None
    choose_mode(journal, "half-block")
    assert chosen_mode(journal) == "half-block"


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({"LANG": "en_GB.UTF-8"}, "half-block"),
        ({}, "half-block"),
        ({"LC_CTYPE": "C.UTF-8"}, "half-block"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "POSIX", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LC_ALL": "de_DE.ISO-8859-1", "LANG": "en_GB.UTF-8"}, "ascii"),
    ],
)
def test_a_locale_without_utf8_has_ascii_whatever_was_chosen(
    journal: Journal, environ: dict[str, str], mode: str
) -> None:
    choose_mode(journal, "half-block")
    assert mode_here(journal, environ, "linux") == mode


def test_motion_is_on_until_it_is_switched_off(journal: Journal) -> None:
    assert is_on(journal, MOTION)
    turn(journal, MOTION, False)
    assert not is_on(journal, MOTION)
    assert is_on(journal, PLOTS)


def test_ascii_mode_spells_what_it_cannot_show() -> None:
    assert shown_in("ascii", "Na⁺ -347 µA/cm² at 37 °C ✓") == "Na+ -347 uA/cm2 at 37 deg C ?"
    assert shown_in("braille", "Na⁺") == "Na⁺"
