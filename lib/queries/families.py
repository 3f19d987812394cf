"""Questions about practice areas, asked of the families that run across them.

A family is to its criteria what an area is, but for one thing: a criterion may be in several families, or in none.
So the same question serves both, with other tables in it.
"""

import re
from functools import cache

import pandas as pd

from lib.standard import Standard

AREAS, FAMILIES = "areas", "families"

_AREA = re.compile(r"\b(paged_)?area(?=(_id|_scores?|_scores_before)?\b)")
_OWN_CRITERIA = "join criterion using (standard_id)"
_FAMILY_CRITERIA = (
    "join (from family_criterion join criterion using (standard_id, criterion_id)) as criterion using (standard_id)"
)


def of(columns: str, sql: str) -> str:
    """The question itself, or, where `columns` is 'families', the same one about families."""
    return _of_families(sql) if columns == FAMILIES else sql


def as_areas(grid: pd.DataFrame) -> pd.DataFrame:
    """The answer with family_id and family under the names that every grid has: area_id and area."""
    return grid.rename(columns={"family_id": "area_id", "family": "area"})


def criteria_of(standard: Standard, part: str | None) -> tuple[str, ...]:
    """Ids of the criteria of one area or one family, by its id; all for None, none for an id that it does not know."""
    if part is None:
        return tuple(criterion.id for criterion in standard.criteria)
    areas = {area.id: tuple(criterion.id for criterion in area.criteria) for area in standard.areas}
    return (areas | {family.id: family.criteria for family in standard.families}).get(part, ())


@cache
def _of_families(sql: str) -> str:
    return _AREA.sub(r"\1family", sql).replace(_OWN_CRITERIA, _FAMILY_CRITERIA)
