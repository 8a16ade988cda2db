"""When something was handed in, as far as that can be believed, and what late work keeps.

On a learner's own machine the clock shows what the learner wants. What is believed is the latest
moment that anything in a submission shows: a clock that was set back meanwhile gains nothing.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from msgspec import Struct

from tutor.classroom.assignment import Policy
from tutor.classroom.submission import MOODLE, Submission
from tutor.journal.kinds import EXAM_HANDED_IN

#: Clocks are put right by so much without anyone doing it on purpose.
SLIP = timedelta(minutes=5)
_DAY = timedelta(days=1)


class Clock(Struct, frozen=True):
    """What a submission shows of the clocks that it was made by.

    Attributes:
        at: When it was handed in, as far as that can be believed.
        set_back: By how much a clock went back, at most; zero within what happens by itself.
        before_made: It was begun before the assignment was there.
        ahead: How far the clock was ahead of the tutor's, when it was collected.
    """

    at: datetime
    set_back: timedelta
    before_made: bool
    ahead: timedelta


def clock_of(submission: Submission, made_at: datetime, collected_at: datetime) -> Clock:
    """Read the clocks of a submission that was taken in at `collected_at`."""
    if submission.device == MOODLE:  # No clock of the learner's.
        return Clock(submission.handed_at, timedelta(), before_made=False, ahead=timedelta())
    # The end of an exam is dated when its time was up, not when that was kept.
    kept = [(one.time, one.device) for one in submission.events if one.kind != EXAM_HANDED_IN]
    kept.append((submission.handed_at, submission.device))
    # Of two machines each has its own clock; what each of them kept is in order.
    newest: dict[str, datetime] = {}
    back = timedelta()
    for time, device in kept:
        newest[device] = max(time, newest.get(device, time))
        back = max(back, newest[device] - time)
    latest = max(newest.values())
    return Clock(
        # Nothing was handed in after it was collected.
        at=min(latest, collected_at),
        set_back=back if back > SLIP else timedelta(),
        before_made=min(time for time, _ in kept) < made_at - SLIP,
        ahead=latest - collected_at if latest - collected_at > SLIP else timedelta(),
    )


def share_kept(policy: Policy, due_at: datetime, at: datetime) -> float | None:
    """The share of its marks that work handed in at this time keeps; None where it is refused."""
    if at <= due_at or policy.late == "accept":
        return 1.0
    if policy.late == "refuse":
        return None
    return max(0.0, 1.0 - policy.late_percent / 100.0 * math.ceil((at - due_at) / _DAY))
