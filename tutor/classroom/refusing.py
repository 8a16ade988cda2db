"""What is wrong with an assignment or a release before anything of it runs: files are hostile.

Whoever sent it, its scenarios must be those that a course may have, its expressions parse, and its
ids name what is there. Of graded questions only what travels with them is looked at.
"""

from __future__ import annotations

import base64
import uuid
from collections import Counter
from collections.abc import Iterator

from tutor.classroom.assignment import Assignment, Release, learner_seed
from tutor.classroom.excerpt import Excerpt
from tutor.classroom.files import YEARS, FileProblem
from tutor.classroom.genuine import is_genuine
from tutor.course import questions as q
from tutor.course.field_rules import curves_problems, expression_problems, template_problems
from tutor.course.posed import Posed
from tutor.course.question_rules import drawn_problems
from tutor.course.scenario_rules import scenario_problems
from tutor.course.text import one_line
from tutor.course.yaml_values import Problems
from tutor.session.exam.blueprint import MOST_MINUTES
from tutor.session.exam.drawing import question_seed
from tutor.session.exam.record import MOST_EXTRA
from tutor.session.form import form_of
from tutor.words import assigned as words

MOST_QUESTIONS, MOST_KEYS, MOST_SEATS = 1000, 50, 20_000
#: Keys of the hashes have so many bytes at most.
LONGEST_KEY = 64


def refuse_unsound(assignment: Assignment) -> None:
    """Refuse an assignment that cannot be worked through.

    Raises:
        FileProblem: it cannot be; the message says why.
    """
    for where, reason in _assignment_problems(assignment):
        _refuse(where, reason)
    refuse_unsound_excerpt(assignment.excerpt, learner_seed(assignment, ""))


def refuse_strange(release: Release, assignment: Assignment) -> None:
    """Refuse a release that is not of the assignment or its tutor, or that cannot be shown.

    Raises:
        FileProblem: the message says why.
    """
    if release.assignment != assignment.id or set(release.excerpt.ids) != set(
        assignment.excerpt.ids
    ):
        raise FileProblem(words.OTHER_RELEASE)
    if assignment.kind == "practice":
        raise FileProblem(words.HAS_ITS_KEYS)
    if not is_genuine(release, assignment):
        raise FileProblem(words.NOT_THE_TUTORS)
    refuse_unsound_excerpt(release.excerpt, learner_seed(assignment, ""))
    full = release.excerpt.marks
    for given in release.given.values():
        if not 0 <= given.share <= 1 or not all(
            id_ in full and 0 <= marks <= full[id_] for id_, marks in given.marks.items()
        ):
            _refuse("given", words.NO_SUCH_MARKS)


def refuse_unsound_excerpt(excerpt: Excerpt, seed: int) -> None:
    """Refuse questions that cannot be asked; `seed` draws numbers to try them with.

    Raises:
        FileProblem: the message says why.
    """
    for where, reason in _excerpt_problems(excerpt, seed):
        _refuse(where, reason)


def _refuse(where: str, reason: str) -> None:
    where, reason = one_line(where, 80), one_line(reason, 200)
    raise FileProblem(words.UNSOUND.format(where=where, reason=reason))


