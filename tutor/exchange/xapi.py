"""A learner's attempts as statements of the Experience API (xAPI 1.0.3)."""

from __future__ import annotations

import json
import math
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC
from urllib.parse import quote

import msgspec

from tutor.course import questions as q
from tutor.course.expression import ExpressionError
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.course.text import clean, one_line
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, UNDO
from tutor.journal.known import LONGEST_S
from tutor.journal.store import Journal
from tutor.words import app as app_words
from tutor.words import exchange as words

#: All names of ours begin so; an experimental name space, as nobody owns one for the program.
OURS = "urn:x-action-potential-tutor:"
VERB = "http://adlnet.gov/expapi/verbs/answered"
_INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
_TYPES = {
    "single": "choice",
    "multi": "choice",
    "ordering": "sequencing",
    "matching": "matching",
    "numeric": "numeric",
    "text": "long-fill-in",
    "experiment": "performance",
}
#: Between the ids of a response, and within a pair of them.
_NEXT, _PAIR = "[,]", "[.]"
_FIELD = re.compile(r"\{[^{}]*\}")


def statements(
    journal: Journal,
    course_id: str,
    questions: Mapping[str, q.Question],
    mail: str = "",
    handed_out: Mapping[str, Mapping[str, q.Question]] | None = None,
) -> list[dict[str, object]]:
    """A statement for each attempt that the learner has not taken back, oldest first.

    Args:
        journal: The learner's journal.
        course_id: The course.
        questions: What is known of its questions.
        mail: Who the learner is; left out, the id of this machine stands for them.
        handed_out: The questions of each work on an assignment as its answers name their parts,
            by the id of the exam or quiz; what is not among them cannot be told.

    Raises:
        JournalError: the journal cannot be read.
    """
    undone = {str(event.data.get("of")) for event in journal.events(kind=UNDO)}
    attempts = (event for event in journal.events(kind=ATTEMPT) if event.id not in undone)
    actor: dict[str, object] = {"objectType": "Agent"}
    if mail:
        actor["mbox"] = f"mailto:{mail}"
    else:
        actor["account"] = {"homePage": f"{OURS}machine", "name": clean(journal.device)}
    given = handed_out or {}
    return [
        _statement(event, actor, course_id, given.get(_work(event), questions))
        for event in attempts
        if event.question_id
    ]


def _work(event: Event) -> str:
    """The exam or quiz that an attempt was made in; empty without one."""
    return str(event.data.get("exam") or event.data.get("quiz") or "")


def as_json(found: Iterable[dict[str, object]]) -> bytes:
    """Statements as a record store takes them: a JSON array."""
    return (json.dumps(list(found), ensure_ascii=False, indent=1) + "\n").encode()


def _statement(
    event: Event,
    actor: dict[str, object],
    course_id: str,
    questions: Mapping[str, q.Question],
) -> dict[str, object]:
    question = questions.get(event.question_id or "")
    activity: dict[str, object] = {
        "objectType": "Activity",
        "id": f"{OURS}question:{_safe(course_id)}:{_safe(event.question_id or '')}",
    }
    if question is not None:
        activity["definition"] = _definition(question, event.seed)
    course = _safe(course_id)
    round_it = {"grouping": [{"objectType": "Activity", "id": f"{OURS}course:{course}"}]}
    phase = event.data.get("phase")
    if isinstance(phase, str) and phase:
        round_it["parent"] = [
            {"objectType": "Activity", "id": f"{OURS}phase:{course}:{_safe(phase)}"}
        ]
    context: dict[str, object] = {
        "platform": app_words.TITLE,
        "language": "en",
        "contextActivities": round_it,
    }
    if event.revision is not None:
        context["revision"] = str(event.revision)
    stamp = event.time.astimezone(UTC).isoformat(timespec="milliseconds")
    return {
        "id": statement_id(event.id),
        "actor": actor,
        "verb": {"id": VERB, "display": {"en": words.ANSWERED}},
        "object": activity,
        "result": _result(event),
        "context": context,
        "timestamp": stamp.replace("+00:00", "Z"),
        "version": "1.0.3",
    }


def statement_id(event_id: str) -> str:
    """The id of an event's statement: the same at every export, on every machine."""
    try:
        return str(uuid.UUID(event_id))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{OURS}event:{clean(event_id)}"))


def _safe(text: str) -> str:
    """A name within an IRI."""
    return quote(one_line(text), safe="")


def _definition(question: q.Question, seed: int | None) -> dict[str, object]:
    stem = " ".join(block.text for block in blocks(_stem(question, seed)))
    found: dict[str, object] = {
        "type": _INTERACTION,
        "interactionType": _TYPES.get(question.kind, "other"),
        "name": {"en": question.id},
        "description": {"en": stem},
    }
    match question:
        case q.ChoiceQuestion(options=options):
            found["choices"] = [*_components(options)]
            right = _NEXT.join(option.id for option in options if option.correct)
            found["correctResponsesPattern"] = [right]
        case q.OrderingQuestion(items=items):
            found["choices"] = [*_components(items)]
            found["correctResponsesPattern"] = [_NEXT.join(item.id for item in items)]
        case q.MatchingQuestion(items=items, partners=partners, key=key):
            found["source"] = [*_components(items)]
            found["target"] = [*_components(partners)]
            pairs = (f"{item}{_PAIR}{partner}" for item, partner in key.items())
            found["correctResponsesPattern"] = [_NEXT.join(pairs)]
    return found


def _stem(question: q.Question, seed: int | None) -> str:
    """The stem with the numbers that the seed draws; a gap for each that is not to be had."""
    if seed is not None:
        with suppress(ExpressionError, ValueError):
            return Posed(question, seed).stem
    return _FIELD.sub("...", question.stem)


def _components(found: Iterable[q.Option | q.Item]) -> Iterator[dict[str, object]]:
    for one in found:
        yield {"id": one.id, "description": {"en": one.text}}


def _result(event: Event) -> dict[str, object]:
    """What came of an attempt; other versions wrote it too, so only what fits is taken."""
    data = event.data
    result: dict[str, object] = {"completion": True, "response": _response(event.answer)}
    marks, most = _number(data.get("marks")), _number(data.get("max_marks"))
    if marks is not None and most is not None and 0 <= marks <= most and most > 0:
        result["score"] = {"scaled": marks / most, "raw": marks, "min": 0, "max": most}
        result["success"] = marks == most
    seconds = _number(data.get("seconds"))
    if seconds is not None and 0 <= seconds <= LONGEST_S:
        result["duration"] = f"PT{seconds:g}S"
    extensions: dict[str, object] = {}
    for name in ("certainty", "hint", "mode", "misconceptions"):
        value = data.get(name)
        if isinstance(value, bool | int | str) or (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
        ):
            extensions[f"{OURS}{name}"] = value
    if event.seed is not None:
        extensions[f"{OURS}seed"] = event.seed
    if extensions:
        result["extensions"] = extensions
    return result


def _response(answer: object) -> str:
    match answer:
        case str():
            return clean(answer)
        case list():
            return clean(_NEXT.join(map(str, answer)))
        case dict():
            return clean(_NEXT.join(f"{name}{_PAIR}{value}" for name, value in answer.items()))
    return clean(msgspec.json.encode(answer).decode())


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:
        return None  # No float is so large.
