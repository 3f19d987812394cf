"""Published certifications: public facts, apart from what anybody's answers say."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.warehouse import Warehouse

_OWN = """
select cycle::text as cycle, level::text as level, announced_on
from certification
where city_id::text = $city and standard_id = try_cast($standard as standard_id)
order by cycle
"""
_LISTED = """
select
    certification.city_id::text as city_id,
    {name} as name,
    certification.cycle::text as cycle,
    certification.level::text as level,
    level.position as level_position,
    announced_on,
    row_number() over (partition by certification.city_id order by certification.cycle desc) = 1 as latest
from certification
left join level on level.standard_id = certification.standard_id and level.level = certification.level::text
{joined}
where certification.standard_id = try_cast($standard as standard_id)
order by certification.cycle desc, strip_accents(lower(name)), certification.city_id
"""
# Only the programme's own database knows names from a table of cities, and every attribute.
_WHOLE = _LISTED.format(
    name="coalesce(city.name, certification.city_id::text)", joined="left join city using (city_id)"
)
_VIEW = _LISTED.format(name="certification.name", joined="")
_ATTRIBUTES = """
select city_id, attribute_id, name, value
from certified_attribute
where list_contains($told::text[], attribute_id)
order by position, city_id
"""
_WHOLE_ATTRIBUTES = """
select city_id::text as city_id, attribute_id, attribute.name, value::text as value
from city_attribute
join attribute using (attribute_id)
where list_contains($told::text[], attribute_id) and city_id in (select city_id from certification)
order by attribute.position, city_attribute.city_id
"""


def has_certifications(warehouse: Warehouse) -> bool:
    """Was a list of certifications ever loaded? Without one nobody is certified."""
    return warehouse.once(_has, "certification")


def city_certifications(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """One row per cycle in which the city was certified under the standard: cycle, level, announced_on."""
    if not has_certifications(warehouse):
        return pd.DataFrame({"cycle": [], "level": [], "announced_on": []}, dtype=str)
    return ask(warehouse, selection, _OWN, city=city)


def certified_cities(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per published certification under the standard, the latest cycle first, then by name.

    city_id, name, cycle, level, level_position, announced_on (null when not told), and whether it is the city's latest.
    """
    if not has_certifications(warehouse):
        return pd.DataFrame(columns=["city_id", "name", "cycle", "level", "level_position", "announced_on", "latest"])
    return ask(warehouse, selection, _VIEW if warehouse.once(_has, "certified_attribute") else _WHOLE)


def certified_attributes(warehouse: Warehouse, told: tuple[str, ...]) -> pd.DataFrame:
    """One row per certified city and attribute of `told` (ids): city_id, attribute_id, name, value."""
    if not has_certifications(warehouse):
        return pd.DataFrame(columns=["city_id", "attribute_id", "name", "value"])
    known = _ATTRIBUTES if warehouse.once(_has, "certified_attribute") else _WHOLE_ATTRIBUTES
    return warehouse.fetch(known, {"told": told})


def _has(warehouse: Warehouse, table: str) -> bool:
    return not warehouse.fetch("select 1 from duckdb_tables() where table_name = $table", {"table": table}).empty
