"""What has not changed is not run again; what is kept is never trusted when it is damaged."""

import json
import shutil

import pytest
from course_files import SPARK, good_files, replaced, write_course
from quiet_course import QUIET

from tutor.authoring.check import check_course, kept

WRONG = ("- peak_mv > 0\n", "- peak_mv > 99\n")
PARTS = 4  # course.yaml, the step, two questions


@pytest.fixture
def course(tmp_path):
    return write_course(tmp_path / "course")


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def check(course, cache, *changes, **options):
    write_course(course, {SPARK: replaced(QUIET, *changes)})
    return check_course(course, cache=cache, **options)


def test_a_second_check_runs_nothing_and_says_the_same(course, cache):
    first = check(course, cache, WRONG)
    again = check(course, cache, WRONG)
    assert (first.reused, again.reused) == (0, PARTS)
    assert again.errors == first.errors != ()


def test_without_a_cache_everything_is_run_and_nothing_kept(course, cache):
    assert check(course, None).reused == check(course, None).reused == 0
    assert not cache.exists()


def test_only_what_has_changed_is_run_again(course, cache):
    check(course, cache)
    report = check(course, cache, WRONG)
    assert report.reused == PARTS - 1
    assert len(report.errors) == 1
    assert check(course, cache).errors == ()


def test_a_question_that_moves_is_not_run_but_its_error_moves_along(course, cache):
    (before,) = check(course, cache, WRONG).errors
    report = check(course, cache, WRONG, ("id: spark\nobj", "id: spark\n# A word.\n\nobj"))
    (after,) = report.errors
    assert report.reused == PARTS
    assert after.place.line == before.place.line + 2


def test_another_spine_runs_everything_again(course, cache):
    check(course, cache)
    frame = good_files()["course.yaml"]
    text = replaced(frame, ("times_threshold: 1.4", "times_threshold: 1.5"))
    (course / "course.yaml").write_text(text)
    assert check_course(course, cache=cache).reused == 0


def test_another_version_of_the_program_runs_everything_again(course, cache, monkeypatch):
    check(course, cache)
    monkeypatch.setattr(kept, "source_hash", lambda: "another")
    assert check(course, cache).reused == 0


def test_the_program_is_known_by_what_decides_on_an_outcome(monkeypatch, tmp_path):
    root = kept._ROOT
    for name in kept._SOURCES:
        shutil.copytree(root / name, tmp_path / name)
    monkeypatch.setattr(kept, "_ROOT", tmp_path)
    hashes = set()
    for name in ("simulator/patch.py", "tutor/grading/choice.py", "tutor/course/draws.py"):
        kept.source_hash.cache_clear()
        hashes.add(kept.source_hash())
        with (tmp_path / name).open("a") as file:
            file.write("# changed\n")
    kept.source_hash.cache_clear()
    hashes.add(kept.source_hash())
    kept.source_hash.cache_clear()
    assert len(hashes) == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"outcomes"', '"results"'),
        lambda text: json.dumps({"source": json.loads(text)["source"], "outcomes": {"a": 1}}),
        lambda text: "\ud800",
    ],
)
def test_a_damaged_file_is_as_good_as_none(course, cache, spoil):
    first = check(course, cache, WRONG)
    (path,) = cache.iterdir()
    path.write_bytes(spoil(path.read_text()).encode("utf-8", "surrogatepass"))
    again = check(course, cache, WRONG)
    assert again.reused == 0
    assert again.errors == first.errors
    assert check(course, cache, WRONG).reused == PARTS


def test_a_cache_that_cannot_be_written_costs_only_time(course, cache):
    cache.write_text("a file where the folder should be")
    assert check(course, cache, WRONG).errors == check(course, cache, WRONG).errors != ()


def test_two_courses_keep_their_outcomes_apart(tmp_path, cache):
    one, other = write_course(tmp_path / "one"), write_course(tmp_path / "other")
    check(one, cache)
    assert check(other, cache, WRONG).reused == 0
    assert check(one, cache).errors == ()


def test_a_check_of_one_file_keeps_the_outcomes_of_the_others(course, cache):
    check(course, cache)
    check(course, cache, WRONG, only=SPARK)
    assert check(course, cache, WRONG).reused == PARTS


def test_what_is_no_longer_in_the_course_is_forgotten(course, cache):
    check(course, cache)
    (path,) = cache.iterdir()
    size = path.stat().st_size
    for depth in range(90, 99):
        check(course, cache, ("- peak_mv > 0\n", f"- peak_mv > -{depth}\n"))
    assert path.stat().st_size < 1.5 * size


def test_what_was_run_before_an_interruption_is_kept(course, cache):
    def interrupted(done, count):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(course, cache, progress=interrupted)
    assert check(course, cache).reused == 2
