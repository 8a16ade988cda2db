"""Lists that others wrote, taken into a course."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from course_files import write_course
from lists import read_back, taken_in
from test_export_command import export

from tutor.course.yaml_values import read
from tutor.exchange.listed import Format
from tutor.exchange.opening import number_of

MOODLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- A list as a teacher's own Moodle writes it. -->
<quiz>
<question type="category"><category><text>$course$/top/Unit 1//2/Membranes</text></category>
</question>
<question type="multichoice">
  <name><text>Resting potential</text></name>
  <questiontext format="html"><text><![CDATA[<h3>At rest</h3><p>A <b>neuron</b>&nbsp;rests.
    <br>Which ion leaks <i>most</i>?</p><ul><li>Na<sup>+</sup></li><li>K<sup>+</sup></li></ul>
    <img src="@@PLUGINFILE@@/cell.png" onerror="alert(1)"><script>alert('x')</script>]]></text>
    <file name="cell.png" encoding="base64">aGVsbG8=</file></questiontext>
  <generalfeedback format="html"><text>K leaks.</text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade><idnumber>Rest-1</idnumber><single>true</single>
  <shuffleanswers>true</shuffleanswers>
  <correctfeedback format="html"><text>Well done.</text></correctfeedback>
  <answer fraction="100" format="html"><text><![CDATA[<p>K<sup>+</sup></p>]]></text>
    <feedback format="html"><text>Yes.</text></feedback></answer>
  <answer fraction="50" format="html"><text>Both</text><feedback><text>Half.</text></feedback>
  </answer>
  <answer fraction="0" format="html"><text>Na</text><feedback><text></text></feedback>
  </answer>
  <hint format="html"><text>Think of <b>permeability</b>.</text></hint>
  <tags><tag><text>week 3</text></tag><tag><text>difficulty:3</text></tag></tags>
</question>
<question type="truefalse">
  <name><text>tf</text></name><questiontext format="plain_text"><text>5 &lt; 6 _____ *?*</text>
  </questiontext>
  <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
</question>
<question type="numerical">
  <name><text>speed</text></name><questiontext format="markdown"><text>How *fast*?</text>
  </questiontext>
  <answer fraction="100"><text>1,5</text><tolerance>0.1</tolerance></answer>
  <answer fraction="100"><text>15</text><tolerance>1</tolerance></answer>
  <answer fraction="50"><text>3</text><tolerance>0</tolerance></answer>
  <answer fraction="0"><text>*</text><feedback><text>No.</text></feedback></answer>
  <units><unit><multiplier>1</multiplier><unit_name>m/s</unit_name></unit></units>
</question>
<question type="shortanswer">
  <name><text>short</text></name><questiontext><text>Name it.</text></questiontext>
  <answer fraction="100"><text>axon</text></answer><answer fraction="100"><text>neurite</text>
  </answer><answer fraction="0"><text>dendrite</text></answer>
</question>
<question type="essay">
  <name><text>essay</text></name><questiontext><text>Explain.</text></questiontext>
  <graderinfo format="html"><text>Look for the gradient.</text></graderinfo>
  <defaultgrade>4</defaultgrade>
</question>
<question type="cloze"><name><text>gaps</text></name>
  <questiontext><text>{1:SHORTANSWER:=a}</text></questiontext></question>
<question type="multichoice"><name><text>keyless</text></name>
  <questiontext><text>No key?</text></questiontext>
  <answer fraction="0"><text>a</text></answer></question>
<question type="multichoice"><name><text>empty</text></name>
  <questiontext><text> </text></questiontext></question>
</quiz>
"""

GIFT = """\
// a comment
$CATEGORY: $course$/top/Week 1

::Grant::Who's buried in Grant's \\= tomb?{=Grant#Right =Ulysses ~nobody#Wrong ~%50%Julia}

Grant is {=buried ~%-50%living} in Grant's tomb.

// [id:sun] [tag:track:M] [tag:other]
The sun rises in the east.{T#no#yes}

[markdown]When was *Grant* born? {#1822:5 #About then}

Pi? {#3.141..3.142}

Two numbers {#=1822:0#good =%50%1822:2 ~#none of these}

Name two. {~%50%a ~%50%b ~%-100%c ####Because.}

Capitals {=Canada -> Ottawa =Italy -> Rome = -> Berlin}

Who? {=no one =nobody}

Write. {}

Just text.

Broken { =a

{=a ~b}
"""

