"""The lab's knobs: every setting of a set-up, in groups, with a range that a hand can turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor, log10

import msgspec

from simulator import AXON, DENDRITE, DRUGS, KNOBS, MYELINATED, Quantity
from tutor.course.bound.binding import PULSE_SIZES, Binding
from tutor.course.bound.registry import binding_of
from tutor.course.scenario import setting, settings_of
from tutor.course.scenario_fields import Scenario, StimulusSpec, SynapseSpec
from tutor.course.settings import CHANGES_FROM_MS, LEVEL_MV, counts_things
from tutor.course.text import pretty_unit
from tutor.session.views import Knob
from tutor.words import common
from tutor.words import lab as lab_words

CHANNELS, IONS, TEMPERATURE = lab_words.CHANNELS, lab_words.IONS, lab_words.TEMPERATURE
GEOMETRY, STIMULUS, CLAMP = lab_words.GEOMETRY, lab_words.STIMULUS, lab_words.CLAMP
RUN = lab_words.RUN
#: The groups in the order in which they are listed; of the first two every knob is in sight.
GROUPS = (STIMULUS, CLAMP, CHANNELS, IONS, TEMPERATURE, GEOMETRY, RUN)

_CONCENTRATIONS = ("na_out_mm", "na_in_mm", "k_out_mm", "k_in_mm", "cl_out_mm", "cl_in_mm")
_PUMP = ("pump", "electrogenic", "ouabain_from_s", "e_na_shift_mv", "e_k_shift_mv")
#: The cell whose ions are counted has its train among its changes.
_TRAIN = ("frequency_hz", "pulses", "after_s", "amplitude_ua_cm2", "duration_ms")
_CELL = ("diameter_um", "shape", "space_um", "barrier_um_s")
#: Quantities of a cable or dendrite that are channels.
_CABLE_CHANNELS = ("blocked_share", "na_density", "na_left", "damaged_nodes", "trigger_shift_mv")
_CELL_CHANNELS = ("soma_na_ms_cm2", "trigger_na_ms_cm2")
_SHAPE = {*AXON, *DENDRITE, *MYELINATED} - {*_CABLE_CHANNELS, *_CELL_CHANNELS}

#: Half of the width of a drug's knob shows nine tenths of its effect.
_HALVES_OF_A_DRUG = 10.0
#: Narrower ranges than what is allowed: where a hand finds something. A typed value may go beyond.
_REACH: Mapping[str, tuple[float, float]] = {
    "pulse_ms": (0.0, 5.0),
    "times_threshold": (0.0, 3.0),
    "amplitude_ua_cm2": (-20.0, 100.0),
    "start_ua_cm2": (-20.0, 100.0),
    "end_ua_cm2": (-20.0, 100.0),
    "ramp_ms": (0.0, 50.0),
    "interval_ms": (0.0, 50.0),
    "inputs": (1.0, 20.0),
    "openings": (1.0, 20.0),
    "pulses": (1.0, 20.0),
    "tau_ms": (0.0, 20.0),
    "g_ns": (0.0, 20.0),
    "g_ms_cm2": (0.0, 2.0),
    "pressure_ms": (0.0, 100.0),
    "pressure_kpa": (0.0, 100.0),
    "p_na_ratio": (0.0, 1.0),
    "p_cl_ratio": (0.0, 2.0),
    "lidocaine_um": (0.0, 500.0),
    "after_s": (0.0, 60.0),
    "ouabain_from_s": (0.0, 60.0),
    "level_mv": (-100.0, 60.0),
    **{name: (0.0, _HALVES_OF_A_DRUG * drug.half) for name, drug in DRUGS.items()},
}
#: A range that is many times the default is cut to a few times it.
_WIDE, _CUT = 20.0, 5.0
#: How far a current into a cable reaches, in nA, by preparation.
_REACH_NA = {"dendrite": 5.0, "axon": 10_000.0, "myelinated": 5.0}
#: How long a run and how late a stimulus may be with the knob, in ms.
_LONGEST_MS = 100.0
_LATEST_MS = {"axon": 20.0}


class LabKnob(Knob, frozen=True):
    """A knob of the lab.

    Attributes:
        group: One of `GROUPS`.
        stimulus: The number of the stimulus that it belongs to, from 1; 0 where to none.
        words: What it may be where it is no number.
        word: Which of them it is, or the word that stands in for its number.
        is_set: False where nothing is held at a value that may be.
        range_text: What may be typed.
    """

    group: str = ""
    stimulus: int = 0
    words: tuple[str, ...] = ()
    word: str = ""
    is_set: bool = True
    range_text: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it stands elsewhere than in the preparation left alone."""
        if self.stimulus:
            return False  # Stimuli are all in sight, and stand in the line of the set-up.
        if self.words:
            return self.word != self.words[0]
        return self.is_set and (bool(self.word) or abs(self.value - self.initial) > 1e-9)

    @property
    def step(self) -> float:
        """One press of a key: a round number, about a twentieth of the range."""
        rough = (self.high - self.low) / 20.0
        power = 10.0 ** floor(log10(rough))
        nice = max(times * power for times in (1.0, 2.0, 5.0) if times * power <= rough * 1.0001)
        return max(self.least_step, nice)

    def turned(self, steps: float) -> float | str:
        """Where so many presses of a key lead; the next word, where it is one of words."""
        if self.words:
            following = self.words.index(self.word) + (1 if steps > 0 else -1)
            return self.words[following % len(self.words)]
        step = max(self.least_step, self.step * abs(steps))
        # To the next multiple of the step, which is a number that can be read.
        place = self.value / step
        next_one = floor(place + 1e-6) + 1 if steps > 0 else ceil(place - 1e-6) - 1
        return min(self.high, max(self.low, round(next_one * step, 9)))

    @property
    def shown(self) -> str:
        """The value with its unit."""
        if not self.is_set:
            return lab_words.NOT_SET
        return self.word or f"{self.value:.4g} {pretty_unit(self.unit)}".rstrip()


