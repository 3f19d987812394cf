"""Small tables as the queries hand them to the charts, and what every figure must stand up to."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib import theme

HOSTILE = '<a href="javascript:alert(1)">Évil</a> & %{x} Town of a Very Long Name Indeed'
SHOWN = "&lt;a href"

AREAS = {"A": ("Alpha", 3), "B": ("Beta", 2)}
"""Nothing in a chart may know how many areas or criteria a standard has: these are neither 8 nor 43."""


def numbers(values: object) -> list[float]:
    return np.asarray(values, np.float64).ravel().tolist()


def drawn(figure: go.Figure, **wanted: object) -> list[Any]:
    """Traces of a figure whose properties have these values."""

    def fits(trace: Any) -> bool:
        has = trace.to_plotly_json()
        return all(isinstance(has.get(name), str) and has[name] == value for name, value in wanted.items())

    return [trace for trace in figure.data if fits(trace)]


@pytest.fixture
def sound() -> Callable[[go.Figure], go.Figure]:
    """Fail if a colour is not of the palette. What Plotly would refuse, `plotted` has refused before."""

    def check(figure: go.Figure) -> go.Figure:
        strangers = set(_colours(json.loads(figure.to_json()))) - set(theme.colours(theme.LIGHT))
        assert strangers <= {"rgba(0,0,0,0)"}
        return figure

    return check


def _colours(node: object, key: str = "") -> list[str]:
    if isinstance(node, dict):
        return [colour for name, value in node.items() for colour in _colours(value, name)]
    if isinstance(node, list):
        return [colour for value in node for colour in _colours(value, key)]
    coloured = isinstance(node, str) and key.endswith(("color", "colorscale", "colorway"))
    return [str(node)] if coloured else []


@pytest.fixture
def area_grid() -> pd.DataFrame:
    """Cohort row and three cities (one with a hostile name, one of them not assessed in B) × two areas."""
    cities = [("plain", "Plain City", "110", "10"), ("evil", HOSTILE, "~0x", "11"), ("gap", "Gap", "...", "..")]
    rows = [_cohort_cell(area) for area in AREAS]
    for city, label, *ticks in cities:
        rows += [_city_cell(city, label, area, tick) for area, tick in zip(AREAS, ticks, strict=True)]
    return pd.DataFrame(rows)


def _cohort_cell(area: str) -> dict[str, object]:
    name, criteria = AREAS[area]
    counts = {"met": 3, "asked": 3 * criteria, "answered": 2 * criteria, "share": 3 / (3 * criteria)}
    mean = {"cities": 3, "members": 4, "low": 0.2, "high": 0.45}
    return _cell("cohort", "All selected", area, name) | counts | mean | {"pinned": True, "ticks": None}


def _city_cell(city: str, label: str, area: str, ticks: str) -> dict[str, object]:
    name, criteria = AREAS[area]
    met, answered = ticks.count("1"), criteria - ticks.count(".")
    share = met / criteria if answered else np.nan
    counts = {"met": met, "asked": criteria, "answered": answered, "share": share}
    return _cell(city, label, area, name) | counts | {"cities": 1, "pinned": False, "ticks": ticks}


def _cell(row: str, label: str, area: str, name: str) -> dict[str, object]:
    return {"row_id": row, "row_label": label, "area_id": area, "area": name}


@pytest.fixture
def levels() -> pd.DataFrame:
    return pd.DataFrame({"level": ["Low", "High <b>"], "minimum": [3.0, 5.0]})
