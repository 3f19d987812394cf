"""The pattern of a cohort: an order of all its cities that shows it, the groups in it, and what these have in common.

Orders have one row per city of the cohort, first to last: city_id, group (1, 2, … from the top), starts and ends (is
it the first, the last of its group?). Groups have one row per group and column: row_id, row_label, area_id, area (or
criterion_id, short_name), members (cities in the group), value (the group's), whole (the cohort's), cities (answered).
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.areas import with_interval
from lib.queries.cohort import question
from lib.queries.families import AREAS, FAMILIES, as_areas, criteria_of, of
from lib.queries.standards import read_standard
from lib.selection import MINIMUM_N, Selection
from lib.standard import Area, Family, Standard
from lib.stats.scale import bands, guttman
from lib.stats.seriation import FEWEST, pattern
from lib.warehouse import Warehouse

_SHARES = "select city_id, area_id, met, asked, answered, share from area_scores order by city_id"
_COHORT = "select city_id from cohort order by city_id"
_ANSWERS = """
select city_id, criterion_id, (status = 'met')::double as met
from answers
where credit is not null and criterion_id in (select try_cast(unnest($criteria) as criterion_id))
"""
_NOTHING = ("",)

Matrix = NDArray[np.float64]


def area_order(warehouse: Warehouse, selection: Selection, columns: str = AREAS) -> pd.DataFrame:
    """Cities by what shares they have of which areas (or families), see `lib.stats.seriation`.

    Also silhouette (how far the groups stand apart) and clustered (of so many cities the pattern was found), the same
    in every row.
    """
    return warehouse.computed(_area_order, selection, columns)


def area_columns(warehouse: Warehouse, selection: Selection, columns: str = AREAS) -> list[str]:
    """Ids of areas (or families) with similar ones side by side, the end with the higher shares first."""
    return list(warehouse.computed(_area_columns, selection, columns)["area_id"])


def area_groups(warehouse: Warehouse, selection: Selection, columns: str = AREAS) -> pd.DataFrame:
    """The groups of `area_order` as an area grid (no row pinned): value and whole are mean shares."""
    return warehouse.computed(_area_groups, selection, columns)


def criteria_order(warehouse: Warehouse, selection: Selection, part: str | None = None) -> pd.DataFrame:
    """Cities by how many criteria they meet of an area or family (None: of all), those with the same ones together.

    Also met, and what says whether that is a scale, the same in every row: reproducibility, marginal, criteria.
    """
    return warehouse.computed(_criteria_order, selection, part)


def criteria_groups(warehouse: Warehouse, selection: Selection, part: str | None = None) -> pd.DataFrame:
    """The groups of `criteria_order`: value and whole are pass rates; met and answered of the group; least, most."""
    return warehouse.computed(_criteria_groups, selection, part)


def _area_order(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    scores = _scores(warehouse, selection, columns)
    found = pattern(_matrix(scores, "city_id", "area_id", "share"))
    ids = scores["city_id"].unique().to_numpy(str)
    told = {"silhouette": found.silhouette, "clustered": found.clustered}
    return _in_order(ids, found.order, found.group).assign(**told)


def _area_columns(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    scores = _scores(warehouse, selection, columns)
    shares = _matrix(scores, "city_id", "area_id", "share")
    return pd.DataFrame({"area_id": scores["area_id"].cat.categories[pattern(shares.T).order].to_numpy(str)})


def _area_groups(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    order = area_order(warehouse, selection, columns)
    scores = _scores(warehouse, selection, columns)
    groups = scores["city_id"].astype(str).map(order.set_index("city_id")["group"])
    means = _means(scores, [groups.rename("group"), scores["area_id"]]).reset_index()
    whole = _means(scores, [scores["area_id"]])["share"]
    names = {part.id: part.name for part in _parts(read_standard(warehouse, selection.standard), columns)}
    area = means["area_id"].astype(str)
    return with_interval(means).assign(
        row_id=means["group"].astype(str),
        row_label="Group " + means["group"].astype(str),
        area_id=area,
        area=area.map(names),
        value=means["share"],
        whole=area.map(dict(zip(whole.index.astype(str), whole, strict=True))),
        pinned=False,
    )


def _means(scores: pd.DataFrame, by: list[pd.Series]) -> pd.DataFrame:
    """Sums, and the mean share with its spread, of cities together."""
    counted = scores["share"].notna()
    parts = scores.assign(met=scores["met"].where(counted, 0), asked=scores["asked"].where(counted, 0)).groupby(
        by, observed=True
    )
    found = parts.agg(
        met=("met", "sum"),
        asked=("asked", "sum"),
        answered=("answered", "sum"),
        share=("share", "mean"),
        spread=("share", "std"),
        cities=("share", "count"),
        members=("share", "size"),
    )
    found.loc[found["cities"] < MINIMUM_N, ["share", "spread"]] = np.nan
    return found


def _criteria_order(warehouse: Warehouse, selection: Selection, part: str | None) -> pd.DataFrame:
    ids, criteria, met = _answers(warehouse, selection, part)
    scale = guttman(met)
    counts = np.nansum(met, axis=1).astype(np.intp)
    group = bands(counts) if len(counts) >= FEWEST else np.ones_like(counts)
    told = {"reproducibility": scale.reproducibility, "marginal": scale.marginal, "criteria": len(criteria)}
    return _in_order(ids, scale.rows, group).assign(met=counts[scale.rows], **told)


def _criteria_groups(warehouse: Warehouse, selection: Selection, part: str | None) -> pd.DataFrame:
    ids, criteria, met = _answers(warehouse, selection, part)
    order = criteria_order(warehouse, selection, part).set_index("city_id").loc[ids]
    whole = _rates(met)
    names = {each.id: each.short_name for each in read_standard(warehouse, selection.standard).criteria}
    found = []
    for group, counts in order.groupby("group")["met"]:
        own = met[(order["group"] == group).to_numpy()]
        answered = np.isfinite(own).sum(axis=0)
        cells = {"criterion_id": criteria, "met": np.nansum(own, axis=0), "answered": answered, "value": _rates(own)}
        row = {"row_id": str(group), "row_label": f"Group {group}", "members": len(own), "whole": whole}
        found.append(pd.DataFrame(cells).assign(**row, least=counts.min(), most=counts.max()))
    groups = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["row_id", "criterion_id"])
    return groups.assign(short_name=groups["criterion_id"].map(names))


def _rates(met: Matrix) -> Matrix:
    """Pass rate of each column; NaN under the minimum number of answers."""
    answered = np.isfinite(met).sum(axis=0)
    return np.where(answered >= MINIMUM_N, np.nansum(met, axis=0) / np.maximum(answered, 1), np.nan)


def _in_order(ids: NDArray[Any], order: NDArray[np.intp], group: NDArray[np.intp]) -> pd.DataFrame:
    groups = pd.Series(group[order])
    new = groups.ne(groups.shift())
    ends = groups.ne(groups.shift(-1))
    return pd.DataFrame({"city_id": ids[order], "group": groups, "starts": new, "ends": ends})


def _scores(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    """Every city's score in every area, with ids as categories in the order of the standard."""
    scores = as_areas(_asked(warehouse, selection, of(columns, _SHARES)))
    return scores.assign(**{name: scores[name].cat.remove_unused_categories() for name in ("city_id", "area_id")})


