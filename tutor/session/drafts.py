"""What a learner has answered so far, of a question that is still open."""

from __future__ import annotations

from tutor.course.questions import Question
from tutor.course.text import clean
from tutor.journal.event import Event
from tutor.journal.kinds import ATTEMPT, DRAFT, SHOWN
from tutor.journal.store import Journal

#: Longer answers are cut; three written pages come to this.
LONGEST_ANSWER = 5000


def cleaned(answer: object) -> object:
    """`answer` with all text of it safe to keep and to show, and not too long."""
    match answer:
        case str():
            return clean(answer, LONGEST_ANSWER).strip()
        case list() | tuple():
            return [cleaned(one) for one in answer]
        case dict():
            return {clean(str(name)): cleaned(one) for name, one in answer.items()}
    return answer


def is_blank(answer: object) -> bool:
    """True where nothing has been answered yet."""
    match answer:
        case str():
            return not answer.strip()
        case list() | tuple():
            return all(is_blank(one) for one in answer)
        case dict():
            return all(is_blank(one) for one in answer.values())
    return answer is None


def open_draft(journal: Journal, question: Question, assignment: str = "") -> Event | None:
    """The draft of an answer to `question`; none where an answer or the key has followed it.

    Args:
        journal: The learner's journal.
        question: What is asked.
        assignment: Id of the practice that it is asked in; empty for the course's own sessions.

    Raises:
        JournalError: the journal cannot be read.
    """

    def is_of_it(draft: Event) -> bool:
        return "exam" not in draft.data and draft.data.get("assignment", "") == assignment

    draft = journal.latest(DRAFT, question_id=question.id, where=is_of_it)
    if draft is None or draft.revision != question.revision or is_blank(draft.answer):
        return None
    for kind in (ATTEMPT, SHOWN):
        ended = journal.latest(kind, question_id=question.id)
        if ended is not None and ended.sequence > draft.sequence:
            return None
    return draft
