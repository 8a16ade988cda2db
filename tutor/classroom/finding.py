"""Finding assignments and releases on this machine, and keeping the ones that were opened."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from tutor.classroom import assignment as files
from tutor.classroom.assigned import Assigned
from tutor.classroom.assignment import (
    Assignment,
    Release,
    read_assignment,
    read_release,
    write_assignment,
    write_release,
)
from tutor.classroom.files import MEGABYTE, FileProblem
from tutor.classroom.refusing import refuse_strange, refuse_unsound
from tutor.course.text import one_line
from tutor.journal.kinds import ASSIGNMENT
from tutor.journal.store import Journal, default_path
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


def kept_folder() -> Path:
    """Where assignments that were opened are kept: beside the journal."""
    return default_path().with_name("assignments")


def download_folder() -> Path | None:
    """The learner's Downloads folder; None where there is none."""
    from platformdirs import user_downloads_path

    for folder in (user_downloads_path(), Path.home() / "Downloads"):
        if folder.is_dir():
            return folder
    return None


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


def kept(assignment_id: str) -> Assignment | None:
    """The assignment with this id as it is kept; None where none is, or none that can be used."""
    # Ids come from files: nothing is opened by a name that is none.
    if not re.fullmatch(r"[0-9a-f-]{36}", assignment_id):
        return None
    try:
        found = read_assignment(_kept_path(assignment_id, files.ENDING))
        refuse_unsound(found)
    except (OSError, FileProblem):
        return None
    return found


def kept_release(assignment_id: str) -> Path | None:
    """The file of the release of an assignment that is kept; None where none is."""
    path = _kept_path(assignment_id, files.RELEASE_ENDING)
    return path if path.is_file() else None


def _kept_path(assignment_id: str, ending: str) -> Path:
    return kept_folder() / f"{assignment_id}{ending}"


def keep_assignment(assignment: Assignment, journal: Journal) -> tuple[Assignment, str]:
    """Keep an assignment, so that it goes on working when its file is gone.

    Returns:
        The one that holds, and what is to be told of it: another file of the same assignment
        takes the place of the kept one only as long as nothing was begun.

    Raises:
        OSError: it cannot be kept.
        JournalError: the journal cannot be read.
    """
    before = kept(assignment.id)
    if before == assignment:
        return assignment, ""
    if before is not None and Assigned(before, journal).begun is not None:
        return before, words.CHANGED_BUT_BEGUN
    path = _kept_path(assignment.id, files.ENDING)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_assignment(assignment, path)
    return assignment, "" if before is None else words.CHANGED_AND_TAKEN


def keep_release(release: Release) -> None:
    """Keep a release.

    Raises:
        OSError: it cannot be kept.
    """
    path = _kept_path(release.assignment, files.RELEASE_ENDING)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_release(release, path)


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
            case Release(assignment=of) if entries[of].release is None:
                entry = entries[of]
                entries[of] = Listed(entry.assigned, entry.path, one.path, entry.changed)
    in_order = sorted(
        entries.values(),
        key=lambda one: (one.assigned.handed_in is not None, one.assigned.due_at),
    )
    return in_order, [one for one in found if one.content is None]


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
    begun = [Assigned(one, journal) for one in assignments if one is not None]
    name = one_line(wanted).casefold()
    exact = [one for one in begun if name in (one.id, one.title.casefold())]
    return exact or [one for one in begun if one.title.casefold().startswith(name)]
