"""A small course that loads and is proved, for tests to spoil.

Its phase, `spark`, has one step and two questions. Every test course comes from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tutor.course.errors import ContentError, ContentErrors, Place
from tutor.course.loader import CourseFolder
from tutor.course.text import unsafe_characters

COURSE = "course.yaml"
MISCONCEPTIONS = "misconceptions.yaml"
SPARK = "phases/spark.yaml"

#: In a spoilt text: the error is expected here.
MARK = "»"

_COURSE_TEXT = """\
id: tiny
title: A tiny course
spine:
  preparation: textbook
  stimuli:
    - {kind: pulse, start_ms: 1.0, pulse_ms: 0.5, times_threshold: 1.4}
  duration_ms: 7

first_minute:
  opening: A neuron at rest.
  ask: What happens next?
  choices:
    - text: It fires
      reply: Yes, up to {peak_mv}.
  captions:
    - text: Rest, at {rest_mv}.
      until: stimulus_ms
    - text: The rise.
      until: peak_ms

modules:
  - id: first
    title: The only module
    phases:
"""

_ENTRY_TEXT = """\
      - id: spark
        title: The spark
        opening: A pulse, and the neuron fires.
        window: [stimulus_ms, peak_ms + 1]
"""

_MISCONCEPTIONS_TEXT = """\
misconceptions:
  - id: M1
    name: The pump fires the neuron
    wrong: A spike is the work of the pump.
    right: A spike is the work of channels.
    source: Hodgkin & Huxley 1952, J Physiol 117:500
  - id: M2
    name: Bigger stimulus, bigger spike
    wrong: A stronger stimulus makes a taller spike.
    right: Above threshold the height hardly changes.
    source: Adrian 1914, J Physiol 47:460
"""

_PHASE_TEXT = """\
id: spark
objectives:
  - id: spark.height
    bloom: understand
    text: Say how high a spike goes.

steps:
  - id: spark.s1
    title: One pulse, one spike
    text: |
      A pulse takes the potential **past threshold**.

      The rest follows by itself.
    demonstration:
      scenario:
        preparation: textbook
        stimuli: [{kind: pulse, start_ms: 1.0, pulse_ms: 0.5, times_threshold: 1.5}]
        duration_ms: 6
        knobs: {times_threshold: [1.2, 2.0]}
      show: [g_na, g_k]
      caption: The spike goes up to {peak_mv}.
      proof:
        - spike_count == 1
    asks: [spark.q1, spark.q2]

questions:
  - id: spark.q1
    revision: 1
    kind: single
    objectives: [spark.height]
    difficulty: 1
    stem: How high does the spike go?
    setup: The textbook neuron and a pulse.
    scenario:
      preparation: textbook
      stimuli: [{kind: pulse, amplitude_ua_cm2: 50}]
      duration_ms: 5
      knobs: {amplitude_ua_cm2: [45, 60]}
    proof:
      - peak_mv > 0
      - peak_mv < e_na_mv
    decides: The peak is {peak_mv}.
    options:
      - id: a
        text: Past zero
        correct: true
        feedback: Its top lies above zero.
      - id: b
        text: To threshold and no further
        feedback: It goes on from there.
        misconception: M1
        refutation:
          scenario:
            preparation: textbook
            stimuli: [{kind: pulse, times_threshold: 0.9}]
            changes: {na_block: 0.5}
            duration_ms: 5.5
          show: [i_na]
          says: Without a spike it gets to {peak_mv}.
          proof:
            - peak_mv < asked.peak_mv - 50
      - id: c
        text: Nowhere at all
        feedback: The pulse alone moves it.
    explanation: The membrane does the rest.
    hint: Look at the peak.
    source: Hodgkin & Huxley 1952, J Physiol 117:500

  - id: spark.q2
    revision: 2
    kind: multi
    objectives: [spark.height]
    difficulty: 2
    stem: Which of these keep the neuron silent?
    setup: The textbook neuron with its Na channels blocked.
    scenario:
      preparation: textbook
      stimuli: [{kind: pulse, times_threshold: 1.6}]
      changes: {na_block: 1.0}
      duration_ms: 4
    proof:
      - spike_count == 0 and spine.spike_count == 1
    decides: It gets to {peak_mv}, the spine to {spine.peak_mv}.
    options:
      - id: a
        text: Blocking the Na channels
        correct: true
        feedback: Without them no current enters.
      - id: b
        text: A pulse below threshold
        correct: true
        feedback: It is too weak to start one.
      - id: c
        text: Blocking the K channels
        feedback: They only shape the fall.
      - id: d
        text: Stopping the pump
        feedback: The gradients last.
        misconception: M2
        no_run: A run of a few milliseconds cannot show it.
    explanation: Both cut the loop.
    hint: What does the loop need?
    source: Hodgkin & Huxley 1952, J Physiol 117:500

