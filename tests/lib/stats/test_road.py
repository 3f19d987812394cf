"""The shortest road against every subset of small standards: weights, means of areas, grades, prerequisites."""

from itertools import product
from math import isnan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.stats.road import Bools, Standing, closed, shortest

MOST = 7
TRIES = settings(max_examples=120)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """A city's answers to a standard of one to seven criteria in up to three areas."""
    many = draw(st.integers(1, MOST))
    whole, plain = draw(st.booleans()), draw(st.booleans())
    some = lambda values: np.array(draw(st.lists(values, min_size=many, max_size=many)))  # noqa: E731
    weights = np.ones(many) if plain else some(st.sampled_from([0.5, 1.0, 2.0, 3.0]))
    areas = some(st.integers(0, 2)).astype(np.intp)
    asked = some(st.sampled_from([True, True, True, False]))
    weights = np.where(asked, weights, 0.0)
    if whole:
        sums = np.array([weights[areas == area].sum() for area in areas])
        live = len({int(area) for area in areas[asked]}) or 1
        weights = np.divide(100 * weights, sums * live, out=np.zeros(many), where=sums > 0)
    answer = some(st.sampled_from(["met", "no", "none", *([] if plain else ["part"])]))
    needs = np.zeros((many, many), dtype=bool)
    for child, parent in draw(st.lists(st.tuples(st.integers(0, many - 1), st.integers(0, many - 1)), max_size=4)):
        needs[child, parent] = child != parent
    needs = closed(needs)
    held = (answer == "met") | ~asked
    credit = np.select([answer == "met", answer == "part"], [1.0, 0.5], 0.0)
    credit[(credit == 0.5) & (needs & ~held).any(axis=1)] = 1.0  # a blocked answer is taken to count in full
    return Standing(weights, np.where(asked, credit, 0.0), held, (answer != "none") & asked, areas, needs, whole)


def sets(standing: Standing) -> list[Bools]:
    """Every set of criteria that can be ticked and has with each one what it requires."""
    choices = product(*([(False, True) if able else (False,) for able in standing.open]))
    ticked = [np.array(choice, dtype=bool) for choice in choices]
    return [ticks for ticks in ticked if not (standing.waiting(ticks) & ticks).any()]


def judged(ticks: Bools, effort: list[int], favour: list[float]) -> tuple[float, int, float]:
    return (float(np.dot(ticks, effort)), int(ticks.sum()), -round(float(np.dot(ticks, favour)), 6))


@TRIES
@given(
    standing=standings(),
    share=st.sampled_from([0.2, 0.4, 0.5, 0.75, 1.0]),
    effort=st.lists(st.integers(1, 5), min_size=MOST, max_size=MOST),
    favour=st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=MOST, max_size=MOST),
)
def test_no_set_is_shorter(standing: Standing, share: float, effort: list[int], favour: list[float]) -> None:
    many = len(standing.worth)
    least = round(float(standing.worth.sum()) * share, 9)  # no level asks for more digits than a score has
    effort, favour = effort[:many], favour[:many]
    reach = [ticks for ticks in sets(standing) if standing.score(ticks) >= least]
    found = shortest(standing, least, np.array(effort, float), np.array(favour))
    if not reach:
        assert found is None
        return
    assert found is not None
    assert standing.score(found) >= least
    assert not (standing.waiting(found) & found).any()
    assert judged(found, effort, favour) == min(judged(ticks, effort, favour) for ticks in reach)


def test_a_score_waits_for_every_area() -> None:
    standing = Standing(
        worth=np.array([50.0, 25.0, 25.0]),
        credit=np.array([1.0, 0.0, 0.0]),
        held=np.array([True, False, False]),
        said=np.array([True, False, False]),
        areas=np.array([0, 1, 1]),
        needs=np.zeros((3, 3), dtype=bool),
        whole=True,
    )
    assert isnan(standing.score(np.zeros(3, dtype=bool)))
    found = shortest(standing, 40, np.ones(3), np.array([0, 0.2, 0.3]))
    assert found is not None
    assert found.tolist() == [False, False, True]  # 50 would do, but there is no score without an answer in each area
    assert standing.score(found) == 75


def test_requirements_reach_through_others() -> None:
    needs = np.zeros((3, 3), dtype=bool)
    needs[2, 1] = needs[1, 0] = needs[0, 1] = True  # two that require one another are no accident
    assert closed(needs).tolist() == [[False, True, False], [True, False, False], [True, True, False]]
