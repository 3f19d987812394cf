"""A city among its peers in words: the finding at its edges, places, changes, rates that are ranges."""

from dataclasses import replace

import pandas as pd
import pytest

from lib.peers import TOTAL, Peers
from lib.standard import load_standards
from lib.twins.peers import missing_title, peer_rate, peers_table, peers_title
from lib.twins.standing import (
    moved_table,
    moved_title,
    place,
    standing_cards,
    standing_finding,
    standing_table,
    standing_title,
)

NAN = float("nan")
COUNTING = load_standards()["wwc-2022"]
SCORING = replace(COUNTING, aggregation="mean_of_areas", levels=(), noun="economy", noun_plural="economies")
CITY = pd.Series(
    {"name": "Alder Falls", "score": 27, "level": "Silver", "level_position": 1, "next_level": "Gold", "to_next": 3}
    | {"answered": 40, "asked": 43}
)
ROW = {"area_id": TOTAL, "area": "All criteria", "own": 27.0, "own_before": 25.0, "asked": 43, "n": 15}
ROW |= {"q1": 20.0, "median": 24.0, "q3": 28.0, "rank_from": 4.0, "rank_to": 6.0, "of": 16.0, "below": 9.0}
ROW |= {"versus_change": 2.0, "peers_change": 1.0, "peers_both": 7}
FEW = {"n": 3, "q1": NAN, "median": NAN, "q3": NAN, "rank_from": NAN, "rank_to": NAN, "of": NAN, "below": NAN}


def total(**changed: float) -> pd.Series:
    return pd.Series(ROW | changed)


@pytest.mark.parametrize(
    ("changed", "peers", "sentence"),
    [
        ({}, "class", ", 3 more than the median of 15 cities like it, and is 3 short of Gold."),
        ({"median": 29.5}, "similar", ", 2.5 fewer than the median of 15 cities like it, and is 3 short of Gold."),
        (
            {"median": 27.0},
            "all",
            ", as many as the median of 15 cities, everybody else selected, and is 3 short of Gold.",
        ),
        ({}, "above", ", 3 more than the median of 15 cities one level up, and is 3 short of Gold."),
        ({}, "region", ", 3 more than the median of 15 cities chosen as peers, and is 3 short of Gold."),
        (FEW, "class", "; 3 peers are too few to compare with, and is 3 short of Gold."),
        (FEW | {"n": 1}, "picked", "; 1 peer is too few to compare with, and is 3 short of Gold."),
        (FEW | {"n": 0}, "class", "; there is nobody to compare with, and is 3 short of Gold."),
    ],
)
def test_the_finding(changed: dict[str, float], peers: str, sentence: str) -> None:
    found = standing_finding(CITY, total(**changed), COUNTING, Peers(peers))
    assert found == f"Alder Falls meets 27 of 43 criteria{sentence}"


def test_the_finding_at_its_edges() -> None:
    top = CITY.copy()
    top[["to_next", "next_level", "level"]] = NAN, None, "Platinum"
    found = standing_finding(top, total(), COUNTING, Peers(), indicative=True)
    assert found.startswith("By its own answers, Alder Falls meets")
    assert found.endswith(", and stands on Platinum (indicative), the highest level.")
    unanswered = standing_finding(CITY, total(own=NAN), COUNTING, Peers())
    assert unanswered == "Alder Falls has no score: nothing was answered."


def test_scores_that_were_moved_are_said_to_be_about() -> None:
    assert ", about 3 more than the median" in standing_finding(CITY, total(), COUNTING, Peers(), exact=False)
    found = standing_finding(CITY, total(asked=100), SCORING, Peers(), exact=False)
    assert found == "Alder Falls scores 27 of 100, about 3 points above the median of 15 economies like it."
    assert standing_finding(CITY, total(), SCORING, Peers()).startswith("Alder Falls meets 27 of 43 criteria, 3 more")


def test_moved_scores_are_in_the_unit_of_the_score() -> None:
    cards = standing_cards(CITY, total(asked=100), SCORING, indicative=False, versus="2024", exact=False)
    assert cards[0] == ("Standing", "27 of 100", "score", "▲ +2 points since 2024", True)
    told = "Since 2024: ▲ +2 points; about ▲ +1 point among 7 peers in both cycles"
    assert moved_title(total(), "2024", SCORING, exact=False) == told


@pytest.mark.parametrize(
    ("changed", "text"), [({}, "4–6 of 16"), ({"rank_to": 4.0}, "4 of 16"), ({"rank_from": NAN}, "–")]
)
def test_a_place_is_a_band_where_counts_are_equal(changed: dict[str, float], text: str) -> None:
    assert place(total(**changed)) == text


