"""Twins of the heatmaps: one row per row of the chart, one column per column, counts with their shares."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.twins.names import apart
from lib.twins.statuses import STATUS, rate_texts
from lib.words import NOT_ENOUGH, count_of, interval, number, percent


def areas_table(data: pd.DataFrame, *, first: str, units: str) -> pd.DataFrame:
    """Rows × practice areas, each cell "7 of 9 (78 %)". `data` is an area grid, `first` names its rows.

    A row of several has their mean with its interval and n: "42 %, 95 % interval 38 % to 46 %, 146 cities".
    """
    full = data.assign(**{name: np.nan for name in ("members", "low", "high", "cities") if name not in data})
    columns = ("met", "asked", "answered", "share", "low", "high", "cities", "members")
    cells = zip(*(full[name] for name in columns), strict=True)
    texts = [_cell(dict(zip(columns, cell, strict=True)), units) for cell in cells]
    return _matrix(data.assign(text=texts), "area_id", "area", first)


def criteria_table(data: pd.DataFrame, *, first: str, units: str) -> pd.DataFrame:
    """Rows × criteria, each cell the status in words; in a row of many, "29 of 43 (67 %)" of those that answered."""
    heading = data["criterion_id"] + " " + data["short_name"]
    ends = (data.get(name, pd.Series(np.nan, data.index)) for name in ("low", "high"))
    spans = [f", {interval(low, high)}" if low <= high else "" for low, high in zip(*ends, strict=True)]
    rates = [text + span for text, span in zip(rate_texts(data, units), spans, strict=True)]
    texts = pd.Series(rates, data.index).where(data["pinned"], data["status"].map(STATUS))
    return _matrix(data.assign(text=texts, heading=heading), "criterion_id", "heading", first)


def _cell(cell: Mapping[str, float], units: str) -> str:
    if not cell["answered"]:
        return "not assessed"
    if pd.isna(cell["share"]):
        return NOT_ENOUGH.format(units=units)
    if pd.isna(cell["members"]):
        return f"{count_of(cell['met'], cell['asked'])} ({percent(cell['share'])})"
    return f"{percent(cell['share'])}, {interval(cell['low'], cell['high'])}, {number(cell['cities'])} {units}"


def _matrix(data: pd.DataFrame, key: str, heading: str, first: str) -> pd.DataFrame:
    """Long to wide in order of appearance; rows and columns are told apart by id, since names may repeat."""
    rows = data.drop_duplicates("row_id").set_index("row_id")["row_label"]
    columns = data.drop_duplicates(key).set_index(key)[heading]
    cells = np.full((len(rows), len(columns)), "", dtype=object)
    cells[rows.index.get_indexer(data["row_id"]), columns.index.get_indexer(data[key])] = data["text"]
    wide = pd.DataFrame(cells, columns=apart(columns), dtype="str")
    wide.insert(0, first, rows.to_numpy())
    if "bracket" in data:
        groups = data.drop_duplicates("row_id")["bracket"]
        wide.insert(1, "Group", [number(group) if group > 0 else "" for group in groups])
    return wide
