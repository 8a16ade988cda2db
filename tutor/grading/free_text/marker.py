"""Marking: a scheme and an answer in, a verdict with its evidence out."""

from __future__ import annotations

from tutor.course.questions import MarkPoint
from tutor.course.text import clean
from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.lexicon import lexicon, stem
from tutor.grading.free_text.matching import ENOUGH, NEARLY_ALL, NONE, Match, is_denial, matched
from tutor.grading.free_text.patterns import Pattern, heading, patterns
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.scheme import Scheme
from tutor.grading.free_text.speller import Speller
from tutor.grading.free_text.words import composed, tokens
from tutor.grading.verdict import PointVerdict, State, Verdict, add_up

#: Longer answers are cut; a page has some 3,000 characters.
LONGEST_ANSWER = 6_000


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
        self.accept = _under_topics(self.accept)
        self.context = _context(patterns(point.text))
        self.named = frozenset(c for p in self.accept for c in p.concepts) | given
        self.headed = frozenset(
            c
            for p in patterns(point.text)
            for c in p.heading
            if lexicon().group_of.get(c) in ("process", "manner")
        )
        self.others: frozenset[str] = frozenset()
        self.reject = [p for line in point.reject for p in patterns(under(line), exact=True)]
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


def _names_another(clause: Clause, point: _Point) -> bool:
    """It names a process that another point is headed by, and not the one of this point."""
    said = {c: t for c, t in clause.said.items() if c not in clause.implied}
    others = [said[c] for c in point.others if c in said]
    return bool(others) and not any(c in said and said[c] not in others for c in point.headed)


