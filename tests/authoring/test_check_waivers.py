"""A question waives a warning with a reason; what it waives stays on record."""

from course_files import SPARK, place_of, replaced
from quiet_course import QUIET, checked, told

TODO = ("feedback: It goes on from there.", "feedback: TODO")
STEM = "    stem: How high does the spike go?\n"


def waived(text):
    return (STEM, f"    waive: {text}\n{STEM}")


def test_a_waived_warning_no_longer_counts_and_keeps_its_reason(tmp_path):
    report = checked(tmp_path, TODO, waived("{W17: It is a trial.}"))
    assert report.passed
    (warning,) = report.waived
    assert (warning.code, warning.waived) == ("W17", "It is a trial.")


def test_a_waiver_holds_for_its_own_code_alone(tmp_path):
    found = told(
        tmp_path, TODO, ("text: Nowhere at all", "text: Never"), waived("{W17: Why not.}")
    )
    assert found == ["spark.q1 W01 Never"]


def test_a_waiver_that_is_not_needed_is_a_warning_of_its_own(tmp_path):
    found = told(tmp_path, waived("{W17: It was needed once.}"))
    assert found == ["spark.q1 W00 It was needed once.}"]


def test_a_waiver_of_no_known_warning_is_an_error(tmp_path):
    for code in ("W99", "W00", "spelling"):
        change = waived(f"{{{code}: Because.}}")
        (error,) = checked(tmp_path, change).errors
        assert error.message.startswith(f"there is no warning '{code}' to waive")
        text = replaced(QUIET, change)
        assert (error.file, error.item) == (SPARK, "spark.q1")
        assert error.place == place_of(text, text.index("Because."))


def test_a_waiver_needs_a_reason(tmp_path):
    (error,) = checked(tmp_path, TODO, waived("{W17: ''}")).errors
    assert "must not be empty" in error.message
