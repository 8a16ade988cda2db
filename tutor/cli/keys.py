"""`tutor keys`: the keys of the app by their ids, and the file that changes them."""

from __future__ import annotations

import click

from tutor.course.text import to_ascii
from tutor.session.terminal import config_folder
from tutor.tui.app import KEYS_FILE
from tutor.tui.keys import known_keys, read_keys, written


def run_keys(write: bool) -> bool:
    """List the keys, or write the file that changes them; True where it has problems.

    Raises:
        click.UsageError: there is such a file already.
        OSError: the file cannot be written.
    """
    file = config_folder() / KEYS_FILE
    known = known_keys()
    if write:
        if file.exists():
            raise click.UsageError(f"{file} is there already; change it, or move it away")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(known), encoding="utf-8")
        print(f"Wrote {file}; take away the # before a line to change its keys.")
        return False
    taken, problems = read_keys(file) if file.exists() else ({}, [])
    width = max(len(line.id) for line in known.values())
    for line in known.values():
        print(to_ascii(f"{line.id:<{width}}  {line.shown(taken):<16} {line.meaning}"))
    print(f"\nChange them in {file}" + ("" if file.exists() else "; --write begins it."))
    for problem in problems:
        print(problem)
    return bool(problems)
