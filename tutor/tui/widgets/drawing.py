"""How far a trace has drawn itself: begun, paused, gone on with, at one speed or another."""

from __future__ import annotations

#: How fast a trace can draw itself, as a multiple of its usual speed.
SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0)
USUAL = SPEEDS.index(1.0)


class Drawing:
    """The share of a run that is drawn; whoever shows it tells the time.

    Attributes:
        share: What is drawn, 0 to 1; None where nothing is held back.
        running: Whether it goes on by itself.
    """

    def __init__(self) -> None:
        self.share: float | None = None
        self.running = False
        self._speed = USUAL
        self._told_s = 0.0

    @property
    def paused(self) -> bool:
        """True between its beginning and its end, while it stands still."""
        return self.share is not None and not self.running

    @property
    def speed(self) -> float:
        """How fast it goes, as a multiple of its usual speed."""
        return SPEEDS[self._speed]

    def begin(self, now_s: float) -> None:
        """Draw from the beginning."""
        self.share = 0.0
        self.go_on(now_s)

    def go_on(self, now_s: float) -> None:
        """Draw on from where it stands."""
        self.running = True
        self._told_s = now_s

    def pause(self) -> None:
        """Stand still."""
        self.running = False

    def end(self) -> None:
        """Hold nothing back."""
        self.share, self.running = None, False

    def change_speed(self, by: int) -> None:
        """Go faster or slower by so many steps."""
        self._speed = min(len(SPEEDS) - 1, max(0, self._speed + by))

    def advance(self, now_s: float, lasts_s: float) -> None:
        """Draw what has come since it was told last; the whole of a run takes `lasts_s`."""
        if self.share is None or not self.running:
            return
        self.share += (now_s - self._told_s) * self.speed / lasts_s
        self._told_s = now_s
        if self.share >= 1.0:
            self.end()
