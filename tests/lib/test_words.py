"""Every number on screen passes through these: the edges, not the middle."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import words


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.674, "67 %"),
        (0.625, "63 %"),
        (0.125, "13 %"),
        (0.145, "15 %"),
        (0.0001, "< 1 %"),
        (0.9999, "> 99 %"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_percent(share: float | None, text: str) -> None:
    assert words.percent(share) == text


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_only_all_is_a_hundred_percent_and_only_none_is_zero(counts: tuple[int, int]) -> None:
    part, whole = counts
    text = words.percent(part / whole)
    assert (text == "100 %") == (part == whole)
    assert (text == "0 %") == (part == 0)


def test_a_share_never_stands_without_its_count() -> None:
    assert words.share_of(29, 43) == "29 of 43 (67 %)"
    assert words.share_of(0, 0) == "0 of 0"
    assert words.count_of(29.5, 1043) == "29.5 of 1,043"


def test_too_few_answers_carry_no_percentage() -> None:
    assert words.rate(4, 4) == "not enough cities to say"
    assert words.rate(4, 5) == "4 of 5 (80 %)"
    assert words.rate(1, 2, units="economies") == "not enough economies to say"


def test_counts_have_units() -> None:
    assert words.counted(1, "city", "cities") == "1 city"
    assert words.counted(1200, "city", "cities") == "1,200 cities"
    assert words.counted(0, "answer") == "0 answers"
    assert words.counted(0.97, "point") == "1 point"


def test_a_change_too_small_to_print_is_none() -> None:
    assert words.signed(0.04, "point") == "no change"
    assert words.signed(-1.3e-14, "point") == "no change"
    assert words.signed(-0.05, "point") == "▼ −0.1 points"


@pytest.mark.parametrize(("value", "text"), [(31.25, "31.3"), (28.75, "28.8"), (1234.0, "1,234"), (math.nan, "nan")])
def test_halves_are_rounded_up_as_spreadsheets_do(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (0.042, "▲ +4 points"),
        (-0.031, "▼ −3 points"),
        (0.01, "▲ +1 point"),
        (0.004, "no change"),
        (0.025, "▲ +3 points"),
        (-0.025, "▼ −3 points"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_change_has_a_sign_in_words(change: float | None, text: str) -> None:
    assert words.signed_points(change) == text


def test_a_change_of_a_count() -> None:
    assert words.signed(3, "city", "cities") == "▲ +3 cities"
    assert words.signed(-1, "city", "cities") == "▼ −1 city"
    assert words.signed(0, "city", "cities") == "no change"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b, c and 2 more"),
    ],
)
def test_listed(names: list[str], text: str) -> None:
    assert words.listed(names) == text
