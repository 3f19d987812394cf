"""How many cities hold each level."""

from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure
from lib.charts.key import Entry, with_key
from lib.charts.labels import literal
from lib.words import counted, number, share_of


def levels_by_cycle(data: pd.DataFrame, *, noun: str = "city", noun_plural: str = "cities") -> Figure:
    """How many cities hold each level, a stacked bar per cycle.

    `data`: one row per cycle × level, lowest first ('No level', then ascending): cycle, level, cities, assessed
    (total of the cycle). Click gives the cycle as x and the level as customdata.
    """
    totals = data.drop_duplicates("cycle")[["cycle", "assessed"]]
    levels = list(data["level"].drop_duplicates())
    layers = [_layer(data[data["level"] == level], place, noun_plural) for place, level in enumerate(levels)]
    return figure(layers, _layout(totals, levels, noun, noun_plural))


def _layout(totals: pd.DataFrame, levels: list[str], noun: str, noun_plural: str) -> dict[str, Any]:
    pairs = list(zip(map(literal, totals["cycle"]), totals["assessed"], strict=True))
    wide = [f"{cycle}<br>{literal(counted(count, noun, noun_plural))}" for cycle, count in pairs]
    narrow = [f"{cycle}<br>{number(count)}" for cycle, count in pairs]
    ticks = {"tickmode": "array", "tickvals": list(totals["cycle"])}
    layout = {
        "height": 310,
        "barmode": "stack",
        "bargap": 0.3,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 44},
        "xaxis": {**ticks, "type": "category", "showgrid": False, "ticktext": wide},
        "yaxis": {"visible": False, "rangemode": "tozero"},
        "uniformtext": {"minsize": 10, "mode": "hide"},
        "meta": {"click": True, "narrow": {"xaxis": {"ticktext": narrow}}},
    }
    entries = [Entry(literal(level), "square", theme.level_colour(place)[0]) for place, level in enumerate(levels)]
    return with_key(layout, entries)


def _layer(part: pd.DataFrame, position: int, noun_plural: str) -> Trace:
    ground, ink = theme.level_colour(position)
    level = part["level"].iloc[0]
    shares = [share_of(row.cities, row.assessed) for row in part.itertuples()]
    return bar(
        x=part["cycle"].to_numpy(object),
        y=part["cities"].to_numpy(np.float32),
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
