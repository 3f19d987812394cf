"""The findings over the charts, at their edges."""

import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins.titles import (
    area_title,
    change_title,
    groups_title,
    history_title,
    levels_title,
    near_title,
)

STANDARD = load_standards()["wwc-2022"]
NAN = float("nan")


def levels(*cities: int) -> pd.DataFrame:
    names = ["No level", "Silver", "Gold"]
    return pd.DataFrame({"cycle": "2025", "level": names, "cities": cities, "assessed": sum(cities)})


@pytest.mark.parametrize(
    ("cities", "indicative", "title"),
    [
        ((6, 3, 1), False, "4 of 10 cities (40 %) reach a level in 2025"),
        ((6, 3, 1), True, "4 of 10 cities (40 %) would reach a level (indicative) in 2025"),
        ((2, 1, 0), False, "1 of 3 cities reach a level in 2025"),
        ((1, 0, 0), False, "0 of 1 city reach a level in 2025"),
        ((0, 0, 0), False, "0 of 0 cities reach a level in 2025"),
    ],
)
def test_levels_title(cities: tuple[int, ...], indicative: bool, title: str) -> None:
    assert (
        levels_title(levels(*cities), cycle="2025", noun="city", noun_plural="cities", indicative=indicative) == title
    )


@pytest.mark.parametrize(
    ("panel", "changes", "title"),
    [
        (9, [0.02, -0.11], "The same 9 cities changed most in B: ▼ −11 points since 2024"),
        (9, [0.001, 0.0], "The same 9 cities stand where they stood in 2024"),
        (4, [0.5, 0.1], "Only 4 cities in both cycles: not enough to say what changed"),
        (1, [NAN, NAN], "Only 1 city in both cycles: not enough to say what changed"),
    ],
)
def test_change_title(panel: int, changes: list[float], title: str) -> None:
    data = pd.DataFrame({"area": ["A", "B"], "panel": panel, "panel_change": changes})
    assert change_title(data, versus="2024", noun="city", noun_plural="cities") == title


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ([10, 20], "From 10 to 20 criteria met between 2024 and 2025"),
        ([20, 20], "20 criteria met in 2025 as in 2024"),
        ([NAN, 20], "20 criteria met in 2025, the only cycle so far"),
        ([NAN, NAN], "No score in any cycle"),
    ],
)
def test_history_title(scores: list[float], title: str) -> None:
    data = pd.DataFrame({"cycle": ["2024", "2025"], "stage": "validated", "score": scores})
    assert history_title(data, unit="criteria met") == title


def test_history_compares_one_kind_of_answers_only() -> None:
    data = pd.DataFrame({"cycle": ["2024", "2024", "2025"], "stage": ["self_reported", "validated", "validated"]})
    assert history_title(data.assign(score=[30, 10, 12]), unit="points") == "From 10 to 12 points between 2024 and 2025"


def test_area_title_gives_counts_with_shares() -> None:
    data = pd.DataFrame({"short_name": ["A", "B"], "pinned": True, "met": [3, 8], "answered": [10, 10]})
    data["pass_rate"] = [0.3, 0.8]
    assert area_title(data, "Open Data") == "Open Data: 8 of 10 (80 %) meet “B”, 3 of 10 (30 %) meet “A”"
    assert area_title(data.assign(pass_rate=NAN), "Open Data") == "Open Data"


def test_groups_title_names_the_widest_gap() -> None:
    columns = ["criterion_id", "short_name", "group", "met", "answered", "pass_rate"]
    rows = [["A", "First", "North", 9, 10, 0.9], ["A", "First", "South", 1, 5, 0.2], ["A", "First", "West", 1, 2, NAN]]
    assert groups_title(pd.DataFrame(rows, columns=columns), "Region") == (
        "Widest apart on “First”: 9 of 10 (90 %) in North, 1 of 5 (20 %) in South"
    )
    assert groups_title(pd.DataFrame(rows[:1], columns=columns), "Region") == "Pass rates by region"


def test_near_title_counts_near_misses_in_the_unit_of_the_score() -> None:
    cities = pd.DataFrame({"score": [20.0, 21.0, 40.0], "to_next": [2.0, 3.0, NAN]})
    assert near_title(cities, STANDARD) == "1 city is within 2 criteria of the next level"
    flat = Standard("s", "S", "1", "", "count", STANDARD.areas, levels=(), noun="school", noun_plural="schools")
    assert near_title(cities, flat) == "Half of them score 21 or more"
