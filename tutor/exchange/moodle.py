"""Questions as Moodle XML."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from lxml import etree

from tutor.course.text import pretty_unit
from tutor.exchange import markup
from tutor.exchange.listed import Listed, Part, plain_number
from tutor.exchange.page import PREFIX
from tutor.exchange.pages import (
    after_page,
    feedback_page,
    scheme_page,
    stem_page,
    text_drawing,
)
from tutor.exchange.pictures import Album, as_text
from tutor.exchange.sheets import Sheet
from tutor.plot.figure import Plot

#: The shares that Moodle knows, in per cent; others are refused or bent on the way in.
SHARES = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
#: What a wrong try costs where tries are several.
_PENALTY = "0.3333333"
_TYPES = {
    "single": "multichoice",
    "multi": "multichoice",
    "ordering": "ordering",
    "matching": "matching",
    "numeric": "numerical",
    "text": "essay",
}
#: How Moodle's own type grades a partly right order.
ORDER_CREDIT = {
    "longest_run": "LONGEST_ORDERED_SUBSET",
    "adjacent_pairs": "RELATIVE_NEXT_EXCLUDE_LAST",
    "all_or_nothing": "ALL_OR_NOTHING",
}


def as_moodle(course: str, sheets: Iterable[Sheet], album: Album | None) -> bytes:
    """The questions as a Moodle XML file, in a category for each phase.

    Args:
        course: The title of the course.
        sheets: The questions.
        album: Where pictures are drawn; None for plots of characters.

    Raises:
        ValueError: matplotlib is not installed.
    """
    quiz = etree.Element("quiz")
    category = ""
    for sheet in sheets:
        names = (course, sheet.module, sheet.phase)
        # Two slashes are one in a name; a single one parts a category from the one in it.
        path = "$course$/top/" + "/".join(name.replace("/", "//") for name in names)
        if path != category:
            category = path
            _text(_sub(_sub(quiz, "question", type="category"), "category"), path)
        quiz.append(_Writer(album).question(sheet))
    return etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def share_text(share: float) -> str:
    """The share that Moodle knows which is nearest."""
    near = min(SHARES, key=lambda known: abs(float(known) - abs(share)))
    return f"-{near}" if share < 0 and near != "0" else near


class _Writer:
    """Writes one question."""

    def __init__(self, album: Album | None) -> None:
        self._album = album

    def question(self, sheet: Sheet) -> etree._Element:
        listed = sheet.listed
        found = etree.Element("question", type=_TYPES[listed.kind])
        _text(_sub(found, "name"), listed.id)
        self._page(_sub(found, "questiontext"), sheet, stem_page(sheet, self._draw))
        self._page(_sub(found, "generalfeedback"), sheet, after_page(sheet, self._draw))
        _sub(found, "defaultgrade", plain_number(listed.marks))
        _sub(found, "penalty", "0" if listed.kind == "text" else _PENALTY)
        _sub(found, "hidden", "0")
        _sub(found, "idnumber", listed.id)
        match listed.kind:
            case "single" | "multi":
                self._choice(found, sheet)
            case "ordering":
                self._ordering(found, listed)
            case "matching":
                self._matching(found, listed)
            case "numeric":
                self._numeric(found, sheet)
            case "text":
                self._essay(found, listed)
        if listed.hint:
            _html(_sub(found, "hint"), markup.paragraph(listed.hint))
        tags = _sub(found, "tags")
        for tag in listed.tags:
            _text(_sub(tags, "tag"), tag)
        return found

    def _draw(self, plots: tuple[Plot, ...], told: str) -> str:
        if self._album is None:
            return text_drawing(as_text(plots))
        name = self._album.add(plots)
        image = markup.image(f"@@PLUGINFILE@@/{name}", told)
        return f'<p class="{PREFIX}plot">{image}</p>'

    def _page(self, parent: etree._Element, sheet: Sheet, page: str) -> None:
        """A page with the pictures that it shows beside it."""
        _html(parent, page)
        if self._album is None:
            return
        for name, data in self._album.files.items():
            if f"@@PLUGINFILE@@/{name}" in page:
                encoded = base64.b64encode(data).decode("ascii")
                _sub(parent, "file", encoded, name=name, path="/", encoding="base64")

    def _choice(self, found: etree._Element, sheet: Sheet) -> None:
        listed = sheet.listed
        _sub(found, "single", "true" if listed.kind == "single" else "false")
        _sub(found, "shuffleanswers", "false" if listed.fixed_order else "true")
        _sub(found, "answernumbering", "abc")
        _sub(found, "showstandardinstruction", "1")
        for one, refutation in zip(listed.parts, sheet.refutations, strict=True):
            answer = _sub(found, "answer", fraction=share_text(one.share))
            _html(answer, markup.escaped(one.text))
            _html(_sub(answer, "feedback"), feedback_page(one, refutation))

    def _ordering(self, found: etree._Element, listed: Listed) -> None:
        _sub(found, "layouttype", "VERTICAL")
        _sub(found, "selecttype", "ALL")
        _sub(found, "selectcount", "0")
        _sub(found, "gradingtype", ORDER_CREDIT[listed.partial_credit])
        _sub(found, "showgrading", "SHOW")
        _sub(found, "numberingstyle", "none")
        for place, one in enumerate(listed.parts, 1):
            answer = _sub(found, "answer", fraction=str(place))
            _html(answer, markup.escaped(one.text))

    def _matching(self, found: etree._Element, listed: Listed) -> None:
        _sub(found, "shuffleanswers", "true")
        for one in listed.parts:
            pair = _sub(found, "subquestion")
            _html(pair, markup.escaped(one.text))
            # The partners stand in a menu, which shows plain text.
            _text(_sub(pair, "answer"), one.partner)

    def _numeric(self, found: etree._Element, sheet: Sheet) -> None:
        listed = sheet.listed
        assert listed.number is not None
        right = Part(text=plain_number(listed.number), share=100.0)
        # Moodle takes the first that an answer fits, so the right one comes first.
        for one, near, refutation in zip(
            (right, *listed.parts),
            (listed.within, *sheet.tolerances),
            ("", *sheet.refutations),
            strict=True,
        ):
            answer = _sub(found, "answer", fraction=share_text(one.share), format="plain_text")
            _sub(answer, "text", one.text)
            _html(_sub(answer, "feedback"), feedback_page(one, refutation))
            _sub(answer, "tolerance", plain_number(near))
        if listed.unit:
            units = _sub(found, "units")
            for name in dict.fromkeys((listed.unit, pretty_unit(listed.unit))):
                unit = _sub(units, "unit")
                _sub(unit, "multiplier", "1")
                _sub(unit, "unit_name", name)
        # The unit may be typed and is not marked; without one there is nothing to type.
        _sub(found, "unitgradingtype", "0")
        _sub(found, "unitpenalty", "0.1")
        _sub(found, "showunits", "0" if listed.unit else "3")
        _sub(found, "unitsleft", "0")

    def _essay(self, found: etree._Element, listed: Listed) -> None:
        _sub(found, "responseformat", "editor")
        _sub(found, "responserequired", "1")
        _sub(found, "responsefieldlines", "10")
        _sub(found, "attachments", "0")
        _sub(found, "attachmentsrequired", "0")
        _html(_sub(found, "graderinfo"), scheme_page(listed))
        _html(_sub(found, "responsetemplate"), "")


def _sub(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def _text(parent: etree._Element, text: str) -> None:
    _sub(parent, "text", text)


def _html(parent: etree._Element, page: str) -> None:
    parent.set("format", "html")
    text = _sub(parent, "text")
    text.text = etree.CDATA(page) if page and "]]>" not in page else page or None
