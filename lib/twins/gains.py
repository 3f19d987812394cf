"""Twins of what the same cities came to meet and no longer meet, criterion by criterion."""

from typing import Any

import numpy as np
import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.change import FALSE_FINDS
from lib.words import counted, half_up, number, p_text

REWORDED = "re-worded later"
"""A criterion of the standard whose words changed while it was in force: not all cycles may have asked the same."""


def gain_rows(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The criteria with `stands` (more than chance, many tests allowed for), `wording` and a hover.

    `wording` is empty where both cycles asked in the same words, as far as the standard and the crosswalk say.
    """
    later = {criterion.id for criterion in standard.criteria if criterion.reworded_later}
    relations = data["relation"] if "relation" in data else ["same"] * len(data)
    wording = [
        relation if relation != "same" else REWORDED if id_ in later else ""
        for id_, relation in zip(data["criterion_id"], relations, strict=True)
    ]
    hover = [
        f"{row.criterion_id} {row.short_name}\n{number(row.gained)} newly meet it, {number(row.lost)} not any more, "
        f"of {counted(row.n, standard.noun, standard.noun_plural)}\n{_chance(row.p, row.q)}{_asked(row, words)}"
        for row, words in zip(data.itertuples(), wording, strict=True)
    ]
    return data.assign(stands=(data["q"] <= FALSE_FINDS).to_numpy(), wording=wording, hover=hover)


def wording_note(data: pd.DataFrame) -> str:
    """What the mark of criteria in other words means; nothing where there is none. `data`: gain_rows."""
    words = sorted(set(data["wording"]) - {""})
    return f"† {' or '.join(words)}: not asked in the same words, compare with care. " if words else ""


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
    if "other_criterion" in data:
        columns |= {"Asked before as": data["other_criterion"]}
    if data["wording"].any():
        columns |= {"Wording": data["wording"]}
    return pd.DataFrame(columns)


def _chance(p: float, q: float) -> str:
    if pd.isna(p):
        return "too few cities to say"
    return f"exact McNemar p = {p_text(p)}, Benjamini–Hochberg q = {p_text(q)}"


def _asked(row: Any, wording: str) -> str:  # noqa: ANN401  (a row of itertuples has no type of its own)
    before = f", {row.other_criterion} before" if hasattr(row, "other_criterion") else ""
    return f"\n{wording}{before}" if wording else ""
