"""The report of an exam in words, for both front ends."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

import msgspec

from tutor.grading.verdict import figure, marks_figure
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.blueprint import Blueprint
from tutor.session.exam.drawing import Paper
from tutor.session.exam.exam import Exam, Spot
from tutor.session.exam.record import HANDED_IN, Begun
from tutor.session.exam.report import ExamReport, Result, Row, score
from tutor.words import exam as words
from tutor.words import plural

#: Stands for the rest of a question; with fewer columns for it than these, none of it is told.
CUT = " ..."
LEAST_STEM = 12


class Part(msgspec.Struct, frozen=True):
    """A part of the report: lines below a title."""

    title: str
    lines: tuple[str, ...]


def report_parts(report: ExamReport, width: int) -> tuple[Part, ...]:
    """The report, a part after the other, the result first; `width` is that of a line."""
    questions = tuple(result_line(result, width) for result in report.results)
    parts = [
        Part(words.RESULT, headlines(report)),
        Part(words.BY_SECTION, _rows(report.by_section) if len(report.by_section) > 1 else ()),
        Part(words.BY_KIND, _rows(report.by_kind, words.KINDS)),
        Part(words.BY_OBJECTIVE, _rows(report.by_objective)),
        Part(words.CHANGES, _changes(report)),
        Part(words.SURENESS, _sureness(report)),
        Part(words.QUESTION_BY_QUESTION, questions),
    ]
    return tuple(part for part in parts if part.lines)


def headlines(report: ExamReport) -> tuple[str, ...]:
    """How it went, in a few lines."""
    begun = report.begun
    unanswered = sum(not result.answered for result in report.results)
    lines = [words.MARKS_IN_ALL.format(**_marks(report), share=report.share)]
    if begun.minutes is not None:
        how = words.ENDED if report.ended.reason == HANDED_IN else words.TIME_RAN_OUT
        lines.append(how.format(used=duration(report.used_s), allowed=duration(begun.allowed_s)))
    if not begun.assignment:
        lines.append(paper_line(begun))
    if unanswered:
        lines.append(plural(unanswered, *words.LEFT_UNANSWERED).format(count=unanswered))
    others = [
        words.GIVEN.format(id=one.id, marks=figure(one.marks), full=figure(one.max_marks))
        for one in report.results
        if one.given
    ]
    if others:
        lines.append(words.OTHER_MARKS.format(given=", ".join(others)))
    if report.kept < 1.0:
        score = round(report.marks * report.kept, 2)
        lines.append(words.LATE_KEEPS.format(share=report.kept, score=score))
    return tuple(lines)


def paper_line(begun: Begun) -> str:
    """Which paper it was, so that it can be sat again."""
    extra = words.WITH_EXTRA.format(extra=begun.extra) if begun.extra else ""
    return words.PAPER.format(
        date=begun.time.astimezone().strftime(words.WHEN),
        blueprint=begun.blueprint,
        seed=begun.seed,
        extra=extra,
    )


def result_line(result: Result, width: int) -> str:
    """A question in a line, with as many of its first words as fit into `width` columns."""
    line = _result_line(result, "")
    room = width - len(line) - len(words.STEM.format(words=""))
    stem = (
        shorten(result.stem, room, break_on_hyphens=False, placeholder=CUT)
        if room >= LEAST_STEM
        else ""
    )
    if stem in ("", CUT.strip()):
        return line
    return _result_line(result, words.STEM.format(words=stem))


def _result_line(result: Result, stem: str) -> str:
    notes = [
        "" if result.answered else words.NOT_ANSWERED,
        words.SURE[result.certainty] if result.certainty else "",
        *(words.CHANGED_WORSE for _ in range(result.worse)),
        *(words.CHANGED_BETTER for _ in range(result.better)),
        *(words.CHANGED for _ in range(result.other)),
        words.WAS_FLAGGED if result.flagged else "",
        words.TUTORS_MARKS if result.given else "",
    ]
    return words.QUESTION_LINE.format(
        number=result.number,
        id=result.id,
        stem=stem,
        **_marks(result),
        time=duration(result.seconds),
        notes="".join(words.NOTE.format(note=note) for note in notes if note),
    )


def past_line(journal: Journal, bank: Bank, begun: Begun) -> str:
    """An exam that has ended, in a line.

    Raises:
        JournalError: the journal cannot be read.
    """
    row = score(journal, bank, begun)
    return words.PAST.format(
        title=begun.title,
        date=begun.time.astimezone().strftime(words.WHEN),
        **_marks(row),
        share=row.share,
    )


def blueprint_line(name: str, blueprint: Blueprint) -> str:
    """A blueprint in a line."""
    return words.BLUEPRINT.format(name=name, title=blueprint.title, minutes=blueprint.minutes)


def goes_on_line(begun: Begun, left: str, blueprint: str | None, seed: int | None) -> str:
    """That an exam goes on, with `left` to go, and whether that is another than was asked for."""
    other = is_other(begun, blueprint, seed)
    return (words.OTHER_GOES_ON if other else words.GOES_ON).format(title=begun.title, left=left)


def is_other(begun: Begun, blueprint: str | None, seed: int | None) -> bool:
    """Whether another paper is asked for than that of an exam; None asks for any."""
    return blueprint not in (None, begun.blueprint) or seed not in (None, begun.seed)


def before_lines(paper: Paper, extra: float) -> tuple[str, ...]:
    """What a candidate is told before the clock runs: size and seed, then the sections."""
    seconds = paper.minutes * 60.0 * (1.0 + extra / 100.0)
    count = len(paper.questions)
    with_extra = words.WITH_EXTRA.format(extra=extra) if extra else ""
    lines = [
        words.PAPER_SIZE.format(
            questions=plural(count, *words.QUESTIONS).format(count=count),
            marks=marks_figure(paper.marks),
            time=duration(seconds),
            extra=with_extra,
        )
    ]
    lines.append(words.SEED.format(seed=paper.seed))
    if len(paper.sections) > 1:
        lines += [words.SECTION.format(title=title, count=n) for title, n in paper.sections]
    return tuple(lines)


def spot_line(spot: Spot) -> tuple[str, str]:
    """A question on the map: how it stands, and what it is worth."""
    state = words.HAS_ANSWER if spot.answered else words.HAS_NONE
    flag = words.NOTE.format(note=words.WAS_FLAGGED) if spot.flagged else ""
    marks = plural(round(spot.marks), *words.WORTH).format(marks=marks_figure(spot.marks))
    return f"{state}{flag}", f"{marks}  {spot.section}"


def hand_in_question(exam: Exam) -> str:
    """What is asked before an exam is handed in."""
    unanswered = exam.unanswered
    flagged = sum(spot.flagged for spot in exam.spots)
    parts = [
        plural(unanswered, *words.STILL_OPEN).format(count=unanswered)
        if unanswered
        else words.ALL_ANSWERED,
        plural(flagged, *words.STILL_FLAGGED).format(count=flagged) if flagged else "",
        words.HAND_IN_NOW.format(left=exam.time_left),
    ]
    return " ".join(part for part in parts if part)


def duration(seconds: float) -> str:
    """A stretch of time, such as 1 min 20 s."""
    whole = round(seconds)
    if whole < 60:
        return words.SECONDS.format(seconds=whole)
    if whole % 60:
        return words.MINUTES_SECONDS.format(minutes=whole // 60, seconds=whole % 60)
    return words.MINUTES.format(minutes=whole // 60)


def _marks(of: ExamReport | Result | Row) -> dict[str, str]:
    return {"marks": marks_figure(of.marks), "full": marks_figure(of.max_marks)}


def _rows(rows: Iterable[Row], names: dict[str, str] | None = None) -> tuple[str, ...]:
    known = names or {}
    return tuple(
        words.ROW.format(name=known.get(row.name, row.name), share=row.share, **_marks(row))
        for row in rows
    )


def _changes(report: ExamReport) -> tuple[str, ...]:
    worse = sum(result.worse for result in report.results)
    better = sum(result.better for result in report.results)
    other = sum(result.other for result in report.results)
    if not worse + better + other:
        return ()
    return (words.CHANGES_IN_ALL.format(worse=worse, better=better, other=other),)


def _sureness(report: ExamReport) -> tuple[str, ...]:
    earned = report.by_certainty
    if earned is None:
        return ()
    lines = [words.BY_CERTAINTY.format(earned=round(earned[0], 1), most=earned[1])]
    for level in report.sureness:
        if level.share_right is not None:
            lines.append(
                words.AT_CERTAINTY.format(
                    sure=words.SURE[level.certainty], count=level.n, share=level.share_right
                )
            )
    return tuple(lines)
