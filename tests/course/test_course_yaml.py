"""Files that are no strict YAML: refused at the place, whatever is in them."""

import pytest
from course_files import (
    COURSE,
    MISCONCEPTIONS,
    SPARK,
    assert_one_error,
    assert_told_well,
    load_errors,
    phase_text,
    write_course,
)

from tutor.course.loader import CourseFolder
from tutor.course.yaml_values import DEEPEST, LARGEST_FILE_BYTES, read

TEXT = "text: Past zero"
KIND = "kind: single"

#: Name, text of the good course, text in its place with » before the fault, words of the error.
FAULTS = [
    ("a tab for indentation", "    kind: single", "»\tkind: single", "not with tabs"),
    ("an open quote", TEXT, "text: »'Past zero", "the quote that opens here is not closed"),
    ("an open double quote", TEXT, 'text: »"Past zero', "the quote that opens here is not closed"),
    (
        "an open bracket",
        "asks: [spark.q1, spark.q2]",
        "asks: »[spark.q1, spark.q2",
        "the bracket that opens here is not closed",
    ),
    (
        "an open brace",
        "changes: {na_block: 0.5}",
        "changes: »{na_block: 0.5",
        "the bracket that opens here is not closed",
    ),
    ("a colon in plain text", TEXT, "text: Past»: zero", "in quotes, or mend the indentation"),
    ("a quote in quotes", TEXT, "text: 'It'»s zero'", "or a quote before it is not closed"),
    ("text that begins with @", TEXT, "text: »@zero", "begins with this character in quotes"),
    ("text that begins with {", TEXT, "text: {peak_mv} »is it", "begins with { or [ in quotes"),
    ("text that begins with [", TEXT, "text: [1] »is it", "begins with { or [ in quotes"),
    ("text that begins with *", TEXT, "text: *Higher»* than zero", "with * or & in quotes"),
    ("text that begins with >", TEXT, "text: > »10 mV", "begins with > or | in quotes"),
    ("text that begins with -", TEXT, "text: »- 10 mV", "begins with '- ' in quotes"),
    ("text that begins with ?", TEXT, "text: »? 10 mV", "begins with '? ' in quotes"),
    ("an unknown escape", TEXT, 'text: "Past »\\zero"', "a backslash in single quotes"),
    ("a line that stands too far out", f"    {KIND}", f"  »{KIND}", "stands too far in or out"),
    ("a second key", KIND, f"{KIND}\n    »kind: multi", "'kind' stands here a second time; keep"),
    ("an anchor", TEXT, "text: »&zero Past zero", "anchor &zero is not allowed; remove it"),
    ("an anchor on a key", TEXT, "»&zero text: Past zero", "anchor &zero is not allowed; remove"),
    ("an alias", TEXT, "text: »*zero", "alias *zero is not allowed; write the value out"),
    (
        "a Python object",
        TEXT,
        'text: »!!python/object/apply:os.system ["exit"]',
        "tag tag:yaml.org,2002:python/object/apply:os.system is not allowed; remove it",
    ),
    ("a tag", TEXT, "text: »!!str Past zero", "tag tag:yaml.org,2002:str is not allowed"),
    ("a tag on a key", TEXT, "»!!str text: Past zero", "tag tag:yaml.org,2002:str is not allowed"),
    ("an escape in a tag", TEXT, "text: »!%1B%5D52;c Past zero", "is not allowed; remove it"),
    ("a list as a key", TEXT, "? »[text]\n        : Past zero", "a key must be plain text"),
    ("an escape character", TEXT, "text: Past »\x1b[2J zero", "U+001B is not allowed; remove it"),
    ("a NUL", TEXT, "text: Past »\0 zero", "U+0000 is not allowed; remove it"),
    ("a bell", TEXT, "text: Past »\a zero", "U+0007 is not allowed; remove it"),
    ("a C1 control character", TEXT, "text: Past »\x9b2J zero", "U+009B is not allowed"),
    ("a lone carriage return", TEXT, "text: Past »\r zero", "U+000D is not allowed"),
    ("a bidi override", TEXT, "text: Past »\u202e zero", "U+202E is not allowed; remove it"),
    ("a bidi mark in a comment", KIND, f"{KIND} # »\u200f", "U+200F is not allowed; remove it"),
    ("an invisible tag character", TEXT, "text: Past »\U000e0041 zero", "U+E0041 is not allowed"),
    ("an escaped escape", TEXT, 'text: »"Past \\x1b[2J"', "U+001B is not allowed, even as an esc"),
    ("an escaped NUL", TEXT, 'text: »"Past \\0 zero"', "U+0000 is not allowed, even as an escape"),
    ("an escaped bidi override", TEXT, 'text: »"Past \\u202e"', "U+202E is not allowed, even as"),
    ("an escaped bidi mark in a key", TEXT, '»"te\\u200fxt": Past zero', "U+200F is not allowed"),
    ("a surrogate", TEXT, 'text: "\\u»d800"', "escape"),
]


