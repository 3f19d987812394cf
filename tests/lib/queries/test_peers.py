"""A city's peers and what they meet, against slow and obvious Python over a small world."""

import math
from collections.abc import Iterable
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.peers import FEWEST, TOTAL, Peers
from lib.queries.peers import peer_areas, peer_criteria, peer_list, peer_points, peers_told
from lib.queries.peers_known import read_traits
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.conftest import POPULATION
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, BANDS, CRITERIA, Assessment, World

PLACES = st.integers(0, 25)
RULES = st.sampled_from(["class", "size", "ratio", "similar", "country", "level", "history", "score", "all", "above"])
LABELS = [label for _, label in BANDS]


def people(world: World, city: str) -> int | None:
    return POPULATION.get(world.attributes[city].get("population_band", ""))


def distance(world: World, own: str, other: str, weights: dict[str, int]) -> float:
    """Gower over the country and the logarithm of the population, whose range is that of everybody."""
    sizes = [people(world, city) for city in world.names]
    span = math.log(max(filter(None, sizes))) - math.log(min(filter(None, sizes)))
    parts = []
    countries = [world.attributes[city].get("country") for city in (own, other)]
    if all(countries):
        parts.append((weights.get("country", 1), float(countries[0] != countries[1])))
    mine, theirs = people(world, own), people(world, other)
    if mine and theirs:
        parts.append((weights.get("population", 1), abs(math.log(mine) - math.log(theirs)) / span))
    total = sum(weight for weight, _ in parts)
    return sum(weight * part for weight, part in parts) / total if total else math.nan


def step(world: World, own: str, other: str) -> int:
    """How far the class is widened to take the other in."""
    mine, theirs = (world.attributes[city] for city in (own, other))
    here = "country" in mine and mine["country"] == theirs.get("country")
    bands = [LABELS.index(known["population_band"]) if "population_band" in known else None for known in (mine, theirs)]
    apart = abs(bands[0] - bands[1]) if bands[0] is not None and bands[1] is not None else 99
    if "country" in mine and bands[0] is not None:
        return 0 if here and apart == 0 else 1 if here and apart == 1 else 2 if apart == 0 else 3
    if bands[0] is not None:
        return 0 if apart == 0 else 1
    return 0 if here or "country" not in mine else 1


def fits(world: World, selection: Selection, own: str, other: str, rule: str) -> bool:
    mine, theirs = (Assessment(city, selection.cycle, selection.stage) for city in (own, other))
    known = mine in world.assessments
    sizes = people(world, own) or 0, people(world, other) or 0
    ladder = ["No level", "Fair", "Good", "Great"]
    up = ladder.index(world.level(theirs)) - ladder.index(world.level(mine)) if known else None
    return {
        "size": same(world, own, other, "population_band"),
        "country": same(world, own, other, "country"),
        "ratio": 0 < max(sizes) <= 2 * min(sizes),
        "similar": not math.isnan(distance(world, own, other, {})),
        "level": up == 0,
        "above": up == 1,
        "history": known and world.participation(mine) == world.participation(theirs),
        "score": known and gap(world, selection, own, other) is not None,
    }.get(rule, True)


def same(world: World, own: str, other: str, key: str) -> bool:
    mine = world.attributes[own].get(key)
    return mine is not None and mine == world.attributes[other].get(key)


def gap(world: World, selection: Selection, own: str, other: str) -> int | None:
    keys = [Assessment(city, str(selection.versus), selection.stage) for city in (own, other)]
    known = all(key in world.assessments for key in keys)
    return abs(world.score(keys[0]) - world.score(keys[1])) if known else None


def expected(world: World, selection: Selection, own: str, peers: Peers) -> list[str]:
    """Ids of the peers, as a set in order of id: of ties at the end any may be taken by name."""
    pool = [city for city in world.cohort(selection) if city != own]
    pool = [city for city in pool if fits(world, selection, own, city, peers.rule)]

    def near(city: str) -> tuple[float, float]:
        far = gap(world, selection, own, city) if peers.rule == "score" else distance(world, own, city, {})
        close = math.inf if far is None or math.isnan(far) else round(far, 12)
        return step(world, own, city) if peers.rule == "class" else 0, close

    ranked = sorted(pool, key=near)
    return ranked if peers.group else ranked[: peers.many]


@TRIES
@given(selection=SELECTIONS, place=PLACES, peers=st.builds(Peers, rule=RULES, many=st.integers(FEWEST, 25)))
def test_whom_a_rule_finds(warehouse: Warehouse, world: World, selection: Selection, place: int, peers: Peers) -> None:
    own = world.by_name()[place]
    found = peer_list(warehouse, selection, own, peers)
    assert set(found["peer_id"]) == set(expected(world, selection, own, peers))
    assert list(found["name"]) == [world.names[id_] for id_ in found["peer_id"]]
    far = [distance(world, own, id_, {}) for id_ in found["peer_id"]]
    assert list(found["distance"]) == pytest.approx(far, nan_ok=True)
    assert found["certified_level"].isna().all()
    assert all(found["why"])
    told = peers_told(warehouse, selection, own, peers)
    assert told.startswith("No peers: " if found.empty else f"{len(found)} peer")