def _with_contraries(concepts: frozenset[str]) -> set[str]:
    return {*concepts, *filter(None, map(lexicon().contrary, concepts))}


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
        #: A word like d2; one without a figure may stand in any sentence.
        self._ids = {p.id.lower() for p in scheme.mark_points if not p.id.isalpha()}
        self._question = [c for c in read(composed(scheme.question)) if c.said]
        self._words = {stem(t.word) for c in self._question for t in c.terms}
        self._given = frozenset().union(*(c.said for c in self._question))
        self._points = [_Point(point, self._given) for point in scheme.mark_points]
        for mine in self._points:
            others = {c for p in self._points if p is not mine for c in p.headed}
            if mine.headed:
                mine.others = frozenset(others) - mine.headed
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
        judged = [self._judge(point, text, clauses) for point in self._points]
        said = {v.evidence for v, _ in judged if v.state == "met"}
        verdicts = [
            _worthless(v, "") if denied and v.evidence in said else v for v, denied in judged
        ]
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
        clauses = read(text, self._speller, self._ids)
        for clause in clauses:
            self._leave_out_quoted(clause)
        return text, [c for c in clauses if c.said and not self._echoes(c)]

    def _leave_out_quoted(self, clause: Clause) -> None:
        """A name of several words that only repeats the question says nothing: all or nothing."""
        for concept in clause.said.keys() & self._given:
            group = lexicon().group(concept)
            quoted = {t.word for c in self._question for t in c.terms if concept in t.concepts}
            words = {t.word for t in clause.terms if concept in t.concepts}
            named = words <= quoted and all(" " in word for word in words)
            if group.exclusive and group.predicate and words and named:
                del clause.said[concept]

    def _echoes(self, clause: Clause) -> bool:
        """It restates the question in its own words, and so not even wrongly."""
        group = lexicon().group
        said = {
            stem(t.word)
            for t in clause.terms
            if any(group(c).weight > group("generate").weight for c in t.concepts)
        }
        return self._restates(clause) and said <= self._words

    def _restates(self, clause: Clause) -> bool:
        """The clause adds nothing to the question that the scheme speaks of."""
        added = clause.said.keys() - self._given
        return not clause.negated and not added and len(clause.said) > 1

    def _judge(self, point: _Point, text: str, clauses: list[Clause]) -> tuple[PointVerdict, bool]:
        best, flip = NONE, NONE
        accepted: frozenset[str] = frozenset()
        for pattern in point.accept:
            match = matched(
                pattern,
                [
                    c
                    for c in clauses
                    if not _elsewhere(c, pattern, point)
                    and not self._is_apart(c, pattern, point)
                    and not self._restates(c)
                ],
            )
            if match.flipped:
                compares = any(">" in c for c in pattern.concepts)
                if compares and match.clause and self._without(point, match.clause, clauses):
                    continue
                if match.score > flip.score and is_denial(pattern, match):
                    flip = match
            elif not match.flipped and match.score > best.score:
                best, accepted = match, pattern.concepts
        met = best.score >= ENOUGH and not best.missing
        against = flip if flip.clause is not None and not met else NONE
        for pattern in point.reject:
            match = matched(
                pattern,
                [
                    c
                    for c in clauses
                    if not self._is_apart(c, pattern, point)
                    and not self._is_passive(c, pattern, point)
                ],
                strict=True,
            )
            if match.flipped or match.score < NEARLY_ALL or match.missing:
                continue
            if not self._is_whole(pattern, match, point):
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
            evidence = text[against.start : against.end].strip()
            return PointVerdict(mine.id, mine.text, "contradicted", 0, evidence), against is flip
        if met:
            evidence = text[best.start : best.end].strip()
            if mine.required_word and not self._has_word(mine.required_word, text):
                note = f"the word {mine.required_word!r} is needed"
                return PointVerdict(mine.id, mine.text, "missed", 0, evidence, note), False
            verdict = PointVerdict(
                mine.id,
                mine.text,
                "met",
                mine.marks,
                evidence,
                credited_as=mine.text if mine.credited_by else "",
                exactly=mine.physiology or "",
            )
            return verdict, False
        return PointVerdict(mine.id, mine.text, "missed", 0, "", _asked(best)), False

    def _is_whole(self, reject: Pattern, match: Match, point: _Point) -> bool:
        """It says what parts the rejected wording from the accepted ones that are within it."""
        said = match.clause.concepts if match.clause else set()
        return all(
            not accepted.weighty < reject.concepts
            or accepted.main.negated != reject.main.negated
            or not (reject.concepts - accepted.concepts).isdisjoint(said)
            for accepted in point.accept
        )

    def _without(self, point: _Point, clause: Clause, clauses: list[Clause]) -> bool:
        """The sentence does not speak of the level that the point is about."""
        group_of = lexicon().group_of
        levels = {c for c in point.context if group_of.get(c) == "level"}
        said = {c for other in clauses if other.sentence == clause.sentence for c in other.said}
        return bool(levels) and levels.isdisjoint(said)

    def _is_apart(self, clause: Clause, pattern: Pattern, point: _Point) -> bool:
        """The clause tells of the pump or of another point's process, and this point does not."""
        words = lexicon()
        if _names_another(clause, point):
            return True
        return words.driver in clause.concepts and words.driven.isdisjoint(
            point.named | pattern.concepts
        )

    def _is_passive(self, clause: Clause, pattern: Pattern, point: _Point) -> bool:
        """The question is about the pump, and the clause about what moves without it."""
        words = lexicon()
        return (
            words.driver in self._given
            and not words.passive.isdisjoint(clause.said)
            and words.passive.isdisjoint(point.named | pattern.concepts)
        )

    def _at_another_time(self, best: Match, against: Match, clauses: list[Clause]) -> bool:
        """The point stands, and what speaks against it is told of an earlier or later stage."""
        if best.clause is None or against.clause is None or best.clause is against.clause:
            return False
        groups = {lexicon().group_of.get(c) for c in against.clause.said}
        if groups.isdisjoint({"gate", "direction", "polarity", "trend"}):
            return False
        first, last = sorted((best.clause, against.clause), key=lambda c: c.start)
        between = [c for c in clauses if first.start <= c.start <= last.start]
        return any(
            not {"later", "earlier"}.isdisjoint(c.said) or c.joint in _SEQUENCE for c in between
        )

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
