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
from tutor.words import common
from tutor.words import settings as setting_words


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


_SWITCHES = {
    MOTION: (common.MOTION, setting_words.MOTION_NOTE),
    CERTAINTY: (setting_words.CERTAINTY, setting_words.CERTAINTY_NOTE),
    MOUSE: (setting_words.MOUSE, setting_words.MOUSE_NOTE),
    PLOTS: (setting_words.PLOTS, setting_words.PLOTS_NOTE),
}
#: How many questions a day are reviewed at most.
REVIEW_CAP = "review-cap"
REVIEW_CAPS = (20, 40, 60, 100, 200)
USUAL_CAP = 60
#: How curves are drawn and signs are spelt.
MODE = "mode"
#: The last line of the settings, which leads to the profile.
EXAM = "exam"


def review_cap(journal: Journal) -> int:
    """How many questions a day are reviewed at most.

    Raises:
        JournalError: the journal cannot be read.
    """
    kept = journal.settings().get(REVIEW_CAP)
    return kept if isinstance(kept, int) and kept in REVIEW_CAPS else USUAL_CAP


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
                setting_words.THEME,
                tuple(setting_words.THEMES[theme] for theme in THEMES),
                THEMES.index(chosen_theme(journal)),
                setting_words.THEME_NOTE,
            ),
            Setting(
                MODE,
                setting_words.MODE,
                tuple(common.MODES[mode] for mode in MODES),
                MODES.index(mode),
                setting_words.MODE_NOTE,
            ),
            *(
                Setting(
                    name,
                    title,
                    (setting_words.ON, setting_words.OFF),
                    int(not is_on(journal, name)),
                    note,
                )
                for name, (title, note) in _SWITCHES.items()
            ),
            Setting(
                REVIEW_CAP,
                setting_words.REVIEW_CAP,
                tuple(str(cap) for cap in REVIEW_CAPS),
                REVIEW_CAPS.index(review_cap(journal)),
                setting_words.REVIEW_CAP_NOTE,
            ),
            Setting(
                EXAM,
                setting_words.EXAM,
                (load_profile(journal).line(date.today()) or setting_words.NO_EXAM,),
                0,
                setting_words.EXAM_NOTE,
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
        elif name == REVIEW_CAP:
            self._journal.set_setting(REVIEW_CAP, REVIEW_CAPS[chosen])
        elif name == MODE:
            choose_mode(self._journal, MODES[chosen])
        else:
            turn(self._journal, name, chosen == 0)
