"""Who is certified, with what everybody may know of them, as statements of their own."""

from lib.queries import shown
from lib.queries.certification import certified_attributes, certified_cities
from lib.queries.literal import literal
from lib.selection import Selection
from lib.warehouse import Warehouse

_LISTED = """with listed as (
{cities}
),
told as (
{attributes}
)
select
    name,{columns}
    level,
    cycle,
    announced_on,
    latest
from listed{only}
order by cycle desc, strip_accents(lower(name))"""
_VALUE = (
    "\n    (select any_value(value) from told where told.city_id = listed.city_id and attribute_id = {id}) as {name},"
)
_BY = """with listed as (
{cities}
),
told as (
{attributes}
)
select {group} as "group", level, count(*) as certifications
from listed
left join told on told.city_id = listed.city_id and attribute_id = {id}{only}
group by all
order by all"""


def certified_sql(warehouse: Warehouse, selection: Selection, told: tuple[str, ...], *, every: bool) -> str:
    """One row per certification, or per city's latest. `told`: ids of attributes that everybody may know."""
    columns = "".join(_VALUE.format(id=literal(id_), name=_quoted(id_)) for id_ in told)
    return _LISTED.format(columns=columns, only=_only(every=every), **_steps(warehouse, selection, told))


def certified_by_sql(
    warehouse: Warehouse, selection: Selection, told: tuple[str, ...], attribute: str, *, every: bool
) -> str:
    """How many with each level, by an attribute, or by cycle where none of `told` is asked for."""
    group = "coalesce(told.value, 'Unknown')" if attribute in told else "cycle"
    steps = _steps(warehouse, selection, told)
    return _BY.format(group=group, id=literal(attribute), only=_only(every=every), **steps)


def _steps(warehouse: Warehouse, selection: Selection, told: tuple[str, ...]) -> dict[str, str]:
    cities = shown.behind(certified_cities, warehouse, selection)
    return {"cities": cities, "attributes": shown.behind(certified_attributes, warehouse, told)}


def _only(*, every: bool) -> str:
    return "" if every else "\nwhere latest"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
