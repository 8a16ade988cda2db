"""The lesson screen: text and question left, the run right; stacked when narrow."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from simulator.progress import Progress
from tutor.session.home import window_of
from tutor.session.slow import Work
from tutor.session.views import EndView, Knob, QuestionView, StepView, VerdictView
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.fitting import FittingScreen
from tutor.tui.screens.lesson_text import after_text, before_text, run_caption, title_parts
from tutor.tui.screens.running import RUN_KEYS
from tutor.tui.widgets.answer_messages import AnswerChanged
from tutor.tui.widgets.fitted import FittedText
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.knobs import KnobPanel
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.spine_strip import Lit, SpineStrip
from tutor.tui.widgets.title import Part, TitleLine
from tutor.words import common
from tutor.words import lesson_screen as words

#: From this width on text and run stand side by side.
WIDE = 100
#: Keys that do nothing where nobody is asked how sure an answer is.
OF_CERTAINTY = ("guess", "fairly", "certain", "not-said", "take-back")


class LessonScreen(FittingScreen):
    """Shows what is asked one after another, and sends it what the learner does."""

    HELP = words.HELP
    KEYS: ClassVar[str] = "lesson"
    """What the ids of its keys begin with."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "forward", common.NEXT, id="lesson.next", tooltip=common.GO_ON),
        Binding(
            "enter,n",
            "to_verdict",
            words.TO_VERDICT,
            id="lesson.to-verdict",
            tooltip=words.TO_VERDICT_TIP,
        ),
        Binding("b", "back", common.BACK, show=False, id="lesson.back", tooltip=common.GO_BACK),
        Binding("h", "hint", words.SHOW_HINT, id="lesson.hint", tooltip=words.SHOW_HINT_TIP),
        Binding("s", "skip", common.SKIP, id="lesson.skip", tooltip=words.SKIP_TIP),
        Binding(
            "a", "show_answer", words.SHOW_ANSWER, id="lesson.show", tooltip=words.SHOW_ANSWER_TIP
        ),
        Binding("1", "sure(1)", words.GUESS, id="lesson.guess", tooltip=words.GUESS_TIP),
        Binding("2", "sure(2)", words.FAIRLY, id="lesson.fairly", tooltip=words.FAIRLY_TIP),
        Binding("3", "sure(3)", words.CERTAIN, id="lesson.certain", tooltip=words.CERTAIN_TIP),
        Binding(
            "enter", "sure(0)", words.NOT_SAID, id="lesson.not-said", tooltip=words.NOT_SAID_TIP
        ),
        Binding(
            "escape",
            "take_back",
            common.CHANGE,
            id="lesson.take-back",
            tooltip=words.TAKE_BACK_TIP,
        ),
        Binding("r", "replay", words.REFUTE, id="lesson.refute", tooltip=words.REFUTE_TIP),
        Binding(
            "t",
            "try_again",
            words.AGAIN,
            show=False,
            id="lesson.again",
            tooltip=words.AGAIN_TIP,
        ),
        Binding(
            "w",
            "claim",
            words.CLAIM,
            id="lesson.claim",
            tooltip=words.CLAIM_TIP,
        ),
        Binding(
            "l",
            "look_up",
            words.LOOK_UP,
            id="lesson.look-up",
            tooltip=words.LOOK_UP_TIP,
        ),
        Binding("f", "flag", words.FLAG, id="lesson.flag", tooltip=words.FLAG_TIP),
        Binding(
            "exclamation_mark",
            "report",
            words.REPORT,
            show=False,
            id="lesson.report",
            tooltip=words.REPORT_TIP,
        ),
        *RUN_KEYS,
        Binding(
            "g",
            "glossary",
            words.GLOSSARY,
            show=False,
            id="lesson.words",
            tooltip=words.GLOSSARY_TIP,
        ),
        Binding("o", "bench", common.LAB, show=False, id="lesson.lab", tooltip=words.LAB_TIP),
        Binding("m,escape", "map", words.MAP, id="lesson.map", tooltip=words.COURSE_MAP),
        ALL_KEYS,
        Binding(
            "comma",
            "app.open('settings')",
            common.SETTINGS,
            show=False,
            id="lesson.settings",
            tooltip=common.TO_SETTINGS,
        ),
        quit_key("lesson"),
        # The choices take these keys themselves, unless something else has the focus.
        Binding("enter", "write", words.WRITE, id="lesson.write", tooltip=words.WRITE_TIP),
        Binding("enter", "commit", words.COMMIT, id="lesson.commit", tooltip=words.COMMIT_TIP),
        *(Binding(str(digit), f"pick({digit})", show=False) for digit in range(10)),
    ]

    def compose(self) -> ComposeResult:
        """Title and spine above; text and run; keys below."""
        glyphs = self.glyphs
        with Horizontal(id="top"):
            yield TitleLine(glyphs)
            yield self._beside_title()
        with Container(id="body"):
            with VerticalScroll(id="text"):
                yield FittedText(id="before")
                yield self._answers
                yield Static(id="after", markup=False)
            with Vertical(id="run"):
                yield RunPlot(glyphs, id="plot")
                yield Static(id="caption", markup=False)
                yield KnobPanel(glyphs, id="knobs")
        yield KeyBar(glyphs)

    def _beside_title(self) -> Widget:
        """Where on the spine this is."""
        return SpineStrip(self.glyphs, id="spine")

    def _title(self) -> tuple[Part, ...]:
        """The line above all."""
        return title_parts(self.asking.title, self._view)

    def _orient(self) -> None:
        """Light where on the spine this is."""
        files = self.asking.files
        spine, entry = files.spine, files.entries[self.asking.phase.id]
        window_ms = window_of(entry, spine)
        lit = [] if window_ms is None else [Lit(*window_ms, "here")]
        self.query_one(SpineStrip).show(spine, lit)

    def on_mount(self) -> None:
        """Show where the learner is."""
        text = self.query_one("#text", VerticalScroll)
        self.watch(text, "scroll_y", self._note_more)
        self.watch(text, "virtual_size", self._note_more)
        self.watch(text, "virtual_size", self.fit_soon)
        self.watch(self, "focused", self.make_room)
        self._arrive()

    def _note_more(self) -> None:
        """Say that the text goes on below, while it does."""
        text = self.query_one("#text", VerticalScroll)
        hidden = text.max_scroll_y - text.scroll_y >= 1
        mark = self.glyphs.mark("more") + (f" {common.MORE}" if self.size.width >= 72 else "")
        self.query_one(KeyBar).note(mark if hidden else "")

    def on_resize(self, event: Resize) -> None:
        """Stack text and run when narrow, drop the spine when low."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height < 22, "-low")
        self.call_after_refresh(self.refresh_bindings)
        self.call_after_refresh(self._note_more)
        self.call_after_refresh(self._answers.keep_in_sight)
        self.fit_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are shown."""
        verdict = isinstance(self._view, VerdictView)
        waits = getattr(self._view, "committed", None) is not None
        asked = isinstance(self._view, QuestionView) and not waits
        aside = bool(getattr(self._view, "looked_up", False))
        shown = {
            "sure": waits,
            "take_back": waits,
            "flag": asked or verdict,
            "report": asked or verdict,
            "look_up": bool(getattr(self._view, "taught_in", "")),
            "forward": not asked and not waits and not aside,
            "to_verdict": aside,
            "hint": asked,
            "skip": asked,
            "write": asked and self._answers.is_left,
            "commit": asked and not self._answers.is_left,
            "pick": asked,
            "show_answer": asked,
            "replay": verdict and bool(getattr(self._view, "refutations", ())),
            "try_again": verdict,
            "claim": verdict and bool(getattr(self._view, "claimable", ())),
            "knobs": bool(getattr(self._view, "knobs", ())),
            "glossary": bool(self.asking.phase.glossary),
            "copy": not isinstance(self._view, EndView),
            # An open question's set-up would give its key away.
            "bench": isinstance(self._view, StepView | VerdictView) and bool(self._view.drawn),
        }
        if action == "pane":
            return any(plot.has_panes for plot in self.query(RunPlot))
        return shown.get(action, True)

    @property
    def idle_keys(self) -> frozenset[str]:
        """The ids of keys that can do nothing here, which its help leaves out."""
        sure = () if self.asking.asks_certainty else OF_CERTAINTY
        turns = () if getattr(self._view, "knobs", ()) else ("run.knobs",)
        return frozenset(turns) | {f"{self.KEYS}.{key}" for key in sure}

    def _show(self, *, draw: bool) -> None:
        """Lay out the view, as far as its run is there."""
        view = self._view = self.asking.outline if self.awaited() else self.asking.view
        glyphs = self.glyphs
        self.query_one(TitleLine).show(*self._title())
        self.query_one(FittedText).show(partial(before_text, glyphs, view))
        after = self.query_one("#after", Static)
        after.update(after_text(glyphs, view))
        after.display = isinstance(view, VerdictView) or bool(getattr(view, "hint", None))
        self.caption(run_caption(glyphs, view))
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
        plot = self.query_one(RunPlot)
        plot.names_hidden = isinstance(view, StepView)
        if not isinstance(view, QuestionView):
            plot.show_marks(getattr(view, "marked_ms", ()))
        plot.show(view.drawn, curves, draw=moving)
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
        self._orient()
        self._show(draw=True)
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        if isinstance(self._view, QuestionView):
            self._ask(self._view)
        else:
            self._answers.ask(None)
            self.query_one("#text", VerticalScroll).focus()
        self.fit_anew()
        work = self.awaited()
        if work is None:
            self._prepare()
        else:
            self.wait_for(work, self._run_came)

    def _run_came(self) -> None:
        """Show the run that an item had to wait for."""
        self._show(draw=True)
        self._prepare()

    def _prepare(self) -> None:
        """Have ready what the next key may ask for."""
        self.work_ahead(chain(self.asking.ahead(), (Work(_load_lab),)))

    def turn(self, name: str, value: float) -> None:
        """Set a knob of the item."""
        self.asking.turn(name, value)

    def show_run(self, *, draw: bool) -> None:
        """Show the item with its knobs where they stand."""
        self._show(draw=draw)

    def awaited(self) -> Work | None:
        """What the item has to wait for."""
        return self.asking.awaited()

    def knobs_now(self) -> tuple[Knob, ...]:
        """The knobs of the item as they stand."""
        return self.asking.knobs

    def anew(self) -> TutorScreen | None:
        """The same item, with what is answered so far."""
        return type(self)(self.asking)

    # What the learner does.

    def on_knob_panel_turned(self, message: KnobPanel.Turned) -> None:
        """Turn a knob; the trace follows."""
        if any(knob.name == message.name for knob in getattr(self._view, "knobs", ())):
            self.turn_knobs(partial(self.asking.turn, message.name, message.value))
            self.post_message(AnswerChanged())

    def on_knob_panel_left(self) -> None:
        """Let the arrows scroll again; where something is asked its keys work without a focus."""
        if self.stops_run():
            return
        asked = isinstance(self._view, QuestionView)
        self.set_focus(None if asked else self.query_one("#text", VerticalScroll))

    def on_knob_panel_reset(self, message: KnobPanel.Reset) -> None:
        """Put the knobs back."""
        self.turn_knobs(self.asking.reset_knobs)
        self.post_message(AnswerChanged())

    def action_forward(self) -> None:
        """Go on; from the end to the next phase."""
        if isinstance(self._view, EndView):
            self._leave_end(self._view)
        else:
            self._do(self.asking.forward)

    def action_to_verdict(self) -> None:
        """Go back to the verdict from where something was looked up."""
        self._do(self.asking.forward)

    def action_skip(self) -> None:
        """Go on without an answer; what was begun is kept."""
        self._keep_draft()
        self._do(self.asking.forward)

    def action_back(self) -> None:
        """Go to the item before, or from a step back to the verdict."""
        self._keep_draft()
        self._do(self.asking.back)

    def action_try_again(self) -> None:
        """Open the question for another attempt."""
        self._do(self.asking.try_again)

    def action_look_up(self) -> None:
        """Open the step that taught it."""
        self._do(self.asking.look_up)

    def action_replay(self) -> None:
        """Draw the next refutation, or none."""
        self.asking.replay()
        self._show(draw=True)

    def action_bench(self) -> None:
        """Open what is shown in the lab; leaving it comes back here."""
        from tutor.session.lab.opening import opened_from
        from tutor.tui.places import open_lab

        found = opened_from(self._view)
        if found is not None:
            open_lab(self.tutor, found.scenario, found.title)

    def action_glossary(self) -> None:
        """Show the words of the phase."""
        from tutor.tui.screens.help import GlossaryScreen

        phase = self.asking.phase
        title = self.asking.files.entries[phase.id].title
        self.app.push_screen(GlossaryScreen(self.glyphs, title, phase.glossary))

    def action_map(self) -> None:
        """Back to the course map."""
        self.tutor.show_home()

    def _leave_end(self, view: EndView) -> None:
        from tutor.tui.places import open_phase

        self.tutor.show_home()
        if view.next_phase is not None:
            open_phase(self.tutor, view.next_phase.id)


def _load_lab(_progress: Progress) -> None:
    """Load the lab, which is large: the key that opens it has no time for that."""
    import tutor.tui.screens.lab  # noqa: F401
