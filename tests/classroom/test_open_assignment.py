"""Opening an assignment: what is found, what is kept, and what is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handouts import ADA, hand_out

from tutor.classroom.assignment import Assignment
from tutor.classroom.files import FileProblem
from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.finding import MOST_FILES, listed, open_file
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment, kept, kept_folder
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal

# Finding.


def test_files_are_found_by_what_is_in_them_the_newest_first(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    here, downloads = tmp_path / "here", tmp_path / "downloads"
    hand_out(files, number=1, title="One").written(here, "mail (3).bin")
    hand_out(files, feedback="at-once", number=2, title="Two").written(downloads, "x.json")
    (here / "not.assignment").write_text("nothing of ours")
    os.mkfifo(here / "pipe.assignment")
    entries, bad = listed(learner, [here, downloads, tmp_path / "missing"])
    assert sorted(one.assigned.title for one in entries) == ["One", "Two"]
    assert not bad


def test_a_folder_full_of_other_files_does_not_hide_the_newest(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    for number in range(MOST_FILES + 20):
        (tmp_path / f"{number}.txt").write_text("other")
        os.utime(tmp_path / f"{number}.txt", (1, 1))
    hand_out(files).written(tmp_path)
    assert len(listed(learner, [tmp_path])[0]) == 1


def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    path = hand_out(files).written(tmp_path)
    path.write_bytes(path.read_bytes()[:4000])
    entries, (bad,) = listed(learner, [tmp_path])
    assert not entries
    assert bad.path == path
    assert "damaged" in bad.problem


def test_what_was_opened_is_kept_when_its_file_is_gone(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    path = hand_out(files).written(tmp_path / "stick")
    assignment = open_file(path)
    assert isinstance(assignment, Assignment)
    keep_assignment(assignment, learner)
    path.unlink()
    (entry,), _ = listed(learner, [tmp_path / "stick"])
    assert entry.assigned.assignment == assignment
    assert entry.path.parent == kept_folder()


def test_a_changed_file_is_taken_only_as_long_as_nothing_was_begun(
    files: CourseFolder, learner: Journal
) -> None:
    first = hand_out(files).assignment
    changed = hand_out(files, title="Rest, week 4").assignment
    assert keep_assignment(first, learner) == (first, "")
    found, note = keep_assignment(changed, learner)
    assert found == changed
    assert "taken the place" in note
    one = Assigned(changed, learner)
    one.sit_as(Who(ADA))
    one.begin()
    found, note = keep_assignment(first, learner)
    assert found == changed == kept(first.id)
    assert "stays" in note


# Hostile files.


def _changed(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    return path


def _question(content: dict[str, Any]) -> dict[str, Any]:
    return content["excerpt"]["phases"][0]["questions"][0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: c.update(id="../../escape"), "id: this is none"),
        (lambda c: c.update(salt="zz"), "salt"),
        (lambda c: c.update(variant_key="00" * 65), "variant_key"),
        (lambda c: c.update(due_at="9999-12-31T23:59:59Z"), "years"),
        (lambda c: c.update(tutor_keys=[]), "keys of tutors"),
        (lambda c: c.update(tutor_keys=["AAAA"]), "no public key"),
        (lambda c: c.update(tutor_keys=["A" * 43 + "="]), "no public key"),
        (lambda c: c["policy"].update(minutes=1e9), "time limit"),
        (lambda c: c.update(sections=[["A", 1]]), "sections"),
        (lambda c: c["excerpt"]["ids"].append("rest.q999"), "order"),
        (lambda c: c["excerpt"]["ids"].append(c["excerpt"]["ids"][0]), "order"),
        (lambda c: c["excerpt"]["marks"].clear(), "marks"),
        (lambda c: c["excerpt"]["course"]["modules"].clear(), "phases"),
        (lambda c: c["excerpt"].update(surprise=1), "surprise"),
        (lambda c: _question(c).update(stem="How much is {import os}?"), "rest."),
        (lambda c: _question(c)["scenario"].update(duration_ms=1e12), "rest."),
        (lambda c: _question(c)["scenario"].update(preparation="bomb"), "bomb"),
        (lambda c: _question(c).update(sets={"duration_ms": "1e12"}), "rest."),
        (
            lambda c: _question(c).update(draws={"x": {"low": 0, "high": 1e15, "step": 1e-9}}),
            "values",
        ),
        (lambda c: _question(c)["options"][0].update(id=_question(c)["options"][1]["id"]), "id"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    files: CourseFolder, tmp_path: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    ids = [q.id for q in files.phase("rest").questions if q.kind == "single"][:2]
    path = _changed(hand_out(files, ids=ids).written(tmp_path), change)
    with pytest.raises(FileProblem, match=says) as refused:
        open_file(path)
    assert "\n" not in str(refused.value)
    assert not kept_folder().exists()
