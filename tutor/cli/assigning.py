"""`tutor assign`: questions for a class, as one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn

import click
import msgspec
from msgspec.structs import replace

from tutor.classroom.assignment import ENDING, Feedback, Policy
from tutor.classroom.files import FileProblem, file_stem
from tutor.classroom.handout.deadlines import read_deadline
from tutor.classroom.handout.making import Made, hand_out, make_assignment
from tutor.classroom.handout.roster import Enrolled, RosterProblem, read_roster
from tutor.classroom.handout.selecting import also_in, drawn_by_objective, excerpt_of, phases_of
from tutor.classroom.handout.stripping import shows_what_it_hides
from tutor.classroom.keys import key_name, public_text, sealed
from tutor.classroom.register.register import RegisterError, open_register
from tutor.cli.housekeeping import tell_namesakes
from tutor.cli.options import FOUND_PROBLEMS
from tutor.cli.starting import unknown
from tutor.cli.tutor_keys import own_key
from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder, default_folder
from tutor.course.questions import Track
from tutor.course.text import one_line
from tutor.grading.verdict import marks_figure
from tutor.session.bank import Bank, Banked, Selection, chosen
from tutor.session.exam.blueprint import file_of, load_blueprint
from tutor.session.exam.drawing import draw_paper, new_seed
from tutor.words import assigning as words
from tutor.words import plural

LONGEST_TITLE, LONGEST_STEM = 80, 60
#: The name of a file whose title has no letter that any system can write.
FALLBACK = "work"
MOST_PROBLEMS = 10


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the options of the command ask for; see `tutor assign --help`."""

    places: tuple[str, ...]
    roster: Path | None
    due: str
    questions: int | None
    picked: tuple[str, ...]
    kind: tuple[str, ...]
    track: Track | None
    blueprint: str | None
    practice: bool
    feedback: Feedback | None
    minutes: float | None
    attempts: int | None
    hints: bool
    certainty: bool
    no_skip: bool
    late: Literal["accept", "refuse", "reduce"]
    late_percent: float | None
    title: str
    tutor_name: str
    others: tuple[str, ...]
    seed: int | None
    out: Path | None
    where: str | None


class _Choice(NamedTuple):
    """The questions, what they are called, and how they came about."""

    questions: Sequence[Banked]
    title: str
    sections: tuple[tuple[str, int], ...] = ()
    minutes: float | None = None
    seed: int | None = None
    told: tuple[str, ...] = ()


def run_assign(folder: Path | None, wanted: Wanted) -> None:
    """Hand out an assignment: write its file, keep it in the register, and say what comes next.

    Raises:
        click.UsageError: something is wrongly asked for.
        ContentErrors: the course is wrong.
    """
    now = datetime.now(UTC)
    files = CourseFolder(folder)
    policy = _policy(wanted)
    due_at = _due(wanted.due, now)
    learners = _learners(wanted.roster, now)
    choice = _chosen(files, wanted)
    title = one_line(wanted.title or choice.title, LONGEST_TITLE)
    path = _path(wanted.out, title)
    others = _public_keys(wanted.others)
    try:
        made = make_assignment(
            excerpt_of(files, choice.questions),
            title=title,
            tutor=one_line(wanted.tutor_name, LONGEST_TITLE),
            due_at=due_at,
            policy=replace(policy, minutes=policy.minutes or choice.minutes),
            tutor_keys=(public_text(own_key(wanted.where)), *others),
            learners=learners,
            sections=choice.sections,
            made_at=now,
        )
        with open_register(wanted.where) as register:
            hand_out(made, register, path)
            where = register.where
            tell_namesakes(register, made.assignment.id, title)
    except (FileProblem, RegisterError) as error:
        _stop([str(error)])
    _tell(made, path, where)
    for line in choice.told:
        print(line)
    if choice.seed is not None:
        print(words.DRAWN_BY.format(seed=choice.seed))
    if not wanted.practice:
        _tell_installed(files, choice.questions)


def _stop(problems: Sequence[str]) -> NoReturn:
    """Say what is wrong in what was given, and end."""
    for problem in problems[:MOST_PROBLEMS]:
        print(problem, file=sys.stderr)
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        print(plural(more, *words.AND_OTHERS).format(count=more), file=sys.stderr)
    sys.exit(FOUND_PROBLEMS)


