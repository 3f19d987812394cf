"""The city leader's page: whom it compares with, and that it says something true where there is little to compare."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in

REGIONS = ("North", "South")
CRITERIA = ("DM1", "DM2", "DM3")


def answers(cities: int, **more: str) -> list[dict[str, Any]]:
    """City n meets the first n mod 4 criteria."""
    return [
        {"city": f"City {n}", "criterion_id": id_, "response": "Yes" if place < n % 4 else "No", **more}
        for n in range(cities)
        for place, id_ in enumerate(CRITERIA)
    ]


def described(cities: int) -> list[dict[str, object]]:
    """Every second city in each region; half of them small."""
    return [
        {"city": f"City {n}", "region": REGIONS[n % 2], "population": 20_000 if n < cities / 2 else 600_000}
        for n in range(cities)
    ]


@pytest.fixture
def database(cohort: MakeCohort) -> Path:
    return cohort(answers(24), described(24))


def test_the_class_is_widened_in_steps_that_are_told(opened: Open, database: Path) -> None:
    app = opened(database, "city", city="city-2")
    words = screen(app)
    assert "City 2 meets 2 of 43 criteria" in words
    assert (
        "15 peers, the nearest of 17 (by name where equally near): same population band and region, widened to the "
        "neighbouring population band, then to the same population band anywhere." in words
    )
    peers = table_in(app, "peers")
    assert len(peers) == 15
    assert peers["Why"][0] == "same region; population alike"
    assert peers["Distance"][0] == "0.00"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"peers": "size"}, "11 peers: same population band, anywhere."),
        ({"peers": "region"}, "11 peers: same region."),
        ({"peers": "region", "many": "6"}, "6 peers, the nearest of 11 (by name where equally near): same region."),
        ({"peers": "all"}, "23 peers: everybody selected."),
        ({"pick": "city-5~city-9"}, "2 peers: picked by hand."),
        (
            {"peers": "history"},
            "15 peers, the nearest of 23 (by name where equally near): first time or returning, as this one.",
        ),
    ],
)
def test_a_link_says_whom(opened: Open, database: Path, asked: dict[str, str], told: str) -> None:
    assert told in screen(opened(database, "city", city="city-2", **asked))


@pytest.mark.parametrize("text", ["'; drop table city; --", "<b>", "-1", "nobody", "🧭" * 500])
def test_a_nonsense_link_means_the_default(opened: Open, database: Path, text: str) -> None:
    hostile = opened(database, "city", city="city-2", peers=text, many=text, weigh=text, pick=text)
    assert screen(hostile) == screen(opened(database, "city", city="city-2"))


def test_weights_change_who_is_near(opened: Open, database: Path) -> None:
    app = opened(database, "city", city="city-2", peers="similar", many="5", weigh="region.0~population.3")
    assert all("population alike" in why for why in table_in(app, "peers")["Why"])


def test_too_few_peers_are_named_but_not_summed_up(opened: Open, database: Path) -> None:
    app = opened(database, "city", city="city-2", pick="city-5")
    words = screen(app)
    assert "City 2 meets 2 of 43 criteria; 1 peer is too few to compare with, and is 20 short of Silver." in words
    assert "Place among peers – not enough peers to say" in words
    assert set(table_in(app, "not-met")["Peers that meet it"]) == {"not enough peers to say"}


def test_nothing_known_of_cities_compares_with_everybody(opened: Open, cohort: MakeCohort) -> None:
    app = opened(cohort(answers(8)), "city", city="city-2")
    assert "7 peers: everybody selected, for nothing is known of this one." in screen(app)
    assert set(table_in(app, "peers")["Why"]) == {"nothing is known to compare"}


def test_alone_there_is_nobody_to_compare_with(opened: Open, cohort: MakeCohort) -> None:
    words = screen(opened(cohort(answers(4)[9:]), "city", city="city-3"))
    assert "City 3 meets 3 of 43 criteria; there is nobody to compare with, and is 19 short of Silver." in words
    assert "No peers: everybody selected" in words


def test_own_answers_are_said_to_be_own(opened: Open, cohort: MakeCohort) -> None:
    app = opened(cohort(answers(8, stage="self_reported")), "city", city="city-2")
    words = screen(app)
    assert "By its own answers, City 2 meets 2 of 43 criteria" in words
    assert "20 short of Silver (indicative)." in words
    assert "Level (indicative)" in table_in(app, "peers")


def test_one_click_changes_the_rule_and_the_address(opened: Open, database: Path) -> None:
    app = opened(database, "city", city="city-2")
    app.button_group(key="_peers_quick").set_value("region").run()
    assert "11 peers: same region." in screen(app)
    asked = {key: "".join(app.query_params[key]) for key in ("peers", "city")}
    assert asked == {"peers": "region", "city": "city-2"}
