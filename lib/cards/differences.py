"""Cards about two rates side by side: group against group, and claims against what was validated."""

from collections.abc import Collection
from functools import partial

from lib import charts
from lib.queries.claims import claims_by_city, claims_by_criterion
from lib.queries.claims_sql import claimants_sql, claims_sql
from lib.queries.groups import group_differences, groups_of
from lib.queries.items_sql import differences_sql
from lib.twins import differences as twins
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.empty import nothing_here
from lib.ui.layout import side_by_side
from lib.ui.links import page_choice, stay
from lib.ui.reading import Reading
from lib.words import NOT_ENOUGH, counted, number

OTHERS = "all others"
_MARKS = "Filled: more than chance, Benjamini–Hochberg over {tests}: at most one mark in ten is expected to be false."


def differences_cards(reading: Reading, kept: Collection[str]) -> None:
    """The reader's two groups and their differences, or what to do where there are not two."""
    with side_by_side():
        sides = sides_choice(reading)
    if sides:
        differences_card(reading, kept, sides)
    else:
        what = f"The {reading.standard.noun_plural} of this selection are all of one group."
        nothing_here(what, "Group them by something else, or remove a filter.")


def sides_choice(reading: Reading) -> twins.Sides | None:
    """The reader's two groups, the largest against all others unless chosen; None where there are not two."""
    names = {attribute.id: attribute.name for attribute in reading.choices.attributes}
    if not names:
        return None
    attribute = page_choice("Groups by", names, key="attribute")
    groups = groups_of(reading.warehouse, reading.selection, attribute)
    if len(groups) < 2:  # noqa: PLR2004
        return None
    labels = {group: f"{group} · {number(count)}" for group, count in groups.items()}
    group = page_choice("Group", labels, key="group", default=max(groups, key=groups.__getitem__))
    others = {OTHERS: "All others"} | {other: label for other, label in labels.items() if other != group}
    against = page_choice("Against", others, key="against")
    return twins.Sides(attribute, names[attribute], group, None if against == OTHERS else against)


def differences_card(reading: Reading, kept: Collection[str], sides: twins.Sides) -> None:
    """Each criterion's difference between two groups, largest first; a click looks into a criterion."""
    standard, many = reading.standard, reading.standard.noun_plural
    every = group_differences(reading.warehouse, reading.selection, sides.attribute_id, sides.group, sides.against)
    data = every[every["criterion_id"].isin(kept)]
    unknown = (
        "" if sides.against else f" {many.capitalize()} whose {sides.attribute.lower()} is not known are in neither."
    )
    clicked = chart_card(
        charts.difference_intervals(
            twins.difference_rows(data, sides),
            left=f"lower in {sides.group}",
            right=f"higher in {sides.group}",
            unsaid=NOT_ENOUGH.format(units=many),
        ),
        title=twins.difference_title(data, sides, standard),
        caption=f"Pass rate in {sides.group} minus that in {sides.other}, in percentage points, with Newcombe's 95 % "
        f"interval; at the right how many met it, of how many. {_marks(every['p'].count())} Test: Fisher's "
        f"exact.{unknown} {reading.sentence}.",
        alt=f"Dots with intervals: difference of pass rates between {sides.group} and {sides.other}, largest first.",
        table=partial(twins.difference_table, data, sides),
        behind=Behind(
            "One row per criterion: both rates, their difference with Newcombe’s 95 % interval. "
            "p (Fisher) and q follow from the counts",
            partial(
                differences_sql,
                reading.warehouse,
                reading.selection,
                (sides.attribute_id, sides.group, sides.against),
                list(kept),
            ),
        ),
        key="differences",
        file_name=f"{sides.group} against {sides.other}",
    )
    if clicked:
        stay(view="rates", criterion=str(clicked.customdata))


def claims_cards(reading: Reading, kept: Collection[str]) -> None:
    """What the same cities say of themselves against what was validated: by criterion, then by city."""
    every = claims_by_criterion(reading.warehouse, reading.selection)
    standard, many, cycle = reading.standard, reading.standard.noun_plural, reading.selection.cycle
    if every.empty:
        what = f"No {standard.noun} of this selection has both self-reported and validated answers in {cycle}."
        nothing_here(what, "Choose another cycle, or remove a filter.")
        return
    data = every[every["criterion_id"].isin(kept)].sort_values("gap", ascending=False, kind="stable")
    clicked = chart_card(
        charts.difference_intervals(
            twins.claim_rows(data, standard),
            left="claimed too little",
            right="claimed too much",
            unsaid=NOT_ENOUGH.format(units=many),
        ),
        title=twins.claims_title(data, standard),
        caption=f"The same {many}, cycle {cycle}: share that said yes minus share validated as met, of those that "
        f"answered at both stages, with Newcombe's 95 % interval for pairs. {_marks(every['p'].count())} Test: exact "
        f"McNemar. {reading.sentence}.",
        alt="Dots with intervals: self-reported minus validated share of each criterion, most over-claimed first.",
        table=partial(twins.claims_table, data, many),
        behind=Behind(
            "One row per criterion answered at both stages. "
            "The interval (Newcombe for pairs), p (McNemar) and q follow from the counts",
            partial(claims_sql, reading.warehouse, reading.selection, list(kept)),
        ),
        key="claims",
        file_name="self-reported against validated",
    )
    if clicked:
        stay(view="rates", criterion=str(clicked.customdata))
    claimants_card(reading)


def claimants_card(reading: Reading) -> None:
    """Which cities claim most beyond what was validated, over all criteria."""
    data, standard = claims_by_city(reading.warehouse, reading.selection), reading.standard
    table_card(
        twins.claimants_table(data, standard),
        title=twins.claimants_title(data, standard),
        caption=f"Over all criteria that a {standard.noun} answered at both stages of {reading.selection.cycle}; those "
        f"that claimed most beyond what was confirmed first. Over-claimed: met by its own word, not when validated. "
        f"{reading.sentence}.",
        behind=Behind(
            f"One row per {standard.noun} with answers at both stages",
            partial(claimants_sql, reading.warehouse, reading.selection),
        ),
        key="claimants",
        file_name=f"{standard.noun_plural} that over-claim",
    )


def _marks(tests: int) -> str:
    return _MARKS.format(tests=counted(tests, "criterion", "criteria"))
