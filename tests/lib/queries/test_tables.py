"""The tables to take away, and what the database says about itself."""

import pandas as pd
import pytest
from hypothesis import given

from lib.queries import about, tables
from lib.queries.criteria import criterion_rates
from lib.queries.standards import read_standard
from lib.selection import Attribute, Choices, Cycle, Selection, StandardChoice
from lib.standard import load_standard
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, BANDS, COUNTRIES, CRITERIA, STANDARD, World

ALL = Selection("towns", "2025", "validated", "2024")
START = ["standard_id", "cycle", "stage"]
CITY = [*START, "city_id", "city", "country", "population", "population_band"]
COLUMNS = {
    "responses": [
        *CITY,
        *("area_id", "area", "criterion_id", "short_name"),
        *("status", "credit", "evidence", "updated_at", "source_id", "row"),
    ],
    "area_scores": [*CITY, "area_id", "area", "met", "answered", "asked", "share", "share_status"],
    "family_scores": [*CITY, "family_id", "family", "met", "answered", "asked", "share", "share_status"],
    "city_scores": [
        *CITY,
        *("participation", "submitted_at", "met", "answered", "asked", "score", "share"),
        *("level", "level_position", "next_level", "to_next", "boundary_note", "score_status"),
    ],
    "criterion_rates": [
        *START,
        *("area_id", "area", "criterion_id", "short_name"),
        *("met", "answered", "asked", "pass_rate", "low", "high", "rate_status"),
    ],
    "cities": [*CITY, "participation", "submitted_at"],
    "panel_changes": [
        *START,
        *("versus", "area_id", "area", "criterion_id", "short_name"),
        *("panel", "change_status", "kept", "gained", "lost", "rate_before", "rate_now", "change"),
    ],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_keep_the_names_of_the_database_in_this_order(warehouse: Warehouse, name: str) -> None:
    frame = tables.rows_as_arrow(warehouse, ALL, name).to_pandas()
    assert frame.columns.tolist() == COLUMNS[name]
    assert set(frame[START].drop_duplicates().itertuples(index=False, name=None)) == {("towns", "2025", "validated")}


@TRIES
@given(selection=SELECTIONS)
def test_rows_are_those_of_the_selection(warehouse: Warehouse, world: World, selection: Selection) -> None:
    cohort = sorted(world.cohort(selection))
    keys = world.keys(cohort, selection.cycle, selection)
    given_ = [(k.city, c, world.given[k][c]) for k in keys for c in CRITERIA if c in world.given[k]]
    assert rows(tables.responses(warehouse, selection), "city_id", "criterion_id", "status") == given_
    found = tables.area_scores(warehouse, selection)
    assert rows(found, "city_id", "area_id", "met") == [
        (k.city, area, world.count(k, "met", criteria=criteria)) for k in keys for area, criteria in AREAS.items()
    ]
    assert rows(tables.family_scores(warehouse, selection), "city_id", "family", "met") == [
        (k.city, "Windy", world.count(k, "met", criteria=("A1", "A2", "M4"))) for k in keys
    ]
    assert rows(tables.city_scores(warehouse, selection), "city_id", "city", "score") == [
        (key.city, world.names[key.city], world.score(key)) for key in keys
    ]


@TRIES
@given(selection=SELECTIONS)
def test_rates_are_those_of_the_criteria_page(warehouse: Warehouse, selection: Selection) -> None:
    exported, shown = tables.criterion_rates(warehouse, selection), criterion_rates(warehouse, selection)
    columns = ["criterion_id", "met", "answered", "asked", "pass_rate", "low", "high"]
    pd.testing.assert_frame_equal(exported[columns], shown[columns])


def test_a_preview_is_the_beginning_of_the_table(warehouse: Warehouse) -> None:
    whole, preview = tables.responses(warehouse, ALL), tables.responses(warehouse, ALL, limit=7)
    pd.testing.assert_frame_equal(preview, whole.head(7), check_dtype=False)


def test_the_choices_are_what_was_loaded(choices: Choices, world: World) -> None:
    cycles = tuple(Cycle(label, ("validated", "self_reported")) for label in ("2023", "2024", "2025"))
    levels = ("Fair", "Good", "Great")
    assert choices.standards == (StandardChoice("towns", "Towns that count", "town", "towns", cycles, levels),)
    assert choices.attributes == (
        Attribute("country", "Country", tuple(sorted(filter(None, COUNTRIES)))),
        Attribute("population_band", "Population band", tuple(label for _, label in BANDS)),
    )


def test_the_standard_comes_back_as_it_was_loaded(
    warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("standard") / "towns.toml"
    path.write_text(STANDARD, encoding="utf-8")
    assert read_standard(warehouse, "towns") == load_standard(path)


def test_an_unknown_standard_is_a_key_error(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError):
        read_standard(warehouse, "nobody")


def test_the_database_describes_itself(warehouse: Warehouse) -> None:
    assert rows(about.publication(warehouse), "version", "synthetic") == [(warehouse.version, False)]
    assert rows(about.levels(warehouse, ALL), "level", "minimum") == [("Fair", 4), ("Good", 6), ("Great", 8)]
    assert rows(about.boundaries(warehouse, ALL), "score", "note") == [(5, "five is contested")]
    assert tuple(about.criteria(warehouse, ALL)["criterion_id"]) == CRITERIA
    sources = about.sources(warehouse)
    assert (sources["answers"] == sources["accepted"] + sources["superseded"] + sources["rejected"]).all()
    codebook = about.codebook(warehouse)
    assert set(codebook["table"]) >= {"city", "response", "area_score", "city_score", "criterion_rate", "rejected"}
    assert codebook["comment"].notna().all()


def test_what_was_set_aside_can_be_paged_and_counted(demo_database: object) -> None:
    from lib.warehouse import open_current

    demo = open_current(demo_database)  # type: ignore[arg-type]
    total = int(about.sources(demo)["rejected"].sum())
    assert total > 1, "the demo has answers that nobody can read"
    places = about.set_aside(demo, limit=total + 1)
    paged = pd.concat([about.set_aside(demo, limit=1, offset=place) for place in range(len(places))], ignore_index=True)
    pd.testing.assert_frame_equal(paged, places, check_dtype=False)
    assert places["answers"].sum() == about.odd_words(demo, total)["answers"].sum() == total
    assert about.rejected_counts(demo)["rows"].sum() == total
