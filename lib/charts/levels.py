"""Levels and scores of a cohort."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from lib import theme
from lib.charts.labels import literal, width_of
from lib.words import counted, number, share_of

BARS = 44
"""At most about this many bars in a distribution."""


def levels_by_cycle(data: pd.DataFrame, *, noun_plural: str = "cities") -> go.Figure:
    """How many cities hold each level, a stacked bar per cycle.

    `data`: one row per cycle × level, lowest first ('No level', then ascending): cycle, level, cities, assessed
    (total of the cycle). Click gives the cycle as x and the level as customdata.
    """
    totals = data.drop_duplicates("cycle")[["cycle", "assessed"]]
    levels = list(data["level"].drop_duplicates())
    figure = go.Figure(layout=_stack_layout(totals, noun_plural))
    for position, level in enumerate(levels):
        figure.add_trace(_layer(data[data["level"] == level], position, noun_plural))
    return figure


def _stack_layout(totals: pd.DataFrame, noun_plural: str) -> go.Layout:
    cycles = [literal(cycle) for cycle in totals["cycle"]]
    under = [
        f"{cycle}<br>{number(count)} {literal(noun_plural)}"
        for cycle, count in zip(cycles, totals["assessed"], strict=True)
    ]
    short = [f"{cycle}<br>{number(count)}" for cycle, count in zip(cycles, totals["assessed"], strict=True)]
    return go.Layout(
        template=theme.template(),
        height=340,
        barmode="stack",
        bargap=0.3,
        margin={"l": 8, "r": 8, "t": 36, "b": 44},
        legend={"y": 1, "yref": "container", "yanchor": "top", "traceorder": "normal"},
        xaxis={
            "type": "category",
            "tickmode": "array",
            "tickvals": list(totals["cycle"]),
            "ticktext": under,
            "showgrid": False,
        },
        yaxis={"visible": False, "rangemode": "tozero"},
        uniformtext={"minsize": 10, "mode": "hide"},
        meta={"click": True, "narrow": {"xaxis": {"ticktext": short}}},
    )


def _layer(part: pd.DataFrame, position: int, noun_plural: str) -> go.Bar:
    ground, ink = theme.level_colour(position)
    level = part["level"].iloc[0]
    shares = [share_of(row.cities, row.assessed) for row in part.itertuples()]
    return go.Bar(
        x=part["cycle"].to_numpy(object),
        y=part["cities"].to_numpy(np.float32),
        name=literal(level),
        marker={"color": ground, "line": {"color": theme.LIGHT.background, "width": 1.5}},
        text=[number(cities) if cities else "" for cities in part["cities"]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": theme.NORMAL},
        customdata=part["level"].to_numpy(object),
        hovertext=[
            f"<b>{literal(level)}</b>, {literal(row.cycle)}<br>{share} {literal(noun_plural)}"
            for row, share in zip(part.itertuples(), shares, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def score_distribution(
    data: pd.DataFrame,
    levels: pd.DataFrame,
    *,
    score_max: float,
    unit: str = "criteria met",
    focus: float | None = None,
    noun: str = "city",
    noun_plural: str = "cities",
) -> go.Figure:
    """How many cities have each score, with the score from which each level counts.

    `data`: one row per assessment: score (NaN = none, left out). `levels`: level, minimum, ascending. `focus` is the
    score of the city that is looked at, in the unit of `score_max`.
    """
    scores = data["score"].to_numpy(np.float64)
    counts, edges = _binned(scores[~np.isnan(scores)], score_max)
    figure = go.Figure(layout=_distribution_layout(score_max, unit, noun_plural, len(levels)))
    figure.add_trace(_bars(counts, edges, unit, noun, noun_plural))
    _mark_levels(figure, levels)
    if focus is not None:
        figure.add_vline(x=focus, line={"color": theme.LIGHT.ink, "width": 2})
        figure.add_annotation(
            x=focus, y=0, yref="paper", yanchor="top", yshift=-18, text=f"<b>{number(focus)}</b>", showarrow=False
        )
    return figure


def _binned(scores: NDArray[np.float64], score_max: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Counts and edges of bins of 1, 2, 5 … score units, each holding its lower edge; a score is never split."""
    width = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, score_max) if score_max / step <= BARS or step >= score_max
    )
    edges = np.arange(0, score_max + 2 * width, width) - (0.5 if width == 1 else 0)
    return np.histogram(scores, edges)[0], edges


