"""How a refutation's set-up is told beside the question's."""

from tutor.course.loader import CourseFolder
from tutor.session.refutation import _difference


def test_what_a_refutation_changes_stands_beside_what_it_changes_it_from(
    files: CourseFolder,
) -> None:
    told = [
        _difference(option.refutation.scenario, question.scenario)
        for phase in files.phase_ids
        for question in files.phase(phase).questions
        for option in getattr(question, "options", ())
        if option.refutation is not None
    ]
    assert "E_K moved by +15 mV, in place of E_K moved by +10 mV" in told
    assert all(told)
    assert not [line for line in told if "without:" in line]
