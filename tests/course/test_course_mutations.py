"""A good file spoilt at random is loaded or told to be wrong; nothing else happens."""

import pytest
from course_files import (
    COURSE,
    MISCONCEPTIONS,
    SPARK,
    assert_told_well,
    good_files,
    load_errors,
    write_course,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.course.text import unsafe_characters

GOOD = {name: text.encode() for name, text in good_files().items()}
#: What has a meaning in YAML, in expressions or on a terminal.
PIECES = (
    st.sampled_from([b"\n", b"\t", b" ", b": ", b"- ", b"? ", b"#", b"'", b'"', b"|\n", b">\n"])
    | st.sampled_from([b"[", b"]", b"{", b"}", b",", b"&a ", b"*a", b"!!binary ", b"%", b"@"])
    | st.sampled_from([b"---\n", b"...\n", b"<<: ", b"\\x1b", b"\x00", b"\x1b", b"\xff", b"\xc3"])
    | st.sampled_from([b"\xe2\x80\xae", b"\xed\xa0\x80", b"\r\n", b"\r", b"null", b"no", b"-1"])
    | st.sampled_from([b"1e999", b"9" * 400, b"~", b"M1", b"spark.q1", b"{peak_mv"])
)
#: Where a slice begins and how long it is, as shares of the file, and what takes its place.
MUTATION = st.tuples(
    st.floats(0, 1),
    st.sampled_from([0, 0, 1, 2, 5, 20, 200]),
    st.binary(max_size=6) | PIECES | st.tuples(st.floats(0, 1), st.integers(1, 120)),
)


def _mutated(good, mutations):
    data = good
    for where, length, piece in mutations:
        start = int(where * len(data))
        if isinstance(piece, tuple):  # A stretch of the file itself.
            source = int(piece[0] * len(good))
            piece = good[source : source + piece[1]]
        data = data[:start] + piece + data[start + length :]
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutated")


@pytest.mark.parametrize("name", [SPARK, COURSE, MISCONCEPTIONS])
@given(mutations=st.lists(MUTATION, min_size=1, max_size=4))
@settings(max_examples=80)
def test_a_mutated_file_is_loaded_or_told_to_be_wrong(folder, name, mutations):
    write_course(folder, {name: _mutated(GOOD[name], mutations)})
    errors = load_errors(folder)
    if not errors:
        return
    for error in errors:
        assert not list(unsafe_characters(error.message))
    assert_told_well(errors, folder)


@given(st.binary(max_size=80))
@settings(max_examples=80)
def test_any_bytes_are_loaded_or_told_to_be_wrong(folder, data):
    write_course(folder, {SPARK: data})
    assert_told_well(load_errors(folder), folder)
