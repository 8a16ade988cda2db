"""New courses, phases, questions and misconceptions from templates that pass the check."""

from __future__ import annotations

import re
from importlib.resources import files as packaged
from pathlib import Path
from textwrap import indent
from typing import TypeVar

import msgspec
import yaml

from tutor.authoring.check.coverage import KINDS
from tutor.course.decode import decode
from tutor.course.fields import Id
from tutor.course.loader import COURSE_FILE, MISCONCEPTIONS_FILE, CourseFolder, phase_file
from tutor.course.model import Course, Misconceptions, Phase
from tutor.course.rules import course_problems, misconceptions_problems, phase_problems
from tutor.course.text import one_line
from tutor.course.yaml_values import read

S = TypeVar("S", Course, Phase, Misconceptions)

#: A phase begins with these, so that its objective is asked twice.
FIRST_KINDS = ("single", "numeric")
#: Templates whose options show a misconception.
_NAMING = ("single", "multi")


class CannotBegin(Exception):
    """Nothing was written; one clear sentence says why."""


def new_course(folder: Path, title: str = "A new course") -> list[Path]:
    """Write a course with one phase into `folder`; gives the files.

    Raises:
        CannotBegin: the folder is not empty, or its name gives no id.
        OSError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotBegin(f"{one_line(str(folder))} is there already; give a new folder")
    course_id = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-0123456789")
    phase_id = "first"
    texts = {
        COURSE_FILE: _filled(
            "course",
            course=course_id or "course",
            title=_quotable(title),
            phase=phase_id,
            **{"phase title": "The first phase"},
        ),
        MISCONCEPTIONS_FILE: _bank_text("M1"),
        phase_file(phase_id): _phase_text(phase_id, "M1"),
    }
    written = []
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def new_phase(folder: Path, phase_id: str, title: str = "") -> list[Path]:
    """Write a phase into the course in `folder` and name it in `course.yaml`; gives both files.

    Raises:
        CannotBegin: the id is taken or no id, or there is no place for it in the course.
        ContentErrors: the course cannot be read.
        OSError: a file cannot be written.
    """
    files = CourseFolder(folder)
    path = folder / phase_file(phase_id)
    if not _is_id(phase_id):
        raise CannotBegin(
            f"{one_line(phase_id, 60)!r} cannot be an id; it has lower-case letters, digits, dots "
            "and hyphens"
        )
    if phase_id in files.phase_ids or path.exists():
        raise CannotBegin(f"the course has a phase {phase_id!r} already; give another id")
    entry = _filled(
        "entry",
        phase=phase_id,
        **{"phase title": _quotable(title or phase_id.replace("-", " ").capitalize())},
    )
    frame = folder / COURSE_FILE
    old = files.course
    changed = _appended(frame, ("modules", -1, "phases"), entry)
    new = _decoded(frame, changed, Course)
    kept = [e for module in new.modules for e in module.phases if e.id != phase_id]
    if kept != [e for module in old.modules for e in module.phases] or [*course_problems(new)]:
        raise CannotBegin(f"cannot see where the phases of {COURSE_FILE} end; add one by hand")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_phase_text(phase_id, _misconception(files)), encoding="utf-8")
    frame.write_bytes(changed.encode())
    return [path, frame]


def new_question(
    folder: Path, phase_id: str, kind: str = "single", question_id: str = ""
) -> tuple[Path, str]:
    """Write a question at the end of a phase's file; gives the file and the question's id.

    Raises:
        CannotBegin: the id is taken or no id, or the phase has no place for it.
        ContentErrors: the course or the phase cannot be read.
        OSError: the file cannot be written.
    """
    files = CourseFolder(folder)
    phase = files.phase(phase_id)
    path = folder / phase_file(phase_id)
    taken = {*files.course.retired}
    for each in files.phase_ids:
        known = files.phase(each)
        taken |= {item.id for item in (*known.questions, *known.steps, *known.objectives)}
    question_id = question_id or next(
        name for n in range(1, 10_000) if (name := f"{phase_id}.q{n}") not in taken
    )
    if not _is_id(question_id) or question_id in taken:
        raise CannotBegin(
            f"{one_line(question_id, 60)!r} cannot be the id: it is in use or was, or is no id of "
            "lower-case letters, digits, dots and hyphens"
        )
    if not phase.objectives:
        raise CannotBegin(f"{phase_file(phase_id)} has no objective yet; write one first")
    misconception = _misconception(files) if kind in _NAMING else ""
    item = _question_text(kind, question_id, phase.objectives[0].id, misconception)
    changed = _appended(path, ("questions",), item)
    new = _decoded(path, changed, Phase)
    if new.questions[:-1] != phase.questions or [*phase_problems(new)]:
        raise CannotBegin(f"cannot see where the questions of {path.name} end; add one by hand")
    path.write_bytes(changed.encode())
    return path, question_id


def new_misconception(folder: Path) -> tuple[Path, str]:
    """Write a misconception at the end of `misconceptions.yaml`; gives the file and its id.

    Raises:
        CannotBegin: the file has no place for it.
        ContentErrors: the file cannot be read.
        OSError: it cannot be written.
    """
    path = folder / MISCONCEPTIONS_FILE
    if not path.exists():
        path.write_text(_bank_text("M1"), encoding="utf-8")
        return path, "M1"
    known = CourseFolder(folder).misconceptions
    new_id = f"M{1 + max((int(name[1:]) for name in known), default=0)}"
    changed = _appended(path, ("misconceptions",), _filled("misconception", id=new_id))
    new = _decoded(path, changed, Misconceptions)
    if new.misconceptions[:-1] != tuple(known.values()) or [*misconceptions_problems(new)]:
        raise CannotBegin(f"cannot see where the list of {path.name} ends; add one by hand")
    path.write_bytes(changed.encode())
    return path, new_id


def _is_id(name: str) -> bool:
    try:
        msgspec.convert(name, Id)
    except msgspec.ValidationError:
        return False
    return True


def _misconception(files: CourseFolder) -> str:
    known = [*files.misconceptions]
    if not known:
        raise CannotBegin(
            f"{MISCONCEPTIONS_FILE} holds none yet; `tutor new misconception` writes one"
        )
    return known[0]


# Templates.


def _phase_text(phase_id: str, misconception: str) -> str:
    objective = f"{phase_id}.first"
    questions = [
        indent(_question_text(kind, f"{phase_id}.q{n}", objective, misconception), "  ") + "\n"
        for n, kind in enumerate(FIRST_KINDS, 1)
    ]
    return _filled("phase", phase=phase_id, questions="".join(questions))


def _bank_text(first: str) -> str:
    item = indent(_filled("misconception", id=first), "  ")
    return _filled("misconceptions", misconceptions=item)


def _question_text(kind: str, question_id: str, objective: str, misconception: str) -> str:
    assert kind in KINDS
    return _filled(kind, id=question_id, objective=objective, misconception=misconception)


def _filled(template: str, **values: str) -> str:
    text = (packaged("tutor.authoring") / "templates" / f"{template}.yaml").read_text("utf-8")
    return re.sub("«(.+?)»", lambda found: values[found.group(1)], text)


def _quotable(title: str) -> str:
    """A title as plain YAML, in quotes where it needs them."""
    text = one_line(title, 200)
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("\n...\n").strip()


# Writing into files that people have written.


def _appended(path: Path, to: tuple[str | int, ...], item: str) -> str:
    """The text of the file with `item` after the last one of the list at `to`.

    Raises:
        CannotBegin: there is no list that is written line by line.
    """
    text = path.read_bytes().decode("utf-8-sig")
    node = _found(yaml.compose(text, Loader=yaml.SafeLoader), to)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        raise CannotBegin(
            f"{path.name} has no list of {to[-1]} with an item a line; write the first by hand"
        )
    lines = text.splitlines(keepends=True)
    column = lines[node.value[0].start_mark.line].index("-")
    end = _end_of(node.value[-1])
    line = _past_comments(lines, end.line + (end.column > 0), column)
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = "".join(lines[:line]), "".join(lines[line:])
    if not before.endswith("\n"):
        before += newline
    # A question stands apart from the one before it, as people write them.
    gap = newline if to == ("questions",) and not before.endswith(newline * 2) else ""
    added = indent(item, " " * column).replace("\n", newline)
    apart = newline if gap and after.strip() and not after.startswith(newline) else ""
    return before + gap + added + apart + after


def _past_comments(lines: list[str], line: int, column: int) -> int:
    """The line after the comments that stand in the item that ends before `line`."""
    last = line
    for i, text in enumerate(lines[line:], line + 1):
        bare = text.strip()
        if bare and not (bare.startswith("#") and len(text) - len(text.lstrip()) > column):
            break
        last = i if bare else last
    return last


def _found(node: yaml.Node | None, to: tuple[str | int, ...]) -> yaml.Node | None:
    for step in to:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode) and node.value:
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return node


def _end_of(node: yaml.Node) -> yaml.Mark:
    """Where the text of a node ends; the parser lets a block end where the next one begins."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end_of(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end_of(node.value[-1])
    return node.end_mark


def _decoded(path: Path, text: str, struct: type[S]) -> S:
    return decode(path.name, read(path.name, text.encode()), struct)
