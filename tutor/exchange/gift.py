"""Questions as GIFT, Moodle's format for people who write lists by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.exchange import markup
from tutor.exchange.listed import Listed, Part, plain_number
from tutor.exchange.moodle import share_text
from tutor.exchange.pages import after_page, feedback_page, stem_page, text_drawing
from tutor.exchange.pictures import as_text
from tutor.exchange.sheets import Sheet
from tutor.plot.figure import Plot

_ACTING = re.compile(r"[\\:#={}~]")


def as_gift(course: str, sheets: Iterable[Sheet]) -> bytes:
    """The questions as a GIFT file, in a category for each phase, with plots of characters."""
    found: list[str] = []
    category = ""
    for sheet in sheets:
        names = (course, sheet.module, sheet.phase)
        path = "$course$/top/" + "/".join(name.replace("/", "//") for name in names)
        if path != category:
            category = path
            found.append(f"$CATEGORY: {path}")
        found.append(_question(sheet))
    return ("\n\n".join(found) + "\n").encode()


def escaped(text: str) -> str:
    """Text in which no character acts; a question of GIFT ends with an empty line."""
    return _ACTING.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _question(sheet: Sheet) -> str:
    listed = sheet.listed
    tags = "".join(f" [tag:{tag}]" for tag in listed.tags)
    stem = stem_page(sheet, _drawn, unit=True, places=listed.kind == "ordering")
    answers = "\n".join(_answers(sheet))
    after = escaped(after_page(sheet, _drawn, scheme=True))
    return (
        f"// [id:{listed.id}]{tags}\n::{escaped(listed.id)}::[html]{escaped(stem)}"
        f"{{{answers}\n####{after}\n}}"
    )


def _drawn(plots: tuple[Plot, ...], told: str) -> str:
    return text_drawing(as_text(plots))


def _answers(sheet: Sheet) -> Iterable[str]:
    listed = sheet.listed
    match listed.kind:
        case "single" | "multi":
            for one, refutation in zip(listed.parts, sheet.refutations, strict=True):
                said = escaped(feedback_page(one, refutation))
                yield f"{_mark(listed, one)}{escaped(markup.escaped(one.text))}#{said}"
        case "ordering":
            for place, one in enumerate(listed.parts, 1):
                yield f"={place} -> {escaped(one.text)}"
        case "matching":
            for one in listed.parts:
                # What a pair goes with stands in a menu, which shows plain text.
                yield f"={escaped(markup.escaped(one.text))} -> {escaped(one.partner)}"
        case "numeric":
            yield from _numbers(sheet)


def _mark(listed: Listed, one: Part) -> str:
    if listed.kind == "multi":
        return f"~%{share_text(one.share)}%"
    return "=" if one.share > 0 else "~"


def _numbers(sheet: Sheet) -> Iterable[str]:
    listed = sheet.listed
    assert listed.number is not None
    yield f"#\n={plain_number(listed.number)}:{plain_number(listed.within)}"
    for one, near, refutation in zip(
        listed.parts, sheet.tolerances, sheet.refutations, strict=True
    ):
        said = escaped(feedback_page(one, refutation))
        yield f"=%0%{one.text}:{plain_number(near)}#{said}"
