"""Lists that are damaged, hostile or no lists at all: a sentence each, and nothing else."""

import gzip
import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from course_files import write_course
from lists import READERS, read_back, taken_in
from test_export_command import export
from test_list_import import CSV, GIFT, MOODLE, lists

from tutor.course.text import unsafe_characters
from tutor.exchange.listed import Format
from tutor.exchange.opening import MOST_QUESTIONS


def laughs(levels: int) -> str:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(levels)
    )
    body = f"<quiz><question><name><text>&l{levels - 1};</text></name></question></quiz>"
    return f'<?xml version="1.0"?>\n<!-- <a> -->\n<!DOCTYPE quiz [{entities}]>\n{body}'


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("quiz.xml", b" " * 50_000_000)
    return file.getvalue()


DEEP = "<quiz>" + "<a>" * 100_000 + "</a>" * 100_000 + "</quiz>"
OUTSIDE = '<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>'


@pytest.mark.parametrize(
    ("form", "data", "said"),
    [
        ("moodle", laughs(12), "has a document type declaration"),
        ("moodle", laughs(3).encode("utf-16"), "has a document type declaration"),
        ("moodle", OUTSIDE, "has a document type declaration"),
        ("moodle", zipped(), "is a packed archive; unpack it"),
        ("gift", gzip.compress(b" " * 10_000_000), "is a packed archive"),
        ("moodle", DEEP, "is no XML that can be read"),
        ("moodle", "<quiz><question>", "is no XML that can be read"),
        ("moodle", "", "is no XML that can be read"),
        ("moodle", "<html/>", "it begins with <html>, not with <quiz>"),
        ("moodle", "<quiz>&unknown;</quiz>", "is no XML that can be read"),
        ("moodle", b"<quiz>\xe4</quiz>", "is not UTF-8 text (byte 7)"),
        ("gift", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("gift", "x" * 8_000_001, "has more than 8,000,000 bytes"),
        ("gift", "Q {=a ~b}\n\n" * (MOST_QUESTIONS + 1), "has more than 2,000 questions"),
        (
            "gift",
            f"Q {'y' * 9000} {{=a ~b}}\n\n" * 120,
            "more than 1,000,000 bytes; split the list",
        ),
        ("csv", "a,b\n1,2\n", "has no column `stem` in its first line; it has a, b"),
        ("csv", "", "has no column `stem` in its first line; it has none"),
        ("csv", 'stem\n"open', "is no CSV that can be read: line 2"),
        ("csv", f"stem\n{'x' * 300_000}\n", "is no CSV that can be read"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(
    tmp_path: Path, form: Format, data: str | bytes, said: str
) -> None:
    course = write_course(tmp_path / "course")
    into = course / "phases" / "new.yaml"
    before = (course / "course.yaml").read_bytes()
    done = export("import", form, lists(tmp_path, form, data), into)
    assert done.returncode == 2, done
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stderr) < 700
    assert not into.exists()
    assert (course / "course.yaml").read_bytes() == before


def test_a_question_whose_answers_go_on_and_on_is_left_out(tmp_path: Path) -> None:
    answers = '<answer fraction="100"><text>a</text></answer>' * 500
    question = (
        '<question type="multichoice"><name><text>q</text></name>'
        f"<questiontext><text>q</text></questiontext>{answers}</question>"
    )
    files = (
        lists(tmp_path, "gift", f"q {{{'=a ~b' * 250}}}"),
        lists(tmp_path, "moodle", f"<quiz>{question}</quiz>"),
    )
    for form, file in zip(("gift", "moodle"), files, strict=True):
        reading = READERS[form](file)
        assert not reading.questions
        assert [reason for _, reason in reading.left] == ["it has 500 answers"]


def test_no_entity_of_another_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    text = f"""<?xml version="1.0"?><?x <!-- ?><!DOCTYPE quiz [<!ENTITY s SYSTEM "{secret}">]>
    <quiz><question type="essay"><name><text>a</text></name>
    <questiontext><text>&s;</text></questiontext></question></quiz>"""
    with pytest.raises(ValueError, match="document type"):
        read_back("moodle", lists(tmp_path, "moodle", text))


HOSTILE = (
    "<p style='x' onclick='go()'>[@click=app.quit]quit[/] <a href='javascript:go()'>link</a>"
    "<iframe src='//x'>frame</iframe><style>p{}</style><svg onload=go()><text>drawn</text></svg>"
    "<textarea>\x1b]52;c;x\x07</textarea>\u202egnirts \x1b[31m <p><b><i><p>open" + "<div>" * 5000
)


@pytest.mark.parametrize("form", ["moodle", "gift", "csv"])
def test_hostile_text_is_characters_alone(form: Format, tmp_path: Path) -> None:
    inner = HOSTILE.replace("\x1b", "&#27;").replace("\x07", "")
    acting = "".join("\\" + c if c in "\\:#={}~" else c for c in HOSTILE)
    text = {
        "moodle": f"""<quiz><question type="essay"><name><text>n</text></name><questiontext
            format="html"><text>{inner.replace("&#27;", "").replace("<", "&lt;")}</text>
            </questiontext></question></quiz>""",
        "gift": f"[html]{acting} {{}}",
        "csv": 'stem\n"' + HOSTILE.replace('"', "") + '"\n',
    }[form]
    taken = taken_in(form, lists(tmp_path, form, text), tmp_path / "course")
    (question,) = taken.values()
    stem = question["stem"]
    assert "[@click=app.quit]quit[/]" in stem
    assert not [*unsafe_characters(stem)]
    if form != "csv":  # A CSV cell is no HTML: its tags are characters.
        assert "link" in stem
        for gone in ("frame", "drawn", "p{}", "javascript", "<"):
            assert gone not in stem


@pytest.mark.parametrize("form", ["moodle", "gift", "csv"])
@pytest.mark.parametrize("seed", range(3))
def test_damaged_lists_are_read_or_refused_and_nothing_else(
    form: Format, seed: int, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    text = {"moodle": MOODLE, "gift": GIFT, "csv": CSV}[form].encode()
    for _ in range(60):
        data = bytearray(text)
        for _ in range(draw.randrange(1, 12)):
            start = draw.randrange(len(data))
            end = start + draw.randrange(30)
            data[start:end] = draw.choice(
                [
                    b"",
                    b"{",
                    b"}",
                    b"\\",
                    b"~%",
                    b"#",
                    b'"',
                    b";",
                    b"<",
                    b"\0",
                    b"\xe2\x82",
                    b"99" * 40,
                ]
            )
        with suppress(ValueError):
            READERS[form](lists(tmp_path, form, bytes(data)))
