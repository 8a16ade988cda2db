"""Questions read from Moodle XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec.structs import replace

from tutor.course.text import clean, one_line
from tutor.exchange.listed import Listed, Part, Reading, tagged
from tutor.exchange.moodle import ORDER_CREDIT
from tutor.exchange.opening import (
    LARGEST_WITH_PICTURES,
    id_of,
    named,
    number_of,
    read_list,
    refuse_many,
)
from tutor.exchange.page import Page, read_text
from tutor.exchange.pages import read_after, read_feedback, read_scheme, read_stem
from tutor.exchange.taking import Notes, NotTaken, of_numbers, of_shares, of_short, refuse_parts
from tutor.words import exchange as words

#: All that may stand before the first element.
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_CREDIT = {moodle: here for here, moodle in ORDER_CREDIT.items()}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle(path: Path) -> Reading:
    """The questions of a Moodle XML file.

    Raises:
        ValueError: it is none, or not to be trusted.
        OSError: it cannot be read.
    """
    root = _root(path)
    found: list[tuple[Listed, tuple[str, ...]]] = []
    left: list[tuple[str, str]] = []
    title = ""
    for element in root.iterfind("question"):
        kind = element.get("type") or ""
        if kind == "category":
            names = (element.findtext("category/text") or "").replace("//", "\0").split("/")
            title = title or one_line(names[-1].replace("\0", "/"), 100)
            continue
        name = one_line(element.findtext("name/text") or "")
        try:
            found.append(_Taken(element, name).question(kind))
        except NotTaken as reason:
            left.append((name, str(reason)))
        refuse_many(len(found) + len(left), path)
    return Reading(tuple(found), tuple(left), title)


def _root(path: Path) -> etree._Element:
    text = read_list(path, LARGEST_WITH_PICTURES)
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<!", start):
        raise ValueError(words.DOCTYPE.format(file=named(path)))
    # Neither entities nor anything beyond the file, whatever it declares.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True
    )
    try:
        root = etree.fromstring(text[start:].encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        reason = one_line(error.msg or "", 200)
        raise ValueError(words.NOT_XML.format(file=named(path), reason=reason)) from None
    if root.tag != "quiz":
        tag = one_line(str(root.tag), 60)
        raise ValueError(words.NOT_MOODLE.format(file=named(path), tag=tag))
    return root


class _Taken:
    """Takes one question in."""

    def __init__(self, element: etree._Element, name: str) -> None:
        self._element = element
        self._name = name
        self._notes = Notes()

    def question(self, kind: str) -> tuple[Listed, tuple[str, ...]]:
        take = {
            "multichoice": self._choice,
            "truefalse": self._choice,
            "ordering": self._ordering,
            "matching": self._matching,
            "match": self._matching,
            "numerical": self._numeric,
            "essay": self._essay,
            "shortanswer": self._short,
        }.get(kind)
        if take is None:
            raise NotTaken(words.KIND_UNKNOWN.format(kind=one_line(kind, 40)))
        element = self._element
        refuse_parts(len(element.findall("answer")) + len(element.findall("subquestion")))
        tags = [found.text or "" for found in element.iterfind("tags/tag/text")]
        marks = number_of(element.findtext("defaultgrade") or "")
        known: dict[str, Any] = tagged(map(clean, tags))
        hints = (self._page(hint).line() for hint in element.iterfind("hint"))
        listed = Listed(
            id=id_of(element.findtext("idnumber") or "", self._name),
            name=self._name,
            kind="single",
            stem="",
            marks=1.0 if marks is None else marks,
            hint=" ".join(filter(None, hints)),
            **known,
        )
        listed = read_stem(listed, self._page(element.find("questiontext")))
        listed = read_after(listed, self._page(element.find("generalfeedback")))
        if not listed.stem:
            raise NotTaken(words.NO_STEM)
        if any(self._page(element.find(name)).pieces for name in _COMBINED):
            self._notes.add(words.COMBINED)
        return take(listed), self._notes.told

    def _page(self, element: etree._Element | None) -> Page:
        """What an element that holds text says."""
        if element is None:
            return Page()
        found = element.find("text")
        # Tags belong into CDATA; where they do not stand in it, their text is still kept.
        text = "" if found is None else "".join(map(str, found.itertext()))
        try:
            page = read_text(text, element.get("format") or "html")
        except ValueError as error:
            raise NotTaken(one_line(str(error))) from None
        # Plots of ours stand in parts that are made anew.
        self._notes.pictures += page.pictures
        return page

    def _parts(self) -> tuple[Part, ...]:
        found = []
        for answer in self._element.iterfind("answer"):
            one = Part(text=self._page(answer).line(), share=_share(answer))
            feedback = answer.find("feedback")
            found.append(read_feedback(one, self._page(feedback)))
        return tuple(found)

    def _choice(self, listed: Listed) -> Listed:
        is_single = (self._element.findtext("single") or "true").strip() in ("true", "1")
        shuffled = (self._element.findtext("shuffleanswers") or "true").strip() in ("true", "1")
        parts = of_shares(self._parts(), is_single, self._notes)
        kind = "single" if is_single else "multi"
        return replace(listed, kind=kind, parts=parts, fixed_order=not shuffled)

    def _ordering(self, listed: Listed) -> Listed:
        credit = (self._element.findtext("gradingtype") or "").strip()
        parts = tuple(replace(one, share=0.0) for one in self._parts())
        return replace(
            listed, kind="ordering", parts=parts, partial_credit=_CREDIT.get(credit, "")
        )

    def _matching(self, listed: Listed) -> Listed:
        pairs = [
            Part(
                text=self._page(pair).line(),
                partner=one_line(pair.findtext("answer/text") or "", 400),
            )
            for pair in self._element.iterfind("subquestion")
        ]
        return replace(listed, kind="matching", parts=tuple(pairs))

    def _numeric(self, listed: Listed) -> Listed:
        units = [one.text or "" for one in self._element.iterfind("units/unit/unit_name")]
        answers = []
        for answer in self._element.iterfind("answer"):
            one = Part(text=(answer.findtext("text") or "").strip(), share=_share(answer))
            one = read_feedback(one, self._page(answer.find("feedback")))
            answers.append((one, answer.findtext("tolerance") or "0"))
        listed = replace(listed, unit=one_line(units[0], 40) if units else "")
        return of_numbers(listed, answers, self._notes)

    def _essay(self, listed: Listed) -> Listed:
        notes = self._page(self._element.find("graderinfo"))
        if notes.pieces and not notes.lines("point"):
            self._notes.add(words.GRADER_NOTES)
        return read_scheme(replace(listed, kind="text"), notes)

    def _short(self, listed: Listed) -> Listed:
        return of_short(listed, self._parts(), self._notes)


def _share(answer: etree._Element) -> float:
    share = number_of(answer.get("fraction") or "0")
    return 0.0 if share is None else max(-100.0, min(100.0, share))
