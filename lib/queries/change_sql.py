"""The numbers of the cards about change between two cycles as statements of their own, from every city's two scores."""

from collections.abc import Sequence

from lib.queries import shown
from lib.queries.beside import MEMBERS
from lib.queries.crosswalk import Against
from lib.queries.panel import city_changes
from lib.selection import Selection
from lib.warehouse import Warehouse

# Means of those who were there twice, once and now; what they differ by are the parts.
_MEANS = """
    count(before) as n_before,
    count(now - before) as n_panel,
    count(now) filter (before is null) as n_entrants,
    count(before) filter (now is null) as n_leavers,
    count(now) as n_now,
    avg(whole_before) filter (before is not null) as before,
    avg(now - before) as panel,
    avg(now) - avg(now) filter (before is not null) as entrants,
    avg(before) filter (now is not null) - avg(before) as leavers,
    avg(whole_now - now) - avg(whole_before - before) as standard,
    avg(whole_now) filter (now is not null) as now,
    stddev_samp(now - before) as panel_deviation"""
_PARTS = """
means as (
    select{means}
    from scores
)
select
    unnest(['before', 'panel', 'entrants', 'leavers', 'standard', 'now']) as part,
    unnest([n_before, n_panel, n_entrants, n_leavers, null, n_now]) as cities,
    unnest([before, panel, entrants, leavers, standard, now]) as value,
    panel_deviation
from means"""
_OF_SEGMENTS = """
of_segment as (
{members}
)
select
    segment,{means}
from scores
join of_segment using (city_id)
group by segment
order by segment"""
_RUNGS = """
placed as (
    select
        city_id,
        name,
        before,
        now,
        if(before is null, null, {start}) as rung_before,
        if(now is null, null, {end}) as rung_now
    from scores
)
"""
_FLOWS = """select rung_before, rung_now, count(*) as cities
from placed
group by all
order by rung_before desc nulls last, rung_now desc nulls last"""
_FLOW = """select *
from placed
where rung_before is not distinct from {start} and rung_now is not distinct from {end}
order by strip_accents(lower(name))"""
_MOVERS = """
stayed as (
    select city_id, name, before, now, round(now - before, 9) as change from scores where now - before is not null
),
line as (
    select regr_slope(now, before) as slope, regr_intercept(now, before) as intercept from stayed
),
movers as (
    select stayed.*, intercept + (slope - 1) * before as expected, rank() over (order by change desc) as place
    from stayed
    cross join line
)
select *
from movers{some}
order by change desc"""


def parts_sql(warehouse: Warehouse, selection: Selection, against: Against) -> str:
    """The parts of `change_parts`."""
    return _from_scores(warehouse, selection, against, _PARTS.format(means=_MEANS.replace("\n", "\n    ")))


def parts_beside_sql(warehouse: Warehouse, selection: Selection, against: Against) -> str:
    """The rows of `change_beside`, segments numbered from 1."""
    rest = _OF_SEGMENTS.format(members=shown.asked(warehouse, selection, MEMBERS), means=_MEANS)
    return _from_scores(warehouse, selection, against, rest)


def flows_sql(warehouse: Warehouse, selection: Selection, against: Against, cuts: Sequence[float]) -> str:
    """How many went from which rung to which. `cuts`: where quarters begin, in place of levels."""
    return _from_scores(warehouse, selection, against, _rungs(cuts) + _FLOWS)


def flow_sql(warehouse: Warehouse, selection: Selection, against: Against, cuts: Sequence[float], flow: str) -> str:
    """Who went one of the ways. `flow`: its id, "1-2" or "x-0"."""
    start, end = flow.replace("x", "null").split("-")
    return _from_scores(warehouse, selection, against, _rungs(cuts) + _FLOW.format(start=start, end=end))


def movers_sql(warehouse: Warehouse, selection: Selection, against: Against, cities: Sequence[str] = ()) -> str:
    """The rows of `movements`, the greatest gain first; of these cities, or of all."""
    some = f"\nwhere city_id::text in ({shown.listed(cities)})" if cities else ""
    return _from_scores(warehouse, selection, against, _MOVERS.format(some=some))


def _from_scores(warehouse: Warehouse, selection: Selection, against: Against, rest: str) -> str:
    """A statement over the two scores of every city."""
    return f"with scores as (\n{shown.behind(city_changes, warehouse, selection, against)}\n),{rest}"


def _rungs(cuts: Sequence[float]) -> str:
    levels = ("coalesce(level_before, 0)", "coalesce(level_now, 0)")
    quarters = [f"len(list_filter({list(cuts)}, cut -> cut <= {score}))" for score in ("before", "now")]
    start, end = quarters if cuts else levels
    return _RUNGS.format(start=start, end=end)
