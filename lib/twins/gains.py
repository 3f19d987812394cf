"""Twins of what the same cities came to meet and no longer meet, criterion by criterion."""

from typing import Any

import numpy as np
import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.change import FALSE_FINDS
from lib.words import counted, half_up, number, p_text


def gain_rows(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The criteria with `stands` (more than chance, many tests allowed for) and a hover."""
    stands = (data["q"] <= FALSE_FINDS).to_numpy()
    hover = [
        f"{row.criterion_id} {row.short_name}\n{number(row.gained)} newly meet it, {number(row.lost)} not any more, "
        f"of {counted(row.n, standard.noun, standard.noun_plural)}\n{_chance(row.p, row.q)}{_relation(row)}"
        for row in data.itertuples()
    ]
    return data.assign(stands=stands, hover=hover)


def gains_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per criterion: who answered it twice, gained, lost, net, and how surely that is no chance."""
    known = [
        f"{half_up(100 * net / n):+g}".replace("-", "−") if n >= MINIMUM_N else "–"
        for net, n in zip(data["net"], data["n"], strict=True)
    ]
    columns: dict[str, Any] = {
        "Code": data["criterion_id"],
        "Criterion": data["short_name"],
        "Practice area": data["area"],
        f"{standard.noun_plural.capitalize()} that answered in both": data["n"],
        "Gained": data["gained"],
        "Lost": data["lost"],
        "Net": data["net"],
        "Net, % points": known,
        "p (exact McNemar)": data["p"].round(5),
        "q (Benjamini–Hochberg)": data["q"].round(5),
        "More than chance": np.where(data["stands"], "yes", ""),
    }
    if "relation" in data:
        columns |= {"Asked before as": data["other_criterion"], "Wording": data["relation"]}
    return pd.DataFrame(columns)


def _chance(p: float, q: float) -> str:
    if pd.isna(p):
        return "too few cities to say"
    return f"exact McNemar p = {p_text(p)}, Benjamini–Hochberg q = {p_text(q)}"


def _relation(row: Any) -> str:  # noqa: ANN401  (a row of itertuples has no type of its own)
    relation = getattr(row, "relation", "same")
    return "" if relation == "same" else f"\n{relation}: {row.other_criterion} before"
