"""Marking: a scheme and an answer in, a verdict with its evidence out."""

from __future__ import annotations

from msgspec.structs import replace

from tutor.course.text import clean
from tutor.grading.free_text.clause import Clause
from tutor.grading.free_text.exchange import defined_as_the_other
from tutor.grading.free_text.judging import judged, own_of, restates
from tutor.grading.free_text.lexicon import lexicon, stem
from tutor.grading.free_text.points import Point
from tutor.grading.free_text.rarity import common_names, lightened
from tutor.grading.free_text.reading import read
from tutor.grading.free_text.scheme import Scheme
from tutor.grading.free_text.speller import Speller
from tutor.grading.free_text.words import composed, tokens
from tutor.grading.verdict import PointVerdict, State, Verdict, add_up

#: Beside a verb of moving these only say which way.
_WAYS = frozenset({"in", "into", "out", "of", "back", "go", "move", "use", "need"})
#: Longer answers are cut; a page has some 3,000 characters.
LONGEST_ANSWER = 6_000


class Marker:
    """Marks answers to one question."""

    def __init__(self, scheme: Scheme) -> None:
        points = (replace(p, ignore=(*p.ignore, *scheme.ignore)) for p in scheme.mark_points)
        self._scheme = scheme = replace(scheme, mark_points=tuple(points))
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
        terms = [t for c in self._question for t in c.terms]
        self._words = {stem(word) for t in terms for word in (t.word, *t.word.split())}
        self._given = frozenset().union(*(c.said for c in self._question))
        self._points = [Point(point, self._given) for point in scheme.mark_points]
        common = common_names([p.accept for p in self._points], self._given)
        for mine in self._points:
            mine.accept = [lightened(a, common) for a in mine.accept]
        for mine in self._points:
            rest = [p for p in self._points if p is not mine]
            mine.elsewhere = frozenset(c for p in rest for a in p.accept for c in a.concepts)
            mine.own = [(a, frozenset(own_of(a, mine.elsewhere))) for a in mine.accept]
            accepted = [a for p in self._points for a in p.accept]
            mine.reject += defined_as_the_other(mine.accept, accepted)
            others = {c for p in rest for c in p.headed}
            if mine.headed:
                mine.others = frozenset(others) - mine.headed
        for mine in self._points:
            mine.rivals = [rival for p in self._points if p is not mine for rival in p.own]
        self._rejected = {c for p in self._points for r in p.reject for c in r.concepts}
        self._required = {p.id: p.required_word for p in scheme.mark_points}

    def explain(self, answer: str) -> str:
        """The relations that are read in `answer`, one a line."""
        return "\n".join(_shown(clause) for clause in self._clauses(answer)[1])

    def mark(self, answer: str) -> Verdict:
        """Mark `answer`; any text gets a verdict."""
        text, clauses, note = *self._clauses(answer), ""
        if len(answer) > LONGEST_ANSWER:
            note = f"Only the first {LONGEST_ANSWER:,} characters were read."
        found = [judged(point, text, clauses, self._given) for point in self._points]
        said = {v.evidence for v, _ in found if v.state == "met"}
        verdicts = [
            replace(v, state="missed", evidence="") if denied and v.evidence in said else v
            for v, denied in found
        ]
        verdicts = [
            self._with_its_word(v, point, text, clauses)
            for v, point in zip(verdicts, self._points, strict=True)
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
            self._leave_out_process(clause)
        return text, [c for c in clauses if c.said and not self._echoes(c)]

    def _leave_out_process(self, clause: Clause) -> None:
        """Where the question names the pump, that it pumps does not say how.

        What the scheme rejects counts all the same: 'potassium is pumped out'.
        """
        kept = self._given | self._rejected
        for concept in [c for c in clause.said if lexicon().group_of.get(c) == "manner"]:
            words = {w for t in clause.terms if concept in t.concepts for w in t.word.split()}
            named = concept not in kept and words
            if named and {stem(w) for w in words - _WAYS} <= self._words:
                del clause.said[concept]

    def _leave_out_quoted(self, clause: Clause) -> None:
        """A name of several words that only repeats the question says nothing: all or nothing."""
        for concept in clause.said.keys() & self._given:
            group = lexicon().group(concept)
            quoted = {t.word for c in self._question for t in c.terms if concept in t.concepts}
            words = {t.word for t in clause.terms if concept in t.concepts}
            named = words <= quoted and all(" " in word for word in words)
            named = named and lexicon().group_of.get(concept) != "likely"  # It turns the rest.
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
        return restates(clause, self._given) and said <= self._words

    def _with_its_word(
        self, verdict: PointVerdict, point: Point, text: str, clauses: list[Clause]
    ) -> PointVerdict:
        """The verdict, without its marks where the word that the point requires is not there.

        Where another part of the answer has the word and meets the point, that is what met it.
        """
        word = self._required.get(verdict.id)
        if verdict.state != "met" or not word or self._has_word(word, verdict.evidence):
            return verdict
        if not self._has_word(word, text):
            note = f"the word {word!r} is needed"
            return PointVerdict(verdict.id, verdict.text, "missed", 0, verdict.evidence, note)
        near = [c for c in clauses if self._has_word(word, text[c.start : c.end])]
        better, _ = judged(point, text, near, self._given)
        return better if better.state == "met" else verdict

    def _has_word(self, required: str, text: str) -> bool:
        grammar = lexicon().grammar
        said = {
            stem(word)
            for t in tokens(text, grammar)
            for word in self._speller.mended(t.word).split()
        }
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


def _worthless(verdict: PointVerdict, note: str) -> PointVerdict:
    state: State = "missed" if verdict.state == "met" else verdict.state
    return PointVerdict(verdict.id, verdict.text, state, 0, verdict.evidence, note)


def _shown(clause: Clause) -> str:
    said = ", ".join(sorted(clause.said))
    carried = f" (of {', '.join(sorted(clause.carried))})" if clause.carried else ""
    return f"{'not: ' if clause.negated else ''}{said}{carried}"
