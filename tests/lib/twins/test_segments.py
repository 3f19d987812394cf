"""Segments in words, at the edges: nobody, too few, everybody, overlap, one and many."""

import pandas as pd
import pytest

from lib.standard import STANDARDS, Standard, load_standards
from lib.twins.segments import segments_note, segments_table, segments_title

NONE = float("nan")


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standards(STANDARDS)["wwc-2022"]


def figures(**changed: object) -> pd.DataFrame:
    row = {"segment": "Large", "words": "Brazil", "cities": 20, "reached": 5, "reached_rate": 0.25}
    row |= {"reached_low": 0.11, "reached_high": 0.47, "median_score": 14.5, "near_misses": 1}
    return pd.DataFrame([row | {"panel": 12, "change": 0.04, "low": -0.01, "high": 0.09} | changed])


def told(standard: Standard, **changed: object) -> list[str]:
    table = segments_table(figures(**changed), standard, indicative=False, versus="2024")
    return [str(value) for value in table.iloc[0]]


def test_a_segment_has_counts_beside_every_share_and_intervals(standard: Standard) -> None:
    assert told(standard) == [
        *("Large", "Brazil", "20", "5 of 20 (25 %)", "11 % to 47 %", "14.5 of 43", "1 of 20"),
        "▲ +4 points (12 cities, 95 % interval −1 to +9)",
    ]


def test_too_few_have_counts_only(standard: Standard) -> None:
    few = {"cities": 2, "reached": 1, "reached_rate": NONE, "reached_low": NONE, "reached_high": NONE}
    words = told(standard, **few, median_score=NONE, near_misses=0, panel=1, change=NONE, low=NONE, high=NONE)
    assert words[2:] == ["2", "1 of 2", "–", "not enough cities to say", "0 of 2", "not enough cities to say (1 city)"]
    assert not any("%" in word for word in words)


def test_cities_that_all_moved_alike_have_no_interval(standard: Standard) -> None:
    assert told(standard, low=NONE, high=NONE)[-1] == "▲ +4 points (12 cities)"


def test_without_a_compared_cycle_there_is_no_change(standard: Standard) -> None:
    table = segments_table(figures(), standard, indicative=True, versus=None)
    assert list(table)[3] == "Reach a level (indicative)"
    assert not any("change" in name for name in table)


@pytest.mark.parametrize(
    ("shared", "filtered", "words"),
    [
        (0, False, "Segments among the 146 cities selected."),
        (1, False, "Segments among the 146 cities selected. 1 city is in more than one of them."),
        (7, True, "7 cities are in more than one of them. Cities that are filtered out count in none of them."),
    ],
)
def test_overlap_and_filters_are_told(standard: Standard, shared: int, filtered: bool, words: str) -> None:
    assert segments_note(cities=146, shared=shared, filtered=filtered, standard=standard).endswith(words)


def grid(**shares: tuple[float, float]) -> pd.DataFrame:
    rows = [
        {"row_label": label, "area": area, "share": share, "pinned": False}
        for area, pair in shares.items()
        for label, share in zip(("Large", "Small"), pair, strict=True)
    ]
    return pd.DataFrame([{"row_label": "All selected", "area": "Mud", "share": 1.0, "pinned": True}, *rows])


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (grid(Mud=(0.2, 0.5), Air=(0.4, 0.3)), "Segments are widest apart in Mud: Small 50 %, Large 20 %"),
        (grid(Mud=(0.3, 0.3)), "The segments stand alike everywhere"),
        (grid(Mud=(0.3, NONE)), "Not enough cities to say where the segments differ"),
        (grid(), "Not enough cities to say where the segments differ"),
    ],
)
def test_the_title_says_where_they_differ_most(data: pd.DataFrame, title: str) -> None:
    assert segments_title(data, noun_plural="cities") == title
