"""An experiment of the lab: how far it is, then its plots, numbers and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tutor.course.scenario_fields import Scenario
from tutor.session.export import Sheet
from tutor.session.lab.experiments import Experiment
from tutor.session.lab.finding import Finding, told_set_up
from tutor.session.slow import Work
from tutor.tui.bindings import ALL_KEYS, quit_key
from tutor.tui.runner import Runner
from tutor.tui.screens.copying import Copying, copy_key
from tutor.tui.screens.lab_exporting import Exporting
from tutor.tui.widgets.figure_plot import FigurePlot
from tutor.tui.widgets.key_bar import KeyBar
from tutor.words import common
from tutor.words import lab_screen as words

if TYPE_CHECKING:
    from tutor.session.written.copying import Copy

METER_WIDTH = 24
#: From this width on the numbers stand beside the plots.
WIDE = 100


class ExperimentScreen(Exporting, Copying):
    """Does an experiment beside the screen. Escape stops it, and leaves."""

    HELP = words.EXPERIMENT_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v,space",
            "turn_over",
            words.NEXT_PLOT,
            id="experiment.plot",
            tooltip=words.NEXT_PLOT_TIP,
        ),
        Binding(
            "w", "export", common.WRITE, id="experiment.export", tooltip=words.WRITE_FOUND_TIP
        ),
        copy_key("experiment"),
        Binding(
            "escape,enter,b,m",
            "back",
            common.BACK,
            key_display=common.ESC,
            id="experiment.back",
            tooltip=words.BACK_TO_LAB_TIP,
        ),
        ALL_KEYS,
        quit_key("experiment"),
    ]

    def __init__(self, experiment: Experiment, scenario: Scenario) -> None:
        super().__init__()
        self._experiment = experiment
        self._scenario = scenario
        self._found: Finding | None = None
        self._runner = Runner(self, self._tell)

    def anew(self) -> ExperimentScreen:
        """The same experiment, done again."""
        return ExperimentScreen(self._experiment, self._scenario)

    def compose(self) -> ComposeResult:
        """Title, plots, what was found."""
        yield Static(id="title", markup=False)
        yield Static(id="caption", markup=False)
        yield FigurePlot(self.glyphs, id="figures")
        with VerticalScroll(id="found"):
            yield Static(id="found-text", markup=False)
        yield KeyBar(self.glyphs)

    def on_mount(self) -> None:
        """Begin."""
        one, scenario, glyphs = self._experiment, self._scenario, self.glyphs
        self.query_one("#title", Static).update(glyphs.text(one.title, "bold"))
        self.query_one("#caption", Static).update(
            glyphs.text(told_set_up(scenario), "$text-muted")
        )
        found: list[Finding] = []

        def done(error: str | None) -> None:
            self._show(found[0]) if found else self.say(words.FOUND_NOTHING.format(error=error))

        self.query_one(FigurePlot).display = False
        self._tell(0.0)
        work = Work(lambda progress: found.append(one.do(scenario, progress)))
        self._runner.wish(work, done)

    def on_resize(self, event: Resize) -> None:
        """Numbers beside the plots when wide."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.refresh_bindings)

    def on_unmount(self) -> None:
        """Stop what is under way."""
        self._runner.cancel()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here."""
        if action == "turn_over":
            return any(figures.hides_some for figures in self.query(FigurePlot))
        return action not in ("export", "copy") or self._found is not None

    def _tell(self, share: float) -> None:
        meter = self.glyphs.meter(min(1.0, share), METER_WIDTH)
        running = common.RUNNING_ESC_STOPS.format(meter=meter, share=share)
        text = self.glyphs.text(f"{self._experiment.sentence}\n\n{running}")
        self.query_one("#found-text", Static).update(text)

    def _show(self, found: Finding) -> None:
        self._found = found
        glyphs = self.glyphs
        figures = self.query_one(FigurePlot)
        figures.display = True
        figures.show(found.plots)
        width = max(len(name) for name, _ in found.numbers)
        numbers = [glyphs.text(f"{name:<{width}}  {value}") for name, value in found.numbers]
        parts = [glyphs.text(found.sentence, "bold"), Content("\n").join(numbers)]
        self.query_one("#found-text", Static).update(Content("\n\n").join(parts))
        self.query_one("#found").focus()
        self.call_after_refresh(self.refresh_bindings)

    def sheet(self) -> Sheet | None:
        """What was found."""
        return None if self._found is None else self._found.sheet

    def copied(self) -> Copy | None:
        """What was found."""
        from tutor.session.written.copying import copy_finding

        return None if self._found is None else copy_finding(self._found, self.glyphs.mode)

    @property
    def file_name(self) -> str:
        """Named after the experiment and the preparation."""
        return f"{self._experiment.name}-{self._scenario.preparation}.csv"

    def say(self, message: str) -> None:
        """A sentence in place of the set-up."""
        text = f"{message[:1].upper()}{message[1:]}."
        if self._found is None:
            self.query_one("#found-text", Static).update(self.glyphs.text(text, "$text-warning"))
        else:
            self.query_one("#caption", Static).update(self.glyphs.text(text, "$text-warning"))

    def action_turn_over(self) -> None:
        """Show the next plot."""
        self.query_one(FigurePlot).turn_over()

    def action_back(self) -> None:
        """Back to the lab."""
        self._runner.cancel()
        self.dismiss()
