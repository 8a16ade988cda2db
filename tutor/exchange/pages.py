"""The pages of a question for lists that hold HTML, and the question read back from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from msgspec.structs import replace

from tutor.course.text import pretty_unit
from tutor.exchange import markup
from tutor.exchange.listed import Listed, Part, plain_number
from tutor.exchange.page import PREFIX, Page, canonical, part, prose_part
from tutor.exchange.sheets import Sheet
from tutor.plot.figure import Plot
from tutor.words import common, plural
from tutor.words import exchange as words


class Drawing(Protocol):
    """Makes HTML of plots."""

    def __call__(self, plots: tuple[Plot, ...], told: str) -> str:
        """The plots as a part of a page that nothing reads back."""
        ...


def text_drawing(draw: str) -> str:
    """Plots of characters as a part of a page."""
    return f'<div class="{PREFIX}plot">{markup.drawn(draw)}</div>'


def stem_page(sheet: Sheet, drawing: Drawing, *, unit: bool = False, places: bool = False) -> str:
    """What is read before the answer.

    Args:
        sheet: The question.
        drawing: Draws the plot.
        unit: Say which unit the number has, as the format has no place for it.
        places: Say how an order is given as places.
    """
    listed = sheet.listed
    more = f" ({sheet.set_up})" if sheet.set_up else ""
    label = common.WILL_RUN.partition("{what}")[0].strip()
    told = part("setup", listed.setup, label=label)
    told = (
        told.removesuffix("</p>") + f'<span class="{PREFIX}more">{markup.escaped(more)}</span></p>'
    )
    page = markup.paragraphs(listed.stem) + told + drawing(sheet.before, common.PLOT_BEFORE)
    if unit and listed.unit:
        before, _, after = words.ANSWER_IN.partition("{unit}")
        page += (
            f'<p class="{PREFIX}unit"><b class="{PREFIX}label">{markup.escaped(before)}</b>'
            f"{markup.escaped(listed.unit)}"
            f'<b class="{PREFIX}label">{markup.escaped(after)}</b></p>'
        )
    return page + (part("more", words.ORDER_BY_PLACES) if places else "")


def feedback_page(one: Part, refutation: str) -> str:
    """What is said to who chose an option."""
    page = markup.paragraph(one.feedback)
    page += part("exactly", one.exactly, *_boards(one), label=words.EXACTLY)
    return page + part("refutation", refutation)


def after_page(sheet: Sheet, drawing: Drawing, *, scheme: bool = False) -> str:
    """What is read after the answer.

    Args:
        sheet: The question.
        drawing: Draws the plots.
        scheme: With the mark scheme, as the format has no other place for it.
    """
    listed = sheet.listed
    page = part("decides", pretty_unit(listed.decides), label=words.DECIDES)
    page += drawing(sheet.after, sheet.told) + markup.paragraphs(listed.explanation)
    if scheme and listed.kind == "text":
        page += scheme_page(listed) + part("full", plain_number(listed.marks), label=words.MARKS)
    return page + part("source", listed.source)


def scheme_page(listed: Listed) -> str:
    """The notes for whoever marks a written answer."""
    page = prose_part("model", listed.model_answer, words.MODEL_ANSWER)
    for point in listed.parts:
        told = plural(int(point.marks), *words.POINT).format(marks=plain_number(point.marks))
        page += part("point", point.text, f"marks-{plain_number(point.marks)}", label=told)
        page += part("exactly", point.exactly, *_boards(point), label=words.EXACTLY)
        for name, lines, label in (
            ("accept", point.accept, words.ACCEPT),
            ("reject", point.reject, words.REJECT),
            ("ignore", point.ignore, words.IGNORE),
            ("word", (point.required_word,), words.REQUIRED_WORD),
        ):
            page += "".join(part(name, line, label=label) for line in lines)
    for line in listed.wrong_answers:
        page += part("wrong", line, label=words.WRONG_ANSWER)
    return page


def _boards(one: Part) -> Iterable[str]:
    return (f"board-{name}" for name in one.credited_by)


# Reading.


def read_stem(listed: Listed, page: Page) -> Listed:
    """The question with what its page before the answer says."""
    unit = page.line("unit") or listed.unit
    return replace(listed, stem=page.prose(), setup=page.line("setup"), unit=unit)


def read_after(listed: Listed, page: Page) -> Listed:
    """The question with what its page after the answer says."""
    listed = replace(
        listed,
        explanation=page.prose(),
        decides=page.line("decides"),
        source=page.line("source"),
    )
    return read_scheme(listed, page) if page.lines("point") else listed


def read_feedback(one: Part, page: Page) -> Part:
    """The option with what its feedback says."""
    boards: tuple[str, ...] = ()
    for piece in page.pieces:
        if piece.name == "exactly":
            boards = _named(piece.classes, "board-")
    return replace(one, feedback=page.line(), exactly=page.line("exactly"), credited_by=boards)


def read_scheme(listed: Listed, page: Page) -> Listed:
    """The question with its mark scheme; notes that are none are its model answer."""
    points: list[Part] = []
    wrong: list[str] = []
    for piece in page.pieces:
        text = Page((piece,)).line(piece.name)
        if piece.name == "point":
            marks = _number_in(_named(piece.classes, "marks-"))
            points.append(Part(text=text, marks=marks))
        elif piece.name == "wrong":
            wrong.append(text)
        elif points:
            points[-1] = _noted(points[-1], piece.name, text, piece.classes)
    told = page.lines("full")
    full = _number_in(told) if told else listed.marks
    model = page.prose("model") or ("" if points else page.prose())
    return replace(
        listed,
        parts=tuple(points),
        wrong_answers=tuple(wrong),
        model_answer=canonical(model) if model else "",
        marks=full,
    )


def _noted(point: Part, name: str, text: str, classes: tuple[str, ...]) -> Part:
    match name:
        case "accept":
            return replace(point, accept=(*point.accept, text))
        case "reject":
            return replace(point, reject=(*point.reject, text))
        case "ignore":
            return replace(point, ignore=(*point.ignore, text))
        case "word":
            return replace(point, required_word=text)
        case "exactly":
            return replace(point, exactly=text, credited_by=_named(classes, "board-"))
    return point


def _named(classes: Iterable[str], prefix: str) -> tuple[str, ...]:
    return tuple(one.removeprefix(prefix) for one in classes if one.startswith(prefix))


def _number_in(found: tuple[str, ...]) -> float:
    """A number of marks that a page states, 1 where it is none."""
    text = found[0] if found else ""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1.0
