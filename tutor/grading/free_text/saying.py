"""One relation held against one clause: what of it the clause says, or says the contrary of."""

from __future__ import annotations

from tutor.grading.free_text.clause import LINKED, Clause, doer_of
from tutor.grading.free_text.lexicon import lexicon
from tutor.grading.free_text.patterns import Relation
from tutor.grading.free_text.terms import Term

#: A concept of less weight is no matter of its own.
SAYING = 0.3


def said(
    relation: Relation, clause: Clause, beside: set[str], *, strict: bool
) -> tuple[float, tuple[str, ...], bool, bool] | None:
    """Weight found, needed concepts missing, and whether the clause says the contrary.

    None where the clause has nothing of its own to do with the relation, or is about a rival.
    """
    concepts = clause.concepts
    if relation.near and relation.near.isdisjoint(concepts):
        return None
    words = lexicon()
    if strict:
        narrow = len(relation.weights) < 3
        named = {words.group_of.get(c) for c in clause.said}
        carried = _CARRIED - ({"event"} if named & {"polarity", "event"} else set())
        weak = clause.implied if narrow and not clause.admits else set()
        concepts = (clause.said.keys() - weak) | {
            c for c in clause.carried if "~" in c or words.group_of.get(c) in carried
        }
        if not _is_plain(relation, clause):
            return None
    if _is_of_charge(relation, clause) or _is_late(relation, clause):
        return None
    if relation.doer:
        doer = doer_of(clause)
        if doer == words.contrary(relation.doer) or (strict and doer != relation.doer):
            return None
    compared = any(">" in c and c in concepts for c in relation.weights)
    if not compared and _is_hedged(relation, clause):
        return None
    lesser = compared and _tells_of_the_lesser(relation, clause)
    turned = clause.negated != relation.negated
    score = 0.0
    missing: list[str] = []
    own = False
    opposed = complement = False
    for concept, weight in relation.weights.items():
        if ">" in concept and concept not in concepts and words.contrary(concept) not in concepts:
            continue
        if "/" in concept and not (strict or concept in concepts):
            opposed = opposed or any(words.rivals(concept, c) for c in concepts)
            continue
        if (
            strict
            and words.group_of.get(concept) in _OPPOSED
            and words.contrary(concept) not in relation.weights
            and {concept, words.contrary(concept)} <= concepts
        ):
            return None
        if lesser and words.group_of.get(concept) == "direction":
            # The side that is told of is the other one, which moves the other way.
            if concept in concepts or words.contrary(concept) not in concepts:
                return None
            score += weight
            continue
        both = words.group_of.get(concept) == "side" and "both_sides" in clause.said
        if not both and (concept in concepts or _akin(concept, concepts)):
            score += 0.0 if "/" in concept else weight
            own = own or concept not in clause.carried
            continue
        if compared and _goes_without_saying(concept, concepts, strict=strict):
            score += 0.7 * weight
            continue
        contrary = next(
            (c for c in words.against(concept) if c in concepts and c not in relation.weights),
            None,
        )
        if contrary is not None:
            score += weight
            own = True
            if opposed or not words.group(concept).denies:
                return None
            opposed, complement = True, frozenset((concept, contrary)) in words.complement
            continue
        if any(words.rivals(concept, c) for c in concepts - relation.weights.keys()):
            return None
        group = words.group(concept)
        occurs = words.group_of.get(concept) == "occurrence" and _is_verbless(clause)
        if occurs and _event(relation) in {None, *concepts}:
            score += weight  # "no impulse" says that none is produced
        elif concept == "stay" and turned and _still(clause):
            score += weight  # What does not happen is not still so.
        elif not strict and concept in beside and not group.binds and "~" not in concept:
            score += 0.8 * weight
        elif (strict and (weight > 0.5 or group.exclusive)) or (
            weight > 0.5
            and (
                group.needed
                or "~" in concept
                or concept[0] == "#"
                or _is_the_one(concept, relation)
            )
        ):
            missing.append(concept)
    if relation.doer and all(words.group_of.get(c) != "trend" for c in concepts):
        return None
    if not strict and _only_stays(relation, clause):
        return None
    if not own or _tells_of_change(relation, clause):
        return None
    if relation.negated and _denies_another(relation, clause):
        return None
    lessened = not (concepts - clause.implied).isdisjoint({"less", "fall"})
    if turned and relation.negated and lessened:
        turned = False  # Less of it is not quite none of it, and no denial.
    if not opposed:
        return score, tuple(missing), turned, False
    if turned:
        return (score, tuple(missing), False, True) if complement else None
    return score, tuple(missing), True, True


