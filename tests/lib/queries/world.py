"""A small world of random answers, built once by the production pipeline, and the same questions in plain Python.

`World` answers slowly and obviously, from the rows that were written to the files. The tests compare the queries
with it on whatever selection hypothesis thinks of.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mean
from typing import NamedTuple

from lib.selection import NO_LEVEL, Selection

STANDARD = """
id = "towns"
name = "Towns that count"
version = "1"
source = "made for the tests"
noun = "town"
noun_plural = "towns"
boundary = [{ score = 5, note = "five is contested" }]
level = [{ name = "Fair", minimum = 4 }, { name = "Good", minimum = 6 }, { name = "Great", minimum = 8 }]
family = [{ id = "windy", name = "Windy", description = "Asks for moving air.", criteria = ["A1", "A2", "M4"] }]
area = [
    { id = "Z", name = "Zeal", criterion = [
        { id = "Z2", short_name = "Zest", text = "Does the town have zest?" },
        { id = "Z1", short_name = "Zone", text = "Does the town have zones?" },
        { id = "Z10", short_name = "Zoo", text = "Does the town have a zoo?" },
    ] },
    { id = "A", name = "Air", criterion = [
        { id = "A1", short_name = "Breeze", text = "Is there a breeze?" },
        { id = "A2", short_name = "Wind", text = "Is there wind?" },
    ] },
    { id = "M", name = "Mud", criterion = [
        { id = "M1", short_name = "Mire", text = "Is there a mire?" },
        { id = "M2", short_name = "Marsh", text = "Is there a marsh?" },
        { id = "M3", short_name = "Moor", text = "Is there a moor?" },
        { id = "M4", short_name = "Meadow", text = "Is there a meadow?" },
    ] },
]
"""
AREAS = {"Z": ("Z2", "Z1", "Z10"), "A": ("A1", "A2"), "M": ("M1", "M2", "M3", "M4")}
CRITERIA = tuple(criterion for criteria in AREAS.values() for criterion in criteria)
LEVELS = ((4, "Fair"), (6, "Good"), (8, "Great"))
CYCLES = ("2023", "2024", "2025")
STAGES = ("validated", "self_reported")
COUNTRIES = ("Chile", "Avalon", "Peru", "")
BANDS = ((0, "Under 50,000"), (50_000, "50,000 to 99,999"), (100_000, "100,000 to 249,999"))
WORDS = {"met": "Yes", "not_met": "No", "not_answered": "", "not_applicable": "Not applicable"}
TICKS = {"met": "1", "not_met": "0", "not_answered": ".", "not_applicable": "-"}


class Assessment(NamedTuple):
    """Which city, in which cycle, at which stage."""

    city: str
    cycle: str
    stage: str


def fold(name: str) -> str:
    """How names are put in order here: accents and case do not count."""
    return name.lower().translate(str.maketrans("áéíóúãç", "aeiouac"))


@dataclass(repr=False)
class World:
    """`given[assessment][criterion]` is a status; a criterion that no file mentions is not there."""

    names: dict[str, str]
    attributes: dict[str, dict[str, str]]
    given: dict[Assessment, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def assessments(self) -> set[Assessment]:
        return {key for key, given in self.given.items() if any(s in {"met", "not_met"} for s in given.values())}

    def statuses(self, key: Assessment, criteria: Iterable[str] = CRITERIA) -> list[str]:
        return [self.given[key].get(criterion, "not_answered") for criterion in criteria]

    def count(self, key: Assessment, *statuses: str, criteria: Iterable[str] = CRITERIA) -> int:
        return sum(status in statuses for status in self.statuses(key, criteria))

    def score(self, key: Assessment) -> int:
        return self.count(key, "met")

    def level(self, key: Assessment) -> str:
        return next((name for minimum, name in reversed(LEVELS) if self.score(key) >= minimum), NO_LEVEL)

    def share(self, key: Assessment, area: str) -> float | None:
        asked = len(AREAS[area]) - self.count(key, "not_applicable", criteria=AREAS[area])
        answered = self.count(key, "met", "not_met", criteria=AREAS[area])
        return self.count(key, "met", criteria=AREAS[area]) / asked if answered else None

    def participation(self, key: Assessment) -> str:
        earlier = (other for other in self.assessments if other.city == key.city and other.cycle < key.cycle)
        return "returning" if any(earlier) else "first_time"

    def cohort(self, selection: Selection) -> list[str]:
        """Ids of the cities selected, by name."""
        return [city for city in self.by_name() if self._selected(city, selection)]

    def before(self, selection: Selection) -> list[str]:
        """Ids of the compared cycle's cities, by name."""
        return [] if selection.versus is None else self.members(selection, selection.versus)

    def members(self, selection: Selection, cycle: str) -> list[str]:
        """Ids of the cities of any cycle under the same filters, by name."""
        same = set(self.cohort(selection)) if selection.levels or selection.participation else set(self.names)
        return [
            city
            for city in self.by_name()
            if city in same
            and Assessment(city, cycle, selection.stage) in self.assessments
            and self._has(city, selection)
        ]

    def by_name(self) -> list[str]:
        return sorted(self.names, key=lambda city: (fold(self.names[city]), city))

    def keys(self, cities: Iterable[str], cycle: str | None, selection: Selection) -> list[Assessment]:
        return [Assessment(city, str(cycle), selection.stage) for city in cities]

    def _has(self, city: str, selection: Selection) -> bool:
        return all(self.attributes[city].get(id_) in values for id_, values in selection.attributes)

    def _selected(self, city: str, selection: Selection) -> bool:
        key = Assessment(city, selection.cycle, selection.stage)
        return (
            key in self.assessments
            and self._has(city, selection)
            and (not selection.levels or self.level(key) in selection.levels)
            and (not selection.participation or self.participation(key) in selection.participation)
        )


