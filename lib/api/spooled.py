"""One answer while it is written, and after: a file that grows, and those who wait for more of it."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO

from lib.api.problems import Problem
from lib.pages_first import busy

LATER = {"Retry-After": "10"}
_CHUNK = 2**18
_PAUSE = 0.25
"""Seconds that a chunk, other than the first, waits for pages: then it leaves, so each download has 1 MB/s."""

Waiting = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@dataclass(eq=False)
class Spooled:
    """One answer: the file, how much of it is there, whether that is all, and how many are reading it.

    One thread writes; readers wait in their event loop without asking again and again.
    """

    file: IO[bytes]
    size: int = 0
    fault: str = ""
    readers: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _waiting: list[Waiting] = field(default_factory=list)

    def add(self, piece: bytes) -> None:
        """Write a piece, and tell those who wait for it. Raises OSError."""
        self.file.write(piece)
        self.file.flush()
        self._tell(len(piece))

    def finish(self) -> None:
        """Nothing more will come."""
        self.done.set()
        self._tell(0)

    async def begun(self) -> None:
        """Wait until there is any of it, or all. Raises Problem where it could not be made."""
        await self._until(1)
        self._sound()

    async def all(self) -> None:
        """Wait until it is whole. Raises Problem."""
        while not self.done.is_set():
            await self._until(self.size + 1)
        self._sound()

    async def pieces(self, first: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Its bytes from `first` on, while it is written. Raises RuntimeError where it breaks off."""
        at = first
        while end is None or at < end:
            await self._until(at + 1)
            upto = self.size if end is None else min(self.size, end)
            if upto <= at:
                break
            # Also without pages a moment: a client that never makes us wait, or has gone, would stop everybody else.
            await asyncio.sleep(_PAUSE if busy() and at > first else 0)
            chunk = os.pread(self.file.fileno(), min(_CHUNK, upto - at), at)  # just written, so it is in memory
            at += len(chunk)
            yield chunk
        if self.fault:
            raise RuntimeError(self.fault)

    def _sound(self) -> None:
        if self.fault:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, self.fault, headers=LATER)

    def _tell(self, more: int) -> None:
        with self._lock:  # so that nobody's loop ends between being listed and being told
            self.size += more
            for loop, there in self._waiting:
                loop.call_soon_threadsafe(there.set)
            self._waiting.clear()

    async def _until(self, size: int) -> None:
        """Wait until so much is there, or all."""
        while self.size < size and not self.done.is_set():
            waiting = (asyncio.get_running_loop(), asyncio.Event())
            with self._lock:
                if self.size >= size or self.done.is_set():
                    return
                self._waiting.append(waiting)
            try:
                await waiting[1].wait()
            finally:
                with self._lock:
                    if waiting in self._waiting:
                        self._waiting.remove(waiting)
