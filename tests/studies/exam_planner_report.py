"""The report of the study of the exam-date planner, as Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from memory_models import MET_BEFORE, MET_DAYS, MODELS

if TYPE_CHECKING:
    from exam_planner import Foreseen, Result

PLANNER, FSRS, UNIFORM, CRAMMING = "planner", "FSRS .9", "uniform", "cramming"
FSRS_OWN = "FSRS .9, its own minutes"
OTHERS = (FSRS, UNIFORM, CRAMMING)
#: A difference counts as a win or a loss from so many standard errors on.
CLEAR = 2.0
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Study(NamedTuple):
    """What came out: results by scenario and model, forecasts by model and whether on the eve."""

    learners: int
    items: int
    seed: int
    results: dict[tuple[str, str], dict[str, Result]]
    foreseen: dict[tuple[str, bool], list[Foreseen]]
    seconds: float


class Gap(NamedTuple):
    """The planner's recall minus another policy's: mean over learners and its standard error."""

    mean: float
    error: float

    @property
    def verdict(self) -> int:
        """1 for a clear win, -1 for a clear loss, else 0."""
        return int(np.sign(self.mean)) if abs(self.mean) > CLEAR * self.error else 0

    def __str__(self) -> str:
        mark = "**" if self.verdict < 0 else ""
        return f"{mark}{100 * self.mean:+.1f} ± {100 * self.error:.1f}{mark}"


def gap(results: dict[str, Result], other: str, later: bool) -> Gap:
    """Return the paired difference, learner by learner."""
    ours, theirs = ((r.later if later else r.on_day) for r in (results[PLANNER], results[other]))
    return Gap(*_mean(ours - theirs))


def equal(results: dict[str, Result], other: str) -> bool:
    """Tell whether another policy could ask as many questions as the planner, but for rounding."""
    return bool(np.all(results[other].asked > 0.99 * results[PLANNER].asked))


def written(study: Study) -> str:
    """Return the whole report."""
    parts = (_method(study), _summary(study), _losses(study), _tables(study), _own(study))
    return "\n\n".join("\n".join(part) for part in (*parts, _reliability(study))) + "\n"


def _mean(values: np.ndarray) -> tuple[float, float]:
    spread = np.std(values, ddof=1) if values.size > 1 else 0.0
    return float(np.mean(values)), float(spread / np.sqrt(values.size))


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _head(*names: str) -> Iterator[str]:
    yield _row(names)
    yield _row(["---"] + ["---:"] * (len(names) - 1))


_METHOD = f"""# The exam-date planner under memory models that are not FSRS

Made by `python tests/studies/exam_planner.py`; edit the script, not this file.
%s

What is equal for all policies in a cell: the learners, the luck of a question on a day, the daily
cap, and the number of questions, learner by learner (every question counts as the same minutes;
nobody is asked a question twice on one day). The planner goes first and its number of questions is
what the others get. It need not use its cap.

- **planner**: `tutor.journal.planning.plan`, day by day, the exam date known.
- **{FSRS}**: new questions at a pace that ends at half time, what is due (least recall first),
  then, to use its minutes up, ahead of time; its minutes spread evenly.
- **uniform**: the question seen longest ago, the minutes spread evenly.
- **cramming**: the same order, all in the last days, at the cap. Where the planner's minutes
  nearly fill the cap on all days it is all but the same as uniform spacing; where they leave much
  of the cap free (7 days at 150, 30 at 100, 90 at 50) it is a late start.

A break is foreseen by nobody; what it costs is made up after it within the cap, or lost. Cramming
loses a third of its questions by it (see *asked*): there the minutes are not equal, and those
cells are left out of the counts of wins and losses. Before day 0 a learner has met each question's
matter {MET_BEFORE:g} time on average in {MET_DAYS:.0f} days.

The models; what is not published in them was set before any policy was compared, so that a
question seen once is known by a quarter to three quarters of the learners a day later:

%s

