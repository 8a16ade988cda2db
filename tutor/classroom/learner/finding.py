"""Finding assignments and releases on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from tutor.classroom import assignment as files
from tutor.classroom.assignment import (
    Assignment,
    Release,
    read_assignment,
    read_release,
)
from tutor.classroom.files import MEGABYTE, FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.keeping import keep_assignment, kept, kept_folder, kept_release
from tutor.classroom.refusing import refuse_strange, refuse_unsound
from tutor.course.text import one_line
from tutor.journal.kinds import ASSIGNMENT
from tutor.journal.store import Journal
from tutor.words import assigned as words

#: So much of a file is read to tell what it is, of so many of the newest files of a folder.
HEAD_BYTES, MOST_FILES = 1024, 500
#: So many assignments and releases are read in all.
MOST_FOUND = 40
_HEAD = re.compile(rb'\s*\{\s*"format"\s*:\s*"([a-z-]+)"')


class Found(Struct, frozen=True):
    """A file that is an assignment or a release, or claims to be one.

    Attributes:
        path: Where it is.
        content: What it holds; None where it cannot be used.
        problem: Why it cannot, as a sentence; else empty.
    """

    path: Path
    content: Assignment | Release | None
    problem: str = ""


class Listed(Struct, frozen=True):
    """An assignment that can be opened.

    Attributes:
        assigned: The assignment.
        path: The file that holds it.
        release: The file that releases it, where there is one.
        changed: Where another file of the same assignment holds something else; else None.
    """

    assigned: Assigned
    path: Path
    release: Path | None = None
    changed: Path | None = None


def download_folder() -> Path | None:
    """The learner's Downloads folder; None where there is none."""
    from platformdirs import user_downloads_path

    for folder in (user_downloads_path(), Path.home() / "Downloads"):
        if folder.is_dir():
            return folder
    return None


def hand_in_folder() -> Path:
    """Where a submission is written, wherever the tutor was started: one place for all of them."""
    return download_folder() or Path.home()


def usual_folders() -> tuple[Path, ...]:
    """Where files are looked for: here, and among the downloads."""
    downloads = download_folder()
    return (Path.cwd(), *([] if downloads is None else [downloads]))


def form_of_file(path: Path) -> str:
    """What a file says that it is; empty where it is none of our files.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = _HEAD.match(file.read(HEAD_BYTES))
    return head[1].decode("ascii") if head else ""


def open_file(path: Path) -> Assignment | Release:
    """What a file holds, ready to be worked with; a release only where its assignment is kept.

    Raises:
        FileProblem: it is no assignment or release, or cannot be used; a sentence.
    """
    try:
        if not path.is_file():
            raise FileProblem(words.NO_FILE)
        if form_of_file(path) == files.RELEASE_FORMAT:
            release = read_release(path)
            refuse_strange(release, _assignment_of(release))
            return release
        assignment = read_assignment(path)
    except OSError as error:
        raise FileProblem(words.UNREADABLE.format(reason=error.strerror or error)) from None
    refuse_unsound(assignment)
    return assignment


def _assignment_of(release: Release) -> Assignment:
    found = kept(release.assignment)
    if found is None:
        raise FileProblem(words.NOT_OPENED_HERE)
    return found


def open_listed(path: Path, journal: Journal) -> tuple[Listed, str]:
    """Open the assignment in a file, or the one that a release in it is of, and keep it.

    Returns:
        The assignment, and what is to be told of its file; else nothing.

    Raises:
        FileProblem: it is no assignment or release, or cannot be used; a sentence.
        OSError: it cannot be kept.
        JournalError: the journal cannot be read.
    """
    content = open_file(path)
    if isinstance(content, Release):
        return Listed(Assigned(_assignment_of(content), journal), path, path), ""
    assignment, note = keep_assignment(content, journal)
    return Listed(Assigned(assignment, journal), path, kept_release(assignment.id)), note


def found_in(folders: Iterable[Path]) -> Iterator[Found]:
    """The assignments and releases in folders, each folder's newest first; no names matter.

    What cannot be used is given with the reason.
    """
    for number, path in enumerate(_candidates(folders)):
        if number >= MOST_FOUND:
            return
        try:
            yield Found(path, open_file(path))
        except FileProblem as problem:
            yield Found(path, None, str(problem))


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    ours, seen = {files.FORMAT, files.RELEASE_FORMAT}, set()
    for folder in folders:
        for path in _newest(folder):
            try:
                real = path.resolve()
                if real not in seen and form_of_file(path) in ours:
                    seen.add(real)
                    yield path
            except OSError:
                continue


def _newest(folder: Path) -> list[Path]:
    """The files of a folder, the newest first."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file() and 0 < entry.stat().st_size <= files.LARGEST_MB * MEGABYTE:
                    found.append((entry.stat().st_mtime, entry.path))
    except OSError:
        return []
    return [Path(path) for _, path in sorted(found, reverse=True)[:MOST_FILES]]


