"""Progress: where a learner stands, in one scroll, or two columns where there is room."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content, Span
from textual.events import Resize
from textual.widgets import Static

from simulator.progress import Progress
from tutor.course.text import one_line
from tutor.session.profile import load_profile
from tutor.session.progress.facts import Material, facts_of, material_of
from tutor.session.progress.lines import NARROWEST, Line, Look, Part, parts_of
from tutor.session.progress.view import ProgressView, view_of
from tutor.session.slow import Work
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.runner import Runner
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import common
from tutor.words import progress as words

#: From this width on the map of mastery has a column of its own.
WIDE = 120
#: Cells between the columns; and the most that a line of a single one takes.
GAP, WIDEST = 2, 100
#: Parts of the left column; one column has all of them below each other.
_LEFT = ("top", "forecast", "mastery")
_STYLES = {"title": "b u $primary", "strong": "bold", "muted": "$text-muted"}
#: Of the cells of a picture, by role.
_INK = {"run": "bold $primary", "compare": "$text-muted", "mark": "bold $accent"}
_FRAME = "$text-muted"


class ProgressScreen(TutorScreen):
    """Shows it once it has been read, which is done beside the screen as far as it can be."""

    HELP = words.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "part(1)", words.NEXT_PART, id="progress.next", tooltip=words.NEXT_PART_TIP),
        Binding(
            "p", "part(-1)", words.LAST_PART, id="progress.before", tooltip=words.LAST_PART_TIP
        ),
        Binding(
            "escape,enter,b,m",
            "back",
            common.BACK,
            key_display=common.ESC,
            id="progress.back",
            tooltip=common.GO_BACK,
        ),
        ALL_KEYS,
        quit_key("progress"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: ProgressView | None = None
        self._runner = Runner(self)
        self._width = 0
        self._tops: list[int] = []
        """The rows at which parts begin."""

    def anew(self) -> ProgressScreen:
        """Read again."""
        return ProgressScreen()

    def compose(self) -> ComposeResult:
        """Title, columns, keys."""
        yield Static(self.glyphs.text(common.PROGRESS, "bold"), id="title", markup=False)
        with VerticalScroll(id="progress"), Horizontal(id="progress-columns"):
            yield Static(id="progress-left", markup=False)
            yield Static(id="progress-right", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Begin to read."""
        box = self.query_one("#progress", VerticalScroll)
        self.query_one(KeyBar).follow(box)
        box.focus()
        self._say(words.READING)
        files = self.tutor.files
        profile = self.tutor.reported(lambda: load_profile(self.tutor.journal))
        if profile is None:
            return
        found: list[Material] = []

        def read(progress: Progress) -> None:
            found.append(material_of(files, profile))

        def done(error: str | None) -> None:
            self._count(found[0]) if found else self._fail(error)

        self._runner.wish(Work(read), done)

    def on_unmount(self) -> None:
        """What is under way is wanted no more."""
        self._runner.cancel()

    def on_resize(self, event: Resize) -> None:
        """Wrap it anew."""
        self._lay_out()

    def _count(self, material: Material) -> None:
        """Ask the journal, which is this thread's, and leave the sums to the other one."""
        files, journal = self.tutor.files, self.tutor.journal
        facts = self.tutor.reported(lambda: facts_of(files, journal, material))
        if facts is None:
            self._say("")
            return
        found: list[ProgressView] = []

        def compute(progress: Progress) -> None:
            found.append(view_of(files, material, facts))

        def done(error: str | None) -> None:
            self._show(found[0]) if found else self._fail(error)

        self._runner.wish(Work(compute), done)

    def _show(self, view: ProgressView) -> None:
        self._view, self._width = view, 0
        self._lay_out()

    def _fail(self, error: str | None) -> None:
        self._say(words.FAILED.format(error=one_line(error or "", 600).removesuffix(".")))

    def _say(self, text: str) -> None:
        self.query_one("#progress-left", Static).update(self.glyphs.text(text))

    def _lay_out(self) -> None:
        """Wrap the lines for the width that there is."""
        width = self.query_one("#progress", VerticalScroll).scrollable_content_region.width
        if self._view is None or width == self._width:
            return
        self._width = width
        is_wide = self.size.width >= WIDE
        self.set_class(is_wide, "-wide")
        room = width // 2 - GAP if is_wide else min(width, WIDEST)
        mode = self.glyphs.mode
        top, *parts = parts_of(self._view, Look(max(NARROWEST, room), mode, mode))
        # Its title stands above the screen already.
        parts.insert(0, Part(top.name, top.lines[1:]))
        left = [part for part in parts if not is_wide or part.name in _LEFT]
        right = [part for part in parts if is_wide and part.name not in _LEFT]
        tops: set[int] = set()
        for side, shown in (("left", left), ("right", right)):
            self.query_one(f"#progress-{side}", Static).update(_content(shown))
            row = 0
            for part in shown:
                tops.add(row)
                row += len(part.lines) + 1
        self._tops = sorted(tops)
        self.call_after_refresh(self.refresh_bindings)

    def action_part(self, by: int) -> None:
        """Scroll to the part after, or before, the one at the top."""
        box = self.query_one("#progress", VerticalScroll)
        here = round(box.scroll_y)
        if by > 0:
            place = next((top for top in self._tops if top > here), None)
        else:
            place = next((top for top in reversed(self._tops) if top < here), None)
        if place is not None:
            box.scroll_to(y=place, animate=False, immediate=True)

    def action_back(self) -> None:
        """Back to where it was opened."""
        self._runner.cancel()
        self.dismiss()


def _content(parts: list[Part]) -> Content:
    """The parts below each other, a blank line between two of them."""
    texts = [Content("\n").join(_line(line) for line in part.lines) for part in parts]
    return Content("\n\n").join(texts)


def _line(line: Line) -> Content:
    if not line.spans:
        return Content.styled(line.text, _STYLES.get(line.role, ""))
    spans = [Span(s.start, s.end, _INK.get(s.role, _FRAME)) for s in line.spans]
    return Content(line.text, spans=[s for s in spans if s.start < len(line.text)])
