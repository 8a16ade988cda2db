"""What Moodle's own import asks of a file: question/format/xml/format.php, and the types' forms.

Written against the rules, with the standard library alone, and none of our own writer's parts.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

FRACTIONS = {
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667),
    *(14.28571, 12.5, 11.11111, 10, 5, 0),
}
ORDER_GRADES = {
    *("ALL_OR_NOTHING", "ABSOLUTE_POSITION", "RELATIVE_NEXT_EXCLUDE_LAST"),
    *("RELATIVE_NEXT_INCLUDE_LAST", "RELATIVE_ONE_PREVIOUS_AND_NEXT"),
    *("RELATIVE_ALL_PREVIOUS_AND_NEXT", "LONGEST_ORDERED_SUBSET", "LONGEST_CONTIGUOUS_SUBSET"),
    "RELATIVE_TO_CORRECT",
}
LONGEST_NAME, LONGEST_IDNUMBER, LONGEST_TAG = 255, 100, 50
_ACTIVE = {"script", "iframe", "object", "embed", "form", "link", "meta"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE or any(name.startswith("on") for name, _ in attrs):
            self.wrong.append(tag)
        if tag == "img":
            self.images.append(dict(attrs)["src"] or "")
            if not dict(attrs).get("alt"):
                self.wrong.append("img without alt")
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def imported(file: Path) -> tuple[dict[str, ElementTree.Element], Counter[str]]:
    """The questions that Moodle takes in, by idnumber; and how many of each type.

    Raises:
        AssertionError: it would refuse or bend something.
    """
    root = ElementTree.fromstring(file.read_bytes())
    assert root.tag == "quiz"
    found: dict[str, ElementTree.Element] = {}
    types: Counter[str] = Counter()
    assert root[0].get("type") == "category"
    for question in root:
        assert question.tag == "question"
        kind = question.get("type") or ""
        types[kind] += 1
        if kind == "category":
            assert _text(question, "category").startswith("$course$/top/")
            continue
        _headers(question)
        _RULES[kind](question)
        idnumber = question.findtext("idnumber") or ""
        assert idnumber not in found, f"idnumber {idnumber} twice"
        found[idnumber] = question
    return found, types


def _text(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(f"{path}/text") or "").strip()


def _headers(question: ElementTree.Element) -> None:
    name = _text(question, "name")
    assert 0 < len(name) <= LONGEST_NAME
    assert 0 < len(question.findtext("idnumber") or "") <= LONGEST_IDNUMBER
    assert _text(question, "questiontext")
    assert float(question.findtext("defaultgrade") or "") > 0
    assert 0 <= float(question.findtext("penalty") or "") <= 1
    assert question.findtext("hidden") == "0"
    tags = [tag.findtext("text") or "" for tag in question.iterfind("tags/tag")]
    assert tags
    assert len(tags) == len(set(tags))
    assert all(0 < len(tag) <= LONGEST_TAG for tag in tags)
    for element in question.iter():
        if element.get("format") == "html":
            _page(element)
    for hint in question.iterfind("hint"):
        assert _text(hint, ".")


def _page(element: ElementTree.Element) -> None:
    """HTML whose tags are closed, and whose pictures stand beside it."""
    tags = _Tags()
    tags.feed(element.findtext("text") or "")
    tags.close()
    assert not tags.wrong, tags.wrong
    assert not tags.open, tags.open
    files = {file.get("name"): file for file in element.iterfind("file")}
    assert len(files) == len(element.findall("file"))
    shown = [image.removeprefix("@@PLUGINFILE@@/") for image in tags.images]
    assert set(shown) == set(files)
    for name, file in files.items():
        assert (file.get("encoding"), file.get("path")) == ("base64", "/")
        data = base64.b64decode(file.text or "", validate=True)
        assert data.startswith(b"\x89PNG" if str(name).endswith(".png") else b"<?xml")


def _fractions(question: ElementTree.Element) -> list[float]:
    found = []
    for answer in question.iterfind("answer"):
        assert _text(answer, ".")
        fraction = float(answer.get("fraction") or "nan")
        assert abs(fraction) in FRACTIONS, fraction
        found.append(fraction)
    return found


def _multichoice(question: ElementTree.Element) -> None:
    fractions = _fractions(question)
    assert len(fractions) >= 2
    assert question.findtext("single") in ("true", "false")
    assert question.findtext("shuffleanswers") in ("true", "false")
    assert question.findtext("answernumbering") in ("none", "abc", "ABCD", "123", "iii", "IIII")
    assert all(_text(answer, "feedback") for answer in question.iterfind("answer"))
    if question.findtext("single") == "true":
        assert max(fractions) == 100
    else:
        assert abs(sum(fraction for fraction in fractions if fraction > 0) - 100) < 0.01


def _matching(question: ElementTree.Element) -> None:
    pairs = [
        (_text(pair, "."), _text(pair, "answer")) for pair in question.iterfind("subquestion")
    ]
    assert all(answer for _, answer in pairs)
    assert sum(bool(item) for item, _ in pairs) >= 2
    assert len({answer for _, answer in pairs}) >= 3
    assert question.findtext("shuffleanswers") == "true"


def _numerical(question: ElementTree.Element) -> None:
    fractions = _fractions(question)
    assert fractions[0] == 100
    for answer in question.iterfind("answer"):
        for text in (_text(answer, "."), answer.findtext("tolerance") or ""):
            assert re.fullmatch(r"-?\d+(\.\d+)?", text), text
    units = [unit.findtext("unit_name") for unit in question.iterfind("units/unit")]
    assert all(units)
    assert len(units) == len(set(units))
    assert question.findtext("showunits") == ("0" if units else "3")


def _ordering(question: ElementTree.Element) -> None:
    assert len(question.findall("answer")) >= 3
    assert question.findtext("gradingtype") in ORDER_GRADES
    assert question.findtext("selecttype") == "ALL"
    assert question.findtext("layouttype") in ("VERTICAL", "HORIZONTAL")


def _essay(question: ElementTree.Element) -> None:
    assert question.findtext("responseformat") == "editor"
    assert _text(question, "graderinfo")


_RULES = {
    "multichoice": _multichoice,
    "matching": _matching,
    "numerical": _numerical,
    "ordering": _ordering,
    "essay": _essay,
}
