"""The pictures of progress: the calibration curve, and the days as a map of shades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tutor.grading.confidence import PAYS_BEST
from tutor.plot.figure import Axis, Band, Mode, Plot, Series, Strip
from tutor.session.progress.view import Stretch, Sure
from tutor.words import progress as words

#: From so many answers a day on it has the next shade.
LEVELS_FROM = (1, 5, 15, 30)
_SHADES: dict[bool, str] = {True: ".-+*#", False: "·░▒▓█"}


def calibration_plot(calibration: Sequence[Sure]) -> Plot | None:
    """How often answers were right against how sure they were; None without any.

    A certainty stands in the middle of the chances for which it pays best, in percent. On the
    dashed line one is as right as one is sure.
    """
    told = [
        (sum(PAYS_BEST[one.certainty]) * 50.0, one.share_right * 100.0, str(one.answers))
        for one in calibration
        if one.share_right is not None
    ]
    if not told:
        return None
    return Plot(
        series=(
            Series((0.0, 100.0), (0.0, 100.0), ".", "compare", words.IDEAL),
            Series([x for x, _, _ in told], [y for _, y, _ in told], "o", "run", words.YOU),
        ),
        x=Axis(0.0, 100.0, "%", words.HOW_SURE),
        y=Axis(0.0, 100.0, "%", words.SHARE_RIGHT),
        marks=tuple((x, y, f"n={count}") for x, y, count in told),
        strips=(
            Strip(
                tuple(
                    Band(low * 100, high * 100, words.BANDS[one], one - 1)
                    for one, (low, high) in PAYS_BEST.items()
                ),
                "",
            ),
        ),
        legend=True,
    )


def level_of(answers: int) -> int:
    """The shade of a day, 0 to 4."""
    return sum(answers >= least for least in LEVELS_FROM)


def shades_of(mode: Mode) -> str:
    """The shades of a day, from none to the most; each of them is another sign."""
    return _SHADES[mode == "ascii"]


def weeks_of(days: Sequence[Stretch], first: date, today: date) -> list[list[int | None]]:
    """Answers on each day, a list for each week from Monday on; None for days to come."""
    done = {one.day: one.answers for one in days}
    weeks: list[list[int | None]] = []
    monday = first
    while monday <= today:
        week = [monday + timedelta(days=day) for day in range(7)]
        weeks.append([done.get(day, 0) if day <= today else None for day in week])
        monday += timedelta(days=7)
    return weeks


def day_rows(days: Sequence[Stretch], first: date, today: date, mode: Mode) -> list[str]:
    """The days as rows of text: a column for each week, a row for each weekday."""
    weeks, shades = weeks_of(days, first, today), shades_of(mode)
    gutter = max(map(len, words.WEEKDAYS)) + 2
    months = [" "] * (gutter + 2 * len(weeks) + 2)
    before = None
    for number in range(len(weeks)):
        month = (first + timedelta(days=7 * number)).month
        following = (first + timedelta(days=7 * (number + 1))).month
        # A month of which only the last week is shown has no room for its name.
        if month != before and (before is not None or following == month):
            place, name = gutter + 2 * number, words.MONTHS[month - 1]
            months[place : place + len(name)] = name
        before = month
    rows = ["".join(months).rstrip()]
    for weekday, name in enumerate(words.WEEKDAYS):
        signs = (week[weekday] for week in weeks)
        cells = (" " if count is None else shades[level_of(count)] for count in signs)
        rows.append(f"{name:<{gutter}}{' '.join(cells)}".rstrip())
    return rows


def day_legend(mode: Mode) -> str:
    """What the shades mean."""
    signs = zip(shades_of(mode), words.LEVELS, strict=True)
    return "  ".join([words.DAYS_LEGEND, *(f"{sign} {meaning}" for sign, meaning in signs)])
