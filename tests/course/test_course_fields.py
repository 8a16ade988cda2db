"""A wrong field is found at its place, alone, and told so that it can be mended."""

import pytest
from course_files import assert_one_error, load_errors, spoil

from tutor.course.loader import CourseFolder

SCENARIO = """\
scenario:
      preparation: textbook
      stimuli: [{kind: pulse, amplitude_ua_cm2: 50}]
      duration_ms: 5
      knobs: {amplitude_ua_cm2: [45, 60]}
"""
PULSE = "[{kind: pulse, amplitude_ua_cm2: 50}]"
KNOB = "knobs: {amplitude_ua_cm2: [45, 60]}"
CHANGE = "changes: {na_block: 0.5}"
DURATION = "duration_ms: 5\n"
TEXT = "text: Past zero"
DECIDES = "decides: The peak is {peak_mv}."
PREPARATION = "preparation: textbook\n      stimuli: [{kind: pulse, amplitude"

#: Name, text of the good course, text in its place with » before the fault, words of the error.
FAULTS = [
    (
        "unknown field",
        "    difficulty: 1\n",
        "    difficulty: 1\n    »dificulty: 2\n",
        "spark.q1: unknown field 'dificulty'; did you mean difficulty?",
    ),
    (
        "field that is nothing known",
        "title: A tiny course\n",
        "title: A tiny course\n»colour: x\n",
        "unknown field 'colour'; known: id, title, spine, first_minute, modules, retired",
    ),
    (
        "field in capitals, and not there otherwise",
        "    hint: Look at the peak.\n",
        "    »Hints: Look at the peak.\n",
        "spark.q1: unknown field 'Hints'; did you mean hint?",
    ),
    (
        "unknown field of the course",
        "title: A tiny course\n",
        "title: A tiny course\n»titel: x\n",
        "unknown field 'titel'; did you mean title?",
    ),
    (
        "missing field",
        "- id: spark.q1\n    revision: 1\n",
        "- »id: spark.q1\n",
        "spark.q1: the field 'revision' is missing; add it",
    ),
    (
        "list in place of a mapping",
        SCENARIO,
        "scenario: »[textbook]\n",
        "expected a mapping of fields, found a list of 1",
    ),
    (
        "text in place of a mapping",
        SCENARIO,
        "scenario: »textbook\n",
        "expected a mapping of fields, found 'textbook'",
    ),
    (
        "mapping in place of a list",
        "asks: [spark.q1, spark.q2]",
        "asks: »{spark.q1: 1}",
        "expected a list; found a mapping",
    ),
    (
        "text in place of a list",
        "asks: [spark.q1, spark.q2]",
        "asks: »spark.q1",
        "expected a list; found 'spark.q1'",
    ),
    (
        "number in a list of text",
        "- peak_mv > 0",
        "- »0",
        "expected text; put it in quotes; found 0",
    ),
    (
        "text for a number",
        PULSE,
        "[{kind: pulse, amplitude_ua_cm2: »strong}]",
        "expected a number; found 'st",
    ),
    ("number for text", TEXT, "text: »42", "expected text; put it in quotes; found 42"),
    ("number for a misconception", "eption: M1", "eption: »1", "expected text; put it in quotes"),
    ("nothing for text", TEXT, "text:»", "expected text; found nothing"),
    (
        "braces for text",
        DECIDES,
        "decides: »{peak_mv}",
        "expected text; put text that begins with { or [ in quotes; found a mapping",
    ),
    (
        "a number with its unit",
        CHANGE,
        "changes: {na_block: »50 %}",
        "write the number alone, without a unit; found '50 %'",
    ),
    (
        "a duration with its unit",
        DURATION,
        "duration_ms: »5 ms\n",
        "write the number alone, without a unit; found '5 ms'",
    ),
    ("empty text", TEXT, "text: »''", "must not be empty"),
    (
        "fraction for a whole number",
        "revision: 1\n",
        "revision: »1.5\n",
        "a whole number; found 1.",
    ),
    ("quotes round a number", "revision: 1\n", "revision: »'1'\n", "a whole number; found '1'"),
    ("huge whole number", "revision: 1\n", f"revision: »{'9' * 400}\n", "expected a whole number"),
    (
        "huge number",
        DURATION,
        "duration_ms: »1e400\n",
        "duration_ms is inf, but must be above 0 and at most 2000 ms",
    ),
    ("not a number", DURATION, "duration_ms: ».nan\n", "expected a number; found '.nan'"),
    ("YAML's 1:30", DURATION, "duration_ms: »1:30\n", "expected a number; found '1:30'"),
    ("YAML's 0x10", DURATION, "duration_ms: »0x10\n", "expected a number; found '0x10'"),
    ("true for a number", DURATION, "duration_ms: »true\n", "expected a number; found true"),
    (
        "YAML's yes",
        "correct: true\n        feedback: Its top lies above zero.\n",
        "correct: »yes\n        feedback: x\n",
        "true or false",
    ),
    ("revision 0", "revision: 1\n", "revision: »0\n", "must be >= 1, found 0"),
    ("difficulty 4", "difficulty: 1", "difficulty: »4", "must be <= 3, found 4"),
    (
        "unknown kind",
        "kind: single",
        "kind: »sigle",
        "found 'sigle'; did you mean single?",
    ),
    (
        "unknown curve",
        "show: [g_na, g_k]",
        "show: [g_na, »g_ca]",
        "found 'g_ca'; did you mean g_na?",
    ),
    (
        "id in capitals",
        "id: spark.height\n",
        "id: »Height\n",
        "an id has lower-case letters, digits, dots and hyphens; found 'Height'",
    ),
    ("id of 61 letters", "id: first", f"id: »{'x' * 61}", "too long: 61 characters, at most 60"),
    ("misconception's id", "id: M2", "id: »2M", "an id of a misconception is M and a number"),
    (
        "line of 401 characters",
        TEXT,
        f"text: »{'x' * 401}",
        "too long: 401 characters, at most 400",
    ),
    (
        "text of nearly a megabyte",
        "explanation: Both cut the loop.",
        f"explanation: »{'x' * 990_000}",
        "too long: 990000 characters, at most 6000",
    ),
    (
        "unknown preparation",
        PREPARATION,
        "preparation: »sqid\n      stimuli: [{kind: pulse, amplitude",
        "spark.q1: unknown preparation 'sqid'; did you mean squid?",
    ),
    (
        "preparation of nearly a megabyte",
        PREPARATION,
        f"preparation: »{'x' * 990_000}\n      stimuli: [{{kind: pulse, amplitude",
        "unknown preparation 'xxx",
    ),
    (
        "unknown change",
        CHANGE,
        "changes: {na_blok: »0.5}",
        "unknown change 'na_blok'; did you mean na_block?",
    ),
    (
        "block out of range",
        CHANGE,
        "changes: {na_block: »1.5}",
        "na_block is 1.5, but must be from 0 to 1",
    ),
    (
        "change that is a word",
        CHANGE,
        "changes: {na_block: »half}",
        "expected one of rest, sphere, cylinder, a number; found 'half'",
    ),
    ("change that is a list", CHANGE, "changes: {na_block: »[0.5]}", "a number; found a list"),
    (
        "rest for what is no gate",
        CHANGE,
        "changes: {na_block: »rest}",
        "na_block is 'rest', but must be a number from 0 to 1",
    ),
    (
        "temperature that the preparation does not stand",
        CHANGE,
        "changes: {temperature_c: »20}",
        "temperature_c is 20, but must be 37 degrees C for the textbook neuron",
    ),
    (
        "negative duration",
        DURATION,
        "duration_ms: »-5\n",
        "duration_ms is -5, but must be above 0 and at most 2000 ms",
    ),
    (
        "changes that set in after the run",
        CHANGE,
        "changes: {na_block: 0.5}\n            changes_from_ms: »6",
        "the changes must set in within the run",
    ),
    (
        "pulse without a size",
        PULSE,
        "[»{kind: pulse, start_ms: 1}]",
        "a pulse needs times_threshold or amplitude_ua_cm2, one of them",
    ),
    (
        "pulse of two sizes",
        PULSE,
        "[»{kind: pulse, amplitude_ua_cm2: 50, times_threshold: 1.5}]",
        "a pulse needs times_threshold or amplitude_ua_cm2, one of them",
    ),
    (
        "pulse of no length",
        PULSE,
        "[{kind: pulse, amplitude_ua_cm2: 50, pulse_ms: »0}]",
        "pulse_ms is 0, but must be from 0.01 to 2000 ms",
    ),
    (
        "pulse before the run",
        PULSE,
        "[{kind: pulse, amplitude_ua_cm2: 50, start_ms: »-1}]",
        "start_ms is -1, but must be from 0 to 2000 ms",
    ),
    (
        "pulse of 26 thresholds",
        "times_threshold: 1.6}",
        "times_threshold: »26}",
        "times_threshold is 26, but must be from 0 to 25 x threshold",
    ),
    (
        "unknown knob",
        KNOB,
        "knobs: {amplitude: »[45, 60]}",
        "unknown knob 'amplitude'; did you mean amplitude_ua_cm2?",
    ),
    (
        "knob upside down",
        KNOB,
        "knobs: {amplitude_ua_cm2: »[60, 45]}",
        "the knob goes from 60 to 45; the first must be the smaller",
    ),
    (
        "knob out of range",
        KNOB,
        "knobs: {amplitude_ua_cm2: »[45, 3000]}",
        "amplitude_ua_cm2 is 3000, but must be from -200 to 2000 uA/cm2",
    ),
    (
        "knob of one value",
        KNOB,
        "knobs: {amplitude_ua_cm2: »[45]}",
        "expected a list of two; found a list of 1",
    ),
    (
        "knob of words",
        KNOB,
        "knobs: {amplitude_ua_cm2: [45, »much]}",
        "expected a number; found 'much'",
    ),
    (
        "brace that is not closed",
        DECIDES,
        "decides: »The peak is {peak_mv.",
        "a brace is not closed; numbers stand as {measurement}",
    ),
    (
        "unknown format",
        DECIDES,
        "decides: »The peak is {peak_mv:5d}.",
        "unknown format '5d'; write .1f, +.1f or .0% for example",
    ),
    (
        "sum without a format",
        DECIDES,
        "decides: »It rises by {peak_mv - rest_mv}.",
        "{peak_mv - rest_mv} needs its decimals, such as {peak_mv - rest_mv:.1f}",
    ),
    (
        "unknown name in a sentence",
        DECIDES,
        "decides: »The peak is {peek_mv}.",
        "unknown name 'peek_mv'; did you mean peak_mv",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "words"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_wrong_field_is_one_error_at_its_place(tmp_path, old, new, words):
    assert_one_error(tmp_path, words, (old, new))


def test_no_is_text_and_1e_3_is_a_number(tmp_path):
    spoil(
        tmp_path,
        (TEXT, "text: no"),
        (PULSE, "[{kind: pulse, amplitude_ua_cm2: 5e+1, start_ms: 1e-3}]"),
    )
    assert load_errors(tmp_path) == []
    question = CourseFolder(tmp_path).phase("spark").questions[0]
    assert question.options[0].text == "no"
    assert question.scenario.stimuli[0].start_ms == 0.001
