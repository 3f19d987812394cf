"""Families in the grids of practice areas, against plain Python: a criterion may be in several families, or in none."""

from pathlib import Path

import pytest

from lib.queries.areas import area_grid_by_attribute, area_grid_by_city, area_grid_by_cycle
from lib.queries.criteria import criteria_grid
from lib.queries.families import FAMILIES
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.standard import load_standards
from lib.warehouse import Warehouse
from tests.conftest import MakeCohort

NOW = Selection("wwc-2022", "2025", "validated", "2024")
LEADER = ("LC4", "LC5", "LC6", "LC7")


@pytest.fixture
def leaders(cohort: MakeCohort) -> Warehouse:
    """Six cities: city n meets the first n of the four criteria of designated leaders, and nothing else is answered."""
    answers = [
        {"city": f"City {n}", "criterion_id": id_, "response": "Yes" if place < n else "No"}
        for n in range(6)
        for place, id_ in enumerate(LEADER)
    ]
    cities = [{"city_id": f"city-{n}", "name": f"City {n}", "country": "Peru" if n < 5 else "Chile"} for n in range(6)]
    return Warehouse(cohort(answers, cities).resolve())


def test_the_standard_of_the_database_has_the_families_of_its_file(demo_database: Path) -> None:
    read = read_standard(Warehouse(demo_database.resolve()), "wwc-2022")
    assert read.families == load_standards()["wwc-2022"].families


def test_cities_by_family_are_ordered_by_the_family(leaders: Warehouse) -> None:
    grid = area_grid_by_city(leaders, NOW, sort="leader", descending=False, columns=FAMILIES)
    own = grid[(grid["area_id"] == "leader") & ~grid["pinned"]]
    assert list(own["row_label"]) == [f"City {n}" for n in range(6)]
    assert list(own["ticks"]) == ["0000", "1000", "1100", "1110", "1111", "1111"]
    assert list(own["share"]) == [0, 0.25, 0.5, 0.75, 1, 1]
    assert list(grid.loc[grid["pinned"], "area_id"]) == [family.id for family in load_standards()["wwc-2022"].families]


def test_the_cohort_row_is_the_mean_of_its_cities(leaders: Warehouse) -> None:
    grid = area_grid_by_city(leaders, NOW, columns=FAMILIES)
    cohort = grid[grid["pinned"]].set_index("area_id")
    row = cohort.loc["leader"]
    assert (row["area"], row["met"], row["asked"], row["cities"]) == ("Designated leader", 14, 24, 6)
    assert row["share"] == pytest.approx(3.5 / 6)
    assert cohort.loc["documented", ["met", "cities"]].tolist() == [0, 0]


def test_families_by_cycle_and_by_attribute(leaders: Warehouse) -> None:
    by_cycle = area_grid_by_cycle(leaders, NOW, columns=FAMILIES).set_index(["row_id", "area_id"])
    assert by_cycle.loc[("2025", "leader"), "cities"] == 6
    by_country = area_grid_by_attribute(leaders, NOW, "country", columns=FAMILIES).set_index(["row_id", "area_id"])
    assert by_country.loc[("Peru", "leader"), "share"] == pytest.approx(0.5)
    assert by_country.loc[("Chile", "leader"), ["met", "cities"]].tolist() == [4, 1]


def test_a_standard_without_families_has_no_columns_of_them(cohort: MakeCohort, tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(
        'id = "plain"\nname = "P"\nversion = "1"\nsource = "x"\n[[area]]\nid = "A"\nname = "A"\n'
        '[[area.criterion]]\nid = "A1"\nshort_name = "One"\ntext = "One?"\n',
        encoding="utf-8",
    )
    database = cohort([{"city": "Lima", "criterion_id": "A1"}], standard="plain", standards=tmp_path)
    warehouse, now = Warehouse(database.resolve()), Selection("plain", "2025", "validated")
    assert read_standard(warehouse, "plain").families == ()
    assert area_grid_by_city(warehouse, now, columns=FAMILIES).empty


def test_the_criteria_of_a_family_as_a_grid(leaders: Warehouse) -> None:
    grid = criteria_grid(leaders, NOW, "leader", sort="leader")
    assert list(grid.loc[grid["pinned"], "criterion_id"]) == list(LEADER)
    assert list(grid.loc[grid["row_id"] == "city-2", "status"]) == ["met", "met", "not_met", "not_met"]
    assert criteria_grid(leaders, NOW, "no such part").empty
