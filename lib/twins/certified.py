"""The certified in words and tables: who was announced with which level, and how many by level and attribute."""

import pandas as pd

from lib.standard import Standard
from lib.twins.cards import Card
from lib.words import count_of, counted, listed, number

UNKNOWN = "Unknown"


def certified_finding(cities: pd.DataFrame, standard: Standard) -> str:
    """How many are certified, and with which levels. `cities`: certified_cities, one row per city."""
    levels = [(level.name, int((cities["level"] == level.name).sum())) for level in reversed(standard.levels)]
    told = listed([f"{number(count)} with {name}" for name, count in levels if count], most=len(levels))
    are = "has" if len(cities) == 1 else "have"
    return f"{counted(len(cities), standard.noun, standard.noun_plural)} {are} been certified: {told}."


def certified_cards(cities: pd.DataFrame, standard: Standard) -> list[Card]:
    """One card per level, the highest first: how many hold it by their latest certification, and what it takes."""
    unit = standard.score_unit[1]
    return [
        (
            level.name,
            number(int((cities["level"] == level.name).sum())),
            f"from {count_of(level.minimum, standard.score_max)} {unit}",
            "",
            None,
        )
        for level in reversed(standard.levels)
    ]


def certified_table(cities: pd.DataFrame, attributes: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per certification: name, what everybody may know of it, level, cycle and day of announcement."""
    days = pd.to_datetime(cities["announced_on"]).dt.strftime("%Y-%m-%d").fillna("not told")
    told = {
        str(name): cities["city_id"].map(of.set_index("city_id")["value"]).fillna(UNKNOWN)
        for name, of in attributes.groupby("name", sort=False)
    }
    levels = {"Level": cities["level"], "Cycle": cities["cycle"], "Announced": days}
    return pd.DataFrame({standard.noun.capitalize(): cities["name"]} | told | levels)


def listed_title(cities: pd.DataFrame, standard: Standard, *, every: bool) -> str:
    """How many rows the list has. `cities`: certified_cities."""
    if every:
        return counted(len(cities), "certification")
    return counted(len(cities), f"certified {standard.noun}", f"certified {standard.noun_plural}")


def by_level_table(cities: pd.DataFrame, values: pd.Series, name: str, standard: Standard) -> pd.DataFrame:
    """One row per value of an attribute (`values`, by city_id), the most first: how many with each level, and in all.

    Without an attribute (`name` empty) the rows are cycles, the latest first.
    """
    groups = cities["city_id"].map(values).fillna(UNKNOWN) if name else cities["cycle"]
    levels = [level.name for level in standard.levels]
    counts = pd.crosstab(groups.rename(name or "Cycle"), cities["level"]).reindex(columns=levels, fill_value=0)
    counts = counts.assign(All=counts.sum(axis=1))
    up = counts.sort_values("All", ascending=False, kind="stable") if name else counts.iloc[::-1]
    return up.rename_axis(columns=None).reset_index()


def by_title(table: pd.DataFrame, name: str, standard: Standard) -> str:
    """Where most of them are. `table`: by_level_table."""
    known = table[table[name] != UNKNOWN] if name else table
    most = known[known["All"] == known["All"].max()]
    if len(most) != 1:
        return f"Certified {standard.noun_plural} by {name.lower() or 'cycle'} and level"
    return f"Most are {'in' if name else 'of'} {most.iloc[0, 0]}: {count_of(most.iloc[0]['All'], table['All'].sum())}"
