"""What must not change a mark, whatever the answer."""

import itertools
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import agreement

from tutor.grading.free_text import Marker, load_schemes

SCHEMES = load_schemes(agreement.ANSWERS / "given.schemes.json")
MARKERS = {s.question_id: Marker(s) for s in SCHEMES}
FACTS = [
    "Voltage-gated sodium channels open",
    "Sodium ions diffuse into the axon",
    "Potassium ions leave the axon",
    "Potassium channels open",
    "The pump uses ATP",
    "Na+ channels are inactivated",
    "EPSPs add together at the axon hillock",
]
facts = st.lists(st.sampled_from(FACTS), min_size=1, max_size=4, unique=True)
questions = st.sampled_from(sorted(MARKERS))
hostile = st.text(max_size=400) | st.lists(
    st.sampled_from([*"(/:;-+3\n\u202e\u200b", "not ", "Na+ ", "no ", "that ", "sorry ", "3:2 "]),
    max_size=200,
).map("".join)


def marks(question, answer):
    return MARKERS[question].mark(answer).marks


@given(questions, facts)
def test_case_spacing_and_bullets_change_nothing(question, said):
    plain = marks(question, ". ".join(said))
    assert marks(question, ". ".join(said).upper()) == plain
    assert marks(question, ".   ".join(said).replace(" ", "\u00a0 ")) == plain
    assert marks(question, "\n".join(f"• {fact}" for fact in said)) == plain
    assert marks(question, "\n".join(f"- {fact}" for fact in said)) == plain


@given(questions, facts)
def test_unicode_forms_change_nothing(question, said):
    text = ". ".join(said)
    assert marks(question, text.replace("Na+", "Na⁺")) == marks(question, text)
    assert marks(question, text.replace("fi", "ﬁ")) == marks(question, text)
    assert marks(question, text.replace("o", "o\u200b")) == marks(question, text)


@given(questions, facts)
def test_the_order_of_sentences_changes_nothing(question, said):
    results = {marks(question, ". ".join(order)) for order in itertools.permutations(said)}
    assert len(results) == 1


@given(st.sampled_from(SCHEMES), facts, st.data())
def test_adding_a_contradiction_never_raises_a_mark(scheme, said, data):
    rejects = [line for point in scheme.mark_points for line in point.reject]
    wrong = data.draw(st.sampled_from(rejects))
    text = ". ".join(said)
    ours = [p for p in scheme.mark_points if wrong in p.reject]
    before = {p.id: p.marks for p in MARKERS[scheme.question_id].mark(text).points}
    after = {p.id: p.marks for p in MARKERS[scheme.question_id].mark(f"{text}. {wrong}").points}
    assert all(after[p.id] <= before[p.id] for p in ours)


@given(questions, hostile)
def test_any_text_gets_a_verdict(question, answer):
    verdict = MARKERS[question].mark(answer)
    assert 0 <= verdict.marks <= verdict.max_marks
