"""The numbers of the cards about one city among its peers as statements of their own.

Who the peers are is found in Python and written into the statement, as cities or, where others are known by groups
only, as groups; a group that is taken whole is written as the rule that it is.
"""

from collections.abc import Collection, Sequence

from lib.peers import TOTAL, Peers
from lib.queries import peers_blocks, shown
from lib.queries.literal import literal
from lib.queries.peers import followed
from lib.queries.peers_chosen import chosen
from lib.queries.peers_known import read_traits
from lib.queries.peers_taken import blocks
from lib.selection import Selection
from lib.warehouse import Warehouse

_LISTED = """select *
    from (values {rows}) as listed(place, city_id)"""
_GROUP = """select row_number() over (order by city_id) as place, city_id::text as city_id
    from city_scores
    where city_id::text <> $city{rule}"""
_RULES = {
    "all": "",
    "area": """
        and city_id in (
            select theirs.city_id
            from city_attribute as theirs
            join city_attribute as own using (attribute_id, value)
            where attribute_id = $area and own.city_id::text = $city
        )""",
    "above": """
        and coalesce(level_position, 0) = (
            select coalesce(level_position, 0) + 1
            from city_score
            where city_id::text = $city
                and standard_id = try_cast($standard as standard_id)
                and stage = try_cast($stage as stage)
                and cycle = try_cast($cycle as cycle_label)
        )""",
}
NOW = """standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)"""
_COUNTS = f"""
counts as (
    select
        criterion_id,
        count(credit) as answered,
        count(*) filter (status = 'met') as met_low,
        met_low as met_high
    from response
    where {NOW}
        and city_id::text in (select city_id from peers)
    group by criterion_id
),"""  # noqa: S608 - a text of ours
RATES = """
rates as (
    select
        criterion_id,
        coalesce(answered, 0) as answered,
        coalesce(met_low, 0) as met_low,
        coalesce(met_high, 0) as met_high,
        if(counts.answered >= $minimum, counts.met_low / counts.answered, null) as rate_low,
        if(counts.answered >= $minimum, counts.met_high / counts.answered, null) as rate_high,
        if(counts.answered >= $minimum, wilson_low(counts.met_low, counts.answered), null) as low,
        if(counts.answered >= $minimum, wilson_high(counts.met_high, counts.answered), null) as high
    from criterion
    left join counts using (criterion_id)
    where standard_id = try_cast($standard as standard_id)
)"""
_CRITERIA = """,
given as (
    select
        criterion_id,
        any_value(status) filter (cycle = try_cast($cycle as cycle_label)) as status,
        any_value(status) filter (cycle = try_cast($versus as cycle_label)) as versus_status,
        any_value(evidence) filter (cycle = try_cast($cycle as cycle_label)) as evidence
    from response
    where city_id::text = $city and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
    group by criterion_id
)
select
    criterion_id,
    short_name,
    coalesce(status::text, 'not_answered') as status,
    versus_status,
    rates.* exclude (criterion_id),
    evidence
from rates
join criterion using (criterion_id)
left join given using (criterion_id)
where standard_id = try_cast($standard as standard_id)
    and coalesce(status::text, 'not_answered') {which} 'met'
order by rate_low desc nulls last, position"""
_AREAS = """
scored as (
    select city_id::text as city_id, cycle, area_id::text as area_id, if(answered > 0, met, null) as met, asked
    from area_score
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
        and (city_id::text = $city or city_id::text in (select city_id from peers))
),
sums as (
    from scored
    union all
    select city_id, cycle, $total, sum(met), sum(asked) from scored group by city_id, cycle
),
points as (
    select
        area_id,
        city_id,
        max(met) filter (cycle = try_cast($cycle as cycle_label))::double as score,
        max(asked) filter (cycle = try_cast($cycle as cycle_label)) as asked,
        max(met) filter (cycle = try_cast($versus as cycle_label))::double as score_before
    from sums
    group by area_id, city_id
    having score is not null
),
own as (from points where city_id = $city),
theirs as (from points where city_id <> $city)"""
_AREAS_OF_BLOCKS = """with points as (
{points}
),
changes as (
{changes}
),
own as (from points where mine),
theirs as (from points where not mine)"""
_AMONG = """
select
    theirs.area_id,
    any_value(own.score) as own,
    any_value(own.score_before) as own_before,
    any_value(own.asked) as asked,
    quantile_cont(theirs.score, 0.25) as q1,
    median(theirs.score) as median,
    quantile_cont(theirs.score, 0.75) as q3,
    count(*) as n,
    count(*) filter (theirs.score > own.score) + 1 as rank_from,
    count(*) filter (theirs.score >= own.score) + 1 as rank_to,
    {change}
from theirs
left join own using (area_id){joined}
group by theirs.area_id
having n >= $minimum
order by theirs.area_id"""
_CHANGE = """count(theirs.score_before) as peers_both,
    if(peers_both >= $minimum, median(theirs.score - theirs.score_before), null) as peers_change"""
