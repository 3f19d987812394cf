"""The two questions about a city and its peers, whatever a peer is: each is answered from how peers are counted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.peers import TOTAL
from lib.standard import Standard
from lib.stats.among import Among, among
from lib.stats.intervals import wilson

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

_COUNTS = ("answered", "met_low", "met_high")


@dataclass(frozen=True, slots=True)
class Points:
    """One entry per area and city scored in it, the city itself among its peers.

    `area`: its place in the standard, those about all criteria one after the last; `score`, `asked` and `before` (NaN =
    not known) in criteria; `mine`: of the city itself; `who`: its place in a list of everybody, -1 = not to be known.
    """

    area: Whole
    score: Floats
    asked: Floats
    before: Floats
    mine: NDArray[np.bool_]
    who: Whole


def criteria_of(counts: pd.DataFrame, standard: Standard, minimum: int) -> pd.DataFrame:
    """The columns of `peer_criteria`; no rates of fewer answers than the minimum. `counts`: one row per criterion with
    criterion_id, answered, met_low, met_high of the peers.
    """
    every = [(criterion, area.id) for area in standard.areas for criterion in area.criteria]
    place = pd.Index(counts["criterion_id"]).get_indexer([criterion.id for criterion, _ in every])
    answered, low, high = (np.append(counts[name].to_numpy(np.int64), 0)[place] for name in _COUNTS)
    enough = np.where(answered >= minimum, answered, np.nan)
    return pd.DataFrame(
        {
            "criterion_id": [criterion.id for criterion, _ in every],
            "area_id": [area for _, area in every],
            "short_name": [criterion.short_name for criterion, _ in every],
            "text": [criterion.text for criterion, _ in every],
            "position": np.arange(1, len(every) + 1),
            "answered": answered,
            "met_low": low,
            "met_high": high,
            "rate_low": low / enough,
            "rate_high": high / enough,
            "low": wilson(low, enough)[0],
            "high": wilson(high, enough)[1],
        }
    )


def areas_of(points: Points, standard: Standard, minimum: int) -> pd.DataFrame:
    """The columns of `peer_areas`; nothing is said of fewer peers than the minimum."""
    asked = [len(area.criteria) for area in standard.areas]
    ids = [*((area.id, area.name) for area in standard.areas), (TOTAL, "All criteria")]
    rows = [
        {"area_id": id_, "area": name, **_area(points, place, most, minimum)}
        for place, ((id_, name), most) in enumerate(zip(ids, [*asked, sum(asked)], strict=True))
    ]
    return pd.DataFrame(rows)


def _area(points: Points, place: int, most: int, minimum: int) -> dict[str, float]:
    here = points.area == place
    mine, theirs = here & points.mine, here & ~points.mine
    own, asked, before = (_first(values[mine]) for values in (points.score, points.asked, points.before))
    found = among(own, points.score[theirs], points.before[theirs])
    enough = found.n >= minimum
    return {
        "own": own,
        "own_before": before,
        "asked": most if np.isnan(asked) else int(asked),
        "q1": found.q1 if enough else np.nan,
        "median": found.median if enough else np.nan,
        "q3": found.q3 if enough else np.nan,
        "n": found.n,
        **_places(found, known=enough and not np.isnan(own)),
        "versus_change": own - before,
        "peers_change": found.change if found.both >= minimum else np.nan,
        "peers_both": found.both,
    }


def _places(found: Among, *, known: bool) -> dict[str, float]:
    """The city among its peers: equal counts share the range."""
    last = found.above + found.level + 1
    places = {"rank_from": found.above + 1, "rank_to": last, "of": found.n + 1, "below": found.below}
    return {name: place if known else np.nan for name, place in places.items()}


def _first(values: Floats) -> float:
    return float(values[0]) if len(values) else np.nan
