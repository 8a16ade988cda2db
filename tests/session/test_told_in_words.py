"""What learners read of knobs, measurements and goals is words, never a name of the files."""

import io
import re

import pytest

from tutor.course.names import PREPARATION_NAMES, names_of
from tutor.course.posed import Posed
from tutor.course.scenario import default_scenario, settings_of, simulate_once, with_settings
from tutor.grading.marking import mark, model_answer
from tutor.journal.kinds import POSITION
from tutor.journal.store import Journal
from tutor.plain.app import run_plain
from tutor.plain.lab import run_lab
from tutor.plain.page import Closed, Page
from tutor.session.asked import Asked
from tutor.session.form import form_of, key_lines, shown_answer
from tutor.session.knobs import knobs_of
from tutor.session.lab.bench import Lab
from tutor.session.lab.compare import readings
from tutor.session.points import point_lines
from tutor.session.refutation import filled
from tutor.session.views import Counter

IDENTIFIER = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
QUICK = ("resting", "receptor", "textbook", "squid", "cortical")


def questions(files):
    return [(phase, q) for phase in files.phase_ids for q in files.phase(phase).questions]


def refuse_identifiers(*texts):
    for text in texts:
        assert text
        assert not IDENTIFIER.search(text), text


def test_every_knob_of_the_course_has_a_label_and_no_two_of_a_set_up_the_same(files):
    steps = [step.demonstration for phase in files.phase_ids for step in files.phase(phase).steps]
    asked = [*steps, *(question for _, question in questions(files))]
    assert sum(len(each.scenario.knobs) for each in asked) > 50
    for each in asked:
        knobs = knobs_of(each.scenario, {})
        for knob in knobs:
            refuse_identifiers(knob.title)
        assert len({knob.title for knob in knobs}) == len(knobs)


@pytest.mark.parametrize("preparation", PREPARATION_NAMES)
def test_every_setting_knob_and_measurement_of_a_preparation_is_told_in_words(preparation):
    lab = Lab()
    lab.use(preparation)
    for kind in lab.kinds:
        lab.add(kind)
    refuse_identifiers(*(knob.title for knob in lab.knobs))
    refuse_identifiers(*(quantity.title for quantity in settings_of(lab.scenario).values()))
    refuse_identifiers(*(measured.meaning for measured in names_of(preparation).values()))
    said = io.StringIO()
    with pytest.raises(Closed):
        run_lab(Page(io.StringIO("list all\nhelp\n"), said, "ascii", "ascii", False), lab)
    refuse_identifiers(said.getvalue())


def test_the_lab_tells_what_it_measured_in_words():
    said = io.StringIO()
    with pytest.raises(Closed):
        run_lab(Page(io.StringIO("run\n"), said, "ascii", "ascii", False), Lab())
    assert "Number of spikes: 1" in said.getvalue()
    refuse_identifiers(said.getvalue())


def test_a_current_that_stays_on_is_no_pulse():
    lab = Lab()
    lab.add("step")
    assert [knob.title for knob in lab.knobs if knob.stimulus == 2] == ["start", "current"]


def test_goals_parts_and_what_was_turned_are_told_in_words(files):
    told = 0
    for _, question in questions(files):
        if question.kind not in ("experiment", "calculation"):
            continue
        if question.scenario.preparation not in QUICK:
            continue
        posed = Posed(question, 1)
        wrong = {} if question.kind == "experiment" else ["1"] * len(question.parts)
        for answer in (wrong, model_answer(posed)):
            verdict = mark(posed, answer)
            refuse_identifiers(*(point.text for point in verdict.points), *verdict.feedback)
            refuse_identifiers(*(point.note for point in verdict.points if point.note))
        refuse_identifiers(*key_lines(posed), shown_answer(posed, model_answer(posed)))
        refuse_identifiers(form_of(posed).example)
        told += 1
    assert told > 15


def question(files, phase, question_id):
    return next(q for q in files.phase(phase).questions if q.id == question_id)


