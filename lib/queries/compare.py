"""One city beside a few others: cities where every answer is known, whole groups of cities where it is not."""

from collections import Counter
from math import isnan, nan

import pandas as pd

from lib.peers import PICKED, TOTAL, Peers
from lib.queries.cohort import ask
from lib.queries.peers import followed, peer_areas, peer_criteria, peer_list, pickable
from lib.queries.peers_taken import GROUP, blocks
from lib.selection import Selection
from lib.warehouse import Warehouse

NEAREST = 3
"""So many are compared until the reader chooses."""

_ANSWERS = """
with listed as (
    select distinct city_id
    from assessment
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
        and list_contains($listed::text[], city_id::text)
),
given as (
    select city_id, criterion_id, status
    from response
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
        and city_id in (select city_id from listed)
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    criterion.position,
    listed.city_id as who,
    coalesce(given.status, 'not_answered'::status) as status
from listed
cross join criterion
join area using (standard_id, area_id)
left join given using (city_id, criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position, enum_code(listed.city_id)
"""
_NAMES = ["criterion_id", "short_name", "text", "area_id", "area", "position"]


def comparable(warehouse: Warehouse, selection: Selection, city: str) -> dict[str, str]:
    """Id → name of whoever can stand beside the city: cities, or groups of them on a database without their answers."""
    found = pickable(warehouse, selection, city)
    everybody = dict(zip(found["city_id"].tolist(), found["name"].tolist(), strict=True))
    return {id_: name for id_, name in everybody.items() if id_.startswith(GROUP)} if warehouse.limited else everybody


def nearest(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> tuple[str, ...]:
    """Ids of the nearest peers, or of the groups that they are in."""
    if warehouse.limited:
        taken = blocks(warehouse, selection, city, followed(warehouse, peers))["block_id"]
        return tuple(f"{GROUP}{block}" for block in taken)[:NEAREST]
    return tuple(peer_list(warehouse, selection, city, peers)["peer_id"])[:NEAREST]


def compared_criteria(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> pd.DataFrame:
    """One row per criterion and who is compared, the city itself first, then `others` in their order.

    criterion_id, short_name, text, area_id, area, position, who (id), status (null for groups), met_low, met_high,
    answered, rate_low, rate_high (as in `peer_criteria`; of one city 0 or 1), share (1 = met, 0 = not; of a group the
    middle of its range; NaN where not answered, or by too few). Cities without an assessment have no rows.
    """
    return warehouse.computed(_criteria, selection, city, others)


def compared_areas(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> pd.DataFrame:
    """One row per area and who is compared, in the same order: area_id, area, who, met, asked, share.

    Of a group, `met` is the median of its members' counts. NaN where nothing was answered, or by too few.
    """
    return warehouse.computed(_areas, selection, city, others)


def certified(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per certified city, the latest first: name, level, cycle. What is public of them."""
    rows = ask(warehouse, selection, _CERTIFIED)
    return rows[["name", "level", "cycle"]]


_CERTIFIED = """
select certification.name, certification.level, certification.cycle
from certification
where standard_id = try_cast($standard as standard_id)
qualify row_number() over (partition by city_id order by certification.cycle desc) = 1
order by certification.cycle desc, strip_accents(lower(certification.name))
"""


def _criteria(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> pd.DataFrame:
    cities = (city,) if warehouse.limited else (city, *others)
    rows = ask(warehouse, selection, _ANSWERS, listed=cities)
    met, said = rows["status"] == "met", rows["status"].isin(["met", "partly_met", "not_met", "blocked"])
    share = met.astype("float64").where(said)
    counts = {"met_low": met, "met_high": met, "answered": said}
    exact = rows.assign(**{name: count.astype("int64") for name, count in counts.items()}, share=share)
    exact = exact.assign(rate_low=share, rate_high=share)
    groups = [_group(warehouse, selection, city, id_, exact) for id_ in others] if warehouse.limited else []
    found = pd.concat([exact, *groups], ignore_index=True)
    rank = {id_: place for place, id_ in enumerate((city, *others))}
    return found.sort_values(["position", "who"], key=lambda x: x.map(rank) if x.name == "who" else x, kind="stable")


def _group(warehouse: Warehouse, selection: Selection, city: str, group: str, own: pd.DataFrame) -> pd.DataFrame:
    rates = peer_criteria(warehouse, selection, city, Peers(PICKED, picked=(group,)))
    columns = ["criterion_id", "met_low", "met_high", "answered", "rate_low", "rate_high"]
    about = own[own["who"] == city][_NAMES]
    middle = (rates["rate_low"] + rates["rate_high"]) / 2
    return about.merge(rates[columns].assign(who=group, status=None, share=middle), on="criterion_id")


def _areas(warehouse: Warehouse, selection: Selection, city: str, others: tuple[str, ...]) -> pd.DataFrame:
    rows = compared_criteria(warehouse, selection, city, others)
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in rows[rows["status"].notna()][["area_id", "area", "who", "status", "share"]].to_dict("records"):
        counts.setdefault((row["area_id"], row["area"], row["who"]), Counter()).update(
            met=row["status"] == "met", asked=row["status"] != "not_applicable", said=not isnan(row["share"])
        )
    told = pd.DataFrame(
        [
            (*about, count["met"], count["asked"], count["met"] / count["asked"] if count["said"] else nan)
            for about, count in counts.items()
        ],
        columns=["area_id", "area", "who", "met", "asked", "share"],
    )
    groups = [_group_areas(warehouse, selection, city, id_) for id_ in others] if warehouse.limited else []
    return pd.concat([told, *groups], ignore_index=True)


def _group_areas(warehouse: Warehouse, selection: Selection, city: str, group: str) -> pd.DataFrame:
    areas = peer_areas(warehouse, selection, city, Peers(PICKED, picked=(group,)))
    shown = areas[areas["area_id"] != TOTAL]
    told = {"who": group, "met": shown["median"], "share": shown["median"] / shown["asked"]}
    return shown[["area_id", "area", "asked"]].assign(**told)
