"""The settings: what a learner may choose on this machine, and what each choice means."""

from __future__ import annotations

from datetime import date

import msgspec

from tutor.journal.store import Journal
from tutor.session.profile import load_profile
from tutor.session.terminal import (
    CERTAINTY,
    MODES,
    MOTION,
    MOUSE,
    PLOTS,
    THEME,
    THEMES,
    choose_mode,
    chosen_mode,
    chosen_theme,
    default_mode,
    is_on,
    turn,
)


class Setting(msgspec.Struct, frozen=True):
    """One setting as it stands: what may be chosen, in words, and which of it is."""

    name: str
    title: str
    offered: tuple[str, ...]
    chosen: int
    note: str

    @property
    def words(self) -> str:
        """What is chosen."""
        return self.offered[self.chosen]


_THEME_WORDS = {
    "dark": "dark",
    "light": "light",
    "contrast": "high contrast",
    "colour-blind": "colour-blind safe",
}
_MODE_WORDS = {"braille": "dots", "half-block": "blocks", "ascii": "plain characters"}
_SWITCHES = {
    MOTION: ("Motion", "The run draws itself in the app; off, it is there at once."),
    CERTAINTY: ("Ask how sure", "After each answer: guess, fairly or certain; it is marked too."),
    MOUSE: ("Mouse", "Counts from the next start; off, the terminal selects text as usual."),
    PLOTS: ("Plots as lines", "Among lines of text; off, each run is told in a sentence alone."),
}
#: The last line of the settings, which leads to the profile.
EXAM = "exam"


class Settings:
    """The settings of one learner. Each change is in the journal before it shows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @property
    def lines(self) -> tuple[Setting, ...]:
        """Every setting as it stands.

        Raises:
            JournalError: the journal cannot be read.
        """
        journal = self._journal
        mode = chosen_mode(journal) or default_mode()
        return (
            Setting(
                THEME,
                "Theme",
                tuple(_THEME_WORDS[theme] for theme in THEMES),
                THEMES.index(chosen_theme(journal)),
                "Colours of the app. Nothing is told by colour alone.",
            ),
            Setting(
                "mode",
                "Curves and signs",
                tuple(_MODE_WORDS[mode] for mode in MODES),
                MODES.index(mode),
                "Take plain characters where others come out as boxes or question marks.",
            ),
            *(
                Setting(name, title, ("on", "off"), int(not is_on(journal, name)), note)
                for name, (title, note) in _SWITCHES.items()
            ),
            Setting(
                EXAM,
                "Exam and date",
                (load_profile(journal).line(date.today()) or "none named",),
                0,
                "The track follows the exam: A-level leaves out what is medical.",
            ),
        )

    def change(self, name: str, by: int = 1) -> None:
        """Choose what stands `by` places further on, and after the last the first again.

        Raises:
            ValueError: there is no such setting to choose from here.
            JournalError: the choice cannot be kept.
        """
        setting = next((line for line in self.lines if line.name == name != EXAM), None)
        if setting is None:
            raise ValueError(f"there is no setting {name!r} to change here")
        self.choose(name, (setting.chosen + by) % len(setting.offered))

    def choose(self, name: str, chosen: int) -> None:
        """Choose by its place what a setting offers.

        Raises:
            JournalError: the choice cannot be kept.
        """
        if name == THEME:
            self._journal.set_setting(THEME, THEMES[chosen])
        elif name == "mode":
            choose_mode(self._journal, MODES[chosen])
        else:
            turn(self._journal, name, chosen == 0)
