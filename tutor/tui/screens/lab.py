"""The lab: a set-up to turn, its run, and what is measured; two of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Input, Static

from tutor.session.export import Sheet, sheet_of_runs
from tutor.session.lab.bench import PREPARATIONS, Lab
from tutor.session.lab.experiments import experiments_for
from tutor.session.lab.stimuli import KINDS
from tutor.session.slow import Work
from tutor.session.views import Knob
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.screens.lab_dialogs import LineScreen, Picked, PickScreen
from tutor.tui.screens.lab_exporting import Exporting
from tutor.tui.screens.lab_saving import Saving
from tutor.tui.screens.lab_text import caption, hint_of
from tutor.tui.screens.running import RUN_KEYS, RunScreen
from tutor.tui.widgets.key_bar import KeyBar
from tutor.tui.widgets.lab_list import LabList
from tutor.tui.widgets.lab_readings import LabReadings
from tutor.tui.widgets.run_plot import RunPlot
from tutor.tui.widgets.title import TitleLine
from tutor.words import common
from tutor.words import lab_screen as words

if TYPE_CHECKING:
    from tutor.session.written.copying import Copy

#: From this width on the knobs stand beside the run.
WIDE = 100
#: Below this the measurements take the place of the knobs when they are asked for.
NARROW = 76


class LabScreen(RunScreen, Exporting, Saving):
    """Shows a lab and sends it what the learner does."""

    HELP = words.HELP
    # The commonest first: a narrow terminal shows no more of them.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "prepare", words.PREPARE, id="lab.preparation", tooltip=words.PREPARE_TIP),
        Binding("a", "add", words.ADD, id="lab.add", tooltip=words.ADD_TIP),
        ALL_KEYS,
        Binding("n", "numbers", words.NUMBERS, id="lab.numbers", tooltip=words.NUMBERS_TIP),
        Binding("slash", "search", common.FIND, id="lab.search", tooltip=words.SEARCH_TIP),
        Binding("k", "keep", words.KEEP, id="lab.keep", tooltip=words.KEEP_TIP),
        Binding(
            "e", "experiment", words.EXPERIMENT, id="lab.experiment", tooltip=words.EXPERIMENT_TIP
        ),
        Binding("w", "export", common.WRITE, id="lab.export", tooltip=words.WRITE_TIP),
        Binding("s", "save", words.SAVE, id="lab.save", tooltip=words.SAVE_TIP),
        Binding("o", "load", words.OPEN, id="lab.open", tooltip=words.OPEN_TIP),
        Binding(
            "z", "all_back", words.ALL_BACK, show=False, id="lab.reset", tooltip=words.ALL_BACK_TIP
        ),
        *(key for key in RUN_KEYS if isinstance(key, Binding) and key.id != "run.knobs"),
        Binding(
            "escape,b,m",
            "back",
            common.BACK,
            key_display=common.ESC,
            id="lab.back",
            tooltip=words.BACK_TIP,
        ),
        quit_key("lab"),
    ]

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self.lab = lab
        self._view = lab.view
        self._opened: set[str] = set()
        self._search = ""

    def compose(self) -> ComposeResult:
        """The run, the knobs and the measurements."""
        glyphs = self.glyphs
        self._fit(self.app.size)  # What fits at once is styled and arranged once.
        yield TitleLine(glyphs)
        with Container(id="lab-body"):
            run = Vertical(
                RunPlot(glyphs, id="plot"), Static(id="caption", markup=False), id="lab-run"
            )
            knobs = Vertical(
                LabList(glyphs, id="lab-list"),
                Static(id="lab-hint", markup=False),
                id="lab-knobs",
            )
            yield from (knobs, run) if self.app.size.width >= WIDE else (run, knobs)
            yield LabReadings(glyphs, id="lab-readings")
        yield KeyBar(glyphs)

    def on_mount(self) -> None:
        """Show the set-up, and run it."""
        self._refresh(draw=True)
        bench = self.query_one(LabList)
        bench.choose_first_knob()
        bench.focus()

    def on_resize(self, event: Resize) -> None:
        """Beside each other when wide; measurements or knobs when narrow."""
        self._fit(event.size)
        width = event.size.width
        if width >= NARROW:
            self.remove_class("-numbers")
        body, knobs = self.query_one("#lab-body"), self.query_one("#lab-knobs")
        run = self.query_one("#lab-run")
        if (body.children[0] is knobs) != (width >= WIDE):
            # A grid is filled in order: the knobs stand left of the run, or below it.
            body.move_child(knobs, before=run) if width >= WIDE else body.move_child(
                run, before=knobs
            )
        self.call_after_refresh(self.refresh_bindings)

    def _fit(self, size: Size) -> None:
        self.set_class(size.width >= WIDE, "-wide")
        self.set_class(size.width < NARROW, "-narrow")
        self.set_class(size.height < 22, "-low")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here."""
        if action == "numbers":
            return self.size.width < NARROW
        if action == "experiment":
            return bool(experiments_for(self.lab.scenario.preparation))
        if action == "add":
            return bool(self.lab.kinds)
        if action == "pane":
            return any(plot.has_panes for plot in self.query(RunPlot))
        return True

    def anew(self) -> LabScreen:
        """The same set-up, with the groups that are opened."""
        again = LabScreen(self.lab)
        again._opened = self._opened
        return again

    # Showing.

    def _show(self, *, draw: bool = False) -> None:
        view, glyphs = self.lab.view, self.glyphs
        named = f"{common.LAB}  {view.title}", "bold"
        kept = view.kept and words.SET_UP_OF_A.format(set_up=view.kept.set_up)
        self.query_one(TitleLine).show(named, *[(kept, "$text-muted")] if kept else ())
        self._view = view
        self._show_rows()
        self.query_one(LabReadings).show(view.readings, compares=view.kept is not None)
        self.query_one(RunPlot).show(view.drawn, view.curves, draw=draw and self.tutor.motion)
        self.caption(glyphs.text(caption(view), "$text-muted"))
        self.refresh_bindings()

    def _show_rows(self) -> None:
        rows = self._view.rows(self._opened, self._search)
        self.query_one(LabList).show(rows)

    def on_lab_list_pointed(self, message: LabList.Pointed) -> None:
        """Say what the chosen row is."""
        hint = self.query_one("#lab-hint", Static)
        hint.update(self.glyphs.text(hint_of(message.row, bool(self._search)), "$text-muted"))
        self.refresh_bindings()

    # Running.

    def _edit(self, act: Callable[[], object]) -> None:
        """Do something to the set-up; what is not possible is said."""
        try:
            act()
        except ValueError as error:
            self._show()
            self.say(str(error))
            return
        self._refresh()

    def _refresh(self, *, draw: bool = False) -> None:
        """Run the set-up as it stands, at once or beside the screen."""
        work = self.lab.awaited
        if work is None:
            self.stop_waiting()
            self._make(draw=draw)
            return
        self._stood = {} if self.lab.run is not None else None
        self._show()
        self.wait_for(work, partial(self._make, draw=draw))

    def _make(self, *, draw: bool = False) -> None:
        try:
            self.lab.make()
        except ValueError as error:
            self._put_back({}, str(error))
            return
        self._show(draw=draw)

    def _put_back(self, stood: Mapping[str, float], error: str = "") -> None:
        """Be again what was run last, and say what was wrong with what was not."""
        self._stood = None
        self.lab.put_back()
        self._show()
        if error:
            self.say(words.CANNOT_BE_RUN.format(error=error))

    def say(self, message: str) -> None:
        """A sentence in the line under the plot."""
        self.remark(f"{message[:1].upper()}{message[1:]}.")

    def turn(self, name: str, value: float) -> None:
        """Set a knob."""
        self.lab.set(name, value)

    def show_run(self, *, draw: bool) -> None:
        """Show the run that is there."""
        self._make(draw=draw)

    def awaited(self) -> Work | None:
        """What has to be waited for."""
        return self.lab.awaited

    def knobs_now(self) -> tuple[Knob, ...]:
        """The knobs as they stand."""
        return self.lab.knobs

    # The list.

    def on_lab_list_turned(self, message: LabList.Turned) -> None:
        """Turn a knob; the run follows."""
        self._edit(lambda: self.lab.turn(message.name, message.steps))

    def on_lab_list_placed(self, message: LabList.Placed) -> None:
        """Set a knob to where it was clicked."""
        self._edit(lambda: self.lab.set(message.name, message.value))

    def on_lab_list_reset(self, message: LabList.Reset) -> None:
        """Put a knob back."""
        self._edit(lambda: self.lab.reset(message.name))

    def on_lab_list_removed(self, message: LabList.Removed) -> None:
        """Take a stimulus away."""
        self._edit(lambda: self.lab.remove(message.number))

    def on_lab_list_opened(self, message: LabList.Opened) -> None:
        """List the knobs of a group, or those that are changed alone."""
        self._opened ^= {message.group}
        self._show_rows()

    def on_lab_list_typed(self, message: LabList.Typed) -> None:
        """Ask for a value."""
        knob = message.knob
        title = words.TYPE_VALUE.format(title=knob.title, range=knob.range_text, now=knob.shown)

        def take(text: str | None) -> None:
            if text:
                self._edit(lambda: self.lab.set(knob.name, text))

        self.app.push_screen(LineScreen(self.glyphs, title, message.text), take)

    def action_search(self) -> None:
        """Find knobs by a word."""
        lines = self.query(Input)
        if lines:
            lines.only_one().focus()
            return
        placeholder = words.SEARCH_PLACEHOLDER
        line = Input(placeholder=placeholder, max_length=40, id="lab-search", compact=True)
        self.query_one("#lab-knobs").mount(line, before=0)
        line.focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what has the words."""
        self._search = message.value
        self._show_rows()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to what was found."""
        self.query_one(LabList).focus()

    # What the learner does.

    def action_prepare(self) -> None:
        """Pick another preparation."""
        names = list(PREPARATIONS)

        def take(picked: Picked | None) -> None:
            if picked is not None:
                self.use(lambda: self.lab.use(names[picked[0]]))

        lines, here = list(PREPARATIONS.items()), names.index(self.lab.scenario.preparation)
        self.app.push_screen(PickScreen(self.glyphs, words.WHICH_PREPARATION, lines, here), take)

    def use(self, act: Callable[[], None]) -> None:
        """Take a whole new set-up."""
        self._end_search()
        self.query_one(RunPlot).forget()
        self._edit(act)
        self.query_one(LabList).choose_first_knob()

    def action_add(self) -> None:
        """Pick a stimulus to add."""
        kinds = self.lab.kinds

        def take(picked: Picked | None) -> None:
            if picked is not None:
                before = self.lab.stimuli
                self._edit(lambda: self.lab.add(kinds[picked[0]]))
                if len(self.lab.stimuli) < len(before) + 1:
                    self.say(words.CURRENT_GONE)

        lines = [(kind, KINDS[kind]) for kind in kinds]
        self.app.push_screen(PickScreen(self.glyphs, words.WHICH_STIMULUS, lines), take)

    def action_keep(self) -> None:
        """Keep the run as A; a second time let it go."""
        if self.lab.kept is not None:
            self.lab.let_go()
            self._show()
            self.say(words.GONE)
            return
        try:
            self.lab.keep()
        except ValueError as error:
            self.say(str(error))
            return
        self._show()
        self.say(words.KEPT)

    def action_all_back(self) -> None:
        """Take all changes back."""
        self._edit(self.lab.reset_all)

    def action_numbers(self) -> None:
        """Measurements in place of the knobs, or back."""
        self.toggle_class("-numbers")
        shown = LabReadings if self.has_class("-numbers") else LabList
        self.query_one(shown).focus()

    def action_experiment(self) -> None:
        """Pick an experiment."""
        known = experiments_for(self.lab.scenario.preparation)
        names = list(known)

        def take(picked: Picked | None) -> None:
            if picked is not None:
                from tutor.tui.screens.lab_experiment import ExperimentScreen

                name = names[picked[0]]
                self.app.push_screen(ExperimentScreen(known[name], self.lab.scenario))

        lines = [(one.title, one.sentence) for one in known.values()]
        self.app.push_screen(PickScreen(self.glyphs, words.WHICH_EXPERIMENT, lines), take)

    def renamed(self, name: str) -> None:
        """Be called what the set-up was saved as."""
        self.lab.title = name
        self._show()

    def sheet(self) -> Sheet | None:
        """The run, with A where one is kept."""
        if self.lab.is_stale:
            self.say(common.RUN_NOT_READY)
            return None
        return sheet_of_runs(self.lab.view.drawn)

    def copied(self) -> Copy | None:
        """The set-up, its run and what is measured, with what differs from A."""
        from tutor.session.written.copying import copy_lab

        if self.lab.is_stale:
            self.say(common.RUN_NOT_READY)
            return None
        return copy_lab(self.lab.view, self.glyphs.mode, self.query_one(RunPlot).pane)

    @property
    def file_name(self) -> str:
        """What the export is called unless it is told otherwise."""
        return f"{self.lab.title or self.lab.scenario.preparation}.csv".replace(" ", "-")

    def action_back(self) -> None:
        """End the search, or leave."""
        if self.query(Input):
            self._end_search()
            self.query_one(LabList).focus()
        else:
            self.stop_waiting()
            self.dismiss()

    def _end_search(self) -> None:
        self.query(Input).remove()
        self._search = ""
        self._show_rows()
