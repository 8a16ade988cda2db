"""Agreement of the engine with marks given by hand: python agreement.py [--misses] [NAME...].

Each answer is in the tuning or the reporting half by the first byte of a hash of it, so that a
new answer never moves an old one. Only the tuning half is ever shown. The answers of `fresh`,
`blind`, `second`, `pupils`, `third` and `cells` were for reporting once, and all of them are for
tuning now; so are those of `school` but for the one question that is kept back.

Before anything was tuned on them, `third` had F1 .936, kappa .889, QWK .915, 157 of 186
contradictions with 10 false, 99 of 100 rewrites unchanged, 5 of 60 swaps and 4 of 40 negations
credited too much; `cells` had F1 .819 and QWK .867. Nothing has been tuned on `fourth`: it says
what to expect of answers that nobody has seen.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from tutor.grading.free_text import Marker, load_schemes

ANSWERS = Path(__file__).parent / "answers"
#: Once for reporting, now for tuning.
OPENED = frozenset({"fresh", "blind", "school", "second", "pupils", "third", "cells"})
#: Never to be shown.
UNSEEN = frozenset({"fourth"})
KEPT_BACK = frozenset({"cell_membrane"})
#: Sets of answers to the schemes of another one.
SCHEMES_OF = dict.fromkeys(("fresh", "blind", "second", "third", "fourth"), "given")
ADVERSARIAL = frozenset({"soup", "restate", "restated", "instruction", "hostile", "adversarial"})


@dataclass
class Agreement:
    """Counts over a set of answers."""

    both: int = 0
    ours: int = 0
    theirs: int = 0
    neither: int = 0
    answers: int = 0
    found: int = 0
    false: int = 0
    contradicted: int = 0
    adversarial_wrong: int = 0
    rewrites: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    marks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the points that the engine gives, those given by hand."""
        return self.both / max(1, self.both + self.ours)

    @property
    def recall(self) -> float:
        """Of the points given by hand, those that the engine gives."""
        return self.both / max(1, self.both + self.theirs)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.both / max(1, 2 * self.both + self.ours + self.theirs)

    @property
    def kappa(self) -> float:
        """Cohen's kappa over mark points."""
        n = max(1, self.both + self.ours + self.theirs + self.neither)
        agreed = (self.both + self.neither) / n
        engine, hand = (self.both + self.ours) / n, (self.both + self.theirs) / n
        chance = engine * hand + (1 - engine) * (1 - hand)
        return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)

    @property
    def qwk(self) -> float:
        """Quadratic weighted kappa of the marks."""
        n = len(self.marks)
        seen = sum((a - b) ** 2 for a, b in self.marks) / max(1, n)
        expected = sum((a - b) ** 2 for a, _ in self.marks for _, b in self.marks) / max(1, n * n)
        return 1.0 if expected == 0 else 1 - seen / expected

    def line(self, name: str) -> str:
        """One row of the table."""
        ms = 1000 * self.seconds / max(1, self.answers)
        return (
            f"{name:<16}{self.answers:>5}{self.f1:>7.3f}{self.kappa:>7.3f}{self.precision:>7.3f}"
            f"{self.recall:>7.3f}{self.qwk:>7.3f}  {self.found:>3}/{self.contradicted:<3}"
            f"{self.false:>4}   {self.unchanged:>3}/{self.rewrites:<3}"
            f"{self.adversarial_wrong:>5}{ms:>7.1f}"
        )


HEADER = (
    f"{'':<16}{'n':>5}{'F1':>7}{'kappa':>7}{'prec':>7}{'recall':>7}{'QWK':>7}"
    f"{'contra':>9}{'false':>6}{'same':>8}{'adv':>7}{'ms':>7}"
)


def is_tuning(question_id: str, answer: str) -> bool:
    """The half of an answer."""
    return hashlib.sha256((question_id + answer).encode()).digest()[0] % 2 == 0


def measure(name: str, *, misses: bool = False) -> dict[str, Agreement]:
    """The agreement on `answers/NAME.jsonl`, by half."""
    schemes = load_schemes(ANSWERS / f"{SCHEMES_OF.get(name, name)}.schemes.json")
    markers = {s.question_id: Marker(s) for s in schemes}
    halves = {"tune": Agreement(), "report": Agreement()}
    for line in _lines(ANSWERS / f"{name}.jsonl"):
        question = line["question_id"]
        opened = name in OPENED and question not in KEPT_BACK
        halved = (
            name not in UNSEEN
            and question not in KEPT_BACK
            and is_tuning(question, line["answer"])
        )
        tuning = opened or halved
        shown = _compare(halves["tune" if tuning else "report"], markers, line)
        if misses and tuning and shown:
            print(shown)
    return halves


def total(parts: Iterable[Agreement]) -> Agreement:
    """The counts of all parts together."""
    whole = Agreement()
    for part in parts:
        for name in (f.name for f in fields(Agreement)):
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
    return whole


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _compare(agreement: Agreement, markers: dict[str, Marker], line: dict) -> str:
    before = time.perf_counter()
    verdict = markers[line["question_id"]].mark(line["answer"])
    agreement.seconds += time.perf_counter() - before
    agreement.answers += 1
    kind, wanted = line["kind"], set(line["met"])
    agreement.marks.append((verdict.marks, line["marks"]))
    agreement.adversarial_wrong += kind in ADVERSARIAL and verdict.marks != line["marks"]
    if "same_as" in line:
        original = markers[line["question_id"]].mark(line["same_as"])
        agreement.rewrites += 1
        agreement.unchanged += verdict.marks == original.marks
    wrong = []
    for point in verdict.points:
        met, by_hand = point.state == "met", point.id in wanted
        agreement.both += met and by_hand
        agreement.ours += met and not by_hand
        agreement.theirs += by_hand and not met
        agreement.neither += not met and not by_hand
        against, against_by_hand = point.state == "contradicted", point.id in line["contradicted"]
        agreement.found += against and against_by_hand
        agreement.contradicted += against_by_hand
        agreement.false += against and not against_by_hand
        if met != by_hand or against != against_by_hand:
            hand = "met" if by_hand else "contradicted" if against_by_hand else "missed"
            wrong.append(
                f"   {point.id}: {point.state} ({point.evidence}{point.note}), hand {hand}"
            )
    if not wrong:
        return ""
    return "\n".join([f"{line['question_id']} [{kind}] {line['answer']}", *wrong])


def main() -> None:
    """Print the table."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    names = names or sorted(p.stem for p in ANSWERS.glob("*.jsonl"))
    measured = {name: measure(name, misses="--misses" in sys.argv) for name in names}
    print(HEADER)
    for name, halves in measured.items():
        for half, agreement in halves.items():
            if agreement.answers:
                print(agreement.line(f"{name} {half}"))


if __name__ == "__main__":
    main()
