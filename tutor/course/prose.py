"""Prose of the content files: Markdown as blocks of styled text, for either front end."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Style = Literal["", "strong", "emphasis"]


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style


class Block(NamedTuple):
    """A paragraph, or an item of a list with its marker."""

    marker: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The block without its styles."""
        return "".join(span.text for span in self.spans)


#: Paragraphs, lists and emphasis only: links, images and HTML stay the characters they are.
_PARSER = MarkdownIt("zero").enable(["list", "emphasis", "escape", "newline"])


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The paragraphs and list items of `markdown`, in order."""
    found: list[Block] = []
    marker = ""
    numbers: list[int] = []
    for token in _PARSER.parse(markdown):
        match token.type:
            case "ordered_list_open":
                start = token.attrGet("start")
                numbers.append(1 if start is None else int(start))
            case "bullet_list_open":
                numbers.append(-1)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                marker = "•" if numbers[-1] < 0 else f"{numbers[-1]}."
                numbers[-1] += numbers[-1] >= 0
            case "list_item_close":
                marker = ""
            case "inline":
                found.append(Block(marker, tuple(_spans(token.children or []))))
                marker = ""
    return tuple(found)


def _spans(tokens: list[Token]) -> list[Span]:
    spans: list[Span] = []
    styles: list[Style] = [""]
    for token in tokens:
        match token.type:
            case "em_open":
                styles.append("emphasis")
            case "strong_open":
                styles.append("strong")
            case "em_close" | "strong_close":
                styles.pop()
            case "softbreak" | "hardbreak":
                spans.append(Span(" ", styles[-1]))
            case _:
                spans.append(Span(token.content, styles[-1]))
    return [span for span in spans if span.text]
