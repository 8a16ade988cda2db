"""The lesson screen: text and question left, the run right; stacked when narrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.events import Key, Resize
from textual.widgets import Static

from tutor.session.ahead import Work
from tutor.session.form import Form
from tutor.session.home import window_of
from tutor.session.lesson import Lesson
from tutor.session.views import EndView, QuestionView, StepView, VerdictView
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.lesson_text import after_text, before_text, run_caption, title_text
from tutor.tui.widgets.choices import Choices, Take
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.knobs import KnobPanel
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.spine_strip import Lit, SpineStrip

#: Work is done ahead from so long after an item has come, with such pauses between its pieces.
AHEAD_S = 0.1
BETWEEN_S = 0.02
#: Answers that are picked from choices; others are typed, or set with knobs.
_TAKES: dict[str, Take] = {"single": "one", "multi": "several", "ordering": "order"}
#: From this width on text and run stand side by side.
WIDE = 100


if TYPE_CHECKING:
    from tutor.tui.widgets.answer_entry import Committed


class LessonScreen(TutorScreen):
    """Shows a lesson's view and sends it what the learner does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "forward", "Next", key_display="Enter"),
        Binding("b", "back", "Back", show=False),
        Binding("h", "hint", "Hint"),
        Binding("s", "skip", "Skip"),
        Binding("a", "show_answer", "Show"),
        Binding("r", "replay", "Refute"),
        Binding("t", "try_again", "Again", show=False),
        Binding("w", "claim", "I wrote it"),
        Binding("k", "knobs", "Knobs"),
        Binding("v", "swap", "Curves"),
        Binding("c", "cursor", "Cursor", show=False),
        Binding("space", "draw", "Draw", show=False),
        Binding("g", "glossary", "Words", show=False),
        Binding("m,escape", "map", "Map"),
        Binding("question_mark", "app.help", "Keys", key_display="?"),
        Binding("q", "app.leave", "Quit", show=False),
        # The choices take these keys themselves, unless something else has the focus.
        Binding("enter", "commit", show=False),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, 10)),
    ]

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.lesson = lesson
        self._view = lesson.view
        self._ahead: Iterator[Work] = iter(())

    def compose(self) -> ComposeResult:
        """Title and spine above; text and run; keys below."""
        glyphs = self.glyphs
        with Horizontal(id="top"):
            yield Static(id="title", markup=False)
            yield SpineStrip(glyphs, id="spine")
        with Container(id="body"):
            with VerticalScroll(id="text"):
                yield Static(id="before", markup=False)
                yield Choices(glyphs, id="choices")
                yield Vertical(id="entry")
                yield Static(id="after", markup=False)
            with Vertical(id="run"):
                yield RunPlot(glyphs, id="plot")
                yield Static(id="caption", markup=False)
                yield KnobPanel(glyphs, id="knobs")
        yield KeyBar(glyphs)

    def on_mount(self) -> None:
        """Show where the learner is."""
        spine = self.tutor.files.spine
        window_ms = window_of(self.tutor.files.entries[self.lesson.phase.id], spine)
        lit = [] if window_ms is None else [Lit(*window_ms, "here")]
        self.query_one(SpineStrip).show(spine, lit)
        text = self.query_one("#text", VerticalScroll)
        self.watch(text, "scroll_y", self._note_more)
        self.watch(text, "virtual_size", self._note_more)
        self._arrive()

    def _note_more(self) -> None:
        """Say that the text goes on below, while it does."""
        text = self.query_one("#text", VerticalScroll)
        hidden = text.max_scroll_y - text.scroll_y >= 1
        mark = self.glyphs.mark("more") + (" more" if self.size.width >= 72 else "")
        self.query_one(KeyBar).note(mark if hidden else "")

    def on_resize(self, event: Resize) -> None:
        """Stack text and run when narrow, drop the spine when low."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height < 22, "-low")
        self.call_after_refresh(self.refresh_bindings)
        self.call_after_refresh(self._note_more)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are shown."""
        asked = isinstance(self._view, QuestionView)
        verdict = isinstance(self._view, VerdictView)
        shown = {
            "forward": not asked,
            "hint": asked,
            "skip": asked,
            "commit": asked,
            "pick": asked,
            "show_answer": asked,
            "replay": verdict and bool(getattr(self._view, "refutations", ())),
            "try_again": verdict,
            "claim": verdict and bool(getattr(self._view, "claimable", ())),
            "knobs": bool(getattr(self._view, "knobs", ())),
            "glossary": bool(self.lesson.phase.glossary),
        }
        if action == "swap":
            return any(plot.one_at_a_time for plot in self.query(RunPlot))
        return shown.get(action, True)

    def _show(self, *, draw: bool) -> None:
        """Lay out the lesson's view."""
        view = self._view = self.lesson.view
        glyphs = self.glyphs
        self.query_one("#title", Static).update(title_text(glyphs, self.lesson.title, view))
        self.query_one("#before", Static).update(before_text(glyphs, view))
        after = self.query_one("#after", Static)
        after.update(after_text(glyphs, view))
        after.display = isinstance(view, VerdictView) or bool(getattr(view, "hint", None))
        self.query_one("#caption", Static).update(run_caption(glyphs, view))
        choices = self.query_one(Choices)
        choices.display = isinstance(view, QuestionView) and view.form.kind in _TAKES
        self.query_one("#entry").display = isinstance(view, QuestionView)
        knobs = () if isinstance(view, EndView) else view.knobs
        self.query_one(KnobPanel).show(knobs)
        curves = (
            view.step.demonstration.show
            if isinstance(view, StepView)
            else view.curves
            if isinstance(view, VerdictView)
            else ()
        )
        moving = draw and self.tutor.motion and not isinstance(view, QuestionView)
        self.query_one(RunPlot).show(view.drawn, curves, draw=moving)
        asking = isinstance(view, QuestionView)
        # On the parts that they lay out: a class on the screen would restyle all of it.
        self.query_one("#text").set_class(asking, "-asking")
        unseen = asking and view.drawn[-1].until_ms is not None
        self.query_one("#run").set_class(unseen, "-unseen")
        self.refresh_bindings()

    def _arrive(self) -> None:
        """Show a new item: from its top, with its keys ready."""
        self._show(draw=True)
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        self.query_one("#entry").remove_children()
        if isinstance(self._view, QuestionView):
            self._ask(self._view.form)
        else:
            self.query_one("#text", VerticalScroll).focus()

        self._ahead = self.lesson.ahead()
        self.set_timer(AHEAD_S, partial(self._work_ahead, self._ahead))

    def _ask(self, form: Form) -> None:
        """Offer what the form asks for, with the focus on it."""
        self.query_one(RunPlot).takes_marks = form.kind in ("point", "interval")
        if form.kind in _TAKES:
            choices = self.query_one(Choices)
            texts = [self.glyphs.text(choice.text) for choice in form.choices]
            choices.offer(texts, take=_TAKES[form.kind])
            choices.focus()
        elif form.kind == "experiment":
            self.query_one(KnobPanel).focus()
        else:
            from tutor.tui.widgets.answer_entry import AnswerEntry

            entry = AnswerEntry(self.glyphs, form)
            self.query_one("#entry").mount(entry)
            entry.field.focus()

    def _work_ahead(self, ahead: Iterator[Work]) -> None:
        """Do beforehand what a key may ask for next, one piece at a time."""
        if ahead is not self._ahead:
            return  # The learner has gone on.
        work = next(ahead, None)
        if work is not None:
            with suppress(ValueError):  # Said when it is asked for.
                work()
            self.set_timer(BETWEEN_S, partial(self._work_ahead, ahead))

    def on_key(self, event: Key) -> None:
        """Any key ends the drawing of the trace, and does what it does besides."""
        plot = self.query_one(RunPlot)
        if plot.drawing:
            plot.finish()
            if event.key == "space":
                event.stop()

    # What the learner does.

    def on_choices_committed(self, message: Choices.Committed) -> None:
        """Mark the answer."""
        view = self._view
        if isinstance(view, QuestionView) and self.query_one(Choices).offers(message):
            chosen = [view.form.choices[index].id for index in message.indices]
            self._do(lambda: self.lesson.answer(chosen))

    def on_committed(self, message: Committed) -> None:
        """Mark what was typed."""
        self._answer_line(message.line)

    def on_run_plot_marked(self, message: RunPlot.Marked) -> None:
        """Put the marked time into the answer; a stretch takes two of them."""
        from tutor.tui.widgets.answer_entry import AnswerLine

        if not isinstance(self._view, QuestionView):
            return
        field = self.query_one(AnswerLine)
        before = field.value.split()
        needed = 2 if self._view.form.kind == "interval" else 1
        times = [*(before if len(before) < needed else []), f"{message.time_ms:.3f}"]
        field.value = " ".join(times)
        if len(times) == needed:
            field.focus()

    def _answer_line(self, line: str) -> None:
        try:
            self._do(lambda: self.lesson.answer_line(line))
        except ValueError as error:
            said = str(error)
            self.app.clear_notifications()
            self.app.notify(f"{said[:1].upper()}{said[1:]}.", markup=False)

    def on_knob_panel_turned(self, message: KnobPanel.Turned) -> None:
        """Turn a knob; the trace follows."""
        if any(knob.name == message.name for knob in getattr(self._view, "knobs", ())):
            self.lesson.turn(message.name, message.value)
            self._show(draw=False)

    def on_knob_panel_reset(self, message: KnobPanel.Reset) -> None:
        """Put the knobs back."""
        self.lesson.reset_knobs()
        self._show(draw=False)

    def action_forward(self) -> None:
        """Go on; from the end to the next phase."""
        if isinstance(self._view, EndView):
            self._leave_end()
        else:
            self._do(self.lesson.forward)

    def action_pick(self, digit: int) -> None:
        """Pick a choice from wherever the focus is."""
        self.query_one(Choices).focus()
        self.query_one(Choices).action_digit(digit)

    def action_commit(self) -> None:
        """Commit what is picked, typed or set from wherever the focus is."""
        if not isinstance(self._view, QuestionView):
            return
        if self._view.form.kind in _TAKES:
            self.query_one(Choices).focus()
            self.query_one(Choices).action_commit()
        elif self._view.form.kind == "experiment":
            self._answer_line("run")
        else:
            self.query_one("#entry").query("AnswerLine, WrittenAnswer").focus()

    def action_skip(self) -> None:
        """Go on without an answer."""
        self._do(self.lesson.forward)

    def action_back(self) -> None:
        """Go to the item before."""
        self._do(self.lesson.back)

    def action_hint(self) -> None:
        """Show the hint below the choices, which keep what is picked."""
        self.lesson.hint()
        self._show(draw=False)
        self.query_one("#after").scroll_visible(animate=False)

    def action_show_answer(self) -> None:
        """Show the key; the journal keeps that it was shown."""
        self._do(self.lesson.show_answer)

    def action_try_again(self) -> None:
        """Open the question for another attempt."""
        self._do(self.lesson.try_again)

    def action_claim(self) -> None:
        """Keep that the learner holds to have made the first point that was missed."""
        view = self._view
        if isinstance(view, VerdictView) and view.claimable:
            point = view.claimable[0]
            self._do(lambda: self.lesson.claim(point))

    def action_replay(self) -> None:
        """Draw the next refutation, or none."""
        self.lesson.replay()
        self._show(draw=True)

    def action_knobs(self) -> None:
        """Give the arrow keys to the knobs."""
        self.query_one(KnobPanel).focus()

    def action_swap(self) -> None:
        """Show the curves in place of the voltage, or back."""
        self.query_one(RunPlot).swap()

    def action_cursor(self) -> None:
        """Give the arrow keys to the cursor on the plot."""
        plot = self.query_one(RunPlot)
        plot.focus()
        plot.action_move(0)

    def action_draw(self) -> None:
        """Let the trace draw itself again."""
        self._show(draw=True)

    def action_glossary(self) -> None:
        """Show the words of the phase."""
        from tutor.tui.screens.help import GlossaryScreen

        self.app.push_screen(
            GlossaryScreen(self.glyphs, self.lesson.title, self.lesson.phase.glossary)
        )

    def action_map(self) -> None:
        """Back to the course map."""
        self.tutor.show_home()

    def _do(self, act: object) -> None:
        """Do something that the journal keeps, then show the result."""
        assert callable(act)
        if self.tutor.reported(lambda: (act(), True)[1]):
            self._arrive()

    def _leave_end(self) -> None:
        ids = self.tutor.files.phase_ids
        after = ids.index(self.lesson.phase.id) + 1
        self.tutor.show_home()
        if after < len(ids):
            self.tutor.open_phase(ids[after])
