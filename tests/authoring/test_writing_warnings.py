"""Wording that gives an answer away, or hides what is asked, is one warning at its place."""

import pytest
from course_files import SPARK, course_text, phase_text, replaced, write_course
from quiet_course import QUIET, checked, told

from tutor.authoring.check import check_course
from tutor.authoring.writing import WARNINGS

NUMBERS = ("Past zero", "To threshold and no further", "Nowhere at all")
CASE = (
    "A man of 24 years has had spells of weak legs since he was a boy. They come in the morning "
    "after a day of sport and last for an hour. His father has the same. Between the spells his "
    "strength, his reflexes and what he feels are as they should be. Which change in his muscle "
    "fibres explains the spells?"
)


def options(*texts: str) -> list[tuple[str, str]]:
    """Changes that give the first question other options, the right one first."""
    return [(f"text: {old}\n", f"text: {new}\n") for old, new in zip(NUMBERS, texts, strict=True)]


def q1(code: str, place: str) -> list[str]:
    return [f"spark.q1 {code} {place}"]


def test_the_small_course_has_no_warning(tmp_path):
    report = checked(tmp_path)
    assert (report.errors, report.warnings, report.waived) == ((), (), ())
    assert report.passed


#: Name, changes, the warnings that follow.
WARNED = [
    (
        "an absolute word",
        options("Past zero", "To threshold and never further", "Nowhere"),
        q1("W01", "To threshold and never further"),
    ),
    (
        "the right option is much longer than the others",
        options("Past zero, as Na⁺ channels keep on opening one another", "Not far", "Nowhere"),
        q1("W02", "Past zero, as Na⁺ channels keep on opening one another"),
    ),
    (
        "all of the above",
        options("Past zero", "To threshold", "None of the above"),
        q1("W03", "None of the above"),
    ),
    (
        "a negative stem",
        [("stem: How high does the spike go?", "stem: Where does the spike not end?")],
        q1("W04", "Where does the spike not end?"),
    ),
    (
        "a stem that asks nothing",
        [("stem: How high does the spike go?", "stem: The height of the spike")],
        q1("W05", "The height of the spike"),
    ),
    (
        "a stem that the options alone explain",
        [("stem: How high does the spike go?", "stem: Which of these is true?")],
        q1("W05", "Which of these is true?"),
    ),
    (
        "a word of the stem in the right option alone",
        [
            ("stem: How high does the spike go?", "stem: How large is the overshoot?"),
            *options("An overshoot past zero", "To threshold", "Nowhere"),
        ],
        q1("W06", "An overshoot past zero"),
    ),
    (
        "an article that fits one option",
        [
            ("stem: How high does the spike go?", "stem: Complete this. The peak is called an"),
            *options("overshoot", "threshold", "decrement"),
        ],
        q1("W07", "Complete this. The peak is called an"),
    ),
    (
        "a plural that fits one option",
        [
            ("stem: How high does the spike go?", "stem: Which things are open?"),
            *options("sodium channels", "the leak", "the pump"),
        ],
        q1("W07", "sodium channels"),
    ),
    (
        "options made by varying the right one",
        [
            *options("Sodium enters quickly", "Sodium leaves quickly", "Sodium enters slowly"),
            (
                "    explanation: The membrane does the rest.",
                "      - {id: d, text: Potassium enters quickly, feedback: It is the pulse., "
                "misconception: M1, no_run: None can.}\n"
                "    explanation: The membrane does the rest.",
            ),
        ],
        q1("W08", "Sodium enters quickly"),
    ),
    (
        "kinds that are mixed",
        options("30 mV", "0 mV", "Past threshold"),
        q1("W09", "Past threshold"),
    ),
    (
        "units that are mixed",
        [
            *options("30 mV", "40 V", "50 mV"),
            (
                "    options:\n      - id: a\n        text: 30",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 30",
            ),
        ],
        q1("W09", "- id: a"),
    ),
    (
        "numbers that would be shuffled",
        options("30 mV", "40 mV", "50 mV"),
        q1("W10", "- id: a"),
    ),
    (
        "numbers out of order",
        [
            *options("40 mV", "30 mV", "50 mV"),
            (
                "    options:\n      - id: a\n        text: 40",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 40",
            ),
        ],
        q1("W10", "- id: a"),
    ),
    (
        "stretches that overlap",
        [
            *options("20 to 40 mV", "30 to 50 mV", "60 to 70 mV"),
            (
                "    options:\n      - id: a\n        text: 20",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 20",
            ),
        ],
        q1("W11", "30 to 50 mV"),
    ),
    (
        "a vague word of frequency",
        options("Past zero", "Often to threshold", "Nowhere"),
        q1("W12", "Often to threshold"),
    ),
    (
        "an option that joins two letters",
        options("Past zero", "To threshold", "A and B"),
        q1("W13", "A and B"),
    ),
    (
        "an option that joins two others",
        options("Sodium", "Potassium", "Sodium and potassium"),
        q1("W13", "Sodium and potassium"),
    ),
    (
        "too many options",
        [
            (
                "    explanation: The membrane does the rest.",
                "".join(
                    f"      - {{id: {name}, text: {text}, feedback: It is the pulse., "
                    "misconception: M1, no_run: None can.}\n"
                    for name, text in zip("def", ("To rest", "Halfway", "Twofold"), strict=True)
                )
                + "    explanation: The membrane does the rest.",
            )
        ],
        q1("W14", "- id: a"),
    ),
    (
        "a wrong option that shows nothing",
        [
            (
                "        misconception: M1\n        no_run: The question's own run shows it.\n",
                "",
            )
        ],
        q1("W15", "id: c"),
    ),
    (
        "feedback that says nothing",
        [("feedback: It goes on from there.", "feedback: TODO")],
        q1("W17", "TODO"),
    ),
    (
        "options that say the same",
        options("Past zero", "Up to the threshold", "Up to thresholds"),
        q1("W18", "Up to thresholds"),
    ),
    (
        "a number without its unit",
        [
            *options("30", "40", "50"),
            (
                "    options:\n      - id: a\n        text: 30",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 30",
            ),
            ("text: 30\n", "text: '30'\n"),
            ("text: 40\n", "text: '40'\n"),
            ("text: 50\n", "text: '50'\n"),
        ],
        q1("W19", "'30'"),
    ),
    (
        "the other spelling of a word",
        [("feedback: It goes on from there.", "feedback: The depolarization goes on.")],
        q1("W20", "The depolarization goes on."),
    ),
    (
        "the other spelling in a step",
        [("title: One pulse, one spike", "title: The color of a spike")],
        ["spark.s1 W20 The color of a spike"],
    ),
    (
        "a vignette with few options",
        [
            ("stem: How high does the spike go?", f"track: M\n    stem: {CASE}"),
        ],
        q1("W21", "- id: a"),
    ),
    (
        "an option too long for two lines",
        [("text: To threshold and no further", "text: " + "To threshold it goes. " * 8)],
        [*q1("W30", "To threshold")],
    ),
    (
        "a step too long for the screen",
        [("The rest follows by itself.", "The rest follows by itself. " * 40)],
        ["spark.s1 W30 |"],
    ),
    (
        "a table",
        [("      The rest follows by itself.", "      | a | b |\n      |---|---|")],
        ["spark.s1 W31 |"],
    ),
    (
        "a block of code",
        [("      The rest follows by itself.", "      ```\n      x = 1\n      ```")],
        ["spark.s1 W31 |"],
    ),
    (
        "a picture",
        [("The rest follows by itself.", "![The spike](spike.png)")],
        ["spark.s1 W31 |"],
    ),
    (
        "a word that no line can hold",
        [("The rest follows by itself.", "x" * 60)],
        ["spark.s1 W32 |"],
    ),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [case[1:] for case in WARNED], ids=[case[0] for case in WARNED]
)
def test_one_fault_of_wording_is_one_warning_at_its_place(tmp_path, changes, expected):
    found = told(tmp_path, *changes)
    assert len(found) == len(expected), found
    for warning, words in zip(found, expected, strict=True):
        assert warning.startswith(words), warning


