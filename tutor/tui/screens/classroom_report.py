"""The report on an assignment in the app: parts by digits, questions and learners as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar

from msgspec import Struct
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import DataTable, Static

from tutor.classroom.register.listing import Overview, files_set_aside
from tutor.classroom.register.naming import find_assignment
from tutor.classroom.register.register import Register
from tutor.classroom.report.blocks import Block, Part, Points, Say, Table
from tutor.classroom.report.learner import learners_part
from tutor.classroom.report.lines import Look, part_lines
from tutor.classroom.report.reading import report_of
from tutor.classroom.report.telling import parts_of, title_of
from tutor.classroom.report.view import ClassReport
from tutor.course.text import one_line
from tutor.session.terminal import shown_in
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.classroom import ClassScreen
from tutor.tui.screens.classroom_files import Writing
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import class_learner as learner_words
from tutor.words import class_report as report_words
from tutor.words import class_screen as words
from tutor.words import common, lab_screen, progress

#: Columns of the edges and the scroll bar; and the most that a line takes.
AROUND, WIDEST = 3, 110
#: Lines of a part's own title, which the line of parts tells already.
_HEAD = 2
#: Between two parts in the line of all.
_BETWEEN = "  "
#: Parts whose table is one to choose a row of.
_CHOSEN_FROM = (report_words.ITEMS, learner_words.LEARNERS)


class Read(Struct, frozen=True):
    """A report as it was read, and its parts but for the questions one by one."""

    key: int
    report: ClassReport
    parts: tuple[Part, ...]


class ItemTable(DataTable[Text]):
    """The questions, or the learners; Enter opens the one that is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "select_cursor", lab_screen.OPEN, id="class.open", tooltip=words.OPEN_TIP
        ),
    ]


