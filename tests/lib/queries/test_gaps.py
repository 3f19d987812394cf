"""The gap list against plain Python, and its leverage from its parts."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import open_for
from lib.peers import MOST, Peers
from lib.queries.gaps import ON_ROAD, city_gaps, road_of, who_meets
from lib.queries.peers import peer_list
from lib.queries.road import own_answers
from lib.queries.steps import Profile, next_steps
from lib.scenario import USUAL_EFFORT
from lib.selection import Selection
from lib.viewer import Viewer
from lib.warehouse import Warehouse, open_current
from tests.conftest import MakeCohort
from tests.lib.queries.selections import TRIES
from tests.lib.queries.test_road import GIVEN, PEAKS
from tests.lib.queries.world import CRITERIA, CYCLES, Assessment, World

SELECTIONS = st.builds(Selection, st.just("towns"), st.sampled_from(CYCLES), st.just("validated"))


@TRIES
@given(
    selection=SELECTIONS,
    asked=st.tuples(st.integers(0, 25), st.sampled_from(["class", "all", "score"])),
    effort=st.lists(st.tuples(st.sampled_from(CRITERIA), st.integers(1, 5)), unique_by=lambda x: x[0]).map(tuple),
)
def test_gaps_and_their_leverage(
    warehouse: Warehouse,
    world: World,
    selection: Selection,
    asked: tuple[int, str],
    effort: tuple[tuple[str, int], ...],
) -> None:
    place, rule = asked
    key = Assessment(sorted(world.names)[place], selection.cycle, selection.stage)
    found = city_gaps(warehouse, selection, key.city, Peers(rule), effort)
    if key not in world.assessments:
        assert found.empty
        return
    status = dict(zip(CRITERIA, world.statuses(key), strict=True))
    assert set(found["criterion_id"]) == {id_ for id_, told in status.items() if told in ("not_met", "not_answered")}
    peers = [
        Assessment(id_, key.cycle, key.stage)
        for id_ in peer_list(warehouse, selection, key.city, Peers(rule))["peer_id"]
    ]
    road = road_of(warehouse, selection, key.city, Peers(rule), effort=effort) or ()
    for row in found.itertuples():
        said = [world.given[peer].get(row.criterion_id) for peer in peers]
        answered = [told for told in said if told in ("met", "not_met")]
        assert (row.answered, row.met_low, row.met_high) == (len(answered), *[answered.count("met")] * 2)
        assert row.on_road == (row.criterion_id in road)
        assert row.effort == dict(effort).get(row.criterion_id, USUAL_EFFORT)
        if np.isnan(row.rate_low):
            assert np.isnan(row.leverage)
            continue
        parts = answered.count("met") / len(answered) * (ON_ROAD if row.on_road else 1) * USUAL_EFFORT / row.effort
        assert row.leverage == pytest.approx(parts)
    known = found["leverage"].dropna()
    assert known.is_monotonic_decreasing
    assert found["leverage"].notna().sum() == len(known) == (found["rank"].notna()).sum()


def test_what_similar_cities_met_next_is_of_everybody(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    key = next(key for key in sorted(world.assessments) if key.cycle == "2025" and key.stage == "validated")
    found = city_gaps(warehouse, selection, key.city, Peers())
    width, score = 0.1 * len(CRITERIA), world.score(key)
    whole = next_steps(warehouse, selection, Profile(low=score - width, high=score + width)).set_index("criterion_id")
    for row in found.itertuples():
        expected = whole.loc[row.criterion_id]
        assert (0 if np.isnan(row.next_n) else row.next_n) == expected["answered"]


def test_who_meets_a_criterion_is_named_nearest_first(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    key = next(key for key in sorted(world.assessments) if key.cycle == "2025" and key.stage == "validated")
    listed = list(peer_list(warehouse, selection, key.city, Peers())["peer_id"])
    found = who_meets(warehouse, selection, key.city, Peers())
    for criterion, rows in found.groupby("criterion_id"):
        met = [id_ for id_ in listed if world.given[Assessment(id_, "2025", "validated")].get(str(criterion)) == "met"]
        assert list(rows["peer_id"]) == met


def test_of_a_larger_group_the_nearest_are_named(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    key = next(key for key in sorted(world.assessments) if key.cycle == "2025" and key.stage == "validated")
    listed = list(peer_list(warehouse, selection, key.city, Peers("all"))["peer_id"])
    found = who_meets(warehouse, selection, key.city, Peers("all"))
    assert set(found["peer_id"]) <= set(listed[:MOST])
    assert set(found["peer_id"]) - set(listed[: MOST // 2])


@pytest.fixture
def peaks(cohort: MakeCohort, tmp_path: Path) -> Warehouse:
    """Six cities alike: one criterion partly met, one blocked by another; and what that one unlocks."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "peaks.toml").write_text(PEAKS, encoding="utf-8")
    answers = [
        {"city": f"City {n}", "criterion_id": id_, "response": word} for n in range(7) for id_, word in GIVEN.items()
    ]
    return open_current(cohort(answers, standard="peaks", standards=folder))


def test_prerequisites_and_points(peaks: Warehouse) -> None:
    found = city_gaps(peaks, Selection("peaks", "2025", "validated"), "city-0", Peers()).set_index("criterion_id")
    assert found.loc["P2", ["unlocks", "unlocks_named", "waits_for"]].tolist() == [2, "P3, Q2", ""]
    assert found.loc["P3", ["status", "waits_for"]].tolist() == ["blocked", "P2"]
    assert found.loc["Q2", ["waits_for", "on_road"]].tolist() == ["P2", True]
    assert found.loc[["P1", "P2", "P3", "Q2"], "adds"].tolist() == [12.5, 12.5, 12.5, 50]
    assert np.isnan(found.loc["P3", "leverage"])
    assert found["rank"].notna().sum() == 3


def test_a_city_viewer_sees_ranges_and_nobody_by_what_they_meet(demo_database: Path) -> None:
    everything = open_current(demo_database)
    selection = Selection("wwc-2022", "2025", "validated")
    city = str(
        everything.fetch("select city_id from city_score where cycle = '2025' and stage = 'validated' and score < 20")[
            "city_id"
        ].iloc[0]
    )
    own = open_for(Viewer("city", (city,)), demo_database)
    found = city_gaps(own, selection, city, Peers())
    assert set(found["criterion_id"]) == set(city_gaps(everything, selection, city, Peers())["criterion_id"])
    assert found["next_n"].isna().all()
    assert ((found["met_low"] >= 0) & (found["met_high"] <= found["answered"])).all()
    assert who_meets(own, selection, city, Peers()).empty
    assert own_answers(own, selection, city).equals(own_answers(everything, selection, city))
    assert road_of(own, selection, city, Peers())
