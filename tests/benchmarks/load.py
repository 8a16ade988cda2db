"""Loading and decoding content files, and checking the course that comes with the program.

    python tests/benchmarks/load.py

The large courses are made of the questions of the shipped one, given new ids: files of twenty
questions each, as an author would write them.
"""

from __future__ import annotations

import re
import statistics
import subprocess
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import ROOT, Budget, Row, Section, interleaved, script, timed
from terminal import TUTOR, environment

from tutor.course.loader import (
    COURSE_FILE,
    MISCONCEPTIONS_FILE,
    CourseFolder,
    default_folder,
    phase_file,
)

ROUNDS = 21
LARGE_ROUNDS = 15
QUESTIONS_A_FILE = 20
LARGE = (100, 200, 500)

_FRAME = """\
id: large
title: A large course
spine:
  preparation: textbook
  stimuli: [{kind: pulse, times_threshold: 1.5}]
first_minute:
  opening: A neuron at rest.
  ask: What happens next?
  choices: [{text: It fires, reply: Yes.}]
  captions: [{text: Rest., until: stimulus_ms}]
modules:
  - id: only
    title: The only module
    phases:
"""
_ENTRY = "      - {id: %s, title: %s, opening: More of it., window: [stimulus_ms, peak_ms]}\n"


def measure() -> Section:
    """Time loading and checking."""
    section = Section("Content: load and decode; check")
    _shipped(section)
    with TemporaryDirectory() as name:
        _large(section, Path(name))
        _check(section, environment(Path(name) / "data"))
    return section


def _shipped(section: Section) -> None:
    phase_ids = CourseFolder().phase_ids
    size = {i: (default_folder() / phase_file(i)).stat().st_size for i in phase_ids}
    largest = max(phase_ids, key=size.__getitem__)

    def open_phase() -> None:
        files = CourseFolder()
        _ = files.course
        files.phase(largest)

    values = interleaved(
        {"phase": timed(open_phase), "course": timed(lambda: load(default_folder()))}, ROUNDS
    )
    questions = load(default_folder())
    section.rows += [
        Row(
            "course.yaml and the phase that is opened",
            values["phase"],
            budget=Budget("median", 50.0),
            note=f"{largest}, {size[largest] / 1000:.0f} kB",
        ),
        Row(
            "the whole course",
            values["course"],
            budget=Budget("median", 400.0),
            note=f"{len(phase_ids)} files, {questions} questions",
        ),
    ]


def _large(section: Section, folder: Path) -> None:
    for files in LARGE:
        write_course(folder / str(files), files)
    contenders = {str(files): timed(partial(load, folder / str(files))) for files in LARGE}
    values = interleaved(contenders, LARGE_ROUNDS, warm_ups=0)
    for files in LARGE:
        taken = values[str(files)]
        section.rows.append(
            Row(
                f"{files * QUESTIONS_A_FILE:,} questions in {files} files",
                taken,
                base=values[str(LARGE[0])],
                budget=Budget("median", 10_000.0) if files == LARGE[-1] else None,
                note=f"{statistics.median(taken) / files:.1f} ms a file",
            )
        )
    section.notes.append(
        f"linear growth would give ratios of {', '.join(f'{n / LARGE[0]:g}' for n in LARGE)}"
    )


def _check(section: Section, environ: dict[str, str]) -> None:
    def check() -> None:
        subprocess.run([*TUTOR, "check"], env=environ, cwd=ROOT, capture_output=True, check=False)

    values = interleaved({"check": timed(check)}, LARGE_ROUNDS)
    section.rows.append(Row("tutor check, the shipped course, whole process", values["check"]))


def load(folder: Path) -> int:
    """Load every file of a course; the number of its questions."""
    files = CourseFolder(folder)
    _ = files.misconceptions
    return sum(len(files.phase(phase_id).questions) for phase_id in files.phase_ids)


def write_course(folder: Path, files: int) -> None:
    """Write a course of `files` phases with twenty questions each."""
    (folder / "phases").mkdir(parents=True)
    phase_ids = [f"part-{number:03}" for number in range(files)]
    entries = "".join(_ENTRY % (phase_id, phase_id) for phase_id in phase_ids)
    (folder / COURSE_FILE).write_text(_FRAME + entries, encoding="utf-8")
    bank = (default_folder() / MISCONCEPTIONS_FILE).read_text(encoding="utf-8")
    (folder / MISCONCEPTIONS_FILE).write_text(bank, encoding="utf-8")
    models = CourseFolder().phase_ids
    for phase_id, model in zip(phase_ids, cycle(models), strict=False):
        text = (default_folder() / phase_file(model)).read_text(encoding="utf-8")
        filled = _twenty_questions(text).replace(f"{model}.", f"{phase_id}.")
        filled = filled.replace(f"id: {model}\n", f"id: {phase_id}\n", 1)
        (folder / phase_file(phase_id)).write_text(filled, encoding="utf-8")


def _twenty_questions(text: str) -> str:
    """The phase with twenty questions, repeated under new ids where it has fewer."""
    head, body, tail = re.split(r"^questions:\n((?:(?!\w).*\n?)*)", text, maxsplit=1, flags=re.M)
    # A step may ask a question that is not among the twenty.
    head, tail = (re.sub(r"^    asks:\s+\[[^]]*]\n", "", p, flags=re.M) for p in (head, tail))
    first, *others = re.split(r"^(?=  - id: )", body, flags=re.M)
    questions = [part.rstrip("\n") + "\n" for part in others]
    assert not first.strip(), "a question begins with its id"
    repeated = []
    for number, question in enumerate(islice(cycle(questions), QUESTIONS_A_FILE)):
        again = number // len(questions)
        new_id = rf"\1again{again}-" if again else r"\1"
        repeated.append(re.sub(r"\A(  - id: [^.\n]+\.)", new_id, question))
    return f"{head}questions:\n{''.join(repeated)}{tail}"


if __name__ == "__main__":
    script(measure)
