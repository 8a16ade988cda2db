"""Setting a knob of the lab: from what was typed or turned to another set-up."""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec

from tutor.course.bound.binding import PULSE_SIZES
from tutor.course.errors import meant
from tutor.course.scenario import settings_of, with_settings
from tutor.course.scenario_fields import Place, Scenario
from tutor.session.lab.knobs import CLAMP, LabKnob
from tutor.words import lab as lab_words

_PLACES = get_args(get_args(Place)[0])
#: A size typed with its unit changes the way to say it.
_SIZE = re.compile(r"(.*?)\s*(x|×|[uµμ]a(?:/cm[2²])?|na)", re.IGNORECASE)
_NUMBERED = re.compile(r"(.+)_([2-9])")


def set_in(scenario: Scenario, knob: LabKnob, value: float | str) -> Scenario:
    """`scenario` with a knob set to a number, to a word, or, of a size, to `1.5x`.

    Raises:
        ValueError: the value is none that it can have; the message says what is.
    """
    given = _read(knob, value) if isinstance(value, str) else {knob.name: value}
    known = settings_of(scenario)
    for name, number in given.items():
        if name in known and isinstance(number, float):
            msgspec.structs.replace(known[name], name=knob.title).check(number)
    word = given.get(knob.name)
    if knob.group == CLAMP:
        return _with_clamp(scenario, knob, word)
    if knob.stimulus and isinstance(word, str):
        fields: dict[str, Any] = {_field(knob): word}
        if fields == {"type": "ampa"}:
            fields["e_cl_mv"] = None  # It has none.
        return _with_stimulus(scenario, knob.stimulus, fields)
    return with_settings(scenario, given)


def _read(knob: LabKnob, text: str) -> dict[str, float | str]:
    """A typed value by the setting it is of: a number, with a comma if one likes, or a word."""
    text = text.strip().casefold()
    words = (*knob.words, "rest") if knob.name.startswith("frozen_") else knob.words
    if text in words or (_field(knob) == "place" and text in _PLACES):
        return {knob.name: text}
    name, is_size = knob.name, _field(knob) in PULSE_SIZES
    sized = _SIZE.fullmatch(text) if is_size else None
    if sized:
        text = sized[1]
        name = {"x": PULSE_SIZES[0], "×": PULSE_SIZES[0], "n": PULSE_SIZES[2]}.get(
            sized[2][0], PULSE_SIZES[1]
        ) + ("" if knob.stimulus == 1 else f"_{knob.stimulus}")
    try:
        return {name: float(text.replace(",", "."))}
    except ValueError:
        may_be = knob.range_text
        if is_size:
            may_be = lab_words.OR_A_SIZE.format(range=may_be)
        wrong = lab_words.WRONG_VALUE.format(name=knob.title, value=text[:40], range=may_be)
        raise ValueError(wrong) from None


def _field(knob: LabKnob) -> str:
    return knob.name.removesuffix(f"_{knob.stimulus}")


def _with_stimulus(scenario: Scenario, number: int, fields: dict[str, Any]) -> Scenario:
    stimuli = list(scenario.stimuli)
    stimuli[number - 1] = msgspec.structs.replace(stimuli[number - 1], **fields)
    return msgspec.structs.replace(scenario, stimuli=tuple(stimuli))


def _with_clamp(scenario: Scenario, knob: LabKnob, value: object) -> Scenario:
    levels = list(scenario.clamp)
    changed = msgspec.structs.replace(levels[knob.stimulus - 1], **{_field(knob): value})
    levels[knob.stimulus - 1] = changed
    return msgspec.structs.replace(scenario, clamp=tuple(levels))


def knob_named(knobs: tuple[LabKnob, ...], name: str) -> LabKnob:
    """The knob that a typed name means, or the beginning of its name.

    `size` is that of the first stimulus, `start_2` the start of the second.

    Raises:
        ValueError: there is none, or there are several; the message says which is near.
    """
    wanted = name.strip().casefold()
    match = _NUMBERED.fullmatch(wanted)
    field, number = (match[1], int(match[2])) if match else (wanted, 1)
    near = []
    for knob in knobs:
        if knob.name == wanted:
            return knob
        if knob.stimulus in (0, number):
            is_size = field == "size" and _field(knob) in PULSE_SIZES
            near += [knob] if is_size or _field(knob).startswith(f"{field}_") else []
    if len(near) == 1:
        return near[0]
    perhaps = meant(wanted, [knob.name for knob in knobs])
    raise ValueError(lab_words.NO_SETTING.format(name=name[:40], meant=perhaps))
