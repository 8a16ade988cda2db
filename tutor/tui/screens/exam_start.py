"""Which exam to sit, by which seed and with how much time; and the reports of past ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.session.bank import Bank
from tutor.session.exam.blueprint import Blueprint, file_of, load_blueprint, names
from tutor.session.exam.drawing import (
    LARGEST_SEED,
    CannotDraw,
    Paper,
    draw_paper,
    new_seed,
)
from tutor.session.exam.exam import Exam
from tutor.session.exam.opening import EXTRA, EXTRA_SETTING, begin_exam, extra_time, open_exam
from tutor.session.exam.record import Begun
from tutor.session.exam.report import past_exams
from tutor.session.exam.telling import before_lines, goes_on_line, is_other, past_line
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen, close
from tutor.tui.screens.lab_dialogs import LineScreen
from tutor.tui.widgets.choices import Choices
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.text import stacked
from tutor.words import common
from tutor.words import exam as exam_words
from tutor.words import exam_screen as words

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

#: The course is read so long after the first frame.
READ_S = 0.03
#: So many past exams are listed.
MOST_PAST = 20


def open_exams(
    app: TutorApp,
    blueprint: str | None = None,
    seed: int | None = None,
    extra: int | None = None,
) -> None:
    """Go on with the exam whose clock is running, or offer the exams there are.

    Args:
        app: The app.
        blueprint: The name or the path of the one to offer first.
        seed: What its paper is drawn by; left out, a new one.
        extra: Extra time in percent; left out, what the learner has chosen.
    """
    from tutor.tui.screens.exam import ExamScreen
    from tutor.tui.screens.exam_report import ExamReportScreen

    nothing = object()
    found = app.reported(lambda: open_exam(app.files, app.journal) or nothing)
    if isinstance(found, Exam):
        app.push_screen(ExamScreen(found))
        if is_other(found.begun, blueprint, seed):
            said = goes_on_line(found.begun, found.time_left, blueprint, seed)
            app.notify(app.glyphs.text(said).plain, markup=False)
    elif isinstance(found, Begun):
        app.push_screen(ExamReportScreen(app.files, found))
        app.notify(app.glyphs.text(words.TIME_RAN_OUT).plain, markup=False)
    elif found is not None:
        app.push_screen(ExamStartScreen(blueprint, seed, extra))


class ExamStartScreen(TutorScreen):
    """Enter begins the paper that is marked, or opens the report of a past exam."""

    HELP = words.START_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "seed", words.SEED, id="exams.seed", tooltip=words.SEED_TIP),
        Binding("x", "extra", words.EXTRA, id="exams.extra", tooltip=words.EXTRA_TIP),
        Binding("m,escape,b", "back", common.BACK, id="exams.back", tooltip=common.GO_BACK),
        ALL_KEYS,
        quit_key("exams"),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]

    def __init__(
        self, blueprint: str | None = None, seed: int | None = None, extra: int | None = None
    ) -> None:
        super().__init__()
        self._wanted = blueprint
        self._seed = new_seed() if seed is None else seed
        self._extra = extra
        self._bank: Bank | None = None
        self._blueprints: list[tuple[str, Blueprint]] = []
        self._past: tuple[Begun, ...] = ()
        self._paper: Paper | None = None
        self._here = 0

    def compose(self) -> ComposeResult:
        """What there is, and what the marked one is like."""
        yield Static(self.glyphs.text(exam_words.EXAMS, "bold"), id="title", markup=False)
        with VerticalScroll(id="course", can_focus=False):
            rows = len(names(self.tutor.files)) + 1 + MOST_PAST
            yield Choices(self.glyphs, rows=rows, id="choices")
        yield Static(self.glyphs.text(words.READING), id="exam-note", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Read the course, once the screen stands."""
        self.query_one(Choices).focus()
        self.set_timer(READ_S, self._read)

    def on_screen_resume(self) -> None:
        """Another exam may have ended since."""
        if self._bank is not None:
            self._offer()

    def _read(self) -> None:
        tutor, files = self.tutor, self.tutor.files
        if self._extra is None:
            self._extra = tutor.reported(lambda: extra_time(tutor.journal)) or 0
        self._bank = tutor.reported(lambda: Bank(files))
        listed = [(name, f"exams/{name}.yaml") for name in names(files)]
        if self._wanted is not None:
            # Named on the command line, where what is wrong with it has been told already.
            name = self._wanted
            listed = [one for one in listed if one[0] != name]
            listed.insert(0, (name, file_of(files, name)))
        for name, file in listed:
            blueprint = tutor.reported(partial(load_blueprint, files, file))
            if blueprint is not None:
                self._blueprints.append((name, blueprint))
        self._offer()

    def _offer(self) -> None:
        tutor, bank = self.tutor, self._bank
        if bank is None:
            return
        past = tutor.reported(lambda: past_exams(tutor.journal)) or ()
        self._past = past[:MOST_PAST]
        lines = [
            words.OFFERED.format(title=blueprint.title, minutes=blueprint.minutes)
            for _, blueprint in self._blueprints
        ]
        lines += [past_line(tutor.journal, bank, begun) for begun in self._past]
        self.query_one(Choices).offer(
            [self.glyphs.text(line) for line in lines], cursor=self._here
        )
        self._point()

    def _point(self) -> None:
        """Say what the marked one is like; its paper is drawn at once."""
        self._paper = None
        glyphs = self.glyphs
        note = glyphs.text(words.OPENS_REPORT)
        if self._here < len(self._blueprints) and self._bank is not None:
            name, blueprint = self._blueprints[self._here]
            try:
                self._paper = draw_paper(self._bank, name, blueprint, self._seed)
            except CannotDraw as error:
                note = glyphs.text(exam_words.CANNOT_DRAW.format(error=error), "$text-warning")
            else:
                lines = before_lines(self._paper, self._extra or 0)
                told = [blueprint.says, *lines[:2], words.CLOCK_BEGINS, *lines[2:]]
                note = stacked(glyphs.text("\n".join(told)))
        self.query_one("#exam-note", Static).update(note)

    def on_choices_pointed(self, message: Choices.Pointed) -> None:
        """Say what it is like."""
        self._here = message.index
        self._point()

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Begin the paper, or open the report."""
        place = message.indices[0] - len(self._blueprints)
        if not self.is_current:
            return
        if 0 <= place < len(self._past):
            from tutor.tui.screens.exam_report import ExamReportScreen

            self.app.push_screen(ExamReportScreen(self.tutor.files, self._past[place]))
        elif self._paper is not None:
            self._begin(self._paper)

    def _begin(self, paper: Paper) -> None:
        from tutor.tui.screens.exam import ExamScreen

        tutor, bank, extra = self.tutor, self._bank, self._extra or 0
        assert bank is not None
        try:
            exam = tutor.reported(
                lambda: begin_exam(tutor.files, tutor.journal, bank, paper, extra)
            )
        except ValueError as error:
            self.tell(exam_words.REFUSED.format(error=error))
            return
        if exam is not None:
            self._seed = new_seed()
            self.app.switch_screen(ExamScreen(exam))

    def action_seed(self) -> None:
        """Ask for a seed, such as one that was passed on."""
        self.app.push_screen(
            LineScreen(self.glyphs, words.WHICH_SEED, str(self._seed)), self._take_seed
        )

    def _take_seed(self, typed: str | None) -> None:
        if typed is None:
            return
        if not typed.isascii() or not typed.isdigit() or int(typed[:12]) > LARGEST_SEED:
            self.tell(exam_words.NO_SEED.format(largest=LARGEST_SEED))
            return
        self._seed = int(typed)
        self._point()

    def action_extra(self) -> None:
        """Choose the next of the extra times, which is then the learner's own."""
        place = EXTRA.index(self._extra) + 1 if self._extra in EXTRA else 0
        self._extra = EXTRA[place % len(EXTRA)]
        kept = self._extra
        self.tutor.reported(lambda: self.tutor.journal.set_setting(EXTRA_SETTING, kept))
        self._point()

    def action_back(self) -> None:
        """Leave."""
        close(self)
