"""How many cities hold each level."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import literal
from lib.words import counted, number, share_of

_PLOT = 222
"""Pixels that the highest bar may take."""
_LINE = 14
"""Pixels that a number needs: a slice that is thinner has its number beside the bar."""
_HALF = 0.35
"""Half the width of a bar, where cycles are 1 apart."""


def levels_by_cycle(data: pd.DataFrame, *, noun: str = "city", noun_plural: str = "cities") -> Figure:
    """How many cities hold each level, a stacked bar per cycle.

    `data`: one row per cycle × level, lowest first ('No level', then ascending): cycle, level, cities, assessed
    (total of the cycle). Every number is readable: what does not fit into its slice stands beside it.
    """
    cells = list(zip(*(data[name].tolist() for name in ("cycle", "level", "cities", "assessed")), strict=True))
    totals = {cycle: assessed for cycle, _, _, assessed in cells}
    levels = list(dict.fromkeys(level for _, level, _, _ in cells))
    counts = {(cycle, level): cities for cycle, level, cities, _ in cells}
    stacks = [[counts.get((cycle, level), 0) for level in levels] for cycle in totals]
    thin = max((sum(stack) for stack in stacks), default=0) * _LINE / _PLOT
    layers = []
    for place, level in enumerate(levels):
        of = zip(totals.items(), (stack[place] for stack in stacks), strict=True)
        hover = [
            f"<b>{literal(level)}</b>, {literal(cycle)}<br>{share_of(cities, total)} {literal(noun_plural)}"
            for (cycle, total), cities in of
        ]
        layers.append(_layer(place, [stack[place] for stack in stacks], thin, hover))
    return figure([*layers, _beside(stacks, thin)], _layout(totals, levels, noun, noun_plural))


def _layout(totals: dict[str, int], levels: Sequence[str], noun: str, noun_plural: str) -> dict[str, Any]:
    wide = [f"{literal(cycle)}<br>{literal(counted(count, noun, noun_plural))}" for cycle, count in totals.items()]
    narrow = [f"{literal(cycle)}<br>{number(count)}" for cycle, count in totals.items()]
    ticks = {"tickmode": "array", "tickvals": list(range(len(totals))), "range": [-0.5, len(totals) - 0.5]}
    layout = {
        "height": 310,
        "barmode": "stack",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 44},
        "xaxis": {**ticks, "showgrid": False, "ticktext": wide},
        "yaxis": {"visible": False, "rangemode": "tozero"},
        "meta": {"narrow": {"xaxis": {"ticktext": narrow}}},
    }
    entries = [Entry(literal(level), "square", theme.level_colour(place)[0]) for place, level in enumerate(levels)]
    return with_key(layout, entries)


def _layer(position: int, cities: Sequence[int], thin: float, hover: list[str]) -> Trace:
    ground, ink = theme.level_colour(position)
    return bar(
        x=np.arange(len(cities), dtype=np.float32),
        y=np.array(cities, np.float32),
        width=2 * _HALF,
        marker={"color": ground, "line": {"color": theme.LIGHT.background, "width": 1.5}},
        text=[number(count) if count >= thin and count else "" for count in cities],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": ink, "size": theme.NORMAL},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _beside(stacks: Sequence[Sequence[int]], thin: float) -> Trace:
    """The numbers of thin slices, to the right of their bar; where several are thin, one line above the other."""
    places = [
        (x, y, number(count)) for x, stack in enumerate(stacks) for y, count in _apart(stack, thin) if count < thin
    ]
    return scatter(
        x=np.array([x + _HALF for x, _, _ in places], np.float32),
        y=np.array([y for _, y, _ in places], np.float32),
        text=[f"\u00a0{words}" for _, _, words in places],
        mode="text",
        textposition="middle right",
        textfont={"color": theme.LIGHT.muted, "size": theme.SMALL},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _apart(stack: Sequence[int], thin: float) -> list[tuple[float, int]]:
    """The middle of each slice that holds somebody, from below, thin ones no nearer to one another than a line."""
    places: list[tuple[float, int]] = []
    foot, free = 0.0, 0.0
    for count in stack:
        if count:
            middle = max(foot + count / 2, free) if count < thin else foot + count / 2
            free = middle + thin if count < thin else free
            places.append((middle, count))
        foot += count
    return places
