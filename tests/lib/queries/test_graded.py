"""A standard with partial credit, weights and prerequisites: what counts as met, and what a row of ticks shows."""

from pathlib import Path

import pytest

from lib.queries.areas import area_grid_by_city
from lib.queries.criteria import cities_behind, criterion_rates
from lib.selection import Selection
from lib.warehouse import open_current
from tests.conftest import MakeCohort
from tests.lib.queries.selections import rows

STANDARD = """
id = "graded"
name = "Graded"
version = "1"
source = "made for the tests"
grade = [{ name = "Partly", credit = 0.5 }]
prerequisite = [{ criterion = "G3", requires = "G1" }]
area = [{ id = "G", name = "Grades", criterion = [
    { id = "G1", short_name = "One", text = "One?" },
    { id = "G2", short_name = "Two", text = "Two?", weight = 3 },
    { id = "G3", short_name = "Three", text = "Three?" },
    { id = "G4", short_name = "Four", text = "Four?" },
] }]
"""
CITIES = ["Ayla", "Brim", "Cove", "Dune", "Eave"]
SELECTION = Selection("graded", "2025", "validated")


@pytest.fixture
def graded(cohort: MakeCohort, tmp_path: Path) -> Path:
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "graded.toml").write_text(STANDARD, encoding="utf-8")
    given = {"G1": "No", "G2": "Partly", "G3": "Yes", "G4": "Not applicable"}
    answers = [{"city": city, "criterion_id": id_, "response": word} for city in CITIES for id_, word in given.items()]
    return cohort(answers, standard="graded", standards=folder)


def test_ticks_show_partial_credit_and_a_missing_prerequisite(graded: Path) -> None:
    grid = area_grid_by_city(open_current(graded), SELECTION, sort="name", descending=False, limit=1)
    columns = ("row_label", "ticks", "met", "answered", "asked", "share")
    half_of_three = pytest.approx(1.5 / 5)
    assert rows(grid, *columns) == [
        ("All selected", None, 0, 15, 15, half_of_three),
        ("Ayla", "0~x-", 0, 3, 3, half_of_three),
    ]


def test_only_met_counts_in_a_pass_rate(graded: Path) -> None:
    rates = criterion_rates(open_current(graded), SELECTION)
    assert rows(rates, "criterion_id", "met", "answered", "asked", "pass_rate") == [
        ("G1", 0, 5, 5, 0.0),
        ("G2", 0, 5, 5, 0.0),
        ("G3", 0, 5, 5, 0.0),
        ("G4", 0, 0, 0, None),
    ]


def test_the_cities_behind_keep_their_own_status(graded: Path) -> None:
    warehouse = open_current(graded)
    for criterion, status in {"G2": "partly_met", "G3": "blocked", "G4": "not_applicable"}.items():
        assert rows(cities_behind(warehouse, SELECTION, criterion), "name", "status") == [(c, status) for c in CITIES]
