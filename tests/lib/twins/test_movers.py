"""Who is named for having changed most, and what is said of it: ties, nobody, all alike."""

import pytest

from lib.queries.panel import movements
from lib.twins import change as said
from lib.twins.change import movers_title
from lib.twins.movers import place_rows, top
from tests.lib.twins.test_change import SPAN, STANDARD, cities


def test_the_most_improved_keep_their_ties() -> None:
    both = movements(cities([(10.0, 10.0 + gain) for gain in (9, 5, 5, *[3] * 7, *[2] * 4, 0, -4)]))
    best, tied = top(both, best=True)
    assert (best["change"].tolist(), tied) == ([9, 5, 5, *[3] * 7], 0)
    worst, _ = top(both, best=False)
    assert worst["place"].tolist() == ["16"]
    all_alike = movements(cities([(1.0, 3.0)] * 40))
    named, left = top(all_alike, best=True)
    assert (len(named), left, set(named["place"])) == (10, 30, {"1–40"})
    many_next = movements(cities([(1.0, 9.0), *[(1.0, 3.0)] * 40]))
    named, left = top(many_next, best=True)
    assert (len(named), left) == (1, 40)


def test_what_was_to_be_expected_is_told_with_the_gain() -> None:
    both = movements(cities([(10, 19), (12, 11), (20, 22), (30, 30), (31, 36)]))
    best, _ = top(both, best=True)
    gain, expected = best["change"].mean(), best["expected"].mean()
    assert (gain, expected) == (pytest.approx(16 / 3), pytest.approx(3.025, abs=0.001))
    assert movers_title(best, STANDARD, SPAN) == (
        "The 3 most improved gained 5.3 criteria on average since 2024; 3 of it was to be expected from where they "
        "started"
    )
    words = said.caution(both, best, STANDARD, SPAN)
    assert "correlate at r = 0.9" in words
    assert "explains +3 (57 %): +3 that all cities changed by, 0 for where they started." in words
    low = movements(cities([(10, 19), (12, 15), (20, 22), (30, 30), (31, 29)]))
    assert movers_title(top(low, best=True)[0], STANDARD, SPAN).endswith("no more than others that started there")


def test_where_nobody_improved_or_all_started_alike_nothing_is_expected() -> None:
    fell = movements(cities([(10.0, 9.0)] * 5))
    best, _ = top(fell, best=True)
    assert movers_title(best, STANDARD, SPAN) == "No city improved since 2024"
    assert said.caution(fell, best, STANDARD, SPAN).startswith("Too few cities started apart")
    alike = movements(cities([(10.0, 12.0)] * 5))
    assert movers_title(top(alike, best=True)[0], STANDARD, SPAN) == (
        "The 5 most improved gained 2 criteria on average since 2024"
    )


def test_cities_on_one_spot_are_one_dot() -> None:
    dots = place_rows(movements(cities([(10.0, 12.0)] * 8 + [(5.0, 4.0)])), STANDARD, SPAN)
    assert dots["cities"].tolist() == [1, 8]
    assert dots["city_id"].tolist() == ["c8", ""]
    assert "and 2 more" in dots["hover"][1]
