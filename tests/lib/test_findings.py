"""Findings at the edges: nobody, everybody, one, ties, too few, nothing to compare with."""

import pandas as pd
import pytest

from lib.findings import city_finding, criteria_finding, heatmap_finding, overview_finding
from lib.standard import Area, Criterion, Level, Standard

CRITERIA = tuple(Criterion(f"C{n}", f"Name {n}", "?") for n in range(1, 11))
COUNTING = Standard(
    id="s",
    name="S",
    version="1",
    source="tests",
    aggregation="count",
    areas=(Area("A", "Air", CRITERIA),),
    levels=(Level("Silver", 4), Level("Gold", 8)),
)
SCORING = Standard(
    "s", "S", "1", "tests", "mean_of_areas", COUNTING.areas, (Level("Fair", 50),), "economy", "economies"
)
UNLEVELLED = Standard("s", "S", "1", "tests", "mean_of_areas", COUNTING.areas, (), "economy", "economies")
NO_GAPS = pd.DataFrame({"short_name": [], "missing": [], "near_misses": []})


def figures(cities: int, near: int = 0, top: int = 0, median: float = 5.0) -> pd.DataFrame:
    columns = {"period": "now", "cities": cities, "near_misses": near, "at_top": top, "median_score": median}
    return pd.DataFrame([columns, columns | {"period": "versus", "cities": 99}]).iloc[0 if cities else 1 :]


def gaps(near: int, **missing: int) -> pd.DataFrame:
    return pd.DataFrame(
        [{"short_name": name, "missing": count, "near_misses": near} for name, count in missing.items()]
    )


@pytest.mark.parametrize(
    ("counts", "missed", "sentence"),
    [
        (figures(0), NO_GAPS, "No city is selected."),
        (figures(1), NO_GAPS, "Only 1 city is selected: not enough cities to say what is typical."),
        (figures(4, near=4), gaps(4, Zest=4), "Only 4 cities are selected: not enough cities to say what is typical."),
        (
            figures(62, near=19),
            gaps(19, Zest=15, Zone=14),
            "19 of 62 cities are one or two criteria short of the next level; "
            "the criterion they miss most is “Zest” (15 of 19).",
        ),
        (
            figures(62, near=19),
            gaps(19, Zest=15, Zone=15, Zoo=1),
            "19 of 62 cities are one or two criteria short of the next level; "
            "the criteria they miss most are “Zest” and “Zone” (15 of 19).",
        ),
        (
            figures(62, near=2),
            gaps(2, A=1, B=1, C=1, D=1),
            "2 of 62 cities are one or two criteria short of the next level.",
        ),
        (
            figures(62, near=1),
            gaps(1, Zest=1, Zone=1),
            "1 of 62 cities is one or two criteria short of the next level; it misses “Zest” and “Zone”.",
        ),
        (
            figures(62),
            NO_GAPS,
            "No city is one or two criteria short of the next level. The median city meets 5 of 10 criteria.",
        ),
        (figures(62, top=62), NO_GAPS, "All 62 cities reach Gold."),
        (figures(5, near=5), NO_GAPS, "5 of 5 cities are one or two criteria short of the next level."),
    ],
)
def test_overview(counts: pd.DataFrame, missed: pd.DataFrame, sentence: str) -> None:
    assert overview_finding(counts, missed, COUNTING) == sentence


def test_self_reported_answers_are_called_so() -> None:
    assert overview_finding(figures(9, near=2), NO_GAPS, COUNTING, indicative=True) == (
        "2 of 9 cities are one or two criteria short of the next level by their own answers."
    )


@pytest.mark.parametrize(
    ("standard", "counts", "sentence"),
    [
        (UNLEVELLED, figures(187, median=71.25), "The median economy scores 71.3 of 100."),
        (UNLEVELLED, figures(187, median=float("nan")), "Not enough economies to say what is typical."),
        (SCORING, figures(9, near=2), "2 of 9 economies are within 2 points of the next level."),
    ],
)
def test_overview_of_a_standard_that_counts_points(standard: Standard, counts: pd.DataFrame, sentence: str) -> None:
    assert overview_finding(counts, NO_GAPS, standard) == sentence


def grid(**shares: float | None) -> pd.DataFrame:
    own = [{"pinned": True, "area": area, "share": share} for area, share in shares.items()]
    return pd.DataFrame([*own, {"pinned": False, "area": "Air", "share": 0.0}]).astype({"share": float})


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (
            {"Air": 0.2, "Mud": 0.5, "Zeal": 0.81},
            "On average the cities stand lowest in Air (20 %) and highest in Zeal (81 %).",
        ),
        (
            {"Air": 0.201, "Mud": 0.204, "Zeal": 0.8},
            "On average the cities stand lowest in Air and Mud (20 %) and highest in Zeal (80 %).",
        ),
        (
            {"A": 0, "B": 0, "C": 0, "D": 0, "E": 1.0},
            "On average the cities stand lowest in 4 practice areas (0 %) and highest in E (100 %).",
        ),
        ({"Air": 1.0, "Mud": 1.0}, "On average the cities stand at 100 % in every practice area."),
        ({"Air": 0.0}, "On average the cities stand at 0 % in Air."),
        ({"Air": 0.5, "Mud": None}, "On average the cities stand at 50 % in Air."),
        ({"Air": None, "Mud": None}, "Not enough cities to say which practice area is weakest."),
        ({}, "Not enough cities to say which practice area is weakest."),
    ],
)
def test_heatmap(shares: dict[str, float | None], sentence: str) -> None:
    assert heatmap_finding(grid(**shares)) == sentence


