"""A scenario as it stands in a content file."""

from __future__ import annotations

from typing import Literal

from tutor.course.fields import Content, Number

Share = Literal["rest"] | Number

#: Curves that a step or question may show beside the voltage.
Curve = Literal[
    "g_na",
    "g_k",
    "na_open",
    "na_inactivated",
    "na_closed",
    "m",
    "h",
    "n",
    "i_na",
    "i_k",
    "i_leak",
    "i_pump",
    "i_ion",
    "dvdt_v_s",
]


class PulseSpec(Content, frozen=True, kw_only=True):
    """A current pulse; its size is in uA/cm2 or in multiples of the normal threshold."""

    start_ms: Number = 1.0
    pulse_ms: Number = 0.5
    times_threshold: Number | None = None
    amplitude_ua_cm2: Number | None = None


class Scenario(Content, frozen=True, kw_only=True):
    """What is simulated: a preparation, stimuli, changes and the knobs that unlock."""

    preparation: str
    stimuli: tuple[PulseSpec, ...] = ()
    changes: dict[str, Share] = {}
    changes_from_ms: Number = 0.0
    duration_ms: Number = 10.0
    knobs: dict[str, tuple[Number, Number]] = {}
