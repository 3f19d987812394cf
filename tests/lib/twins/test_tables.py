"""The table twins: every mark of the chart, in words that cannot mislead."""

import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins.cohort import behind_table, cities_table, in_order, levels_table, rates_table
from lib.twins.grids import areas_table, criteria_table
from lib.twins.names import distinct
from lib.twins.one_city import history_table

STANDARD = load_standards()["wwc-2022"]
FLAT = Standard("s", "S", "1", "", "count", STANDARD.areas, levels=(), noun="school", noun_plural="schools")
NAN = float("nan")


def areas(**columns: list[object]) -> pd.DataFrame:
    same = {"row_id": ["a", "b"], "row_label": ["Lima", "Lima"], "area_id": "X", "area": "Area"}
    return pd.DataFrame(same | columns)


def test_cities_of_the_same_name_keep_their_own_rows() -> None:
    data = areas(met=[7, 0], asked=[9, 9], answered=[9, 0], share=[7 / 9, NAN])
    assert areas_table(data, first="City", units="cities").to_dict("records") == [
        {"City": "Lima", "Area": "7 of 9 (78 %)"},
        {"City": "Lima", "Area": "not assessed"},
    ]


def test_a_row_of_too_few_says_so() -> None:
    data = areas(met=[7, 3], asked=[36, 90], answered=[30, 80], share=[NAN, 1 / 30])
    assert areas_table(data, first="Region", units="cities")["Area"].tolist() == [
        "not enough cities to say",
        "3 of 90 (3 %)",
    ]


def test_a_row_of_many_has_its_mean_with_interval_and_n() -> None:
    data = areas(met=[70, 7], asked=[90, 9], answered=[80, 9], share=[0.78, 7 / 9])
    mean = data.assign(members=[12, NAN], low=[0.6, NAN], high=[0.9, NAN], cities=[10, 1])
    assert areas_table(mean, first="City", units="cities")["Area"].tolist() == [
        "78 %, 95 % interval 60 % to 90 %, 10 cities",
        "7 of 9 (78 %)",
    ]


def test_criteria_are_statuses_for_a_city_and_rates_for_many() -> None:
    data = pd.DataFrame({"row_id": ["cohort", "lima"], "row_label": ["All", "Lima"], "criterion_id": "A1"})
    data = data.assign(short_name="One", pinned=[True, False], status=[None, "not_met"])
    data = data.assign(met=[6, NAN], answered=[10, NAN], pass_rate=[0.6, NAN])
    data = data.assign(low=[0.31, NAN], high=[0.83, NAN])
    assert criteria_table(data, first="City", units="cities")["A1 One"].tolist() == [
        "6 of 10 (60 %), 95 % interval 31 % to 83 %",
        "Not met",
    ]


@pytest.mark.parametrize(("indicative", "heading"), [(False, "Level"), (True, "Level (indicative)")])
def test_levels_of_self_reported_answers_are_indicative_in_every_table(indicative: bool, heading: str) -> None:
    city = {"name": "Lima", "score": 38.125, "level": "Gold", "next_level": None, "to_next": NAN}
    data = pd.DataFrame(
        [city | {"answered": 40, "asked": 43, "status": "met", "versus_status": None, "evidence": None}]
    )
    assert heading in cities_table(data, STANDARD, indicative=indicative)
    assert heading in behind_table(data, STANDARD, versus="2024", indicative=indicative)
    counts = pd.DataFrame(
        {"cycle": ["1"], "level": "Gold", "cities": 3, "assessed": 4, "share": NAN, "low": NAN, "high": NAN}
    )
    assert levels_table(counts, STANDARD, indicative=indicative)[heading].tolist() == ["Gold"]
    assert levels_table(counts, STANDARD, indicative=indicative)["Cities"].tolist() == ["3 of 4"]


def test_a_standard_without_levels_has_no_column_of_levels() -> None:
    city = {"name": "One", "score": 3.0, "level": "No level", "next_level": None, "to_next": NAN}
    data = pd.DataFrame([city | {"answered": 4, "asked": 4}])
    assert list(cities_table(data, FLAT, indicative=True)) == ["School", "Score", "Answered"]


def test_history_marks_only_levels_as_indicative() -> None:
    data = pd.DataFrame({"cycle": "2025", "stage": ["self_reported", "self_reported", "validated"]})
    data = data.assign(level=["Gold", "No level", "Gold"], score=3.0, met=3, asked=43)
    assert history_table(data, STANDARD)["Level"].tolist() == ["Gold (indicative)", "No level", "Gold"]


def rates() -> pd.DataFrame:
    columns = ["criterion_id", "area_id", "met", "answered", "pass_rate"]
    rows = [["A1", "A", 9, 10, 0.9], ["A2", "A", 5, 10, 0.5], ["B1", "B", 1, 10, 0.1], ["B2", "B", 1, 2, NAN]]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("order", "ids"),
    [("standard", "A1 A2 B1 B2"), ("hardest", "B1 B2 A2 A1"), ("easiest", "A1 A2 B1 B2"), ("nonsense", "A1 A2 B1 B2")],
)
def test_order_by_difficulty_keeps_areas_together(order: str, ids: str) -> None:
    assert " ".join(in_order(rates(), order)["criterion_id"]) == ids


def test_rates_have_their_interval_and_their_change() -> None:
    data = rates().assign(short_name="x", area="A", low=0.4, high=0.6, versus_rate=0.45, change=0.05, text="Is it?")
    table = rates_table(data, units="cities", versus="2024")
    assert table["Pass rate"].tolist()[2:] == ["1 of 10 (10 %)", "not enough cities to say"]
    assert table["95 % interval"][0] == "40 % to 60 %"
    assert table["Change since 2024"][0] == "▲ +5 points"
    assert "Change since 2024" not in rates_table(data, units="cities", versus=None)


def test_names_that_repeat_are_told_apart_by_id() -> None:
    cities = pd.DataFrame({"city_id": ["a", "b", "c"], "name": ["San José", "San José", "Lima"]})
    assert distinct(cities) == {"a": "San José (a)", "b": "San José (b)", "c": "Lima"}
