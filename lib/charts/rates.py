"""Pass rates with their uncertainty, one row per criterion."""

from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, WIDE, percent_axis, row_layout, with_numbers
from lib.words import NOT_ENOUGH, between, count_between, number, percent

ROW_HEIGHT = 24
_SYMBOLS = ("circle", "diamond", "square", "triangle-up")
MOST_GROUPS = len(_SYMBOLS)
_MIDDLE = 0.5
_BOUNDS = {"met_low": "met", "met_high": "met", "rate_low": "pass_rate", "rate_high": "pass_rate"}
"""Where only bounds are known, these columns hold them; each else what is exact."""
_ROW = ["area_id", "criterion_id"]
"""What one row of the chart is: under families, which stand in for areas, a criterion may come more than once."""


def rate_intervals(
    data: pd.DataFrame,
    *,
    minimum: int,
    label: str,
    versus_label: str | None = None,
    noun_plural: str = "cities",
    met: str = "",
) -> Figure:
    """Pass rate of each criterion as a dot on its Wilson interval, in the order given; areas head their criteria.

    `data`: one row per criterion (× `group`, if there is such a column: at most four): criterion_id, short_name,
    area_id, area, met, answered, pass_rate, low, high (0..1), optional versus_rate, versus_answered, drawn as a
    hollow dot. With fewer than `minimum` answers there is no dot but words. Optional met_low, met_high, rate_low,
    rate_high: bounds, drawn as a bar where they read apart. `met` says on hover what the count is of, if it is not
    cities. Click gives criterion_id as customdata.
    """
    data = data.assign(**{name: data[exact] for name, exact in _BOUNDS.items() if name not in data})
    met = met or f"{noun_plural} that answered met it"
    groups: list[Any] = list(data["group"].drop_duplicates())[:MOST_GROUPS] if "group" in data else [None]
    names = [literal(label if group is None else group) for group in groups]
    versus_label = versus_label if "versus_rate" in data and len(groups) == 1 else None
    rows = _rows(data)
    traces: list[Trace] = []
    placed = _placed(data, rows, groups)
    for turn, group in enumerate(groups):
        part = placed if group is None else placed[placed["group"] == group]
        enough = part["answered"] >= minimum
        traces += _dots(part[enough], turn, names[turn], met) + _too_few(part[~enough], noun_plural)
    if versus_label:
        traces.append(_versus(placed, literal(versus_label), minimum))
    key = _key(_counted(names, data), versus_label, bounds=bool(_apart(data[data["answered"] >= minimum]).any()))
    return figure(traces, _layout(rows, placed, key, len(groups)))


def _placed(data: pd.DataFrame, rows: pd.DataFrame, groups: list[Any]) -> pd.DataFrame:
    """The data with the place `y` of each dot: groups one under another around the row of their criterion."""
    y = rows.set_index(_ROW)["y"].loc[pd.MultiIndex.from_frame(data[_ROW])].to_numpy()
    turn = data["group"].map({group: turn for turn, group in enumerate(groups)}) if "group" in data else 0
    return data.assign(y=(y + (turn - (len(groups) - 1) / 2) * 0.72 / len(groups)).astype(np.float32))


def _counted(names: list[str], data: pd.DataFrame) -> list[str]:
    """Names of groups with the number of cities in each."""
    if "group_cities" not in data:
        return names
    cities = data.drop_duplicates("group")["group_cities"]
    return [f"{name} · {number(count)}" for name, count in zip(names, cities, strict=False)]


def _rows(data: pd.DataFrame) -> pd.DataFrame:
    """One row per criterion with its place `y` and whether its area's heading stands above it."""
    rows = data.drop_duplicates(_ROW).reset_index(drop=True)
    starts = rows["area_id"].ne(rows["area_id"].shift())
    grouped = starts.sum() == rows["area_id"].nunique() and rows["area_id"].nunique() > 1
    headed = starts & grouped
    return rows.assign(headed=headed, y=(np.arange(len(rows)) + headed.cumsum() * 1.15).astype(np.float32))


def _layout(rows: pd.DataFrame, data: pd.DataFrame, entries: list[Entry], groups: int) -> dict[str, Any]:
    heads = rows[rows["headed"]]
    at = np.concatenate([rows["y"].to_numpy(), heads["y"].to_numpy() - np.float32(1)])
    ids = rows["criterion_id"].tolist()  # plain lists: a column of text is slow to read row by row
    told = [f"{id_} {name}" for id_, name in zip(ids, rows["short_name"].tolist(), strict=True)]
    full, wide = ([elided(text, most) for text in told] for most in (FULL, WIDE))
    names = [f"<b>{elided(area, 40)}</b>" for area in heads["area"]]
    narrow = [literal(id_) for id_ in ids]
    layout = row_layout(
        at,
        [*wide, *names],
        [*narrow, *(f"<b>{elided(area, 9)}</b>" for area in heads["area_id"])],
        row_height=ROW_HEIGHT + 14 * (groups - 1),
        xaxis=percent_axis(),
        full=[*full, *names],
    )
    layout = with_numbers(layout, data["y"].to_numpy(), _counts(data))
    return with_key(layout, entries)


