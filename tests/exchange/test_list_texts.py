"""Any text that a question may have comes back from every list."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lists import FORMATS, read_back, written

from tutor.course.text import clean
from tutor.exchange.listed import Format, Listed, Part
from tutor.exchange.page import canonical
from tutor.exchange.sheets import Sheet, held

#: Characters that act somewhere, among others that do not.
ACTING = "~=#{}:\\n->/%[]<>&;'\"*_`$@+-1.|•,\u00a0\u2003é⁺𝄞 \t\n"
TEXTS = st.text(st.one_of(st.sampled_from(ACTING), st.characters()), min_size=1, max_size=40)


def line(text: str) -> str:
    """A line as a content file has one."""
    return " ".join(clean(text).split()) or "x"


LINES = TEXTS.map(line)
PROSE = TEXTS.map(clean).map(canonical).map(lambda text: text or "x")
WORDS = st.from_regex(r"[a-z]{1,6}", fullmatch=True)


@st.composite
def questions(draw: st.DrawFn) -> Listed:
    kind = draw(st.sampled_from(["single", "multi", "matching", "numeric", "text"]))
    count = draw(st.integers(3, 5))
    texts = [draw(LINES) for _ in range(count)]
    options = [
        Part(
            text=text,
            share=50.0 if n < 2 else -50.0,
            feedback=draw(LINES),
            exactly=draw(LINES),
            credited_by=("AQA", "IB") if kind == "single" and n else (),
        )
        for n, text in enumerate(texts)
    ]
    by_kind = {
        "single": [Part(text=o.text, share=0.0 if n else 100.0, feedback=o.feedback,
                        exactly=o.exactly, credited_by=o.credited_by)
                   for n, o in enumerate(options)],
        "multi": options,
        "matching": [Part(text=f"i{text}", partner=draw(LINES)) for text in texts],
        "numeric": [Part(text=str(n), feedback=text) for n, text in enumerate(texts)],
        "text": [
            Part(text=text, marks=float(n), accept=(draw(LINES),), reject=(draw(LINES),),
                 required_word=draw(LINES))
            for n, text in enumerate(texts)
        ],
    }  # fmt: skip
    return Listed(
        id="a.q1",
        name="a.q1",
        kind=kind,
        stem=draw(PROSE),
        setup=draw(LINES),
        marks=draw(st.integers(1, 20).map(float)),
        parts=tuple(by_kind[kind]),
        number=draw(st.integers(-99, 99).map(float)) if kind == "numeric" else None,
        within=0.25 if kind == "numeric" else 0.0,
        unit="mS/cm2" if kind == "numeric" else "",
        model_answer=draw(PROSE) if kind == "text" else "",
        wrong_answers=(draw(LINES),) if kind == "text" else (),
        explanation=draw(PROSE),
        decides=draw(WORDS),
        hint=draw(LINES),
        source=draw(LINES),
        objectives=("a.b",),
        difficulty=2,
    )


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=questions())
def test_any_text_comes_back(form: Format, tmp_path: Path, listed: Listed) -> None:
    count = len(listed.parts)
    out = Sheet(listed, "M", "P / p", "set-up", (), (), "", ("no: {5}",) * count, (0.5,) * count)
    reading = read_back(form, written(form, [out], tmp_path / "list"))
    assert [*reading.left] == []
    assert [one for one, _ in reading.questions] == [held(listed, form)]
