"""Twins of the ways that cities took between levels."""

from collections.abc import Sequence

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.change import Span
from lib.words import counted, number, percent


def flow_rows(flows: pd.DataFrame, rungs: Sequence[str], standard: Standard, span: Span) -> pd.DataFrame:
    """The flows with `words` ("Silver → Gold") and a hover that says the share of those who started there."""
    names = dict(enumerate(rungs))
    words = [
        f"{names.get(row.start, span.joined)} → {names[row.end]}" if row.start >= 0 and row.end >= 0
        else f"{span.joined}: {names[row.end]}" if row.end >= 0
        else f"{span.left}: {names.get(row.start, '–')}"
        for row in flows.itertuples()
    ]  # fmt: skip
    from_there = flows.groupby("start")["cities"].transform("sum")
    shares = [
        f" ({percent(row.cities / of)} of {number(of)} that stood there)" if row.start >= 0 and of >= MINIMUM_N else ""
        for row, of in zip(flows.itertuples(), from_there, strict=True)
    ]
    counts = [counted(n, standard.noun, standard.noun_plural) for n in flows["cities"]]
    return flows.assign(
        words=words, hover=[f"{w}\n{n}{share}" for w, n, share in zip(words, counts, shares, strict=True)]
    )


def flows_table(flows: pd.DataFrame, rungs: Sequence[str], span: Span, *, indicative: bool) -> pd.DataFrame:
    """One row per rung in the compared cycle, one column per rung now: numbers of cities, absent last."""
    order = [*range(len(rungs) - 1, -1, -1), -1]
    counts = flows.pivot(index="start", columns="end", values="cities").reindex(index=order, columns=order).fillna(0)
    mark = " (indicative)" if indicative else ""
    names = [*reversed(rungs)]
    table = counts.astype(int).set_axis([f"{name} in {span.cycle}{mark}" for name in names] + [span.left], axis=1)
    table.insert(0, f"In {span.versus}{mark}", [*names, span.joined])
    whole = table.iloc[:, 1:].sum(axis=1)
    return table.assign(All=whole)[whole > 0].reset_index(drop=True)


def flow_table(cities: pd.DataFrame, standard: Standard, span: Span) -> pd.DataFrame:
    """One row per city of a flow: its scores and what came between."""
    columns = {standard.noun.capitalize(): cities["name"], span.versus: cities["before"].round(2)}
    change = (cities["now"] - cities["before"]).round(2)
    return pd.DataFrame(columns | {span.cycle: cities["now"].round(2), "Change": change})
