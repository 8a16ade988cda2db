"""The result of an exam: marks by objective and kind, time, changes, and how sure one was."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise, zip_longest

import msgspec

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.grading.confidence import (
    Calibration,
    Certainty,
    calibration,
    certainty_marks,
)
from tutor.grading.marking import mark
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT
from tutor.journal.known import RIGHT_SHARE, Attempt, attempt_of
from tutor.journal.store import Journal
from tutor.session.bank import Bank, Banked
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.handing import board_of, write_attempts
from tutor.session.exam.posing import answer_of
from tutor.session.exam.record import (
    Begun,
    Ended,
    Record,
    exams_begun,
    exams_ended,
    record_of,
)
from tutor.session.exam.timing import seconds_spent

#: An answer that was replaced sooner was passed over on the way to another one.
STOOD_S = 2.0


class Result(msgspec.Struct, frozen=True):
    """What became of one question.

    Attributes:
        number: From 1.
        id: The question.
        stem: What it asks, without its marks of layout.
        kind: Its kind.
        section: Its section's title.
        objectives: What it asks for, by id.
        marks: Marks given.
        max_marks: Full marks.
        answered: It had an answer.
        right: It got 0.8 of its marks or more.
        seconds: Time spent on it.
        worse: Changes from right to wrong.
        better: Changes from wrong to right.
        other: Changes that made neither of it.
        flagged: It was flagged at the end.
        certainty: How sure the learner was.
        given: A tutor gave these marks.
    """

    number: int
    id: str
    stem: str
    kind: str
    section: str
    objectives: tuple[str, ...]
    marks: float
    max_marks: float
    answered: bool
    right: bool
    seconds: float
    worse: int
    better: int
    other: int
    flagged: bool
    certainty: Certainty | None
    given: bool = False

    @property
    def share(self) -> float:
        """Marks as a share of the full ones."""
        return self.marks / self.max_marks if self.max_marks else 0.0


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a tutor made of someone's work, where that differs from the marking.

    Attributes:
        marks: Marks given in place of the marking's, by question.
        share: What late work keeps of its marks, 0 to 1.
    """

    marks: dict[str, float] = {}
    share: float = 1.0


class Row(msgspec.Struct, frozen=True):
    """Results of the questions that share something."""

    name: str
    questions: int
    marks: float
    max_marks: float

    @property
    def share(self) -> float:
        """Marks as a share of the full ones."""
        return self.marks / self.max_marks if self.max_marks else 0.0


class ExamReport(msgspec.Struct, frozen=True):
    """The result of an exam.

    Attributes:
        begun: How it was begun.
        ended: How it ended.
        results: One for each question that the course still has, in order.
        by_objective: By what the objective says, the worst first.
        by_kind: By the id of the kind, in the order of the paper.
        by_section: By its title, in order.
        sureness: How sure against how right; empty where that was never said.
        kept: What late work keeps of its marks, 0 to 1.
    """

    begun: Begun
    ended: Ended
    results: tuple[Result, ...]
    by_objective: tuple[Row, ...]
    by_kind: tuple[Row, ...]
    by_section: tuple[Row, ...]
    sureness: tuple[Calibration, ...]
    kept: float = 1.0

    @property
    def marks(self) -> float:
        """Marks given."""
        return sum(result.marks for result in self.results)

    @property
    def max_marks(self) -> float:
        """Full marks."""
        return sum(result.max_marks for result in self.results)

    @property
    def share(self) -> float:
        """Marks as a share of the full ones."""
        return self.marks / self.max_marks if self.max_marks else 0.0

    @property
    def used_s(self) -> float:
        """How long it took."""
        return min(self.ended.at_s, self.begun.allowed_s)

    @property
    def by_certainty(self) -> tuple[float, float] | None:
        """Certainty-based marks, and the most that these answers could earn."""
        sure = [result for result in self.results if result.certainty is not None]
        earned = [certainty_marks(result.certainty, result.share) or 0.0 for result in sure]
        return (sum(earned), 3.0 * len(sure)) if sure else None


def report_of(
    files: CourseFolder, journal: Journal, bank: Bank, begun: Begun, given: Given | None = None
) -> ExamReport:
    """The report of an exam that has ended; what a crash left unmarked is marked first.

    Marks that a tutor has `given` stand in place of the marking's.

    Raises:
        ValueError: it has not ended.
        ContentErrors: the course is wrong.
        JournalError: the journal cannot be used.
    """
    write_attempts(files, journal, begun)
    record = record_of(journal, begun)
    if record.ended is None:
        raise ValueError("the exam has not ended")
    found = [bank.by_id[one] for one in begun.ids if one in bank.by_id]
    spent = seconds_spent(record)
    marker = _marker(journal, begun)
    given = given or Given()
    results = tuple(
        _as_given(_result(journal, record, banked, spent, marker), given) for banked in found
    )
    objectives = bank.objectives
    by_objective = _rows(results, lambda one: one.objectives, objectives)
    said = [(one.certainty, one.share) for one in results if one.certainty is not None]
    return ExamReport(
        begun=begun,
        ended=record.ended,
        results=results,
        by_objective=tuple(sorted(by_objective, key=lambda row: row.share)),
        by_kind=_rows(results, lambda one: (one.kind,)),
        by_section=_rows(results, lambda one: (one.section,)),
        sureness=calibration(said) if said else (),
        kept=given.share,
    )


