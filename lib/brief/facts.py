"""What every page of a brief says beside its numbers: what it is about, and how it is to be read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class About:
    """What every page says at its edge: what was selected, of which data, and how far it can be trusted.

    `selection` is the whole sentence, `short` fits into a line; `mark` is empty unless the data are invented, `caution`
    unless the answers are the cities' own. `built` is when the database was built (UTC), the only date there is.
    """

    standard: str
    cycle: str
    selection: str
    short: str
    built: datetime
    date: str
    version: str
    mark: str
    caution: str
    noun: str
    noun_plural: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the method page: a word and what it means here."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Method:
    """How to read it and where it comes from. `criteria` are codes with their names; none of a very long standard."""

    title: str
    definitions: tuple[Fact, ...]
    criteria: tuple[Fact, ...]
    sources: tuple[Fact, ...]
