"""A run as it is put on a plot."""

from __future__ import annotations

from typing import Literal

import msgspec

from tutor.course.scenario import MeasuredRun

Role = Literal["run", "spine", "compare", "refutation", "before"]


class DrawnRun(msgspec.Struct, frozen=True):
    """A run on the plot.

    `until_ms` hides what comes later; `shown_ms` is where the time axis may end. Stages and
    refractory periods are named below the curve, but not before an answer that they may give away.
    """

    role: Role
    label: str
    run: MeasuredRun
    until_ms: float | None = None
    shown_ms: float | None = None
    names_stages: bool = True

    @property
    def tells_all(self) -> bool:
        """Whether everything of the run may be seen: no answer waits that it could give away."""
        return self.until_ms is None and self.names_stages
