"""The sample class: what is planted in it is found again, by way of real files and registers."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr
from sqlalchemy import Connection, select

from tutor.classroom.collection.collecting import Collected, collect
from tutor.classroom.demo.demo import QUESTIONS, CannotMake, Demo, make_demo
from tutor.classroom.demo.handing import BAD, CORRUPT, FOREIGN, MISSING, TAMPERED, TRUNCATED
from tutor.classroom.keys import tutor_key
from tutor.classroom.register import tables
from tutor.classroom.register.naming import find_assignment
from tutor.classroom.register.place import FILE_NAME
from tutor.classroom.register.register import open_register
from tutor.classroom.report.statistics import statistics_of
from tutor.course.loader import CourseFolder
from tutor.grading.confidence import calibration
from tutor.words import classroom as words

LEARNERS, FEW = 120, 20


class Class:
    """A sample class that was collected."""

    def __init__(self, demo: Demo, collected: Collected, connection: Connection) -> None:
        self.demo, self.collected, self.connection = demo, collected, connection
        self.truth = truth_of(demo)

    def rows(self, *columns: Any) -> list[Any]:
        """Columns of the attempts with their questions and learners."""
        return list(
            self.connection.execute(
                select(*columns)
                .select_from(tables.attempts)
                .join(tables.questions, tables.questions.c.key == tables.attempts.c.question)
                .join(tables.learners, tables.learners.c.key == tables.attempts.c.learner)
            )
        )

    def marks(self) -> tuple[list[str], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Questions in their order, marks of each learner in each, and full marks."""
        number, learner = tables.questions.c.number, tables.attempts.c.learner
        full = {
            row.number: row
            for row in self.rows(number, tables.questions.c.id, tables.questions.c.max_marks)
        }
        rows = self.rows(number, learner, tables.attempts.c.marks)
        places = {one: place for place, one in enumerate(sorted({row.learner for row in rows}))}
        marks = np.full((len(places), len(full)), np.nan)
        for row in rows:
            marks[places[row.learner], row.number - 1] = row.marks
        ordered = [full[one] for one in sorted(full)]
        return [one.id for one in ordered], marks, np.array([one.max_marks for one in ordered])


def truth_of(demo: Demo) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((demo.folder / "truth.json").read_text("utf-8"))
    return found


