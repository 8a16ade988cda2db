"""What of a set-up is listed in the lab: stimuli and what is changed; the rest when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from tutor.session.lab.knobs import CLAMP, GROUPS, STIMULUS, LabKnob
from tutor.words import lab as lab_words

#: Groups of which every knob is in sight.
ALWAYS_OPEN = (STIMULUS, CLAMP)


class LabRow(msgspec.Struct, frozen=True):
    """A line of the list: the head of a group, a stimulus, or a knob.

    Attributes:
        group: The group it is of.
        text: What a head or a stimulus says; empty of a knob.
        knob: The knob.
        number: The number by which a stimulus is removed; 0 of other rows.
        is_open: Of a head, whether its knobs are listed below.
        is_fixed: Of a head, that it cannot be closed.
    """

    group: str
    text: str = ""
    knob: LabKnob | None = None
    number: int = 0
    is_open: bool = True
    is_fixed: bool = False


def lab_rows(
    knobs: tuple[LabKnob, ...],
    stimuli: tuple[str, ...],
    opened: Collection[str] = (),
    search: str = "",
) -> tuple[LabRow, ...]:
    """The rows of the list.

    Args:
        knobs: Every knob of the set-up.
        stimuli: Its stimuli and the levels of its clamp in words, in order.
        opened: Groups whose knobs are all listed.
        search: Only knobs whose name, title or sentence has these words, of all groups.
    """
    if search.strip():
        return tuple(LabRow(k.group, knob=k) for k in knobs if _has(k, search.casefold().split()))
    rows: list[LabRow] = []
    for group in GROUPS:
        here = [knob for knob in knobs if knob.group == group]
        if here:
            rows += _group(group, here, stimuli, group in opened)
    return tuple(rows)


def _group(
    group: str, here: list[LabKnob], stimuli: tuple[str, ...], opened: bool
) -> Iterator[LabRow]:
    if group in ALWAYS_OPEN:
        of_stimuli = [knob.stimulus for knob in here if knob.stimulus]
        # Levels of a clamp are counted after the stimuli.
        before = len(stimuli) - max(of_stimuli, default=0) if group == CLAMP else 0
        if not of_stimuli:
            yield LabRow(group, group, is_fixed=True)
        for place, knob in enumerate(here):
            if knob.stimulus and (not place or here[place - 1].stimulus != knob.stimulus):
                number = before + knob.stimulus
                yield LabRow(group, stimuli[number - 1], number=number, is_fixed=True)
            yield LabRow(group, knob=knob)
        return
    changed = [knob for knob in here if knob.is_changed]
    shown = here if opened else changed
    left = len(here) - len(shown)
    count = str(left) if left else ""
    if shown and left:
        count = lab_words.MORE_KNOBS.format(count=left)
    yield LabRow(group, f"{group} ({count})" if count else group, is_open=opened)
    yield from (LabRow(group, knob=knob) for knob in shown)


def _has(knob: LabKnob, words: list[str]) -> bool:
    text = f"{knob.name} {knob.title} {knob.sentence} {knob.group}".casefold()
    return all(word in text for word in words)
