"""Cards about criteria as items: how hard, how well they tell cities apart, and which travel together."""

from collections.abc import Collection
from functools import partial

import pandas as pd

from lib import charts
from lib.cards.criteria import EVERY
from lib.queries.items import MINIMUM_CITIES, difficulty, travelling
from lib.queries.items_sql import difficulty_sql, travelling_sql
from lib.twins import items as twins
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.empty import nothing_here
from lib.ui.links import stay
from lib.ui.reading import Reading
from lib.words import counted, number

PAIRS_DRAWN = 25
"""At most this many pairs are drawn, the surest; the table has all."""
_MORE = "Remove a filter, or choose a cycle with more of them."


def difficulty_card(reading: Reading, kept: Collection[str]) -> None:
    """Each criterion by pass rate and item-rest correlation, and what to do where it tells little."""
    standard, many = reading.standard, reading.standard.noun_plural
    every = twins.difficulty_rows(difficulty(reading.warehouse, reading.selection), standard)
    rows = every[every["criterion_id"].isin(kept)]
    known = rows.dropna(subset="r")
    title = twins.difficulty_title(rows, standard, MINIMUM_CITIES)
    if known.empty:
        nothing_here(f"{title}.", _MORE)
        return
    clicked = chart_card(
        charts.discrimination(known, low=twins.LOW, noun_plural=many),
        title=title,
        caption=f"Item-rest correlation: between meeting a criterion and the share met of the others that each "
        f"{standard.noun} answered (those that answered less than half of them are left out); from {MINIMUM_CITIES} "
        f"{many}, with a 95 % interval of about ±{_reach(known)} on hover and in the table. "
        f"{_undrawn(len(rows) - len(known))}Names are left out where they would overlap: choose a dot, or see "
        f"the table. {reading.sentence}.",
        alt="Dots: pass rate of each criterion across, its correlation with the rest upwards.",
        table=partial(twins.difficulty_table, rows, many),
        behind=Behind(
            "One row per criterion: r = item-rest correlation, with its 95 % interval by Fisher’s z",
            partial(difficulty_sql, reading.warehouse, reading.selection, list(rows["criterion_id"])),
        ),
        key="difficulty",
        file_name="difficulty and discrimination",
    )
    if clicked:
        stay(view="rates", criterion=str(clicked.customdata))
    advice_card(reading, rows[rows["advice"] != ""])


def advice_card(reading: Reading, rows: pd.DataFrame) -> None:
    """The criteria that tell little, with what to do about each; nothing where there are none."""
    if rows.empty:
        return
    table = twins.difficulty_table(rows.sort_values("r"), reading.standard.noun_plural)
    table_card(
        table[["Code", "Criterion", "Reads as", "Pass rate", "Item-rest correlation", "95 % interval"]],
        title=f"To look at: {counted(len(rows), 'criterion', 'criteria')}",
        caption=f"{twins.advice(rows)} {reading.sentence}.",
        behind=Behind(
            "One row per criterion: r = item-rest correlation, with its 95 % interval by Fisher’s z",
            partial(difficulty_sql, reading.warehouse, reading.selection, list(rows["criterion_id"])),
        ),
        key="advice",
        file_name="criteria to look at",
    )


def together_card(reading: Reading, kept: Collection[str]) -> None:
    """Pairs of criteria that are met together more often than other pairs are, among equally strong cities."""
    standard, many = reading.standard, reading.standard.noun_plural
    every = twins.pair_rows(travelling(reading.warehouse, reading.selection), standard)
    rows = every[every["criterion_id"].isin(kept) | every["other_id"].isin(kept)]
    title = twins.pairs_title(rows, standard, MINIMUM_CITIES)
    known = rows.dropna(subset="odds")
    if known.empty or rows["cities"].max() < MINIMUM_CITIES:
        nothing_here(f"{title}.", _MORE)
        return
    shown, usual = known.head(PAIRS_DRAWN), float(rows["usual"].iloc[0])
    clicked = chart_card(
        charts.odds_intervals(shown, usual=usual),
        title=title,
        caption=f"Odds ratio (Mantel–Haenszel): among {many} that meet as many of the other criteria, how many times "
        f"higher the odds of meeting the one are for those that meet the other. For the usual pair it is "
        f"{number(usual, 2)}; filled: above that by more than chance, Benjamini–Hochberg over "
        f"{counted(every['p'].count(), 'pair')}: at most one mark in ten is expected to be false. Shown: the "
        f"{number(len(shown))} surest. {reading.sentence}.",
        alt="Dots with intervals: odds ratio of the pairs of criteria that are most surely met together.",
        table=partial(twins.pairs_table, rows, many),
        behind=Behind(
            "One row per pair of criteria: counts, and the odds ratio of Mantel–Haenszel. Its interval (Sato), p and "
            "q follow from the step called strata",
            partial(travelling_sql, reading.warehouse, reading.selection, list(kept)),
        ),
        key="together",
        file_name="criteria met together",
    )
    if clicked:
        stay(view="rates", criterion=str(clicked.customdata), area=EVERY, family=EVERY)


def _reach(known: pd.DataFrame) -> str:
    """How far the interval of a correlation typically reaches to either side."""
    return f"{((known['r_high'] - known['r_low']) / 2).median():.2f}"


def _undrawn(count: int) -> str:
    if not count:
        return ""
    return f"{counted(count, 'criterion has', 'criteria have')} none and {'is' if count == 1 else 'are'} in the table. "
