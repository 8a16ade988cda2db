"""On several cores the check finds the same, in the same order."""

import os

import pytest
from course_files import course_text, replaced, write_course
from quiet_course import QUIET

from tutor.authoring.check import check_course, cores, parts
from tutor.authoring.check.parts import check_part, parts_of
from tutor.course.loader import CourseFolder

NAMES = ("spark", "glow", "flash", "gleam")


@pytest.fixture
def course(tmp_path):
    files = {}
    for i, name in enumerate(NAMES):
        text = replaced(QUIET, ("- peak_mv > 0\n", f"- peak_mv > {90 + i}\n"))
        files[f"phases/{name}.yaml"] = text.replace("spark", name)
    return write_course(tmp_path, {"course.yaml": course_text(*NAMES), **files})


def test_two_processes_find_what_one_does_in_file_order(course):
    seen = []
    alone = check_course(course, processes=1)
    spread = check_course(course, processes=2, progress=lambda *done: seen.append(done))
    assert spread == alone
    assert [error.file for error in spread.errors] == [f"phases/{name}.yaml" for name in NAMES]
    count = 1 + 3 * len(NAMES)
    assert seen == [(done, count) for done in range(1, count + 1)]


def test_a_process_that_dies_leaves_nothing_unchecked(course, monkeypatch):
    files = CourseFolder(course)
    phases = {name: files.phase(name) for name in NAMES}
    todo = [*parts_of(files.course, phases, files.misconceptions)]
    outcomes = {}

    def dying(left, processes, done, progress):
        i = next(iter(left))
        done(i, check_part(left.pop(i)))
        raise cores.BrokenProcessPool

    monkeypatch.setattr(cores, "_spread", dying)
    cores.check_parts(todo, outcomes.__setitem__, lambda done, count: None, 2)
    assert [*sorted(outcomes)] == [*range(len(todo))]
    assert outcomes == dict(enumerate(map(check_part, todo)))


def test_parts_on_cables_begin_first():
    from every_kind import KINDS

    assert KINDS
    weights = []
    for preparation in ("textbook", "axon"):
        scenario = parts.Scenario(preparation=preparation)
        demonstration = parts.Demonstration(scenario=scenario, caption="A run.")
        weights.append(cores._weight(parts.Part("f", (), demonstration, scenario)))
    assert weights[0] < weights[1]


def test_a_fault_of_the_check_itself_is_told_and_not_kept(tmp_path, monkeypatch):
    write_course(tmp_path / "course", {"phases/spark.yaml": QUIET})

    def broken(*_):
        raise RuntimeError("no more wheels")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(parts, "demonstration_problems", broken)
        report = check_course(tmp_path / "course", cache=tmp_path / "cache")
    (error,) = report.errors
    assert error.message.startswith("a fault in the check itself (RuntimeError: no more wheels;")
    again = check_course(tmp_path / "course", cache=tmp_path / "cache")
    assert (again.errors, again.reused) == ((), 3)
    assert os.cpu_count()
