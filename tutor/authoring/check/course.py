"""Checking a whole course: every file, what they say of each other, every key, the wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path as FilePath
from typing import TypeVar

import msgspec

from tutor.authoring.check.bank import Bank, Found, bank_problems, stray_files
from tutor.authoring.check.cores import Progress, check_parts
from tutor.authoring.check.coverage import coverage_of
from tutor.authoring.check.exams import exam_errors, exam_files
from tutor.authoring.check.fields import field_problems
from tutor.authoring.check.kept import Kept
from tutor.authoring.check.parts import Part, parts_of
from tutor.authoring.check.report import CheckReport, ContentWarning
from tutor.authoring.check.waivers import weighed
from tutor.authoring.writing import Advice, advice_on, question_advice, skew_of
from tutor.course.decode import item_id
from tutor.course.errors import ContentError, ContentErrors, Place
from tutor.course.loader import (
    CLAIMS_FILE,
    COURSE_FILE,
    MISCONCEPTIONS_FILE,
    CourseFolder,
    phase_file,
)
from tutor.course.model import Claims, Misconceptions, Phase
from tutor.course.questions import SingleQuestion
from tutor.course.text import one_line
from tutor.course.yaml_values import Document, Path, Problem, read

T = TypeVar("T")

#: Files that are there once, and that all phases rest on.
BANKS = (COURSE_FILE, MISCONCEPTIONS_FILE, CLAIMS_FILE)


def _silent(done: int, count: int) -> None:
    pass


def check_course(
    folder: FilePath | None = None,
    *,
    only: str | None = None,
    cache: FilePath | None = None,
    processes: int | None = 1,
    progress: Progress = _silent,
) -> CheckReport:
    """Check the course in `folder`, or the one that comes with the program.

    Loads every file, looks for what they say of each other, and runs every scenario: the proof of
    each key over the whole range of its knobs and for all numbers that it may draw, each
    refutation, each number that a sentence states, the marks of the answers that stand in the
    files. Then it reads the wording.

    Args:
        folder: The folder with `course.yaml`.
        only: Name of the one file, such as `phases/peak.yaml`, whose faults are wanted.
        cache: Where outcomes are kept for parts that have not changed; None to run all.
        processes: How many run the scenarios; None for one a core.
        progress: Told how many parts have been run, and of how many.
    """
    return _Check(CourseFolder(folder), only).report(cache, processes, progress)


@dataclass
class _Check:
    files: CourseFolder
    only: str | None
    errors: list[ContentError] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    """The files as they were when they were loaded; an author may go on writing meanwhile."""
    documents: dict[str, Document] = field(default_factory=dict)
    blocked: bool = False
    """The frame of the course is wrong, so that little is known of its other files."""

    def report(
        self, cache: FilePath | None, processes: int | None, progress: Progress
    ) -> CheckReport:
        bank = self._loaded()
        if bank is None:
            return CheckReport(0, 0, self._wanted_errors())
        self.errors += stray_files(self.files)
        known = (*BANKS, *map(phase_file, self.files.phase_ids), *exam_files(self.files))
        if self.only is not None and self.only not in known:
            return CheckReport(0, 0, self._wanted_errors() or (_foreign(self.only),))
        reused = self._run(bank, Kept(cache, self.files.folder), processes, progress)
        self._add(bank_problems(self.files, bank))
        if bank.all_phases:
            self.errors += exam_errors(self.files)
        self._add(self._fields(bank))
        phases = bank.phases
        warnings = sorted(self._warnings(bank), key=self._order)
        if self.only is not None:
            phases = {i: phase for i, phase in phases.items() if phase_file(i) == self.only}
        coverage = coverage_of(phases, bank.misconceptions or {}, bank.claims or ())
        return CheckReport(
            phases=len(phases),
            questions=sum(len(phase.questions) for phase in phases.values()),
            errors=self._wanted_errors(),
            warnings=tuple(warning for warning in warnings if not warning.waived),
            waived=tuple(warning for warning in warnings if warning.waived),
            coverage=coverage if self.only is None else None,
            reused=reused,
            elsewhere=self._elsewhere(),
        )

    def _loaded(self) -> Bank | None:
        """All files that can be read; None without `course.yaml`."""
        if self._load(COURSE_FILE, lambda: self.files.course) is None:
            self.blocked = True
            if not (self.files.folder / COURSE_FILE).is_file():
                return None
        misconceptions = self._load(MISCONCEPTIONS_FILE, lambda: self.files.misconceptions)
        claims = self._load(CLAIMS_FILE, lambda: self.files.claims)
        if self.blocked:
            return None
        phases: dict[str, Phase] = {}
        for phase_id in self.files.phase_ids:
            phase = self._load(phase_file(phase_id), partial(self.files.phase, phase_id))
            if phase is not None:
                phases[phase_id] = phase
        return Bank(phases, misconceptions, claims, len(phases) == len(self.files.phase_ids))

    def _load(self, name: str, load: Callable[[], T]) -> T | None:
        """What a file holds; None where it is wrong, which is kept."""
        try:
            loaded = load()
            path = self.files.folder / name
            self.texts[name] = path.read_bytes() if path.exists() else b""
        except ContentErrors as error:
            self.errors += error.errors
            return None
        return loaded

    # Running.

    def _run(self, bank: Bank, kept: Kept, processes: int | None, progress: Progress) -> int:
        """Run what has changed; gives the number of parts that have not."""
        try:
            _ = self.files.spine
        except ContentErrors as error:  # There is no spine, so nothing can be proved.
            self.errors += error.errors
            self.blocked = True
            return 0
        parts = [
            part
            for part in parts_of(self.files.course, bank.phases, bank.misconceptions or {})
            if self._wants(part.file)
        ]
        outcomes: dict[int, list[Problem]] = {}
        for i, part in enumerate(parts):
            found = kept.get(part.encoded)
            if found is not None:
                outcomes[i] = found
        reused = len(outcomes)
        left = [i for i in range(len(parts)) if i not in outcomes]

        def done(number: int, outcome: tuple[list[Problem], bool]) -> None:
            problems, judged = outcome
            outcomes[left[number]] = problems
            if judged:
                kept.put(parts[left[number]].encoded, problems)

        try:
            check_parts([parts[i] for i in left], done, progress, processes)
        finally:  # What has been run before Ctrl-C need not be run again.
            kept.save(whole=self.only is None and len(outcomes) == len(parts))
        for i, part in enumerate(parts):
            self._add(_at(part, outcomes[i]))
        return reused

    def _fields(self, bank: Bank) -> Iterator[Found]:
        banks: dict[str, msgspec.Struct] = {COURSE_FILE: self.files.course}
        if bank.misconceptions is not None:
            told = tuple(bank.misconceptions.values())
            banks[MISCONCEPTIONS_FILE] = Misconceptions(misconceptions=told)
        banks |= {phase_file(phase_id): phase for phase_id, phase in bank.phases.items()}
        for name, content in banks.items():
            if self._wants(name) or name in BANKS:
                yield from (
                    Found(name, path, message) for path, message in field_problems(content)
                )

    # Wording.

    def _warnings(self, bank: Bank) -> Iterator[ContentWarning]:
        yield from self._file_warnings(COURSE_FILE, self.files.course)
        if bank.misconceptions is not None:
            told = Misconceptions(misconceptions=tuple(bank.misconceptions.values()))
            yield from self._file_warnings(MISCONCEPTIONS_FILE, told)
        if bank.claims:
            yield from self._file_warnings(CLAIMS_FILE, Claims(claims=bank.claims))
        skew = self._skew(bank)
        for phase_id, phase in bank.phases.items():
            name = phase_file(phase_id)
            yield from self._file_warnings(name, phase)
            if not self._wants(name):
                continue
            for i, question in enumerate(phase.questions):
                advice = [*question_advice(question)]
                if skew is not None and skew[0] == question.id:
                    advice.append(Advice(("options",), "W16", skew[1]))
                found, problems = weighed(question, advice)
                path: Path = ("questions", i)
                self._add(Found(name, (*path, *place), said) for place, said in problems)
                yield from (
                    self._warning(name, (*path, *one.path), one, reason) for one, reason in found
                )

    def _file_warnings(self, name: str, content: msgspec.Struct) -> Iterator[ContentWarning]:
        if self._wants(name):
            for advice in advice_on(content):
                yield self._warning(name, advice.path, advice, "")

    def _warning(self, name: str, path: Path, advice: Advice, waived: str) -> ContentWarning:
        document = self._document(name)
        item = item_id(document, path)
        place = document.place(path)
        return ContentWarning(name, place, advice.code, advice.message, item, waived)

    def _skew(self, bank: Bank) -> tuple[str, str] | None:
        if not bank.all_phases:
            return None
        questions = [q for phase in bank.phases.values() for q in phase.questions]
        return skew_of([q for q in questions if isinstance(q, SingleQuestion)])

    # Places.

    def _wants(self, name: str) -> bool:
        return self.only in (None, name)

    def _wanted_errors(self) -> tuple[ContentError, ...]:
        """The errors in order; where the frame of the course is at fault, its own too."""
        wanted = [
            error
            for error in self.errors
            if self._wants(error.file) or (self.blocked and error.file == COURSE_FILE)
        ]
        return tuple(sorted(wanted, key=self._order))

    def _elsewhere(self) -> dict[str, int]:
        """Errors in the files that all phases rest on, where another file is wanted."""
        if self.only is None or self.blocked:
            return {}
        found = Counter(error.file for error in self.errors if not self._wants(error.file))
        return {name: found[name] for name in BANKS if found[name]}

    def _order(self, found: ContentError | ContentWarning) -> tuple[int, str, Place]:
        """The frame of the course and its banks come first, then the phases as they follow."""
        known = [*BANKS]
        if not self.blocked:
            known += map(phase_file, self.files.phase_ids)
        place = known.index(found.file) if found.file in known else len(known)
        return place, found.file, found.place

    def _add(self, found: Iterable[Found]) -> None:
        for name, path, message in found:
            document = self._document(name)
            place: Place = document.place(path)
            self.errors.append(ContentError(name, place, message, item_id(document, path)))

    def _document(self, name: str) -> Document:
        if name not in self.documents:
            self.documents[name] = read(name, self.texts[name])
        return self.documents[name]


def _foreign(name: str) -> ContentError:
    """What is wrong with a file that is none of the course's."""
    known = ", ".join((*BANKS, "phases/ID.yaml"))
    message = f"this is no content file; a course has {known} and exams/NAME.yaml"
    return ContentError(one_line(name), Place(1, 1), message)


def _at(part: Part, problems: list[Problem]) -> Iterator[Found]:
    for place, message in problems:
        yield Found(part.file, (*part.path, *place), message)
