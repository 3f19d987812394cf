"""Difficulty, pairs, differences of groups and claims of a cohort, against plain Python."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries.answers import BITS, answers_at
from lib.queries.claims import claims_by_city, claims_by_criterion
from lib.queries.groups import group_differences, groups_of
from lib.queries.items import difficulty, travelling
from lib.selection import MINIMUM_N, Selection
from lib.standard import load_standards
from lib.stats.intervals import newcombe
from lib.warehouse import Warehouse
from tests.conftest import MakeCohort
from tests.lib.queries.selections import SELECTIONS, TRIES
from tests.lib.queries.world import CRITERIA, Assessment, World

ANSWERED = {"met", "not_met"}


def given_by(world: World, city: str, selection: Selection, stage: str) -> dict[str, str]:
    return world.given.get(Assessment(city, selection.cycle, stage), {})


@TRIES
@given(selection=SELECTIONS)
def test_the_matrix_holds_every_answer(warehouse: Warehouse, world: World, selection: Selection) -> None:
    (found,) = answers_at(warehouse, selection, selection.stage)
    own = [given_by(world, city, selection, selection.stage) for city in world.cohort(selection)]
    assert sorted(map(tuple, found.met.tolist())) == sorted(
        tuple(given.get(id_) == "met" for id_ in CRITERIA) for given in own
    )
    assert sorted(map(tuple, found.answered.tolist())) == sorted(
        tuple(given.get(id_) in ANSWERED for id_ in CRITERIA) for given in own
    )


@TRIES
@given(selection=SELECTIONS)
def test_pairs_count_the_cities_that_answered_both(warehouse: Warehouse, world: World, selection: Selection) -> None:
    data = travelling(warehouse, selection)
    own = [given_by(world, city, selection, selection.stage) for city in world.cohort(selection)]
    own = [given for given in own if sum(given.get(id_) in ANSWERED for id_ in CRITERIA) >= len(CRITERIA) / 2]
    assert len(data) == (len(list(combinations(CRITERIA, 2))) if world.cohort(selection) else 0)
    for row in data.itertuples():
        pairs = [(given.get(row.criterion_id), given.get(row.other_id)) for given in own]
        expected = [pairs.count((one, other)) for one in ("met", "not_met") for other in ("met", "not_met")]
        assert [row.both, row.only_first, row.only_second, row.neither] == expected


@TRIES
@given(selection=SELECTIONS, group=st.sampled_from(["Avalon", "Chile", "Peru"]))
def test_a_group_against_all_others(warehouse: Warehouse, world: World, selection: Selection, group: str) -> None:
    data = group_differences(warehouse, selection, "country", group)
    country = {city: world.attributes[city].get("country") for city in world.cohort(selection)}
    if group not in country.values():
        assert data.empty
        return
    for row in data.itertuples():
        sides = []
        for inside in (True, False):
            cities = [city for city, value in country.items() if value and (value == group) == inside]
            words = [given_by(world, city, selection, selection.stage).get(row.criterion_id) for city in cities]
            sides += [words.count("met"), words.count("met") + words.count("not_met")]
        assert [row.met, row.answered, row.other_met, row.other_answered] == sides
        if min(sides[1], sides[3]) < MINIMUM_N:
            assert np.isnan([row.difference, row.p]).all()
        else:
            assert (row.difference, row.low, row.high) == pytest.approx(tuple(map(float, newcombe(*sides))))
    shown = data["difference"].abs().dropna()
    assert shown.is_monotonic_decreasing
    assert data["difference"].isna().tolist() == [False] * len(shown) + [True] * (len(data) - len(shown))


def test_groups_are_those_that_occur(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    found = groups_of(warehouse, selection, "country")
    values = [world.attributes[city].get("country") for city in world.cohort(selection)]
    assert found == {value: values.count(value) for value in ("Avalon", "Chile", "Peru")}


@TRIES
@given(selection=SELECTIONS)
def test_claims_are_those_of_the_same_cities(warehouse: Warehouse, world: World, selection: Selection) -> None:
    by_criterion, by_city = claims_by_criterion(warehouse, selection), claims_by_city(warehouse, selection)
    cells = {
        (city, id_): (said == "met", held == "met")
        for city in world.cohort(selection)
        for id_ in CRITERIA
        for said, held in [
            tuple(given_by(world, city, selection, stage).get(id_) for stage in ("self_reported", "validated"))
        ]
        if {said, held} <= ANSWERED
    }
    assert by_criterion.empty == (not cells)
    for row in by_criterion.itertuples():
        own = [cell for (_, id_), cell in cells.items() if id_ == row.criterion_id]
        expected = [len(own), *(own.count(cell) for cell in ((True, True), (True, False), (False, True)))]
        assert [row.n, row.both_met, row.overclaimed, row.underclaimed] == expected
    assert set(by_city["city_id"]) == {city for city, _ in cells}
    for row in by_city.itertuples():
        own = [cell for (city, _), cell in cells.items() if city == row.city_id]
        assert [row.n, row.said, row.held] == [len(own), sum(said for said, _ in own), sum(held for _, held in own)]
        assert [row.overclaimed, row.underclaimed] == [own.count((True, False)), own.count((False, True))]
    net = by_city["overclaimed"] - by_city["underclaimed"]
    assert net.is_monotonic_decreasing


def test_the_correlation_of_a_criterion_with_the_rest(cohort: MakeCohort) -> None:
    """Forty cities: city n meets the first n criteria, but the last one only where it meets few; one left that out."""
    ids = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
    met = np.array([[place < n if id_ != ids[-1] else n < 10 for place, id_ in enumerate(ids)] for n in range(40)])
    rows = [
        {"city": f"City {n:02}", "criterion_id": id_, "response": "Yes" if met[n, place] else "No"}
        for n in range(40)
        for place, id_ in enumerate(ids)
        if (n, id_) != (0, ids[-1])
    ]
    data = difficulty(Warehouse(cohort(rows).resolve()), Selection("wwc-2022", "2025", "validated"))
    assert data["r_cities"].tolist() == [40] * 42 + [39]
    assert data["r"].isna().sum() == 3  # nobody meets three of the forty-three: nothing to tell apart
    expected = np.corrcoef(met[1:, -1], met[1:, :-1].sum(axis=1))[0, 1]
    assert data["r"].iloc[-1] == pytest.approx(expected)
    assert data["r_high"].iloc[-1] < 0 < data["r_low"].iloc[20]


def test_more_criteria_than_bits_in_a_word(cohort: MakeCohort, tmp_path: Path) -> None:
    folder = tmp_path / "standards"
    folder.mkdir()
    ids = [f"X{place}" for place in range(BITS * 2 + 3)]
    criteria = "".join(f'[[area.criterion]]\nid = "{id_}"\nshort_name = "{id_}"\ntext = "{id_}?"\n' for id_ in ids)
    text = f'id = "long"\nname = "L"\nversion = "1"\nsource = "x"\n[[area]]\nid = "X"\nname = "X"\n{criteria}'
    (folder / "long.toml").write_text(text, encoding="utf-8")
    rows = [{"city": "Lima", "criterion_id": id_, "response": "Yes" if n % 3 else "No"} for n, id_ in enumerate(ids)]
    warehouse = Warehouse(cohort(rows, standard="long", standards=folder).resolve())
    (found,) = answers_at(warehouse, Selection("long", "2025", "validated"), "validated")
    assert found.met.tolist() == [[bool(n % 3) for n in range(len(ids))]]
    assert found.answered.all()


def test_an_empty_cohort_is_no_accident(warehouse: Warehouse) -> None:
    nobody = Selection("towns", "1999", "validated")
    frames: list[pd.DataFrame] = [
        difficulty(warehouse, nobody),
        travelling(warehouse, nobody),
        group_differences(warehouse, nobody, "country", "Peru"),
        claims_by_criterion(warehouse, nobody),
        claims_by_city(warehouse, nobody),
    ]
    assert all(frame.empty for frame in frames)
