"""`tutor export moodle|gift|csv` on the command line, with questions of every kind."""

import csv
import io
import json
from pathlib import Path

import pytest
from consumers import gift_parsed
from course_files import write_course
from every_kind import KINDS, KINDS_FILE, kinds_course
from lists import FORMATS, read_back, sheets_of, taken_in, written
from moodle_rules import imported
from test_export_command import export, without

from tutor.course.csv_tables import guarded, unguarded
from tutor.course.loader import CourseFolder
from tutor.exchange.listed import Format
from tutor.exchange.pictures import Album
from tutor.exchange.sheets import held

ENDINGS = {"moodle": "xml", "gift": "gift", "csv": "csv"}
HELD = ("single", "multi", "ordering", "matching", "numeric", "text")
NOT_HELD = ("calculation", "point", "interval", "experiment")


@pytest.mark.parametrize("form", FORMATS)
def test_all_that_a_list_cannot_hold_is_named(form: Format, tmp_path: Path) -> None:
    kinds_course(tmp_path / "course")
    file = tmp_path / f"list.{ENDINGS[form]}"
    done = export("--course", tmp_path / "course", "export", form, "--phase", "kinds", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Wrote 6 questions to {file}.\n"
    for kind in NOT_HELD:
        assert f"has no {kind} questions: kinds.{kind}\n" in done.stderr
    assert "new numbers at each attempt (they are fixed): kinds.numeric\n" in done.stderr
    assert "all-or-nothing credit" in done.stderr
    ordering = {"moodle": "as the type ordering", "gift": "as places to match", "csv": "Wrote"}
    assert ordering[form] in done.stdout + done.stderr
    assert ("its hint" in done.stderr) == (form == "gift")
    assert "runs, proofs and knobs, how sure the learner is" in done.stderr
    assert {listed.kind for listed, _ in read_back(form, file).questions} == set(HELD)


def test_pictures_stand_in_the_file_and_moodle_finds_them(tmp_path: Path) -> None:
    sheets = [one for one in sheets_of(kinds_course(tmp_path)) if "kinds" in one.listed.id]
    for form in ("png", "svg"):
        file = written("moodle", sheets, tmp_path / "q.xml", Album(form))
        found, types = imported(file)
        assert [*found] == [f"kinds.{kind}" for kind in HELD]
        assert types["category"] == 1
        for question in found.values():
            assert len(question.findall("questiontext/file")) == 1
            assert len(question.findall("generalfeedback/file")) == 1
        reading = read_back("moodle", file)
        assert [listed for listed, _ in reading.questions] == [one.listed for one in sheets]
        assert not any(notes for _, notes in reading.questions)


def test_moodle_gets_shares_units_order_credit_and_notes_for_the_marker(tmp_path: Path) -> None:
    sheets = sheets_of(kinds_course(tmp_path))
    found, _ = imported(written("moodle", sheets, tmp_path / "q.xml"))
    shares = {
        name: [answer.get("fraction") for answer in found[name].iterfind("answer")]
        for name in ("kinds.single", "kinds.multi", "kinds.numeric", "spark.q2")
    }
    # What a board credits is right where no board was chosen.
    assert shares["kinds.single"] == ["100", "0", "100"]
    assert shares["kinds.multi"] == ["50", "50", "-100"]
    assert shares["spark.q2"] == ["50", "50", "-50", "-50"]
    assert shares["kinds.numeric"] == ["100", "0"]
    assert found["kinds.numeric"].findtext("units/unit/unit_name") == "m/s"
    assert found["kinds.ordering"].findtext("gradingtype") == "LONGEST_ORDERED_SUBSET"
    notes = found["kinds.text"].findtext("graderinfo/text") or ""
    for said in ("Na+ channels open", "sodium leaves", "down its electrochemical gradient"):
        assert said in notes
        assert said not in (found["kinds.text"].findtext("generalfeedback/text") or "")
    credited = found["kinds.single"].findall("answer")[2].findtext("feedback/text") or ""
    assert "Na⁺ channels inactivate." in credited


def test_feedback_has_the_number_that_refutes_a_wrong_answer(tmp_path: Path) -> None:
    sheets = sheets_of(CourseFolder(write_course(tmp_path / "course")))
    found, _ = imported(written("moodle", sheets, tmp_path / "q.xml"))
    feedback = found["spark.q1"].findall("answer")[1].findtext("feedback/text") or ""
    assert "It goes on from there." in feedback
    assert "Without a spike it gets to -" in feedback
    after = found["spark.q1"].findtext("generalfeedback/text") or ""
    assert "The peak is +" in after
    assert "<pre>" in after


def test_gift_has_orders_as_places_and_units_in_words(tmp_path: Path) -> None:
    sheets = sheets_of(kinds_course(tmp_path))
    file = written("gift", sheets, tmp_path / "q.gift")
    parsed = {one["id"]: one for one in gift_parsed(file) if "id" in one}
    pairs = parsed["kinds.ordering"]["matchPairs"]
    assert [pair["subquestion"]["text"] for pair in pairs] == ["1", "2", "3"]
    assert [pair["subanswer"] for pair in pairs] == [
        *("Na⁺ enters", "Na⁺ channels inactivate", "K⁺ leaves")
    ]
    assert "m/s" in parsed["kinds.numeric"]["stem"]["text"]
    assert "mV\n" in parsed["kinds.numeric"]["stem"]["text"], "the plot keeps its lines"
    right, wrong = parsed["kinds.numeric"]["choices"]
    assert (right["isCorrect"], wrong["weight"]) == (True, 0)
    assert right["text"]["range"] == pytest.approx(0.02 * right["text"]["number"])


def test_a_spreadsheet_computes_nothing_of_a_list(tmp_path: Path) -> None:
    text = KINDS.replace("At zero", '"=1+1"').replace("It goes on.", '"@here, -70 mV"')
    files = kinds_course(tmp_path, text)
    file = written("csv", sheets_of(files), tmp_path / "q.csv")
    cells = [cell for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))) for cell in row]
    assert "'=1+1" in cells
    for cell in cells:
        if cell.startswith(("=", "+", "-", "@", "\t")):
            float(cell)
    (listed,) = [one for one, _ in read_back("csv", file).questions if one.id == "kinds.single"]
    assert (listed.parts[1].text, listed.parts[1].feedback) == ("=1+1", "@here, -70 mV")


