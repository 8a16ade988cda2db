"""The warnings by code: what each is about."""

from __future__ import annotations

from typing import NamedTuple

from tutor.course.yaml_values import Path

#: What a waiver in a content file names. A code is never used for anything else again.
WARNINGS = {
    "W00": "waiver that is not needed",
    "W01": "absolute word",
    "W02": "right option is the longest",
    "W03": "all or none of the above",
    "W04": "negative stem without emphasis",
    "W05": "unfocused stem",
    "W06": "word of the stem in the right option alone",
    "W07": "grammar gives the answer away",
    "W08": "options converge on the right one",
    "W09": "mixed kinds or units",
    "W10": "numbers out of order",
    "W11": "numbers that overlap",
    "W12": "vague word of frequency",
    "W13": "option that joins others",
    "W14": "number of options",
    "W15": "distractor without a misconception",
    "W16": "place of the right option",
    "W17": "option without feedback",
    "W18": "options nearly alike",
    "W19": "missing unit",
    "W20": "mixed spelling",
    "W21": "vignette without five like options",
    "W30": "too long for the screen",
    "W31": "what the screen cannot show",
    "W32": "line that cannot be wrapped",
}


class Advice(NamedTuple):
    """A warning: where, which, and why with the way to mend it."""

    path: Path
    code: str
    message: str