def _bars(counts: NDArray[np.intp], edges: NDArray[np.float64], unit: str, noun: str, noun_plural: str) -> go.Bar:
    width = edges[1] - edges[0]
    low = np.ceil(edges[:-1])
    ranges = [number(start) if width == 1 else f"{number(start)} to under {number(start + width)}" for start in low]
    return go.Bar(
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


def _distribution_layout(score_max: float, unit: str, noun_plural: str, levels: int) -> go.Layout:
    return go.Layout(
        template=theme.template(),
        height=280,
        bargap=0,
        margin={"l": 40, "r": 12, "t": 34 if levels else 12, "b": 44},
        xaxis={"range": [-0.02 * score_max, 1.02 * score_max], "title": {"text": literal(unit)}, "showgrid": False},
        yaxis={"title": {"text": literal(noun_plural)}, "rangemode": "tozero", "nticks": 5},
    )


def _mark_levels(figure: go.Figure, levels: pd.DataFrame) -> None:
    """A dotted line where each level begins, named above."""
    for position, level in enumerate(levels.itertuples(), start=1):
        text: dict[str, Any] = {
            "text": f"{literal(level.level)} from {number(level.minimum)}",
            "font": {"size": theme.SMALL},
        }
        line = {"color": theme.level_colour(position)[0], "width": 2, "dash": "dot"}
        figure.add_vline(x=level.minimum - 0.5, line=line)
        figure.add_annotation(
            x=level.minimum - 0.5, y=1, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, **text
        )


def history(data: pd.DataFrame, levels: pd.DataFrame, *, score_max: float, unit: str = "criteria met") -> go.Figure:
    """One city's score in each cycle, validated as dots on a line, self-reported as hollow dots; levels as lines.

    `data`: one row per cycle × stage, in cycle order: cycle, stage ('validated' | 'self_reported'), score (NaN =
    none), level (null = none). `levels`: level, minimum, ascending. Click gives the cycle as x.
    """
    cycles = list(data["cycle"].drop_duplicates())
    figure = go.Figure(layout=_history_layout(cycles, levels, score_max, unit))
    for position, level in enumerate(levels.itertuples(), start=1):
        colour = theme.level_colour(position)[0]
        figure.add_hline(y=level.minimum, line={"color": colour, "width": 2, "dash": "dot"}, layer="below")
    for stage in ("self_reported", "validated"):
        part = data[(data["stage"] == stage) & data["score"].notna()]
        if len(part):
            figure.add_trace(_line(part, stage, unit))
    return figure


def _history_layout(cycles: list[str], levels: pd.DataFrame, score_max: float, unit: str) -> go.Layout:
    names = [f"{literal(level.level)} from {number(level.minimum)}" for level in levels.itertuples()]
    return go.Layout(
        template=theme.template(),
        height=300,
        margin={"l": 40, "r": width_of(names) if names else 12, "t": 36, "b": 28},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
        xaxis={"type": "category", "categoryarray": cycles, "range": [-0.4, len(cycles) - 0.6], "showgrid": False}
        | {"tickmode": "array", "tickvals": cycles, "ticktext": [literal(cycle) for cycle in cycles]},
        yaxis={"range": [0, score_max * 1.06], "title": {"text": literal(unit)}, "nticks": 6},
        annotations=[
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 6,
                "y": level.minimum,
                "text": name,
                "showarrow": False,
            }
            | {"font": {"size": theme.SMALL, "color": theme.LIGHT.muted}}
            for level, name in zip(levels.itertuples(), names, strict=True)
        ],
        meta={"click": True},
    )


def _line(part: pd.DataFrame, stage: str, unit: str) -> go.Scatter:
    validated = stage == "validated"
    name = "validated" if validated else "self-reported"
    colour = theme.LIGHT.primary if validated else theme.LIGHT.muted
    level = "level" if validated else "indicative level"
    return go.Scatter(
        x=part["cycle"].to_numpy(object),
        y=part["score"].to_numpy(np.float32),
        name=name,
        mode="lines+markers+text",
        text=[number(score) for score in part["score"]],
        textposition="top center" if validated else "bottom center",
        textfont={"color": colour, "size": theme.SMALL},
        line={"color": colour, "width": 3 if validated else 1.5, "dash": "solid" if validated else "dot"},
        marker={
            "size": 10 if validated else 8,
            "color": colour if validated else theme.LIGHT.background,
            "line": {"color": colour, "width": 1.5},
        },
        hovertext=[
            f"<b>{literal(row.cycle)}</b>, {name}<br>{number(row.score)} {literal(unit)}<br>"
            + (f"{level}: {literal(row.level)}" if isinstance(row.level, str) else f"no {level}")
            for row in part.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
