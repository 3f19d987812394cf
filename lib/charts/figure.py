"""Figures from plain dictionaries and NumPy arrays, and their JSON as Plotly reads it.

Plotly's own figure objects check and copy every value, twice, which is most of the time that a small chart takes. So
they are for tests only: there every chart is checked against Plotly's schema.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib import theme

Trace = dict[str, Any]

_TYPED = {"i1", "i2", "i4", "u1", "u2", "u4", "f4", "f8"}
"""Arrays of these go as they lie in memory (base64), others as lists. Browsers have no 64-bit whole numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Traces and layout of a chart, without the template that all share; never changed once it is made."""

    data: list[Trace]
    layout: dict[str, Any]

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.layout.get("height", 400))

    def to_json(self) -> str:
        """The figure with its template, as Plotly reads it. Equal figures give equal text."""
        layout = _dumps(self.layout)
        styled = f'{{"template":{_template()}{"," if self.layout else ""}{layout[1:]}'
        return f'{{"data":{_dumps(self.data)},"layout":{styled}}}'

    def to_plotly_json(self) -> dict[str, Any]:
        """The same for Plotly's own classes: `go.Figure(figure.to_plotly_json())` checks every value."""
        return {"data": self.data, "layout": {"template": theme.template(), **self.layout}}


def figure(traces: Iterable[Trace], layout: Mapping[str, Any]) -> Figure:
    """The figure of these traces in our look. Every chart's test checks the result against Plotly's schema."""
    return Figure(list(traces), {name: _apart(name, part) for name, part in layout.items()})


def _apart(name: str, part: object) -> object:
    """An axis with its title apart from its labels. Said of an axis without one, Plotly measures every label."""
    if not isinstance(part, Mapping) or "title" not in part or name[1:5] != "axis":
        return part
    return {**part, "title": {"standoff": theme.TITLE_STANDOFF, **part["title"]}}


def scatter(**options: object) -> Trace:
    """Points, lines or texts."""
    return {"type": "scatter", **options}


def overlay(**options: object) -> Trace:
    """Points, lines or texts over the cells of a grid, on the axes that carry its labels; no hover of their own."""
    return {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip", **options}


def strokes(*, narrow: Mapping[str, object] | None = None, **options: object) -> Trace:
    """Lines broken by NaN over the cells of a grid, which the chart component draws as one path.

    Plotly makes an element of each: right in a saved image, slow on the page. `narrow` is for narrow screens.
    """
    meta = {"strokes": True} | ({"narrow": narrow} if narrow else {})
    return overlay(mode="lines", meta=meta, **options)


def bar(**options: object) -> Trace:
    """Bars."""
    return {"type": "bar", **options}


def heatmap(**options: object) -> Trace:
    """Cells."""
    return {"type": "heatmap", **options}


@cache
def _template() -> str:
    return _dumps(theme.template())


def _dumps(value: object) -> str:
    """JSON; what is not a number is null. Raises TypeError for what Plotly could not read either."""
    try:
        return _JSON.encode(value)
    except ValueError:  # NaN or infinity in a list or by itself; in arrays, where they belong, they cost nothing
        return _JSON.encode(_nulled(value))


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"A figure cannot hold {type(value).__name__}: {value!r}")


def _array(values: NDArray[Any]) -> object:
    if values.dtype.str[1:] in ("i8", "u8") and values.size:
        values = values.astype(np.result_type(*map(np.min_scalar_type, (values.min(), values.max()))))
    kind = values.dtype.str[1:]
    if kind not in _TYPED or not values.size:
        return values.tolist()
    spec = {"dtype": kind, "bdata": b64encode(values.tobytes()).decode()}
    return spec if values.ndim == 1 else spec | {"shape": str(values.shape)[1:-1]}


_JSON = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=_plain)


def _nulled(value: object) -> object:
    if isinstance(value, dict):
        return {name: _nulled(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_nulled(item) for item in value]
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        return _nulled(value.tolist())
    return None if isinstance(value, float | np.floating) and not np.isfinite(value) else value
