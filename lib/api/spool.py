"""Answers on their way out, each written to a file once: whoever asks for the same shares it, also while it grows.

So a slow client costs a file handle and no memory, a part of a file can be asked for, and however many download at
once, two threads at most work for them (lib.api.turns), and wait while a page is made.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import IO

import duckdb

from lib.api.problems import Problem
from lib.api.spooled import LATER, Spooled
from lib.api.turns import Job, Stopped, Turn, Turns
from lib.warehouse import WarehouseError

WAITING = 100
"""Answers begun and not finished; whoever comes then is asked to come again."""
FILES, BYTES = 200, 2 * 2**30
"""Answers kept for who asks again, and their bytes; one may have as many, and those being read twice as many."""
_CROWD = "Very many are downloading just now: try again in a moment."
log = logging.getLogger(__name__)


Pieces = Callable[[Turn], Iterator[bytes]]


class Spool:
    """The answers of this process by key, the least recently asked for dropped first."""

    def __init__(self, most: int = BYTES, files: int = FILES, waiting: int = WAITING) -> None:
        self._most, self._files, self._waiting = most, files, waiting
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Spooled] = OrderedDict()
        self._light, self._heavy = Turns("data"), Turns("data-heavy", round_=False)

    def get(self, key: str, pieces: Pieces, *, heavy: bool = False) -> Spooled:
        """The answer with this key, begun now if nobody has asked for it. Raises Problem. The caller lets go of it.

        `heavy`: it holds many rows from one piece to the next, so it is made in one go, beside the others.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._kept[key] = Spooled(self._file())
                turn = Turn(partial(self._check, key, kept))
                (self._heavy if heavy else self._light).add(Job(self._filled(key, kept, pieces(turn)), turn))
            self._kept.move_to_end(key)
            kept.readers += 1
            return kept

    def let_go(self, spooled: Spooled) -> None:
        """One reader fewer."""
        with self._lock:
            spooled.readers -= 1

    def _filled(self, key: str, spooled: Spooled, pieces: Iterator[bytes]) -> Iterator[None]:
        """Write it, piece by piece."""
        try:
            self._check(key, spooled)
            for piece in pieces:
                spooled.add(piece)
                self._check(key, spooled)
                yield
                self._check(key, spooled)  # before more is read: its turn may come late
        except Stopped as fault:
            spooled.fault = str(fault)
        except (WarehouseError, duckdb.Error, OSError) as fault:
            log.exception("An answer could not be written: %s", type(fault).__name__)
            spooled.fault = str(fault) if isinstance(fault, WarehouseError) else "The rows could not be written."
        except BaseException:
            log.exception("An answer could not be written")
            spooled.fault = "The rows could not be written."
            raise
        finally:
            spooled.finish()
            self._settle(key, spooled)

    def _file(self) -> IO[bytes]:
        """A file for one more answer, which is closed with it. Raises Problem where there are too many."""
        self._make_room()
        unfinished = sum(not kept.done.is_set() for kept in self._kept.values())
        if unfinished >= self._waiting or self._held() > self._most:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, _CROWD, headers=LATER)
        try:
            return TemporaryFile()  # which has no name: nothing is left of it, however the process ends
        except OSError as fault:
            log.exception("There is no room for an answer")
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, _CROWD, headers=LATER) from fault

    def _check(self, key: str, spooled: Spooled) -> None:
        """Raises Stopped where it is not to be written to its end."""
        with self._lock:
            if not spooled.readers:
                self._kept.pop(key)  # at once: whoever comes now begins anew
                raise Stopped("Nobody waits for it any more.")
            if self._held() > 2 * self._most:
                raise Stopped(_CROWD)
        if spooled.size > self._most:
            raise Stopped("The answer is too large: ask for a part of it with limit.")

    def _held(self) -> int:
        return sum(kept.size for kept in self._kept.values())

    def _settle(self, key: str, spooled: Spooled) -> None:
        """Forget an answer that failed, and old ones while there are too many."""
        with self._lock:
            if spooled.fault and self._kept.get(key) is spooled:
                del self._kept[key]
            self._make_room()

    def _make_room(self) -> None:
        """Drop those asked for longest ago; those being read stay."""
        held = self._held()
        for key, kept in list(self._kept.items()):
            too_many = held > self._most or len(self._kept) > self._files
            if too_many and kept.done.is_set() and not kept.readers:
                held -= kept.size
                self._kept.pop(key).file.close()