def _answers(warehouse: Warehouse, selection: Selection, part: str | None) -> tuple[NDArray[Any], NDArray[Any], Matrix]:
    """Ids of the cohort's cities, of the part's criteria, and cities × criteria: 1 met, 0 not, NaN not answered."""
    cities = _asked(warehouse, selection, _COHORT)["city_id"].astype(str).to_numpy(str)
    criteria = criteria_of(read_standard(warehouse, selection.standard), part)
    answers = _asked(warehouse, selection, _ANSWERS, criteria=criteria or _NOTHING)
    known = answers.assign(
        city_id=answers["city_id"].cat.set_categories(cities),
        criterion_id=answers["criterion_id"].cat.set_categories(criteria),
    )
    return cities, np.array(criteria, str), _matrix(known, "city_id", "criterion_id", "met")


def _matrix(cells: pd.DataFrame, row: str, column: str, value: str) -> Matrix:
    """Rows × columns in the order of their categories, NaN where there is no cell."""
    matrix = np.full((len(cells[row].cat.categories), len(cells[column].cat.categories)), np.nan)
    matrix[cells[row].cat.codes, cells[column].cat.codes] = cells[value].to_numpy(float)
    return matrix


def _asked(warehouse: Warehouse, selection: Selection, sql: str, **values: tuple[str, ...]) -> pd.DataFrame:
    """The rows of a question, ids as categories. Not remembered: what is made of them is."""
    text, bound = question(selection, sql, values)
    return warehouse.arrow(text, bound).to_pandas()


def _parts(standard: Standard, columns: str) -> tuple[Area, ...] | tuple[Family, ...]:
    return standard.families if columns == FAMILIES else standard.areas
