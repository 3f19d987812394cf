"""Orders and groups against brute force, and a silhouette from its own paper."""

from collections.abc import Sequence
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist, squareform

from lib.stats import seriation
from lib.stats.leaves import best_order
from lib.stats.seriation import FEWEST, SAMPLE, between, pattern, silhouette

SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, float("nan")])
PROFILES = st.integers(1, 30).flatmap(lambda rows: arrays(float, (rows, 4), elements=SHARES))


def blocks(*sizes: int, noise: float = 0.02, seed: int = 3) -> np.ndarray:
    """So many rows around 0.9, 0.5 and 0.1, shuffled, in four columns."""
    random = np.random.default_rng(seed)
    rows = np.concatenate([np.full((size, 4), level) for size, level in zip(sizes, (0.9, 0.5, 0.1), strict=True)])
    return random.permutation(rows + random.normal(0, noise, rows.shape))


@given(PROFILES)
def test_every_row_has_one_place_and_groups_lie_together(profiles: np.ndarray) -> None:
    found = pattern(profiles)
    assert sorted(found.order) == list(range(len(profiles)))
    groups = found.group[found.order]
    assert (np.diff(groups) >= 0).all()
    assert set(groups) == set(range(1, groups.max() + 1))
    assert found.clustered == len(profiles)


@given(PROFILES)
def test_distances_are_those_of_what_both_have(profiles: np.ndarray) -> None:
    far = between(profiles, profiles)
    known = {}
    for one, other in np.ndindex(far.shape):
        common = np.isfinite(profiles[one]) & np.isfinite(profiles[other])
        if common.any():
            known[one, other] = np.sqrt(np.mean((profiles[one] - profiles[other])[common] ** 2))
    most = max(known.values(), default=0)
    expected = [known.get(place, most) for place in np.ndindex(far.shape)]
    np.testing.assert_allclose(far.ravel(), expected, atol=1e-12)


@given(arrays(float, (6, 3), elements=st.floats(0, 1, width=16), unique=True))
def test_no_order_that_the_tree_allows_is_shorter(profiles: np.ndarray) -> None:
    """Bar-Joseph et al. 2001: of the 2⁵ orders of six leaves, the one with the least sum of neighbours' distances."""
    far = between(profiles, profiles)

    def length(order: Sequence[int]) -> float:
        return float(sum(far[one, other] for one, other in pairwise(order)))

    tree = linkage(squareform(far, checks=False), "ward")
    nodes = [{row} for row in range(6)]
    nodes += [set() for _ in tree]
    for place, (left, right) in enumerate(tree[:, :2].astype(int), start=6):
        nodes[place] = nodes[left] | nodes[right]

    def allowed(order: tuple[int, ...]) -> bool:
        places = np.argsort(order)
        return all(np.ptp(places[list(node)]) == len(node) - 1 for node in nodes)

    best = min(length(order) for order in permutations(range(6)) if allowed(order))
    assert length(best_order(tree, far).tolist()) == pytest.approx(best)


def test_scipys_own_order_is_still_not_the_best_one() -> None:
    """The example of SciPy's issue 11227: 0, 1, 2, 3 is allowed and shorter. When this fails, use SciPy's again."""
    far = np.zeros((4, 4))
    far[np.triu_indices(4, 1)] = (0.46680166, 0.7747411, 0.79942054, 0.28626558, 0.68441929, 0.74692541)
    far += far.T
    tree = linkage(squareform(far), "complete")
    theirs = leaves_list(optimal_leaf_ordering(tree, squareform(far)))
    ours = best_order(tree, far)
    assert ours.tolist() in ([0, 1, 2, 3], [3, 2, 1, 0])
    assert far[ours[:-1], ours[1:]].sum() < far[theirs[:-1], theirs[1:]].sum()


def test_groups_that_are_there_are_found_the_highest_first() -> None:
    profiles = blocks(10, 20, 15)
    found = pattern(profiles)
    assert np.bincount(found.group)[1:].tolist() == [10, 20, 15]
    assert [round(float(profiles[found.group == group].mean()), 1) for group in (1, 2, 3)] == [0.9, 0.5, 0.1]
    assert found.silhouette > 0.9


def test_few_rows_and_equal_rows_have_no_groups() -> None:
    few, same = pattern(blocks(3, 3, 3)), pattern(np.full((40, 3), 0.5))
    assert FEWEST > 9
    assert set(few.group) == set(same.group) == {1}
    assert np.isnan(few.silhouette)
    assert np.isnan(same.silhouette)


def test_many_rows_are_ordered_in_blocks_hardly_worse_than_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = np.random.default_rng(1).uniform(size=(400, 5))
    far = between(profiles, profiles)

    def length(order: np.ndarray) -> float:
        return float(far[order[:-1], order[1:]].sum())

    in_blocks = length(pattern(profiles).order)
    monkeypatch.setattr(seriation, "BLOCK", 400)
    assert in_blocks <= 1.1 * length(pattern(profiles).order)


def test_of_too_many_rows_a_sample_is_clustered_and_the_rest_stand_beside_it() -> None:
    profiles = blocks(700, 900, 800)
    found = pattern(profiles)
    assert found.clustered == SAMPLE
    assert sorted(found.order) == list(range(2400))
    assert np.bincount(found.group)[1:].tolist() == [700, 900, 800]


@given(st.lists(st.integers(1, 3), min_size=4, max_size=12), st.integers(0, 99))
def test_silhouettes_by_their_definition(labels: list[int], seed: int) -> None:
    """Rousseeuw 1987: (b − a) ÷ max(a, b) of each row, 0 for a row alone in its group."""
    group = np.unique(labels, return_inverse=True)[1] + 1
    if group.max() == 1:
        return
    far = squareform(pdist(np.random.default_rng(seed).uniform(size=(len(group), 2))))
    widths = []
    for row in range(len(group)):
        means = {
            other: np.mean([far[row, at] for at in np.flatnonzero(group == other) if at != row] or [0])
            for other in set(group)
        }
        own = means.pop(group[row])
        nearest = min(means.values())
        widths.append((nearest - own) / max(own, nearest) if (group == group[row]).sum() > 1 else 0)
    assert silhouette(far, group) == pytest.approx(np.mean(widths))
