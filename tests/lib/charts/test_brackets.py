"""Brackets beside rows: one a run, open where the group goes on."""

import pandas as pd
import pytest

from lib.charts.brackets import ROOM

from .plotted import area_heatmap


@pytest.fixture
def grouped(area_grid: pd.DataFrame) -> pd.DataFrame:
    """The cohort and three cities: the end of group 1, and the beginning of group 2."""
    told = pd.DataFrame(
        {
            "bracket": [1, 2, 2],
            "bracket_size": [20, 30, 30],
            "starts": [False, True, False],
            "ends": [True, False, False],
        },
        index=["plain", "evil", "gap"],
    )
    return area_grid.join(told, on="row_id")


def test_each_run_has_a_bracket_and_the_cohort_has_none(grouped: pd.DataFrame) -> None:
    figure = area_heatmap(grouped)
    first, second = (shape.path for shape in figure.layout.shapes if shape.yref == "y")
    assert first.count("L") == 2, "open above, closed below"
    assert second.startswith("M3,")
    assert not second.endswith("L3,")
    texts = [note.text for note in figure.layout.annotations if note.yref == "y"]
    assert texts == ["1", "2"]
    assert figure.layout.margin.r == ROOM
    assert "Group" not in "".join(note.text or "" for note in area_heatmap(grouped.iloc[:2]).layout.annotations)


def test_a_long_run_names_its_group(grouped: pd.DataFrame) -> None:
    rows = [grouped[grouped["row_id"] == "gap"].assign(row_id=str(turn), starts=turn == 0) for turn in range(5)]
    figure = area_heatmap(pd.concat(rows))
    (label,) = (note for note in figure.layout.annotations if note.yref == "y")
    assert label.text == "Group 2 · 30"
    assert label.textangle == 90


def test_without_groups_nothing_is_drawn_beside(area_grid: pd.DataFrame) -> None:
    assert not [shape for shape in area_heatmap(area_grid).layout.shapes if shape.yref == "y"]