CSV = """\
id;Type;Question;Option 1;option_2;choice-3;Correct;feedback_1;number;tolerance;unit
;;What is it?;ion;water;salt;b;no;;;
m1;;Which two?;ion;water;salt;1 3;;;;
n1;numeric;How many?;;;;;;'+3,5;0.1;mV
x;essayist;Hm?;;;;;;;;
bad;;Which?;a;b;c;z;;;;
;text;Say why.;;;;;;;;
n2;numeric;How much?;;;;;;lots;;
"""


def lists(folder: Path, form: Format, text: str | bytes) -> Path:
    file = folder / f"list.{form}"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_teachers_own_moodle_list_is_taken_in(tmp_path: Path) -> None:
    taken = taken_in("moodle", lists(tmp_path, "moodle", MOODLE), tmp_path / "course")
    single, truth, number, short, essay = taken.values()
    assert (
        single["stem"] == "At rest\n\nA **neuron**\xa0rests.\n\nWhich ion leaks *most*?\n\n"
        "- Na⁺\n- K⁺"
    )
    assert [option["text"] for option in single["options"]] == ["K⁺", "Both", "Na"]
    assert [option.get("correct") for option in single["options"]] == [True, None, None]
    assert "feedback" not in single["options"][2]
    assert (single["hint"], single["explanation"]) == ("Think of permeability.", "K leaks.")
    assert single["difficulty"] == 3
    assert truth["stem"] == "5 < 6 _____ \\*?\\*"
    assert [option["text"] for option in truth["options"]] == ["true", "false"]
    assert (number["key"], number["within"], number["unit"]) == ("1.5", 0.1, "m/s")
    assert number["stem"] == "How *fast*?"
    assert short["mark_points"] == [{"id": "a", "text": "axon", "accept": ["neurite"]}]
    assert short["wrong_answers"] == ["dendrite"]
    assert (essay["max_marks"], essay["model_answer"]) == (4, "Look for the gradient.")
    for question in taken.values():
        assert not {"scenario", "proof", "objectives"} & question.keys()


