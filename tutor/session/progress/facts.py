"""What a picture of a learner's progress is made from: read once, then only computed with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec

from tutor.course.loader import CourseFolder
from tutor.course.model import Misconception
from tutor.journal.derived import derive
from tutor.journal.forecast import Review
from tutor.journal.known import Activity, QuestionState, Sureness
from tutor.journal.planning import Item
from tutor.journal.progress import last_phase, minutes_for, phase_progress
from tutor.journal.store import Journal
from tutor.session.bank import Bank
from tutor.session.exam.report import past_exams, score
from tutor.session.home import NOT_BEGUN, MapPhase
from tutor.session.profile import Profile, load_profile
from tutor.session.progress.record import reviews_of
from tutor.session.review import items_of
from tutor.session.settings import review_cap
from tutor.session.today import Today, today_of

#: Weeks that are shown, this one with them.
WEEKS = 12
#: Exams that are shown, the latest ones.
EXAMS = 5
#: Attempts that are read for the marks of one of them at the most.
MOST_READ = 1_000


class Material(msgspec.Struct, frozen=True):
    """The course as progress needs it; nothing of a journal is in it.

    Attributes:
        everyone: All questions.
        bank: Those that are for the learner.
        misconceptions: The bank of misconceptions.
    """

    everyone: Bank
    bank: Bank
    misconceptions: Mapping[str, Misconception]


class ExamSat(msgspec.Struct, frozen=True):
    """An exam that was handed in.

    Attributes:
        title: The paper's title.
        begun: When it was begun, in the learner's time.
        questions: Those that the course still has.
        marks: Marks given; None where its questions have been answered so often since that to
            find them takes too long.
        full: Full marks, or None.
    """

    title: str
    begun: datetime
    questions: int
    marks: float | None = None
    full: float | None = None


class Facts(msgspec.Struct, frozen=True):
    """What journal and course say; `view_of` makes the picture of it.

    Attributes:
        now: The time in the learner's own zone.
        title: The course's title.
        profile: The learner's exam.
        cap: Questions that they review a day at the most.
        known: What is known of each question.
        items: The questions of the learner's bank as the planner takes them.
        sureness: The answers given with each certainty.
        total: What was done in all.
        days: What was done on each of the days that are shown.
        today: What is due now, as the course map says it.
        reviews: Their late reviews, for the forecast.
        next_phase: The phase that comes next.
        exams: The exams that they sat last, the latest first.
    """

    now: datetime
    title: str
    profile: Profile
    cap: int
    known: Mapping[str, QuestionState]
    items: tuple[Item, ...]
    sureness: Mapping[int, Sureness]
    total: Activity
    days: Mapping[date, Activity]
    today: Today
    reviews: tuple[Review, ...]
    next_phase: MapPhase
    exams: tuple[ExamSat, ...]


def material_of(files: CourseFolder, profile: Profile) -> Material:
    """Read the whole course, which takes time the first time; it may be done in a thread.

    Raises:
        ContentErrors: a file of the course is wrong.
    """
    return Material(Bank(files), Bank(files, profile), files.misconceptions)


def facts_of(files: CourseFolder, journal: Journal, material: Material) -> Facts:
    """Read what the journal says.

    Raises:
        ContentErrors: the course's frame is wrong.
        JournalError: the journal cannot be read.
    """
    derived = derive(journal)
    profile = load_profile(journal)
    now = journal.now().astimezone()
    return Facts(
        now=now,
        title=files.course.title,
        profile=profile,
        cap=review_cap(journal),
        known=dict(derived.questions),
        items=tuple(items_of(material.bank, derived)),
        sureness=dict(derived.sureness),
        total=derived.total,
        days=derived.days(since=first_day(now.date())),
        today=today_of(files, journal),
        reviews=tuple(reviews_of(journal, derived)),
        next_phase=_next_phase(files, journal, profile),
        exams=_exams(journal, material.everyone, derived.questions),
    )


def first_day(today: date) -> date:
    """The Monday of the first week that is shown."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def day_of(time: datetime) -> date:
    """The learner's day of a time."""
    return local_time(time).date()


def local_time(time: datetime) -> datetime:
    """A time by the learner's clock."""
    try:
        return time.astimezone()
    except (OverflowError, ValueError, OSError):  # a date that no clock shows
        return time


def _next_phase(files: CourseFolder, journal: Journal, profile: Profile) -> MapPhase:
    """The phase that is open; else the first one that is not finished; else the first."""
    progress = phase_progress(journal)
    unfinished = [one for one in files.phase_ids if not progress.get(one, NOT_BEGUN).finished]
    last = last_phase(journal)
    phase_id = last if last in unfinished else next(iter(unfinished), files.phase_ids[0])
    entry, phase = files.entries[phase_id], files.phase(phase_id)
    items = sum(profile.meets(item) for item in (*phase.steps, *phase.questions))
    return MapPhase(
        id=phase_id,
        title=entry.title,
        opening=entry.opening,
        module="",
        window_ms=None,
        progress=progress.get(phase_id, NOT_BEGUN),
        minutes=minutes_for(items),
    )


def _exams(
    journal: Journal, bank: Bank, known: Mapping[str, QuestionState]
) -> tuple[ExamSat, ...]:
    found = []
    for begun in past_exams(journal)[:EXAMS]:
        time = local_time(begun.time)
        asked = [known[one].attempts for one in begun.ids if one in known]
        if sum(asked) > MOST_READ:
            found.append(ExamSat(begun.title, time, len(begun.ids)))
            continue
        row = score(journal, bank, begun)
        found.append(ExamSat(begun.title, time, row.questions, row.marks, row.max_marks))
    return tuple(found)
