"""Progress as one page of HTML: no script, nothing from elsewhere, light or dark as the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tutor.session.progress import svg
from tutor.session.progress.facts import first_day
from tutor.session.progress.markup import Child, Markup, element
from tutor.session.progress.plots import calibration_plot
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
from tutor.session.progress.view import ObjectiveView, PhaseView, ProgressView
from tutor.words import common, plural
from tutor.words import progress as words

#: The page as far as its style: its policy lets nothing be loaded or run, whatever got into it.
_HEAD = Path(__file__).with_name("page.html")
_SIGNS = {"mastered": "✓", "wrong": "✗", "": ""}


def as_html(view: ProgressView) -> str:
    """The page."""
    title = words.PAGE.format(course=view.course)
    made = words.MADE.format(course=view.course, date=view.at.date())
    body = element(
        "body",
        element("h1", common.PROGRESS),
        element("p", made, class_="soft"),
        *_top(view),
        *_forecast(view),
        *_mastery(view),
        *_certainty(view),
        *_ideas(view),
        *_time(view),
        *_exams(view),
    )
    head = _HEAD.read_text(encoding="utf-8")
    return f"{head}{element('title', title).source}</head>\n{body.source}\n</html>\n"


def _top(view: ProgressView) -> Iterator[Markup]:
    yield _say(words.NEXT.format(what=view.next.text), "next")
    totals = view.totals
    yield _say(
        words.IN_ALL.format(
            answered=totals.answered,
            questions=totals.questions,
            mastered=totals.mastered,
            objectives=totals.objectives,
        )
    )
    if totals.gone:
        yield _say(plural(totals.gone, *words.GONE).format(count=totals.gone))


def _forecast(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.FORECAST)
    yield _say(forecast_day(view.forecast))
    if not view.totals.answered:
        yield _say(words.NOTHING_ANSWERED)
        return
    lead, chances = forecast_chances(view.forecast)
    yield _say(lead)
    rows = (
        element(
            "tr",
            _number(f"{chance:.0%}"),
            element("td", svg.meter(chance)),
            element("td", condition),
        )
        for chance, condition in chances
    )
    yield element("table", *rows)
    yield _say(forecast_basis(view.forecast), "soft")


def _mastery(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.MASTERY)
    for legend in mastery_legend(view, _SIGNS["mastered"], _SIGNS["wrong"]):
        yield _say(legend, "soft")
    heads = ((words.OBJECTIVE, None), (words.NOW, "number"), (words.THEN, "number"))
    columns = (*heads, (words.ANSWERED, "number"))
    rows = [element("tr", *(element("th", name, class_=kind) for name, kind in columns))]
    for module in view.modules:
        rows.append(element("tr", element("th", module.title, colspan=4), class_="module"))
        for phase in module.phases:
            cells = _cells(view, phase_line(phase), phase, "")
            rows.append(element("tr", *cells, class_="phase"))
            for one in phase.objectives:
                state = state_of(one.mastery)
                rows.append(element("tr", *_cells(view, one.text, one, state)))
    yield element("table", *rows)
    yield _say(words.MASTERY_RULE, "soft")


def _cells(
    view: ProgressView, text: str, one: PhaseView | ObjectiveView, state: str
) -> tuple[Markup, ...]:
    said: list[Child] = [text]
    if state:
        told = {"mastered": words.MASTERED, "wrong": words.LAST_WRONG}[state]
        said.append(element("span", f" {_SIGNS[state]} {told}", class_=state))
    return (
        element("td", *said),
        _number(f"{one.mastery.share:.0%}"),
        _number(chance_in(view, one.recall)),
        _number(f"{one.mastery.answered}/{one.mastery.questions}"),
    )


def _certainty(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.SURENESS)
    plot = calibration_plot(view.calibration)
    if plot is None:
        yield _say(words.SURENESS_NONE)
        return
    yield element("ul", *(element("li", sure_line(one)) for one in view.calibration))
    yield _say(sure_rule(), "soft")
    yield svg.curves(plot, words.SURENESS)


def _ideas(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.IDEAS)
    if not any(idea.held for idea in view.misconceptions):
        yield _say(words.NONE_HELD if view.misconceptions else words.NO_IDEAS)
    for idea in view.misconceptions:
        if idea.held:
            name = words.HELD.format(name=idea.name, id=idea.id)
            yield element("p", element("strong", f"{_SIGNS['wrong']} {name}", class_="wrong"))
            yield element("ul", *(element("li", line) for line in idea_lines(idea)))
    cleared = [idea_lines(idea)[0] for idea in view.misconceptions if not idea.held]
    if cleared:
        yield element("ul", *(element("li", f"{_SIGNS['mastered']} {one}") for one in cleared))


def _time(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.TIME)
    yield _say(time_line(view))
    if not view.days:
        yield _say(words.NO_WEEKS)
        return
    most = max(week.seconds for week in view.weeks) or 1
    rows = (
        element(
            "tr",
            element("td", str(week.day)),
            element("td", svg.meter(week.seconds / most)),
            element("td", week_line(week.seconds, week.answers)),
        )
        for week in view.weeks
    )
    yield _say(words.WEEKS, "soft")
    yield element("table", *rows)
    yield element("h2", words.DAYS)
    today = view.at.date()
    yield svg.days(view.days, first_day(today), today, words.DAYS)


def _exams(view: ProgressView) -> Iterator[Markup]:
    yield element("h2", words.EXAMS)
    if not view.exams:
        yield _say(words.NO_EXAMS)
        return
    yield element("ul", *(element("li", exam_line(exam)) for exam in view.exams))


def _say(text: str, kind: str | None = None) -> Markup:
    return element("p", text, class_=kind)


def _number(text: str) -> Markup:
    return element("td", text, class_="number")