def test_every_code_has_a_case_here_or_a_test_of_its_own():
    cases = {code for *_, expected in WARNED for code in WARNINGS if code in str(expected)}
    assert set(WARNINGS) - cases == {"W00", "W16"}


#: Name, changes: what looks like a fault and is none.
FINE = [
    ("all-or-none is a term", options("Past zero", "It is all-or-none", "Not at all")),
    ("at least is no negative", [("How high does the spike go?", "How high is it at least?")]),
    (
        "not in a condition turns nothing round",
        [("How high does the spike go?", "How high is it if K⁺ channels do not open?")],
    ),
    (
        "why not is no negative",
        [("How high does the spike go?", "Why does the spike not go on?")],
    ),
    ("emphasis is enough", [("How high does the spike go?", "Where does it **not** end?")]),
    ("capitals are enough", [("How high does the spike go?", "Where does it NOT end?")]),
    ("an instruction needs no question mark", [("How high does the spike go?", "Name its peak.")]),
    (
        "opposites are no duplicates",
        options("Na⁺ flows in", "Na⁺ flows out", "K⁺ flows in"),
    ),
    (
        "hyper and hypo are no duplicates",
        options("It hyperpolarises", "It depolarises", "It repolarises"),
    ),
    (
        "sorted numbers with units and a fixed order",
        [
            *options("30 mV", "40 mV", "50 mV"),
            (
                "    options:\n      - id: a\n        text: 30",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 30",
            ),
        ],
    ),
    (
        "stretches that only touch",
        [
            *options("20 to 40 mV", "40 to 60 mV", "60 to 80 mV"),
            (
                "    options:\n      - id: a\n        text: 20",
                "    fixed_order: true\n    options:\n      - id: a\n        text: 20",
            ),
        ],
    ),
    (
        "words with z by right",
        [("feedback: It goes on from there.", "feedback: Its size and its prize.")],
    ),
    ("one long word", [("The rest follows by itself.", "x" * 59)]),
    ("a list", [("      The rest follows by itself.", "      - one\n      - two")]),
]


