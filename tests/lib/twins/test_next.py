"""Findings and titles of the nearly there and of plans, at the edges: nobody, one, all, ties, no levels."""

import pandas as pd
import pytest

from lib.standard import Area, Criterion, Level, Standard
from lib.twins.near import blockers_title, left_over, near_finding, near_title, similar_rate, standing
from lib.twins.workshops import assumption, how_found, only_aim, plan_finding, plan_table, plan_title, taught_title

AREAS = (Area("A", "Air", tuple(Criterion(f"C{n}", f"Name {n}", "?") for n in range(1, 11))),)
COUNTING = Standard("s", "S", "1", "tests", "count", AREAS, (Level("Silver", 4), Level("Gold", 8)))
SCORING = Standard("s", "S", "1", "tests", "mean_of_areas", AREAS, (Level("Fair", 50),), "economy", "economies")
UNLEVELLED = Standard("s", "S", "1", "tests", "mean_of_areas", AREAS, (), "economy", "economies")


def board(**short: float) -> pd.DataFrame:
    """One city per level named, lacking so much of it."""
    return pd.DataFrame({"next_level": list(short), "to_next": list(short.values())})


def blockers(near: int, **missing: int) -> pd.DataFrame:
    rows = [{"short_name": name, "missing": count, "near_misses": near} for name, count in missing.items()]
    return pd.DataFrame(rows, columns=["short_name", "missing", "near_misses"])


NOTHING = blockers(0)


@pytest.mark.parametrize(
    ("near", "ways", "cities", "sentence"),
    [
        (board(), NOTHING, 9, "No city is within 2 criteria of the next level."),
        (
            board(Gold=1),
            blockers(1, Zest=1),
            9,
            "1 of 9 cities is within 2 criteria of Gold; “Zest” stands in its way.",
        ),
        (
            board(Gold=1),
            blockers(1, Zest=1, Zone=1),
            1,
            "1 of 1 city is within 2 criteria of Gold; “Zest” and “Zone” stand in its way.",
        ),
        (
            board(Gold=1),
            blockers(1, A=1, B=1, C=1, D=1),
            9,
            "1 of 9 cities is within 2 criteria of Gold.",
        ),
        (
            pd.concat([board(Gold=1)] * 12),
            blockers(12, Zest=7, Zone=6),
            20,
            "12 of 20 cities are within 2 criteria of Gold; “Zest” stands in the way of 7 of them.",
        ),
        (
            pd.concat([board(Gold=1, Silver=2)] * 2),
            blockers(4, Zest=4, Zone=4),
            4,
            "4 of 4 cities are within 2 criteria of the next level: 2 of Gold and 2 of Silver; "
            "“Zest” and “Zone” stand in the way of all of them.",
        ),
        (
            pd.concat([board(Gold=1)] * 3),
            blockers(3, Zest=2, Zone=2),
            9,
            "3 of 9 cities are within 2 criteria of Gold; “Zest” and “Zone” stand in the way of 2 of them each.",
        ),
    ],
)
def test_near(near: pd.DataFrame, ways: pd.DataFrame, cities: int, sentence: str) -> None:
    assert near_finding(near, ways, COUNTING, cities=cities, within=2, indicative=False) == sentence


def test_near_by_their_own_answers_and_in_points() -> None:
    found = near_finding(board(Gold=1), NOTHING, COUNTING, cities=9, within=1, indicative=True)
    assert found == "1 of 9 cities is within 1 criterion of Gold by their own answers."
    found = near_finding(board(Fair=1.5), NOTHING, SCORING, cities=9, within=2, indicative=False)
    assert found == "1 of 9 economies is within 2 points of Fair."


@pytest.mark.parametrize(
    ("short", "within", "title"),
    [
        ([1], 2, "1 city lacks a single criterion"),
        ([1, 1, 2], 2, "2 cities lack a single criterion, 1 more up to 2 criteria"),
        ([2, 2], 2, "2 cities lack up to 2 criteria"),
        ([1, 1], 1, "2 cities lack a single criterion"),
    ],
)
def test_near_title(short: list[float], within: int, title: str) -> None:
    assert near_title(pd.DataFrame({"to_next": short}), COUNTING, within) == title


def test_blockers_title() -> None:
    assert blockers_title(NOTHING) == "No criterion is missing"
    assert blockers_title(blockers(9, Zest=7)) == "“Zest” stands in the way of 7 of 9"
    assert blockers_title(blockers(9, Zest=7, Zone=5)) == "“Zest” stands in the way of 7 of 9, “Zone” of 5"


def city(**known: object) -> pd.Series:
    usual = {"score": 7.0, "level": "Silver", "level_position": 1, "next_level": "Gold", "to_next": 1.0}
    return pd.Series(usual | {"not_met": 2, "blocked": 0, "unanswered": 0} | known)


def test_where_a_city_stands() -> None:
    assert standing(city(), COUNTING, indicative=False) == "7 of 10 criteria · Silver · 1 short of Gold"
    assert standing(city(), COUNTING, indicative=True) == "7 of 10 criteria · Silver (indicative) · 1 short of Gold"
    below = city(level="No level", level_position=0, next_level="Silver", score=3.0)
    assert standing(below, COUNTING, indicative=True) == "3 of 10 criteria · No level · 1 short of Silver"
    points = city(score=48.5, level="No level", level_position=0, next_level="Fair", to_next=1.5)
    assert standing(points, SCORING, indicative=False) == "48.5 of 100 points · No level · 1.5 points short of Fair"


