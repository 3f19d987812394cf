"""What is said about two rates side by side, group against group and claim against proof, at every edge."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins import differences as two


@pytest.fixture(scope="module")
def wwc() -> Standard:
    return load_standards()["wwc-2022"]


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
            "None of 1 criterion differs by more than chance; widest on “A”: 8 of 10 (80 %) in Brazil, "
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
    assert "33 %" not in rows["hover"].iloc[1]


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
