"""Where the blocks and bands of a flow picture stand, in pixels from the top."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

ABSENT = -1
"""The rung of cities that are in one of the two cycles only."""

BANDS, GAP = 400, 20
"""Pixels for all bands together, and between the blocks of a column, so that their labels never touch."""


class Band(NamedTuple):
    """One way taken: where its upper edge begins and ends, and how tall it is, in pixels from the top."""

    flow: str
    way: str
    cities: int
    hover: str
    from_y: float
    to_y: float
    thick: float


class Block(NamedTuple):
    """One rung of a column: its place from the top, first and last pixel, and its cities."""

    order: int
    high: float
    low: float
    cities: int


class Column(NamedTuple):
    """First pixel of each band, in the order of the flows, and the blocks from the top down."""

    starts: list[float]
    blocks: list[Block]


def order_of(rung: int, top: int) -> int:
    """Places from the top: the highest rung first, the absent last."""
    return top + 1 if rung == ABSENT else top - rung


def column_of(places: Sequence[tuple[int, int]], counts: Sequence[int], unit: float) -> Column:
    """`places`: of each flow its rung in this column, then in the other one, by which flows of a block are sorted."""
    starts, blocks = [0.0] * len(places), list[Block]()
    y = -float(GAP)
    for order, flows in groupby(sorted(range(len(places)), key=places.__getitem__), key=lambda n: places[n][0]):
        y += GAP
        high, cities = y, 0
        for n in flows:
            starts[n], y, cities = y, y + counts[n] * unit, cities + counts[n]
        blocks.append(Block(order, high, y, cities))
    return Column(starts, blocks)


def way_of(start: int, end: int) -> str:
    """The direction of a flow: up, down, same, or other where a city is missing at one end."""
    if ABSENT in (start, end):
        return "other"
    return "up" if end > start else "down" if end < start else "same"