def past_exams(journal: Journal) -> tuple[Begun, ...]:
    """The exams that have ended, the newest first.

    Raises:
        JournalError: the journal cannot be read.
    """
    ended = exams_ended(journal)
    return tuple(begun for begun in reversed(exams_begun(journal)) if begun.id in ended)


def attempt_in(journal: Journal, begun: Begun, question_id: str) -> Event | None:
    """The attempt that an exam made of the answer to a question.

    Raises:
        JournalError: the journal cannot be read.
    """
    return journal.latest(
        ATTEMPT,
        question_id=question_id,
        where=lambda event: event.data.get("exam") == begun.id,
    )


def score(journal: Journal, bank: Bank, begun: Begun) -> Row:
    """The marks of an exam that has ended, without the rest of its report.

    Raises:
        JournalError: the journal cannot be read.
    """
    found = [bank.by_id[one] for one in begun.ids if one in bank.by_id]
    attempts = (_read(attempt_in(journal, begun, banked.id)) for banked in found)
    return Row(
        name=begun.title,
        questions=len(found),
        marks=sum(attempt.marks for attempt in attempts if attempt),
        max_marks=sum(banked.marks for banked in found),
    )


def _read(event: Event | None) -> Attempt | None:
    return event and attempt_of(event.id, event.time, event.data, shown=False)


def _marker(journal: Journal, begun: Begun) -> Callable[[Banked, object], bool | None]:
    """Tells whether an answer was right; None where it is no answer."""
    board = board_of(journal, begun)

    def right(banked: Banked, answer: object) -> bool | None:
        posed = Posed(banked.question, question_seed(begun.seed, banked.id))
        try:
            return mark(posed, answer, board).share >= RIGHT_SHARE
        except ValueError:
            return None

    return right


def _result(
    journal: Journal,
    record: Record,
    banked: Banked,
    spent: dict[str, float],
    right: Callable[[Banked, object], bool | None],
) -> Result:
    begun = record.begun
    attempt = _read(attempt_in(journal, begun, banked.id))
    stood = record.stands(banked.id)
    changes = _changes(record, banked, right)
    posed = Posed(banked.question, question_seed(begun.seed, banked.id))
    place = begun.ids.index(banked.id)
    section = ""
    for title, count in begun.sections:
        section = section or (title if place < count else "")
        place -= count
    return Result(
        number=begun.ids.index(banked.id) + 1,
        id=banked.id,
        stem=" ".join(block.text for block in blocks(posed.stem)),
        kind=banked.question.kind,
        section=section,
        objectives=banked.question.objectives,
        marks=attempt.marks if attempt else 0.0,
        max_marks=attempt.max_marks if attempt else banked.marks,
        answered=attempt is not None,
        right=attempt is not None and attempt.right,
        seconds=spent.get(banked.id, 0.0),
        worse=changes.count((True, False)),
        better=changes.count((False, True)),
        other=sum(before == after for before, after in changes),
        flagged=banked.id in record.flagged,
        certainty=stood.certainty if stood else None,
    )


def _as_given(result: Result, given: Given) -> Result:
    marks = given.marks.get(result.id)
    if marks is None:
        return result
    right = result.answered and marks >= RIGHT_SHARE * result.max_marks
    return msgspec.structs.replace(result, marks=marks, right=right, given=True)


def _changes(
    record: Record, banked: Banked, right: Callable[[Banked, object], bool | None]
) -> list[tuple[bool, bool]]:
    """Whether each answer that stood, and the one that came in its place, was right."""
    given = [one for one in record.given.get(banked.id, ()) if one.answer is not None]
    stood: list[object] = []
    posed = Posed(banked.question, question_seed(record.begun.seed, banked.id))
    for one, following in zip_longest(given, given[1:]):
        passed_over = following and (one.typed or following.at_s - one.at_s < STOOD_S)
        if passed_over:
            continue
        try:
            answer = answer_of(posed, one)
        except ValueError:
            continue
        if not stood or stood[-1] != answer:
            stood.append(answer)
    if len(stood) < 2:
        return []
    verdicts = [verdict for answer in stood if (verdict := right(banked, answer)) is not None]
    return [*pairwise(verdicts)]


def _rows(
    results: Iterable[Result],
    names: Callable[[Result], Iterable[str]],
    shown: dict[str, str] | None = None,
) -> tuple[Row, ...]:
    """The results under each name; `shown` tells what stands in its place."""
    groups: dict[Hashable, list[Result]] = {}
    for result in results:
        for name in names(result):
            groups.setdefault(name, []).append(result)
    return tuple(
        Row(
            name=(shown or {}).get(str(name), str(name)),
            questions=len(group),
            marks=sum(result.marks for result in group),
            max_marks=sum(result.max_marks for result in group),
        )
        for name, group in groups.items()
    )
