"""Cards about one city beside a few others: by area, by criterion, and what is public of the certified."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from lib import charts
from lib.queries import shown
from lib.queries.compare import certified
from lib.queries.compare_sql import compared_areas_sql, compared_sql
from lib.twins.compare import areas_beside, areas_title, criteria_beside, part_title
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.links import go
from lib.ui.reading import Reading
from lib.words import counted

GROUPS = (
    "A group is of like {many}, the same for everybody who looks, and holds five or more. Counts where nobody or "
    "everybody meets a criterion are told as a range"
)


def areas_card(reading: Reading, areas: pd.DataFrame, names: Mapping[str, str]) -> None:
    """The share of criteria met in each area, the city among the others; a click opens a city's page."""
    city, limited = next(iter(names)), reading.warehouse.limited
    shown = areas.assign(name=areas["who"].map(names))
    groups = (
        f"Of a group: its median member, scores moved by at most one criterion. {_groups(reading)} " if limited else ""
    )
    clicked = chart_card(
        charts.compared_areas(shown, focus=city),
        title=areas_title(areas, city, names[city]),
        caption=f"Share = criteria met ÷ criteria asked; at the right the count of {names[city]}. {groups}"
        f"{reading.sentence}.",
        alt=f"Marks: share of criteria met in each practice area, {names[city]} beside {len(names) - 1} others.",
        table=partial(areas_beside, areas, names),
        behind=Behind(
            "One row per practice area and who is compared: criteria met and asked",
            partial(compared_areas_sql, reading.warehouse, reading.selection, city, tuple(names)[1:]),
        ),
        key="compared",
        file_name=f"{names[city]} compared by area",
    )
    if clicked and clicked.customdata and not limited:
        go("city", city=str(clicked.customdata))


def criteria_card(
    reading: Reading, rows: pd.DataFrame, part: pd.DataFrame, names: Mapping[str, str], kind: str
) -> None:
    """One part of the criteria, a column for whoever is compared."""
    name = next(iter(names.values()))
    table_card(
        criteria_beside(rows, part, names),
        title=part_title(kind, len(part), name),
        caption=f"{_groups(reading)} {reading.sentence}.".strip(),
        behind=Behind(
            "One row per criterion and who is compared: the answer, or how many of a group meet it",
            partial(
                compared_sql,
                reading.warehouse,
                reading.selection,
                next(iter(names)),
                tuple(names)[1:],
                set(part["criterion_id"]),
            ),
        ),
        key=kind,
        file_name=f"{name} compared, {kind}",
    )


def public_card(reading: Reading) -> None:
    """Certified cities: what is public of them."""
    rows = certified(reading.warehouse, reading.selection)
    if rows.empty:
        return
    one, many = reading.standard.noun, reading.standard.noun_plural
    table_card(
        rows.rename(columns={"name": one.capitalize(), "level": "Certified", "cycle": "Cycle"}),
        title=f"{counted(len(rows), f'certified {one}', f'certified {many}')} can be named",
        caption="Name, level and cycle of the latest certification are public; which criteria they meet is not.",
        behind=Behind(
            f"One row per certified {one}: its latest certification",
            partial(shown.behind, certified, reading.warehouse, reading.selection),
        ),
        key="certified",
        file_name=f"certified {many}",
        selected=False,
    )


def _groups(reading: Reading) -> str:
    return f"{GROUPS.format(many=reading.standard.noun_plural)}." if reading.warehouse.limited else ""
