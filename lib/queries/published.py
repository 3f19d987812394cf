"""What the public is told of all cities together: rates of at least ten answers, bounds where nearly all are alike.

Everything here is worked out from the published rates alone, so nothing that they keep back can be got out of it.
"""

import numpy as np
import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.stats.intervals import newcombe
from lib.warehouse import Warehouse

_TOLD = """
with told as (
    select *
    from criterion_rate
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
),
current as (from told where cycle = try_cast($cycle as cycle_label)),
earlier as (from told where cycle = try_cast($versus as cycle_label)),
rates as (
    select
        criterion.position,
        criterion.criterion_id,
        criterion.short_name,
        criterion.text,
        area.position as area_position,
        area.area_id,
        area.name as area,
        current.met_low,
        current.met_high,
        current.answered,
        current.asked,
        current.pass_rate,
        current.low,
        current.high,
        earlier.met_low as versus_low,
        earlier.met_high as versus_high,
        earlier.answered as versus_answered
    from criterion
    join area using (standard_id, area_id)
    left join current using (criterion_id)
    left join earlier using (criterion_id)
    where criterion.standard_id = try_cast($standard as standard_id) and exists (from current)
)
"""
_CRITERIA = (
    _TOLD
    + """
select
    * exclude (position, area_position),
    met_low / answered as rate_low,
    met_high / answered as rate_high,
    answered as cities,
    versus_low / versus_answered as versus_rate_low,
    versus_high / versus_answered as versus_rate_high,
    versus_answered as versus_cities
from rates
order by position
"""
)
# A share of an area's criteria lies between none and all, so it varies no more among cities than one yes or no does:
# counting each city once, and no more cities than answered every criterion, gives the widest interval there can be.
_AREAS = (
    _TOLD
    + """,
sums as (
    select
        area_position,
        area_id,
        area,
        count(answered) as criteria,
        count(*) as of,
        sum(met_low)::bigint as met_low,
        sum(met_high)::bigint as met_high,
        sum(answered)::bigint as answered,
        min(answered) as cities,
        bool_and((answered is null) = (versus_answered is null)) as same,
        sum(versus_low) / sum(versus_answered) as versus_rate_low,
        sum(versus_high) / sum(versus_answered) as versus_rate_high,
        min(versus_answered) as versus_cities
    from rates
    group by all
)
select
    area_id,
    area,
    criteria,
    of,
    met_low,
    met_high,
    answered,
    cities,
    met_low / answered as rate_low,
    met_high / answered as rate_high,
    wilson_low(rate_low * cities, cities) as low,
    wilson_high(rate_high * cities, cities) as high,
    if(same, versus_rate_low, null) as versus_rate_low,
    if(same, versus_rate_high, null) as versus_rate_high,
    if(same, versus_cities, null) as versus_cities
from sums
where answered > 0
order by area_position
"""
)


def published_rates(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion, in the standard's order; no rows where the cycle has no published rate.

    criterion_id, short_name, text, area_id, area; asked, answered (null under the minimum); met_low and met_high, with
    rate_low and rate_high: equal where the count is told; pass_rate (null where only bounds are told); low and high,
    its 95 % interval; the compared cycle's versus_answered, versus_rate_low, versus_rate_high; and the change:
    change_least and change_most with change_low, change_high, the 95 % interval of two groups that share nobody.
    """
    return _with_change(ask(warehouse, selection, _CRITERIA))


def published_areas(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per practice area, all answers to its criteria together, in the columns of `published_rates`.

    criteria (with a rate) of all (`of`); cities: the fewest that answered one of them. Changes only where the same
    criteria have a rate in both cycles.
    """
    return _with_change(ask(warehouse, selection, _AREAS))


def _with_change(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = ("rate_low", "rate_high", "cities", "versus_rate_low", "versus_rate_high", "versus_cities")
    low, high, n, low_before, high_before, n_before = (rows[name].to_numpy(np.float64) for name in numbers)
    least, change_low, _ = newcombe(low * n, n, high_before * n_before, n_before)
    most, _, change_high = newcombe(high * n, n, low_before * n_before, n_before)
    return rows.assign(change_least=least, change_most=most, change_low=change_low, change_high=change_high)
