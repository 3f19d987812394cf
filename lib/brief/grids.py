"""Practice areas × cycles, and practice areas × groups of cities: shares in tinted cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from lib import theme
from lib.brief.parts import Cell, Grid, GridRow
from lib.brief.sentences import groups_finding
from lib.findings import heatmap_finding
from lib.segments import Segment
from lib.standard import Standard
from lib.words import number, percent

NAMED_AREAS = 9
"""Up to this many practice areas have room for their names above the columns; more are headed by their codes."""
_STEPS = len(theme.LIGHT.maturity)
_GROUPS, _LARGE_ENOUGH = range(2, 13), 2 / 3


def cycles_part(data: pd.DataFrame, standard: Standard) -> Grid:
    """`data`: area_grid_by_cycle, with at least one row."""
    many = standard.noun_plural
    return _grid(
        data,
        title=heatmap_finding(data, noun_plural=many).removesuffix("."),
        caption=f"Share = criteria met ÷ criteria asked, the mean of the n {many} of a cycle. The selected cycle is in "
        "bold.",
        alt="Table: mean share of criteria met, cycles in rows, practice areas in columns.",
        first="Cycle",
    )


def groups_part(data: pd.DataFrame, name: str, standard: Standard, segments: Sequence[Segment] = ()) -> Grid:
    """`data`: areas_by what is called `name`, the whole cohort pinned first. `segments`: where they are the groups."""
    many = standard.noun_plural
    made_of = "; ".join(f"{segment.name}: {segment.words}" for segment in segments)
    told = f" {made_of}. One of the {many} may be in several segments." if segments else ""
    return _grid(
        data,
        title=groups_finding(data, name),
        caption=f"Share = criteria met ÷ criteria asked, the mean of the n {many} of a group. Groups differ in "
        f"much else: a difference is not an effect.{told}",
        alt=f"Table: mean share of criteria met by {name.lower()}, all selected first, practice areas in columns.",
        first=name,
    )


def families_part(data: pd.DataFrame, standard: Standard) -> Grid:
    """`data`: area_grid_by_cycle of families, with at least one row."""
    many = standard.noun_plural
    known = heatmap_finding(data, noun_plural=many).removesuffix(".").replace("every practice area", "every family")
    return _grid(
        data,
        title=f"Across the areas: {known[:1].lower()}{known[1:]}",
        caption="Families are criteria of several practice areas that ask for the same thing; some are in none. "
        f"Share = criteria met ÷ criteria asked, the mean of the n {many} of a cycle.",
        alt="Table: mean share of criteria met, cycles in rows, families of criteria in columns.",
        first="Cycle",
    )


def suits(data: pd.DataFrame) -> bool:
    """Do these groups make a table to be read at a glance: two to twelve, most of them large enough for a share?"""
    groups = data[~data["pinned"]].groupby("row_id")["share"].apply(lambda shares: shares.notna().any())
    return len(groups) in _GROUPS and groups.mean() >= _LARGE_ENOUGH


def _grid(data: pd.DataFrame, *, title: str, caption: str, alt: str, first: str) -> Grid:
    areas = data.drop_duplicates("area_id")
    named = len(areas) <= NAMED_AREAS
    pairs = list(zip(areas["area_id"], areas["area"], strict=True))
    return Grid(
        title=title,
        caption=caption,
        alt=alt,
        first=first,
        columns=tuple(str(area if named else id_) for id_, area in pairs),
        rows=tuple(_row(part, list(areas["area_id"])) for _, part in data.groupby("row_id", sort=False)),
        key=tuple(_key()),
        codes="" if named else "; ".join(f"{id_} {area}" for id_, area in pairs),
    )


def _row(part: pd.DataFrame, areas: list[str]) -> GridRow:
    cells = part.set_index("area_id").reindex(areas)
    return GridRow(
        label=str(part["row_label"].iloc[0]),
        n=number(part["cities"].max()),
        pinned=bool(part["pinned"].iloc[0]),
        cells=tuple(map(_cell, cells["share"], cells["answered"])),
    )


def _key() -> Iterator[Cell]:
    """The tints from the lowest to the highest share."""
    edges = [round(100 * step / _STEPS) for step in range(_STEPS + 1)]
    for step, (low, high) in enumerate(pairwise(edges)):
        yield _tinted(f"{low} to {high if high == edges[-1] else high - 1} %", step)


def _cell(share: float, answered: float) -> Cell:
    """A share on its tint; without one, whether nobody answered or too few did."""
    look = theme.LIGHT
    if pd.isna(share):
        return Cell("too few" if answered > 0 else "–", look.not_assessed, look.on_not_assessed)
    return _tinted(percent(share), min(int(share * _STEPS), _STEPS - 1))


def _tinted(text: str, step: int) -> Cell:
    look, deep = theme.LIGHT, step >= _STEPS - theme.DEEP
    return Cell(text, look.maturity[step], look.on_deep if deep else look.on_tint)
