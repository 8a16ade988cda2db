import subprocess
import sys
from collections import Counter

import pytest
from msgspec.structs import replace

from tutor.course.loader import CourseFolder
from tutor.session.bank import Bank, Banked
from tutor.session.exam.blueprint import Blueprint, Section, ready_made
from tutor.session.exam.drawing import CannotDraw, Paper, draw_paper, question_seed


def ids(paper: Paper) -> list[str]:
    return [banked.id for banked in paper.questions]


def first_objectives(paper: Paper) -> list[str]:
    return [banked.question.objectives[0] for banked in paper.questions]


def paper_of(bank: Bank, *sections: Section, seed: int = 1) -> Paper:
    blueprint = Blueprint(title="Mine", says="Mine.", minutes=30, sections=sections)
    return draw_paper(bank, "mine", blueprint, seed)


def test_every_paper_of_the_course_can_be_drawn_by_two_hundred_seeds(
    files: CourseFolder, bank: Bank
) -> None:
    for name, blueprint in ready_made(files).items():
        for seed in range(200):
            paper = draw_paper(bank, name, blueprint, seed)
            assert len(set(ids(paper))) == len(ids(paper)) == sum(n for _, n in paper.sections)
            rest = list(paper.questions)
            for section, (title, count) in zip(blueprint.sections, paper.sections, strict=True):
                assert title == section.title
                inside, rest = rest[:count], rest[count:]
                assert section.questions in (None, count)
                assert section.marks in (None, sum(banked.marks for banked in inside))
                assert {banked.question.track for banked in inside} == {section.track}
                assert {banked.question.kind for banked in inside} <= set(section.kinds)


def test_the_a_level_papers_have_their_marks(files: CourseFolder, bank: Bank) -> None:
    papers = ready_made(files)
    for seed in range(20):
        assert draw_paper(bank, "a-level", papers["a-level"], seed).marks == 25
        assert draw_paper(bank, "a-level-long", papers["a-level-long"], seed).marks == 50


def test_no_two_questions_of_a_paper_ask_first_for_the_same(
    files: CourseFolder, bank: Bank
) -> None:
    for name, blueprint in ready_made(files).items():
        for seed in range(50):
            aims = first_objectives(draw_paper(bank, name, blueprint, seed))
            assert len(set(aims)) == len(aims), f"{name} by seed {seed}"


def test_twins_come_only_where_they_cannot_be_avoided(bank: Bank) -> None:
    found = [b for b in bank if b.phase == "rising" and b.question.kind == "single"]
    aims = {banked.question.objectives[0] for banked in found}
    section = Section(title="All", phases=("rising",), kinds=("single",), questions=len(found))
    drawn = first_objectives(paper_of(bank, section))
    assert len(drawn) == len(found) > len(aims)
    fewer = Section(title="All", phases=("rising",), kinds=("single",), questions=len(aims))
    assert len(set(first_objectives(paper_of(bank, fewer)))) == len(aims)


def test_marks_are_made_up_without_twins_where_that_can_be(bank: Bank) -> None:
    """Ten objectives with a question of one mark and one of three: thirty marks in one way."""
    asked: dict[str, list[Banked]] = {}
    for banked in bank:
        if len(banked.question.objectives) == 1:
            asked.setdefault(banked.question.objectives[0], []).append(banked)
    pairs = [found[:2] for found in asked.values() if len(found) > 1][:10]
    assert len(pairs) == 10
    both = [
        replace(one, marks=marks)
        for pair in pairs
        for one, marks in zip(pair, (1, 3), strict=True)
    ]
    blueprint = Blueprint(
        title="Mine",
        says="Mine.",
        minutes=30,
        sections=(Section(title="All", marks=30),),
    )
    for seed in range(10):
        paper = draw_paper(both, "mine", blueprint, seed)  # type: ignore[arg-type]
        assert [banked.marks for banked in paper.questions] == [3] * 10


