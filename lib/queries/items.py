"""Criteria as items: how hard each is, how well it tells cities apart, and which of them are met together."""

import numpy as np
import pandas as pd

from lib.queries.answers import answers_at
from lib.queries.criteria import criterion_rates
from lib.selection import Selection
from lib.stats.items import LEAST, item_rest
from lib.stats.pairs import together
from lib.stats.testing import benjamini_hochberg
from lib.warehouse import Warehouse

MINIMUM_CITIES = LEAST
"""From how many cities on something is said about how criteria hang together."""


def difficulty(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion in the standard's order; no rows for an empty cohort.

    The columns of `criterion_rates`, and `r`: the item-rest correlation, r_low and r_high (its 95 % interval), and
    r_cities (cities behind it). r is null under 30 cities, and where all of them answer alike.
    """
    return warehouse.computed(_difficulty, selection)


def travelling(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per pair of criteria, those most surely met together more than usual first; none for an empty cohort.

    criterion_id, short_name, area_id, other_id, other_name, other_area, both, only_first, only_second, neither
    (cities that answered both), odds (Mantel–Haenszel odds ratio among cities that meet as many of the other criteria;
    may be infinite), low, high (95 %), usual (the odds ratio of all pairs together), p (against the usual one), q
    (adjusted by Benjamini–Hochberg over all pairs), cities (those compared).
    """
    return warehouse.computed(_travelling, selection)


def _difficulty(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    rates = criterion_rates(warehouse, selection)
    if rates.empty:
        return rates.assign(r=[], r_low=[], r_high=[], r_cities=[])
    (answers,) = answers_at(warehouse, selection, selection.stage)
    found = item_rest(answers.met, answers.answered)
    return rates.assign(r=found.r, r_low=found.low, r_high=found.high, r_cities=found.cities)


def _travelling(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    criteria = criterion_rates(warehouse, selection)[["criterion_id", "short_name", "area_id"]]
    (answers,) = answers_at(warehouse, selection, selection.stage)
    pairs = together(answers.met[:, : len(criteria)], answers.answered[:, : len(criteria)])
    first = criteria.iloc[pairs.first].reset_index(drop=True)
    second = criteria.iloc[pairs.second].set_axis(["other_id", "other_name", "other_area"], axis=1)
    data = pd.concat([first, second.reset_index(drop=True)], axis=1).assign(
        both=pairs.both,
        only_first=pairs.only_first,
        only_second=pairs.only_second,
        neither=pairs.neither,
        odds=pairs.odds,
        low=pairs.low,
        high=pairs.high,
        usual=pairs.usual,
        p=pairs.p,
        q=benjamini_hochberg(pairs.p),
        cities=pairs.cities,
    )
    above = data["odds"] > data["usual"]
    order = np.lexsort((data["p"].to_numpy(), ~above))
    return data.iloc[order].reset_index(drop=True)
