"""Warnings that a question waives, each with a reason in the file."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.authoring.writing import WARNINGS, Advice
from tutor.course.questions import Question
from tutor.course.text import one_line
from tutor.course.yaml_values import Problem

#: A waiver that is not needed cannot be waived.
SPARE = "W00"


def weighed(
    question: Question, advice: Sequence[Advice]
) -> tuple[list[tuple[Advice, str]], list[Problem]]:
    """Each warning with the reason that waives it, if any; and what is wrong in the waivers."""
    found = [(one, question.waive.get(one.code, "")) for one in advice]
    problems: list[Problem] = []
    raised = {one.code for one in advice}
    for code in question.waive:
        if code not in WARNINGS or code == SPARE:
            message = f"there is no warning {one_line(code, 60)!r} to waive; the guide lists them"
            problems.append((("waive", code), message))
        elif code not in raised:
            spare = Advice(
                ("waive", code), SPARE, f"{code} does not arise here; take the waiver away"
            )
            found.append((spare, ""))
    return found, problems
