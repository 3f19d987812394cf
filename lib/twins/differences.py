"""Twins of two rates side by side: one group against another, and what cities say against what was validated."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.change import FALSE_FINDS
from lib.words import count_of, counted, half_up, listed, number, p_text, share_of

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sides:
    """Two groups of cities by an attribute (id and name): one of its values, and another or None for all others."""

    attribute_id: str
    attribute: str
    group: str
    against: str | None

    @property
    def other(self) -> str:
        """The second group in words."""
        return self.against or "all others"


def difference_rows(data: pd.DataFrame, sides: Sides) -> pd.DataFrame:
    """The criteria as rows of a chart: id, label, narrow, value, low, high, stands, number, hover."""
    hover = [
        f"{row.criterion_id} {row.short_name}\n{sides.group}: {_share(row.met, row.answered)}\n"
        f"{sides.other}: {_share(row.other_met, row.other_answered)}\n{_sure(row, row.difference, 'Fisher')}"
        for row in data.itertuples()
    ]
    numbers = [
        f"{count_of(row.met, row.answered)} · {count_of(row.other_met, row.other_answered)}"
        for row in data.itertuples()
    ]
    return _rows(data, data["difference"], numbers, hover)


def difference_title(data: pd.DataFrame, sides: Sides, standard: Standard) -> str:
    """On how many criteria two groups differ, and where most. `data`: group_differences."""
    known = data.dropna(subset="difference")
    if known.empty:
        return f"Not enough {standard.noun_plural} to compare {sides.group} with {sides.other}"
    most = known.iloc[0]
    if half_up(most["difference"] * 100) == 0:
        return f"{sides.group} and {sides.other} do not differ on any criterion"
    marked = known[known["q"] <= FALSE_FINDS]
    of = counted(len(known), "criterion", "criteria")
    if marked.empty:
        return f"None of {of} differs by more than chance; {_widest(most, sides)}"
    verb = "differs" if len(marked) == 1 else "differ"
    return f"{number(len(marked))} of {of} {verb} by more than chance; {_widest(marked.iloc[0], sides)}"


def difference_table(data: pd.DataFrame, sides: Sides) -> pd.DataFrame:
    """One row per criterion: both rates with their counts, the difference with its interval, how sure it is."""
    return pd.DataFrame(
        {
            **_named(data),
            sides.group: _shares(data, "met", "answered"),
            sides.other[:1].upper() + sides.other[1:]: _shares(data, "other_met", "other_answered"),
            "Difference, points": _points(data["difference"]),
            **_interval(data),
            "p (Fisher)": data["p"].round(5),
            "q (Benjamini–Hochberg)": data["q"].round(5),
            "More than chance": np.where(data["q"] <= FALSE_FINDS, "yes", ""),
        }
    )


def claim_rows(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The criteria as rows of a chart: the share that claimed them minus the share that was validated."""
    hover = [
        f"{row.criterion_id} {row.short_name}\nof {counted(row.n, standard.noun, standard.noun_plural)} "
        f"{number(row.both_met + row.overclaimed)} said yes, {number(row.both_met + row.underclaimed)} were validated\n"
        f"{number(row.overclaimed)} claimed what validation did not confirm, {number(row.underclaimed)} the reverse\n"
        f"{_sure(row, row.gap, 'exact McNemar')}"
        for row in data.itertuples()
    ]
    numbers = [f"{number(row.overclaimed)} over · {number(row.underclaimed)} under" for row in data.itertuples()]
    return _rows(data, data["gap"], numbers, hover)


def claims_title(data: pd.DataFrame, standard: Standard) -> str:
    """Which criterion is claimed most beyond what is confirmed. `data`: claims_by_criterion."""
    known = data.dropna(subset="gap")
    if known.empty:
        return f"Not enough {standard.noun_plural} have both kinds of answers to say what they over-claim"
    most = known[known["gap"] == known["gap"].max()]
    row = most.iloc[0]
    if known["overclaimed"].sum() == 0:
        return f"Validation confirmed every claim of {counted(known['n'].max(), standard.noun, standard.noun_plural)}"
    if row["gap"] <= 0 or len(most) > _NAMED:
        over, under = int(known["overclaimed"].sum()), int(known["underclaimed"].sum())
        return f"{counted(over, 'claim')} not confirmed and {counted(under, 'answer')} raised by validation"
    names = listed([f"“{name}”" for name in most["short_name"]])
    claims = f"{count_of(row['overclaimed'], row['n'])} {standard.noun_plural} claimed it unconfirmed"
    return f"Most over-claimed: {names}; {claims}{_each(most)}"


