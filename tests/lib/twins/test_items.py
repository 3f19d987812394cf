"""What is said about criteria as items and about the families they are in, at every edge."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins import items
from lib.twins.families import NO_FAMILY, by_family

LEAST = 30
TOGETHER = "Which criteria travel together is shown from 30 cities that answered most criteria"
FROM_30 = "How well criteria tell cities apart is shown from 30 cities that answered"
APART = "strong cities from weak ones"
NO_PAIR = "No pair of criteria is met together more often than pairs usually are"


@pytest.fixture(scope="module")
def wwc() -> Standard:
    return load_standards()["wwc-2022"]


def criteria(*rows: tuple[float, float, int, int]) -> pd.DataFrame:
    """Criteria "A", "B" … from r, its interval's half width, met and answered."""
    data = [
        {
            "criterion_id": f"X{place}",
            "short_name": chr(ord("A") + place),
            "text": "?",
            "area": "Area",
            "r": r,
            "r_low": r - width,
            "r_high": r + width,
            "r_cities": answered,
            "met": met,
            "answered": answered,
            "pass_rate": met / answered if answered else np.nan,
        }
        for place, (r, width, met, answered) in enumerate(rows)
    ]
    return pd.DataFrame(data, columns=list(data[0]) if data else ["r", "answered", "verdict"])


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [(np.nan, 0, 3, 12)],
            "How well criteria tell cities apart is shown from 30 cities that answered; here are 12",
        ),
        ([(np.nan, 0, 1, 1)], "How well criteria tell cities apart is shown from 30 cities that answered; here is 1"),
        ([(np.nan, 0, 40, 40), (np.nan, 0, 0, 40)], "All cities answer alike: no criterion tells them apart"),
        (
            [(0.5, 0.1, 20, 40), (0.3, 0.1, 20, 40)],
            "Every criterion tells strong cities from weak ones, “A” most (0.50)",
        ),
        (
            [(0.5, 0.1, 20, 40), (np.nan, 0, 40, 40)],
            f"1 of 2 criteria tell {APART}, “A” most (0.50)",
        ),
        ([(0.5, 0.1, 20, 40), (0.1, 0.05, 20, 40)], "“B” (0.10): hardly tied to how strong a city is in the rest"),
        (
            [(0.12, 0.05, 20, 40), (0.1, 0.05, 20, 40)],
            "“B” (0.10) and 1 more criterion: hardly tied to how strong a city is in the rest",
        ),
        (
            [(0.15, 0.1, 20, 40), (-0.4, 0.2, 20, 40)],
            "“B” (−0.40): met less often by cities that are strong in the rest",
        ),
        (
            [(-0.1, 0.35, 20, 40)],
            "“A” (−0.10): perhaps hardly tied to how strong a city is in the rest, but that may be chance",
        ),
    ],
)
def test_which_criteria_tell_cities_apart(wwc: Standard, rows: list[Any], title: str) -> None:
    assert items.difficulty_title(items.difficulty_rows(criteria(*rows), wwc), wwc, LEAST) == title


def test_a_criterion_that_nearly_all_meet_is_not_blamed(wwc: Standard) -> None:
    rows = items.difficulty_rows(
        criteria((0.02, 0.1, 99, 100), (0.02, 0.1, 95, 100), (0.3, 0.1, 50, 100), (0.1, 0.2, 50, 100)), wwc
    )
    assert list(rows["verdict"]) == ["hardly any differ", "tells little", "tells strong from weak", "may tell little"]
    said = items.advice(rows[rows["advice"] != ""])
    assert said.index("Tells little: ") < said.index("Hardly any differ: nearly all or nearly none meet it")
    assert "from city to city" in said
    assert "{" not in said


def test_the_table_says_what_to_do(wwc: Standard) -> None:
    rows = items.difficulty_rows(criteria((-0.4, 0.2, 20, 40), (np.nan, 0, 40, 40), (np.nan, 0, 2, 3)), wwc)
    table = items.difficulty_table(rows, "cities")
    assert table["95 % interval"].tolist() == ["−0.60 to −0.20", "–", "–"]
    assert table["Reads as"].tolist() == ["negative", "all answer alike", "not enough answers to say"]
    assert table["What to do"].map(bool).tolist() == [True, True, False]


def pairs(*odds: tuple[float, float], cities: int = 60) -> pd.DataFrame:
    """Pairs of "A" with "B", "C" …, from odds ratio and q."""
    return pd.DataFrame(
        [
            {
                "criterion_id": "X0",
                "short_name": "A",
                "area_id": "X",
                "other_id": f"X{place}",
                "other_name": chr(ord("A") + place),
                "other_area": "X",
                "both": 9,
                "only_first": 1,
                "only_second": 2,
                "neither": 8,
                "odds": ratio,
                "low": 2.25,
                "high": ratio * 2,
                "usual": 1.1,
                "p": q / 2,
                "q": q,
                "cities": cities,
            }
            for place, (ratio, q) in enumerate(odds, 1)
        ]
    )


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (pairs((5, 0.01), cities=12), f"{TOGETHER}; here are 12"),
        (
            pairs((5, 0.5), (np.nan, np.nan)),
            f"{NO_PAIR}: 1 pair looked at",
        ),
        (pairs((5, 0.01), (1, 0.9)), "“A” and “B” travel together, the only one of 2 pairs: odds ratio 5"),
        (pairs((np.inf, 0.01)), "“A” and “B” travel together, the only one of 1 pair: odds ratio over 2.3"),
        (pairs((12.6, 0.01), (4, 0.1)), "2 of 2 pairs travel together, “A” and “B” most surely: odds ratio 13"),
        (
            pairs((0.2, 0.001)),
            f"{NO_PAIR}: 1 pair looked at",
        ),
    ],
)
def test_which_criteria_travel_together(wwc: Standard, data: pd.DataFrame, title: str) -> None:
    assert items.pairs_title(items.pair_rows(data, wwc), wwc, LEAST) == title


def test_a_pair_has_both_names_and_all_four_counts(wwc: Standard) -> None:
    row = items.pair_rows(pairs((5, 0.01)).assign(other_name="A name that is much too long"), wwc).iloc[0]
    assert row["label"] == "X0 A + X1 A name that is muc…"
    assert "of 20 cities: both 9, only the first 1, only the second 2, neither 8" in row["hover"]
    assert items.pairs_table(items.pair_rows(pairs((5, 0.01)), wwc), "cities")["More than usual"].tolist() == ["yes"]


def test_a_criterion_stands_under_each_of_its_families(wwc: Standard) -> None:
    data = pd.DataFrame(
        {"criterion_id": ["DM2", "DM7", "LC4"], "short_name": ["Two", "Seven", "Four"], "area_id": "?", "area": "?"}
    )
    rows = by_family(data, wwc)
    found = list(zip(rows["area"], rows["criterion_id"], rows["short_name"], strict=True))
    assert found == [
        ("Designated leader", "LC4", "for PA: Four"),
        ("Documented", "DM7", "Seven"),
        ("Regular or quarterly", "DM7", "Seven"),
        ("Community", "DM7", "Seven"),
        (NO_FAMILY, "DM2", "Two"),
    ]
