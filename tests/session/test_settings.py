from datetime import date, timedelta

import pytest

from tutor.journal.store import Journal
from tutor.session.profile import Profile, save_profile
from tutor.session.settings import EXAM, Setting, Settings
from tutor.session.terminal import (
    CERTAINTY,
    MOTION,
    MOUSE,
    THEME,
    chosen_mode,
    chosen_theme,
    default_mode,
    is_on,
)


def line(journal: Journal, name: str) -> Setting:
    return next(one for one in Settings(journal).lines if one.name == name)


def test_before_any_choice_the_settings_are_calm(journal: Journal) -> None:
    assert line(journal, THEME).words == "dark"
    assert line(journal, MOTION).words == "on"
    assert line(journal, MOUSE).words == "on"
    assert line(journal, CERTAINTY).words == "off"
    assert line(journal, EXAM).words == "none named"


def test_every_setting_goes_round_through_all_that_it_offers(journal: Journal) -> None:
    settings = Settings(journal)
    for setting in settings.lines:
        if setting.name == EXAM:
            continue
        seen = []
        for _ in setting.offered:
            settings.change(setting.name)
            seen.append(line(journal, setting.name).words)
        assert sorted(seen) == sorted(setting.offered)
        assert seen[-1] == setting.words


def test_a_choice_can_be_taken_back(journal: Journal) -> None:
    settings = Settings(journal)
    settings.change(THEME, 1)
    assert chosen_theme(journal) == "light"
    settings.change(THEME, -1)
    assert chosen_theme(journal) == "dark"


def test_what_is_changed_is_what_the_front_ends_read(journal: Journal) -> None:
    settings = Settings(journal)
    before = default_mode()
    settings.change("mode")
    settings.change(MOTION)
    settings.change(CERTAINTY)
    assert chosen_mode(journal) not in (None, before)
    assert not is_on(journal, MOTION)
    assert is_on(journal, CERTAINTY)


def test_certainty_goes_with_the_learner_and_the_theme_stays_on_its_machine(
    journal: Journal,
) -> None:
    settings = Settings(journal)
    settings.change(CERTAINTY)
    settings.change(THEME)
    journal.device = "another machine"
    assert is_on(journal, CERTAINTY)
    assert chosen_theme(journal) == "dark"


def test_the_exam_is_told_and_changed_elsewhere(journal: Journal) -> None:
    save_profile(journal, Profile("a-level", "aqa", date.today() + timedelta(days=30)))
    assert line(journal, EXAM).words == "A-level · AQA · 30 days left"
    with pytest.raises(ValueError, match="no setting"):
        Settings(journal).change(EXAM)


def test_a_setting_that_a_newer_program_kept_does_no_harm(journal: Journal) -> None:
    journal.set_setting(THEME, "sepia")
    journal.set_setting(MOTION, "slowly")
    assert line(journal, THEME).words == "dark"
    assert line(journal, MOTION).words == "on"
