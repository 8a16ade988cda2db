"""Single and multiple choice."""

from __future__ import annotations

from collections.abc import Collection

from tutor.course.questions import Board, ChoiceQuestion, MultiQuestion, Option
from tutor.grading.verdict import PointVerdict, Verdict, is_credited


def mark_choice(
    question: ChoiceQuestion, chosen: Collection[str], board: Board | None = None
) -> Verdict:
    """Mark the option ids in `chosen` for a candidate of `board`.

    Single choice: 1 mark or none. Multiple choice: as the question's `partial_credit` says. An
    option that the board credits counts as right.

    Raises:
        ValueError: an option is unknown, or a single choice has not one option.
    """
    known = {option.id for option in question.options}
    for option_id in chosen:
        if option_id not in known:
            raise ValueError(f"question {question.id} has no option {option_id!r}")
    is_multi = isinstance(question, MultiQuestion)
    if not is_multi and len(set(chosen)) != 1:
        raise ValueError(f"question {question.id} takes one option, not {len(set(chosen))}")
    points = [
        _point(option, option.id in chosen, board)
        for option in question.options
        if option.correct or option.id in chosen
    ]
    right = sum(point.state == "met" for point in points)
    wrong = sum(point.state == "contradicted" for point in points)
    max_marks = sum(option.correct for option in question.options)
    if not isinstance(question, MultiQuestion):
        marks = right
    elif question.partial_credit == "right_minus_wrong":
        marks = min(max_marks, max(0, right - wrong))
    else:
        all_right = right >= max_marks and not wrong
        max_marks = 1 if question.partial_credit == "none" else max_marks
        marks = max_marks if all_right else 0
    return Verdict(
        marks=marks,
        max_marks=max_marks,
        points=tuple(points),
        misconceptions=tuple(
            dict.fromkeys(
                option.misconception
                for option in wrong_choices(question, chosen, board)
                if option.misconception
            )
        ),
    )


def _point(option: Option, is_chosen: bool, board: Board | None) -> PointVerdict:
    if not is_chosen:
        return PointVerdict(option.id, option.text, "missed", note=option.feedback)
    if not _is_right(option, board):
        note = " ".join(filter(None, (option.feedback, option.no_run)))
        return PointVerdict(
            option.id, option.text, "contradicted", evidence=option.text, note=note
        )
    return PointVerdict(
        option.id,
        option.text,
        "met",
        marks=1,
        evidence=option.text,
        note=option.feedback,
        credited_as=option.text if option.credited_by else "",
        exactly=option.physiology or "",
    )


def _is_right(option: Option, board: Board | None) -> bool:
    return option.correct or is_credited(option.credited_by, board)


def wrong_choices(
    question: ChoiceQuestion, chosen: Collection[str], board: Board | None = None
) -> tuple[Option, ...]:
    """The chosen options that are not right, in the question's order."""
    return tuple(o for o in question.options if o.id in chosen and not _is_right(o, board))