@pytest.mark.parametrize("changes", [case[1] for case in FINE], ids=[case[0] for case in FINE])
def test_what_only_looks_like_a_fault_is_left_alone(tmp_path, changes):
    assert told(tmp_path, *changes) == []


def test_a_fixed_place_of_the_right_option_is_told_once_over_the_course(tmp_path):
    names = ["spark", "glow", "flash", "gleam", "shine", "gleaming", "light", "ray"]
    fixed = (
        "    options:\n      - id: a\n        text: Past",
        "    fixed_order: true\n    options:\n      - id: a\n        text: Past",
    )
    text = replaced(QUIET, fixed)
    files = {f"phases/{name}.yaml": text.replace("spark", name) for name in names}
    files["course.yaml"] = course_text(*names)
    write_course(tmp_path, files)
    (warning,) = check_course(tmp_path).warnings
    assert (warning.code, warning.item, warning.file) == ("W16", "spark.q1", SPARK)
    assert "in 8 of the course's 8 questions" in warning.message
    moved = replaced(
        text,
        ("text: Past zero", "text: Z"),
        ("text: Nowhere at all", "text: Past zero"),
        ("text: Z", "text: Nowhere at all"),
        (
            "        correct: true\n        feedback: Its top lies above zero.\n",
            "        feedback: The pulse moves it.\n        misconception: M1\n"
            "        no_run: None can.\n",
        ),
        (
            "        misconception: M1\n        no_run: The question's own run shows it.\n",
            "        correct: true\n",
        ),
    )
    for name in names[:4]:
        files[f"phases/{name}.yaml"] = moved.replace("spark", name)
    write_course(tmp_path, files)
    report = check_course(tmp_path)
    assert (report.questions, report.errors, report.warnings) == (16, (), ())


def test_a_numeric_question_without_a_unit_must_ask_for_a_count(tmp_path):
    from every_kind import KINDS, kinds_course

    def found(*changes):
        folder = kinds_course(tmp_path, replaced(KINDS, *changes)).folder
        return [w.code for w in check_course(folder).warnings if w.item == "kinds.numeric"]

    no_unit = ("    key: distance_mm / 2\n    unit: m/s\n", "    key: distance_mm / 2\n")
    assert found() == []
    assert found(no_unit, ("How fast is it, in m/s?", "How fast is it?")) == ["W19"]
    assert found(no_unit, ("How fast is it, in m/s?", "How many times 1 m/s is it?")) == []


def test_none_is_a_number_where_the_stem_asks_how_many(tmp_path):
    none = ("text: Nowhere at all", "text: None")
    assert told(tmp_path, none) == q1("W01", "None")
    many = ("stem: How high does the spike go?", "stem: How many spikes follow?")
    assert told(tmp_path, none, many) == []


def test_warnings_are_put_in_words_with_file_place_and_code(tmp_path):
    report = checked(tmp_path, ("feedback: It goes on from there.", "feedback: TODO"))
    (warning,) = report.warnings
    assert not report.passed
    assert str(warning).startswith(
        f"{SPARK}:{warning.place.line}:{warning.place.column}: spark.q1"
    )
    assert ": W17 " in str(warning).replace("spark.q1: ", ": ", 1)
    assert phase_text() != QUIET
