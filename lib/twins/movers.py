"""Twins of the cities that changed: where each started, how far it went, who is named."""

from itertools import groupby

import pandas as pd

from lib.standard import Standard
from lib.twins.change import Span
from lib.words import counted, number

MOST = 10
"""As many most improved are named, more where they tie with the last of them, fewer where very many tie."""
NAMED = 6
"""Names in the hover of a dot that several cities share."""


def place_rows(both: pd.DataFrame, standard: Standard, span: Span) -> pd.DataFrame:
    """Cities that started alike and changed alike, as one dot: before, change, cities, city_id, hover."""
    keys = list(zip(both["before"].round(1), both["change"].round(1), both["city_id"], both["name"], strict=True))
    keys.sort(key=lambda key: key[:2])
    rows = []
    for (before, change), group in groupby(keys, key=lambda key: key[:2]):
        cities = list(group)
        names = [name for _, _, _, name in cities[:NAMED]] + (
            [f"and {len(cities) - NAMED} more"] if len(cities) > NAMED else []
        )
        moved = f"from {number(before)} to {number(before + change)} ({span.signed(change)})"
        head = names[0] if len(cities) == 1 else counted(len(cities), standard.noun, standard.noun_plural)
        lines = [head, moved] + (names if len(cities) > 1 else [])
        rows.append((before, change, len(cities), cities[0][2] if len(cities) == 1 else "", "\n".join(lines)))
    return pd.DataFrame(rows, columns=["before", "change", "cities", "city_id", "hover"])


def movers_table(both: pd.DataFrame, standard: Standard, span: Span) -> pd.DataFrame:
    """One row per city: its scores, its change, the change expected from its start, and what lies beyond."""
    expected = both["expected"].round(1)
    return pd.DataFrame(
        {
            "Place": both["place"],
            standard.noun.capitalize(): both["name"],
            span.versus: both["before"].round(1),
            span.cycle: both["now"].round(1),
            "Change": both["change"].round(1),
            "Expected": expected,
            "Beyond expected": (both["change"] - both["expected"]).round(1),
        }
    )


def top(both: pd.DataFrame, *, best: bool) -> tuple[pd.DataFrame, int]:
    """The most improved (or those that slipped most), ties whole; and how many that tie next are left unnamed.

    `both`: movements. Cities that did not move that way are never among them. Where more tie for the first place than
    can be named, the first by name stand for them.
    """
    moved = both[both["change"] > 0] if best else both[both["change"] < 0]
    ranked = moved.sort_values("change", ascending=not best, kind="stable")
    first, last = (ranked["change"].abs().rank(method=method, ascending=False) for method in ("min", "max"))
    named = ranked[(first <= MOST) & (last <= MOST + MOST // 2)]
    if named.empty:
        named = ranked[:MOST]
    return named, int((first <= MOST).sum()) - len(named)
