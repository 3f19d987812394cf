"""Twins of the change of the mean: its parts, its key figures, and what became of criteria across standards."""

import numpy as np
import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.cards import Card
from lib.twins.change import Span
from lib.words import counted, number, percent


def change_cards(about: pd.DataFrame, standard: Standard, span: Span) -> list[Card]:
    """Key figures: the same cities, who came and left, and who moved up and down. `about`: city_changes."""
    both = about["before"].notna() & about["now"].notna()
    change = (about["now"] - about["before"])[both]
    rose, fell = int((change > 0).sum()), int((change < 0).sum())
    came, left = int((about["now"].notna() & ~both).sum()), int((about["before"].notna() & ~both).sum())
    many = standard.noun_plural
    shares = [f"{percent(n / of)} of {number(of)}" if of >= MINIMUM_N else f"of {number(of)}" for n, of in (
        (int(both.sum()), int(both.sum()) + came), (came, int(both.sum()) + came), (left, int(both.sum()) + left)
    )]  # fmt: skip
    return [
        (f"Same {many}", number(int(both.sum())), f"{shares[0]} in {span.cycle}", "", None),
        (span.joined, number(came), f"{shares[1]} in {span.cycle}", "", None),
        (span.left, number(left), f"{shares[2]} in {span.versus}", "", None),
        ("Higher score", number(rose), f"{number(fell)} lower, {number(len(change) - rose - fell)} the same", "", None),
    ]


def part_rows(parts: pd.DataFrame, standard: Standard, span: Span) -> pd.DataFrame:
    """The parts with their words for the chart: label, short, number, hover."""
    many = standard.noun_plural
    labels = {
        "before": (f"All {many} in {span.versus}", span.versus),
        "panel": (f"The same {many}, in both cycles", f"Same {many}"),
        "entrants": (f"{span.joined}{'' if span.later else ': joined'}", span.joined),
        "leavers": (f"{span.left}{'' if span.later else ': left'}", span.left),
        "standard": ("The standard asks other things", "Standard"),
        "now": (f"All {many} in {span.cycle}", span.cycle),
    }
    rows = []
    for row in parts.itertuples():
        label, short = labels[row.part]
        count = f" · {number(row.cities)}" if row.part != "standard" else ""
        mean = row.part in ("before", "now")
        value = number(row.value) if mean or not span.counts(row.value) else span.signed(row.value)
        behind = f"\n{counted(row.cities, standard.noun, many)}" if row.part != "standard" else ""
        sure = f"\n95 % interval {_interval(row.low, row.high, span)}" if pd.notna(row.low) else ""
        rows.append(
            (f"{label}{count}", short, value, f"{label}\n{'mean ' if mean else ''}{value} {span.unit[1]}{behind}{sure}")
        )
    return parts.assign(**dict(zip(("label", "short", "number", "hover"), zip(*rows, strict=True), strict=True)))


def parts_table(rows: pd.DataFrame, standard: Standard, span: Span) -> pd.DataFrame:
    """One row per part: what it is, the cities behind it, its value, its interval."""
    return pd.DataFrame(
        {
            "Part": [label.split(" · ")[0] for label in rows["label"]],
            standard.noun_plural.capitalize(): rows["cities"].where(rows["part"] != "standard").astype("Int64"),
            f"{span.unit[1].capitalize()}": rows["value"].round(2),
            "95 % interval": [_interval(*pair, span) for pair in zip(rows["low"], rows["high"], strict=True)],
        }
    )


def crosswalk_table(data: pd.DataFrame, span: Span) -> pd.DataFrame:
    """One row per criterion of either standard: what it was, what it is, and whether the two are compared."""
    return pd.DataFrame(
        {
            f"In {span.cycle}": _both(data["criterion_id"], data["short_name"]),
            f"In {span.versus}": _both(data["other_criterion"], data["other_name"]),
            "Relation": data["relation"],
            "Compared": np.where(data["compared"], "yes", "no"),
            "Note": data["note"],
        }
    )


def _both(ids: pd.Series, names: pd.Series) -> list[str]:
    return [f"{id_} {name}" if isinstance(id_, str) else "" for id_, name in zip(ids, names, strict=True)]


def _interval(low: float, high: float, span: Span) -> str:
    return "" if pd.isna(low) else f"{span.plain(low)} to {span.plain(high)}"