def test_nearest_first_and_weights_count(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    own = next(city for city in world.by_name() if len(world.attributes[city]) > 1)
    weights = {"population": 3, "country": 0}
    found = peer_list(warehouse, selection, own, Peers("similar", 25, tuple(weights.items())))
    far = [distance(world, own, id_, weights) for id_ in found["peer_id"]]
    assert far == sorted(far)
    assert list(found["distance"]) == pytest.approx(far)


def counts(world: World, keys: Iterable[Assessment], criteria: Iterable[str]) -> list[int]:
    """Criteria met of those assessments that answered any."""
    wanted = list(criteria)
    return [
        world.count(key, "met", criteria=wanted)
        for key in keys
        if key in world.assessments and world.count(key, "met", "not_met", criteria=wanted)
    ]


@TRIES
@given(selection=SELECTIONS, place=PLACES, rule=RULES)
def test_what_they_meet(warehouse: Warehouse, world: World, selection: Selection, place: int, rule: str) -> None:
    own = world.by_name()[place]
    listed = peer_list(warehouse, selection, own, Peers(rule))["peer_id"]
    keys = world.keys(listed, selection.cycle, selection)
    found = peer_criteria(warehouse, selection, own, Peers(rule))
    assert rows(found, "criterion_id", "position") == [(id_, place) for place, id_ in enumerate(CRITERIA, 1)]
    for row in found.itertuples():
        met = sum(world.count(key, "met", criteria=[row.criterion_id]) for key in keys)
        answered = met + sum(world.count(key, "not_met", criteria=[row.criterion_id]) for key in keys)
        assert (row.met_low, row.met_high, row.answered) == (met, met, answered)
        assert row.rate_low == pytest.approx(met / answered if answered >= MINIMUM_N else math.nan, nan_ok=True)
        assert (row.low <= row.rate_low <= row.high) == (answered >= MINIMUM_N)


@TRIES
@given(selection=SELECTIONS, place=PLACES, rule=RULES)
def test_where_it_stands_among_them(
    warehouse: Warehouse, world: World, selection: Selection, place: int, rule: str
) -> None:
    city, peers = world.by_name()[place], Peers(rule)
    listed = list(peer_list(warehouse, selection, city, peers)["peer_id"])
    found = peer_areas(warehouse, selection, city, peers)
    points = peer_points(warehouse, selection, city, peers)
    assert list(found["area_id"]) == [*AREAS, TOTAL]
    for row in found.itertuples():
        criteria = AREAS.get(row.area_id, CRITERIA)
        theirs = counts(world, world.keys(listed, selection.cycle, selection), criteria)
        mine = counts(world, world.keys([city], selection.cycle, selection), criteria)
        shown = points[(points["area_id"] == row.area_id) & ~points["mine"]]["score"]
        assert sorted(shown) == sorted(theirs)
        assert row.n == len(theirs)
        assert row.own == pytest.approx(mine[0] if mine else math.nan, nan_ok=True)
        if len(theirs) < MINIMUM_N:
            assert all(math.isnan(value) for value in (row.q1, row.median, row.q3, row.rank_from, row.of))
            continue
        low, _, high = quantiles(theirs, n=4, method="inclusive")
        assert (row.q1, row.median, row.q3) == pytest.approx((low, median(theirs), high))
        if mine:
            above, same = sum(x > mine[0] for x in theirs), sum(x == mine[0] for x in theirs)
            assert (row.rank_from, row.rank_to, row.of) == (above + 1, above + same + 1, len(theirs) + 1)
            assert row.below == len(theirs) - above - same


@TRIES
@given(selection=SELECTIONS, place=PLACES)
def test_change_beside_theirs(warehouse: Warehouse, world: World, selection: Selection, place: int) -> None:
    city, peers = world.by_name()[place], Peers("all")
    listed = peer_list(warehouse, selection, city, peers)["peer_id"]
    moved = [
        now[0] - then[0]
        for id_ in listed
        if (now := counts(world, world.keys([id_], selection.cycle, selection), CRITERIA))
        and (then := counts(world, world.keys([id_], selection.versus, selection), CRITERIA))
    ]
    total = peer_areas(warehouse, selection, city, peers).iloc[-1]
    assert total["peers_both"] == len(moved)
    if len(moved) >= MINIMUM_N:
        assert total["peers_change"] == median(moved)
    else:
        assert math.isnan(total["peers_change"])


def test_a_hand_picked_list(warehouse: Warehouse, world: World) -> None:
    selection = Selection("towns", "2025", "validated")
    own, *others = world.cohort(selection)
    picked = (others[0], others[3], "nobody", own)
    found = peer_list(warehouse, selection, own, Peers("picked", picked=picked))
    assert set(found["peer_id"]) == {others[0], others[3]}
    assert rows(peer_areas(warehouse, selection, own, Peers("picked", picked=picked)), "n", "median")[-1] == (2, None)


@pytest.mark.parametrize("city", ["", "nobody", "t01' or 1=1 --"])
def test_of_an_unknown_city_nothing_is_known(warehouse: Warehouse, city: str) -> None:
    selection = Selection("towns", "2025", "validated", "2024")
    assert peer_areas(warehouse, selection, city, Peers())["own"].isna().all()
    assert not peer_points(warehouse, selection, city, Peers())["mine"].any()
    assert peer_list(warehouse, selection, city, Peers("size")).empty
    assert peers_told(warehouse, selection, city, Peers("no such rule")).endswith("nothing is known of this one")


def test_the_size_and_the_area_are_found_by_what_they_are(warehouse: Warehouse) -> None:
    traits = read_traits(warehouse)
    assert (traits.size, traits.area) == ("population", "country")
    assert traits.categories == ("country",)