@pytest.mark.parametrize(
    ("old", "new", "words"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_what_is_no_strict_yaml_is_one_error_at_its_place(tmp_path, old, new, words):
    assert_one_error(tmp_path, words, (old, new))


#: Name, file, its bytes, line, column, words of the error.
FILES = [
    ("an empty file", SPARK, b"", 1, 1, "the file is empty"),
    ("nothing but a comment", SPARK, b"# to do\n", 1, 1, "the file is empty"),
    ("nothing but blanks", COURSE, b" \n\n  \n", 1, 1, "the file is empty"),
    ("null", SPARK, b"---\n...\n", 2, 1, "expected a mapping of fields, found nothing"),
    ("one word", SPARK, b"spark\n", 1, 1, "expected a mapping of fields, found 'spark'"),
    ("a list", SPARK, b"- id: spark\n", 1, 1, "expected a mapping of fields, found a list of 1"),
    ("a list of misconceptions", MISCONCEPTIONS, b"\n- id: M1\n", 2, 1, "expected a mapping"),
    ("a second document", SPARK, b"id: spark\n---\nid: spark\n", 2, 1, "one file holds one docum"),
    ("JSON cut short", SPARK, b'{"id": "spark", "steps": [1', 1, 26, "is not closed"),
    (
        "Latin-1",
        SPARK,
        "id: spark\nsummary: M\xfcller\n".encode("latin-1"),
        2,
        11,
        "0xfc is not UT",
    ),
    ("a byte after wide characters", SPARK, "# µ⁺神 ".encode() + b"\xff", 1, 7, "0xff is not UTF"),
    ("a byte after a byte order mark", SPARK, b"\xef\xbb\xbfid: \xff", 1, 5, "0xff is not UTF-8"),
    ("UTF-16", SPARK, "id: spark\n".encode("utf-16"), 1, 1, "is not UTF-8; save the file as UTF"),
    ("an open bracket at the end", SPARK, b"[", 1, 2, "not valid YAML"),
    ("a stray piece at the end", SPARK, b"id: spark\n(", 2, 2, "not valid YAML"),
    ("a cut character", SPARK, "id: spark\ntext: µ".encode()[:-1], 2, 7, "is not UTF-8"),
    ("an overlong NUL", SPARK, b"id: \xc0\x80\n", 1, 5, "is not UTF-8"),
    ("a picture", SPARK, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, 1, "0x89 is not UTF-8"),
    ("lists in lists", SPARK, b"id: " + b"[" * 1000 + b"]" * 1000, 1, 25, f"more than {DEEPEST}"),
    ("mappings in mappings", COURSE, b"{a: " * 1000, 1, 85, f"nested more than {DEEPEST} deep"),
    ("a thousand dashes", COURSE, b"- " * 1000 + b"x", 1, 43, f"nested more than {DEEPEST} deep"),
    ("too many bytes", SPARK, b"#" * (LARGEST_FILE_BYTES + 1), 1, 1, "more than 1,000,000 bytes"),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "column", "words"),
    [file[1:] for file in FILES],
    ids=[file[0] for file in FILES],
)
def test_a_file_that_is_no_course_is_refused(tmp_path, name, content, line, column, words):
    write_course(tmp_path, {name: content})
    (error,) = load_errors(tmp_path)
    assert (error.file, *error.place) == (name, line, column), str(error)
    assert words in str(error)
    assert_told_well([error], tmp_path)


def test_a_file_of_the_largest_size_is_read(tmp_path):
    text = phase_text().encode()
    write_course(tmp_path, {SPARK: text + b"#" * (LARGEST_FILE_BYTES - len(text))})
    assert load_errors(tmp_path) == []


def test_a_byte_order_mark_and_windows_line_ends_are_no_error(tmp_path):
    windows = b"\xef\xbb\xbf" + phase_text().replace("\n", "\r\n").encode()
    write_course(tmp_path, {SPARK: windows})
    assert load_errors(tmp_path) == []
    assert "\r" not in CourseFolder(tmp_path).phase("spark").summary


def test_places_are_right_after_a_byte_order_mark_and_windows_line_ends(tmp_path):
    windows = phase_text().replace("revision: 1\n", "revision: one\n").replace("\n", "\r\n")
    write_course(tmp_path, {SPARK: b"\xef\xbb\xbf" + windows.encode()})
    (error,) = load_errors(tmp_path)
    assert windows.split("\r\n")[error.place.line - 1][error.place.column - 1 :] == "one"


def test_columns_count_characters_not_bytes(tmp_path):
    write_course(tmp_path, {MISCONCEPTIONS: "misconceptions: [{µµµ: 1}]\n", SPARK: "{µ: 1, µ: 2}"})
    unknown = [error for error in load_errors(tmp_path) if "unknown field" in error.message]
    assert [(e.file, e.place) for e in unknown] == [(MISCONCEPTIONS, (1, 19))]
    twice = [error for error in load_errors(tmp_path) if "second time" in error.message]
    assert [(e.file, e.place) for e in twice] == [(SPARK, (1, 8))]


def test_a_thousand_million_laughs_cost_nothing(tmp_path):
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    write_course(tmp_path, {SPARK: "\n".join(lines)})
    errors = load_errors(tmp_path)
    assert_told_well(errors, tmp_path)
    assert len(errors) == 10 + 9 * 10
    assert str(errors[0]) == f"{SPARK}:1:5: anchor &a0 is not allowed; remove it"


def test_a_file_full_of_control_characters_is_told_in_few_errors(tmp_path):
    write_course(tmp_path, {SPARK: b"\x1b" * 900_000})
    errors = load_errors(tmp_path)
    assert_told_well(errors, tmp_path)
    assert len(errors) == 20


def test_yaml_reads_plain_values_as_they_look():
    text = b"[no, yes, on, off, 1:30, 0o17, 0x1F, 1_000, 2026-01-31, 1e-3, -1.5, +2, .5, 5.]"
    words = ["no", "yes", "on", "off", "1:30", "0o17", "0x1F", "1_000", "2026-01-31"]
    assert read("values.yaml", text).value == [*words, 0.001, -1.5, 2, 0.5, 5.0]
    assert read("values.yaml", b"[true, false, null, ~, 'true', \"1\", <<, =]").value == [
        True,
        False,
        None,
        None,
        "true",
        "1",
        "<<",
        "=",
    ]
