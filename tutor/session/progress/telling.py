"""What progress says in sentences, in whatever form it is shown."""

from __future__ import annotations

from tutor.course.text import one_line
from tutor.grading.confidence import PAYS_BEST
from tutor.grading.verdict import marks_figure
from tutor.session.progress.facts import ExamSat, day_of
from tutor.session.progress.ideas import Idea
from tutor.session.progress.mastery import Mastery
from tutor.session.progress.outlook import Forecast
from tutor.session.progress.view import PhaseView, ProgressView, Sure
from tutor.words import exam as exam_words
from tutor.words import plural
from tutor.words import progress as words


def forecast_day(forecast: Forecast) -> str:
    """Which day the forecast looks at, in a sentence."""
    wording = {
        "today": words.EXAM_TODAY,
        "past": words.PAST,
        "none": words.NO_EXAM,
        "far": words.FAR,
        "ahead": plural(forecast.days, *words.AHEAD),
    }[forecast.exam]
    return wording.format(date=forecast.exam_date, day=forecast.day, days=forecast.days)


def forecast_chances(forecast: Forecast) -> tuple[str, tuple[tuple[float, str], ...]]:
    """What the chances are of, and each with what it takes."""
    if forecast.days == 0:
        return words.RECALL_NOW, ((forecast.recall, ""),)
    planned = plural(forecast.reviews, *words.AS_PLANNED).format(count=forecast.reviews)
    return words.RECALL, (
        (forecast.recall, planned),
        (forecast.unreviewed, words.UNREVIEWED),
    )


def forecast_basis(forecast: Forecast) -> str:
    """What the forecast has learnt from, in a sentence."""
    count = forecast.learnt_from
    return (
        plural(count, *words.FORECAST_LEARNT).format(count=count)
        if count
        else words.FORECAST_UNLEARNT
    )


def state_of(mastery: Mastery) -> str:
    """The name of the mark that an objective gets."""
    return "mastered" if mastery.mastered else "wrong" if mastery.wrong else ""


def mastery_legend(view: ProgressView, mastered: str, wrong: str) -> tuple[str, str]:
    """What the columns of the map mean, and what its signs do."""
    return (
        words.MASTERY_COLUMNS.format(day=view.forecast.day),
        words.MASTERY_SIGNS.format(mastered=mastered, wrong=wrong),
    )


def sure_line(one: Sure) -> str:
    """How right the answers of one certainty were."""
    sure = words.SURE[one.certainty]
    if one.share_right is None:
        return words.SURE_NEVER.format(sure=sure)
    return plural(one.answers, *words.SURE_LINE).format(
        sure=sure,
        count=one.answers,
        share=one.share_right,
        reading=words.READINGS[one.reading],
    )


def sure_rule() -> str:
    """For which chance to be right each certainty pays."""
    return words.PAYS.format(low=PAYS_BEST[2][0], high=PAYS_BEST[2][1])


def idea_lines(idea: Idea) -> tuple[str, ...]:
    """What showed an idea, and what became of it, in sentences."""
    if idea.cleared_by is not None and idea.cleared_at is not None:
        day, question = day_of(idea.cleared_at), _named(idea.cleared_by)
        told = words.CLEARED.format(name=idea.name, id=idea.id, date=day, question=question)
        return (told,)
    times = sum(one.times for one in idea.shown)
    lead = plural(times, *words.SHOWN_IN).format(count=times)
    where = ", ".join(
        words.SHOWN_WHERE.format(question=_named(one.question), date=day_of(one.last))
        for one in idea.shown
    )
    became = words.REFUTED if idea.refuted else words.NOT_REFUTED
    return (f"{lead} {where}. {became}", words.RIGHT_IS.format(right=idea.right))


def time_line(view: ProgressView) -> str:
    """What was done in all."""
    totals = view.totals
    if not totals.answers:
        return words.NO_ANSWER
    time = stretch_of(totals.seconds)
    return words.TIME_IN_ALL.format(time=time, answers=totals.answers, right=totals.right)


def week_line(seconds: int, answers: int) -> str:
    """What was done in a week."""
    return plural(answers, *words.WEEK_DONE).format(time=stretch_of(seconds), count=answers)


def stretch_of(seconds: int) -> str:
    """A stretch of time in words."""
    if seconds <= 0:
        return words.NO_TIME
    if seconds < 60:
        return words.SECONDS_ONLY.format(seconds=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    wording = words.HOURS_MINUTES if hours else words.MINUTES_ONLY
    return wording.format(hours=hours, minutes=minutes)


def chance_in(view: ProgressView, recall: float) -> str:
    """A chance of the forecast; where nothing is answered yet there is none."""
    return f"{recall:.0%}" if view.totals.answered else words.NO_CHANCE


def phase_line(phase: PhaseView) -> str:
    """A phase, and how much of it is done."""
    known = phase.mastery
    return (words.PHASE if known.answered else words.PHASE_NEW).format(
        title=phase.title,
        mastered=phase.mastered,
        objectives=len(phase.objectives),
        answered=known.answered,
        questions=known.questions,
    )


def exam_line(exam: ExamSat) -> str:
    """An exam and its marks."""
    date = exam.begun.strftime(exam_words.WHEN)
    if exam.marks is None or exam.full is None:
        return words.EXAM_UNREAD.format(date=date, title=_named(exam.title))
    return exam_words.PAST.format(
        date=date,
        title=_named(exam.title),
        marks=marks_figure(exam.marks),
        full=marks_figure(exam.full),
        share=exam.marks / exam.full if exam.full else 0.0,
    )


def _named(name: str) -> str:
    """A name that a journal holds: any machine may have written anything into it."""
    return one_line(name, 80)
