"""One city over its cycles."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import literal, width_of
from lib.words import number


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage looks and what its level is called."""

    words: str
    level: str
    colour: str
    fill: str
    dash: str


STAGES = {
    "self_reported": Stage("self-reported", "indicative level", theme.LIGHT.muted, theme.LIGHT.background, "dot"),
    "validated": Stage("validated", "level", theme.LIGHT.primary, theme.LIGHT.primary, "solid"),
}


def history(data: pd.DataFrame, levels: pd.DataFrame, *, score_max: float, unit: str = "criteria met") -> Figure:
    """One city's score in each cycle, validated as dots on a line, self-reported as hollow dots; levels as lines.

    `data`: one row per cycle × stage, in cycle order: cycle, stage ('validated' | 'self_reported'), score (NaN =
    none), level (null = none). `levels`: level, minimum, ascending. Click gives the cycle as x.
    """
    cycles = list(data["cycle"].drop_duplicates())
    scored = data[data["score"].notna()]
    stages = [stage for stage in STAGES if (scored["stage"] == stage).any()]
    lines = [_line(scored, stage, unit) for stage in stages]
    return figure(lines, _layout(cycles, levels, stages, score_max, unit))


def _layout(cycles: list[str], levels: pd.DataFrame, stages: list[str], score_max: float, unit: str) -> dict[str, Any]:
    names = [f"{literal(level.level)} from {number(level.minimum)}" for level in levels.itertuples()]
    ticks = {"tickmode": "array", "tickvals": cycles, "ticktext": [literal(cycle) for cycle in cycles]}
    layout = {
        "height": 290,
        "margin": {"l": 44, "r": width_of(names) if names else 12, "t": 6, "b": 28},
        "xaxis": {**ticks, "type": "category", "categoryarray": cycles, "showgrid": False}
        | {"range": [-0.4, len(cycles) - 0.6]},
        "yaxis": {"range": [0, score_max * 1.06], "title": {"text": literal(unit)}, "nticks": 6},
        "shapes": [_level_line(place, level) for place, level in enumerate(levels["minimum"], start=1)],
        "annotations": [_level_name(minimum, name) for minimum, name in zip(levels["minimum"], names, strict=True)],
        "meta": {"click": True},
    }
    entries = [Entry(STAGES[stage].words, "circle", STAGES[stage].fill, STAGES[stage].colour) for stage in stages]
    return with_key(layout, entries)


def _level_line(position: int, minimum: float) -> dict[str, Any]:
    line = {"color": theme.level_colour(position)[0], "width": 2, "dash": "dot"}
    return {
        "type": "line",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": minimum,
        "y1": minimum,
        "line": line,
    }


def _level_name(minimum: float, name: str) -> dict[str, Any]:
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": minimum, "showarrow": False}
    return {**place, "text": name, "font": {"size": theme.SMALL, "color": theme.LIGHT.muted}}


def _number_places(scored: pd.DataFrame, stage: str) -> list[str]:
    """Where each number stands: the higher score's above, the lower one's below; of equal scores only the validated."""
    highest, different, stages = (scored.groupby("cycle")["score"].transform(how) for how in ("max", "nunique", "size"))
    equal = (stages > 1) & (different == 1)
    apart = np.where(scored["score"] == highest, "top center", "bottom center")
    places = np.where(equal, "bottom center" if stage == "validated" else "", apart)
    return places[(scored["stage"] == stage).to_numpy()].tolist()  # type: ignore[no-any-return]


def _line(scored: pd.DataFrame, name: str, unit: str) -> Trace:
    part, stage = scored[scored["stage"] == name], STAGES[name]
    places = _number_places(scored, name)
    return scatter(
        x=part["cycle"].to_numpy(object),
        y=part["score"].to_numpy(np.float32),
        mode="lines+markers+text",
        text=[number(score) if place else "" for score, place in zip(part["score"], places, strict=True)],
        textposition=[place or "top center" for place in places],
        textfont={"color": stage.colour, "size": theme.SMALL},
        line={"color": stage.colour, "width": 2, "dash": stage.dash},
        marker={"size": 10, "color": stage.fill, "line": {"color": stage.colour, "width": 1.5}},
        hovertext=[
            f"<b>{literal(row.cycle)}</b>, {stage.words}<br>{number(row.score)} {literal(unit)}<br>"
            + (f"{stage.level}: {literal(row.level)}" if isinstance(row.level, str) else f"no {stage.level}")
            for row in part.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
