"""The parts of a brief: what stands in it, in words and numbers, before anybody sets it as pages or slides.

Every text is ready to be read. Numbers that are drawn are shares between 0 and 1 (changes −1 to 1); None means that
there is none to draw, and the text beside it says why. Colours are those of the light palette.
"""

from dataclasses import dataclass

from lib.brief.facts import About, Method


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure; `better` says whether its change is good, where there is a judgement."""

    label: str
    value: str
    detail: str
    change: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Level:
    """One level, or none, of the key: its name and the colours of its ground and text."""

    name: str
    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class LevelsRow:
    """One cycle: its cities, and how many stand on each level in the order of the key."""

    cycle: str
    assessed: int
    counts: tuple[int, ...]
    reached: str


@dataclass(frozen=True, slots=True)
class Levels:
    """Cities on each level, cycle by cycle."""

    title: str
    caption: str
    alt: str
    unit: str
    key: tuple[Level, ...]
    rows: tuple[LevelsRow, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its share in words, or why there is none."""

    text: str
    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid; `n` are the cities behind it, `pinned` is the selected cycle or the whole cohort."""

    label: str
    n: str
    pinned: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Practice areas (or families) in columns, cycles or groups of cities in rows.

    `codes` explains short headings, where needed; `key` are the tints and the shares they stand for.
    """

    title: str
    caption: str
    alt: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    codes: str
    key: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One practice area: the change of the same cities with its interval, and that of the whole cohort."""

    area: str
    n: str
    before: str
    now: str
    change: float | None
    low: float | None
    high: float | None
    cohort: float | None
    text: str
    interval: str
    cohort_text: str


@dataclass(frozen=True, slots=True)
class Move:
    """One criterion that moved: of `n` cities that answered it twice, who came to meet it and who no longer does."""

    code: str
    name: str
    n: str
    gained: str
    lost: str
    text: str
    better: bool
    sure: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Change of the same cities since the compared cycle.

    `title` and `more` are the finding about the score, `areas_title` that about practice areas. `ends` are the ends of
    the axis, its `ticks` (shares) have `tick_words` (percentage points).
    """

    title: str
    caption: str
    alt: str
    more: str
    areas_title: str
    dots: str
    versus: str
    rows: tuple[ChangeRow, ...]
    ends: tuple[float, float]
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    moves_title: str
    moves_caption: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """One criterion: pass rate with its Wilson interval, drawn and in words; None where there is none to draw."""

    code: str
    name: str
    area: str
    rate: float | None
    low: float | None
    high: float | None
    text: str
    interval: str


@dataclass(frozen=True, slots=True)
class RateBlock:
    """Criteria that belong together, in order: the hardest, the easiest, or all of a small standard."""

    title: str
    finding: str
    alt: str
    rows: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Which criteria are hardest and which are easiest."""

    title: str
    caption: str
    blocks: tuple[RateBlock, ...]


@dataclass(frozen=True, slots=True)
class NearRow:
    """One city close to its next level."""

    name: str
    level: str
    score: str
    contested: bool
    distance: str
    change: str
    way: str


@dataclass(frozen=True, slots=True)
class Missed:
    """One criterion that those cities miss: how many of them, in words and as a share."""

    code: str
    name: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Near:
    """Who is close to the next level; `more` counts those that have no room, `notes` tell contested scores."""

    title: str
    caption: str
    alt: str
    headings: tuple[str, ...]
    rows: tuple[NearRow, ...]
    more: str
    missed_title: str
    missed: tuple[Missed, ...]
    notes: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of one selection. What a standard or a selection does not have is None, and `left_out` says so."""

    about: About
    finding: str
    method: Method
    figures: tuple[Figure, ...] = ()
    points: tuple[str, ...] = ()
    levels: Levels | None = None
    by_cycle: Grid | None = None
    by_group: Grid | None = None
    by_family: Grid | None = None
    changes: Changes | None = None
    rates: Rates | None = None
    near: Near | None = None
    left_out: tuple[str, ...] = ()
