"""The published JSON Schema accepts the files that come with the program, and no misspelling."""

import copy
from pathlib import Path

import jsonschema
import msgspec
import pytest
from course_files import COURSE, MISCONCEPTIONS, SPARK, good_files

from tutor.course.loader import default_folder
from tutor.course.model import Claims, Course, Misconceptions, Phase
from tutor.course.yaml_values import read
from tutor.session.exam.blueprint import Blueprint

SHIPPED = sorted(default_folder().rglob("*.yaml"))


def _validator(name):
    struct = {
        "course.yaml": Course,
        "misconceptions.yaml": Misconceptions,
        "claims.yaml": Claims,
    }
    # The very document that `tutor schema` prints.
    otherwise = Blueprint if Path(name).parent.name == "exams" else Phase
    schema = msgspec.json.schema(struct.get(Path(name).name, otherwise))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _values(name, text):
    return read(name, text.encode()).value


def test_there_are_shipped_files_of_every_kind():
    names = [path.name for path in SHIPPED]
    assert "course.yaml" in names
    assert "misconceptions.yaml" in names
    assert len(names) > 2


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_valid_by_the_schema(path):
    values = _values(path.name, path.read_text(encoding="utf-8"))
    errors = [error.message for error in _validator(path).iter_errors(values)]
    assert errors == []


@pytest.mark.parametrize("name", [COURSE, MISCONCEPTIONS, SPARK])
def test_a_good_file_is_valid_and_every_misspelt_field_is_not(name):
    values = _values(name, good_files()[name])
    validator = _validator(name)
    assert validator.is_valid(values)
    misspelt = list(_misspelt(values, validator.schema["$defs"]))
    assert misspelt
    for field, spoilt in misspelt:
        assert not validator.is_valid(spoilt), field


def _misspelt(values, definitions):
    """Copies of `values`, each with one field of a struct misspelt."""
    fields = {field for definition in definitions.values() for field in definition["properties"]}
    for path in _mappings(values):
        for field in _at(values, path):
            if field in fields:
                spoilt = copy.deepcopy(values)
                mapping = _at(spoilt, path)
                mapping[f"{field}x"] = mapping.pop(field)
                yield (*path, field), spoilt


def _mappings(values, path=()):
    if isinstance(values, dict):
        if not path or path[-1] not in ("changes", "knobs"):  # Their keys are no fields.
            yield path
        for key, value in values.items():
            yield from _mappings(value, (*path, key))
    elif isinstance(values, list):
        for i, value in enumerate(values):
            yield from _mappings(value, (*path, i))


def _at(values, path):
    for step in path:
        values = values[step]
    return values


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("revision: 1", "revision: '1'"),
        ("revision: 1", "revision: 0"),
        ("difficulty: 1", "difficulty: 4"),
        ("kind: single", "kind: singel"),
        ("id: spark.q1", "id: Spark Q1"),
        ("text: Past zero", "text: ''"),
        ("text: Past zero", f"text: {'x' * 401}"),
        ("show: [g_na, g_k]", "show: [g_ca]"),
        ("duration_ms: 5\n", "duration_ms: long\n"),
        ("knobs: {amplitude_ua_cm2: [45, 60]}", "knobs: {amplitude_ua_cm2: [45]}"),
        ("changes: {na_block: 0.5}", "changes: {na_block: half}"),
    ],
)
def test_a_value_that_does_not_fit_is_not_valid(old, new):
    text = good_files()[SPARK]
    assert text.count(old) == 1 or old.startswith("id")
    assert not _validator(SPARK).is_valid(_values(SPARK, text.replace(old, new)))
