"""Marking: a scheme and an answer in, a verdict with its evidence out."""

from __future__ import annotations

from tutor.course.questions import MarkPoint
from tutor.course.text import clean
from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.lexicon import lexicon, stem
from tutor.grading.free_text.matching import NEARLY_ALL, NONE, Match, is_denial, matched
from tutor.grading.free_text.patterns import Pattern, heading, patterns
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.scheme import Scheme
from tutor.grading.free_text.speller import Speller
from tutor.grading.free_text.words import composed, tokens
from tutor.grading.verdict import PointVerdict, State, Verdict, add_up

#: Longer answers are cut; a page has some 3,000 characters.
LONGEST_ANSWER = 6_000
#: The part of an alternative that an answer must say.
ENOUGH = 0.6


class _Point:
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
        self.context = _context(patterns(point.text))
        self.reject = [p for line in point.reject for p in patterns(under(line), exact=True)]
        self.ignore = [p for line in point.ignore for p in patterns(line)]


def _context(text: list[Pattern]) -> frozenset[str]:
    """Places, sides and the like that the point is about, where it is about one alone."""
    words = lexicon()
    by_group: dict[str, set[str]] = {}
    for pattern in text:
        for relation in pattern.relations:
            for concept in relation.weights:
                group = words.group_of.get(concept)
                if group in ("where", "side", "topic"):
                    by_group.setdefault(group, set()).add(concept)
    return frozenset(next(iter(found)) for found in by_group.values() if len(found) == 1)


def _elsewhere(clause: Clause, pattern: Pattern, point: _Point) -> bool:
    """The clause is about the rival of what the point is about, and so is not the alternative."""
    words = lexicon()
    asked = {words.group_of.get(c) for r in pattern.relations for c in r.weights}
    if not asked.isdisjoint({"course", "ways"}):
        return False  # 'cannot go back to the region behind'
    return any(
        words.rivals(about, said)
        for about in point.context
        if words.group_of.get(about) not in asked
        for said in clause.said
    )


def _with_contraries(concepts: frozenset[str]) -> set[str]:
    contrary = lexicon().contrary
    return {*concepts, *(contrary[c] for c in concepts if c in contrary)}