def test_what_was_left_out_is_told_and_stands_in_the_file(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    into = course / "phases" / "membranes.yaml"
    done = export("import", "moodle", lists(tmp_path, "moodle", MOODLE), into)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Wrote 5 questions to {into}, and named it in course.yaml.\n")
    assert done.stdout.endswith(f"Next: tutor check {into}\n")
    told = done.stderr
    for said in (
        "gaps: questions of the kind 'cloze' cannot be taken in",
        "keyless: no answer of it is right",
        "empty: it has no text",
        "membranes.q1: pictures are left out: 1",
        "membranes.q1: an answer with 50% counts as wrong",
        "membranes.q1: what it says to right, partly right or wrong answers",
        "speed: only the first of its right numbers is kept",
        "speed: what it says to any other answer is left out",
        "essay: the notes for whoever marks it stand as its model answer",
    ):
        assert said in told, said
    text = into.read_text("utf-8")
    assert "  # in the list: Resting potential\n" in text
    assert "  # pictures are left out: 1\n" in text
    assert "title: Membranes" in (course / "course.yaml").read_text("utf-8")


def test_the_check_says_of_each_question_that_it_needs_a_scenario(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    into = course / "phases" / "gift.yaml"
    assert export("import", "gift", lists(tmp_path, "gift", GIFT), into).returncode == 0
    value: Any = read("gift.yaml", into.read_bytes()).value
    ids = [question["id"] for question in value["questions"]]
    done = export("check", into)
    assert done.returncode == 1
    for name in ids:
        assert f"{name}: the field 'scenario' is missing; add it" in done.stdout
        assert f"{name}: the field 'objectives' is missing; add it" in done.stdout
    assert "Traceback" not in done.stderr


def test_gift_is_read_as_moodle_reads_it(tmp_path: Path) -> None:
    reading = read_back("gift", lists(tmp_path, "gift", GIFT))
    assert reading.title == "Week 1"
    found = [listed for listed, _ in reading.questions]
    assert [one.kind for one in found] == [
        *("single", "single", "single", "numeric", "numeric", "numeric", "multi", "matching"),
        *("text", "text"),
    ]
    grant, gap, sun, born, pi, two, several, capitals, short, essay = found
    assert (grant.name, grant.stem) == ("Grant", "Who's buried in Grant's = tomb?")
    assert [part.share for part in grant.parts] == [100, 100, 0, 0]
    assert [part.feedback for part in grant.parts] == ["Right", "", "Wrong", ""]
    assert gap.stem == "Grant is _____ in Grant's tomb."
    assert (sun.id, sun.track) == ("sun", "M")
    assert [(one.text, one.share, one.feedback) for one in sun.parts] == [
        ("True", 100, "yes"),
        ("False", 0, "no"),
    ]
    assert (born.stem, born.number, born.within) == ("When was *Grant* born?", 1822, 5)
    assert (pi.number, pi.within) == (pytest.approx(3.1415), pytest.approx(0.0005))
    assert (two.number, [part.text for part in two.parts]) == (1822, ["1822"])
    assert [part.share for part in several.parts] == [50, 50, -100]
    assert several.explanation == "Because."
    assert [(part.text, part.partner) for part in capitals.parts][2] == ("", "Berlin")
    assert (short.model_answer, essay.parts) == ("no one", ())
    assert [reason for _, reason in reading.left] == [
        "questions of the kind 'description' cannot be taken in",
        "it is not written as GIFT asks: a brace is not closed",
        "it has no text",
    ]


def test_a_spreadsheet_needs_no_more_than_questions_options_and_the_correct_one(
    tmp_path: Path,
) -> None:
    reading = read_back("csv", lists(tmp_path, "csv", CSV))
    one, two, number, text = (listed for listed, _ in reading.questions)
    assert (one.kind, [part.share for part in one.parts]) == ("single", [0, 100, 0])
    assert one.parts[0].feedback == "no"
    assert (two.id, two.kind, [part.share for part in two.parts]) == ("m1", "multi", [50, -50, 50])
    assert (number.number, number.within, number.unit) == (3.5, 0.1, "mV")
    assert text.kind == "text"
    assert [*reading.left] == [
        ("x", "questions of the kind 'essayist' cannot be taken in"),
        ("bad", "'z' under `correct` is none of its options"),
        ("n2", "'lots' is no number"),
    ]


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("course/phases/spark.yaml", "is there already; give a new name"),
        ("course/phases", "is no new phase's file"),
        ("course/new.yaml", "is no new phase's file"),
        ("course/phases/new.txt", "is no new phase's file"),
        ("phases/new.yaml", "is no new phase's file"),
        ("course/phases/Not an id.yaml", "cannot be an id"),
    ],
)
def test_a_place_that_is_no_new_phase_is_refused(tmp_path: Path, into: str, said: str) -> None:
    course = write_course(tmp_path / "course")
    files = {path: path.read_bytes() for path in course.rglob("*.yaml")}
    done = export("import", "gift", lists(tmp_path, "gift", GIFT), tmp_path / into)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in course.rglob("*.yaml")} == files


def test_a_list_without_questions_writes_nothing(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    done = export(
        "import", "gift", lists(tmp_path, "gift", "Just text.\n"), course / "phases" / "n.yaml"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no question in" in done.stderr
    assert "Just text.: questions of the kind 'description'" in done.stderr
    assert not (course / "phases" / "n.yaml").exists()


def test_a_second_list_gets_ids_that_the_first_has_not(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    file = lists(tmp_path, "gift", GIFT)
    for name in ("one", "two"):
        done = export("import", "gift", file, course / "phases" / f"{name}.yaml")
        assert done.returncode == 0, done.stderr
    text = (course / "phases" / "two.yaml").read_text("utf-8")
    assert "id: sun\n" not in text
    assert "# in the list: sun" in text or "id: two.q3" in text


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,5", 1.5), ("−3", -3.0), ("1e3", 1000.0), ("1e999", None), ("nan", None), ("1_0", None)],
)
def test_numbers_of_lists(text: str, number: float | None) -> None:
    assert number_of(text) == number


def test_importing_loads_no_screen(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    file = lists(tmp_path, "gift", GIFT)
    commands = [
        ["import", "gift", str(file), str(course / "phases" / "new.yaml")],
        [
            "--course",
            str(write_course(tmp_path / "two")),
            "export",
            "moodle",
            str(tmp_path / "q.xml"),
        ],
        ["--course", str(tmp_path / "two"), "export", "csv", str(tmp_path / "q.csv")],
    ]
    for command in commands:
        code = f"""
import sys
from tutor.cli import main
sys.argv = {["tutor", *command]!r}
main()
assert "textual" not in sys.modules
"""
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
