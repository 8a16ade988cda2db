"""What a learner is told of an assignment, and what they can do with it, for both front ends."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from tutor.classroom.assignment import same_id
from tutor.classroom.keys import key_name
from tutor.classroom.learner.assigned import LONGEST_TITLE, Assigned
from tutor.classroom.learner.finding import Listed
from tutor.classroom.learner.identity import LONGEST_ID, Who
from tutor.course.text import one_line
from tutor.session.exam.telling import duration
from tutor.session.exam.timing import left_in_words
from tutor.words import assigned as words
from tutor.words import exam_screen, plural

#: What can be done: begin or go on, hand in, read the release, begin anew, say who one is.
Deed = Literal["work", "hand-in", "read", "anew", "who"]
#: So many of the numbers of unanswered questions are told.
MOST_NUMBERS = 12


class Doable(Struct, frozen=True):
    """Something that can be done, and how it is called."""

    deed: Deed
    says: str


def reason_of(problem: Exception) -> str:
    """Why something failed, to go on with after what it is about."""
    return str(getattr(problem, "strerror", None) or problem)


def as_sentence(problem: str) -> str:
    """What cannot be done, told for itself."""
    return words.TOLD.format(problem=f"{problem[:1].upper()}{problem[1:]}")


def when(moment: datetime) -> str:
    """A deadline in the time of this machine."""
    return moment.astimezone().strftime(words.DAY_AND_YEAR)


def list_line(listed: Listed) -> str:
    """An assignment in a line: what it is called, when it is due, how it stands.

    Raises:
        JournalError: the journal cannot be read.
    """
    assigned = listed.assigned
    return words.LISTED.format(
        title=assigned.title, due=when(assigned.due_at), state=state(listed)
    )


def state(listed: Listed) -> str:
    """How an assignment stands, in a few words.

    Raises:
        JournalError: the journal cannot be read.
    """
    assigned = listed.assigned
    handed = assigned.handed_in
    if listed.release is not None:
        return words.RELEASED
    if handed is not None:
        since = words.BUT_CHANGED if assigned.has_changed_since else ""
        return words.HANDED_IN.format(receipt=handed.data.get("receipt")) + since
    late = words.LATE if assigned.is_late else ""
    if assigned.begun is None:
        return words.NEW + late
    return _answered(assigned) + late


def _answered(assigned: Assigned) -> str:
    count = len(assigned.assignment.excerpt.ids)
    answered = count - len(assigned.unanswered)
    return words.ANSWERED.format(answered=answered, count=count)


def told(listed: Listed) -> tuple[str, ...]:
    """What is told of an assignment: what it is, its rules, how it stands.

    Raises:
        JournalError: the journal cannot be read.
    """
    assigned, assignment = listed.assigned, listed.assigned.assignment
    who = assigned.who
    count = len(assignment.excerpt.ids)
    kind = words.GRADED if assignment.kind == "graded" else words.PRACTICE
    tutor = words.FROM.format(tutor=one_line(assignment.tutor, 80)) if assignment.tutor else ""
    lines = [
        words.SIZE.format(
            kind=kind, count=plural(count, *words.QUESTIONS).format(count=count), tutor=tutor
        ),
        words.DUE.format(due=when(assigned.due_at)),
        *_rules(assigned),
        plural(len(assignment.tutor_keys), *words.SEALED_TO).format(
            names=", ".join(map(key_name, assignment.tutor_keys))
        ),
    ]
    if who is not None:
        named = words.NAMED.format(name=who.name) if who.name else ""
        you_are = words.YOU_ARE.format(id=who.id, name=named)
        lines.append(" ".join([you_are, *([] if assigned.begun else _before(assigned, who))]))
    if assigned.begun is not None:
        lines.append(words.SO_FAR.format(answered=_answered(assigned)))
    if left := assigned.left_s():
        lines.append(words.CLOCK_RUNS.format(left=left_in_words(left)))
    handed = assigned.handed_in
    if handed is not None:
        lines.append(
            words.WAS_HANDED_IN.format(
                number=handed.data.get("number"),
                when=when(handed.time),
                receipt=handed.data.get("receipt"),
            )
        )
    if assigned.has_changed_since:
        lines.append(words.CHANGED_SINCE)
    if assigned.was_released:
        lines.append(words.KEYS_SEEN)
    elif assigned.is_late:
        lines.append(late_line(assigned))
    return tuple(lines)


def _before(assigned: Assigned, who: Who) -> list[str]:
    """What may show that an id is mistyped, and how to put it right while that can be done."""
    stays = words.STAYS.format(change=words.CHANGE_WHO)
    before = assigned.begun_before
    if before is None:
        return [stays]
    learner = one_line(str(before.data.get("learner", "")), LONGEST_ID)
    same = same_id(learner) == same_id(who.id)
    title = one_line(str(before.data.get("title", "")), LONGEST_TITLE)
    told = words.SAME_BEFORE if same else words.OTHER_BEFORE
    return [told.format(title=title, id=learner), stays]


def _rules(assigned: Assigned) -> list[str]:
    policy = assigned.assignment.policy
    asked = [words.HOW_SURE_ASKED] if policy.certainty else []
    rules = [words.FEEDBACK[policy.feedback], *asked]
    if assigned.tells_at_once:
        return rules
    if policy.minutes is not None:
        seconds = policy.minutes * 60.0 * (1.0 + assigned.seat.extra / 100.0)
        rules.append(words.LIMIT.format(time=duration(seconds)))
    if not policy.skip:
        rules.append(words.ONE_WAY)
    if policy.hints:
        rules.append(words.HINTS_ALLOWED)
    if policy.attempts != 1:
        many = words.ANY_TIMES if policy.attempts == 0 else words.TIMES
        rules.append(many.format(times=policy.attempts))
    return rules


def late_line(assigned: Assigned) -> str:
    """That the deadline has passed, and what becomes of late work."""
    policy = assigned.assignment.policy
    return words.LATE_WORK[policy.late].format(
        due=when(assigned.due_at), percent=policy.late_percent
    )


def doable(listed: Listed) -> tuple[Doable, ...]:
    """What can be done now, what comes next first.

    Raises:
        JournalError: the journal cannot be used.
    """
    assigned = listed.assigned
    begun, has_ended = assigned.begun is not None, assigned.settle()
    deeds: list[Doable] = []
    if listed.release is not None:
        deeds.append(Doable("read", words.READ))
    if not has_ended and not assigned.was_released:
        deeds.append(Doable("work", words.GO_ON if begun else words.BEGIN))
    if assigned.tells_at_end and begun:
        deeds.append(Doable("read", words.READ))
    if begun:
        again = assigned.handed_in is not None
        hand_in = Doable("hand-in", words.HAND_IN_AGAIN if again else exam_screen.HAND_IN)
        waits = not assigned.unanswered and (not again or assigned.has_changed_since)
        comes_first = listed.release is None and (has_ended or waits)
        deeds.insert(0 if comes_first else len(deeds), hand_in)
    if assigned.may_begin_anew:
        deeds.append(Doable("anew", words.BEGIN_ANEW))
    if not begun:
        deeds.append(Doable("who", words.CHANGE_WHO))
    return tuple(deeds)


def asks_before(assigned: Assigned) -> str:
    """What is asked before it is handed in; empty where nothing speaks against it.

    Raises:
        JournalError: the journal cannot be read.
    """
    line = lacks_line(assigned)
    return words.ALL_THE_SAME.format(lacks=line) if line else ""


def lacks_line(assigned: Assigned) -> str:
    """What speaks against handing it in as it is; empty where nothing does.

    Raises:
        JournalError: the journal cannot be read.
    """
    seen = words.KEYS_SEEN if assigned.was_released else ""
    return " ".join(filter(None, (seen, unanswered_line(assigned))))


def left_lines(assigned: Assigned) -> str:
    """What is told of work that is left: that it is kept, and what is still to be done with it.

    Empty where nothing is: all of it was handed in, and no clock runs.

    Raises:
        JournalError: the journal cannot be read.
    """
    runs = bool(assigned.left_s())
    waits = assigned.begun is not None and not assigned.was_released
    if assigned.handed_in is not None and not assigned.has_changed_since:
        waits = False
    if assigned.tells_at_once or not (waits or runs):
        return ""
    kept = words.LEFT_CLOCK if runs else words.LEFT
    due = words.TO_HAND_IN_LATE if assigned.is_late else words.TO_HAND_IN
    return f"{kept} {due.format(due=when(assigned.due_at))}" if waits else kept


def unanswered_line(assigned: Assigned) -> str:
    """Which questions have no answer, by their numbers; empty where there is none.

    Raises:
        JournalError: the journal cannot be read.
    """
    unanswered = assigned.unanswered
    if not unanswered:
        return ""
    numbers = ", ".join(map(str, unanswered[:MOST_NUMBERS]))
    more = len(unanswered) - MOST_NUMBERS
    return plural(len(unanswered), *words.UNANSWERED).format(
        numbers=numbers + (words.AND_MORE.format(count=more) if more > 0 else "")
    )


def asks_before_keys(assigned: Assigned) -> str:
    """What is asked before the keys are shown for the first time; empty where nothing is lost.

    Raises:
        JournalError: the journal cannot be read.
    """
    if assigned.was_released:
        return ""
    if assigned.handed_in is None:
        return words.NOT_HANDED_IN_YET
    ends = assigned.tells_at_end and not assigned.settle()
    return words.ENDED_BY_KEYS if ends else ""
