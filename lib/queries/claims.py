"""What cities say of themselves against what was validated: the same cities, the same cycle, the same criteria."""

import numpy as np
import pandas as pd

from lib.queries.answers import Flags, answers_at
from lib.queries.cohort import ask
from lib.queries.criteria import criterion_rates
from lib.selection import MINIMUM_N, Selection
from lib.stats.intervals import newcombe_paired
from lib.stats.testing import benjamini_hochberg, mcnemar_exact
from lib.warehouse import Warehouse

STAGES = ("self_reported", "validated")
_ABOUT = ["criterion_id", "short_name", "text", "area_id", "area"]
_CITIES = """
select
    enum_code(city.city_id) as code,
    city.city_id,
    city.name,
    any_value(coalesce(level, $no_level)) filter (stage = 'self_reported') as said_level,
    any_value(coalesce(level, $no_level)) filter (stage = 'validated') as held_level
from city_score
join city using (city_id)
where standard_id = try_cast($standard as standard_id)
    and cycle = try_cast($cycle as cycle_label)
    and city.city_id in (select city_id from cohort)
group by all
order by strip_accents(lower(any_value(city.name))), code
"""


def claims_by_criterion(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion in the standard's order; none where no city answered any at both stages.

    criterion_id, short_name, text, area_id, area, n (cities that answered it at both stages of the cycle), both_met,
    overclaimed (met by their own word, not when validated), underclaimed (the other way round), said_rate, held_rate,
    gap = said_rate − held_rate with low and high (Newcombe for pairs, 95 %), p (exact McNemar), q
    (Benjamini–Hochberg over all criteria). Rates, gap and p are null under the minimum n.
    """
    return warehouse.computed(_by_criterion, selection)


def claims_by_city(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per city with an answer at both stages, those that claimed most beyond what was validated first.

    city_id, name, n (criteria answered at both stages), said, held (of them met by its own word, and validated),
    overclaimed, underclaimed, said_level, held_level ('No level' below the first).
    """
    return warehouse.computed(_by_city, selection)


def _by_criterion(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    about = criterion_rates(warehouse, selection)[_ABOUT]
    n, both, over, under = (cells[:, : len(about)].sum(axis=0) for cells in _paired(warehouse, selection))
    enough = np.where(n >= MINIMUM_N, 1.0, np.nan)
    gap, low, high = newcombe_paired(both, over, under, n - both - over - under)
    p = mcnemar_exact(over, under) * enough
    data = about.assign(
        n=n,
        both_met=both,
        overclaimed=over,
        underclaimed=under,
        said_rate=(both + over) / np.maximum(n, 1) * enough,
        held_rate=(both + under) / np.maximum(n, 1) * enough,
        gap=gap * enough,
        low=low * enough,
        high=high * enough,
        p=p,
        q=benjamini_hochberg(p),
    )
    return data if n.any() else data.iloc[:0]


def _by_city(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    said, _ = answers_at(warehouse, selection, *STAGES)
    n, both, over, under = (cells.sum(axis=1) for cells in _paired(warehouse, selection))
    counts = pd.DataFrame(
        {"n": n, "said": both + over, "held": both + under, "overclaimed": over, "underclaimed": under}, said.city
    )
    cities = ask(warehouse, selection, _CITIES).set_index("code").join(counts[counts["n"] > 0], how="inner")
    net = cities["overclaimed"] - cities["underclaimed"]
    order = np.lexsort((np.arange(len(cities)), -cities["overclaimed"], -net))
    return cities.iloc[order].reset_index(drop=True)


def _paired(warehouse: Warehouse, selection: Selection) -> tuple[Flags, Flags, Flags, Flags]:
    """Cities × criteria: answered at both stages, and of those met at both, only by its own word, only validated."""
    said, held = answers_at(warehouse, selection, *STAGES)
    asked = said.answered & held.answered
    both, over, under = said.met & held.met, said.met & ~held.met, ~said.met & held.met
    return asked, asked & both, asked & over, asked & under
