"""Progress as lines of text: the command, the plain page and the screen show the same ones."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import msgspec

from tutor.plot.canvas import Span
from tutor.plot.figure import Mode
from tutor.plot.raster import render
from tutor.session.progress.facts import first_day
from tutor.session.progress.mastery import Mastery
from tutor.session.progress.plots import calibration_plot, day_legend, day_rows
from tutor.session.progress.telling import (
    chance_in,
    exam_line,
    forecast_basis,
    forecast_chances,
    forecast_day,
    idea_lines,
    mastery_legend,
    phase_line,
    state_of,
    sure_line,
    sure_rule,
    time_line,
    week_line,
)
from tutor.session.progress.view import ModuleView, ProgressView
from tutor.session.terminal import meter, shown_in
from tutor.words import common, plural
from tutor.words import progress as words

#: Below this width what a row is about stands under its numbers.
NARROW = 54
NARROWEST = 40
PLOT_WIDTH, PLOT_HEIGHT = 60, 14
#: Ideas that are cleared are told one by one up to so many, the latest.
MOST_CLEARED = 5
_METER, _SHORT_METER = 10, 6
_MARKS = {"mastered": ("✓", "+"), "wrong": ("✗", "x"), "": (" ", " ")}


class Line(msgspec.Struct, frozen=True):
    """A line.

    Attributes:
        text: What it says, as the terminal can show it.
        role: "title", "strong", "muted", or "" for a style.
        spans: Styled cells of a picture.
    """

    text: str = ""
    role: str = ""
    spans: tuple[Span, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """A part of the picture: what is below one title, which is its first line."""

    name: str
    lines: tuple[Line, ...]


class Look(msgspec.Struct, frozen=True):
    """How it is shown.

    Attributes:
        width: Columns to fill, 40 or more.
        letters: The mode that text is spelt for.
        drawing: How curves are drawn.
        plots: Whether they are drawn at all.
    """

    width: int
    letters: Mode
    drawing: Mode
    plots: bool = True

    def said(self, text: str, indent: int = 0, hanging: int = 0, role: str = "") -> Iterator[Line]:
        """The text wrapped, later lines `hanging` columns further in."""
        for line in textwrap.wrap(
            shown_in(self.letters, text),
            self.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        ):
            yield Line(line, role)

    def beside(self, lead: str, text: str, role: str = "") -> Iterator[Line]:
        """The text wrapped beside what leads its first line; below it where that is narrow."""
        lead = shown_in(self.letters, lead)
        if self.width < NARROW:
            yield Line(lead.rstrip(), role)
            yield from self.said(text, 4, 0, role)
            return
        lines = textwrap.wrap(
            shown_in(self.letters, text), self.width - len(lead), break_on_hyphens=False
        )
        for number, line in enumerate(lines):
            yield Line((" " * len(lead) if number else lead) + line, role)

    def title(self, text: str) -> Line:
        """The title of a part."""
        return Line(shown_in(self.letters, text), "title")

    def meter(self, share: float) -> str:
        """A bar that is filled to a share."""
        width = _METER if self.width >= NARROW else _SHORT_METER
        return meter(share, width, plain=self.letters == "ascii")

    def mark(self, name: str) -> str:
        """The sign for a state, told beside the colour."""
        return _MARKS[name][self.letters == "ascii"]


def parts_of(view: ProgressView, look: Look) -> tuple[Part, ...]:
    """All parts, from top to bottom."""
    makers = {
        "top": _top,
        "forecast": _forecast,
        "mastery": _mastery,
        "certainty": _certainty,
        "ideas": _ideas,
        "time": _time,
        "days": _days,
        "exams": _exams,
    }
    return tuple(Part(name, tuple(make(view, look))) for name, make in makers.items())


def _top(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(common.PROGRESS)
    yield from look.said(words.NEXT.format(what=view.next.text), role="strong")
    totals = view.totals
    yield from look.said(
        words.IN_ALL.format(
            answered=totals.answered,
            questions=totals.questions,
            mastered=totals.mastered,
            objectives=totals.objectives,
        )
    )
    if totals.gone:
        yield from look.said(plural(totals.gone, *words.GONE).format(count=totals.gone))


def _forecast(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.FORECAST)
    yield from look.said(forecast_day(view.forecast))
    if not view.totals.answered:
        yield from look.said(words.NOTHING_ANSWERED)
        return
    lead, chances = forecast_chances(view.forecast)
    yield from look.said(lead)
    for chance, condition in chances:
        yield from look.said(f"{look.meter(chance)} {chance:>4.0%} {condition}", 2, 0, "strong")
    yield from look.said(forecast_basis(view.forecast), role="muted")


def _mastery(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.MASTERY)
    mastered, wrong = look.mark("mastered"), look.mark("wrong")
    for legend in mastery_legend(view, mastered, wrong):
        yield from look.said(legend, role="muted")
    meter = " " * len(look.meter(0.0))
    yield Line(f"  {meter} {words.NOW:>4} {words.THEN:>4}", "muted")
    for module in view.modules:
        yield from _module(view, module, look)
    yield from look.said(words.MASTERY_RULE, role="muted")


def _module(view: ProgressView, module: ModuleView, look: Look) -> Iterator[Line]:
    yield from look.said(module.title, role="strong")
    for phase in module.phases:
        known = phase.mastery
        yield from look.beside(
            _numbers(known, chance_in(view, phase.recall), look, ""), phase_line(phase)
        )
        if not known.answered:
            continue
        for one in phase.objectives:
            numbers = _numbers(
                one.mastery, chance_in(view, one.recall), look, state_of(one.mastery)
            )
            yield from look.beside(f"{numbers}  ", one.text)


def _numbers(mastery: Mastery, then: str, look: Look, state: str) -> str:
    numbers = f"{mastery.share:>4.0%} {then:>4}"
    return f"{look.mark(state)} {look.meter(mastery.share)} {numbers}  "


def _certainty(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.SURENESS)
    plot = calibration_plot(view.calibration)
    if plot is None:
        yield from look.said(words.SURENESS_NONE)
        return
    for one in view.calibration:
        yield from look.said(sure_line(one), hanging=2)
    yield from look.said(sure_rule(), role="muted")
    if look.plots:
        raster = render(plot, min(look.width, PLOT_WIDTH), PLOT_HEIGHT, look.drawing)
        for row, spans in zip(raster.rows, raster.spans, strict=True):
            yield Line(row.rstrip(), "", spans)


def _ideas(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.IDEAS)
    held = [idea for idea in view.misconceptions if idea.held]
    if not held:
        yield from look.said(words.NONE_HELD if view.misconceptions else words.NO_IDEAS)
    for idea in held:
        name = words.HELD.format(name=idea.name, id=idea.id)
        yield from look.said(f"{look.mark('wrong')} {name}", 0, 2, "strong")
        for line in idea_lines(idea):
            yield from look.said(line, 2, 0)
    cleared = [idea for idea in view.misconceptions if not idea.held]
    for idea in cleared[:MOST_CLEARED]:
        yield from look.said(f"{look.mark('mastered')} {idea_lines(idea)[0]}", 0, 2)
    if more := len(cleared[MOST_CLEARED:]):
        yield from look.said(plural(more, *words.MORE_CLEARED).format(count=more), 2)


def _time(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.TIME)
    yield from look.said(time_line(view))
    if not view.totals.answers:
        return
    begun = next((n for n, week in enumerate(view.weeks) if week.answers), None)
    if begun is None:
        yield from look.said(words.NO_WEEKS)
        return
    yield from look.said(words.WEEKS, role="muted")
    most = max(week.seconds for week in view.weeks) or 1
    for week in view.weeks[begun:]:
        done = week_line(week.seconds, week.answers)
        yield from look.said(f"{week.day} {look.meter(week.seconds / most)} {done}", hanging=4)


def _days(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.DAYS)
    if not view.days:
        yield from look.said(words.NO_WEEKS)
        return
    today = view.at.date()
    for row in day_rows(view.days, first_day(today), today, look.letters):
        yield Line(row)
    yield from look.said(day_legend(look.letters), hanging=2, role="muted")


def _exams(view: ProgressView, look: Look) -> Iterator[Line]:
    yield look.title(words.EXAMS)
    if not view.exams:
        yield from look.said(words.NO_EXAMS)
    for exam in view.exams:
        yield from look.said(exam_line(exam), hanging=18)