def lab_knobs(scenario: Scenario, fresh: tuple[StimulusSpec, ...]) -> tuple[LabKnob, ...]:
    """Every knob of `scenario`, by group.

    Args:
        scenario: The set-up.
        fresh: Of each of its stimuli one as it is when it is added.
    """
    binding = binding_of(scenario.preparation)
    found = [*_of_stimuli(scenario, binding, fresh), *_of_clamp(scenario)]
    changed = [_of_change(scenario, binding, q) for q in KNOBS[scenario.preparation].values()]
    changed += [_of_words(scenario, name, words) for name, words in binding.words.items()]
    found += sorted(changed, key=lambda knob: GROUPS.index(knob.group))
    if binding.changes_late and not scenario.clamp:
        found.append(_of_run(scenario, binding, CHANGES_FROM_MS))
    if binding.duration is not None:
        found.append(_of_run(scenario, binding, binding.duration))
    return tuple(found)


def group_of(preparation: str, name: str) -> str:
    """The group of a change."""
    if preparation == "accounting" and name in (*_TRAIN, *_CELL):
        return STIMULUS if name in _TRAIN else GEOMETRY
    if name in _CONCENTRATIONS or name in _PUMP:
        return IONS
    if name == "temperature_c":
        return TEMPERATURE
    return GEOMETRY if name in _SHAPE else CHANNELS


def reach(scenario: Scenario, name: str, quantity: Quantity, value: float) -> tuple[float, float]:
    """From where to where the knob goes; always as far as where it stands."""
    low, high = _reach(scenario, name, quantity)
    low, high = max(low, quantity.low), min(high, quantity.high)
    if quantity.minimum_excluded and low == quantity.low:
        low = low + (high - low) / 100.0
    return min(low, value), max(high, value)


def _reach(scenario: Scenario, name: str, quantity: Quantity) -> tuple[float, float]:
    preparation, low, high = scenario.preparation, quantity.low, quantity.high
    binding = binding_of(preparation)
    match name:
        case "current_na":
            most = _REACH_NA[preparation]
            return (-most if preparation == "dendrite" else 0.0), most
        case "start_ms" | "from_ms" | "changes_from_ms":
            return 0.0, _LATEST_MS.get(preparation, binding.length_ms(scenario))
        case "duration_ms" if quantity is binding.duration:
            return low, max(_LONGEST_MS, 1.5 * binding.default_ms)
        case "place":
            return low, min(high, _longest_place(scenario, high))
    if preparation == "accounting" and name == "pulses":
        return 0.0, 500.0
    if preparation != "accounting" and name in _REACH:
        return _REACH[name]
    if name in ("ouabain_from_s", "after_s"):
        return _REACH[name]
    if high > _WIDE * quantity.default > 0.0:
        return low, _CUT * quantity.default
    return low, high


def _longest_place(scenario: Scenario, high: float) -> float:
    match scenario.preparation:
        case "axon":
            return setting(scenario, "length_mm")
        case "myelinated":
            return setting(scenario, "nodes")
        case "dendrite":
            return max(0.1, setting(scenario, "length_um") / 1000.0)
    return high


