"""Cards about criteria: pass rates, whole or by group, and the cities behind one of them."""

from collections.abc import Callable, Collection
from functools import partial

import pandas as pd

from lib import charts
from lib.findings import criteria_finding
from lib.queries import shown
from lib.queries.areas import UNKNOWN
from lib.queries.change import criterion_change
from lib.queries.criteria import cities_behind, criterion_rates, criterion_rates_by
from lib.queries.families import AREAS, FAMILIES, criteria_of
from lib.selection import MINIMUM_N, SEGMENT, STAGES
from lib.twins.cards import criterion_cards
from lib.twins.cohort import behind_table, in_order, rates_table
from lib.twins.families import by_family
from lib.twins.names import distinct
from lib.twins.statuses import STATUS
from lib.twins.titles import groups_title
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.layout import chosen_of, quotation, section, side_by_side, tabbed
from lib.ui.links import go, page_choice, stay
from lib.ui.reading import Reading
from lib.words import counted

RATE = "Pass rate = met ÷ answered; the line is its 95 % Wilson interval."
CELLS = (
    "Pass rate = met ÷ answered, in percent; the line under it is its 95 % Wilson interval; – = fewer than "
    f"{MINIMUM_N} answers. The number at a row counts the {{units}} of the group; how many answered a criterion stands "
    "on hover and in the table."
)
NUMBERED = ". Segments are numbered in the order of the page"
EVERY, NOTHING = "all", "nothing"
ORDERS = {"standard": "Order of the standard", "hardest": "Hardest first", "easiest": "Easiest first"}
HEADINGS = {AREAS: "Practice area", FAMILIES: "Family"}
GROUPS_DOTTED = 4
"""More groups than this are drawn as a heatmap: their intervals would lie on one another."""


def criteria_choice(reading: Reading) -> tuple[tuple[str, ...], str]:
    """The criteria that the page is about: those of a practice area, of a family, of both, or all.

    And the rule by which criteria belong to that family; without one, no words.
    """
    standard = reading.standard
    areas = {EVERY: "All practice areas"} | {area.id: area.name for area in standard.areas}
    families = {EVERY: "All families"} | {family.id: family.name for family in standard.families}
    area = page_choice("Practice area", areas, key="area")
    family = page_choice("Family", families, key="family") if standard.families else EVERY
    wanted = [set(criteria_of(standard, part)) for part in (area, family) if part != EVERY]
    kept = tuple(id_ for id_ in criteria_of(standard, None) if all(id_ in part for part in wanted))
    rules = (f"{known.name}: {known.description}" for known in standard.families if known.id == family)
    return kept, next(rules, "")


def rates_view(reading: Reading, kept: Collection[str]) -> None:
    """Pass rates under practice areas or families, whole or split by an attribute; then one criterion in full."""
    with side_by_side():
        sort = page_choice("Order by", ORDERS, key="sort")
        split = page_choice("Split by", {NOTHING: "Not split"} | reading.splits, key="split")
        grouped = AREAS
        if reading.standard.families and split == NOTHING:
            grouped = page_choice("Under", HEADINGS, key="columns")
    rates = criterion_rates(reading.warehouse, reading.selection)
    rates = rates[rates["criterion_id"].isin(kept)]
    if split != NOTHING:
        groups_card(reading, in_order(rates, sort), split, reading.splits[split])
    else:
        rows = by_family(rates, reading.standard) if grouped == FAMILIES else rates
        rates_card(reading, rates, in_order(rows, sort), HEADINGS[grouped])
    one_criterion(reading, rates)


