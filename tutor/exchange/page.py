"""HTML of lists: what goes out has its parts marked by classes, so that it can be read back.

What comes in is anybody's. Nothing of it is kept but its characters, paragraphs, lists and
emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from lxml import etree

from tutor.course.prose import Block, Span, Style, blocks
from tutor.course.text import clean
from tutor.exchange import markup

#: The class of a part is this and its name.
PREFIX = "tutor-"
#: Longer HTML is no question.
LONGEST_HTML = 2_000_000
#: Parts that are made anew by each export, so that nothing reads them back.
_MADE = {"plot", "more", "refutation", "label"}
_SILENT = {
    *("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg"),
    *("select", "textarea", "audio", "video", "canvas"),
}
_BREAKS = {
    *("p", "div", "li", "ul", "ol", "tr", "table", "br", "pre", "blockquote", "section", "hr"),
    *("article", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "details"),
}
_STYLES: dict[str, Style] = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis"}
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_BLANK = re.compile(r"[ \t\r\n\f]+")
#: Underscores that could begin emphasis.
_OPENING = re.compile(r"(?<!\w)_+(?=[^\s_])")
_MARKER = re.compile(r"(•|\d{1,3}\.) +")


class Piece(msgspec.Struct, frozen=True):
    """A paragraph or list item of a page.

    Attributes:
        name: The part it belongs to; empty for the text itself.
        classes: Further classes of the part.
        block: What it says.
    """

    name: str
    classes: tuple[str, ...]
    block: Block


class Page(msgspec.Struct, frozen=True):
    """What HTML says.

    Attributes:
        pieces: Its paragraphs.
        pictures: How many pictures were left out.
    """

    pieces: tuple[Piece, ...] = ()
    pictures: int = 0

    def prose(self, name: str = "") -> str:
        """A part as Markdown."""
        return written([piece.block for piece in self.pieces if piece.name == name])

    def lines(self, name: str = "") -> tuple[str, ...]:
        """The paragraphs of a part as plain text."""
        found = (piece for piece in self.pieces if piece.name == name)
        return tuple(_plain(piece.block) for piece in found)

    def line(self, name: str = "") -> str:
        """A part as one line of plain text."""
        return " ".join(self.lines(name))


def part(name: str, text: str, *classes: str, label: str = "") -> str:
    """A line of text as a part of a page; nothing where it is empty."""
    if not text:
        return ""
    names = " ".join(f"{PREFIX}{each}" for each in (name, *classes))
    told = f'<b class="{PREFIX}label">{markup.escaped(label)} </b>' if label else ""
    return f'<p class="{names}">{told}{markup.escaped(text)}</p>'


def prose_part(name: str, markdown: str, label: str = "") -> str:
    """Prose as a part of a page."""
    told = f'<p class="{PREFIX}label">{markup.escaped(label)}</p>' if label else ""
    return f'{told}<div class="{PREFIX}{name}">{markup.paragraphs(markdown)}</div>'


def canonical(markdown: str) -> str:
    """Markdown as it comes back from a list: how its lines end says nothing."""
    return written(blocks(markdown))


def written(found: Sequence[Block]) -> str:
    """Blocks as Markdown."""
    text, before = "", ""
    for block in found:
        said = _markdown(block.spans)
        if not said:
            continue
        sort = block.marker[-1:]
        mark = f"{'-' if sort == '•' else block.marker} " if block.marker else ""
        if text:
            text += "\n" if sort and sort == before else "\n\n"
        text += mark + (said if mark else re.sub(r"^([-+*]|\d+[.)])(?= )", r"\\\1", said))
        before = sort
    return text


def _markdown(spans: Iterable[Span]) -> str:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].style == span.style:
            merged[-1] = Span(merged[-1].text + span.text, span.style)
        else:
            merged.append(span)
    text = ""
    for span in merged:
        said = _BLANK.sub(" ", span.text)
        said = re.sub(r"[\\*]", r"\\\g<0>", said)
        said = _OPENING.sub(lambda found: r"\_" * len(found[0]), said)
        inner = said.strip(" ")
        sign = {"strong": "**", "emphasis": "*"}.get(span.style, "")
        if sign and inner:
            start, end = said[: len(said) - len(said.lstrip(" "))], said[len(said.rstrip(" ")) :]
            said = f"{start}{sign}{inner}{sign}{end}"
        text += said
    return _BLANK.sub(" ", text).strip(" ")


def _plain(block: Block) -> str:
    said = " ".join(filter(None, (block.marker, block.text)))
    return _BLANK.sub(" ", said).strip(" ")


def read_html(text: str) -> Page:
    """What HTML says; scripts, styles and pictures are left out.

    Raises:
        ValueError: it is longer than `LONGEST_HTML`, or cannot be read.
    """
    if not text.strip():
        return Page()
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(clean(text, LONGEST_HTML), parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from None
    return _Reader().page(root) if root is not None else Page()


def read_text(text: str, form: str) -> Page:
    """Text in one of Moodle's formats as a page; one without a name has tags, or has none.

    Raises:
        ValueError: it is too long, or cannot be read.
    """
    match form:
        case "html":
            return read_html(text)
        case "plain_text" | "plain":
            return read_plain(text)
        case "markdown":
            return read_markdown(text)
    if not re.search(r"<[a-zA-Z/!]|&[#a-zA-Z]", text):
        return read_plain(text)
    return read_html(re.sub(r"\n[ \t]*\n", "<p>", text))


def read_plain(text: str) -> Page:
    """Plain text as a page: a paragraph where a line is blank."""
    paragraphs = re.split(r"\n[ \t]*\n", clean(text))
    found = (_BLANK.sub(" ", one).strip(" ") for one in paragraphs)
    return Page(tuple(Piece("", (), _block("", [Span(one, "")])) for one in found if one))


def read_markdown(text: str) -> Page:
    """Markdown as a page."""
    return Page(tuple(Piece("", (), block) for block in blocks(clean(text))))


class _Reader:
    """Goes over a tree once, without recursion: a hostile one may be deep."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._spans: list[Span] = []
        self._marker = ""
        self._pictures = 0
        self._styles: list[Style] = [""]
        self._names: list[tuple[str, tuple[str, ...]]] = [("", ())]
        self._lists: list[int] = []

    def page(self, root: etree._Element) -> Page:
        silent = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            names = _classes(element)
            hidden = not tag or tag in _SILENT or (bool(names) and names[0] in _MADE)
            if event == "start":
                self._pictures += tag == "img" and not silent and not hidden
                silent += hidden
                if not silent:
                    self._open(tag, names)
                    self._say(element.text, tag)
            else:
                if not silent:
                    self._close(tag, names)
                silent -= hidden
                if not silent:
                    self._say(element.tail, "")
        self._flush()
        return Page(tuple(self._pieces), self._pictures)

    def _open(self, tag: str, names: tuple[str, ...]) -> None:
        if tag in _BREAKS:
            self._flush()
        if names:
            self._names.append((names[0], names[1:]))
        if tag in _STYLES:
            self._styles.append(_STYLES[tag])
        if tag in ("ul", "ol"):
            self._lists.append(-1 if tag == "ul" else 1)
        if tag == "li":
            number = self._lists[-1] if self._lists else -1
            self._marker = "•" if number < 0 else f"{number}."
            if self._lists and number > 0:
                self._lists[-1] += 1

    def _close(self, tag: str, names: tuple[str, ...]) -> None:
        if tag in _BREAKS:
            self._flush()
        if names:
            self._names.pop()
        if tag in _STYLES:
            self._styles.pop()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag == "li":
            self._marker = ""
        if tag in ("td", "th"):
            self._spans.append(Span(" ", ""))

    def _say(self, text: str | None, tag: str) -> None:
        if text:
            if tag in ("sup", "sub"):
                text = text.translate(_RAISED if tag == "sup" else _LOWERED)
            self._spans.append(Span(text, self._styles[-1]))

    def _flush(self) -> None:
        if any(span.text.strip(" \t\r\n\f") for span in self._spans):
            name, classes = self._names[-1]
            self._pieces.append(Piece(name, classes, _block(self._marker, self._spans)))
            self._marker = ""
        self._spans = []


def _block(marker: str, spans: Sequence[Span]) -> Block:
    """A block; one whose text begins as a list item's does is one."""
    said = [Span(_BLANK.sub(" ", span.text), span.style) for span in spans]
    while said and not said[0].text.strip(" "):
        said.pop(0)
    if said:
        said[0] = Span(said[0].text.lstrip(" "), said[0].style)
        if not marker and (found := _MARKER.match(said[0].text)):
            marker = found[1]
            said[0] = Span(said[0].text[found.end() :], said[0].style)
    return Block(marker, tuple(said))


def _classes(element: etree._Element) -> tuple[str, ...]:
    """The names of the parts that an element is marked with."""
    names = (element.get("class") or "").split()
    return tuple(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
