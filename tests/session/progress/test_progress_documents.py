"""Progress as JSON, CSV and a page of HTML."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.session.progress.learner import Learner, able_to_show, questions_of
from tutor.session.progress.document import COLUMNS, as_csv, as_json
from tutor.session.progress.html import as_html
from tutor.session.progress.view import ModuleView, ProgressView

HOSTILE = "</title><script>alert(1)</script>\" onload='x' & \x1b]52;c;eA==\x07 \u202e"


@pytest.fixture(scope="module")
def view() -> ProgressView:
    learner = Learner()
    for question in questions_of():
        learner.answer(question, mixed=True, certainty=2, seconds=30)
    learner.answer(able_to_show("M1")[0], right=False, misconceptions=["M1"], certainty=3)
    learner.answer("graded.q1", right=False)
    return learner.view


def test_the_names_of_the_document_stay(view: ProgressView) -> None:
    found = json.loads(as_json(view))
    assert list(found) == [
        *("format", "course", "at", "next", "totals", "forecast", "modules", "calibration"),
        *("misconceptions", "weeks", "days", "exams"),
    ]
    assert found["format"] == 1
    phase = found["modules"][0]["phases"][0]
    assert list(phase) == [
        *("id", "title", "mastery", "recall", "unreviewed", "mastered", "objectives"),
    ]
    assert list(phase["mastery"]) == [
        *("questions", "answered", "wrong", "share", "answered_share", "proved", "mastered"),
    ]
    assert list(found["next"]) == ["what", "target", "minutes", "text", "command"]
    assert list(found["forecast"]) == [
        *("day", "days", "exam", "exam_date", "recall", "unreviewed", "reviews", "learnt_from"),
    ]
    assert list(found["calibration"][0]) == [
        *("certainty", "answers", "share_right", "interval", "reading"),
    ]
    assert list(found["misconceptions"][0]) == [
        *("id", "name", "right", "held", "refuted", "shown", "cleared_by", "cleared_at"),
    ]
    assert as_json(view).count("\n") == 1


def test_the_table_has_a_row_for_each_objective(view: ProgressView) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(view))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == view.totals.objectives
    ions = next(row for row in rows if row["objective"] == "rest.ions")
    assert ions["state"] == "mastered"
    assert float(ions["mastery"]) == pytest.approx(1.0, abs=0.01)
    assert {row["state"] for row in rows} == {"mastered", "wrong", "begun", "new"} - (
        set() if any(row["state"] == "begun" for row in rows) else {"begun"}
    )


class Page(HTMLParser):
    """What a page holds, and whether every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_whole_and_brings_all_parts(view: ProgressView) -> None:
    page = Page(as_html(view))
    assert not page.open
    said = " ".join(page.words)
    assert view.next.text in said
    for module in view.modules:
        assert module.title in said
        for phase in module.phases:
            assert all(one.text in said for one in phase.objectives)
    assert view.misconceptions[0].name in said


def test_the_page_runs_and_loads_nothing(view: ProgressView) -> None:
    source = as_html(view)
    page = Page(source)
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    names = {name for name, _ in page.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "href")]
    assert "http://" not in source
    assert "https://" not in source
    assert "url(" not in source
    assert "@import" not in source
    assert "prefers-color-scheme: dark" in source
    assert "default-src 'none'" in source or "default-src &#x27;none&#x27;" in source


def hostile(view: ProgressView) -> ProgressView:
    """The same with a course, and ids of questions, that want to break out."""
    modules = tuple(
        ModuleView(
            module.id,
            HOSTILE,
            tuple(
                replace(
                    phase,
                    title=HOSTILE,
                    objectives=tuple(replace(one, text=HOSTILE) for one in phase.objectives),
                )
                for phase in module.phases
            ),
        )
        for module in view.modules
    )
    ideas = tuple(
        replace(
            idea,
            name=HOSTILE,
            right=HOSTILE,
            shown=tuple(replace(one, question=HOSTILE) for one in idea.shown),
        )
        for idea in view.misconceptions
    )
    step = replace(view.next, text=HOSTILE)
    return replace(view, course=HOSTILE, modules=modules, misconceptions=ideas, next=step)


def test_no_text_of_a_course_or_journal_gets_out_of_its_place(view: ProgressView) -> None:
    source = as_html(hostile(view))
    page = Page(source)
    assert not page.open
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "\x1b" not in source
    assert "\u202e" not in source


def test_every_square_of_the_days_has_a_sign_beside_its_colour(view: ProgressView) -> None:
    squares = re.findall(
        r'<rect[^>]*class="level(\d)"></rect><text[^>]*>(.)</text>', as_html(view)
    )
    assert squares
    assert {(level, "·░▒▓█"[int(level)]) for level, _ in squares} == set(squares)


def test_an_empty_journal_makes_a_page_too() -> None:
    page = Page(as_html(Learner().view))
    assert not page.open
    assert "Nothing is answered yet" in " ".join(page.words)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser here")
def test_a_browser_shows_the_page(view: ProgressView, tmp_path: Path) -> None:
    file = tmp_path / "progress.html"
    file.write_text(as_html(hostile(view)), encoding="utf-8")
    done = subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "<script" not in done.stdout
    assert done.stdout.count("<svg") >= 3
