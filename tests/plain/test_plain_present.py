"""Every question of the course before a room, as lines of text."""

import io

import pytest
from answers import votes_for

from tutor.course.loader import CourseFolder
from tutor.course.questions import ChoiceQuestion
from tutor.plain.page import Page
from tutor.plain.present import run_present
from tutor.session.present import Present


def presented(present: Present, *lines: str) -> str:
    """What is written of a question where these lines are typed."""
    out = io.StringIO()
    reader = io.StringIO("".join(f"{line}\n" for line in lines))
    run_present(Page(reader, out, "ascii", "ascii", plots=False), present)
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize("phase", CourseFolder().phase_ids)
def test_every_question_comes_to_the_verdict_on_a_room_of_right_and_wrong(
    files: CourseFolder, phase: str
) -> None:
    for question in files.phase(phase).questions:
        present = Present(files, question.id)
        votes = votes_for(present._asked.posed, right=9, wrong=5)
        asked, told = presented(present, *votes, "").split("[Enter the verdict]")
        assert "(right)" not in asked
        assert "It decides: " not in asked
        assert "+ " in told
        assert " 9 ####################" in told, question.id
        assert " 5 ###########......... " in told, question.id
        assert "(right)" in told, question.id
        assert "It decides: " in told
        has_key = "right answer: " in told or "model answer: " in told
        assert has_key is not isinstance(question, ChoiceQuestion), question.id
