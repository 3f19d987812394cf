"""What the same cities came to meet and no longer meet, criterion by criterion, and which of it is more than chance."""

import numpy as np
import pandas as pd

from lib.queries.change import criterion_change
from lib.queries.crosswalk import Against, shared_gains
from lib.selection import MINIMUM_N, Selection
from lib.stats.testing import benjamini_hochberg, mcnemar_exact
from lib.warehouse import Warehouse


def criterion_gains(warehouse: Warehouse, selection: Selection, against: Against | None = None) -> pd.DataFrame:
    """One row per criterion that can be compared, in the standard's order, for the cities that answered it in both.

    criterion_id, short_name, text, area_id, area, n (those cities), gained, lost, net (gained − lost), p (exact
    McNemar; null under the minimum n), q (p adjusted by Benjamini–Hochberg over all of them). Across standards also
    relation and other_criterion. Without `against`: the selection's own compared cycle.
    """
    return warehouse.computed(_gains, selection, against)


def _gains(warehouse: Warehouse, selection: Selection, against: Against | None) -> pd.DataFrame:
    if against is None or against.standard == selection.standard:
        data = criterion_change(warehouse, selection)
    else:
        data = shared_gains(warehouse, selection, against)
    p = np.where(data["n"] >= MINIMUM_N, mcnemar_exact(data["gained"], data["lost"]), np.nan)
    return data.assign(net=data["gained"] - data["lost"], p=p, q=benjamini_hochberg(p))
