"""Mark points with their lines read, and what each is about."""

from __future__ import annotations

from tutor.course.questions import MarkPoint
from tutor.grading.free_text.alternatives import bracketed, heading
from tutor.grading.free_text.exchange import exchanged
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Pattern, patterns
from tutor.grading.free_text.terms import opening
from tutor.grading.free_text.words import composed

#: What one point may be about and another not.
PROCESSES = frozenset({"process", "manner"})


class Point:
    """A mark point with its lines read."""

    def __init__(self, point: MarkPoint, given: frozenset[str]) -> None:
        self.point = point
        topic = heading(point.text)

        def under(line: str) -> str:
            return f"{topic}: {line}" if topic and not heading(line) else line

        self.accept = [
            p
            for line in (point.text, *map(under, point.accept))
            for p in patterns(line, given, ora=point.ora)
        ]
        self.accept = _under_topics(self.accept)
        self.context = _context(patterns(point.text))
        self.named = frozenset(c for p in self.accept for c in p.concepts) | given
        self.headed = frozenset(
            c
            for c in (
                *(c for p in patterns(point.text) for c in p.heading),
                *opening(composed(point.text)),
            )
            if lexicon().group_of.get(c) in PROCESSES
        )
        self.others: frozenset[str] = frozenset()
        self.elsewhere: frozenset[str] = frozenset()
        self.own: list[tuple[Pattern, frozenset[str]]] = []
        self.rivals: list[tuple[Pattern, frozenset[str]]] = []
        self.reject = [p for line in point.reject for p in patterns(under(line), exact=True)]
        details = [p for text in bracketed(point.text) for p in patterns(text)]
        self.reject += exchanged(self.accept, self.reject, self.context, details)
        self.ignore = [p for line in point.ignore for p in patterns(line)]


def _under_topics(accept: list[Pattern]) -> list[Pattern]:
    """Alternatives without a topic put under that of the definition that they share most with."""
    group_of = lexicon().group_of

    def topics(pattern: Pattern) -> set[str]:
        return {c for c in pattern.concepts if group_of.get(c) == "topic"}

    defined: dict[str, set[str]] = {}
    for pattern in accept:
        for topic in topics(pattern):
            defined.setdefault(topic, set()).update(pattern.concepts - {topic})
    if len(defined) < 2:
        return accept
    found = []
    for pattern in accept:
        shared = sorted((len(pattern.concepts & said), t) for t, said in defined.items())
        if not topics(pattern) and shared[-1][0] > shared[-2][0]:
            found.append(pattern.about(shared[-1][1]))
        else:
            found.append(pattern)
    return found


def _context(text: list[Pattern]) -> frozenset[str]:
    """Places, sides and the like that the point is about, where it is about one alone."""
    words = lexicon()
    by_group: dict[str, set[str]] = {}
    for pattern in text:
        for relation in pattern.relations:
            for concept in relation.weights:
                group = words.group_of.get(concept)
                if group in ("where", "side", "topic", "level"):
                    by_group.setdefault(group, set()).add(concept)
    return frozenset(next(iter(found)) for found in by_group.values() if len(found) == 1)
