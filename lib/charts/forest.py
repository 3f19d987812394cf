"""One estimate with its interval per row: differences of rates, and odds ratios."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, row_layout, with_numbers
from lib.words import half_up

Floats = NDArray[np.float64]

ROW_HEIGHT = 24
_WIDE = 54  # characters of a label on any page: pairs have two names
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
_TICKS = 6  # at most about this many
_LEAST = 0.05  # shown to either side of zero, whatever there is
_VALUES = ["value", "low", "high"]
_MOST = 6.5  # doublings to either side
_DOT = 0.15  # doublings that half a dot takes
_ODDS = np.array([1 / 64, 1 / 16, 1 / 4, 1, 4, 16, 64])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values lie: the range shown, its ticks, and the value that would mean nothing."""

    low: float
    high: float
    ticks: Floats
    texts: list[str]
    neutral: float


def difference_intervals(data: pd.DataFrame, *, left: str, right: str, unsaid: str) -> Figure:
    """Differences of two rates as dots on their intervals, in the order given, with a line at zero.

    `data`: one row per criterion: id, label, narrow (its name on a phone), value, low, high (−1..1, NaN = too few
    answers, said as `unsaid`), stands (bool: more than chance after allowing for many tests; its dot is filled),
    number (text at the right), hover. `left` and `right` say what a dot on that side means. Click gives id.
    """
    ends = data[["low", "high"]].to_numpy(np.float64)
    low, high = float(np.nanmin(ends, initial=-_LEAST)), float(np.nanmax(ends, initial=_LEAST))
    room = 0.04 * (high - low)
    step = next(step for step in _STEPS if (high - low) / step <= _TICKS)
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    points = [half_up(tick * 100) for tick in ticks]
    texts = [f"{'+' if tick > 0 else '−' if tick < 0 else ''}{abs(tick):.0f}" for tick in points]
    scale = _Scale(low - room, high + room, ticks, texts, 0.0)
    title = f"← {literal(left)} · percentage points · {literal(right)} →"
    return _forest(data, scale, (title, "percentage points"), [], unsaid)


def odds_intervals(data: pd.DataFrame, *, usual: float) -> Figure:
    """Odds ratios as dots on their intervals, in the order given, on a scale of multiples; a line at the usual one.

    `data`: as in `difference_intervals`, with value, low, high above 0; what is beyond the scale stands at its
    end. Click gives id as customdata.
    """
    with np.errstate(divide="ignore"):
        logs = data.assign(**{name: np.log2(data[name].to_numpy(np.float64)) for name in _VALUES})
    finite = logs[_VALUES].replace([np.inf, -np.inf], np.nan).to_numpy()
    low = max(float(np.nanmin(finite, initial=-1.0)), -_MOST) - 0.2
    high = min(float(np.nanmax(finite, initial=3.0)), _MOST) + 0.4
    ticks = np.log2(_ODDS)
    shown = (ticks >= low) & (ticks <= high)
    texts = [f"{odds:g} ×" if odds >= 1 else f"1/{1 / odds:g} ×" for odds in _ODDS[shown]]
    scale = _Scale(low, high, ticks[shown], texts, float(np.log2(usual)))
    line = Entry("the usual pair", "tick", theme.LIGHT.faint)
    drawn = logs.assign(**{name: logs[name].clip(low, high - _DOT) for name in _VALUES})
    return _forest(drawn, scale, ("odds ratio", "odds ratio"), [line])


def _forest(
    data: pd.DataFrame, scale: _Scale, titles: tuple[str, str], entries: list[Entry], unsaid: str = ""
) -> Figure:
    """`titles` of the axis: on a page, and on a phone."""
    rows = data.assign(at=np.arange(len(data), dtype=np.float32))
    told = rows["value"].notna()
    traces = [_intervals(rows[told]), *(_dots(rows[told & (rows["stands"] == on)], filled=on) for on in (True, False))]
    if not told.all():
        traces.append(_unsaid(rows[~told], scale, unsaid))
    return figure(traces, _layout(rows, scale, titles, entries))


def _layout(rows: pd.DataFrame, scale: _Scale, titles: tuple[str, str], entries: list[Entry]) -> dict[str, Any]:
    at = rows["at"].to_numpy(np.float32)
    axis = {
        "range": [scale.low, scale.high],
        "tickvals": scale.ticks,
        "ticktext": scale.texts,
        "side": "top",
        "title": {"text": titles[0]},
    }
    full, wide = ([elided(label, most) for label in rows["label"]] for most in (FULL, _WIDE))
    narrow = [elided(name, 14) for name in rows["narrow"]]
    layout = row_layout(at, wide, narrow, row_height=ROW_HEIGHT, xaxis=axis, full=full)
    layout["margin"]["t"] = 48
    layout["height"] += 18
    layout = with_numbers(layout, at, [literal(text) for text in rows["number"]])
    layout["shapes"] = [_neutral(scale.neutral)]
    layout["meta"]["narrow"]["xaxis"] = {"title": {"text": titles[1]}}
    layout["meta"]["narrow"]["yaxis2"] = {"showticklabels": False}
    layout["meta"]["narrow"]["margin"]["r"] = 12
    look = theme.LIGHT
    dots = [
        Entry("more than chance", "circle", look.primary, look.primary),
        Entry("may be chance", "circle", look.background, look.primary),
        Entry("95 % interval", "line", look.faint),
    ]
    return with_key(layout, [*dots, *entries])


def _neutral(value: float) -> dict[str, Any]:
    line = {"color": theme.LIGHT.faint, "width": 1.5}
    place = {"x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return {"type": "line", "line": line, **place}


def _intervals(rows: pd.DataFrame) -> Trace:
    low, high = (rows[edge].to_numpy(np.float32) for edge in ("low", "high"))
    return scatter(
        x=np.stack([low, high, np.full_like(low, np.nan)], axis=-1).ravel(),
        y=np.repeat(rows["at"].to_numpy(np.float32), 3),
        mode="lines",
        line={"color": theme.LIGHT.primary, "width": 3},
        opacity=0.35,
        yaxis="y2",
        hoverinfo="skip",
    )


def _dots(rows: pd.DataFrame, *, filled: bool) -> Trace:
    look = theme.LIGHT
    return scatter(
        x=rows["value"].to_numpy(np.float32),
        y=rows["at"].to_numpy(np.float32),
        mode="markers",
        marker={
            "color": look.primary if filled else look.background,
            "size": 10,
            "line": {"color": look.primary, "width": 1.5},
        },
        customdata=rows["id"].to_numpy(object),
        hovertext=hovers(rows["hover"]),
        hovertemplate=HOVERTEXT,
    )


def _unsaid(rows: pd.DataFrame, scale: _Scale, words: str) -> Trace:
    return scatter(
        x=np.full(len(rows), scale.neutral, np.float32),
        y=rows["at"].to_numpy(np.float32),
        mode="text",
        text=literal(words),
        textposition="middle right",
        textfont={"color": theme.LIGHT.muted, "size": 11, "style": "italic"},
        customdata=rows["id"].to_numpy(object),
        hoverinfo="skip",
    )