def mean_share(world: World, keys: list[Assessment], area: str, minimum: int) -> tuple[int, float | None]:
    """Cities scored in an area, and the mean of their shares unless they are too few."""
    shares = [share for key in keys if (share := world.share(key, area)) is not None]
    return len(shares), mean(shares) if len(shares) >= minimum else None


def make(seed: int, cities: int = 26) -> World:
    """Random towns: some leave, some come late, some answer nothing, some have no country."""
    dice = random.Random(seed)  # noqa: S311
    ids = [f"t{number:02}" for number in dice.sample(range(100), cities)]
    names = {
        id_: f"{dice.choice('ÁaBçéZ')}{dice.choice(['lba', 'ora', 'una'])} {number}" for number, id_ in enumerate(ids)
    }
    names[ids[1]] = names[ids[0]]  # two towns of one name
    people = {id_: dice.choice([900, 49_999, 50_000, 100_000, 0]) for id_ in ids}
    countries = {id_: dice.choice(COUNTRIES) for id_ in ids}
    known = {id_: {"country": countries[id_], "population_band": _band(people[id_])} for id_ in ids}
    world = World(names, {id_: {key: text for key, text in row.items() if text} for id_, row in known.items()})
    chance: Callable[[float], bool] = lambda odds: dice.random() < odds  # noqa: E731
    for city in ids:
        skill = dice.random()
        for key in (Assessment(city, cycle, stage) for cycle in CYCLES for stage in STAGES):
            if chance(0.75):
                world.given[key] = _answers(dice, 0.0 if chance(0.1) else 0.85, skill)
    return world


def _band(people: int) -> str:
    return next((label for least, label in reversed(BANDS) if people >= least), "") if people else ""


def _answers(dice: random.Random, answered: float, skill: float) -> dict[str, str]:
    weights = [answered * skill, answered * (1 - skill), 0.1, 0.05 if answered else 0]
    return {c: dice.choices(list(WORDS), weights)[0] for c in CRITERIA if dice.random() < 0.95}
