"""Optimal leaf ordering of a tree (Bar-Joseph, Gifford and Jaakkola 2001).

SciPy has a function of this name, but as of 1.17 it returns an order that is often not the best one (its issue 11227);
a test keeps the example.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Node:
    """A subtree: its leaves, and the least length of an order of them from each leaf to each other.

    `length` is leaves × leaves; infinite where no order that the tree allows has these ends. `to_right` is the least
    length from a leaf of the left part across to each leaf of the right part, as the first of them.
    """

    leaves: Whole
    length: Floats
    parts: "tuple[_Node, _Node] | None" = None
    across: Floats | None = None
    to_right: Floats | None = None


def best_order(tree: Floats, far: Floats) -> Whole:
    """The order of the leaves that has the least sum of distances between neighbours, of all that the tree allows.

    `tree` is a linkage as SciPy gives it, `far` every leaf's distance from every other. Takes the cube of the leaves.
    """
    nodes = [_Node(np.array([leaf]), np.zeros((1, 1))) for leaf in range(len(far))]
    for left, right in tree[:, :2].astype(int).tolist():
        nodes.append(_joined(nodes[left], nodes[right], far))
    root = nodes[-1]
    first, last = np.unravel_index(root.length.argmin(), root.length.shape)
    return np.array(_between(root, int(first), int(last)), np.intp)


def _joined(left: _Node, right: _Node, far: Floats) -> _Node:
    across = far[np.ix_(left.leaves, right.leaves)]
    to_right = _least_sums(left.length, across)
    ends = _least_sums(to_right, right.length)
    size = len(left.leaves)
    length = np.full((size + len(right.leaves),) * 2, np.inf)
    length[:size, size:], length[size:, :size] = ends, ends.T
    leaves = np.concatenate([left.leaves, right.leaves])
    return _Node(leaves, length, (left, right), across, to_right)


def _least_sums(one: Floats, other: Floats) -> Floats:
    """The product of two matrices with sums for products and minima for sums."""
    least = np.full((one.shape[0], other.shape[1]), np.inf)
    for column, row in zip(one.T, other, strict=True):
        np.minimum(least, np.add.outer(column, row), out=least)
    return least


def _between(node: _Node, first: int, last: int) -> list[int]:
    """The leaves in their best order with these two at its ends (places among the node's own leaves)."""
    if node.parts is None or node.across is None or node.to_right is None:
        return [int(leaf) for leaf in node.leaves]
    left, right = node.parts
    size = len(left.leaves)
    if first >= size:
        return _between(node, last, first)[::-1]
    inner = int((node.to_right[first] + right.length[:, last - size]).argmin())
    outer = int((left.length[first] + node.across[:, inner]).argmin())
    return _between(left, first, outer) + _between(right, inner, last - size)
