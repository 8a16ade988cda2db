"""From a key to the repainted screen, on a real pseudo-terminal.

    python tests/benchmarks/latency.py

Every phase of the course is walked once in each size, each in a new program: knobs are turned,
choices picked with arrow and digit, answers committed, the lab and the next item opened. A key
counts until the frame with what it asks for has come; how long the screen goes on changing
stands beside it. Every item is new to its program, so caches are as cold as they are for a
learner. With motion on the trace goes on drawing itself, and the next key is pressed meanwhile.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.append(str(Path(__file__).resolve().parents[1]))

from answers import BYTES, bursts, keys_for
from measuring import Budget, Row, Section, script
from terminal import (
    BARE_APP,
    BARE_MARKER,
    HAS_PTY,
    NO_PTY,
    PATIENCE_S,
    TUTOR,
    Response,
    Terminal,
    returning_learner,
)

from tutor.course.loader import CourseFolder
from tutor.course.model import Step
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.plot.raster import render
from tutor.session.lesson import Lesson
from tutor.session.panes import pane_picture, panes_of
from tutor.session.picture import voltage_plot
from tutor.session.views import Knob, QuestionView, StepView, VerdictView

BUDGET = Budget("p95", 50.0)
SIZES = ((80, 24), (120, 40))
TURNS = 3
BARE_KEYS = 60

DOWN, LEFT, RIGHT = b"\x1b[B", b"\x1b[D", b"\x1b[C"
ESCAPE = b"\x1b"
CURSOR = "▸".encode()
VERDICT = b"Right|Credited in exams|Partly right|Not what the neuron does"
#: A knob that has been turned says where it began, as far as there is room for it.
TURNED = rb"\((w|\xe2\x80\xa6)"
#: What the lab alone offers, in its line of keys, and what it does not.
IN_LAB, LEFT_LAB = b"Prepare", b"Next"

#: With motion on, the next key is pressed after this long.
PRESENT_S = 0.25

#: For each kind of key the item it was pressed on, and what came back.
Times = dict[str, list[tuple[str, Response]]]


def measure() -> Section:
    """Walk the course."""
    section = Section("Latency: key to repaint on a real terminal, braille")
    if HAS_PTY:
        _walk_all(section)
    else:
        section.missing.append(f"a key to a repaint {NO_PTY}")
    _without_the_screen(section)
    return section


def _walk_all(section: Section) -> None:
    files = CourseFolder()
    times: dict[tuple[int, int], Times] = {size: defaultdict(list) for size in SIZES}
    moving: Times = defaultdict(list)
    bare: list[float] = []
    for phase_id in files.phase_ids:
        for size in SIZES:
            bare += _bare_keys(size)
            with TemporaryDirectory() as name:
                environ = returning_learner(Path(name), motion=False)
                Walk(files, phase_id, environ, size, times[size], section).run()
        with TemporaryDirectory() as name:
            environ = returning_learner(Path(name), motion=True)
            Walk(files, phase_id, environ, SIZES[0], moving, section, motion=True).run()
    section.rows.append(Row("bare Textual app: key to a changed text", bare))
    for (columns, rows), found in times.items():
        section.rows += [
            _row(f"{columns}x{rows}  {what}", responses, bare) for what, responses in found.items()
        ]
    section.rows += [
        _row(f"80x24, motion on  {what}", pressed, bare)
        for what, pressed in moving.items()
        if what.startswith("Enter")
    ]


def _row(what: str, pressed: list[tuple[str, Response]], bare: list[float]) -> Row:
    slowest = sorted(pressed, key=lambda item: item[1].shown_ms, reverse=True)[:2]
    note = "slowest " + ", ".join(f"{item} {found.shown_ms:.0f}" for item, found in slowest)
    if "motion" not in what:
        settled = sorted(found.settled_ms for _, found in pressed)
        median, p95 = settled[len(settled) // 2], settled[int(0.95 * (len(settled) - 1))]
        note = f"settled {median:.0f} ms, p95 {p95:.0f}; {note}"
    shown = [found.shown_ms for _, found in pressed]
    return Row(what, shown, base=bare, budget=BUDGET, note=note)


def _bare_keys(size: tuple[int, int]) -> list[float]:
    """The least that a key can take: one text changes."""
    keys = BARE_KEYS // len(SIZES) // 3
    with TemporaryDirectory() as name:
        environ = returning_learner(Path(name))
        with Terminal(BARE_APP, environ, size) as terminal:
            terminal.until(BARE_MARKER)
            terminal.settle()
            awaited = [f"key {number}".encode() for number in range(1, keys + 1)]
            return [terminal.press(b"x", text).shown_ms for text in awaited]


class Walk:
    """One walk through a phase, from its first item to its last."""

    def __init__(
        self,
        files: CourseFolder,
        phase_id: str,
        environ: dict[str, str],
        size: tuple[int, int],
        times: Times,
        section: Section,
        *,
        motion: bool = False,
    ) -> None:
        self._lesson = Lesson(files, phase_id, Journal.in_memory())
        self._argv = [*TUTOR, "learn", phase_id]
        self._environ, self._size = environ, size
        self._times, self._section, self._motion = times, section, motion

    def run(self) -> None:
        """Press the keys; a key without its answer is reported as not measured."""
        with Terminal(self._argv, self._environ, self._size) as terminal:
            self.through(terminal)

    def through(self, terminal: Terminal) -> None:
        """The same on a terminal where the phase is being opened."""
        self._terminal, items = terminal, self._lesson.items
        try:
            terminal.until(f"1/{len(items)}".encode())
            terminal.settle()
            for number, item in enumerate(items, 1):
                self._item(item)
                awaited = f"{number + 1}/{len(items)}|End of".encode()
                self._press(item.id, "Enter: the next item", b"\r", awaited)
        except TimeoutError as error:
            self._section.missing.append(f"{' '.join(self._argv[2:])}: {error}")

    def _item(self, item: Step | Question) -> None:
        if isinstance(item, Question):
            self._answer(item)
        view = self._lesson.view
        assert isinstance(view, StepView | VerdictView)
        if view.knobs and not self._motion:
            self._terminal.press(b"k", b"")
            for _ in range(TURNS):
                self._press(item.id, "knob: the new trace", _turn(view.knobs[0]), TURNED)
        if not self._motion:
            self._press(item.id, "o: the lab", b"o", IN_LAB)
            # Enter soon after Esc would be Alt+Enter, as terminals send it.
            self._terminal.press(ESCAPE, LEFT_LAB)
        self._lesson.forward()

    def _answer(self, question: Question) -> None:
        """Give an answer: to a choice any, elsewhere the right one, key by key up to Enter."""
        view = self._lesson.view
        assert isinstance(view, QuestionView)
        if view.form.kind in ("single", "multi"):
            self._press(question.id, "arrow in the choices", DOWN, CURSOR)
            self._press(question.id, "digit picks", b"2", CURSOR)
            self._lesson.answer([view.form.choices[0].id])
        else:
            # The program has drawn other numbers; any answer of this form shows a verdict.
            answer = model_answer(Posed(question, 1))
            for keys in bursts(keys_for(view, answer)[:-1]):
                self._terminal.press(b"".join(BYTES.get(k, k.encode()) for k in keys), b"")
            self._terminal.settle()  # Hundreds of keys at once are more than anybody types.
            self._lesson.answer(answer)
        self._press(question.id, "Enter on an answer: the verdict", b"\r", VERDICT)

    def _press(self, item: str, what: str, keys: bytes, awaited: bytes) -> None:
        at_most_s = PRESENT_S if self._motion else PATIENCE_S
        response = self._terminal.press(keys, awaited, at_most_s=at_most_s)
        self._times[what].append((item, response))


def _turn(knob: Knob) -> bytes:
    """The key that has room for a few turns."""
    return RIGHT if knob.initial + TURNS * knob.step <= knob.high else LEFT


def _without_the_screen(section: Section) -> None:
    """Every knob of the course, turned in the session and drawn, without the terminal."""
    files = CourseFolder()
    taken: dict[str, list[float]] = {}
    for phase_id in files.phase_ids:
        lesson = Lesson(files, phase_id, Journal.in_memory())
        for item in lesson.items:
            if isinstance(item, Question):
                lesson.answer(model_answer(Posed(item, 1)))
            view = lesson.view
            assert isinstance(view, StepView | VerdictView)
            for knob in view.knobs:
                taken[f"{item.id} {knob.name}"] = _turned(lesson, knob)
            lesson.forward()
    every = [time_ms for times in taken.values() for time_ms in times]
    section.rows.append(Row(f"all {len(taken)} knobs: session, run and plot alone", every))
    slowest = sorted(taken, key=lambda name: max(taken[name]), reverse=True)[:5]
    section.notes.append(
        "slowest knobs: " + ", ".join(f"{name} {max(taken[name]):.0f} ms" for name in slowest)
    )


def _turned(lesson: Lesson, knob: Knob) -> list[float]:
    """Times in ms of turning a knob to five places and drawing the result."""
    times = []
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        began = perf_counter()
        lesson.turn(knob.name, knob.low + share * (knob.high - knob.low))
        view = lesson.view
        assert isinstance(view, StepView | VerdictView)
        shown = view.step.demonstration.show if isinstance(view, StepView) else view.curves
        render(voltage_plot(view.drawn), 80, 16, "braille")
        if shown:
            render(pane_picture(panes_of(view.drawn, shown)[0], view.drawn), 80, 8, "braille")
        times.append((perf_counter() - began) * 1000.0)
    lesson.reset_knobs()
    return times


if __name__ == "__main__":
    script(measure)