class ReportScreen(Writing, ClassScreen):
    """What became of an assignment; digits choose a part of it."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
    HELP = words.REPORT_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(part % 10), f"show({part - 1})", show=False) for part in range(1, 11)),
        Binding(
            "n", "part(1)", progress.NEXT_PART, id="class.next", tooltip=progress.NEXT_PART_TIP
        ),
        Binding("p", "part(-1)", show=False, id="class.before", tooltip=progress.LAST_PART_TIP),
        Binding("c", "collect", words.COLLECT, id="class.collect", tooltip=words.COLLECT_TIP),
        Binding("e", "html", words.HTML, id="class.html", tooltip=words.HTML_TIP),
        Binding("g", "grades", words.GRADES, id="class.grades", tooltip=words.GRADES_TIP),
        Binding("l", "release", words.RELEASE, id="class.release", tooltip=words.RELEASE_TIP),
        Binding("m,escape,b", "back", common.BACK, id="class.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("class"),
    ]

    def __init__(self, register: Register, chosen: Overview) -> None:
        """Read the report once the screen stands."""
        super().__init__()
        self.register = register
        self.chosen = chosen
        self.found: Read | None = None
        self._here = 0
        # The part whose rows the table has, and the row that was marked in each before.
        self._filled: Part | None = None
        self._rows: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The title, the parts there are, the one that is shown."""
        title = one_line(self.chosen.title, 80)
        yield Static(self.glyphs.text(title, "bold"), id="title", markup=False)
        yield Static(self.glyphs.text(words.READING), id="tabs", markup=False)
        with VerticalScroll(id="report"):
            yield Static(id="parts", markup=False)
        table = ItemTable(id="items", cursor_type="row")
        table.display = False
        yield table
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Read beside the screen."""
        self.query_one(KeyBar).follow(self.query_one("#report", VerticalScroll))
        self.read()

    def on_resize(self, event: Resize) -> None:
        """Wrap it anew."""
        self._show_part()

    def read(self) -> None:
        """Show the report as it is now."""
        assert self.register is not None
        self.beside(partial(read_report, self.register, self.chosen.id), self._show)

    def failed(self) -> None:
        """Without a report there are no parts."""
        if self.found is None:
            self.query_one("#tabs", Static).update("")

    def _show(self, found: Read) -> None:
        self.found = found
        title = shown_in(self.glyphs.mode, title_of(found.report))
        self.query_one("#title", Static).update(self.glyphs.text(title, "bold"))
        self._here = min(self._here, len(found.parts) - 1)
        self._show_part()

    def _fill(self, part: Part) -> None:
        """Put the rows of a part into the table, where it has not them already."""
        if self._filled is part:
            return
        table = self.query_one(ItemTable)
        if self._filled is not None:
            self._rows[self._filled.title] = table.cursor_row
        self._filled = part
        table.clear(columns=True)
        for block in part.blocks:
            if not isinstance(block, Table):
                continue
            heads, *rows = [
                [
                    self._cell(cell if isinstance(cell, str) else cell.text, place in block.texts)
                    for place, cell in enumerate(cells)
                ]
                for cells in (block.heads, *block.rows)
            ]
            for head, *column in zip(heads, *rows, strict=True):
                # The table would measure its cells after it may have been painted.
                width = max(cell.cell_len for cell in (head, *column))
                table.add_column(head, width=width)
            for row in rows:
                table.add_row(*row)
        table.move_cursor(row=self._rows.get(part.title, 0))

    def _cell(self, text: str, is_text: bool) -> Text:
        return Text(shown_in(self.glyphs.mode, text), justify="left" if is_text else "right")

    def _show_part(self) -> None:
        found = self.found
        if found is None:
            return
        part = found.parts[self._here]
        self.query_one("#tabs", Static).update(Content("\n").join(self._tabs(found.parts)))
        is_table = part.title in _CHOSEN_FROM
        if is_table:
            self._fill(part)
        table, box = self.query_one(ItemTable), self.query_one("#report", VerticalScroll)
        blocks = part.blocks
        if is_table:
            blocks = tuple(block for block in blocks if not isinstance(block, Table))
        lines = [*part_lines(Part(part.title, blocks), look_on(self))][_HEAD:]
        self.query_one("#parts", Static).update(self.glyphs.text("\n".join(lines)))
        self.set_class(is_table, "-table")
        table.display = is_table
        (table if is_table else box).focus()
        box.scroll_home(animate=False)
        self.refresh_bindings()

    def _tabs(self, parts: tuple[Part, ...]) -> list[Content]:
        """The parts by their digits, none of them broken at the end of a line."""
        rows: list[Content] = []
        for number, part in enumerate(parts):
            style = "bold reverse" if number == self._here else ""
            tab = words.TAB.format(digit=(number + 1) % 10, title=part.title)
            shown = self.glyphs.text(tab, style)
            room = self.size.width - AROUND - shown.cell_length - len(_BETWEEN)
            if rows and rows[-1].cell_length <= room:
                rows[-1] = rows[-1].append(_BETWEEN).append(shown)
            else:
                rows.append(shown)
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be written or taken in before it is read."""
        return self.found is not None or action not in ("html", "grades", "release", "collect")

    def action_show(self, number: int) -> None:
        """Show the part with this place."""
        if self.found is not None and number < len(self.found.parts):
            self._here = number
            self._show_part()

    def action_part(self, by: int) -> None:
        """Show the part after, or before."""
        if self.found is not None:
            self.action_show((self._here + by) % len(self.found.parts))

    def on_data_table_row_selected(self, message: DataTable.RowSelected) -> None:
        """Open the question, or the learner."""
        found, register, row = self.found, self.register, message.cursor_row
        if found is None or register is None or self._filled is None:
            return
        if self._filled.title == learner_words.LEARNERS and row < len(found.report.learners):
            from tutor.tui.screens.classroom_learner import LearnerScreen

            learner = LearnerScreen(register, found.key, found.report, row)
            self.app.push_screen(learner, lambda _: self.read())
        elif self._filled.title == report_words.ITEMS and row < len(found.report.items):
            from tutor.tui.screens.classroom_item import ItemScreen

            item = ItemScreen(register, found.key, found.report, row)
            self.app.push_screen(item, lambda _: self.read())


def look_on(screen: TutorScreen) -> Look:
    """How lines are laid out for a screen."""
    return Look(min(WIDEST, screen.size.width - AROUND), screen.glyphs.mode == "ascii")


def read_report(register: Register, assignment: str) -> Read:
    """The report on the assignment with this id, as it is now.

    Raises:
        RegisterError: the register cannot be read.
    """
    with register.reading() as connection:
        key = find_assignment(connection, assignment)
        report = report_of(connection, key, datetime.now(UTC))
        aside = files_set_aside(connection, key)
    parts = tuple(part for part in parts_of(report) if part.title != report_words.EACH)
    last = (learners_part(report), Part(words.SET_ASIDE, tuple(_set_aside(aside))))
    return Read(key, report, (*parts, *last))


def _set_aside(files: list[tuple[str, str]]) -> Iterator[Block]:
    if not files:
        yield Say(words.NO_SET_ASIDE)
        return
    yield Say(words.SET_ASIDE_LEGEND.format(n=len(files)))
    told = (words.FILE_ASIDE.format(file=file, reason=reason) for file, reason in files)
    yield Points(tuple(told), len(files))