def _policy(wanted: Wanted) -> Policy:
    feedback = wanted.feedback or ("at-once" if wanted.practice else "released")
    if wanted.practice is (feedback == "released"):
        raise click.UsageError(words.FEEDBACK_IS[feedback])
    at_once = feedback == "at-once"
    exam_alone = {
        "--minutes": wanted.minutes is not None,
        "--attempts": wanted.attempts is not None,
        "--hints": wanted.hints,
        "--no-skip": wanted.no_skip,
        "--exam": wanted.blueprint is not None,
    }
    for option, is_given in exam_alone.items():
        if at_once and is_given:
            raise click.UsageError(words.OPEN_AT_ONCE.format(option=option))
    if wanted.late == "reduce" and wanted.late_percent is None:
        raise click.UsageError(words.PERCENT_NEEDED)
    if wanted.late != "reduce" and wanted.late_percent is not None:
        raise click.UsageError(words.PERCENT_ALONE)
    attempts = wanted.attempts
    return Policy(
        attempts=int(not at_once) if attempts is None else attempts,
        hints=wanted.hints or at_once,
        certainty=wanted.certainty,
        skip=not wanted.no_skip,
        feedback=feedback,
        minutes=wanted.minutes,
        late=wanted.late,
        late_percent=wanted.late_percent or 0.0,
    )


def _due(text: str, now: datetime) -> datetime:
    try:
        due_at = read_deadline(text, now)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if due_at <= now:
        raise click.UsageError(words.PAST.format(due=when(due_at)))
    return due_at


def when(moment: datetime) -> str:
    """A moment in the time of this machine, with its zone."""
    return moment.astimezone().strftime(words.WHEN)


def _learners(path: Path | None, now: datetime) -> tuple[Enrolled, ...]:
    """Those that the roster names; what is wrong in it ends the command."""
    if path is None:
        return ()
    try:
        roster = read_roster(path, now)
    except RosterProblem as error:
        _stop(error.problems)
    name = one_line(path.name, 80)
    past = [
        words.PAST_FOR_ONE.format(file=name, line=one.line, due=when(one.due_at), id=one.id)
        for one in roster.learners
        if one.due_at is not None and one.due_at <= now
    ]
    if past:
        _stop(past)
    for notice in roster.notices:
        print(notice, file=sys.stderr)
    return roster.learners


def _chosen(files: CourseFolder, wanted: Wanted) -> _Choice:
    choice = _selected(files, wanted) if wanted.blueprint is None else _paper(files, wanted)
    hiding = [one.id for one in choice.questions if shows_what_it_hides(one.question)]
    if hiding and not wanted.practice:
        raise click.UsageError(words.HIDES.format(ids=", ".join(hiding)))
    return choice


def _selected(files: CourseFolder, wanted: Wanted) -> _Choice:
    """The questions of modules and phases, and those that are named."""
    titles = {module.id: module.title for module in files.course.modules}
    titles |= {entry.id: entry.title for entry in files.entries.values()}
    for place in wanted.places:
        if place not in titles:
            raise click.UsageError(unknown(words.MODULE_OR_PHASE, place, list(titles)))
    bank = Bank(files, phases=phases_of(files, wanted.places, wanted.picked))
    for one in wanted.picked:
        if one not in bank.by_id:
            raise click.UsageError(unknown(words.QUESTION, one, list(Bank(files).by_id)))
    if not wanted.places and not wanted.picked:
        modules = ", ".join(module.id for module in files.course.modules)
        raise click.UsageError(words.NOTHING_CHOSEN.format(modules=modules))
    found: Sequence[Banked] = ()
    if wanted.places:
        selection = Selection(
            places=frozenset(wanted.places), kinds=frozenset(wanted.kind), track=wanted.track
        )
        found = chosen(bank, selection, {})
    seed = None
    told: tuple[str, ...] = ()
    if wanted.questions is not None:
        seed = new_seed() if wanted.seed is None else wanted.seed
        found = drawn_by_objective(found, wanted.questions, seed)
        told = tuple(_drawing(bank, wanted.places, found, wanted.questions))
    ids = {*(banked.id for banked in found), *wanted.picked}
    if not ids:
        raise click.UsageError(words.NONE_FOUND)
    title = ", ".join(titles[place] for place in wanted.places) or files.course.title
    return _Choice([banked for banked in bank if banked.id in ids], title, seed=seed, told=told)


