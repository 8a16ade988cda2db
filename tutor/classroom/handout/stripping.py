"""Taking out of questions whatever shows their keys, for work that is graded.

A bare question is built anew from the fields that a learner needs before answering, so that a
field which nobody thought of here stays behind.
"""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec.structs import replace

from tutor.classroom.excerpt import Excerpt
from tutor.course import questions as q
from tutor.course.expression import ExpressionError, Template
from tutor.course.model import Course, FirstMinute, Module, Phase, PhaseEntry
from tutor.course.posed import Posed
from tutor.course.scenario import set_up_parts
from tutor.course.scenario_fields import Scenario

#: Stands where a field must hold a text.
NOTHING = "-"
#: The fields of every question that a learner needs before answering.
_NEEDED = ("id", "revision", "difficulty", "draws", "stem", "setup", "hides_set_up")


def shows_what_it_hides(question: q.Question) -> bool:
    """Whether a question cannot be told without the set-up that it hides until it is answered.

    Its file would then hold what it hides: the run is made where the learner is.
    """
    if not question.hides_set_up:
        return False
    is_run = question.seen == "all" or isinstance(question, q.ExperimentQuestion)
    return is_run or _tells_the_run(question)


def _tells_the_run(question: q.Question) -> bool:
    """Whether a number of its run stands in what is read before the answer."""
    drawn = Posed(question, 0).drawn
    texts = [question.stem]
    if isinstance(question, q.CalculationQuestion):
        texts += [part.asks for part in question.parts]
    try:
        for text in texts:
            Template(text, drawn).fill(None, {}, drawn)
    except ExpressionError:
        return True
    return False


def with_opaque_ids(excerpt: Excerpt, secret: bytes) -> Excerpt:
    """The same questions with ids of options, items and partners that tell nothing.

    Options and partners then stand in the order of these ids, unless theirs is fixed.
    """

    def veiled(question: Any) -> Any:
        def veil(part_id: str) -> str:
            name = f"{question.id}\0{part_id}".encode()
            return "x" + hashlib.blake2b(name, key=secret, digest_size=6).hexdigest()

        def parts(found: tuple[Any, ...], *, mixed: bool) -> tuple[Any, ...]:
            named = [replace(part, id=veil(part.id)) for part in found]
            return tuple(sorted(named, key=lambda part: part.id) if mixed else named)

        def shown(wrong: tuple[q.WrongPair, ...]) -> tuple[q.WrongPair, ...]:
            return tuple(
                replace(one, pair=(veil(one.pair[0]), veil(one.pair[1]))) for one in wrong
            )

        match question:
            case q.ChoiceQuestion(options=options, fixed_order=fixed):
                return replace(question, options=parts(options, mixed=not fixed))
            case q.OrderingQuestion(items=items, misconceptions=wrong):
                # They stand in the right order, which is their key.
                items = parts(items, mixed=False)
                return replace(question, items=items, misconceptions=shown(wrong))
            case q.MatchingQuestion(items=items, partners=partners, key=key, misconceptions=wrong):
                return replace(
                    question,
                    items=parts(items, mixed=False),
                    partners=parts(partners, mixed=True),
                    key={veil(item): veil(partner) for item, partner in key.items()},
                    misconceptions=shown(wrong),
                )
        return question

    phases = [
        replace(phase, questions=tuple(map(veiled, phase.questions))) for phase in excerpt.phases
    ]
    return replace(excerpt, phases=tuple(phases))


def stripped(excerpt: Excerpt, *, hints: bool) -> Excerpt:
    """What is handed out of an excerpt whose ids tell nothing: no key, and nothing that shows one.

    Full marks stay, as an exam tells them: of a question with several right options they say how
    many there are, unless it has one mark for all of them.

    Args:
        excerpt: The questions in full.
        hints: Leave their hints in.
    """
    return Excerpt(
        course=_frame(excerpt.course),
        phases=tuple(
            Phase(
                id=phase.id,
                objectives=(),
                steps=(),
                questions=tuple(bare(question, hints=hints) for question in phase.questions),
                summary=NOTHING,
            )
            for phase in excerpt.phases
        ),
        ids=excerpt.ids,
        marks=excerpt.marks,
    )


