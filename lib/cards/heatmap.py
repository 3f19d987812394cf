"""Cards of the maturity heatmap: cities × practice areas or families, and cities × criteria."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from lib import charts
from lib.charts.brackets import ROWS
from lib.findings import heatmap_finding
from lib.queries import pattern, shown
from lib.queries.areas import area_grid_by_city
from lib.queries.beside import ROW, with_area_rows, with_criteria_rows
from lib.queries.criteria import criteria_grid, criterion_rates, criterion_rates_by
from lib.queries.families import AREAS, FAMILIES, criteria_of
from lib.queries.segments import area_grid_by_segment
from lib.selection import SEGMENT
from lib.twins.grids import areas_table, criteria_table
from lib.twins.patterns import areas_note, columns_by, group_sentences, in_columns, scale_note
from lib.twins.titles import area_title
from lib.ui.card import Behind, chart_card
from lib.ui.links import go, stay
from lib.ui.plot import Value
from lib.ui.points import points
from lib.ui.reading import Reading

COHORT = "cohort"
SCORE, NAME, PATTERN, STANDARD = "score", "name", "pattern", "standard"


@dataclass(frozen=True, slots=True)
class View:
    """Which rows are on the page and in which order: rows by score, name, an area's share or pattern; columns too."""

    rows: str
    columns: str
    descending: bool
    limit: int
    offset: int

    def options(self, order: pd.DataFrame | None) -> dict[str, Any]:
        """The named options of both grids. `order`: the whole cohort by pattern, where that is asked for."""
        if order is None:
            return {"sort": self.rows, "descending": self.descending, "limit": self.limit, "offset": self.offset}
        listed = tuple(self.page(order)["city_id"])
        return {"sort": SCORE, "descending": True, "limit": self.limit, "offset": 0, "listed": listed}

    def page(self, order: pd.DataFrame) -> pd.DataFrame:
        """The rows of an order that are on the page, with the size of their group."""
        whole = order.assign(bracket=order["group"], bracket_size=order.groupby("group")["group"].transform("size"))
        if not self.descending:
            whole = whole.iloc[::-1].rename(columns={"starts": "ends", "ends": "starts"})
        return whole.iloc[self.offset : self.offset + self.limit]


def all_areas(reading: Reading, view: View, columns: str = AREAS) -> None:
    """Cities × practice areas (or families). A name opens its city; a heading, or a cell, looks into its area."""
    asked, standard = (reading.warehouse, reading.selection), reading.standard
    one, many = standard.noun, standard.noun_plural
    order = pattern.area_order(*asked, columns) if view.rows == PATTERN else None
    data = _grouped(area_grid_by_city(*asked, columns=columns, **view.options(order)), order, view)
    if order is not None:
        groups = pattern.area_groups(*asked, columns)
        points(group_sentences(groups, name="area", noun=one, noun_plural=many))
    by_pattern = pattern.area_columns(*asked, columns) if view.columns == PATTERN else None
    data = in_columns(data, "area_id", by_pattern or _columns(data, view, "area_id", value="share", name="area"))
    shown = in_columns(with_area_rows(*asked, data, columns=columns), "area_id", list(data["area_id"].unique()))
    across = "practice areas" if columns == AREAS else columns
    note = "" if order is None else f"{areas_note(order, noun_plural=many)} "
    clicked = chart_card(
        charts.area_heatmap(shown, noun_plural=many),
        title=heatmap_finding(data, noun_plural=many, families=columns == FAMILIES).removesuffix("."),
        caption=f"{note}Criteria met of those asked; a stroke per criterion. {_first(reading)}: the mean of the n "
        f"{many} with an answer in the area, and its 95 % interval. Choose a name for its page, an area "
        f"or a cell for its criteria. {reading.sentence}.",
        alt=f"Heatmap: {many} in rows, {across} in columns, all selected first.",
        table=partial(areas_table, shown, first=one.capitalize(), units=many),
        behind=Behind(
            f"One row per {one} on this page and column, the cohort first. Intervals (t) follow from spread and cities",
            partial(_areas_sql, reading, view, order, columns),
        ),
        key="heatmap",
        file_name="maturity heatmap",
    )
    if clicked and clicked.x:
        stay(area=str(clicked.x))
    elif clicked and _is_city(clicked.y):
        go("city", city=str(clicked.y))


