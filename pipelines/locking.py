"""The writers' lock of a database: one writes at a time, and whoever comes second learns who that is.

Readers never ask for it: what they open is never written to.
"""

import fcntl
import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

POLL = 0.05  # seconds between two tries of somebody who waits


class BusyError(RuntimeError):
    """Another load is writing; one sentence that says whose."""


def login_name() -> str:
    """Who runs this process, by login name; an account without a name is known by its number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


@contextmanager
def held(database: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock, after up to `wait` seconds. The kernel drops it when the process ends, however it ends.

    Raises BusyError.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(database.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _take(handle, database, time.monotonic() + wait)
        _sign(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int, database: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            if time.monotonic() >= deadline:
                raise BusyError(f"{database.name}: {_holder(handle)}; try again when it has ended") from fault
            time.sleep(POLL)
        else:
            return


def _sign(handle: int) -> None:
    """Write into the lock's file who holds it."""
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps({"user": login_name(), "process": os.getpid(), "since": since}).encode(), 0)


def _holder(handle: int) -> str:
    """The holder in words; nothing is known of one that has just taken the lock."""
    try:
        told = json.loads(os.pread(handle, 4096, 0))
        return f"another load is running, by {told['user']} (process {told['process']}) since {told['since']}"
    except (ValueError, KeyError, TypeError):
        return "another load is running"
