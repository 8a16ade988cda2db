"""Whatever an author does to a file, the check ends in a report and never in a traceback."""

from course_files import MISCONCEPTIONS, assert_told_well, course_text, good_files, write_course
from every_kind import KINDS, KINDS_FILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.authoring.check import check_course

REFUTED = """\
    refutation:
      scenario:
        preparation: textbook
        stimuli: [{kind: pulse, times_threshold: 1.8}]
        duration_ms: 6
      says: The peak is {peak_mv}.
      proof: [peak_mv < 99]
"""
CLAIMS = """\
claims:
  - {id: S1-01, claim: A., verdict: right, exactly: B., taught: [spark.s1], asked: [spark.q1],
     shown: spark.q1}
"""
FILES = {
    "course.yaml": course_text("spark", "kinds"),
    MISCONCEPTIONS: good_files()[MISCONCEPTIONS].replace(
        "    source: Adrian", f"{REFUTED}    source: Adrian"
    ),
    KINDS_FILE: KINDS,
    "claims.yaml": CLAIMS,
}
WORDS = [
    *[
        "",
        "0",
        "-1",
        "1e400",
        "0.01",
        "12",
        "37",
        "true",
        "null",
        "[]",
        "{}",
        "x",
        "'",
        "«»",
        "Na⁺",
    ],
    *["peak_mv", "peak_mv > 0", "settled_ms", "asked.peak_mv", "{peak_mv}", "{settled_ms}", "{"],
    *[
        "spark.q1",
        "kinds.text",
        "M1",
        "M99",
        "W03",
        "axon",
        "resting",
        "squid",
        "clamp",
        "A and B",
    ],
    *[
        "None of the above",
        "30 mV",
        "1e3 to 5 mV",
        "×10^9999",
        "10 × 10⁻⁹⁹⁹ V",
        "an",
        "?",
        "| a |",
    ],
]
#: How a line is changed: taken out, doubled, or given another word in place of one of its own.
CHANGES = st.sampled_from(["drop", "double", "word", "word", "word", "value", "value"])


def mutated(text: str, number: int, change: str, place: int, word: str) -> str:
    lines = text.split("\n")
    number %= len(lines)
    line = lines[number]
    match change:
        case "drop":
            lines[number : number + 1] = []
        case "double":
            lines[number : number + 1] = [line, line]
        case "value":
            name, colon, _ = line.partition(": ")
            lines[number] = f"{name}{colon}{word}"
        case "word":
            indent = line[: len(line) - len(line.lstrip())]
            words = line.split() or [""]
            words[place % len(words)] = word
            lines[number] = indent + " ".join(words)
    return "\n".join(lines)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*FILES, KINDS_FILE, KINDS_FILE]),
            st.integers(0, 400),
            CHANGES,
            st.integers(0, 12),
            st.sampled_from(WORDS),
        ),
        min_size=1,
        max_size=2,
    )
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_line_is_told_or_taken_never_raised(tmp_path, changes):
    files = dict(FILES)
    for name, number, change, place, word in changes:
        files[name] = mutated(files[name], number, change, place, word)
    write_course(tmp_path, files)
    # What is left as it was need not be run for each example.
    report = check_course(tmp_path, cache=tmp_path / "cache")
    if report.errors:
        assert_told_well(list(report.errors), tmp_path)
    told = [*map(str, (*report.errors, *report.warnings, *report.waived))]
    assert not [line for line in told if "a fault in the check itself" in line]
    assert all(len(line) <= 600 and "\n" not in line for line in told)
