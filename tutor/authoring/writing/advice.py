"""All the warnings about a content file, by part."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tutor.authoring.writing.amounts import amount_advice, vignette_advice
from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.options import option_advice
from tutor.authoring.writing.screen import screen_advice
from tutor.authoring.writing.spelling import spelling_advice
from tutor.authoring.writing.stems import stem_advice
from tutor.course.model import Phase
from tutor.course.questions import ChoiceQuestion, Question


def question_advice(question: Question) -> Iterator[Advice]:
    """Every warning about a question, waived or not; places begin at the question."""
    yield from stem_advice(question)
    if isinstance(question, ChoiceQuestion):
        yield from option_advice(question)
        yield from amount_advice(question)
    yield from vignette_advice(question)
    yield from _prose_advice(question, ("questions",))


def advice_on(content: msgspec.Struct) -> Iterator[Advice]:
    """Every warning about a content file, but for the questions of a phase."""
    if isinstance(content, Phase):
        content = msgspec.structs.replace(content, questions=())
    yield from _prose_advice(content, ())


def _prose_advice(content: msgspec.Struct, part: tuple[str, ...]) -> Iterator[Advice]:
    """`part` says what the struct is a part of; the places do not begin with it."""
    for advice in (*screen_advice(content, part), *spelling_advice(content, part)):
        yield advice._replace(path=advice.path[len(part) :])