@pytest.mark.parametrize(
    ("known", "shown", "sentence"),
    [
        ({}, 2, ""),
        ({"not_met": 9}, 4, "And 5 more in its way."),
        ({"not_met": 1, "unanswered": 1}, 2, "1 not answered: answering may be enough."),
        ({"not_met": 1, "unanswered": 1, "to_next": 2.0}, 2, "1 not answered."),
        ({"not_met": 0, "blocked": 1, "unanswered": 3}, 4, "1 criterion is blocked by a prerequisite. 3 not answered: "
         "answering may be enough."),
    ],
)  # fmt: skip
def test_what_is_left_to_say(known: dict[str, object], shown: int, sentence: str) -> None:
    assert left_over(city(**known), shown) == sentence


def test_a_rate_of_similar_cities_has_its_interval_or_words() -> None:
    known = pd.Series({"pass_rate": 0.5, "low": 0.3, "high": 0.7, "answered": 20})
    assert similar_rate(known, "cities") == "50 % (30 % to 70 %) of 20"
    unknown = pd.Series({"pass_rate": float("nan"), "low": None, "high": None, "answered": 4})
    assert similar_rate(unknown, "cities") == "not enough similar cities to say"


def plan(
    value: float, names: list[str], *, bound: float | None = None, stepwise: float = 1, cities: int = 9
) -> pd.DataFrame:
    most = value if bound is None else bound
    steps = {"adds": value / len(names), "running": value, "without": 0.0, "attending": 3, "silent": 1}
    same = {"value": value, "bound": most, "proven": most == value, "stepwise": stepwise, "cities": cities}
    rows = [{"unit_id": f"C{n}", "name": name, "criteria": (f"C{n}",)} for n, name in enumerate(names, 1)]
    return pd.DataFrame(rows).assign(**steps, **same)


@pytest.mark.parametrize(
    ("found", "level", "success", "sentence"),
    [
        (plan(2, ["Zest"]), True, 1, "A workshop on “Zest” could move 2 of 9 cities up a level."),
        (plan(2, ["Zest", "Zone"]), True, 1, "Workshops on “Zest” and “Zone” could move 2 of 9 cities up a level."),
        (plan(1.25, ["Zest"]), True, 0.6, "A workshop on “Zest” would on average move 1.3 of 9 cities up a level."),
        (plan(9, list("ABCD")), True, 1, "The 4 workshops below could move 9 of 9 cities up a level."),
        (plan(1, ["Zest"], cities=1), True, 1, "A workshop on “Zest” could move 1 of 1 city up a level."),
        (
            plan(0, ["Zest"]),
            True,
            1,
            "A workshop would move no city up a level: each lacks more than they teach, or is at the top.",
        ),
        (plan(7, ["Zest"]), False, 1, "A workshop on “Zest” could have 7 more criteria met in 9 cities."),
        (plan(1, ["Zest"]), False, 1, "A workshop on “Zest” could have 1 more criterion met in 9 cities."),
        (
            plan(0, ["A", "B"]),
            False,
            1,
            "2 workshops would add nothing: every criterion that was asked is met.",
        ),
    ],
)
def test_plan(found: pd.DataFrame, level: bool, success: float, sentence: str) -> None:
    assert plan_finding(found, COUNTING, level=level, success=success) == sentence


def test_a_plan_says_how_good_it_is_known_to_be() -> None:
    proven, open_ = plan(6, ["A", "B"]), plan(6, ["A", "B"], bound=8, stepwise=5)
    title = {"workshops": 2, "level": True, "standard": COUNTING}
    assert plan_title(proven, **title) == "No other set of 2 does better: 6 cities up a level"  # type: ignore[arg-type]
    assert plan_title(open_, **title) == "The best set of 2 found: 6 cities up a level; none can exceed 8"  # type: ignore[arg-type]
    assert plan_title(proven, workshops=3, level=True, standard=COUNTING).startswith("There are only 2 to choose from")
    assert how_found(proven).startswith("Compared with every other set")
    assert "too many sets" in how_found(open_)
    assert "the most that can be hoped for" in assumption(1, "city")
    assert "a chance of 60 %" in assumption(0.6, "city")


def test_the_table_of_a_plan_rounds_only_expectations() -> None:
    whole = plan_table(plan(6, ["A", "B"]), COUNTING, level=True, coded=True)
    assert list(whole["Cities up a level: in all"]) == [6, 6]
    part = plan_table(plan(6.25, ["A"]), COUNTING, level=False, coded=False)
    assert list(part["Criteria met: added"]) == [6.2]
    assert list(part["Criteria taught"]) == ["C1"]


def test_the_only_aim_says_why() -> None:
    assert only_aim(COUNTING) == ""
    assert only_aim(UNLEVELLED).startswith("This standard has no levels")
    assert only_aim(SCORING).startswith("Levels of this standard are reached by points")


def test_who_would_go_up() -> None:
    cities = pd.DataFrame({"chance": [0.9, 0.5, 0.2]})
    assert taught_title(cities, COUNTING, success=1) == "3 cities would go up a level"
    assert taught_title(cities, COUNTING, success=0.5) == "3 cities could go up a level, 2 of them more likely than not"
    assert taught_title(cities.head(0), COUNTING, success=0.5) == "0 cities would go up a level"
