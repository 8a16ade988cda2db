"""A step or question as a learner would meet it, with the verdict on each of its answers."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.authoring.check.answers import wrong_answers
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.loader import CourseFolder, phase_file
from tutor.course.model import Step
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.form import shown_answer
from tutor.session.lesson import Lesson
from tutor.session.views import Counter, QuestionView, StepView, VerdictView

Item = Step | Question
Shown = tuple[str, StepView | QuestionView | VerdictView]

_ONLY = Counter(1, 1)


def items_of(files: CourseFolder, phase_id: str) -> tuple[Item, ...]:
    """The steps and questions of a phase.

    Raises:
        ContentErrors: its file is wrong.
    """
    phase = files.phase(phase_id)
    return (*phase.steps, *phase.questions)


def views_of(files: CourseFolder, phase_id: str, item: Item, seed: int = 1) -> Iterator[Shown]:
    """The item; then of a question the verdict on the key and on each wrong answer, introduced.

    Args:
        files: The course.
        phase_id: The phase of the item.
        item: What is to be seen.
        seed: Draws the numbers and the order.

    Raises:
        ContentErrors: the item cannot be shown, for a reason that the check finds too.
    """
    try:
        if isinstance(item, Step):
            yield "", _step_view(files, phase_id, item)
        else:
            yield from _of_question(files, Posed(item, seed))
    except ValueError as error:
        name = phase_file(phase_id)
        number = items_of(files, phase_id).index(item)
        steps = len(files.phase(phase_id).steps)
        path = ("steps", number) if number < steps else ("questions", number - steps)
        place = files.document(name).place(path)
        raise ContentErrors([ContentError(name, place, str(error), item.id)]) from None


def _step_view(files: CourseFolder, phase_id: str, step: Step) -> StepView:
    lesson = Lesson(files, phase_id, Journal.in_memory())
    while not (isinstance(view := lesson.view, StepView) and view.step.id == step.id):
        lesson.forward()
    return view


def _of_question(files: CourseFolder, posed: Posed[Question]) -> Iterator[Shown]:
    yield "", _asked(files, posed).view(_ONLY)
    answers = [("The key", model_answer(posed))]
    answers += [("Wrong", wrong.answer) for wrong in wrong_answers(posed)]
    for what, answer in answers:
        asked = _asked(files, posed)
        asked.answer(answer)
        yield f"{what}: {shown_answer(posed, answer)}", asked.view(_ONLY)


def _asked(files: CourseFolder, posed: Posed[Question]) -> Asked:
    """The question before a learner of whom nothing is known."""
    asked = Asked(files, Journal.in_memory(), posed.question, {})
    asked.posed = posed
    return asked
