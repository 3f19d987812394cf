"""How a long step says where it is; the command line draws a bar of it, tests and scripts may ignore it."""

from typing import Protocol


class Say(Protocol):
    """Called with what happens now and, where known, the share of the whole that is done (0 to 1)."""

    def __call__(self, step: str, done: float | None = None, /) -> None:
        """Say it."""


def silent(_step: str, _done: float | None = None, /) -> None:
    """Say nothing."""