class Marker:
    """Marks answers to one question."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        lines = [scheme.question]
        for point in scheme.mark_points:
            lines += [
                point.required_word or "",
                point.text,
                *point.accept,
                *point.reject,
                *point.ignore,
            ]
        grammar = lexicon().grammar
        words = {
            t.word
            for line in lines
            for t in tokens(composed(line), grammar)
            if t.word.isalpha() and t.word not in grammar.stop
        }
        self._speller = Speller(words)
        self._question = [c for c in read(composed(scheme.question)) if c.said]
        self._given = frozenset().union(*(c.said for c in self._question))
        self._points = [_Point(point, self._given) for point in scheme.mark_points]
        self._wanted = frozenset(
            concept
            for point in self._points
            for pattern in (*point.accept, *point.reject)
            for concept in _with_contraries(pattern.concepts)
        )

    def explain(self, answer: str) -> str:
        """The relations that are read in `answer`, one a line."""
        return "\n".join(_shown(clause) for clause in self._clauses(answer)[1])

    def mark(self, answer: str) -> Verdict:
        """Mark `answer`; any text gets a verdict."""
        text, clauses, note = *self._clauses(answer), ""
        if len(answer) > LONGEST_ANSWER:
            note = f"Only the first {LONGEST_ANSWER:,} characters were read."
        verdicts = [self._judge(point, text, clauses) for point in self._points]
        verdicts = self._in_order(verdicts, text)
        scheme = self._scheme
        if scheme.required_word and not self._has_word(scheme.required_word, text):
            note = f"The answer must use the word {scheme.required_word!r}."
            return add_up([_worthless(v, note) for v in verdicts], scheme.max_marks, [note])
        counted = sorted((v.marks for v in verdicts), reverse=True)[: scheme.max_n]
        return Verdict(
            marks=min(scheme.max_marks, sum(counted)),
            max_marks=scheme.max_marks,
            points=tuple(verdicts),
            feedback=(note,) if note else (),
            misconceptions=tuple(
                dict.fromkeys(
                    point.misconception
                    for point, verdict in zip(scheme.mark_points, verdicts, strict=True)
                    if verdict.state == "contradicted" and point.misconception
                )
            ),
        )

    def _clauses(self, answer: str) -> tuple[str, list[Clause]]:
        text = composed(clean(answer[:LONGEST_ANSWER]))[:LONGEST_ANSWER]
        return text, [c for c in read(text, self._speller) if not self._restates(c)]

    def _restates(self, clause: Clause) -> bool:
        """The clause adds nothing to the question that the scheme speaks of."""
        added = clause.said.keys() - self._given
        return not clause.negated and not added and len(clause.said) > 1

    def _judge(self, point: _Point, text: str, clauses: list[Clause]) -> PointVerdict:
        best, flip = NONE, NONE
        accepted: frozenset[str] = frozenset()
        for pattern in point.accept:
            match = matched(pattern, [c for c in clauses if not _elsewhere(c, pattern, point)])
            if match.flipped:
                if match.score > flip.score and is_denial(pattern, match):
                    flip = match
            elif not match.flipped and match.score > best.score:
                best, accepted = match, pattern.concepts
        met = best.score >= ENOUGH and not best.missing
        against = flip if flip.clause is not None and not met else NONE
        for pattern in point.reject:
            match = matched(pattern, clauses, strict=True)
            if match.flipped or match.score < NEARLY_ALL or match.missing:
                continue
            if met and match.clause is best.clause and pattern.concepts <= accepted:
                continue  # It says no more than what was accepted there.
            against = match
            break
        if against.clause is not None and met and self._at_another_time(best, against, clauses):
            against = NONE
        if against.clause is not None and any(
            matched(p, [against.clause]).score >= ENOUGH for p in point.ignore
        ):
            against = NONE
        mine = point.point
        if against.clause is not None:
            return PointVerdict(
                mine.id, mine.text, "contradicted", 0, text[against.start : against.end].strip()
            )
        if met:
            evidence = text[best.start : best.end].strip()
            if mine.required_word and not self._has_word(mine.required_word, text):
                note = f"the word {mine.required_word!r} is needed"
                return PointVerdict(mine.id, mine.text, "missed", 0, evidence, note)
            return PointVerdict(
                mine.id,
                mine.text,
                "met",
                mine.marks,
                evidence,
                credited_as=mine.text if mine.credited_by else "",
                exactly=mine.physiology or "",
            )
        return PointVerdict(mine.id, mine.text, "missed", 0, "", _asked(best))

    def _at_another_time(self, best: Match, against: Match, clauses: list[Clause]) -> bool:
        """The point stands, and what speaks against it is told of an earlier or later stage."""
        if best.clause is None or against.clause is None or best.clause is against.clause:
            return False
        groups = {lexicon().group_of.get(c) for c in against.clause.said}
        if groups.isdisjoint({"gate", "direction", "polarity", "trend"}):
            return False
        first, last = sorted((best.clause, against.clause), key=lambda c: c.start)
        between = [c for c in clauses if first.start <= c.start <= last.start]
        return any("later" in c.said or c.joint in _SEQUENCE for c in between)

    def _has_word(self, required: str, text: str) -> bool:
        grammar = lexicon().grammar
        said = {stem(self._speller.mended(t.word)) for t in tokens(text, grammar)}
        return any(
            all(stem(t.word) in said for t in tokens(composed(way), grammar))
            for way in required.split("/")
        )

    def _in_order(self, verdicts: list[PointVerdict], text: str) -> list[PointVerdict]:
        """Points that the scheme puts in order lose their marks where they come too early."""
        at = {
            v.id: text.find(v.evidence)
            for v in verdicts
            if v.state == "met" and v.id in self._scheme.order
        }
        kept = _longest_rising([(id_, at[id_]) for id_ in self._scheme.order if id_ in at])
        note = "this does not come in its order"
        return [_worthless(v, note) if v.id in at and v.id not in kept else v for v in verdicts]


def _longest_rising(placed: list[tuple[str, int]]) -> set[str]:
    """The most ids whose places rise."""
    chains: list[list[tuple[str, int]]] = []
    for item in placed:
        before = [c for c in chains if c[-1][1] <= item[1]]
        chains.append([*max(before, key=len, default=[]), item])
    return {id_ for id_, _ in max(chains, key=len, default=[])}


_SEQUENCE = frozenset({"then", "after", "before", "when", "once", "until", "followed"})


def _worthless(verdict: PointVerdict, note: str) -> PointVerdict:
    state: State = "missed" if verdict.state == "met" else verdict.state
    return PointVerdict(verdict.id, verdict.text, state, 0, verdict.evidence, note)


def _asked(best: Match) -> str:
    """What a near miss lacks, as a question."""
    if best.clause is None or best.score < 0.4:
        return ""
    words = lexicon()
    asks = []
    for concept in best.missing:
        concept = concept.split("~")[0]
        asks.append(words.group(concept).asks)
    return "; ".join(dict.fromkeys(asks))


def _shown(clause: Clause) -> str:
    said = ", ".join(sorted(clause.said))
    carried = f" (of {', '.join(sorted(clause.carried))})" if clause.carried else ""
    return f"{'not: ' if clause.negated else ''}{said}{carried}"
