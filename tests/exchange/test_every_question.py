"""Every question of the course, as lists of other programs hold it and give it back."""

import re
from pathlib import Path
from typing import Any

import pytest
from consumers import gift_parsed
from lists import FORMATS, read_back, sheets_of, taken_in, written
from moodle_rules import imported

from tutor.course import questions as q
from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.prose import blocks
from tutor.exchange.listed import KINDS, Format
from tutor.exchange.rendering import seed_of
from tutor.exchange.sheets import Sheet, held, left_out
from tutor.grading.marking import full_marks
from tutor.session.bank import Bank


@pytest.fixture(scope="module")
def course() -> tuple[CourseFolder, list[Sheet]]:
    files = CourseFolder()
    return files, sheets_of(files)


def test_every_question_comes_back_from_every_list_as_it_went_out(
    course: tuple[CourseFolder, list[Sheet]], tmp_path: Path
) -> None:
    files, sheets = course
    # Each is run once for all formats.
    posed = {
        banked.id: Posed(banked.question, seed_of(files.course.id, banked.id))
        for banked in Bank(files)
    }
    for form in FORMATS:
        file = written(form, sheets, tmp_path / f"list.{form}")
        reading = read_back(form, file)
        assert not reading.left
        assert len(reading.questions) == len(sheets)
        for one, (listed, notes) in zip(sheets, reading.questions, strict=True):
            assert listed == held(one.listed, form)
            assert not notes
        _same_content(form, files, posed, taken_in(form, file, tmp_path / form))
    bank = Bank(files)
    missing = [name for names in left_out(bank).values() for name in names]
    assert len(sheets) + len(missing) == len(bank.by_id) == 289
    assert {bank.by_id[name].question.kind for name in missing}.isdisjoint(KINDS)
    _moodle_takes(tmp_path / "list.moodle", sheets)
    # Last, as the test ends here where it is not to be had.
    _gift_pegjs_parses(tmp_path / "list.gift", sheets)


def _moodle_takes(file: Path, sheets: list[Sheet]) -> None:
    kinds = [one.listed.kind for one in sheets]
    found, types = imported(file)
    assert [*found] == [one.listed.id for one in sheets]
    assert types["multichoice"] == kinds.count("single") + kinds.count("multi")
    assert types["essay"] == kinds.count("text")


def _gift_pegjs_parses(file: Path, sheets: list[Sheet]) -> None:
    parsed = [one for one in gift_parsed(file) if one["type"] != "Category"]
    assert [one["id"] for one in parsed] == [one.listed.id for one in sheets]
    types = {"single": "MC", "multi": "MC", "numeric": "Numerical", "text": "Essay"}
    for one, out in zip(parsed, sheets, strict=True):
        assert one["type"] == types.get(out.listed.kind, "Matching")
        assert [*out.listed.tags] == one["tags"]
        assert one["stem"]["format"] == "html"
        if one["type"] == "MC":
            right = [
                choice["isCorrect"] or (choice["weight"] or 0) > 0 for choice in one["choices"]
            ]
            assert right == [part.share > 0 for part in out.listed.parts]


def _same_content(
    form: Format,
    files: CourseFolder,
    every: dict[str, Posed[q.Question]],
    taken: dict[str, dict[str, Any]],
) -> None:
    """The content file says of each question what the course says, as far as the list can."""
    for banked in Bank(files):
        question = banked.question
        if question.kind not in KINDS:
            assert question.id not in taken
            continue
        found = taken[question.id]
        posed = every[question.id]
        assert found["kind"] == question.kind
        assert tuple(found["objectives"]) == question.objectives
        assert (found["difficulty"], found["track"]) == (question.difficulty, question.track)
        assert tuple(found.get("boards", ())) == question.boards
        assert _prose(found["stem"]) == _prose(posed.stem)
        for field in ("setup", "source", *(() if form == "gift" else ("hint",))):
            assert found[field].split() == getattr(question, field).split()
        explanation = posed.says(question.explanation, others={"spine": files.spine})
        assert _prose(found["explanation"]) == _prose(explanation)
        assert "scenario" not in found
        _same_parts(form, posed, found)


def _same_parts(form: Format, posed: Posed[q.Question], found: dict[str, Any]) -> None:
    match posed.question:
        case q.ChoiceQuestion(options=options, fixed_order=fixed):
            assert found.get("fixed_order", False) == (fixed and form != "gift")
            for out, back in zip(options, found["options"], strict=True):
                assert back["text"].split() == out.text.split()
                assert back["feedback"].split() == out.feedback.split()
                assert back.get("correct", False) == out.correct
                assert tuple(back.get("credited_by", ())) == out.credited_by
                assert back.get("physiology", "").split() == (out.physiology or "").split()
        case q.OrderingQuestion(items=items, partial_credit=credit):
            assert [one["text"] for one in found["items"]] == [one.text for one in items]
            assert found.get("partial_credit", "") == ("" if form == "gift" else credit)
        case q.MatchingQuestion(items=items, partners=partners, key=key):
            texts = {one.id: one.text for one in partners}
            back = {one["id"]: one["text"] for one in (*found["items"], *found["partners"])}
            pairs = {back[item]: back[partner] for item, partner in found["key"].items()}
            assert pairs == {one.text: texts[key[one.id]] for one in items}
            assert {one["text"] for one in found["partners"]} == {*texts.values()}
        case q.NumericQuestion() as question:
            key = posed.number(question.key)
            assert float(found["key"]) == pytest.approx(key, rel=1e-9)
            margin = max(question.within, question.within_share * abs(key))
            assert found.get("within", 0) == pytest.approx(margin, rel=1e-9)
            assert found.get("unit", "") == question.unit
            for out, back in zip(question.wrong_values, found["wrong_values"], strict=True):
                assert float(back["value"]) == pytest.approx(posed.number(out.value), rel=1e-9)
                assert back["says"].split() == posed.says(out.says).split()
        case q.TextQuestion(mark_points=points) as question:
            assert found["max_marks"] == question.max_marks
            assert _prose(found["model_answer"]) == _prose(question.model_answer)
            for point, back in zip(points, found["mark_points"], strict=True):
                assert back["text"].split() == point.text.split()
                assert back.get("marks", 1) == point.marks
                assert back.get("required_word") == point.required_word
                assert tuple(back.get("credited_by", ())) == point.credited_by
                for field in ("accept", "reject", "ignore"):
                    assert tuple(back.get(field, ())) == getattr(point, field)
            assert tuple(found.get("wrong_answers", ())) == question.wrong_answers
    if form != "gift" and not isinstance(posed.question, q.ChoiceQuestion | q.TextQuestion):
        assert found.get("marks", 1) == full_marks(posed.question)


def _prose(markdown: str) -> list[tuple[str, str, str]]:
    """Its blocks: markers, characters, and which of them are emphasised."""
    found = []
    for block in blocks(markdown):
        styles = "".join(span.style[:1].ljust(1, ".") * len(span.text) for span in block.spans)
        text = block.text
        kept = [(c, s) for c, s in zip(text, styles, strict=True) if not re.match(r"\s", c)]
        found.append((block.marker, "".join(c for c, _ in kept), "".join(s for _, s in kept)))
    return found
