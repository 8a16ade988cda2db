"""Cards of flash-card programs: one idea each, from the questions that a learner chose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from tutor.course import questions as q
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.text import pretty_unit
from tutor.exchange import markup
from tutor.exchange.ideas import Idea, ideas_of
from tutor.exchange.pictures import Album, as_text
from tutor.exchange.rendering import Rendered, unfit
from tutor.grading.marking import mark
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT
from tutor.journal.known import QuestionState
from tutor.journal.store import Journal
from tutor.plot.figure import Plot
from tutor.session.bank import Banked
from tutor.words import anki as words
from tutor.words import common
from tutor.words import verdict as verdict_words

#: An answer given with this certainty was a guess.
GUESS = 1


class Card(msgspec.Struct, frozen=True):
    """A card: HTML by the parts of its front and back.

    Attributes:
        guid: What it is known by, whatever becomes of its words.
        name: The id of its question, and of the idea within it.
        tags: By place, objective, misconception, track, and why it is here.
    """

    guid: str
    name: str
    stem: str
    asks: str
    before: str
    answer: str
    decides: str
    after: str
    why: str
    misconceptions: str
    source: str
    tags: tuple[str, ...]


def was_guessed(state: QuestionState) -> bool:
    """Whether the last answer was right, and a guess."""
    return state.last is not None and state.last.right and state.last.certainty == GUESS


class CardMaker:
    """Makes the cards of questions."""

    def __init__(
        self,
        files: CourseFolder,
        journal: Journal,
        known: Mapping[str, QuestionState],
        board: q.Board | None,
        album: Album | None,
    ) -> None:
        """Make ready.

        Args:
            files: The course.
            journal: Where the answers of the learner are.
            known: What is known of each question.
            board: Whose candidate the learner is.
            album: Where pictures go; None for plots of characters.
        """
        self._files = files
        self._journal = journal
        self._known = known
        self._board = board
        self._album = album

    def cards(self, banked: Banked) -> Iterator[Card]:
        """The cards of a question: those of the ideas that were missed, or of all.

        Raises:
            ContentErrors: the question cannot be posed or run.
        """
        question = banked.question
        try:
            rendered = Rendered(self._files, question, self._board)
            attempt = self._last_attempt(question)
            missed = self._missed(question, attempt)
            ideas = ideas_of(rendered)
            wanted = [idea for idea in ideas if idea.id in missed] or ideas
            shared = self._shared(rendered, attempt)
            for idea in wanted:
                yield self._card(banked, rendered, idea, shared)
        except ValueError as error:
            raise unfit(self._files, banked, error) from None

    def _last_attempt(self, question: q.Question) -> Event | None:
        """The last attempt at the question as it is now; an answer that was shown is none."""
        state = self._known.get(question.id)
        if state is None or state.last is None:
            return None
        last = state.last.id
        attempt = self._journal.latest(
            ATTEMPT, question_id=question.id, where=lambda event: event.id == last
        )
        return attempt if attempt and attempt.revision == question.revision else None

    def _missed(self, question: q.Question, attempt: Event | None) -> set[str]:
        """Ids of the ideas that an attempt missed; empty where that cannot be told."""
        if attempt is None:
            return set()
        try:
            verdict = mark(Posed(question, attempt.seed or 0), attempt.answer, self._board)
        except ValueError:
            return set()  # Another version of the tutor took it for an answer.
        missed = [point.id for point in verdict.points if point.state != "met"]
        if isinstance(question, q.CalculationQuestion):
            return {name.partition(".")[0] for name in missed}
        return set(missed)

    def _shown(self, question_id: str) -> tuple[str, ...]:
        """The misconceptions that answers to this question showed, of those that are known."""
        state = self._known.get(question_id, QuestionState())
        return tuple(name for name in self._files.misconceptions if name in state.misconceptions)

    def _card(
        self, banked: Banked, rendered: Rendered, idea: Idea, shared: Mapping[str, str]
    ) -> Card:
        name = f"{banked.id} {idea.id}".rstrip()
        course = self._files.course.id
        digest = hashlib.sha256(f"{course}\0{banked.id}\0{idea.id}".encode()).hexdigest()
        answer = "".join(markup.paragraph(line) for line in idea.key) + _exactly(idea.exactly)
        return Card(
            guid=digest[:24],
            name=markup.escaped(name),
            stem=markup.paragraphs(rendered.posed.stem),
            asks=idea.asks,
            answer=answer,
            tags=self._tags(banked),
            **shared,
        )

    def _shared(self, rendered: Rendered, attempt: Event | None) -> dict[str, str]:
        """What all cards of a question have in common."""
        question = rendered.question
        set_up = common.WILL_RUN.format(what=question.setup, set_up=rendered.set_up)
        return {
            "before": markup.paragraph(set_up, "set-up")
            + self._plots(rendered.before, common.PLOT_BEFORE),
            "decides": markup.paragraph(common.IT_DECIDES.format(finding=rendered.decides)),
            "after": self._plots(rendered.after, rendered.told),
            "why": _why(rendered),
            "misconceptions": self._misconceptions(rendered, attempt),
            "source": markup.escaped(f"{question.id} · {question.source}"),
        }

    def _misconceptions(self, rendered: Rendered, attempt: Event | None) -> str:
        """What the learner's answers showed, and what refutes it."""
        shown = self._shown(rendered.question.id)
        answer = attempt.answer if attempt is not None else None
        chosen = answer if isinstance(answer, list) else ()
        told = []
        for name in shown:
            idea = self._files.misconceptions[name]
            told.append(markup.paragraph(words.YOU_SAID.format(wrong=idea.wrong), "wrong"))
            told.append(markup.paragraph(words.IN_FACT.format(right=idea.right)))
        for refutation in rendered.refutations(shown, chosen):
            told.append(markup.paragraph(f"{common.REFUTATION} {refutation.set_up}", "set-up"))
            told.append(markup.paragraph(refutation.says))
            told.append(self._plots(rendered.refuted(refutation), words.PLOT_OF_REFUTATION))
        return "".join(told)

    def _plots(self, plots: tuple[Plot, ...], told: str) -> str:
        if self._album is None:
            return markup.drawn(as_text(plots))
        return markup.image(self._album.add(plots), told)

    def _tags(self, banked: Banked) -> tuple[str, ...]:
        """Tags in a tree under the course: what the question is, and what it is to the learner."""
        question = banked.question
        state = self._known.get(banked.id, QuestionState())
        tags = [
            f"module::{banked.module}",
            f"phase::{banked.phase}",
            *(f"objective::{name}" for name in question.objectives),
            *(f"misconception::{name}" for name in sorted(banked.misconceptions)),
            f"kind::{question.kind}",
            f"track::{question.track}",
            *(f"mine::{name}" for name in self._shown(banked.id)),
        ]
        if state.last is not None and not state.last.right:
            tags.append("mine::wrong")
        if was_guessed(state):
            tags.append("mine::unsure")
        return tuple(f"{self._files.course.id}::{tag}" for tag in tags)


def _exactly(told: str) -> str:
    """The exact statement, where an exam words it otherwise."""
    if not told:
        return ""
    line = verdict_words.WORDING.format(head=verdict_words.EXACTLY, text=told)
    return markup.paragraph(line, "exactly")


def _why(rendered: Rendered) -> str:
    """The explanation, and what the question says of its other answers."""
    told = markup.paragraphs(rendered.explanation)
    match rendered.question:
        case q.ChoiceQuestion(options=options):
            for option in options:
                if option.correct:
                    told += _exactly(option.physiology or "")
            others = (f"{o.text}: {o.feedback}" for o in options if not o.correct)
            return told + markup.folded(words.OTHER_OPTIONS, markup.bullets(others))
        case q.TextQuestion() | q.MatchingQuestion() | q.CalculationQuestion():
            key = markup.bullets(map(pretty_unit, rendered.key))
            return told + markup.folded(words.WHOLE_ANSWER, key)
    return told
