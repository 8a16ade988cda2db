"""One question in the loop: predict, run, compare, explain."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Board, ExperimentQuestion, Question
from tutor.course.scenario import SET_UP_SEPARATOR, MeasuredRun, set_up_line, set_up_parts
from tutor.grading.confidence import Certainty, certainty_marks, kept_certainty
from tutor.grading.marking import mark
from tutor.grading.verdict import Verdict
from tutor.journal.event import Event
from tutor.journal.progress import ATTEMPT, CLAIM, SHOWN
from tutor.journal.store import Journal
from tutor.session.drawn import DrawnRun
from tutor.session.form import form_of, key_lines, shown_answer
from tutor.session.knobs import knobs_of, turned_run
from tutor.session.refutation import filled, refutation_views
from tutor.session.views import Counter, Knob, QuestionView, RefutationView, VerdictView


class Asked:
    """A question as it stands before a learner, from the stem to the knobs of its run."""

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        question: Question,
        kept: Mapping[str, object],
        board: Board | None = None,
        seed: int | None = None,
    ) -> None:
        """Pose `question` with new numbers and a new order.

        Args:
            files: The course.
            journal: Where attempts are kept.
            question: What is asked.
            kept: What every attempt is kept with, such as its phase.
            board: Whose candidate answers.
            seed: What numbers and order come from; left out, new ones.
        """
        self._files = files
        self._journal = journal
        self._kept = dict(kept)
        self._board = board
        self.question = question
        self.posed = Posed(question, secrets.randbelow(2**31) if seed is None else seed)
        self.turned: dict[str, float] = {}
        self.is_answered = False
        self._hint_shown = False
        self._verdict: Verdict | None = None
        self._certainty_marks: float | None = None
        self._attempt: Event | None = None
        self._claims: set[str] = set()
        self._refutations: tuple[RefutationView, ...] = ()
        self._replayed: int | None = None

    # Answering.

    def answer(self, answer: object, certainty: Certainty | None = None) -> None:
        """Commit `answer`, keep it with how sure the learner is, and mark it.

        Raises:
            ValueError: the answer is none to this question, or it has been answered.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        self._refuse_answered()
        verdict = mark(self.posed, answer, self._board)
        sure = {} if certainty is None else {"certainty": certainty}
        earned = certainty_marks(certainty, verdict.share)
        refutations = self._refuted(answer, verdict, None)
        self._attempt = self._journal.append(
            ATTEMPT,
            question_id=self.question.id,
            revision=self.question.revision,
            seed=self.posed.seed,
            answer=answer,
            data={
                **self._kept,
                "marks": verdict.marks,
                "max_marks": verdict.max_marks,
                "misconceptions": list(verdict.misconceptions),
                "hint": self._hint_shown,
                **sure,
            },
        )
        self._certainty_marks = earned
        self._settle(verdict, refutations)

    def answer_line(self, line: str, certainty: Certainty | None = None) -> None:
        """Commit the answer that a typed line gives; an experiment's is its turned knobs.

        Raises:
            ValueError: the line is no answer to this question, or it has been answered.
            JournalError: the attempt cannot be kept; the question stays open.
        """
        if isinstance(self.question, ExperimentQuestion):
            self.answer(dict(self.turned), certainty)
        else:
            self.answer(form_of(self.posed).read(line), certainty)

    def show_answer(self) -> None:
        """Show the key without an attempt; the journal keeps that it was shown.

        Raises:
            ValueError: the question has been answered.
            JournalError: the journal cannot be written.
        """
        self._refuse_answered()
        self._journal.append(
            SHOWN,
            question_id=self.question.id,
            revision=self.question.revision,
            seed=self.posed.seed,
            data=self._kept,
        )
        self._settle(None, ())

    def restore(self, attempt: Event) -> None:
        """Stand as after `attempt`; an answer that no longer fits leaves the question open."""
        posed = Posed(self.question, attempt.seed or 0)
        try:
            verdict = mark(posed, attempt.answer, self._board)
        except ValueError:
            return
        self.posed = posed
        self._attempt = attempt
        sure = kept_certainty(attempt.data.get("certainty"))
        self._certainty_marks = certainty_marks(sure, verdict.share)
        claims = self._journal.events(kind=CLAIM, question_id=self.question.id)
        self._claims = {
            str(claim.data.get("point")) for claim in claims if claim.data.get("of") == attempt.id
        }
        self._settle(verdict, self._refuted(attempt.answer, verdict, attempt))

    def hint(self) -> None:
        """Show the hint.

        Raises:
            ValueError: the question has been answered.
        """
        self._refuse_answered()
        self._hint_shown = True

    def claim(self, point_id: str) -> None:
        """Keep that the learner holds to have written what a mark point asks for.

        It stands beside the verdict, and changes no mark.

        Raises:
            ValueError: there is no such point to claim.
            JournalError: the journal cannot be written.
        """
        if self._attempt is None or point_id not in self._claimable():
            raise ValueError(f"there is no point {point_id!r} to claim here")
        self._journal.append(
            CLAIM,
            question_id=self.question.id,
            revision=self.question.revision,
            data={**self._kept, "of": self._attempt.id, "point": point_id},
        )
        self._claims.add(point_id)

    def replay(self) -> None:
        """Draw the next refutation over the run; after the last one, none."""
        following = 0 if self._replayed is None else self._replayed + 1
        self._replayed = following if following < len(self._refutations) else None

    def _settle(self, verdict: Verdict | None, refutations: tuple[RefutationView, ...]) -> None:
        self.is_answered = True
        self._verdict = verdict
        self._refutations = refutations
        self._replayed = next((i for i, r in enumerate(refutations) if not r.seen_before), None)
        if not isinstance(self.question, ExperimentQuestion):
            self.turned = {}

    def _refuse_answered(self) -> None:
        if self.is_answered:
            raise ValueError(f"question {self.question.id} has been answered")

    def _refuted(
        self, answer: object, verdict: Verdict, before: Event | None
    ) -> tuple[RefutationView, ...]:
        earlier = [
            attempt
            for attempt in self._journal.events(kind=ATTEMPT, question_id=self.question.id)
            if before is None or attempt.sequence < before.sequence
        ]
        return refutation_views(self._files, self.posed, answer, verdict, self._board, earlier)

    def _claimable(self) -> tuple[str, ...]:
        """Points of a written answer that were not given."""
        if self._verdict is None or self.question.kind != "text":
            return ()
        missed = (point.id for point in self._verdict.points if point.state != "met")
        return tuple(point for point in missed if point not in self._claims)

    # Views.

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs that are unlocked."""
        if not self.is_answered and not isinstance(self.question, ExperimentQuestion):
            return ()
        return knobs_of(self.posed.scenario, self.turned)

    def view(self, counter: Counter) -> QuestionView | VerdictView:
        """The question, or its verdict."""
        return self._verdict_view(counter) if self.is_answered else self._question_view(counter)

    @property
    def _others(self) -> dict[str, MeasuredRun]:
        return {"spine": self._files.spine}

    def _question_view(self, counter: Counter) -> QuestionView:
        return QuestionView(
            counter=counter,
            question=self.question,
            stem=self.posed.stem,
            form=form_of(self.posed),
            set_up=self._set_up_before(),
            hint=self.question.hint if self._hint_shown else None,
            drawn=self._seen(),
            knobs=self.knobs,
        )

    def _set_up_before(self) -> str:
        """The set-up as far as it may be known before the answer."""
        if self.question.hides_set_up:
            return f"{set_up_parts(self.posed.scenario)[0]}{SET_UP_SEPARATOR}the rest comes after"
        return set_up_line(self.posed.scenario)

    def _seen(self) -> tuple[DrawnRun, ...]:
        """What may be seen before the answer."""
        question, run = self.question, self.posed.run
        if isinstance(question, ExperimentQuestion):
            return (DrawnRun("run", "this run", turned_run(self.posed.scenario, self.turned)),)
        if question.seen == "spine":
            return (self._normal(names_stages=False),)
        if question.seen == "all":
            return (DrawnRun("run", "this run", run, names_stages=False),)
        until_ms = run.measurements.get("stimulus_ms", 0.0)
        return (DrawnRun("run", "this run", run, until_ms),)

    def _normal(self, *, names_stages: bool = True) -> DrawnRun:
        """The spine, as long as the question's own run."""
        shown_ms = self.posed.scenario.duration_ms
        return DrawnRun(
            "spine", "normal", self._files.spine, shown_ms=shown_ms, names_stages=names_stages
        )

    def _verdict_view(self, counter: Counter) -> VerdictView:
        run = turned_run(self.posed.scenario, self.turned)
        drawn = [DrawnRun("run", "this run", run)]
        curves: tuple[str, ...] = self.question.show
        if self.question.seen == "spine":
            drawn.insert(0, self._normal())
        if self._replayed is not None:
            refutation = self._refutations[self._replayed]
            drawn = [
                DrawnRun("run", "this run", run),
                DrawnRun("refutation", "refutation", refutation.run),
            ]
            curves = refutation.curves or curves
        return VerdictView(
            counter=counter,
            question=self.question,
            answer=shown_answer(self.posed, self._attempt.answer) if self._attempt else "",
            verdict=self._verdict,
            certainty_marks=self._certainty_marks,
            key=key_lines(self.posed),
            set_up=set_up_line(run.scenario),
            decides=filled(self.posed, self.question.decides, run, self._others),
            explanation=filled(self.posed, self.question.explanation, run, self._others),
            refutations=self._refutations,
            replayed=self._replayed,
            drawn=tuple(drawn),
            # A refutation may run another preparation, which has not all of them.
            curves=tuple(c for c in curves if c in drawn[-1].run.trace.columns),
            knobs=self.knobs,
            claimable=self._claimable(),
            claimed=frozenset(self._claims),
        )
