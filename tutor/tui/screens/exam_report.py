"""The report of an exam, and its questions with their verdicts."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank
from tutor.session.exam.record import Begun
from tutor.session.exam.report import ExamReport, Given, report_of
from tutor.session.exam.review import ExamReview
from tutor.session.exam.telling import headlines, report_parts, result_line
from tutor.session.views import EndView
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.lab_dialogs import Picked, PickScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.text import stacked
from tutor.words import common
from tutor.words import exam as exam_words
from tutor.words import exam_screen as words

#: Columns of the report's edges and its scroll bar.
AROUND = 3
#: Of the list to pick from, and of what stands around its lines.
LIST_WIDTH, AROUND_LISTED = 72, 14


class ExamReportScreen(TutorScreen):
    """The result of an exam; Enter goes through its questions."""

    HELP = words.REPORT_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "review(1)", common.REVIEW, id="report.review", tooltip=words.REVIEW_TIP),
        Binding("g", "pick", words.PICK, id="report.pick", tooltip=words.PICK_TIP),
        Binding("m,escape,b", "back", common.BACK, id="report.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("report"),
    ]

    def __init__(self, files: CourseFolder, begun: Begun, given: Given | None = None) -> None:
        super().__init__()
        self._given = given
        self._files = files
        self._begun = begun
        self._bank: Bank | None = None
        self._report: ExamReport | None = None

    def anew(self) -> ExamReportScreen:
        """The same report."""
        return ExamReportScreen(self._files, self._begun, self._given)

    def compose(self) -> ComposeResult:
        """The title, the text, the keys."""
        yield Static(self.glyphs.text(self._begun.title, "bold"), id="title", markup=False)
        with VerticalScroll(id="report"):
            yield Static(id="parts", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Work the report out."""
        box = self.query_one("#report", VerticalScroll)
        self.query_one(KeyBar).follow(box)
        box.focus()
        self.tutor.reported(self._work_out)
        if self._report is not None:
            self._show(self._report)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        if self._report is not None:
            self._show(self._report)

    def _show(self, report: ExamReport) -> None:
        self.query_one("#parts", Static).update(self._text(report))

    def _work_out(self) -> None:
        tutor = self.tutor
        self._bank = Bank(self._files)
        self._report = report_of(self._files, tutor.journal, self._bank, self._begun, self._given)

    def _text(self, report: ExamReport) -> Content:
        parts = []
        for part in report_parts(report, self.app.size.width - AROUND):
            title = self.glyphs.text(part.title, "bold $text-primary")
            parts.append(Content("\n").join([title, *map(self.glyphs.text, part.lines)]))
        return stacked(*parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no report to go through."""
        if action in ("review", "pick"):
            return self._report is not None and bool(self._report.results)
        return True

    def action_review(self, number: int) -> None:
        """Go through the questions, from one of them on."""
        assert self._report is not None
        assert self._bank is not None
        bank, lines = self._bank, headlines(self._report)
        review = self.tutor.reported(
            lambda: ExamReview(
                self._files, self.tutor.journal, bank, self._begun, number, lines, self._given
            )
        )
        if review is not None:
            self.app.push_screen(ExamReviewScreen(review))

    def action_pick(self) -> None:
        """Pick a question to begin at."""
        assert self._report is not None
        width = min(LIST_WIDTH, self.app.size.width) - AROUND_LISTED
        lines = [
            (exam_words.RIGHT if result.right else exam_words.WRONG, result_line(result, width))
            for result in self._report.results
        ]
        self.app.push_screen(PickScreen(self.glyphs, words.PICK_TIP, lines), self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is not None and self._report is not None:
            self.action_review(self._report.results[picked[0]].number)

    def action_back(self) -> None:
        """Leave the report; it can be opened again."""
        close(self)


class ExamReviewScreen(LessonScreen, inherit_bindings=False):
    """The questions of an exam with their verdicts, as a lesson shows them."""

    HELP = words.REVIEW_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *Screen.BINDINGS,
        Binding(
            "m,escape", "map", exam_words.RESULT, id="report.again", tooltip=words.TO_REPORT_TIP
        ),
        *(
            binding
            for binding in LessonScreen.BINDINGS
            if not isinstance(binding, Binding) or binding.action != "map"
        ),
    ]

    def action_map(self) -> None:
        """Back to the report."""
        close(self)

    def _leave_end(self, view: EndView) -> None:
        close(self)
