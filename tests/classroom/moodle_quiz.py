"""A quiz that Moodle makes of questions of the course, and its report of responses."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from classes import DAY, Class
from handouts import MADE
from lxml import etree, html

from tutor.classroom.collection.moodle_results import TakenIn, take_in
from tutor.course.loader import CourseFolder
from tutor.exchange.moodle import as_moodle
from tutor.exchange.rendering import seed_of
from tutor.exchange.sheets import sheet
from tutor.session.bank import Bank

#: When the tutor takes in the report.
AT = MADE + DAY
#: As Moodle tells an attempt that is not handed in yet.
GOES_ON = {"Status": "In progress", "Completed": "-", "Duration": "-", "Grade/10.00": "-"}


def taken(course: Class, path: Path, at: datetime = AT) -> TakenIn:
    """What a tutor's class makes of the report in a file."""
    return take_in(course.register, course.key, path, seed_of, at)


def shown(element: Any) -> str:
    """What Moodle makes of a text in HTML where it tells it: characters alone."""
    text = element.findtext("text") or ""
    return " ".join(html.fromstring(f"<div>{text}</div>").text_content().split())


class Quiz:
    """The quiz that Moodle makes of the questions that `tutor export moodle` writes."""

    def __init__(self, files: CourseFolder, ids: Sequence[str]) -> None:
        bank = Bank(files)
        sheets = [sheet(files, bank.by_id[one], None) for one in ids]
        root = etree.fromstring(as_moodle("Course", sheets, None))
        self.questions = [one for one in root if one.get("type") != "category"]
        self.ids = list(ids)
        self.models = [getattr(bank.by_id[one].question, "model_answer", "") for one in ids]

    def right(self, question: Any, wrong: bool = False) -> str:
        """The response to a question with full marks, or without any, as Moodle sums it up."""
        match question.get("type"):
            case "multichoice":
                chosen = [
                    shown(one)
                    for one in question.findall("answer")
                    if (float(one.get("fraction")) > 0) is not wrong
                ]
                return chosen[0] if question.findtext("single") == "true" else "; ".join(chosen)
            case "ordering":
                parts = [shown(one) for one in question.findall("answer")]
                parts = parts[::-1] if wrong else parts
                return "; ".join(one if len(one) <= 10 else one[:7] + "..." for one in parts)
            case "matching":
                pairs = question.findall("subquestion")
                partners = [one.findtext("answer/text") for one in pairs]
                partners = partners[1:] + partners[:1] if wrong else partners
                return "; ".join(
                    f"{shown(one)} -> {partner}"
                    for one, partner in zip(pairs, partners, strict=True)
                    if shown(one)
                )
            case "numerical":
                return "99999" if wrong else (question.findtext("answer/text") or "")
        return "It rains." if wrong else self.models[self.questions.index(question)]

    def responses(
        self, of: Mapping[str, Sequence[str]], texts: bool = True, **more: str
    ) -> list[dict[str, str]]:
        """The report of responses: a line for each learner, by their ID numbers."""
        lines = []
        for who, given in of.items():
            line = {
                "Last name": "Learner",
                "First name": who,
                "ID number": who,
                "Email address": f"{who}@class.example",
                "Status": "Finished",
                "Started": "20 November 2026  10:00 AM",
                "Completed": "20 November 2026  10:40 AM",
                "Duration": "40 mins",
                "Grade/10.00": "7.00",
            } | more
            for number, (question, text) in enumerate(zip(self.questions, given, strict=True), 1):
                if texts:
                    line[f"Question {number}"] = shown(question.find("questiontext"))
                line[f"Response {number}"] = text
            lines.append(line)
        return lines


def written(path: Path, lines: Sequence[Mapping[str, str]], separator: str = ",") -> Path:
    file = io.StringIO()
    table = csv.DictWriter(file, list(lines[0]), delimiter=separator)
    table.writeheader()
    table.writerows(lines)
    if "Grade/10.00" in lines[0]:
        average = {"Last name": "Overall average", "Grade/10.00": "7.00"}
        table.writerow({**dict.fromkeys(lines[0], ""), **average})
    path.write_bytes(b"\xef\xbb\xbf" + file.getvalue().encode())
    return path
