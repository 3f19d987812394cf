"""The tables researchers take away: rows of the selection, with the columns and names of the database.

Every table begins with standard_id, cycle, stage; tables about cities go on with city_id, city (its name) and the
city's attributes. Order is by city, then in the standard's order, so that the same question gives the same bytes.
"""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from lib.queries.cohort import ask, question
from lib.queries.families import FAMILIES, of
from lib.selection import Selection
from lib.warehouse import Warehouse

_RESPONSES = """
select
    answers.standard_id,
    answers.cycle,
    answers.stage,
    answers.city_id,
    city.name as city,
    city.* exclude (city_id, name),
    criterion.area_id,
    area.name as area,
    answers.criterion_id,
    criterion.short_name,
    answers.status,
    answers.credit,
    answers.evidence,
    answers.updated_at,
    answers.source_id,
    answers.row
from answers
join city using (city_id)
join criterion using (standard_id, criterion_id)
join area using (standard_id, area_id)
order by enum_code(answers.city_id), criterion.position
limit $limit
"""

_AREA_SCORES = """
select
    area_scores.standard_id,
    area_scores.cycle,
    area_scores.stage,
    area_scores.city_id,
    city.name as city,
    city.* exclude (city_id, name),
    area_scores.area_id,
    area.name as area,
    area_scores.met,
    area_scores.answered,
    area_scores.asked,
    area_scores.share
from area_scores
join city using (city_id)
join area using (standard_id, area_id)
order by enum_code(area_scores.city_id), area.position
limit $limit
"""

_FAMILY_SCORES = of(FAMILIES, _AREA_SCORES)

_CITY_SCORES = """
select
    city_scores.standard_id,
    city_scores.cycle,
    city_scores.stage,
    city_scores.city_id,
    city.name as city,
    city.* exclude (city_id, name),
    assessment.participation,
    assessment.submitted_at,
    city_scores.met,
    city_scores.answered,
    city_scores.asked,
    city_scores.score,
    city_scores.share,
    city_scores.level,
    city_scores.level_position,
    city_scores.next_level,
    city_scores.to_next,
    city_scores.boundary_note
from city_scores
join city using (city_id)
join assessment using (standard_id, city_id, cycle, stage)
order by enum_code(city_scores.city_id)
limit $limit
"""

_CRITERION_RATES = """
select
    criterion.standard_id,
    $cycle as cycle,
    $stage as stage,
    criterion.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    coalesce(met, 0) as met,
    coalesce(answered, 0) as answered,
    (select count(*) from cohort) - coalesce(not_applicable, 0) as asked,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high
from criterion
join area using (standard_id, area_id)
left join counted using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and exists (from cohort)
order by criterion.position
limit $limit
"""

_COUNTS = """
select
    (select count(*) from answers) as responses,
    (select count(*) from area_scores) as area_scores,
    (select count(*) from family_scores) as family_scores,
    (select count(*) from city_scores) as city_scores,
    (
        select count(*)
        from criterion
        where standard_id = try_cast($standard as standard_id) and exists (from cohort)
    ) as criterion_rates
"""

EXPORTS: Mapping[str, str] = {
    "responses": _RESPONSES,
    "area_scores": _AREA_SCORES,
    "family_scores": _FAMILY_SCORES,
    "city_scores": _CITY_SCORES,
    "criterion_rates": _CRITERION_RATES,
}


def responses(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and criterion that was asked: the answer, its credit and its evidence."""
    return ask(warehouse, selection, _RESPONSES, limit=limit)


def area_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and practice area: criteria met, answered and asked, and the share."""
    return ask(warehouse, selection, _AREA_SCORES, limit=limit)


def family_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and family: criteria met, answered and asked, and the share."""
    return ask(warehouse, selection, _FAMILY_SCORES, limit=limit)


def city_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city: its score, its level, and how far the next one is."""
    return ask(warehouse, selection, _CITY_SCORES, limit=limit)


def criterion_rates(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per criterion over the selected cities; pass_rate, low and high are null under the minimum n."""
    return ask(warehouse, selection, _CRITERION_RATES, limit=limit)


def rows_as_arrow(warehouse: Warehouse, selection: Selection, name: str, limit: int | None = None) -> pa.Table:
    """The rows of the export `name` (a key of EXPORTS) as an Arrow table, for files; not remembered."""
    return warehouse.arrow(*question(selection, EXPORTS[name], {"limit": limit}))


def row_counts(warehouse: Warehouse, selection: Selection) -> dict[str, int]:
    """Rows of each export for this selection, by name."""
    counts = ask(warehouse, selection, _COUNTS).iloc[0]
    return {name: int(counts[name]) for name in EXPORTS}