_CHANGE_OF_BLOCKS = """any_value(changes.change) as peers_change,
    coalesce(any_value(changes.cities), 0) as peers_both"""


def peers_step(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """`with peers as (…),`: place (1 = nearest) and city_id of each peer. Of a group its rule, and any places."""
    peers = followed(warehouse, peers)
    if peers.group:
        return f"with peers as (\n    {_GROUP.format(rule=_RULES[peers.rule])}\n),"
    ids = chosen(warehouse, selection, city, peers)["city_id"].tolist()
    return f"with peers as (\n    {_LISTED.format(rows=placed(ids))}\n),"


def placed(ids: Sequence[str]) -> str:
    """Cities as rows of `values`, each with its place from 1."""
    return ", ".join(f"({place}, {literal(id_)})" for place, id_ in enumerate(ids, 1)) or "(0, null)"


def rates_steps(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """The steps that end with `rates`: a row per criterion with what the peers meet, see `peer_criteria`."""
    if warehouse.limited:
        counts = shown.every(peers_blocks.criteria, warehouse, selection, city, followed(warehouse, peers))[-1]
        return f"with counts as (\n{counts}\n),{RATES}"
    return peers_step(warehouse, selection, city, peers) + _COUNTS + RATES


def criteria_sql(warehouse: Warehouse, selection: Selection, city: str, peers: Peers, *, met: bool) -> str:
    """The city's answers and what its peers meet, of the criteria that it meets, or of the others."""
    steps = rates_steps(warehouse, selection, city, peers) + _CRITERIA.format(which="=" if met else "<>")
    return asked_of(warehouse, selection, steps, city)


def areas_sql(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """The numbers of `peer_areas`, of areas in which enough peers were scored."""
    if warehouse.limited:
        every = shown.every(peers_blocks.areas, warehouse, selection, city, followed(warehouse, peers))
        points, changes = next(text for text in every if "score_before" in text), every[-1]
        among = _AMONG.format(change=_CHANGE_OF_BLOCKS, joined="\nleft join changes using (area_id)")
        steps = _AREAS_OF_BLOCKS.format(points=points, changes=changes)
        return steps + "\n" + shown.written(among, {"minimum": warehouse.minimum_n})
    steps = peers_step(warehouse, selection, city, peers) + _AREAS + _AMONG.format(change=_CHANGE, joined="")
    return asked_of(warehouse, selection, steps, city)


def asked_of(warehouse: Warehouse, selection: Selection, sql: str, city: str) -> str:
    """A question that begins with `peers_step`, written out."""
    area = read_traits(warehouse).area or ""
    return shown.asked(warehouse, selection, sql, city=city, area=area, total=TOTAL)


def numbers(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """The blocks that the peers are in, nearest first, as a list of SQL's."""
    taken: Collection[int] = blocks(warehouse, selection, city, followed(warehouse, peers))["block_id"].tolist()
    return ", ".join(map(str, taken)) or "0"
