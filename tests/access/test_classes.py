"""Which attributes are shown: only those that enough share, and nobody hidden stands out by what is not shown."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.access.statements import run
from lib.release import cut
from lib.release.running import give, step
from tests.access.published import published

SIGNS = ("size", "country", "form")
ATTRIBUTES = [("people", "number", 1), ("size", "category", 2), ("country", "category", 3), ("form", "category", 4)]
CITY = st.tuples(
    st.sampled_from(["small", "large", None]),
    st.sampled_from(["A", "B", "C", "D", None]),
    st.sampled_from(["mayor", "council", None]),
    st.sampled_from(["both", "both", "both", "self_reported", "validated"]),
)
COHORT = st.lists(CITY, min_size=1, max_size=60)
Cohort = list[tuple[str | None, str | None, str | None, str]]


def rows_of(cohort: Cohort) -> dict[str, list[tuple[object, ...]]]:
    stages = {"both": ("self_reported", "validated")}
    return {
        "attribute": list(ATTRIBUTES),
        "assessment": [
            ("s", "1", f"c{n}", stage) for n, city in enumerate(cohort) for stage in stages.get(city[3], [city[3]])
        ],
        "city_attribute": [
            (f"c{n}", sign, value)
            for n, city in enumerate(cohort)
            for sign, value in zip(SIGNS, city, strict=False)
            if value
        ],
    }


def shown(cohort: Cohort, start: str, least: int, levels: Sequence[str] = ()) -> dict[str, dict[str, str]]:
    """What is shown of each city; the first ones were announced with `levels`."""
    rows = [("s", f"c{n}", "1", level) for n, level in enumerate(levels)]
    with published(**rows_of(cohort), certified=rows) as connection:
        connection.execute("create temp table newcomer as from published.assessment")
        give(connection, least=least)
        step(connection, "seats") if start == "seats" else run(connection, start, {"least": least})
        cut(connection, least)
        found: dict[str, dict[str, str]] = {f"c{n}": {} for n in range(len(cohort))}
        for city, sign, value in connection.execute("select city_id, attribute_id, value from temp.shown").fetchall():
            found[city][sign] = value
    return found


@settings(max_examples=40)
@given(COHORT, st.integers(2, 10))
def test_whatever_is_shown_of_a_city_is_shown_of_enough_in_each_stage(cohort: Cohort, least: int) -> None:
    found = shown(cohort, "seats", least)
    for stage in ("self_reported", "validated"):
        there = [f"c{n}" for n, city in enumerate(cohort) if city[3] in (stage, "both")]
        if len(there) < least:
            continue  # the stage does not count: no figure of it is shown
        sizes = Counter(str(sorted(found[city].items())) for city in there)
        assert min(sizes.values()) >= least
        # Nor does anybody stand out in a class that has nobody of the stage.
        assert all(str(sorted(seen.items())) in sizes for seen in found.values())


LEVELS = st.lists(st.sampled_from(["Silver", "Silver", "Gold"]), max_size=40)


@settings(max_examples=60)
@given(COHORT, st.integers(2, 10), LEVELS)
def test_whatever_is_shown_of_a_city_is_true_and_shown_of_enough(cohort: Cohort, least: int, levels: list[str]) -> None:
    """Announcements are known, so they must not set anybody apart: enough with the same ones show the same."""
    found = shown(cohort, "everyone", least, levels)
    for city, seen in found.items():
        truth = dict(zip(SIGNS, cohort[int(city[1:])], strict=False))
        assert all(truth[sign] == value for sign, value in seen.items())
    history = {city: levels[int(city[1:])] if int(city[1:]) < len(levels) else "" for city in found}
    for announced in set(history.values()):
        group = [city for city in found if history[city] == announced]
        sizes = Counter(str(sorted(found[city].items())) for city in group)
        assert min(sizes.values()) >= least or not any(found[city] for city in group)


def test_a_complement_that_is_too_small_takes_the_smallest_value_along() -> None:
    """Twelve of A, seven of B, two of C: shown of A alone, because what is left of B and C together is nine."""
    cohort: Cohort = [("small", country, None, "both") for country in "A" * 12 + "B" * 7 + "C" * 2]
    found = shown(cohort, "seats", 6)
    assert Counter(seen.get("country") for seen in found.values()) == {"A": 12, None: 9}


@pytest.mark.parametrize(("left", "expected"), [(6, {"A", "B", None}), (0, {"A", "B"})])
def test_a_complement_that_is_large_enough_or_empty_takes_nobody(left: int, expected: set[str | None]) -> None:
    values = "A" * 7 + "B" * 6 + "CDEFGH"[:left]
    found = shown([("small", country, None, "both") for country in values], "seats", 6)
    assert {seen.get("country") for seen in found.values()} == expected
