"""Questions read from GIFT, as Moodle reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tutor.course.text import clean, one_line
from tutor.exchange.listed import Listed, Part, Reading, tagged
from tutor.exchange.opening import LARGEST, id_of, number_of, read_list, refuse_many
from tutor.exchange.page import LONGEST_HTML, Page, read_text
from tutor.exchange.pages import read_after, read_feedback, read_stem
from tutor.exchange.taking import Notes, NotTaken, of_numbers, of_shares, of_short, refuse_parts
from tutor.words import exchange as words

_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_WEIGHT = re.compile(r"\s*%(-?[0-9.]{1,12})%")
_TAG = re.compile(r"\[(id|tag):([^\]\n]{1,200})\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")


class _Text:
    """A stretch of GIFT, with where its characters act: those that are escaped do not."""

    def __init__(self, text: str, mask: str | None = None) -> None:
        self.text = text
        # As long as the text, so that places agree.
        self.mask = _ESCAPE.sub("\0\0", text) if mask is None else mask

    def cut(self, start: int, end: int | None = None) -> _Text:
        return _Text(self.text[start:end], self.mask[start:end])

    def split(self, signs: str) -> list[_Text]:
        """The stretches between acting signs, each with the sign that it begins with.

        Raises:
            NotTaken: there are too many.
        """
        places = [i for i, character in enumerate(self.mask) if character in signs]
        refuse_parts(len(places))
        ends = [*places[1:], len(self.text)]
        return [self.cut(start, end) for start, end in zip(places, ends, strict=True)]

    def parted(self, sign: str) -> tuple[_Text, _Text]:
        """What is before and after the first acting sign."""
        place = self.mask.find(sign)
        if place < 0:
            return self, _Text("")
        return self.cut(0, place), self.cut(place + len(sign))

    @property
    def said(self) -> str:
        """The characters that it stands for."""
        return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], self.text).strip()


def read_gift(path: Path) -> Reading:
    """The questions of a GIFT file.

    Raises:
        ValueError: it is none.
        OSError: it cannot be read.
    """
    text = clean(read_list(path, LARGEST), LARGEST)
    found: list[tuple[Listed, tuple[str, ...]]] = []
    left: list[tuple[str, str]] = []
    title = ""
    for lines, comments in _stretches(text):
        if lines[0].startswith("$CATEGORY:"):
            names = lines[0].removeprefix("$CATEGORY:").replace("//", "\0").split("/")
            title = title or one_line(names[-1].replace("\0", "/"), 100)
            lines = lines[1:]
            if not any(line.strip() for line in lines):
                continue
        taken = _Taken("\n".join(lines).strip(), comments)
        try:
            found.append(taken.question())
        except NotTaken as reason:
            left.append((taken.name, str(reason)))
        refuse_many(len(found) + len(left), path)
    return Reading(tuple(found), tuple(left), title)


def _stretches(text: str) -> Iterator[tuple[list[str], str]]:
    """The lines of each question, without comments, and the comments before and in it."""
    lines: list[str] = []
    comments = ""
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("//"):
            comments += line
        elif line.strip():
            lines.append(line)
        elif lines:
            yield lines, comments
            lines, comments = [], ""


class _Taken:
    """Takes one question in."""

    def __init__(self, text: str, comments: str) -> None:
        self._text = _Text(text)
        self._known = _TAG.findall(comments)
        self._notes = Notes()
        self._format = "moodle"
        self.name = one_line(text, 60)

    def question(self) -> tuple[Listed, tuple[str, ...]]:
        text = self._text
        name = ""
        if text.mask.startswith("::") and (end := text.mask.find("::", 2)) > 0:
            name = one_line(text.cut(2, end).said)
            self.name = name
            text = text.cut(end + 2)
        start, end = text.mask.find("{"), text.mask.find("}")
        if start < 0 and end < 0:
            raise NotTaken(words.KIND_UNKNOWN.format(kind="description"))
        if not 0 <= start < end:
            raise NotTaken(words.NOT_UNDERSTOOD.format(reason=words.BRACE))
        stem, answers, rest = text.cut(0, start), text.cut(start + 1, end), text.cut(end + 1)
        if rest.said:
            stem = _Text(f"{stem.text.rstrip()} _____ {rest.text.lstrip()}")
            self._notes.add(words.TEXT_AFTER)
        place = answers.mask.rfind("####")
        after = _Text("")
        if place >= 0:
            answers, after = answers.cut(0, place), answers.cut(place + 4)
        tags: dict[str, Any] = tagged(value for what, value in self._known if what == "tag")
        ids = [value for what, value in self._known if what == "id"]
        listed = Listed(id=id_of(*ids, name), name=name, kind="text", stem="", **tags)
        if found := _FORMAT.match(stem.text):
            self._format = found[1]
        listed = read_stem(listed, self._page(stem))
        listed = read_after(listed, self._page(after))
        if not listed.stem:
            raise NotTaken(words.NO_STEM)
        return self._answered(listed, answers), self._notes.told

    def _page(self, text: _Text) -> Page:
        form = self._format
        if found := _FORMAT.match(text.text):
            form = found[1]
            text = text.cut(found.end())
        if len(text.text) > LONGEST_HTML:
            raise NotTaken(words.TOO_LONG.format(most=LONGEST_HTML))
        try:
            page = read_text(text.said, form)
        except ValueError as error:
            raise NotTaken(one_line(str(error))) from None
        self._notes.pictures += page.pictures
        return page

    def _answered(self, listed: Listed, answers: _Text) -> Listed:
        bare = answers.mask.strip()
        if not bare:
            return listed
        if bare.startswith("#"):
            return self._numeric(listed, answers.parted("#")[1])
        if "~" in bare:
            return self._choice(listed, answers)
        if "=" in bare and "->" in bare:
            return self._matching(listed, answers)
        if answers.parted("#")[0].said in (*_TRUE, *_FALSE):
            return self._truth(listed, answers)
        return self._short(listed, answers)

    def _choice(self, listed: Listed, answers: _Text) -> Listed:
        is_single = "=" in answers.mask
        parts = tuple(self._part(one) for one in answers.split("~="))
        return replace(
            listed,
            kind="single" if is_single else "multi",
            parts=of_shares(parts, is_single, self._notes),
        )

    def _part(self, text: _Text) -> Part:
        share, rest = self._weighed(text)
        said, feedback = rest.parted("#")
        one = Part(text=self._page(said).line(), share=share)
        return read_feedback(one, self._page(feedback))

    def _weighed(self, text: _Text) -> tuple[float, _Text]:
        """The share of an answer that begins with its sign, and the answer."""
        share = 100.0 if text.mask.startswith("=") else 0.0
        text = text.cut(1)
        if found := _WEIGHT.match(text.text):
            weight = number_of(found[1])
            if weight is None:
                raise NotTaken(words.NOT_UNDERSTOOD.format(reason=words.WEIGHT))
            return max(-100.0, min(100.0, weight)), text.cut(found.end())
        return share, text

    def _matching(self, listed: Listed, answers: _Text) -> Listed:
        parts = []
        for one in answers.split("="):
            item, partner = one.cut(1).parted("->")
            parts.append(Part(text=self._page(item).line(), partner=one_line(partner.said, 400)))
        places = [one.text for one in parts]
        if len(parts) > 2 and places == [str(n) for n in range(1, len(parts) + 1)]:
            ordered = tuple(Part(text=one.partner) for one in parts)
            return replace(listed, kind="ordering", parts=ordered)
        return replace(listed, kind="matching", parts=tuple(parts))

    def _numeric(self, listed: Listed, answers: _Text) -> Listed:
        found = []
        listed_ones = answers.split("=~") if answers.mask.strip()[:1] in ("=", "~") else ()
        for text in listed_ones or (_Text(f"={answers.text}"),):
            is_any = text.mask.startswith("~")
            share, rest = self._weighed(text)
            said, feedback = rest.parted("#")
            number, within = _range(said.said)
            one = Part(text="*" if is_any else number, share=share)
            found.append((read_feedback(one, self._page(feedback)), within))
        return of_numbers(listed, found, self._notes)

    def _truth(self, listed: Listed, answers: _Text) -> Listed:
        key, told = answers.parted("#")
        wrong, right = told.parted("#")
        is_true = key.said in _TRUE
        feedback = (right, wrong) if is_true else (wrong, right)
        parts = tuple(
            read_feedback(
                Part(text=text, share=100.0 if is_true == value else 0.0), self._page(said)
            )
            for text, value, said in zip(("True", "False"), (True, False), feedback, strict=True)
        )
        return replace(listed, kind="single", parts=parts)

    def _short(self, listed: Listed, answers: _Text) -> Listed:
        whole = answers if "=" in answers.mask else _Text(f"={answers.text.strip()}")
        parts = tuple(self._part(one) for one in whole.split("="))
        return of_short(listed, parts, self._notes)


def _range(text: str) -> tuple[str, str]:
    """The number and its tolerance of `5:0.5`, `4.5..5.5` or `5`."""
    low, dots, high = text.partition("..")
    ends = number_of(low), number_of(high)
    if dots and ends[0] is not None and ends[1] is not None:
        return f"{(ends[0] + ends[1]) / 2:.12g}", f"{abs(ends[1] - ends[0]) / 2:.12g}"
    number, _, within = text.partition(":")
    return number.strip(), within.strip() or "0"
