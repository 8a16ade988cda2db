"""Text as HTML that is safe wherever it is shown, also in Anki."""

from __future__ import annotations

import html
from collections.abc import Iterable

from tutor.course.prose import Span, blocks
from tutor.course.text import clean

#: Anki acts on [sound:...], [latex], [$] and {{c1::...}} in a field.
_ACTING = str.maketrans({"[": "&#91;", "{": "&#123;"})
_TAGS = {"": "", "strong": "b", "emphasis": "i"}


def escaped(text: str) -> str:
    """`text` as characters alone."""
    return html.escape(clean(text)).translate(_ACTING)


def paragraphs(markdown: str) -> str:
    """Prose of a content file: paragraphs, lines of lists, emphasis."""
    return "".join(
        f"<p>{escaped(block.marker)} {_spans(block.spans)}</p>"
        if block.marker
        else f"<p>{_spans(block.spans)}</p>"
        for block in blocks(markdown)
    )


def paragraph(text: str, style: str = "") -> str:
    """A line of text, in a class of the style sheet."""
    if not text:
        return ""
    return f'<p class="{style}">{escaped(text)}</p>' if style else f"<p>{escaped(text)}</p>"


def bullets(lines: Iterable[str], *, lettered: bool = False) -> str:
    """Lines of text as a list."""
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    return f'<ol type="A">{items}</ol>' if lettered else f"<ul>{items}</ul>"


def folded(title: str, body: str) -> str:
    """What opens when its title is touched; it needs no script."""
    return f"<details><summary>{escaped(title)}</summary>{body}</details>"


def image(name: str, told: str) -> str:
    """A picture that stands beside, and what it shows in words."""
    return f'<img src="{html.escape(name)}" alt="{escaped(told)}">'


def drawn(characters: str) -> str:
    """A plot of characters."""
    return f"<pre>{escaped(characters)}</pre>"


def _spans(spans: Iterable[Span]) -> str:
    found = []
    for span in spans:
        tag = _TAGS[span.style]
        text = escaped(span.text)
        found.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return "".join(found)
