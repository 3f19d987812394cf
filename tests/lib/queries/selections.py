"""Selections for the tests to try: every filter, alone and together, with and without a comparison."""

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lib.selection import NO_LEVEL, Selection
from tests.lib.queries.world import BANDS, COUNTRIES, CYCLES, LEVELS, STAGES

# The database is the same for every example, so a function-scoped fixture is no danger.
TRIES = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Columns of a frame as tuples, with None for what is missing."""
    picked = frame[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


def _some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


SELECTIONS = st.builds(
    Selection,
    standard=st.just("towns"),
    cycle=st.sampled_from(CYCLES),
    stage=st.sampled_from(STAGES),
    versus=st.sampled_from([*CYCLES, None]),
    attributes=st.tuples(
        st.tuples(st.just("country"), _some([name for name in COUNTRIES if name])),
        st.tuples(st.just("population_band"), _some([label for _, label in BANDS])),
    ),
    levels=_some([NO_LEVEL, *(name for _, name in LEVELS)]),
    participation=_some(["first_time", "returning"]),
)
