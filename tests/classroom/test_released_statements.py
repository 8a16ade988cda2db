"""What a learner exports of work on assignments: statements with one set of ids in each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from commands import tutor
from handing import right_answers
from handouts import ADA, HandOut, hand_out, some_ids

from tutor.classroom.learner.assigned import Assigned
from tutor.classroom.learner.identity import Who
from tutor.classroom.learner.keeping import keep_assignment
from tutor.classroom.learner.released import mark_work, open_keys
from tutor.classroom.learner.sitting import Practice, Sitting
from tutor.course.loader import CourseFolder
from tutor.journal.store import Journal
from tutor.session.views import QuestionView

sys.path.append(str(Path(__file__).parents[1] / "exchange"))

from consumers import xapi_warnings

#: Kinds whose answers are ids, and one whose stem has drawn numbers.
KINDS = ("single", "multi", "ordering", "matching")


def answered(out: HandOut, journal: Journal) -> Assigned:
    """All of it answered rightly."""
    keep_assignment(out.assignment, journal)
    one = Assigned(out.assignment, journal)
    one.sit_as(Who(ADA))
    work = one.begin()
    answers = right_answers(out.assignment, out.in_full, ADA)
    for _ in answers:
        view = work.view
        assert isinstance(work, Sitting | Practice)
        assert isinstance(view, QuestionView)
        work.answer(answers[view.question.id])
        work.forward()
    return one


def exported(file: Path) -> list[dict[str, Any]]:
    done = tutor("export", "xapi", file)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


def named(statement: dict[str, Any]) -> set[str]:
    """The ids that the activity of a statement lists."""
    definition = statement["object"]["definition"]
    return {
        one["id"] for part in ("choices", "source", "target") for one in definition.get(part, ())
    }


def test_released_work_names_parts_and_keys_as_its_answers_do(
    files: CourseFolder, learner: Journal, tmp_path: Path
) -> None:
    drawn = next(
        question.id
        for phase in ("threshold", "rising", "peak", "rest")
        for question in files.phase(phase).questions
        if question.draws and "{" in question.stem and not question.hides_set_up
    )
    ids = [*some_ids(files), drawn]
    kinds = {q.id: q.kind for phase in files.phase_ids for q in files.phase(phase).questions}
    graded = hand_out(files, ids=ids)
    practice = hand_out(files, feedback="at-once", ids=ids[:2], number=2)
    one = answered(graded, learner)
    answered(practice, learner)
    file = tmp_path / "s.json"
    assert len(exported(file)) == 2  # Before the release nothing is marked.
    mark_work(one, open_keys(one, graded.released(tmp_path)))
    found = exported(file)
    assert len(found) == len(set(ids)) + 2
    for statement in found:
        question = statement["object"]["id"].rpartition(":")[2]
        result, definition = statement["result"], statement["object"]["definition"]
        assert result["success"] is True
        assert "{" not in definition["description"]["en"]
        assert "..." not in definition["description"]["en"]
        if kinds[question] in KINDS:
            said = {part for pair in result["response"].split("[,]") for part in pair.split("[.]")}
            assert said <= named(statement), question
            (pattern,) = definition["correctResponsesPattern"]
            assert sorted(pattern.split("[,]")) == sorted(result["response"].split("[,]"))
    (told,) = (s for s in found if s["object"]["id"].endswith(f":{drawn}"))
    assert any(figure.isdigit() for figure in told["object"]["definition"]["description"]["en"])
    assert xapi_warnings(file) == [[]] * len(found)
