"""What candidates write to questions of the course, credited as an examiner would."""

import pytest

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.grading.marking import mark


def state(files: CourseFolder, question_id: str, point: str, answer: str) -> str:
    phase = files.phase(question_id.partition(".")[0])
    question = next(one for one in phase.questions if one.id == question_id)
    return next(p.state for p in mark(Posed(question, 1), answer).points if p.id == point)


@pytest.mark.parametrize(
    ("question_id", "point", "answer"),
    [
        # The scheme may ask for what the question has named.
        ("rising.q10", "potential", "The inside becomes positive."),
        ("whole-event.q9", "reversal", "Na+ diffuses in and the inside becomes positive"),
        # Abbreviations in the plural, and in place of a word that is required.
        ("repolarisation.q12", "open", "VGKCs open"),
        ("threshold.q10", "below", "Sub-threshold stimuli do not trigger APs"),
        ("whole-event.q9", "restored", "K+ channels close and RP is restored"),
        ("rising.q10", "enter", "Na+ flows in which makes the inside more positive"),
        ("propagation.q21", "insulates", "Myelin prevents ions crossing except at the nodes"),
        ("propagation.q21", "saltatory", "the AP jumps from one node to the next"),
        ("graded.q28", "threshold", "The membrane is less likely to reach threshold"),
        ("propagation.q13", "diameter", "They are less thick"),
        ("propagation.q13", "diameter", "not as wide and not myelinated"),
        ("propagation.q13", "myelin", "no myelin sheath so no saltatory conduction"),
        ("rest.q6", "permeable", "Membrane is not very permeable to sodium ions"),
        ("rest.q6", "leak", "3 Na+ are pumped out for 2 K+ brought in; K+ leaks out"),
        ("threshold.q11", "size", "No the size of an AP is constant"),
        ("threshold.q11", "more", "it recruits more neurones"),
        ("hyperpolarisation.q13", "leave", "so K+ keeps leaving"),
        ("hyperpolarisation.q13", "pump", "The Na/K pump brings RP back"),
        ("restoration.q14", "pump", "The pump stops because there's no ATP"),
        ("repolarisation.q13", "weak", "The pump is not fast enough to do that"),
        ("rising.q11", "force", "The electrochemical gradient for Na+ becomes smaller"),
        ("threshold.q11", "frequency", "A less intense stimulus gives a lower frequency of APs"),
        ("threshold.q11", "frequency", "With weak stimuli there are fewer impulses per second"),
        ("repolarisation.q13", "potassium", "K+ diffuses out, it is not pumped out"),
        ("repolarisation.q13", "potassium", "K+ diffuses out. The pump pumps it back in later."),
        ("whole-event.q10", "stretch", "Mechanically-gated channels open and Na+ enters"),
        ("whole-event.q10", "gated", "threshold is reached, so VGSCs open"),
        ("graded.q22", "opens", "the corpuscle is squashed and Na+ channels open"),
        ("graded.q22", "opens", "Sodium channels open, so Na+ diffuses in"),
        ("propagation.q17", "local", "Positive charge moves along the inside of the axon"),
        ("reading.q8", "sign", "The cell interior has less positive charge than the exterior."),
        ("rest.q8", "balance", "The pull inwards equals the tendency to diffuse outwards"),
        ("clinic.q7", "brain", "The impulses do not reach the brain"),
    ],
)
def test_it_is_credited(files: CourseFolder, question_id: str, point: str, answer: str) -> None:
    assert state(files, question_id, point, answer) == "met"


@pytest.mark.parametrize(
    ("question_id", "point", "answer", "found"),
    [
        ("rising.q11", "inactivation", "Voltage-gated Na+ channels open.", "missed"),
        ("rising.q11", "force", "The Na+ concentration gradient gets smaller", "missed"),
        ("rising.q11", "force", "Sodium has run out outside", "contradicted"),
        ("rising.q10", "potential", "The inside becomes more negative", "contradicted"),
        ("propagation.q13", "diameter", "They are thick", "contradicted"),
        ("restoration.q14", "pump", "the pump carries on without ATP", "missed"),
        ("repolarisation.q13", "weak", "the pump is fast", "contradicted"),
        ("rest.q6", "leak", "potassium diffuses in", "contradicted"),
        ("repolarisation.q13", "potassium", "K+ is pumped out", "contradicted"),
        ("threshold.q11", "frequency", "A stronger stimulus lowers the frequency", "contradicted"),
        (
            "threshold.q11",
            "frequency",
            "Less intense stimuli give a higher frequency",
            "contradicted",
        ),
        ("graded.q22", "opens", "Pressure causes VGSCs to open", "contradicted"),
        ("whole-event.q10", "stretch", "The stretch opens VGSCs", "contradicted"),
        ("clinic.q7", "brain", "Impulses reach the brain.", "contradicted"),
        ("clinic.q7", "threshold", "The impulses do not reach the brain", "missed"),
        ("whole-event.q9", "close", "Sodium does not enter.", "missed"),
    ],
)
def test_it_is_not(
    files: CourseFolder, question_id: str, point: str, answer: str, found: str
) -> None:
    assert state(files, question_id, point, answer) == found


def test_what_is_quoted_has_the_word_that_the_point_requires(files: CourseFolder) -> None:
    phase = files.phase("whole-event")
    question = next(one for one in phase.questions if one.id == "whole-event.q9")
    told = (
        "When threshold is reached Na+ enters and the potential reaches +30 mV. K+ leaves and the "
        "membrane repolarises. K+ channels are slow to close. The leak brings it back to rest."
    )
    found = {p.id: p.evidence for p in mark(Posed(question, 1), told).points if p.state == "met"}
    assert "+30 mV" in found["reversal"]
    assert "back to rest" in found["restored"]