def test_a_seed_draws_the_same_paper_in_another_process(files: CourseFolder, bank: Bank) -> None:
    paper = draw_paper(bank, "usmle", ready_made(files)["usmle"], 12345)
    code = (
        "from tutor.course.loader import CourseFolder\n"
        "from tutor.session.bank import Bank\n"
        "from tutor.session.exam.blueprint import ready_made\n"
        "from tutor.session.exam.drawing import draw_paper\n"
        "files = CourseFolder()\n"
        "paper = draw_paper(Bank(files), 'usmle', ready_made(files)['usmle'], 12345)\n"
        "print(*(banked.id for banked in paper.questions))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ids(paper)


def test_another_seed_draws_another_paper_in_the_long_run_of_every_question(
    files: CourseFolder, bank: Bank
) -> None:
    blueprint = ready_made(files)["usmle"]
    drawn = [ids(draw_paper(bank, "usmle", blueprint, seed)) for seed in range(100)]
    assert len(set(map(tuple, drawn))) == 100
    medical = {b.id for b in bank if b.question.kind == "single" and b.question.track == "M"}
    assert set(Counter(id_ for paper in drawn for id_ in paper)) == medical


def test_each_question_has_its_own_seed() -> None:
    assert question_seed(7, "rising.q1") == question_seed(7, "rising.q1")
    assert len({question_seed(7, "a"), question_seed(8, "a"), question_seed(7, "b")}) == 3


def test_the_paper_is_the_same_whoever_sits_it(files: CourseFolder, bank: Bank) -> None:
    from tutor.session.profile import Profile

    blueprint = ready_made(files)["a-level"]
    everyone = ids(draw_paper(bank, "a-level", blueprint, 3))
    assert all(Profile("a-level").meets(bank.by_id[one].question) for one in everyone)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (
            Section(title="Part", phases=("reading",), kinds=("single",), questions=12),
            "the section 'Part' asks for 12 questions and the course has 6",
        ),
        (
            Section(title="Part", phases=("reading",), marks=500),
            "asks for 500 marks and the course has",
        ),
        (
            Section(title="Part", kinds=("single",), questions=3, marks=2),
            "asks for more questions than 2 marks can have",
        ),
        (
            Section(title="Part", kinds=("single",), questions=2, marks=3),
            "its questions make 2 but not 3: ask for 2",
        ),
        (
            Section(title="Part", phases=("patients",), track="A", questions=1),
            "asks for 1 questions and the course has 0",
        ),
    ],
)
def test_what_the_course_has_not_is_told_in_a_sentence(
    bank: Bank, section: Section, said: str
) -> None:
    with pytest.raises(CannotDraw) as caught:
        paper_of(bank, section)
    assert said in str(caught.value)


def test_a_section_that_has_little_to_choose_from_is_filled_first(bank: Bank) -> None:
    few = [b for b in bank if b.phase == "reading" and b.question.kind == "single"]
    everything = Section(title="Any", kinds=("single",), questions=60)
    scarce = Section(title="Few", phases=("reading",), kinds=("single",), questions=len(few))
    for seed in range(20):
        paper = paper_of(bank, everything, scarce, seed=seed)
        assert {banked.id for banked in paper.questions[60:]} == {banked.id for banked in few}


def test_what_another_section_takes_is_told_as_taken(bank: Bank) -> None:
    all_of_them = Section(title="One", phases=("reading",), kinds=("single",), questions=6)
    more = Section(title="Two", phases=("reading",), kinds=("single",), questions=1)
    with pytest.raises(CannotDraw, match="that no other section takes"):
        paper_of(bank, all_of_them, more)


def test_questions_for_other_boards_alone_are_left_out(bank: Bank) -> None:
    some = [b for b in bank if b.phase == "reading" and b.question.kind == "single"]
    theirs = replace(some[0], question=replace(some[0].question, boards=("OCR",)))

    changed = [theirs, *some[1:]]
    section = Section(title="All", questions=len(some))

    def drawn(board: str | None) -> list[Banked]:
        blueprint = Blueprint(
            title="Mine", says="Mine.", minutes=30, board=board, sections=(section,)
        )
        return list(draw_paper(changed, "mine", blueprint, 1).questions)

    assert len(drawn("OCR")) == len(some)
    for board in (None, "AQA"):
        with pytest.raises(CannotDraw, match=f"has {len(some) - 1}"):
            drawn(board)
