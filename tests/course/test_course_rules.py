"""What must hold between the fields of a file: one error for each thing that does not."""

import sys

import pytest
from course_files import (
    COURSE,
    MISCONCEPTIONS,
    SPARK,
    assert_one_error,
    assert_told_well,
    course_text,
    good_files,
    load_errors,
    phase_text,
    replaced,
    spoil,
    write_course,
)

from tutor.course.errors import ContentErrors
from tutor.course.loader import CourseFolder

posix = pytest.mark.skipif(sys.platform == "win32", reason="makes symbolic links")

KEY = "    options:\n      - id: a\n        text: Past zero\n        correct: true\n"
C = "      - id: c\n        text: Nowhere at all\n        feedback: The pulse alone moves it.\n"
MULTI_WRONG = (
    "        feedback: They only shape the fall.\n",
    "        feedback: They only shape the fall.\n        correct: true\n",
)
PROOF = "    proof:\n      - peak_mv > 0\n      - peak_mv < e_na_mv\n"
OBJECTIVES = "objectives: [spark.height]\n    difficulty: 1"
REVISION = "  - id: spark.q1\n    revision: 1\n"

REFUTED = """\
scenario:
            preparation: textbook
            stimuli: [{kind: pulse, times_threshold: 0.9}]
            changes: {na_block: 0.5}
            duration_ms: 5.5
          show: [i_na]
"""

