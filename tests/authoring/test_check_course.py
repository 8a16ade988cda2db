"""The content check: every key is proved by its own run, and every file agrees with the rest."""

import re

import pytest
from course_files import (
    COURSE,
    MARK,
    MISCONCEPTIONS,
    SPARK,
    assert_told_well,
    good_files,
    phase_text,
    place_of,
    replaced,
    spoil,
    write_course,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tutor.authoring.check import check_course
from tutor.course.loader import CourseFolder

GLOW = "phases/glow.yaml"
KNOB = "knobs: {amplitude_ua_cm2: [45, 60]}"
PULSE = "preparation: textbook\n      stimuli: [{kind: pulse, amplitude_ua_cm2: 50}]"
WINDOW = "window: [stimulus_ms, peak_ms + 1]"


def _errors(folder):
    """What the check finds, each error told well."""
    errors = check_course(folder).errors
    assert_told_well(list(errors), folder)
    return errors


def test_the_course_that_comes_with_the_program_is_clean():
    report = check_course(processes=None)
    assert report.errors == ()
    assert report.warnings == ()
    files = CourseFolder()
    assert report.phases == len(files.phase_ids) > 0
    assert report.questions == sum(len(files.phase(i).questions) for i in files.phase_ids) > 0


def test_a_clean_course_is_counted(tmp_path):
    write_course(tmp_path, good_files("spark", "glow"))
    report = check_course(tmp_path)
    assert (report.phases, report.questions, report.errors) == (2, 4, ())


#: Name, old text, new text with » where the one error is expected, what the error is.
CONTRADICTED = [
    (
        "a key that its run contradicts",
        "- peak_mv > 0\n",
        "- »peak_mv > 35 + 1\n",
        r"spark\.q1: not true: peak_mv > 35 \+ 1 \(peak_mv = 30\.\d+\)",
    ),
    (
        "a key that the spine contradicts",
        "- peak_mv > 0\n",
        "- »peak_mv > spine.peak_mv + 5\n",
        r"not true: .* \(peak_mv = 30\.\d+, spine\.peak_mv \+ 5 = 3\d\.\d+\)",
    ),
    (
        "a knob that contradicts the key at its low end",
        KNOB + "\n    proof:\n      - peak",
        "knobs: {amplitude_ua_cm2: [30, 60]}\n    proof:\n      - »peak",
        r"spark\.q1: not true at amplitude_ua_cm2 30: peak_mv > 0 \(peak_mv = -\d\d\.\d+\); of "
        r"the knob's values it holds at 35 to 60: narrow the knob, or the proof",
    ),
    (
        "a knob that contradicts the key at its high end",
        KNOB + "\n    proof:\n      - peak_mv > 0\n      - peak",
        "knobs: {amplitude_ua_cm2: [45, 500]}\n    proof:\n      - peak_mv > 0\n      - »peak",
        r"not true at amplitude_ua_cm2 \d{3}.*: peak_mv < e_na_mv \(peak_mv = \d+.*, e_na_mv = 5",
    ),
    (
        "a refutation whose proof fails",
        "- peak_mv < asked.peak_mv - 50\n",
        "- »peak_mv > asked.peak_mv\n",
        r"spark\.q1: refutation of option b: not true: .* "
        r"\(peak_mv = -\d\d\.\d+, asked\.peak_mv = 30\.\d+\)",
    ),
    (
        "braces where no number is filled in",
        "hint: Look at the peak.",
        "hint: »Look at {peak_mv}.",
        r"spark\.q1: braces are not filled here; they are in stem, decides, explanation, asks",
    ),
    (
        "a name in a stem that nobody knows",
        "stem: How high does the spike go?",
        "stem: »How high is {half_width_ms:.3d}?",
        r"unknown format '\.3d'",
    ),
    (
        "a setting in a sentence",
        "decides: The peak is {peak_mv}.",
        "decides: »The peak is {peak_mv}, with {na_block:.1f}.",
        r"spark\.q1: na_block is a setting, and no number that is measured \(write its value, or",
    ),
    (
        "a demonstration whose proof fails",
        "- spike_count == 1\n",
        "- »spike_count == 2\n",
        r"spark\.s1: not true: spike_count == 2 \(spike_count = 1\)",
    ),
    (
        "a knob that contradicts a demonstration",
        "knobs: {times_threshold: [1.2, 2.0]}\n      show: [g_na, g_k]\n"
        "      caption: The spike goes up to {peak_mv}.\n      proof:\n        - spike",
        "knobs: {times_threshold: [0.5, 2.0]}\n      show: [g_na, g_k]\n"
        "      caption: The spike goes up to {peak_mv}.\n      proof:\n        - »spike",
        r"spark\.s1: not true at times_threshold 0\.5: spike_count == 1 \(spike_count = 0\)",
    ),
    (
        "a proof about a measurement that the run lacks",
        "- peak_mv > 0\n",
        "- »settled_ms > 0\n",
        r"spark\.q1: cannot be judged: settled_ms: this run has none \(the run ends before it",
    ),
    (
        "a proof about a time after the run",
        "- peak_mv > 0\n",
        "- »at(g_na, 9) > 0\n",
        r"cannot be judged: time_ms is 9, but must be from 0 to 5 ms",
    ),
    (
        "a proof without a value",
        "- peak_mv > 0\n",
        "- »1 / (spike_count - 1) > 0\n",
        r"cannot be judged: .* has no value",
    ),
    (
        "a sentence with a number that its run lacks",
        "decides: It gets to {peak_mv}, the spine",
        "decides: »It takes {half_width_ms}, the spine",
        r"spark\.q2: half_width_ms: this run has none \(there is no spike\)",
    ),
    (
        "a refutation with a number that its run lacks",
        "says: Without",
        "says: »At {upstroke_ms}. Without",
        r"spark\.q1: refutation of option b: upstroke_ms: this run has none \(there is no spike\)",
    ),
    (
        "a caption with a number that its run lacks",
        "caption: The spike goes up to {peak_mv}.",
        "caption: »The potential is back at rest at {settled_ms}.",
        r"s1: settled_ms: this run has none \(the run ends before it, or never gets there\)",
    ),
    (
        "a caption of the first minute with a number that the spine lacks",
        "Rest, at {rest_mv}.",
        "»Rest, after {settled_ms}.",
        r"settled_ms: this run has none",
    ),
    (
        "a reply with a number that the spine lacks",
        "Yes, up to {peak_mv}.",
        "»Yes, in {settled_ms}.",
        r"settled_ms: this run has none",
    ),
    (
        "a caption before the one above it",
        "until: peak_ms",
        "until: »stimulus_ms - 0.5",
        r"0\.5 ms is before the last caption or after the run",
    ),
    (
        "a caption after the run",
        "until: peak_ms",
        "until: »end_ms + 1",
        r"8 ms is before the last caption or after the run",
    ),
    (
        "a window upside down",
        WINDOW,
        "window: »[peak_ms, stimulus_ms]",
        r"is no stretch of the sp",
    ),
    (
        "a window after the run",
        WINDOW,
        "window: »[peak_ms, '99']",
        r"to 99 ms is no stretch of the",
    ),
    (
        "a window without a value",
        WINDOW,
        "window: »[settled_ms, '6']",
        r"settled_ms: this run has n",
    ),
    (
        "a pulse that no current makes",
        PULSE,
        "»preparation: textbook\n"
        "      stimuli: [{kind: pulse, times_threshold: 20, pulse_ms: 0.05}]",
        r"spark\.q1: cannot be run: amplitude_ua_cm2 is \d+.*, but must be from -200 to 2000",
    ),
    (
        "a pulse too short to fire",
        PULSE,
        "»preparation: cortical\n"
        "      stimuli: [{kind: pulse, times_threshold: 1, pulse_ms: 0.01}]",
        r"spark\.q1: cannot be run: no pulse of 0\.01 ms fires the cortical neuron",
    ),
    (
        "pulses that are too much together",
        f"{PULSE}\n      duration_ms: 5\n      {KNOB}",
        "»preparation: textbook\n      stimuli: [{kind: pulse, amplitude_ua_cm2: 1500}, "
        "{kind: pulse, times_threshold: 18}]\n      duration_ms: 5",
        r"spark\.q1: cannot be run: the sum of amplitude_ua_cm2 is 2068.05, but must be from",
    ),
    (
        "a knob beyond what the preparation stands",
        KNOB,
        "knobs: {temperature_c: »[20, 37]}",
        r"spark\.q1: cannot be run at temperature_c 20: temperature_c is 20, but must be 37",
    ),
    (
        "a knob beyond the end of the run",
        KNOB,
        "knobs: {changes_from_ms: »[0, 12]}",
        r"cannot be run at changes_from_ms 6: changes_from_ms is 6, but must be from 0 to 5 ms",
    ),
    (
        "a knob of a pulse that is not there",
        f"{PULSE}\n      duration_ms: 5\n      {KNOB}",
        "preparation: textbook\n      duration_ms: 5\n      knobs: {pulse_ms: »[0.2, 1]}",
        r"unknown knob 'pulse_ms'; known: changes_from_ms",
    ),
    (
        "a spine that cannot be run",
        "preparation: textbook\n  stimuli:\n    - {kind: pulse, start_ms: 1.0, pulse_ms: 0.5",
        "»preparation: cortical\n  stimuli:\n    - {kind: pulse, start_ms: 1.0, pulse_ms: 0.01",
        r"the spine cannot be run: no pulse of 0\.01 ms fires the cortical neuron",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "pattern"),
    [case[1:] for case in CONTRADICTED],
    ids=[c[0] for c in CONTRADICTED],
)
def test_what_a_run_does_not_bear_out_is_one_error_at_its_place(tmp_path, old, new, pattern):
    spoilt = spoil(tmp_path, (old, new))
    (error,) = _errors(tmp_path)
    assert error.file == spoilt.name
    assert error.place == spoilt.place, str(error)
    assert re.search(pattern, str(error)), str(error)


def test_a_comparison_is_the_run_that_a_demonstrations_proof_calls_asked(tmp_path):
    compare = "compare: {preparation: textbook, duration_ms: 6}\n      proof:\n        - "
    demonstration = ("proof:\n        - spike_count == 1\n", f"{compare}peak_mv > asked.peak_mv\n")
    spoil(tmp_path, demonstration)
    assert check_course(tmp_path).errors == ()
    spoil(tmp_path, (demonstration[0], f"{compare}peak_mv < asked.peak_mv\n"))
    (error,) = _errors(tmp_path)
    assert "asked.peak_mv = -" in error.message


def test_a_comparison_that_cannot_be_run_is_an_error(tmp_path):
    compare = (
        "{preparation: cortical, stimuli: [{kind: pulse, times_threshold: 1, pulse_ms: 0.01}]}"
    )
    spoil(tmp_path, ("      show: [g_na, g_k]\n", f"      compare: {MARK}{compare}\n"))
    (error,) = _errors(tmp_path)
    assert "spark.s1: cannot be run: no pulse of 0.01 ms" in str(error)


def test_a_knob_that_cannot_be_turned_is_found_without_any_proof(tmp_path):
    sourced = "sourced: Hodgkin & Huxley 1952\n"
    spoil(
        tmp_path,
        ("    proof:\n      - peak_mv > 0\n      - peak_mv < e_na_mv\n", f"    {sourced}"),
        (KNOB, "knobs: {temperature_c: [20, 37]}"),
    )
    assert any("cannot be run at temperature_c 20" in str(error) for error in _errors(tmp_path))


def test_an_id_in_two_files_is_an_error_in_the_second(tmp_path):
    files = good_files("spark", "glow")
    glow = replaced(files[GLOW], ("id: glow.s1", "id: spark.s1"))
    glow = glow.replace("glow.height", "spark.height")
    write_course(tmp_path, {**files, GLOW: glow})
    objective, step = _errors(tmp_path)
    assert {error.file for error in (objective, step)} == {GLOW}
    assert objective.place == place_of(glow, glow.index("spark.height"))
    assert step.place == place_of(glow, glow.index("spark.s1"))
    assert step.message == f"the id stands in {SPARK} too"


def test_a_retired_id_may_not_come_back(tmp_path):
    course = good_files()[COURSE] + "retired: [spark.q2, spark.q7]\n"
    write_course(tmp_path, {COURSE: course})
    (error,) = _errors(tmp_path)
    assert (error.file, error.item) == (SPARK, "spark.q2")
    assert error.message == "the id was retired; give a new one"


def test_a_phase_file_that_no_module_names_is_an_error(tmp_path):
    write_course(tmp_path, {GLOW: phase_text("glow"), "phases/old.yml": "", "phases/notes.md": ""})
    errors = _errors(tmp_path)
    assert [error.message for error in errors] == [
        "no module of course.yaml names glow; write `- id: glow`, with a title and an opening, "
        "under `phases:` there",
        "a phase's file ends in .yaml; rename it to old.yaml",
    ]
    assert [error.file for error in errors] == [GLOW, "phases/old.yml"]


@pytest.mark.parametrize(("sourced", "found"), [(1, False), (2, True)])
def test_at_most_one_question_in_ten_rests_on_a_source(tmp_path, sourced, found):
    names = ["spark", "glow", "flash", "gleam", "shine"]
    files = good_files(*names)
    proof = "    proof:\n      - peak_mv > 0\n      - peak_mv < e_na_mv\n"
    for name in names[:sourced]:
        path = f"phases/{name}.yaml"
        files[path] = replaced(files[path], (proof, "    sourced: Kandel et al.\n"))
    write_course(tmp_path, files)
    report = check_course(tmp_path)
    assert report.questions == 10
    messages = [error.message for error in report.errors]
    assert messages == (["2 of 10 questions are `sourced`; at most one in ten"] if found else [])


def test_an_error_in_one_phase_hides_none_of_another(tmp_path):
    files = good_files("spark", "glow", "flash")
    files[SPARK] = "id: [spark"
    files[GLOW] = replaced(files[GLOW], ("- peak_mv > 0\n", "- peak_mv > 99\n"))
    flash = "phases/flash.yaml"
    files[flash] = replaced(files[flash], ("difficulty: 1", "difficulty: 9"))
    files[COURSE] = replaced(files[COURSE], ("until: peak_ms", "until: end_ms + 1"))
    write_course(tmp_path, files)
    assert {error.file for error in _errors(tmp_path)} == {COURSE, SPARK, GLOW, flash}
    assert check_course(tmp_path).phases == 1


def test_every_failing_proof_of_a_question_is_told(tmp_path):
    spoil(
        tmp_path,
        ("- peak_mv > 0\n", "- peak_mv > 99\n"),
        ("- peak_mv < e_na_mv\n", "- peak_mv > e_na_mv\n"),
        ("- peak_mv < asked.peak_mv - 50\n", "- peak_mv > 99\n"),
        ("caption: The spike goes up to {peak_mv}.", "caption: Back at {settled_ms}."),
    )
    assert len(_errors(tmp_path)) == 4


def test_without_the_misconceptions_everything_else_is_checked(tmp_path):
    spoil(tmp_path, ("- peak_mv > 0\n", "- peak_mv > 99\n"))
    (tmp_path / MISCONCEPTIONS).unlink()
    missing, failing = _errors(tmp_path)
    assert str(missing).startswith(f"{MISCONCEPTIONS}:1:1: cannot be read")
    assert "not true: peak_mv > 99" in failing.message


def test_without_the_course_file_nothing_is_checked_and_nothing_raised(tmp_path):
    (write_course(tmp_path) / COURSE).unlink()
    report = check_course(tmp_path)
    assert (report.phases, report.questions) == (0, 0)
    assert [error.file for error in report.errors] == [COURSE]


NUMBER = re.compile(r"(?<=[\s\[])-?\d+(\.\d+)?(?=[\s,\]}])")
PLACES = [match.span() for match in NUMBER.finditer(phase_text())]
NUMBERS = st.sampled_from(["0", "-1", "1e-9", "0.01", "0.05", "0.5", "1", "3", "7", "12", "20"])
NUMBERS |= st.sampled_from(["37", "45", "60", "300", "1e400", "rest", "[]"])


@example([(0, "1")])
@given(st.lists(st.tuples(st.integers(0, len(PLACES) - 1), NUMBERS), min_size=1, max_size=3))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_of_any_size_are_told_not_raised(tmp_path, changes):
    text = phase_text()
    for place, number in sorted(dict(changes).items(), reverse=True):
        start, end = PLACES[place]
        text = text[:start] + number + text[end:]
    write_course(tmp_path, {SPARK: text})
    report = check_course(tmp_path)
    if report.errors:
        assert_told_well(list(report.errors), tmp_path)
    assert "a fault in the check itself" not in str(report.errors)
