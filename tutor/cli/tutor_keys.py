"""`tutor register key`, and the same dialogue where another command needs a key first."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from nacl.public import PrivateKey

from tutor.classroom.files import FileProblem
from tutor.classroom.keys import (
    TUTOR_KEY_FILE,
    bring_back,
    key_name,
    make_tutor_key,
    public_text,
    tutor_key,
)
from tutor.course.text import one_line
from tutor.journal.store import default_path
from tutor.words import assigning as words

#: So many are named before the rest is left out.
MOST_TITLES = 8


def run_register_key(
    copy: Path | None, no_copy: bool, restore: Path | None, is_new: bool, where: str | None
) -> None:
    """Show the tutor's key; make one where there is none, or put a copy back.

    Raises:
        click.UsageError: there is a key already, a copy cannot be written or read, there is
            nobody to ask for a place for one, or the register needs the key that is missing.
    """
    if copy is not None and no_copy:
        raise click.UsageError(words.COPY_OR_NOT)
    if restore is not None and (copy is not None or no_copy):
        raise click.UsageError(words.RESTORE_ALONE)
    if restore is not None and is_new:
        raise click.UsageError(words.NEW_ALONE)
    key = _kept()
    if key is not None and (copy is not None or no_copy or restore is not None or is_new):
        name = key_name(public_text(key))
        raise click.UsageError(words.KEY_THERE.format(name=name, file=_shown(_file())))
    if restore is not None:
        key = _restored(restore)
    elif key is None:
        if not is_new:
            _see_that_none_is_missed(where)
        key = _made(copy, no_copy)
    public = public_text(key)
    print(words.YOUR_KEY.format(name=key_name(public)))
    print(public)


def own_key(where: str | None) -> PrivateKey:
    """The tutor's key; where there is none, one is made after asking for a place for a copy.

    Raises:
        click.UsageError: there is none, and nobody to ask, or the register needs the one that is
            missing; or the file holds none.
    """
    if (key := _kept()) is not None:
        return key
    _see_that_none_is_missed(where)
    return _made(None, no_copy=False)


def _see_that_none_is_missed(where: str | None) -> None:
    """Refuse to go on without a key where the register holds what is sealed to one."""
    # Neither needs the database where there is a key.
    from tutor.classroom.register.place import is_there
    from tutor.classroom.register.snapshot import keys_sealed_to
    from tutor.cli.registering import opened_register

    if not is_there(where):
        return
    with opened_register(where) as register, register.reading() as connection:
        sealed = keys_sealed_to(connection)
    if sealed:
        keys = sorted({key_name(public) for _, publics in sealed for public in publics})
        titles = ", ".join(one_line(title, 80) for title, _ in sealed[:MOST_TITLES])
        if len(sealed) > MOST_TITLES:
            titles += ", …"
        told = words.SEALED_BEFORE.format(keys=", ".join(keys[:MOST_TITLES]), titles=titles)
        raise click.UsageError(told)


def _file() -> Path:
    return default_path().with_name(TUTOR_KEY_FILE)


def _kept() -> PrivateKey | None:
    try:
        return tutor_key(_file().parent)
    except FileProblem as error:
        raise click.UsageError(str(error)) from None


def _restored(copy: Path) -> PrivateKey:
    try:
        key = bring_back(_file().parent, copy)
    except FileProblem as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        told = words.COPY_UNREADABLE.format(file=_shown(copy), reason=error.strerror)
        raise click.UsageError(told) from None
    name = key_name(public_text(key))
    print(words.BROUGHT_BACK.format(name=name, file=_shown(_file())))
    return key


def _made(copy: Path | None, no_copy: bool) -> PrivateKey:
    """Make a key, with a copy unless that is refused."""
    if copy is None and not no_copy:
        if not sys.stdin.isatty():
            raise click.UsageError(words.NO_KEY_YET)
        copy = _asked()
    copies = () if copy is None else (copy.expanduser(),)
    try:
        key = make_tutor_key(_file().parent, *copies)
    except FileExistsError as error:
        told = words.COPY_THERE.format(file=_shown(Path(error.filename)))
        raise click.UsageError(told) from None
    except OSError as error:
        told = words.NO_COPY_WRITTEN.format(
            file=_shown(Path(error.filename or _file())), reason=error.strerror
        )
        raise click.UsageError(told) from None
    print(words.MADE.format(name=key_name(public_text(key)), file=_shown(_file())))
    if copies:
        print(words.COPIED.format(file=_shown(copies[0])))
    else:
        print(words.NO_COPY)
    return key


def _asked() -> Path | None:
    """Where the copy is to be kept; None where none is wanted, which is asked twice."""
    print(words.ASK)
    while True:
        typed = click.prompt(words.WHERE, default="", show_default=False).strip()
        if not typed:
            if click.confirm(words.REALLY_NONE, default=False):
                return None
            continue
        path = Path(typed).expanduser()
        if path.is_dir():
            path /= TUTOR_KEY_FILE
        if not path.parent.is_dir():
            told = words.NO_FOLDER_FOR_COPY
            print(told.format(folder=_shown(path.parent)), file=sys.stderr)
        elif path.exists():
            print(words.COPY_THERE.format(file=_shown(path)), file=sys.stderr)
        else:
            return path


def _shown(path: Path) -> str:
    return one_line(str(path), 300)
