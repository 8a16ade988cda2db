"""The colours of the app: every theme names all that text and its background are made of.

Nothing is left to the terminal's own palette or to defaults that may change, so that no text
comes to stand on its own colour; a test holds each against 256 and 16 colours.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

from tutor.session.terminal import THEMES

_DARK, _LIGHT, _CONTRAST, _COLOUR_BLIND = THEMES

_COLOURS = (
    Theme(
        name=_DARK,
        primary="#4fb3ff",
        secondary="#7aa2c4",
        warning="#ffb454",
        error="#ff6b7d",
        success="#5fd38a",
        foreground="#e4e4e4",
        background="#121212",
        surface="#1e1e1e",
        panel="#22303c",
        variables={"text-muted": "#a8b0b8", "text-disabled": "#808890"},
    ),
    Theme(
        name=_LIGHT,
        primary="#00508f",
        secondary="#3f6480",
        warning="#8a4b00",
        error="#b00028",
        success="#00682c",
        foreground="#1c1c1c",
        background="#f4f4f0",
        surface="#e6e6e0",
        panel="#d5dde4",
        dark=False,
        variables={
            "text-muted": "#50565c",
            "text-disabled": "#6a7076",
            "surface-lighten-1": "#cddae6",
        },
    ),
    Theme(
        name=_CONTRAST,
        primary="#5fd7ff",
        secondary="#ffffff",
        warning="#ffff00",
        error="#ff8787",
        success="#5fff87",
        foreground="#ffffff",
        background="#000000",
        surface="#1c1c1c",
        panel="#000087",
        variables={
            "text-muted": "#ffffff",
            "text-disabled": "#c6c6c6",
            "surface-lighten-1": "#0000af",
        },
    ),
    # Colours of Okabe & Ito 2008 (Color Universal Design), which stay apart without red or green.
    Theme(
        name=_COLOUR_BLIND,
        primary="#56b4e9",
        secondary="#cc79a7",
        warning="#f0e442",
        error="#e69f00",
        success="#00b386",
        foreground="#e8e8e8",
        background="#101418",
        surface="#1c2228",
        panel="#2a3440",
        variables={"text-muted": "#aeb6be", "text-disabled": "#868e96"},
    ),
)

#: In the order in which the settings offer them; what warns and what is picked out are one colour.
ALL = tuple(replace(theme, accent=theme.warning) for theme in _COLOURS)