def _of_stimuli(
    scenario: Scenario, binding: Binding, fresh: tuple[StimulusSpec, ...]
) -> Iterator[LabKnob]:
    known = settings_of(scenario)
    for number, (spec, usual) in enumerate(zip(scenario.stimuli, fresh, strict=True), 1):
        end = "" if number == 1 else f"_{number}"
        if isinstance(spec, SynapseSpec):
            words = ("ampa", "gaba")
            title, sentence = lab_words.RECEPTORS, lab_words.RECEPTORS_SENTENCE
            yield _word_knob(f"type{end}", title, sentence, words, spec.type, number)
        for quantity in binding.settings_of(spec):
            given = getattr(spec, quantity.name, None)
            if quantity.name in PULSE_SIZES and given is None:
                continue  # Another way to say the size is in use.
            if quantity.name == "e_cl_mv" and getattr(spec, "type", "") == "ampa":
                continue
            name = f"{quantity.name}{end}"
            usual_value = getattr(usual, quantity.name, None)
            value = setting(scenario, name)
            initial = usual_value if isinstance(usual_value, int | float) else quantity.default
            if quantity.name in PULSE_SIZES and usual_value is None:
                initial = value
            yield _knob(
                scenario,
                known[name],
                name,
                value,
                float(initial),
                STIMULUS,
                stimulus=number,
                word=given if isinstance(given, str) else "",
            )


def _of_clamp(scenario: Scenario) -> Iterator[LabKnob]:
    for number, level in enumerate(scenario.clamp, 1):
        end = "" if number == 1 else f"_{number}"
        from_ms = msgspec.structs.replace(
            CHANGES_FROM_MS,
            name="from_ms",
            title=lab_words.HELD_FROM,
            sentence=lab_words.HELD_FROM_SENTENCE,
        )
        for quantity, value in ((from_ms, level.from_ms), (LEVEL_MV, level.level_mv)):
            name = f"{quantity.name}{end}"
            at = float(value)
            yield _knob(scenario, quantity, name, at, at, CLAMP, stimulus=number)


def _of_change(scenario: Scenario, binding: Binding, quantity: Quantity) -> LabKnob:
    name = quantity.name
    plain = msgspec.structs.replace(scenario, changes=_without(scenario, name))
    given = scenario.changes.get(name)
    return _knob(
        scenario,
        quantity,
        name,
        setting(scenario, name),
        binding.own_value(plain, name),
        group_of(scenario.preparation, name),
        word=given if isinstance(given, str) else "",
        is_set=not quantity.optional or given is not None,
    )


def _of_words(scenario: Scenario, name: str, words: tuple[str, ...]) -> LabKnob:
    word = str(scenario.changes.get(name, words[0]))
    sentence = lab_words.ONE_OF_SENTENCE.format(words=", ".join(words))
    knob = _word_knob(name, name, sentence, words, word, 0)
    return msgspec.structs.replace(knob, group=group_of(scenario.preparation, name))


def _of_run(scenario: Scenario, binding: Binding, quantity: Quantity) -> LabKnob:
    initial = 0.0 if quantity is CHANGES_FROM_MS else binding.length_ms(binding.default())
    named = settings_of(scenario)[quantity.name]
    low, high = reach(scenario, quantity.name, quantity, setting(scenario, quantity.name))
    value = setting(scenario, quantity.name)
    knob = _knob(scenario, named, quantity.name, value, initial, RUN)
    return msgspec.structs.replace(knob, low=low, high=high)


def _word_knob(
    name: str, title: str, sentence: str, words: tuple[str, ...], word: str, number: int
) -> LabKnob:
    return LabKnob(
        name=name,
        title=title,
        unit="",
        sentence=sentence,
        low=0.0,
        high=float(len(words) - 1),
        value=float(words.index(word)),
        initial=0.0,
        group=STIMULUS,
        stimulus=number,
        words=words,
        word=word,
        range_text=lab_words.ONE_OF.format(words=", ".join(words)),
    )


def _knob(
    scenario: Scenario,
    quantity: Quantity,
    name: str,
    value: float,
    initial: float,
    group: str,
    *,
    stimulus: int = 0,
    word: str = "",
    is_set: bool = True,
) -> LabKnob:
    low, high = reach(scenario, quantity.name, quantity, value)
    return LabKnob(
        name=name,
        title=quantity.title or quantity.name,
        unit=quantity.unit,
        sentence=quantity.sentence,
        low=low,
        high=high,
        value=value,
        initial=initial,
        least_step=1.0 if counts_things(scenario, name) else 0.0,
        group=group,
        stimulus=stimulus,
        word=word,
        is_set=is_set,
        range_text=pretty_unit(common.A_NUMBER.format(range=quantity.range_text)),
    )


def _without(scenario: Scenario, name: str) -> dict[str, float | str]:
    return {n: value for n, value in scenario.changes.items() if n != name}
