"""Slow work beside the screen: one thread, the latest wish, told in shares and stopped at will."""

from __future__ import annotations

from asyncio import CancelledError, to_thread
from collections.abc import Callable
from time import monotonic

from textual.dom import DOMNode

from simulator.progress import Cancelled
from tutor.session.slow import Work

#: Progress is told so often at the most.
TELL_S = 0.05

#: Called in the thread of the screen when work has ended, with what went wrong, if anything did.
Done = Callable[[str | None], None]


class _Job:
    def __init__(self, work: Work, done: Done) -> None:
        self.work, self.done = work, done
        self.stopped = False


class Runner:
    """Does work in a thread. Only the last wish counts: what it replaces is stopped."""

    def __init__(self, host: DOMNode, told: Callable[[float], None] | None = None) -> None:
        """Make a runner for a screen.

        Args:
            host: Whose thread is told; work does not outlive it.
            told: Called there with the share that is done, 0 to 1.
        """
        self._host = host
        self._told = told
        self._job: _Job | None = None
        self._next: _Job | None = None

    @property
    def busy(self) -> bool:
        """True while there is work whose result is wanted."""
        return any(job is not None and not job.stopped for job in (self._job, self._next))

    def wish(self, work: Work, done: Done) -> None:
        """Do `work` in place of whatever is under way, then call `done`."""
        self.cancel()
        job = _Job(work, done)
        if self._job is None:
            self._begin(job)
        else:
            self._next = job

    def cancel(self) -> None:
        """Stop; nobody is told of what was under way."""
        self._next = None
        if self._job is not None:
            self._job.stopped = True

    def _begin(self, job: _Job) -> None:
        self._job = job
        self._host.run_worker(self._threaded(job), exit_on_error=False)

    async def _threaded(self, job: _Job) -> None:
        # In a context of its own: a thread that waits for its next work would else go on holding
        # the screen of its last one, with every run that screen has drawn.
        try:
            await to_thread(self._run, job)
        except CancelledError:  # The screen has gone.
            job.stopped = True
            raise

    def _run(self, job: _Job) -> None:
        """In the thread: do the work, and send word to the screen."""
        last_s = monotonic()

        def progress(share: float) -> None:
            nonlocal last_s
            if job.stopped:
                raise Cancelled
            if self._told is not None and monotonic() - last_s >= TELL_S:
                last_s = monotonic()
                self._host.call_later(self._tell, job, share)

        error = None
        try:
            job.work(progress)
        except Cancelled:
            job.stopped = True
        except Exception as failure:  # Whatever fails beside the screen is said on it.
            error = str(failure) or type(failure).__name__
        self._host.call_later(self._ended, job, error)

    def _tell(self, job: _Job, share: float) -> None:
        if self._told is not None and not job.stopped and job is self._job:
            self._told(share)

    def _ended(self, job: _Job, error: str | None) -> None:
        self._job, following = None, self._next
        self._next = None
        if following is not None:
            self._begin(following)
        elif not job.stopped:
            job.done(error)
