"""The report in sentences and tables: the same ones in the terminal, on the screen and a page."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator

from tutor.classroom.register.contests import choosing_command, contest_line
from tutor.classroom.report.asked import each_question
from tutor.classroom.report.blocks import (
    Block,
    Cell,
    Command,
    Part,
    Points,
    Say,
    Shade,
    Table,
)
from tutor.classroom.report.statistics import FEWEST
from tutor.classroom.report.view import (
    LOW_SHARE,
    MANY_SURE,
    ClassReport,
    IdeaView,
    LearnerView,
    ObjectiveView,
    Risk,
)
from tutor.grading.confidence import Calibration
from tutor.words import class_report as words
from tutor.words import plural, progress

#: The weakest objectives and the commonest ideas that are told first.
FIRST = 3
#: So many learners of a list are shown where there is little room.
_LEARNERS = 12
#: Letters of a stem in the table of all questions; it stands in full further down.
_STEM = 110


def title_of(report: ClassReport) -> str:
    """What stands above all."""
    return words.TITLE.format(title=report.title)


def parts_of(report: ClassReport) -> tuple[Part, ...]:
    """All parts, from top to bottom."""
    named = (
        (words.RETEACH, _reteach),
        (words.HANDED_IN, _handed_in),
        (words.MARKS, _marks),
        (words.IDEAS, _ideas),
        (words.ITEMS, _items),
        (progress.SURENESS, _sureness),
        (words.RISKS, _risks),
    )
    contests = (Part(words.CONTESTS, tuple(_contests(report))),) if report.contests else ()
    parts = tuple(Part(title, tuple(make(report))) for title, make in named)
    if not report.n:
        return parts[:2] + parts[-1:]
    each = each_question(report, shlex.quote(report.id[:8]))
    return (*contests, *parts, Part(words.EACH, tuple(each)))


def first_parts_of(report: ClassReport) -> tuple[Part, ...]:
    """The parts to read first, without the histogram and who was not asked everything."""
    by_title = {part.title: part.blocks for part in parts_of(report)}
    titles = (
        *(words.CONTESTS, words.RETEACH, words.HANDED_IN),
        *(words.MARKS, words.RISKS, words.ITEMS),
    )
    left_out = {words.MARKS: Table, words.ITEMS: Points}
    return tuple(
        Part(
            title, tuple(b for b in by_title[title] if not isinstance(b, left_out.get(title, ())))
        )
        for title in titles
        if title in by_title
    )


def _contests(report: ClassReport) -> Iterator[Block]:
    for one in report.contests:
        yield Say(contest_line(one), "strong")
        yield Command(choosing_command(one, report.id))


def _reteach(report: ClassReport) -> Iterator[Block]:
    made = words.MADE.format(
        due=report.due_at.astimezone().strftime(words.WHEN),
        at=report.at.astimezone().strftime(words.WHEN),
    )
    if report.released_at is not None:
        day = report.released_at.astimezone().strftime(words.WHEN)
        made += " " + words.RELEASED.format(day=day)
    yield Say(made, "soft")
    if not report.n:
        yield Say(words.NOTHING_IN)
        return
    if report.is_small:
        told = plural(report.n, *words.SMALL).format(n=report.n, fewest=FEWEST)
        yield Say(told, "strong")
    weakest = [one for one in report.objectives if one.facility < 1.0][:FIRST]
    yield Points(tuple(map(_weak, weakest)), FIRST)
    held = report.ideas[:FIRST]
    if held:
        yield Points(tuple(map(_held, held)), FIRST)
    else:
        yield Say(words.NO_IDEAS.format(n=report.n))


def _weak(one: ObjectiveView) -> str:
    numbers = ", ".join(map(str, one.questions))
    asked = plural(len(one.questions), *words.QUESTION_LIST).format(numbers=numbers)
    text = one.text.rstrip(".")
    told = words.WEAKEST_OF_FEW if one.n < FEWEST else words.WEAKEST
    return told.format(
        text=text, facility=one.facility, learners=_learners(one.n), questions=asked
    )


def _held(one: IdeaView) -> str:
    share = "" if one.n < FEWEST else words.HELD_SHARE.format(rate=one.rate)
    return words.HELD.format(
        name=one.name, shown=one.shown, learners=_learners(one.n), share=share, right=one.right
    )


def _learners(n: int) -> str:
    return plural(n, *words.LEARNERS).format(n=n)


def _handed_in(report: ClassReport) -> Iterator[Block]:
    handed = report.handed_in
    late = [one for one in handed if one.late]
    everyone = _learners(len(report.learners))
    yield Say(words.IN_OF.format(n=report.n, learners=everyone, late=len(late)))
    if moodle := sum(one.from_moodle for one in handed):
        yield Say(words.FROM_MOODLE.format(count=moodle))
    missing = [one for one in report.learners if one.handed_at is None]
    extended = [one for one in report.learners if one.extended or one.extra]
    strange = [one for one in handed if not one.enrolled]
    yield from _listed(words.MISSING, map(_missing, missing))
    yield from _listed(words.LATE, map(_late, late))
    yield from _listed(words.EXTENDED, map(_longer, extended))
    if any(one.enrolled for one in report.learners):
        yield from _listed(words.NOT_ON_LIST, map(person, strange))
    notes = [
        words.NOTE.format(who=person(one), note=note)
        for one in report.learners
        for note in one.notes
    ]
    yield from _listed(words.NOTED, notes)


def _listed(lead: str, lines: Iterable[str]) -> Iterator[Block]:
    found = tuple(lines)
    if found:
        yield Say(lead.format(n=len(found)), "strong")
        yield Points(found, _LEARNERS)


def person(one: LearnerView) -> str:
    """Who it is: the name with the id, or the id alone."""
    return words.PERSON.format(name=one.name, id=one.id) if one.name else one.id


def _missing(one: LearnerView) -> str:
    who = person(one)
    return words.LATE_REFUSED.format(who=who) if one.refused else who


def _late(one: LearnerView) -> str:
    if one.share == 1.0:
        return person(one)
    return words.LATE_KEEPS.format(who=person(one), share=one.share)


def _longer(one: LearnerView) -> str:
    who = person(one)
    if one.extra:
        who = words.EXTRA_TIME.format(who=who, extra=one.extra)
    if one.extended:
        who = words.EXTENSION.format(who=who, due=one.due_at.astimezone().strftime(words.WHEN))
    return who


def _marks(report: ClassReport) -> Iterator[Block]:
    marks = report.marks
    if marks is None:
        return
    yield Say(
        words.SPREAD.format(mean=marks.mean, median=marks.median, most=marks.max_marks, n=marks.n)
    )
    if marks.deviation is not None and not report.is_small:
        yield Say(words.DEVIATION.format(deviation=marks.deviation, n=marks.n))
    if marks.alpha is None:
        yield Say(words.NO_ALPHA.format(n=marks.n))
    else:
        yield Say(words.ALPHA.format(alpha=marks.alpha, n=marks.n))
    if marks.n < FEWEST:
        return
    most = max(marks.tenths)
    rows = tuple(
        (words.TENTH.format(low=10 * place, high=10 * place + 10), Shade(str(count), count / most))
        for place, count in enumerate(marks.tenths)
    )
    heads = (words.SHARE_HEAD, words.LEARNERS_HEAD)
    yield Table(words.TENTHS.format(n=marks.n), heads, rows, texts=(0,))


def _ideas(report: ClassReport) -> Iterator[Block]:
    yield Say(words.IDEA_LEGEND, "soft")
    for one in report.objectives:
        told = words.OBJECTIVE_OF_FEW if one.n < FEWEST else words.OBJECTIVE
        title = told.format(text=one.text.rstrip("."), facility=one.facility, n=one.n)
        rows = tuple((_rate(idea), str(idea.shown), str(idea.n), idea.name) for idea in one.ideas)
        if rows:
            yield Table(title, words.IDEA_HEADS, rows, texts=(3,))
    without = sum(not one.ideas for one in report.objectives)
    if without:
        told = plural(without, *words.WITHOUT_IDEAS)
        yield Say(told.format(count=without, n=report.n))


def _rate(idea: IdeaView) -> Cell:
    return words.NONE if idea.n < FEWEST else Shade(f"{idea.rate:.0%}", idea.rate)


def _items(report: ClassReport) -> Iterator[Block]:
    yield Say(words.ITEM_LEGEND.format(fewest=FEWEST), "soft")
    rows = tuple(
        (
            str(one.number),
            str(one.n),
            words.NONE if one.facility is None else f"{one.facility:.0%}",
            *map(_figure, (one.discrimination, one.efficiency, one.weight)),
            words.NONE if one.time is None else f"{one.time.median:.0f}",
            textwrap.shorten(one.stem, _STEM, placeholder=" …"),
        )
        for one in report.items
    )
    heads = words.ITEM_HEADS
    yield Table(words.ITEMS, heads, rows, texts=(len(heads) - 1,))
    compared = tuple(
        words.ITEM_COMPARED.format(number=one.number, compared=one.compared)
        for one in report.items
        if one.compared != one.n
    )
    if compared:
        yield Points(compared, len(compared))


def _figure(value: float | None) -> str:
    return words.NONE if value is None else f"{value:.0f}"


def _sureness(report: ClassReport) -> Iterator[Block]:
    if not report.sureness:
        yield Say(words.SURENESS_NONE)
        return
    told = _counted if report.is_small else _calibrated
    rows = tuple(map(told, report.sureness))
    yield Table(progress.SURENESS, words.SURE_HEADS[: len(rows[0])], rows, texts=(0, 4))


def _counted(one: Calibration) -> tuple[str, ...]:
    return words.SURE[one.certainty], str(one.n)


def _calibrated(one: Calibration) -> tuple[str, ...]:
    return (
        *_counted(one),
        words.NONE if one.share_right is None else f"{one.share_right:.0%}",
        words.NONE if one.interval is None else f"{one.interval[0]:.0%}-{one.interval[1]:.0%}",
        progress.READINGS.get(one.reading, words.NONE),
    )


def _risks(report: ClassReport) -> Iterator[Block]:
    yield Say(words.RISK_RULE.format(low=LOW_SHARE, sure=MANY_SURE), "soft")
    found = [one for one in report.learners if one.risks]
    if not found:
        yield Say(words.NO_RISKS.format(n=len(report.learners)))
        return
    lines = []
    for one in sorted(found, key=lambda one: -len(one.risks)):
        reasons = ", ".join(_reason(one, risk) for risk in one.risks)
        lines.append(words.NOTE.format(who=person(one), note=reasons))
    yield Points(tuple(lines), 2 * _LEARNERS)


def _reason(one: LearnerView, risk: Risk) -> str:
    return words.RISK_REASONS[risk.reason].format(
        marks=round(one.marks or 0.0, 1),
        most=one.max_marks,
        count=risk.count,
        certain=risk.certain,
    )