def test_the_key_figures() -> None:
    cards = {card[0]: card[1:] for card in standing_cards(CITY, total(), COUNTING, indicative=True, versus="2024")}
    assert cards["Standing"] == ("27 of 43", "criteria met (63 %)", "▲ +2 criteria since 2024", True)
    assert cards["Level"][0] == "Silver (indicative)"
    assert cards["Place among peers"][1] == "ahead of 9 of 15 (60 %); equal counts share a place"
    few = {c[0]: c[1:] for c in standing_cards(CITY, total(**FEW), COUNTING, indicative=False, versus=None)}
    assert few["Place among peers"][:2] == ("–", "not enough peers to say")
    assert "Level" not in {c[0] for c in standing_cards(CITY, total(), SCORING, indicative=False, versus=None)}


def test_titles_and_tables() -> None:
    areas = pd.DataFrame([ROW | {"area_id": "A", "area": "Air", "own": 5.0, "median": 3.0}, ROW])
    assert standing_title(areas) == "Above the peers' median in 1 of 1 practice area, below it in none"
    assert standing_title(areas.assign(median=5.0, own=5.0)) == "At the peers' median in the one practice area"
    assert standing_title(areas.assign(median=NAN)) == "Too few peers to say what is usual among them"
    air, every = standing_table(areas, name="Alder Falls").to_dict("records")
    assert (air["Alder Falls"], air["Middle half of the peers"]) == ("5 of 43 (12 %)", "20 to 28")
    assert every["Place"] == "4–6 of 16"
    assert moved_table(areas, now="2025", versus="2024")["Change"].tolist() == ["▲ +2", "▲ +2"]
    moved = moved_table(areas, now="2025", versus="2024", exact=False)
    assert moved[["Peers' change, about", "Peers in both"]].to_numpy().tolist() == [["▲ +1", 7]] * 2
    unknown = moved_table(areas.assign(peers_change=NAN), now="2025", versus="2024", exact=False)
    assert "Peers in both" not in unknown


@pytest.mark.parametrize(
    ("changed", "exact", "title"),
    [
        ({}, True, "Since 2024: ▲ +2 criteria; the median change of 7 peers in both cycles: ▲ +1 criterion"),
        (
            {"peers_change": NAN, "peers_both": 3},
            True,
            "Since 2024: ▲ +2 criteria; too few to compare with: 3 peers in both cycles",
        ),
        ({}, False, "Since 2024: ▲ +2 criteria; about ▲ +1 criterion among 7 peers in both cycles"),
        ({"versus_change": NAN, "peers_change": NAN}, False, "Since 2024: no score of its own to compare with"),
    ],
)
def test_the_change_beside_that_of_the_peers(changed: dict[str, float], exact: bool, title: str) -> None:
    assert moved_title(total(**changed), "2024", COUNTING, exact=exact) == title


@pytest.mark.parametrize(
    ("low", "high", "answered", "text"),
    [
        (10, 10, 14, "10 of 14 (71 %)"),
        (9, 10, 14, "9 to 10 of 14 (64 % to 71 %)"),
        (0, 1, 5, "0 to 1 of 5 (0 % to 20 %)"),
        (2, 2, 4, "not enough peers to say"),
    ],
)
def test_how_many_peers_meet_it(low: int, high: int, answered: int, text: str) -> None:
    rates = (NAN, NAN) if answered < 5 else (low / answered, high / answered)
    row = {"met_low": low, "met_high": high, "answered": answered, "rate_low": rates[0], "rate_high": rates[1]}
    assert peer_rate(pd.Series(row)) == text


def test_what_most_peers_meet() -> None:
    missing = [{"criterion_id": "B", "status": "not_met"}, {"criterion_id": "C", "status": "not_answered"}]
    rates = {"A": 0.9, "B": 0.6, "C": 0.7}
    peers = {id_: {"short_name": id_.lower(), "rate_low": rate} for id_, rate in rates.items()}
    first = "2 criteria not met or not answered; most peers meet 2 of them, first “c”"
    assert missing_title(missing, peers) == first
    unknown = {id_: row | {"rate_low": NAN} for id_, row in peers.items()}
    assert missing_title(missing, unknown) == "2 criteria not met or not answered"
    assert missing_title(missing[:1], unknown) == "1 criterion not met"
    assert missing_title([], peers) == "Every criterion asked is met"


def test_the_peers_and_why() -> None:
    listed = pd.DataFrame(
        {
            "peer_id": ["x", "y"],
            "name": ["Ayla", "Peer K7Q2"],
            "certified_level": ["Gold", None],
            "level": ["Gold", None],
            "distance": [0.004, NAN],
            "why": ["same region", "nothing in common"],
            "unit": ["group 3", "group 3"],
        }
    )
    table = peers_table(listed, COUNTING, indicative=False)
    assert list(table) == ["City", "Why", "Counted with", "Certified"]
    assert peers_title(listed, "2 peers: same region") == "2 peers: same region; 1 certified"
    exact = peers_table(listed.assign(unit="city", certified_level=None), COUNTING, indicative=True)
    assert list(exact) == ["City", "Why", "Distance", "Level (indicative)"]
    assert exact["Distance"].tolist() == ["0.00", "–"]
