"""Progress as lines of text, at every width and in every mode."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.session.progress.learner import FILES, Learner, able_to_show, questions_of
from tutor.journal.kinds import EXAM, EXAM_HANDED_IN
from tutor.plot.figure import Mode
from tutor.session.progress.document import as_json
from tutor.session.progress.html import as_html
from tutor.session.progress.lines import MOST_CLEARED, Look, parts_of
from tutor.session.progress.plots import LEVELS_FROM, day_rows, level_of, shades_of
from tutor.session.progress.view import ProgressView, Stretch
from tutor.words import common
from tutor.words import progress as words

MODES: tuple[Mode, ...] = ("braille", "half-block", "ascii")


@pytest.fixture(scope="module")
def view() -> ProgressView:
    """Of a learner who has done something of everything."""
    learner = Learner()
    learner.prepares(exam="usmle", exam_date=learner.time.date() + timedelta(days=60))
    for number, name in enumerate(list(FILES.misconceptions)[:12]):
        for question in able_to_show(name)[:1]:
            learner.answer(question, right=False, misconceptions=[name], certainty=3, seconds=50)
            learner.wait(days=1)
            if number % 4:
                learner.answer(able_to_show(name)[-1], mixed=True, certainty=2, seconds=20)
    for question in questions_of():
        learner.answer(question, mixed=True, certainty=1)
    learner.answer("gone.q1")
    return learner.view


def text(view: ProgressView, width: int = 80, mode: Mode = "braille", plots: bool = True) -> str:
    parts = parts_of(view, Look(width, mode, mode, plots))
    return "\n".join(line.text for part in parts for line in part.lines)


def squeezed(view: ProgressView, width: int = 80) -> str:
    return " ".join(text(view, width).split())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [40, 53, 54, 60, 80, 100])
def test_every_line_fits_and_in_plain_characters_is_ascii(
    view: ProgressView, width: int, mode: Mode
) -> None:
    hasty = Learner()
    hasty.answer("rest.q1")  # a journal that does not know how long it took
    for one in (view, Learner().view, hasty.view):
        shown = text(one, width, mode)
        assert max(map(len, shown.splitlines())) <= width
        assert mode != "ascii" or shown.isascii()
        assert "?" not in shown


def test_all_parts_are_there_in_order(view: ProgressView) -> None:
    shown = text(view)
    titles = [
        common.PROGRESS,
        words.FORECAST,
        words.MASTERY,
        words.SURENESS,
        words.IDEAS,
        words.TIME,
        words.DAYS,
        words.EXAMS,
    ]
    places = [
        shown.index(f"\n{title}\n" if title != common.PROGRESS else title) for title in titles
    ]
    assert places == sorted(places)


def test_the_next_step_stands_in_the_first_line(view: ProgressView) -> None:
    assert text(view).splitlines()[1].startswith("Next: ")
    assert view.next.text in squeezed(view)


def test_mastery_is_told_by_signs_and_numbers_too(view: ProgressView) -> None:
    shown = text(view, 100)
    row = next(line for line in shown.splitlines() if "Say on which side of the membrane" in line)
    assert row.startswith("✓ ")
    assert "100%" in row
    assert "✓ mastered, ✗ something was wrong last time" in squeezed(view, 100)


def test_objectives_of_phases_that_were_not_begun_are_folded(view: ProgressView) -> None:
    new = [
        phase for module in view.modules for phase in module.phases if not phase.mastery.answered
    ]
    assert new
    for phase in new:
        assert f"{phase.title} (new, " in squeezed(view)
        assert phase.objectives[0].text not in squeezed(view)


def test_held_ideas_bring_their_evidence_and_what_is_right(view: ProgressView) -> None:
    held = [idea for idea in view.misconceptions if idea.held]
    assert held
    shown = squeezed(view, 100)
    for idea in held:
        assert f"✗ {idea.name} ({idea.id})" in shown
        assert f"{idea.shown[0].question} ({idea.shown[0].last.astimezone():%Y-%m-%d})" in shown
    cleared = [idea for idea in view.misconceptions if not idea.held]
    assert shown.count("Cleared:") == min(len(cleared), MOST_CLEARED)


def test_the_curve_has_axes_and_its_numbers_stand_beside_it(view: ProgressView) -> None:
    shown = text(view)
    assert "% right" in shown
    assert "100 %" in shown
    for one in view.calibration:
        assert f"{one.answers} answer" in shown
        assert f"n={one.answers}" in text(view, 80, "ascii") or one.answers > 9


def test_without_plots_there_is_no_curve_and_no_number_is_lost(view: ProgressView) -> None:
    bare = text(view, plots=False)
    assert "100 %" not in bare
    assert "Fairly sure:" in bare


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "No exam date is set, so this looks 30 days ahead, to 2026-04-01."),
        (-1, "The exam date, 2026-03-01, is past"),
        (0, "The exam is today."),
        (1, "Exam tomorrow, 2026-03-03."),
        (9, "Exam on 2026-03-11, in 9 days."),
        (5000, "this looks two years ahead, to 2028-03-01."),
    ],
)
def test_the_exam_date_is_told_whatever_it_is(days: int | None, told: str) -> None:
    learner = Learner()
    if days is not None:
        learner.prepares(exam="usmle", exam_date=learner.time.date() + timedelta(days=days))
    learner.answer("rest.q1")
    assert told in squeezed(learner.view)


def test_an_empty_journal_says_so_and_shows_no_picture() -> None:
    shown = squeezed(Learner().view)
    for said in (
        words.NOTHING_ANSWERED,
        words.SURENESS_NONE,
        words.NO_IDEAS,
        words.NO_WEEKS,
        words.NO_EXAMS,
    ):
        assert said in shown
    assert "sure 0" not in shown
    assert "0% - Reading a trace" in shown


# The days.

MONDAY = date(2026, 1, 5)


def done(*answers: int) -> list[Stretch]:
    return [Stretch(MONDAY + timedelta(days=n), count, 0, 0, 0) for n, count in enumerate(answers)]


@pytest.mark.parametrize("mode", MODES)
def test_each_level_of_a_day_has_a_sign_of_its_own(mode: Mode) -> None:
    signs = shades_of(mode)
    assert len(set(signs)) == len(signs) == len(words.LEVELS) == len(LEVELS_FROM) + 1
    rows = day_rows(done(0, 1, 5, 15, 30), MONDAY, MONDAY + timedelta(days=4), mode)
    assert [row[5] for row in rows[1:6]] == list(signs)
    assert [row.split() for row in rows[6:]] == [["Sat"], ["Sun"]]  # days to come


def test_the_levels_begin_where_the_legend_says() -> None:
    assert [level_of(count) for count in (0, 1, 4, 5, 14, 15, 29, 30, 10_000)] == [
        *(0, 1, 1, 2, 2),
        *(3, 3, 4, 4),
    ]


def test_months_stand_above_their_first_week() -> None:
    rows = day_rows([], MONDAY, MONDAY + timedelta(days=83), "ascii")
    assert rows[0].split() == ["Jan", "Feb", "Mar"]
    # The first Monday of February 2026 is the 2nd, four weeks on.
    assert rows[0].index("Feb") == 5 + 2 * 4
    late = day_rows([], date(2026, 1, 26), date(2026, 3, 1), "ascii")
    assert late[0].split() == ["Feb"]


def test_what_a_journal_holds_never_reaches_the_terminal_as_it_is() -> None:
    escape = "\x1b]52;c;eA==\x07\x9b31m\u202e\n"
    learner = Learner()
    learner.answer(f"gone{escape}", right=False, misconceptions=["M1"])
    data = {"exam": "one", "title": f"Paper{escape}", "seed": 1, "minutes": 30, "extra": 0}
    learner.journal.append(EXAM, data=data | {"ids": ["rest.q1"]})
    learner.journal.append(EXAM_HANDED_IN, data={"exam": "one"})
    view = learner.view
    shown = text(view)
    assert "gone" in shown
    assert "Paper" in shown
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "\u202e" not in shown
    assert "\x1b" not in as_json(view)
    assert "\x1b" not in as_html(view)
