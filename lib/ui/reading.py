"""What this run of the page is about: set once by the frame, read by every page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from lib.selection import SEGMENT, Choices, Selection
from lib.standard import Standard
from lib.warehouse import Warehouse

_reading: ContextVar["Reading | None"] = ContextVar("reading", default=None)


@dataclass(frozen=True, slots=True)
class Publication:
    """Which published database is being read. Times are UTC; what is told of others may be older than one's own."""

    version: str
    built_at: datetime
    others_as_of: datetime
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's question, checked: the database, its standard, and the selection made in the sidebar.

    `cities` are those selected, `cities_total` all that have an assessment in the cycle and stage;
    `sentence` says the selection with these counts, for captions.
    """

    warehouse: Warehouse
    selection: Selection
    choices: Choices
    standard: Standard
    publication: Publication
    cities: int
    cities_total: int
    sentence: str

    @property
    def splits(self) -> dict[str, str]:
        """What the cities can be split by, with its name: the segments compared, if any, then every attribute."""
        attributes = {attribute.id: attribute.name for attribute in self.choices.attributes}
        return ({SEGMENT: "Segment"} if self.selection.segments else {}) | attributes

    @property
    def indicative(self) -> bool:
        """Do levels come from the cities' own answers only? Then nothing about them is certified."""
        return self.selection.stage == "self_reported"


def now() -> Reading:
    """The reading of this run. Raises RuntimeError outside the frame."""
    reading = _reading.get()
    if reading is None:
        raise RuntimeError("Pages run inside the frame: start the application with `streamlit run dashboard.py`.")
    return reading


@contextmanager
def during(reading: Reading) -> Iterator[None]:
    """Let `now()` answer `reading` while a page runs, and no longer: an old database closes when nobody holds it."""
    before = _reading.set(reading)
    try:
        yield
    finally:
        _reading.reset(before)
