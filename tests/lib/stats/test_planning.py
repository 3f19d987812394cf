"""The planner against brute force in plain Python, and its claims about the best set."""

from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from lib.stats import planning
from lib.stats.attendance import Aim, Needs, bits, going_up
from lib.stats.bounds import bound
from lib.stats.planning import Plan, best_plan

City = tuple[frozenset[int], int]
Units = list[frozenset[int]]
CHANCES = (1.0, 0.9, 0.5, 0.1)


def chance(city: City, taught: frozenset[int], success: float) -> float:
    """The chance that a city goes up, by going through every way in which it can succeed and fail."""
    gaps, lacking = city
    ways = product((True, False), repeat=len(gaps & taught))
    return sum(success ** sum(way) * (1 - success) ** (len(way) - sum(way)) for way in ways if sum(way) >= lacking)


def worth(cities: list[City], units: Units, chosen: tuple[int, ...], success: float, *, level: bool) -> float:
    taught = frozenset().union(*(units[place] for place in chosen))
    if not level:
        return sum(len(gaps & taught) for gaps, _ in cities) * success
    return sum(chance(city, taught, success) for city in cities)


def best(cities: list[City], units: Units, workshops: int, success: float, *, level: bool) -> float:
    sets = combinations(range(len(units)), min(workshops, len(units)))
    return max(worth(cities, units, chosen, success, level=level) for chosen in sets)


def rows(sets: Units | list[frozenset[int]], criteria: int) -> np.ndarray:
    return bits(np.array([[place in members for place in range(criteria)] for members in sets], dtype=bool))


def planned(cities: list[City], units: Units, criteria: int, workshops: int, success: float, *, level: bool) -> Plan:
    lacking = np.array([lacking for _, lacking in cities], dtype=np.int64)
    needs = Needs.grouped(rows([gaps for gaps, _ in cities], criteria), lacking)
    return best_plan(needs, rows(units, criteria), workshops, success, level=level)


@st.composite
def cohorts(draw: st.DrawFn, most: int = 6) -> tuple[list[City], Units, int]:
    criteria = draw(st.integers(1, most))
    some = st.frozensets(st.integers(0, criteria - 1))
    cities = draw(st.lists(st.tuples(some, st.integers(1, 4)), min_size=1, max_size=7))
    singles = [frozenset({place}) for place in range(criteria)]
    units = draw(st.one_of(st.just(singles), st.lists(some, min_size=1, max_size=5)))
    return cities, units, criteria


@given(cohorts(), st.integers(1, 4), st.sampled_from(CHANCES), st.booleans())
@settings(max_examples=150)
def test_the_plan_of_a_small_cohort_is_the_best_of_all(
    cohort: tuple[list[City], Units, int], workshops: int, success: float, level: bool
) -> None:
    plan = planned(*cohort, workshops, success, level=level)
    cities, units, _ = cohort
    most = best(cities, units, workshops, success, level=level)
    assert plan.proven
    assert plan.value == pytest.approx(most)
    assert plan.value == pytest.approx(worth(cities, units, plan.chosen, success, level=level))
    assert plan.stepwise <= plan.value + 1e-9
    assert plan.running[-1] == pytest.approx(plan.value)
    for count in range(len(plan.chosen)):
        assert plan.running[count] == pytest.approx(
            worth(cities, units, plan.chosen[: count + 1], success, level=level)
        )
        dropped = plan.chosen[:count] + plan.chosen[count + 1 :]
        assert plan.without[count] == pytest.approx(worth(cities, units, dropped, success, level=level))


@given(cohorts(), st.integers(1, 4), st.sampled_from(CHANCES), st.booleans())
@settings(max_examples=150)
def test_no_set_exceeds_the_bound(
    cohort: tuple[list[City], Units, int], workshops: int, success: float, level: bool
) -> None:
    cities, units, criteria = cohort
    workshops = min(workshops, len(units))
    lacking = np.array([lacking for _, lacking in cities], dtype=np.int64)
    needs = Needs.grouped(rows([gaps for gaps, _ in cities], criteria), lacking)
    aim = Aim(needs, workshops * max(1, *(len(unit) for unit in units)), success, level=level)
    most = best(cities, units, workshops, success, level=level)
    assert bound(aim, rows(units, criteria), workshops) >= most - 1e-6