def _only_stays(relation: Relation, clause: Clause) -> bool:
    """It stays open, and the point is that it opens."""
    stays = clause.said.get("stay")
    if stays is None or stays.word == "still" or "stay" in relation.weights:
        return False
    return "open" in relation.weights and len(relation.weights) == 2 and not relation.negated


def _event(relation: Relation) -> str | None:
    """What it is that happens."""
    events = [c for c in relation.weights if lexicon().group_of.get(c) == "event"]
    return max(events, key=lambda c: relation.weights[c], default=None)


def _is_the_one(concept: str, relation: Relation) -> bool:
    """Which of like things it is must be said, unless a part that only it has is named."""
    parts = (c for c in relation.weights if c.endswith(f"/{concept}"))
    return concept in lexicon().alike and not any(parts)


def _is_late(relation: Relation, clause: Clause) -> bool:
    """It is slow to close, and the point is that it closes."""
    slow = clause.said.get("slow")
    if slow is None or "slow" in relation.weights or "close" not in relation.weights:
        return False
    return not _stands_before_its_noun(slow, relation, clause)


def _stands_before_its_noun(term: Term, relation: Relation, clause: Clause) -> bool:
    """'The slower channels open': which ones, and not how."""
    nouns = [t for c, t in clause.said.items() if "~" in c and c in relation.weights]
    return bool(nouns) and term.start <= min(t.start for t in nouns)


def _is_of_charge(relation: Relation, clause: Clause) -> bool:
    """It tells where it is positive, and the point where the ions are."""
    group_of = lexicon().group_of
    asked = {group_of.get(c) for c in relation.weights}
    told = {group_of.get(c) for c in clause.said}
    return {"ion", "location"} <= asked and "sign" in told - asked and "ion" not in told


def _denies_another(relation: Relation, clause: Clause) -> bool:
    """What the point denies is not spoken of, and something else is."""
    words = lexicon()

    def happens(concept: str) -> bool:
        group = words.group(concept)
        return group.predicate and group.weight > SAYING

    denied = {c for c, w in relation.weights.items() if happens(c) and w > SAYING}
    spoken = {*clause.concepts, *(a for c in clause.concepts for a in words.against(c))}
    own = clause.said.keys() - clause.implied
    return bool(denied) and denied.isdisjoint(spoken) and any(map(happens, own))


def _tells_of_change(relation: Relation, clause: Clause) -> bool:
    """The point names a thing alone, and the clause says that it rises or falls."""
    groups = {lexicon().group_of.get(c) for c in clause.said}
    sole = len([c for c, weight in relation.weights.items() if weight >= SAYING]) == 1
    return (
        sole
        and "trend" in groups
        and not any(lexicon().group(c).predicate for c in relation.weights)
    )


#: Beside a denial these say that what was so is not.
_LONGER = frozenset({"longer", "more", "anymore", "still"})


def _still(clause: Clause) -> bool:
    """'It no longer leaves': so it is not still leaving."""
    return any(not _LONGER.isdisjoint(t.word.split()) for t in clause.terms)


#: A noun behind one of these is no subject.
_BESIDE = frozenset({"after", "before", "during", "following", "behind", "with"})
#: What may be the subject of a rejected statement.
_DOERS = frozenset({"thing", "side", "event"})
#: Of these a clause may say both; then it does not say the one.
_OPPOSED = frozenset({"direction", "degree", "trend", "side", "topic", "source"})
#: What a comparison says without naming it.
_COMPARED = frozenset(
    {"ion", "direction", "degree", "trend", "rate", "likely", "share", "level", "compare"}
)
#: What a clause that is held against an answer may take over from the one before.
_CARRIED = frozenset({"ion", "thing", "topic", "event"})


def _goes_without_saying(concept: str, said: set[str], *, strict: bool) -> bool:
    """Where the comparison itself is said, its parts need not be."""
    words = lexicon()
    group = words.group_of.get(concept)
    if "~" in concept:
        return all(words.group_of.get(c) != "direction" for c in said)
    groups = {words.group_of.get(c) for c in said}
    if group == "direction" and groups.isdisjoint({"direction", "motion", "manner"}):
        return False
    if group in ("direction", "level") and not said.isdisjoint(words.against(concept)):
        return False
    return group in _COMPARED - ({"level"} if strict else set())


def _tells_of_the_lesser(relation: Relation, clause: Clause) -> bool:
    """'less sodium enters than potassium leaves', where the point is about the potassium."""
    greater = {c.partition(">")[0] for c in relation.weights if ">" in c}
    asked = greater & relation.weights.keys()
    return bool(asked) and asked.isdisjoint(clause.said)


