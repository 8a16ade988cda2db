"""What is left of a question in graded work: enough to answer it, and nothing of its key."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from every_question_out import every_kind, made_of
from handing import questions_of
from msgspec.structs import asdict, replace

from tutor.classroom.assignment import write_assignment
from tutor.classroom.excerpt import ExcerptFolder
from tutor.classroom.handout.making import Made
from tutor.classroom.handout.selecting import excerpt_of
from tutor.classroom.handout.stripping import bare, shows_what_it_hides, stripped, with_opaque_ids
from tutor.course import questions as q
from tutor.course.fields import Content
from tutor.course.loader import CourseFolder
from tutor.course.model import Phase
from tutor.course.posed import Posed
from tutor.grading.marking import mark
from tutor.session.bank import Bank
from tutor.session.form import Form, form_of
from tutor.session.seen import set_up_before

#: What may be read in a graded file as the course has it, by the struct that it stands in. All
#: other fields hold the same in every question, so that they tell nothing: a field that somebody
#: adds belongs to them until it is named here.
MAY_TRAVEL: dict[type, set[str]] = {
    q.Question: {
        *("id", "revision", "difficulty", "draws", "stem", "setup", "hides_set_up"),
        *("scenario", "sets", "seen"),
    },
    q.ChoiceQuestion: {"options", "fixed_order"},
    q.MultiQuestion: {"partial_credit"},
    q.OrderingQuestion: {"items"},
    q.MatchingQuestion: {"items", "partners"},
    q.NumericQuestion: {"unit", "unit_shown"},
    q.CalculationQuestion: {"parts"},
    q.TextQuestion: {"max_marks"},
    # Whether a place is asked for; where it is does not travel.
    q.PointQuestion: {"place"},
    q.Option: {"id", "text"},
    q.Item: {"id", "text"},
    q.Part: {"id", "asks", "unit", "unit_shown"},
}


def travelling(struct: msgspec.Struct) -> set[str]:
    return {
        name for kind, names in MAY_TRAVEL.items() if isinstance(struct, kind) for name in names
    }


def parts_of(struct: msgspec.Struct) -> Iterator[msgspec.Struct]:
    """A question, and the structs of its fields that may travel."""
    yield struct
    for name in travelling(struct):
        value = getattr(struct, name)
        for one in value if isinstance(value, tuple) else ():
            yield from parts_of(one)


def texts_in(value: object) -> Iterator[str]:
    """Every text in something, the names in mappings too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from texts_in(asdict(value))
    elif isinstance(value, dict):
        for name, one in value.items():
            # What fields are called is no secret, and stands in every file.
            yield from (name, *texts_in(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)


def keys_of(phase: Phase) -> Iterator[str]:
    """Every text of a phase that a learner must not read before it is marked."""
    for told in (phase.objectives, phase.steps, phase.glossary, phase.summary):
        yield from texts_in(told)
    for question in phase.questions:
        for part in parts_of(question):
            held = asdict(part)
            for name in held.keys() - travelling(part):
                # The names in a mapping are ids or knobs; what it holds is what counts.
                yield from texts_in(held[name])


def test_fields_that_may_not_travel_hold_the_same_in_every_question(
    given: dict[str, q.Question],
) -> None:
    held: defaultdict[tuple[type, str], set[str]] = defaultdict(set)
    for question in given.values():
        for part in parts_of(question):
            for name in set(part.__struct_fields__) - travelling(part):
                held[type(part), name].add(repr(getattr(part, name)))
    assert len(held) > 100
    assert {where: values for where, values in held.items() if len(values) > 1} == {}


def test_no_key_of_any_kind_of_question_stands_in_the_file(
    files: CourseFolder, made: Made, tmp_path: Path
) -> None:
    write_assignment(made.assignment, tmp_path / "all.assignment")
    file = msgspec.json.decode((tmp_path / "all.assignment").read_bytes())
    leaves = set(texts_in(file["excerpt"]))
    assert leaves > {"rest.q1", "rest.q2"}
    # What every file has: the names of fields, what the questions ask, the spine.
    known = set(texts_in(file["excerpt"]["course"]["spine"])) | {"-", ""}
    for question in given_as_told(made):
        known |= set(texts_in(question))
    secrets: set[str] = set()
    for phase_id in files.phase_ids:
        secrets |= set(keys_of(files.phase(phase_id)))
    for one in files.misconceptions.values():
        secrets |= set(texts_in(one))
    for entry in files.entries.values():
        secrets |= {entry.opening, entry.title, *(entry.window or ())}
    assert len(secrets) > 5_000
    # Every file has the names of fields, and what stands in those that are left at their default.
    structs = [
        *Content.__subclasses__(),
        *q.Question.__subclasses__(),
        *q.ChoiceQuestion.__subclasses__(),
    ]
    for field in [field for struct in structs for field in msgspec.structs.fields(struct)]:
        known |= {field.name, *texts_in(field.default)}
    known |= set(files.phase_ids) | {module.id for module in files.course.modules}
    whole, told = "\n".join(leaves), "\n".join(known)
    found = [
        secret
        for secret in secrets
        if (
            secret in whole and secret not in told
            if len(secret) > 11
            else secret in leaves - known
        )
    ]
    assert sorted(found) == []


def given_as_told(made: Made) -> Iterator[Any]:
    """What of the questions in full a learner is meant to read."""
    for question in questions_of(made.in_full).values():
        for part in parts_of(question):
            whole = asdict(part)
            for name in travelling(part) - {"options", "items", "partners", "parts"}:
                yield whole[name]


def test_ids_of_options_items_and_partners_tell_nothing(
    files: CourseFolder, made: Made, given: dict[str, q.Question]
) -> None:
    in_course = {one.id: one.question for one in Bank(files)}
    again = questions_of(made_of(files).assignment.excerpt)
    seen = fixed = 0
    for name, question in given.items():
        for field in ("options", "items", "partners"):
            ids = [part.id for part in getattr(question, field, ())]
            old = [part.id for part in getattr(in_course[name], field, ())]
            other = [part.id for part in getattr(again[name], field, ())]
            assert len(set(ids)) == len(old)
            # Nor are they the same in the next assignment.
            assert not {*ids} & {*old, *other}
            if isinstance(question, q.ChoiceQuestion) and question.fixed_order:
                texts = [option.text for option in question.options]
                assert texts == [option.text for option in in_course[name].options]
                fixed += 1
                continue
            # The order of what is asked for by name is that of the course, and tells nothing.
            if field != "items" or isinstance(question, q.OrderingQuestion):
                assert ids == sorted(ids)
                seen += len(ids)
    assert seen > 700
    assert fixed > 2
    for question in given.values():
        if isinstance(question, q.CalculationQuestion):
            assert [part.id for part in question.parts] == ["p1", "p2", "p3"][
                : len(question.parts)
            ]


def test_nothing_in_the_file_tells_whether_a_guess_of_all_the_keys_is_right(
    made: Made, tmp_path: Path
) -> None:
    """Whoever knows all texts could try keys against a hash that needs no secret."""
    write_assignment(made.assignment, tmp_path / "a.assignment")
    handed_out = (tmp_path / "a.assignment").read_text("utf-8")
    whole = msgspec.json.encode(made.in_full)
    for name in sorted(hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}):
        assert hashlib.new(name, whole).hexdigest() not in handed_out, name