def listed(journal: Journal, folders: Iterable[Path]) -> tuple[list[Listed], list[Found]]:
    """The assignments that can be opened, kept ones among them, and the files that cannot be used.

    What has to be done next comes first: what is due, then what was handed in or is long past.

    Raises:
        JournalError: the journal cannot be read.
    """
    found = [*found_in(folders)]
    entries: dict[str, Listed] = {}
    for path in _newest(kept_folder()):
        assignment = kept(path.stem) if path.name.endswith(files.ENDING) else None
        if assignment is not None:
            release = kept_release(assignment.id)
            entries[assignment.id] = Listed(Assigned(assignment, journal), path, release)
    for one in found:
        match one.content:
            case Assignment() as assignment if assignment.id not in entries:
                entries[assignment.id] = Listed(Assigned(assignment, journal), one.path)
            case Assignment() as assignment:
                entry = entries[assignment.id]
                if entry.assigned.assignment != assignment and entry.changed is None:
                    entries[assignment.id] = Listed(
                        entry.assigned, entry.path, entry.release, one.path
                    )
            case Release(assignment=of) if _is_newer(one.path, entries[of].release):
                entry = entries[of]
                entries[of] = Listed(entry.assigned, entry.path, one.path, entry.changed)
    in_order = sorted(
        entries.values(),
        key=lambda one: (one.assigned.handed_in is not None, one.assigned.due_at),
    )
    return in_order, [one for one in found if one.content is None]


def _is_newer(path: Path, known: Path | None) -> bool:
    """Whether a release came after the one that is known: its marks may be others."""
    try:
        return known is None or path.stat().st_mtime > known.stat().st_mtime
    except OSError:
        return False


def file_called(wanted: str) -> Path | None:
    """The file of this name, in this folder or else among the downloads; None where none is."""
    paths = (folder / wanted for folder in usual_folders())
    return next((path for path in paths if wanted and path.is_file()), None)


def listed_titled(journal: Journal, wanted: str) -> list[Listed]:
    """The assignments that can be opened and that `wanted` names, as for `begun_titled`.

    Raises:
        JournalError: the journal cannot be read.
    """
    entries, _ = listed(journal, usual_folders())
    fitting = _titled([one.assigned for one in entries], wanted)
    return [one for one in entries if one.assigned in fitting]


def begun_titled(journal: Journal, wanted: str) -> list[Assigned]:
    """The kept assignments that were begun and that `wanted` names: an id, or how a title begins.

    The one begun last comes first; without `wanted` all of them.

    Raises:
        JournalError: the journal cannot be read.
    """
    ids: dict[str, None] = {}
    for event in reversed(journal.events(kind=ASSIGNMENT)):
        ids.setdefault(str(event.data.get("assignment")))
    assignments = [kept(one) for one in ids]
    return _titled([Assigned(one, journal) for one in assignments if one is not None], wanted)


def _titled(assignments: list[Assigned], wanted: str) -> list[Assigned]:
    name = one_line(wanted).casefold()
    exact = [one for one in assignments if name in (one.id, one.title.casefold())]
    return exact or [one for one in assignments if one.title.casefold().startswith(name)]
