"""The findings that only the brief has, at their edges."""

import pandas as pd
import pytest

from lib.brief.moved import points
from lib.brief.sentences import easiest_finding, groups_finding, moves_finding, shortened, whole_name

NAN = float("nan")


def grid(*shares: tuple[str, str, float]) -> pd.DataFrame:
    """Group, area and share of each cell; the cohort is the group "All"."""
    rows = [(group, group, area.lower(), area, share, group == "All") for group, area, share in shares]
    return pd.DataFrame(rows, columns=["row_id", "row_label", "area_id", "area", "share", "pinned"])


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ([("All", "X", 0.5), ("A", "X", 0.4)], "Too few groups by region are large enough to compare"),
        ([("A", "X", 0.4), ("B", "X", NAN)], "Too few groups by region are large enough to compare"),
        ([("A", "X", 0.4), ("B", "X", 0.4)], "Groups by region stand level in every practice area"),
        (
            [("All", "X", 0.9), ("A", "X", 0.4), ("B", "X", 0.5), ("A", "Y", 0.1), ("B", "Y", 0.7)],
            "By region, widest apart in Y: 70 % in B, 10 % in A",
        ),
        ([("A", "X", 0), ("B", "X", 1)], "By region, widest apart in X: 100 % in B, 0 % in A"),
        ([], "Too few groups by region are large enough to compare"),
    ],
)
def test_groups(cells: list[tuple[str, str, float]], finding: str) -> None:
    assert groups_finding(grid(*cells).astype({"pinned": bool}), "Region") == finding


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ([], "Not enough cities answered in both cycles to say which criteria moved"),
        ([NAN], "Not enough cities answered in both cycles to say which criteria moved"),
        ([0.0, 0.0], "None of 2 criteria is met by more or fewer of them"),
        ([0.1, NAN], "Of 1 criterion, 1 is met by more of them than before, none by fewer"),
        ([0.1, -0.1, -0.2, 0], "Of 4 criteria, 1 is met by more of them than before, 2 by fewer"),
        ([-0.1, -0.1], "Of 2 criteria, none are met by more of them than before, 2 by fewer"),
    ],
)
def test_moves(changes: list[float], finding: str) -> None:
    assert moves_finding(pd.DataFrame({"change": changes}, dtype=float), "cities") == finding


def test_easiest() -> None:
    rates = pd.DataFrame({"short_name": ["A", "B"], "pass_rate": [0.9, 0.5], "met": [9, 5], "answered": [10, 10]})
    assert easiest_finding(rates, "towns") == "Most towns meet “A”: 9 of 10 (90 %)"
    tied = rates.assign(pass_rate=1.0)
    assert easiest_finding(tied, "towns") == "2 criteria are met by the most towns (100 % each)"
    rare = rates.assign(pass_rate=[0.3, 0.1], met=[3, 1])
    assert easiest_finding(rare, "towns") == "“A” is met by the most towns: 3 of 10 (30 %)"


@pytest.mark.parametrize(
    ("change", "told"), [(0.0123, "+1.2"), (-0.0004, "0"), (-0.004, "−0.4"), (0, "0"), (-0.125, "−12.5"), (1, "+100")]
)
def test_points(change: float, told: str) -> None:
    assert points(change) == told


def test_a_long_selection_is_shortened_at_its_end() -> None:
    assert shortened("62 cities, Brazil", 20) == "62 cities, Brazil"
    assert shortened("62 cities, Brazil or Chile", 11) == "62 cities…"


def test_a_name_that_is_only_a_beginning_gives_way_to_the_text() -> None:
    assert whole_name("Can she…", "Can she sign a contract?") == "Can she sign a contract?"
    assert whole_name("Contracts", "Can she sign a contract?") == "Contracts"
