"""`tutor check` and `tutor schema`."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from tutor.authoring.check import check_course
from tutor.course.model import Course, Misconceptions, Phase

_STRUCTS = {"phase": Phase, "course": Course, "misconceptions": Misconceptions}


def run_check(folder: Path | None, as_json: bool) -> bool:
    """Print what is wrong in the course; True where anything is."""
    report = check_course(folder)
    for error in report.errors:
        if as_json:
            found = {
                "file": error.file,
                "line": error.place.line,
                "column": error.place.column,
                "item": error.item,
                "message": error.message,
            }
            print(json.dumps(found))
        else:
            print(error)
    if not as_json:
        verdict = f"{len(report.errors)} errors" if report.errors else "all proved, no errors"
        print(f"{report.phases} phases, {report.questions} questions: {verdict}")
    return bool(report.errors)


def run_schema(kind: str) -> None:
    """Print the JSON Schema of one kind of content file."""
    document = msgspec.json.schema(_STRUCTS[kind])
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    print(json.dumps(document, indent=2))
