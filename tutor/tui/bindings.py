"""Keys that several screens or widgets have."""

from __future__ import annotations

from textual.binding import Binding

from tutor.words import common

#: Tells all keys of a screen; stands among those that it shows.
ALL_KEYS = Binding("question_mark", "app.help", common.KEYS, id="app.keys")
#: Of what an answer is given in.
COMMIT = Binding("enter", "commit", common.OK, id="answer.commit", tooltip=common.COMMIT_ANSWER)
LEAVE = Binding("escape", "leave", common.KEYS, id="answer.leave", tooltip=common.KEYS_TO_SCREEN)


def quit_key(screen: str, *, show: bool = False) -> Binding:
    """The key that quits the program; `screen` is what its id begins with."""
    return Binding(
        "q", "app.leave", common.QUIT, show=show, id=f"{screen}.quit", tooltip=common.TO_QUIT
    )
