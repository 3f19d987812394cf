"""The same work on many files, by as many processes as there are cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from pipelines.layouts import LayoutError

WORTH_PROCESSES = 48
"""Fewer files are read sooner than two processes start."""
CHUNK = 8
"""Files handed to a process at a time."""

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], R], files: Sequence[T], worth: int = WORTH_PROCESSES, chunk: int = CHUNK) -> Iterator[R]:
    """What `work` gives for each of the files, in their order. Both must be picklable; fewer than `worth` stay here.

    `chunk`: how many are handed over at a time; 1 where one takes long, or some processes end well before the others.

    Raises LayoutError where a process is killed: a pool that starts another one instead would wait for ever.
    """
    if len(files) < worth:
        yield from map(work, files)
        return
    try:
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            yield from pool.map(work, files, chunksize=chunk)
    except BrokenProcessPool as fault:
        raise LayoutError("A process at work on the files was ended by the system; is there memory enough?") from fault
