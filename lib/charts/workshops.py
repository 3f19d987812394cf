"""What each workshop of a plan adds to those before it."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, WIDE, row_layout, unseen, with_numbers
from lib.words import number

_FEW = 5


def workshop_steps(data: pd.DataFrame, *, unit: tuple[str, str], attending: str, coded: bool) -> Figure:
    """A step for each workshop, from what those before it reach to what they reach with it, and the sum below.

    `data`: one row per workshop in order: unit_id, name, adds, running, attending, bound, proven. `unit`: what is
    counted, singular and plural ("city up a level"); `attending`: who attends, plural. `coded`: the id stands before
    the name. Click gives unit_id as customdata.
    """
    at = np.arange(len(data) + 1, dtype=np.float32)
    names = [f"{row.unit_id} {row.name}" if coded else row.name for row in data.itertuples(index=False)]
    wide, full = ([*(elided(name, most) for name in names), "<b>together</b>"] for most in (WIDE, FULL))
    narrow = [
        *(elided(id_ if coded else name, 14) for id_, name in zip(data["unit_id"], names, strict=True)),
        "<b>all</b>",
    ]
    total, limit = float(data["running"].iloc[-1]), _limit(data)
    most = max(total, limit or 0, 1.0)
    axis: dict[str, Any] = {"range": [0, most * 1.04], "title": {"text": literal(unit[1])}, "nticks": 6}
    if most < _FEW:
        axis |= {"dtick": 1}
    layout = row_layout(at, wide, narrow, row_height=30, xaxis=axis, full=full)
    texts = [*(f"+{number(adds)}" for adds in data["adds"]), f"<b>{number(total)}</b>"]
    entries = [
        Entry("what it adds", "square", theme.LIGHT.maturity[2]),
        Entry("all together", "square", theme.LIGHT.primary),
    ]
    if limit is not None:
        layout["shapes"] = [_line(limit)]
        entries.append(Entry(f"no set of as many exceeds {number(limit)}", "tick", theme.LIGHT.muted))
    layout = with_key(with_numbers(layout, at, texts), entries)
    steps = _steps(data, at[:-1], names, unit, attending)
    return figure([steps, _sum(total, at[-1], unit), unseen(at)], layout)


def _limit(data: pd.DataFrame) -> float | None:
    return None if bool(data["proven"].iloc[0]) else float(data["bound"].iloc[0])


def _line(limit: float) -> dict[str, Any]:
    line = {"color": theme.LIGHT.muted, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": limit, "x1": limit, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _steps(
    data: pd.DataFrame, at: NDArray[np.float32], names: list[str], unit: tuple[str, str], attending: str
) -> Trace:
    running, adds = (data[name].to_numpy(np.float32) for name in ("running", "adds"))
    return bar(
        orientation="h",
        base=running - adds,
        x=adds,
        y=at,
        width=0.62,
        marker={"color": theme.LIGHT.maturity[2], "line": {"width": 0}},
        customdata=data["unit_id"].to_numpy(object),
        hovertext=[
            f"<b>{literal(name)}</b><br>adds {number(row.adds)}, {number(row.running)} {literal(unit[1])} so far<br>"
            f"{number(row.attending)} {literal(attending)} would attend"
            for name, row in zip(names, data.itertuples(), strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _sum(total: float, at: np.float32, unit: tuple[str, str]) -> Trace:
    return bar(
        orientation="h",
        x=np.array([total], np.float32),
        y=np.array([at], np.float32),
        width=0.62,
        marker={"color": theme.LIGHT.primary, "line": {"width": 0}},
        hovertext=[f"<b>together</b><br>{number(total)} {literal(unit[1])}"],
        hovertemplate="%{hovertext}<extra></extra>",
    )
