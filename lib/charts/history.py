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
    cycles, scored = list(dict.fromkeys(data["cycle"].tolist())), data[data["score"].notna()]
    stages = [stage for stage in STAGES if stage in set(scored["stage"].tolist())]
    lines = [_line(scored, stage, unit) for stage in stages]
    return figure(lines, _layout(cycles, levels, stages, score_max, unit))


def _layout(cycles: list[str], levels: pd.DataFrame, stages: list[str], score_max: float, unit: str) -> dict[str, Any]:
    minima = levels["minimum"].tolist()
    names = [
        f"{literal(level)} from {number(low)}" for level, low in zip(levels["level"].tolist(), minima, strict=True)
    ]
    ticks = {"tickmode": "array", "tickvals": cycles, "ticktext": [literal(cycle) for cycle in cycles]}
    layout = {
        "height": 290,
        "margin": {"l": 44, "r": width_of(names) if names else 12, "t": 6, "b": 28},
        "xaxis": {**ticks, "type": "category", "categoryarray": cycles, "showgrid": False}
        | {"range": [-0.4, len(cycles) - 0.6]},
        "yaxis": {"range": [0, score_max * 1.06], "title": {"text": literal(unit)}, "nticks": 6},
        "shapes": [_level_line(place, level) for place, level in enumerate(minima, start=1)],
        "annotations": [_level_name(minimum, name) for minimum, name in zip(minima, names, strict=True)],
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
    rows = list(zip(scored["cycle"].tolist(), scored["stage"].tolist(), scored["score"].tolist(), strict=True))
    scores: dict[str, list[float]] = {}
    for cycle, _, score in rows:
        scores.setdefault(cycle, []).append(score)
    return [_number_place(stage, score, scores[cycle]) for cycle, own, score in rows if own == stage]


def _number_place(stage: str, score: float, scores: list[float]) -> str:
    if len(scores) > 1 and len(set(scores)) == 1:
        return "bottom center" if stage == "validated" else ""
    return "top center" if score == max(scores) else "bottom center"


def _line(scored: pd.DataFrame, name: str, unit: str) -> Trace:
    part, stage = scored[scored["stage"] == name], STAGES[name]
    places, scores = _number_places(scored, name), part["score"].tolist()
    told = zip(part["cycle"].tolist(), scores, part["level"].tolist(), strict=True)
    return scatter(
        x=part["cycle"].to_numpy(object),
        y=part["score"].to_numpy(np.float32),
        mode="lines+markers+text",
        text=[number(score) if place else "" for score, place in zip(scores, places, strict=True)],
        textposition=[place or "top center" for place in places],
        textfont={"color": stage.colour, "size": theme.SMALL},
        line={"color": stage.colour, "width": 2, "dash": stage.dash},
        marker={"size": 10, "color": stage.fill, "line": {"color": stage.colour, "width": 1.5}},
        hovertext=[
            f"<b>{literal(cycle)}</b>, {stage.words}<br>{number(score)} {literal(unit)}<br>"
            + (f"{stage.level}: {literal(level)}" if isinstance(level, str) else f"no {stage.level}")
            for cycle, score, level in told
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
