"""Prose: paragraphs, lists and emphasis; everything else stays the characters it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.prose import Block, Span, blocks
from tutor.course.text import clean


def _texts(markdown):
    return [(block.marker, block.text) for block in blocks(markdown)]


def test_paragraphs_are_blocks_and_their_lines_are_joined():
    assert _texts("One line\nand another.\n\nA second\\\nparagraph.\n") == [
        ("", "One line and another."),
        ("", "A second paragraph."),
    ]


def test_a_bullet_list_has_bullets():
    assert _texts("Two:\n\n- one\n- two\n\nend") == [
        ("", "Two:"),
        ("•", "one"),
        ("•", "two"),
        ("", "end"),
    ]


@pytest.mark.parametrize(
    ("start", "numbers"), [(1, "1. 2. 3."), (0, "0. 1. 2."), (9, "9. 10. 11.")]
)
def test_a_numbered_list_counts_from_its_first_number(start, numbers):
    markdown = f"{start}. one\n{start + 1}. two\n{start + 2}. three\n"
    assert [marker for marker, _ in _texts(markdown)] == numbers.split()


def test_a_numbered_list_counts_on_whatever_its_later_numbers_are():
    assert _texts("1. one\n1. two\n1. three\n") == [("1.", "one"), ("2.", "two"), ("3.", "three")]


def test_a_list_in_a_list_keeps_its_own_count():
    assert _texts("1. one\n   - a\n   - b\n2. two\n") == [
        ("1.", "one"),
        ("•", "a"),
        ("•", "b"),
        ("2.", "two"),
    ]


def test_a_second_paragraph_of_an_item_has_no_marker_of_its_own():
    assert _texts("- one\n\n  more\n- two\n") == [("•", "one"), ("", "more"), ("•", "two")]


def test_an_empty_item_gives_its_marker_to_nobody():
    assert _texts("-\n\nA paragraph.\n") == [("", "A paragraph.")]


def test_emphasis_is_a_style_of_a_span():
    assert blocks("It **opens**, *slowly*, and *then **shuts** again*.") == (
        Block(
            "",
            (
                Span("It ", ""),
                Span("opens", "strong"),
                Span(", ", ""),
                Span("slowly", "emphasis"),
                Span(", and ", ""),
                Span("then ", "emphasis"),
                Span("shuts", "strong"),
                Span(" again", "emphasis"),
                Span(".", ""),
            ),
        ),
    )


def test_underscores_in_names_are_no_emphasis():
    assert _texts("E_Na and g_na_open stay") == [("", "E_Na and g_na_open stay")]


def test_a_backslash_takes_the_meaning_from_a_character():
    assert blocks(r"\*not\* so \[x\]") == (Block("", (Span("*not* so [x]", ""),)),)


LITERAL = [
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- hidden -->",
    "&lt; and &#27;",
    "[a link](https://example.org)",
    "[a link][ref]",
    "![a picture](picture.png)",
    "https://example.org",
    "<https://example.org>",
    "[b]bold[/b]",
    "[@click=app.quit]quit[/]",
    "[/]",
    "$name and {peak_mv}",
    "# No heading",
    "> no quotation",
    "`no code`",
    "| no | table |",
    "~~not struck~~",
    "----",
]


@pytest.mark.parametrize("text", LITERAL)
def test_what_is_no_prose_stays_literal(text):
    assert blocks(text) == (Block("", (Span(text, ""),)),)


def test_links_cannot_be_defined_out_of_sight():
    assert _texts("[ref]: https://example.org\n\n[ref]") == [
        ("", "[ref]: https://example.org"),
        ("", "[ref]"),
    ]


def test_nothing_gives_no_blocks():
    assert blocks("") == blocks(" \n\n ") == ()


MARKUP = st.text("ab *_-+>#`[]()!\\\n\t0123.&<~|", max_size=60)


@given(st.text(max_size=60).map(clean) | MARKUP)
def test_any_text_gives_blocks_of_its_own_characters(text):
    for block in blocks(text):
        assert "\n" not in block.text
        assert block.marker in ("", "•") or block.marker.rstrip(".").isdecimal()
        assert set(block.text) <= {*text, " "}
