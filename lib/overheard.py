"""Which statements a question of the app asks: for a reader who wants to ask on from what a card shows.

Nobody listens while a page is made, so it costs a page next to nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Heard = list[tuple[str, Mapping[str, Any]]]
_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


def overheard() -> Heard | None:
    """Where statements are to be noted with their values; None while nobody listens."""
    return _heard.get()


@contextmanager
def listening(*, to: bool = True) -> Iterator[Heard]:
    """Note every statement that is asked within; with `to` false none, whoever listens outside."""
    heard: Heard = []
    before = _heard.set(heard if to else None)
    try:
        yield heard
    finally:
        _heard.reset(before)