def _frame(course: Course) -> Course:
    """Which phases there are; the titles of some would answer a question."""
    return Course(
        id=course.id,
        title=course.title,
        spine=course.spine,
        first_minute=FirstMinute(opening=NOTHING, ask=NOTHING, choices=(), captions=()),
        modules=tuple(
            Module(
                id=module.id,
                title=NOTHING,
                phases=tuple(
                    PhaseEntry(id=entry.id, title=NOTHING, opening=NOTHING)
                    for entry in module.phases
                ),
            )
            for module in course.modules
        ),
    )


def bare(question: q.AnyQuestion, *, hints: bool) -> q.AnyQuestion:
    """A question without its key; what must stand somewhere stands there without a meaning.

    Raises:
        ValueError: it would have to tell the set-up that it hides.
    """
    if shows_what_it_hides(question):
        raise ValueError(f"{question.id} shows a run whose set-up it hides")
    common = {name: getattr(question, name) for name in _NEEDED} | {
        "objectives": (),
        "hint": question.hint if hints else NOTHING,
        "decides": NOTHING,
        "explanation": NOTHING,
        "source": NOTHING,
        **_set_up(question),
    }
    kind: Any = type(question)
    found: q.AnyQuestion = kind(**common, **_asked(question))
    return found


def _set_up(question: q.Question) -> dict[str, Any]:
    """The scenario as far as it is told before the answer, and what is seen of it."""
    whole = question.scenario
    if not question.hides_set_up:
        is_turned = isinstance(question, q.ExperimentQuestion)
        scenario = whole if is_turned else replace(whole, knobs={})
        return {"scenario": scenario, "sets": question.sets, "seen": question.seen}
    # Up to its stimulus it would have to be run with the changes that it hides.
    return {"scenario": _what_is_named(whole), "seen": "spine"}


def _what_is_named(whole: Scenario) -> Scenario:
    """The preparation, with the changes alone that its name tells, such as its temperature."""
    found = Scenario(
        preparation=whole.preparation, changes=whole.changes, duration_ms=whole.duration_ms
    )
    for name in whole.changes:
        kept = {other: value for other, value in found.changes.items() if other != name}
        without = replace(found, changes=kept)
        if set_up_parts(without)[0] == set_up_parts(whole)[0]:
            found = without
    return found


def _asked(question: q.Question) -> dict[str, Any]:
    """The fields of its kind that make the form of its answer."""
    match question:
        case q.MultiQuestion():
            return _options(question) | {"partial_credit": question.partial_credit}
        case q.ChoiceQuestion():
            return _options(question)
        case q.OrderingQuestion(items=items):
            return {"items": tuple(sorted(items, key=lambda item: item.id))}
        case q.MatchingQuestion(items=items, partners=partners):
            return {"items": items, "partners": partners, "key": {}}
        case q.NumericQuestion():
            return _number(question)
        case q.CalculationQuestion(parts=parts):
            return {
                "parts": tuple(
                    q.Part(id=f"p{number}", asks=part.asks, **_number(part))
                    for number, part in enumerate(parts, 1)
                )
            }
        case q.TextQuestion(max_marks=marks):
            point = q.MarkPoint(id=NOTHING, text=NOTHING)
            return {"max_marks": marks, "mark_points": (point,), "model_answer": NOTHING}
        case q.PointQuestion(place=place):
            return {"target": _ANYWHERE, "place": None if place is None else _ANYWHERE}
        case q.IntervalQuestion():
            return {"target": _ANYWHERE}
        case q.ExperimentQuestion():
            # The stem says what is to be reached.
            goal = q.Goal(id="goal", reach=NOTHING, says=NOTHING)
            return {"goals": (goal,), "solution": {}}
    raise AssertionError(f"nothing is known of {question.kind}")


_ANYWHERE = q.Target(name=NOTHING)


def _options(question: q.ChoiceQuestion) -> dict[str, Any]:
    options = [q.Option(id=one.id, text=one.text, feedback=NOTHING) for one in question.options]
    return {"options": tuple(options), "fixed_order": question.fixed_order}


def _number(asked: q.NumericQuestion | q.Part) -> dict[str, Any]:
    """A unit that brings marks of its own is a part of the key; any other is told in the form."""
    is_asked = asked.unit_marks > 0 and not asked.unit_shown
    return {
        "key": NOTHING,
        "unit": "" if is_asked else asked.unit,
        "unit_marks": asked.unit_marks,
        "unit_shown": asked.unit_shown,
    }
