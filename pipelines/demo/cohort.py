"""Who takes part: invented cities with their attributes, their ability, and the cycles they come to."""

import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path
from re import sub
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
FORMS = np.array(["council-manager", "mayor-council"])
MANAGED = 0.55  # the share of council-manager governments where forms are told apart
STAYS = 0.84  # the chance that a city which has joined answers in a later cycle
QUITS = 0.05  # the chance, per cycle, that it leaves for good


class DemoError(ValueError):
    """A demo that cannot be made; the message is one sentence for the person who asked."""


@dataclass(frozen=True)
class Cohort:
    """Parallel arrays, one item per city. `ability` is in logits; `present` is cities × cycles."""

    city_id: list[str]
    name: list[str]
    country: list[str]
    region: list[str]
    government: list[str]
    population: NDArray[np.int64]
    ability: NDArray[np.float64]
    present: NDArray[np.bool_]


@cache
def settings(name: str) -> dict[str, Any]:
    """One of this folder's TOML files: names, places or difficulty."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def invent_cohort(cities: int, cycles: int, random: np.random.Generator) -> Cohort:
    """Draw `cities` cities and the cycles each takes part in. Raises DemoError when the names do not suffice."""
    places = settings("places")["place"]
    regions = [(place, region) for place in places for region in place["regions"]]
    share = np.array([region["share"] for _, region in regions])
    home = random.choice(len(regions), cities, p=share / share.sum())
    population = (30_000 + random.lognormal(np.log(85_000), 1.15, cities)).clip(max=9_000_000).astype(np.int64)
    form = np.where(random.random(cities) < MANAGED, 0, 1)
    told_apart = np.array([place.get("government", False) for place, _ in regions])[home]
    base = np.array([region["ability"] for _, region in regions])[home]
    names = _names([regions[index][0]["language"] for index in home], random)
    return Cohort(
        city_id=[slug(name) for name in names],
        name=names,
        country=[regions[index][0]["country"] for index in home],
        region=[regions[index][1]["name"] for index in home],
        government=np.where(told_apart, FORMS[form], "").tolist(),
        population=population,
        ability=_ability(base, population, told_apart & (form == 0), random),
        present=_presence(np.array([place["opening"] for place, _ in regions])[home], cycles, random),
    )


def slug(name: str) -> str:
    """The ASCII-folded, lower-case, hyphenated name: `São Aurélio` → `sao-aurelio`."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def _names(languages: list[str], random: np.random.Generator) -> list[str]:
    """An unused name for each city in the language of its place."""
    supply = {language: iter(_choose(language, n, random)) for language, n in sorted(Counter(languages).items())}
    return [next(supply[language]) for language in languages]


def _choose(language: str, wanted: int, random: np.random.Generator) -> list[str]:
    """`wanted` different names: those without a prefix first, in random order within each prefix."""
    parts = settings("names")[language]
    plain = [head + tail for head, tail in product(parts["heads"], parts["tails"])]
    shuffled = ((prefix, random.permutation(len(plain))) for prefix in ("", *parts["prefixes"]))
    names = list(chain.from_iterable((prefix + plain[i] for i in order) for prefix, order in shuffled))
    if wanted > len(names):
        raise DemoError(
            f"The demo has {len(names):,} {language} city names and needs {wanted:,}: ask for fewer cities."
        )
    return names[:wanted]


def _ability(
    base: NDArray[np.float64],
    population: NDArray[np.int64],
    managed: NDArray[np.bool_],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Ability in logits: mostly the city's own, then its region's; size and form of government matter little."""
    size = (np.log(population) - np.log(110_000)).clip(-1.5, 2.5)
    return np.asarray(base + 0.12 * size + 0.15 * managed + random.normal(0, 0.95, len(base)))


def _presence(opening: NDArray[np.float64], cycles: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Cities × cycles: everyone joins once, skips a cycle now and then, and some leave for good."""
    cities = len(opening)
    weight = np.ones((cities, cycles))
    weight[:, 0] = opening
    ladder = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)
    joined = (random.random((cities, 1)) > ladder).sum(axis=1).clip(max=cycles - 1)
    stayed = joined + random.geometric(QUITS, cities)
    cycle = np.arange(cycles)
    member = (cycle >= joined[:, None]) & (cycle < stayed[:, None])
    return np.asarray(member & ((cycle == joined[:, None]) | (random.random((cities, cycles)) < STAYS)))
