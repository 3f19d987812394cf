"""Whose turn it is to write: one answer at a time is worked on, and the pages come before all of them.

Newcomers come first, for the first rows of their answer; then it goes round. So a download that is asked for while
fifty others are under way begins at once, and each of them goes on. It is one thread, because each thread that writes
keeps some of what it needed; and what waits for its next turn holds hardly any rows.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from lib.pages_first import give_way

NEW_IN_A_ROW = 4
"""Newcomers served before one of the others is."""
PATIENCE = 0.25
"""Seconds that a piece of work waits for pages: an answer is written even where there is always a page that runs."""


class Stopped(Exception):  # noqa: N818  (reads as the sentence it carries)
    """An answer is not written to its end; one sentence for whoever waits."""


@dataclass(eq=False)
class Turn:
    """What an answer is given while it is made. `resting`: it may wait from here on, as it holds few rows."""

    check: Callable[[], None]
    resting: bool = False

    def pause(self) -> None:
        """Let the pages go first. Raises Stopped where nobody waits for the answer any more."""
        give_way(PATIENCE)
        self.check()


@dataclass(eq=False)
class Job:
    """An answer that is being made: `steps` does a part of the work each time."""

    steps: Iterator[object]
    turn: Turn


class Turns:
    """Jobs on one thread: they go round, or, where not even newcomers are let in, follow one another."""

    def __init__(self, name: str, *, round_: bool = True) -> None:
        self._round = round_
        self._lock, self._pool = Lock(), ThreadPoolExecutor(1, name)
        self._new: deque[Job] = deque()
        self._others: deque[Job] = deque()
        self._in_a_row = 0

    def add(self, job: Job) -> None:
        """Begin it as soon as may be."""
        with self._lock:
            self._new.append(job)
        self._pool.submit(self._turn)

    def _turn(self) -> None:
        """One job goes on until it rests or ends, or somebody new has come; there is one such call for each job."""
        job = self._next()
        job.turn.resting = False
        for _ in job.steps:
            if self._round and (job.turn.resting or self._may_begin()):
                with self._lock:
                    self._others.append(job) if job.turn.resting else self._others.appendleft(job)
                self._pool.submit(self._turn)
                return

    def _next(self) -> Job:
        with self._lock:
            new = bool(self._new) and (self._in_a_row < NEW_IN_A_ROW or not self._others)
            self._in_a_row = self._in_a_row + 1 if new else 0
            return (self._new if new else self._others).popleft()

    def _may_begin(self) -> bool:
        return bool(self._new) and self._in_a_row < NEW_IN_A_ROW