def claims_table(data: pd.DataFrame, units: str) -> pd.DataFrame:
    """One row per criterion: claimed and validated on the same cities, the gap with its interval, how sure it is."""
    columns: dict[str, Any] = {
        **_named(data),
        f"{units.capitalize()} with both answers": data["n"],
        "Said yes": data["both_met"] + data["overclaimed"],
        "Validated": data["both_met"] + data["underclaimed"],
        "Over-claimed": data["overclaimed"],
        "Under-claimed": data["underclaimed"],
        "Gap, points": _points(data["gap"]),
        **_interval(data),
        "p (exact McNemar)": data["p"].round(5),
        "q (Benjamini–Hochberg)": data["q"].round(5),
        "More than chance": np.where(data["q"] <= FALSE_FINDS, "yes", ""),
    }
    return pd.DataFrame(columns)


def claimants_title(data: pd.DataFrame, standard: Standard) -> str:
    """How many cities claim more than was confirmed, and who most. `data`: claims_by_city."""
    net = data["overclaimed"] - data["underclaimed"]
    over, of = int((net > 0).sum()), counted(len(data), standard.noun, standard.noun_plural)
    if over == 0:
        return f"None of {of} claimed more criteria than were validated"
    first = data[net == net.max()]
    most = int(net.max())
    who = listed(list(first["name"])) if len(first) <= _NAMED else f"{len(first)} {standard.noun_plural}"
    claim = "claims" if over == 1 else "claim"
    by = f"by {counted(most, 'criterion', 'criteria')}{_each(first)}"
    return f"{number(over)} of {of} {claim} more than was validated; {who} most, {by}"


def claimants_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per city: criteria it claimed and that were validated, and both levels where there are any."""
    columns: dict[str, Any] = {
        standard.noun.capitalize(): data["name"],
        "Answered twice": data["n"],
        "Said yes": data["said"],
        "Validated": data["held"],
        "Over-claimed": data["overclaimed"],
        "Under-claimed": data["underclaimed"],
    }
    if standard.levels:
        columns |= {"Level claimed (indicative)": data["said_level"], "Level validated": data["held_level"]}
    return pd.DataFrame(columns)


def _rows(data: pd.DataFrame, value: pd.Series, numbers: list[str], hover: list[str]) -> pd.DataFrame:
    label = data["criterion_id"] + " " + data["short_name"]
    return data.assign(
        id=data["criterion_id"],
        label=label,
        narrow=data["criterion_id"],
        value=value,
        stands=data["q"] <= FALSE_FINDS,
        number=numbers,
        hover=hover,
    )


def _widest(row: pd.Series, sides: Sides) -> str:
    own, other = (share_of(row[met], row[of]) for met, of in (("met", "answered"), ("other_met", "other_answered")))
    return f"widest on “{row['short_name']}”: {own} in {sides.group}, {other} in {sides.other}"


def _each(rows: pd.DataFrame) -> str:
    return "" if len(rows) == 1 else " each"


def _sure(row: Any, difference: float, test: str) -> str:  # noqa: ANN401  (a row of itertuples has no type of its own)
    if pd.isna(difference):
        return "too few answers to compare"
    ends = f"{_signed(row.low)} to {_signed(row.high)}"
    chance = f"{test} p = {p_text(row.p)}, Benjamini–Hochberg q = {p_text(row.q)}"
    return f"difference {_signed(difference)} points, 95 % interval {ends}\n{chance}"


def _named(data: pd.DataFrame) -> dict[str, Any]:
    return {"Code": data["criterion_id"], "Criterion": data["short_name"], "Practice area": data["area"]}


def _shares(data: pd.DataFrame, met: str, answered: str) -> list[str]:
    return [_share(part, whole) for part, whole in zip(data[met], data[answered], strict=True)]


def _share(part: float, whole: float) -> str:
    """The count with its share, alone where too few answered for a percentage."""
    return share_of(part, whole) if whole >= MINIMUM_N else count_of(part, whole)


def _interval(data: pd.DataFrame) -> dict[str, Any]:
    ends = zip(data["low"], data["high"], strict=True)
    return {"95 % interval": ["–" if pd.isna(low) else f"{_signed(low)} to {_signed(high)}" for low, high in ends]}


def _points(differences: pd.Series) -> list[str]:
    return ["–" if pd.isna(difference) else _signed(difference) for difference in differences]


def _signed(difference: float) -> str:
    """Percentage points with their sign: "+4", "−3", "0"."""
    points = half_up(difference * 100)
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points):.0f}"
