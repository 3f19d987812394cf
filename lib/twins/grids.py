"""Twins of the heatmaps: one row per row of the chart, one column per column, counts with their shares."""

import numpy as np
import pandas as pd

from lib.twins.names import apart
from lib.twins.statuses import STATUS, rate_texts
from lib.words import NOT_ENOUGH, count_of, percent


def areas_table(data: pd.DataFrame, *, first: str, units: str) -> pd.DataFrame:
    """Rows × practice areas, each cell "7 of 9 (78 %)". `data` is an area grid, `first` names its rows."""
    cells = zip(data["met"], data["asked"], data["answered"], data["share"], strict=True)
    return _matrix(data.assign(text=[_cell(*cell, units) for cell in cells]), "area_id", "area", first)


def criteria_table(data: pd.DataFrame, *, first: str, units: str) -> pd.DataFrame:
    """Rows × criteria, each cell the status in words; in a row of many, "29 of 43 (67 %)" of those that answered."""
    heading = data["criterion_id"] + " " + data["short_name"]
    texts = pd.Series(rate_texts(data, units), data.index).where(data["pinned"], data["status"].map(STATUS))
    return _matrix(data.assign(text=texts, heading=heading), "criterion_id", "heading", first)


def _cell(met: float, asked: float, answered: float, share: float, units: str) -> str:
    if not answered:
        return "not assessed"
    return NOT_ENOUGH.format(units=units) if pd.isna(share) else f"{count_of(met, asked)} ({percent(share)})"


def _matrix(data: pd.DataFrame, key: str, heading: str, first: str) -> pd.DataFrame:
    """Long to wide in order of appearance; rows and columns are told apart by id, since names may repeat."""
    rows = data.drop_duplicates("row_id").set_index("row_id")["row_label"]
    columns = data.drop_duplicates(key).set_index(key)[heading]
    cells = np.full((len(rows), len(columns)), "", dtype=object)
    cells[rows.index.get_indexer(data["row_id"]), columns.index.get_indexer(data[key])] = data["text"]
    wide = pd.DataFrame(cells, columns=apart(columns), dtype="str")
    wide.insert(0, first, rows.to_numpy())
    return wide
