"""`tutor preview`: an item as a learner sees it, with every verdict, while it is being written."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from tutor.authoring.check.kept import default_cache
from tutor.authoring.preview import Item, faults_of, items_of, views_of
from tutor.cli.checking import course_of
from tutor.cli.starting import unknown
from tutor.course.errors import ContentErrors
from tutor.course.loader import COURSE_FILE, MISCONCEPTIONS_FILE, CourseFolder
from tutor.course.text import one_line
from tutor.plain.lesson import show_view
from tutor.plain.page import Page
from tutor.session.terminal import default_mode
from tutor.session.written.headings import heading_of

#: So often the file is looked at.
POLL_S = 0.3


def run_preview(
    file: Path,
    item_id: str,
    *,
    watch: bool,
    seed: int,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Print the item of the phase in `file`, or all of them; with `watch` again when they change.

    Args:
        file: A phase's file.
        item_id: A step or question of it; empty for all.
        watch: Stay, and print what has changed, until Ctrl-C.
        seed: Draws other numbers, in another order.
        sleep: Waits until the next look.

    Raises:
        click.UsageError: the file is no phase of a course, or has no such item.
        ContentErrors: the course is wrong, and nobody waits for it to be mended.
    """
    if not file.is_file():
        raise click.UsageError(f"there is no file {one_line(str(file))}")
    folder, name = course_of(file)
    if folder is None or name is None or not name.startswith("phases/"):
        raise click.UsageError(
            f"{one_line(str(file))} is no phase's file, such as phases/peak.yaml in a course"
        )
    page = Page(sys.stdin, sys.stdout, default_mode(), "ascii", plots=True)
    phase_id = Path(name).stem
    if not watch:
        _show(page, CourseFolder(folder), phase_id, item_id, seed, {})
        return
    watched = [folder / part for part in (COURSE_FILE, MISCONCEPTIONS_FILE, name)]
    try:
        _watch(page, folder, phase_id, item_id, seed, watched, sleep)
    except KeyboardInterrupt:
        page.say()
        page.say("No longer watching.")


def _watch(
    page: Page,
    folder: Path,
    phase_id: str,
    item_id: str,
    seed: int,
    watched: list[Path],
    sleep: Callable[[float], None],
) -> None:
    shown: dict[str, Item] = {}
    before = None
    while True:
        now = [_changed_at(path) for path in watched]
        # An editor may take a file away for a moment before it puts the new one there.
        if now != before and all(now):
            before = now
            try:
                shown = _show(page, CourseFolder(folder), phase_id, item_id, seed, shown)
            except ContentErrors as errors:
                for error in errors.errors:
                    page.say(str(error))
            except click.UsageError as error:
                page.say(error.format_message())
            page.say()
            page.say("Watching for changes; Ctrl-C ends.")
        sleep(POLL_S)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _show(
    page: Page,
    files: CourseFolder,
    phase_id: str,
    item_id: str,
    seed: int,
    shown: dict[str, Item],
) -> dict[str, Item]:
    """Print the items that differ from those `shown` before; gives those that there are now."""
    items = {item.id: item for item in items_of(files, phase_id)}
    if item_id and item_id not in items:
        raise click.UsageError(unknown("step or question", item_id, list(items)))
    for name, item in items.items():
        if item_id in ("", name) and shown.get(name) != item:
            for fault in faults_of(files, phase_id, item, default_cache()):
                page.say(f"Not right yet: {fault}")
            for said, view in views_of(files, phase_id, item, seed):
                if said:
                    page.say()
                    page.say(said)
                show_view(page, heading_of(files.entries[phase_id].title, view), view)
    return items
