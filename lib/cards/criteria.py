"""Cards about criteria: pass rates, whole or by group, and the cities behind one of them."""

import pandas as pd

from lib import charts
from lib.findings import criteria_finding
from lib.queries.areas import UNKNOWN
from lib.queries.change import criterion_change
from lib.queries.criteria import criterion_rates_by
from lib.selection import MINIMUM_N, STAGES
from lib.twins.cohort import behind_table, rates_table
from lib.twins.statuses import STATUS
from lib.twins.titles import groups_title
from lib.ui.card import chart_card, table_card
from lib.ui.links import stay
from lib.ui.reading import Reading
from lib.words import counted

RATE = "Pass rate = met ÷ answered; the line is its 95 % Wilson interval."
CELLS = (
    "Pass rate = met ÷ answered, in percent; the line under it is its 95 % Wilson interval; – = fewer than "
    f"{MINIMUM_N} answers. The number at a row counts the {{units}} of the group; how many answered a criterion stands "
    "on hover and in the table."
)
GROUPS_DOTTED = 4
"""More groups than this are drawn as a heatmap: their intervals would lie on one another."""


def rates_card(reading: Reading, rates: pd.DataFrame) -> None:
    """Every criterion's pass rate, with the compared cycle's beside it; a click looks into a criterion."""
    noun, many, versus = reading.standard.noun, reading.standard.noun_plural, reading.selection.versus
    moved = criterion_change(reading.warehouse, reading.selection) if versus else None
    stage = STAGES[reading.selection.stage].lower()
    clicked = chart_card(
        charts.rate_intervals(
            rates,
            minimum=MINIMUM_N,
            label=f"{reading.selection.cycle}, {stage}",
            versus_label=f"{versus}, {stage}" if versus else None,
            noun_plural=many,
        ),
        title=criteria_finding(rates, moved, noun=noun, noun_plural=many),
        caption=f"{RATE} Choose a criterion for its text and the {many} behind it. {reading.sentence}.",
        alt="Dots with intervals: pass rate of each criterion, grouped by practice area.",
        table=rates_table(rates, units=many, versus=versus),
        key="rates",
        file_name="pass rates",
    )
    if clicked:
        stay(criterion=str(clicked.customdata))


def groups_card(reading: Reading, rates: pd.DataFrame, attribute: str, name: str) -> None:
    """Every criterion's pass rate group by group, in the order of `rates`; a click looks into a criterion."""
    order, many = list(rates["criterion_id"]), reading.standard.noun_plural
    data = criterion_rates_by(reading.warehouse, reading.selection, attribute)
    data = data.sort_values("criterion_id", key=lambda ids: ids.map(order.index), kind="stable")
    dotted = data["group"].nunique() <= GROUPS_DOTTED
    clicked = chart_card(
        charts.rate_intervals(data, minimum=MINIMUM_N, label=name, noun_plural=many)
        if dotted
        else charts.criteria_heatmap(
            _rows_of_groups(rates.assign(group="All selected", group_cities=reading.cities), data), noun_plural=many
        ),
        title=groups_title(data[data["group"] != UNKNOWN], name),
        caption=f"{RATE if dotted else CELLS.format(units=many)} {reading.sentence}.",
        alt=f"Pass rate of each criterion, apart for each {name.lower()}.",
        table=rates_table(data, units=many, versus=None),
        key=f"rates-by-{'dots' if dotted else 'cells'}",
        file_name=f"pass rates by {name.lower()}",
    )
    if clicked and (criterion := clicked.customdata if dotted else clicked.x):
        stay(criterion=str(criterion))


def behind_card(reading: Reading, criterion: str, cities: pd.DataFrame, status: str) -> None:
    """The cities with one status of a criterion."""
    standard, some = reading.standard, cities[cities["status"] == status]
    table_card(
        behind_table(some, standard, versus=reading.selection.versus, indicative=reading.indicative),
        title=f"{STATUS[status]}: {counted(len(some), standard.noun, standard.noun_plural)}",
        caption=f"{criterion}. {reading.sentence}.",
        key=f"behind-{status}",
        file_name=f"{criterion} {STATUS[status].lower()}",
    )


def _rows_of_groups(whole: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The rates as a criteria grid: a row for the whole cohort, then a row per group."""
    data = pd.concat([whole, groups], ignore_index=True)
    rows = {"row_id": data["group"], "row_label": data["group"], "members": data["group_cities"]}
    return data.assign(**rows, pinned=[*[True] * len(whole), *[False] * len(groups)], rated=True, status=None)
