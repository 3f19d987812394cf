"""Findings that only the brief has: what stands over its groups, its moves, and where there is nothing to say."""

import pandas as pd

from lib.words import counted, number, percent, share_of

_MOST = 0.5  # "most cities" are more than half of them


def groups_finding(grid: pd.DataFrame, name: str) -> str:
    """In which practice area the groups are widest apart. `grid`: an area grid by the attribute called `name`."""
    known = grid[~grid["pinned"]].dropna(subset="share")
    shares = known.groupby("area_id", sort=False)["share"]
    apart = (shares.max() - shares.min())[shares.size() > 1]
    if apart.empty:
        return f"Too few groups by {name.lower()} are large enough to compare"
    if apart.max() == 0:
        return f"Groups by {name.lower()} stand level in every practice area"
    area = known[known["area_id"] == apart.idxmax()]
    high, low = area.loc[area["share"].idxmax()], area.loc[area["share"].idxmin()]
    ends = f"{percent(high['share'])} in {high['row_label']}, {percent(low['share'])} in {low['row_label']}"
    return f"By {name.lower()}, widest apart in {high['area']}: {ends}"


def easiest_finding(rates: pd.DataFrame, noun_plural: str) -> str:
    """Which criterion most cities meet. `rates`: criterion_rates without empty ones, the highest first."""
    best = rates[rates["pass_rate"] == rates["pass_rate"].max()]
    row = best.iloc[0]
    if len(best) > 1:
        rate = percent(row["pass_rate"])
        return f"{counted(len(best), 'criterion', 'criteria')} are met by the most {noun_plural} ({rate} each)"
    rate = share_of(row["met"], row["answered"])
    if row["pass_rate"] > _MOST:
        return f"Most {noun_plural} meet “{row['short_name']}”: {rate}"
    return f"“{row['short_name']}” is met by the most {noun_plural}: {rate}"


def moves_finding(change: pd.DataFrame, noun_plural: str) -> str:
    """How many criteria gained and lost among the same cities. `change`: criterion_gains."""
    known = change.dropna(subset="change")
    if known.empty:
        return f"Not enough {noun_plural} answered in both cycles to say which criteria moved"
    up, down = int((known["change"] > 0).sum()), int((known["change"] < 0).sum())
    if not up and not down:
        return f"None of {counted(len(known), 'criterion', 'criteria')} is met by more or fewer of them"
    of = f"Of {counted(len(known), 'criterion', 'criteria')}"
    more = f"{number(up) if up else 'none'} {'is' if up == 1 else 'are'} met by more of them than before"
    return f"{of}, {more}, {number(down) if down else 'none'} by fewer"


def shortened(sentence: str, most: int) -> str:
    """The sentence if it has at most `most` characters, else what fits of it; the whole of it is on the method page."""
    return sentence if len(sentence) <= most else sentence[: most - 1].rstrip(" ,") + "…"


def whole_name(short: str, text: str) -> str:
    """The short name of a criterion; its text where the short one is only the beginning of it."""
    return text if short.endswith("…") else short