def some_criteria(reading: Reading, view: View, part: str | None, name: str) -> None:
    """Cities × criteria of an area or family, or of all (`part` None). A name, or a cell, opens its city."""
    asked, standard = (reading.warehouse, reading.selection), reading.standard
    one, many = standard.noun, standard.noun_plural
    order = pattern.criteria_order(*asked, part) if view.rows == PATTERN else None
    data = _grouped(criteria_grid(*asked, part, **view.options(order)), order, view)
    if order is not None:
        groups = pattern.criteria_groups(*asked, part)
        points(group_sentences(groups, name="short_name", noun=one, noun_plural=many))
    data = in_columns(data, "criterion_id", _columns(data, view, "criterion_id", value="pass_rate", name="short_name"))
    shown = in_columns(with_criteria_rows(*asked, data), "criterion_id", list(data["criterion_id"].unique()))
    note = "" if order is None else f"{scale_note(order, noun_plural=many)} "
    clicked = chart_card(
        charts.criteria_heatmap(shown, noun_plural=many),
        title=area_title(data, name),
        caption=f"{note}{_first(reading)}: pass rate = met ÷ answered, its 95 % Wilson interval, and n, the {many} "
        f"that answered. Choose a name for its page, a criterion for its text and the {many} behind its rate. "
        f"{reading.sentence}.",
        alt=f"Heatmap: {many} in rows, criteria in columns ({name}), all selected first.",
        table=partial(criteria_table, shown, first=one.capitalize(), units=many),
        behind=Behind(
            f"One row per {one} on this page and criterion, below the cohort’s rates with 95 % Wilson intervals",
            partial(_criteria_sql, reading, view, order, part),
        ),
        key="criteria-heatmap",
        file_name=f"criteria {name}",
    )
    if clicked and clicked.y and _is_city(clicked.y):
        go("city", city=str(clicked.y))
    elif clicked and clicked.x:
        go("criteria", criterion=str(clicked.x))


def _areas_sql(reading: Reading, view: View, order: pd.DataFrame | None, columns: str) -> str:
    """The rows of the page below those of everybody, and of the segments, which are numbered as on the page."""
    asked = (reading.warehouse, reading.selection)
    cities = shown.every(area_grid_by_city, *asked, columns=columns, **view.options(order))
    if not reading.selection.segments:
        return shown.below(*cities)
    segments = shown.behind(area_grid_by_segment, *asked, columns=columns)
    return shown.below(*cities, f"select *\nfrom (\n{segments}\n) as rows\nwhere not pinned")


def _criteria_sql(reading: Reading, view: View, order: pd.DataFrame | None, part: str | None) -> str:
    """The same of criteria: rates of everybody, and of the segments, above the answers of the page's cities."""
    asked, ids = (reading.warehouse, reading.selection), criteria_of(reading.standard, part)
    rates = [shown.behind(criterion_rates, *asked)]
    rates += [shown.behind(criterion_rates_by, *asked, SEGMENT)] if reading.selection.segments else []
    answers = shown.every(criteria_grid, *asked, part, **view.options(order))[-1]
    return shown.below(*(shown.only(one, "criterion_id", ids) for one in rates), answers)


def _first(reading: Reading) -> str:
    """The pinned rows in words."""
    return "First rows, all selected and each segment" if reading.selection.segments else "First row"


def _is_city(row: Value) -> bool:
    """Is this the id of a city's row, not of a pinned one?"""
    return row != COHORT and not str(row).startswith(ROW)


def _grouped(data: pd.DataFrame, order: pd.DataFrame | None, view: View) -> pd.DataFrame:
    """The grid with the group of each of its rows, where there are several groups."""
    if order is None or order["group"].nunique() == 1:
        return data
    told = view.page(order).set_index("city_id")[list(ROWS)]
    return data.join(told, on="row_id")


def _columns(data: pd.DataFrame, view: View, key: str, *, value: str, name: str) -> list[str]:
    """Ids of the columns in the order asked for: criteria by pattern are by their rate, as Guttman has them."""
    if view.columns in (SCORE, PATTERN):
        return columns_by(data, key, value=value)
    return columns_by(data, key, name=name if view.columns == NAME else None)
