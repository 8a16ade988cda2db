"""The texts of the lab's screen: how what is compared differs, and what a row is."""

from __future__ import annotations

from tutor.session.lab.bench import LabView
from tutor.session.lab.rows import LabRow
from tutor.words import common
from tutor.words import lab_screen as words


def caption(view: LabView) -> str:
    """The set-up, or how the two that are compared differ."""
    if view.kept is None:
        return view.set_up
    parts = [
        words.ALONE.format(name=name, set_up="; ".join(only))
        for name, only in (("A", view.kept.only_a), ("B", view.kept.only_b))
        if only
    ]
    return " | ".join(parts) or words.ALIKE


def hint_of(row: LabRow | None, searching: bool) -> str:
    """What a row is, and what can be done with it."""
    if row is None:
        return words.NOTHING_FOUND if searching else ""
    if row.knob is not None:
        reach = row.knob.range_text.removeprefix(common.A_NUMBER.format(range=""))
        return words.KNOB_HINT.format(sentence=row.knob.sentence, range=reach)
    if row.number:
        return words.STIMULUS_HINT
    return "" if row.is_fixed else words.GROUP_HINT
