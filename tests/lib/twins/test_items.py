"""What is said about criteria as items and about two rates side by side, at every edge."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins import differences as two
from lib.twins import items
from lib.twins.families import NO_FAMILY, by_family

LEAST = 30
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
        ([(0.5, 0.1, 20, 40), (0.1, 0.3, 20, 40)], "“B” (0.10): hardly tied to how strong a city is in the rest"),
        (
            [(0.15, 0.1, 20, 40), (0.1, 0.3, 20, 40)],
            "“B” (0.10) and 1 more criterion: hardly tied to how strong a city is in the rest",
        ),
        (
            [(0.15, 0.1, 20, 40), (-0.4, 0.2, 20, 40)],
            "“B” (−0.40): met less often by cities that are strong in the rest",
        ),
        ([(-0.1, 0.3, 20, 40)], "“A” (−0.10): hardly tied to how strong a city is in the rest"),
    ],
)
def test_which_criteria_tell_cities_apart(wwc: Standard, rows: list[Any], title: str) -> None:
    assert items.difficulty_title(items.difficulty_rows(criteria(*rows), wwc), wwc, LEAST) == title


def test_a_criterion_that_nearly_all_meet_is_not_blamed(wwc: Standard) -> None:
    rows = items.difficulty_rows(criteria((0.02, 0.1, 99, 100), (0.02, 0.1, 95, 100), (0.3, 0.1, 50, 100)), wwc)
    assert list(rows["verdict"]) == ["hardly any differ", "tells little", "tells strong from weak"]
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
        (pairs((5, 0.01), cities=12), "Which criteria travel together is shown from 30 cities; here are 12"),
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


BRAZIL = two.Sides("country", "Country", "Brazil", None)


def differences(*rows: tuple[int, int, int, int, float]) -> pd.DataFrame:
    """Criteria "A", "B" … from met, answered of the group and of the others, and q; no difference under 5 answers."""
    data = pd.DataFrame(rows, columns=["met", "answered", "other_met", "other_answered", "q"])
    enough = (data["answered"] >= 5) & (data["other_answered"] >= 5)
    rate, other = data["met"] / data["answered"], data["other_met"] / data["other_answered"]
    return data.assign(
        criterion_id=[f"X{place}" for place in range(len(data))],
        short_name=[chr(ord("A") + place) for place in range(len(data))],
        area="Area",
        pass_rate=rate.where(enough),
        other_rate=other.where(enough),
        difference=(rate - other).where(enough),
        low=(rate - other - 0.1).where(enough),
        high=(rate - other + 0.1).where(enough),
        p=data["q"] / 2,
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(1, 2, 5, 9, np.nan)], "Not enough cities to compare Brazil with all others"),
        ([(5, 10, 10, 20, 1.0)], "Brazil and all others do not differ on any criterion"),
        (
            [(8, 10, 10, 20, 0.2)],
            "No criterion of 1 criterion differs by more than chance; widest on “A”: 8 of 10 (80 %) in Brazil, "
            "10 of 20 (50 %) in all others",
        ),
        (
            [(8, 10, 10, 20, 0.1), (5, 10, 10, 20, 1.0)],
            "1 of 2 criteria differs by more than chance; widest on “A”: 8 of 10 (80 %) in Brazil, 10 of 20 (50 %) in "
            "all others",
        ),
        (
            [(0, 10, 18, 20, 0.01), (1, 10, 15, 20, 0.02), (1, 3, 2, 20, np.nan)],
            "2 of 2 criteria differ by more than chance; widest on “A”: 0 of 10 (0 %) in Brazil, 18 of 20 (90 %) in "
            "all others",
        ),
    ],
)
def test_where_two_groups_differ(wwc: Standard, rows: list[Any], title: str) -> None:
    assert two.difference_title(differences(*rows), BRAZIL, wwc) == title


def test_a_difference_has_both_counts_and_no_percentage_under_the_minimum() -> None:
    data = differences((8, 10, 10, 20, 0.01), (1, 3, 2, 20, np.nan))
    table = two.difference_table(data, BRAZIL)
    assert table["Brazil"].tolist() == ["8 of 10 (80 %)", "1 of 3"]
    assert table["Difference, points"].tolist() == ["+30", "–"]
    assert table["95 % interval"].tolist() == ["+20 to +40", "–"]
    rows = two.difference_rows(data, BRAZIL)
    assert rows["number"].tolist() == ["8 of 10 · 10 of 20", "1 of 3 · 2 of 20"]
    assert "too few answers to compare" in rows["hover"].iloc[1]
    assert "%" not in rows["hover"].iloc[1]


def claims(*rows: tuple[int, int, int, int]) -> pd.DataFrame:
    """Criteria from n, both met, over-claimed and under-claimed."""
    data = pd.DataFrame(rows, columns=["n", "both_met", "overclaimed", "underclaimed"])
    gap = ((data["overclaimed"] - data["underclaimed"]) / data["n"]).where(data["n"] >= 5)
    return data.assign(
        criterion_id=[f"X{place}" for place in range(len(data))],
        short_name=[chr(ord("A") + place) for place in range(len(data))],
        area="Area",
        gap=gap,
        low=gap - 0.1,
        high=gap + 0.1,
        p=0.01,
        q=0.02,
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(3, 1, 1, 0)], "Not enough cities have both kinds of answers to say what they over-claim"),
        ([(20, 5, 0, 0), (19, 5, 0, 0)], "Validation confirmed every claim of 20 cities"),
        ([(20, 5, 4, 1), (20, 5, 2, 0)], "Most over-claimed: “A”; 4 of 20 cities claimed it unconfirmed"),
        ([(20, 5, 4, 0), (20, 5, 4, 0)], "Most over-claimed: “A” and “B”; 4 of 20 cities claimed it unconfirmed each"),
        ([(20, 5, 1, 2)], "1 claim not confirmed and 2 answers raised by validation"),
        ([(20, 5, 2, 0)] * 4, "8 claims not confirmed and 0 answers raised by validation"),
    ],
)
def test_what_is_over_claimed(wwc: Standard, rows: list[Any], title: str) -> None:
    assert two.claims_title(claims(*rows), wwc) == title


def test_claims_and_what_was_validated_stand_side_by_side(wwc: Standard) -> None:
    table = two.claims_table(claims((20, 5, 4, 1)), "cities")
    assert table.loc[0, ["Said yes", "Validated", "Gap, points"]].tolist() == [9, 6, "+15"]
    assert "of 20 cities 9 said yes, 6 were validated" in two.claim_rows(claims((20, 5, 4, 1)), wwc)["hover"].iloc[0]


@pytest.mark.parametrize(
    ("net", "title"),
    [
        ([0, 0], "None of 2 cities claimed more criteria than were validated"),
        ([-1], "None of 1 city claimed more criteria than were validated"),
        ([3, 1, 0], "2 of 3 cities claim more than was validated; Ash most, by 3 criteria"),
        ([1, 0], "1 of 2 cities claims more than was validated; Ash most, by 1 criterion"),
        ([2, 2], "2 of 2 cities claim more than was validated; Ash and Birch most, by 2 criteria each"),
        ([2, 2, 2, 2], "4 of 4 cities claim more than was validated; 4 cities most, by 2 criteria each"),
    ],
)
def test_who_claims_more_than_was_validated(wwc: Standard, net: list[int], title: str) -> None:
    names = ["Ash", "Birch", "Cedar", "Dogwood"][: len(net)]
    over, under = ([max(sign * x, 0) for x in net] for sign in (1, -1))
    assert two.claimants_title(pd.DataFrame({"name": names, "overclaimed": over, "underclaimed": under}), wwc) == title


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
