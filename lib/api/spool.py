"""Answers on their way out, each written to a file once: whoever asks for the same shares it, also while it grows.

So a slow client costs a file handle and no memory, a part of a file can be asked for, and however many download at
once, no more than two threads work for them and the pages keep the rest of the machine.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from tempfile import NamedTemporaryFile
from typing import IO

import anyio
import duckdb
from anyio import to_thread

from lib.api.problems import Problem
from lib.warehouse import WarehouseError

WORKERS = 2
WAITING = 100
"""Answers begun and not finished; whoever comes then is asked to come again."""
BYTES = 2 * 2**30
SECONDS = 300.0
_CHUNK = 2**18
_LATER = {"Retry-After": "10"}
_POLL = 0.01
log = logging.getLogger(__name__)

Pieces = Callable[[], Iterator[bytes]]


@dataclass(eq=False)
class Spooled:
    """One answer: the file, how much of it is there, whether that is all, and how many are reading it."""

    file: IO[bytes]
    size: int = 0
    whole: bool = False
    fault: str = ""
    readers: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    async def begun(self) -> None:
        """Wait until there is any of it, or all. Raises Problem where it could not be made."""
        await self._until(1)
        self._sound()

    async def all(self) -> None:
        """Wait until it is whole. Raises Problem."""
        while not self.done.is_set():
            await anyio.sleep(_POLL)
        self._sound()

    async def pieces(self, first: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Its bytes from `first` on, while it is written. Raises RuntimeError where it breaks off."""
        at = first
        while end is None or at < end:
            await self._until(at + 1)
            upto = self.size if end is None else min(self.size, end)
            chunk = await to_thread.run_sync(os.pread, self.file.fileno(), min(_CHUNK, upto - at), at)
            if not chunk:
                break
            at += len(chunk)
            yield chunk
        if self.fault:
            raise RuntimeError(self.fault)

    def _sound(self) -> None:
        if self.fault:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, self.fault, headers=_LATER)

    async def _until(self, size: int) -> None:
        pause = _POLL / 4
        while self.size < size and not self.done.is_set():
            await anyio.sleep(pause)
            pause = min(pause * 1.5, 4 * _POLL)


class Spool:
    """The answers of this process by key, the least recently asked for dropped first."""

    def __init__(self, most: int = BYTES, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self._most, self._waiting = most, waiting
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Spooled] = OrderedDict()
        self._pool = ThreadPoolExecutor(workers, "data")

    def get(self, key: str, pieces: Pieces) -> Spooled:
        """The answer with this key, begun now if nobody has asked for it. Raises Problem. The caller lets go of it."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                if sum(not spooled.done.is_set() for spooled in self._kept.values()) >= self._waiting:
                    detail = "Very many are downloading just now: try again in a moment."
                    raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers=_LATER)
                # Its life is the answer's: closed when it is dropped.
                kept = self._kept[key] = Spooled(NamedTemporaryFile(prefix="data-"))  # noqa: SIM115
                self._pool.submit(self._fill, key, kept, pieces)
            self._kept.move_to_end(key)
            kept.readers += 1
            return kept

    def let_go(self, spooled: Spooled) -> None:
        """One reader fewer."""
        with self._lock:
            spooled.readers -= 1

    def _fill(self, key: str, spooled: Spooled, pieces: Pieces) -> None:
        until = time.monotonic() + SECONDS
        try:
            for piece in pieces():
                spooled.file.write(piece)
                spooled.file.flush()
                spooled.size += len(piece)
                spooled.fault = self._stopped(key, spooled, until)
                if spooled.fault:
                    break
        except (WarehouseError, duckdb.Error, OSError) as fault:
            log.exception("An answer could not be written: %s", type(fault).__name__)
            spooled.fault = str(fault) if isinstance(fault, WarehouseError) else "The rows could not be written."
        except BaseException:
            log.exception("An answer could not be written")
            spooled.fault = "The rows could not be written."
            raise
        finally:
            spooled.whole = not spooled.fault
            spooled.done.set()
            self._tidy(key, spooled)

    def _stopped(self, key: str, spooled: Spooled, until: float) -> str:
        """Why it is not written to its end; empty where it goes on."""
        with self._lock:
            if not spooled.readers:
                self._kept.pop(key)  # at once: whoever comes now begins anew
                return "Nobody waits for it any more."
        if spooled.size > self._most:
            return "The answer is too large: ask for a part of it with limit."
        return "The answer took too long: ask for a part of it with limit." if time.monotonic() > until else ""

    def _tidy(self, key: str, spooled: Spooled) -> None:
        """Forget an answer that failed, and old ones while there are too many bytes; those being read stay."""
        with self._lock:
            if spooled.fault and self._kept.get(key) is spooled:
                del self._kept[key]
            held = sum(kept.size for kept in self._kept.values())
            for old, kept in list(self._kept.items()):
                if held > self._most and kept.done.is_set() and not kept.readers:
                    held -= kept.size
                    self._kept.pop(old).file.close()
