"""Cards of the maturity heatmap: cities × practice areas, and cities × the criteria of one area."""

from typing import TypedDict

from lib import charts
from lib.findings import heatmap_finding
from lib.queries.areas import area_grid_by_city
from lib.queries.criteria import criteria_grid
from lib.standard import Area
from lib.twins.grids import areas_table, criteria_table
from lib.twins.titles import area_title
from lib.ui.card import chart_card
from lib.ui.links import go, stay
from lib.ui.reading import Reading

COHORT = "cohort"


class Order(TypedDict):
    """Which rows are on the page, and in which order: the named options of both grids."""

    sort: str
    descending: bool
    limit: int
    offset: int


def all_areas(reading: Reading, order: Order) -> None:
    """Cities × practice areas. A name opens its city; a heading, or a cell, looks into its area."""
    data, standard = area_grid_by_city(reading.warehouse, reading.selection, **order), reading.standard
    clicked = chart_card(
        charts.area_heatmap(data, noun_plural=standard.noun_plural),
        title=heatmap_finding(data, noun_plural=standard.noun_plural).removesuffix("."),
        caption=f"Criteria met of those asked; a stroke per criterion. First row: the mean of the n "
        f"{standard.noun_plural} with an answer in the area, and its 95 % interval. Choose a name for its page, an "
        f"area or a cell for its criteria. {reading.sentence}.",
        alt=f"Heatmap: {standard.noun_plural} in rows, practice areas in columns, all selected first.",
        table=areas_table(data, first=standard.noun.capitalize(), units=standard.noun_plural),
        key="heatmap",
        file_name="maturity heatmap",
    )
    if clicked and clicked.x:
        stay(area=str(clicked.x))
    elif clicked and clicked.y != COHORT:
        go("city", city=str(clicked.y))


def one_area(reading: Reading, area: Area, order: Order) -> None:
    """Cities × the criteria of one area. A name, or a cell, opens its city; a heading opens its criterion."""
    data, standard = criteria_grid(reading.warehouse, reading.selection, area.id, **order), reading.standard
    clicked = chart_card(
        charts.criteria_heatmap(data, noun_plural=standard.noun_plural),
        title=area_title(data, area.name),
        caption=f"First row: pass rate = met ÷ answered, its 95 % Wilson interval, and n, the {standard.noun_plural} "
        f"that answered. Choose a name for its page, a criterion for its "
        f"text and the {standard.noun_plural} behind its rate. {reading.sentence}.",
        alt=f"Heatmap: {standard.noun_plural} in rows, criteria of {area.name} in columns, all selected first.",
        table=criteria_table(data, first=standard.noun.capitalize(), units=standard.noun_plural),
        key="criteria-heatmap",
        file_name=f"criteria of {area.name}",
    )
    if clicked and clicked.y and clicked.y != COHORT:
        go("city", city=str(clicked.y))
    elif clicked and clicked.x:
        go("criteria", criterion=str(clicked.x))
