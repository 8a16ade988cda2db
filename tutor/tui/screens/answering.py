"""Answering on a screen: what is begun is kept, what is committed is marked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Paste
from textual.timer import Timer

from tutor.grading.confidence import kept_certainty
from tutor.journal.store import JournalError
from tutor.session.asking import Asking
from tutor.session.slow import Work
from tutor.session.views import QuestionView, VerdictView, View
from tutor.tui.screens.running import RunScreen
from tutor.tui.widgets.answer_messages import AnswerChanged, Answered
from tutor.tui.widgets.answering import AnswerPanel
from tutor.tui.widgets.run_plot import RunPlot

if TYPE_CHECKING:
    from tutor.session.written.copying import Copy

#: What is answered so far is kept after a pause of so long, and while there is none so often.
PAUSE_S, LATEST_S = 1.0, 5.0


class AnsweringScreen(RunScreen):
    """Sends a session what the learner answers, and what they do with a question besides.

    Who lays it out composes an `AnswerPanel`, a `RunPlot` and a `KnobPanel`.
    """

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self.asking = asking
        self._view: View = asking.outline if asking.awaited() else asking.view
        self._answers = AnswerPanel(self.glyphs, id="answering")
        self._pause: Timer | None = None
        self._unkept_since = 0.0
        self._has_told = False

    def _show(self, *, draw: bool) -> None:
        """Lay out the view."""
        raise NotImplementedError

    def _arrive(self) -> None:
        """Show a new item."""
        raise NotImplementedError

    def _ask(self, view: QuestionView) -> None:
        """Offer what the question asks for, with the keys on it."""
        panel, plot = self._answers, self.query_one(RunPlot)
        panel.ask(view)
        plot.takes_marks = panel.entry is not None
        self._show_marks()
        if plot.takes_marks and not panel.draft:
            plot.focus()
            plot.action_move(0)
        else:
            self._give_keys()

    def _give_keys(self) -> None:
        """Give the keys to what the question is answered with."""
        if isinstance(self._view, QuestionView) and self._view.form.kind == "experiment":
            self.action_knobs()
        else:
            self._answers.give_keys()

    def _show_marks(self) -> None:
        """Show on the trace what has been marked or typed, while that is asked for."""
        if isinstance(self._view, QuestionView):
            entry = self._answers.entry
            self.query_one(RunPlot).show_marks(entry.times_ms if entry else ())

    def on_answered(self, message: Answered) -> None:
        """Mark the answer, or ask first how sure it is."""
        if not isinstance(self._view, QuestionView) or not self._answers.takes(message):
            return
        answer, typed = message.answer, message.typed
        commit = partial(self.asking.answer_line, str(answer)) if typed else None
        self._commit(
            commit or partial(self.asking.answer, answer),
            partial(self.asking.marking, answer, typed=typed),
        )

    def _commit(
        self, commit: Callable[[], None], marking: Callable[[], Work | None] | None = None
    ) -> None:
        """Commit an answer, as soon as the runs that mark it are there.

        Args:
            commit: Commits it.
            marking: What has to be waited for, beside the run that is shown.
        """
        self.when_ready(partial(self._mark_soon, commit, marking))

    def _mark_soon(
        self, commit: Callable[[], None], marking: Callable[[], Work | None] | None
    ) -> None:
        work = marking and self.tutor.reported(marking)
        if work:
            self.wait_for(work, partial(self._mark, commit))
        else:
            self._mark(commit)

    def _mark(self, commit: Callable[[], None]) -> None:
        """Mark an answer; what is none is told, and stays to be mended."""
        try:
            self._do(commit)
        except ValueError as error:
            said = str(error)
            self.tell(f"{said[:1].upper()}{said[1:]}.")
            self._give_keys()

    def _do(self, act: Callable[[], None]) -> bool:
        """Do something that the journal keeps, then show the result; False where it failed."""

        def done() -> bool:
            act()
            return True

        if not self.tutor.reported(done):
            return False
        if self.asking.is_committed:
            self._show(draw=False)
            self.query_one("#sure").scroll_visible(animate=False)
        else:
            self._drop_told()
            self._arrive()
        return True

    def action_sure(self, certainty: int) -> None:
        """Say how sure the answer is, or leave it out."""
        self._do(lambda: self.asking.sure(kept_certainty(certainty)))

    def action_take_back(self) -> None:
        """Change the answer that waits for how sure it is."""
        self.asking.take_back()
        self._show(draw=False)
        self._give_keys()

    def on_answer_changed(self, message: AnswerChanged) -> None:
        """Keep what is answered so far once the learner pauses."""
        self._show_marks()
        now = monotonic()
        if self._pause is None:
            self._unkept_since = now
        else:
            self._pause.stop()
        wait_s = min(PAUSE_S, self._unkept_since + LATEST_S - now)
        if wait_s > 0.0:
            self._pause = self.set_timer(wait_s, self._keep_draft)
        else:
            self._keep_draft()

    def _keep_draft(self) -> None:
        """Keep what is answered so far."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        draft = self._answers.draft
        if isinstance(self._view, QuestionView):
            self.tutor.reported(lambda: self.asking.keep_draft(draft))

    def on_unmount(self) -> None:
        """Keep what is answered so far, however the screen is left."""
        self._drop_told()
        if isinstance(self._view, QuestionView):
            with suppress(JournalError):  # Nobody is there any more to be told.
                self.asking.keep_draft(self._answers.draft)

    def on_run_plot_marked(self, message: RunPlot.Marked) -> None:
        """Put the marked time into the answer; a stretch takes two of them."""
        entry = self._answers.entry
        if entry is not None and not entry.disabled:
            entry.mark(message.time_ms)

    def action_pick(self, digit: int) -> None:
        """Pick a choice from wherever the focus is; what is typed goes on from the plot alone."""
        if not self._answers.is_left or self.query_one(RunPlot).has_focus:
            self._answers.digit(digit)

    def on_paste(self, event: Paste) -> None:
        """Type what is pasted from elsewhere where the answer is typed."""
        if self._answers.is_left:
            self._answers.give_keys()
            if self._answers.has_keys and self.focused is not None:
                self.focused.post_message(Paste(event.text))

    def action_write(self) -> None:
        """Give the keys back to where the answer is typed."""
        self._give_keys()

    def action_commit(self) -> None:
        """Commit what is picked, typed or set from wherever the focus is."""
        if not isinstance(self._view, QuestionView):
            return
        if self._view.form.kind == "experiment":
            marking = partial(self.asking.marking, "run", typed=True)
            self._commit(partial(self.asking.answer_line, "run"), marking)
        else:
            self._answers.commit()

    def action_hint(self) -> None:
        """Show the hint below the choices, which keep what is picked."""
        self.asking.hint()
        self._show(draw=False)
        self.query_one("#after").scroll_visible(animate=False)

    def action_show_answer(self) -> None:
        """Show the key; the journal keeps that it was shown."""
        self._do(self.asking.show_answer)

    def action_claim(self) -> None:
        """Keep that the learner holds to have made a point; of several, ask which."""
        view = self._view
        if not isinstance(view, VerdictView) or not view.claimable:
            return
        if len(view.claimable) == 1:
            self._claim(view.claimable[0])
        else:
            from tutor.tui.screens.claim import ClaimScreen

            self.app.push_screen(ClaimScreen(self.glyphs, view), self._claim)

    def _claim(self, point: str | None) -> None:
        if point is not None:
            self._do(lambda: self.asking.claim(point))

    def action_flag(self) -> None:
        """Mark the question to come back to, or take the mark away."""
        self.tutor.reported(self.asking.flag)
        self._show(draw=False)

    def action_report(self) -> None:
        """Write a report on the question, and say where it is."""
        self.tell_of_file(self.asking.report())

    def copied(self) -> Copy | None:
        """What is asked or told, with its run and what is shown below that."""
        from tutor.session.written.copying import copy_asked

        pane = self.query_one(RunPlot).pane
        return self.tutor.reported(partial(copy_asked, self.asking, self.glyphs.mode, pane))

    def tell_of_file(self, said: str) -> None:
        """Say where a file is, as long as its question is there."""
        super().tell_of_file(said)
        self._has_told = True

    def _drop_told(self) -> None:
        """What is said of a file goes with its question: it covers the plot."""
        if self._has_told:
            self._has_told = False
            self.app.clear_notifications()
