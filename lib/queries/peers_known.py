"""What is known of cities that can make one a peer of another: any attributes, by what they are and not by their name.

The size is the first number known; its band is the category right after it whose values are told in digits. The area
is the category, other than a band, that cuts the cities finest while a city still has enough others beside it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.choices import read_choices
from lib.selection import MINIMUM_N
from lib.warehouse import Warehouse

Floats = NDArray[np.float64]

_ATTRIBUTES = "select attribute_id as id, name, kind from attribute order by position"
_CITIES = """
select
    *,
    enum_code(city_id) as code,
    row_number() over (order by strip_accents(lower(name)), enum_code(city_id)) as by_name
from city
order by enum_code(city_id)
"""
_USUAL_OTHERS = """
select attribute_id as id, sum(cities * cities) / sum(cities) - 1 as others
from (select attribute_id, value, count(*) as cities from city_attribute group by all)
group by attribute_id
"""
_VALUES_SHOWN = "select attribute_id as id, count(distinct value) as shown from block_attribute group by attribute_id"


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing known of cities: a number, perhaps with its band, or a category. `values`: the category's (or the
    band's) in the order a reader expects."""

    id: str
    name: str
    number: bool
    band: str | None = None
    band_name: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traits:
    """Everything known of cities, in the order in which the app shows it; ids of the size and of the area."""

    all: tuple[Trait, ...] = ()
    size: str | None = None
    area: str | None = None

    @property
    def names(self) -> dict[str, str]:
        """Ids → names, and what `Peers.describe` calls size, number and area."""
        names = {trait.id: trait.name for trait in self.all}
        size, area = self.one(self.size), self.one(self.area)
        sized = {"size": size.band_name or size.name, "number": size.name} if size else {}
        return names | sized | ({"area": area.name} if area else {})

    @property
    def categories(self) -> tuple[str, ...]:
        """Ids of the categories that are no band: each is a rule."""
        return tuple(trait.id for trait in self.all if not trait.number)

    def one(self, id_: str | None) -> Trait | None:
        """The trait with this id."""
        return next((trait for trait in self.all if trait.id == id_), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of every city: `place` of each id in the rows of `values`, a column per trait (a number, or its
    logarithm where all are above zero; the code of a category), `spans` (the range; NaN for categories), `bands` (the
    place of the size's band, NaN = not known), `raw` (the numbers as they are). NaN = not known. Row for row `ids`,
    `names` and `by_name` (the place in the order of names); `rows`: the row of each id's code in the database."""

    place: dict[str, int]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    by_name: NDArray[np.intp]
    rows: NDArray[np.intp]
    values: Floats
    spans: Floats
    bands: Floats
    raw: Floats


def read_traits(warehouse: Warehouse) -> Traits:
    """What can make a city a peer, in this version of the database."""
    return warehouse.once(_traits)


def read_known(warehouse: Warehouse) -> Known:
    """What is known of every city, in this version of the database."""
    return warehouse.once(_known)


def known_of(warehouse: Warehouse, city: str) -> tuple[bool, bool]:
    """Whether the city's size band and its area are known."""
    known, traits = read_known(warehouse), read_traits(warehouse)
    row = known.place.get(city)
    if row is None:
        return False, False
    placed = [
        not np.isnan(known.values[row, place]) for place, trait in enumerate(traits.all) if trait.id == traits.area
    ]
    return not np.isnan(known.bands[row]), any(placed)


def _traits(warehouse: Warehouse, _: str) -> Traits:
    known = warehouse.fetch(_ATTRIBUTES).to_dict("records")
    values = {attribute.id: attribute.values for attribute in read_choices(warehouse).attributes}
    found: list[Trait] = []
    for before, row in zip([None, *known], known, strict=False):
        told = values.get(row["id"], ())
        if row["kind"] == "number":
            found.append(Trait(row["id"], row["name"], number=True))
        elif before and before["kind"] == "number" and told and all(any(map(str.isdigit, text)) for text in told):
            found[-1] = Trait(found[-1].id, found[-1].name, True, row["id"], row["name"], told)
        elif told:
            found.append(Trait(row["id"], row["name"], number=False, values=told))
    numbers = [trait for trait in found if trait.number]
    sizes = [trait.id for trait in numbers if trait.band] or [trait.id for trait in numbers]
    return Traits(tuple(found), next(iter(sizes), None), _area(warehouse, [t.id for t in found if not t.number]))


def _area(warehouse: Warehouse, categories: list[str]) -> str | None:
    """The category in which a city usually has the fewest others beside it, but enough; else the one with most.

    Where only blocks are told of, the one with most values among them.
    """
    if warehouse.limited:
        values = warehouse.fetch(_VALUES_SHOWN).set_index("id")["shown"].reindex(categories).dropna()
        return str(values.idxmax()) if len(values) else next(iter(categories), None)
    usual = warehouse.fetch(_USUAL_OTHERS).set_index("id")["others"].reindex(categories).dropna()
    enough = usual[usual >= MINIMUM_N]
    if enough.empty:
        return str(usual.idxmax()) if len(usual) else None
    return str(enough.idxmin())


def _known(warehouse: Warehouse, _: str) -> Known:
    traits, cities = read_traits(warehouse), warehouse.fetch(_CITIES)
    size, empty = traits.one(traits.size), np.full(len(cities), np.nan)
    columns = [_column(cities, trait) for trait in traits.all]
    values = np.column_stack([np.empty((len(cities), 0)), *(column for column, _, _ in columns)])
    return Known(
        place={id_: row for row, id_ in enumerate(cities["city_id"])},
        ids=tuple(cities["city_id"]),
        names=tuple(cities["name"]),
        by_name=cities["by_name"].to_numpy(np.intp),
        rows=_rows(cities["code"].to_numpy(np.intp)),
        values=values,
        spans=np.array([span for _, _, span in columns], np.float64),
        bands=_codes(cities[size.band], size.values) if size and size.band else empty,
        raw=np.column_stack([np.empty((len(cities), 0)), *(raw for _, raw, _ in columns)]),
    )


def _rows(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The row of each code; -1 where it has none."""
    rows = np.full(int(codes.max(initial=-1)) + 1, -1)
    rows[codes] = np.arange(len(codes))
    return rows


def _column(cities: pd.DataFrame, trait: Trait) -> tuple[Floats, Floats, float]:
    """A trait as numbers to compare, as it is, and its range. A number without a value anywhere goes by its band."""
    if not trait.number:
        codes = _codes(cities[trait.id], trait.values)
        return codes, codes, np.nan
    raw = cities[trait.id].to_numpy(np.float64)
    if np.isnan(raw).all() and trait.band:
        return _codes(cities[trait.band], trait.values), raw, float(len(trait.values) - 1)
    least = np.nanmin(raw, initial=np.inf)
    with np.errstate(invalid="ignore"):
        column = np.log(raw) if least > 0 else raw
    return column, raw, float(np.nanmax(column, initial=-np.inf) - np.nanmin(column, initial=np.inf))


def _codes(texts: pd.Series, values: tuple[str, ...]) -> Floats:
    """The place of each text among the values; NaN where it has none."""
    places = {value: float(place) for place, value in enumerate(values)}
    return np.array([places.get(text, np.nan) for text in texts], np.float64)
