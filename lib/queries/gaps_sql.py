"""What a city does not meet, and what it would score, as a statement of its own: all but the search for the road."""

from collections.abc import Collection, Mapping

from lib.peers import MOST, Peers
from lib.queries import shown
from lib.queries.gaps import GAPS, ON_ROAD
from lib.queries.literal import literal
from lib.queries.peers import followed
from lib.queries.peers_chosen import chosen
from lib.queries.peers_sql import NOW, asked_of, placed, rates_steps
from lib.queries.steps import by_score
from lib.scenario import USUAL_EFFORT
from lib.selection import SIMILAR, Selection
from lib.warehouse import Warehouse

_CASES = "/* cases */"
_OWN = """,
given as (
    select criterion_id, status::text as status, credit
    from response
    where city_id::text = $city
        and {now}
),
own as (
    select
        criterion.criterion_id,
        short_name,
        criterion.position,
        coalesce(status, 'not_answered') as status,
        coalesce(credit, 0) as credit,
        if(
            aggregation = 'count',
            weight,
            100 * weight / sum(weight) over (partition by area_id) / count(distinct area_id) over ()
        ) as worth
    from criterion
    join standard using (standard_id)
    left join given using (criterion_id)
    where standard_id = try_cast($standard as standard_id) and coalesce(status, '') <> 'not_applicable'
),
needs as (
    with recursive closure as (
        select criterion_id::text as criterion_id, requires::text as requires
        from prerequisite
        where standard_id = try_cast($standard as standard_id)
        union
        select closure.criterion_id, prerequisite.requires::text
        from closure
        join prerequisite on prerequisite.criterion_id::text = closure.requires
        where standard_id = try_cast($standard as standard_id)
    )
    from closure
),
gaps as (
    select *, worth * if(status = 'blocked', 1, 1 - credit) as adds, criterion_id::text in ({road}) as on_road
    from own
    where status in ({gaps})
),
opened as (
    select gaps.criterion_id, count(*) as unlocks
    from gaps
    join needs on needs.requires = gaps.criterion_id::text
    join gaps as later on later.criterion_id::text = needs.criterion_id
    where gaps.status <> 'blocked'
    group by gaps.criterion_id
),
chosen as (
    select *
    from (values {efforts}) as chosen(criterion_id, effort)
)"""
_NEXT = """,
next as (
    select criterion_id, sum(met)::bigint as next_met, sum(cases)::bigint as next_n
    from (
/* cases */
    ) as cases
    where abs(score - (select score from city_score where city_id::text = $city and {now})) <= (
        select score_max * $similar from standard where standard_id = try_cast($standard as standard_id)
    )
    group by criterion_id
),
ask as (
    select criterion_id, string_agg(name, ', ' order by place) as who_can_be_asked
    from response
    join {near} on near.city_id = response.city_id::text
    join city on city.city_id = response.city_id
    where {now}
        and status = 'met'
    group by criterion_id
)"""
_GAPS = """
select
    gaps.criterion_id,
    gaps.short_name,
    gaps.status,
    round(
        if(gaps.status = 'blocked', null, (rate_low + rate_high) / 2)
            * adds * (1 + coalesce(unlocks, 0)) * if(on_road, {on_road}, 1) * {usual} / coalesce(effort, {usual}),
        9
    ) as leverage,
    rates.* exclude (criterion_id),
    adds,
    coalesce(unlocks, 0) as unlocks,
    on_road,
    coalesce(chosen.effort, {usual}) as effort{next}
from gaps
join rates using (criterion_id)
left join opened using (criterion_id)
left join chosen on chosen.criterion_id = gaps.criterion_id::text{joined}
order by leverage desc nulls last, on_road desc, unlocks desc, position"""
_NEXT_COLUMNS = """,
    next_met,
    next_n,
    if(next_n >= $minimum, next_met / next_n, null) as next_share,
    if(next_n >= $minimum, wilson_low(next_met, next_n), null) as next_low,
    if(next_n >= $minimum, wilson_high(next_met, next_n), null) as next_high,
    who_can_be_asked"""
_NEXT_JOINED = "\nleft join next using (criterion_id)\nleft join ask using (criterion_id)"


def gaps_sql(
    warehouse: Warehouse,
    selection: Selection,
    city: str,
    peers: Peers,
    *,
    effort: Mapping[str, int],
    road: Collection[str],
) -> str:
    """The rows of `city_gaps`. `road`: the ids on the shortest road, which was searched for."""
    efforts = ", ".join(f"({literal(id_)}, {number})" for id_, number in effort.items()) or f"('', {USUAL_EFFORT})"
    own = _OWN.format(now=NOW, gaps=shown.listed(GAPS), road=shown.listed(road), efforts=efforts)
    whole = _GAPS.format(
        on_road=ON_ROAD,
        usual=USUAL_EFFORT,
        next="" if warehouse.limited else _NEXT_COLUMNS,
        joined="" if warehouse.limited else _NEXT_JOINED,
    )
    following = "" if warehouse.limited else _following(warehouse, selection, city, peers)
    steps = rates_steps(warehouse, selection, city, peers) + own + following + whole
    return asked_of(warehouse, selection, steps, city).replace(_CASES, _cases(warehouse, selection))


def _following(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """What similar cities met next, and who can be asked: of a group the nearest."""
    near = "peers as near"
    if followed(warehouse, peers).group:
        ids = chosen(warehouse, selection, city, followed(warehouse, peers))["city_id"].tolist()[:MOST]
        near = f"(values {placed(ids)}) as near(place, city_id)"
    return _NEXT.format(now=NOW, near=near).replace("$similar", str(SIMILAR))


def _cases(warehouse: Warehouse, selection: Selection) -> str:
    """What was met next, by the score that it began at: with steps of its own, so put in when all is written."""
    if warehouse.limited:
        return ""
    return shown.behind(by_score, warehouse, Selection(selection.standard, "", selection.stage))
