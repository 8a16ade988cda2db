"""The boundary for text: what may not reach a terminal is replaced, what is honest is kept."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.text import LONGEST, REPLACEMENT, clean, one_line, to_ascii, unsafe_characters

UNSAFE = {
    "NUL": "\0",
    "bell": "\a",
    "backspace": "\b",
    "vertical tab": "\v",
    "form feed": "\f",
    "lone carriage return": "\r",
    "shift out": "\x0e",
    "escape": "\x1b",
    "unit separator": "\x1f",
    "delete": "\x7f",
    "C1 next line": "\x85",
    "C1 control sequence introducer": "\x9b",
    "C1 operating system command": "\x9d",
    "C1 last": "\x9f",
    "high surrogate": "\ud800",
    "low surrogate": "\udfff",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "byte order mark": "\ufeff",
    "interlinear annotation": "\ufff9",
    "Arabic letter mark": "\u061c",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "left-to-right embedding": "\u202a",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "pop directional isolate": "\u2069",
    "tag character": "\U000e0041",
    "cancel tag": "\U000e007f",
}


@pytest.mark.parametrize("character", UNSAFE.values(), ids=UNSAFE)
def test_an_unsafe_character_is_replaced_and_found(character):
    assert clean(f"a{character}b") == f"a{REPLACEMENT}b"
    assert list(unsafe_characters(f"a{character}b")) == [(1, f"U+{ord(character):04X}")]


def test_every_control_and_every_bidi_control_is_unsafe():
    for code in range(0x110000):
        character = chr(code)
        control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
        bidi = unicodedata.bidirectional(character) in {
            *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        }
        if control or bidi:
            assert clean(character) == REPLACEMENT, hex(code)


def test_newline_and_tab_are_kept_and_windows_line_ends_become_newlines():
    assert clean("a\tb\nc\r\nd") == "a\tb\nc\nd"
    assert not list(unsafe_characters("a\tb\nc"))


def test_honest_text_is_kept():
    text = "Na⁺ enters at −55 mV; µA/cm², 37 °C, × 1.5, “naïve” Žižek 神経 नमस्ते שלום 🧠"
    assert clean(text) == text


def test_text_is_composed():
    assert clean("e\u0301") == "é"
    assert clean("A\u030a") == "Å"
    assert clean("\u2126") == "Ω"


def test_long_text_is_cut_and_says_so():
    assert clean("x" * LONGEST) == "x" * LONGEST
    assert clean("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert clean("abcdef", 4) == "abc…"
    assert len(clean("x" * 10_000_000)) == LONGEST


@given(st.text(st.characters()), st.integers(1, 50))
def test_cleaned_text_is_safe_short_composed_and_stays_as_it_is(text, longest):
    once = clean(text, longest)
    assert not list(unsafe_characters(once))
    assert len(once) <= longest
    assert clean(once, longest) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_text_that_composing_makes_longer_is_cut_too():
    longer = "\u0958" * 10  # NFC writes each as two characters.
    assert clean(longer, 10) == unicodedata.normalize("NFC", longer)[:9] + "…"


@given(st.text(st.characters()))
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert not set(line) & set("\n\t")
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert len(line) <= 200


def test_one_line_joins_lines_with_single_blanks():
    assert one_line("  a\n\n  b\tc\r\nd ") == "a b c d"
    assert one_line("abcdef", 4) == "abc…"
    assert one_line("]52;c;\x1b\x07") == f"]52;c;{REPLACEMENT}{REPLACEMENT}"


def test_of_very_many_marks_on_one_letter_some_are_left():
    piled = "a" + "\u0301\u0323" * 9_000 + "b"
    assert clean(piled) == clean("a" + "\u0301\u0323" * 15 + "b")
    # These are none by themselves, but are composed of two.
    assert clean("\u0f73" * 9_000) == clean("\u0f73" * 30)
    assert clean("e\u0301" * 100) == "é" * 100
    assert (
        clean("αβγδεζηθικλμνξοπρστυφχψωαβγδεζηθικ\u0301")
        == "αβγδεζηθικλμνξοπρστυφχψωαβγδεζηθικ\u0301"
    )


#: What a learner on an ASCII terminal reads.
ASCII = {
    "Na⁺": "Na+",
    "K⁺ and Ca²⁺": "K+ and Ca2+",
    "50 µA/cm²": "50 uA/cm2",
    "50 μA/cm²": "50 uA/cm2",
    "37 °C": "37 deg C",
    "−55 mV": "-55 mV",
    "10⁻³": "10-3",
    "m³h": "m3h",
    "1.5 × threshold": "1.5 x threshold",
    "g ≥ 2, g ≤ 3": "g >= 2, g <= 3",
    "V ≠ E": "V != E",
    "V ≮ E": "V <? E",
    "≈ 30 ± 2": "~ 30 +- 2",
    "½": "1/2",
    "6 ÷ 3 Ω, √16": "6 / 3 ohm, sqrt 16",
    "τ and λ": "tau and lambda",
    "“so it’s” – said … → end": '"so it\'s" - said ... -> end',
    "Müller, Žižek, Ångström": "Muller, Zizek, Angstrom",
    "a\u00a0b": "a b",
    "ﬁring": "firing",
    "神": "?",
    REPLACEMENT: "?",
    "a\tb\n": "a\tb\n",
}


@pytest.mark.parametrize(("text", "plain"), ASCII.items())
def test_ascii_text_stays_readable(text, plain):
    assert to_ascii(text) == plain


@given(st.text(st.characters()))
def test_any_text_has_an_ascii_form(text):
    assert to_ascii(text).isascii()


@given(st.text(string.printable))
def test_ascii_text_is_left_alone(text):
    assert to_ascii(text) == text