summary: |
  A pulse, a threshold, a spike.
"""


def phase_text(phase_id: str = "spark") -> str:
    """The good phase file, with ids that begin with `phase_id`."""
    return _PHASE_TEXT.replace("spark", phase_id)


def course_text(*phase_ids: str) -> str:
    """The good `course.yaml`, with one module of these phases."""
    entries = (_ENTRY_TEXT.replace("spark", phase_id) for phase_id in phase_ids or ("spark",))
    return _COURSE_TEXT + "".join(entries)


def good_files(*phase_ids: str) -> dict[str, str]:
    """The texts of a course with these phases, by name of the file."""
    phase_ids = phase_ids or ("spark",)
    phases = {f"phases/{phase_id}.yaml": phase_text(phase_id) for phase_id in phase_ids}
    return {COURSE: course_text(*phase_ids), MISCONCEPTIONS: _MISCONCEPTIONS_TEXT, **phases}


def write_course(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the good course into `folder`, with `files` in place of its own; give the folder."""
    for name, content in {**good_files(), **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """`text` with each old stretch, which stands in it once, replaced by the new one."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the good file"
        text = text.replace(old, new)
    return text


class Spoilt(NamedTuple):
    """A course with a fault: the file that was changed, its text, and where the mark was."""

    name: str
    text: str
    place: Place | None


def spoil(folder: Path, *changes: tuple[str, str]) -> Spoilt:
    """Write the good course with changes to the one file that has the old stretches."""
    files = good_files()
    (name,) = (name for name, text in files.items() if changes[0][0] in text)
    text = replaced(files[name], *changes)
    place = place_of(text, text.index(MARK)) if MARK in text else None
    text = text.replace(MARK, "")
    write_course(folder, {name: text})
    return Spoilt(name, text, place)


def place_of(text: str, offset: int) -> Place:
    """Line and column of an offset, both from 1."""
    before = text[:offset].split("\n")
    return Place(len(before), len(before[-1]) + 1)


def load_errors(folder: Path) -> list[ContentError]:
    """Load every file of the course; what is wrong in them, `course.yaml` first."""
    files = CourseFolder(folder)
    try:
        phase_ids = files.phase_ids
    except ContentErrors as errors:
        return list(errors.errors)
    found: list[ContentError] = []
    for load in [lambda: files.misconceptions, *(lambda i=i: files.phase(i) for i in phase_ids)]:
        try:
            load()
        except ContentErrors as errors:
            found += errors.errors
    return found


def assert_one_error(folder: Path, words: str, *changes: tuple[str, str]) -> None:
    """The good course with `changes` has one error, at the mark, that says `words`."""
    spoilt = spoil(folder, *changes)
    assert spoilt.place is not None, "a change marks where the error is expected"
    errors = load_errors(folder)
    assert_told_well(errors, folder)
    (error,) = errors
    assert (error.file, error.place) == (spoilt.name, spoilt.place), str(error)
    assert words in str(error)


def assert_told_well(errors: list[ContentError], folder: Path) -> None:
    """Every error names a file and a place in it, on one line that a terminal can show."""
    assert errors
    for error in errors:
        path = folder / error.file
        data = path.read_bytes() if path.is_file() else b""
        lines = data.decode("utf-8-sig", errors="replace").split("\n")
        assert 1 <= error.place.line <= len(lines), str(error)
        assert 1 <= error.place.column <= len(lines[error.place.line - 1]) + 1, str(error)
        assert str(error).startswith(f"{error.file}:{error.place.line}:{error.place.column}: ")
        for text in (error.message, error.item, str(error)):
            assert not list(unsafe_characters(text)), ascii(text)
            assert "\n" not in text
        assert len(str(error)) <= 600
