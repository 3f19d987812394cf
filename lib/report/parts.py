"""The parts of a report card: what stands in it, in words and numbers, before anybody sets it as pages, slides or HTML.

Every text is ready to be read. Numbers that are drawn are shares between 0 and 1; None means that there is none to
draw, and the text beside it says why. Colours are those of the light palette.
"""

from dataclasses import dataclass

from lib.brief.facts import About, Fact
from lib.brief.parts import Figure


@dataclass(frozen=True, slots=True)
class Zone:
    """One level on the scale of the score, from the score where it begins to where the next one does."""

    name: str
    minimum: str
    ground: str
    ink: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the peers lie on a scale from 0 to 1: the middle half of them and their median."""

    q1: float
    median: float
    q3: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The score on its whole scale with the levels on it. `ends` are its words; `before` is the compared cycle's."""

    title: str
    zones: tuple[Zone, ...]
    own: float | None
    before: float | None
    peers: Spread | None
    key: tuple[str, ...]
    ends: tuple[str, str]
    alt: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One practice area, or all of them (`whole`): own count, the peers', the place among them, and both changes."""

    area: str
    whole: bool
    own: str
    share: float | None
    peers: Spread | None
    median: str
    middle: str
    n: str
    place: str
    change: str
    better: bool | None
    peers_change: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Every practice area among the peers. `versus` is the compared cycle, empty where there is none.

    `peers_since` heads the peers' change; empty where it is not known. `marks` says what is drawn where it is a strip.
    """

    title: str
    caption: str
    marks: str
    alt: str
    versus: str
    peers_since: str
    rows: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle of the city in this stage of answers; `now` is the cycle of the card."""

    cycle: str
    score: str
    share: float | None
    level: str
    change: str
    better: bool | None
    now: bool


@dataclass(frozen=True, slots=True)
class History:
    """The score in every cycle, the latest first."""

    title: str
    caption: str
    alt: str
    rows: tuple[CycleRow, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One criterion not met: how many peers meet it (drawn and in words), and what it is good for."""

    rank: str
    code: str
    name: str
    text: str
    area: str
    status: str
    rate: float | None
    low: float | None
    high: float | None
    told: str
    interval: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Every gap, the best leverage first. `more` says for each number of rows shown how many are left out.

    `marks` says what is drawn where it is a strip.
    """

    title: str
    caption: str
    marks: str
    alt: str
    rows: tuple[Gap, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion of the road: `told` is how many peers meet it."""

    code: str
    name: str
    area: str
    told: str


@dataclass(frozen=True, slots=True)
class Road:
    """The smallest set of criteria to the next level; without steps the text says why."""

    title: str
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Peering:
    """Who the peers are, why they are peers, and whom one may ask: only those certified are named, ever."""

    told: str
    why: str
    ask: str


@dataclass(frozen=True, slots=True)
class Card:
    """The report card of one city in one cycle and stage. What a standard does not have is None."""

    about: About
    name: str
    finding: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    scale: Scale | None
    standing: Standing
    history: History
    gaps: Gaps
    road: Road | None
    peering: Peering
    definitions: tuple[Fact, ...]
    sources: tuple[Fact, ...]
