"""What changed since the compared cycle: for the same cities (the panel), apart from the whole cohort's change."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.stats.paired import mean_interval
from lib.warehouse import Warehouse

_AREA_CHANGE = """
with each as (
    select
        area_id,
        city_id,
        any_value(share) filter (cycle = try_cast($cycle as cycle_label)) as share_now,
        any_value(share) filter (cycle = try_cast($versus as cycle_label)) as share_before
    from (from area_scores union all from area_scores_before)
    group by area_id, city_id
),
shares as (
    select
        area_id,
        count(share_now) as cities_now,
        count(share_before) as cities_before,
        count(share_now - share_before) as panel,
        if(cities_now >= $minimum, avg(share_now), null) as cohort_now,
        if(cities_before >= $minimum, avg(share_before), null) as cohort_before,
        if(panel >= $minimum, avg(share_now) filter (share_before is not null), null) as panel_now,
        if(panel >= $minimum, avg(share_before) filter (share_now is not null), null) as panel_before,
        if(panel >= $minimum, stddev_samp(share_now - share_before), null) as panel_deviation
    from each
    group by area_id
)
select
    area.area_id,
    area.name as area,
    coalesce(panel, 0) as panel,
    panel_now,
    panel_before,
    panel_now - panel_before as panel_change,
    panel_deviation,
    cohort_now,
    cohort_before,
    cohort_now - cohort_before as cohort_change,
    coalesce(cities_now, 0) as cities_now,
    coalesce(cities_before, 0) as cities_before
from area
left join shares using (area_id)
where area.standard_id = try_cast($standard as standard_id)
order by area.position
"""

_CRITERION_CHANGE = """
with same as (
    select
        criterion_id,
        count(*) as n,
        count(*) filter (current.status = 'met') as met_now,
        count(*) filter (earlier.status = 'met') as met_before,
        count(*) filter (current.status = 'met' and earlier.status <> 'met') as gained,
        count(*) filter (current.status <> 'met' and earlier.status = 'met') as lost
    from answers as current
    join answers_before as earlier using (city_id, criterion_id)
    where current.credit is not null and earlier.credit is not null
    group by criterion_id
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    coalesce(n, 0) as n,
    coalesce(gained, 0) as gained,
    coalesce(lost, 0) as lost,
    if(n >= $minimum, met_now / n, null) as now_rate,
    if(n >= $minimum, met_before / n, null) as before_rate,
    if(n >= $minimum, (gained - lost) / n, null) as change
from criterion
join area using (standard_id, area_id)
left join same using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
"""


def area_change(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per area, in the standard's order, also where nothing can be compared.

    Same cities: panel (cities scored in the area in both cycles), panel_now, panel_before, panel_change (means of their
    shares) with panel_low and panel_high (its 95 % interval, paired t). Whole cohort: cohort_now, cohort_before,
    cohort_change, cities_now, cities_before. Shares under the minimum number of cities are null.
    """
    data = ask(warehouse, selection, _AREA_CHANGE)
    low, high = mean_interval(data["panel_change"], data.pop("panel_deviation"), data["panel"])
    return data.assign(panel_low=low, panel_high=high)


def criterion_change(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion for the cities that answered it in both cycles, in the standard's order.

    criterion_id, short_name, text, area_id, area, n (those cities), gained, lost (cities that came to meet it, or no
    longer do), now_rate, before_rate, change (null under the minimum n).
    """
    return ask(warehouse, selection, _CRITERION_CHANGE)
