"""A learner's attempts as statements."""

import json
import re
from pathlib import Path
from typing import Any

from consumers import xapi_warnings
from course_files import write_course
from every_kind import kinds_course, posed
from learners import answer
from test_export_command import export

from tutor.exchange.xapi import as_json, statement_id, statements
from tutor.grading.marking import model_answer
from tutor.journal.kinds import ATTEMPT, UNDO
from tutor.journal.store import Journal, default_path

KINDS = (
    *("single", "multi", "ordering", "matching", "numeric", "calculation", "text", "point"),
    *("interval", "experiment"),
)


def exported(course: Path, file: Path, *options: str) -> list[dict[str, Any]]:
    done = export("--course", course, "export", "xapi", *options, file)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


def test_the_validator_accepts_attempts_at_every_kind_of_question(tmp_path: Path) -> None:
    course = tmp_path / "course"
    kinds_course(course)
    for kind in KINDS:
        answer(course, f"kinds.{kind}", model_answer(posed(course, kind, seed=7)), certainty=3)
    answer(course, "kinds.single", ["b"])
    file = tmp_path / "s.json"
    found = exported(course, file, "--mail", "learner@example.org")
    assert len(found) == 11
    assert {one["object"]["id"].rpartition(":")[2] for one in found} == {
        f"kinds.{kind}" for kind in KINDS
    }
    for one in found[:-1]:
        assert one["result"]["score"]["scaled"] == 1, one
        assert one["result"]["success"] is True
        assert re.fullmatch(r"PT\d+S", one["result"]["duration"])
        assert one["result"]["extensions"]["urn:x-action-potential-tutor:certainty"] == 3
        assert one["actor"]["mbox"] == "mailto:learner@example.org"
        assert one["timestamp"].endswith("Z")
    wrong = found[-1]["result"]
    assert (wrong["score"]["scaled"], wrong["success"]) == (0, False)
    assert wrong["extensions"]["urn:x-action-potential-tutor:misconceptions"] == ["M2"]
    assert xapi_warnings(file) == [[]] * 11


def test_a_statement_keeps_its_id_and_one_taken_back_is_gone(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    answer(course, "spark.q1", ["a"])
    (first,) = exported(course, tmp_path / "s.json")
    answer(course, "spark.q1", ["b"])
    again, second = exported(course, tmp_path / "s.json")
    assert again == first
    with Journal.open(default_path()) as journal:
        ids = [event.id for event in journal.events(kind=ATTEMPT)]
        assert [first["id"], second["id"]] == ids
        journal.append(UNDO, question_id="spark.q1", data={"of": ids[0]})
    assert exported(course, tmp_path / "s.json") == [second]


def test_events_of_other_versions_give_statements_that_are_accepted(tmp_path: Path) -> None:
    journal = Journal.in_memory()
    for data in (
        {"marks": 5, "max_marks": 1, "seconds": -4, "certainty": 1.5},
        {"marks": True, "max_marks": "9", "misconceptions": [1], "phase": "a b/ü<>\x1b"},
        {"marks": 10**400, "max_marks": 10**400, "seconds": 1e9},
        {"marks": 1, "max_marks": 3, "seconds": 2.5},
    ):
        journal.append(ATTEMPT, question_id="gone \x1b[31m.q1", answer={"a": [1]}, data=data)
    journal.append(ATTEMPT, answer="of no question")
    found: list[dict[str, Any]] = statements(journal, "tiny", {})
    assert len(found) == 4
    assert [one["result"].get("score", {}).get("raw") for one in found] == [None, None, None, 1]
    assert found[3]["result"]["duration"] == "PT2.5S"
    assert "score" not in found[0]["result"]
    assert re.fullmatch(
        r"[\x21-\x7e]+", found[1]["context"]["contextActivities"]["parent"][0]["id"]
    )
    file = tmp_path / "s.json"
    file.write_bytes(as_json(found))
    assert xapi_warnings(file) == [[]] * 4


def test_ids_that_are_no_uuid_become_one_that_stays() -> None:
    assert statement_id("not a uuid") == statement_id("not a uuid") != statement_id("other")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", statement_id("\x1b"))


def test_nothing_answered_is_one_sentence_and_no_file(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    done = export("--course", write_course(tmp_path / "course"), "export", "xapi", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no question has been answered" in done.stderr
    assert not file.exists()
