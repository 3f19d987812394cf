"""Pass rates of one group of cities against another, criterion by criterion."""

import numpy as np
import pandas as pd

from lib.queries.areas import UNKNOWN
from lib.queries.criteria import criterion_rates_by
from lib.selection import MINIMUM_N, Selection
from lib.stats.intervals import fisher_exact, newcombe
from lib.stats.testing import benjamini_hochberg
from lib.warehouse import Warehouse

_SHOWN = ["criterion_id", "short_name", "text", "area_id", "area"]


def groups_of(warehouse: Warehouse, selection: Selection, attribute_id: str) -> dict[str, int]:
    """The values of an attribute that occur in the cohort, in their published order, with their numbers of cities.

    Cities without a value are no group.
    """
    rates = criterion_rates_by(warehouse, selection, attribute_id).drop_duplicates("group")
    known = rates[rates["group"] != UNKNOWN]
    return dict(zip(known["group"], known["group_cities"].astype(int), strict=True))


def group_differences(
    warehouse: Warehouse, selection: Selection, attribute_id: str, group: str, against: str | None = None
) -> pd.DataFrame:
    """One row per criterion, largest difference first, those with too few answers last.

    criterion_id, short_name, text, area_id, area, met, answered, pass_rate (of the group), other_met, other_answered,
    other_rate (of the group `against`, or of all others whose value is known), difference with low and high (Newcombe
    95 %), p (Fisher), q (Benjamini–Hochberg over all criteria). Null where either has fewer answers than the minimum.
    """
    return warehouse.computed(_differences, selection, attribute_id, group, against)


def _differences(
    warehouse: Warehouse, selection: Selection, attribute_id: str, group: str, against: str | None
) -> pd.DataFrame:
    rates = criterion_rates_by(warehouse, selection, attribute_id)
    own = rates[rates["group"] == group]
    other = rates[rates["group"] == against] if against else rates[~rates["group"].isin([group, UNKNOWN])]
    sums = other.groupby("criterion_id")[["met", "answered"]].sum().reindex(own["criterion_id"]).fillna(0)
    counts = own[["met", "answered"]].to_numpy().T, sums.to_numpy().T
    enough = (counts[0][1] >= MINIMUM_N) & (counts[1][1] >= MINIMUM_N)
    difference, low, high = (np.where(enough, ends, np.nan) for ends in newcombe(*counts[0], *counts[1]))
    p = np.where(enough, fisher_exact(*counts[0], *counts[1]), np.nan)
    data = own[[*_SHOWN, "met", "answered", "pass_rate"]].assign(
        other_met=counts[1][0],
        other_answered=counts[1][1],
        other_rate=np.where(counts[1][1] >= MINIMUM_N, counts[1][0] / np.maximum(counts[1][1], 1), np.nan),
        difference=difference,
        low=low,
        high=high,
        p=p,
        q=benjamini_hochberg(p),
    )
    by_size = data["difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    return data.loc[by_size].reset_index(drop=True)
