"""The report as one page of HTML: no script, nothing from elsewhere, light or dark, to print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tutor.classroom.report.blocks import (
    Block,
    Cell,
    Command,
    Head,
    Part,
    Points,
    Say,
    Shade,
    Table,
)
from tutor.classroom.report.telling import parts_of, title_of
from tutor.classroom.report.view import ClassReport
from tutor.session.progress.markup import Markup, element
from tutor.words import class_report as words

#: The page as far as its style: its policy lets nothing be loaded or run, whatever got into it.
_HEAD = Path(__file__).with_name("page.html")


def as_html(report: ClassReport) -> str:
    """The page."""
    title = title_of(report)
    parts = parts_of(report)
    links = (
        element("li", element("a", part.title, href=f"#part{number}"))
        for number, part in enumerate(parts)
    )
    body = element(
        "body",
        element("h1", title),
        element("nav", element("ul", *links), aria_label=words.CONTENTS),
        element("main", *(_part(part, number) for number, part in enumerate(parts))),
    )
    head = _HEAD.read_text(encoding="utf-8")
    return f"{head}{element('title', title).source}</head>\n{body.source}\n</html>\n"


def _part(part: Part, number: int) -> Markup:
    title = element("h2", part.title, id=f"part{number}")
    blocks = (one for block in part.blocks for one in _block(block))
    return element("section", title, *blocks, aria_labelledby=f"part{number}")


def _block(block: Block) -> Iterator[Markup]:
    match block:
        case Say(text=text, role=role):
            yield element("p", text, class_=role or None)
        case Head(text=text):
            yield element("h3", text)
        case Points(lines=lines, shown=shown):
            if lines[:shown]:
                yield _list(lines[:shown])
            if lines[shown:]:
                told = words.ALL_MORE.format(count=len(lines[shown:]))
                yield element("details", element("summary", told), _list(lines[shown:]))
        case Command(text=text):
            yield element("pre", element("code", text))
        case Table():
            yield _table(block)


def _list(lines: tuple[str, ...]) -> Markup:
    return element("ul", *(element("li", line) for line in lines))


def _table(table: Table) -> Markup:
    bars = {place for row in table.rows for place, c in enumerate(row) if isinstance(c, Shade)}

    def kind(place: int) -> str | None:
        return None if place in table.texts or place in bars else "number"

    heads = (
        element("th", head, scope="col", class_=kind(place))
        for place, head in enumerate(table.heads)
    )
    rows = (
        element("tr", *(_cell(cell, kind(place)) for place, cell in enumerate(row)))
        for row in table.rows
    )
    # Without text at the end there is nothing to fill the page with.
    is_narrow = len(table.heads) - 1 not in table.texts
    whole = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="narrow" if is_narrow else None,
    )
    # Wider than the page it is moved to and fro by itself.
    return element(
        "div", whole, class_="wide", tabindex=0, role="region", aria_label=table.caption
    )


def _cell(cell: Cell, kind: str | None) -> Markup:
    if isinstance(cell, str):
        return element("td", cell, class_=kind)
    bar = element(
        "span", class_="bar", style=f"width: {100 * min(1.0, max(0.0, cell.share)):.1f}%"
    )
    return element(
        "td",
        element("span", cell.text, class_="figure"),
        # It tells nothing that the number does not.
        element("span", bar, class_="track", aria_hidden="true"),
        class_="meter",
    )
