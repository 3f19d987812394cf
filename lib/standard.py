"""The standard as data: practice areas, criteria and levels, read from `data/standards/*.toml` and frozen.

A standard's file is edited by the people who own its words, so every fault in it is one sentence that names
the file and the key.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Literal, cast, get_args

from lib.crosswalk import Crosswalk, load_crosswalks
from lib.strict_toml import Table, TomlError, read_toml

Aggregation = Literal["count", "mean_of_areas"]
STANDARDS = Path(__file__).parent.parent / "data" / "standards"


StandardError = TomlError
"""A standard's file, or a crosswalk's, that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One yes/no question. `weight` is its share of the score (points, 1 unless the standard says otherwise)."""

    id: str
    short_name: str
    text: str
    weight: float = 1.0
    reworded_later: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """One practice area with its criteria in the standard's order."""

    id: str
    name: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level is reached when the score is at least `minimum`. `band` is the published wording, in percent."""

    name: str
    minimum: float
    band: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """An answer between no and yes: its word in the files and its credit, strictly between 0 and 1."""

    name: str
    credit: float


@dataclass(frozen=True, slots=True)
class Boundary:
    """A score whose level is contested, and why."""

    score: float
    note: str


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """`criterion` earns nothing while `requires` is not met."""

    criterion: str
    requires: str


@dataclass(frozen=True, slots=True)
class Family:
    """Criteria of any areas that belong together by one rule, which `description` says.

    `criteria` are their ids; `serves` holds (criterion id, area id) where a criterion serves another area than its own.
    """

    id: str
    name: str
    description: str
    criteria: tuple[str, ...]
    serves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """A set of criteria in practice areas with the rule that turns answers into a score and a level.

    `aggregation` is `count` (score = sum of weight × credit over all criteria, at most the sum of the weights) or
    `mean_of_areas` (score = mean of the areas' percentages, 0 to 100).
    """

    id: str
    name: str
    version: str
    source: str
    aggregation: Aggregation
    areas: tuple[Area, ...]
    levels: tuple[Level, ...]
    noun: str = "city"
    noun_plural: str = "cities"
    valid_from: str = ""
    grades: tuple[Grade, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = field(default=())
    families: tuple[Family, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()  # from earlier versions: files of their own, see `load_standards`

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in the standard's order."""
        return tuple(chain.from_iterable(area.criteria for area in self.areas))

    @property
    def score_unit(self) -> tuple[str, str]:
        """What one step of the score is called, singular and plural: a criterion where each counts as one."""
        plain = self.aggregation == "count" and all(c.weight == 1 for c in self.criteria) and not self.grades
        return ("criterion", "criteria") if plain else ("point", "points")

    @property
    def score_max(self) -> float:
        """The highest possible score, in the unit of the levels' minimums."""
        return 100.0 if self.aggregation == "mean_of_areas" else sum(c.weight for c in self.criteria)


def load_standard(path: Path) -> Standard:
    """Read one standard's file. Raises StandardError in one sentence that names the file and the key."""
    standard = _standard(read_toml(path))
    _check(standard, path.name)
    return standard


def load_standards(folder: Path = STANDARDS) -> dict[str, Standard]:
    """Every standard of a folder by id, in the order of their ids. Raises StandardError."""
    loaded = [load_standard(path) for path in sorted(folder.glob("*.toml"))]
    _refuse_repeats(str(folder), "id", [standard.id for standard in loaded])
    known = load_crosswalks(folder / "crosswalks", {x.id: {criterion.id for criterion in x.criteria} for x in loaded})
    return {x.id: replace(x, crosswalks=tuple(walk for walk in known if walk.after == x.id)) for x in loaded}


def _standard(table: Table) -> Standard:
    aggregation = table.text("aggregation", "count")
    if aggregation not in get_args(Aggregation):
        raise table.fault("aggregation", f"is {aggregation!r}, expected one of {', '.join(get_args(Aggregation))}")
    standard = Standard(
        id=table.text("id"),
        name=table.text("name"),
        version=table.text("version"),
        source=table.text("source"),
        valid_from=table.text("valid_from", ""),
        noun=table.text("noun", "city"),
        noun_plural=table.text("noun_plural", "cities"),
        aggregation=cast("Aggregation", aggregation),
        levels=tuple(
            row.end(Level(row.text("name"), row.number("minimum"), row.text("band", "")))
            for row in table.tables("level")
        ),
        grades=tuple(row.end(Grade(row.text("name"), row.number("credit"))) for row in table.tables("grade")),
        boundaries=tuple(row.end(Boundary(row.number("score"), row.text("note"))) for row in table.tables("boundary")),
        prerequisites=tuple(
            row.end(Prerequisite(row.text("criterion"), row.text("requires"))) for row in table.tables("prerequisite")
        ),
        families=tuple(_family(row) for row in table.tables("family")),
        areas=tuple(_area(row) for row in table.tables("area")),
    )
    return table.end(standard)


def _family(table: Table) -> Family:
    family = Family(
        id=table.text("id"),
        name=table.text("name"),
        description=table.text("description"),
        criteria=table.texts("criteria"),
        serves=table.pairs("serves"),
    )
    return table.end(family)


def _area(table: Table) -> Area:
    area = Area(table.text("id"), table.text("name"), tuple(_criterion(row) for row in table.tables("criterion")))
    return table.end(area)


def _criterion(table: Table) -> Criterion:
    criterion = Criterion(
        id=table.text("id"),
        short_name=table.text("short_name"),
        text=table.text("text"),
        weight=table.number("weight", 1.0),
        reworded_later=table.flag("reworded_later"),
    )
    return table.end(criterion)


def _check(standard: Standard, file: str) -> None:
    """Refuse what no single table can see: repeats, impossible levels, references to nothing."""
    ids = [criterion.id for criterion in standard.criteria]
    areas = [area.id for area in standard.areas]
    _refuse_repeats(file, "area id", areas)
    # Areas and families stand for one another as columns and in addresses: one set of ids.
    _refuse_repeats(file, "area or family id", areas + [family.id for family in standard.families])
    _refuse_repeats(file, "criterion id", ids)
    _refuse_repeats(file, "level name", [level.name for level in standard.levels])
    _refuse_repeats(file, "grade name", [grade.name.casefold() for grade in standard.grades])
    _refuse_repeats(file, "criterion of family", [f"{x.id}: {id_}" for x in standard.families for id_ in x.criteria])
    for fault in (*_faults(standard, set(ids)), *_family_faults(standard, set(ids))):
        raise StandardError(f"{file}: {fault}")


def _faults(standard: Standard, ids: set[str]) -> Iterator[str]:
    yield from (f"area {area.id}: criterion is missing" for area in standard.areas if not area.criteria)
    yield from [] if standard.areas else ["area is missing"]
    for level in standard.levels:
        if not 0 < level.minimum <= standard.score_max:
            yield f"level {level.name}: minimum {level.minimum:g} is outside 1 to {standard.score_max:g}"
    for lower, higher in pairwise(standard.levels):
        if higher.minimum <= lower.minimum:
            yield f"level {higher.name}: minimum {higher.minimum:g} is not above that of {lower.name}"
    yield from (f"criterion {c.id}: weight {c.weight:g} is not above 0" for c in standard.criteria if c.weight <= 0)
    for grade in standard.grades:
        if not 0 < grade.credit < 1:
            yield f"grade {grade.name}: credit {grade.credit:g} is not between 0 and 1"
    for rule in standard.prerequisites:
        if unknown := {rule.criterion, rule.requires} - ids:
            yield f"prerequisite of {rule.criterion}: {min(unknown)} is not a criterion"


def _family_faults(standard: Standard, ids: set[str]) -> Iterator[str]:
    areas = {area.id for area in standard.areas}
    for family in standard.families:
        wrong = [f"{id_} is not a criterion" for id_ in family.criteria if id_ not in ids]
        yield from (f"family {family.id}: criteria: {fault}" for fault in (wrong if family.criteria else ["is empty"]))
        for criterion, area in family.serves:
            if criterion not in family.criteria or area not in areas:
                yield f"family {family.id}: serves: {criterion} = {area} is not one of its criteria and an area"


def _refuse_repeats(file: str, what: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise StandardError(f"{file}: {what} {value} is repeated")
