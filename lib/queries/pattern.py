"""The pattern of a cohort: an order of all its cities that shows it, the groups in it, and what these have in common.

Orders have one row per city of the cohort, first to last: city_id, group (1, 2, … from the top), starts and ends (is
it the first, the last of its group?). Groups have one row per group and column: row_id, row_label, area_id, area (or
criterion_id, short_name), members (cities in the group), value (the group's), whole (the cohort's), cities (answered).
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.cohort import question
from lib.queries.families import AREAS, FAMILIES, as_areas, criteria_of, of
from lib.queries.standards import read_standard
from lib.selection import MINIMUM_N, Selection
from lib.stats.means import share_interval
from lib.stats.scale import bands, guttman
from lib.stats.seriation import FEWEST, pattern
from lib.warehouse import Warehouse

_SHARES = "select city_id, area_id, share from area_scores"
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
    """The groups of `area_order`: value and whole are mean shares, low and high the 95 % interval of value."""
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
    shares = warehouse.computed(_shares, selection, columns)
    found = pattern(shares.to_numpy())
    told = {"silhouette": found.silhouette, "clustered": found.clustered}
    return _in_order(shares.index.to_numpy(str), found.order, found.group).assign(**told)


def _area_columns(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    shares = warehouse.computed(_shares, selection, columns)
    return pd.DataFrame({"area_id": shares.columns[pattern(shares.to_numpy().T).order]})


def _area_groups(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    shares = warehouse.computed(_shares, selection, columns)
    group = area_order(warehouse, selection, columns).set_index("city_id")["group"].loc[shares.index].to_numpy()
    standard = read_standard(warehouse, selection.standard)
    names = {part.id: part.name for part in (standard.families if columns == FAMILIES else standard.areas)}
    whole, _, _ = _means(shares.to_numpy())
    found = []
    for number in range(1, max(group, default=0) + 1):
        own = shares.to_numpy()[group == number]
        value, spread, cities = _means(own)
        low, high = share_interval(value, spread, cities)
        row = {"row_id": str(number), "row_label": f"Group {number}", "members": len(own)}
        cells = {"area_id": shares.columns, "value": value, "low": low, "high": high, "cities": cities, "whole": whole}
        found.append(pd.DataFrame(cells).assign(**row))
    groups = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["row_id", "area_id"])
    return groups.assign(area=groups["area_id"].map(names))


def _means(shares: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Mean and spread of each column, NaN under the minimum n, and how many have a share."""
    known = np.isfinite(shares)
    cities = known.sum(axis=0).astype(float)
    enough = np.where(cities >= MINIMUM_N, cities, np.nan)
    mean = np.nansum(shares, axis=0) / enough
    squares = np.nansum(np.where(known, shares - mean, np.nan) ** 2, axis=0)
    return mean, np.sqrt(squares / (enough - 1)), cities


def _criteria_order(warehouse: Warehouse, selection: Selection, part: str | None) -> pd.DataFrame:
    answers = warehouse.computed(_answers, selection, part)
    met = answers.to_numpy()
    scale = guttman(met)
    counts = np.nansum(met, axis=1).astype(np.intp)
    group = bands(counts) if len(counts) >= FEWEST else np.ones_like(counts)
    told = {"reproducibility": scale.reproducibility, "marginal": scale.marginal, "criteria": met.shape[1]}
    return _in_order(answers.index.to_numpy(str), scale.rows, group).assign(met=counts[scale.rows], **told)


def _criteria_groups(warehouse: Warehouse, selection: Selection, part: str | None) -> pd.DataFrame:
    answers = warehouse.computed(_answers, selection, part)
    met = answers.to_numpy()
    order = criteria_order(warehouse, selection, part).set_index("city_id").loc[answers.index]
    whole = _rates(met)
    names = {each.id: each.short_name for each in read_standard(warehouse, selection.standard).criteria}
    found = []
    for group, counts in order.groupby("group")["met"]:
        own = met[(order["group"] == group).to_numpy()]
        answered = np.isfinite(own).sum(axis=0)
        cells = {
            "criterion_id": answers.columns,
            "met": np.nansum(own, axis=0),
            "answered": answered,
            "value": _rates(own),
        }
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


def _shares(warehouse: Warehouse, selection: Selection, columns: str) -> pd.DataFrame:
    """The cohort's cities × areas (or families), by their ids, in the order of the standard."""
    cells = as_areas(_asked(warehouse, selection, of(columns, _SHARES)))
    cells = cells.assign(**{name: cells[name].cat.remove_unused_categories() for name in ("city_id", "area_id")})
    ids = (cells[name].cat.categories.astype(str) for name in ("city_id", "area_id"))
    return pd.DataFrame(_matrix(cells, "city_id", "area_id", "share"), *ids)


def _answers(warehouse: Warehouse, selection: Selection, part: str | None) -> pd.DataFrame:
    """The cohort's cities × the part's criteria, by their ids: 1 met, 0 not, NaN not answered."""
    cities = _asked(warehouse, selection, _COHORT)["city_id"].astype(str).to_numpy(str)
    criteria = criteria_of(read_standard(warehouse, selection.standard), part)
    answers = _asked(warehouse, selection, _ANSWERS, criteria=criteria or _NOTHING)
    known = answers.assign(
        city_id=answers["city_id"].cat.set_categories(cities),
        criterion_id=answers["criterion_id"].cat.set_categories(criteria),
    )
    return pd.DataFrame(_matrix(known, "city_id", "criterion_id", "met"), index=cities, columns=list(criteria))


def _matrix(cells: pd.DataFrame, row: str, column: str, value: str) -> Matrix:
    """Rows × columns in the order of their categories, NaN where there is no cell."""
    matrix = np.full((len(cells[row].cat.categories), len(cells[column].cat.categories)), np.nan)
    matrix[cells[row].cat.codes, cells[column].cat.codes] = cells[value].to_numpy(float)
    return matrix


def _asked(warehouse: Warehouse, selection: Selection, sql: str, **values: tuple[str, ...]) -> pd.DataFrame:
    """The rows of a question, ids as categories. Not remembered: what is made of them is."""
    text, bound = question(selection, sql, values)
    return warehouse.arrow(text, bound).to_pandas()