def test_knobs_that_open_after_the_answer_are_not_named(
    in_full: dict[str, q.Question], given: dict[str, q.Question]
) -> None:
    for name, question in given.items():
        is_turned = isinstance(question, q.ExperimentQuestion)
        assert question.scenario.knobs == (in_full[name].scenario.knobs if is_turned else {})


def test_the_form_of_every_answer_stays_the_same_but_for_order_and_ids(
    in_full: dict[str, q.Question], given: dict[str, q.Question]
) -> None:
    def shape(question: q.Question) -> tuple[Form, list[str], list[str], str]:
        posed = Posed(question, 7)
        form = form_of(posed)
        return (
            msgspec.structs.replace(form, choices=(), partners=()),
            sorted(one.text for one in form.choices),
            sorted(one.text for one in form.partners),
            set_up_before(posed, {}),
        )

    for name, question in in_full.items():
        assert shape(given[name]) == shape(question)


def test_misconceptions_of_pairs_are_still_found_under_the_new_ids(files: CourseFolder) -> None:
    excerpt = with_opaque_ids(excerpt_of(files, list(Bank(files))), b"secret")
    shown = 0
    for question in questions_of(excerpt).values():
        match question:
            case q.OrderingQuestion(items=items, misconceptions=wrong):
                for one in wrong:
                    first, later = one.pair
                    others = [item.id for item in items if item.id not in one.pair]
                    verdict = mark(Posed(question, 1), [later, first, *others])
                    assert one.misconception in verdict.misconceptions
                    shown += 1
            case q.MatchingQuestion(misconceptions=wrong):
                for one in wrong:
                    verdict = mark(Posed(question, 1), dict([one.pair]))
                    assert one.misconception in verdict.misconceptions
                    shown += 1
    assert shown > 5