def _is_hedged(relation: Relation, clause: Clause) -> bool:
    """It says how likely a thing is, which is not that it happens."""
    words = lexicon()
    asked = {words.group_of.get(c) for c in relation.weights}
    if asked.isdisjoint({"level", "event", "occurrence", "polarity", "likely"}):
        return False  # 'more likely to survive' says that more of them do.
    return any(
        words.group_of.get(c) == "likely" and {c, words.contrary(c)}.isdisjoint(relation.weights)
        for c in clause.said
    )


def _is_plain(relation: Relation, clause: Clause) -> bool:
    """Nothing in the clause makes it another statement than the rejected one."""
    words = lexicon()
    extra = {
        words.group_of.get(c, "word")
        for c, term in clause.said.items()
        if c not in relation.weights
        and term.word != "still"
        and not (clause.admits and c == words.admits[0])
        and not (c in ("slow", "fast") and _stands_before_its_noun(term, relation, clause))
    }
    for compared in clause.said:
        if clause.admits and ">" in compared:
            return False  # To which of two it is more permeable is another matter.
        greater, _, lesser = compared.partition(">")
        if lesser in relation.weights and greater not in relation.weights:
            return False
    if "ion" in extra and any(words.group_of.get(c) == "ion" for c in relation.weights):
        return False  # Which of two ions it says this of is left open.
    if _results(relation, clause):
        return False
    if relation.negated and not extra.isdisjoint({"strength", "size", "effect", "share"}):
        return False  # 'a normal stimulus does not work': another may.
    things = {c for c in relation.weights if _is_doer(c)}
    doer = _doer(clause)
    if things and doer and len(relation.weights) < 3:
        same = {doer, doer.rpartition("~")[2], *words.broader.get(doer, ())}
        alike = {_kind(c) for c in things}
        if same.isdisjoint(things) and _kind(doer) in alike:
            return False
    if len(things) > 1 and doer and doer not in things and _is_mistaken(relation, clause):
        return False
    taken = {c for c in clause.carried if words.group_of.get(c) in ("thing", "event")}
    if len(taken) > 1 and not taken.isdisjoint(relation.weights.keys() - clause.said.keys()):
        return False  # Which of them is meant is left open.
    if relation.negated and len(relation.weights) == 1:
        return extra <= {"occurrence", "place", "time", "modifier", "cause", "motion", "event"}
    return extra.isdisjoint({"idea"} if clause.joint == LINKED else {"rate", "state", "idea"})


def _results(relation: Relation, clause: Clause) -> bool:
    """It tells of what comes of the deed, and not of what does it: 'a spike results from it'."""
    group_of = lexicon().group_of
    made, event = clause.said.get("generate"), _event(relation)
    if made is None or event not in clause.said or "generate" in relation.weights:
        return False
    deeds = [
        clause.said[c]
        for c in relation.weights
        if group_of.get(c) == "action" and c in clause.said
    ]
    return any(clause.said[event].start <= made.start < deed.start for deed in deeds)


def _is_mistaken(relation: Relation, clause: Clause) -> bool:
    """Another thing of a kind does it to the one that is blamed: tRNA brings it to the mRNA."""
    rivals = lexicon().rivals
    return any(
        rivals(c, said) and lexicon().group_of.get(c) == "thing"
        for c in relation.weights
        for said in clause.said
        if said not in relation.weights
    )


def _kind(doer: str) -> str | None:
    return "thing" if "~" in doer else lexicon().group_of.get(doer)


def _doer(clause: Clause) -> str | None:
    """What the clause is first about, but for what only says when or where."""
    beside = False
    for term in clause.terms:
        if term.word in _BESIDE:
            beside = True
        doers = [c for c in term.concepts if _is_doer(c)]
        if doers and not beside:
            return doers[0]
        if term.concepts:
            beside = False
    return None


def _is_doer(concept: str) -> bool:
    bound = "~" in concept and not concept[0].isdigit()
    return bound or lexicon().group_of.get(concept) in _DOERS


def _is_verbless(clause: Clause) -> bool:
    words = lexicon()
    return not any(words.group(c).predicate or c not in words.group_of for c in clause.said)


def _akin(word: str, said: set[str]) -> bool:
    """An unknown word is said by one of the same root."""
    known = lexicon().group_of
    if word in known or len(word) < 5 or not word.isalpha():
        return False
    return any(c[:6] == word[:6] for c in said if len(c) >= 5 and c not in known)
