"""Who is nearly there, and what stands in the way."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, WIDE, row_layout, unseen, with_numbers
from lib.words import count_of, counted, number

PER_LINE, MOST_LINES = 12, 5
"""Dots side by side, as many as a phone can tell apart; and lines of them before the rest is only counted."""
_LINE = 26  # pixels
_ROOM = 22  # dots that would fit side by side on a page
MOST_BLOCKERS = 12
"""At most this many criteria are drawn; the table has all."""


def near_dots(data: pd.DataFrame, *, unit: tuple[str, str], noun: str, noun_plural: str) -> Figure:
    """A dot for each city, in a row for each next level and number of criteria missing; at a contested score a diamond.

    `data`: one row per city in the order wanted: city_id, name, score, level_position, next_level, to_next,
    boundary_note. `unit`: one step of the score, singular and plural. Click gives city_id as customdata.
    """
    row, turn, rows = _places(data["next_level"].tolist(), np.ceil(data["to_next"].to_numpy(np.float64)).tolist())
    lines = np.minimum(np.ceil(rows["cities"] / PER_LINE), MOST_LINES).to_numpy(np.float32)
    tops = np.concatenate([[0], np.cumsum(lines + np.float32(0.55))[:-1]]).astype(np.float32)
    drawn = turn < PER_LINE * MOST_LINES
    x, y = (turn % PER_LINE).astype(np.float32), (tops[row] + turn // PER_LINE).astype(np.float32)
    positions = data["level_position"].to_numpy()
    steps = dict.fromkeys(positions.tolist())
    traces = [_dots(data[on], x[on], y[on], unit) for step in steps for on in [drawn & (positions == step)]]
    layout = _near_layout(rows.assign(at=tops + (lines - 1) / 2, foot=tops + lines), unit, (noun, noun_plural))
    return figure([*traces, unseen(tops)], _keyed(layout, data))


def _places(levels: list[str], short: list[float]) -> tuple[NDArray[np.intp], NDArray[np.intp], pd.DataFrame]:
    """The row of each city, its turn in it, and the rows: next_level, short, cities."""
    counts: dict[tuple[str, float], int] = {}
    turns = []
    for key in zip(levels, short, strict=True):
        turns.append(counts.get(key, 0))
        counts[key] = turns[-1] + 1
    numbers = {key: number for number, key in enumerate(counts)}
    row = np.array([numbers[key] for key in zip(levels, short, strict=True)], dtype=np.intp)
    names, missing = zip(*counts, strict=True)
    rows = pd.DataFrame({"next_level": names, "short": missing, "cities": list(counts.values())})
    return row, np.array(turns, dtype=np.intp), rows


def _dots(part: pd.DataFrame, x: NDArray[np.float32], y: NDArray[np.float32], unit: tuple[str, str]) -> Trace:
    contested = part["boundary_note"].notna().to_numpy()
    columns = (part[name].tolist() for name in ("name", "score", "to_next", "next_level"))
    texts = [
        f"<b>{literal(name)}</b><br>score {number(score)}, {counted(short, *unit)} short of {literal(level)}"
        f"{'<br>at the boundary' if noted else ''}"
        for name, score, short, level, noted in zip(*columns, contested.tolist(), strict=True)
    ]
    colour = theme.level_colour(int(part["level_position"].iloc[0]) + 1)[0]
    symbols = np.where(contested, "diamond", "circle").tolist()
    return scatter(
        x=x,
        y=y,
        mode="markers",
        marker={"color": colour, "size": 12, "symbol": symbols, "line": {"color": theme.LIGHT.ink, "width": 1}},
        customdata=part["city_id"].to_numpy(object),
        text=texts,
        hovertemplate="%{text}<extra></extra>",
    )


def _near_layout(rows: pd.DataFrame, unit: tuple[str, str], nouns: tuple[str, str]) -> dict[str, Any]:
    at = rows["at"].to_numpy(np.float32)
    wide = [f"{counted(row.short, *unit)} short of {elided(row.next_level, 20)}" for row in rows.itertuples()]
    narrow = [f"{number(row.short)} to {elided(row.next_level, 9)}" for row in rows.itertuples()]
    axis = {"range": [-0.8, _ROOM], "visible": False}
    layout = row_layout(at, wide, narrow, row_height=_LINE, xaxis=axis)
    span = [float(rows["foot"].max() - 0.2), -0.8]
    layout |= {"yaxis": {**layout["yaxis"], "range": span}, "yaxis2": {**layout["yaxis2"], "range": span}}
    layout["height"] = round((span[0] - span[1]) * _LINE) + 12
    layout["margin"] |= {"b": 8}
    layout["meta"]["narrow"]["xaxis"] = {"range": [-0.8, PER_LINE]}
    return with_numbers(layout, at, [_size(row.cities, *nouns) for row in rows.itertuples()])


def _size(cities: int, noun: str, noun_plural: str) -> str:
    drawn = PER_LINE * MOST_LINES
    more = f"<br>{number(drawn)} drawn" if cities > drawn else ""
    return f"{literal(counted(cities, noun, noun_plural))}{more}"


def _keyed(layout: dict[str, Any], data: pd.DataFrame) -> dict[str, Any]:
    steps = data.drop_duplicates("level_position")
    entries = [
        Entry(
            f"next is {literal(row.next_level)}",
            "circle",
            theme.level_colour(int(row.level_position) + 1)[0],
            theme.LIGHT.ink,
        )
        for row in steps.itertuples()
    ]
    if data["boundary_note"].notna().any():
        entries.append(Entry("at the boundary", "diamond", "rgba(0,0,0,0)", theme.LIGHT.ink))
    return with_key(layout, entries)


def in_the_way_bars(data: pd.DataFrame, *, noun_plural: str) -> Figure:
    """How many near misses each criterion stands in the way of, those with a no apart from those without an answer.

    `data`: one row per criterion, most missed first: criterion_id, short_name, near_misses, missing, not_met, blocked,
    unanswered. The first MOST_BLOCKERS are drawn. Click gives criterion_id as customdata.
    """
    shown = data.head(MOST_BLOCKERS)
    at = np.arange(len(shown), dtype=np.float32)
    wide, full = (
        [elided(f"{row.criterion_id} {row.short_name}", most) for row in shown.itertuples()] for most in (WIDE, FULL)
    )
    most = float(max(shown["near_misses"].max() if len(shown) else 1, 1))
    axis: dict[str, Any] = {"range": [0, most * 1.02], "title": {"text": literal(noun_plural)}, "rangemode": "tozero"}
    if most < 5:  # noqa: PLR2004  (no half a city)
        axis["dtick"] = 1
    codes = [literal(id_) for id_ in shown["criterion_id"]]
    layout = row_layout(at, wide, codes, row_height=26, xaxis=axis, full=full)
    counts = [count_of(row.missing, row.near_misses) for row in shown.itertuples()]
    parts = _parts(shown)
    entries = [Entry(words, *sign) for words, sign in ((name, look) for name, look, _ in parts)]
    layout = with_key(with_numbers(layout | {"barmode": "stack"}, at, counts), entries)
    return figure([*_stacked(shown, at, parts, noun_plural), unseen(at)], layout)


Part = tuple[str, tuple[str, ...], str]


def _parts(shown: pd.DataFrame) -> list[Part]:
    """Words, look and column of the kinds that occur."""
    look = theme.LIGHT
    kinds: list[Part] = [
        ("not met", ("square", look.primary), "not_met"),
        ("blocked by a prerequisite", ("square", look.blocked, look.on_blocked), "blocked"),
        ("not answered", ("hatch", look.not_assessed, look.on_not_assessed), "unanswered"),
    ]
    return [kind for kind in kinds if kind[2] == "not_met" or shown[kind[2]].any()]


def _stacked(shown: pd.DataFrame, at: NDArray[np.float32], parts: list[Part], noun_plural: str) -> list[Trace]:
    return [
        bar(
            orientation="h",
            x=shown[column].to_numpy(np.float32),
            y=at,
            width=0.62,
            marker=_fill(look),
            customdata=shown["criterion_id"].to_numpy(object),
            hovertext=[
                f"<b>{literal(row.criterion_id)} {literal(row.short_name)}</b><br>{words}: "
                f"{count_of(getattr(row, column), row.near_misses)} {literal(noun_plural)}"
                for row in shown.itertuples()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        for words, look, column in parts
    ]


def _fill(look: tuple[str, ...]) -> dict[str, Any]:
    line = {"color": look[2], "width": 1} if len(look) > 2 else {"width": 0}  # noqa: PLR2004
    pattern = {"shape": "/", "size": 5, "solidity": 0.3, "fgcolor": look[2]} if look[0] == "hatch" else {}
    return {"color": look[1], "line": line} | ({"pattern": pattern} if pattern else {})