def test_a_missed_goal_is_told_with_what_was_measured(files):
    posed = Posed(question(files, "threshold", "threshold.q12"), 1)
    verdict = mark(posed, {"amplitude_ua_cm2": 28})
    assert verdict.points[0].text == "The neuron fires"
    assert verdict.feedback == ("Number of spikes: 0, 1 too few.",)
    assert key_lines(posed)[-1] == "For instance: pulse size 32 µA/cm²"
    assert shown_answer(posed, {"amplitude_ua_cm2": 28}) == "pulse size 28 µA/cm²"


def test_what_is_measured_at_a_place_is_told_with_the_name_of_the_place(files):
    posed = Posed(question(files, "propagation", "propagation.q5"), 1)
    assert mark(posed, {"blocked_mm": 8}).feedback == (
        "Number of spikes at 50 mm: 0, 1 too few.",
        "This run has none: arrival of the first spike at 50 mm.",
    )
    blocked = simulate_once(with_settings(posed.scenario, {"blocked_mm": 8}))
    assert "at 50 mm: this run has none" in filled(None, "{arrival_1_ms}", blocked, {})
    told = [reading.meaning for reading in readings(blocked, kept=posed.run)]
    assert "arrival of the first spike at 50 mm" in told
    assert {"50 mm: resting potential", "end of the run"} <= set(told)
    assert not [meaning for meaning in told if "watched" in meaning]


def test_a_multiple_is_told_as_one_of_the_run_before(files):
    posed = Posed(question(files, "rising", "rising.q15"), 1)
    (said,) = mark(posed, {}).feedback
    before = "times the run with the knobs untouched"
    assert said == f"Steepest rise: 1 {before}, and at most 0.57 times is asked for."


def test_a_number_that_a_turned_knob_takes_away_is_told_in_words():
    run = simulate_once(with_settings(default_scenario("textbook"), {"na_block": 1.0}))
    assert filled(None, "It is {half_width_ms} wide.", run, {}) == (
        "With these settings: half-width of the spike: this run has none (there is no spike)."
    )


def test_the_set_up_follows_the_knobs_of_an_experiment(files):
    asked = Asked(files, Journal.in_memory(), question(files, "threshold", "threshold.q12"), {})
    asked.turned["amplitude_ua_cm2"] = 26.0
    for view in (asked.view(Counter(1, 1)), asked.outline(Counter(1, 1))):
        assert "26 µA/cm²" in view.set_up
        assert "20 µA/cm²" not in view.set_up


@pytest.mark.parametrize("phase", ["rest", "threshold", "rising"])
def test_plain_text_of_a_whole_phase_has_no_identifier(files, phase):
    said = io.StringIO()
    for each in files.phase(phase).questions:
        if each.kind not in ("experiment", "calculation"):
            continue
        journal = Journal.in_memory()
        journal.append(POSITION, seed=1, data={"phase": phase, "item": each.id})
        lines = "?\nrun\n?\n" if each.kind == "experiment" else "?\n1\n1\n1\n?\n"
        run_plain(files, journal, io.StringIO(lines), said, phase)
    for step in files.phase(phase).steps:
        journal = Journal.in_memory()
        journal.append(POSITION, data={"phase": phase, "item": step.id})
        run_plain(files, journal, io.StringIO("?\nset 1 0\n"), said, phase)
    refuse_identifiers(said.getvalue())


def test_what_only_boards_credit_is_told_as_such_with_what_physiology_says(files):
    posed = Posed(question(files, "propagation", "propagation.q1"), 1)
    credited = next(option for option in posed.question.options if option.credited_by)
    asked = Asked(files, Journal.in_memory(), posed.question, {}, seed=1)
    asked.answer([credited.id])
    view = asked.view(Counter(1, 1))
    assert view.verdict.right
    assert view.headline == "Credited in exams"
    (exact,) = (option for option in posed.question.options if option.correct)
    told = [line.text for line in point_lines(view, view.verdict)]
    assert told == [credited.text, f"By physiology: {exact.text}"]
