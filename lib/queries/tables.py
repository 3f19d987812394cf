"""The tables researchers take away: rows of the selection, with the columns and names of the database.

Every table begins with standard_id, cycle, stage; tables about cities go on with city_id, city (its name), the city's
attributes and, where segments are compared, the segments it is in. Order is by city, then in the standard's order, so
that the same question gives the same bytes. Where a figure may be empty for more than one reason, a column that ends in
`_status` says why, row by row: given, suppressed (fewer than the minimum), not_answered, not_applicable.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from lib.queries.cohort import ask, question
from lib.queries.criterion_tables import CRITERION_RATES, PANEL_CHANGES, PUBLIC_RATES
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


SHARE_STATUS = (
    "case when area_scores.answered > 0 then 'given' when area_scores.asked > 0 then 'not_answered'"
    " else 'not_applicable' end"
)
"""Why a share is empty."""

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
    area_scores.share,
    {share_status} as share_status
from area_scores
join city using (city_id)
join area using (standard_id, area_id)
""".replace("{share_status}", SHARE_STATUS),
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
    city_scores.boundary_note,
    if(city_scores.score is null, 'not_answered', 'given') as score_status
from city_scores
join city using (city_id)
join assessment using (standard_id, city_id, cycle, stage)
""",
    "enum_code(city_scores.city_id)",
    "city_scores.city_id",
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

TABLES: Mapping[str, Rows] = {
    "responses": RESPONSES,
    "area_scores": AREA_SCORES,
    "family_scores": FAMILY_SCORES,
    "city_scores": CITY_SCORES,
    "criterion_rates": Rows(CRITERION_RATES, "criterion.position"),
    "cities": CITIES,
    "panel_changes": Rows(PANEL_CHANGES, "criterion.position"),
    "public_rates": Rows(PUBLIC_RATES, "criterion.position"),
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
