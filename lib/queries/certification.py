"""Published certifications of one city: public facts, apart from what its answers say."""

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


def has_certifications(warehouse: Warehouse) -> bool:
    """Was a list of certifications ever loaded? Without one nobody is certified."""
    return not warehouse.fetch("select 1 from duckdb_tables() where table_name = 'certification'").empty


def city_certifications(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """One row per cycle in which the city was certified under the standard: cycle, level, announced_on."""
    if not has_certifications(warehouse):
        return pd.DataFrame({"cycle": [], "level": [], "announced_on": []}, dtype=str)
    return ask(warehouse, selection, _OWN, city=city)
