"""One city beside a few others, or groups of them, as statements of their own."""

from collections.abc import Collection

from lib.peers import PICKED, Peers
from lib.queries import shown
from lib.queries.compare import compared_criteria
from lib.queries.literal import literal
from lib.queries.peers_sql import areas_sql, asked_of, rates_steps
from lib.selection import Selection
from lib.warehouse import Warehouse

_AREAS = """select
    area_id,
    area,
    who,
    count(*) filter (status = 'met') as met,
    count(*) filter (status <> 'not_applicable') as asked,
    if(count(*) filter (status not in ('not_applicable', 'not_answered')) > 0, met / asked, null) as share
from (
{answers}
)
group by all
order by area_id, who"""


def compared_sql(
    warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...], criteria: Collection[str]
) -> str:
    """Of these criteria: the answers of whoever is compared, or how many of a group meet each."""
    groups = [
        f"select {literal(group)} as who, *\nfrom (\n{_rates(warehouse, selection, city, group)}\n)"
        for group in (others if warehouse.limited else ())
    ]
    return shown.only(shown.below(_answers(warehouse, selection, city, others), *groups), "criterion_id", criteria)


def compared_areas_sql(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> str:
    """The rows of `compared_areas`; of a group the median of its members."""
    groups = [
        f"select {literal(group)} as who, area_id, median as met\n"
        f"from (\n{areas_sql(warehouse, selection, city, _members(group))}\n)"
        for group in (others if warehouse.limited else ())
    ]
    return shown.below(_AREAS.format(answers=_answers(warehouse, selection, city, others)), *groups)


def _answers(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> str:
    return shown.behind(compared_criteria, warehouse, selection, city, others)


def _rates(warehouse: Warehouse, selection: Selection, city: str, group: str) -> str:
    steps = rates_steps(warehouse, selection, city, _members(group))
    return asked_of(warehouse, selection, f"{steps}\nfrom rates", city)


def _members(group: str) -> Peers:
    return Peers(PICKED, picked=(group,))
