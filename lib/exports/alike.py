"""Rows as text, written once where they are alike: neighbouring columns that say few things together become one.

In a table of answers all that is said of a city is the same on each of its rows, and all that is said of a criterion
for each city: writing each such stretch once takes a fifth of the work of writing every cell.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Write = Callable[[pa.Array], pa.Array]
_OFTEN = 4
"""What is said this often on average is worth remembering."""
_TABLE = 2**22
"""Places in a table of pairs, above which they are sorted instead."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring columns of all rows: the different texts, and for each row which of them."""

    texts: pa.Array
    places: NDArray[np.int64]

    def whole(self) -> pa.Array:
        """The text of each row."""
        return self.texts.take(pa.array(self.places))


def written(columns: Sequence[pa.Array], cells: Sequence[Write], between: str) -> Iterator[pa.Array]:
    """Texts of each row, some for several columns in a row: `cells` write a column's values, missing ones too."""
    held: Stretch | None = None
    for column, write in zip(columns, cells, strict=True):
        new = _stretch(column, write)
        both = _beside(held, new, between) if held and new else None
        if held and not both:
            yield held.whole()
        held = both or new
        if not new:
            yield write(column)
    if held:
        yield held.whole()


def _stretch(column: pa.Array, write: Write) -> Stretch | None:
    """One column, unless it says too many things; and two numbers may be equal that are not written alike: 0 and -0."""
    if pa.types.is_floating(column.type):
        return None
    coded = column.dictionary_encode(null_encoding="encode")
    if len(coded.dictionary) * _OFTEN > len(column):
        return None
    return Stretch(write(coded.dictionary), coded.indices.to_numpy().astype(np.int64))


def _beside(left: Stretch, right: Stretch, between: str) -> Stretch | None:
    """Both as one, unless together they say too many things."""
    many = len(right.texts)
    pairs = left.places * many + right.places
    known, places = _numbered(pairs, len(left.texts) * many)
    if len(known) * _OFTEN > len(pairs):
        return None
    texts = (left.texts.take(pa.array(known // many)), right.texts.take(pa.array(known % many)))
    return Stretch(pc.binary_join_element_wise(*texts, between), places)


def _numbered(pairs: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different numbers, and for each which of them it is."""
    if most > _TABLE:
        known, places = np.unique(pairs, return_inverse=True)
        return known, places
    there = np.zeros(most, bool)
    there[pairs] = True
    known = np.flatnonzero(there)
    numbers = np.empty(most, np.int64)
    numbers[known] = np.arange(len(known))
    return known, numbers[pairs]
