"""`tutor export`: questions as other programs read them."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from tutor.cli.starting import opened, unknown
from tutor.course.loader import CourseFolder
from tutor.course.questions import Track
from tutor.course.text import one_line
from tutor.exchange import anki
from tutor.exchange.cards import Card, CardMaker, was_guessed
from tutor.exchange.listed import KINDS, Format
from tutor.exchange.pictures import Album, can_draw
from tutor.journal.derived import derive
from tutor.journal.known import QuestionState
from tutor.session.bank import Bank, Banked, Selection
from tutor.session.lab.files import write_whole
from tutor.session.profile import load_profile
from tutor.words import anki as words
from tutor.words import exchange as exchange_words
from tutor.words import export as export_words
from tutor.words import plural

T = TypeVar("T")

#: How the names of files end, by their format.
ENDINGS = {"moodle": (".xml",), "gift": (".gift", ".txt"), "csv": (".csv",), "xapi": (".json",)}


class Wanted(msgspec.Struct, frozen=True):
    """Which questions are exported.

    Attributes:
        mistakes: Those that were wrong last time.
        unsure: Those that were right as a guess.
        everything: All that are selected, answered or not.
        selection: What they have to be besides.
        picked: Ids of those that are exported whatever they are.
    """

    mistakes: bool
    unsure: bool
    everything: bool
    selection: Selection
    picked: frozenset[str] = frozenset()

    def takes(self, banked: Banked, state: QuestionState) -> bool:
        """Whether a question of which `state` is known is exported."""
        wrong = state.last is not None and not state.last.right
        wanted = self.everything or (self.mistakes and wrong)
        wanted = wanted or (self.unsure and was_guessed(state))
        return banked.id in self.picked or (wanted and self.selection.takes(banked, state))

    @property
    def none_found(self) -> str:
        """What to say where there is none."""
        if self.everything:
            return words.NO_QUESTIONS
        told = words.NO_UNSURE
        if self.mistakes:
            told = words.NO_MISTAKES_OR_UNSURE if self.unsure else words.NO_MISTAKES
        among = words.AMONG if self.selection != Selection() else ""
        return f"{told.format(among=among)} {words.OR_ALL}"


def wanted_of(
    *,
    mistakes: bool,
    unsure: bool,
    everything: bool,
    phase: tuple[str, ...],
    picked: tuple[str, ...],
    objective: tuple[str, ...],
    misconception: tuple[str, ...],
    kind: tuple[str, ...],
    track: Track | None,
    or_else: str = "mistakes",
) -> Wanted:
    """What the options of the command ask for; `or_else`, where they do not say.

    Raises:
        click.UsageError: they contradict each other.
    """
    if everything and (mistakes or unsure):
        raise click.UsageError("--all takes mistakes and guesses too: leave the others out")
    selection = Selection(
        places=frozenset(phase),
        objectives=frozenset(objective),
        misconceptions=frozenset(misconception),
        kinds=frozenset(kind),
        track=track,
    )
    nothing = not (mistakes or unsure or everything)
    if nothing and picked and selection == Selection():
        or_else = "those alone"
    return Wanted(
        mistakes=mistakes or (nothing and or_else == "mistakes"),
        unsure=unsure,
        everything=everything or (nothing and or_else == "everything"),
        selection=selection,
        picked=frozenset(picked),
    )


def run_export_anki(folder: Path | None, file: Path, wanted: Wanted, *, as_text: bool) -> bool:
    """Write a deck of the wanted questions; True where there are none.

    Args:
        folder: The course, or None for the one that comes with the program.
        file: Where it goes, over what is there.
        wanted: Which questions.
        as_text: Write CSV in place of a package.

    Raises:
        click.UsageError: a name of the selection is unknown, or the file cannot be written.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    _check_file(file, (".csv",) if as_text else (".apkg",))
    if not as_text:
        _check_writer()
    with opened(folder) as (files, journal):
        gc.enable()
        profile = load_profile(journal)
        bank = Bank(files, profile)
        known = derive(journal, cards=False).questions
        found = _found(files, bank, wanted, known)
        if not found:
            print(wanted.none_found, file=sys.stderr)
            return True
        album = Album() if can_draw() and not as_text else None
        maker = CardMaker(files, journal, known, profile.credited_by, album)
        cards = _made(maker, found)
        try:
            if as_text:
                data = anki.as_csv(files, cards)
            else:
                pictures = album.files if album else {}
                data = anki.package(files, cards, pictures, anki.next_stamp(journal))
            write_whole(file, data)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    count = plural(len(found), *words.QUESTIONS).format(count=len(found))
    written = plural(len(cards), *words.WRITTEN)
    print(written.format(cards=len(cards), questions=count, file=one_line(str(file), 300)))
    if album is None and not as_text:
        print(words.PLAIN_PLOTS, file=sys.stderr)
    return False