def one_criterion(reading: Reading, rates: pd.DataFrame) -> None:
    """One criterion in full: its words, its rate, and who meets it and who does not."""
    section("One criterion, and who is behind its rate")
    names = dict(zip(rates["criterion_id"], rates["criterion_id"] + " " + rates["short_name"], strict=True))
    criterion = page_choice("Criterion", names, key="criterion")
    row = rates.set_index("criterion_id", drop=False).loc[criterion]
    quotation(row["text"])
    key_figures([KeyFigure(*card) for card in criterion_cards(row, reading.standard, reading.selection.versus)])
    cities = cities_behind(reading.warehouse, reading.selection, criterion)
    for status in tabbed({status: STATUS[status] for status in STATUS if status in set(cities["status"])}):
        behind_card(reading, criterion, cities, status)
    label = f"Open the page of one of these {reading.standard.noun_plural}"
    if chosen := chosen_of(label, distinct(cities), key="open"):
        go("city", city=chosen)


def rates_card(reading: Reading, rates: pd.DataFrame, rows: pd.DataFrame, heading: str) -> None:
    """Every criterion's pass rate, with the compared cycle's beside it; a click looks into a criterion.

    `rows` are the rates in the order shown, under what `heading` names: a criterion may be there more than once.
    """
    noun, many, versus = reading.standard.noun, reading.standard.noun_plural, reading.selection.versus
    moved = criterion_change(reading.warehouse, reading.selection) if versus else None
    if moved is not None:
        moved = moved[moved["criterion_id"].isin(rates["criterion_id"])]
    stage = STAGES[reading.selection.stage].lower()
    clicked = chart_card(
        charts.rate_intervals(
            rows,
            minimum=MINIMUM_N,
            label=f"{reading.selection.cycle}, {stage}",
            versus_label=f"{versus}, {stage}" if versus else None,
            noun_plural=many,
        ),
        title=criteria_finding(rates, moved, noun=noun, noun_plural=many),
        caption=f"{RATE} Choose a criterion for its text and the {many} behind it. {reading.sentence}.",
        alt=f"Dots with intervals: pass rate of each criterion, grouped by {heading.lower()}.",
        table=partial(rates_table, rows, units=many, versus=versus, heading=heading),
        behind=Behind(
            "One row per criterion: its pass rate with the 95 % Wilson interval, and that of the compared cycle",
            partial(_of_criteria, criterion_rates, reading, list(rates["criterion_id"])),
        ),
        key="rates",
        file_name="pass rates",
    )
    if clicked:
        stay(criterion=str(clicked.customdata))


def groups_card(reading: Reading, rates: pd.DataFrame, attribute: str, name: str) -> None:
    """Every criterion's pass rate group by group, in the order of `rates`; a click looks into a criterion."""
    order, many = list(rates["criterion_id"]), reading.standard.noun_plural
    data = criterion_rates_by(reading.warehouse, reading.selection, attribute)
    data = data[data["criterion_id"].isin(order)].sort_values(
        "criterion_id", key=lambda ids: ids.map(order.index), kind="stable"
    )
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
        table=partial(rates_table, data, units=many, versus=None),
        behind=Behind(
            f"One row per criterion and group: its pass rate with the 95 % Wilson interval"
            f"{NUMBERED if attribute == SEGMENT else ''}",
            partial(_of_criteria, criterion_rates_by, reading, order, attribute),
        ),
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
        behind=Behind(
            f"One row per {standard.noun} with this answer", partial(_with_status, reading, criterion, status)
        ),
        key=f"behind-{status}",
        file_name=f"{criterion} {STATUS[status].lower()}",
    )


def _of_criteria(
    question: Callable[..., pd.DataFrame], reading: Reading, criteria: Collection[str], *about: str
) -> str:
    """The statement behind a question with rows for each criterion, of these only."""
    return shown.only(shown.behind(question, reading.warehouse, reading.selection, *about), "criterion_id", criteria)


def _with_status(reading: Reading, criterion: str, status: str) -> str:
    every = shown.behind(cities_behind, reading.warehouse, reading.selection, criterion)
    return shown.only(every, "status", [status])


def _rows_of_groups(whole: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The rates as a criteria grid: a row for the whole cohort, then a row per group."""
    data = pd.concat([whole, groups], ignore_index=True)
    rows = {"row_id": data["group"], "row_label": data["group"], "members": data["group_cities"]}
    return data.assign(**rows, pinned=[*[True] * len(whole), *[False] * len(groups)], rated=True, status=None)
