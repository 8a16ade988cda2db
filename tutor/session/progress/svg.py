"""Plots as SVG: curves with axes, and the days as a map of shades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tutor.plot.axes import ticks, usable_range
from tutor.plot.figure import Plot
from tutor.session.progress.markup import Markup, element
from tutor.session.progress.plots import level_of, shades_of, weeks_of
from tutor.session.progress.view import Stretch
from tutor.words import progress as words

WIDTH, HEIGHT = 560.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM, _STRIP = 44.0, 12.0, 26.0, 40.0, 18.0
_CELL, _GUTTER = 20.0, 36.0


def curves(plot: Plot, title: str) -> Markup:
    """The curves of a plot with axes, marks, strips and a legend; `title` says what it shows."""
    x_low, x_high = usable_range(plot.x)
    y_low, y_high = usable_range(plot.y)
    bottom = HEIGHT - _BOTTOM - _STRIP * len(plot.strips)
    right = WIDTH - _RIGHT

    def across(value: float) -> float:
        return _LEFT + (value - x_low) / (x_high - x_low) * (right - _LEFT)

    def down(value: float) -> float:
        return bottom - (value - y_low) / (y_high - y_low) * (bottom - _TOP)

    parts = [
        _line(_LEFT, bottom, right, bottom, "axis"),
        _line(_LEFT, _TOP, _LEFT, bottom, "axis"),
    ]
    for tick in ticks(y_low, y_high, 6):
        y = down(tick.value)
        parts += [_line(_LEFT, y, right, y, "grid"), _said(_LEFT - 6, y + 4, tick.label, "end")]
    labels = HEIGHT - _BOTTOM + 16
    for tick in ticks(x_low, x_high, 6):
        x = across(tick.value)
        parts += [_line(x, bottom, x, bottom + 4, "axis"), _said(x, labels, tick.label, "middle")]
    parts.append(_said(right, HEIGHT - 6, f"{plot.x.title}, {plot.x.unit}", "end"))
    parts.append(_said(_LEFT, 14, f"{plot.y.title}, {plot.y.unit}", "start"))
    for number, strip in enumerate(plot.strips):
        top = bottom + 2 + _STRIP * number
        for band in strip.bands:
            start, end = across(band.start), across(band.end)
            parts.append(_box(start, top, end - start, _STRIP - 4, "band"))
            parts.append(_said((start + end) / 2, top + _STRIP - 7, band.label, "middle"))
    place = right
    for series in reversed(plot.series):
        points = zip(series.times, series.values, strict=True)
        told = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in points)
        parts.append(element("polyline", points=told, class_=series.role))
        if series.label:
            parts.append(_said(place, 14, series.label, "end"))
            place -= 6.2 * len(series.label) + 8
            parts.append(_line(place - 24, 10, place, 10, series.role))
            place -= 38
    for x, y, text in plot.marks:
        parts.append(element("circle", cx=across(x), cy=down(y), r=4, class_="mark"))
        parts.append(_said(across(x) - 8, max(down(y) - 6, _TOP + 10), text, "end"))
    return _picture(parts, WIDTH, HEIGHT, title)


def days(done: Sequence[Stretch], first: date, today: date, title: str) -> Markup:
    """The days as squares, each with a sign of its own for how much was done, and a legend."""
    weeks, signs = weeks_of(done, first, today), shades_of("braille")
    parts = [
        _said(0, _CELL * (row + 2) - 6, name, "start") for row, name in enumerate(words.WEEKDAYS)
    ]
    before = None
    for column, week in enumerate(weeks):
        x, monday = _GUTTER + _CELL * column, first + timedelta(days=7 * column)
        if monday.month != before and column + 1 < len(weeks):
            parts.append(_said(x, 12, words.MONTHS[monday.month - 1], "start"))
        before = monday.month
        for row, answers in enumerate(week):
            if answers is not None:
                day = monday + timedelta(days=row)
                told = f"{day}: {answers}"
                parts.append(_day(x, _CELL * (row + 1), level_of(answers), signs, told))
    y = _CELL * 8 + 12
    parts.append(_said(0, y + 14, words.DAYS_LEGEND, "start"))
    x = 100.0
    for level, meaning in enumerate(words.LEVELS):
        parts += [_day(x, y, level, signs, ""), _said(x + _CELL + 2, y + 14, meaning, "start")]
        x += _CELL + 16 + 7 * len(meaning)
    return _picture(parts, max(x, _GUTTER + _CELL * len(weeks)), y + _CELL + 4, title)


def meter(share: float) -> Markup:
    """A bar that is filled to a share, 0 to 1; the number stands beside it."""
    width, height = 120.0, 10.0
    full = width * min(1.0, max(0.0, share))
    parts = (_box(0, 0, width, height, "empty"), _box(0, 0, full, height, "meter"))
    return _picture(parts, width, height, f"{share:.0%}")


def _day(x: float, y: float, level: int, signs: str, told: str) -> Markup:
    size = _CELL - 3
    name = (element("title", told),) if told else ()
    square = _box(x, y, size, size, f"level{level}")
    sign = _said(x + size / 2, y + size / 2 + 4, signs[level], "middle", f"on{level}")
    return element("g", *name, square, sign)


def _picture(parts: Sequence[Markup], width: float, height: float, title: str) -> Markup:
    name = element("title", title)
    # Wider than the page it shrinks with it.
    return element(
        "svg",
        name,
        *parts,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        role="img",
    )


def _line(x: float, y: float, to_x: float, to_y: float, role: str) -> Markup:
    return element("line", x1=x, y1=y, x2=to_x, y2=to_y, class_=role)


def _box(x: float, y: float, width: float, height: float, role: str) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, class_=role)


def _said(x: float, y: float, text: str, anchor: str, role: str | None = None) -> Markup:
    return element("text", text, x=x, y=y, text_anchor=anchor, class_=role)
