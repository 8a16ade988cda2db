"""The report as a page: complete in itself, safe whatever is in it, and read by a real browser."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest
from classes import Class
from click.testing import CliRunner
from handouts import ADA, BOB, MADE, hand_out
from lxml import html
from sqlalchemy import update

from tutor.classroom.register.register import open_register
from tutor.classroom.register.tables import learners
from tutor.classroom.report.html import as_html
from tutor.classroom.report.reading import report_of
from tutor.cli.commands import tutor
from tutor.course.loader import CourseFolder

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MUST_RUN = "TUTOR_TESTS_MUST_RUN"
BAD = '<script>document.title="hit"</script><img src=x onerror="document.title=1">'


@pytest.fixture(scope="module")
def course(files: CourseFolder, tmp_path_factory: pytest.TempPathFactory) -> Class:
    folder = tmp_path_factory.mktemp("class")
    register = open_register(folder / "register.sqlite3")
    course = Class(register, hand_out(files, seats={}), folder / "in")
    course.hands_in(ADA)
    course.hands_in(BOB, answers=dict.fromkeys(course.right(BOB), BAD))
    for number in range(8):
        course.hands_in(f"x{number}")
    course.collect()
    with register.writing() as connection:
        connection.execute(update(learners).where(learners.c.id == BOB).values(name=BAD))
    return course


@pytest.fixture(scope="module")
def page(course: Class, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    arguments = ["report", "--html", str(path), "--register", course.register.where]
    done = CliRunner().invoke(tutor, arguments)
    assert done.exit_code == 0, done.output
    assert done.output == f"Written: {path}\n"
    return path


def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or without("there is no Chromium here; install the package chromium")


def without(reason: str) -> NoReturn:
    if os.environ.get(MUST_RUN):
        pytest.fail(f"NOT TESTED IN A BROWSER: {reason}")
    pytest.skip(f"NOT TESTED IN A BROWSER: {reason}")


def browsed(path: Path, *options: str) -> str:
    """What a browser makes of a page, which reaches nothing outside of it."""
    done = subprocess.run(
        [
            *(browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(
                f"--user-data-dir={path.parent / 'profile'}",
                "--host-resolver-rules=MAP * ~NOTFOUND",
            ),
            *(*options, path.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_browser_shows_the_parts_the_tables_and_the_names(page: Path) -> None:
    found = html.fromstring(browsed(page, "--dump-dom"))
    heads = [one.text_content() for one in found.iter("h2")]
    assert heads[0] == "What to reteach"
    assert len(heads) == 8
    assert found.findtext("head/title") == "Report: Rest, week 3"
    assert BAD in found.text_content()
    tables = list(found.iter("table"))
    assert len(tables) > 4
    assert len({"".join(one.itertext()) for one in tables}) > 4


def test_a_browser_prints_it(page: Path) -> None:
    printed = page.with_name("report.pdf")
    browsed(page, f"--print-to-pdf={printed}")
    assert printed.read_bytes().startswith(b"%PDF")


def test_it_has_no_script_and_asks_nothing_of_any_place(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = html.fromstring(text)
    loading = ("script", "img", "link", "iframe", "object", "style")
    assert [one.tag for one in found.iter(*loading)] == ["style"]
    assert "default-src 'none'" in text
    for one in found.iter():
        for name, value in one.attrib.items():
            assert not name.startswith("on")
            assert name != "src"
            assert name != "style" or re.fullmatch(r"width: \d+\.\d%", value)
            assert name != "href" or re.fullmatch(r"#part\d", value)
    assert "url(" not in text
    assert "@import" not in text


def test_tables_are_read_aloud_with_caption_and_heads(page: Path) -> None:
    for table in html.fromstring(page.read_text(encoding="utf-8")).iter("table"):
        assert table.findtext("caption")
        heads = table.findall("thead/tr/th")
        assert heads
        assert {head.get("scope") for head in heads} == {"col"}
        for row in table.findall("tbody/tr"):
            assert len(row.findall("td")) == len(heads)
    found = html.fromstring(page.read_text(encoding="utf-8"))
    assert found.get("lang") == "en"
    ids = [one.get("id") for one in found.iter("h2")]
    assert [one.get("href") for one in found.find("body/nav").iter("a")] == [f"#{i}" for i in ids]


def test_bars_are_as_long_as_the_numbers_beside_them_say(course: Class) -> None:
    with course.register.reading() as connection:
        report = report_of(connection, course.key, MADE)
    assert report.marks is not None
    found = html.fromstring(as_html(report))
    cells = found.find_class("meter")
    told = [cell.text_content() for cell in cells]
    lengths = [cell.find_class("bar")[0].get("style") for cell in cells]
    assert all(re.fullmatch(r"\d+%?", one) for one in told)
    of_class = next(one for one in found.iter("table") if "(n = 10)" in one.findtext("caption"))
    tenths = report.marks.tenths
    assert [one.text_content() for one in of_class.find_class("meter")] == list(map(str, tenths))
    for text, style in zip(told, lengths, strict=True):
        share = float(text[:-1]) if text.endswith("%") else 100 * int(text) / max(tenths)
        assert style is not None
        assert float(style.removeprefix("width: ").removesuffix("%")) == pytest.approx(
            share, abs=1
        )
    # What reads the page aloud says the numbers alone.
    assert all(one.getparent().get("aria-hidden") for one in found.find_class("bar"))


def test_light_and_dark_come_from_the_reader(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    names = set(re.findall(r"(--[a-z0-9]+):", light))
    assert names
    assert names == set(re.findall(r"(--[a-z0-9]+):", dark.partition("}")[0]))
