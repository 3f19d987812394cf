"""Criteria: rates, their change for the same cities, and the cities behind them, against plain Python."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from lib.queries.change import criterion_change
from lib.queries.criteria import cities_behind, criteria_grid, criterion_rates, criterion_rates_by
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, CRITERIA, Assessment, World

ORDER = ["met", "partly_met", "not_met", "not_answered", "not_applicable", "blocked"]


def close(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-7)


def rate(met: int, answered: int) -> float | None:
    return met / answered if answered >= MINIMUM_N else None


def counted(world: World, keys: list[Assessment], criterion: str) -> tuple[int, int, int]:
    """Cities that meet a criterion, answered it, and were asked."""
    statuses = [world.given[key].get(criterion, "not_answered") for key in keys]
    met = statuses.count("met")
    return met, met + statuses.count("not_met"), len(keys) - statuses.count("not_applicable")


def measured(world: World, keys: list[Assessment], criterion: str) -> tuple[object, ...]:
    """met, answered, asked, pass_rate, low, high; the interval as statsmodels computes it."""
    met, answered, asked = counted(world, keys, criterion)
    low, high = proportion_confint(met, answered, method="wilson") if answered >= MINIMUM_N else (None, None)
    return met, answered, asked, close(rate(met, answered)), close(low), close(high)


@TRIES
@given(selection=SELECTIONS)
def test_rates_and_their_change(warehouse: Warehouse, world: World, selection: Selection) -> None:
    now = world.keys(world.cohort(selection), selection.cycle, selection)
    then = world.keys(world.before(selection), selection.versus, selection)
    expected = []
    for criterion in CRITERIA if now else ():
        met, answered, _ = counted(world, then, criterion)
        before, current = rate(met, answered), rate(*counted(world, now, criterion)[:2])
        change = None if None in (before, current) else current - before
        expected.append((criterion, *measured(world, now, criterion), met, answered, close(before), close(change)))
    measures = ("met", "answered", "asked", "pass_rate", "low", "high")
    comparison = ("versus_met", "versus_answered", "versus_rate", "change")
    assert rows(criterion_rates(warehouse, selection), "criterion_id", *measures, *comparison) == expected


@TRIES
@given(selection=SELECTIONS)
def test_rates_by_an_attribute(warehouse: Warehouse, world: World, selection: Selection) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    groups = {
        value: [k for k in keys if world.attributes[k.city].get("country") == value]
        for value in ("Avalon", "Chile", "Peru")
    }
    groups["Unknown"] = [key for key in keys if "country" not in world.attributes[key.city]]
    expected = [
        (criterion, name, len(own), *measured(world, own, criterion))
        for criterion, (name, own) in product(CRITERIA, groups.items())
        if own
    ]
    measures = ("met", "answered", "asked", "pass_rate", "low", "high")
    found = criterion_rates_by(warehouse, selection, "country")
    assert rows(found, "criterion_id", "group", "group_cities", *measures) == expected


@TRIES
@given(selection=SELECTIONS)
def test_change_of_the_cities_that_answered_in_both_cycles(
    warehouse: Warehouse, world: World, selection: Selection
) -> None:
    both = sorted(set(world.cohort(selection)) & set(world.before(selection)))
    pairs = zip(*(world.keys(both, cycle, selection) for cycle in (selection.cycle, selection.versus)), strict=True)
    pairs = list(pairs)
    expected = []
    for criterion in CRITERIA:
        answers = [(world.given[a].get(criterion), world.given[b].get(criterion)) for a, b in pairs]
        answered = [pair for pair in answers if set(pair) <= {"met", "not_met"}]
        gained, lost, n = answered.count(("met", "not_met")), answered.count(("not_met", "met")), len(answered)
        enough = n >= MINIMUM_N
        now, before = ([pair[place] for pair in answered].count("met") for place in (0, 1))
        rates = (close(now / n), close(before / n), close((gained - lost) / n)) if enough else (None,) * 3
        expected.append((criterion, n, gained, lost, *rates))
    columns = ("criterion_id", "n", "gained", "lost", "now_rate", "before_rate", "change")
    assert rows(criterion_change(warehouse, selection), *columns) == expected


@TRIES
@given(selection=SELECTIONS, criterion=st.sampled_from([*CRITERIA, "nonsense"]))
def test_the_cities_behind_a_rate(warehouse: Warehouse, world: World, selection: Selection, criterion: str) -> None:
    expected = []
    for city in world.cohort(selection) if criterion in CRITERIA else ():
        key, earlier = (Assessment(city, str(cycle), selection.stage) for cycle in (selection.cycle, selection.versus))
        status = world.given[key].get(criterion, "not_answered")
        before = world.given[earlier].get(criterion, "not_answered") if city in world.before(selection) else None
        expected.append((city, status, before, world.score(key), world.level(key)))
    expected.sort(key=lambda row: ORDER.index(row[1]))
    found = cities_behind(warehouse, selection, criterion)
    assert rows(found, "city_id", "status", "versus_status", "score", "level") == expected


@TRIES
@given(selection=SELECTIONS, area=st.sampled_from([*AREAS, None, "nonsense"]))
def test_the_criteria_grid(warehouse: Warehouse, world: World, selection: Selection, area: str | None) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    criteria = CRITERIA if area is None else AREAS.get(area, ())
    expected: list[tuple[object, ...]] = []
    for criterion in criteria if keys else ():
        met, answered, _ = counted(world, keys, criterion)
        expected.append(("cohort", criterion, None, close(rate(met, answered)), met, answered, True, len(keys)))
    for key, criterion in product(keys[2:5], criteria):
        status = world.given[key].get(criterion, "not_answered")
        expected.append(
            (key.city, criterion, status, None, status == "met", status in {"met", "not_met"}, False, len(keys))
        )
    found = criteria_grid(warehouse, selection, area, sort="name", descending=False, limit=3, offset=2)
    columns = ("row_id", "criterion_id", "status", "pass_rate", "met", "answered", "pinned", "of")
    assert rows(found, *columns) == expected