#: Name, words of the one error, changes to the good course with » where it is expected.
FAULTS = [
    (
        "question without an objective",
        "spark.q1: a question needs an objective",
        (OBJECTIVES, "objectives: »[]\n    difficulty: 1"),
    ),
    (
        "question with an unknown objective",
        "this phase has no objective 'spark.width'",
        (OBJECTIVES, "objectives: [spark.height, »spark.width]\n    difficulty: 1"),
    ),
    (
        "single choice without a key",
        "spark.q1: 0 options are marked correct; a single choice has exactly one",
        (KEY, "    options:\n      »- id: a\n        text: Past zero\n"),
    ),
    (
        "single choice with two keys",
        "2 options are marked correct; a single choice has exactly one",
        (
            "    options:\n      - id: a\n        text: Past",
            "    options:\n      »- id: a\n        text: Past",
        ),
        (C, C + "        correct: true\n"),
    ),
    (
        "multiple choice where all are right",
        "spark.q2: 4 of 4 options are correct; some must be, but not all",
        ("      - id: a\n        text: Blocking", "      »- id: a\n        text: Blocking"),
        MULTI_WRONG,
        (
            "        misconception: M2\n        no_run: A run of a few",
            "        correct: true\n        no_run: A run of a few",
        ),
    ),
    (
        "two options",
        "spark.q1: 2 options; a question has 3 to 7",
        (KEY, KEY.replace("- id", "»- id")),
        (C, ""),
    ),
    (
        "eight options",
        "spark.q1: 8 options; a question has 3 to 7",
        (KEY, KEY.replace("- id", "»- id")),
        (C, C + "".join(f"      - {{id: x{i}, text: T{i}, feedback: No.}}\n" for i in range(5))),
    ),
    (
        "option's id twice",
        "spark.q1: the option 'b' stands above already; each must be its own",
        (C, C.replace("id: c", "id: »b")),
    ),
    (
        "option's text twice",
        "the text of an option 'Past zero' stands above already; each must be its own",
        (C, C.replace("Nowhere at all", "»Past zero")),
    ),
    (
        "refutation and the reason why there is none",
        "spark.q1: `refutation` and `no_run` are both there; keep one",
        ("misconception: M1\n", "misconception: M1\n        no_run: »None can.\n"),
    ),
    (
        "refutation that is the question's own run",
        "spark.q1: this is the question's own run; run what answers the wrong idea",
        (
            REFUTED,
            "scenario:\n            »preparation: textbook\n            stimuli: "
            "[{kind: pulse, amplitude_ua_cm2: 50}]\n            duration_ms: 5\n",
        ),
    ),
    (
        "knob whose range leaves the scenario's value out",
        "the knob goes from 55 to 60, and the scenario has 50; the range must hold what",
        ("knobs: {amplitude_ua_cm2: [45, 60]}", "knobs: {amplitude_ua_cm2: »[55, 60]}"),
    ),
    (
        "misconception on the key",
        "a correct option cannot show a misconception",
        (KEY, KEY + "        misconception: »M2\n        no_run: Too short.\n"),
    ),
    (
        "refutation without a proof",
        "spark.q1: a refutation needs a proof",
        ("proof:\n            - peak_mv < asked.peak_mv - 50\n", "proof: »[]\n"),
    ),
    (
        "neither proof nor source",
        "spark.q1: a question needs `proof`, or `sourced` with the source",
        (REVISION, REVISION.replace("id", "»id", 1)),
        (PROOF, ""),
    ),
    (
        "proof and source",
        "spark.q1: `proof` and `sourced` are both there; keep one",
        (PROOF, PROOF + "    sourced: »Hodgkin & Huxley 1952\n"),
    ),
    (
        "step that asks an unknown question",
        "spark.s1: there is no question 'spark.q9' in this phase",
        ("asks: [spark.q1, spark.q2]", "asks: [spark.q1, »spark.q9]"),
    ),
    (
        "step that asks twice",
        "question 'spark.q1' is asked twice; keep one",
        ("asks: [spark.q1, spark.q2]", "asks: [spark.q1, »spark.q1]"),
    ),
    (
        "question's id twice",
        "the id 'spark.q1' stands above already; each must be its own",
        ("  - id: spark.q2\n", "  - id: »spark.q1\n"),
        ("asks: [spark.q1, spark.q2]", "asks: [spark.q1]"),
    ),
    (
        "step's id is a question's",
        "the id 'spark.q1' stands above already; each must be its own",
        ("questions:\n  - id: ", "questions:\n  - id: »"),
        ("- id: spark.s1", "- id: spark.q1"),
    ),
    (
        "objective's id twice",
        "the objective 'spark.height' stands above already; each must be its own",
        ("a spike goes.\n", "a spike goes.\n  - {id: »spark.height, bloom: apply, text: x}\n"),
    ),
    (
        "misconception's id twice",
        "the misconception 'M1' stands above already; each must be its own",
        ("id: M2", "id: »M1"),
    ),
    (
        "no step",
        "a phase needs a step",
        ("steps:\n", "steps: »[]\nquestions: []\nsummary: None.\n"),
        (phase_text().split("steps:\n")[1], ""),
    ),
    (
        "curves of two units",
        "curves shown together must share a unit, these have mS/cm2, uA/cm2",
        ("show: [g_na, g_k]", "show: »[g_na, i_na]"),
    ),
    (
        "sentence without a number",
        "states no measured number; put one in braces, such as {peak_mv}",
        ("decides: The peak is {peak_mv}.", "decides: »The peak is high."),
    ),
    (
        "sentence that names a run which is not there",
        "there is no run 'asked' here",
        ("decides: The peak is {peak_mv}.", "decides: »The peak is {asked.peak_mv}."),
    ),
    (
        "proof that names a run which is not there",
        "no run 'asked' here; it stands in refutations, and in demonstrations that have `comp",
        ("- peak_mv > 0", "- »peak_mv > asked.peak_mv"),
    ),
    (
        "caption of the first minute that names a run",
        "there is no run 'spine' here",
        ("Rest, at {rest_mv}.", "»Rest, at {spine.rest_mv}."),
    ),
    (
        "window that is no expression",
        "spark: unknown name 'soon'; `tutor simulate PREPARATION` lists",
        ("window: [stimulus_ms, peak_ms + 1]", "window: [stimulus_ms, »soon]"),
    ),
    (
        "module's id twice",
        "the module 'first' stands above already; each must be its own",
        (
            "    title: The only module\n",
            "    title: One\n    phases: []\n  - id: »first\n    title: Two\n",
        ),
    ),
    (
        "no phase at all",
        "a course needs a module with a phase",
        ("modules:\n  - id", "modules:\n  »- id"),
        ("    phases:\n", "    phases: []\n"),
        (course_text().split("    phases:\n")[1], ""),
    ),
]


