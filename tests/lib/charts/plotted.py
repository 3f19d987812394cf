"""The charts of `lib.charts` as Plotly's own figures: `from .plotted import levels_by_cycle`.

Whatever a test draws is checked against Plotly's schema on the way, and our JSON is compared with Plotly's.
"""

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import plotly.graph_objects as go

from lib import charts
from lib.charts.figure import Figure


def __getattr__(name: str) -> Callable[..., go.Figure]:
    if name.startswith("_"):
        raise AttributeError(name)
    draw: Callable[..., Figure] = getattr(charts, name)

    @wraps(draw)
    def plotted(*data: object, **options: object) -> go.Figure:
        return checked(draw(*data, **options))

    return plotted


def checked(figure: Figure) -> go.Figure:
    """The figure in Plotly's classes. Fails where Plotly would refuse it, or write it differently."""
    theirs = go.Figure(figure.to_plotly_json())
    assert read(figure.to_json()) == read(theirs.to_json())
    return theirs


def read(text: str) -> Any:
    """A figure's JSON as the browser has it once arrays are unpacked."""
    return json.loads(text, object_hook=_unpacked)


def _unpacked(node: dict[str, Any]) -> Any:
    if set(node) - {"shape"} != {"dtype", "bdata"}:
        return {name: value for name, value in node.items() if value not in ([], {})}  # Plotly leaves these out
    values = np.frombuffer(base64.b64decode(node["bdata"]), node["dtype"])
    shape = [int(size) for size in node.get("shape", str(values.size)).split(",")]
    return values.astype(object).reshape(shape).tolist() if not np.isnan(values.astype(float)).any() else repr(values)
