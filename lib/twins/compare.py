"""The page Compare in words and tables."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.twins.names import apart
from lib.twins.peers import peer_rate
from lib.words import count_of, counted, listed, number, percent

Floats = NDArray[np.float64]

HALF = 0.5
_SIGNS = {
    "met": "✓ Met",
    "partly_met": "◐ Partly met",
    "not_met": "✗ Not met",
    "blocked": "⊘ Blocked",
    "not_answered": "– Not answered",
    "not_applicable": "Not applicable",
}
THEY, MINE, ALIKE = "they", "mine", "alike"


def parted(rows: pd.DataFrame, city: str) -> dict[str, pd.DataFrame]:
    """Criteria by difference: those that others meet and the city does not, the reverse, and the rest.

    `rows`: compared_criteria. A group meets what more than half of it meets. One row per criterion: criterion_id,
    mean (of the others' shares); what most meet, or fewest, comes first.
    """
    own = rows[rows["who"] == city].sort_values("position", kind="stable", ignore_index=True)
    shares = _shares(rows[rows["who"] != city], own["criterion_id"])
    status = own["status"].to_numpy(object)
    met, asked = status == "met", status != "not_applicable"
    they = asked & ~met & (np.fmax.reduce(shares, axis=1) > HALF)
    mine = met & (np.fmin.reduce(shares, axis=1) < HALF)
    found = pd.DataFrame({"criterion_id": own["criterion_id"], "mean": _mean(shares)})
    return {
        THEY: found[they].sort_values("mean", ascending=False, kind="stable", ignore_index=True),
        MINE: found[mine].sort_values("mean", kind="stable", ignore_index=True),
        ALIKE: found[~they & ~mine].reset_index(drop=True),
    }


def _shares(others: pd.DataFrame, criteria: pd.Series) -> Floats:
    """Criterion × whoever is compared; NaN where it is not known. A last column of NaN: there may be nobody."""
    codes, who = pd.factorize(others["who"])
    table = np.full((len(criteria), len(who) + 1), np.nan)
    table[pd.Index(criteria).get_indexer(others["criterion_id"]), codes] = others["share"].to_numpy(np.float64)
    return table


def _mean(shares: Floats) -> Floats:
    """The mean of what is known in each row."""
    known = np.count_nonzero(~np.isnan(shares), axis=1)
    mean: Floats = np.where(known, np.nansum(shares, axis=1), np.nan) / np.maximum(known, 1)
    return mean


def compare_finding(parts: Mapping[str, pd.DataFrame], name: str, others: int, *, groups: bool) -> str:
    """What separates the city from the others. `others`: how many are compared."""
    if not others:
        return f"Nobody is compared with {name} yet."
    theirs, mine = (len(parts[kind]) for kind in (THEY, MINE))
    if not theirs and not mine:
        return f"{name} and the other{'s' if others > 1 else ''} meet the same criteria."
    one = others == 1
    if groups:
        some = "more than half of the group" if one else "more than half of at least one group"
        missing = "that under half of the group meets" if one else "that under half of at least one group meets"
    else:
        some = "the other" if one else "at least one of the others"
        missing = "that the other does not" if one else "that not all of them meet"
    if not theirs:
        return f"{name} meets whatever {some} meets, and {counted(mine, 'criterion', 'criteria')} {missing}."
    every = 0 if groups or others == 1 else int((parts[THEY]["mean"] == 1).sum())
    by_all = f", {number(every)} of them by all {number(others)}" if every else ""
    back = f"it meets {number(mine)} {missing}" if mine else "there is none the other way round"
    return f"{name} does not meet {counted(theirs, 'criterion', 'criteria')} that {some} meets{by_all}; {back}."


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names as they head a column: of "Group 11: Peru, small (8)" what stands before the colon, if that is enough."""
    short = {id_: name.partition(":")[0] for id_, name in names.items()}
    return short if len(set(short.values())) == len(short) else dict(names)


def part_title(kind: str, count: int, name: str) -> str:
    """The heading of one part of the criteria."""
    many = counted(count, "criterion", "criteria")
    return {
        THEY: f"{many} that others meet and {name} does not",
        MINE: f"{many} that {name} meets and others do not",
        ALIKE: f"{many} without such a difference",
    }[kind]


def criteria_beside(rows: pd.DataFrame, part: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per criterion of a part, a column for whoever is compared. `names`: id → name, the city first."""
    about = rows.drop_duplicates("criterion_id").set_index("criterion_id").loc[part["criterion_id"]]
    cells: dict[str, dict[str, str]] = {}
    for row in rows[rows["criterion_id"].isin(about.index)].to_dict("records"):
        cells.setdefault(row["who"], {})[row["criterion_id"]] = _cell(row)
    columns = dict(zip(names, apart(pd.Series(names)), strict=True))
    return pd.DataFrame(
        {
            "Code": about.index,
            "Criterion": about["short_name"].to_numpy(),
            **{columns[who]: [cells[who][id_] for id_ in about.index] for who in names if who in cells},
            "Practice area": about["area"].to_numpy(),
            "Text": about["text"].to_numpy(),
        }
    )


def areas_beside(areas: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per practice area, a column for whoever is compared. `areas`: compared_areas."""
    cells = areas.assign(
        cell=[
            "–" if pd.isna(row.share) else f"{count_of(row.met, row.asked)} ({percent(row.share)})"
            for row in areas.itertuples()
        ]
    )
    wide = cells.pivot(index="area_id", columns="who", values="cell")
    order = areas.drop_duplicates("area_id")
    columns = dict(zip(names, apart(pd.Series(names)), strict=True))
    return pd.DataFrame(
        {"Practice area": order["area"].to_numpy()}
        | {columns[who]: wide[who].reindex(order["area_id"]).to_numpy() for who in names if who in wide}
    )


def areas_title(areas: pd.DataFrame, city: str, name: str) -> str:
    """Where the city stands above, and where below, everybody it is compared with."""
    shares = areas.pivot(index="area", columns="who", values="share").reindex(areas["area"].unique())
    others = shares.drop(columns=city, errors="ignore")
    if city not in shares or others.empty:
        return f"Criteria met by {name}, area by area"
    ahead = list(shares.index[shares[city] > others.max(axis=1)])
    behind = list(shares.index[shares[city] < others.min(axis=1)])
    told = [
        f"ahead of all in {listed(ahead, 2)}" if ahead else "",
        f"behind all in {listed(behind, 2)}" if behind else "",
    ]
    said = " and ".join(filter(None, told))
    return f"{name} is {said}" if said else f"{name} is neither ahead of all nor behind all in any area"


def _cell(row: Mapping[Any, Any]) -> str:
    return _SIGNS[str(row["status"])] if pd.notna(row["status"]) else peer_rate(row)
