"""Who is served first: while the script of a page runs, work that nobody looks at waits for a moment.

A download takes seconds whatever we do; a page is looked at while it is made, and both want the same two cores and the
same interpreter.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_changed = threading.Condition()
_drawn = 0


@contextmanager
def drawing() -> Iterator[None]:
    """Around the run of a page's script."""
    global _drawn  # noqa: PLW0603  (of the process, like the cores)
    with _changed:
        _drawn += 1
    try:
        yield
    finally:
        with _changed:
            _drawn -= 1
            _changed.notify_all()


def busy() -> bool:
    """Does the script of a page run just now?"""
    return _drawn > 0


def give_way(seconds: float) -> None:
    """Wait until no page runs; no longer than this, so that many pages do not stop a download for good."""
    with _changed:
        _changed.wait_for(lambda: not _drawn, seconds)
