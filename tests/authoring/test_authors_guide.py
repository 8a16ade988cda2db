"""The examples of the authoring guide are true: they load, are proved, and raise no warning."""

import re
from pathlib import Path

import pytest
import yaml
from course_files import write_course

from tutor.authoring.check import check_course
from tutor.authoring.check.bank import GROWN_UP
from tutor.authoring.check.coverage import KINDS
from tutor.authoring.new import new_course
from tutor.authoring.writing import WARNINGS
from tutor.authoring.writing.screen import LIMITS, LONGEST_WORD

GUIDE = (Path(__file__).parents[2] / "content" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
QUESTIONS = {
    found.group(1): yaml.safe_load(block)
    for block in BLOCKS
    if (found := re.search(r"^kind: (\w+)$", block, re.MULTILINE))
}
(STEP,) = (yaml.safe_load(block) for block in BLOCKS if "demonstration:" in block)
(WAIVER,) = (yaml.safe_load(block) for block in BLOCKS if block.startswith("waive:"))
(CREDIT,) = (yaml.safe_load(block) for block in BLOCKS if block.startswith("credited_by:"))


@pytest.fixture
def folder(tmp_path):
    new_course(tmp_path / "course")
    return tmp_path / "course"


def assert_passes(folder, changed):
    """The new course passes the check when its phase has been `changed`."""
    path = folder / "phases" / "first.yaml"
    phase = yaml.safe_load(path.read_text("utf-8"))
    changed(phase)
    path.write_text(yaml.safe_dump(phase, allow_unicode=True, sort_keys=False), "utf-8")
    report = check_course(folder)
    assert [*map(str, (*report.errors, *report.warnings))] == []


def question(kind):
    """The example of a kind, with the fields that all kinds have from the one that shows them."""
    common = {
        name: v for name, v in QUESTIONS["single"].items() if name not in ("options", "seen")
    }
    return {**(QUESTIONS["single"] if kind == "single" else common), **QUESTIONS[kind]}


def test_the_guide_tells_of_every_kind():
    assert set(QUESTIONS) == {"single", "numeric", "text"}
    told = set(re.findall(r"\*\*(\w+)\*\*:", GUIDE)) | {"single"}
    assert told == set(KINDS)


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_the_example_of_a_kind_passes_the_check(folder, kind):
    assert_passes(folder, lambda phase: phase["questions"].append(question(kind)))


def test_the_example_of_a_step_passes_the_check(folder):
    assert_passes(folder, lambda phase: phase["steps"].append(STEP))


def test_the_example_of_a_credited_wording_fits_an_option(folder):
    def credit(phase):
        example = question("single")
        example["options"][2] |= CREDIT
        phase["questions"].append(example)

    assert_passes(folder, credit)


def test_the_example_of_a_waiver_waives(folder):
    def waived(phase):
        example = question("single") | WAIVER
        example["options"][1]["text"] = "All of them go higher than after 1.5 ×"
        phase["questions"].append(example)

    assert_passes(folder, waived)


def test_what_the_guide_puts_in_quotes_needs_them():
    from tutor.course.errors import ContentErrors
    from tutor.course.yaml_values import read

    named = GUIDE.split("quotes where it begins with ")[1].split(" or a quote")[0]
    signs = re.findall(r"`([^`]+)`", named)
    assert len(signs) == 10
    for sign in signs:
        try:
            value = read("f", f"text: {sign}a}} is it\n".encode()).value
        except ContentErrors:
            continue
        pytest.fail(f"{sign!r} needs no quotes: {value}")


def test_the_guide_lists_every_warning():
    assert set(re.findall(r"^\| (W\d\d) \|", GUIDE, re.MULTILINE)) == set(WARNINGS)


def test_the_guide_states_the_limits_that_hold():
    stated = re.search(r"step (\d+) characters, stem (\d+), option (\d+), feedback (\d+)", GUIDE)
    parts = [
        ("steps", "text"),
        ("questions", "stem"),
        ("options", "text"),
        ("options", "feedback"),
    ]
    assert [int(number) for number in stated.groups()] == [LIMITS[part] for part in parts]
    assert f"a word of {LONGEST_WORD + 1} characters" in GUIDE
    assert f"in a course of {GROWN_UP} questions" in GUIDE.replace("\n", " ")


def test_the_commands_that_the_guide_begins_with_are_there():
    from tutor.cli.commands import COMMANDS

    (console,) = re.findall(r"```console\n(.*?)```", GUIDE, re.DOTALL)
    named = re.findall(r"^\$ tutor (\w+)", console, re.MULTILINE)
    assert named == ["new", "check", "new", "preview"]
    assert set(named) <= set(COMMANDS)
    assert write_course
