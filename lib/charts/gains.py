"""What the same cities came to meet and no longer meet: a pair of bars for each criterion."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, WIDE, row_layout, with_numbers
from lib.words import number

Floats = NDArray[np.float32]


def gains_and_losses(data: pd.DataFrame, *, noun_plural: str = "cities") -> Figure:
    """Cities that gained a criterion to the right, those that lost it to the left, the net as a diamond.

    `data`: one row per criterion: criterion_id, short_name, gained, lost, net (numbers of cities), stands (bool: more
    than chance, after allowing for many tests; its diamond is filled), wording (not empty: not asked in the same words,
    and marked), hover. Click gives criterion_id as customdata.
    """
    at = np.arange(len(data), dtype=np.float32)
    gained, lost, net = (data[name].to_numpy(np.float32) for name in ("gained", "lost", "net"))
    stands = data["stands"].to_numpy(bool)
    shown = {
        "customdata": data["criterion_id"].to_numpy(object),
        "hovertext": hovers(data["hover"]),
        "hovertemplate": HOVERTEXT,
    }
    bars = [_bars(gained, at, theme.LIGHT.up, shown), _bars(-lost, at, theme.LIGHT.down, shown)]
    nets = [_nets(net, at, some, shown, filled=filled) for some, filled in ((stands, True), (~stands, False))]
    return figure([*bars, *nets], _layout(data, at, noun_plural))


def _layout(rows: pd.DataFrame, at: Floats, noun_plural: str) -> dict[str, Any]:
    codes = [
        f"{id_}{' †' if wording else ''}" for id_, wording in zip(rows["criterion_id"], rows["wording"], strict=True)
    ]
    names = [f"{code} {name}" for code, name in zip(codes, rows["short_name"], strict=True)]
    full, wide = ([elided(name, most) for name in names] for most in (FULL, WIDE))
    narrow = [elided(code, 9) for code in codes]
    layout = row_layout(at, wide, narrow, row_height=24, xaxis=_axis(rows, noun_plural), full=full)
    layout = with_numbers(layout, at, [_net(*pair) for pair in zip(rows["net"], rows["stands"], strict=True)])
    look = theme.LIGHT
    entries = [
        Entry("▼ no longer met", "square", look.down),
        Entry("▲ newly met", "square", look.up),
        Entry("net, more than chance", "diamond", look.ink, look.ink),
        Entry("net, may be chance", "diamond", look.background, look.ink),
    ]
    return with_key(layout, entries)


def _net(net: int, stands: bool) -> str:
    sign = "+" if net > 0 else "−" if net < 0 else ""
    return f"{sign}{number(abs(net))}{' ◆' if stands else ''}"


def _axis(rows: pd.DataFrame, noun_plural: str) -> dict[str, Any]:
    """Symmetrical, and the counts of both sides without a sign: they are cities."""
    most = float(max(rows[["gained", "lost"]].to_numpy().max(initial=0), 1)) * 1.1
    step = next(step for step in _steps() if most / step <= 4)  # noqa: PLR2004  (ticks on each side)
    ticks = np.arange(0, most, step)
    every = np.concatenate([-ticks[:0:-1], ticks])
    return {
        "range": [-most, most],
        "tickvals": every,
        "ticktext": [number(abs(tick)) for tick in every],
        "zeroline": True,
        "zerolinecolor": theme.LIGHT.faint,
        "zerolinewidth": 1.5,
        "side": "top",
        "title": {"text": literal(noun_plural)},
    }


def _steps() -> list[int]:
    return [factor * 10**power for power in range(7) for factor in (1, 2, 5)]


def _bars(x: Floats, at: Floats, colour: str, shown: Mapping[str, Any]) -> Trace:
    return bar(orientation="h", x=x, y=at, width=0.62, marker={"color": colour, "line": {"width": 0}}, **shown)


def _nets(net: Floats, at: Floats, some: NDArray[np.bool_], shown: Mapping[str, Any], *, filled: bool) -> Trace:
    look = theme.LIGHT
    fill, edge = (look.ink, look.background) if filled else (look.background, look.ink)
    return scatter(
        x=net[some],
        y=at[some],
        yaxis="y2",
        mode="markers",
        marker={"symbol": "diamond", "size": 9, "color": fill, "line": {"color": edge, "width": 1.2}},
        **{**shown, "customdata": shown["customdata"][some], "hovertext": shown["hovertext"][some]},
    )
