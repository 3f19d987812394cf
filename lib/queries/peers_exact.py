"""The figures of one city among its peers where a peer is a city and every count is exact."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.peers import MOST, TOTAL, Peers
from lib.queries.cohort import ask
from lib.queries.kept import codes_of, kept_answers
from lib.queries.peers_asked import Floats, Points, areas_of, criteria_of
from lib.queries.peers_chosen import chosen
from lib.queries.peers_known import read_known
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.warehouse import Warehouse

# Counts of criteria met, of the city (the first of those listed) and its peers, in both cycles. A few are looked up in
# the list row by row, which is planned in half the time; for thousands that would take them squared.
_SCORES = """
select
    area_id::text as area_id,
    {who} - 1 as who,
    cycle = try_cast($cycle as cycle_label) as now,
    coalesce(cycle = try_cast($versus as cycle_label), false) as earlier,
    met,
    answered,
    asked
from area_score
{joined}
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
    {few}
"""
_SCORES_OF_FEW = _SCORES.format(
    who="list_position($listed::text[], city_id::text)",
    joined="",
    few="and list_contains($listed::text[], city_id::text)",
)
_SCORES_OF_MANY = _SCORES.format(
    who="place",
    joined="""join (
    select city_id, place
    from city
    join (
        select unnest($listed::text[]) as id, generate_subscripts($listed::text[], 1) as place
    ) as wanted on id = city_id::text
) as listed using (city_id)""",
    few="",
)


def criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_criteria`."""
    listed = chosen(warehouse, selection, city, peers)["city_id"].tolist()
    kept = kept_answers(warehouse, selection)
    answers = kept.of(codes_of(warehouse, listed))
    met = (kept.status == "met")[answers].sum(axis=1)
    said = (~np.isnan(kept.credit))[answers].sum(axis=1)
    counts = pd.DataFrame({"criterion_id": kept.criteria, "answered": said, "met_low": met, "met_high": met})
    return criteria_of(counts, read_standard(warehouse, selection.standard), warehouse.minimum_n)


def areas(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_areas`."""
    found, _ = _points(warehouse, selection, city, peers)
    return areas_of(found, read_standard(warehouse, selection.standard), warehouse.minimum_n)


def points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_points`."""
    found, listed = _points(warehouse, selection, city, peers)
    known, standard = read_known(warehouse), read_standard(warehouse, selection.standard)
    ids = np.array([*(area.id for area in standard.areas), TOTAL], object)
    places = np.array([known.place.get(id_, -1) for id_ in listed])
    order = np.lexsort((places[found.who], found.score, ids[found.area].astype(str)))
    who = found.who[order]
    return pd.DataFrame(
        {
            "area_id": ids[found.area[order]],
            "city_id": np.array(listed, object)[who],
            "name": np.array([known.names[place] for place in places], object)[who],
            "score": found.score[order],
            "asked": found.asked[order].astype(np.int64),
            "score_before": found.before[order],
            "mine": found.mine[order],
        }
    )


def _points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> tuple[Points, tuple[str, ...]]:
    """Everybody's counts, and the ids of those that they are of."""
    listed = (city, *chosen(warehouse, selection, city, peers)["city_id"])
    rows = ask(warehouse, selection, _SCORES_OF_FEW if len(listed) <= MOST + 1 else _SCORES_OF_MANY, listed=listed)
    ids = [area.id for area in read_standard(warehouse, selection.standard).areas]
    at = (pd.Index(ids).get_indexer(rows["area_id"]), rows["who"].to_numpy(np.intp))
    shape, said = (len(ids), len(listed)), rows["answered"].to_numpy(np.int64) > 0
    now, then = (rows[period].to_numpy(bool) for period in ("now", "earlier"))
    score, before = (_spread(rows["met"], at, shape, kept & said) for kept in (now, then))
    asked = _spread(rows["asked"], at, shape, now)
    area, who = np.nonzero(~np.isnan(score))
    return Points(area, score[area, who], asked[area, who], before[area, who], who == 0, who), listed


def _spread(
    values: pd.Series, at: tuple[NDArray[np.intp], NDArray[np.intp]], shape: tuple[int, int], kept: NDArray[np.bool_]
) -> Floats:
    """Area × city, and below the areas their sums; NaN where there is none."""
    table = np.full(shape, np.nan)
    table[at[0][kept], at[1][kept]] = values.to_numpy(np.float64)[kept]
    sums = np.where(np.isnan(table).all(axis=0), np.nan, np.nansum(table, axis=0))
    return np.vstack([table, sums])
