"""The lesson screen: text and question left, the run right; stacked when narrow."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from tutor.session.home import window_of
from tutor.session.slow import Work
from tutor.session.views import EndView, Knob, QuestionView, StepView, VerdictView
from tutor.tui.screens.answering import AnsweringScreen
from tutor.tui.screens.lesson_text import after_text, before_text, run_caption, title_text
from tutor.tui.screens.running import RUN_KEYS
from tutor.tui.widgets.answer_messages import AnswerChanged
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.knobs import KnobPanel
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.spine_strip import Lit, SpineStrip

#: From this width on text and run stand side by side.
WIDE = 100


class LessonScreen(AnsweringScreen):
    """Shows a lesson's view and sends it what the learner does."""

    HELP = (
        "Predict, then see the run. Nothing counts before Enter, and every answer is kept before "
        "its verdict is shown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "forward", "Next", id="lesson.next", tooltip="go on"),
        Binding("b", "back", "Back", show=False, id="lesson.back", tooltip="go back"),
        Binding("h", "hint", "Hint", id="lesson.hint", tooltip="show the hint"),
        Binding("s", "skip", "Skip", id="lesson.skip", tooltip="go on without an answer"),
        Binding("a", "show_answer", "Show", id="lesson.show", tooltip="show the answer"),
        Binding("1", "sure(1)", "Guess", id="lesson.guess", tooltip="sure? a guess"),
        Binding("2", "sure(2)", "Fairly", id="lesson.fairly", tooltip="sure? fairly"),
        Binding("3", "sure(3)", "Certain", id="lesson.certain", tooltip="sure? certain"),
        Binding("enter", "sure(0)", "Leave out", id="lesson.not-said", tooltip="sure? not said"),
        Binding(
            "escape",
            "take_back",
            "Change",
            id="lesson.take-back",
            tooltip="change the answer, while asked how sure",
        ),
        Binding(
            "r", "replay", "Refute", id="lesson.refute", tooltip="the next refutation, or none"
        ),
        Binding(
            "t",
            "try_again",
            "Again",
            show=False,
            id="lesson.again",
            tooltip="another attempt at the question",
        ),
        Binding(
            "w",
            "claim",
            "I wrote it",
            id="lesson.claim",
            tooltip="claim a point: kept beside the mark",
        ),
        Binding(
            "l",
            "look_up",
            "Look up",
            id="lesson.look-up",
            tooltip="to the step that taught it; b comes back",
        ),
        Binding("f", "flag", "Flag", id="lesson.flag", tooltip="flag the question, or no longer"),
        Binding(
            "exclamation_mark",
            "report",
            "Report",
            show=False,
            id="lesson.report",
            tooltip="write a report on the question into a file",
        ),
        *RUN_KEYS,
        Binding(
            "g", "glossary", "Words", show=False, id="lesson.words", tooltip="words of the phase"
        ),
        Binding("o", "bench", "Lab", show=False, id="lesson.lab", tooltip="open this in the lab"),
        Binding("m,escape", "map", "Map", id="lesson.map", tooltip="the course map"),
        Binding("question_mark", "app.help", "Keys", id="app.keys"),
        Binding(
            "comma",
            "app.settings",
            "Settings",
            show=False,
            id="lesson.settings",
            tooltip="the settings",
        ),
        Binding("q", "app.leave", "Quit", show=False, id="lesson.quit", tooltip="quit"),
        # The choices take these keys themselves, unless something else has the focus.
        Binding("enter", "commit", "Answer", id="lesson.commit", tooltip="commit what is picked"),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, 10)),
    ]

    def compose(self) -> ComposeResult:
        """Title and spine above; text and run; keys below."""
        glyphs = self.glyphs
        with Horizontal(id="top"):
            yield Static(id="title", markup=False)
            yield SpineStrip(glyphs, id="spine")
        with Container(id="body"):
            with VerticalScroll(id="text"):
                yield Static(id="before", markup=False)
                yield self._answers
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
        verdict = isinstance(self._view, VerdictView)
        waits = getattr(self._view, "committed", None) is not None
        asked = isinstance(self._view, QuestionView) and not waits
        shown = {
            "sure": waits,
            "take_back": waits,
            "flag": asked or verdict,
            "report": asked or verdict,
            "look_up": bool(getattr(self._view, "taught_in", "")),
            "forward": not asked and not waits,
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
            # An open question's set-up would give its key away.
            "bench": isinstance(self._view, StepView | VerdictView) and bool(self._view.drawn),
        }
        if action == "pane":
            return any(plot.has_panes for plot in self.query(RunPlot))
        return shown.get(action, True)

    def _show(self, *, draw: bool) -> None:
        """Lay out the lesson's view, as far as its run is there."""
        view = self._view = self.lesson.outline if self.awaited() else self.lesson.view
        glyphs = self.glyphs
        self.query_one("#title", Static).update(title_text(glyphs, self.lesson.title, view))
        self.query_one("#before", Static).update(before_text(glyphs, view))
        after = self.query_one("#after", Static)
        after.update(after_text(glyphs, view))
        after.display = isinstance(view, VerdictView) or bool(getattr(view, "hint", None))
        caption = self.query_one("#caption", Static)
        caption.update(run_caption(glyphs, view))
        caption.remove_class("-remark")
        panel = self._answers
        panel.display = isinstance(view, QuestionView)
        panel.hold(getattr(view, "committed", None) is not None)
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
        unseen = asking and any(shown.until_ms is not None for shown in view.drawn)
        self.query_one("#run").set_class(unseen, "-unseen")
        self.refresh_bindings()

    def _arrive(self) -> None:
        """Show a new item: from its top, with its keys ready, its run when it is there."""
        self.stop_waiting()
        self.query_one(RunPlot).forget()
        self._show(draw=True)
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        if isinstance(self._view, QuestionView):
            self._ask(self._view)
        else:
            self._answers.ask(None)
            self.query_one("#text", VerticalScroll).focus()
        work = self.awaited()
        if work is None:
            self.work_ahead(self.lesson.ahead())
        else:
            self.wait_for(work, self._run_came)

    def _run_came(self) -> None:
        """Show the run that an item had to wait for."""
        self._show(draw=True)
        self.work_ahead(self.lesson.ahead())

    def turn(self, name: str, value: float) -> None:
        """Set a knob of the item."""
        self.lesson.turn(name, value)

    def show_run(self, *, draw: bool) -> None:
        """Show the item with its knobs where they stand."""
        self._show(draw=draw)

    def awaited(self) -> Work | None:
        """What the item has to wait for."""
        return self.lesson.awaited()

    def knobs_now(self) -> tuple[Knob, ...]:
        """The knobs of the item as they stand."""
        return self.lesson.knobs

    # What the learner does.

    def on_knob_panel_turned(self, message: KnobPanel.Turned) -> None:
        """Turn a knob; the trace follows."""
        if any(knob.name == message.name for knob in getattr(self._view, "knobs", ())):
            self.turn_knobs(partial(self.lesson.turn, message.name, message.value))
            self.post_message(AnswerChanged())

    def on_knob_panel_reset(self, message: KnobPanel.Reset) -> None:
        """Put the knobs back."""
        self.turn_knobs(self.lesson.reset_knobs)
        self.post_message(AnswerChanged())

    def action_forward(self) -> None:
        """Go on; from the end to the next phase."""
        if isinstance(self._view, EndView):
            self._leave_end()
        else:
            self._do(self.lesson.forward)

    def action_skip(self) -> None:
        """Go on without an answer; what was begun is kept."""
        self._keep_draft()
        self._do(self.lesson.forward)

    def action_back(self) -> None:
        """Go to the item before, or from a step back to the verdict."""
        self._keep_draft()
        self._do(self.lesson.back)

    def action_try_again(self) -> None:
        """Open the question for another attempt."""
        self._do(self.lesson.try_again)

    def action_look_up(self) -> None:
        """Open the step that taught it."""
        self._do(self.lesson.look_up)

    def action_replay(self) -> None:
        """Draw the next refutation, or none."""
        self.lesson.replay()
        self._show(draw=True)

    def action_bench(self) -> None:
        """Open what is shown in the lab; leaving it comes back here."""
        from tutor.session.lab.opening import opened_from

        found = opened_from(self._view)
        if found is not None:
            self.tutor.open_lab(found.scenario, found.title)

    def action_glossary(self) -> None:
        """Show the words of the phase."""
        from tutor.tui.screens.help import GlossaryScreen

        self.app.push_screen(
            GlossaryScreen(self.glyphs, self.lesson.title, self.lesson.phase.glossary)
        )

    def action_map(self) -> None:
        """Back to the course map."""
        self.tutor.show_home()

    def _leave_end(self) -> None:
        ids = self.tutor.files.phase_ids
        after = ids.index(self.lesson.phase.id) + 1
        self.tutor.show_home()
        if after < len(ids):
            self.tutor.open_phase(ids[after])