@pytest.mark.parametrize(
    ("words", "changes"), [(f[1], f[2:]) for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_broken_rule_is_one_error_at_its_place(tmp_path, words, changes):
    assert_one_error(tmp_path, words, *changes)


#: A proof, and words of the error.
NO_PROOFS = [
    ("peak_mv", "'peak_mv' can not be true or false; compare it with something"),
    ("peak_mv - 30", "can not be true or false"),
    ("peak_mv >", "'peak_mv >' is not an expression; write it as in peak_mv > 20"),
    ("peak_mv = 30", "'peak_mv = 30' is not an expression; write == for 'is equal to'"),
    ("peak_mv > 30 mV", "is not an expression; write the number alone, without its unit"),
    ("peak_mv > 30mV", "is not an expression; write the number alone, without its unit"),
    ("na_open > 40 %", "is not an expression; write the number alone, without its unit"),
    ("peak_mv ≥ 30", "is not an expression; write >= for ≥"),
    ("peak_mv > −30", "is not an expression; write - for −"),
    ("na_block > 0", "na_block is a setting, and no number that is measured (write its value"),
    ("spin.peak_mv > 0", "'spin.peak_mv' names no run; did you mean spine?"),
    ("peek_mv > 0", "unknown name 'peek_mv'; did you mean peak_mv"),
    ("spine.peek_mv > 0", "unknown name 'peek_mv'"),
    ("other.peak_mv > 0", "'other.peak_mv' names no run; known: spine, asked"),
    ("loudest(g_na) > 0", "unknown function 'loudest'; known: at, highest"),
    ("at(g_na) > 0", "at takes a column, a time and, of a cable, a place"),
    ("highest(g_na, 1) > 0", "highest takes a column and either no times or two"),
    ("highest(g_ca) > 0", "unknown column 'g_ca'; did you mean g_na"),
    ("__import__('os').system('x') > 0", "is not allowed in an expression"),
    ("().__class__ > 0", "'().__class__' names no run"),
    ("peak_mv.__class__ > 0", "'peak_mv.__class__' names no run"),
    ("spine.__class__ > 0", "unknown name '__class__'"),
    ("(lambda: 1) > 0", "is not allowed in an expression"),
    ("[x for x in (1, 2)] > 0", "is not allowed in an expression"),
    ("9**9**9**9 > 0", "the exponent of ** must be a number"),
    ("peak_mv ** peak_mv > 0", "the exponent of ** must be a number"),
    ("peak_mv > 'high'", "is not allowed in an expression"),
    ("peak_mv > f'{1}'", "is not allowed in an expression"),
    ("(peak := 3) > 0", "is not allowed in an expression"),
    ("peak_mv is 30", "is not allowed in an expression"),
    ("peak_mv in (1, 2)", "is not allowed in an expression"),
    ("peak_mv > True", "is not allowed in an expression"),
    ("peak_mv if 1 else 2", "is not allowed in an expression"),
    ("peak_mv > 1j", "is not allowed in an expression"),
    ("peak_mv % 2 == 0", "is not allowed in an expression"),
    ("peak_mv > 0 and rest_mv", "'rest_mv' can not be true or false; compare it with something"),
    ("not peak_mv", "'peak_mv' can not be true or false; compare it with something"),
]


@pytest.mark.parametrize(("proof", "words"), NO_PROOFS)
def test_a_proof_that_is_no_condition_is_one_error_at_its_place(tmp_path, proof, words):
    quoted = proof.replace("'", "''")
    assert_one_error(tmp_path, words, ("- peak_mv > 0\n", f"- »'{quoted}'\n"))


def test_all_errors_of_a_file_are_told_in_the_order_of_their_places(tmp_path):
    spoil(
        tmp_path,
        ("bloom: understand", "bloom: understands"),
        ("show: [g_na, g_k]", "show: [g_ca, g_cl]"),
        ("    difficulty: 1\n", "    dificulty: 1\n"),
        ("changes: {na_block: 0.5}", "changes: {na_block: half, k_block: all}"),
        ("text: Stopping the pump", "text: 5"),
    )
    errors = load_errors(tmp_path)
    assert_told_well(errors, tmp_path)
    found = [error.message.split(";")[0].partition(", ")[0] for error in errors]
    assert [error.place for error in errors] == sorted(error.place for error in errors)
    assert len(found) == 7, found
    # The field that is misspelt is not told to be missing as well.
    assert sum("unknown field" in message or "is missing" in message for message in found) == 1


def test_all_broken_rules_of_a_file_are_told(tmp_path):
    spoil(
        tmp_path,
        ("- spike_count == 1\n", "- spike_count\n"),
        ("duration_ms: 5\n", "duration_ms: 5000\n"),
        ("- peak_mv > 0\n", "- peek_mv > 0\n"),
        ("changes: {na_block: 0.5}", "changes: {na_block: 2}"),
        ("decides: It gets to {peak_mv}, the spine to {spine.peak_mv}.", "decides: High."),
    )
    errors = load_errors(tmp_path)
    assert_told_well(errors, tmp_path)
    assert [error.item for error in errors] == [
        "spark.s1",
        "spark.q1",
        "spark.q1",
        "spark.q1",
        "spark.q2",
    ]


def test_an_error_names_the_question_that_holds_it(tmp_path):
    spoil(tmp_path, ("changes: {na_block: 0.5}", "changes: {na_block: 2}"))
    (error,) = load_errors(tmp_path)
    assert error.item == "spark.q1"


def test_a_phase_whose_id_is_not_its_files_name_is_an_error(tmp_path):
    write_course(tmp_path, {SPARK: replaced(phase_text(), ("id: spark\n", "id: spork\n"))})
    (error,) = load_errors(tmp_path)
    assert str(error) == f"{SPARK}:1:1: the phase's id is 'spork', but its file is named 'spark'"


@pytest.mark.parametrize("name", [COURSE, MISCONCEPTIONS])
def test_a_missing_file_is_an_error(tmp_path, name):
    (write_course(tmp_path) / name).unlink()
    (error,) = load_errors(tmp_path)
    assert str(error) == f"{name}:1:1: cannot be read: No such file or directory"


@pytest.mark.parametrize("name", [COURSE, MISCONCEPTIONS, SPARK])
def test_a_folder_in_place_of_a_file_is_an_error(tmp_path, name):
    (write_course(tmp_path) / name).unlink()
    (tmp_path / name).mkdir()
    (error,) = load_errors(tmp_path)
    assert error.file == name
    assert "cannot be read: " in error.message


@posix
def test_a_file_that_cannot_be_opened_is_an_error(tmp_path):
    path = write_course(tmp_path) / SPARK
    path.unlink()
    path.symlink_to(path)
    (error,) = load_errors(tmp_path)
    assert str(error).startswith(f"{SPARK}:1:1: cannot be read: ")


@posix
def test_a_file_without_end_is_not_read_to_its_end(tmp_path):
    path = write_course(tmp_path) / SPARK
    path.unlink()
    path.symlink_to("/dev/zero")
    (error,) = load_errors(tmp_path)
    assert str(error) == f"{SPARK}:1:1: the file has more than 1,000,000 bytes; split it"


@pytest.mark.parametrize("name", ["nowhere", COURSE, "new\nline\x1b[2J\u202e"])
def test_a_course_that_is_no_folder_is_an_error(tmp_path, name):
    write_course(tmp_path)
    with pytest.raises(ContentErrors) as raised:
        _ = CourseFolder(tmp_path / name).course
    (error,) = raised.value.errors
    assert "there is no such folder; give the folder that holds course.yaml" in str(error)
    assert str(error).isprintable()


def test_a_phase_is_read_only_when_it_is_opened(tmp_path):
    write_course(tmp_path, {**good_files("spark", "glow"), "phases/glow.yaml": "[unclosed"})
    files = CourseFolder(tmp_path)
    assert files.phase_ids == ("spark", "glow")
    assert files.phase("spark").questions[1].revision == 2
    with pytest.raises(ContentErrors):
        files.phase("glow")
