"""Cities on each level, cycle by cycle."""

import pandas as pd

from lib import theme
from lib.brief.parts import Level, Levels, LevelsRow
from lib.selection import NO_LEVEL, Selection
from lib.standard import Standard
from lib.twins.titles import levels_title
from lib.words import count_of, number, share_of


def levels_part(data: pd.DataFrame, selection: Selection, standard: Standard, *, indicative: bool) -> Levels:
    """`data`: levels_by_cycle, with at least one row."""
    one, many = standard.noun, standard.noun_plural
    names = [str(level) for level in data["level"].drop_duplicates()]
    rows = tuple(_row(str(cycle), part) for cycle, part in data.groupby("cycle", sort=False))
    mark = " Levels from self-reported answers are indicative." if indicative else ""
    return Levels(
        title=levels_title(data, cycle=selection.cycle, noun=one, noun_plural=many, indicative=indicative),
        caption=f"{many.capitalize()} by level in each cycle, with the same filters.{mark}",
        alt=f"Stacked bars: {many} on each level in each cycle. {' '.join(_told(row, names) for row in rows)}",
        unit=many.capitalize(),
        key=tuple(Level(name, *theme.level_colour(place)) for place, name in enumerate(names)),
        rows=rows,
    )


def _row(cycle: str, part: pd.DataFrame) -> LevelsRow:
    assessed = int(part["assessed"].iloc[0])
    reached = int(part.loc[part["level"] != NO_LEVEL, "cities"].sum())
    few = part["share"].isna().all()
    words = count_of(reached, assessed) if few else share_of(reached, assessed)
    return LevelsRow(cycle, assessed, tuple(int(cities) for cities in part["cities"]), words)


def _told(row: LevelsRow, names: list[str]) -> str:
    counts = (f"{number(count)} {name}" for count, name in zip(row.counts, names, strict=True))
    return f"{row.cycle}: {', '.join(counts)}."