def _assignment_problems(one: Assignment) -> Iterator[tuple[str, str]]:
    if not _is_uuid(one.id):
        yield "id", words.NO_UUID
    if not one.title.strip():
        yield "title", words.NO_TITLE
    for name, key in (("variant_key", one.variant_key), ("salt", one.salt)):
        if not _is_key(key):
            yield name, words.NO_HEX.format(longest=LONGEST_KEY)
    for place, seat in enumerate(one.seats.values()):
        if not 0 <= seat.extra <= MOST_EXTRA:
            yield f"seats {place + 1}", words.NO_EXTRA.format(most=MOST_EXTRA)
    moments = (one.made_at, one.due_at, *(s.due_at for s in one.seats.values() if s.due_at))
    if any(moment.year not in YEARS for moment in moments):
        yield "due_at", words.NO_YEAR.format(first=YEARS[0], last=YEARS[-1])
    if len(one.seats) > MOST_SEATS or not 1 <= len(one.tutor_keys) <= MOST_KEYS:
        yield "tutor_keys", words.TOO_MANY_KEYS.format(most=MOST_KEYS, seats=MOST_SEATS)
    if not all(map(_is_public_key, (*one.tutor_keys, one.release_key))):
        yield "tutor_keys", words.NO_TUTORS_KEY
    minutes = one.policy.minutes
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        yield "minutes", words.NO_LIMIT.format(most=MOST_MINUTES)
    counts = [count for _, count in one.sections]
    if counts and (min(counts) < 0 or sum(counts) != len(one.excerpt.ids)):
        yield "sections", words.NO_SECTIONS.format(count=len(one.excerpt.ids))


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _is_key(text: str) -> bool:
    try:
        return 1 <= len(bytes.fromhex(text)) <= LONGEST_KEY
    except ValueError:
        return False


def _is_public_key(text: str) -> bool:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return len(key) == 32 and any(key)


def _excerpt_problems(excerpt: Excerpt, seed: int) -> Iterator[tuple[str, str]]:
    entries = [entry for module in excerpt.course.modules for entry in module.phases]
    named = Counter(entry.id for entry in entries)
    if named != Counter(phase.id for phase in excerpt.phases) or named.most_common(1) == []:
        yield "phases", words.PHASES_DIFFER
    elif max(named.values()) > 1:
        yield "phases", words.TWICE
    known = Counter(question.id for phase in excerpt.phases for question in phase.questions)
    if not known or len(known) > MOST_QUESTIONS or max(known.values()) > 1:
        yield "questions", words.NO_QUESTIONS.format(most=MOST_QUESTIONS)
    if Counter(excerpt.ids) != known:
        yield "ids", words.IDS_DIFFER
    if excerpt.marks.keys() != known.keys() or any(one <= 0 for one in excerpt.marks.values()):
        yield "marks", words.NO_MARKS
    for _, reason in scenario_problems((), excerpt.course.spine):
        yield "spine", reason
    for entry in entries:
        for text in entry.window or ():
            for _, reason in expression_problems((), text):
                yield entry.id, reason
    for phase in excerpt.phases:
        objectives = {objective.id for objective in phase.objectives}
        for question in phase.questions:
            if not objectives.issuperset(question.objectives):
                yield question.id, words.NO_OBJECTIVE
            for _, reason in _question_problems(question, seed):
                yield question.id, reason


def _question_problems(question: q.Question, seed: int) -> Problems:
    """What keeps a question from being asked; its keys, if it has any, are not looked at."""
    drawn = question.draws.keys()
    problems = [
        *scenario_problems((), question.scenario),
        *curves_problems((), question.show, question.scenario.preparation),
        *template_problems((), question.stem, drawn=drawn),
    ]
    for name, number in question.draws.items():
        problems += drawn_problems((), name, number)
    for text in question.sets.values():
        problems += expression_problems((), text, drawn=drawn)
    yield from problems
    for what in _ids_of(question):
        if len(what) < 2 or max(Counter(what).values()) > 1:
            yield (), words.TWICE
    if problems:
        return
    try:
        posed = Posed(question, question_seed(seed, question.id))
        form_of(posed)
        yield from scenario_problems((), posed.scenario)
    except ValueError as error:  # What is drawn leads beyond what can be run.
        yield (), str(error)


def _ids_of(question: q.Question) -> Iterator[list[str]]:
    match question:
        case q.ChoiceQuestion(options=options):
            yield [option.id for option in options]
        case q.OrderingQuestion(items=items):
            yield [item.id for item in items]
        case q.MatchingQuestion(items=items, partners=partners):
            yield [item.id for item in items]
            yield [partner.id for partner in partners]
        case q.CalculationQuestion(parts=parts):
            yield [part.id for part in parts]
