"""Drawing a paper: a blueprint and a seed always give the same questions of the same course.

Nothing here depends on who sits the paper, so that a seed can be passed on. Questions are put in
an order by a hash of the seed and their ids, which is the same on every machine.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from tutor.session.bank import Bank, Banked, mixed
from tutor.session.exam.blueprint import Blueprint, Section
from tutor.words import exam as words

LARGEST_SEED = 2**31 - 1
#: Where twins come up, so many further draws are tried, and the one with the fewest is taken.
_DRAWS = 20


class CannotDraw(ValueError):
    """The course has not what a blueprint asks for; the message is a sentence."""


class Paper(msgspec.Struct, frozen=True):
    """An exam that has been drawn.

    Attributes:
        blueprint: The name of its blueprint.
        title: Its title.
        minutes: How long it takes, without extra time.
        seed: What it was drawn by.
        questions: In their order.
        sections: Title of each section, and how many of the questions it has.
    """

    blueprint: str
    title: str
    minutes: int
    seed: int
    questions: tuple[Banked, ...]
    sections: tuple[tuple[str, int], ...]

    @property
    def marks(self) -> float:
        """The full marks."""
        return sum(banked.marks for banked in self.questions)


def new_seed() -> int:
    """A seed of six figures, which is easily passed on."""
    return 100_000 + secrets.randbelow(900_000)


def question_seed(seed: int, question_id: str) -> int:
    """What a question of a paper draws its numbers and its order from."""
    return _hashed(seed, question_id) % (LARGEST_SEED + 1)


def draw_paper(bank: Bank, name: str, blueprint: Blueprint, seed: int) -> Paper:
    """Draw a paper; no two questions have the same first objective, where that can be.

    Args:
        bank: All questions of the course, whoever they are for.
        name: The name of the blueprint.
        blueprint: What is asked for.
        seed: What the paper follows from.

    Raises:
        CannotDraw: the course has not the questions.
    """
    best: list[list[Banked]] | None = None
    refused: CannotDraw | None = None
    for number in range(_DRAWS):
        try:
            drawn = _drawn(bank, blueprint, f"{seed}/{number}")
        except CannotDraw as error:
            refused = refused or error
            continue
        if best is None or _twins(drawn) < _twins(best):
            best = drawn
        if not _twins(best):
            break
    if best is None:
        assert refused is not None
        raise refused
    places = {banked.id: place for place, banked in enumerate(bank)}
    questions: list[Banked] = []
    for number, section in enumerate(best):
        inside = sorted(section, key=lambda banked: places[banked.id])
        questions += mixed(inside, len(inside), _hashed(seed, str(number)))
    return Paper(
        blueprint=name,
        title=blueprint.title,
        minutes=blueprint.minutes,
        seed=seed,
        questions=tuple(questions),
        sections=tuple(
            (section.title, len(found))
            for section, found in zip(blueprint.sections, best, strict=True)
        ),
    )


def _hashed(*parts: object) -> int:
    return int.from_bytes(sha256("\0".join(map(str, parts)).encode()).digest()[:8], "big")


def _aim(banked: Banked) -> str:
    """What makes two questions near twins: what they ask for first."""
    return (*banked.question.objectives, banked.id)[0]


def _twins(drawn: Sequence[Sequence[Banked]]) -> int:
    aims = [_aim(banked) for section in drawn for banked in section]
    return len(aims) - len(set(aims))


def _fits(section: Section, blueprint: Blueprint, banked: Banked) -> bool:
    question = banked.question
    anywhere = not section.modules and not section.phases
    return (
        (anywhere or banked.module in section.modules or banked.phase in section.phases)
        and (not section.objectives or not set(section.objectives).isdisjoint(question.objectives))
        and (not section.kinds or question.kind in section.kinds)
        and (not section.difficulty or question.difficulty in section.difficulty)
        and (section.track is None or question.track == section.track)
        and (not question.boards or blueprint.board in question.boards)
    )


def _drawn(bank: Bank, blueprint: Blueprint, salt: str) -> list[list[Banked]]:
    """The questions of each section, drawn one section after the other, the scarcest first."""
    fitting = [
        [banked for banked in bank if _fits(section, blueprint, banked)]
        for section in blueprint.sections
    ]

    def room(number: int) -> float:
        section, found = blueprint.sections[number], fitting[number]
        if section.questions is not None:
            return len({_aim(banked) for banked in found}) / section.questions
        return sum(banked.marks for banked in found) / (section.marks or 1)

    drawn: list[list[Banked]] = [[] for _ in fitting]
    used: set[str] = set()
    aims: set[str] = set()
    for number in sorted(range(len(fitting)), key=room):
        section = blueprint.sections[number]
        free = [banked for banked in fitting[number] if banked.id not in used]
        free.sort(key=lambda banked: _hashed(salt, number, banked.id))
        found = _apart(section, free, aims) or _together(section, free, aims)
        if found is None:
            raise CannotDraw(_refusal(section, fitting[number], free))
        drawn[number] = found
        used |= {banked.id for banked in found}
        aims |= {_aim(banked) for banked in found}
    return drawn


def _apart(section: Section, free: Sequence[Banked], aims: set[str]) -> list[Banked] | None:
    """A choice without twins."""
    groups: dict[str, list[Banked]] = {}
    for banked in free:
        if _aim(banked) not in aims:
            groups.setdefault(_aim(banked), []).append(banked)
    return _picked([*groups.values()], section.questions, section.marks)


def _together(section: Section, free: Sequence[Banked], aims: set[str]) -> list[Banked] | None:
    """A choice where twins cannot be avoided; they come last."""
    first: dict[str, Banked] = {}
    for banked in free:
        if _aim(banked) not in aims:
            first.setdefault(_aim(banked), banked)
    others = [banked for banked in free if first.get(_aim(banked)) is not banked]
    groups = [[banked] for banked in (*first.values(), *others)]
    return _picked(groups, section.questions, section.marks)


def _picked(
    groups: Sequence[Sequence[Banked]], count: int | None, marks: int | None
) -> list[Banked] | None:
    """At most one of each group, the first ones that can be made up to what is asked for."""
    if not groups:
        return None
    reach = _reach(groups, count, marks)
    step, left, owed = int(count is not None), count or 0, marks or 0
    if not reach[0][left] >> owed & 1:
        return None
    picked: list[Banked] = []
    for after, group in zip(reach[1:], groups, strict=True):
        if not left and not owed:
            break
        for banked in group:
            cost = _cost(banked, marks)
            if left >= step and owed >= cost and after[left - step] >> (owed - cost) & 1:
                picked.append(banked)
                left, owed = left - step, owed - cost
                break
    return picked


def _cost(banked: Banked, marks: int | None) -> int:
    return 0 if marks is None else round(banked.marks)


def _reach(
    groups: Sequence[Sequence[Banked]], count: int | None, marks: int | None
) -> list[list[int]]:
    """What the groups from each one on can make up.

    For each number of questions (one alone where it does not matter) the bits of a number: bit m
    is set where that many can have m marks.
    """
    step, most = int(count is not None), count or 0
    within = (1 << ((marks or 0) + 1)) - 1
    reach = [[1, *[0] * most]]
    for group in reversed(groups):
        after = reach[-1]
        now = list(after)
        for cost in {_cost(banked, marks) for banked in group}:
            for number in range(most + 1 - step):
                now[number + step] |= after[number] << cost & within
        reach.append(now)
    reach.reverse()
    return reach


def _refusal(section: Section, fitting: Sequence[Banked], free: Sequence[Banked]) -> str:
    """Why a section cannot be filled, and what to do."""
    others = words.TAKEN_BY_OTHERS if len(free) < len(fitting) else ""
    if section.questions is not None and len(free) < section.questions:
        return words.TOO_FEW_QUESTIONS.format(
            section=section.title, asked=section.questions, has=len(free), others=others
        )
    total = round(sum(banked.marks for banked in free))
    if section.marks is not None and total < section.marks:
        return words.TOO_FEW_MARKS.format(
            section=section.title, asked=section.marks, has=total, others=others
        )
    assert section.marks is not None
    reached = _reach([[banked] for banked in free], section.questions, section.marks)
    most = reached[0][section.questions or 0].bit_length() - 1
    sentence = words.NO_SUCH_SUM_BELOW if most < 0 else words.NO_SUCH_SUM
    return sentence.format(section=section.title, asked=section.marks, has=most)
