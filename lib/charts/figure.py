"""Figures from plain dictionaries: Plotly's own checking is most of the time a figure takes, so tests do it instead."""

from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go

from lib import theme

Trace = dict[str, Any]


def figure(traces: Iterable[Trace], layout: Mapping[str, Any]) -> go.Figure:
    """The figure of these traces in our look. Every chart's test checks the result against Plotly's schema."""
    return go.Figure(data=list(traces), layout={"template": theme.template(), **layout}, _validate=False)


def scatter(**options: object) -> Trace:
    """Points, lines or texts."""
    return {"type": "scatter", **options}


def overlay(**options: object) -> Trace:
    """Points, lines or texts over the cells of a grid, on the axes that carry its labels; no hover of their own."""
    return {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip", **options}


def bar(**options: object) -> Trace:
    """Bars."""
    return {"type": "bar", **options}


def heatmap(**options: object) -> Trace:
    """Cells."""
    return {"type": "heatmap", **options}
