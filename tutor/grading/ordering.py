"""Ordering and matching: what stands where it should, and what is swapped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from tutor.grading.verdict import PointVerdict, Verdict, add_up
from tutor.words import marking as words

#: Longest run: the longest part of the answer that is in order, even with gaps. A single item
#: always is, so it counts nothing. Adjacent pairs: each step that directly follows the last.
OrderPolicy = Literal["longest_run", "adjacent_pairs", "all_or_nothing"]
MatchPolicy = Literal["each_pair", "all_or_nothing"]


def mark_ordering(
    answer: Sequence[str],
    key: Mapping[str, str],
    policy: OrderPolicy = "longest_run",
    max_marks: float = 1.0,
    misconceptions: Mapping[tuple[str, str], str] | None = None,
) -> Verdict:
    """Mark the ids in `answer`, first to last; items may be left out.

    Args:
        answer: Ids as the learner ordered them.
        key: The text of each item by id, in the right order.
        policy: How a partly right order is credited.
        max_marks: Marks for the right order.
        misconceptions: By (earlier, later): what putting the later one first shows.

    Raises:
        ValueError: an id is unknown or stands twice, or the key has fewer than two items.
    """
    if len(key) < 2:
        raise ValueError(f"{len(key)} item has no order; an ordering has two or more")
    _check(answer, key, "item")
    if len(set(answer)) < len(answer):
        twice = next(item for item in answer if answer.count(item) > 1)
        raise ValueError(f"the item {twice!r} stands twice in the answer; place it once")
    kept = longest_in_order(answer, list(key))
    if policy == "adjacent_pairs":
        points = _pairs(answer, key, max_marks)
    else:
        full = len(kept) == len(key)
        earned = (len(kept) - 1) / (len(key) - 1) if policy == "longest_run" else float(full)
        marks = max_marks * max(0.0, earned) / max(1, len(kept))
        points = [_item(item, text, item in kept, answer, marks) for item, text in key.items()]
    place = {item: i for i, item in enumerate(answer)}
    shown = [
        misconception
        for (first, last), misconception in (misconceptions or {}).items()
        if first in place and last in place and place[last] < place[first]
    ]
    return add_up(points, max_marks, _what_to_move(answer, key, kept), shown)


def longest_in_order(answer: Sequence[str], key: Sequence[str]) -> list[str]:
    """The longest common subsequence of two sequences; of several, the one nearest the front."""
    best: list[list[int]] = [[0] * (len(key) + 1) for _ in range(len(answer) + 1)]
    for i in reversed(range(len(answer))):
        for j in reversed(range(len(key))):
            same = answer[i] == key[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    found = []
    i = j = 0
    while best[i][j]:
        if answer[i] == key[j]:
            found.append(answer[i])
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _item(item: str, text: str, kept: bool, answer: Sequence[str], marks: float) -> PointVerdict:
    evidence = words.PLACE.format(number=answer.index(item) + 1) if item in answer else ""
    return PointVerdict(item, text, "met" if kept else "missed", marks if kept else 0.0, evidence)


def _pairs(answer: Sequence[str], key: Mapping[str, str], max_marks: float) -> list[PointVerdict]:
    place = {item: i for i, item in enumerate(answer)}
    marks = max_marks / (len(key) - 1)
    points = []
    for first, last in pairwise(key):
        gap = place[last] - place[first] if first in place and last in place else None
        text = f"{key[first]} → {key[last]}"
        pair = f"{first}.{last}"
        if gap == 1:
            points.append(PointVerdict(pair, text, "met", marks))
        elif gap is not None and gap < 0:
            note = words.OTHER_WAY_ROUND
            points.append(PointVerdict(pair, text, "contradicted", note=note))
        else:
            note = words.NOT_PLACED if gap is None else words.NOT_DIRECTLY_AFTER
            points.append(PointVerdict(pair, text, "missed", note=note))
    return points


def _what_to_move(answer: Sequence[str], key: Mapping[str, str], kept: Sequence[str]) -> list[str]:
    """For each item out of order, the item that it belongs after."""
    lines = []
    for before, item in zip([None, *key], key, strict=False):
        if item in kept:
            continue
        where = words.DIRECTLY_AFTER.format(item=key[before]) if before else words.FIRST
        fault = words.OUT_OF_ORDER if item in answer else words.LEFT_OUT
        lines.append(fault.format(item=key[item], where=where))
    return lines


def mark_matching(
    answer: Mapping[str, str],
    key: Mapping[str, str],
    texts: Mapping[str, str],
    policy: MatchPolicy = "each_pair",
    max_marks: float = 1.0,
    misconceptions: Mapping[tuple[str, str], str] | None = None,
) -> Verdict:
    """Mark the partner that `answer` gives each item; items may be left out.

    Args:
        answer: The chosen partner's id by the item's id.
        key: The right partner's id by the item's id; partners may serve twice.
        texts: The text of every item and every partner, those that match nothing too.
        policy: Marks for each pair, or only for all of them.
        max_marks: Marks for all pairs.
        misconceptions: By (item, wrong partner): what that pair shows.

    Raises:
        ValueError: an item or partner is unknown, or the key is empty or has one without a text.
    """
    if not key:
        raise ValueError("a matching needs a pair")
    for one in (*key, *key.values()):
        if one not in texts:
            raise ValueError(f"there is no text for {one!r}; known: {', '.join(texts)}")
    _check(answer, key, "item")
    _check(answer.values(), texts, "partner")
    wrong = {item: chosen for item, chosen in answer.items() if chosen != key[item]}
    whole = policy == "each_pair" or all(answer.get(item) == key[item] for item in key)
    marks = max_marks / len(key) if whole else 0.0
    points = [
        _pair(item, partner, answer.get(item), texts, marks) for item, partner in key.items()
    ]
    return add_up(
        points,
        max_marks,
        [*_swapped(wrong, key, texts), *(point.note for point in points)],
        [
            shown
            for pair, shown in (misconceptions or {}).items()
            if answer.get(pair[0]) == pair[1]
        ],
    )


def _pair(
    item: str, partner: str, chosen: str | None, texts: Mapping[str, str], marks: float
) -> PointVerdict:
    text = f"{texts[item]}: {texts[partner]}"
    if chosen is None:
        return PointVerdict(item, text, "missed", note=words.NO_PARTNER.format(item=texts[item]))
    if chosen == partner:
        return PointVerdict(item, text, "met", marks, texts[chosen])
    note = words.WRONG_PARTNER.format(item=texts[item], partner=texts[chosen])
    return PointVerdict(item, text, "contradicted", 0.0, texts[chosen], note)


def _swapped(
    wrong: Mapping[str, str], key: Mapping[str, str], texts: Mapping[str, str]
) -> list[str]:
    """Pairs of items that have each other's partner."""
    items = list(wrong)
    return [
        words.SWAPPED.format(first=texts[first], last=texts[last])
        for i, first in enumerate(items)
        for last in items[i + 1 :]
        if wrong[first] == key[last] and wrong[last] == key[first]
    ]


def _check(ids: Collection[str], known: Collection[str], what: str) -> None:
    for one in ids:
        if one not in known:
            raise ValueError(f"there is no {what} {one!r}; known: {', '.join(known)}")
