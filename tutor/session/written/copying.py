"""What is in front of a learner as plain text, in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tutor.course.text import clean
from tutor.journal.store import default_path
from tutor.plot.figure import Mode
from tutor.session.asking import Asking
from tutor.session.drawn import DrawnRun
from tutor.session.lab.bench import LabView
from tutor.session.lab.finding import Finding
from tutor.session.new_file import write_new
from tutor.session.panes import Pane, panes_of
from tutor.session.views import EndView, QuestionView, StepView, VerdictView
from tutor.session.written.lab import show_difference, show_finding, show_run, show_set_up
from tutor.session.written.lines import Lines
from tutor.session.written.views import show_form, show_question, show_step, show_verdict
from tutor.words import common
from tutor.words import copying as words
from tutor.words import written as written_words

#: Of text that is not ours, such as what the mouse has selected.
LONGEST = 1_000_000


class Copy(msgspec.Struct, frozen=True):
    """A text, and what became of the file for it.

    Attributes:
        text: What was in front of the learner.
        kept: Where it has been written to, or why it has not, in a sentence.
        is_kept: Whether it has been written.
    """

    text: str
    kept: str
    is_kept: bool


class _Copied(Lines):
    """Lines for a text: plots are of plain characters, with the pane that the learner sees."""

    def __init__(self, letters: Mode, pane: Pane | None) -> None:
        self.stream = StringIO()
        super().__init__(self.stream, letters, "ascii", plots=True)
        self._seen = pane

    def plot(self, drawn: tuple[DrawnRun, ...], curves: tuple[str, ...] = ()) -> None:
        """Draw and say the runs, then what was seen below them, where these runs have it."""
        super().plot(drawn)
        if self._seen in panes_of(drawn, curves):
            self.show_pane(self._seen)


def copies_folder() -> Path:
    """Where copies are written: beside the journal."""
    return default_path().parent / "copies"


def copy_text(name: str, text: str) -> Copy:
    """Write `text`, cleaned, to a new file that is called after `name`."""
    text = clean(text, LONGEST)
    try:
        path = write_new(copies_folder(), name, text)
    except OSError as error:
        reason = error.strerror or str(error)
        kept = words.NOT_WRITTEN.format(reason=reason, folder=copies_folder())
        return Copy(text, kept, is_kept=False)
    return Copy(text, words.WRITTEN.format(path=path), is_kept=True)


def copy_asked(asking: Asking, letters: Mode, pane: Pane | None) -> Copy:
    """Copy the step, question or verdict that is shown; nothing of a key before its verdict.

    Args:
        asking: The session.
        letters: The mode that text is spelt for.
        pane: What is shown below the voltage.

    Raises:
        ValueError: none of them is shown.
        JournalError: the journal cannot be read.
    """
    view = asking.view
    if isinstance(view, EndView):
        raise ValueError("there is nothing to copy here")

    def show(lines: Lines) -> None:
        lines.heading(asking.heading(view))
        match view:
            case StepView():
                show_step(lines, view)
            case QuestionView():
                show_question(lines, view)
            case VerdictView():
                _show_answered(lines, view)

    return _copied(f"{asking.mode}-{view.counter.number}", show, letters, pane)


def copy_lab(view: LabView, letters: Mode, pane: Pane | None) -> Copy:
    """Copy the set-up of the lab, with its run and what is measured; see `copy_asked`."""

    def show(lines: Lines) -> None:
        lines.heading(f"{written_words.LAB_TITLE}: {view.title}")
        show_set_up(lines, view)
        show_run(lines, view)
        if view.kept is not None:
            show_difference(lines, view.kept)

    return _copied("lab", show, letters, pane)


def copy_finding(found: Finding, letters: Mode) -> Copy:
    """Copy what an experiment of the lab found."""

    def show(lines: Lines) -> None:
        lines.heading(found.title)
        lines.say(found.set_up)
        show_finding(lines, found)

    return _copied(found.name, show, letters, None)


def _copied(name: str, show: Callable[[Lines], None], letters: Mode, pane: Pane | None) -> Copy:
    lines = _Copied(letters, pane)
    show(lines)
    return copy_text(name, lines.stream.getvalue().lstrip("\n"))


def _show_answered(lines: Lines, view: VerdictView) -> None:
    """Write what was asked and answered, then the verdict with every refutation in full."""
    lines.prose(view.stem)
    lines.say()
    show_form(lines, view.form)
    if view.answer:
        lines.say(common.YOU_ANSWERED.format(answer=view.answer))
    lines.say()
    in_full = tuple(replace(each, seen_before=False) for each in view.refutations)
    show_verdict(lines, replace(view, refutations=in_full))
