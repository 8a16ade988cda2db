"""Whatever order events come in, what is derived equals one direct pass over all of them."""

import random
from datetime import timedelta

import pytest
from histories import direct_pass, history, in_memory

from tutor.journal.cache import load
from tutor.journal.derived import VERSION, Derived

HISTORIES = 10_000
PARTS = 8


def known(derived):
    names = [name for name in derived.__struct_fields__ if name not in _PLACE_IN_JOURNAL]
    found = {name: getattr(derived, name) for name in names}
    return found | {"activity": dict(derived.quarters())}


_PLACE_IN_JOURNAL = {"head", "head_id", "months"}


def _kept_in_pieces(chance, journal, derived, events, file):
    """Keep events a few at a time, and derive after each few, sometimes from what was saved."""
    rest = list(events)
    while rest:
        count = chance.randint(1, 3 + len(rest))
        journal.add(rest[:count])
        rest = rest[count:]
        derived.refreshed(journal, cards=chance.random() < 0.7)
        if chance.random() < 0.05:
            derived = _saved_and_loaded(derived, file)
    return derived.refreshed(journal)


def _saved_and_loaded(derived, file):
    derived.saved(file)
    return load(file, Derived, VERSION)


@pytest.mark.parametrize("part", range(PARTS))
def test_replay_undo_and_merge_of_random_histories_equal_one_direct_pass(part, tmp_path):
    file = tmp_path / "cache"
    at_desk, at_laptop = in_memory(), in_memory("laptop")
    empty = at_desk._connection.serialize()
    for seed in range(part, HISTORIES, PARTS):
        at_desk._connection.deserialize(empty)  # quicker than to open new ones
        at_laptop._connection.deserialize(empty)
        chance = random.Random(seed)
        ids: list[str] = []
        desk = history(chance, chance.randrange(14), ids)
        laptop = history(chance, chance.randrange(10), ids)
        of_desk = _kept_in_pieces(chance, at_desk, Derived(), desk, file)
        assert known(of_desk) == direct_pass(desk), seed
        of_laptop = _kept_in_pieces(chance, at_laptop, Derived(), laptop, file)
        both = direct_pass(desk + laptop)
        chance.shuffle(laptop)  # an export may come in any order
        assert known(_kept_in_pieces(chance, at_desk, of_desk, laptop, file)) == both, seed
        at_laptop.add(desk)
        assert known(of_laptop.refreshed(at_laptop)) == both, seed
        assert known(Derived().refreshed(at_laptop)) == both, seed


def test_a_long_history_in_many_pieces_equals_one_direct_pass(tmp_path):
    file = tmp_path / "cache"
    chance = random.Random(20)
    ids: list[str] = []
    desk, laptop = history(chance, 600, ids), history(chance, 600, ids)
    laptop = [event._replace(time=event.time - timedelta(days=200)) for event in laptop]
    with in_memory() as journal:
        derived = _kept_in_pieces(chance, journal, Derived(), desk, file)
        assert known(_kept_in_pieces(chance, journal, derived, laptop, file)) == direct_pass(
            desk + laptop
        )
