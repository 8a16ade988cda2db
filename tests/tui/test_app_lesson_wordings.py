"""What a board credits and what is exact, side by side in the verdict where there is room."""

import pytest
from app_driver import LARGE, SMALL, Size, Ui, known_learner, put_at, squeezed, started
from textual.content import Content
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.course.questions import SingleQuestion
from tutor.course.text import to_ascii
from tutor.journal.store import Journal
from tutor.tui.widgets.fitted import GAP, LEAST_COLUMN, beside
from tutor.words.verdict import CREDITED, EXACTLY

PHASE, QUESTION = "peak", "peak.q20"
SIZES = [(60, 16), SMALL, LARGE, (200, 60)]
#: Text and run stand side by side from here on: the text has the least room.
NARROW = (100, 30)


@pytest.fixture
def question(files: CourseFolder, journal: Journal) -> SingleQuestion:
    """One with an option that boards credit, though it is not exact; the learner is at it."""
    found = put_at(files, known_learner(journal), lambda one: one.id == QUESTION, PHASE)
    assert isinstance(found, SingleQuestion)
    return found


def wordings(question: SingleQuestion) -> tuple[str, str]:
    """What is credited, and what is exact."""
    (credited,) = (option for option in question.options if option.physiology)
    return to_ascii(credited.text), to_ascii(credited.physiology or "")


async def credit(ui: Ui) -> None:
    """Choose what boards credit."""
    await ui.press(*ui.digits(lambda option: bool(option.physiology)), "enter")


def lines(ui: Ui) -> list[str]:
    """What is told of the verdict as it is painted, with what is scrolled out of sight."""
    told = ui.app.screen.query_one("#before", Static)
    return [told.render_line(y).text for y in range(told.size.height)]


def columns(ui: Ui) -> tuple[str, str]:
    """The texts under the two heads."""
    told = lines(ui)
    head = next(y for y, row in enumerate(told) if CREDITED in row and EXACTLY in row)
    split = told[head].index(EXACTLY)
    assert told[head].index(CREDITED) == GAP
    cells = []
    for row in told[head + 1 :]:
        if row[0] != " " or not row.strip():  # The next point, or the end of all of them.
            break
        assert row[split - GAP : split].isspace()
        cells.append((row[:split], row[split:]))
    left, right = zip(*cells, strict=True)
    return squeezed(" ".join(left)), squeezed(" ".join(right))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_they_stand_side_by_side_under_their_heads(
    files: CourseFolder, journal: Journal, question: SingleQuestion, size: Size
) -> None:
    async with started(files, journal, PHASE, size) as ui:
        await credit(ui)
        credited, exactly = columns(ui)
        assert (credited, exactly) == wordings(question)
        assert ui.text.isascii()
        assert max(map(len, lines(ui))) <= ui.one("#before").content_size.width


async def test_they_stand_below_each_other_where_there_is_no_room_and_follow_a_resize(
    files: CourseFolder, journal: Journal, question: SingleQuestion
) -> None:
    credited, exactly = wordings(question)
    async with started(files, journal, PHASE, NARROW) as ui:
        await credit(ui)
        one_after_the_other = f"{CREDITED}: {credited} {EXACTLY}: {exactly}"
        assert one_after_the_other in squeezed(" ".join(lines(ui)))
        for size in SIZES:
            await ui.resize(size)
            assert columns(ui) == (credited, exactly)
        await ui.resize(NARROW)
        assert one_after_the_other in squeezed(" ".join(lines(ui)))
        assert one_after_the_other in ui.static("#before")  # What may be copied stays in lines.


async def test_what_follows_can_be_scrolled_to_its_last_line(
    files: CourseFolder, journal: Journal, question: SingleQuestion
) -> None:
    async with started(files, journal, PHASE, (60, 16)) as ui:
        await credit(ui)
        assert wordings(question)[1].split()[-1] not in ui.told()
        await ui.press("end")
        assert "Source:" in ui.told()
        assert "more" not in ui.rows[-1]


def test_columns_keep_aligned_with_wide_letters_and_long_words() -> None:
    wide, long = Content("電位 の 変化 " * 6), Content("depolarisation" * 6)
    room = LEAST_COLUMN
    rows = beside([wide, long], 2 * room + GAP).split("\n")
    lefts = [Content(row.plain.rstrip("abcdefghijklmnopqrstuvwxyz")) for row in rows]
    assert [left.cell_length for left in lefts] == [room + GAP] * len(rows)
    assert all(row.cell_length <= 2 * room + GAP for row in rows)
    assert "".join(
        row.plain[len(left.plain) :] for row, left in zip(rows, lefts, strict=True)
    ) == (long.plain)
    assert not beside([wide, long], 2 * room + GAP - 1)
    assert not beside([wide], 200)
