"""A phase with a question of each kind, proved, for every room's tests to answer."""

from __future__ import annotations

from pathlib import Path

from course_files import course_text, write_course

from tutor.course.loader import CourseFolder
from tutor.course.posed import Posed
from tutor.course.questions import Question

_COMMON = """\
    revision: 1
    objectives: [kinds.all]
    difficulty: 1
    setup: The textbook neuron and a pulse.
    scenario:
      preparation: textbook
      stimuli: [{kind: pulse, times_threshold: 1.5}]
      duration_ms: 8
    proof: [spike_count == 1]
    decides: The peak is {peak_mv}.
    explanation: So it is.
    hint: Look at the trace.
    source: Hodgkin & Huxley 1952, J Physiol 117:500
"""

_QUESTIONS = f"""\
  - id: kinds.single
    kind: single
    stem: Where does the spike end?
{_COMMON}    options:
      - {{id: a, text: Near E_Na, correct: true, feedback: Yes.}}
      - id: b
        text: At zero
        feedback: It goes on.
        misconception: M2
        no_run: The run itself shows it.
      - id: c
        text: Na⁺ channels close
        feedback: Nearly.
        credited_by: [AQA]
        physiology: Na⁺ channels inactivate.

  - id: kinds.multi
    kind: multi
    partial_credit: all_or_nothing
    stem: Which move outward?
{_COMMON}    options:
      - {{id: a, text: K⁺ through its channels, correct: true, feedback: Yes.}}
      - {{id: b, text: Na⁺ through the pump, correct: true, feedback: Yes.}}
      - {{id: c, text: Na⁺ through its channels, feedback: It enters.}}

  - id: kinds.ordering
    kind: ordering
    marks: 2
    stem: Put the event in order.
{_COMMON}    items:
      - {{id: rise, text: Na⁺ enters}}
      - {{id: peak, text: Na⁺ channels inactivate}}
      - {{id: fall, text: K⁺ leaves}}
    misconceptions: [{{pair: [rise, fall], misconception: M2}}]

  - id: kinds.matching
    kind: matching
    marks: 2
    stem: What does each ion do?
{_COMMON}    items:
      - {{id: na, text: Na⁺}}
      - {{id: k, text: K⁺}}
    partners:
      - {{id: in, text: enters}}
      - {{id: out, text: leaves}}
      - {{id: none, text: stays}}
    key: {{na: in, k: out}}

  - id: kinds.numeric
    kind: numeric
    draws:
      times: {{low: 1.3, high: 1.6, step: 0.1}}
      distance_mm: {{low: 20, high: 60, step: 2}}
    sets: {{times_threshold: times}}
    stem: An impulse takes 2 ms for {{distance_mm}} mm. How fast is it, in m/s?
{_COMMON}    key: distance_mm / 2
    unit: m/s
    within_share: 0.02
    quotient: [distance_mm, "2"]
    wrong_values:
      - {{value: distance_mm * 2, says: Divide by the time., misconception: M2}}

  - id: kinds.calculation
    kind: calculation
    draws: {{times: {{low: 1.3, high: 1.6, step: 0.1}}, gap_mm: {{low: 40, high: 80, step: 2}}}}
    stem: An impulse passes two electrodes, {{gap_mm}} mm apart, within 2 ms.
{_COMMON}    parts:
      - id: velocity
        asks: How fast is it?
        key: gap_mm / 2
        unit: m/s
        within_share: 0.02
        method_marks: 1
      - id: delay
        asks: How long does it take for 1.5 m?
        key: 1.5 / velocity * 1000
        unit: ms
        within_share: 0.02
        quotient: ["1.5", velocity]

  - id: kinds.text
    kind: text
    stem: Explain the rise.
    max_marks: 2
{_COMMON}    mark_points:
      - id: open
        text: Voltage-gated sodium channels open
        accept: [Na+ channels open]
        reject: [potassium channels open]
        misconception: M2
      - id: enter
        text: Sodium ions diffuse in
        accept: [Na+ enters]
        reject: [sodium leaves]
        physiology: Na⁺ enters down its electrochemical gradient.
    model_answer: Voltage-gated sodium channels open and sodium ions diffuse into the axon.
    wrong_answers: [Sodium leaves through the pump.]

  - id: kinds.point
    kind: point
    stem: Mark the peak.
{_COMMON}    seen: all
    target: {{name: the peak, at: peak_ms, tolerance: 0.1}}

  - id: kinds.interval
    kind: interval
    hides_set_up: true
    stem: Mark the rise.
{_COMMON}    seen: all
    target: {{name: the rise, within: [[upstroke_ms, peak_ms]]}}

  - id: kinds.experiment
    kind: experiment
    stem: Keep the peak below +10 mV.
    revision: 1
    objectives: [kinds.all]
    difficulty: 1
    setup: The textbook neuron and a pulse.
    scenario:
      preparation: textbook
      stimuli: [{{kind: pulse, times_threshold: 1.5}}]
      duration_ms: 8
      knobs: {{na_block: [0, 0.9], k_block: [0, 0.9]}}
    proof: [spine.peak_mv > 20]
    decides: The peak is {{peak_mv}}.
    explanation: So it is.
    hint: Look at the trace.
    source: Hodgkin & Huxley 1952, J Physiol 117:500
    goals:
      - {{id: low, reach: peak_mv < 10, says: The peak stays below +10 mV}}
    solution: {{na_block: 0.8}}
    wrong_settings: [{{k_block: 0.5}}]
"""

KINDS = f"""\
id: kinds
objectives:
  - {{id: kinds.all, bloom: understand, text: Answer questions of every kind.}}
steps:
  - id: kinds.s1
    title: One step
    text: A step.
    demonstration:
      scenario:
        preparation: textbook
        stimuli: [{{kind: pulse, times_threshold: 1.5}}]
        duration_ms: 6
      caption: The peak is {{peak_mv}}.
questions:
{_QUESTIONS}
summary: That was every kind.
"""

KINDS_FILE = "phases/kinds.yaml"


def kinds_course(folder: Path, text: str = KINDS) -> CourseFolder:
    """A course with the good phase and the one that has every kind, written into `folder`."""
    write_course(folder, {"course.yaml": course_text("spark", "kinds"), KINDS_FILE: text})
    return CourseFolder(folder)


def questions_of_every_kind(folder: Path) -> dict[str, Question]:
    """The questions of that phase by their kinds."""
    return {question.kind: question for question in kinds_course(folder).phase("kinds").questions}


def posed(folder: Path, kind: str, seed: int = 1) -> Posed[Question]:
    """The question of a kind, posed."""
    return Posed(questions_of_every_kind(folder)[kind], seed)
