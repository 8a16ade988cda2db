"""The home screen's session: the course map, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from tutor.course.expression import Expression
from tutor.course.loader import CourseFolder
from tutor.course.model import PhaseEntry
from tutor.course.scenario import MeasuredRun
from tutor.journal.kinds import EXAM, EXAM_HANDED_IN
from tutor.journal.progress import (
    PhaseProgress,
    last_phase,
    left_quiz,
    minutes_for,
    phase_progress,
)
from tutor.journal.store import Journal
from tutor.session.profile import Profile, load_profile
from tutor.session.today import Today, today_of
from tutor.words import common
from tutor.words import course_map as words
from tutor.words import today as today_words

NOT_BEGUN = PhaseProgress()


class MapPhase(msgspec.Struct, frozen=True):
    """A phase on the course map, and how far the learner is in it."""

    id: str
    title: str
    opening: str
    module: str
    window_ms: tuple[float, float] | None
    """Its stretch of the spine, where it has one."""
    progress: PhaseProgress
    advice: str = ""
    """What is better done before, where that has not been begun; empty otherwise."""
    minutes: int | None = None
    """About how long all of it takes; None until its file has been read."""

    @property
    def status(self) -> str:
        """How far the learner is, in a few words."""
        progress = self.progress
        if not progress.count:
            return words.NEW
        parts = []
        if not progress.finished:
            parts.append(words.AT.format(number=progress.number, count=progress.count))
        if progress.answered:
            share = words.RIGHT_SHARE.format(right=progress.right, questions=progress.questions)
            parts.append(share)
        return ", ".join(parts) or words.SEEN

    @property
    def next_line(self) -> str:
        """What opening the phase does, and how long it takes."""
        progress = self.progress
        takes = "" if self.minutes is None else words.MINUTES.format(minutes=self.minutes)
        if not progress.count:
            return words.BEGIN.format(phase=self.title, takes=takes)
        if progress.finished:
            return words.AGAIN.format(phase=self.title, takes=takes)
        return words.CONTINUE.format(
            phase=self.title,
            number=progress.number,
            count=progress.count,
            takes=words.MINUTES.format(minutes=progress.minutes_left),
        )


class HomeView(msgspec.Struct, frozen=True):
    """The course map with the spine, and the next thing to do."""

    title: str
    spine: MeasuredRun
    phases: tuple[MapPhase, ...]
    next_phase: MapPhase
    exam: str
    """Exam and board; empty where none was named."""
    today: Today
    today_line: str
    """What is due, whether a quiz was left, and the days to the exam."""
    sitting: str = ""
    """That an exam goes on, and the time it has left; empty while no exam's clock runs."""

    @property
    def next_line(self) -> str:
        """What Enter does, and how long it takes: an exam that runs comes before all."""
        return self.sitting or self.next_phase.next_line


def home_view(files: CourseFolder, journal: Journal, today: date) -> HomeView:
    """What the home screen shows.

    Raises:
        ContentErrors: the course's frame is wrong.
        JournalError: the journal cannot be read.
    """
    progress = phase_progress(journal)
    profile = load_profile(journal)
    due = today_of(files, journal)
    quiz = today_words.QUIZ_WAITS if left_quiz(journal) else ""
    phases = tuple(
        MapPhase(
            id=entry.id,
            title=entry.title,
            opening=entry.opening,
            module=module.title,
            window_ms=window_of(entry, files.spine),
            progress=progress.get(entry.id, NOT_BEGUN),
            advice=_advice(files, entry, progress),
            minutes=_minutes(files, entry.id, profile),
        )
        for module in files.course.modules
        for entry in module.phases
    )
    return HomeView(
        title=files.course.title,
        spine=files.spine,
        phases=phases,
        next_phase=_next(phases, last_phase(journal)),
        exam=profile.name,
        today=due,
        today_line=due.line(quiz, profile.days_line(today)),
        sitting=_sitting(journal),
    )


def window_of(entry: PhaseEntry, spine: MeasuredRun) -> tuple[float, float] | None:
    """Where the phase begins and ends on the spine, in ms; None where it is no part of it."""
    if entry.window is None:
        return None
    start, end = (Expression(text).evaluate(spine) for text in entry.window)
    return start, end


def _advice(files: CourseFolder, entry: PhaseEntry, progress: Mapping[str, PhaseProgress]) -> str:
    """What is better done before: advice, never a wall, and none once the phase is begun."""
    if entry.id in progress:
        return ""
    missing = [files.entries[need].title for need in entry.needs if need not in progress]
    return words.BEST_AFTER.format(phases=common.AND.join(missing)) if missing else ""


def _sitting(journal: Journal) -> str:
    """That an exam goes on; the rooms of exams are loaded only where one was not handed in."""
    begun = journal.latest(EXAM)
    if begun is None:
        return ""
    exam = begun.data.get("exam")
    if journal.latest(EXAM_HANDED_IN, where=lambda event: event.data.get("exam") == exam):
        return ""
    from tutor.session.exam.running import running_exam

    running = running_exam(journal)
    return words.EXAM_GOES_ON.format(left=running.left) if running else ""


def _minutes(files: CourseFolder, phase_id: str, profile: Profile) -> int | None:
    """About how long a phase takes; None where its file has not been read yet."""
    phase = files.opened(phase_id)
    if phase is None:
        return None
    items = (*phase.steps, *phase.questions)
    return minutes_for(sum(profile.meets(item) for item in items))


def _next(phases: tuple[MapPhase, ...], last: str | None) -> MapPhase:
    """The phase that was open last, or after its end the first that is not finished."""
    for phase in phases:
        if phase.id == last and not phase.progress.finished:
            return phase
    return next((phase for phase in phases if not phase.progress.finished), phases[0])
