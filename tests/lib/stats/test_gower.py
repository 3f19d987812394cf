"""Gower's distance against a published worked example, and against the definition written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.stats.gower import gower

NAN = float("nan")

# The example of the Python package `gower` 0.1.2 (PyPI): age, salary and credit as numbers; gender, civil status and
# children as categories. Row by row, then the distances of its first row to rows 2 to 8 that it prints.
PEOPLE = [
    [21, 3000, 2200, 0, 0, 1],
    [21, 1200, 100, 0, 1, 0],
    [19, 32000, 22000, 2, 1, 1],
    [30, 1800, 1100, 0, 1, 1],
    [21, 2900, 2000, 1, 0, 1],
    [21, 1100, 100, 1, 1, 0],
    [19, 10000, 6000, 1, 2, 0],
    [30, 1500, 2200, 1, 3, 1],
]
PRINTED = [0.3590238, 0.6707398, 0.31787416, 0.16872811, 0.52622986, 0.59697855, 0.47778758]


def test_a_published_example() -> None:
    people = np.array(PEOPLE, np.float64)
    spans = np.array([*np.ptp(people[:, :3], axis=0), NAN, NAN, NAN])
    assert gower(people[0], people[1:], spans, np.ones(6)) == pytest.approx(PRINTED, abs=1e-6)


CELLS = st.one_of(st.just(NAN), st.integers(0, 4).map(float))
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=2, max_size=8)


@given(rows=ROWS, weights=st.tuples(*[st.integers(0, 3)] * 4))
def test_it_is_the_definition_written_out(rows: list[tuple[float, ...]], weights: tuple[int, ...]) -> None:
    spans = (4.0, 0.0, NAN, NAN)
    values = np.array(rows)
    found = gower(values[0], values[1:], np.array(spans), np.array(weights, np.float64))
    for other, distance in zip(rows[1:], found, strict=True):
        parts = [
            (weight, float(a != b) if np.isnan(span) else abs(a - b) / span if span else 0.0)
            for a, b, span, weight in zip(rows[0], other, spans, weights, strict=True)
            if not (np.isnan(a) or np.isnan(b))
        ]
        total = sum(weight for weight, _ in parts)
        expected = sum(weight * part for weight, part in parts) / total if total else NAN
        assert distance == pytest.approx(expected, nan_ok=True)
        assert np.isnan(distance) or 0 <= distance <= 1
