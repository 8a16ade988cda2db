"""The home screen's session: the course map, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from tutor.course.expression import Expression
from tutor.course.loader import CourseFolder
from tutor.course.model import PhaseEntry
from tutor.course.scenario import MeasuredRun
from tutor.journal.progress import PhaseProgress, last_phase, minutes_for, phase_progress
from tutor.journal.store import Journal
from tutor.session.profile import Profile, load_profile

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
            return "new"
        place = "" if progress.finished else f"at {progress.number}/{progress.count}"
        share = f"{progress.right} of {progress.questions} right" if progress.answered else ""
        return ", ".join(part for part in (place, share) if part) or "seen"

    @property
    def next_line(self) -> str:
        """What opening the phase does, and how long it takes."""
        progress = self.progress
        takes = "" if self.minutes is None else f" ({self.minutes} min)"
        if not progress.count:
            return f"begin {self.title}{takes}"
        if progress.finished:
            return f"{self.title} again{takes}"
        minutes = progress.minutes_left
        return f"continue {self.title} {progress.number}/{progress.count} ({minutes} min)"


class HomeView(msgspec.Struct, frozen=True):
    """The course map with the spine, and the next thing to do."""

    title: str
    spine: MeasuredRun
    phases: tuple[MapPhase, ...]
    next_phase: MapPhase
    profile: Profile
    today: date

    @property
    def next_line(self) -> str:
        """What Enter does, and how long it takes."""
        return self.next_phase.next_line

    @property
    def exam_line(self) -> str:
        """The exam and the days to it; empty where none was named."""
        return self.profile.line(self.today)


def home_view(files: CourseFolder, journal: Journal, today: date) -> HomeView:
    """What the home screen shows.

    Raises:
        ContentErrors: the course's frame is wrong.
        JournalError: the journal cannot be read.
    """
    progress = phase_progress(journal)
    profile = load_profile(journal)
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
        profile=profile,
        today=today,
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
    return f"best after {' and '.join(missing)}" if missing else ""


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
