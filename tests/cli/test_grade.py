"""`tutor grade` as a tutor runs it: a file of answers in, a line of JSON for each out."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

SCHEMES = Path(__file__).parents[1] / "grading/free_text/answers/given.schemes.json"
RIGHT = "Voltage-gated sodium channels open and sodium ions diffuse into the axon."
SWAPPED = "Voltage-gated potassium channels open and sodium ions leave the axon."


def grade(*arguments, data=None, cwd=None):
    command = [sys.executable, "-m", "tutor", "grade", *map(str, arguments)]
    return subprocess.run(
        command, input=data, capture_output=True, timeout=60, check=False, cwd=cwd
    )


def lines_of(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def json_lines(*answers, question_id="depol"):
    rows = ({"question_id": question_id, "answer": answer} for answer in answers)
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_each_answer_gets_one_line_in_the_same_order(written):
    done = grade(SCHEMES, written("a.jsonl", json_lines(RIGHT, SWAPPED, "")))
    assert (done.returncode, done.stderr) == (0, b"")
    first, second, third = lines_of(done)
    assert first["question_id"] == "depol"
    assert (first["marks"], first["max_marks"]) == (2, 3)
    assert first["met"] == ["d1", "d2"]
    assert "sodium channels open" in first["evidence"]["d1"]
    assert (second["marks"], second["contradicted"]) == (0, ["d1", "d2"])
    assert (third["marks"], third["met"], third["contradicted"]) == (0, [], [])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_a_spreadsheets_csv_is_read_with_its_other_columns(written, separator, mark):
    rows = [["Student", "question_id", "answer"], ["7", "depol", f'"{RIGHT}\nSecond line"']]
    text = "\r\n".join(separator.join(row) for row in rows).encode()
    done = grade(SCHEMES, written("a.csv", mark + text))
    assert done.returncode == 0, done.stderr
    (line,) = lines_of(done)
    assert (line["student"], line["marks"]) == ("7", 2)


def test_a_line_that_cannot_be_marked_is_told_and_the_rest_goes_on(written):
    text = (
        json_lines(RIGHT)
        + "{broken\n\n"
        + json_lines(RIGHT, question_id="unknown")
        + '{"question_id": "depol", "answer": 5}\n[1]\n'
        + json_lines(SWAPPED)
    )
    done = grade(SCHEMES, written("a.jsonl", text))
    assert done.returncode == 1
    found = lines_of(done)
    assert [line.get("marks") for line in found] == [2, None, None, None, None, 0]
    assert all("error" in line for line in found[1:5])
    told = done.stderr.decode().splitlines()
    assert [line.split(":")[2] for line in told] == ["2", "4", "5", "6"]
    assert "no question 'unknown'; there are depol" in told[1]


def test_hostile_answers_are_marked_and_come_out_as_plain_json(written):
    hostile = [
        "\x1b]52;c;AAAA\x07 Na+ enters",
        "[@click=app.quit]x[/]",
        "\u202eretne +aN",
        "a\x00b",
    ]
    done = grade(SCHEMES, written("a.jsonl", json_lines(*hostile) + '{"a": "\\ud800"}\n'))
    assert len(lines_of(done)) == 5
    assert b"\x1b" not in done.stdout + done.stderr


def test_what_is_no_utf8_does_not_stop_the_rest(written):
    data = json_lines(RIGHT).encode() + b'{"question_id": "depol", "answer": "\xff\xfe"}\n'
    assert [line["marks"] for line in lines_of(grade(SCHEMES, written("a.jsonl", data)))] == [2, 0]


def test_answers_may_come_through_a_pipe():
    done = grade(SCHEMES, "-", data=json_lines(RIGHT).encode())
    assert [line["marks"] for line in lines_of(done)] == [2]


def test_explain_tells_people_what_was_read_and_by_which_words(written):
    done = grade(SCHEMES, written("a.jsonl", json_lines(RIGHT)), "--explain")
    said = done.stdout.decode()
    assert "depol: 2 of 3 marks" in said
    assert "read as:" in said
    assert "d1 met: Voltage-gated sodium ion channels open" in said
    assert "d3 missed" in said


@pytest.mark.parametrize(
    ("name", "text", "words", "code"),
    [
        ("a.csv", "id,text\n1,2\n", "names no column 'question_id'; it has 'id', 'text'", 2),
        ("a.csv", "", "names no column 'question_id'; it has nothing", 2),
    ],
)
def test_a_file_that_holds_no_answers_is_one_clear_sentence(written, name, text, words, code):
    done = grade(SCHEMES, written(name, text))
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("missing", ["questions", "answers"])
def test_a_missing_file_is_one_clear_sentence(tmp_path, written, missing):
    answers = written("a.jsonl", json_lines(RIGHT))
    files = {"questions": SCHEMES, "answers": answers, missing: tmp_path / "nowhere.json"}
    done = grade(files["questions"], files["answers"])
    assert done.returncode == 1
    assert b"nowhere.json" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_questions_may_stand_in_a_content_file(tmp_path, written):
    from every_kind import KINDS_FILE, kinds_course

    kinds_course(tmp_path)
    answers = written("a.jsonl", json_lines("Sodium channels open", question_id="kinds.text"))
    (line,) = lines_of(grade(tmp_path / KINDS_FILE, answers))
    assert (line["marks"], line["max_marks"], line["met"]) == (1, 2, ["open"])


def test_thousands_of_answers_are_streamed(written):
    many = written("a.jsonl", json_lines(*(f"{RIGHT} {n}" for n in range(3000))))
    command = [sys.executable, "-m", "tutor", "grade", str(SCHEMES), str(many)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        first = running.stdout.readline()
        assert running.poll() is None, "the first line comes only with the last"
        rest = running.stdout.read()
    assert json.loads(first)["marks"] == 2
    assert rest.count(b"\n") == 2999


def test_a_terminal_sees_the_progress_and_the_output_none_of_it(written):
    answers = written("a.jsonl", json_lines(*[RIGHT] * 300))
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "tutor", "grade", str(SCHEMES), str(answers)]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=follower, env=environment
    ) as running:
        os.close(follower)
        out = running.stdout.read()
    seen = os.read(leader, 100_000)
    os.close(leader)
    assert b"Marking" in seen
    assert b"Marking" not in out
    assert out.count(b"\n") == 300


def test_grading_imports_no_textual_and_no_numpy(written):
    answers = written("a.jsonl", json_lines(RIGHT))
    code = (
        "import sys; from tutor.cli.commands import main; "
        f"sys.argv[1:] = ['grade', {str(SCHEMES)!r}, {str(answers)!r}]; main(); "
        "print([n for n in ('textual', 'numpy', 'scipy', 'sqlite3') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "[]"