@given(cohorts(most=8), st.integers(1, 4), st.sampled_from(CHANCES), st.booleans())
@settings(max_examples=100)
def test_a_set_that_was_not_compared_claims_no_more_than_it_knows(
    cohort: tuple[list[City], Units, int], workshops: int, success: float, level: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "MOST_COMPARED", -1)
        plan = planned(*cohort, workshops, success, level=level)
    cities, units, _ = cohort
    most = best(cities, units, workshops, success, level=level)
    assert plan.stepwise - 1e-9 <= plan.value <= most + 1e-9
    assert plan.bound >= most - 1e-6
    assert not plan.proven or plan.value == pytest.approx(most)


def test_the_second_workshop_can_add_what_the_first_could_not() -> None:
    """Not submodular: two cities that lack two; alone neither workshop moves anyone."""
    both = frozenset({0, 1})
    plan = planned([(both, 2), (both, 2)], [frozenset({0}), frozenset({1}), frozenset({2})], 3, 2, 1.0, level=True)
    assert sorted(plan.chosen) == [0, 1]
    assert plan.running.tolist() == [0, 2]
    assert plan.without.tolist() == [0, 0]


def test_step_by_step_can_miss_the_best() -> None:
    """The first step takes the one city that lacks one; two steps together would have moved three."""
    cities: list[City] = [(frozenset({0}), 1), *[(frozenset({1, 2}), 2)] * 3]
    plan = planned(cities, [frozenset({place}) for place in range(3)], 3, 2, 1.0, level=True)
    assert (plan.stepwise, plan.value) == (1, 3)
    assert sorted(plan.chosen) == [1, 2]


def test_a_workshop_that_nobody_needs_adds_nothing() -> None:
    plan = planned([(frozenset(), 1)], [frozenset({0}), frozenset({1})], 2, 2, 0.5, level=True)
    assert plan.value == plan.bound == 0
    assert plan.proven


def test_more_workshops_than_units_are_all_of_them() -> None:
    plan = planned([(frozenset({0, 1}), 2)], [frozenset({0}), frozenset({1})], 2, 8, 1.0, level=True)
    assert sorted(plan.chosen) == [0, 1]
    assert plan.value == 1


def test_a_standard_may_have_more_criteria_than_a_word_has_bits() -> None:
    cities: list[City] = [(frozenset({3, 70}), 2), (frozenset({70, 129}), 1), (frozenset({3}), 1)]
    plan = planned(cities, [frozenset({place}) for place in range(130)], 130, 2, 1.0, level=True)
    assert sorted(plan.chosen) == [3, 70]
    assert plan.value == 3


def test_going_up_is_the_binomial_tail() -> None:
    attended = np.arange(9)
    for lacking in range(1, 6):
        for success in CHANCES:
            assert going_up(lacking, attended, success) == pytest.approx(
                binom.sf(lacking - 1, attended, success), abs=1e-12
            )


def test_a_known_chance() -> None:
    """At least 2 of 3 with 60 % each: 3 × 0.6² × 0.4 + 0.6³ = 0.648."""
    assert going_up(2, np.array([3]), 0.6)[0] == pytest.approx(0.648)


def test_too_many_sets_are_not_compared() -> None:
    """43 criteria, 8 workshops: 145 million sets. The answer comes with a bound instead."""
    assert comb(43, 8) * 50 > planning.MOST_COMPARED
    random = np.random.default_rng(7)
    gaps = random.random((50, 43)) < 0.5
    needs = Needs.grouped(bits(gaps), random.integers(1, 6, 50))
    plan = best_plan(needs, bits(np.eye(43, dtype=bool)), 8, 1.0, level=True)
    assert plan.stepwise <= plan.value <= plan.bound <= 50
    assert len(plan.chosen) == len(set(plan.chosen)) == 8
