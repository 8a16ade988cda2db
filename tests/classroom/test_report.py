"""The report on a class: what it counts is what was handed in, and it says so with numbers."""

import re
from pathlib import Path

import pytest
from classes import DAY, Class
from handing import handed_in, submission_of, worked
from handouts import MADE, hand_out
from msgspec.structs import replace
from report_class import NUMBER, ORDER, RIGHT, SINGLE, TEXT, WHO, backup, wrong_option

from tutor.classroom.collection.choosing import Choice, choose
from tutor.classroom.register.register import Register, open_register
from tutor.classroom.report.blocks import Points, Say, Table
from tutor.classroom.report.html import as_html
from tutor.classroom.report.lines import Look, as_text
from tutor.classroom.report.reading import report_of
from tutor.classroom.report.telling import parts_of
from tutor.classroom.report.view import ClassReport, TimeView
from tutor.course.loader import CourseFolder
from tutor.words import progress


@pytest.fixture(scope="module")
def course(fourteen: Class) -> Class:
    return fourteen


@pytest.fixture(scope="module")
def report(course: Class) -> ClassReport:
    with course.register.reading() as connection:
        return report_of(connection, course.key, MADE + 40 * DAY)


@pytest.fixture(scope="module")
def text(report: ClassReport) -> str:
    return as_text(report, Look(100))


def test_it_says_who_has_handed_in_and_who_was_late_or_has_longer(
    report: ClassReport, text: str
) -> None:
    by_id = {one.id: one for one in report.learners}
    assert set(by_id) == set(WHO)
    assert report.n == len(WHO) - 1
    assert by_id[WHO[-1]].handed_at is None
    assert [one.id for one in report.learners if one.late] == [WHO[0]]
    assert by_id[WHO[1]].extended
    assert "13 of 14 learners handed in; 1 of them late." in text
    assert f"Not handed in (n = 1):\n- Learner {WHO[-1]} ({WHO[-1]})" in text


def test_the_first_lines_say_what_to_reteach_with_numbers_and_n(
    report: ClassReport, text: str
) -> None:
    first = text.split("Handed in\n")[0]
    assert report.objectives == tuple(sorted(report.objectives, key=lambda one: one.facility))
    weakest = report.objectives[0]
    assert weakest.text.rstrip(".").split()[-1] in first
    assert f"(n = {weakest.n} learners" in " ".join(first.split())
    idea = report.ideas[0]
    assert f"was shown by {idea.shown} of {idea.n} learners" in " ".join(first.split())
    assert (idea.shown, idea.n) == (5, 13)


def test_ideas_stand_with_the_objectives_of_the_questions_that_showed_them(
    report: ClassReport, course: Class
) -> None:
    (question,) = (q for p in course.given.in_full.phases for q in p.questions if q.id == SINGLE)
    idea = next(o.misconception for o in question.options if o.id == wrong_option(course))
    with_it = {one.id for one in report.objectives if idea in {i.id for i in one.ideas}}
    assert set(question.objectives) <= with_it
    for one in report.objectives:
        rates = [i.rate for i in one.ideas]
        assert rates == sorted(rates, reverse=True)


def test_options_are_counted_in_all_and_in_the_thirds_of_the_class(
    report: ClassReport, course: Class
) -> None:
    item = next(one for one in report.items if one.id == SINGLE)
    options = {one.id: one for one in item.options}
    wrong = options[wrong_option(course)]
    (key,) = (one for one in item.options if one.correct)
    assert (key.n, wrong.n) == (8, 5)
    assert (key.rate, wrong.rate) == (pytest.approx(8 / 13), pytest.approx(5 / 13))
    assert (key.upper, key.lower) == (1.0, 0.0)
    assert (wrong.upper, wrong.lower) == (0.0, 1.0)
    assert wrong.misconception


def test_wrong_numbers_and_orders_that_are_alike_stand_together(report: ClassReport) -> None:
    number = next(one for one in report.items if one.id == NUMBER)
    assert [(one.text, one.n, one.marks) for one in number.answers] == [("12345 mV", 4, 0.0)]
    assert number.left_open == 1
    order = next(one for one in report.items if one.id == ORDER)
    assert [one.n for one in order.answers] == [5]
    assert "; " in order.answers[0].text


def test_written_answers_stand_by_mark_point_with_the_command_that_changes_it(
    report: ClassReport, text: str
) -> None:
    item = next(one for one in report.items if one.id == TEXT)
    point = item.points[0]
    assert sum(one.n for one in point.met) == 8
    told = {one.text: one.n for one in (*point.missed, *point.contradicted)}
    assert told == {"The potassium channels close.": 2, "It is the pump.": 3}
    commands = [line.strip() for line in text.splitlines() if "register override" in line]
    command = f"all {TEXT} --point {point.id} --met --why"
    assert any(command in line for line in commands)
    assert all(line.startswith(f"tutor register override {report.id[:8]} ") for line in commands)


def test_certainty_is_held_against_what_was_right(report: ClassReport, text: str) -> None:
    by_certainty = {one.certainty: one for one in report.sureness}
    assert by_certainty[1].n == 8 * 4
    assert by_certainty[1].share_right == 1.0
    assert by_certainty[3].n == 5 * 4 - 1
    assert by_certainty[3].reading == "too sure"
    assert "less often than that says" in text


