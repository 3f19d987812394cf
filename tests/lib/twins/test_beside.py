"""What is said of segments side by side, at the edges."""

import numpy as np
import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins import beside
from lib.twins.change import Span

SPAN = Span(cycle="2025", versus="2024", later=False, unit=("criterion", "criteria"))
NEAR = pd.DataFrame(
    {
        "segment": ["North", "North", "Tiny", "Nobody"],
        "next_level": [None, "Silver", None, None],
        "cities": [20, 12, 3, 0],
        "near": [2, 2, 1, 0],
        "rate": [0.1, np.nan, np.nan, np.nan],
        "low": [0.03, np.nan, np.nan, np.nan],
        "high": [0.3, np.nan, np.nan, np.nan],
    }
)
CHANGES = pd.DataFrame(
    {
        "segment": ["North", "Flat", "Nobody"],
        "before": [15.0, 20.0, np.nan],
        "panel": [3.8, 0.3, np.nan],
        "low": [2.2, -2.0, np.nan],
        "high": [5.4, 2.5, np.nan],
        "entrants": [-0.6, 0.0, np.nan],
        "leavers": [0.0, 0.5, np.nan],
        "standard": [0.0, 0.0, np.nan],
        "now": [18.2, 20.8, np.nan],
        "n_before": [30, 16, 0],
        "n_panel": [30, 12, 0],
        "n_entrants": [17, 8, 0],
        "n_leavers": [0, 4, 0],
        "n_now": [47, 20, 0],
    }
)


@pytest.fixture(scope="module")
def wwc() -> Standard:
    return load_standards()["wwc-2022"]


def test_few_cities_have_counts_and_no_percentage(wwc: Standard) -> None:
    assert beside.near_title(NEAR, wwc, 2) == (
        "Within 2 criteria of the next level: North 2 of 20 (10 %), Tiny 1 of 3 and Nobody 0 of 0"
    )
    table = beside.near_table(NEAR, wwc, indicative=True)
    assert table["95 % interval"].tolist() == ["3 % to 30 %", "–", "–"]
    assert table["Near Silver (indicative)"].tolist() == [2, 0, 0]
    assert table["Near Gold (indicative)"].tolist() == [0, 0, 0]


def test_a_change_that_may_be_chance_says_so(wwc: Standard) -> None:
    title = beside.change_title(CHANGES, SPAN, noun_plural="cities")
    assert title == "The same cities since 2024, criteria: North ▲ +3.8 and Flat ▲ +0.3 (may be chance)"
    table = beside.change_table(CHANGES, wwc, SPAN, across=False)
    assert table["Same cities"].tolist() == ["+3.8 (n 30)", "+0.3 (n 12)", "not enough cities to say (n 0)"]
    assert table["Only in 2024"].tolist() == ["0 (n 0)", "+0.5 (n 4)", "– (n 0)"]
    assert "Standard changed" in beside.change_table(CHANGES, wwc, SPAN, across=True)
    nobody = beside.change_title(CHANGES[2:], SPAN, noun_plural="cities")
    assert nobody == "Not enough cities to say how the segments changed"


def test_what_would_happen_on_average_is_told_from_what_could(wwc: Standard) -> None:
    taught = pd.DataFrame({"segment": ["North", "Nobody"], "cities": [47, 0], "able": [6, 0], "expected": [4.4, 0.0]})
    assert beside.taught_title(taught, success=1) == "Could move up a level: North 6 of 47 and Nobody 0 of 0"
    assert beside.taught_title(taught, success=0.8).startswith("Would on average move up a level: North 4.4 of 47")
    assert "Would on average" in beside.taught_table(taught, wwc, success=0.8, indicative=False)
    assert (
        list(beside.taught_table(taught, wwc, success=1, indicative=True))[-1] == "Could move up a level (indicative)"
    )


def test_a_segment_without_enough_cases_is_named_all_the_same() -> None:
    steps = pd.DataFrame(
        {"segment": "North", "criterion_id": ["A1", "A2", "A3", "A4"], "short_name": ["One", "Two", "Three", "Four"]}
    ).assign(met=6, answered=11, low=0.28, high=0.79, cities=9)
    assert beside.steps_title(steps, ["North", "Nobody"]) == "Most usual next: “One” in North"
    assert beside.steps_title(steps[:0], ["Nobody"]) == "Not enough cases to say"
    table = beside.steps_table(steps, ["North", "Nobody"], noun_plural="cities")
    assert table["Segment"].tolist() == ["North"] * beside.SHOWN + ["Nobody"]
    assert table["Usual next step"].tolist()[-1] == "not enough cases to say"
    assert table["95 % interval"].tolist()[0] == "28 % to 79 %"
