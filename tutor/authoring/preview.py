"""A step or question as a learner would meet it, with the verdict on each of its answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

from tutor.authoring.check.answers import wrong_answers
from tutor.authoring.check.fields import field_problems
from tutor.authoring.check.kept import Kept
from tutor.authoring.check.parts import check_part, parts_of
from tutor.course.errors import ContentError, ContentErrors
from tutor.course.loader import CourseFolder, phase_file
from tutor.course.model import Step
from tutor.course.posed import Posed
from tutor.course.questions import Question
from tutor.course.yaml_values import Path
from tutor.grading.marking import model_answer
from tutor.journal.store import Journal
from tutor.session.asked import Asked
from tutor.session.form import shown_answer
from tutor.session.lesson import Lesson
from tutor.session.views import Counter, QuestionView, StepView, VerdictView

Item = Step | Question
Shown = tuple[str, StepView | QuestionView | VerdictView]


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
            counter = _counter(files, phase_id, item)
            yield from _of_question(files, Posed(item, seed), counter)
    except ValueError as error:
        name = phase_file(phase_id)
        number = items_of(files, phase_id).index(item)
        steps = len(files.phase(phase_id).steps)
        path = ("steps", number) if number < steps else ("questions", number - steps)
        place = files.document(name).place(path)
        raise ContentErrors([ContentError(name, place, str(error), item.id)]) from None


def faults_of(
    files: CourseFolder, phase_id: str, item: Item, cache: FilePath | None = None
) -> list[ContentError]:
    """What the check finds wrong in the item itself, in the order of its places.

    `cache` is where the outcomes of checks are kept, if anywhere.

    Raises:
        ContentErrors: its file is wrong.
    """
    name = phase_file(phase_id)
    document = files.document(name)
    phase = files.phase(phase_id)
    field = "steps" if isinstance(item, Step) else "questions"
    here: Path = (field, getattr(phase, field).index(item))
    found = [((*here, *place), message) for place, message in field_problems(item)]
    kept = Kept(cache, files.folder)
    for part in parts_of(files.course, {phase_id: phase}, {}):
        if part.path[:2] == here:
            problems = kept.get(part.encoded)
            if problems is None:
                problems, judged = check_part(part)
                if judged:
                    kept.put(part.encoded, problems)
            found += [((*part.path, *place), message) for place, message in problems]
    kept.save(whole=False)
    faults = [ContentError(name, document.place(path), said, item.id) for path, said in found]
    return sorted(faults, key=lambda fault: fault.place)


def _step_view(files: CourseFolder, phase_id: str, step: Step) -> StepView:
    lesson = Lesson(files, phase_id, Journal.in_memory())
    while not (isinstance(view := lesson.view, StepView) and view.step.id == step.id):
        lesson.forward()
    return view


def _counter(files: CourseFolder, phase_id: str, question: Question) -> Counter:
    """Where in its lesson a learner meets the question."""
    ids = [item.id for item in Lesson(files, phase_id, Journal.in_memory()).items]
    place = ids.index(question.id) if question.id in ids else 0
    return Counter(place + 1, len(ids))


def _of_question(files: CourseFolder, posed: Posed[Question], counter: Counter) -> Iterator[Shown]:
    yield "", _asked(files, posed).view(counter)
    answers = [("The key", model_answer(posed))]
    answers += [("Wrong", wrong.answer) for wrong in wrong_answers(posed)]
    for what, answer in answers:
        asked = _asked(files, posed)
        asked.answer(answer)
        yield f"{what}: {shown_answer(posed, answer)}", asked.view(counter)


def _asked(files: CourseFolder, posed: Posed[Question]) -> Asked:
    """The question before a learner of whom nothing is known."""
    asked = Asked(files, Journal.in_memory(), posed.question, {})
    asked.posed = posed
    return asked