def test_time_has_its_median_and_quartiles(report: ClassReport) -> None:
    for item in report.items:
        assert item.time is not None
        assert item.time.lower <= item.time.median <= item.time.upper
    assert report.items[0].time == TimeView(13, 60, 60, 60)


def test_who_may_need_help_is_named_by_the_rule_that_is_told(
    report: ClassReport, text: str
) -> None:
    found = {one.id: [risk.reason for risk in one.risks] for one in report.learners if one.risks}
    assert found[WHO[-1]] == ["nothing"]
    assert found.keys() == {*WHO[RIGHT:]}
    assert "low" in found[WHO[RIGHT + 1]]
    assert "It tells what was counted, not why: ask them." in " ".join(text.split())


def test_nobody_is_named_for_nothing_before_their_own_deadline(course: Class) -> None:
    with course.register.reading() as connection:
        early = report_of(connection, course.key, MADE + 5 * DAY)
    assert [one.id for one in early.learners if one.risks and one.handed_at is None] == []


def test_every_number_of_learners_or_answers_has_n_beside_it(report: ClassReport) -> None:
    told = [
        line
        for part in parts_of(report)
        for block in part.blocks
        for line in (
            [block.text]
            if isinstance(block, Say) and block.role != "soft"
            else block.lines
            if isinstance(block, Points)
            else [block.caption]
            if isinstance(block, Table) and "n" not in block.heads
            else []
        )
    ]
    shares = [one for one in told if re.search(r"\d%|Mean|deviation|alpha|Learners", one)]
    assert len(shares) > 8
    for one in shares:
        assert "(n = " in one or re.search(r"\d of \d+ learners", one), one


@pytest.mark.parametrize("width", [50, 60, 80, 100])
def test_it_fits_the_terminal_and_ascii(report: ClassReport, width: int) -> None:
    lines = as_text(report, Look(width)).splitlines()
    assert max(len(one) for one in lines if "register override" not in one) <= width
    assert as_text(report, Look(width, ascii=True)).isascii()


def test_numbers_drawn_are_told_where_ten_or_more_had_them(report: ClassReport, text: str) -> None:
    assert all(one.n >= 10 for item in report.items for one in item.variants)
    assert not any(item.variants for item in report.items)
    assert "By the numbers drawn" not in text


def test_of_few_learners_counts_stand_as_counts(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    course = Class(register, hand_out(files), tmp_path / "in")
    for one in ("a17", "b22"):
        wrong = dict.fromkeys(course.right(one), "no")
        done = worked(course.assignment, one, wrong, MADE + DAY, sure=2)
        handed_in(course.folder, submission_of(course.assignment, one, done), course.assignment)
    course.collect()
    with register.reading() as connection:
        few = report_of(connection, course.key, MADE + 3 * DAY)
    rule = "less than 40% of the marks"
    told = " ".join(as_text(few, Look(100)).split()).replace(rule, "")
    assert not re.search(r"\d%", told), re.findall(r".{40}\d%", told)
    assert "Learners by their share" not in told
    assert "(n = 2 learners, " in told
    page = as_html(few).replace(rule, "")
    sure = page[page.index(f">{progress.SURENESS}</h2>") :]
    sure = sure[: sure.index("</section>")]
    fairly = few.sureness[1].n
    assert fairly == 4
    assert f'<td>fairly</td><td class="number">{fairly}</td>' in sure
    assert not re.search(r"\d%", sure)
    for reading in progress.READINGS.values():
        assert reading not in told
        assert reading not in sure


def test_few_learners_are_told_and_have_no_statistics(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    course = Class(register, hand_out(files), tmp_path / "in")
    with register.reading() as connection:
        empty = report_of(connection, course.key, MADE)
    assert "Nothing has been handed in" in as_text(empty, Look(80))
    course.hands_in("a17")
    course.collect()
    with register.reading() as connection:
        one = report_of(connection, course.key, MADE + 3 * DAY)
    assert one.is_small
    assert {item.facility for item in one.items} == {None}
    assert "Only 1 learner has handed in" in as_text(one, Look(80))
    told = " ".join(as_text(one, Look(80)).split())
    assert "1 learners" not in told
    assert "1 of 2 learners handed in; 0 of them late." in told


def test_hostile_names_and_answers_are_cleaned(
    files: CourseFolder, register: Register, tmp_path: Path
) -> None:
    given = hand_out(files, ids=[TEXT], seats={})
    course = Class(register, given, tmp_path / "in")
    bad = "\x1b]52;c;aGk=\x07<script>alert(1)</script>\u202e"
    course.hands_in(f"x{bad}", answers={TEXT: f"It rains {bad}"}, name="hostile")
    course.collect()
    with register.reading() as connection:
        report = report_of(connection, course.key, MADE + DAY)
    shown = as_text(report, Look(80))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "It rains" in shown


def test_work_is_counted_with_the_other_marks_that_were_given(
    course: Class, report: ClassReport, tmp_path: Path
) -> None:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(backup(course.register))
    with open_register(path) as register:
        choose(register, course.key, Choice(WHO[-2], SINGLE, 1.0), "Dr Katz", "fair")
        with register.reading() as connection:
            after = report_of(connection, course.key, MADE + 40 * DAY)
    assert after.items[0].overridden == 1
    assert after.items[0].facility == pytest.approx(9 / 13)
    assert replace(after, items=()) != replace(report, items=())
