"""The command palette: phases, screens and settings by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tutor.session.settings import EXAM, Settings
from tutor.session.terminal import shown_in
from tutor.tui.places import PLACES, is_offered, open_phase
from tutor.tui.screens.copying import Copying
from tutor.tui.screens.first_minute import FirstMinuteScreen
from tutor.tui.screens.profile import ProfileScreen
from tutor.tui.screens.settings import apply
from tutor.words import common
from tutor.words import copying as copying_words
from tutor.words import palette as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

Command = tuple[str, Callable[[], object]]


class TutorCommands(Provider):
    """Everything that can be called by name."""

    @property
    def _tutor(self) -> TutorApp:
        return cast("TutorApp", self.app)

    async def discover(self) -> Hits:
        """All of it, while nothing is typed."""
        for name, act in self._commands():
            yield DiscoveryHit(Content(name), act, name)

    async def search(self, query: str) -> Hits:
        """What fits the words that are typed."""
        matcher = self.matcher(query)
        for name, act in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, Content(name), act, name)  # Its own marking reads markup.

    def _commands(self) -> Iterator[Command]:
        """Names with what they do; the names can be shown in the learner's mode."""
        tutor = self._tutor
        for name, act in (*self._screens(), *self._phases(), *self._settings()):
            yield shown_in(tutor.glyphs.mode, name), act

    def _screens(self) -> Iterator[Command]:
        tutor = self._tutor
        yield words.COURSE_MAP, tutor.show_home
        for place, (label, opens) in PLACES.items():
            if is_offered(place):
                yield label, partial(opens, tutor)
        yield words.KEYS_OF_SCREEN, tutor.action_help
        screen = self.screen
        if isinstance(screen, Copying) and screen.check_action("copy", ()):
            yield copying_words.COPY_SHOWN, screen.action_copy
        yield words.PROFILE, lambda: tutor.push_screen(ProfileScreen())
        yield words.FIRST_MINUTE, lambda: tutor.push_screen(FirstMinuteScreen())
        yield common.QUIT, tutor.action_leave

    def _phases(self) -> Iterator[Command]:
        for number, entry in enumerate(self._tutor.files.entries.values(), 1):
            name = words.PHASE.format(number=number, title=entry.title)
            yield name, partial(self._open, entry.id)

    def _open(self, phase_id: str) -> None:
        self._tutor.show_home()
        open_phase(self._tutor, phase_id)

    def _settings(self) -> Iterator[Command]:
        settings = Settings(self._tutor.journal)
        for line in self._tutor.reported(lambda: settings.lines) or ():
            if line.name == EXAM:
                continue
            for number, offered in enumerate(line.offered):
                if number != line.chosen:
                    act = partial(self._choose, settings, line.name, number)
                    yield words.SETTING.format(title=line.title, words=offered), act

    def _choose(self, settings: Settings, name: str, number: int) -> None:
        if self._tutor.done(partial(settings.choose, name, number)):
            apply(self._tutor)


class Palette(CommandPalette):
    """Textual's palette over what the tutor offers."""

    def __init__(self) -> None:
        super().__init__([TutorCommands], placeholder=words.PLACEHOLDER)
