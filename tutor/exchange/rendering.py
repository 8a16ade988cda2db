"""A question as foreign formats need it: words, options, the key, and plots before and after.

Its numbers and its order come from its id alone, so that it is the same at every export.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cached_property

from msgspec.structs import replace

from tutor.course import questions as q
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.loader import CourseFolder, phase_file
from tutor.course.posed import Posed
from tutor.course.text import pretty_unit
from tutor.grading.choice import wrong_choices
from tutor.grading.marking import full_marks, model_answer
from tutor.grading.verdict import Verdict
from tutor.journal.store import Journal
from tutor.plot.describe_run import describe_run
from tutor.plot.figure import Plot
from tutor.session.asked import Asked
from tutor.session.bank import Banked
from tutor.session.drawn import DrawnRun
from tutor.session.form import Form, key_lines
from tutor.session.picture import curves_plot, voltage_plot
from tutor.session.refutation import refutation_views
from tutor.session.views import Counter, Knob, QuestionView, RefutationView, VerdictView
from tutor.words import run as run_words

_ANY = Counter(1, 1)


def seed_of(course_id: str, question_id: str) -> int:
    """What the numbers and the order of a question come from outside the tutor."""
    digest = hashlib.sha256(f"{course_id}\0{question_id}".encode()).digest()
    return int.from_bytes(digest[:4]) % 2**31


def unfit(files: CourseFolder, banked: Banked, error: ValueError) -> ContentErrors:
    """Why a question cannot be posed or run, with its place in its file."""
    name = phase_file(banked.phase)
    number = files.phase(banked.phase).questions.index(banked.question)
    place = files.document(name).place(("questions", number))
    return ContentErrors([ContentError(name, place, str(error), banked.id)])


class Rendered:
    """A question posed once, before and after its answer.

    Attributes:
        posed: The question with its numbers drawn.
        form: What an answer is made of, the options with their feedback among it.
        knobs: What can be turned before the answer: an experiment's.
        key: The right answer, a line each part.
        set_up: What is run, as far as it may be known before the answer.
        decides: The measured value that decides it, in a sentence.
        explanation: Why, as Markdown.
    """

    def __init__(
        self, files: CourseFolder, question: q.Question, board: q.Board | None = None
    ) -> None:
        """Pose `question` to a candidate of `board`, and answer it.

        Raises:
            ValueError: it cannot be posed or run, which the content check finds too.
        """
        seed = seed_of(files.course.id, question.id)
        asked = Asked(files, Journal.in_memory(), question, {}, board, seed)
        before = asked.view(_ANY)
        assert isinstance(before, QuestionView)
        if isinstance(question, q.ExperimentQuestion):
            asked.turned = dict(question.solution)
            asked.answer(model_answer(asked.posed))
        else:
            asked.show_answer()
        after = asked.view(_ANY)
        assert isinstance(after, VerdictView)
        self._files = files
        self._board = board
        self._before, self._after = before, after
        self.posed: Posed[q.Question] = asked.posed
        self.form: Form = before.form
        self.knobs: tuple[Knob, ...] = before.knobs
        self.key: tuple[str, ...] = key_lines(asked.posed)
        self.set_up = before.set_up
        self.decides = after.decides
        self.explanation = after.explanation

    @property
    def question(self) -> q.Question:
        """The question as the course has it."""
        return self.posed.question

    @cached_property
    def before(self) -> tuple[Plot, ...]:
        """What may be seen before the answer."""
        return (_without_strips(voltage_plot(self._before.drawn)),)

    @cached_property
    def after(self) -> tuple[Plot, ...]:
        """The run with the curves that explain it; what was to be marked is marked."""
        view = self._after
        plot = _without_strips(voltage_plot(view.drawn))
        plots = [replace(plot, marks=self._marks())]
        if view.curves:
            plots.append(curves_plot(view.drawn, view.curves))
        return tuple(plots)

    @property
    def told(self) -> str:
        """The run in words."""
        return pretty_unit(describe_run(self._after.drawn[-1].run))

    def refutations(
        self, misconceptions: Collection[str], chosen: Collection[str] = ()
    ) -> tuple[RefutationView, ...]:
        """What answers these misconceptions, of those that a run refutes.

        Args:
            misconceptions: Their ids.
            chosen: The options that showed them, where there are several.
        """
        answer: list[str] = []
        if isinstance(self.question, q.ChoiceQuestion):
            every = [option.id for option in self.question.options]
            options = sorted(
                wrong_choices(self.question, every, self._board), key=lambda o: o.id not in chosen
            )
            showing = {option.misconception: option.id for option in reversed(options)}
            answer = [showing[name] for name in misconceptions if name in showing]
        verdict = Verdict(0.0, full_marks(self.question), misconceptions=tuple(misconceptions))
        return refutation_views(self._files, self.posed, answer, verdict, self._board, ())

    def refuted(self, refutation: RefutationView) -> tuple[Plot, ...]:
        """A refutation over the run."""
        run = DrawnRun("run", run_words.THIS_RUN, self._after.drawn[-1].run)
        drawn = (run, DrawnRun("refutation", run_words.REFUTATION, refutation.run))
        curves = [c for c in refutation.curves if c in refutation.run.trace.columns]
        below = (curves_plot(drawn, curves),) if curves else ()
        return (_without_strips(voltage_plot(drawn)), *below)

    def _marks(self) -> tuple[tuple[float, float, str], ...]:
        """Points of the curve that a mark on the trace is right at."""
        match self.question:
            case q.PointQuestion(place=None) | q.IntervalQuestion():
                key = model_answer(self.posed)
                times = list(key.values()) if isinstance(key, dict) else key
            case _:
                return ()
        assert isinstance(times, list)
        trace = self.posed.run.trace
        return tuple((t, trace.at("voltage_mv", t), f"{t:.2f} ms") for t in times)


def _without_strips(plot: Plot) -> Plot:
    """The plot as it can be read on a small page, where strips have no room for their words."""
    return replace(plot, strips=())
