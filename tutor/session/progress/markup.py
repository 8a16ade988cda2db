"""Elements of HTML and SVG. Text gets into them here alone, and is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import msgspec

from tutor.course.text import clean


class Markup(msgspec.Struct, frozen=True):
    """What has been escaped."""

    source: str


Child = Markup | str


def element(name: str, /, *children: Child, **attributes: object) -> Markup:
    """An element; text among its children is escaped.

    Args:
        name: Its name.
        children: Elements and text.
        attributes: Its attributes; those named as Python's own words end in `_`, and `_` within
            a name stands for `-`. None leaves one out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{told}>{joined(children).source}</{name}>")


def joined(children: Iterable[Child]) -> Markup:
    """Elements and text one after the other."""
    return Markup(
        "".join(
            child.source if isinstance(child, Markup) else escape(_text(child))
            for child in children
        )
    )


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    # Control characters have no place in a page, escaped or not.
    return clean(str(value), 100_000)
