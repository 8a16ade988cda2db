"""A key that copies what a screen shows."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.binding import Binding

from tutor.tui.screens.base import TutorScreen
from tutor.words import copying as words

if TYPE_CHECKING:
    from tutor.session.written.copying import Copy


def copy_key(group: str) -> Binding:
    """The key that copies; `group` is what its id begins with."""
    return Binding("y", "copy", words.COPY, show=False, id=f"{group}.copy", tooltip=words.COPY_TIP)


class Copying(TutorScreen):
    """A screen that shows something to copy."""

    @abstractmethod
    def copied(self) -> Copy | None:
        """What is shown, written to a file; None where it is not there yet, which is told."""

    def action_copy(self) -> None:
        """Write what is shown to a file and send it to the terminal; say what has happened."""
        from tutor.tui.copying import offer

        copy = self.copied()
        if copy is not None:
            self.tell_of_file(offer(self.tutor, copy))

    def tell_of_file(self, said: str) -> None:
        """Say where a file is, or why there is none."""
        self.tutor.tell_of_file(said)
