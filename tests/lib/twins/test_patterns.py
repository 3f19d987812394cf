"""What is said of a pattern, at its edges."""

import pandas as pd
import pytest

from lib.twins.patterns import areas_note, columns_by, group_sentences, in_columns, scale_note

NAN = float("nan")


def group(name: str, members: int, **values: tuple[float, float]) -> pd.DataFrame:
    """A group of cities: area → its mean and the cohort's."""
    rows = [
        {"area": area, "value": value, "whole": whole, "low": value - 0.05, "high": value + 0.05}
        for area, (value, whole) in values.items()
    ]
    return pd.DataFrame(rows).assign(row_id=name, row_label=f"Group {name}", members=members)


def said(*groups: pd.DataFrame) -> list[str]:
    return group_sentences(pd.concat(groups), name="area", noun="city", noun_plural="cities")


def test_a_group_is_told_by_what_it_does_better_and_worse_than_all() -> None:
    first, second = said(
        group("1", 23, Data=(0.8, 0.4), Money=(0.5, 0.5), Tests=(0.1, 0.3)),
        group("2", 40, Data=(0.35, 0.4), Money=(0.5, 0.5), Tests=(0.3, 0.3)),
    )
    assert first == (
        "Group 1: 23 cities, strong in Data (80 %, 95 % interval 75 % to 85 %), "
        "weak in Tests (10 %, 95 % interval 5 % to 15 %)."
    )
    assert second == "Group 2: 40 cities, near the whole cohort throughout."


def test_the_two_that_stand_out_most_are_named_the_furthest_first() -> None:
    first, _ = said(
        group("1", 9, A=(0.5, 0.4), B=(0.9, 0.4), C=(0.7, 0.4), D=(0.4, 0.4)),
        group("2", 9, A=(0.4, 0.4), B=(0.4, 0.4), C=(0.4, 0.4), D=(0.4, 0.4)),
    )
    assert first.startswith("Group 1: 9 cities, strong in B (90 %, ")
    assert " and C (70 %, " in first
    assert "A (" not in first


def test_strong_or_weak_throughout() -> None:
    high, low = said(group("1", 9, A=(0.9, 0.5), B=(0.7, 0.5)), group("2", 9, A=(0.1, 0.5), B=(0.2, 0.5)))
    assert high.startswith("Group 1: 9 cities, strong throughout, most in A (90 %, ")
    assert low.startswith("Group 2: 9 cities, weak throughout, most in A (10 %, ")


def test_a_group_of_few_is_not_described() -> None:
    one, few, _ = said(group("1", 1, A=(1, 0.5)), group("2", 4, A=(0, 0.5)), group("3", 50, A=(0.5, 0.5)))
    assert one == "Group 1: 1 city; not enough cities to say what they have in common."
    assert few == "Group 2: 4 cities; not enough cities to say what they have in common."


def test_what_nobody_answered_is_not_spoken_of() -> None:
    first, _ = said(group("1", 9, A=(NAN, 0.5), B=(0.9, 0.5)), group("2", 9, A=(0.4, 0.5), B=(0.5, 0.5)))
    assert "A (" not in first


def test_one_group_is_the_whole_and_needs_no_words() -> None:
    assert said(group("1", 50, A=(0.5, 0.5))) == []


def test_groups_of_criteria_are_told_by_counts() -> None:
    cells = {"short_name": ["Who leads?", "Budget"], "met": [20, 1], "answered": [22, 23], "whole": 0.5}
    first = pd.DataFrame(cells).assign(row_id="1", row_label="Group 1", members=23, least=7, most=9)
    first["value"] = first["met"] / first["answered"]
    second = first.assign(row_id="2", row_label="Group 2", members=1, least=2, most=2)
    told = group_sentences(pd.concat([first, second]), name="short_name", noun="city", noun_plural="cities")
    assert told == [
        "Group 1: 23 cities that meet 7 to 9 of 2 criteria, strong in “Who leads?” (20 of 22), "
        "weak in “Budget” (1 of 23).",
        "Group 2: 1 city that meets 2 of 2 criteria; not enough cities to say what they have in common.",
    ]


def order(rows: int, **same: float) -> pd.DataFrame:
    return pd.DataFrame({"city_id": [str(row) for row in range(rows)]}).assign(**same)


@pytest.mark.parametrize(
    ("width", "words"),
    [(0.71, "stand clearly apart"), (0.5, "stand fairly clearly apart"), (0.25, "stand weakly apart")],
)
def test_how_far_groups_stand_apart(width: float, words: str) -> None:
    assert f"The groups {words}" in areas_note(order(20, silhouette=width, clustered=20), noun_plural="cities")


def test_groups_that_pass_into_one_another_and_no_groups() -> None:
    blurred = areas_note(order(20, silhouette=0.19, clustered=20), noun_plural="cities")
    assert "pass into one another: mean silhouette 0.19" in blurred
    assert "sample" not in blurred
    assert "too few" in areas_note(order(1, silhouette=NAN, clustered=1), noun_plural="cities")


def test_a_sample_is_said_to_be_one() -> None:
    note = areas_note(order(2400, silhouette=0.3, clustered=800), noun_plural="cities")
    assert "found on a sample of 800 taken evenly from the lowest to the highest; each of the other cities" in note


def test_a_scale_and_no_scale() -> None:
    scale = scale_note(order(20, reproducibility=0.93, marginal=0.7), noun_plural="cities")
    assert "Coefficient of reproducibility 0.93" in scale
    assert "This is a scale" in scale
    assert "This is no scale" in scale_note(order(20, reproducibility=0.89, marginal=0.7), noun_plural="cities")
    assert "Coefficient" not in scale_note(order(20, reproducibility=NAN, marginal=NAN), noun_plural="cities")


def test_columns_by_rate_by_name_and_as_they_come() -> None:
    rows = [
        {"row_id": row, "id": id_, "name": name, "rate": rate if row == "all" else NAN, "pinned": row == "all"}
        for row in ("all", "lima")
        for id_, name, rate in (("A", "zoo", 0.2), ("B", "Art", NAN), ("C", "bus", 0.9))
    ]
    data = pd.DataFrame(rows)
    assert columns_by(data, "id") == ["A", "B", "C"]
    assert columns_by(data, "id", value="rate") == ["C", "A", "B"]
    assert columns_by(data, "id", name="name") == ["B", "C", "A"]
    moved = in_columns(data, "id", ["C", "A", "B"])
    assert moved["row_id"].tolist() == ["all"] * 3 + ["lima"] * 3
    assert moved["id"].tolist() == ["C", "A", "B"] * 2