@pytest.mark.parametrize(
    "cell",
    [
        "=1",
        "'=1",
        "''=1",
        "'",
        "''",
        "-70 mV",
        "-70",
        "'tis",
        "",
        "+",
        " =1",
        "'\u3000＝1",
        "－70",
    ],
)
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


#: Characters that act in one format or another.
ACTING = (
    r"""~ = # { } : \ -> // %50% ]]> &amp; <b> "x" 'y' * _a_ `c` $x$ [html] ::t:: \n #### ; , µ """
    "\N{BRAIN}"
)


@pytest.mark.parametrize("form", FORMATS)
def test_no_character_of_a_question_acts_in_a_list(form: Format, tmp_path: Path) -> None:
    acting = ACTING.replace("{ } ", "")  # Braces mean numbers in prose.
    text = KINDS.replace("text: At zero", f"text: {json.dumps(ACTING, ensure_ascii=False)}")
    text = text.replace(
        "feedback: It goes on.", f"feedback: {json.dumps(acting, ensure_ascii=False)}"
    )
    text = text.replace("stem: Where does", f"stem: |\n      {acting}\n\n      Where does", 1)
    text = text.replace("text: stays}", f"text: {json.dumps(ACTING, ensure_ascii=False)}}}")
    sheets = sheets_of(kinds_course(tmp_path, text))
    file = written(form, sheets, tmp_path / f"q.{ENDINGS[form]}")
    assert [listed for listed, _ in read_back(form, file).questions] == [
        held(one.listed, form) for one in sheets
    ]
    if form == "moodle":
        imported(file)
    if form == "gift":
        parsed = {one["id"]: one for one in gift_parsed(file) if "id" in one}
        assert parsed["kinds.single"]["choices"][1]["text"]["text"].startswith("~ = # &#123; } :")


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_of_our_own_is_taken_in_with_its_ids_where_they_are_free(
    form: Format, tmp_path: Path
) -> None:
    sheets = sheets_of(kinds_course(tmp_path / "one"))
    file = written(form, sheets, tmp_path / f"q.{ENDINGS[form]}")
    taken = taken_in(form, file, tmp_path / "two")
    # The other course has the questions of its own phase already.
    assert [*taken] == ["taken.q1", "taken.q2", *(f"kinds.{kind}" for kind in HELD)]
    text = (tmp_path / "two" / "phases" / "taken.yaml").read_text("utf-8")
    assert "# in the list: spark.q1" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["moodle", "q.gift"], "should end in .xml"),
        (["gift", "q.csv"], "should end in .gift or .txt"),
        (["csv", "q.xml"], "should end in .csv"),
        (["xapi", "q.csv"], "should end in .json"),
        (["moodle", "no/q.xml"], "there is no folder"),
        (["moodle", "--phase", "spork", "q.xml"], "no module or phase 'spork'; did you mean"),
        (["csv", "--all", "--mistakes", "q.csv"], "leave the others out"),
        (["xapi", "--mail", "nobody", "q.json"], "'nobody' is no mail address"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path: Path, arguments: list[str], said: str) -> None:
    course = write_course(tmp_path / "course")
    arguments = [str(tmp_path / one) if "q." in one else one for one in arguments]
    done = export("--course", course, "export", *arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not [*tmp_path.glob("q.*")]


def test_questions_that_no_list_holds_leave_the_file_as_it_was(tmp_path: Path) -> None:
    kinds_course(tmp_path / "course")
    file = tmp_path / "q.xml"
    file.write_bytes(b"what was there")
    done = export("--course", tmp_path / "course", "export", "moodle", "--kind", "point", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Moodle XML holds none of these questions" in done.stderr
    assert "kinds.point" in done.stderr
    assert file.read_bytes() == b"what was there"


def test_without_matplotlib_the_plots_are_plain_characters(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    file = tmp_path / "q.xml"
    path = without(tmp_path, "matplotlib")
    done = export("--course", course, "export", "moodle", file, PYTHONPATH=path)
    assert done.returncode == 0, done
    assert "pip install 'action-potential-tutor[plots]'" in done.stderr
    found, _ = imported(file)
    assert "<pre>" in (found["spark.q1"].findtext("questiontext/text") or "")


def test_a_question_that_cannot_be_posed_is_named_with_its_place(tmp_path: Path) -> None:
    text = KINDS.replace("key: distance_mm / 2", "key: at(g_na, 99)")
    write_course(tmp_path, {KINDS_FILE: text})
    kinds_course(tmp_path, text)
    done = export("--course", tmp_path, "export", "csv", tmp_path / "q.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("phases/kinds.yaml:")
    assert "kinds.numeric" in done.stderr
    assert "Traceback" not in done.stderr
