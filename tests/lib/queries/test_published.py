"""What the public is told of everybody together, against a count by hand of the whole database."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from lib.access import open_for
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.published import published_areas, published_rates
from lib.selection import Selection
from lib.viewer import PUBLIC, Viewer
from lib.warehouse import Warehouse
from tests.conftest import MakeCohort

STANDARD = "wwc-2022"
NOW = Selection(STANDARD, "2025", "validated", "2024")
MET = {"DM1": 0, "DM2": 1, "DM3": 2, "DM4": 6, "DM5": 10, "DM6": 11, "DM7": 12}
"""How many of the twelve cities meet each criterion in 2025; DM8 has nine answers, DM9 and the other areas none."""
BEFORE = {**dict.fromkeys(MET, 6), "DM7": 0}


@pytest.fixture
def twelve(cohort: MakeCohort) -> Warehouse:
    """The public's view of twelve cities."""
    rows = [
        {"city": f"City {n}", "criterion_id": id_, "cycle": cycle, "response": "Yes" if n < met else "No"}
        for cycle, counts in (("2024", BEFORE), ("2025", MET))
        for id_, met in counts.items()
        for n in range(12)
    ]
    rows += [{"city": f"City {n}", "criterion_id": "DM8", "cycle": "2025", "response": "Yes"} for n in range(9)]
    return open_for(Viewer(PUBLIC), cohort(rows))


def test_bounds_stand_where_nearly_all_are_alike_and_nothing_under_ten(twelve: Warehouse) -> None:
    rates = published_rates(twelve, NOW).set_index("criterion_id")
    assert len(rates) == 43
    bounds = {"DM1": (0, 1), "DM2": (0, 1), "DM3": (2, 2), "DM4": (6, 6), "DM5": (10, 10), "DM6": (11, 12)}
    for id_, (low, high) in (bounds | {"DM7": (11, 12)}).items():
        row = rates.loc[id_]
        assert (row["met_low"], row["met_high"], row["answered"]) == (low, high, 12), id_
        assert (row["rate_low"], row["rate_high"]) == (low / 12, high / 12)
        assert row["low"] == pytest.approx(proportion_confint(low, 12, method="wilson")[0], abs=1e-6)
        assert row["high"] == pytest.approx(proportion_confint(high, 12, method="wilson")[1], abs=1e-6)
        assert pd.isna(row["pass_rate"]) == (low != high)
    assert rates.loc[["DM8", "DM9", "OD1"], ["met_low", "met_high", "answered", "low"]].isna().all(axis=None)


def test_a_change_lies_between_the_bounds_of_both_cycles(twelve: Warehouse) -> None:
    rates = published_rates(twelve, NOW).set_index("criterion_id")
    assert tuple(rates.loc["DM3", ["change_least", "change_most"]]) == pytest.approx((-4 / 12, -4 / 12))
    ends = confint_proportions_2indep(2, 12, 6, 12, method="newcomb")
    assert tuple(rates.loc["DM3", ["change_low", "change_high"]]) == pytest.approx(ends)
    assert tuple(rates.loc["DM7", ["change_least", "change_most"]]) == pytest.approx((10 / 12, 12 / 12))
    assert rates.loc["DM8", ["change_least", "change_low"]].isna().all()


def test_an_area_adds_up_what_is_told_and_no_more(twelve: Warehouse) -> None:
    area = published_areas(twelve, NOW)
    assert list(area["area_id"]) == ["DM"]
    row = area.iloc[0]
    assert (row["criteria"], row["of"], row["answered"], row["cities"]) == (7, 9, 7 * 12, 12)
    assert (row["met_low"], row["met_high"]) == (0 + 0 + 2 + 6 + 10 + 11 + 11, 1 + 1 + 2 + 6 + 10 + 12 + 12)
    least, most = row["met_low"] / 84, row["met_high"] / 84
    assert row["low"] == pytest.approx(proportion_confint(least * 12, 12, method="wilson")[0], abs=1e-6)
    assert row["high"] == pytest.approx(proportion_confint(most * 12, 12, method="wilson")[1], abs=1e-6)
    assert row["change_least"] == pytest.approx(least - (6 * 6 + 1) / 84)
    assert row["change_most"] == pytest.approx(most - 6 * 6 / 84)


def test_an_area_with_other_criteria_has_no_change(cohort: MakeCohort) -> None:
    rows = [
        {"city": f"City {n}", "criterion_id": id_, "cycle": cycle, "response": "Yes" if n < 5 else "No"}
        for cycle, ids in (("2024", ["DM1"]), ("2025", ["DM1", "DM2"]))
        for id_ in ids
        for n in range(12)
    ]
    area = published_areas(open_for(Viewer(PUBLIC), cohort(rows)), NOW).iloc[0]
    assert pd.isna(area["change_least"])
    assert pd.isna(area["versus_rate_low"])


def test_the_public_chooses_among_the_cycles_that_have_rates(twelve: Warehouse, cohort: MakeCohort) -> None:
    assert read_choices(twelve).cycles(STANDARD) == ("2024", "2025")
    assert read_choices(twelve).stages(STANDARD, "2025") == ("validated",)
    assert cohort_size(twelve, NOW) == (12, 12)
    few = open_for(Viewer(PUBLIC), cohort([{"city": f"City {n}", "criterion_id": "DM1"} for n in range(9)], name="few"))
    assert read_choices(few).cycles(STANDARD) == ()
    assert published_rates(few, NOW).empty
    assert published_areas(few, NOW).empty
