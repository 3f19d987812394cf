"""Orders of a heatmap's columns, and what its pattern is, in words computed from the data."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.selection import MINIMUM_N
from lib.words import NOT_ENOUGH, count_of, counted, interval, number, percent

APART = 0.1
"""A group that is this much above or below the cohort is strong or weak."""
NAMED = 2
"""So many strong and weak columns of a group are named."""
WIDTHS = ((0.7, "clearly"), (0.5, "fairly clearly"), (0.25, "weakly"))
"""Mean silhouette widths by Kaufman and Rousseeuw (1990)."""
SCALE = 0.9
"""Guttman's own bar for a scale."""


def in_columns(data: pd.DataFrame, key: str, ids: Sequence[str]) -> pd.DataFrame:
    """A grid with its columns in the order of `ids`, rows as they come."""
    rank = {id_: place for place, id_ in enumerate(ids)}
    columns = data[key].map(rank).to_numpy(float)
    rows = pd.factorize(data["row_id"])[0]
    return data.iloc[np.lexsort((columns, rows))].reset_index(drop=True)


def columns_by(data: pd.DataFrame, key: str, *, value: str | None = None, name: str | None = None) -> list[str]:
    """Ids of a grid's columns: by the pinned row's `value` (highest first, unknown last), by `name`, else as given."""
    columns = data.drop_duplicates(key) if value is None else data[data["pinned"]].drop_duplicates(key)
    if value is not None:
        columns = columns.sort_values(value, ascending=False, kind="stable")
    elif name is not None:
        columns = columns.sort_values(name, key=lambda names: names.str.casefold(), kind="stable")
    return list(columns[key])


def group_sentences(groups: pd.DataFrame, *, name: str, noun: str, noun_plural: str) -> list[str]:
    """What each group has in common, against the whole cohort; nothing where there is one group only.

    `groups`: one row per group and column: row_id, row_label, members, value, whole, `name`, and met, answered, least,
    most where the columns are criteria.
    """
    parts = [part for _, part in groups.groupby("row_id", sort=False)]
    if len(parts) < 2:  # noqa: PLR2004  (one group is the whole)
        return []
    return [_sentence(part, name, noun, noun_plural) for part in parts]


def areas_note(order: pd.DataFrame, *, noun_plural: str) -> str:
    """How the order of rows was found, and how far its groups stand apart. `order`: `area_order`."""
    found = f"{noun_plural.capitalize()} with similar shares stand side by side (hierarchical clustering)"
    if len(order) > order["clustered"].iloc[0]:
        found += (
            f", found on a sample of {number(order['clustered'].iloc[0])} taken evenly from the lowest to the highest; "
            f"each of the other {noun_plural} stands beside the one most like it"
        )
    width = order["silhouette"].iloc[0]
    if pd.isna(width):
        return f"{found}. There are too few of them, or too alike, to look for groups."
    apart = next((word for least, word in WIDTHS if width >= least), None)
    how = f"stand {apart} apart" if apart else "pass into one another"
    return f"{found}. The groups {how}: mean silhouette {width:.2f}, where 1 is apart and 0 is not."


def scale_note(order: pd.DataFrame, *, noun_plural: str) -> str:
    """How the order was found, and whether the criteria are a scale. `order`: `criteria_order`."""
    found = f"Guttman order: {noun_plural} by how many criteria they meet, criteria by how many meet them."
    fit, usual = order["reproducibility"].iloc[0], order["marginal"].iloc[0]
    if pd.isna(fit):
        return found
    verdict = "a scale" if fit >= SCALE and fit > usual else "no scale: who meets a harder one need not meet an easier"
    return (
        f"{found} Coefficient of reproducibility {fit:.2f}: the number met foretells so much of the answers "
        f"(the pass rates alone {usual:.2f}; from {SCALE:.2f} it is called a scale). This is {verdict}."
    )


def _sentence(part: pd.DataFrame, name: str, noun: str, noun_plural: str) -> str:
    first = part.iloc[0]
    who = f"{first['row_label']}: {counted(first['members'], noun, noun_plural)}"
    if "most" in part:
        verb = "meets" if first["members"] == 1 else "meet"
        who += f" that {verb} {_range(first)} of {counted(len(part), 'criterion', 'criteria')}"
    if first["members"] < MINIMUM_N:
        return f"{who}; {NOT_ENOUGH.format(units=noun_plural)} what they have in common."
    return f"{who}, {_apart(part.dropna(subset=['value', 'whole']), name)}."


def _range(first: pd.Series) -> str:
    least, most = number(first["least"]), number(first["most"])
    return least if least == most else f"{least} to {most}"


def _apart(part: pd.DataFrame, name: str) -> str:
    """In which columns a group is far above or below the cohort, the furthest first."""
    lead = part["value"] - part["whole"]
    above = part[lead >= APART].loc[lead[lead >= APART].sort_values(ascending=False, kind="stable").index]
    below = part[lead <= -APART].loc[lead[lead <= -APART].sort_values(kind="stable").index]
    if above.empty and below.empty:
        return "near the whole cohort throughout"
    if len(above) == len(part) > 1:
        return f"strong throughout, most in {_named(above, name)}"
    if len(below) == len(part) > 1:
        return f"weak throughout, most in {_named(below, name)}"
    ways = (("strong", above), ("weak", below))
    return ", ".join(f"{way} in {_named(columns, name)}" for way, columns in ways if len(columns))


def _named(columns: pd.DataFrame, name: str) -> str:
    quoted = name == "short_name"  # criteria: some are questions
    texts = [
        f"{f'“{row[name]}”' if quoted else row[name]} ({_value(row)})" for _, row in columns.head(NAMED).iterrows()
    ]
    return " and ".join(texts)


def _value(row: pd.Series) -> str:
    """What stands behind the word: a count where there is one, else the mean with its interval."""
    if "least" in row:
        return count_of(row["met"], row["answered"])
    return f"{percent(row['value'])}, {interval(row['low'], row['high'])}"