def _drawing(
    bank: Bank, places: Sequence[str], drawn: Sequence[Banked], each: int
) -> Iterator[str]:
    """How so many questions came of so many for each objective of these modules and phases."""
    there = chosen(bank, Selection(places=frozenset(places)), {})
    has = {aim: 0 for one in there for aim in one.question.objectives}
    for one in drawn:
        for aim in one.question.objectives:
            has[aim] += 1
    count, many = len(has), len(drawn)
    questions = plural(many, *words.QUESTIONS_DRAWN).format(count=many)
    told = plural(count, *words.DRAWN_FOR)
    yield told.format(each=each, count=count, most=each * count, drawn=questions)
    if several := sum(len(one.question.objectives) > 1 for one in drawn):
        yield plural(several, *words.FOR_SEVERAL).format(count=several)
    fewer = {aim: count for aim, count in has.items() if count < each}
    if fewer:
        yield plural(each, *words.FEWER).format(count=each)
    for aim, count in fewer.items():
        objective = one_line(bank.objectives[aim], 400).rstrip(".")
        yield words.FEWER_FOR.format(objective=objective, count=count)


def _paper(files: CourseFolder, wanted: Wanted) -> _Choice:
    """The questions that a blueprint draws."""
    others = (wanted.places, wanted.picked, wanted.questions, wanted.kind, wanted.track)
    if any(others):
        raise click.UsageError(words.ONE_CHOICE)
    name, seed = str(wanted.blueprint), new_seed() if wanted.seed is None else wanted.seed
    try:
        file, bank = file_of(files, name), _whole_bank(files)
        paper = draw_paper(bank, name, load_blueprint(files, file), seed)
    except ContentErrors:
        raise
    except ValueError as error:  # It is unknown, or the course cannot fill it.
        raise click.UsageError(str(error)) from None
    return _Choice(paper.questions, paper.title, paper.sections, float(paper.minutes), seed)


def _whole_bank(files: CourseFolder) -> Bank:
    try:
        return Bank(files)
    except ContentErrors:
        print(words.WHOLE_COURSE, file=sys.stderr)
        raise


def _path(out: Path | None, title: str) -> Path:
    """Where the file is to go, which is free."""
    name = f"{file_stem(title, FALLBACK, LONGEST_STEM)}{ENDING}"
    path = out or Path(name)
    if path.is_dir():
        path /= name
    if not path.absolute().parent.is_dir():
        folder = one_line(str(path.absolute().parent), 300)
        raise click.UsageError(words.NO_FOLDER_THERE.format(folder=folder))
    if path.exists():
        raise click.UsageError(words.FILE_THERE.format(file=one_line(str(path), 300)))
    return path


def _public_keys(keys: Sequence[str]) -> tuple[str, ...]:
    for key in keys:
        try:
            sealed(b"", [key])
        except FileProblem:
            told = words.NO_PUBLIC_KEY.format(key=one_line(key, 60))
            raise click.UsageError(told) from None
    return tuple(keys)


def _tell(made: Made, path: Path, where: str) -> None:
    """What was made, and what comes next."""
    given, file = made.assignment, one_line(str(path), 300)
    marks = sum(given.excerpt.marks.values())
    counted = plural(len(given.excerpt.ids), *words.QUESTIONS).format(
        count=len(given.excerpt.ids),
        marks=plural(round(marks), *words.MARKS).format(marks=marks_figure(marks)),
    )
    learners = words.FOR_ANYONE
    if made.learners:
        many = len(made.learners)
        learners = plural(many, *words.LEARNERS).format(count=many)
    keys = ", ".join(map(key_name, given.tutor_keys))
    for line in (
        words.WRITTEN.format(file=file, title=given.title, kind=words.KINDS[given.kind]),
        words.SIZE.format(questions=counted, learners=learners),
        words.DUE.format(due=when(given.due_at)),
        words.NEXT.format(file=path.name),
        words.THEN,
        plural(len(given.tutor_keys), *words.SEALED_TO).format(names=keys),
        words.KEPT_IN.format(where=where),
    ):
        print(line)


def _tell_installed(files: CourseFolder, questions: Sequence[Banked]) -> None:
    """How many of the questions learners can look up."""
    installed = CourseFolder()
    same = files.folder.resolve() == default_folder().resolve()
    count = len(questions) if same else also_in(installed, questions)
    told = plural(count, *words.ALSO_INSTALLED) if count else words.NOT_INSTALLED
    print(told.format(count=count, all=len(questions)))
