"""A question of the query window, answered by a child process with limits on memory, time and answer."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pyarrow as pa

from lib.warehouse import Warehouse
from lib.window.statement import LONGEST, Refused

ROOT = Path(__file__).parents[2]
SHOWN = 1_000
TAKEN = 100_000
"""Rows shown, and rows that a file may have."""
SECONDS = 10.0
_TO_START = 10.0
MEMORY = 3 * 2**29  # addresses, not pages: for the making of the viewer's database, before the question is read
IN_ALL, ROOM = 576 * 2**20, 256 * 2**20
"""Memory of the child while it works on the question; so much of it at least beside the viewer's database."""
ANSWER_BYTES = 64 * 2**20
_LESS_URGENT = 10  # pages first: a question takes what they leave, and never more than one core
_AT_ONCE, _PATIENCE = 2, 20.0
_BUSY = "Others are asking just now: try again in a moment."
_TOO_LONG = f"This question took longer than {SECONDS:.0f} seconds and was stopped."
_DIED = "This question needed more than it may have, and was stopped: ask for less at once."
# Arrow's own allocator would reserve the whole room before there is a question.
_THRIFTY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"}
_places = threading.BoundedSemaphore(_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The first rows of an answer, whether there are more, and how long it took (seconds, as the reader waited)."""

    rows: pa.Table
    more: bool
    seconds: float


def answered(sql: str, warehouse: Warehouse, rows: int = SHOWN) -> Answer:
    """The first `rows` rows that the statement gives on the viewer's database. Raises Refused."""
    viewer, path = warehouse.viewer, warehouse.path
    if len(sql) > LONGEST:
        raise Refused(f"A question may have {LONGEST:,} characters; this one has {len(sql):,}.")
    asked = {"sql": sql, "role": viewer.role, "cities": viewer.cities, "path": str(path), "rows": rows}
    asked |= {"seconds": SECONDS, "bytes": ANSWER_BYTES, "in_all": IN_ALL, "room": ROOM}
    with _a_place(), TemporaryFile() as output, TemporaryFile() as complaint:
        began = time.monotonic()
        code = _run(json.dumps(asked), output, complaint)
        if code:
            raise Refused(_text(complaint) if code == 1 else _DIED)
        table = _table(output)
    return Answer(table.slice(0, rows), table.num_rows > rows, time.monotonic() - began)


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=_PATIENCE):
        raise Refused(_BUSY)
    try:
        yield
    finally:
        _places.release()


def _run(asked: str, output: IO[bytes], complaint: IO[bytes]) -> int:
    """The child's exit code. Raises Refused when its time is over."""
    child = subprocess.Popen(
        [sys.executable, "-m", "lib.window.child"],
        cwd=ROOT,
        env={name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ} | _THRIFTY,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=complaint,
        process_group=0,  # not a session: Linux shares the machine among sessions first, whatever their priority
    )
    try:
        _limit(child.pid)
        child.communicate(asked.encode(errors="replace"), timeout=SECONDS + _TO_START)
    except subprocess.TimeoutExpired as fault:
        raise Refused(_TOO_LONG) from fault
    finally:
        _end(child)
    return child.returncode


def _limit(process: int) -> None:
    """Set before the child knows the question."""
    try:
        resource.prlimit(process, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (2 * ANSWER_BYTES, 2 * ANSWER_BYTES))
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
        os.sched_setaffinity(process, {max(os.sched_getaffinity(0))})  # so that DuckDB and Arrow work on one thread
        os.setpriority(os.PRIO_PROCESS, process, _LESS_URGENT)
    except ProcessLookupError:  # it has ended already
        return


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _table(output: IO[bytes]) -> pa.Table:
    output.seek(0)
    try:
        return pa.ipc.open_stream(output).read_all()
    except pa.ArrowInvalid as fault:
        raise Refused(_DIED) from fault


def _text(complaint: IO[bytes]) -> str:
    """The child's one sentence. Whatever else it says when it dies is for no reader."""
    complaint.seek(0)
    said = complaint.read(4_000).decode(errors="replace")
    return _DIED if not said or "Traceback" in said else said[:600]
