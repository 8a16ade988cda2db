"""Mark schemes as examiners write them, read from YAML or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from tutor.course import decode, yaml_values
from tutor.course.errors import ContentError, ContentErrors, Place
from tutor.course.questions import MarkPoint, Text, TextQuestion


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and all that gets marks."""

    question_id: Text
    question: Text
    max_marks: Annotated[int, msgspec.Meta(ge=0)]
    mark_points: Annotated[tuple[MarkPoint, ...], msgspec.Meta(min_length=1)]
    max_n: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """At most so many points count."""
    order: tuple[Text, ...] = ()
    """Ids of points that count only if the answer makes them in this order."""
    required_word: Text | None = None
    """A word without which the answer gets no marks."""
    ignore: tuple[Text, ...] = ()
    """What spoils none of the points."""


def scheme_of(question: TextQuestion) -> Scheme:
    """The mark scheme of a written question."""
    return Scheme(
        question_id=question.id,
        question=question.stem,
        max_marks=question.max_marks,
        mark_points=question.mark_points,
        max_n=question.max_n,
        order=question.order,
        required_word=question.required_word,
        ignore=question.ignore,
    )


class _File(msgspec.Struct, frozen=True):
    schemes: tuple[Scheme, ...]


def load_schemes(source: Path | str) -> list[Scheme]:
    """The schemes of a file, or of YAML or JSON text.

    Raises:
        ContentErrors: the text is not a list of schemes; each error names its place.
        OSError: the file cannot be read.
    """
    if isinstance(source, Path):
        name, data = str(source), source.read_bytes()
    else:
        name, data = "schemes", source.encode("utf-8", "surrogatepass")
    document = yaml_values.read(name, data)
    place = document.place(())
    if not isinstance(document.value, list):
        message = "expected a list of mark schemes, each with question_id, question and so on"
        raise ContentErrors([ContentError(name, place, message)])
    schemes = list(decode.decode(name, _wrapped(document), _File).schemes)
    _refuse_repeated(name, document, schemes)
    return schemes


def _wrapped(document: yaml_values.Document) -> yaml_values.Document:
    """The list as the one field of a mapping, which is what the decoder takes."""

    def under(
        places: dict[yaml_values.Path, Place],
    ) -> dict[yaml_values.Path, Place]:
        return {("schemes", *path): place for path, place in places.items()}

    places = {(): document.place(()), **under(document.places)}
    return yaml_values.Document({"schemes": document.value}, places, under(document.key_places))


def _refuse_repeated(name: str, document: yaml_values.Document, schemes: list[Scheme]) -> None:
    errors = []
    questions: set[str] = set()
    for i, scheme in enumerate(schemes):
        if scheme.question_id in questions:
            message = f"question_id {scheme.question_id!r} stands here a second time; rename one"
            errors.append(ContentError(name, document.place((i, "question_id")), message))
        questions.add(scheme.question_id)
        points: set[str] = set()
        for j, point in enumerate(scheme.mark_points):
            if point.id in points:
                place = document.place((i, "mark_points", j, "id"))
                message = f"mark point {point.id!r} stands here a second time; rename one"
                errors.append(ContentError(name, place, message, scheme.question_id))
            points.add(point.id)
        for j, wanted in enumerate(scheme.order):
            if wanted not in points:
                place = document.place((i, "order", j))
                message = f"{wanted!r} is the id of no mark point of this question; mend it"
                errors.append(ContentError(name, place, message, scheme.question_id))
    if errors:
        raise ContentErrors(errors)