@contextmanager
def collected(demo: Demo) -> Iterator[Class]:
    key = tutor_key(demo.folder)
    assert key is not None
    with open_register(demo.folder / FILE_NAME) as register:
        found = collect(register, [demo.folder / "submissions"], [key])
        with register.reading() as connection:
            yield Class(demo, found, connection)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    folder = tmp_path_factory.mktemp("demo") / "sample"
    with collected(make_demo(CourseFolder(), folder, LEARNERS)) as one:
        yield one


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A small class of another seed."""
    folder = tmp_path_factory.mktemp("demo") / "other"
    return make_demo(CourseFolder(), folder, FEW, seed=2)


def test_all_is_taken_in_but_four_bad_files_each_for_its_own_reason(sample: Class) -> None:
    (result,) = sample.collected.results
    assert result.found == sample.demo.files - len(BAD)
    assert (result.late, result.replaced) == (sample.demo.late, sample.demo.twice)
    assert result.notes == ()
    fates = {one["id"]: one["fate"] for one in sample.truth["learners"]}
    reasons = {fates[Path(one.file).stem]: one.reason for one in sample.collected.set_aside}
    assert reasons == {
        CORRUPT: words.NOT_JSON,
        TRUNCATED: words.NOT_JSON,
        TAMPERED: words.SEAL_BROKEN,
        FOREIGN: words.OTHER_KEY,
    }
    handed = {row.id for row in sample.rows(tables.learners.c.id)}
    assert handed == {one for one, fate in fates.items() if fate not in (*BAD, MISSING)}


def test_it_asks_questions_of_every_kind(sample: Class) -> None:
    kinds = {row.kind for row in sample.rows(tables.questions.c.kind)}
    assert len(kinds) == 10
    assert len(sample.marks()[0]) == QUESTIONS


def test_every_answer_that_was_given_can_be_read(sample: Class) -> None:
    feedback = sample.rows(tables.attempts.c.answer)
    open_ones = sum(row.answer is None for row in feedback)
    assert 0 < open_ones < 0.04 * len(feedback)


def test_item_statistics_agree_with_numpy(sample: Class) -> None:
    _, marks, full = sample.marks()
    assert not np.isnan(marks).any()
    key = find_assignment(sample.connection, "sample")
    (found,) = statistics_of(sample.connection, key)
    total = marks.sum(axis=1)
    covariances = np.cov(np.column_stack([marks, total]), rowvar=False, ddof=1)
    with_total = np.sqrt(covariances[:-1, -1])  # None is negative in this class.
    spread = np.diag(covariances)[:-1].sum() / covariances[-1, -1]
    assert found.alpha == pytest.approx(QUESTIONS / (QUESTIONS - 1) * (1 - spread), abs=1e-9)
    for place, item in enumerate(found.items):
        own = marks[:, place]
        rest = total - own
        both = np.cov(own, rest, ddof=1)[0, 1]
        most = np.cov(np.sort(own), np.sort(rest), ddof=1)[0, 1]
        assert item.n == len(marks)
        assert item.facility == pytest.approx(own.mean() / full[place], abs=1e-9)
        assert item.discrimination == pytest.approx(100 * np.corrcoef(own, rest)[0, 1], abs=1e-9)
        assert item.efficiency == pytest.approx(100 * both / most, abs=1e-9)
        assert item.weight == pytest.approx(100 * with_total[place] / with_total.sum(), abs=1e-9)


def test_the_known_order_of_difficulty_is_found_again(sample: Class) -> None:
    ids, _, _ = sample.marks()
    (found,) = statistics_of(sample.connection, find_assignment(sample.connection, "sample"))
    known = {one["id"]: one["facility"] for one in sample.truth["questions"]}
    facilities = [item.facility for item in found.items]
    # Facilities spread by 0.2 and are known to 0.045 at the most (the root of 1/4n): a
    # correlation of 0.97 is expected, and of 40 questions one below 0.93 is not.
    assert spearmanr(facilities, [known[one] for one in ids])[0] > 0.93


def test_planted_misconceptions_are_shown_by_the_most_learners_and_by_their_share(
    sample: Class,
) -> None:
    shown: dict[str, set[str]] = {}
    for row in sample.connection.execute(
        select(tables.shown.c.misconception, tables.attempts.c.learner).join(
            tables.attempts, tables.attempts.c.key == tables.shown.c.attempt
        )
    ):
        shown.setdefault(row.misconception, set()).add(row.learner)
    planted = {one["id"]: one["held"] for one in sample.truth["misconceptions"]}
    assert len(planted) == 4
    most = sorted(shown, key=lambda one: len(shown[one]), reverse=True)[:4]
    assert set(most) == set(planted)
    count = len(sample.marks()[1])
    for misconception, held in planted.items():
        error = (held * (1 - held) / count) ** 0.5
        assert len(shown[misconception]) / count == pytest.approx(held, abs=2.6 * error)


def test_who_can_do_more_gets_more_marks(sample: Class) -> None:
    able = {one["id"]: one["ability"] for one in sample.truth["learners"]}
    marks: dict[str, float] = {}
    for row in sample.rows(tables.learners.c.id, tables.attempts.c.marks):
        marks[row.id] = marks.get(row.id, 0.0) + row.marks
    # Half of what tells learners apart is what they hold, which has nothing to do with ability.
    assert np.corrcoef([able[one] for one in marks], [*marks.values()])[0, 1] > 0.5


def test_who_holds_a_misconception_is_sure_of_it(sample: Class) -> None:
    shares = (tables.attempts.c.marks / tables.questions.c.max_marks).label("share")
    rows = sample.rows(tables.attempts.c.certainty, shares)
    guess, fairly, sure = calibration(
        (row.certainty, row.share) for row in rows if row.certainty is not None
    )
    assert sure.reading == "too sure"
    assert guess.share_right is not None
    assert fairly.share_right is not None
    assert guess.share_right < fairly.share_right


def test_the_same_seed_makes_a_class_that_knows_the_same(other: Demo, tmp_path: Path) -> None:
    again = make_demo(CourseFolder(), tmp_path / "again", FEW, seed=2)
    assert truth_of(again) == truth_of(other)
    same = []
    for demo in (other, again):
        with collected(demo) as one:
            fields = (tables.learners.c.id, tables.questions.c.id.label("question"))
            marks = (*fields, tables.attempts.c.marks, tables.attempts.c.variant)
            # Where numbers are drawn, a wrong one may happen to be worth a part of the marks.
            same.append({tuple(row) for row in one.rows(*marks) if not row.variant})
    assert len(same[0]) > 10 * FEW
    assert same[0] == same[1]


def test_another_seed_makes_another_class(sample: Class, other: Demo) -> None:
    found = truth_of(other)
    assert found["learners"][0]["ability"] != sample.truth["learners"][0]["ability"]


def test_it_is_put_into_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(CannotMake, match="not empty"):
        make_demo(CourseFolder(), tmp_path, 20)
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["thesis.txt"]
