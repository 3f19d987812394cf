"""The tables researchers take away: rows of the selection, with the columns and names of the database.

Every table begins with standard_id, cycle, stage; tables about cities go on with city_id, city (its name), the city's
attributes and, where segments are compared, the segments it is in. Order is by city, then in the standard's order, so
that the same question gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from lib.queries.cohort import ask, question
from lib.queries.families import FAMILIES, of
from lib.selection import Selection
from lib.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's select without its end, what it is ordered by, and where it is about cities, the city's column."""

    select: str
    order: str
    city: str = ""

    @property
    def sql(self) -> str:
        """The whole question; it binds `limit` (null = all rows) and `offset`."""
        return f"{self.select.strip()}\norder by {self.order}\nlimit $limit offset $offset"


RESPONSES = Rows(
    """
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
""",
    "enum_code(answers.city_id), criterion.position",
    "answers.city_id",
)

AREA_SCORES = Rows(
    """
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
""",
    "enum_code(area_scores.city_id), area.position",
    "area_scores.city_id",
)

FAMILY_SCORES = Rows(*(of(FAMILIES, text) for text in (AREA_SCORES.select, AREA_SCORES.order, AREA_SCORES.city)))

CITY_SCORES = Rows(
    """
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
""",
    "enum_code(city_scores.city_id)",
    "city_scores.city_id",
)

CRITERION_RATES = Rows(
    """
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
""",
    "criterion.position",
)

CITIES = Rows(
    """
select
    assessment.standard_id,
    assessment.cycle,
    assessment.stage,
    cohort.city_id,
    city.name as city,
    city.* exclude (city_id, name),
    assessment.participation,
    assessment.submitted_at
from cohort
join city using (city_id)
join assessment
    on assessment.city_id = cohort.city_id
    and assessment.standard_id = try_cast($standard as standard_id)
    and assessment.cycle = try_cast($cycle as cycle_label)
    and assessment.stage = try_cast($stage as stage)
""",
    "enum_code(cohort.city_id)",
    "cohort.city_id",
)

PANEL_CHANGES = Rows(
    """
with same as (
    select
        criterion_id,
        count(*) as n,
        count(*) filter (current.status = 'met' and earlier.status = 'met') as kept,
        count(*) filter (current.status = 'met' and earlier.status <> 'met') as gained,
        count(*) filter (current.status <> 'met' and earlier.status = 'met') as lost
    from answers as current
    join answers_before as earlier using (city_id, criterion_id)
    where current.credit is not null and earlier.credit is not null
    group by criterion_id
)
select
    criterion.standard_id,
    $cycle as cycle,
    $stage as stage,
    $versus as versus,
    criterion.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    coalesce(n, 0) as panel,
    if(n >= $minimum, kept, null) as kept,
    if(n >= $minimum, gained, null) as gained,
    if(n >= $minimum, lost, null) as lost,
    if(n >= $minimum, (kept + lost) / n, null) as rate_before,
    if(n >= $minimum, (kept + gained) / n, null) as rate_now,
    if(n >= $minimum, (gained - lost) / n, null) as change
from criterion
join area using (standard_id, area_id)
left join same using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and $versus is not null and exists (from cohort)
""",
    "criterion.position",
)

TABLES: Mapping[str, Rows] = {
    "responses": RESPONSES,
    "area_scores": AREA_SCORES,
    "family_scores": FAMILY_SCORES,
    "city_scores": CITY_SCORES,
    "criterion_rates": CRITERION_RATES,
    "cities": CITIES,
    "panel_changes": PANEL_CHANGES,
}
EXPORTS: Mapping[str, str] = {name: rows.sql for name, rows in TABLES.items()}


def responses(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and criterion that was asked: the answer, its credit and its evidence."""
    return _rows(warehouse, selection, "responses", limit)


def area_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and practice area: criteria met, answered and asked, and the share."""
    return _rows(warehouse, selection, "area_scores", limit)


def family_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city and family: criteria met, answered and asked, and the share."""
    return _rows(warehouse, selection, "family_scores", limit)


def city_scores(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per city: its score, its level, and how far the next one is."""
    return _rows(warehouse, selection, "city_scores", limit)


def criterion_rates(warehouse: Warehouse, selection: Selection, limit: int | None = None) -> pd.DataFrame:
    """One row per criterion over the selected cities; pass_rate, low and high are null under the minimum n."""
    return _rows(warehouse, selection, "criterion_rates", limit)


def rows_as_arrow(warehouse: Warehouse, selection: Selection, name: str, limit: int | None = None) -> pa.Table:
    """The rows of the export `name` (a key of EXPORTS) as an Arrow table, for files; not remembered."""
    return warehouse.arrow(
        *question(selection, EXPORTS[name], {"limit": limit, "offset": 0, "minimum": warehouse.minimum_n})
    )


def _rows(warehouse: Warehouse, selection: Selection, name: str, limit: int | None) -> pd.DataFrame:
    return ask(warehouse, selection, EXPORTS[name], limit=limit, offset=0)
