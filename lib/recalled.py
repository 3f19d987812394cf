"""Which statement gave a frame: for readers who want to ask on from what they see. Costs a name per answer."""

import threading
from collections import deque
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:  # see lib/window/child.py
    import pandas as pd


V = TypeVar("V")
_ASKED, _STATEMENTS, _RECENT = "asked", 512, 256


class Recalled(Generic[V]):
    """The statements of one database with their values, the oldest forgotten first."""

    def __init__(self) -> None:
        self._statements: dict[str, tuple[str, V]] = {}
        self._recent: deque[tuple[int, str, frozenset[str]]] = deque(maxlen=_RECENT)

    def named(self, frame: "pd.DataFrame", sql: str, values: V) -> "pd.DataFrame":
        """The frame, given to somebody on this thread, with a name for its statement, which pandas hands on."""
        name = sha256(repr((sql, values)).encode()).hexdigest()[:16]
        frame.attrs[_ASKED] = name
        self._statements[name] = (sql, values)
        while len(self._statements) > _STATEMENTS:
            self._statements.pop(next(iter(self._statements)), None)
        self._recent.append((threading.get_ident(), name, frozenset(frame.columns)))
        return frame

    def behind(self, frame: "pd.DataFrame") -> tuple[str, V] | None:
        """The statement of a frame; of one made of several the one, of those given on this thread, that has most of its
        columns, and more than half; the latest of equals. None where there is none, or none any more.
        """
        return self._statements.get(str(frame.attrs.get(_ASKED) or self._likest(frozenset(frame.columns))))

    def _likest(self, columns: frozenset[str]) -> str:
        mine = [given for given in reversed(tuple(self._recent)) if given[0] == threading.get_ident()]
        _, name, known = max(mine, key=lambda given: len(given[2] & columns), default=(0, "", frozenset()))
        return name if 2 * len(known & columns) > len(columns) else ""
