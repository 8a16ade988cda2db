"""Questions of a course as lists of other programs can hold them, and what these cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from tutor.course import questions as q
from tutor.course.loader import CourseFolder
from tutor.course.text import pretty_unit
from tutor.exchange.listed import KINDS, Format, Listed, Part, plain_number
from tutor.exchange.page import canonical
from tutor.exchange.rendering import Rendered, unfit
from tutor.grading.marking import numeric_key
from tutor.grading.verdict import is_credited
from tutor.plot.figure import Plot
from tutor.session.bank import Banked

#: What a list of each format drops of every question that has it.
_DROPPED: dict[Format, tuple[str, ...]] = {
    "moodle": (),
    "gift": ("marks", "hint", "fixed_order", "order_credit"),
    "csv": (),
}


class Sheet(msgspec.Struct, frozen=True):
    """A question as it goes out: with what a reader cannot take back, because runs made it.

    Attributes:
        listed: What can be read back.
        module: The title of its module.
        phase: The title of its phase.
        set_up: What is run, as far as it may be known before the answer.
        before: The plot before the answer.
        after: The plots after it.
        told: The run in words.
        refutations: For each part the sentence that refutes who chose it, or nothing.
        tolerances: For each wrong number how near to it counts as it.
    """

    listed: Listed
    module: str
    phase: str
    set_up: str
    before: tuple[Plot, ...]
    after: tuple[Plot, ...]
    told: str
    refutations: tuple[str, ...]
    tolerances: tuple[float, ...] = ()


def sheet(files: CourseFolder, banked: Banked, board: q.Board | None = None) -> Sheet:
    """A question of one of `KINDS` for a list.

    Raises:
        ContentErrors: it cannot be posed or run, which the content check finds too.
    """
    try:
        return _sheet(files, banked, board)
    except ValueError as error:
        raise unfit(files, banked, error) from None


def _sheet(files: CourseFolder, banked: Banked, board: q.Board | None) -> Sheet:
    rendered = Rendered(files, banked.question, board)
    listed = listed_of(rendered, banked, board)
    tolerances = [
        abs(float(part.text)) * 0.02 for part in listed.parts if listed.kind == "numeric"
    ]
    module = next(m for m in files.course.modules if m.id == banked.module)
    return Sheet(
        listed=listed,
        module=module.title,
        phase=files.entries[banked.phase].title,
        set_up=rendered.set_up,
        before=rendered.before,
        after=rendered.after,
        told=rendered.told,
        refutations=tuple(_refutations(rendered)),
        tolerances=tuple(tolerances),
    )


def listed_of(rendered: Rendered, banked: Banked, board: q.Board | None = None) -> Listed:
    """What a list can hold of a posed question."""
    question = rendered.question
    listed = Listed(
        id=question.id,
        name=question.id,
        kind=question.kind,
        stem=canonical(rendered.posed.stem),
        setup=_line(question.setup),
        marks=float(banked.marks),
        explanation=canonical(rendered.explanation),
        decides=_line(rendered.decides),
        hint=_line(question.hint),
        source=_line(question.source),
        objectives=question.objectives,
        misconceptions=tuple(sorted(banked.misconceptions)),
        track=question.track,
        difficulty=question.difficulty,
        boards=question.boards,
    )
    match question:
        case q.ChoiceQuestion(fixed_order=fixed):
            return replace(listed, parts=_options(question, board), fixed_order=fixed)
        case q.OrderingQuestion(items=items, partial_credit=credit):
            parts = tuple(Part(text=_line(item.text)) for item in items)
            return replace(listed, parts=parts, partial_credit=credit)
        case q.MatchingQuestion():
            return replace(listed, parts=_pairs(question))
        case q.NumericQuestion():
            return _numeric(listed, rendered, question)
        case q.TextQuestion():
            return replace(
                listed,
                parts=tuple(map(_point, question.mark_points)),
                model_answer=canonical(question.model_answer),
                wrong_answers=tuple(map(_line, question.wrong_answers)),
            )
    raise AssertionError(f"no list holds {question.kind}")


def _options(question: q.ChoiceQuestion, board: q.Board | None) -> tuple[Part, ...]:
    right = sum(option.correct for option in question.options)
    wrong = 0.0
    if isinstance(question, q.MultiQuestion):
        # Elsewhere a wrong one costs at most what the right ones give.
        less_one = question.partial_credit == "right_minus_wrong"
        wrong = -100.0 / right if less_one else -100.0
    parts = []
    for option in question.options:
        credited = option.correct or is_credited(option.credited_by, board)
        parts.append(
            Part(
                text=_line(option.text),
                share=100.0 / right if credited else wrong,
                feedback=_line(option.feedback),
                exactly=_line(option.physiology or ""),
                credited_by=option.credited_by,
            )
        )
    return tuple(parts)


def _pairs(question: q.MatchingQuestion) -> tuple[Part, ...]:
    texts = {partner.id: _line(partner.text) for partner in question.partners}
    used = set(question.key.values())
    pairs = [(_line(item.text), texts[question.key[item.id]]) for item in question.items]
    spare = [("", text) for partner, text in texts.items() if partner not in used]
    return tuple(Part(text=item, partner=partner) for item, partner in (*pairs, *spare))


def _numeric(listed: Listed, rendered: Rendered, question: q.NumericQuestion) -> Listed:
    key = numeric_key(rendered.posed, question)
    return replace(
        listed,
        number=float(plain_number(key.value)),
        within=float(plain_number((key.accepted[1] - key.accepted[0]) / 2)),
        unit=question.unit,
        parts=tuple(
            Part(text=plain_number(wrong.value), feedback=_line(wrong.says))
            for wrong in key.wrong_values
        ),
    )


def _point(point: q.MarkPoint) -> Part:
    return Part(
        text=_line(point.text),
        marks=float(point.marks),
        accept=tuple(map(_line, point.accept)),
        reject=tuple(map(_line, point.reject)),
        ignore=tuple(map(_line, point.ignore)),
        required_word=_line(point.required_word or ""),
        exactly=_line(point.physiology or ""),
        credited_by=point.credited_by,
    )


def _refutations(rendered: Rendered) -> Iterable[str]:
    match rendered.question:
        case q.ChoiceQuestion(options=options):
            shown = [(o.misconception, o.id, not o.correct) for o in options]
        case q.NumericQuestion(wrong_values=wrong):
            shown = [(w.misconception, "", True) for w in wrong]
        case _:
            shown = []
    for misconception, option_id, is_wrong in shown:
        told = ""
        if misconception and is_wrong:
            views = rendered.refutations([misconception], [option_id])
            told = pretty_unit(_line(views[0].says)) if views else ""
        yield told


def _line(text: str) -> str:
    return " ".join(text.split())


# What a format cannot hold.


def held(listed: Listed, form: Format) -> Listed:
    """What comes back of a question from a list of this format."""
    dropped = _DROPPED[form]
    if "marks" in dropped and listed.kind != "text":
        listed = replace(listed, marks=1.0)
    if "hint" in dropped:
        listed = replace(listed, hint="")
    if "fixed_order" in dropped:
        listed = replace(listed, fixed_order=False)
    return replace(listed, partial_credit="") if "order_credit" in dropped else listed


def left_out(questions: Iterable[Banked]) -> dict[str, list[str]]:
    """Ids of the questions that no list holds, by their kinds."""
    found: dict[str, list[str]] = {}
    for banked in questions:
        if banked.question.kind not in KINDS:
            found.setdefault(banked.question.kind, []).append(banked.id)
    return found


def losses(questions: Sequence[Banked], form: Format) -> Mapping[str, list[str]]:
    """Ids of the questions of which something is lost or kept in another way, by what it is."""
    found: dict[str, list[str]] = {}
    for banked in questions:
        for name in _lost(banked, form):
            found.setdefault(name, []).append(banked.id)
    return found


def _lost(banked: Banked, form: Format) -> Iterable[str]:
    question = banked.question
    if question.draws:
        yield "draws"
    dropped = _DROPPED[form]
    if "marks" in dropped and banked.marks != 1 and question.kind != "text":
        yield "marks"
    if "hint" in dropped:
        yield "hint"
    match question:
        case q.MultiQuestion(partial_credit=credit) if credit != "right_minus_wrong":
            yield "all_or_nothing"
        case q.MatchingQuestion(partial_credit="all_or_nothing"):
            yield "all_or_nothing"
        case q.OrderingQuestion() if "order_credit" in dropped:
            yield "order_as_match"
            yield "order_credit"
        case q.OrderingQuestion() if form == "moodle":
            yield "order_type"
        case q.NumericQuestion(unit_marks=unit, method_marks=method) if unit or method:
            yield "extra_marks"
        case q.TextQuestion():
            if form == "gift":
                yield "scheme_told"
            rules = (question.max_n, question.order, question.required_word, question.ignore)
            if any(rules) or any(point.ora for point in question.mark_points):
                yield "scheme_rules"
    if (
        isinstance(question, q.ChoiceQuestion)
        and question.fixed_order
        and "fixed_order" in dropped
    ):
        yield "fixed_order"