def _key(names: list[str], versus_label: str | None, *, bounds: bool) -> list[Entry]:
    colours = theme.LIGHT.groups
    dots = [Entry(name, _SYMBOLS[turn], colours[turn]) for turn, name in enumerate(names)]
    hollow = Entry(literal(versus_label), "circle", theme.LIGHT.background, theme.LIGHT.muted)
    bar = [Entry("between these bounds", "square", colours[0])] if bounds else []
    return [*dots, *bar, Entry("95 % interval", "line", theme.LIGHT.faint), *([hollow] if versus_label else [])]


def _counts(data: pd.DataFrame) -> list[str]:
    counts = zip(data["met_low"], data["met_high"], data["answered"], strict=True)
    return ["–" if np.isnan(answered) else count_between(low, high, answered) for low, high, answered in counts]


def _apart(data: pd.DataFrame) -> pd.Series:
    """Rows whose bounds do not read alike."""
    return data["rate_low"].map(percent) != data["rate_high"].map(percent)


def _dots(shown: pd.DataFrame, turn: int, name: str, met: str) -> list[Trace]:
    colour, apart = theme.LIGHT.groups[turn], _apart(shown).to_numpy()
    dots = scatter(
        x=((shown["rate_low"] + shown["rate_high"]) / 2).to_numpy(np.float32),
        y=shown["y"].to_numpy(),
        mode="markers",
        marker={"color": colour, "size": 10, "symbol": _SYMBOLS[turn]},
        customdata=shown["criterion_id"].to_numpy(object),
        text=_hovers(shown, met),
        hovertemplate="%{text}<extra>" + name + "</extra>",
    )
    lines = [_lines(shown, ("low", "high"), {"color": colour, "width": 3}, 0.35)]
    if apart.any():  # seen as a bar, and hovered over in its middle
        dots.update(marker={**dots["marker"], "opacity": np.where(apart, 0, 1)})
        lines.append(_lines(shown[apart], ("rate_low", "rate_high"), {"color": colour, "width": 9}, 1))
    return [*lines, dots]


def _lines(shown: pd.DataFrame, ends: tuple[str, str], line: dict[str, Any], opacity: float) -> Trace:
    """All from one end to the other as one path; on the second axis, which only exists for a trace."""
    low, high = (shown[edge].to_numpy(np.float32) for edge in ends)
    return scatter(
        x=np.stack([low, high, np.full_like(low, np.nan)], axis=-1).ravel(),
        y=np.repeat(shown["y"].to_numpy(), 3),
        mode="lines",
        line=line,
        opacity=opacity,
        yaxis="y2",
        hoverinfo="skip",
    )


def _hovers(shown: pd.DataFrame, met: str) -> list[str]:
    columns = ("criterion_id", "short_name", *_BOUNDS, "answered", "low", "high")
    return [
        f"<b>{literal(id_)} {literal(name)}</b><br>{count_between(met_low, met_high, answered)} {literal(met)}: "
        f"{between(percent(rate_low), percent(rate_high))}<br>95 % interval {percent(low)} to {percent(high)}"
        for id_, name, met_low, met_high, rate_low, rate_high, answered, low, high in zip(
            *(shown[column].tolist() for column in columns), strict=True
        )
    ]


def _too_few(part: pd.DataFrame, noun_plural: str) -> list[Trace]:
    if part.empty:
        return []
    before = part["versus_rate"] if "versus_rate" in part else pd.Series(np.nan, part.index)
    left = ~(before < _MIDDLE).to_numpy()  # the words stand where the compared cycle's dot does not
    words = scatter(
        x=np.where(left, 0, 1).astype(np.float32),
        y=part["y"].to_numpy(),
        mode="text",
        text=literal(NOT_ENOUGH.format(units=noun_plural)),
        textposition=np.where(left, "middle right", "middle left").tolist(),
        textfont={"color": theme.LIGHT.muted, "size": 11, "style": "italic"},
        customdata=part["criterion_id"].to_numpy(object),
        hoverinfo="skip",
    )
    return [words]


def _versus(placed: pd.DataFrame, name: str, minimum: int) -> Trace:
    enough = placed["versus_rate"].notna()
    if "versus_answered" in placed:
        enough &= placed["versus_answered"] >= minimum
    shown = placed[enough]
    return scatter(
        x=shown["versus_rate"].to_numpy(np.float32),
        y=shown["y"].to_numpy(),
        mode="markers",
        marker={"color": theme.LIGHT.background, "size": 9, "line": {"color": theme.LIGHT.muted, "width": 1.5}},
        customdata=shown["criterion_id"].to_numpy(object),
        text=[
            f"<b>{literal(code)}</b><br>{percent(rate)}"
            for code, rate in zip(shown["criterion_id"], shown["versus_rate"], strict=True)
        ],
        hovertemplate="%{text}<extra>" + name + "</extra>",
    )