def run_export_list(
    folder: Path | None, file: Path, form: Format, wanted: Wanted, plots: str = "text"
) -> bool:
    """Write a list of the wanted questions for another program; True where there are none.

    Args:
        folder: The course, or None for the one that comes with the program.
        file: Where it goes, over what is there.
        form: In which format.
        wanted: Which questions.
        plots: How plots are drawn where the format holds pictures: png, svg or text.

    Raises:
        click.UsageError: a name of the selection is unknown, or the file cannot be written.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.exchange.sheets import left_out, losses, sheet

    _check_file(file, ENDINGS[form])
    with opened(folder) as (files, journal):
        gc.enable()
        board = load_profile(journal).credited_by
        bank = Bank(files)
        found = _found(files, bank, wanted, derive(journal, cards=False).questions)
    if not found:
        print(wanted.none_found, file=sys.stderr)
        return True
    held = [banked for banked in found if banked.question.kind in KINDS]
    if held:
        sheets = _each(held, lambda banked: sheet(files, banked, board))
        drawn = can_draw() and plots != "text"
        try:
            if form == "moodle":
                from tutor.exchange.moodle import as_moodle

                album = Album("svg" if plots == "svg" else "png") if drawn else None
                data = as_moodle(files.course.title, sheets, album)
            elif form == "gift":
                from tutor.exchange.gift import as_gift

                data = as_gift(files.course.title, sheets)
            else:
                from tutor.exchange.sheet_csv import as_csv

                data = as_csv(sheets)
            write_whole(file, data)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        written = plural(len(held), *exchange_words.WRITTEN)
        print(written.format(count=len(held), file=one_line(str(file), 300)))
        if plots != "text" and not drawn:
            print(words.PLAIN_PLOTS, file=sys.stderr)
    name = exchange_words.FORMATS[form]
    if not held:
        print(exchange_words.NOTHING_FITS.format(format=name), file=sys.stderr)
    for kind, ids in left_out(found).items():
        _list_ids(exchange_words.NOT_IN_IT.format(format=name, kind=kind), ids)
    for loss, ids in losses(held, form).items():
        changed = exchange_words.CHANGES.get(loss)
        said = exchange_words.AS_SOMETHING if changed else exchange_words.LOSES
        which = [exchange_words.EACH] if len(ids) == len(held) > 1 else ids
        _list_ids(said.format(what=changed or exchange_words.LOSSES[loss]), which)
    if held:
        print(f"{exchange_words.ALL_LOSE} {exchange_words.OF_ALL}.", file=sys.stderr)
    return not held


def run_export_xapi(folder: Path | None, file: Path, mail: str) -> bool:
    """Write the learner's attempts as statements; True where there are none.

    Raises:
        click.UsageError: the file cannot be written, or the address is none.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    from tutor.classroom.learner.released import questions_handed_out
    from tutor.exchange.xapi import as_json, statements

    _check_file(file, ENDINGS["xapi"])
    if mail and not re.fullmatch(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,255}", mail):
        raise click.UsageError(exchange_words.NO_ADDRESS.format(address=one_line(mail, 60)))
    with opened(folder) as (files, journal):
        gc.enable()
        questions = {banked.id: banked.question for banked in Bank(files)}
        handed_out = questions_handed_out(journal)
        found = statements(journal, files.course.id, questions, mail, handed_out)
    if not found:
        print(exchange_words.NO_ATTEMPTS, file=sys.stderr)
        return True
    try:
        write_whole(file, as_json(found))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    written = plural(len(found), *exchange_words.STATEMENTS)
    print(written.format(count=len(found), file=one_line(str(file), 300)))
    return False


def _list_ids(said: str, ids: Sequence[str]) -> None:
    print(f"{said} {', '.join(ids)}", file=sys.stderr)


def _found(
    files: CourseFolder, bank: Bank, wanted: Wanted, known: dict[str, QuestionState]
) -> list[Banked]:
    """The wanted questions.

    Raises:
        click.UsageError: a name of the selection is unknown.
    """
    _check_names(files, bank, wanted)
    unknown_yet = QuestionState()
    return [one for one in bank if wanted.takes(one, known.get(one.id, unknown_yet))]


def _each(found: Collection[Banked], make: Callable[[Banked], T]) -> list[T]:
    """What `make` gives for each question; on a terminal a line tells how far it is."""
    made = []
    for number, banked in enumerate(found, 1):
        if sys.stderr.isatty():
            print(f"\r{number}/{len(found)}", end="", file=sys.stderr, flush=True)
        made.append(make(banked))
    if sys.stderr.isatty():
        print("\r" + " " * 20 + "\r", end="", file=sys.stderr, flush=True)
    return made


def _made(maker: CardMaker, found: Collection[Banked]) -> list[Card]:
    """The cards of the questions.

    First comes one card of each question, then the second ones: what one of them gives, another
    one asks for, so they must not follow each other.
    """
    made: Iterable[list[Card]] = _each(found, lambda banked: list(maker.cards(banked)))
    return [card for rank in zip_longest(*made) for card in rank if card is not None]


def _check_file(file: Path, endings: tuple[str, ...]) -> None:
    """Refuse what could not be written, before the work is done."""
    if file.suffix.casefold() not in endings:
        told = exchange_words.WRONG_ENDING
        raise click.UsageError(told.format(file=one_line(str(file)), endings=" or ".join(endings)))
    folder = file.absolute().parent
    if not folder.is_dir():
        raise click.UsageError(export_words.NO_FOLDER.format(path=one_line(str(folder), 300)))


def _check_writer() -> None:
    """Refuse a package that nothing here can write, before the work is done."""
    try:
        anki.writer()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _check_names(files: CourseFolder, bank: Bank, wanted: Wanted) -> None:
    modules, selection = [module.id for module in files.course.modules], wanted.selection
    for what, names, known in (
        ("module or phase", selection.places, [*modules, *files.phase_ids]),
        ("question", wanted.picked, list(bank.by_id)),
        ("objective", selection.objectives, list(bank.objectives)),
        ("misconception", selection.misconceptions, list(files.misconceptions)),
    ):
        for name in sorted(names):
            if name not in known:
                raise click.UsageError(unknown(what, name, known))
