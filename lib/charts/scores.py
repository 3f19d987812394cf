"""How the scores of a cohort lie."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.labels import literal
from lib.words import counted, number

BARS = 44
"""At most about this many bars."""
_FEW = 5  # fewer than this in every bar are counted one by one: there is no half a city


def score_distribution(
    data: pd.DataFrame,
    levels: pd.DataFrame,
    *,
    score_max: float,
    unit: str = "criteria met",
    focus: float | None = None,
    noun: str = "city",
    noun_plural: str = "cities",
) -> Figure:
    """How many cities have each score, with the score from which each level counts.

    `data`: one row per assessment: score (NaN = none, left out). `levels`: level, minimum, ascending. `focus` is the
    score of the city that is looked at, in the unit of `score_max`.
    """
    scores = data["score"].to_numpy(np.float64)
    counts, edges = _binned(scores[~np.isnan(scores)], score_max)
    starts = levels["minimum"].to_numpy(np.float64) - (0.5 if edges[0] < 0 else 0)
    traces = [_bars(counts, edges, unit, noun, noun_plural), *([] if focus is None else [_marked(focus, unit)])]
    end = max(score_max, float(edges[-1]))
    return figure(traces, _layout(levels, starts, end, (unit, noun_plural), int(counts.max())))


def _marked(focus: float, unit: str) -> Trace:
    return scatter(
        x=np.array([focus], np.float32),
        y=np.zeros(1, np.float32),
        mode="markers",
        marker={"symbol": "diamond", "size": 15, "color": theme.LIGHT.primary}
        | {"line": {"color": theme.LIGHT.background, "width": 2}},
        cliponaxis=False,
        hovertemplate=f"this score: {number(focus)} {literal(unit)}<extra></extra>",
    )


def _binned(scores: NDArray[np.float64], score_max: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Counts and edges of bins of 1, 2, 5 … score units, each with its lower edge, the last with the top score too."""
    width = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, score_max) if score_max / step <= BARS or step >= score_max
    )
    edges = np.arange(0, score_max + width + (width == 1), width) - (0.5 if width == 1 else 0)
    return np.histogram(scores, edges)[0], edges


def _bars(counts: NDArray[np.intp], edges: NDArray[np.float64], unit: str, noun: str, noun_plural: str) -> Trace:
    width = edges[1] - edges[0]
    low = np.ceil(edges[:-1])
    ranges = [number(start) if width == 1 else f"{number(start)} to under {number(start + width)}" for start in low]
    ranges[-1] = ranges[-1].replace("under ", "")
    return bar(
        x=(edges[:-1] + width / 2).astype(np.float32),
        y=counts.astype(np.float32),
        width=float(width * 0.86),
        marker={"color": theme.LIGHT.maturity[2], "line": {"width": 0}},
        hovertext=[
            f"<b>{counted(count, noun, noun_plural)}</b><br>{span} {literal(unit)}"
            for count, span in zip(counts, ranges, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def _layout(
    levels: pd.DataFrame, starts: NDArray[np.float64], score_max: float, titles: tuple[str, str], most: int
) -> dict[str, Any]:
    names = [literal(level) for level in levels["level"]]
    full = [f"{name} from {number(least)}" for name, least in zip(names, levels["minimum"], strict=True)]
    return {
        "height": 280,
        "bargap": 0,
        "showlegend": False,
        "margin": {"l": 44, "r": 12, "t": 30, "b": 44},
        "xaxis": {
            "range": [-0.02 * score_max, 1.02 * score_max],
            "title": {"text": literal(titles[0])},
            "showgrid": False,
        },
        "yaxis": {"title": {"text": literal(titles[1])}, "rangemode": "tozero"}
        | ({"dtick": 1} if most < _FEW else {"nticks": 5}),
        "shapes": [_start(place, start) for place, start in enumerate(starts, start=1)],
        "annotations": _heads(starts, full),
        "meta": {"narrow": {"annotations": _heads(starts, names)}},
    }


def _start(position: int, start: float) -> dict[str, Any]:
    line = {"color": theme.level_colour(position)[0], "width": 2, "dash": "dot"}
    return {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _heads(starts: NDArray[np.float64], texts: list[str]) -> list[dict[str, Any]]:
    """Names above the lines where levels begin."""
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "left", "xshift": -4, "showarrow": False}
    look = {"font": {"size": theme.SMALL, "color": theme.LIGHT.muted}}
    return [{**place, **look, "x": start, "text": text} for start, text in zip(starts, texts, strict=True)]