What was tuned, on the mean over all five models, with other seeds and 15 to 100 learners: the
order of what is due (recall lost on the exam day by waiting, with tomorrow as half a promise:
weights 0 to 1 tried, 0.8 was a point better for long plans and a point worse for short ones; least
recall first, longest overdue first and mixtures of them were better on the mean by half a point at
most, each at another model's cost); no lower bound on intervals (0.1 to 0.3 of the time left cost
5 to 7 points of the lead over cramming at 90 days); the pace of new questions (all within half of
the days left; 0.33 and 0.7 were much alike); and the correction of the forecast (which reviews
count and how strongly). That no interval is longer than what is then left was not tuned: a third
or two thirds of the time left instead of the half gave the same to a point or two. Nothing in the
planner was changed after the tables below were made.
"""


def _method(study: Study) -> Iterator[str]:
    made = (
        f"{study.learners} simulated learners x {study.items} questions in each cell, seed "
        f"{study.seed} (with the\nscenario's and the model's number), "
        f"{study.seconds / 60:.0f} minutes of one processor core."
    )
    docs = ((name, inspect.getdoc(model) or "") for name, model in MODELS.items())
    models = "\n".join(f"- **{name}**. {' '.join(text.split())}" for name, text in docs)
    yield (_METHOD % (made, models)).rstrip()


def _summary(study: Study) -> Iterator[str]:
    yield "## Wins and losses"
    yield ""
    yield "Cells are scenario x model; points are percentage points of recall, planner minus"
    yield f"other; a win or a loss is a paired difference of more than {CLEAR:g} standard errors."
    yield ""
    yield from _head("against", "when", "wins", "even", "losses", "median", "best", "worst")
    for other in OTHERS:
        for later in (False, True):
            gaps = [gap(r, other, later) for r in study.results.values() if equal(r, other)]
            verdicts = [g.verdict for g in gaps]
            means = [100 * g.mean for g in gaps]
            when = "30 days later" if later else "exam day"
            counts = [verdicts.count(v) for v in (1, 0, -1)]
            spread = [f"{v:+.1f}" for v in (np.median(means), max(means), min(means))]
            yield _row([other, when, *counts, *spread])
    yield ""
    yield "The mean by model (points, exam day / 30 days later); a mean over models would be led"
    yield "by the one with the steepest forgetting."
    yield ""
    yield from _head("against", *MODELS)
    for other in OTHERS:
        cells = []
        for model in MODELS:
            found = [
                results
                for (_, there), results in study.results.items()
                if there == model and equal(results, other)
            ]
            means = [
                np.mean([gap(r, other, later).mean for r in found]) for later in (False, True)
            ]
            cells.append(" / ".join(f"{100 * mean:+.1f}" for mean in means))
        yield _row([other, *cells])


def _losses(study: Study) -> Iterator[str]:
    yield "## Where the planner loses"
    yield ""
    lost = [
        (g.mean, title, model, other, later, g)
        for (title, model), results in study.results.items()
        for other in OTHERS
        for later in (False, True)
        if (g := gap(results, other, later)).verdict < 0
    ]
    if not lost:
        yield "Nowhere by more than two standard errors."
        return
    large = sum(entry[0] < -0.01 for entry in lost)
    yield f"{large} of these {len(lost)} differences are of more than one point.\n"
    yield from _head("scenario", "model", "to", "when", "points")
    for _, title, model, other, later, g in sorted(lost, key=lambda entry: entry[0]):
        yield _row([title, model, other, "30 days later" if later else "exam day", g])


def _tables(study: Study) -> Iterator[str]:
    yield "## Every cell"
    yield ""
    yield "Recall of the planner in percent ± standard error over learners; then planner minus"
    yield "other in points ± standard error of the paired difference, losses in bold; *asked* is"
    yield "questions a learner (planner; cramming where a break left it fewer), *unseen* what was"
    yield "never asked."
    for title in dict.fromkeys(title for title, _ in study.results):
        yield f"\n### {title}\n"
        yield from _head(
            *("model", "when", PLANNER, *(f"- {o}" for o in OTHERS), "asked", "unseen")
        )
        for (there, model), results in study.results.items():
            if there != title:
                continue
            ours = results[PLANNER]
            asked = [f"{results[o].asked.mean():.0f}" for o in (PLANNER, CRAMMING)]
            asked = asked[:1] if asked[0] == asked[1] else asked
            for later in (False, True):
                mean, error = _mean(100 * (ours.later if later else ours.on_day))
                gaps = [gap(results, other, later) for other in OTHERS]
                tail = ["", ""] if later else ["; ".join(asked), f"{ours.unseen.mean():.1f}"]
                when = "+30 days" if later else "exam day"
                yield _row([model, when, f"{mean:.1f} ± {error:.1f}", *gaps, *tail])


def _own(study: Study) -> Iterator[str]:
    yield "## FSRS left to its own minutes"
    yield ""
    yield "Plain FSRS asks only what is due and new, within the same cap: minutes are *not* equal."
    yield "Means over the models: questions a learner, and recall in percent."
    yield ""
    yield from _head(
        *(
            "scenario",
            "asked: planner",
            "FSRS",
            "exam day: planner",
            "FSRS",
            "+30: planner",
            "FSRS",
        )
    )
    for title in dict.fromkeys(title for title, _ in study.results):
        cells = [results for (there, _), results in study.results.items() if there == title]
        numbers = [
            f"{factor * np.mean([getattr(c[arm], name).mean() for c in cells]):.{digits}f}"
            for name, factor, digits in (("asked", 1, 0), ("on_day", 100, 1), ("later", 100, 1))
            for arm in (PLANNER, FSRS_OWN)
        ]
        yield _row([title, *numbers])


def _reliability(study: Study) -> Iterator[str]:
    yield "## Is the forecast honest?"
    yield ""
    yield "Forecast of single questions for the exam day, against the simulated chance on that"
    yield "day: *plain* is FSRS with its general parameters run ahead under the plan, *corrected*"
    yield "is moved by the learner's own reviews so far (`forecast.correction`)."
    for eve in (False, True):
        yield f"\n### Made {'on the eve' if eve else 'at half time'}\n"
        yield "Mean over questions; error is the mean distance of a bin from what came.\n"
        yield from _head(
            *("model", "plain", "corrected", "came", "error: plain", "error: corrected")
        )
        for model in MODELS:
            if (model, eve) not in study.foreseen:
                continue
            plain, bent, came = _pooled(study, model, eve)
            means = [f"{100 * x.mean():.1f}" for x in (plain, bent, came)]
            yield _row([model, *means, *(f"{_error(x, came):.1f}" for x in (plain, bent))])
        yield "\nThe curve: each bin of the corrected forecast, what came, and its share.\n"
        yield from _head("forecast", *MODELS)
        for low, high in pairwise(BINS):
            cells = []
            for model in MODELS:
                if (model, eve) not in study.foreseen:
                    cells.append("-")
                    continue
                _, bent, came = _pooled(study, model, eve)
                inside = _bin(bent) == BINS.index(low)
                share = 100 * inside.mean()
                if inside.any():
                    means = [f"{100 * x[inside].mean():.0f}" for x in (bent, came)]
                    cells.append(f"{means[0]} -> {means[1]} ({share:.0f} %)")
                else:
                    cells.append("-")
            yield _row([f"{100 * low:.0f}-{100 * high:.0f} %", *cells])


def _pooled(study: Study, model: str, eve: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = study.foreseen[model, eve]
    plain, bent, came = (
        np.concatenate([np.ravel(getattr(one, name)) for one in found])
        for name in ("plain", "corrected", "came")
    )
    return plain, bent, came


def _bin(chances: np.ndarray) -> np.ndarray:
    return np.clip(np.searchsorted(BINS, chances, side="right") - 1, 0, len(BINS) - 2)


def _error(forecast: np.ndarray, came: np.ndarray) -> float:
    """Return the expected calibration error over the bins, in points."""
    bins = _bin(forecast)
    total = 0.0
    for number in range(len(BINS) - 1):
        inside = bins == number
        if inside.any():
            total += inside.mean() * abs(forecast[inside].mean() - came[inside].mean())
    return 100 * total