def test_what_a_question_hides_of_its_set_up_is_not_in_the_file(
    in_full: dict[str, q.Question], given: dict[str, q.Question]
) -> None:
    hiding = [name for name, question in in_full.items() if question.hides_set_up]
    assert len(hiding) > 20
    for name in hiding:
        scenario, whole = given[name].scenario, in_full[name].scenario
        assert given[name].seen == "spine"
        assert not scenario.stimuli
        assert not scenario.knobs
        assert given[name].sets == {}
        # A temperature or a length that the name of the preparation tells is not hidden.
        told = set_up_before(Posed(in_full[name], 1), {})
        for changed, value in scenario.changes.items():
            assert str(value) in told or changed in ("shape",)
        assert scenario.preparation == whole.preparation


def test_a_question_whose_trace_is_of_the_set_up_that_it_hides_cannot_be_graded(
    files: CourseFolder,
) -> None:
    bank = Bank(files)
    hiding = next(one.question for one in bank if one.question.hides_set_up)
    assert not shows_what_it_hides(hiding)
    for change in ({"seen": "all"}, {"stem": "It peaks at {peak_mv}. Why?"}):
        question = replace(hiding, **change)
        assert shows_what_it_hides(question)
        with pytest.raises(ValueError, match="hides"):
            bare(question, hints=False)
    plain = replace(hiding, hides_set_up=False, seen="all")
    assert not shows_what_it_hides(plain)


def test_hints_travel_only_where_they_may_be_asked_for(made: Made) -> None:
    with_hints = questions_of(stripped(made.in_full, hints=True))
    without = questions_of(stripped(made.in_full, hints=False))
    for name, question in questions_of(made.in_full).items():
        assert with_hints[name].hint == question.hint
        assert without[name].hint == "-"


def test_a_unit_that_brings_marks_is_not_told_and_any_other_is(tmp_path: Path) -> None:
    files = every_kind(tmp_path)
    question = next(one.question for one in Bank(files) if one.question.kind == "numeric")
    assert isinstance(question, q.NumericQuestion)
    marked = replace(question, unit="mV", unit_marks=1, unit_shown=False)
    for one in (marked, bare(marked, hints=False)):
        form = form_of(Posed(one, 1))
        assert "mV" not in form.example
        assert "unit" in form.takes
    assert "mV" not in repr(bare(marked, hints=False))
    beside = bare(replace(question, unit="mV", unit_shown=True), hints=False)
    assert form_of(Posed(beside, 1)).unit == "mV"


def test_practice_carries_the_questions_as_the_course_has_them(tmp_path: Path) -> None:
    files = every_kind(tmp_path)
    made = made_of(files, feedback="at-once")
    assert made.assignment.excerpt == made.in_full
    opened = ExcerptFolder(made.assignment.excerpt)
    assert {one.id: one.question for one in Bank(opened)} == {
        one.id: one.question for one in Bank(files)
    }