def rates(answered: int = 10, **met: int) -> pd.DataFrame:
    rows = [(name, count, answered, count / answered if answered >= 5 else None) for name, count in met.items()]
    return pd.DataFrame(rows, columns=["short_name", "met", "answered", "pass_rate"]).astype({"pass_rate": float})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (rates(Zest=3, Zone=4), "Fewest cities meet “Zest”: 3 of 10 (30 %)."),
        (rates(Zest=3, Zone=3, Zoo=9), "“Zest” and “Zone” are met by the fewest cities (30 % each)."),
        (rates(Zest=0, Zone=4), "“Zest” is met by no city."),
        (rates(A=0, B=0, C=0, D=0, E=1), "4 criteria are met by no city."),
        (rates(A=0, B=0), "Every criterion is met by 0 % of the cities that answered it."),
        (rates(A=7, B=7), "Every criterion is met by 70 % of the cities that answered it."),
        (rates(A=10, B=10), "Every city that answered meets every criterion."),
        (rates(answered=4, Zest=3), "Not enough cities to say which criterion is hardest."),
        (rates(), "Not enough cities to say which criterion is hardest."),
    ],
)
def test_criteria(data: pd.DataFrame, sentence: str) -> None:
    assert criteria_finding(data) == sentence


def changes(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["short_name", "n", "gained", "lost"])
    return frame.assign(change=((frame["gained"] - frame["lost"]) / frame["n"]).where(frame["n"] >= 5))


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        (None, ""),
        (changes(("Zest", 4, 4, 0)), ""),
        (changes(("Zest", 9, 2, 2), ("Zone", 9, 0, 0)), ""),
        (changes(("Zest", 9, 3, 0), ("Zone", 9, 0, 3)), ""),
        (
            changes(("Zest", 9, 5, 2), ("Zone", 9, 1, 0)),
            " “Zest” rose most: of 9 cities that answered it in both cycles, 5 came to meet it and 2 no longer do.",
        ),
        (
            changes(("Zest", 9, 0, 2), ("Zone", 9, 1, 0)),
            " “Zest” fell most: of 9 cities that answered it in both cycles, 0 came to meet it and 2 no longer do.",
        ),
    ],
)
def test_criteria_that_moved(change: pd.DataFrame | None, ending: str) -> None:
    assert criteria_finding(rates(Zest=3, Zone=4), change) == "Fewest cities meet “Zest”: 3 of 10 (30 %)." + ending


def city(score: float, **known: object) -> pd.Series:
    levels = {"level": "No level", "level_position": 0, "to_next": float("nan"), "next_level": None}
    return pd.Series({"name": "Ayla", "score": score, "score_change": float("nan")} | levels | known)


SHORT = {"to_next": 1.0, "next_level": "Silver"}
GOLD = {"level": "Gold", "level_position": 2}


@pytest.mark.parametrize(
    ("row", "options", "sentence"),
    [
        (city(3, **SHORT), {}, "Ayla meets 3 of 10 criteria, 1 short of Silver."),
        (city(0, to_next=4.0, next_level="Silver"), {}, "Ayla meets 0 of 10 criteria, 4 short of Silver."),
        (
            city(5, level="Silver", level_position=1, to_next=3.0, next_level="Gold"),
            {},
            "Ayla meets 5 of 10 criteria: Silver, 3 short of Gold.",
        ),
        (city(10, **GOLD), {}, "Ayla meets 10 of 10 criteria: Gold, the highest level."),
        (
            city(9, **GOLD),
            {"indicative": True},
            "By its own answers, Ayla meets 9 of 10 criteria: Gold (indicative), the highest level.",
        ),
        (
            city(3, score_change=-1.0, **SHORT),
            {"versus": "2024"},
            "Ayla meets 3 of 10 criteria (▼ −1 criterion since 2024), 1 short of Silver.",
        ),
        (
            city(3, score_change=0.0, **SHORT),
            {"versus": "2024"},
            "Ayla meets 3 of 10 criteria (no change since 2024), 1 short of Silver.",
        ),
        (city(3, **SHORT), {"versus": "2024"}, "Ayla meets 3 of 10 criteria, 1 short of Silver."),
        (city(float("nan")), {}, "Ayla has no score: not every practice area was answered."),
    ],
)
def test_city(row: pd.Series, options: dict[str, str], sentence: str) -> None:
    assert city_finding(row, COUNTING, **options) == sentence


def test_city_of_a_standard_that_counts_points() -> None:
    row = city(45.5, to_next=4.5, next_level="Fair")
    assert city_finding(row, SCORING) == "Ayla scores 45.5 of 100, 4.5 points short of Fair."
    assert city_finding(row, UNLEVELLED) == "Ayla scores 45.5 of 100."
