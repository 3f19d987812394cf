"""The finding that each chart has as its title, computed from the chart's own data."""

import pandas as pd

from lib.selection import MINIMUM_N, NEAR, NO_LEVEL
from lib.standard import Standard
from lib.words import counted, half_up, number, percent, share_of, signed_points


def levels_title(data: pd.DataFrame, *, cycle: str, noun: str, noun_plural: str, indicative: bool) -> str:
    """How many stand on a level in `cycle`. `data`: cycle, level, cities, assessed."""
    rows = zip(*(data[name].tolist() for name in ("cycle", "level", "cities", "assessed")), strict=True)
    now = [row[1:] for row in rows if row[0] == cycle]
    assessed = max((of for _, _, of in now), default=0)
    reached = sum(cities for level, cities, _ in now if level != NO_LEVEL)
    verb = "would reach a level (indicative)" if indicative else "reach a level"
    share = f" ({percent(reached / assessed)})" if assessed >= MINIMUM_N else ""
    return f"{number(reached)} of {counted(assessed, noun, noun_plural)}{share} {verb} in {cycle}"


def change_title(data: pd.DataFrame, *, versus: str, noun: str, noun_plural: str) -> str:
    """Where the same cities changed most since `versus`. `data`: area, panel, panel_change."""
    panel = int(data["panel"].max()) if len(data) else 0
    known = data.dropna(subset="panel_change")
    if panel < MINIMUM_N or known.empty:
        return f"Only {counted(panel, noun, noun_plural)} in both cycles: not enough to say what changed"
    most = known.loc[known["panel_change"].abs().idxmax()]
    same = f"The same {counted(panel, noun, noun_plural)}"
    if half_up(most["panel_change"] * 100) == 0:
        return f"{same} stand where they stood in {versus}"
    return f"{same} changed most in {most['area']}: {signed_points(most['panel_change'])} since {versus}"


def history_title(data: pd.DataFrame, *, unit: str) -> str:
    """From the first to the last score of one stage. `data`: cycle, stage, score in time order."""
    rows = zip(data["cycle"].tolist(), data["stage"].tolist(), data["score"].tolist(), strict=True)
    scored = [row for row in rows if not pd.isna(row[2])]
    if not scored:
        return "No score in any cycle"
    of_stage = [(cycle, score) for cycle, stage, score in scored if stage == scored[-1][1]]
    (since, first), (cycle, last) = of_stage[0], of_stage[-1]
    if len(of_stage) == 1:
        return f"{number(last)} {unit} in {cycle}, the only cycle so far"
    if first == last:
        return f"{number(last)} {unit} in {cycle} as in {since}"
    return f"From {number(first)} to {number(last)} {unit} between {since} and {cycle}"


def area_title(data: pd.DataFrame, name: str) -> str:
    """The hardest and the easiest criterion of an area. `data`: a criteria grid with its pinned cohort row."""
    known = data[data["pinned"]].dropna(subset="pass_rate").sort_values("pass_rate", kind="stable")
    if known.empty:
        return name
    hardest, easiest = known.iloc[0], known.iloc[-1]
    parts = (f"{share_of(row['met'], row['answered'])} meet “{row['short_name']}”" for row in (easiest, hardest))
    return f"{name}: {', '.join(parts)}"


def groups_title(data: pd.DataFrame, name: str) -> str:
    """The criterion on which groups differ most. `data`: criterion_id, short_name, group, pass_rate."""
    rates = data.dropna(subset="pass_rate").pivot(index="criterion_id", columns="group", values="pass_rate")
    apart = (rates.max(axis=1) - rates.min(axis=1)).dropna()
    if apart.empty or apart.max() == 0:
        return f"Pass rates by {name.lower()}"
    most = str(apart.idxmax())
    of_it = data[data["criterion_id"] == most].set_index("group")
    high, low = of_it.loc[str(rates.loc[most].idxmax())], of_it.loc[str(rates.loc[most].idxmin())]
    return f"Widest apart on “{high['short_name']}”: {_in_group(high)}, {_in_group(low)}"


def near_title(cities: pd.DataFrame, standard: Standard) -> str:
    """How many are close to the next level. `cities`: one row per city of the cohort with its to_next."""
    if not standard.levels:
        median = cities["score"].median()
        return f"Half of them score {number(median)} or more" if pd.notna(median) else "No scores yet"
    near = int((cities["to_next"] <= NEAR).sum())
    who = f"{counted(near, standard.noun, standard.noun_plural)} {'is' if near == 1 else 'are'}"
    return f"{who} within {NEAR} {standard.score_unit[1]} of the next level"


def _in_group(row: pd.Series) -> str:
    return f"{share_of(row['met'], row['answered'])} in {row.name}"
