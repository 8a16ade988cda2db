"""Marking written answers: the time an answer takes, and the time before the first.

    python tests/benchmarks/marking.py

The answers are the hand-marked ones of the tests. Beside the marker stands the least that any
marking by words does: splitting the answer and stemming each word.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import cycle
from time import perf_counter

from measuring import HERE, Budget, Row, Section, interleaved, script
from snowballstemmer import stemmer

from tutor.grading.free_text import Marker, load_schemes

ANSWERS = HERE.parent / "grading" / "free_text" / "answers"
SETS = ("given", "course", "other")
ROUNDS = 400
LOADS = 7
_LOAD = """
from time import perf_counter
import tutor.grading.free_text.scheme
start = perf_counter()
from tutor.grading.free_text import Marker
from tutor.grading.free_text.lexicon import lexicon
lexicon()
print(1000 * (perf_counter() - start))
"""


def measure() -> Section:
    """Time loading, single answers and a long one."""
    section = Section("Free text: marking an answer")
    markers: dict[str, Marker] = {}
    answers: list[tuple[str, str]] = []
    for name in SETS:
        schemes = load_schemes(ANSWERS / f"{name}.schemes.json")
        markers |= {scheme.question_id: Marker(scheme) for scheme in schemes}
        with (ANSWERS / f"{name}.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        answers += [(row["question_id"], row["answer"]) for row in rows]
    stem = stemmer("english").stemWords
    turns = {"marked": cycle(answers), "stemmed": cycle(answers)}

    def marked() -> float:
        question_id, answer = next(turns["marked"])
        return _ms(lambda: markers[question_id].mark(answer))

    def stemmed() -> float:
        _, answer = next(turns["stemmed"])
        return _ms(lambda: stem(answer.split()))

    values = interleaved({"marked": marked, "stemmed": stemmed}, ROUNDS, warm_ups=20)
    long = " ".join(answer for _, answer in answers)[:100_000]
    loads = interleaved({"load": _load}, LOADS)["load"]
    longest = interleaved({"long": lambda: _ms(lambda: markers["depol"].mark(long))}, 5)["long"]
    section.rows += [
        Row("splitting and stemming its words", values["stemmed"]),
        Row("an answer", values["marked"], base=values["stemmed"], budget=Budget("p95", 10.0)),
        Row("100 kB of answers as one", longest, budget=Budget("p95", 1000.0)),
        Row("lexicon and grammar, once", loads, budget=Budget("median", 100.0)),
    ]
    return section


def _ms(act: object) -> float:
    assert callable(act)
    start = perf_counter()
    act()
    return 1000.0 * (perf_counter() - start)


def _load() -> float:
    done = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    script(measure)
