"""Practice areas of the cohort, as grids for the heatmap.

Every grid has one row per (row, area): row_id, row_label, area_id, area, met, asked, answered, share, cities, pinned.
`share` of a group of cities is the mean of the cities' shares, so each city counts once; it is null under the minimum
number of cities. `cities` counts those that answered something in the area; `met` and `asked` add up their criteria.
Rows of groups also have `members`, the cities of the group whether they answered or not (null for a single city), and
low, high: the 95 % t interval of the mean, null where the share is, or where all shares are equal; median: of shares.

With `columns="families"` every grid has families in place of areas, under the same names.
"""

import pandas as pd

from lib.queries.cohort import ask, one_page
from lib.queries.families import AREAS, as_areas, of
from lib.selection import Selection
from lib.stats.means import share_interval
from lib.warehouse import Warehouse

UNKNOWN = "Unknown"

MEASURES = """
        coalesce(sum(met) filter (share is not null), 0)::bigint as met,
        coalesce(sum(asked) filter (share is not null), 0)::bigint as asked,
        sum(answered)::bigint as answered,
        if(count(share) >= $minimum, avg(share), null) as share,
        count(share) as cities,
        count(*) as members,
        if(count(share) >= $minimum, median(share), null) as median,
        if(count(share) >= $minimum, stddev_samp(share), null) as spread"""

_BY_CYCLE = """
with grouped as (
    select
        cycle,
        area_id,
        {measures}
    from area_score
    join members using (cycle, city_id)
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
    group by cycle, area_id
)
select
    cycle as row_id,
    cycle as row_label,
    area.area_id,
    area.name as area,
    met,
    asked,
    answered,
    share,
    cities,
    members,
    median,
    spread,
    cycle = try_cast($cycle as cycle_label) as pinned
from grouped
join area using (area_id)
where area.standard_id = try_cast($standard as standard_id)
order by cycle, area.position
""".replace("{measures}", MEASURES)

_BY_ATTRIBUTE = """
with valued as (
    select city_id, value from city_attribute where attribute_id = $attribute
),
grouped as (
    select
        valued.value,
        area_id,
        {measures},
        grouping(valued.value) = 1 as pinned
    from area_scores
    left join valued using (city_id)
    group by grouping sets ((valued.value, area_id), (area_id))
)
select
    if(pinned, 'cohort', coalesce(value::text, $unknown)) as row_id,
    if(pinned, $cohort, row_id) as row_label,
    area.area_id,
    area.name as area,
    met,
    asked,
    answered,
    share,
    cities,
    members,
    median,
    spread,
    pinned
from grouped
join area using (area_id)
where area.standard_id = try_cast($standard as standard_id)
order by pinned desc, enum_code(value) nulls last, area.position
""".replace("{measures}", MEASURES)

# Apart from the page, so that turning it or sorting it anew does not ask for the cohort again.
_COHORT_ROW = """
with grouped as (
    select
        area_id,
        {measures}
    from area_scores
    group by area_id
)
select
    'cohort' as row_id,
    $cohort as row_label,
    area.area_id,
    area.name as area,
    met,
    asked,
    answered,
    share,
    cities,
    members,
    median,
    spread,
    true as pinned,
    null::text as ticks,
    null::double as score,
    null::text as level,
    members as of
from grouped
join area using (area_id)
where area.standard_id = try_cast($standard as standard_id)
order by area.position
""".replace("{measures}", MEASURES)

_CITY_ROWS = """
with ticked as (
    select
        paged.city_id,
        criterion.area_id,
        string_agg(
            case coalesce(paged_answers.status, 'not_answered'::status)
                when 'met' then '1'
                when 'partly_met' then '~'
                when 'not_met' then '0'
                when 'not_applicable' then '-'
                when 'blocked' then 'x'
                else '.'
            end,
            '' order by criterion.position
        ) as ticks
    from paged
    join criterion using (standard_id)
    left join paged_answers
        on paged_answers.city_id = paged.city_id and paged_answers.criterion_id = criterion.criterion_id
    group by all
)
select
    paged.city_id as row_id,
    paged.name as row_label,
    area.area_id,
    area.name as area,
    scores.met,
    scores.asked,
    scores.answered,
    scores.share,
    (scores.share is not null)::bigint as cities,
    false as pinned,
    ticked.ticks,
    paged.score,
    coalesce(paged.level, $no_level) as level,
    paged.of
from paged
join paged_area_scores as scores using (city_id)
join area on area.standard_id = paged.standard_id and area.area_id = scores.area_id
join ticked on ticked.city_id = paged.city_id and ticked.area_id = scores.area_id
order by paged.place, area.position
"""


def area_grid_by_cycle(warehouse: Warehouse, selection: Selection, *, columns: str = AREAS) -> pd.DataFrame:
    """The grid with one row per cycle, in time order; the selected cycle is the pinned one."""
    return with_interval(as_areas(ask(warehouse, selection, of(columns, _BY_CYCLE))))


def area_grid_by_attribute(
    warehouse: Warehouse,
    selection: Selection,
    attribute_id: str,
    *,
    cohort: str = "All selected",
    columns: str = AREAS,
) -> pd.DataFrame:
    """The grid with the cohort pinned first (row_id 'cohort', labelled `cohort`), then one row per value of a category.

    Values come in their published order; cities without one are 'Unknown', last.
    """
    asked = of(columns, _BY_ATTRIBUTE)
    grid = ask(warehouse, selection, asked, attribute=attribute_id, unknown=UNKNOWN, cohort=cohort)
    return with_interval(as_areas(grid))


def area_grid_by_city(
    warehouse: Warehouse,
    selection: Selection,
    *,
    sort: str = "score",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
    listed: tuple[str, ...] = (),
    cohort: str = "All selected",
    columns: str = AREAS,
) -> pd.DataFrame:
    """The grid with the whole cohort pinned first, then one page of cities; also ticks, score, level, of.

    `ticks` is one character per criterion of the area in the standard's order: 1 met, ~ partly, 0 not met,
    . not answered, - not applicable, x blocked; null in the cohort's row. `of` is the number of cities in the cohort.
    Order and paging are those of `one_page`. No rows for an empty cohort; only the cohort's row beyond the last page.
    """
    whole = with_interval(ask(warehouse, selection, of(columns, _COHORT_ROW), cohort=cohort))
    page = one_page(sort, limit, offset, descending=descending, listed=listed)
    cities = ask(warehouse, selection, of(columns, _CITY_ROWS), **page)
    return as_areas(pd.concat([whole, cities], ignore_index=True))


def with_interval(groups: pd.DataFrame) -> pd.DataFrame:
    """The rows of groups with low and high in place of the spread of their cities' shares."""
    low, high = share_interval(*(groups[name].to_numpy(float) for name in ("share", "spread", "cities")))
    return groups.drop(columns="spread").assign(low=low, high=high)
