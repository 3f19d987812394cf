"""Who has not answered what, against plain Python."""

from hypothesis import given

from lib.queries.coverage import coverage, silent, unanswered
from lib.selection import Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import CRITERIA, Assessment, World


def missing(world: World, key: Assessment) -> list[str]:
    return [id_ for id_, status in zip(CRITERIA, world.statuses(key), strict=True) if status == "not_answered"]


def expected(world: World, selection: Selection) -> list[tuple[str, int, int, str]]:
    """City, answered, asked, criteria not answered: the least answered first, then by name."""
    found = []
    for key in world.keys(world.cohort(selection), selection.cycle, selection):
        asked = len(CRITERIA) - world.count(key, "not_applicable")
        found.append((key.city, world.count(key, "met", "not_met"), asked, ", ".join(missing(world, key))))
    return sorted(found, key=lambda row: row[1] / row[2])


@TRIES
@given(selection=SELECTIONS)
def test_coverage_names_what_each_city_left_open(warehouse: Warehouse, world: World, selection: Selection) -> None:
    wanted = expected(world, selection)
    found = coverage(warehouse, selection)
    assert rows(found, "city_id", "answered", "asked", "missing") == wanted
    assert set(found["of"]) <= {len(wanted)}
    page = coverage(warehouse, selection, limit=3, offset=2)
    assert rows(page, "city_id", "answered", "asked", "missing") == wanted[2:5]


@TRIES
@given(selection=SELECTIONS)
def test_unanswered_counts_cities_per_criterion(warehouse: Warehouse, world: World, selection: Selection) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    left = {id_: sum(id_ in missing(world, key) for key in keys) for id_ in CRITERIA}
    found = unanswered(warehouse, selection)
    assert rows(found, "criterion_id", "missing") == sorted(left.items(), key=lambda pair: -pair[1])
    assert set(found["cities"]) == {len(keys)}
    assert set(found["incomplete"]) == {sum(bool(missing(world, key)) for key in keys)}


@TRIES
@given(selection=SELECTIONS)
def test_silent_are_those_of_the_compared_cycle_only(warehouse: Warehouse, world: World, selection: Selection) -> None:
    now = set(world.cohort(selection))
    assert rows(silent(warehouse, selection), "city_id") == [
        (city,) for city in world.before(selection) if city not in now
    ]
