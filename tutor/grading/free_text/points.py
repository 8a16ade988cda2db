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
#: Of these a point may be about one.
_ABOUT = frozenset({"where", "side", "topic", "level"})
#: What a point cannot do without where all of its wordings have it.
_CORE = frozenset({"thing", "process"})


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
        self.core = _core(self.accept, given)
        details = [p for text in bracketed(point.text) for p in patterns(text)]
        self.context = _context(patterns(point.text), details)
        self.either = _either(self.accept)
        self.only = "only" in point.text.lower().split()
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
        self.reject += exchanged(self.accept, self.reject, self.context, details)
        self.reject = _once(self.reject)
        self.ignore = [p for line in point.ignore for p in patterns(line)]


def _once(reject: list[Pattern]) -> list[Pattern]:
    """Each of those that say the same in different words once."""
    found: dict[object, Pattern] = {}
    for pattern in reject:
        said = tuple((r.negated, r.joint, *sorted(r.weights.items())) for r in pattern.relations)
        found.setdefault((said, pattern.heading, pattern.whole), pattern)
    return list(found.values())


def _core(accept: list[Pattern], given: frozenset[str]) -> frozenset[str]:
    """The things and processes that all of its wordings name, and the question does not."""
    group_of = lexicon().group_of
    named = [{c for c in p.concepts - given if group_of.get(c) in _CORE} for p in accept]
    return frozenset(set.intersection(*named)) if named else frozenset()


def _either(accept: list[Pattern]) -> frozenset[str]:
    """What may be said as well as its contrary: into or out of the cell."""
    contrary, group_of = lexicon().contrary, lexicon().group_of
    wordings = {p.concepts for p in accept}
    return frozenset(
        c
        for concepts in wordings
        for c in concepts
        if group_of.get(c) == "direction"
        and (other := contrary(c)) is not None
        and (concepts - {c}) | {other} in wordings
    )


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


def _context(text: list[Pattern], details: list[Pattern]) -> frozenset[str]:
    """Places, sides and the like that the point is about, where it is about one alone.

    A region may be named only in the `details`, which stand in brackets.
    """
    words = lexicon()
    by_group: dict[str, set[str]] = {}
    for pattern in (*text, *details):
        groups = _ABOUT if pattern in text else {"where"}
        for concept in pattern.concepts:
            group = words.group_of.get(concept)
            if group is not None and group in groups:
                by_group.setdefault(group, set()).add(concept)
    return frozenset(next(iter(found)) for found in by_group.values() if len(found) == 1)
