"""Which questions are handed out, and what of their course goes with them."""

from __future__ import annotations

from handouts import some_ids
from msgspec.structs import replace

from tutor.classroom.excerpt import ExcerptFolder
from tutor.classroom.handout.selecting import also_in, drawn_by_objective, excerpt_of
from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank, Banked


def test_a_question_counts_for_each_of_its_objectives(files: CourseFolder) -> None:
    first, second, third = list(Bank(files))[:3]

    def aims_at(banked: Banked, *aims: str) -> Banked:
        return replace(banked, question=replace(banked.question, objectives=aims))

    questions = [aims_at(first, "a", "b"), aims_at(second, "a"), aims_at(third, "b")]
    drawn = [drawn_by_objective(questions, 1, seed) for seed in range(40)]
    # Where the one that asks for both is drawn first, the other objective has what it needs.
    assert (questions[0],) in drawn
    assert (questions[1], questions[2]) in drawn


def test_an_installed_id_is_counted_whatever_its_stem_says_now(files: CourseFolder) -> None:
    some = list(Bank(files))[:4]
    other = [replace(one, question=replace(one.question, stem="Quite another?")) for one in some]
    own = [replace(one, question=replace(one.question, id="own.q1")) for one in other]
    assert (also_in(files, some), also_in(files, other), also_in(files, own)) == (4, 4, 0)


def test_an_excerpt_brings_the_misconceptions_of_its_questions_alone_and_no_claims(
    files: CourseFolder,
) -> None:
    chosen = [Bank(files).by_id[one] for one in some_ids(files)]
    excerpt = excerpt_of(files, chosen)
    named = {name for one in chosen for name in one.misconceptions}
    assert {one.id for one in excerpt.misconceptions} == named
    assert 0 < len(named) < len(files.misconceptions)
    folder = ExcerptFolder(excerpt)
    assert (set(folder.misconceptions), folder.claims) == (named, ())


def test_no_phase_needs_one_that_is_not_handed_out(files: CourseFolder) -> None:
    of_course = {entry.id: entry for one in files.course.modules for entry in one.phases}
    assert "rest" in of_course["peak"].needs + of_course["threshold"].needs
    chosen = [one for one in Bank(files) if one.phase in ("threshold", "peak")]
    excerpt = excerpt_of(files, chosen)
    entries = [entry for one in excerpt.course.modules for entry in one.phases]
    assert {entry.id for entry in entries} == {"threshold", "peak"}
    assert not {need for entry in entries for need in entry.needs} - {"threshold", "peak"}
